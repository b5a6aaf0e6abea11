/* The table that goes out with a compilation: see proof_table.h. */
#include "app/proof_table.h"

#include "app/proof_join.h"
#include "app/proof_move.h"
#include "app/proof_unnumbered.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "draft/cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 4 };

struct row {
	char *cells[COLUMNS];
};

/* A node of the compilation that a proposal opens which began before it, as one that splits a paragraph. */
struct opened {
	uint32_t node, proposal;
};

struct table {
	const bk_proof *proof;
	uint32_t party; /* whose rows; BK_NONE: all */
	bk_draft *out, *base;
	bk_proof_moves moves;
	bk_proof_joins joins;
	bk_unnumbered_list unnumbered, base_unnumbered; /* of the compilation, and of the base */
	BK_VEC(struct opened) opened;			/* by node */
	BK_VEC(struct row) rows;
};

static const char *const headings[COLUMNS] = {
	"New number", "Contributors", "Old number", "How it was consolidated"};

/* Whether a proposal joins a node of the base to the one before. */
static bool joins(const struct table *table, const struct bk_proof_proposal *proposal, uint32_t node)
{
	size_t count;
	const uint32_t index = (uint32_t)(proposal - bk_proof_proposals(table->proof, &count));
	const struct bk_proof_join *list = table->joins.items;

	for (size_t i = bk_proof_joins_from(&table->joins, node);
		i < table->joins.len && list[i].node == node; i++)
		if (list[i].proposal == index)
			return true;
	return false;
}

/* The nodes of the base whose labels stand in what a proposal is about, up to *end; *joined: the last of them it joins
 * to what stands before. */
static uint32_t nodes_in(
	const struct table *table, const struct bk_proof_proposal *proposal, uint32_t *end, bool *joined)
{
	const struct bk_span span = proposal->base.span;
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(table->base, &count);
	const size_t first = BK_SEARCH(at, count, nodes[at].offset < span.start);

	for (*end = (uint32_t)first; *end < count && nodes[*end].offset < span.end;)
		++*end;
	*joined = *end > first && joins(table, proposal, *end - 1);
	return (uint32_t)first;
}

/* Those that it took away. */
static uint32_t gone_nodes(const struct table *table, const struct bk_proof_proposal *proposal, uint32_t *end)
{
	bool joined;
	const uint32_t first = nodes_in(table, proposal, end, &joined);

	if (proposal->fate != BK_MERGE_TAKEN || (proposal->act != BK_MERGE_DELETE && !joined))
		*end = first;
	return first;
}

static bool takes_away(
	const struct table *table, const struct bk_proof_proposal *proposal, uint32_t base_node)
{
	uint32_t end, first = gone_nodes(table, proposal, &end);

	return first <= base_node && base_node < end;
}

/* Whether all that a proposal did was to take nodes away, which have rows of their own. */
static bool takes_nodes_alone(const struct table *table, const struct bk_proof_proposal *proposal)
{
	bool joined;
	uint32_t end;

	return nodes_in(table, proposal, &end, &joined) < end && !joined &&
	       proposal->act == BK_MERGE_DELETE && proposal->fate == BK_MERGE_TAKEN;
}

/* Proposals of a node, or of what has no place in the outline. */
struct share {
	uint32_t node, base_node;		/* what that was in the base, or BK_NONE */
	const struct bk_unnumbered *unnumbered; /* in the node; NULL: they are of the node itself */
	size_t from, to;			/* they are among these */
	struct bk_buf who, how;			/* told of them */
};

/* Whether a proposal is of words that stand in a node: in the compilation, or in the base where they are gone. */
static bool stands_in(
	const struct table *table, const struct bk_proof_proposal *proposal, const struct share *share)
{
	uint32_t was;

	if (proposal->act != BK_MERGE_DELETE || proposal->fate != BK_MERGE_TAKEN)
		return bk_draft_node_at(table->out, proposal->out.span.start) == share->node;
	was = bk_draft_node_at(table->base, proposal->base.span.start);
	return was == share->base_node && (was != BK_NONE || share->node == BK_NONE);
}

