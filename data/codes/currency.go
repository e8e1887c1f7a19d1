package codes

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// currencies is ISO 4217 as countries use it.
type currencies struct {
	version string
	codes   []Code
	present map[string]string   // the currency a country's accounts are kept in now
	ever    map[string][]string // every currency they were kept in since 2000, the present one first
}

type currencyEntry struct {
	Country string `xml:"CtryNm"`
	Name    struct {
		Text string `xml:",chardata"`
		Fund bool   `xml:"IsFund,attr"`
	} `xml:"CcyNm"`
	Code     string `xml:"Ccy"`
	Number   string `xml:"CcyNbr"`
	Decimals string `xml:"CcyMnrUnts"`
}

// CurrencyOf returns the currency in which a country's accounts are usually kept now, by its alpha-2 code; empty where
// ISO 4217 and CLDR know none.
func (l *Lists) CurrencyOf(country string) string {
	money, err := l.currencies()
	if err != nil {
		return ""
	}
	return money.present[country]
}

func (l *Lists) readCurrencyList() (*List, error) {
	money, err := l.currencies()
	if err != nil {
		return nil, err
	}
	return newList(CurrencyList, money.version, money.codes), nil
}

func (l *Lists) readCurrencies() (*currencies, error) {
	entries, published, err := l.readISO4217()
	if err != nil {
		return nil, err
	}
	names, err := l.names()
	if err != nil {
		return nil, err
	}
	changes, err := l.readChanges()
	if err != nil {
		return nil, err
	}
	table := map[string]*Code{}
	users := map[string][]string{} // countries by currency
	for _, e := range entries {
		code := strings.TrimSpace(e.Code)
		country := names.byName[Fold(e.Country)]
		if country == "" && Fold(e.Country) != "european union" || code == "" || e.Name.Fund {
			continue // units of account, metals, funds and test codes keep no accounts
		}
		if table[code] == nil {
			table[code] = &Code{Value: code, Labels: map[string]string{"en": strings.TrimSpace(e.Name.Text)},
				Attributes: map[string]string{"decimals": e.Decimals, "numeric": e.Number}}
		}
		if country != "" {
			users[country] = append(users[country], code)
		}
	}
	out := &currencies{version: "ISO 4217, " + published, present: map[string]string{}, ever: map[string][]string{}}
	for _, c := range names.lands {
		out.present[c.alpha2] = choose(c.alpha2, users[c.alpha2])
	}
	out.apply(changes, table, users)
	out.finish(table, users)
	return out, nil
}

func (l *Lists) readISO4217() ([]currencyEntry, string, error) {
	const path = "vendor/currencies/iso-4217.xml"
	data, err := l.read(path)
	if err != nil {
		return nil, "", err
	}
	var file struct {
		Published string          `xml:"Pblshd,attr"`
		Entries   []currencyEntry `xml:"CcyTbl>CcyNtry"`
	}
	if err := xml.Unmarshal(data, &file); err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return file.Entries, file.Published, nil
}

// choose picks a country's usual currency among those that ISO 4217 lists for it. Where it lists several (Panama: balboa
// and dollar), the country's own comes first; where it lists none (Kosovo), CLDR says which is used.
func choose(country string, listed []string) string {
	if own := ownCurrency(country, listed); own != "" {
		return own
	}
	if len(listed) > 0 {
		return listed[0]
	}
	region, err := language.ParseRegion(country)
	if err != nil {
		return ""
	}
	if unit, ok := currency.FromRegion(region); ok {
		return unit.String()
	}
	return ""
}

// ownCurrency returns the currency whose code begins with the country's.
func ownCurrency(country string, listed []string) string {
	for _, code := range listed {
		if strings.HasPrefix(code, country) {
			return code
		}
	}
	return ""
}

// finish writes the countries of each currency and sorts the list.
func (c *currencies) finish(table map[string]*Code, users map[string][]string) {
	countries := map[string][]string{}
	for country, codes := range users {
		now := c.present[country]
		slices.SortStableFunc(codes, func(a, b string) int {
			switch {
			case a == now && b != now:
				return -1
			case b == now && a != now:
				return 1
			}
			return 0
		})
		for _, code := range slices.Compact(codes) {
			countries[code] = append(countries[code], country)
		}
		c.ever[country] = slices.Compact(codes)
	}
	for country, now := range c.present {
		if len(c.ever[country]) == 0 && now != "" {
			c.ever[country] = []string{now}
		}
	}
	for _, code := range table {
		slices.Sort(countries[code.Value])
		code.Attributes["countries"] = strings.Join(countries[code.Value], " ")
		c.codes = append(c.codes, *code)
	}
	slices.SortFunc(c.codes, func(a, b Code) int { return strings.Compare(a.Value, b.Value) })
}
