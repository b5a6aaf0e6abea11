/*
 * References to paragraphs and articles that are not there.
 *
 *	reference = ("paragraph" | "paragraphs" | "article" | "articles") number {and number}
 *	and       = "," | "and" | "or" | "to" | "-"
 *	number    = digits [suffix] {"(" letter ")"}
 *
 * Only this text's own numbering counts.  A reference that goes on "of the Convention", or of anything
 * but this text or one of its articles, or that is "its", speaks of another text; numbers in brackets
 * wait to be given.  A paragraph is looked for under the heading that the reference stands under, where
 * that has numbers from 1 on; an article, where the text has articles.  Numbers far beyond the highest
 * there is come from another text too.
 */
#include "draft/check.h"

#include "base/error.h"
#include "base/map.h"
#include "draft/label.h"

enum { SHOWN = 40, MANY_NUMBERS = 32, NEAR = 60, FARTHEST = 9 };

/* One number of a reference. */
struct number {
	struct bk_span span; /* with its item */
	uint32_t value, suffix;
	char item; /* the c of 1 (c), or 0 */
};

struct reference {
	size_t word; /* offset of "paragraph" or "article" */
	size_t end;
	bool article;
	struct number numbers[MANY_NUMBERS];
	size_t count;
};

struct finder {
	struct bk_checker *checker;
	const struct bk_draft *draft;
	struct bk_str bytes;
	size_t articles; /* headings that are articles */
	struct bk_map there;
};

/* ---- Reading ------------------------------------------------------------------------------------------- */

static char at(const struct finder *finder, size_t offset)
{
	return offset < finder->bytes.len ? finder->bytes.ptr[offset] : '\0';
}

static size_t skip_space(const struct finder *finder, size_t from)
{
	while (bk_is_space(at(finder, from)))
		from++;
	return from;
}

/* The end of the word, in any case, when it stands whole at `from`; else 0. */
static size_t take_word(const struct finder *finder, size_t from, const char *word)
{
	const struct bk_str rest = bk_str_skip(finder->bytes, from);
	const size_t len = strlen(word);

	if (!bk_str_starts_nocase(rest, (struct bk_str){word, len}) || bk_is_word(at(finder, from + len)))
		return 0;
	return from + len;
}

/* "2", "2 bis", "1 (c)", "3(a)"; false when no number stands at `from`, or one like 3.2, 50%, 2(1). */
static bool take_number(const struct finder *finder, size_t from, struct number *out)
{
	const struct bk_str rest = bk_str_skip(finder->bytes, from);
	uint32_t value = 0;
	size_t end = from + bk_label_number((struct bk_str){rest.ptr, rest.len < 8 ? rest.len : 8}, &value);
	size_t item, suffix;

	*out = (struct number){.span = {from, end}, .value = value};
	if (end == from || value == 0 || value > 999)
		return false;
	suffix = bk_label_suffix(bk_str_skip(finder->bytes, skip_space(finder, end)), &out->suffix);
	if (suffix > 0)
		end = skip_space(finder, end) + suffix;
	item = skip_space(finder, end);
	if (at(finder, item) == '(' && bk_is_lower(at(finder, item + 1)) && at(finder, item + 2) == ')') {
		out->item = at(finder, item + 1);
		end = item + 3;
	}
	out->span.end = end;
	return !bk_is_word(at(finder, end)) && !(at(finder, end) == '.' && bk_is_digit(at(finder, end + 1)));
}

/* The end of what parts two numbers at `from`, or 0. */
static size_t take_separator(const struct finder *finder, size_t from)
{
	static const char *const words[] = {"and", "or", "to"};
	const size_t start = skip_space(finder, from);
	size_t end = start;

	if (at(finder, end) == ',')
		end = skip_space(finder, end + 1);
	for (size_t i = 0; i < 3; i++) {
		const size_t word = take_word(finder, end, words[i]);

		if (word == 0)
			continue;
		return skip_space(finder, word);
	}
	if (at(finder, end) == '-' ||
		bk_str_starts(bk_str_skip(finder->bytes, end), BK_STR("\xE2\x80\x93"))) {
		return skip_space(finder, end + (at(finder, end) == '-' ? 1 : 3));
	}
	return end > start ? end : 0;
}

/* Read the numbers that follow the word of a reference. */
static bool take_reference(const struct finder *finder, size_t numbers, struct reference *out)
{
	size_t next = skip_space(finder, numbers);

	if (next == numbers)
		return false;
	out->count = 0;
	while (next > 0 && out->count < MANY_NUMBERS &&
		take_number(finder, next, &out->numbers[out->count])) {
		out->end = out->numbers[out->count].span.end;
		out->count++;
		next = take_separator(finder, out->end);
	}
	return out->count > 0;
}