/* The proposals of a node of the compilation: the innermost one round where they stand; BK_NONE: before all.  What
 * went from between two rows of a table is of neither, as blanks are. */
static bool is_of(
	const struct table *table, const struct bk_proof_proposal *proposal, const struct share *share)
{
	const struct bk_span span = proposal->out.span;
	const struct bk_unnumbered *unnumbered = bk_unnumbered_at(&table->unnumbered, span.start);

	if (unnumbered && (proposal->act == BK_MERGE_LAYOUT ||
				  (span.start == span.end && (span.start == unnumbered->start ||
								     span.start == unnumbered->end))))
		unnumbered = NULL;
	if (proposal->fate == BK_MERGE_TAKEN && bk_proof_moves_find(table->proof, &table->moves, proposal))
		return false;
	return proposal->fate != BK_MERGE_LEFT && stands_in(table, proposal, share) &&
	       unnumbered == share->unnumbered && !takes_nodes_alone(table, proposal);
}

/* Where a node's label stands, which may be disputed itself: "[2.][EU: 3.] The report". */
static size_t label_offset(const struct table *table, const struct bk_node *node)
{
	size_t len;

	bk_draft_bytes(table->out, &len);
	return bk_cut_words_at(table->out, (struct bk_span){node->offset, len});
}

static bool is_blank(const char *bytes, size_t from, size_t to)
{
	while (from < to && bk_is_space(bytes[from]))
		from++;
	return from >= to;
}

/* What opens that which the words of a proposal stand in, or which they are, in the base: a label and the byte that
 * parts it from what it opens, as in "2.", "(a) "; the mark of a note; the bar of a row.  Whether there is such. */
static bool head_in_base(const struct table *table, const struct bk_proof_proposal *proposal,
	const struct share *share, struct bk_span *head)
{
	const size_t at = proposal->base.span.start;
	const struct bk_unnumbered *unnumbered =
		share->unnumbered ? bk_unnumbered_at(&table->base_unnumbered, at) : NULL;
	const uint32_t node = bk_draft_node_at(table->base, at);
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(table->base, &count);

	if (unnumbered)
		*head = (struct bk_span){unnumbered->offset, unnumbered->behind};
	else if (node != BK_NONE)
		*head = (struct bk_span){nodes[node].offset, nodes[node].behind + 1};
	return unnumbered || node != BK_NONE;
}

/* Whether a deletion takes all that a label of the base opens in its line, with the label or without. */
static bool takes_provision(
	const struct table *table, const struct bk_proof_proposal *proposal, const struct share *share)
{
	const struct bk_span span = proposal->base.span;
	struct bk_span head;
	size_t len, line = span.end;
	const char *bytes = bk_draft_bytes(table->base, &len);

	while (line < len && bytes[line] != '\n')
		line++;
	return head_in_base(table, proposal, share, &head) &&
	       (span.start <= head.start || is_blank(bytes, head.end, span.start)) &&
	       is_blank(bytes, span.end, line);
}

/* Whether what is replaced is a label and no more. */
static bool is_number_alone(
	const struct table *table, const struct bk_proof_proposal *proposal, const struct share *share)
{
	struct bk_span head;

	return head_in_base(table, proposal, share, &head) && proposal->base.span.start >= head.start &&
	       proposal->base.span.end <= head.end;
}

/* Where what a share is of stood in the base; BK_NOWHERE when it did not. */
static size_t origin_of(const struct table *table, const struct share *share)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(table->out, &count);

	if (!share->unnumbered && share->node == BK_NONE)
		return BK_NOWHERE;
	return bk_proof_origin(table->proof,
		share->unnumbered ? share->unnumbered->offset : label_offset(table, &nodes[share->node]));
}

/* How much of a provision a proposal is told to be of: all, or a part, which is words of it, or its number. */
enum extent { OF_PROVISION, OF_PART };

