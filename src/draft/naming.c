/* Lists of names with verbs: see naming.h for the grammar. */
#include "draft/naming.h"

#include "base/error.h"
#include "draft/lexicon.h"

enum { NAME_MAX_BYTES = 96, JOIN_MAX = 4 };

/* ---- Verbs ----------------------------------------------------------------------------------------- */

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
	/* Other words for the same. */
	{"consider", BK_ACT_REFLECT, BK_ACT_REFLECT, false},
	{"keep", BK_ACT_RETAIN, BK_ACT_DELETE, false},
	{"remove", BK_ACT_DELETE, BK_ACT_RETAIN, false},
	{"object", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
	{"reject", BK_ACT_OPPOSE, BK_ACT_SUPPORT, false},
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
	"wishes", "to", "also", "still", "has", "have", "had", "strongly", "not", "both", "all", "asks",
	"ask", "asked", "requests", "request", "requested", "is", "are", NULL};

/* Any byte of another script counts as one. */
static bool is_letter(char c)
{
	return bk_is_word(c) && !bk_is_digit(c);
}

static struct bk_str next_word(struct bk_str string)
{
	size_t start = 0, end;

	while (start < string.len && !is_letter(string.ptr[start]))
		start++;
	end = start;
	while (end < string.len && is_letter(string.ptr[end]))
		end++;
	return end > start ? (struct bk_str){string.ptr + start, end - start} : BK_STR("");
}

/* The verb a small word is: with or without -s, -d, -ed, -n, -al, -ation ("reservation", "deletion"). */
static size_t find_verb(struct bk_str word)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct bk_str stem = bk_str_of(verbs[i].stem);
		const struct bk_str less = {stem.ptr, stem.len - (bk_str_ends(stem, BK_STR("e")) ? 1 : 0)};
		struct bk_str rest;

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

static bool is_helper(struct bk_str word)
{
	for (size_t i = 0; helpers[i]; i++) {
		if (bk_str_equal(word, bk_str_of(helpers[i])))
			return true;
	}
	return false;
}

/* The act of words such as "does not support", "propose to delete"; *rest is what follows the verb. */
static bool read_act(struct bk_str words, enum bk_act *act, struct bk_str *rest)
{
	bool not = false;
	struct bk_str word = next_word(words);
	size_t verb;

	while (is_helper(word)) {
		not = not || bk_str_equal(word, BK_STR("not")) || bk_str_equal(word, BK_STR("cannot"));
		words = bk_str_skip(words, (size_t)(word.ptr - words.ptr) + word.len);
		word = next_word(words);
	}
	verb = find_verb(word);
	if (verb == VERB_COUNT)
		return false;
	*act = not ? verbs[verb].opposite : verbs[verb].act;
	*rest = bk_str_skip(words, (size_t)(word.ptr - words.ptr) + word.len);
	words = *rest;
	word = next_word(words);
	if (bk_str_equal(word, BK_STR("to"))) {
		words = bk_str_skip(words, (size_t)(word.ptr - words.ptr) + word.len);
		word = next_word(words);
	}
	verb = find_verb(word);
	if (*act == BK_ACT_PROPOSE && verb != VERB_COUNT)
		*act = verbs[verb].act;
	return true;
}

bool bk_naming_refuses(struct bk_str words)
{
	enum bk_act act;
	struct bk_str rest;

	words = bk_str_trim(words);
	while (words.len && words.ptr[words.len - 1] == '.')
		words.len--;
	return read_act(words, &act, &rest) && next_word(rest).len == 0 &&
	       (act == BK_ACT_OPPOSE || act == BK_ACT_DELETE || act == BK_ACT_RESERVE);
}

/* ---- Names ----------------------------------------------------------------------------------------- */

static bool is_roman(struct bk_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!strchr("IVX", name.ptr[i]))
			return false;
	}
	return true;
}

