/*
 * The chain: of the places found so far, the longest run that kept its order.
 *
 *	then   a    b  c   d      e
 *	        \    \  \   .......\......  moved: not in the chain
 *	now      a    b  c   e      d
 *
 * Between two links of the chain a place that is not found yet should stand in proportion.
 */
#include "ledger/finder.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

struct link {
	size_t then, now;
};

struct chain {
	struct link *links; /* those of the chain, in order */
	size_t count;
};

/* The longest increasing run of `now` by patience: tails[k] is the link that ends the best run of k + 1. */
static size_t longest(const struct link *links, size_t count, size_t *tails, size_t *before)
{
	size_t length = 0;

	for (size_t i = 0; i < count; i++) {
		const size_t low = BK_SEARCH(k, length, links[tails[k]].now < links[i].now);

		before[i] = low > 0 ? tails[low - 1] : SIZE_MAX;
		tails[low] = i;
		length += low == length;
	}
	return length;
}

static size_t collect(const struct bk_finder *finder, struct link *links)
{
	size_t count = 0;

	for (size_t i = 0; i < finder->place_count; i++) {
		const struct bk_place *place = &finder->places[i];

		if (place->bracket != BK_NONE)
			links[count++] = (struct link){
				place->anchor->start, finder->draft->brackets[place->bracket].start};
	}
	return count;
}

/* Keep only the links of the chain, in place. */
static int make_chain(struct chain *chain, size_t count)
{
	size_t *tails = bk_calloc(count + 1, sizeof *tails), *before = bk_calloc(count + 1, sizeof *before);
	size_t length, at;

	if (!tails || !before) {
		bk_free(tails);
		bk_free(before);
		return bk_fail_memory();
	}
	length = longest(chain->links, count, tails, before);
	at = length > 0 ? tails[length - 1] : 0;
	for (size_t i = length; i-- > 0; at = before[at])
		tails[i] = at;
	for (size_t i = 0; i < length; i++)
		chain->links[i] = chain->links[tails[i]];
	chain->count = length;
	bk_free(tails);
	bk_free(before);
	return BK_OK;
}

static size_t shift(size_t offset, const struct link *link)
{
	if (offset >= link->then)
		return link->now + (offset - link->then);
	return link->now > link->then - offset ? link->now - (link->then - offset) : 0;
}

static size_t expect(const struct chain *chain, size_t then)
{
	const size_t next = BK_SEARCH(i, chain->count, chain->links[i].then <= then);
	const struct link *left, *right;

	if (chain->count == 0)
		return then;
	if (next == 0 || next == chain->count)
		return shift(then, &chain->links[next == 0 ? 0 : next - 1]);
	left = &chain->links[next - 1];
	right = &chain->links[next];
	return left->now + (size_t)((double)(then - left->then) * (double)(right->now - left->now) /
				    (double)(right->then - left->then));
}

int bk_finder_expect(struct bk_finder *finder)
{
	struct chain chain = {.links = bk_calloc(finder->place_count + 1, sizeof *chain.links)};
	int status;

	if (!chain.links)
		return bk_fail_memory();
	status = make_chain(&chain, collect(finder, chain.links));
	for (size_t i = 0; i < finder->place_count && status == BK_OK; i++)
		finder->places[i].expected = expect(&chain, finder->places[i].anchor->start);
	bk_free(chain.links);
	return status;
}
