// Package brief makes documents from templates and a frozen frame. A template is one Markdown file with front matter;
// its prose may hold {{say "key"}}, and its fenced blocks (keyfigures, figure, figures, says, table, decomposition,
// method, quality, lead, columns, page) hold YAML parameters and are filled with numbers, charts and sentences.
//
// Every number comes from data/indicator, with validated and locked records only and disclosure control on, because a
// brief leaves headquarters. A change that may not be a headline is never in a sentence, a key figure, a chart or a
// table: in its place stands that there is no comparable figure, and why.
//
// It must not know how documents become pages or files, nor where frames come from.
//
// To add a brief, add one template to assets/templates and its words to assets/lang. To add a fenced block, add one
// entry to fences and its method.
package brief