bool bk_naming_is_code(struct bk_str name)
{
	size_t letters = 0;

	while (letters < name.len && bk_is_upper(name.ptr[letters]))
		letters++;
	if (letters == 0 || name.len < 2 || name.len > 8 || is_roman(name))
		return false;
	for (size_t i = letters; i < name.len; i++) {
		if (!bk_is_upper(name.ptr[i]) && !bk_is_digit(name.ptr[i]) && name.ptr[i] != '-')
			return false;
	}
	if (letters == 1 && !(name.ptr[0] == 'G' && name.len <= 4))
		return false;
	return !bk_lexicon_has(BK_LEXICON_CODELIKE, name);
}

static const char *ask(const struct bk_naming *naming, struct bk_str name)
{
	return naming->names.code && name.len ? naming->names.code(naming->names.roster, name.ptr, name.len)
					      : NULL;
}

/* The roster's code of a name as written: line ends and double blanks as one blank, emphasis left out. */
static const char *known(const struct bk_naming *naming, struct bk_str name)
{
	char plain[NAME_MAX_BYTES];
	size_t len = 0;

	if (name.len == 0 || name.len > sizeof plain)
		return NULL;
	for (size_t i = 0; i < name.len; i++) {
		const char c = bk_is_space(name.ptr[i]) ? ' ' : name.ptr[i];

		if (c != '*' && (c != ' ' || (len && plain[len - 1] != ' ')))
			plain[len++] = c;
	}
	return ask(naming, bk_str_trim((struct bk_str){plain, len}));
}

/* How many of name's bytes are left when the figures at its end, a footnote's, are taken away. */
static size_t without_figures(struct bk_str name)
{
	size_t len = name.len;

	while (len && bk_is_digit(name.ptr[len - 1]))
		len--;
	return len >= 2 && name.len - len <= 3 && bk_is_alpha(name.ptr[len - 1]) ? len : name.len;
}

/* How many bytes are left when a verb glued to a code is taken away: "CLpropose". */
static size_t without_verb(struct bk_str name, enum bk_act *act)
{
	size_t len = 0;
	struct bk_str rest;

	while (len < name.len && (bk_is_upper(name.ptr[len]) || bk_is_digit(name.ptr[len])))
		len++;
	rest = bk_str_skip(name, len);
	if (len < 2 || rest.len < 5 || find_verb(rest) == VERB_COUNT)
		return name.len;
	*act = verbs[find_verb(rest)].act;
	return len;
}

/* Take one name whole, then without what is glued to it. */
static bool match_name(const struct bk_naming *naming, struct bk_str name, struct bk_named *out)
{
	const size_t plain = without_figures(name);
	const struct bk_str bare = {name.ptr, plain};

	out->code = known(naming, name);
	if (!out->code && !bk_lexicon_has(BK_LEXICON_CODELIKE, name) && plain < name.len) {
		name = bare;
		out->code = known(naming, bare);
	}
	if (!out->code && !(naming->unknown_codes && bk_naming_is_code(name)))
		return false;
	out->written.end = out->written.start + name.len;
	return true;
}

/* ---- Separators -------------------------------------------------------------------------------------- */

/* Bytes of the separator at string's start, or 0; a word separates only when it stands apart. */
static size_t separator_at(struct bk_str string, bool apart)
{
	static const char *const words[] = {"and", "on behalf of", "y", "et", "и", "و", NULL};

	if (string.len == 0)
		return 0;
	if (memchr("/,;&+", string.ptr[0], 5))
		return 1;
	for (size_t i = 0; apart && words[i]; i++) {
		const size_t len = strlen(words[i]);

		if (string.len > len && bk_str_starts(string, (struct bk_str){words[i], len}) &&
			bk_is_space(string.ptr[len]))
			return len + 1;
	}
	return bk_str_starts(string, BK_STR("、")) ? strlen("、") : 0;
}

static size_t separator_in(struct bk_str string, size_t at)
{
	return separator_at(bk_str_skip(string, at), at == 0 || bk_is_space(string.ptr[at - 1]));
}

