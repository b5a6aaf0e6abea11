#include "compare/merge_excerpt.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	MARGIN = 10,	   /* bytes of words that nobody changes round what is read together */
	LONGEST = 1 << 16, /* bytes of the base in one; more of them are no paragraphs of a text */
	ROUNDS = 16,	   /* brackets side by side that are looked at */
};

/* ---- Bounds -------------------------------------------------------------------------------------------- */

/* The first amendment of a party that ends behind the byte before a bound. */
static size_t first_behind(const struct bk_amendments *amendments, size_t bound)
{
	return BK_SEARCH(k, amendments->list.len, amendments->list.items[k].base.end < bound);
}

/* Whether the byte before it stands in the compilation and in each version as in the base. */
static bool is_bound(const struct bk_merge *merge, size_t bound)
{
	if (bound == 0 || bound == merge->base.tokens.bytes.len)
		return true;
	for (size_t p = 0; p < merge->count; p++) {
		const struct bk_amendments *amendments = &merge->amendments[p];
		const size_t i = first_behind(amendments, bound);

		if (i < amendments->list.len && amendments->list.items[i].base.start < bound)
			return false;
	}
	return bk_merge_follow(merge, BK_NONE, bound - 1) != BK_NOWHERE;
}

static size_t in_out(const struct bk_merge *merge, size_t bound)
{
	if (bound == 0)
		return 0;
	return bound == merge->base.tokens.bytes.len ? merge->out.len
						     : bk_merge_follow(merge, BK_NONE, bound - 1) + 1;
}

static size_t in_version(const struct bk_merge *merge, uint32_t party, size_t bound)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const size_t i = first_behind(amendments, bound);

	if (bound == 0 || bound == merge->base.tokens.bytes.len)
		return bound ? amendments->bytes.len : 0;
	return i ? amendments->list.items[i - 1].file.end + (bound - amendments->list.items[i - 1].base.end)
		 : bound;
}

struct bk_span bk_excerpt_in_version(
	const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party)
{
	return (struct bk_span){
		in_version(merge, party, excerpt->base.start), in_version(merge, party, excerpt->base.end)};
}

/* ---- Places -------------------------------------------------------------------------------------------- */

/* Regions of an excerpt: the flat ones, then those around others. */
struct range {
	size_t first, end;
};

static struct range flat_in(const struct bk_excerpt *excerpt, const struct bk_merge *merge)
{
	const struct bk_regions *regions = &merge->regions;
	const struct bk_region *list = regions->list.items;
	/* what comes in at the end of the base stands in its last excerpt */
	const size_t until = excerpt->base.end + (excerpt->base.end == merge->base.tokens.bytes.len);

	return (struct range){BK_SEARCH(i, regions->flat, list[i].words.end < excerpt->base.start),
		BK_SEARCH(k, regions->flat, list[k].words.start < until)};
}

static struct range around_in(const struct bk_excerpt *excerpt, const struct bk_regions *regions)
{
	const struct bk_region *list = regions->list.items + regions->flat;
	const size_t count = regions->list.len - regions->flat;

	return (struct range){regions->flat + BK_SEARCH(i, count, list[i].base.start < excerpt->base.start),
		regions->flat + BK_SEARCH(k, count, list[k].base.start < excerpt->base.end)};
}

bool bk_excerpt_leaves_names(const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party)
{
	const struct range ranges[] = {flat_in(excerpt, merge), around_in(excerpt, &merge->regions)};
	const struct bk_merge_proposal *proposals = merge->placed.proposals.items;

	for (size_t r = 0; r < 2; r++)
		for (size_t i = ranges[r].first; i < ranges[r].end; i++) {
			const struct bk_region *region = &merge->regions.list.items[i];

			for (uint32_t k = region->proposal; k < region->proposal_end; k++)
				if (proposals[k].party == party && proposals[k].fate == BK_MERGE_LEFT &&
					proposals[k].act == BK_MERGE_REPLACE)
					return true;
		}
	return false;
}

size_t bk_excerpt_in_base(
	const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party, size_t offset)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const struct bk_amendment *list = amendments->list.items;
	const size_t at = bk_excerpt_in_version(excerpt, merge, party).start + offset,
		     i = BK_SEARCH(k, amendments->list.len, list[k].file.end <= at);

	if (i < amendments->list.len && list[i].file.start <= at)
		return list[i].base.start;
	return i ? list[i - 1].base.end + (at - list[i - 1].file.end) : at;
}

