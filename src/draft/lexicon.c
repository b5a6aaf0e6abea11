/* The lists of words, and looking them up.  Entries are small letters where the script has them. */
#include "draft/lexicon.h"

static const char *const modal[] = {"shall", "should", "may", "will", "must", "can", "could", "would",
	"might", "ought to", "is to", "are to", "is encouraged to", "are encouraged to", "is encouraged",
	"are encouraged", "is invited", "are invited", "is requested", "are requested", "is urged",
	"are urged", "is invited to", "are invited to", "is requested to", "are requested to",
	"is required to", "are required to", "is urged to", "are urged to", "is expected to",
	"are expected to", "is obliged to", "are obliged to", "is called upon to", "are called upon to",
	"undertakes to", "undertake to", "agrees to", "agree to", "doit", "doivent", "devrait", "devraient",
	"peut", "peuvent", "pourra", "pourront", "deberá", "deberán", "debería", "deberían", "podrá",
	"podrán", "debe", "deben", "puede", "pueden", "должен", "должна", "должно", "должны", "следует",
	"следовало бы", "может", "могут", "обязан", "обязаны", "обязуются", "应", "应当", "须", "必须", "宜",
	"可", "可以", "يجب", "يجب أن", "ينبغي", "ينبغي أن", "يجوز", "يمكن", "على", NULL};

static const char *const conjunction[] = {"and", "or", "and/or", "nor", "but", "as well as", "and also", "et",
	"ou", "et/ou", "y", "e", "o", "u", "y/o", "и", "или", "и/или", "а также", "和", "或", "及", "以及",
	"和/或", "و", "أو", "و/أو", NULL};

static const char *const adder[] = {"and", "or", "and/or", "as well as", "including", "inter alia",
	"in addition to", "together with", "et", "ou", "ainsi que", "y compris", "notamment", "y", "o",
	"así como", "incluidos", "incluidas", "incluido", "incluida", "и", "или", "а также", "включая",
	"в том числе", "和", "或", "以及", "包括", "و", "أو", "بما في ذلك", "فضلا عن", NULL};

static const char *const preposition[] = {"about", "above", "across", "after", "against", "along", "among",
	"around", "as", "at", "based on", "before", "below", "beneath", "between", "beyond", "by",
	"concerning", "consistent with", "depending on", "despite", "due to", "during", "except", "for",
	"from", "given", "in", "into", "notwithstanding", "of", "on", "over", "per", "pursuant to",
	"regarding", "relating to", "since", "subject to", "through", "throughout", "towards", "toward",
	"under", "until", "upon", "via", "with", "within", "without", "according to", "taking into account",
	"taking account of", "dans", "sur", "sous", "avec", "sans", "pour", "par", "selon", "conformément à",
	"en", "con", "sin", "por", "para", "bajo", "según", "de conformidad con", "в", "на", "с", "по", "для",
	"при", "под", "без", "в соответствии с", NULL};

static const char *const determiner[] = {"the", "a", "an", "all", "any", "each", "every", "no", "some",
	"such", "this", "that", "these", "those", "its", "their", "his", "her", "our", "other", "both", "le",
	"la", "les", "un", "une", "des", "el", "los", "las", "una", "cada", "toda", "todas", "todos",
	"chaque", "toutes", "каждая", "все", "该", "各", "每", NULL};

static const char *const clause[] = {"that", "which", "who", "whom", "whose", "where", "when", "while", "if",
	"unless", "whether", "whereby", "because", "provided that", "so that", "in order to", "qui", "que",
	"dont", "lorsque", "si", "cuando", "cuyo", "который", "которая", "которое", "которые", "если",
	"когда", NULL};

static const char *const verb[] = {"achieve", "acknowledge", "adopt", "address", "affirm", "agree", "align",
	"allow", "apply", "assess", "assist", "avoid", "build", "carry", "commit", "communicate", "comply",
	"conduct", "conserve", "consider", "contribute", "control", "convene", "cooperate", "coordinate",
	"create", "decide", "define", "deliver", "design", "determine", "develop", "eliminate", "emphasize",
	"enable", "encourage", "enforce", "engage", "enhance", "ensure", "establish", "exchange", "exclude",
	"facilitate", "finalize", "formulate", "foster", "fulfil", "fulfill", "guide", "identify",
	"implement", "improve", "include", "increase", "inform", "invite", "keep", "maintain", "make",
	"manage", "minimize", "mitigate", "mobilize", "monitor", "note", "notify", "operate", "participate",
	"phase", "prepare", "prevent", "prohibit", "promote", "protect", "provide", "publish", "pursue",
	"reaffirm", "recall", "recognize", "recognise", "recommend", "reduce", "reflect", "register",
	"regulate", "report", "request", "require", "respect", "restrict", "review", "safeguard", "secure",
	"share", "specify", "strengthen", "stress", "strive", "submit", "support", "take", "terminate",
	"transfer", "undertake", "update", "urge", "use", "verify", "welcome", "communicates", "recognizes",
	"decides", "requests", "invites", "urges", "encourages", "notes", "stresses", "calls upon",
	"call upon", "reaffirms", "welcomes", "recommends", "emphasizes", "acknowledges", "promotes",
	"ensures", "provides", NULL};

static const char *const auxiliary[] = {
	"is", "are", "was", "were", "has", "have", "had", "be", "been", "do", "does", NULL};

static const char *const adverb[] = {"also", "further", "again", "still", "then", "only", "thus", "hereby",
	"together", "jointly", "inter alia", "as appropriate", "where appropriate", "if appropriate",
	"mutatis mutandis", NULL};

