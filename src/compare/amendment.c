#include "base/alloc.h"
#include "compare/amendment_private.h"

struct bk_amendment *bk_amendments_add(struct bk_amendments *amendments, struct bk_span base,
	struct bk_span file, enum bk_amendment_kind kind)
{
	struct bk_amendment *amendment = BK_VEC_PUSH(&amendments->list);

	if (amendment)
		*amendment = (struct bk_amendment){.base = base,
			.file = file,
			.partner = BK_NONE,
			.mark = BK_NONE,
			.tie = BK_NONE,
			.kind = kind};
	return amendment;
}

/* ---- Gaps ---------------------------------------------------------------------------------------------- */

/* How far in either text is told, and the next slice up to what stands in both. */
struct walk {
	struct bk_slice slice[2]; /* of the base, of the version */
};

/* Behind an item of each side that stands in both. */
static void pass(struct walk *walk, size_t base, size_t file)
{
	const size_t items[2] = {base, file};

	for (int s = 0; s < 2; s++) {
		walk->slice[s].start = walk->slice[s].side->items.items[items[s]].end;
		walk->slice[s].item = items[s] + 1;
	}
}

static void reach(struct walk *walk, size_t base, size_t file)
{
	const size_t items[2] = {base, file};

	for (int s = 0; s < 2; s++) {
		struct bk_slice *slice = &walk->slice[s];
		const struct bk_gap_side *side = slice->side;

		slice->item_end = items[s];
		slice->end = items[s] < side->items.len ? side->items.items[items[s]].start : side->span.end;
	}
}

/* Between the ends that both sides have, where there is nothing to tell. */
static int walk_match(struct bk_amendments *amendments, const struct bk_gap_match *match)
{
	const struct bk_gap_side *base = &match->base, *file = &match->file;
	const size_t end = base->items.len - match->tail;
	struct walk walk = {.slice = {{.side = base, .start = base->span.start},
				    {.side = file, .start = file->span.start}}};
	const struct bk_slice *old = &walk.slice[0], *now = &walk.slice[1];
	int status = BK_OK;

	if (match->head)
		pass(&walk, match->head - 1, match->head - 1);
	for (size_t i = match->head; status == BK_OK; i++) {
		while (i < end && base->match.items[i] == BK_NONE)
			i++;
		reach(&walk, i, i < end ? base->match.items[i] : file->items.len - match->tail);
		/* Most that stands in both is beside what does, too. */
		if (old->item < old->item_end || now->item < now->item_end ||
			!bk_str_equal(bk_slice_bytes(old), bk_slice_bytes(now)))
			status = bk_amendments_add_slices(amendments, old, now);
		if (i >= end)
			break;
		pass(&walk, i, base->match.items[i]);
	}
	return status;
}

/* Of several it is asked more than once what each opens with. */
static int cut_paragraphs(
	struct bk_tokens *tokens, struct bk_vocabulary *vocabulary, uint32_t from, uint32_t to)
{
	int status = BK_OK;

	for (uint32_t p = from; p < to && status == BK_OK; p++) {
		status = bk_tokens_cut(tokens, vocabulary, p);
		if (to - from > 1)
			bk_paragraph_find_opening(tokens, p);
	}
	return status;
}

static int walk_whole(struct bk_amendments *amendments, struct bk_gap_match *match, const struct bk_gap *gap)
{
	struct bk_base *base = amendments->base;
	int status = cut_paragraphs(&base->tokens, &base->vocabulary, gap->base, gap->base_end);

	if (status == BK_OK)
		status = cut_paragraphs(&amendments->tokens, &base->vocabulary, gap->file, gap->file_end);
	if (status == BK_OK)
		status = bk_gap_match_find(match, gap);
	return status == BK_OK ? walk_match(amendments, match) : status;
}

/* The windows of paragraphs in pairs; none when two of them are not alike in most. */
static int find_windows(const struct bk_amendments *amendments, const struct bk_gap *gap, bk_windows *windows)
{
	bool are_found = gap->base_end - gap->base == gap->file_end - gap->file;
	int status = BK_OK;

	windows->len = 0;
	for (uint32_t i = 0; gap->base + i < gap->base_end && are_found && status == BK_OK; i++)
		status = bk_windows_find(windows, amendments, gap->base + i, gap->file + i, &are_found);
	if (!are_found)
		windows->len = 0;
	return status;
}

/* Windows from one on that are in the same paragraph; *next is behind them.  What one of them shows only in part is
 * looked for in all of the paragraph. */
static int walk_paragraph(struct bk_amendments *amendments, struct bk_gap_match *match,
	const bk_windows *windows, size_t from, size_t *next)
{
	const struct bk_window *first = &windows->items[from];
	const size_t told = amendments->list.len;
	bool falls_short = false;
	int status = BK_OK;

	for (*next = from; status == BK_OK && *next < windows->len &&
			   windows->items[*next].base_paragraph == first->base_paragraph;
		++*next) {
		if (falls_short)
			continue;
		status = bk_gap_match_find_window(match, &windows->items[*next]);
		falls_short = match->falls_short;
		if (status == BK_OK && !falls_short)
			status = walk_match(amendments, match);
	}
	if (status != BK_OK || !falls_short)
		return status;
	amendments->list.len = told;
	return walk_whole(amendments, match,
		&(struct bk_gap){first->base_paragraph, first->base_paragraph + 1, first->file_paragraph,
			first->file_paragraph + 1});
}