static struct bk_span hull(struct bk_span a, struct bk_span b)
{
	return (struct bk_span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

static struct bk_span paragraph_of(const struct bk_excerpts *excerpts, size_t at)
{
	const struct bk_tokens *tokens = &excerpts->merge->base.tokens;
	const struct bk_paragraph *list = tokens->paragraphs.items;
	const size_t count = tokens->paragraphs.len, i = BK_SEARCH(k, count, list[k].end <= at);
	struct bk_span paragraph = {at, at};

	if (i < count)
		paragraph = bk_token_trim(tokens->bytes, (struct bk_span){list[i].start, list[i].end});
	paragraph.start = bk_merge_behind_label(tokens->bytes, paragraph);
	return paragraph;
}

/* The bracket with the names in parentheses behind it, if an offset is among these; else nothing, there. */
static struct bk_span named_at(const struct bk_base *base, size_t at)
{
	const struct bk_mark *marks = base->pairing.marks.items;
	const uint32_t behind = bk_pairing_from(&base->pairing, at);
	size_t end;

	if (!behind || marks[behind - 1].open || marks[behind - 1].partner == BK_NONE)
		return (struct bk_span){at, at};
	end = bk_shell_parentheses(base->tokens.bytes, marks[behind - 1].start + marks[behind - 1].len);
	return end > at ? (struct bk_span){marks[marks[behind - 1].partner].start, end}
			: (struct bk_span){at, at};
}

struct bk_span bk_excerpt_in_paragraph(const struct bk_excerpts *excerpts, struct bk_span span, size_t word)
{
	const struct bk_pairing *pairing = &excerpts->merge->base.pairing;
	const struct bk_mark *marks = pairing->marks.items;
	const struct bk_span paragraph = paragraph_of(excerpts, word);

	if (span.start < paragraph.start)
		span.start = paragraph.start;
	if (span.end > paragraph.end)
		span.end = paragraph.end;
	if (span.start > span.end)
		return (struct bk_span){span.start, span.start};
	for (uint32_t i = bk_pairing_from(pairing, span.start);
		i < pairing->marks.len && marks[i].start < span.end; i++) {
		const size_t partner = marks[i].partner == BK_NONE ? SIZE_MAX : marks[marks[i].partner].start;

		if (partner >= paragraph.start && partner < paragraph.end)
			continue;
		if (marks[i].start < word)
			span.start = marks[i].start + marks[i].len;
		else
			span.end = marks[i].start;
	}
	/* no name is torn from the others beside its bracket */
	span.start = named_at(&excerpts->merge->base, span.start).start;
	span.end = named_at(&excerpts->merge->base, span.end).end;
	return bk_token_trim(excerpts->merge->base.tokens.bytes, span);
}

static bool are_blank(struct bk_str bytes, size_t start, size_t end)
{
	return bk_token_blanks((struct bk_str){bytes.ptr, end}, start) == end;
}

/* The brackets of a paragraph that a span fills, and those side by side with it. */
static struct bk_span with_run(const struct bk_base *base, struct bk_span span, struct bk_span paragraph)
{
	const struct bk_str bytes = base->tokens.bytes;
	const struct bk_mark *marks = base->pairing.marks.items;

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t around = bk_pairing_around(&base->pairing, span.start),
			       at = bk_pairing_from(&base->pairing, span.start),
			       behind = bk_pairing_from(&base->pairing, span.end);
		const struct bk_mark *open = around == BK_NONE ? NULL : &marks[around],
				     *close = open ? &marks[open->partner] : NULL;
		const struct bk_span was = span;

		if (open && open->start < span.start &&
			(span.start - open->start <= BK_DOUBT_NOTATION ||
				close->start - span.end <= BK_DOUBT_JOINT))
			span = (struct bk_span){open->start, close->start + close->len};
		else if (at > 0 && !marks[at - 1].open && marks[at - 1].partner != BK_NONE &&
			 are_blank(bytes, marks[at - 1].start + marks[at - 1].len, span.start))
			span.start = marks[marks[at - 1].partner].start;
		else if (behind < base->pairing.marks.len && marks[behind].open &&
			 marks[behind].partner != BK_NONE && are_blank(bytes, span.end, marks[behind].start))
			span.end = marks[marks[behind].partner].start + marks[marks[behind].partner].len;
		if (span.start < paragraph.start || span.end > paragraph.end)
			return was;
		if (span.start == was.start && span.end == was.end)
			break;
	}
	return span;
}

/* With the word before it and the one behind. */
static struct bk_span with_words(struct bk_str bytes, struct bk_span span)
{
	const size_t end = bk_token_next(bytes, span.end).end;

