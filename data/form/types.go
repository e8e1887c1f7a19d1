package form

import "strings"

// Type is the type of a question.
type Type uint8

// The types of questions. Each is one entry of the table below.
const (
	TypeUnknown Type = iota
	TypeText
	TypeInteger
	TypeDecimal
	TypeDate
	TypeTime
	TypeDateTime
	TypeSelectOne
	TypeSelectMultiple
	TypeRank
	TypeRange
	TypeNote
	TypeAcknowledge
	TypeGeopoint
	TypeGeotrace
	TypeGeoshape
	TypeImage
	TypeAudio
	TypeVideo
	TypeFile
	TypeBarcode
	TypeCalculate
	TypeHidden
	TypeStart
	TypeEnd
	TypeToday
	TypeUsername
	TypeDeviceID
	TypeMetadata
	TypeAudit
	TypeBackgroundAudio
	TypeStartGeopoint
	TypeBackgroundGeopoint
	TypeInstance
)

// Storage says what a question's answers are made of.
type Storage uint8

// What answers are made of. Dates, times and places are texts of their own kind, so that a store can index them.
const (
	StoreNothing Storage = iota
	StoreText
	StoreNumber
	StoreDate     // 2026-11-22
	StoreTime     // 09:30:00
	StoreDateTime // 2026-11-22T09:30:00+01:00
	StoreChoice   // the name of one choice, or the id of a record
	StoreList     // names of several choices
	StorePlace    // "latitude longitude altitude accuracy", several separated by ";"
	StoreFile     // the name of an attachment
)

type typeEntry struct {
	name    string
	aliases []string
	storage Storage
	asked   bool // put to a person
	choices bool // takes a list
}

// types is the table of question types; an entry's place is its Type.
var types = [...]typeEntry{
	TypeUnknown:  {name: ""},
	TypeText:     {name: "text", aliases: []string{"string", "add text prompt", "q string", "txt"}, storage: StoreText, asked: true},
	TypeInteger:  {name: "integer", aliases: []string{"int", "q int", "add integer prompt"}, storage: StoreNumber, asked: true},
	TypeDecimal:  {name: "decimal", aliases: []string{"q decimal", "add decimal prompt"}, storage: StoreNumber, asked: true},
	TypeDate:     {name: "date", aliases: []string{"q date", "add date prompt"}, storage: StoreDate, asked: true},
	TypeTime:     {name: "time", aliases: []string{"q time", "add time prompt"}, storage: StoreTime, asked: true},
	TypeDateTime: {name: "dateTime", aliases: []string{"datetime", "date time", "add date time prompt", "q date time"}, storage: StoreDateTime, asked: true},
	TypeSelectOne: {name: "select_one", aliases: []string{"select one", "select1", "select one from", "select 1", "q select1",
		"add select one prompt using", "select_one_from_file", "select one from file"}, storage: StoreChoice, asked: true, choices: true},
	TypeSelectMultiple: {name: "select_multiple", aliases: []string{"select multiple", "select all that apply", "select_all_that_apply",
		"select all that apply from", "select multiple from", "q select", "add select multiple prompt using", "select", "select_multiple_from_file",
		"select multiple from file"}, storage: StoreList, asked: true, choices: true},
	TypeRank:  {name: "rank", aliases: []string{"odk:rank"}, storage: StoreList, asked: true, choices: true},
	TypeRange: {name: "range", storage: StoreNumber, asked: true},
	TypeNote:  {name: "note", aliases: []string{"add note prompt", "q note"}, storage: StoreNothing, asked: true},
	TypeAcknowledge: {name: "acknowledge", aliases: []string{"trigger", "q acknowledge", "add acknowledge prompt"},
		storage: StoreText, asked: true},
	TypeGeopoint: {name: "geopoint", aliases: []string{"location", "gps", "q geopoint", "q location", "add location prompt", "add geopoint prompt"},
		storage: StorePlace, asked: true},
	TypeGeotrace: {name: "geotrace", aliases: []string{"q geotrace"}, storage: StorePlace, asked: true},
	TypeGeoshape: {name: "geoshape", aliases: []string{"q geoshape"}, storage: StorePlace, asked: true},
	TypeImage:    {name: "image", aliases: []string{"photo", "picture", "q image", "q picture", "add image prompt", "add photo prompt"}, storage: StoreFile, asked: true},
	TypeAudio:    {name: "audio", aliases: []string{"q audio", "add audio prompt"}, storage: StoreFile, asked: true},
	TypeVideo:    {name: "video", aliases: []string{"q video", "add video prompt"}, storage: StoreFile, asked: true},
	TypeFile:     {name: "file", aliases: []string{"add file prompt", "q file"}, storage: StoreFile, asked: true},
	TypeBarcode:  {name: "barcode", aliases: []string{"q barcode", "add barcode prompt"}, storage: StoreText, asked: true},
	TypeCalculate: {name: "calculate", aliases: []string{"calculation", "q calculate", "add calculate prompt"},
		storage: StoreText},
	TypeHidden:   {name: "hidden", storage: StoreText},
	TypeStart:    {name: "start", aliases: []string{"start time", "get start time"}, storage: StoreDateTime},
	TypeEnd:      {name: "end", aliases: []string{"end time", "get end time"}, storage: StoreDateTime},
	TypeToday:    {name: "today", aliases: []string{"get today"}, storage: StoreDate},
	TypeUsername: {name: "username", storage: StoreText},
	TypeDeviceID: {name: "deviceid", aliases: []string{"device id", "imei", "get device id"}, storage: StoreText},
	TypeMetadata: {name: "metadata", aliases: []string{"email", "phonenumber", "phone number", "get phone number", "subscriberid", "subscriber id",
		"get subscriber id", "simserial", "sim serial", "sim id", "get sim id", "uri:deviceid", "uri:username", "uri:email", "uri:phonenumber",
		"uri:simserial", "uri:subscriberid"}, storage: StoreText},
	TypeAudit:              {name: "audit", storage: StoreNothing},
	TypeBackgroundAudio:    {name: "background-audio", storage: StoreFile},
	TypeStartGeopoint:      {name: "start-geopoint", storage: StorePlace},
	TypeBackgroundGeopoint: {name: "background-geopoint", storage: StorePlace},
	TypeInstance:           {name: "instance", aliases: []string{"xml-external", "csv-external"}, storage: StoreNothing},
}

// typesByName finds a type by its name or an alias, in lower case.
var typesByName = nameTypes()

func nameTypes() map[string]Type {
	byName := map[string]Type{}
	for i, entry := range types {
		if entry.name == "" {
			continue
		}
		byName[strings.ToLower(entry.name)] = Type(i)
		for _, alias := range entry.aliases {
			byName[alias] = Type(i)
		}
	}
	return byName
}

// ParseType finds the type of a name or of one of the aliases the field uses, without regard to case.
func ParseType(name string) (Type, bool) {
	t, ok := typesByName[strings.ToLower(strings.Join(strings.Fields(name), " "))]
	return t, ok
}

// String returns the type's name as a survey sheet writes it.
func (t Type) String() string { return types[t].name }

// Storage says what answers of the type are made of.
func (t Type) Storage() Storage { return types[t].storage }

// Asked tells whether questions of the type are put to a person.
func (t Type) Asked() bool { return types[t].asked }

// TakesChoices tells whether questions of the type are answered from a list.
func (t Type) TakesChoices() bool { return types[t].choices }
