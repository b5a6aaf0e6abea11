/* Lists of names with verbs: see naming.h for the grammar. */
#include "draft/naming.h"

#include "base/error.h"
#include "draft/lexicon.h"
#include "draft/naming_joint.h"
#include "draft/naming_verb.h"

enum { ACT_MAX = 40, NAME_MAX_BYTES = 96, WORD_MAX_BYTES = 24, JOIN_MAX = 4, PARTS_MAX = 8 };

/* Few enough words after the verb of a prefix: "propose to delete", "propose alternative text". */
static bool few_words(struct bk_str rest)
{
	size_t count = 0;

	for (struct bk_str word = bk_verb_word(rest); word.len; word = bk_verb_word(rest)) {
		if (++count > 5 || bk_lexicon_has(BK_LEXICON_MODAL, word))
			return false;
		rest = bk_str_skip(rest, (size_t)(word.ptr - rest.ptr) + word.len);
	}
	return true;
}

/* Words in quotation marks and nothing else. */
static bool is_quoted(struct bk_str words)
{
	return words.len > 2 && (words.ptr[0] == '"' || bk_str_starts(words, BK_STR("“"))) &&
	       (words.ptr[words.len - 1] == '"' || bk_str_ends(words, BK_STR("”")));
}

bool bk_naming_refuses(struct bk_str words)
{
	enum bk_act act;
	struct bk_str rest;

	words = bk_str_trim(words);
	while (words.len && words.ptr[words.len - 1] == '.')
		words.len--;
	if (!bk_verb_read(words, &act, &rest))
		return false;
	/* "delete the list": no treaty deletes */
	if (bk_str_starts(words, BK_STR("delete the ")) && few_words(rest))
		return true;
	/* `delete "human rights"` */
	if ((act == BK_ACT_DELETE || act == BK_ACT_RETAIN) && is_quoted(bk_str_trim(rest)))
		return true;
	return (bk_verb_word(rest).len == 0 || (act == BK_ACT_DELETE && bk_verb_all(rest))) &&
	       (act == BK_ACT_OPPOSE || act == BK_ACT_DELETE || act == BK_ACT_RETAIN ||
		       act == BK_ACT_RESERVE);
}

bool bk_naming_is_act(struct bk_str words)
{
	enum bk_act act;
	struct bk_str rest;

	words = bk_str_trim(words);
	return words.len && words.len <= ACT_MAX && bk_is_lower(words.ptr[0]) &&
	       bk_verb_read(words, &act, &rest) && bk_verb_all(rest);
}

bool bk_naming_misleads(struct bk_str words)
{
	size_t end = 0;

	while (end < words.len && end <= ACT_MAX && words.ptr[end] != ':' &&
		!bk_str_starts(bk_str_skip(words, end), BK_STR("：")))
		end++;
	return bk_naming_refuses(words) ||
	       (end < words.len && bk_naming_is_act((struct bk_str){words.ptr, end}));
}

/* ---- Names ----------------------------------------------------------------------------------------- */

static bool is_roman(struct bk_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] != 'I' && name.ptr[i] != 'V' && name.ptr[i] != 'X')
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
	return name.len ? naming->names.code(naming->names.roster, name.ptr, name.len) : NULL;
}

/* The roster's code of a name as written: line ends and double blanks as one blank, emphasis left out. */
static const char *known(const struct bk_naming *naming, struct bk_str name)
{
	char plain[NAME_MAX_BYTES];
	size_t len = 0;

	if (!naming->names.code || name.len == 0 || name.len > sizeof plain)
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
	return len < 2 || rest.len < 5 || !bk_verb_is(rest, act) ? name.len : len;
}

/* How many bytes are left when "'s" is taken away. */
static size_t without_genitive(struct bk_str name)
{
	static const char *const endings[] = {"'s", "’s", "s'", "s’"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (bk_str_ends(name, bk_str_of(endings[i])))
			return name.len - strlen(endings[i]) + (endings[i][0] == 's');
	}
	return name.len;
}

