#include "compare/region.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/sort.h"

enum {
	ROUNDS = 8,  /* in which what is around is made flat by and by, before all of it is */
	LOOK = 1000, /* claims in a deletion that are looked at */
};

/* ---- Claims -------------------------------------------------------------------------------------------- */

static struct bk_claim *add_claim(struct bk_regions *regions, uint32_t party, uint32_t first, uint32_t last,
	enum bk_claim_kind kind, struct bk_span base)
{
	struct bk_claim *claim = BK_VEC_PUSH(&regions->claims);

	if (claim)
		*claim = (struct bk_claim){.party = party,
			.first = first,
			.last = last,
			.base = base,
			.kind = (uint8_t)kind,
			.around = kind == BK_CLAIM_ROUND || kind == BK_CLAIM_BARE};
	return claim;
}

static bool is_deletion(const struct bk_amendments *amendments, const struct bk_amendment *amendment)
{
	const struct bk_str bytes = amendments->bytes, base = amendments->base->tokens.bytes;

	return bk_token_blanks((struct bk_str){bytes.ptr, amendment->file.end}, amendment->file.start) ==
		       amendment->file.end &&
	       bk_token_blanks((struct bk_str){base.ptr, amendment->base.end}, amendment->base.start) <
		       amendment->base.end;
}

/* The claim that begins with amendment i; *next is the one behind its first end. */
static struct bk_claim *claim_of(struct bk_regions *regions, const struct bk_amendments *amendments,
	uint32_t party, uint32_t i, uint32_t *next)
{
	const struct bk_amendment *list = amendments->list.items, *it = &list[i];
	uint32_t last = i + 1;

	*next = last;
	if (it->tie != BK_NONE) {
		while (last < amendments->list.len && list[last].tie == it->tie)
			last++;
		*next = last;
		return add_claim(regions, party, i, last, BK_CLAIM_WORDS, amendments->ties.items[it->tie]);
	}
	if (it->kind == BK_AMENDMENT_OPEN || it->kind == BK_AMENDMENT_BARE_OPEN)
		return add_claim(regions, party, i, it->partner + 1,
			it->kind == BK_AMENDMENT_OPEN ? BK_CLAIM_ROUND : BK_CLAIM_BARE,
			(struct bk_span){it->base.start, list[it->partner].base.end});
	if (it->kind == BK_AMENDMENT_LAYOUT || it->kind == BK_AMENDMENT_HALF)
		return add_claim(regions, party, i, last, BK_CLAIM_LAYOUT, it->base);
	return add_claim(regions, party, i, last,
		is_deletion(amendments, it) ? BK_CLAIM_DELETION : BK_CLAIM_WORDS, it->base);
}

/* "act" became "act, and report": what comes in there reads as the end of what stands before, and stays. */
static bool is_glued(const struct bk_amendments *amendments, const struct bk_claim *claim)
{
	const struct bk_str base = amendments->base->tokens.bytes;
	const struct bk_amendment *it = &amendments->list.items[claim->first];
	const size_t at = claim->base.start;
	char before, first;

	if (claim->kind != BK_CLAIM_WORDS || at != claim->base.end || at == 0 ||
		it->file.start == it->file.end || (claim->first > 0 && it[-1].base.end == at))
		return false;
	before = base.ptr[at - 1];
	first = amendments->bytes.ptr[it->file.start];
	return !bk_is_space(before) && before != ']' && !bk_is_space(first) && first != '[';
}

static bool is_paragraph(const struct bk_amendments *amendments, const struct bk_claim *claim)
{
	return claim->base.start == claim->base.end && claim->kind == BK_CLAIM_WORDS &&
	       claim->last == claim->first + 1 && amendments->list.items[claim->first].whole;
}

/* Words go on a line that ends at a point, or begin one there; paragraphs stand below the one, above the other. */
static bool comes_second(const struct bk_amendments *amendments, const struct bk_claim *claim)
{
	const struct bk_str base = amendments->base->tokens.bytes;
	const size_t at = claim->base.start;

	if (at < claim->base.end || claim->kind != BK_CLAIM_WORDS)
		return false;
	return claim->whole != (at == 0 || base.ptr[at - 1] == '\n');
}

