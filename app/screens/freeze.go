package main

import (
	"context"
	"errors"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// someRates is a table of invented rates.
const someRates = `kind,of,year,value,source,vintage
average,BRL,2023,5.4,"Invented bank, annual averages",2026-03-01
average,BRL,2024,5.8,"Invented bank, annual averages",2026-03-01
average,BRL,2025,6.1,"Invented bank, annual averages",2026-03-01
year_end,BRL,2025,6.2,"Invented bank, annual averages",2026-03-01
average,ARS,2025,1120.5,"Invented bank, annual averages",2026-03-01
fixed,HRK,,7.5345,"Invented bank, annual averages",2026-03-01
deflator,IT,2024,112.4,"Invented bank, annual averages",2026-03-01
deflator,IT,2025,114.9,"Invented bank, annual averages",2026-03-01
ppp,BR,2025,2.55,"Invented bank, annual averages",2026-03-01
hyperinflation,AR,2024,,"Invented bank, annual averages",2026-03-01
hyperinflation,AR,2025,,"Invented bank, annual averages",2026-03-01
`

// freeze makes releases and a table of rates, and tells some figures, so that the page of releases shows what it is for.
func freeze(ctx context.Context, w *workspace.Workspace) error {
	if _, _, err := w.ImportRates(ctx, workspace.RatesJob{Table: strings.NewReader(someRates)}); err != nil {
		return err
	}
	for _, job := range []workspace.ReleaseJob{{Title: "Mapping 2024", From: 2021, To: 2024}, {Title: "Mapping 2025", Years: []int{2021, 2025}}} {
		job.Submitted, job.Program = workspace.LeaveSubmitted, "coopatlas 0.1.0"
		job.About = indicator.About{Contact: "data@federation.example", ReleasePolicy: "Once a year, in March."}
		if _, err := w.MakeRelease(ctx, job); err != nil {
			return err
		}
	}
	for what, q := range map[string]indicator.Query{
		workspace.What("brief", map[string]string{"template": "trend-bulletin"}): {Indicator: "I05", Disclosure: true},
		workspace.What("chart", map[string]string{"indicator": "I13a"}):          {Indicator: "I13a", By: []string{"country", "section"}, Disclosure: true},
	} {
		if err := tell(ctx, w, what, q); err != nil {
			return err
		}
	}
	return nil
}

// tell enters figures of the newest release into the register.
func tell(ctx context.Context, w *workspace.Workspace, what string, q indicator.Query) error {
	figures, err := w.Figures(ctx, workspace.FiguresOf{Release: workspace.Latest, What: what})
	if err != nil {
		return err
	}
	_, err = figures.Compute(ctx, q)
	if err == nil {
		err = figures.Keep(ctx)
	}
	return errors.Join(err, figures.Close())
}
