/*
 * Brackets among amendments.  Those of the base that a version keeps pair in it as they did; what it put in
 * and what it left over pair among themselves, between these:
 *
 *	base     a [ b ] c d		kept   put in   left over, its partner went
 *	version  a   b ] [ c ] d	       [ ]      ]
 *
 * Brackets that were put round words of the base, or taken away from words that stand, are amendments of
 * their own, so that what others change of these words can stand as well.  Everything else that would leave
 * half a pair on either side is tied: it stands as one, from end to end of the pairs.  Braces always do.
 */
#include "base/alloc.h"
#include "compare/amendment_private.h"

/* Where a bracket of either text stands among the amendments. */
enum where { KEPT, GONE, NEW };

struct bracket {
	uint32_t mark;	    /* of the base; of the version when it is new */
	uint32_t in_file;   /* its mark in the version, unless it is gone */
	uint32_t amendment; /* that it is in, unless it is kept */
	uint8_t where;
	bool open;
};

struct walk {
	struct bk_amendments *amendments;
	BK_VEC(struct bracket)
	brackets;	   /* of the version in order, with those that are gone; without the kept */
	size_t kept;	   /* ones that stand with their pair's other end between two amendments */
	uint32_t *gone_in; /* of each mark of the base: the amendment that took it, or BK_NONE */
	uint32_t *in_file; /* of each mark of the version: its bracket */
	bool *let_go; /* of each mark of the base: one end is gone, and the other is too far to be told with it */
	bool faulty;   /* it has brackets without their other end that the base has not: they are its own */
	bool *reached; /* of each amendment: a tie reaches it */
	BK_VEC(uint32_t) open; /* indexes of brackets */
	bk_bracket_pairs pairs;
};

/* ---- In order ------------------------------------------------------------------------------------------ */

static int add_bracket(
	struct walk *walk, uint32_t mark, uint32_t in_file, uint32_t amendment, enum where where, bool open)
{
	struct bracket *bracket = BK_VEC_PUSH(&walk->brackets);

	if (!bracket)
		return bk_fail_memory();
	*bracket = (struct bracket){.mark = mark,
		.in_file = in_file,
		.amendment = amendment,
		.where = (uint8_t)where,
		.open = open};
	return BK_OK;
}

/* The brackets of the base from one on that are kept before an offset.  A pair with both ends there is one in the
 * version, too, and nothing that changed stands in it: it is passed over. */
static int list_kept(struct walk *walk, uint32_t *b, uint32_t *f, size_t until)
{
	const struct bk_pairing *base = &walk->amendments->base->pairing, *file = &walk->amendments->pairing;
	int status = BK_OK;

	while (*b < base->marks.len && base->marks.items[*b].start < until && status == BK_OK) {
		const struct bk_mark *mark = &base->marks.items[*b];
		uint32_t count = 1;

		if (mark->open && mark->partner != BK_NONE &&
			base->marks.items[mark->partner].start < until) {
			count = mark->partner - *b + 1;
			walk->kept += count;
		} else {
			if (*f < file->marks.len)
				walk->in_file[*f] = (uint32_t)walk->brackets.len;
			status = add_bracket(walk, *b, *f, BK_NONE, KEPT, mark->open);
		}
		*b += count;
		*f += count;
	}
	return status;
}

static int list_brackets(struct walk *walk)
{
	const struct bk_amendments *amendments = walk->amendments;
	const struct bk_pairing *base = &amendments->base->pairing, *file = &amendments->pairing;
	uint32_t b = 0, f = 0;
	int status = BK_OK;

	memset(walk->gone_in, 0xFF, base->marks.len * sizeof *walk->gone_in); /* BK_NONE */
	walk->kept = 0;
	walk->brackets.len = 0;
	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *amendment = &amendments->list.items[i];

		status = list_kept(walk, &b, &f, amendment->base.start);
		for (; status == BK_OK && b < base->marks.len &&
			base->marks.items[b].start < amendment->base.end;
			b++) {
			walk->gone_in[b] = i;
			status = add_bracket(walk, b, BK_NONE, i, GONE, base->marks.items[b].open);
		}
		for (; status == BK_OK && f < file->marks.len &&
			file->marks.items[f].start < amendment->file.end;
			f++) {
			walk->in_file[f] = (uint32_t)walk->brackets.len;
			status = add_bracket(walk, f, f, i, NEW, file->marks.items[f].open);
		}
	}
	return status == BK_OK ? list_kept(walk, &b, &f, SIZE_MAX) : status;
}

