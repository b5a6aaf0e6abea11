#include "base/alloc.h"
#include "compare/amendment_private.h"

enum { NEAR = 8 }; /* paragraphs among which that is looked for which one became */

/* ---- What lies between words that stand in both -------------------------------------------------------- */

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

/* Part of one text between two places that stand in both: bytes, and the items of the gap in it. */
struct stretch {
	const struct bk_gap_side *side;
	size_t start, end;
	size_t item, item_end;
};

static struct bk_str stretch_bytes(const struct stretch *stretch)
{
	return bk_part(stretch->side->tokens->bytes, stretch->start, stretch->end);
}

/* The blanks before its first token, and behind its last one. */
static struct bk_span blanks_before(const struct stretch *stretch)
{
	return (struct bk_span){stretch->start, stretch->side->items.items[stretch->item].start};
}

static struct bk_span blanks_behind(const struct stretch *stretch)
{
	return (struct bk_span){stretch->side->items.items[stretch->item_end - 1].end, stretch->end};
}

static bool are_same(
	const struct stretch *a, struct bk_span in_a, const struct stretch *b, struct bk_span in_b)
{
	return bk_str_equal(bk_part(a->side->tokens->bytes, in_a.start, in_a.end),
		bk_part(b->side->tokens->bytes, in_b.start, in_b.end));
}

static int add(struct bk_amendments *amendments, struct bk_span base, struct bk_span file,
	enum bk_amendment_kind kind)
{
	return bk_amendments_add(amendments, base, file, kind) ? BK_OK : bk_fail_memory();
}

static int add_layout(struct bk_amendments *amendments, const struct stretch *base, struct bk_span in_base,
	const struct stretch *file, struct bk_span in_file)
{
	if (are_same(base, in_base, file, in_file))
		return BK_OK;
	return add(amendments, in_base, in_file, BK_AMENDMENT_LAYOUT);
}

/* Words that gave way to others, and the blanks round them by themselves. */
static int add_replaced(
	struct bk_amendments *amendments, const struct stretch *base, const struct stretch *file)
{
	const struct bk_span before = blanks_before(base), file_before = blanks_before(file),
			     behind = blanks_behind(base), file_behind = blanks_behind(file);
	int status = add_layout(amendments, base, before, file, file_before);

	if (status == BK_OK)
		status = add(amendments, (struct bk_span){before.end, behind.start},
			(struct bk_span){file_before.end, file_behind.start}, BK_AMENDMENT_WORDS);
	return status == BK_OK ? add_layout(amendments, base, behind, file, file_behind) : status;
}

/* Words that one text alone has, with the blanks that came with them: those behind them, if the ones
 * before stand in both, else those before. */
static int add_lone(struct bk_amendments *amendments, const struct stretch *words,
	const struct stretch *blanks, bool in_base)
{
	const struct bk_span all = {blanks->start, blanks->end}, before = blanks_before(words),
			     behind = blanks_behind(words);
	struct bk_span here = {words->start, words->end}, there = all;

	if (are_same(words, before, blanks, all)) {
		here.start = before.end;
		there.start = all.end;
	} else if (are_same(words, behind, blanks, all)) {
		here.end = behind.start;
		there.end = all.start;
	}
	return add(amendments, in_base ? here : there, in_base ? there : here, BK_AMENDMENT_WORDS);
}

/* Labels that both begin with are told apart from the words behind them. */
static bool split_label(const struct stretch *base, const struct stretch *file, struct stretch label[2],
	struct stretch rest[2])
{
	const struct stretch *both[] = {base, file};
	size_t words = 0;

	for (int s = 0; s < 2; s++) {
		const struct stretch *it = both[s];
		const size_t count =
			bk_gap_is_first(it->side, it->item) ? bk_gap_count_label(it->side, it->item) : 0;

		if (!count || it->item + count > it->item_end)
			return false;
		words += it->item_end - it->item - count;
		label[s] = rest[s] = *it;
		label[s].item_end = rest[s].item = it->item + count;
		label[s].end = rest[s].start = it->side->items.items[it->item + count - 1].end;
	}
	return words > 0;
}

