package indicator

// contracted are the states of a project whose contract was signed; those of a
// cancelled one are not known, so that it is in none.
var contracted = []string{"contracted", "implementing", "suspended", "reporting", "closed"}

// decided are the states of a project that a donor has decided about.
var decided = append([]string{"rejected"}, contracted...)

var yearOfProject = Text{
	"en": "The year of a project is that of its decision, else of its submission, else that in which it was noted.",
	"fr": "L'année d'un projet est celle de la décision, sinon du dépôt, sinon celle où il a été noté.",
}

// pipeline are the indicators of projects, and of what lobbying brought about.
var pipeline = [...]Indicator{
	{
		Code: "I34a", Kind: kindProject, Formula: Counted, Unit: "projects", By: []string{"country"},
		Concepts: []string{"project_status"},
		Name:     Text{"en": "Projects by status", "fr": "Projets par statut"},
		Question: Text{"en": "What is in the pipeline?", "fr": "Qu'y a-t-il dans le portefeuille ?"},
		Missing:  yearOfProject,
		Pitfall:  Text{"en": "The status is that of today, not of the year; a project moves to the year of its decision when there is one.", "fr": "Le statut est celui d'aujourd'hui, pas de l'année ; un projet passe à l'année de sa décision dès qu'il y en a une."},
	},
	{
		Code: "I34b", Kind: kindProject, Formula: Sum, Unit: "currency", By: []string{"country", "currency", "project_status"},
		Items: []Item{
			{Code: "grant_asked", Name: Text{"en": "Grant asked", "fr": "Subvention demandée"}, Concepts: []string{"grant_asked"}},
			{Code: "total_cost", Name: Text{"en": "Total cost", "fr": "Coût total"}, Concepts: []string{"total_cost"}},
		},
		Money: true, Flow: true, Magnitude: true, Unmatched: true,
		Name:     Text{"en": "Value of projects", "fr": "Valeur des projets"},
		Question: Text{"en": "How much money is in the pipeline?", "fr": "Combien d'argent le portefeuille représente-t-il ?"},
		Missing:  Text{"en": "Projects that give the amount. " + yearOfProject["en"], "fr": "Projets qui donnent le montant. " + yearOfProject["fr"]},
		Pitfall:  Text{"en": "Asked is not granted; the whole amount stands in one year, however long the project runs.", "fr": "Demandé n'est pas accordé ; tout le montant est porté à une année, quelle que soit la durée."},
	},
	{
		Code: "I34c", Kind: kindProject, Formula: Has, Unit: "%", By: []string{"country"},
		Concepts: []string{"project_status"}, Codes: contracted, Only: map[string][]string{"project_status": decided},
		Unmatched: true, Least: reliable,
		Name:     Text{"en": "Success rate of projects", "fr": "Taux de réussite des projets"},
		Question: Text{"en": "How many of the projects that were decided on were contracted?", "fr": "Combien des projets tranchés ont été contractualisés ?"},
		Missing:  Text{"en": "Projects contracted over those contracted or rejected; withdrawn, cancelled and undecided ones are in neither.", "fr": "Projets contractualisés sur contractualisés ou rejetés ; retirés, annulés et en attente n'y entrent pas."},
		Pitfall:  Text{"en": "Of fewer than 20 decisions the number of contracts is printed in place of a rate.", "fr": "Sous 20 décisions, on imprime le nombre de contrats au lieu d'un taux."},
	},
	{
		Code: "I34d", Kind: kindOutcome, Formula: Counted, Unit: "outcomes", By: []string{"outcome_status"},
		Concepts: []string{"outcome_grade"},
		Name:     Text{"en": "Asks by outcome", "fr": "Demandes par résultat"},
		Question: Text{"en": "What became of what was asked for?", "fr": "Qu'est devenu ce qui a été demandé ?"},
		Missing:  Text{"en": "Outcomes with a grade, in the year in which they came about.", "fr": "Résultats notés, dans l'année où ils sont advenus."},
		Pitfall:  Text{"en": "An outcome is not its cause: read the contribution beside it. An ask may have several outcomes; grades are not averaged.", "fr": "Un résultat n'est pas sa cause : lire aussi la contribution. Une demande peut avoir plusieurs résultats ; les notes ne font pas de moyenne."},
	},
}