/* Offset of the next separator at or after from, outside parentheses, or the end. */
static size_t next_separator(struct bk_str string, size_t from)
{
	size_t depth = 0;

	for (size_t i = from; i < string.len; i++) {
		depth += string.ptr[i] == '(';
		depth -= string.ptr[i] == ')' && depth > 0;
		if (depth == 0 && separator_in(string, i))
			return i;
	}
	return string.len;
}

/* Past blanks, emphasis, separators and "the". */
static size_t skip_between(struct bk_str string, size_t at)
{
	for (;;) {
		const struct bk_str rest = bk_str_skip(string, at);
		const size_t len = separator_in(string, at);

		if (len)
			at += len;
		else if (rest.len && (bk_is_space(rest.ptr[0]) || rest.ptr[0] == '*'))
			at++;
		else if (bk_str_starts_nocase(rest, BK_STR("the ")))
			at += 4;
		else
			return at;
	}
}

/* ---- Parts ------------------------------------------------------------------------------------------ */

struct parser {
	const struct bk_naming *naming;
	struct bk_str list;
	bk_named_list *out;
	enum bk_naming_words words;
};

static int add(struct parser *parser, const struct bk_named *named)
{
	struct bk_named *slot = BK_VEC_PUSH(parser->out);

	if (!slot)
		return bk_fail_memory();
	*slot = *named;
	return BK_OK;
}

/*
 * Where the names of a part end: at a colon, or where a small word stands that is a verb or leads to one.
 */
static size_t names_end(struct bk_str part)
{
	for (size_t i = 0; i < part.len; i++) {
		struct bk_str word;

		if (part.ptr[i] == ':')
			return i;
		if (!is_letter(part.ptr[i]) || bk_is_upper(part.ptr[i]) || (i && bk_is_word(part.ptr[i - 1])))
			continue;
		word = next_word(bk_str_skip(part, i));
		if (find_verb(word) != VERB_COUNT || is_helper(word))
			return i;
	}
	return part.len;
}

/* The longest name at `at`, joined over separators where the roster knows it so ("G77 and China"). */
static size_t take_name(struct parser *parser, struct bk_str names, size_t at, struct bk_named *named)
{
	size_t ends[JOIN_MAX + 1];
	size_t count = 0, end = at;

	while (count <= JOIN_MAX && end < names.len) {
		end = next_separator(names, count ? end + separator_in(names, end) : end);
		ends[count++] = end;
	}
	while (count-- > 0) {
		struct bk_str name = {names.ptr + at, ends[count] - at};

		name = bk_str_trim(name);
		while (name.len && strchr("*.", name.ptr[name.len - 1]))
			name.len--;
		named->written.start = (size_t)(name.ptr - parser->list.ptr);
		if (count ? (named->code = known(parser->naming, name)) != NULL
			  : match_name(parser->naming, name, named)) {
			if (count)
				named->written.end = named->written.start + name.len;
			return ends[count];
		}
	}
	return SIZE_MAX;
}

/* A dash between a name and its verb belongs to neither: "G77 – reserve". */
static struct bk_str without_dash(struct bk_str names)
{
	static const char *const dashes[] = {" -", " –", " —"};

	names = bk_str_trim(names);
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		if (bk_str_ends(names, bk_str_of(dashes[i])))
			names.len -= strlen(dashes[i]);
	}
	return bk_str_trim(names);
}

/* A verb glued to the last name ends the names there: "CL/PEpropose". */
static void split_glued_verb(struct bk_str *names, enum bk_act *act)
{
	size_t start = names->len;
	struct bk_str last;

	while (start && bk_is_word(names->ptr[start - 1]))
		start--;
	last = bk_str_skip(*names, start);
	names->len = start + without_verb(last, act);
}