static int walk_gap(struct bk_amendments *amendments, struct bk_gap_match *match, bk_windows *windows,
	const struct bk_gap *gap)
{
	int status = find_windows(amendments, gap, windows);

	if (status == BK_OK && !windows->len)
		return walk_whole(amendments, match, gap);
	for (size_t i = 0; i < windows->len && status == BK_OK;)
		status = walk_paragraph(amendments, match, windows, i, &i);
	return status;
}

static int walk_gaps(struct bk_amendments *amendments, const bk_gaps *gaps)
{
	struct bk_gap_match match = {
		.base.tokens = &amendments->base->tokens,
		.file.tokens = &amendments->tokens,
		.vocabulary = &amendments->base->vocabulary,
	};
	bk_windows windows = {0};
	int status = bk_sequencer_new(&match.sequencer, amendments->base->vocabulary.entries.len);

	for (size_t g = 0; g < gaps->len && status == BK_OK; g++)
		status = walk_gap(amendments, &match, &windows, &gaps->items[g]);
	bk_sequencer_free(match.sequencer);
	bk_gap_match_release(&match);
	BK_VEC_RELEASE(&windows);
	return status;
}

/* ---- Brackets of the version --------------------------------------------------------------------------- */

static struct bk_span bytes_of(const struct bk_tokens *tokens, uint32_t from, uint32_t to)
{
	const size_t start =
		from < tokens->paragraphs.len ? tokens->paragraphs.items[from].start : tokens->bytes.len;

	return (struct bk_span){start, to > from ? tokens->paragraphs.items[to - 1].end : start};
}

/* Leave out what both begin and end with, up to a blank. */
static void trim_changed(struct bk_changed_part *changed, struct bk_str base, struct bk_str file)
{
	const struct bk_str was = bk_part(base, changed->was.start, changed->was.end),
			    is = bk_part(file, changed->is.start, changed->is.end);
	size_t head = bk_str_common_start(was, is), tail;

	while (head > 0 && !bk_is_space(was.ptr[head - 1]))
		head--;
	tail = bk_str_common_end(bk_str_skip(was, head), bk_str_skip(is, head));
	while (tail > 0 && !bk_is_space(was.ptr[was.len - tail]))
		tail--;
	changed->was = (struct bk_span){changed->was.start + head, changed->was.end - tail};
	changed->is = (struct bk_span){changed->is.start + head, changed->is.end - tail};
}

/* Pair them as those of the base are, but in the gaps. */
static int pair_version(struct bk_amendments *amendments, const bk_gaps *gaps)
{
	const struct bk_base *base = amendments->base;
	struct bk_changed_part *changed = bk_malloc((gaps->len + 1) * sizeof *changed);
	int status = BK_OK;

	if (!changed)
		return bk_fail_memory();
	for (size_t i = 0; i < gaps->len; i++) {
		const struct bk_gap *gap = &gaps->items[i];

		changed[i] = (struct bk_changed_part){bytes_of(&base->tokens, gap->base, gap->base_end),
			bytes_of(&amendments->tokens, gap->file, gap->file_end)};
		trim_changed(&changed[i], base->tokens.bytes, amendments->bytes);
	}
	status = bk_pairing_follow(&amendments->pairing, &amendments->braces, amendments->bytes,
		base->notation.conventions, &base->pairing, &base->braces, changed, gaps->len);
	bk_free(changed);
	return status;
}

/* ---- The door ------------------------------------------------------------------------------------------ */

int bk_amendments_find(
	struct bk_amendments *amendments, struct bk_base *base, struct bk_str bytes, const char *party)
{
	bk_gaps gaps = {0};
	int status;

	*amendments = (struct bk_amendments){.base = base,
		.bytes = bytes,
		.party = party,
		.shells = {.bytes = bytes, .notation = base->notation}};
	if (bk_str_equal(bytes, base->tokens.bytes))
		return BK_OK;
	status = bk_tokens_init(&amendments->tokens, bytes);
	if (status == BK_OK)
		status = bk_amendments_find_gaps(amendments, &gaps);
	if (status == BK_OK)
		status = pair_version(amendments, &gaps);
	if (status == BK_OK)
		status = walk_gaps(amendments, &gaps);
	if (status == BK_OK)
		status = bk_amendments_find_moves(amendments);
	if (status == BK_OK)
		status = bk_amendments_join_gone(amendments);
	if (status == BK_OK)
		status = bk_amendments_find_brackets(amendments);
	/* What is found hangs on this version alone, whichever were compared with the base before. */
	bk_shells_release(&base->shells);
	bk_shells_release(&amendments->shells);
	BK_VEC_RELEASE(&gaps);
	return status;
}

void bk_amendments_release(struct bk_amendments *amendments)
{
	bk_tokens_release(&amendments->tokens);
	bk_pairing_release(&amendments->pairing);
	bk_pairing_release(&amendments->braces);
	bk_shells_release(&amendments->shells);
	BK_VEC_RELEASE(&amendments->list);
	BK_VEC_RELEASE(&amendments->ties);
}
