package indicator

// everyBreakdown is what the catalogue calls "all".
var everyBreakdown = []string{"country", "region", "section", "ilo_type", "family", "size", "currency", "macro_sector"}

var reportedTotal = Text{
	"en": "Sum over the records with a value; a record without one is left out and never counts as zero.",
	"fr": "Somme des fiches qui donnent une valeur ; une fiche sans valeur est laissée de côté et ne compte jamais pour zéro.",
}

var catalogue = [...]Indicator{
	{
		Code: "I01", Formula: Count, Unit: "cooperatives", By: everyBreakdown,
		Name:     Text{"en": "Active cooperatives mapped", "fr": "Coopératives actives recensées"},
		Question: Text{"en": "How many active cooperatives does the mapping hold?", "fr": "Combien de coopératives actives la cartographie compte-t-elle ?"},
		Missing:  Text{"en": "An unknown status counts as active.", "fr": "Un statut inconnu compte comme actif."},
		Pitfall:  Text{"en": "Not the number of cooperatives in the country: read it beside coverage.", "fr": "Ce n'est pas le nombre de coopératives du pays : à lire avec la couverture."},
	},
	{
		Code: "I02", Formula: Coverage, Unit: "%", By: []string{"country", "ilo_type"},
		Name:     Text{"en": "Coverage", "fr": "Couverture"},
		Question: Text{"en": "What part of the known cooperatives does the mapping reach?", "fr": "Quelle part des coopératives connues la cartographie atteint-elle ?"},
		Missing:  Text{"en": "Where the population is unknown there is no figure.", "fr": "Sans population connue, il n'y a pas de chiffre."},
		Pitfall:  Text{"en": "As good as the source of the known number.", "fr": "Ne vaut que ce que vaut la source du nombre connu."},
	},
	{
		Code: "I04", Formula: Sum, Unit: "memberships", By: everyBreakdown,
		Concepts: []string{"members"}, PrimaryOnly: true, Magnitude: true,
		Name:     Text{"en": "Memberships", "fr": "Adhésions"},
		Question: Text{"en": "How many memberships do cooperatives have?", "fr": "Combien d'adhésions les coopératives comptent-elles ?"},
		Missing:  reportedTotal,
		Pitfall:  Text{"en": "Memberships, not persons: one person may be a member of several cooperatives.", "fr": "Des adhésions, pas des personnes : une personne peut adhérer à plusieurs coopératives."},
	},
	{
		Code: "I05", Formula: Sum, Unit: "persons", By: everyBreakdown,
		Concepts: []string{"persons_working"}, Consolidate: true, Magnitude: true,
		Name:     Text{"en": "Employment in cooperatives", "fr": "Emploi dans les coopératives"},
		Question: Text{"en": "Are there more jobs in cooperatives?", "fr": "Y a-t-il plus d'emplois dans les coopératives ?"},
		Missing:  reportedTotal,
		Pitfall:  Text{"en": "Headcount at the end of the year; never added to the work within the scope of cooperatives.", "fr": "Effectif en fin d'année ; jamais additionné au travail dans le cadre des coopératives."},
	},
	{
		Code: "I08", Formula: Ratio, Unit: "%", By: everyBreakdown,
		Concepts: []string{"worker_members", "non_member_employees"}, Consolidate: true, Magnitude: true,
		Name:     Text{"en": "Worker-member rate", "fr": "Part des travailleurs membres"},
		Question: Text{"en": "What part of those who work in cooperatives are members?", "fr": "Quelle part de ceux qui travaillent dans les coopératives en sont membres ?"},
		Missing:  Text{"en": "Records that give both worker-members and non-member employees.", "fr": "Fiches qui donnent les travailleurs membres et les salariés non membres."},
		Pitfall:  Text{"en": "A ratio of sums: large cooperatives weigh more.", "fr": "Un rapport de sommes : les grandes coopératives pèsent plus."},
	},
	{
		Code: "I13a", Formula: Sum, Unit: "currency", By: everyBreakdown,
		Concepts: []string{"turnover"}, Flow: true, Money: true, Consolidate: true, Magnitude: true,
		Name:     Text{"en": "Turnover", "fr": "Chiffre d'affaires"},
		Question: Text{"en": "Does the business of cooperatives grow?", "fr": "L'activité des coopératives croît-elle ?"},
		Missing:  Text{"en": "Exact figures only; an answer by band is never summed.", "fr": "Montants exacts seulement ; une réponse par tranche n'est jamais additionnée."},
		Pitfall:  Text{"en": "Current prices in national currency; currencies are never added.", "fr": "Prix courants en monnaie nationale ; les monnaies ne sont jamais additionnées."},
	},
	{
		Code: "I13d", Formula: Sum, Unit: "currency", By: everyBreakdown,
		Concepts: []string{"equity"}, Money: true, Consolidate: true, Magnitude: true,
		Name:     Text{"en": "Equity", "fr": "Fonds propres"},
		Question: Text{"en": "Do cooperatives build up funds of their own?", "fr": "Les coopératives constituent-elles des fonds propres ?"},
		Missing:  reportedTotal,
		Pitfall:  Text{"en": "At book value at the end of the year; may be negative.", "fr": "À la valeur comptable en fin d'année ; peut être négatif."},
	},
}