/* A pair of the base of which one end is gone. */
static int tie_torn(struct walk *walk, uint32_t mark)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items;
	const struct bk_mark *partner = &marks[marks[mark].partner];
	const uint32_t in = walk->gone_in[marks[mark].partner];
	const struct bk_span gone = walk->amendments->list.items[in].base;
	const size_t start = marks[mark].start < partner->start ? marks[mark].start : gone.start,
		     end = marks[mark].start < partner->start ? gone.end
							      : marks[mark].start + marks[mark].len;

	return bk_amendments_tie(walk->amendments, start, end);
}

/* The mark of the base of a bracket that is kept; NULL of others. */
static const struct bk_mark *mark_of(const struct walk *walk, const struct bracket *bracket)
{
	return bracket->where == KEPT ? &walk->amendments->base->pairing.marks.items[bracket->mark] : NULL;
}

/* Where a bracket stands in the base, from end to end of what it is in. */
static struct bk_span place_of(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = mark_of(walk, bracket);

	return mark ? (struct bk_span){mark->start, mark->start + mark->len}
		    : walk->amendments->list.items[bracket->amendment].base;
}

static bool is_far(struct bk_span a, struct bk_span b)
{
	return b.start > a.end + BK_AMENDMENT_REACH || a.start > b.end + BK_AMENDMENT_REACH;
}

/* Whether a mark of the base has its other end too far away to be told with it. */
static bool reaches_far(const struct walk *walk, uint32_t index)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items, *mark = &marks[index];
	const uint32_t partner = mark->partner;

	return partner != BK_NONE &&
	       is_far((struct bk_span){mark->start, mark->start + mark->len},
		       (struct bk_span){marks[partner].start, marks[partner].start + marks[partner].len});
}

/* Where that would take pages along, what was put in is literal, for it has no other end where it stands. */
static int tie_ends(struct walk *walk, const struct bracket *a, const struct bracket *b)
{
	const struct bk_span in_a = place_of(walk, a), in_b = place_of(walk, b);

	if (is_far(in_a, in_b) || (a->where == KEPT && reaches_far(walk, a->mark)) ||
		(b->where == KEPT && reaches_far(walk, b->mark)))
		return BK_OK;
	return bk_amendments_tie_places(walk->amendments, in_a, in_b);
}

/* A bracket that finds no other end between those that are kept, and has one in the version: which of several brackets
 * side by side is the new one cannot be told. */
static int tie_twisted(struct walk *walk, const struct bracket *bracket)
{
	const struct bk_pairing *file = &walk->amendments->pairing;

	if (walk->faulty || bracket->in_file >= file->marks.len ||
		file->marks.items[bracket->in_file].partner == BK_NONE)
		return BK_OK;
	return tie_ends(walk, bracket,
		&walk->brackets.items[walk->in_file[file->marks.items[bracket->in_file].partner]]);
}

/* ---- Pairs --------------------------------------------------------------------------------------------- */

static int add_pair(struct walk *walk, const struct bracket *open, const struct bracket *close)
{
	struct bk_bracket_pair *pair;

	if (open->amendment == close->amendment)
		return BK_OK;
	pair = BK_VEC_PUSH(&walk->pairs);
	if (!pair)
		return bk_fail_memory();
	*pair = (struct bk_bracket_pair){.open = open->amendment,
		.close = close->amendment,
		.mark = open->mark,
		.gone = open->where == GONE};
	return BK_OK;
}

/* A bracket that is kept, and its partner is not. */
static bool is_torn(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = mark_of(walk, bracket);

	return mark && mark->partner != BK_NONE && !walk->let_go[bracket->mark] &&
	       walk->gone_in[mark->partner] != BK_NONE;
}

static bool is_whole(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = mark_of(walk, bracket);

	return mark && mark->partner != BK_NONE && walk->gone_in[mark->partner] == BK_NONE;
}

/* Two that belong together in the version, of which one at least is not what it was. */
static int join_ends(struct walk *walk, const struct bracket *open, const struct bracket *close)
{
	if (open->where == NEW && close->where == NEW)
		return add_pair(walk, open, close);
	return tie_ends(walk, open, close);
}