/* What one party puts in at one point stays in its order: what stands before the last claim comes no later. */
static void keep_order(struct bk_regions *regions)
{
	struct bk_claim *claims = regions->claims.items;
	const struct bk_claim *last = &claims[regions->claims.len - 1];

	if (last->second || last->base.start < last->base.end)
		return;
	for (size_t i = regions->claims.len - 1;
		i > 0 && claims[i - 1].party == last->party && claims[i - 1].second &&
		claims[i - 1].base.start == last->base.end;
		i--)
		claims[i - 1].second = false;
}

static int list_claims(struct bk_regions *regions, const struct bk_amendments *amendments, uint32_t party)
{
	for (uint32_t i = 0, next; i < amendments->list.len; i = next) {
		const struct bk_amendment *it = &amendments->list.items[i];
		struct bk_claim *claim;

		next = i + 1;
		if (it->tie == BK_NONE &&
			(it->kind == BK_AMENDMENT_CLOSE || it->kind == BK_AMENDMENT_BARE_CLOSE))
			continue;
		claim = claim_of(regions, amendments, party, i, &next);
		if (!claim)
			return bk_fail_memory();
		claim->words = bk_token_trim(amendments->base->tokens.bytes, claim->base);
		claim->glued = is_glued(amendments, claim);
		claim->whole = is_paragraph(amendments, claim);
		claim->second = comes_second(amendments, claim);
		keep_order(regions);
	}
	return BK_OK;
}

/* ---- What is around ------------------------------------------------------------------------------------ */

static bool is_point(struct bk_span span)
{
	return span.start == span.end;
}

/* By start; what comes in there first, then the longer ones. */
static int compare_spans(struct bk_span a, struct bk_span b)
{
	if (a.start != b.start)
		return a.start < b.start ? -1 : 1;
	if (is_point(a) != is_point(b))
		return is_point(a) ? -1 : 1;
	return a.end > b.end ? -1 : a.end < b.end;
}

static uint64_t start_of_claim(const void *claim)
{
	return ((const struct bk_claim *)claim)->base.start;
}

