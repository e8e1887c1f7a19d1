package crowd

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// nation is a country: its code, how its names are written, and the prefix of its regions.
type nation struct {
	code, script string
}

func (n nation) region(random *rand.Rand) string {
	return fmt.Sprintf("%s-%02d", n.code, 1+random.IntN(20))
}

// nations are those that records are in, weights how many of them.
var (
	nations = [...]nation{
		{"IT", "it"}, {"ES", "es"}, {"FR", "fr"}, {"BR", "pt"}, {"IN", "hi"}, {"PL", "pl"}, {"JP", "ja"}, {"AR", "es"}, {"PT", "pt"}, {"CZ", "cs"},
		{"GR", "el"}, {"UA", "uk"}, {"KR", "ko"}, {"CN", "zh"}, {"EG", "ar"}, {"TR", "tr"}, {"VN", "vi"}, {"ET", "am"}, {"DE", "de"}, {"SE", "sv"},
		{"MX", "es"}, {"CA", "fr"}, {"GB", "en"}, {"US", "en"}, {"PH", "en"}, {"KE", "en"}, {"CO", "es"}, {"UY", "es"}, {"MA", "ar"}, {"BG", "uk"},
	}
	weights = []int{18, 16, 9, 7, 7, 4, 3, 4, 2, 2, 2, 2, 2, 2, 1, 2, 1, 1, 2, 1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1}
)

func allCountries() string {
	var out []string
	for _, n := range nations {
		out = append(out, n.code)
	}
	return strings.Join(out, " ")
}

// scripts are the parts of names, by language.
var scripts = map[string]struct{ first, second []string }{
	"it": {list("Officina|Forno|Cantiere|Servizi|Tipografia|Cucine|Trasporti|Giardini|Cooperativa|Società"), list("Aurora|del Ponte|Nuova Riva|Quercia|Le Mura|San Vivo|Lanterna|Orizzonte|Libertà|Città Alta")},
	"es": {list("Taller|Panadería|Construcción|Servicios|Imprenta|Cocina|Transportes|Jardín|Cooperativa|Artesanía"), list("Ñandú|del Río|Nueva Unión|Águila|El Corazón|San José|Peña Alta|Mañana|Niño Jesús|Andén")},
	"fr": {list("Atelier|Menuiserie|Fabrique|Services|Imprimerie|Maraîchers|Transports|Métallerie|Coopérative|Société"), list("du Lavoir|des Trois Vents|Été|de la Halle|du Moulin|Passerelle|Cap Clair|Œuvre|Forêt|Noël")},
	"pt": {list("Oficina|Padaria|Construções|Serviços|Gráfica|Cozinhas|Transportes|Cerâmica|Cooperativa|Associação"), list("do Cais|Boa Hora|da Serra|Nova Maré|São João|Alvorada|da Fonte|Ribeira|União|Pão")},
	"pl": {list("Spółdzielnia|Piekarnia|Usługi|Drukarnia|Kuchnia|Ogród|Warsztat|Łódka"), list("Jutrzenka|Świt|Żubr|Źródło|Jedność|Gwiazda|Młyn|Kłos")},
	"cs": {list("Družstvo|Pekárna|Služby|Tiskárna|Kuchyně|Zahrada|Dílna|Řemesla"), list("Žitný|Úsvit|Šíp|Jiskra|Město|Hvězda|Dub|Růže")},
	"tr": {list("Atölye|Fırın|Hizmet|Matbaa|Mutfak|Bahçe|Kooperatif|Işık"), list("Güneş|Çınar|İstanbul|Özgür|Şafak|Umut|Köy|Deniz")},
	"vi": {list("Xưởng|Tiệm|Hợp|Nhà|Bếp|Vườn|Xã|Thợ"), list("Bình Minh|Sông Hồng|Đoàn Kết|Hòa Bình|Ánh Sáng|Phú Quý|Tân Tiến|Quê Hương")},
	"de": {list("Werkstatt|Bäckerei|Bau|Dienste|Druckerei|Küche|Gärtnerei|Genossenschaft"), list("Morgenröte|Grüner Weg|Brücke|Löwe|Straße|Süd|Eiche|Zukunft")},
	"sv": {list("Verkstad|Bageri|Bygg|Tjänster|Tryckeri|Kök|Trädgård|Kooperativ"), list("Ängen|Åsen|Östra|Gryning|Björk|Fjäll|Sjö|Kläm")},
	"en": {list("Workshop|Bakery|Builders|Services|Print|Kitchen|Transport|Gardens|Cooperative|Workers"), list("Unicorn|Bridge|New Shore|Oak|Harbour|Lantern|Horizon|Union|Common|Rising")},
	"el": {list("Συνεταιρισμός|Φούρνος|Εργαστήριο|Υπηρεσίες|Κουζίνα|Κήπος"), list("Αυγή|Ήλιος|Γέφυρα|Νέα Ζωή|Ελιά|Θάλασσα")},
	"uk": {list("Кооператив|Пекарня|Майстерня|Послуги|Кухня|Сад"), list("Зоря|Світанок|Їжак|Надія|Єдність|Дружба")},
	"ar": {list("تعاونية|مخبز|ورشة|خدمات|مطبعة|حديقة"), list("الفجر|النور|الأمل|الجسر|الوحدة|الزيتون")},
	"hi": {list("सहकारी|बेकरी|कार्यशाला|सेवा|रसोई|उद्यान"), list("उदय|प्रकाश|एकता|नदी|आशा|शक्ति")},
	"zh": {list("合作社|面包房|工坊|服务社|印刷厂|花园"), list("曙光|长江|团结|新生|希望|大同")},
	"ja": {list("協同組合|パン工房|工房|サービス|印刷所|庭園"), list("あけぼの|ひかり|ひまわり|みらい|さくら|かけはし")},
	"ko": {list("협동조합|빵집|공방|서비스|인쇄소|정원"), list("새벽|한빛|무지개|희망|다리|하나")},
	"am": {list("ማህበር|ዳቦ|አገልግሎት|ወርክሾፕ"), list("ንጋት|ብርሃን|ተስፋ|አንድነት")},
}