	while (span.start > 0 && bk_is_space(bytes.ptr[span.start - 1]))
		span.start--;
	while (span.start > 0 && !bk_is_space(bytes.ptr[span.start - 1]))
		span.start--;
	return (struct bk_span){span.start, end};
}

/* With the places that are joined to it. */
static struct bk_span with_joined(const struct bk_merge *merge, struct range flat, struct bk_span span)
{
	const struct bk_region *list = merge->regions.list.items;
	const struct bk_str base = merge->base.tokens.bytes;

	for (size_t i = flat.end; i-- > flat.first;)
		if (list[i].words.end <= span.start &&
			bk_between(base, list[i].words.end, span.start) > BK_BETWEEN_BLANKS)
			span.start = list[i].words.start;
	for (size_t i = flat.first; i < flat.end; i++)
		if (list[i].words.start >= span.end &&
			bk_between(base, span.end, list[i].words.start) > BK_BETWEEN_BLANKS)
			span.end = list[i].words.end;
	return span;
}

struct bk_span bk_excerpt_tie_span(
	const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts, size_t at, bool beside)
{
	const struct bk_merge *merge = excerpts->merge;
	const struct range ranges[] = {flat_in(excerpt, merge), around_in(excerpt, &merge->regions)};
	const size_t end = bk_token_next(merge->base.tokens.bytes, at).end;
	const struct bk_span paragraph = paragraph_of(excerpts, at);
	const struct bk_region *before = NULL, *behind = NULL;
	struct bk_span span = {at, end};

	for (size_t r = 0; r < 2; r++)
		for (size_t i = ranges[r].first; i < ranges[r].end; i++) {
			const struct bk_region *region = &merge->regions.list.items[i];

			if (excerpts->doubts[i] == BK_DOUBT_NONE)
				continue;
			if (region->words.start <= at &&
				(!before || region->words.start >= before->words.start))
				before = region;
			if (region->words.end >= end && (!behind || region->words.end < behind->words.end))
				behind = region;
		}
	if (before)
		span = hull(span, before->words);
	if (behind)
		span = hull(span, behind->words);
	span = with_joined(merge, ranges[0], span);
	span = with_run(&merge->base, bk_excerpt_in_paragraph(excerpts, span, at), paragraph);
	return beside ? bk_excerpt_in_paragraph(excerpts, with_words(merge->base.tokens.bytes, span), at)
		      : span;
}

/* ---- List ---------------------------------------------------------------------------------------------- */

/* What changes, or a bracket, that lies last before an offset; at 0 when there is nothing. */
static struct bk_span event_before(const struct bk_merge *merge, size_t at)
{
	const struct bk_region *list = merge->regions.list.items;
	const struct bk_mark *marks = merge->base.pairing.marks.items;
	const size_t region = BK_SEARCH(i, merge->regions.flat, list[i].words.end < at);
	const uint32_t mark = bk_pairing_from(&merge->base.pairing, at);
	struct bk_span event = {0, 0};

	if (region)
		event = list[region - 1].words;
	if (mark && marks[mark - 1].start + marks[mark - 1].len >= event.end) {
		const struct bk_mark *it = &marks[mark - 1];

		event = (struct bk_span){
			it->open || it->partner == BK_NONE ? it->start : marks[it->partner].start,
			it->start + it->len};
	}
	return event;
}

static struct bk_span event_behind(const struct bk_merge *merge, size_t at)
{
	const struct bk_region *list = merge->regions.list.items;
	const struct bk_mark *marks = merge->base.pairing.marks.items;
	const size_t region = BK_SEARCH(i, merge->regions.flat, list[i].words.start <= at);
	const uint32_t mark = bk_pairing_from(&merge->base.pairing, at);
	struct bk_span event = {SIZE_MAX, SIZE_MAX};

