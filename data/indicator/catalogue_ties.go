package indicator

// ties are the indicators of the network of cooperatives.
var ties = [...]Indicator{
	{
		Code: "I22c", Formula: Links, Unit: "links", By: []string{"country", "region", "section", "ilo_type", "family", "size"},
		Name:     Text{"en": "Links per cooperative", "fr": "Liens par coopérative"},
		Question: Text{"en": "How well is a cooperative connected?", "fr": "Une coopérative est-elle bien reliée ?"},
		Missing:  Text{"en": "Active cooperatives mapped, those without a link included; a link counts in every year from its beginning to its end. Where nobody has recorded a link there is no figure.", "fr": "Coopératives actives recensées, même sans lien ; un lien compte chaque année de son début à sa fin. Là où personne n'a noté de lien, il n'y a pas de chiffre."},
		Pitfall:  Text{"en": "Links that one side only has told of count for both; several links to the same partner count once.", "fr": "Un lien dit par un seul côté compte pour les deux ; plusieurs liens avec le même partenaire comptent une fois."},
	},
	{
		Code: "I22d", Formula: Density, Unit: "%", By: []string{"country", "region", "section", "ilo_type", "family"},
		Name:     Text{"en": "Density of the network", "fr": "Densité du réseau"},
		Question: Text{"en": "How many of the links that there could be between cooperatives are there?", "fr": "Combien des liens possibles entre coopératives existent ?"},
		Missing:  Text{"en": "Pairs of active cooperatives mapped in the year; links to other organisations do not count. Where nobody has recorded a link there is no figure.", "fr": "Paires de coopératives actives recensées dans l'année ; les liens avec d'autres organisations ne comptent pas. Là où personne n'a noté de lien, il n'y a pas de chiffre."},
		Pitfall:  Text{"en": "It falls as more cooperatives are mapped, even where links stay as they are: compare networks of like size. Links that one side only has told of count.", "fr": "Elle baisse quand on recense plus de coopératives, même à liens constants : comparer des réseaux de même taille. Un lien dit par un seul côté compte."},
	},
}