static bool is_bracket(const struct bk_gap_side *side, size_t item, char c)
{
	const struct bk_str bytes = bk_gap_bytes(side, item);

	return bytes.len == 1 && bytes.ptr[0] == c;
}

/* Cut a stretch before one of its items. */
static void cut_before(const struct stretch *whole, size_t item, struct stretch *first, struct stretch *rest)
{
	*first = *rest = *whole;
	first->item_end = rest->item = item;
	first->end = rest->start = item > whole->item ? whole->side->items.items[item - 1].end : whole->start;
}

/* Whether an item and the next one have blanks between them. */
static bool are_apart(const struct bk_gap_side *side, size_t item)
{
	return side->items.items[item].end < side->items.items[item + 1].start;
}

/* One mark, as a full stop, alone or behind a bracket that closes. */
static bool is_mark(const struct stretch *stretch)
{
	const size_t last = stretch->item_end - 1;
	const struct bk_str bytes = bk_gap_bytes(stretch->side, last);

	return bytes.len == 1 && memchr(".,;", bytes.ptr[0], 3) &&
	       (last == stretch->item ||
		       (last == stretch->item + 1 && is_bracket(stretch->side, stretch->item, ']')));
}

/*
 * A bracket that closes before other words, or opens behind them, gave way by itself:
 *
 *	base     loss [and damage] fund		"]" is gone, and "fund" gave way to "facility"
 *	version  loss  and damage  facility
 *
 * Without a blank between, the words' brackets would stand in one run with those that are there, unless they are
 * marks.
 */
static bool split_bracket(const struct stretch *base, const struct stretch *file, struct stretch first[2],
	struct stretch rest[2])
{
	const struct stretch *both[] = {base, file};
	const bool are_marks = is_mark(base) && is_mark(file);
	bool closes[2], opens[2];

	for (int s = 0; s < 2; s++) {
		const struct stretch *it = both[s];
		const bool many = it->item_end - it->item > 1;

		closes[s] = many && is_bracket(it->side, it->item, ']') &&
			    (are_marks || are_apart(it->side, it->item));
		opens[s] = many && is_bracket(it->side, it->item_end - 1, '[') &&
			   are_apart(it->side, it->item_end - 2);
	}
	for (int s = 0; s < 2 && closes[0] != closes[1]; s++)
		cut_before(both[s], both[s]->item + closes[s], &first[s], &rest[s]);
	if (closes[0] != closes[1])
		return true;
	for (int s = 0; s < 2 && opens[0] != opens[1]; s++)
		cut_before(both[s], both[s]->item_end - opens[s], &first[s], &rest[s]);
	return opens[0] != opens[1];
}

static int add_words(struct bk_amendments *amendments, const struct stretch *base, const struct stretch *file)
{
	struct stretch first[2], rest[2];
	int status;

	if (bk_str_equal(stretch_bytes(base), stretch_bytes(file)))
		return BK_OK;
	if (base->item == base->item_end && file->item == file->item_end)
		return add(amendments, (struct bk_span){base->start, base->end},
			(struct bk_span){file->start, file->end}, BK_AMENDMENT_LAYOUT);
	if (base->item == base->item_end)
		return add_lone(amendments, file, base, false);
	if (file->item == file->item_end)
		return add_lone(amendments, base, file, true);
	if (split_label(base, file, first, rest)) {
		status = add_replaced(amendments, &first[0], &first[1]);
		return status == BK_OK ? add_words(amendments, &rest[0], &rest[1]) : status;
	}
	if (split_bracket(base, file, first, rest)) {
		status = add_words(amendments, &first[0], &first[1]);
		return status == BK_OK ? add_words(amendments, &rest[0], &rest[1]) : status;
	}
	return add_replaced(amendments, base, file);
}

