/* Labels: what opened a provision and opens it no more, or under another number, or in another place. */
#include "compare/wording_private.h"

/* The provision, option or heading with a label that opens in a block, or NULL. */
static const struct bk_node *labelled_node(const struct bk_wording_part *part, uint32_t block)
{
	const struct bk_block *it = &part->words->blocks.list.items[block];
	const bk_draft *draft = part->words->draft;

	return it->labelled && bk_node_has_label(draft, it->node) ? &draft->nodes[it->node] : NULL;
}

static struct bk_span label_span(const struct bk_node *node)
{
	return (struct bk_span){node->offset, node->behind};
}

static struct bk_span block_span(const struct bk_wording_part *part, uint32_t block)
{
	const struct bk_block *it = &part->words->blocks.list.items[block];

	return (struct bk_span){it->start, it->end};
}

/* Whether something without words lies in a bracket that tells of it. */
static bool is_in_told(const struct bk_wording_part *part, size_t offset)
{
	const struct bk_draft *draft = part->words->draft;
	uint32_t bracket = bk_draft_bracket_at(draft, offset);

	while (bracket != BK_NONE && part->enclosures->of_bracket[bracket] == BK_NONE)
		bracket = draft->brackets[bracket].parent;
	return bracket != BK_NONE && part->told[part->enclosures->of_bracket[bracket]];
}

/* A label that came or went, told as span. */
static int tell_label_alone(struct bk_wording *walk, const struct bk_wording_part *part,
	const struct bk_node *node, struct bk_span span)
{
	const bool gone = part == &walk->old;
	struct bk_difference difference = {
		.kind = gone ? BK_DIFFERENCE_TEXT_DELETED : BK_DIFFERENCE_TEXT_ADDED,
		.in_old = gone,
		.in_new = !gone,
		.old_bracket = BK_NONE,
		.new_bracket = BK_NONE,
		.detail = ""};

	if (is_in_told(part, node->offset))
		return BK_OK;
	*(gone ? &difference.old_span : &difference.new_span) = span;
	return bk_comparison_add(walk->comparison, &difference);
}

/* The labels of blocks, one by one. */
struct labels {
	const struct bk_wording_part *part;
	uint32_t next, last; /* blocks */
};

static const struct bk_node *next_label(struct labels *labels)
{
	const struct bk_node *node = NULL;

	while (labels->next < labels->last && !node)
		node = labelled_node(labels->part, labels->next++);
	return node;
}

/* Labels of what stands in both texts: one after the other they are the same, changed, came or went. */
static int pair_labels(struct bk_wording *walk, struct labels old, struct labels now)
{
	const struct bk_node *was = next_label(&old), *is = next_label(&now);
	int status = BK_OK;

	while ((was || is) && status == BK_OK) {
		if (!is)
			status = tell_label_alone(walk, &walk->old, was, label_span(was));
		else if (!was)
			status = tell_label_alone(walk, &walk->now, is, label_span(is));
		else if (strcmp(was->label, is->label) != 0)
			status = bk_wording_tell(
				walk, BK_DIFFERENCE_RENUMBERED, label_span(was), label_span(is), "");
		was = next_label(&old);
		is = next_label(&now);
	}
	return status;
}

/* Of blocks that came or went the words tell, but of one that is a label and nothing more. */
static int tell_bare_labels(struct bk_wording *walk, struct labels labels)
{
	const struct bk_node *node;
	int status = BK_OK;

	while (status == BK_OK && (node = next_label(&labels))) {
		const struct bk_block *block = &labels.part->words->blocks.list.items[labels.next - 1];

		if (block->first == block->last)
			status = tell_label_alone(
				walk, labels.part, node, (struct bk_span){block->text, block->text_end});
	}
	return status;
}

int bk_wording_labels(struct bk_wording *walk, const struct bk_passage *passage)
{
	const struct labels old = {&walk->old, passage->old_first, passage->old_last},
			    now = {&walk->now, passage->new_first, passage->new_last};
	int status;

	if (passage->kind == BK_PASSAGE_MOVED)
		return bk_wording_tell(walk, BK_DIFFERENCE_RENUMBERED,
			block_span(&walk->old, passage->old_first),
			block_span(&walk->now, passage->new_first), "moved");
	if (old.next < old.last && now.next < now.last)
		return pair_labels(walk, old, now);
	status = tell_bare_labels(walk, old);
	return status == BK_OK ? tell_bare_labels(walk, now) : status;
}
