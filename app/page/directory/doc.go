// Package directory is the pages of the registers: the list of cooperatives, or of another kind, the profile of a record with its figures
// over the years, what people disagree about, and its history, any version of which can be seen, compared and brought
// back.
//
// It decides nothing about records: what a version is and how a conflict ends is for data/workspace to say. The profile
// and the history show records of any kind; only the figures over the years are those of cooperatives.
//
// Questionnaires of a workspace's own are listed too. To list one more kind of the program, add it to listed in kinds.go, with what it is called and what to do where there is none. To add a filter to the list, give filters a field, say in filters.go how the route holds it and which condition it is,
// and add its control in list.go. To add a part to the profile, add its card in profile.go.
package directory