static int compare_claims(const void *a, const void *b)
{
	const struct bk_claim *x = a, *y = b;
	const int order = compare_spans(x->base, y->base);

	if (order)
		return order;
	if (x->second != y->second)
		return x->second ? 1 : -1;
	if (x->party != y->party)
		return x->party < y->party ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static bool is_same_span(struct bk_span a, struct bk_span b)
{
	return a.start == b.start && a.end == b.end;
}

/* A deletion in which others change something, and none the whole. */
static bool holds_others(const struct bk_regions *regions, size_t index)
{
	const struct bk_claim *claims = regions->claims.items, *it = &claims[index];

	for (size_t i = index + 1; i < regions->claims.len && i - index < LOOK; i++) {
		const struct bk_claim *other = &claims[i];

		if (other->base.start >= it->base.end)
			break;
		if (other->party == it->party || other->kind == BK_CLAIM_LAYOUT ||
			is_same_span(other->words, it->words) || other->words.end > it->words.end)
			continue;
		if (!is_point(other->words) ||
			(other->words.start > it->words.start && other->words.end < it->words.end))
			return true;
	}
	return false;
}

static void find_around(struct bk_regions *regions)
{
	for (size_t i = 0; i < regions->claims.len; i++)
		if (regions->claims.items[i].kind == BK_CLAIM_DELETION)
			regions->claims.items[i].around = holds_others(regions, i);
}

/* ---- Flat regions -------------------------------------------------------------------------------------- */

static struct bk_region *add_region(struct bk_regions *regions, const struct bk_claim *claim)
{
	struct bk_region *region = BK_VEC_PUSH(&regions->list);

	if (region)
		*region = (struct bk_region){.base = claim->base,
			.words = claim->words,
			.kind = claim->around || claim->kind == BK_CLAIM_LAYOUT ? claim->kind
										: BK_CLAIM_WORDS,
			.around = claim->around,
			.second = claim->second,
			.goes = BK_NONE,
			.comes = BK_NONE,
			.round = BK_NONE};
	return region;
}

/* What comes in at one point meets what comes in there, too, and what gives way on both sides of it, or before
 * it where no blank is between; a paragraph stands below what gives way before it. */
static bool meets(const struct bk_region *region, const struct bk_claim *claim)
{
	if (is_same_span(region->base, claim->base))
		return region->second == claim->second;
	if (claim->whole && claim->base.start >= region->words.end)
		return false;
	if (region->words.end == claim->words.start && region->words.start < region->words.end &&
		(!is_point(claim->words) || claim->glued))
		return true;
	return claim->base.start < region->base.end && claim->base.end > region->base.start;
}

/* Claims are in order of start, so that each meets the region begun last or none; what comes in at a point
 * has one of its own there, unless a region reaches over it. */
static int cluster(struct bk_regions *regions)
{
	uint32_t last = BK_NONE, point = BK_NONE;

	regions->list.len = 0;
	for (size_t i = 0; i < regions->claims.len; i++) {
		struct bk_claim *claim = &regions->claims.items[i];
		uint32_t *begun = is_point(claim->base) ? &point : &last;
		struct bk_region *region = NULL;

		if (claim->around || claim->kind == BK_CLAIM_LAYOUT)
			continue;
		if (last != BK_NONE && meets(&regions->list.items[last], claim))
			region = &regions->list.items[last];
		else if (*begun != BK_NONE && meets(&regions->list.items[*begun], claim))
			region = &regions->list.items[*begun];
		if (!region) {
			region = add_region(regions, claim);
			if (!region)
				return bk_fail_memory();
			*begun = (uint32_t)(regions->list.len - 1);
		}
		if (claim->base.end > region->base.end)
			region->base.end = claim->base.end;
		if (claim->words.end > region->words.end)
			region->words.end = claim->words.end;
		claim->region = (uint32_t)(region - regions->list.items);
	}
	return BK_OK;
}

/* ---- Nesting ------------------------------------------------------------------------------------------- */

/* A flat region, or a claim around others. */
struct interval {
	struct bk_span span;
	uint32_t claim; /* or BK_NONE */
};

struct nesting {
	struct bk_regions *regions;
	struct bk_str bytes; /* of the base */
	BK_VEC(struct interval) list;
	BK_VEC(uint32_t) stack;
};

static int compare_intervals(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	const int order = compare_spans(x->span, y->span);

	if (order)
		return order;
	return x->claim < y->claim ? -1 : x->claim > y->claim;
}

static uint64_t start_of_interval(const void *interval)
{
	return ((const struct interval *)interval)->span.start;
}

static int list_intervals(struct nesting *nesting)
{
	struct bk_regions *regions = nesting->regions;

	nesting->list.len = nesting->stack.len = 0;
	for (size_t i = 0; i < regions->list.len + regions->claims.len; i++) {
		const bool flat = i < regions->list.len;
		const uint32_t claim = (uint32_t)(i - regions->list.len);
		struct interval *interval;

		if (!flat && !regions->claims.items[claim].around)
			continue;
		interval = BK_VEC_PUSH(&nesting->list);
		if (!interval)
			return bk_fail_memory();
		if (flat)
			regions->list.items[i].words =
				bk_token_trim(nesting->bytes, regions->list.items[i].base);
		*interval = flat ? (struct interval){regions->list.items[i].words, BK_NONE}
				 : (struct interval){regions->claims.items[claim].words, claim};
	}
	return bk_sort(nesting->list.items, nesting->list.len, sizeof *nesting->list.items, start_of_interval,
		compare_intervals);
}

/* Make flat what cannot be around: one that crosses another or a flat region, or lies in a flat one. */
static bool flatten(struct nesting *nesting, const struct interval *outer, const struct interval *inner)
{
	struct bk_claim *claims = nesting->regions->claims.items;
	const bool crosses = outer->span.end < inner->span.end;
	const uint32_t claim = inner->claim != BK_NONE ? inner->claim : outer->claim;

	if (!crosses && (outer->claim != BK_NONE || inner->claim == BK_NONE))
		return false;
	if (!crosses && is_same_span(outer->span, inner->span))
		return false; /* it has to do with the same words: see gather */
	if (claim == BK_NONE)
		return false;
	claims[claim].around = false;
	return true;
}

/* True when something was made flat. */
static int nest(struct nesting *nesting, bool *changed)
{
	int status = list_intervals(nesting);

	*changed = false;
	for (uint32_t i = 0; i < nesting->list.len && status == BK_OK; i++) {
		const struct interval *inner = &nesting->list.items[i];
		uint32_t *top;

		while (nesting->stack.len &&
			nesting->list.items[nesting->stack.items[nesting->stack.len - 1]].span.end <=
				inner->span.start)
			nesting->stack.len--;
		if (nesting->stack.len &&
			flatten(nesting, &nesting->list.items[nesting->stack.items[nesting->stack.len - 1]],
				inner)) {
			*changed = true;
			continue;
		}
		top = BK_VEC_PUSH(&nesting->stack);
		if (!top)
			return bk_fail_memory();
		*top = i;
	}
	return status;
}

static int settle(struct bk_regions *regions, struct bk_str bytes)
{
	struct nesting nesting = {.regions = regions, .bytes = bytes};
	bool changed = true;
	int status = BK_OK;

	for (int round = 0; changed && status == BK_OK; round++) {
		for (size_t i = 0; round == ROUNDS && i < regions->claims.len; i++)
			regions->claims.items[i].around = false;
		status = cluster(regions);
		if (status == BK_OK)
			status = nest(&nesting, &changed);
	}
	BK_VEC_RELEASE(&nesting.list);
	BK_VEC_RELEASE(&nesting.stack);
	return status;
}

/* ---- All of them --------------------------------------------------------------------------------------- */

static bool is_same_around(const struct bk_region *region, const struct bk_claim *claim)
{
	return region->around && region->kind == claim->kind && is_same_span(region->words, claim->words);
}

/* The flat region with just these words, or BK_NONE: who puts brackets round them, or strikes them, speaks
 * of them. */
static uint32_t flat_with(const struct bk_regions *regions, size_t flat, struct bk_span words)
{
	size_t i = BK_SEARCH(r, flat, regions->list.items[r].base.end < words.end);

	for (; i < flat && regions->list.items[i].base.start <= words.start; i++)
		if (is_same_span(regions->list.items[i].words, words))
			return (uint32_t)i;
	return BK_NONE;
}

/* Give each claim that is around, or of layout, its region; claims are in order of start. */
static int gather(struct bk_regions *regions)
{
	const size_t flat = regions->flat = regions->list.len;

	for (size_t i = 0; i < regions->claims.len; i++) {
		struct bk_claim *claim = &regions->claims.items[i];
		struct bk_region *region = NULL;

		if (!claim->around && claim->kind != BK_CLAIM_LAYOUT)
			continue;
		claim->region = claim->around ? flat_with(regions, flat, claim->words) : BK_NONE;
		if (claim->region != BK_NONE)
			continue;
		for (size_t r = regions->list.len; r > flat && !region; r--) {
			struct bk_region *last = &regions->list.items[r - 1];

			if (last->base.start != claim->base.start)
				break;
			if (claim->around ? is_same_around(last, claim)
					  : last->kind == BK_CLAIM_LAYOUT &&
						    is_same_span(last->base, claim->base))
				region = last;
		}
		if (!region)
			region = add_region(regions, claim);
		if (!region)
			return bk_fail_memory();
		region->words = claim->words;
		claim->region = (uint32_t)(region - regions->list.items);
	}
	return BK_OK;
}

static uint64_t region_of_claim(const void *claim)
{
	return ((const struct bk_claim *)claim)->region;
}

static int compare_by_region(const void *a, const void *b)
{
	const struct bk_claim *x = a, *y = b;

	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	if (x->party != y->party)
		return x->party < y->party ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static int count_claims(struct bk_regions *regions)
{
	const int status = bk_sort(regions->claims.items, regions->claims.len, sizeof *regions->claims.items,
		region_of_claim, compare_by_region);

	if (status != BK_OK)
		return status;
	for (uint32_t i = 0; i < regions->claims.len; i++) {
		struct bk_region *region = &regions->list.items[regions->claims.items[i].region];

		if (region->count++ == 0)
			region->first = i;
	}
	return BK_OK;
}

int bk_regions_find(struct bk_regions *regions, const struct bk_amendments *amendments, size_t parties)
{
	size_t most = 0;
	int status = BK_OK;

	*regions = (struct bk_regions){0};
	for (size_t p = 0; p < parties; p++)
		most += amendments[p].list.len;
	if (!BK_VEC_RESERVE(&regions->claims, most))
		return bk_fail_memory();
	for (uint32_t p = 0; p < parties && status == BK_OK; p++)
		status = list_claims(regions, &amendments[p], p);
	if (status != BK_OK || !regions->claims.len)
		return status;
	status = bk_sort(regions->claims.items, regions->claims.len, sizeof *regions->claims.items,
		start_of_claim, compare_claims);
	if (status != BK_OK)
		return status;
	find_around(regions);
	status = settle(regions, amendments->base->tokens.bytes);
	if (status == BK_OK)
		status = gather(regions);
	if (status == BK_OK)
		status = count_claims(regions);
	return status;
}

void bk_regions_release(struct bk_regions *regions)
{
	BK_VEC_RELEASE(&regions->claims);
	BK_VEC_RELEASE(&regions->list);
}