/* Words come into a provision that the base has, or go from it, and a number changes. */
static enum extent extent_of(
	const struct table *table, const struct bk_proof_proposal *proposal, const struct share *share)
{
	bool part = false;

	switch (proposal->act) {
	case BK_MERGE_ADD: part = origin_of(table, share) != BK_NOWHERE; break;
	case BK_MERGE_DELETE: part = !takes_provision(table, proposal, share); break;
	case BK_MERGE_REPLACE: part = is_number_alone(table, proposal, share); break;
	default: break;
	}
	return part ? OF_PART : OF_PROVISION;
}

static const char *const verbs[BK_MERGE_ACT_COUNT] = {
	[BK_MERGE_ADD] = "added",
	[BK_MERGE_DELETE] = "deleted",
	[BK_MERGE_REPLACE] = "reworded",
	[BK_MERGE_MOVE] = "moved",
	[BK_MERGE_RESERVE] = "reserved",
	[BK_MERGE_SUPPORT] = "supported",
	[BK_MERGE_OPPOSE] = "opposed",
	[BK_MERGE_WITHDRAW] = "withdrawn",
	[BK_MERGE_LAYOUT] = "laid out",
};

static bool is_listed(const struct bk_buf *list, const char *party)
{
	const size_t len = strlen(party);

	for (const char *at = bk_buf_string(list); len && (at = strstr(at, party)); at += len)
		if ((at == list->bytes || at[-1] == ' ') && (at[len] == ',' || !at[len]))
			return true;
	return false;
}

/* A party once in a list. */
static void put_party(struct bk_buf *list, const char *party)
{
	if (!is_listed(list, party))
		bk_buf_printf(list, "%s%s", list->len ? ", " : "", party);
}

/* Whether a row with these contributors is asked for. */
static bool is_asked(const struct table *table, const struct bk_buf *who)
{
	size_t count;

	return table->party == BK_NONE ||
	       is_listed(who, bk_proof_parties(table->proof, &count)[table->party]);
}

/* "; to be deleted by EU, US"; of a part: "; words to be deleted by EU, US", "; renumbered by EU" */
static void put_verb(struct bk_buf *how, enum bk_merge_act act, enum extent extent, enum bk_merge_fate fate,
	const struct bk_buf *parties)
{
	const bool taken = fate == BK_MERGE_TAKEN, part = extent == OF_PART,
		   is_number = part && act == BK_MERGE_REPLACE;

	bk_buf_printf(how, "%s%s%s%s by %s%s", how->len ? "; " : "", part && !is_number ? "words " : "",
		act == BK_MERGE_DELETE && !taken ? "to be " : "", is_number ? "renumbered" : verbs[act],
		bk_buf_string(parties), taken ? " (taken)" : "");
}

/* By whom it was opened; what stands in place of words of the paragraph before is added here. */
static void put_openers(const struct table *table, struct share *share, enum bk_merge_act act,
	enum bk_merge_fate fate, struct bk_buf *list)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const char *const *names = bk_proof_parties(table->proof, &count);
	const struct opened *opened = table->opened.items;

	for (size_t i = BK_SEARCH(k, table->opened.len, opened[k].node < share->node);
		i < table->opened.len && opened[i].node == share->node; i++) {
		const struct bk_proof_proposal *it = &all[opened[i].proposal];

		if ((it->act == BK_MERGE_REPLACE ? BK_MERGE_ADD : it->act) != act || it->fate != fate)
			continue;
		put_party(list, names[it->party]);
		put_party(&share->who, names[it->party]);
	}
}

/* Whether words that join a node to the one before stand in brackets: its own row tells of that. */
static bool is_join_told(const struct table *table, const struct bk_proof_proposal *proposal)
{
	bool joined;
	uint32_t end;

	nodes_in(table, proposal, &end, &joined);
	return joined && proposal->act == BK_MERGE_REPLACE && proposal->fate == BK_MERGE_BRACKETED;
}

/* By whom, of one kind. */
static int put_act(const struct table *table, struct share *share, enum bk_merge_act act, enum extent extent,
	enum bk_merge_fate fate)
{
	size_t count, parties;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const char *const *names = bk_proof_parties(table->proof, &parties);
	struct bk_buf list = BK_BUF_INIT;
	int status;