/* ---- Of which text ----------------------------------------------------------------------------------- */

/* Whether one of the words stands whole in the bytes from..to. */
static bool has_word(const struct finder *finder, size_t from, size_t to, const char *word)
{
	for (size_t i = from; i < to; i++) {
		if ((i == 0 || !bk_is_word(at(finder, i - 1))) && take_word(finder, i, word))
			return true;
	}
	return false;
}

/* Whether the words before a reference say that another text is meant: "its Article 2", "decision 1/CP.16,
 * paragraph 4", "rule 6 (as amended), paragraph 2". */
static bool is_foreign_before(const struct finder *finder, size_t word)
{
	static const char *const words[] = {"its", "their", "whose", "rule", "regulation"};
	const size_t from = word > NEAR ? word - NEAR : 0;
	size_t end = word;

	while (end > 0 && (bk_is_space(at(finder, end - 1)) || at(finder, end - 1) == '[' ||
				  at(finder, end - 1) == ','))
		end--;
	if (end > 0 && at(finder, end - 1) == ')')
		return true;
	while (end > 0 && (bk_is_digit(at(finder, end - 1)) || bk_is_space(at(finder, end - 1))))
		end--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const size_t len = strlen(words[i]);

		if (end >= len && take_word(finder, end - len, words[i]) == end)
			return true;
	}
	return has_word(finder, from, word, "decision") || has_word(finder, from, word, "submission");
}

/* What "of ..." behind a reference speaks of. */
enum owner { OWNER_NONE, OWNER_THIS, OWNER_OTHER };

static enum owner owner_at(const struct finder *finder, size_t from)
{
	static const char *const words[] = {"of", "to", "in", "under"};
	size_t end = skip_space(finder, from);

	if (at(finder, end) == ',')
		end = skip_space(finder, end + 1);
	for (size_t i = 0; i < 4; i++) {
		const size_t word = take_word(finder, end, words[i]);

		if (word == 0)
			continue;
		end = skip_space(finder, word);
		if (take_word(finder, end, "this"))
			return OWNER_THIS;
		return i == 0 || (at(finder, end) >= 'A' && at(finder, end) <= 'Z') ||
				       take_word(finder, end, "the") || take_word(finder, end, "decision")
			       ? OWNER_OTHER
			       : OWNER_NONE;
	}
	return OWNER_NONE;
}

/* The end of what follows a reference and is a reference too: ", paragraph 2 (a)"; from when nothing does. */
static size_t skip_references(const struct finder *finder, size_t from)
{
	static const char *const words[] = {
		"paragraph", "paragraphs", "article", "articles", "subparagraph", "subparagraphs"};
	struct reference more;
	size_t next = skip_space(finder, from);

	if (at(finder, next) == ',' || take_word(finder, next, "and") || take_word(finder, next, "of"))
		next = skip_space(finder, next + (at(finder, next) == ','	   ? 1
							 : at(finder, next) == 'a' ? 3
										   : 2));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const size_t word = take_word(finder, next, words[i]);

		if (word > 0 && take_reference(finder, word, &more))
			return more.end;
	}
	return from;
}

/* Whether a reference speaks of this text. */
static bool is_own(const struct finder *finder, const struct reference *reference)
{
	size_t end = reference->end, next;

	if (is_foreign_before(finder, reference->word))
		return false;
	while ((next = skip_references(finder, end)) != end)
		end = next;
	return at(finder, skip_space(finder, end)) != '[' && owner_at(finder, end) != OWNER_OTHER;
}

/* ---- Looking up -------------------------------------------------------------------------------------- */

/*
 * What is there, as keys of a map, for each heading and each that holds it:
 *
 *	{heading, number, suffix, 0}	a paragraph; its value is not asked
 *	{heading, number, suffix, 'c'}	an item of it; '*' for items of another kind, which may be anything
 *	{heading, ANY, 0, 0}		a disputed label, which may yet be any number
 *	{heading, HIGHEST, 0, 0}	the value is the highest number
 *	{ARTICLE, number, suffix, 0}	an article
 */
enum { ANY = 0, HIGHEST = 100000, ARTICLE = BK_NONE - 1 };

struct key {
	uint32_t heading, number, suffix, item;
};

static struct bk_str key_bytes(const struct key *key)
{
	return (struct bk_str){(const char *)key, sizeof *key};
}

static bool is_there(const struct finder *finder, struct key key)
{
	size_t ignored;

	return bk_map_get(&finder->there, key_bytes(&key), &ignored);
}

static int enter(struct finder *finder, struct key key)
{
	return bk_map_set(&finder->there, key_bytes(&key), 1);
}

