/* What the gavel tells, line by line: where each change stands, told once, and in which order. */
#include "compare/gavel_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

enum {
	CONTEXT = 90, /* bytes on either side */
	LATELY = 16,  /* lines among which the same one is looked for */
};

/* ---- Where a line stands ------------------------------------------------------------------------------- */

int bk_gavel_spans_add(bk_gavel_spans *spans, struct bk_span span)
{
	struct bk_span *added = BK_VEC_PUSH(spans);

	if (!added)
		return bk_fail_memory();
	*added = span;
	return BK_OK;
}

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

void bk_gavel_spans_order(bk_gavel_spans *spans)
{
	size_t kept = 0;

	if (spans->len)
		qsort(spans->items, spans->len, sizeof *spans->items, compare_spans);
	for (size_t i = 0; i < spans->len; i++) {
		const struct bk_span it = spans->items[i];
		struct bk_span *last = kept ? &spans->items[kept - 1] : NULL;

		if (!last || it.start >= last->end)
			spans->items[kept++] = it;
		else if (it.end > last->end)
			last->end = it.end;
	}
	spans->len = kept;
}

static bool is_in(const bk_gavel_spans *spans, size_t offset)
{
	const size_t after = BK_SEARCH(i, spans->len, spans->items[i].start <= offset);

	return after > 0 && offset < spans->items[after - 1].end;
}

static struct bk_span around(const struct bk_words *words, struct bk_span span)
{
	uint32_t first = bk_words_from(words, span.start), last = bk_words_from(words, span.end);
	const struct bk_block *block;
	struct bk_span out = span;

	if (words->blocks.list.len == 0) /* a text of no bytes */
		return span;
	block = &words->blocks.list.items[bk_blocks_at(&words->blocks, span.start)];
	while (first > block->first && span.start - words->items.items[first - 1].start < CONTEXT)
		out.start = words->items.items[--first].start;
	while (last < block->last && words->items.items[last].end - span.end < CONTEXT)
		out.end = words->items.items[last++].end;
	return out;
}

static bool is_clean(
	const struct bk_words *words, const struct bk_enclosures *enclosures, struct bk_span span)
{
	const uint32_t last = bk_words_from(words, span.end);

	for (uint32_t w = bk_words_from(words, span.start); w < last; w++)
		if (enclosures->of_word[w] != BK_NONE)
			return false;
	return true;
}

/* Whether a note to the drafters holds it: no text, whatever it says. */
static bool is_note(const struct bk_gaveller *gaveller, const struct bk_gavel_line *line)
{
	return line->in_new ? is_in(&gaveller->new_notes, line->new_span.start)
			    : is_in(&gaveller->old_notes, line->old_span.start);
}

/* Whether a side of a line says nothing that the same side of another line does not. */
static bool is_within(bool there, struct bk_span span, bool also, struct bk_span whole)
{
	return !there || (also && span.start >= whole.start && span.end <= whole.end);
}

/* Two changes within one phrase are told as one. */
static bool is_told(const struct bk_gavel *gavel, const struct bk_gavel_line *line)
{
	const size_t first = gavel->lines.len > LATELY ? gavel->lines.len - LATELY : 0;

	for (size_t i = first; i < gavel->lines.len; i++) {
		const struct bk_gavel_line *it = &gavel->lines.items[i];

		if (it->kind == line->kind &&
			is_within(line->in_old, line->old_span, it->in_old, it->old_span) &&
			is_within(line->in_new, line->new_span, it->in_new, it->new_span))
			return true;
	}
	return false;
}

int bk_gaveller_add(struct bk_gaveller *gaveller, struct bk_gavel_line line, size_t near)
{
	const struct bk_comparison *comparison = gaveller->comparison;
	const struct bk_words *old = &gaveller->matches->old, *now = &gaveller->matches->now;
	struct bk_gavel_line *added;
	uint32_t node;

	if (is_told(gaveller->gavel, &line))
		return BK_OK;
	added = BK_VEC_PUSH(&gaveller->gavel->lines);
	if (!added)
		return bk_fail_memory();
	line.outside = !is_note(gaveller, &line) &&
		       (!line.in_old || is_clean(old, &comparison->fates.old_enclosures, line.old_span)) &&
		       (!line.in_new || is_clean(now, &comparison->fates.new_enclosures, line.new_span));
	line.agreed = is_in(&gaveller->agreed, line.in_old ? line.old_span.start : near);
	line.context = line.in_new ? around(now, line.new_span) : around(old, line.old_span);
	node = line.in_new ? bk_draft_node_at(comparison->new_draft, line.new_span.start)
			   : bk_draft_node_at(comparison->old_draft, line.old_span.start);
	line.path = node == BK_NONE ? ""
		    : line.in_new   ? comparison->new_draft->nodes[node].path
				    : comparison->old_draft->nodes[node].path;
	*added = line;
	return BK_OK;
}

static struct bk_span span_of(const struct bk_words *words, uint32_t first, uint32_t last)
{
	return (struct bk_span){words->items.items[first].start, words->items.items[last - 1].end};
}

int bk_gaveller_tell(struct bk_gaveller *gaveller, enum bk_gavel_kind kind, const struct bk_run *words)
{
	const struct bk_words *old = &gaveller->matches->old, *now = &gaveller->matches->now;
	struct bk_gavel_line line = {.kind = kind};
	size_t near = 0;

	line.in_old = words->old < words->old_end;
	line.in_new = words->now < words->now_end;
	if (line.in_old)
		line.old_span = span_of(old, words->old, words->old_end);
	else if (words->old > 0)
		near = old->items.items[words->old - 1].start;
	if (line.in_new)
		line.new_span = span_of(now, words->now, words->now_end);
	return bk_gaveller_add(gaveller, line, near);
}

/* ---- Order --------------------------------------------------------------------------------------------- */

/* A line and its turn. */
struct turn {
	struct bk_gavel_line line;
	bool aside; /* stands in a note, or before all provisions */
	size_t at, turn;
};

static int compare_turns(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->line.agreed != y->line.agreed)
		return x->line.agreed ? -1 : 1;
	if (x->line.outside != y->line.outside)
		return x->line.outside ? -1 : 1;
	if (x->aside != y->aside)
		return x->aside ? 1 : -1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

int bk_gaveller_order(struct bk_gaveller *gaveller)
{
	struct bk_gavel *gavel = gaveller->gavel;
	struct turn *turns = bk_malloc((gavel->lines.len + 1) * sizeof *turns);

	if (!turns)
		return bk_fail_memory();
	for (size_t i = 0; i < gavel->lines.len; i++) {
		const struct bk_gavel_line *line = &gavel->lines.items[i];

		turns[i] = (struct turn){*line, is_note(gaveller, line) || !*line->path,
			line->in_new ? line->new_span.start
				     : bk_matches_anchor(gaveller->matches, line->old_span.start),
			i};
	}
	qsort(turns, gavel->lines.len, sizeof *turns, compare_turns);
	for (size_t i = 0; i < gavel->lines.len; i++)
		gavel->lines.items[i] = turns[i].line;
	bk_free(turns);
	return BK_OK;
}