	for (size_t i = share->from; i < share->to; i++) {
		if (all[i].act != act || all[i].fate != fate || !is_of(table, &all[i], share) ||
			bk_proof_moves_find(table->proof, &table->moves, &all[i]) ||
			is_join_told(table, &all[i]) || extent_of(table, &all[i], share) != extent)
			continue;
		put_party(&list, names[all[i].party]);
		put_party(&share->who, names[all[i].party]);
	}
	if (extent == OF_PROVISION && !share->unnumbered)
		put_openers(table, share, act, fate, &list);
	status = bk_buf_status(&list);
	if (status == BK_OK && list.len)
		put_verb(&share->how, act, extent, fate, &list);
	bk_buf_release(&list);
	return status;
}

static const char *path_at(const bk_draft *draft, size_t offset)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);
	const uint32_t node = offset == BK_NOWHERE ? BK_NONE : bk_draft_node_at(draft, offset);

	return node == BK_NONE ? "-" : nodes[node].path;
}

/* "joined to 3 by EU, US" */
static void put_joined(struct bk_buf *how, const struct table *table,
	const struct bk_proof_proposal *proposal, const struct bk_buf *parties)
{
	bool joined;
	uint32_t end;
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(table->base, &count);
	const uint32_t first = nodes_in(table, proposal, &end, &joined);

	bk_buf_printf(how, "%sjoined to %s by %s%s", how->len ? "; " : "",
		first ? nodes[first - 1].path : "-", bk_buf_string(parties),
		proposal->fate == BK_MERGE_TAKEN ? " (taken)" : "");
}

/* By whom a node of the base is to be joined to the one before. */
static int put_joins(const struct table *table, struct share *share)
{
	size_t count, parties;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const char *const *names = bk_proof_parties(table->proof, &parties);
	const struct bk_proof_join *list = table->joins.items;
	const size_t first = bk_proof_joins_from(&table->joins, share->base_node);
	struct bk_buf who = BK_BUF_INIT;
	int status;

	for (size_t i = first; i < table->joins.len && list[i].node == share->base_node; i++) {
		put_party(&who, names[all[list[i].proposal].party]);
		put_party(&share->who, names[all[list[i].proposal].party]);
	}
	if (who.len)
		put_joined(&share->how, table, &all[list[first].proposal], &who);
	status = bk_buf_status(&who);
	bk_buf_release(&who);
	return status;
}

/* Where what a node holds is to stand: "to Article 7 > 2"; under the path that it has, "behind Article 7 > 4". */
static void put_target(struct bk_buf *how, const struct table *table, uint32_t node, size_t offset)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(table->out, &count);
	const uint32_t there = bk_draft_node_at(table->out, offset);
	const char *path = path_at(table->out, offset);

	if (node == BK_NONE || strcmp(path, nodes[node].path) != 0)
		bk_buf_printf(how, "to %s", path);
	else if (there > 0)
		bk_buf_printf(how, "behind %s", nodes[there - 1].path);
	else
		bk_buf_puts(how, "to the beginning");
}

/* What is to stand elsewhere, and by whom: "moved to Article 7 > 2 by EU". */
static void put_moves(const struct table *table, struct share *share)
{
	size_t count, parties;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const char *const *names = bk_proof_parties(table->proof, &parties);

	for (size_t i = share->from; i < share->to; i++) {
		const struct bk_proof_proposal *there =
			bk_proof_moves_find(table->proof, &table->moves, &all[i]);

		if (!there || !is_of(table, &all[i], share))
			continue;
		bk_buf_printf(&share->how, "%smoved ", share->how.len ? "; " : "");
		put_target(&share->how, table, share->node, there->out.span.start);
		bk_buf_printf(&share->how, " by %s", names[all[i].party]);
		put_party(&share->who, names[all[i].party]);
	}
}

