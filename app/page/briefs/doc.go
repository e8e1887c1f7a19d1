// Package briefs is the page of printed briefs: a template, its scope, and the real pages, drawn from the same scenes as
// the PDF; to be saved as PDF or page, or opened with the system's viewer.
//
// It writes no sentence of a brief and lays nothing out: documents come from reports/publish and reports/document. To add
// a brief, add its template to assets/templates and its name to the group briefs.template of the language files; to add
// to the scope, give scope a field and a control in form.go.
package briefs