/* "Philippines (on behalf of LMDC)": the group that is spoken for. */
static struct bk_str spoken_for(struct bk_str name)
{
	const size_t open = bk_str_find(name, '(');
	struct bk_str inner = bk_str_skip(name, open + 1);
	size_t len;

	if (open >= name.len || name.ptr[name.len - 1] != ')')
		return name;
	inner.len--;
	len = bk_joint_behalf(inner);
	if (len)
		return bk_str_trim(bk_str_skip(inner, len));
	/* "EU (option A)" */
	return bk_lexicon_prefix(BK_LEXICON_OPTION, inner) || bk_lexicon_prefix(BK_LEXICON_REFERENCE, inner)
		       ? bk_str_trim((struct bk_str){name.ptr, open})
		       : name;
}

/* Take one name whole, then without what is glued to it. */
static bool match_name(const struct bk_naming *naming, struct bk_str name, struct bk_named *out)
{
	const char *const from = name.ptr;
	size_t plain;
	struct bk_str bare;

	name = spoken_for(name);
	if (bk_str_starts(name, BK_STR("the ")))
		name = bk_str_skip(name, 4);
	out->written.start += (size_t)(name.ptr - from);
	out->code = known(naming, name);
	plain = out->code ? name.len : without_genitive(name);
	if (plain < name.len) {
		name.len = plain;
		out->code = known(naming, name);
	}
	plain = without_figures(name);
	bare = (struct bk_str){name.ptr, plain};
	if (!out->code && plain < name.len && !bk_lexicon_has(BK_LEXICON_CODELIKE, name)) {
		name = bare;
		out->code = known(naming, bare);
	}
	if (!out->code && !(naming->unknown_codes && bk_naming_is_code(name)))
		return false;
	out->written.end = out->written.start + name.len;
	return true;
}

/* ---- Parts ------------------------------------------------------------------------------------------ */

struct parser {
	const struct bk_naming *naming;
	struct bk_str list;
	bk_named_list *out;
	enum bk_naming_words words;
	bool says; /* the last part that fitted has a verb */
};

static int add(struct parser *parser, const struct bk_named *named)
{
	struct bk_named *slot = BK_VEC_PUSH(parser->out);

	if (!slot)
		return bk_fail_memory();
	*slot = *named;
	return BK_OK;
}

/* A word that sets one part off from another: "EU, with reservation by Hungary". */
static bool sets_off(struct bk_str word)
{
	static const char *const words[] = {"with", "but", "while", "whereas", "though", "although", NULL};

	for (size_t i = 0; words[i]; i++) {
		if (bk_str_equal(word, bk_str_of(words[i])))
			return true;
	}
	return false;
}

/* Where the names of a part end: at a colon, or where a small word stands that is a verb or leads to one. */
static size_t names_end(struct bk_str part)
{
	for (size_t i = 0; i < part.len; i++) {
		struct bk_str word;

		if (part.ptr[i] == ':')
			return i;
		if (!bk_is_word(part.ptr[i]) || bk_is_digit(part.ptr[i]) || bk_is_upper(part.ptr[i]) ||
			(i && bk_is_word(part.ptr[i - 1])))
			continue;
		word = bk_verb_word(bk_str_skip(part, i));
		if (i && part.ptr[i - 1] == '\'' && word.len == 1)
			continue;
		if (bk_verb_is(word, NULL) || bk_verb_helps(word) || bk_verb_is_piece(word) || sets_off(word))
			return i;
	}
	return part.len;
}

/* Without blanks, no-break ones too, and without emphasis and dots behind it. */
static struct bk_str trim_name(struct bk_str name)
{
	name = bk_str_trim(name);
	for (;;) {
		if (name.len && strchr("*.", name.ptr[name.len - 1]))
			name.len--;
		else if (bk_str_ends(name, BK_STR("\xc2\xa0")))
			name.len -= 2;
		else if (bk_str_ends(name, BK_STR("\xe2\x80\xaf")))
			name.len -= 3;
		else
			return name;
	}
}