static bool node_label(const struct bk_draft *draft, const struct bk_node *node, struct bk_label *out)
{
	const struct bk_str rest = bk_str_skip(draft->bytes, node->offset);

	return bk_label_parse((struct bk_str){rest.ptr, bk_str_find(rest, '\n')}, out) && out->count > 0;
}

static bool is_number(const struct bk_label *label)
{
	return label->style == BK_LABEL_ARABIC || label->style == BK_LABEL_OPERATIVE;
}

/* Enter a key for each heading above node. */
static int enter_above(struct finder *finder, uint32_t node, struct key key)
{
	const struct bk_draft *draft = finder->draft;
	int status = BK_OK;

	for (uint32_t up = draft->nodes[node].parent; up != BK_NONE && status == BK_OK;
		up = draft->nodes[up].parent) {
		if (draft->nodes[up].kind != BK_NODE_HEADING)
			continue;
		key.heading = up;
		status = enter(finder, key);
	}
	return status;
}

static int raise_highest(struct finder *finder, uint32_t node, uint32_t number)
{
	const struct bk_draft *draft = finder->draft;

	for (uint32_t up = draft->nodes[node].parent; up != BK_NONE; up = draft->nodes[up].parent) {
		const struct key key = {.heading = up, .number = HIGHEST};
		size_t *slot;

		if (draft->nodes[up].kind != BK_NODE_HEADING)
			continue;
		slot = bk_map_slot(&finder->there, key_bytes(&key), 0);
		if (!slot)
			return bk_fail_memory();
		if (*slot < number)
			*slot = number;
	}
	return BK_OK;
}

/* Enter a label as an item of the paragraphs it stands below. */
static int enter_item(struct finder *finder, uint32_t node, const struct bk_label *label)
{
	const struct bk_draft *draft = finder->draft;
	const bool letter = label->style == BK_LABEL_LOWER;
	int status = BK_OK;

	for (uint32_t up = draft->nodes[node].parent; up != BK_NONE && status == BK_OK;
		up = draft->nodes[up].parent) {
		struct bk_label above;
		struct key key = {.item = letter ? 'a' + label->parts[0] - 1 : '*'};

		if (draft->nodes[up].kind == BK_NODE_HEADING)
			break;
		if (!node_label(draft, &draft->nodes[up], &above) || !is_number(&above))
			continue;
		key.number = above.parts[above.count - 1];
		key.suffix = above.suffix;
		status = enter_above(finder, up, key);
	}
	return status;
}

static int enter_provision(struct finder *finder, uint32_t node)
{
	struct bk_label label;
	int status;

	if (!node_label(finder->draft, &finder->draft->nodes[node], &label))
		return BK_OK;
	if (label.disputed)
		return enter_above(finder, node, (struct key){.number = ANY});
	status = enter_item(finder, node, &label);
	if (status < 0 || !is_number(&label))
		return status;
	status = enter_above(
		finder, node, (struct key){.number = label.parts[label.count - 1], .suffix = label.suffix});
	return status == BK_OK ? raise_highest(finder, node, label.parts[label.count - 1]) : status;
}

/* Enter "Article 4 bis" by its number; one whose number is in brackets may be any. */
static int enter_article(struct finder *finder, const char *label)
{
	struct key key = {.heading = ARTICLE};

	if (!bk_str_starts_nocase(bk_str_of(label), BK_STR("article")))
		return BK_OK;
	finder->articles++;
	for (label += 7; *label && !bk_is_digit(*label); label++) {
		if (*label == '[')
			return enter(finder, key);
	}
	label += bk_label_number(bk_str_of(label), &key.number);
	while (bk_is_space(*label))
		label++;
	bk_label_suffix(bk_str_of(label), &key.suffix);
	return enter(finder, key);
}

static int enter_all(struct finder *finder)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < finder->draft->node_count && status == BK_OK; i++) {
		if (finder->draft->nodes[i].kind == BK_NODE_HEADING)
			status = enter_article(finder, finder->draft->nodes[i].label);
		else
			status = enter_provision(finder, i);
	}
	return status;
}

/* The heading around offset whose provisions are numbered from 1 on, or BK_NONE. */
static uint32_t scope_of(const struct finder *finder, size_t offset)
{
	const struct bk_draft *draft = finder->draft;
	uint32_t node = bk_draft_node_at(draft, offset);

	for (; node != BK_NONE; node = draft->nodes[node].parent) {
		if (draft->nodes[node].kind == BK_NODE_HEADING &&
			is_there(finder, (struct key){.heading = node, .number = 1}))
			return node;
	}
	return BK_NONE;
}