/* All names of a part; false when something in it is no name. */
static int take_names(struct parser *parser, struct bk_str names, enum bk_act act, bool *is)
{
	size_t at = skip_between(names, 0);

	*is = at < names.len;
	while (*is && at < names.len) {
		struct bk_named named = {.act = act};
		const unsigned char first = (unsigned char)names.ptr[at];
		const size_t end = bk_is_upper((char)first) || first >= 0x80
					   ? take_name(parser, names, at, &named)
					   : SIZE_MAX;

		*is = end != SIZE_MAX;
		if (*is && add(parser, &named) < 0)
			return BK_ENOMEM;
		at = *is ? skip_between(names, end) : at;
	}
	return BK_OK;
}

/* Few enough words after the verb of a prefix: "propose to delete", "propose alternative text". */
static bool few_words(struct bk_str rest)
{
	size_t count = 0;

	for (struct bk_str word = next_word(rest); word.len; word = next_word(rest)) {
		if (++count > 5 || bk_lexicon_has(BK_LEXICON_MODAL, word))
			return false;
		rest = bk_str_skip(rest, (size_t)(word.ptr - rest.ptr) + word.len);
	}
	return true;
}

/* "Proposed by EU and AU", "Reservation by US". */
static bool verb_first(struct bk_str part, enum bk_act *act, struct bk_str *names)
{
	const struct bk_str first = next_word(part);
	char small[16];
	struct bk_str rest, by;
	size_t verb;

	if (first.len == 0 || first.len >= sizeof small)
		return false;
	for (size_t i = 0; i < first.len; i++)
		small[i] = bk_to_lower(first.ptr[i]);
	verb = find_verb((struct bk_str){small, first.len});
	if (verb == VERB_COUNT)
		return false;
	rest = bk_str_skip(part, (size_t)(first.ptr - part.ptr) + first.len);
	by = next_word(rest);
	if (!bk_str_equal(by, BK_STR("by")) && !bk_str_equal(by, BK_STR("of")) &&
		!bk_str_equal(by, BK_STR("from")))
		return false;
	*act = verbs[verb].act;
	*names = bk_str_trim(bk_str_skip(rest, (size_t)(by.ptr - rest.ptr) + by.len));
	return true;
}

static int take_part(struct parser *parser, struct bk_str part, bool *is)
{
	const bool strict = parser->words == BK_NAMING_STRICT;
	enum bk_act act = BK_ACT_PROPOSE;
	struct bk_str names, rest, tail = {NULL, 0};
	size_t end;
	bool colon;

	*is = false;
	if (verb_first(part, &act, &names))
		return take_names(parser, names, act, is);
	end = names_end(part);
	names = (struct bk_str){part.ptr, end};
	colon = end < part.len && part.ptr[end] == ':';
	rest = bk_str_trim(bk_str_skip(part, end + colon));
	if (rest.len && !read_act(rest, &act, &tail) && (strict || !colon))
		return BK_OK;
	if (strict && !few_words(tail))
		return BK_OK;
	if (rest.len)
		names = without_dash(names);
	split_glued_verb(&names, &act);
	return take_names(parser, names, act, is);
}

int bk_naming_parse(const struct bk_naming *naming, struct bk_str list, enum bk_naming_words words,
	bk_named_list *out, bool *is)
{
	struct parser parser = {.naming = naming, .list = list, .out = out, .words = words};
	const size_t before = out->len;
	struct bk_str rest = bk_str_trim(list);
	int status = BK_OK;
	bool fits = rest.len > 0, first = true;

	while (status == BK_OK && fits && rest.len) {
		const size_t len = bk_str_find(rest, ';');
		const struct bk_str part = bk_str_trim((struct bk_str){rest.ptr, len});
		const size_t mark = out->len;

		fits = part.len == 0 && !first;
		if (part.len)
			status = take_part(&parser, part, &fits);
		/* After a verb that takes any words, a part may be a piece of those words. */
		if (!fits && !first && words == BK_NAMING_LOOSE) {
			out->len = mark;
			fits = true;
		}
		first = false;
		rest = bk_str_skip(rest, len + 1);
	}
	*is = status == BK_OK && fits && out->len > before;
	if (!*is)
		out->len = before;
	return status;
}