/* The longest name at `at`, joined over separators where the roster knows it so ("G77 and China"). */
static size_t take_name(struct parser *parser, struct bk_str names, size_t at, struct bk_named *named)
{
	const size_t most = parser->naming->names.code ? JOIN_MAX + 1 : 1;
	size_t ends[JOIN_MAX + 1];
	size_t count = 0, end = at;

	while (count < most && end < names.len) {
		end = bk_joint_next(names, count ? end + bk_joint_at(names, end) : end);
		ends[count++] = end;
	}
	while (count-- > 0) {
		struct bk_str name = {names.ptr + at, ends[count] - at};
		const struct bk_str dotted = bk_str_trim(name);

		name = trim_name(name);
		named->written.start = (size_t)(name.ptr - parser->list.ptr);
		/* "U.S.", and not "EU." */
		if (bk_str_ends(dotted, BK_STR(".")) &&
			(named->code = known(parser->naming, dotted)) != NULL) {
			named->written.end = named->written.start + dotted.len;
			return ends[count];
		}
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

/* "AOSIS (supported by": the parenthesis belongs to the next part. */
static struct bk_str without_open(struct bk_str names)
{
	while (names.len && (names.ptr[names.len - 1] == '(' || bk_is_blank(names.ptr[names.len - 1])))
		names.len--;
	return names;
}

/* "LDCs)": the parenthesis that was opened before the part. */
static struct bk_str without_close(struct bk_str names)
{
	const struct bk_str trimmed = bk_str_trim(names);

	if (!bk_str_ends(trimmed, BK_STR(")")) || memchr(trimmed.ptr, '(', trimmed.len))
		return names;
	return (struct bk_str){trimmed.ptr, trimmed.len - 1};
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
	size_t at = bk_joint_skip(names, 0);

	*is = at < names.len;
	while (*is && at < names.len) {
		struct bk_named named = {.act = act};
		const unsigned char first = (unsigned char)names.ptr[at];
		const size_t article = bk_joint_article(bk_str_skip(names, at));
		size_t end = bk_is_upper((char)first) || first >= 0x80 ? take_name(parser, names, at, &named)
								       : SIZE_MAX;

		if (end == SIZE_MAX && article)
			end = take_name(parser, names, at + article, &named);
		*is = end != SIZE_MAX;
		if (!*is)
			break;
		at = bk_joint_skip(names, end);
		/* Who speaks for a group puts the group's position. */
		if (at < names.len && bk_joint_for_group((struct bk_str){names.ptr + end, at - end}))
			continue;
		if (add(parser, &named) < 0)
			return BK_ENOMEM;
	}
	return BK_OK;
}

/* One part, taken apart: who, what they do, and what follows that. */
struct part {
	struct bk_str names, tail;
	enum bk_act act;
	bool says; /* what they do */
};

/* "retain: EU, US", "Delete – EU" */
static bool act_first(struct bk_str bytes, struct part *part)
{
	static const char *const marks[] = {":", " - ", " – ", " — ", NULL};
	const struct bk_str word = bk_verb_word(bytes), rest = bk_str_skip(bytes, word.len);
	char small[WORD_MAX_BYTES];
	size_t mark = 0;

	if (word.ptr != bytes.ptr || word.len > sizeof small)
		return false;
	for (size_t i = 0; i < word.len; i++)
		small[i] = bk_to_lower(word.ptr[i]);
	while (marks[mark] && !bk_str_starts(rest, bk_str_of(marks[mark])))
		mark++;
	if (!marks[mark] || !bk_verb_is((struct bk_str){small, word.len}, &part->act))
		return false;
	part->names = bk_str_skip(rest, strlen(marks[mark]));
	return true;
}

/* "supported by CANZ", and not "proposed deletion of this phrase": the act is another's. */
static bool is_by_another(struct bk_str words)
{
	enum bk_act act;
	struct bk_str by;

	return bk_verb_by(words, &act, &by) && by.len &&
	       (bk_is_upper(by.ptr[0]) || (unsigned char)by.ptr[0] >= 0x80 || bk_joint_skip(by, 0));
}

/* Whether the bytes of a part read as one; a part behind another has to say what is done. */
static bool read_part(const struct parser *parser, struct bk_str bytes, struct part *part)
{
	const bool strict = parser->words == BK_NAMING_STRICT;
	const size_t end = names_end(bytes);
	const bool colon = end < bytes.len && bytes.ptr[end] == ':';
	const struct bk_str rest = bk_str_trim(bk_str_skip(bytes, end + colon));
	struct bk_str by;

	*part = (struct part){.names = {bytes.ptr, end}, .tail = BK_STR(""), .act = BK_ACT_PROPOSE};
	if (!strict && act_first(bytes, part))
		return part->says = true;
	if (bk_verb_by(bytes, &part->act, &by)) {
		const size_t len = names_end(by);

		part->names = without_close((struct bk_str){by.ptr, len});
		part->tail = bk_str_skip(by, len);
		return part->says = true;
	}
	if (!rest.len)
		return true;
	part->tail = rest;
	part->names = without_open(without_dash(part->names));
	/* "EU, supported by CANZ": the verb is another's. */
	if (sets_off(bk_verb_word(rest)) || is_by_another(rest))
		return true;
	part->says = bk_verb_piece(rest);
	if (part->says)
		part->tail = BK_STR("");
	else
		part->says = bk_verb_read(rest, &part->act, &part->tail);
	return part->says || (!strict && colon);
}

/* Past what joins one part to another: ", ", " but ", " with ". */
static struct bk_str after_joint(struct bk_str tail)
{
	struct bk_str word;

	/* "Samoa (retain), Fiji (delete)" */
	tail = bk_str_trim(tail);
	tail = bk_str_skip(tail, bk_str_starts(tail, BK_STR(")")));
	tail = bk_str_skip(tail, bk_joint_skip(tail, 0));
	word = bk_verb_word(tail);
	if (sets_off(word) && word.ptr == tail.ptr)
		tail = bk_str_skip(tail, word.len);
	return bk_str_skip(tail, bk_joint_skip(tail, 0));
}

/* A part, and further ones behind its verb: "India supports, Japan opposes". */
static int take_part(struct parser *parser, struct bk_str bytes, bool *is)
{
	bool more = false;
	struct part part;

	*is = false;
	for (size_t i = 0; i < PARTS_MAX && bytes.len; i++) {
		const size_t mark = parser->out->len;
		bool fits = read_part(parser, bytes, &part) && (!more || part.says);
		int status = BK_OK;

		if (fits) {
			split_glued_verb(&part.names, &part.act);
			status = take_names(parser, part.names, part.act, &fits);
		}
		if (status < 0)
			return status;
		if (!fits) {
			parser->out->len = mark;
			break;
		}
		*is = more = true;
		parser->says = part.says;
		bytes = after_joint(part.tail);
	}
	/* What follows the last verb is words of its own. */
	if (*is && parser->words == BK_NAMING_STRICT && !few_words(bytes))
		*is = false;
	return BK_OK;
}

/* "CL propose; 101 VN oppose": a footnote's figures, torn off the part before, belong to none. */
static struct bk_str without_mark(struct bk_str part, bool first)
{
	size_t figures = 0;

	while (figures < part.len && bk_is_digit(part.ptr[figures]))
		figures++;
	if (first || !figures || figures > 3 || figures >= part.len || !bk_is_blank(part.ptr[figures]))
		return part;
	return bk_str_trim(bk_str_skip(part, figures));
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
		const struct bk_str part = without_mark(bk_str_trim((struct bk_str){rest.ptr, len}), first);
		const size_t mark = out->len;

		fits = part.len == 0 && !first;
		if (part.len)
			status = take_part(&parser, part, &fits);
		/* After a verb that takes any words, a part may be a piece of those words. */
		if (!fits && !first && words == BK_NAMING_LOOSE && parser.says) {
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