// list parts a text at its bars.
func list(text string) []string { return strings.Split(text, "|") }

var (
	places      = list("Almería|Åre|Besançon|Bologna|Córdoba|Děčín|Évora|Gdańsk|Hà Nội|İzmir|Kraków|Łódź|Málaga|Nairobi|Orléans|Pátra|Reggio Emilia|São Paulo|Trento|Ústí|Valencia|Zlín|अहमदाबाद|札幌|القاهرة|Київ")
	givenNames  = list("Zoé|Élodie|Bruno|Łukasz|Ana|Minh|Ñusta|Øyvind|Şebnem|Čeněk|Мария|Ελένη|सीता|花子|민준|ፀሐይ|فاطمة|John|Grace|Inês")
	familyNames = list("Rossi|García|Müller|Nguyễn|Novák|Żak|Silva|Öz|Petrov|Smith|Diallo|Achieng|Sato|Kim|Papadopoulou|Kaya|Tesfaye|Sharma|Åkesson|Lefèvre")
	families    = list("worker|worker|social|artisan")
	iloTypes    = list("worker|worker|multi|producer")
	outcomes    = list("complete|partial|refused")
)

// trade is an activity with its place in ISIC Rev.4.
type trade struct{ name, division, section, macro string }

var trades = [...]trade{
	{"Repair of machines", "33", "C", "industry"}, {"Bread and pastry", "10", "C", "industry"}, {"Building of houses", "41", "F", "industry"},
	{"Cleaning of offices", "81", "N", "services"}, {"Printing of books", "18", "C", "industry"}, {"Meals in schools", "56", "I", "services"},
	{"Freight by road", "49", "H", "services"}, {"Metal goods", "25", "C", "industry"}, {"Growing of vegetables", "01", "A", "agriculture"},
	{"Care at home", "88", "Q", "services"}, {"Software", "62", "J", "services"}, {"Shops", "47", "G", "services"},
}
