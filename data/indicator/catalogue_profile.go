package indicator

// theme is one question of the country form of which the answers are counted.
type theme struct {
	code, concept string
	en, fr        string
	asksEN        string
	asksFR        string
}

// themes are the questions with a choice of answers, in the order of the form:
// those with yes or no are items of one indicator.
var themes = [...]theme{
	{"I33b", "types", "Types of cooperative the law knows", "Types de coopérative que la loi connaît", "Which types of cooperative does the law know?", "Quels types de coopérative la loi connaît-elle ?"},
	{"I33c", "vote_rule", "Rule of voting", "Règle de vote", "How are votes given by law?", "Comment la loi répartit-elle les voix ?"},
	{"I33d", "dissolution", "Assets at dissolution", "Actif à la dissolution", "Where do the assets go when a cooperative is dissolved?", "Où va l'actif quand une coopérative est dissoute ?"},
	{"I33e", "labour_status", "Status of worker-members", "Statut des travailleurs membres", "What are worker-members by law?", "Que sont les travailleurs membres en droit ?"},
	{"I33f", "tax_corporate", "Tax on companies", "Impôt sur les sociétés", "How are cooperatives taxed?", "Comment les coopératives sont-elles imposées ?"},
	{"I33g", "tax_reserves", "Tax on reserves", "Impôt sur les réserves", "How are reserves taxed?", "Comment les réserves sont-elles imposées ?"},
	{"I33h", "tax_returns", "Tax on returns to members", "Impôt sur les ristournes", "How are returns to members taxed?", "Comment les ristournes sont-elles imposées ?"},
	{"I33i", "state_powers", "Powers of the State", "Pouvoirs de l'État", "What may the State do to a cooperative?", "Que peut l'État à l'égard d'une coopérative ?"},
	{"I33j", "procurement", "Access to public contracts", "Accès à la commande publique", "Can cooperatives win public contracts?", "Les coopératives accèdent-elles à la commande publique ?"},
	{"I33k", "competition", "Competition law", "Droit de la concurrence", "How does competition law treat cooperatives?", "Comment le droit de la concurrence traite-t-il les coopératives ?"},
	{"I33l", "transfer", "Support for transfers to workers", "Soutien aux reprises par les salariés", "What supports the transfer of enterprises to their workers?", "Qu'est-ce qui soutient la reprise d'entreprises par les salariés ?"},
	{"I33m", "funds", "Funds", "Fonds", "Which funds are there?", "Quels fonds existent ?"},
	{"I33n", "education", "Where cooperatives are taught", "Où les coopératives s'enseignent", "Are cooperatives taught?", "Les coopératives s'enseignent-elles ?"},
	{"I33o", "statistics_frequency", "How often statistics are published", "Fréquence des statistiques", "How often are statistics on cooperatives published?", "À quelle fréquence publie-t-on des statistiques sur les coopératives ?"},
	{"I33p", "guidelines", "ILO Guidelines of 2018", "Directives de l'OIT de 2018", "Are the ILO Guidelines on statistics of cooperatives applied?", "Les directives de l'OIT sur les statistiques des coopératives sont-elles appliquées ?"},
	{"I33q", "reform_stage", "Stage of reform", "Étape de la réforme", "How far is the reform that matters most?", "Où en est la réforme qui compte le plus ?"},
	{"I33r", "obstacles", "Obstacles in law and policy", "Obstacles du droit et des politiques", "What stands in the way, in law and policy?", "Quels obstacles viennent du droit et des politiques ?"},
	{"I33s", "assessment", "Does law and policy enable cooperatives?", "Droit et politiques permettent-ils les coopératives ?", "In how many countries do law and policy enable cooperatives?", "Dans combien de pays le droit et les politiques permettent-ils les coopératives ?"},
}

// allowed are the questions with yes or no, by concept.
var allowed = [...]struct{ concept, en, fr string }{
	{"constitution", "The constitution mentions cooperatives", "La constitution mentionne les coopératives"},
	{"definition_identity", "The law refers to the cooperative identity", "La loi renvoie à l'identité coopérative"},
	{"definition_ilo", "The law refers to ILO Recommendation 193", "La loi renvoie à la recommandation 193 de l'OIT"},
	{"investors", "Investor members are allowed", "Les associés investisseurs sont admis"},
	{"reserves_locked", "Reserves are indivisible", "Les réserves sont impartageables"},
	{"audit_compulsory", "A cooperative audit is compulsory", "La révision coopérative est obligatoire"},
	{"reserved_contracts", "Contracts may be reserved", "Des marchés peuvent être réservés"},
	{"policy", "There is a policy or strategy", "Il y a une politique ou une stratégie"},
	{"register_flag", "The business register marks cooperatives", "Le registre des entreprises signale les coopératives"},
	{"consulted", "There is a body of consultation", "Il y a un organe de consultation"},
}

var (
	asReported = Text{
		"en": "Countries whose form of the year answers the question; the law is as reported in that year, and an earlier answer is not carried forward.",
		"fr": "Pays dont la fiche de l'année répond à la question ; le droit est tel que déclaré cette année-là, une réponse antérieure n'est pas reportée.",
	}
	noRanking = Text{
		"en": "Countries are counted: answers are not averaged and countries not ranked. Other countries answer in other years.",
		"fr": "On compte des pays : ni moyenne des réponses, ni classement des pays. D'autres pays répondent d'autres années.",
	}
	profileName = Text{"en": "legal enabling profile", "fr": "profil juridique"}
)

// profile are the indicators of law and policy by country: how many countries
// give each answer.
func profile() []Indicator {
	yes := Indicator{
		Code: "I33a", Kind: kindMacro, Formula: CountHas, Unit: "countries", By: []string{"world_region", "country"},
		Codes: []string{"yes"}, Name: profileTitle("What the law has", "Ce que prévoit la loi"), Missing: asReported, Pitfall: noRanking,
		Question: Text{"en": "In how many countries does the law have what cooperatives need?", "fr": "Dans combien de pays la loi prévoit-elle ce qu'il faut aux coopératives ?"},
	}
	for _, a := range allowed {
		yes.Items = append(yes.Items, Item{Code: a.concept, Name: Text{"en": a.en, "fr": a.fr}, Concepts: []string{a.concept}})
	}
	out := []Indicator{yes}
	for _, t := range themes {
		i := Indicator{
			Code: t.code, Kind: kindMacro, Formula: Counted, Unit: "countries", By: []string{"world_region", "country"}, Concepts: []string{t.concept},
			Name: profileTitle(t.en, t.fr), Question: Text{"en": t.asksEN, "fr": t.asksFR}, Missing: asReported, Pitfall: noRanking,
		}
		if t.concept == "assessment" { // a judgement, by which countries are not set beside each other
			i.By = []string{"world_region"}
		}
		out = append(out, i)
	}
	return out
}

// profileTitle puts the name of the profile behind what a theme is about, which
// lists that have little room show first.
func profileTitle(en, fr string) Text {
	return Text{"en": en + " (" + profileName["en"] + ")", "fr": fr + " (" + profileName["fr"] + ")"}
}