/* How and by whom: "reworded by EU, US; added by CN (taken)". */
static int put_how(const struct table *table, struct share *share)
{
	int status = BK_OK;

	for (unsigned act = 0; act < BK_MERGE_ACT_COUNT; act++)
		for (unsigned extent = OF_PROVISION; extent <= OF_PART; extent++)
			for (unsigned fate = BK_MERGE_BRACKETED; fate <= BK_MERGE_TAKEN && status == BK_OK;
				fate++)
				status = put_act(table, share, (enum bk_merge_act)act, (enum extent)extent,
					(enum bk_merge_fate)fate);
	if (status == BK_OK && !share->unnumbered)
		status = put_joins(table, share);
	put_moves(table, share);
	if (!share->how.len)
		bk_buf_puts(&share->how, "as in the base");
	if (status == BK_OK)
		status = bk_buf_status(&share->who);
	return status == BK_OK ? bk_buf_status(&share->how) : status;
}

/* What it was called: where its label stood, or the one instead of which it stands, or the paragraph that was moved
 * here. */
static const char *old_path(const struct table *table, const struct bk_node *node, size_t from, size_t to)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const size_t origin = bk_proof_origin(table->proof, label_offset(table, node));

	for (size_t i = from; origin == BK_NOWHERE && i < to; i++)
		if ((all[i].act == BK_MERGE_REPLACE ||
			    (all[i].act == BK_MERGE_MOVE && all[i].source != BK_NONE)) &&
			all[i].out.span.start <= node->offset && node->offset < all[i].out.span.end)
			return path_at(table->base, all[i].base.span.start);
	return path_at(table->base, origin);
}

static int add_row(struct table *table, const char *now, const char *who, const char *old, const char *how)
{
	const char *const cells[COLUMNS] = {now, who, old, how};
	struct row *row = BK_VEC_PUSH(&table->rows);

	if (!row)
		return bk_fail_memory();
	for (int c = 0; c < COLUMNS; c++)
		if (!(row->cells[c] = bk_strdup(cells[c])))
			return bk_fail_memory();
	return BK_OK;
}

/* The proposals that stand from one offset up to another, and of what is gone right there: those of the node that
 * begins at the first are among them. */
static void find_proposals(const struct table *table, size_t start, size_t end, size_t *from, size_t *to)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);

	while (*from < count && all[*from].place != BK_NONE && all[*from].out.span.start < start)
		++*from;
	for (*to = *from; *to < count && all[*to].place != BK_NONE && all[*to].out.span.start <= end;)
		++*to;
}

/* A row for a share, which is released; what nobody changed has none unless that is asked. */
static int add_share(
	struct table *table, struct share *share, const char *now, const char *old, bool unchanged)
{
	int status = put_how(table, share);

	if (status == BK_OK && (unchanged || share->who.len) && is_asked(table, &share->who))
		status = add_row(table, now, share->who.len ? bk_buf_string(&share->who) : "-", old,
			bk_buf_string(&share->how));
	bk_buf_release(&share->who);
	bk_buf_release(&share->how);
	return status;
}

/* A row for a node, or for what stands before all of them. */
static int add_node(struct table *table, const struct bk_node *node, uint32_t index, size_t *from)
{
	struct share share = {.node = index, .who = BK_BUF_INIT, .how = BK_BUF_INIT};
	const size_t origin = origin_of(table, &share);
	size_t len;

	bk_draft_bytes(table->out, &len);
	share.base_node = origin == BK_NOWHERE ? BK_NONE : bk_draft_node_at(table->base, origin);
	find_proposals(table, node ? node->start : 0, node ? node->end : len, from, &share.to);
	share.from = *from;
	return add_share(table, &share, node ? node->path : "-",
		node ? old_path(table, node, *from, share.to) : "-", node != NULL);
}

/* Rows for what has no place in the outline and begins before an offset; *next goes on over it. */
static int add_unnumbered_before(struct table *table, size_t offset, size_t *next, size_t *from)
{
	const struct bk_unnumbered *items = table->unnumbered.items;
	int status = BK_OK;

	for (; status == BK_OK && *next < table->unnumbered.len && items[*next].start < offset; ++*next) {
		struct share share = {.node = bk_draft_node_at(table->out, items[*next].start),
			.unnumbered = &items[*next],
			.who = BK_BUF_INIT,
			.how = BK_BUF_INIT};
		const size_t origin = origin_of(table, &share);
		const struct bk_unnumbered *was =
			origin == BK_NOWHERE ? NULL : bk_unnumbered_at(&table->base_unnumbered, origin);

		share.base_node = origin == BK_NOWHERE ? BK_NONE : bk_draft_node_at(table->base, origin);
		find_proposals(table, items[*next].start, items[*next].end, from, &share.to);
		share.from = *from;
		status = add_share(table, &share, items[*next].path, was ? was->path : "-", false);
	}
	return status;
}