/* ---- Whole paragraphs ---------------------------------------------------------------------------------- */

static const struct bk_paragraph *paragraph_of(const struct bk_gap_side *side, size_t item)
{
	return &side->tokens->paragraphs.items[side->owners.items[item]];
}

static bool is_last(const struct bk_gap_side *side, size_t item)
{
	return item + 1 == side->items.len || side->owners.items[item] != side->owners.items[item + 1];
}

/* A stretch cut in three: what belongs to the paragraph before, whole paragraphs, and what belongs to the
 * next one. */
struct cut {
	struct stretch head, middle, tail;
	size_t count; /* of whole paragraphs */
	bool begins;  /* a paragraph begins in it */
};

static struct cut cut_stretch(const struct stretch *whole)
{
	const struct bk_gap_side *side = whole->side;
	struct cut cut = {.head = *whole, .middle = *whole, .tail = *whole};
	size_t from = whole->item, to = whole->item_end, start = whole->end, end;

	while (from < to && !bk_gap_is_first(side, from))
		from++;
	while (to > from && !is_last(side, to - 1))
		to--;
	for (size_t i = from; i < to; i++)
		cut.count += bk_gap_is_first(side, i);
	/* What stands in both and comes next may begin a paragraph, too. */
	if (from < side->items.len && bk_gap_is_first(side, from) &&
		paragraph_of(side, from)->start >= whole->start &&
		paragraph_of(side, from)->start <= whole->end) {
		start = paragraph_of(side, from)->start;
		cut.begins = true;
	}
	end = cut.count ? paragraph_of(side, to - 1)->end : start;
	if (end > whole->end)
		end = whole->end;
	cut.head.end = cut.middle.start = start;
	cut.head.item_end = cut.middle.item = from;
	cut.middle.end = cut.tail.start = end;
	cut.middle.item_end = cut.tail.item = cut.count ? to : from;
	return cut;
}

/* The first paragraph of what is left of a stretch, which is taken from that. */
static struct stretch take_paragraph(struct stretch *rest)
{
	const struct bk_paragraph *paragraph = paragraph_of(rest->side, rest->item);
	struct stretch taken = *rest;

	taken.start = paragraph->start;
	taken.end = paragraph->end < rest->end ? paragraph->end : rest->end;
	taken.item_end = rest->item + 1;
	while (taken.item_end < rest->item_end && !bk_gap_is_first(rest->side, taken.item_end))
		taken.item_end++;
	rest->start = taken.end;
	rest->item = taken.item_end;
	return taken;
}

/* A paragraph of one side by itself; `there` is where it is missing in the other text. */
static int add_paragraph(
	struct bk_amendments *amendments, const struct stretch *paragraph, size_t there, bool in_base)
{
	const struct bk_span nothing = {there, there}, span = {paragraph->start, paragraph->end};
	struct bk_amendment *amendment = bk_amendments_add(
		amendments, in_base ? span : nothing, in_base ? nothing : span, BK_AMENDMENT_WORDS);

	if (!amendment)
		return bk_fail_memory();
	amendment->whole = true;
	return BK_OK;
}

/* Where in a stretch of the version the next paragraph begins that opens as one of the base does; its end when none of
 * the next few does. */
static size_t find_successor(const struct stretch *old, struct stretch rest)
{
	for (int near = 0; near < NEAR && rest.item < rest.item_end; near++) {
		const struct stretch it = take_paragraph(&rest);

		if (bk_gap_open_alike(old->side, old->item, it.side, it.item))
			return it.item;
	}
	return rest.item_end;
}

/* Whole paragraphs that gave way to others.  What has the label of one that went is what became of it; each other one
 * went or came by itself. */