	if (region < merge->regions.flat)
		event = list[region].words;
	if (mark < merge->base.pairing.marks.len && marks[mark].start <= event.start) {
		const struct bk_mark *it = &marks[mark],
				     *end = it->open && it->partner != BK_NONE ? &marks[it->partner] : it;

		event = (struct bk_span){it->start, end->start + end->len};
	}
	return event;
}

/* The last bound before an offset, in paragraphs from `limit` on, that stands apart from all that changes there and
 * from brackets. */
static size_t bound_before(const struct bk_merge *merge, size_t at, size_t limit)
{
	const struct bk_str bytes = merge->base.tokens.bytes;

	while (at > limit) {
		const struct bk_span event = event_before(merge, at);

		if (at - event.end >= (size_t)2 * MARGIN && at - limit > MARGIN) {
			size_t bound = at - MARGIN;

			while (bound > event.end + MARGIN / 2 && !bk_is_blank(bytes.ptr[bound - 1]))
				bound--;
			if (bound > limit && bk_is_blank(bytes.ptr[bound - 1]) && is_bound(merge, bound))
				return bound;
		}
		at = event.start < at ? event.start : event.end < at ? event.end : at - 1;
		if (event.end < limit)
			break;
	}
	return limit;
}

static size_t bound_behind(const struct bk_merge *merge, size_t at, size_t limit)
{
	const struct bk_str bytes = merge->base.tokens.bytes;

	while (at < limit) {
		const struct bk_span event = event_behind(merge, at);

		if (event.start - at >= (size_t)2 * MARGIN && limit - at > MARGIN) {
			size_t bound = at + MARGIN;

			while (bound < limit && bound + MARGIN / 2 < event.start &&
				!bk_is_blank(bytes.ptr[bound - 1]))
				bound++;
			if (bound < limit && bk_is_blank(bytes.ptr[bound - 1]) && is_bound(merge, bound))
				return bound;
		}
		if (event.start > limit)
			break;
		at = event.end > at ? event.end : at + 1;
	}
	return limit;
}

/* The excerpt round words of the base; its end is its start where there is none. */
static struct bk_excerpt excerpt_round(const struct bk_merge *merge, struct bk_span words)
{
	const struct bk_paragraph *list = merge->base.tokens.paragraphs.items;
	const size_t count = merge->base.tokens.paragraphs.len;
	size_t first = BK_SEARCH(i, count, list[i].end <= words.start), last;
	struct bk_excerpt it = {{0}, {0}};

