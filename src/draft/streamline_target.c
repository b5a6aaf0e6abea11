/*
 * Looking up what references to paragraphs mean.
 *
 * A reference is looked up as check does: under the heading it stands under, where that has numbers from 1 on, else in
 * the whole text; "Article 4, paragraph 3" under each heading that is Article 4.  Of several paragraphs, those of the
 * reference's own option are meant.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/label.h"
#include "draft/streamline_renumber.h"

#include <stdlib.h>

/* ---- Preparing --------------------------------------------------------------------------------------- */

struct order {
	const struct bk_paragraph *list;
	enum bk_when when;
};

static int compare_paragraphs(const void *a, const void *b, void *context)
{
	const struct order *order = context;
	const struct bk_paragraph *x = &order->list[*(const uint32_t *)a],
				  *y = &order->list[*(const uint32_t *)b];
	const struct bk_paragraph_name left = bk_paragraph_name(x, order->when),
				       right = bk_paragraph_name(y, order->when);

	if (left.number != right.number)
		return left.number < right.number ? -1 : 1;
	if (left.suffix != right.suffix)
		return left.suffix < right.suffix ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* Under which headings a paragraph 1 stands. */
static void mark_firsts(struct bk_renumber *renumber, enum bk_when when)
{
	const struct bk_draft *draft = renumber->draft;

	memset(renumber->firsts[when], 0, draft->node_count * sizeof **renumber->firsts);
	for (size_t i = 0; i < renumber->count; i++) {
		const struct bk_paragraph *it = &renumber->paragraphs.list.items[renumber->sorted[when][i]];
		const bool first = bk_paragraph_name(it, when).number == 1;

		for (uint32_t up = it->node; first && up != BK_NONE; up = draft->nodes[up].parent)
			renumber->firsts[when][up] |= draft->nodes[up].kind == BK_NODE_HEADING;
	}
}

void bk_targets_sort(struct bk_renumber *renumber, enum bk_when when)
{
	struct order order = {renumber->paragraphs.list.items, when};

	if (renumber->count > 0)
		qsort_r(renumber->sorted[when], renumber->count, sizeof **renumber->sorted,
			compare_paragraphs, &order);
	mark_firsts(renumber, when);
}

static void find_ends(struct bk_renumber *renumber)
{
	const struct bk_node *nodes = renumber->draft->nodes;

	for (size_t i = renumber->draft->node_count; i-- > 0;) {
		const uint32_t parent = nodes[i].parent;

		if (renumber->ends[i] < i + 1)
			renumber->ends[i] = (uint32_t)i + 1;
		if (parent != BK_NONE && renumber->ends[parent] < renumber->ends[i])
			renumber->ends[parent] = renumber->ends[i];
	}
}

/* Those that a reference can mean: no alternatives, and none that stand below others. */
static void list_paragraphs(struct bk_renumber *renumber)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;

	for (uint32_t i = 0; i < renumber->paragraphs.list.len; i++) {
		if (list[i].below || list[i].alternative)
			continue;
		renumber->sorted[BK_BEFORE][renumber->count] = i;
		renumber->sorted[BK_AFTER][renumber->count++] = i;
	}
}

static int find_references(struct bk_renumber *renumber)
{
	for (size_t i = 0; i < renumber->draft->bytes.len; i++) {
		struct bk_reference reference;
		size_t *slot;

		if (!bk_reference_read(renumber->draft, i, &reference) || reference.article)
			continue;
		slot = BK_VEC_PUSH(&renumber->references);
		if (!slot)
			return bk_fail_memory();
		*slot = i;
	}
	return BK_OK;
}

int bk_targets_prepare(struct bk_renumber *renumber)
{
	const size_t nodes = renumber->draft->node_count, paragraphs = renumber->paragraphs.list.len;
	bool there = true;

	renumber->ends = bk_calloc(nodes + 1, sizeof *renumber->ends);
	for (size_t when = BK_BEFORE; when <= BK_AFTER; when++) {
		renumber->sorted[when] = bk_calloc(paragraphs + 1, sizeof **renumber->sorted);
		renumber->firsts[when] = bk_calloc(nodes + 1, sizeof **renumber->firsts);
		there &= renumber->sorted[when] && renumber->firsts[when];
	}
	if (!renumber->ends || !there)
		return bk_fail_memory();
	find_ends(renumber);
	list_paragraphs(renumber);
	bk_targets_sort(renumber, BK_BEFORE);
	return find_references(renumber);
}

void bk_targets_release(struct bk_renumber *renumber)
{
	for (size_t when = BK_BEFORE; when <= BK_AFTER; when++) {
		bk_free(renumber->sorted[when]);
		bk_free(renumber->firsts[when]);
	}
	bk_free(renumber->ends);
	BK_VEC_RELEASE(&renumber->references);
}

/* ---- Where ------------------------------------------------------------------------------------------- */

/* Whether a heading is called "Article 4 bis". */
static bool is_article(const struct bk_node *node, const struct bk_reference_number *number)
{
	struct bk_str label = bk_str_of(node->label);
	uint32_t value = 0, suffix = 0;

	if (node->kind != BK_NODE_HEADING || !bk_str_starts_nocase(label, BK_STR("article")))
		return false;
	label = bk_str_trim(bk_str_skip(label, 7));
	label = bk_str_trim(bk_str_skip(label, bk_label_number(label, &value)));
	bk_label_suffix(label, &suffix);
	return value == number->value && suffix == number->suffix;
}

