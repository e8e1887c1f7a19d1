// Package questionnaires is the page of the questionnaires of a workspace: which there are, in which versions and
// languages and with how many records; what changed between two of them; where phones would differ. A questionnaire in a
// file is chosen or dropped here, looked over with all its problems, tried, and put in. From here one is printed, explained
// in a codebook, and written for phones.
//
// It compiles and compares nothing itself: that is for data/form to do, through data/workspace. A preview is filled on
// the page of interviews, by route. To say one more thing of a questionnaire, add a part in detail.go; of one in a file, in
// proposal.go.
package questionnaires
