package chart

import (
	"math"
	"strconv"
	"strings"
)

// Numbers writes a number with so many decimals as a language writes it. *words.Words of the data rooms does.
type Numbers interface {
	Number(value float64, decimals int) string
}

// Phrases are the few words that a chart says by itself.
type Phrases struct {
	Source, Data string            // before the source line and the data line
	Colon        string            // with the spaces of the language
	N            string            // the head of the row of n
	SmallMarker  string            // what a hollow marker means
	SmallColumn  string            // what a hollow column means
	SmallShort   string            // the same in a compact chart
	Gap          string            // what a gap in an index line means
	GapShort     string            // the same in a compact chart
	Break        string            // what a gap in a line of levels means
	Category     string            // head of the first column of the table
	Flag         string            // head of the column of flags
	Table        string            // title of the table under the interactive chart
	None         string            // said in place of an empty plot
	Flags        map[string]string // meaning of the flags, where the definition does not give it
}

// separators are how a language writes numbers.
type separators struct{ group, decimal string }

var numberStyles = map[string]separators{
	"en": {",", "."}, "fr": {"\u202f", ","}, "es": {".", ","}, "it": {".", ","}, "pt": {"\u202f", ","},
}

// Number writes a number rounded half away from zero, with a real minus sign.
func (s separators) Number(value float64, decimals int) string {
	scale := math.Pow10(decimals)
	if rounded := math.Round(value*scale) / scale; !math.IsInf(rounded, 0) {
		value = rounded
	}
	text := strconv.FormatFloat(math.Abs(value), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + s.group + whole[i:]
	}
	if fraction != "" {
		whole += s.decimal + fraction
	}
	if value < 0 {
		return "\u2212" + whole
	}
	return whole
}

