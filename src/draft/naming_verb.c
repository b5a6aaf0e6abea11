/* What parties do, as words say it: see naming_verb.h. */
#include "draft/naming_verb.h"

#include "draft/lexicon.h"

#include <pthread.h>

static const struct {
	const char *stem;
	enum bk_act act, opposite;
	bool whole; /* a word as it stands, without other endings */
} verbs[] = {
	{"propose", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"support", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"oppose", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
	{"delete", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"retain", BK_ACT_RETAIN, BK_ACT_DELETE, false},
	{"reserve", BK_ACT_RESERVE, BK_ACT_RESERVE, false},
	{"reflect", BK_ACT_REFLECT, BK_ACT_REFLECT, false},
	{"withdraw", BK_ACT_WITHDRAW, BK_ACT_RETAIN, false},
	/* Who will come back to it, or wants it bracketed, has not agreed. */
	{"revert", BK_ACT_RESERVE, BK_ACT_RESERVE, false},
	{"bracket", BK_ACT_RESERVE, BK_ACT_RESERVE, false},
	{"check", BK_ACT_RESERVE, BK_ACT_RESERVE, false},
	{"consult", BK_ACT_RESERVE, BK_ACT_RESERVE, false},
	/* Other words for the same. */
	{"clarif", BK_ACT_REFLECT, BK_ACT_REFLECT, false},
	{"study", BK_ACT_REFLECT, BK_ACT_REFLECT, false},
	{"consider", BK_ACT_REFLECT, BK_ACT_REFLECT, false},
	{"suggest", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"add", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"insert", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"replace", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"amend", BK_ACT_PROPOSE, BK_ACT_OPPOSE, false},
	{"prefer", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"endorse", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"favour", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"favor", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"keep", BK_ACT_RETAIN, BK_ACT_DELETE, false},
	{"maintain", BK_ACT_RETAIN, BK_ACT_DELETE, false},
	{"strike", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"drop", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"omit", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"remove", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"reject", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
	{"disagree", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
	{"object", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
	{"accept", BK_ACT_SUPPORT, BK_ACT_OPPOSE, false},
	{"proposent", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"propone", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"proponen", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"предлагает", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"предлагают", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"提议", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"يقترح", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"appuie", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"appuient", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"soutient", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"soutiennent", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"apoya", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"apoyan", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"поддерживает", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"поддерживают", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"支持", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"يؤيد", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"opposent", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"opone", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"oponen", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"возражает", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"возражают", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"反对", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"يعارض", BK_ACT_OPPOSE, BK_ACT_SUPPORT, true},
	{"supprimer", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"suprimir", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"исключить", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"удалить", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"删除", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"حذف", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"proposé", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"propuesto", BK_ACT_PROPOSE, BK_ACT_OPPOSE, true},
	{"suppression", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"supprime", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"supprimé", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"suprime", BK_ACT_DELETE, BK_ACT_RETAIN, true},
	{"réserve", BK_ACT_RESERVE, BK_ACT_RESERVE, true},
	{"réservent", BK_ACT_RESERVE, BK_ACT_RESERVE, true},
	{"reserva", BK_ACT_RESERVE, BK_ACT_RESERVE, true},
	{"reservan", BK_ACT_RESERVE, BK_ACT_RESERVE, true},
	{"appuyé", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"apoyado", BK_ACT_SUPPORT, BK_ACT_OPPOSE, true},
	{"conserver", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"maintenir", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"mantener", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"conservar", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"сохранить", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"保留", BK_ACT_RETAIN, BK_ACT_DELETE, true},
	{"retire", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
	{"retirent", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
	{"retira", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
	{"retiran", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
	{"отзывает", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
	{"撤回", BK_ACT_WITHDRAW, BK_ACT_RETAIN, true},
};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

/* What may stand between the names and the verb. */
static const char *const helpers[] = {"do", "does", "did", "can", "cannot", "could", "would", "will", "wish",
	"wishes", "like", "to", "also", "still", "has", "have", "had", "strongly", "not", "both", "all",
	"asks", "ask", "asked", "requests", "request", "requested", "is", "are", "alt", "se", "s", NULL};

/* What a party brings in, where it is called so: "EU text", "Norway's proposal". */
static const char *const pieces[] = {"text", "wording", "language", "alternative", "alt", "version",
	"formulation", "submission", "position", "input", "request", "texte", "texto", "proposition",
	"propuesta", NULL};

/* Leads from what is done to who does it: "proposed by". */
static const char *const agents[] = {"by", "of", "from", "par", "por", "de", NULL};

/* Those that may stand apart from the verb. */
static const char *const doers[] = {"by", "par", "por", NULL};

static bool is_letter(char c)
{
	return bk_is_word(c) && !bk_is_digit(c);
}

static bool is_one_of(const char *const *list, struct bk_str word)
{
	for (size_t i = 0; word.len && list[i]; i++) {
		/* most differ in their first letter */
		if (list[i][0] == word.ptr[0] && bk_str_equal(word, bk_str_of(list[i])))
			return true;
	}
	return false;
}

/* A word for what a bracket holds: "this paragraph". */
static bool is_part(struct bk_str word)
{
	static const char *const parts[] = {"the", "this", "entire", "whole", "paragraph", "para", "article",
		"sentence", "text", "section", "option", "bracket", "brackets", "phrase", "word", "words",
		"subparagraph", "all", "PP", "OP", "bis", "ter", "quater", "alt", NULL};

	return is_one_of(parts, word);
}

struct bk_str bk_verb_word(struct bk_str string)
{
	size_t start = 0, end;

	while (start < string.len && !is_letter(string.ptr[start]))
		start++;
	end = start;
	while (end < string.len && is_letter(string.ptr[end]))
		end++;
	return end > start ? (struct bk_str){string.ptr + start, end - start} : BK_STR("");
}

/* What follows word in string. */
static struct bk_str after(struct bk_str string, struct bk_str word)
{
	return bk_str_skip(string, (size_t)(word.ptr - string.ptr) + word.len);
}

/* Of the verbs that begin with each byte the first, and of each verb the next that begins so; VERB_COUNT:
 * none. */
static unsigned char first_verb[256], next_verb[VERB_COUNT];
/* Bytes of each verb, and of what its endings are put to: without a last e. */
static unsigned char verb_len[VERB_COUNT], stem_len[VERB_COUNT];

static void index_verbs(void)
{
	memset(first_verb, VERB_COUNT, sizeof first_verb);
	for (size_t i = VERB_COUNT; i-- > 0;) {
		const struct bk_str stem = bk_str_of(verbs[i].stem);
		unsigned char *first = &first_verb[(unsigned char)stem.ptr[0]];

		next_verb[i] = *first;
		*first = (unsigned char)i;
		verb_len[i] = (unsigned char)stem.len;
		stem_len[i] = (unsigned char)(stem.len - bk_str_ends(stem, BK_STR("e")));
	}
}

/* The verb a small word is: with or without -s, -d, -ed, -n, -al, -ation ("reservation", "deletion"). */
static size_t find(struct bk_str word)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (word.len == 0)
		return VERB_COUNT;
	pthread_once(&once, index_verbs);
	for (size_t i = first_verb[(unsigned char)word.ptr[0]]; i < VERB_COUNT; i = next_verb[i]) {
		const struct bk_str stem = {verbs[i].stem, verb_len[i]};
		const struct bk_str less = {stem.ptr, stem_len[i]};
		struct bk_str rest;

		if (word.len < less.len || word.ptr[less.len - 1] != less.ptr[less.len - 1])
			continue;
		if (verbs[i].whole && bk_str_equal(word, stem))
			return i;
		if (verbs[i].whole || !bk_str_starts(word, less))
			continue;
		rest = bk_str_skip(word, less.len);
		if (rest.len == 0 ? less.len == stem.len : bk_lexicon_has(BK_LEXICON_VERB_ENDING, rest))
			return i;
	}
	return VERB_COUNT;
}

bool bk_verb_is(struct bk_str word, enum bk_act *act)
{
	const size_t verb = find(word);

	if (verb != VERB_COUNT && act)
		*act = verbs[verb].act;
	return verb != VERB_COUNT;
}

bool bk_verb_names_act(struct bk_str word)
{
	const size_t verb = find(word);

	return verb != VERB_COUNT &&
	       bk_str_equal(bk_str_of(verbs[verb].stem), bk_str_of(bk_act_name(verbs[verb].act)));
}

bool bk_verb_helps(struct bk_str word)
{
	return is_one_of(helpers, word);
}

bool bk_verb_is_piece(struct bk_str word)
{
	return is_one_of(pieces, word);
}

/* "that this text be retained", "for the deletion of it": from "retained" and "the" on; other words as they
 * are. */
static struct bk_str after_that(struct bk_str words)
{
	enum { SUBJECT_MAX = 5 };
	struct bk_str word = bk_verb_word(words), rest = after(words, word);

	if (bk_str_equal(word, BK_STR("for"))) {
		word = bk_verb_word(rest);
		return bk_str_equal(word, BK_STR("the")) ? after(rest, word) : rest;
	}
	if (!bk_str_equal(word, BK_STR("that")))
		return words;
	for (size_t i = 0; i <= SUBJECT_MAX; i++) {
		word = bk_verb_word(rest);
		rest = after(rest, word);
		if (bk_str_equal(word, BK_STR("be")))
			return rest;
	}
	return words;
}

bool bk_verb_read(struct bk_str words, enum bk_act *act, struct bk_str *rest)
{
	bool not = false;
	struct bk_str word = bk_verb_word(words);
	size_t verb;

	while (bk_verb_helps(word)) {
		not = not || bk_str_equal(word, BK_STR("not")) || bk_str_equal(word, BK_STR("cannot"));
		words = after_that(after(words, word));
		word = bk_verb_word(words);
	}
	verb = find(word);
	if (verb == VERB_COUNT)
		return false;
	*act = not ? verbs[verb].opposite : verbs[verb].act;
	*rest = words = after(words, word);
	words = after_that(words);
	word = bk_verb_word(words);
	if (bk_str_equal(word, BK_STR("to"))) {
		words = after(words, word);
		word = bk_verb_word(words);
	}
	verb = find(word);
	if (*act == BK_ACT_PROPOSE && verb != VERB_COUNT)
		*act = verbs[verb].act;
	return true;
}

bool bk_verb_piece(struct bk_str words)
{
	const struct bk_str word = bk_verb_word(words);

	return bk_verb_is_piece(word) && bk_verb_word(after(words, word)).len == 0;
}

bool bk_verb_by(struct bk_str part, enum bk_act *act, struct bk_str *names)
{
	enum { WORDS_MAX = 7, SMALL_MAX = 24 };
	bool does = false, last = false, not = false, verb;
	struct bk_str rest = part, word = bk_verb_word(rest);

	*act = BK_ACT_PROPOSE;
	for (size_t i = 0; i < WORDS_MAX && word.len && word.len < SMALL_MAX; i++) {
		char small[SMALL_MAX];
		struct bk_str lower = {small, word.len};
		enum bk_act this = BK_ACT_PROPOSE;

		for (size_t j = 0; j < word.len; j++)
			small[j] = i ? word.ptr[j] : bk_to_lower(word.ptr[j]);
		rest = after(rest, word);
		if (does && is_one_of(agents, lower) && (is_one_of(doers, lower) || last)) {
			*names = bk_str_trim(rest);
			return true;
		}
		not |= bk_str_equal(lower, BK_STR("not"));
		verb = bk_verb_is(lower, &this);
		if (verb && (!does || *act == BK_ACT_PROPOSE))
			*act = not ? verbs[find(lower)].opposite : this;
		last = verb || bk_verb_is_piece(lower);
		does |= last;
		/* A name: what is done is another's. */
		if (bk_is_upper(word.ptr[0]) && (i || !does) && !(i == 0 && is_part(lower)))
			return false;
		word = bk_verb_word(rest);
	}
	return false;
}

bool bk_verb_all(struct bk_str words)
{
	size_t count = 0;

	for (struct bk_str word = bk_verb_word(words); word.len; word = bk_verb_word(words)) {
		if (!is_part(word) || ++count > 4)
			return false;
		words = bk_str_skip(words, (size_t)(word.ptr - words.ptr) + word.len);
	}
	return true;
}