/* A row for a node of the base that is gone, or joined to another, and for all who took it away together with the
 * first of them. */
static int add_gone(struct table *table, uint32_t base_node, size_t first)
{
	size_t count, parties, nodes;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	const char *const *names = bk_proof_parties(table->proof, &parties);
	const char *path = bk_draft_nodes(table->base, &nodes)[base_node].path;
	struct bk_buf who = BK_BUF_INIT, how = BK_BUF_INIT;
	int status;

	for (size_t i = first; i < count && all[i].place == all[first].place; i++)
		if (takes_away(table, &all[i], base_node))
			put_party(&who, names[all[i].party]);
	if (joins(table, &all[first], base_node))
		put_joined(&how, table, &all[first], &who);
	else
		put_verb(&how, BK_MERGE_DELETE, OF_PROVISION, BK_MERGE_TAKEN, &who);
	status = bk_buf_status(&who);
	if (status == BK_OK)
		status = bk_buf_status(&how);
	if (status == BK_OK && is_asked(table, &who))
		status = add_row(table, "-", bk_buf_string(&who), path, bk_buf_string(&how));
	bk_buf_release(&who);
	bk_buf_release(&how);
	return status;
}

static bool is_first_to_take_away(const struct table *table, size_t index, uint32_t base_node)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);

	for (size_t i = index; i-- > 0 && all[i].place == all[index].place;)
		if (takes_away(table, &all[i], base_node))
			return false;
	return true;
}

/* Rows for what stood before an offset of the compilation and is gone; *next goes on over the proposals. */
static int add_gone_before(struct table *table, size_t offset, size_t *next)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(table->proof, &count);
	int status = BK_OK;

	for (; status == BK_OK && *next < count && all[*next].place != BK_NONE &&
		all[*next].out.span.start <= offset;
		++*next) {
		uint32_t end, node = gone_nodes(table, &all[*next], &end);

		for (; status == BK_OK && node < end; node++)
			if (is_first_to_take_away(table, *next, node))
				status = add_gone(table, node, *next);
	}
	return status;
}

static int compare_opened(const void *a, const void *b)
{
	const struct opened *x = a, *y = b;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return x->proposal < y->proposal ? -1 : x->proposal > y->proposal;
}

/* Of one proposal those whose labels stand in it, and not in the base. */
static int list_opened_by(struct table *table, uint32_t proposal)
{
	size_t count;
	const struct bk_proof_proposal *it = &bk_proof_proposals(table->proof, &count)[proposal];
	const struct bk_span span = it->out.span;
	const struct bk_node *nodes = bk_draft_nodes(table->out, &count);
	size_t node = BK_SEARCH(at, count, nodes[at].offset < span.start);

	if ((it->act != BK_MERGE_ADD && it->act != BK_MERGE_REPLACE) || it->fate == BK_MERGE_LEFT)
		return BK_OK;
	for (; node < count && nodes[node].offset < span.end; node++) {
		if (bk_draft_node_at(table->out, span.start) == node ||
			bk_proof_origin(table->proof, label_offset(table, &nodes[node])) != BK_NOWHERE)
			continue;
		struct opened *opened = BK_VEC_PUSH(&table->opened);

		if (!opened)
			return bk_fail_memory();
		*opened = (struct opened){(uint32_t)node, proposal};
	}
	return BK_OK;
}

static int list_opened(struct table *table)
{
	size_t count;
	int status = BK_OK;

	bk_proof_proposals(table->proof, &count);
	for (uint32_t i = 0; i < count && status == BK_OK; i++)
		status = list_opened_by(table, i);
	if (status == BK_OK && table->opened.len)
		qsort(table->opened.items, table->opened.len, sizeof *table->opened.items, compare_opened);
	return status;
}