static int add_paragraphs(struct bk_amendments *amendments, struct stretch base, struct stretch file)
{
	int status = BK_OK;

	while (base.item < base.item_end && status == BK_OK) {
		const struct stretch old = take_paragraph(&base);
		const size_t successor = find_successor(&old, file);
		struct stretch now;

		if (successor == file.item_end) {
			status = add_paragraph(amendments, &old, file.start, true);
			continue;
		}
		for (now = take_paragraph(&file); now.item < successor && status == BK_OK;
			now = take_paragraph(&file))
			status = add_paragraph(amendments, &now, old.start, false);
		if (status == BK_OK)
			status = add_replaced(amendments, &old, &now);
	}
	while (file.item < file.item_end && status == BK_OK) {
		const struct stretch now = take_paragraph(&file);

		status = add_paragraph(amendments, &now, base.start, false);
	}
	return status;
}

static int add_stretches(
	struct bk_amendments *amendments, const struct stretch *base, const struct stretch *file)
{
	const struct cut old = cut_stretch(base), now = cut_stretch(file);
	int status;

	if (old.count + now.count == 0 && !(old.begins && now.begins))
		return add_words(amendments, base, file);
	if (old.count == 1 && now.count == 1 && old.head.item == old.head.item_end &&
		old.tail.item == old.tail.item_end && now.head.item == now.head.item_end &&
		now.tail.item == now.tail.item_end)
		return add_replaced(amendments, base, file);
	status = add_words(amendments, &old.head, &now.head);
	if (status == BK_OK)
		status = add_paragraphs(amendments, old.middle, now.middle);
	return status == BK_OK ? add_words(amendments, &old.tail, &now.tail) : status;
}

/* ---- Gaps ---------------------------------------------------------------------------------------------- */

/* How far in either text is told, and the next stretch up to what stands in both. */
struct walk {
	struct stretch stretch[2]; /* of the base, of the version */
};

/* Behind an item of each side that stands in both. */
static void pass(struct walk *walk, size_t base, size_t file)
{
	const size_t items[2] = {base, file};

	for (int s = 0; s < 2; s++) {
		walk->stretch[s].start = walk->stretch[s].side->items.items[items[s]].end;
		walk->stretch[s].item = items[s] + 1;
	}
}

static void stretch_to(struct walk *walk, size_t base, size_t file)
{
	const size_t items[2] = {base, file};

	for (int s = 0; s < 2; s++) {
		struct stretch *stretch = &walk->stretch[s];
		const struct bk_gap_side *side = stretch->side;

		stretch->item_end = items[s];
		stretch->end =
			items[s] < side->items.len ? side->items.items[items[s]].start : side->span.end;
	}
}

/* Between the ends that both sides have, where there is nothing to tell. */
static int walk_match(struct bk_amendments *amendments, const struct bk_gap_match *match)
{
	const struct bk_gap_side *base = &match->base, *file = &match->file;
	const size_t end = base->items.len - match->tail;
	struct walk walk = {.stretch = {{.side = base, .start = base->span.start},
				    {.side = file, .start = file->span.start}}};
	const struct stretch *old = &walk.stretch[0], *now = &walk.stretch[1];
	int status = BK_OK;

	if (match->head)
		pass(&walk, match->head - 1, match->head - 1);
	for (size_t i = match->head; status == BK_OK; i++) {
		while (i < end && base->match.items[i] == BK_NONE)
			i++;
		stretch_to(&walk, i, i < end ? base->match.items[i] : file->items.len - match->tail);
		/* Most that stands in both is beside what does, too. */
		if (old->item < old->item_end || now->item < now->item_end ||
			!bk_str_equal(stretch_bytes(old), stretch_bytes(now)))
			status = add_stretches(amendments, old, now);
		if (i >= end)
			break;
		pass(&walk, i, base->match.items[i]);
	}
	return status;
}

static int cut_paragraphs(
	struct bk_tokens *tokens, struct bk_vocabulary *vocabulary, uint32_t from, uint32_t to)
{
	int status = BK_OK;

	for (uint32_t p = from; p < to && status == BK_OK; p++)
		status = bk_tokens_cut(tokens, vocabulary, p);
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