static int push(struct walk *walk, uint32_t index)
{
	uint32_t *top = BK_VEC_PUSH(&walk->open);

	if (!top)
		return bk_fail_memory();
	*top = index;
	return BK_OK;
}

static int take_close(struct walk *walk, const struct bracket *close)
{
	const struct bracket *top =
		walk->open.len ? &walk->brackets.items[walk->open.items[walk->open.len - 1]] : NULL;
	int status = BK_OK;

	if (is_whole(walk, close)) {
		/* What opened behind its partner and is open still has no other end. */
		while (status == BK_OK && !is_whole(walk, top)) {
			status = tie_twisted(walk, top);
			walk->open.len--;
			top = &walk->brackets.items[walk->open.items[walk->open.len - 1]];
		}
		walk->open.len--;
		return status;
	}
	if (!top || is_whole(walk, top))
		return tie_twisted(walk, close);
	walk->open.len--;
	return join_ends(walk, top, close);
}

/* Ties for halves, and pairs of which both ends are gone. */
static int take_gone(struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items;
	const uint32_t partner = marks[bracket->mark].partner;

	if (partner == BK_NONE || !bracket->open || walk->gone_in[partner] == BK_NONE ||
		walk->let_go[bracket->mark])
		return BK_OK;
	return add_pair(walk, bracket,
		&(struct bracket){.mark = partner, .amendment = walk->gone_in[partner], .where = GONE});
}

static int pair_brackets(struct walk *walk)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < walk->brackets.len && status == BK_OK; i++) {
		const struct bracket *bracket = &walk->brackets.items[i];

		if (bracket->where == GONE) {
			status = take_gone(walk, bracket);
			continue;
		}
		if (bracket->where == KEPT && !is_whole(walk, bracket) && !is_torn(walk, bracket))
			continue; /* unmatched in the base, or as good as that */
		if (is_torn(walk, bracket))
			status = tie_torn(walk, bracket->mark);
		if (status == BK_OK)
			status = bracket->open ? push(walk, i) : take_close(walk, bracket);
	}
	for (size_t i = 0; i < walk->open.len && status == BK_OK; i++)
		status = tie_twisted(walk, &walk->brackets.items[walk->open.items[i]]);
	return status;
}

/* ---- Pairs that stand by themselves -------------------------------------------------------------------- */

static bool is_empty(struct bk_span span)
{
	return span.start == span.end;
}

/* What the own name in brackets that were put in says; brackets alone say that the words are in dispute. */
static uint8_t act_of(const struct bk_shell *shell)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	return count ? names[0].act : BK_ACT_RESERVE;
}

/* Whether something of its own, as a paragraph, was put in at an offset of the base. */
static bool came_there(const struct bk_amendment *amendment, size_t at)
{
	return is_empty(amendment->base) && amendment->base.start == at;
}

/* Words of the base stand in them, and nothing else may have been put in between these and the brackets. */
static void judge_put_in(struct walk *walk, struct bk_bracket_pair *pair, const struct bk_shell *shell)
{
	const struct bk_amendment *open = &walk->amendments->list.items[pair->open],
				  *close = &walk->amendments->list.items[pair->close];
	const struct bk_str bytes = walk->amendments->bytes, base = walk->amendments->base->tokens.bytes;

	pair->opens = (struct bk_span){shell->start, open->file.end};
	pair->closes = (struct bk_span){close->file.start, shell->end};
	pair->act = act_of(shell);
	pair->tied = bk_part_is_blank(base, open->base.end, close->base.start) ||
		     came_there(open + 1, open->base.end) || came_there(close - 1, close->base.start) ||
		     !is_empty(open->base) || !is_empty(close->base) || shell->end > close->file.end ||
		     !bk_shell_is_of(shell, walk->amendments->party) ||
		     !bk_part_is_blank(bytes,
			     shell->words.start < open->file.end ? shell->words.start : open->file.end,
			     open->file.end) ||
		     shell->words.start > bk_token_blanks(bytes, open->file.end) ||
		     (shell->words.end > close->file.start &&
			     !bk_part_is_blank(bytes, close->file.start, shell->words.end));
}