static int fill_table(struct table *table)
{
	size_t count, from = 0, next = 0, unnumbered = 0;
	const struct bk_node *nodes = bk_draft_nodes(table->out, &count);
	int status = add_node(table, NULL, BK_NONE, &from);

	from = 0;
	for (uint32_t n = 0; n < count && status == BK_OK; n++) {
		status = add_unnumbered_before(table, nodes[n].start, &unnumbered, &from);
		if (status == BK_OK)
			status = add_gone_before(table, nodes[n].start, &next);
		if (status == BK_OK)
			status = add_node(table, &nodes[n], n, &from);
	}
	if (status == BK_OK)
		status = add_unnumbered_before(table, SIZE_MAX, &unnumbered, &from);
	return status == BK_OK ? add_gone_before(table, SIZE_MAX, &next) : status;
}

static void print_columns(struct bk_output *output, const struct table *table)
{
	size_t widths[COLUMNS];

	for (int c = 0; c < COLUMNS; c++) {
		widths[c] = strlen(headings[c]);
		for (size_t r = 0; r < table->rows.len; r++) {
			const size_t width = bk_utf8_string_width(bk_str_of(table->rows.items[r].cells[c]));

			if (width > widths[c])
				widths[c] = width;
		}
	}
	for (size_t r = 0; r <= table->rows.len; r++) {
		for (int c = 0; c < COLUMNS; c++) {
			const char *cell = r ? table->rows.items[r - 1].cells[c] : headings[c];
			const size_t width = bk_utf8_string_width(bk_str_of(cell));

			bk_output_styled(output, r ? BK_INK_PLAIN : BK_INK_STRONG, bk_str_of(cell));
			if (c + 1 < COLUMNS)
				bk_output_printf(output, "%*s", (int)(widths[c] - width + 2), "");
		}
		bk_output_puts(output, "\n");
	}
}

static void print_csv(struct bk_output *output, const struct table *table)
{
	for (size_t r = 0; r <= table->rows.len; r++)
		for (int c = 0; c < COLUMNS; c++)
			bk_output_csv(output, bk_str_of(r ? table->rows.items[r - 1].cells[c] : headings[c]),
				c + 1 == COLUMNS);
}

int bk_proof_table_print(struct bk_output *output, const struct bk_session *session, const bk_proof *proof,
	struct bk_str compilation, uint32_t party, bool csv)
{
	struct table table = {.proof = proof, .party = party};
	struct bk_str base = {0};
	char *bytes = NULL;
	int status = bk_proof_recover(proof, "base", compilation.ptr, compilation.len, &bytes, &base.len);

	base.ptr = bytes;
	if (status == BK_OK)
		status = bk_session_read_other(session, compilation, &table.out);
	if (status == BK_OK)
		status = bk_session_read_other(session, base, &table.base);
	if (status == BK_OK)
		status = bk_unnumbered_find(&table.unnumbered, table.out);
	if (status == BK_OK)
		status = bk_unnumbered_find(&table.base_unnumbered, table.base);
	if (status == BK_OK)
		status = bk_proof_moves_list(proof, &table.moves);
	if (status == BK_OK)
		status = bk_proof_joins_list(proof, table.out, table.base, &table.joins);
	if (status == BK_OK)
		status = list_opened(&table);
	if (status == BK_OK)
		status = fill_table(&table);
	if (status == BK_OK && csv)
		print_csv(output, &table);
	else if (status == BK_OK)
		print_columns(output, &table);
	for (size_t r = 0; r < table.rows.len; r++)
		for (int c = 0; c < COLUMNS; c++)
			bk_free(table.rows.items[r].cells[c]);
	BK_VEC_RELEASE(&table.rows);
	BK_VEC_RELEASE(&table.moves);
	BK_VEC_RELEASE(&table.joins);
	bk_unnumbered_release(&table.unnumbered);
	bk_unnumbered_release(&table.base_unnumbered);
	BK_VEC_RELEASE(&table.opened);
	bk_draft_free(table.out);
	bk_draft_free(table.base);
	bk_proof_free_bytes(bytes);
	return status;
}