/* The heading above a place under which a reference there is looked up, or BK_NONE. */
static uint32_t heading_of(const struct bk_renumber *renumber, size_t offset, enum bk_when when)
{
	uint32_t node = bk_draft_node_at(renumber->draft, offset);

	while (node != BK_NONE && !renumber->firsts[when][node])
		node = renumber->draft->nodes[node].parent;
	return node;
}

static uint32_t option_above(const struct bk_draft *draft, uint32_t node)
{
	while (node != BK_NONE && draft->nodes[node].kind == BK_NODE_PROVISION)
		node = draft->nodes[node].parent;
	return node != BK_NONE && draft->nodes[node].kind == BK_NODE_OPTION ? node : BK_NONE;
}

/* ---- What -------------------------------------------------------------------------------------------- */

static bool comes_before(
	const struct bk_paragraph *it, struct bk_paragraph_name name, enum bk_when when, uint32_t node)
{
	const struct bk_paragraph_name is = bk_paragraph_name(it, when);

	if (is.number != name.number)
		return is.number < name.number;
	return is.suffix != name.suffix ? is.suffix < name.suffix : it->node < node;
}

static void add_meant(struct bk_meant *meant, uint32_t paragraph)
{
	if (meant->count < BK_MEANT_MAX)
		meant->list[meant->count++] = paragraph;
	else
		meant->more = true;
}

/* Add the paragraphs of a name among the nodes from..to. */
static void add_named(const struct bk_renumber *renumber, struct bk_paragraph_name name, enum bk_when when,
	uint32_t from, uint32_t to, struct bk_meant *out)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;
	const uint32_t *sorted = renumber->sorted[when];
	size_t at = BK_SEARCH(i, renumber->count, comes_before(&list[sorted[i]], name, when, from));

	for (; at < renumber->count && !out->more; at++) {
		const struct bk_paragraph *it = &list[sorted[at]];

		if (!bk_paragraph_name_equal(bk_paragraph_name(it, when), name) || it->node >= to)
			break;
		add_meant(out, sorted[at]);
	}
}

static void find_in_articles(const struct bk_renumber *renumber, const struct bk_reference_number *article,
	struct bk_paragraph_name name, enum bk_when when, struct bk_meant *out)
{
	const struct bk_draft *draft = renumber->draft;

	for (uint32_t i = 0; i < draft->node_count; i++) {
		if (is_article(&draft->nodes[i], article))
			add_named(renumber, name, when, i, renumber->ends[i], out);
	}
}

static void find(const struct bk_renumber *renumber, const struct bk_reference *reference,
	struct bk_paragraph_name name, enum bk_when when, struct bk_meant *out)
{
	const struct bk_draft *draft = renumber->draft;
	const uint32_t option = option_above(draft, bk_draft_node_at(draft, reference->word));
	uint32_t heading;

	out->count = 0;
	out->more = false;
	if (reference->has_article) {
		find_in_articles(renumber, &reference->of, name, when, out);
		return;
	}
	if (option != BK_NONE)
		add_named(renumber, name, when, option, renumber->ends[option], out);
	if (out->count > 0)
		return;
	heading = heading_of(renumber, reference->word, when);
	if (heading == BK_NONE)
		add_named(renumber, name, when, 0, (uint32_t)draft->node_count, out);
	else
		add_named(renumber, name, when, heading, renumber->ends[heading], out);
}

/* Whether it is the preamble's paragraph that a reference means: "preambular paragraph 11". */
static bool is_to_preamble(const struct bk_draft *draft, const struct bk_reference *reference)
{
	const struct bk_str adjective = BK_STR("preambular");
	const struct bk_str before = bk_str_trim((struct bk_str){draft->bytes.ptr, reference->word});

	return before.len >= adjective.len &&
	       bk_str_equal_nocase(bk_str_skip(before, before.len - adjective.len), adjective);
}

void bk_targets_find(const struct bk_renumber *renumber, const struct bk_reference *reference,
	struct bk_paragraph_name name, enum bk_when when, struct bk_meant *out)
{
	const struct bk_draft *draft = renumber->draft;
	const bool preamble = is_to_preamble(draft, reference);
	size_t kept = 0;

	find(renumber, reference, name, when, out);
	for (size_t i = 0; i < out->count; i++) {
		const uint32_t node = renumber->paragraphs.list.items[out->list[i]].node;

		/* PP11 is no paragraph 11. */
		if (bk_str_starts(bk_str_of(draft->nodes[node].label), BK_STR("PP")) == preamble)
			out->list[kept++] = out->list[i];
	}
	out->count = kept;
}

bool bk_targets_name(
	const struct bk_renumber *renumber, const struct bk_meant *meant, struct bk_paragraph_name *out)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;

	if (meant->count == 0 || meant->more)
		return false;
	*out = bk_paragraph_name(&list[meant->list[0]], BK_AFTER);
	for (size_t i = 1; i < meant->count; i++) {
		if (!bk_paragraph_name_equal(*out, bk_paragraph_name(&list[meant->list[i]], BK_AFTER)))
			return false;
	}
	return true;
}