/* What gave way to the brackets' end is nothing. */
static int judge_gone(struct walk *walk, struct bk_bracket_pair *pair, const struct bk_shell *shell)
{
	const struct bk_amendment *open = &walk->amendments->list.items[pair->open],
				  *close = &walk->amendments->list.items[pair->close];
	bool is_disputed;
	const int status = bk_shell_is_disputed(shell, &is_disputed);

	pair->opens = (struct bk_span){shell->start, shell->words.start};
	pair->closes = (struct bk_span){shell->words.end, shell->end};
	if (pair->closes.start < close->base.start)
		pair->closes.start = close->base.start; /* the blank before stands */
	if (pair->opens.end > open->base.end)
		pair->opens.end = open->base.end;
	pair->act = BK_ACT_SUPPORT;
	pair->tied =
		!is_disputed || !is_empty(open->file) || !is_empty(close->file) ||
		shell->end > close->base.end ||
		!bk_part_is_blank(
			walk->amendments->base->tokens.bytes, pair->opens.end, shell->words.start) ||
		!bk_part_is_blank(walk->amendments->base->tokens.bytes, shell->words.end, pair->closes.start);
	return status;
}

static int judge_pair(struct walk *walk, struct bk_bracket_pair *pair)
{
	struct bk_base *base = walk->amendments->base;
	const struct bk_pairing *pairing = pair->gone ? &base->pairing : &walk->amendments->pairing;
	const struct bk_mark *open = &pairing->marks.items[pair->mark];
	struct bk_shell shell;
	int status;

	if (open->partner == BK_NONE) { /* the version's own faults pair it otherwise */
		pair->tied = true;
		return BK_OK;
	}
	status = bk_shell_read(&shell, pair->gone ? &base->shells : &walk->amendments->shells, open,
		&pairing->marks.items[open->partner]);
	if (status == BK_OK && shell.bracket == BK_NONE)
		pair->tied = true;
	else if (status == BK_OK && pair->gone)
		status = judge_gone(walk, pair, &shell);
	else if (status == BK_OK)
		judge_put_in(walk, pair, &shell);
	return status;
}

static int judge_pairs(struct walk *walk)
{
	int status = BK_OK;

	for (size_t i = 0; i < walk->pairs.len && status == BK_OK; i++) {
		struct bk_bracket_pair *pair = &walk->pairs.items[i];

		status = judge_pair(walk, pair);
		if (status == BK_OK && pair->tied)
			status = bk_amendments_tie_from_to(walk->amendments, pair->open, pair->close);
	}
	return status;
}

/* Tie a pair with an end in what is tied; *any: it was not yet. */
static int tie_reached(struct walk *walk, struct bk_bracket_pair *pair, bool *any)
{
	if (pair->tied || (!walk->reached[pair->open] && !walk->reached[pair->close]))
		return BK_OK;
	walk->reached[pair->open] = walk->reached[pair->close] = true;
	pair->tied = *any = true;
	return bk_amendments_tie_from_to(walk->amendments, pair->open, pair->close);
}

/* A pair with an end in a tie is tied, too, and the next one that has an end in the same amendment with it; they are
 * gone over in both directions, so that a row of them takes no round for each. */
static int spread_ties(struct walk *walk, bool *any)
{
	const size_t count = walk->pairs.len;
	struct bk_bracket_pair *pairs = walk->pairs.items;
	int status = BK_OK;

	bk_amendments_settle_ties(walk->amendments);
	for (size_t i = 0; i < count; i++) {
		walk->reached[pairs[i].open] |= bk_amendments_is_tied(walk->amendments, pairs[i].open);
		walk->reached[pairs[i].close] |= bk_amendments_is_tied(walk->amendments, pairs[i].close);
	}
	*any = false;
	for (size_t i = 0; i < count && status == BK_OK; i++)
		status = tie_reached(walk, &pairs[i], any);
	for (size_t i = count; i-- > 0 && status == BK_OK;)
		status = tie_reached(walk, &pairs[i], any);
	return status;
}

static int settle(struct walk *walk)
{
	bool again = true;
	int status = BK_OK;

	walk->reached = bk_calloc(walk->amendments->list.len + 1, sizeof *walk->reached);
	if (!walk->reached)
		return bk_fail_memory();
	while (again && status == BK_OK) {
		status = spread_ties(walk, &again);
		if (status == BK_OK && !again)
			status = bk_amendments_tie_uncut(walk->amendments, &walk->pairs, &again);
	}
	return status;
}

/* ---- Halves -------------------------------------------------------------------------------------------- */

