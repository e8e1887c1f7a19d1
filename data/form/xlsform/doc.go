// Package xlsform reads questionnaires as headquarters writes them: XLSForm in Markdown tables, CSV files or .xlsx
// workbooks, with the spellings of column names that the field uses, and merges their translations. It writes them back
// as workbooks for phones, with their lists beside them, and writes codebooks.
//
// It turns files into a form.Source and says where things stand (sheet, row, column); what they mean is decided by
// form.Compile. It knows nothing of answers, records or windows.
//
// To read one more kind of file, write a function from its bytes to sheets (markdown.go is the smallest) and name its
// extension in Read. To accept one more spelling of a column, add it to the tables in columns.go.
package xlsform