static const char *const figure[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
	"ten", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred",
	"half", "first", "second", "third", "fourth", "fifth", "sixth", "twice", "once", "annual", "annually",
	"biennial", "biennially", "every", "each year", "monthly", "quarterly", "regularly", "periodically",
	"at any time", "immediately", "anualmente", "cada", "chaque année", "ежегодно", "每年", "january",
	"february", "march", "april", "june", "july", "august", "september", "october", "november",
	"december", NULL};

static const char *const no_text[] = {"no text", "no additional text", "no further text", "no specific text",
	"no article", "no provision", "no provisions", "no reference", "no references", "no mention",
	"no paragraph", "no section", "no annex", "no decision text", "no operative text", "option 0",
	"in lieu of", "delete this article", "pas de texte", "pas d'article", "aucun texte",
	"aucune disposition", "sin texto", "ningún texto", "ninguna disposición", "no se incluye texto",
	"текст отсутствует", "без текста", "нет текста", "никакого текста", "无案文", "没有案文", "不设条款",
	"لا نص", "بدون نص", "لا يوجد نص", NULL};

static const char *const open[] = {"other", "others", "other verb", "other option", "other options",
	"other formulation", "other term", "alternative verb", "alternative term", "alternative wording",
	"autre", "autres", "otro", "otra", "otros", "другое", "иное", "其他", "其它", "آخر", "أخرى", NULL};

static const char *const heading[] = {"article", "chapter", "part", "section", "annex", "appendix",
	"preamble", "chapitre", "partie", "annexe", "artículo", "capítulo", "parte", "sección", "anexo",
	"статья", "глава", "часть", "раздел", "приложение", NULL};

static const char *const option[] = {"option", "sub-option", "suboption", "alternative", "alt", "alt.",
	"opción", "alternativa", "variante", "вариант", "альтернатива", "备选案文", "方案", "备选", "الخيار",
	"البديل", NULL};

static const char *const codelike[] = {"note", "nb", "alt", "opt", "option", "tbd", "tbc", "tba", "para",
	"art", "and", "or", "ok", "new", "old", "ref", "add", "mod", "sup", "noc", "res", "cop", "cmp", "cma",
	"sbi", "sbsta", "gef", "gcf", "ipcc", "un", "unga", "ga", "who", "wto", "wipo", "itu", "inb", "fao",
	"ilo", "imf", "gdp", "ghg", "co2", "ch4", NULL};

static const char *const reference[] = {"article", "paragraph", "annex", "section", "appendix",
	"subparagraph", "chapter", "para", "artículo", "párrafo", "anexo", "sección", "paragraphe", "annexe",
	"статья", "статьи", "статье", "пункт", "пункта", "пункте", "приложение", "приложения", "приложении",
	NULL};

static const char *const unit[] = {"m", "km", "cm", "mm", "h", "hr", "s", "g", "kg", "mg", "t", "gt", "mt",
	"l", "ml", "ha", "w", "kw", "mw", "kwh", "mwh", "gj", "j", "ppm", "yr", "a", "capita", "day", "usd",
	"eur", "bit", "hz", "khz", "mhz", "ghz", "db", "dbm", NULL};

static const char *const verb_ending[] = {
	"s", "e", "es", "ed", "d", "al", "als", "ion", "ation", "ations", "ition", "n", "al of", NULL};

static const char *const *const lists[BK_LEXICON_COUNT] = {
	[BK_LEXICON_MODAL] = modal,
	[BK_LEXICON_CONJUNCTION] = conjunction,
	[BK_LEXICON_ADDER] = adder,
	[BK_LEXICON_PREPOSITION] = preposition,
	[BK_LEXICON_DETERMINER] = determiner,
	[BK_LEXICON_CLAUSE] = clause,
	[BK_LEXICON_VERB] = verb,
	[BK_LEXICON_ADVERB] = adverb,
	[BK_LEXICON_AUXILIARY] = auxiliary,
	[BK_LEXICON_FIGURE] = figure,
	[BK_LEXICON_NO_TEXT] = no_text,
	[BK_LEXICON_OPEN] = open,
	[BK_LEXICON_HEADING] = heading,
	[BK_LEXICON_OPTION] = option,
	[BK_LEXICON_CODELIKE] = codelike,
	[BK_LEXICON_REFERENCE] = reference,
	[BK_LEXICON_UNIT] = unit,
	[BK_LEXICON_VERB_ENDING] = verb_ending,
};

/* Chinese writes no blanks between words: there a phrase may be followed by any character. */
static bool is_han(const char *entry)
{
	return (unsigned char)entry[0] >= 0xe3 && (unsigned char)entry[0] <= 0xe9;
}

static bool ends_word(struct bk_str words, size_t len)
{
	return len == words.len || !bk_is_word(words.ptr[len]);
}

size_t bk_lexicon_prefix(enum bk_lexicon list, struct bk_str words)
{
	size_t best = 0;
	const char first = words.len ? bk_to_lower(words.ptr[0]) : '\0';

	for (const char *const *entry = lists[list]; *entry && words.len; entry++) {
		size_t len;

		if ((*entry)[0] != first)
			continue;
		len = strlen(*entry);
		if (len > best && bk_str_starts_nocase(words, (struct bk_str){*entry, len}) &&
			(is_han(*entry) || ends_word(words, len)))
			best = len;
	}
	return best;
}

bool bk_lexicon_has(enum bk_lexicon list, struct bk_str words)
{
	return words.len && bk_lexicon_prefix(list, words) == words.len;
}
