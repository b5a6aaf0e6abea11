/*
 * Standing: which of the statements about one bracket are in force.
 *
 * As stated, each party and each group speaks for itself, on each alternative and on the bracket as a whole:
 *
 *	what it said later ends what it said earlier on the same alternative, and on the whole on all of them;
 *	what it withdraws it has never said.
 *
 * For one Party, statements have a rank:
 *
 *	its own  >  the smallest group's that it is in  >  ...  >  the largest group's
 *
 * and a higher one keeps out a lower one on the same alternative, or where either is about the whole.  Two
 * groups of the same size that say different things are a conflict, and both stay in sight.
 */
#include "ledger/derive.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"

/* ---- As stated ------------------------------------------------------------------------------------- */

/* Holders and alternatives about which something later was said, of the bracket at hand. */
struct later {
	struct bk_map said;
	struct bk_buf key;
};

static size_t *said(struct later *later, size_t run, const char *party, size_t alternative)
{
	const size_t numbers[2] = {run, alternative};

	bk_buf_clear(&later->key);
	bk_buf_put(&later->key, (const char *)numbers, sizeof numbers);
	bk_buf_puts(&later->key, party);
	return later->key.failed ? NULL : bk_map_slot(&later->said, bk_buf_str(&later->key), 0);
}

static bool mark(struct later *later, size_t run, struct bk_statement_of *statement)
{
	const struct bk_position *position = &statement->position;
	size_t *all = said(later, run, position->party, SIZE_MAX);
	bool ended;

	if (!all)
		return false;
	ended = *all > 0;
	if (position->alternative == 0)
		*all = 1;
	all = said(later, run, position->party, position->alternative);
	if (!all)
		return false;
	statement->stated = !ended && *all == 0 && !statement->withdraws;
	*all = 1;
	return true;
}

int bk_standing_stated(struct bk_positions *positions)
{
	struct later later = {.key = BK_BUF_INIT};
	bool marked = true;

	for (size_t first = 0, end; first < positions->all.len && marked; first = end) {
		end = bk_statements_run(positions, first);
		for (size_t i = end; i-- > first && marked;)
			marked = mark(&later, first, &positions->all.items[i]);
	}
	bk_map_release(&later.said);
	bk_buf_release(&later.key);
	return marked ? BK_OK : bk_fail_memory();
}

/* ---- For one party --------------------------------------------------------------------------------- */

static bool meets(size_t alternative, size_t other)
{
	return alternative == other || alternative == 0 || other == 0;
}

static size_t rank_of(const struct bk_positions *positions, const bk_roster *roster, const char *party,
	const struct bk_statement_of *statement)
{
	const struct bk_position *position = &statement->position;
	const char *date = positions->at ? positions->at : position->time;
	size_t size;

	if (!statement->stated)
		return SIZE_MAX;
	if (strcmp(position->party, party) == 0)
		return 0;
	if (!bk_roster_is_member(roster, position->party, party, date))
		return SIZE_MAX;
	size = bk_roster_size(roster, position->party, date);
	return size ? size : 1;
}

static enum bk_force force_of(
	const struct bk_statement_of *all, const struct bk_standing *standings, size_t count, size_t at)
{
	const struct bk_position *position = &all[at].position;
	const size_t rank = standings[at].rank;
	enum bk_force force = BK_FORCE_GROUP;

	if (rank == SIZE_MAX)
		return BK_FORCE_NONE;
	if (rank == 0)
		return BK_FORCE_OWN;
	for (size_t i = 0; i < count; i++) {
		const struct bk_position *other = &all[i].position;

		if (standings[i].rank > rank || i == at || !meets(position->alternative, other->alternative))
			continue;
		if (standings[i].rank < rank)
			return BK_FORCE_NONE;
		if (position->alternative == other->alternative && strcmp(position->act, other->act) != 0)
			force = BK_FORCE_CONFLICT;
	}
	return force;
}

void bk_standing_of(const struct bk_positions *positions, const bk_roster *roster, const char *party,
	size_t first, size_t end, struct bk_standing *out)
{
	const struct bk_statement_of *all = positions->all.items + first;

	for (size_t i = 0; i < end - first; i++)
		out[i].rank = rank_of(positions, roster, party, &all[i]);
	for (size_t i = 0; i < end - first; i++)
		out[i].force = force_of(all, out, end - first, i);
}
