package indicator

// demography are the indicators of response, births, deaths and survival.
var demography = [...]Indicator{
	{
		Code: "I03", Formula: Has, Unit: "%", By: []string{"country"},
		Concepts: []string{"outcome"}, Codes: []string{"complete", "partial"},
		Only: map[string][]string{"outcome": {"complete", "partial", "refused", "not_located", "no_contact", "postponed"}}, Unmatched: true,
		Name:     Text{"en": "Response rate", "fr": "Taux de réponse"},
		Question: Text{"en": "How many of those asked have answered?", "fr": "Combien de ceux qu'on a interrogés ont répondu ?"},
		Missing:  Text{"en": "Duplicates, those out of scope and those that have ceased are not eligible; unknown eligibility counts as eligible.", "fr": "Doublons, hors champ et disparues ne sont pas éligibles ; une éligibilité inconnue compte comme éligible."},
		Pitfall:  Text{"en": "Complete and partial answers count alike.", "fr": "Réponses complètes et partielles comptent de même."},
	},
	{
		Code: "I26a", Formula: Births, Unit: "%", By: []string{"country", "region", "section", "ilo_type", "family", "size"},
		Name:     Text{"en": "Birth rate", "fr": "Taux de création"},
		Question: Text{"en": "How many cooperatives are new?", "fr": "Combien de coopératives sont nouvelles ?"},
		Missing:  Text{"en": "Registered births that were entered as such.", "fr": "Créations enregistrées et saisies comme telles."},
		Pitfall:  Text{"en": "Mergers, splits, conversions and newly mapped cooperatives are no births.", "fr": "Fusions, scissions, conversions et coopératives nouvellement recensées ne sont pas des créations."},
	},
	{
		Code: "I26b", Formula: Deaths, Unit: "%", By: []string{"country", "region", "section", "ilo_type", "family", "size"},
		Name:     Text{"en": "Death rate", "fr": "Taux de disparition"},
		Question: Text{"en": "How many cooperatives cease?", "fr": "Combien de coopératives disparaissent ?"},
		Missing:  Text{"en": "A cooperative out of sight is not dead.", "fr": "Une coopérative perdue de vue n'est pas disparue."},
		Pitfall:  Text{"en": "Provisional for two years: a reactivation cancels a death.", "fr": "Provisoire pendant deux ans : une réactivation annule une disparition."},
	},
	{
		Code: "I27", Formula: Survival, Unit: "%", By: []string{"country", "ilo_type", "family"},
		Items: []Item{
			{Code: "1", Name: Text{"en": "After one year", "fr": "Après un an"}, Years: 1},
			{Code: "3", Name: Text{"en": "After 3 years", "fr": "Après 3 ans"}, Years: 3},
			{Code: "5", Name: Text{"en": "After 5 years", "fr": "Après 5 ans"}, Years: 5},
		},
		Name:     Text{"en": "Survival", "fr": "Survie"},
		Question: Text{"en": "How many new cooperatives are still there after some years?", "fr": "Combien de nouvelles coopératives existent encore après quelques années ?"},
		Missing:  Text{"en": "Those out of sight are neither alive nor dead: the bounds say what they may change.", "fr": "Celles perdues de vue ne sont ni vivantes ni disparues : les bornes disent ce qu'elles peuvent changer."},
		Pitfall:  Text{"en": "The year is that of the birth; it needs tracing of deaths.", "fr": "L'année est celle de la création ; il faut suivre les disparitions."},
	},
	{
		Code: "I28", Formula: NetCreation, Unit: "cooperatives", By: []string{"country"},
		Items: []Item{
			{Code: "net", Name: Text{"en": "Births less deaths", "fr": "Créations moins disparitions"}},
			{Code: "births", Name: Text{"en": "Births", "fr": "Créations"}},
			{Code: "deaths", Name: Text{"en": "Deaths", "fr": "Disparitions"}},
			{Code: "converted_in", Name: Text{"en": "Converted into cooperatives", "fr": "Conversions en coopératives"}},
			{Code: "converted_out", Name: Text{"en": "Converted out of the form", "fr": "Sorties du statut"}},
		},
		Name:     Text{"en": "Net creation", "fr": "Création nette"},
		Question: Text{"en": "Are there more cooperatives?", "fr": "Y a-t-il plus de coopératives ?"},
		Missing:  Text{"en": "Registered births and known deaths.", "fr": "Créations enregistrées et disparitions connues."},
		Pitfall:  Text{"en": "Conversions stand apart and are in neither.", "fr": "Les conversions sont à part et n'entrent ni dans l'un ni dans l'autre."},
	},
}
