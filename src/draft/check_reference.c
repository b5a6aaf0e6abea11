/*
 * References to paragraphs and articles that are not there.
 *
 * Only this text's own numbering counts.  A paragraph is looked for under the heading that the reference stands
 * under, where that has numbers from 1 on; an article, where the text has articles.  Numbers far beyond the highest
 * there is come from another text.
 */
#include "draft/check.h"

#include "base/error.h"
#include "base/map.h"
#include "draft/label.h"
#include "draft/reference.h"

enum { SHOWN = 40, FARTHEST = 9 };

struct finder {
	struct bk_checker *checker;
	const struct bk_draft *draft;
	size_t articles; /* headings that are articles */
	struct bk_map there;
};

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

static bool has_number(
	const struct finder *finder, uint32_t heading, const struct bk_reference_number *number)
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

static int report(
	struct finder *finder, const struct bk_reference *reference, const struct bk_reference_number *number)
{
	const size_t len = number->span.end - number->span.start;

	return bk_check_report(finder->checker, BK_RULE_BROKEN_REFERENCE, number->span,
		"%s '%.*s' is not there", reference->article ? "article" : "paragraph",
		(int)(len > SHOWN ? SHOWN : len), finder->draft->bytes.ptr + number->span.start);
}

static int check_reference(struct finder *finder, const struct bk_reference *reference)
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

static int check_here(struct finder *finder, size_t offset)
{
	struct bk_reference reference;
	uint32_t bracket;

	if (!bk_reference_read(finder->draft, offset, &reference))
		return BK_OK;
	bracket = bk_draft_bracket_at(finder->draft, offset);
	if (bracket != BK_NONE && finder->draft->brackets[bracket].class != BK_CLASS_DISPUTED)
		return BK_OK;
	/* Which paragraphs an article beside it has is not looked into: it is checked for its article alone. */
	if (reference.has_article)
		return BK_OK;
	return check_reference(finder, &reference);
}

int bk_check_references(struct bk_checker *checker)
{
	struct finder finder = {.checker = checker, .draft = checker->draft};
	int status = enter_all(&finder);

	for (size_t i = 0; i < finder.draft->bytes.len && status == BK_OK; i++)
		status = check_here(&finder, i);
	bk_map_release(&finder.there);
	return status;
}