/* Whether a pair of which both ends are gone was taken away, and nothing else with it. */
static int was_taken_away(struct walk *walk, uint32_t mark, bool *was)
{
	const uint32_t partner = walk->amendments->base->pairing.marks.items[mark].partner;
	struct bk_bracket_pair pair = {
		.open = walk->gone_in[mark], .close = walk->gone_in[partner], .mark = mark, .gone = true};
	int status;

	*was = pair.open == pair.close;
	if (*was)
		return BK_OK;
	status = judge_pair(walk, &pair);
	*was = !pair.tied;
	return status;
}

/* Pairs that reach far, of which one end is gone, or both with what stands round each. */
static int let_go(struct walk *walk, bool *any)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items;
	int status = BK_OK;

	*any = false;
	for (size_t i = 0; i < walk->brackets.len && status == BK_OK; i++) {
		const struct bracket *bracket = &walk->brackets.items[i];
		const uint32_t mark = bracket->mark;
		bool whole = false;

		if (bracket->where != GONE || !reaches_far(walk, mark))
			continue;
		const uint32_t partner = marks[mark].partner;

		if (walk->gone_in[partner] != BK_NONE)
			status = bracket->open ? was_taken_away(walk, mark, &whole) : BK_OK;
		if (!whole && (bracket->open || walk->gone_in[partner] == BK_NONE))
			walk->let_go[mark] = walk->let_go[partner] = *any = true;
	}
	return status;
}

/* What was let go is cut out of the amendments, which are listed anew. */
static int cut_halves(struct walk *walk)
{
	bool any;
	int status = let_go(walk, &any);

	if (status == BK_OK && any)
		status = bk_amendments_cut_halves(walk->amendments, walk->let_go);
	return status == BK_OK && any ? list_brackets(walk) : status;
}

/* ---- The door ------------------------------------------------------------------------------------------ */

static size_t count_unmatched(const struct bk_pairing *pairing)
{
	size_t count = 0;

	for (size_t i = 0; i < pairing->marks.len; i++)
		count += pairing->marks.items[i].partner == BK_NONE;
	return count;
}

static bool are_all_listed(const struct walk *walk)
{
	size_t base = walk->kept, file = walk->kept;

	for (size_t i = 0; i < walk->brackets.len; i++) {
		base += walk->brackets.items[i].where != NEW;
		file += walk->brackets.items[i].where != GONE;
	}
	return base == walk->amendments->base->pairing.marks.len &&
	       file == walk->amendments->pairing.marks.len;
}

int bk_amendments_find_brackets(struct bk_amendments *amendments)
{
	struct walk walk = {.amendments = amendments};
	int status;

	walk.gone_in = bk_calloc(amendments->base->pairing.marks.len + 1, sizeof *walk.gone_in);
	walk.in_file = bk_calloc(amendments->pairing.marks.len + 1, sizeof *walk.in_file);
	walk.let_go = bk_calloc(amendments->base->pairing.marks.len + 1, sizeof *walk.let_go);
	walk.faulty = count_unmatched(&amendments->pairing) > count_unmatched(&amendments->base->pairing);
	status = walk.gone_in && walk.in_file && walk.let_go ? list_brackets(&walk) : bk_fail_memory();
	if (status == BK_OK && !are_all_listed(&walk))
		status = bk_amendments_tie(amendments, 0, amendments->base->tokens.bytes.len);
	else if (status == BK_OK)
		status = cut_halves(&walk);
	if (status == BK_OK && are_all_listed(&walk))
		status = pair_brackets(&walk);
	if (status == BK_OK)
		status = judge_pairs(&walk);
	if (status == BK_OK)
		status = bk_amendments_tie_braces(amendments);
	if (status == BK_OK)
		status = bk_amendments_tie_notations(amendments);
	if (status == BK_OK)
		status = settle(&walk);
	if (status == BK_OK)
		status = bk_amendments_cut(amendments, &walk.pairs);
	if (status == BK_OK)
		bk_amendments_number_ties(amendments);
	BK_VEC_RELEASE(&walk.brackets);
	BK_VEC_RELEASE(&walk.open);
	BK_VEC_RELEASE(&walk.pairs);
	bk_free(walk.gone_in);
	bk_free(walk.in_file);
	bk_free(walk.let_go);
	bk_free(walk.reached);
	return status;
}