	/* what comes behind the end stands in the last one */
	first = first == count && count ? count - 1 : first;
	last = first;
	while (first > 0 && !is_bound(merge, list[first].start) && words.start - list[first].start < LONGEST)
		first--;
	while (last + 1 < count && (list[last].end < words.end || !is_bound(merge, list[last].end)) &&
		list[last].end - list[first].start < LONGEST)
		last++;
	if (!count || !is_bound(merge, list[first].start) || !is_bound(merge, list[last].end))
		return it;
	it.base = (struct bk_span){bound_before(merge, words.start, list[first].start),
		bound_behind(merge, words.end, list[last].end)};
	it.out = (struct bk_span){in_out(merge, it.base.start), in_out(merge, it.base.end)};
	if (it.out.end < it.out.start)
		it.base.end = it.base.start;
	return it;
}

/* Let one that another one meets hold that, too. */
static void extend(struct bk_excerpt *excerpt, const struct bk_excerpt *by)
{
	if (by->base.end <= excerpt->base.end)
		return;
	excerpt->base.end = by->base.end;
	excerpt->out.end = by->out.end;
}

static int compare_excerpts(const void *a, const void *b)
{
	const struct bk_excerpt *x = a, *y = b;

	return x->base.start < y->base.start ? -1 : x->base.start > y->base.start;
}

enum bk_doubt bk_excerpt_doubt(
	const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts, bool *parties)
{
	const struct bk_regions *regions = &excerpts->merge->regions;
	const struct range ranges[] = {flat_in(excerpt, excerpts->merge), around_in(excerpt, regions)};
	enum bk_doubt most = BK_DOUBT_NONE;

	for (size_t r = 0; r < 2; r++)
		for (size_t i = ranges[r].first; i < ranges[r].end; i++) {
			const struct bk_region *region = &regions->list.items[i];
			const enum bk_doubt doubt = (enum bk_doubt)excerpts->doubts[i];

			most = doubt > most ? doubt : most;
			for (size_t k = 0; doubt != BK_DOUBT_NONE && k < region->count; k++)
				parties[regions->claims.items[region->first + k].party] = true;
		}
	return most;
}

/* The place of a region that holds an offset of the compilation, or BK_NONE; *behind: all of them end before it. */
static uint32_t place_at(
	const struct bk_placed *placed, const struct bk_region *region, size_t at, bool *behind)
{
	*behind = true;
	for (uint32_t k = region->proposal; k < region->proposal_end; k++) {
		const uint32_t place = placed->proposals.items[k].place;
		const struct bk_merge_place *it = place == BK_NONE ? NULL : &placed->places.items[place];

		if (!it || it->out.end <= at)
			continue;
		*behind = false;
		if (it->out.start <= at)
			return place;
	}
	return BK_NONE;
}

/* The same of flat regions, of which those that end before it go: offsets are asked for in order. */
static uint32_t owner_of(const struct bk_merge *merge, struct range *flat, size_t at)
{
	bool behind;

	for (; flat->first < flat->end; flat->first++) {
		const uint32_t owner =
			place_at(&merge->placed, &merge->regions.list.items[flat->first], at, &behind);

		if (!behind)
			return owner;
	}
	return BK_NONE;
}

int bk_excerpt_is_mixed(const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts,
	const bk_draft *out, bool *mixed)
{
	struct range flat = flat_in(excerpt, excerpts->merge);
	const struct bk_str bytes = bk_str_skip(bk_buf_str(&excerpts->merge->out), excerpt->out.start);
	size_t count, group_count;
	const struct bk_bracket *brackets = bk_draft_brackets(out, &count);
	const struct bk_group *groups = bk_draft_groups(out, &group_count);
	uint32_t *owners = bk_malloc((count + 1) * sizeof *owners),
		 *last_of_run = bk_calloc(count + 1, sizeof *last_of_run);

	*mixed = false;
	for (uint32_t i = 0; i < count && owners && last_of_run && !*mixed; i++) {
		const struct bk_bracket *it = &brackets[i];
		const uint32_t before = it->run && it->run <= count ? last_of_run[it->run] : 0;

		owners[i] = owner_of(excerpts->merge, &flat, excerpt->out.start + it->start);
		if (it->group)
			*mixed = owners[groups[it->group - 1].first] != owners[i];
		if (before && owners[before - 1] != owners[i])
			*mixed |= bk_between(bytes, bk_shell_parentheses(bytes, brackets[before - 1].end),
					  it->start) == BK_BETWEEN_JOINT;
		if (it->run && it->run <= count)
			last_of_run[it->run] = i + 1;
	}
	bk_free(owners);
	bk_free(last_of_run);
	return owners && last_of_run ? BK_OK : bk_fail_memory();
}

static bool is_within(const bk_spans *within, struct bk_span span)
{
	size_t i;

	if (!within)
		return true;
	i = BK_SEARCH(k, within->len, within->items[k].end < span.start);
	return i < within->len && within->items[i].start <= span.end;
}

static int list_excerpts(struct bk_excerpts *excerpts, const bk_spans *within)
{
	const struct bk_merge *merge = excerpts->merge;
	const struct bk_region *list = merge->regions.list.items;
	struct bk_excerpt last = {{0}, {0}};

	for (size_t i = 0; i < merge->regions.list.len; i++) {
		struct bk_excerpt *excerpt;

		if (is_within(within, list[i].words))
			excerpts->doubts[i] = (uint8_t)bk_doubt_of(merge, i);
		if (excerpts->doubts[i] == BK_DOUBT_NONE ||
			(list[i].words.start >= last.base.start && list[i].words.end < last.base.end))
			continue;
		last = excerpt_round(merge, list[i].words);
		if (last.base.start >= last.base.end)
			continue;
		excerpt = BK_VEC_PUSH(&excerpts->list);
		if (!excerpt)
			return bk_fail_memory();
		*excerpt = last;
	}
	return BK_OK;
}

int bk_excerpts_find(struct bk_excerpts *excerpts, const struct bk_merge *merge, const bk_spans *within)
{
	size_t kept = 0;
	int status;

	*excerpts = (struct bk_excerpts){
		.merge = merge, .doubts = bk_calloc(merge->regions.list.len + 1, sizeof *excerpts->doubts)};
	status = excerpts->doubts ? list_excerpts(excerpts, within) : bk_fail_memory();
	if (excerpts->list.len)
		qsort(excerpts->list.items, excerpts->list.len, sizeof *excerpts->list.items,
			compare_excerpts);
	for (size_t i = 0; i < excerpts->list.len; i++)
		if (!kept || excerpts->list.items[i].base.start >= excerpts->list.items[kept - 1].base.end)
			excerpts->list.items[kept++] = excerpts->list.items[i];
		else
			extend(&excerpts->list.items[kept - 1], &excerpts->list.items[i]);
	excerpts->list.len = kept;
	return status;
}

void bk_excerpts_release(struct bk_excerpts *excerpts)
{
	BK_VEC_RELEASE(&excerpts->list);
	bk_free(excerpts->doubts);
}