var phraseTable = map[string]Phrases{
	"en": {
		Source: "Source", Data: "Data", Colon: ": ", N: "n",
		SmallMarker: "Hollow marker: n under 20, low reliability",
		SmallColumn: "Hollow column: n under 20, low reliability",
		SmallShort:  "n under 20", GapShort: "change not shown, restarts at 100",
		Gap:      "Gap: the change between these years is not shown; the index restarts at 100",
		Break:    "Gap: the values on either side cannot be compared",
		Category: "Year", Flag: "Flag", Table: "The same numbers as a table", None: "No value can be shown",
		Flags: map[string]string{
			"b": "break in series", "c": "confidential", "e": "estimated", "i": "imputed", "p": "provisional",
			"u": "low reliability", "v": "not validated", "d": "definition differs",
		},
	},
	"fr": {
		Source: "Source", Data: "Données", Colon: "\u00a0: ", N: "n",
		SmallMarker: "Marque creuse\u00a0: n inférieur à 20, fiabilité faible",
		SmallColumn: "Colonne creuse\u00a0: n inférieur à 20, fiabilité faible",
		SmallShort:  "n inférieur à 20", GapShort: "évolution non présentée, repart de 100",
		Gap:      "Interruption\u00a0: l’évolution entre ces années n’est pas présentée\u00a0; l’indice repart de 100",
		Break:    "Interruption\u00a0: les valeurs de part et d’autre ne sont pas comparables",
		Category: "Année", Flag: "Signe", Table: "Les mêmes chiffres en tableau", None: "Aucune valeur ne peut être présentée",
		Flags: map[string]string{
			"b": "rupture de série", "c": "confidentiel", "e": "estimé", "i": "imputé", "p": "provisoire",
			"u": "fiabilité faible", "v": "non validé", "d": "définition différente",
		},
	},
	"es": {
		Source: "Fuente", Data: "Datos", Colon: ": ", N: "n",
		SmallMarker: "Marca hueca: n inferior a 20, fiabilidad baja",
		SmallColumn: "Columna hueca: n inferior a 20, fiabilidad baja",
		SmallShort:  "n inferior a 20", GapShort: "variación no mostrada, vuelve a empezar en 100",
		Gap:      "Interrupción: la variación entre estos años no se muestra; el índice vuelve a empezar en 100",
		Break:    "Interrupción: los valores de un lado y otro no son comparables",
		Category: "Año", Flag: "Marca", Table: "Las mismas cifras en una tabla", None: "No puede mostrarse ningún valor",
		Flags: map[string]string{
			"b": "ruptura de serie", "c": "confidencial", "e": "estimado", "i": "imputado", "p": "provisional",
			"u": "fiabilidad baja", "v": "no validado", "d": "definición distinta",
		},
	},
	"it": {
		Source: "Fonte", Data: "Dati", Colon: ": ", N: "n",
		SmallMarker: "Segno vuoto: n inferiore a 20, affidabilità bassa",
		SmallColumn: "Colonna vuota: n inferiore a 20, affidabilità bassa",
		SmallShort:  "n inferiore a 20", GapShort: "variazione non mostrata, riparte da 100",
		Gap:      "Interruzione: la variazione tra questi anni non è mostrata; l’indice riparte da 100",
		Break:    "Interruzione: i valori dalle due parti non sono comparabili",
		Category: "Anno", Flag: "Segno", Table: "Gli stessi numeri in tabella", None: "Nessun valore si può mostrare",
		Flags: map[string]string{
			"b": "interruzione di serie", "c": "riservato", "e": "stimato", "i": "imputato", "p": "provvisorio",
			"u": "affidabilità bassa", "v": "non validato", "d": "definizione diversa",
		},
	},
	"pt": {
		Source: "Fonte", Data: "Dados", Colon: ": ", N: "n",
		SmallMarker: "Marca vazia: n inferior a 20, fiabilidade fraca",
		SmallColumn: "Coluna vazia: n inferior a 20, fiabilidade fraca",
		SmallShort:  "n inferior a 20", GapShort: "variação não mostrada, recomeça em 100",
		Gap:      "Interrupção: a variação entre estes anos não é mostrada; o índice recomeça em 100",
		Break:    "Interrupção: os valores de um lado e do outro não são comparáveis",
		Category: "Ano", Flag: "Marca", Table: "Os mesmos números em tabela", None: "Nenhum valor pode ser mostrado",
		Flags: map[string]string{
			"b": "quebra de série", "c": "confidencial", "e": "estimado", "i": "imputado", "p": "provisório",
			"u": "fiabilidade fraca", "v": "não validado", "d": "definição diferente",
		},
	},
}

// language is the part of a language code before the country, lower case.
func (d *Definition) language() string {
	code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(d.Language, "_", "-")), "-")
	return code
}

func (d *Definition) phrases() Phrases {
	if d.Phrases != nil {
		return *d.Phrases
	}
	if p, known := phraseTable[d.language()]; known {
		return p
	}
	return phraseTable["en"]
}

func (d *Definition) numbers() Numbers {
	if d.Numbers != nil {
		return d.Numbers
	}
	if s, known := numberStyles[d.language()]; known {
		return s
	}
	return numberStyles["en"]
}

// value writes a value of the chart.
func (d *Definition) value(v float64) string { return d.numbers().Number(v, d.Decimals) }

// count writes an n; nothing where a point rests on none of its own.
func (d *Definition) count(n int) string {
	if n == 0 {
		return ""
	}
	return d.numbers().Number(float64(n), 0)
}

// flagMeaning is what a flag stands for, or nothing where nobody said.
func (d *Definition) flagMeaning(flag string) string {
	if m, given := d.Flags[flag]; given {
		return m
	}
	return d.phrases().Flags[strings.ToLower(flag)]
}

// subtitle is the line under the title.
func (d *Definition) subtitle() string {
	return joined(" · ", d.Population, d.Years, d.Unit, d.Basis, d.Coverage)
}

// sourceLines are the last lines of a chart.
func (d *Definition) sourceLines() []string {
	p := d.phrases()
	var out []string
	if d.Source != "" {
		out = append(out, p.Source+p.Colon+d.Source)
	}
	if d.Data != "" {
		out = append(out, p.Data+p.Colon+d.Data)
	}
	return out
}

// joined puts what is not empty in a row.
func joined(separator string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, separator)
}