static uint32_t highest(const struct finder *finder, uint32_t heading)
{
	const struct key key = {.heading = heading, .number = HIGHEST};
	size_t value = 0;

	bk_map_get(&finder->there, key_bytes(&key), &value);
	return (uint32_t)value;
}

static bool has_number(const struct finder *finder, uint32_t heading, const struct number *number)
{
	struct key key = {.heading = heading, .number = number->value, .suffix = number->suffix};

	if (is_there(finder, (struct key){.heading = heading, .number = ANY}))
		return true;
	if (!is_there(finder, key) || heading == ARTICLE || number->item == 0)
		return is_there(finder, key);
	key.item = '*';
	if (is_there(finder, key))
		return true;
	key.item = (unsigned char)number->item;
	return is_there(finder, key);
}

/* ---- Reporting --------------------------------------------------------------------------------------- */

static int report(struct finder *finder, const struct reference *reference, const struct number *number)
{
	const size_t len = number->span.end - number->span.start;

	return bk_check_report(finder->checker, BK_RULE_BROKEN_REFERENCE, number->span,
		"%s '%.*s' is not there", reference->article ? "article" : "paragraph",
		(int)(len > SHOWN ? SHOWN : len), finder->bytes.ptr + number->span.start);
}

static int check_reference(struct finder *finder, const struct reference *reference)
{
	const uint32_t scope = reference->article ? ARTICLE : scope_of(finder, reference->word);
	int status = BK_OK;

	if (reference->article ? finder->articles < 2 : scope == BK_NONE)
		return BK_OK;
	if (!reference->article && reference->numbers[0].value > highest(finder, scope) + FARTHEST)
		return BK_OK;
	for (size_t i = 0; i < reference->count && status == BK_OK; i++) {
		if (!has_number(finder, scope, &reference->numbers[i]))
			status = report(finder, reference, &reference->numbers[i]);
	}
	return status;
}

/* The article that a paragraph is of, "Article 3, paragraph 2" and "paragraph 2 of Article 3", is not looked
 * into: such references are checked for their article alone. */
static bool has_article_beside(const struct finder *finder, const struct reference *reference)
{
	size_t before = reference->word;
	const size_t after = skip_space(finder, reference->end);

	while (before > 0 && (bk_is_space(at(finder, before - 1)) || at(finder, before - 1) == ','))
		before--;
	if (before < reference->word && before > 0 && bk_is_word(at(finder, before - 1))) {
		const size_t from = before > 60 ? before - 60 : 0;
		const struct bk_str words = {finder->bytes.ptr + from, before - from};
		size_t i = words.len;

		while (i > 0 && (bk_is_digit(words.ptr[i - 1]) || bk_is_space(words.ptr[i - 1])))
			i--;
		if (bk_str_ends((struct bk_str){words.ptr, i}, BK_STR("rticle")) && i < words.len)
			return true;
	}
	return take_word(finder, after, "of") && take_word(finder, skip_space(finder, after + 2), "article");
}

static int check_word(struct finder *finder, size_t word, bool article, size_t end)
{
	struct reference reference = {.word = word, .article = article};
	const uint32_t bracket = bk_draft_bracket_at(finder->draft, word);

	if (!take_reference(finder, end, &reference) || !is_own(finder, &reference))
		return BK_OK;
	if (bracket != BK_NONE && finder->draft->brackets[bracket].class != BK_CLASS_DISPUTED)
		return BK_OK;
	if (!article && has_article_beside(finder, &reference))
		return BK_OK;
	return check_reference(finder, &reference);
}

static int check_here(struct finder *finder, size_t word)
{
	static const char *const words[] = {"paragraph", "paragraphs", "article", "articles"};

	for (size_t i = 0; i < 4; i++) {
		const size_t end = take_word(finder, word, words[i]);

		if (end > 0)
			return check_word(finder, word, i >= 2, end);
	}
	return BK_OK;
}

/* Whether a heading or provision's own label stands at offset. */
static bool is_header(const struct finder *finder, size_t offset)
{
	const uint32_t node = bk_draft_node_at(finder->draft, offset);

	return node != BK_NONE && finder->draft->nodes[node].offset == offset;
}

int bk_check_references(struct bk_checker *checker)
{
	struct finder finder = {.checker = checker, .draft = checker->draft, .bytes = checker->draft->bytes};
	int status = enter_all(&finder);

	for (size_t i = 0; i < finder.bytes.len && status == BK_OK; i++) {
		const char c = bk_to_lower(finder.bytes.ptr[i]);

		if ((c == 'p' || c == 'a') && (i == 0 || !bk_is_word(finder.bytes.ptr[i - 1])) &&
			!is_header(&finder, i))
			status = check_here(&finder, i);
	}
	bk_map_release(&finder.there);
	return status;
}
