/* What lies between words that stand in both texts, as amendments: of words, and of whole paragraphs one by one. */
#include "compare/amendment_private.h"
#include "draft/phrase.h"

enum { NEAR = 8 }; /* paragraphs among which that is looked for which one became */

/* The blanks before its first token, and behind its last one. */
static struct bk_span blanks_before(const struct bk_slice *slice)
{
	return (struct bk_span){slice->start, slice->side->items.items[slice->item].start};
}

static struct bk_span blanks_behind(const struct bk_slice *slice)
{
	return (struct bk_span){slice->side->items.items[slice->item_end - 1].end, slice->end};
}

static bool are_same(
	const struct bk_slice *a, struct bk_span in_a, const struct bk_slice *b, struct bk_span in_b)
{
	return bk_str_equal(bk_part(a->side->tokens->bytes, in_a.start, in_a.end),
		bk_part(b->side->tokens->bytes, in_b.start, in_b.end));
}

static int add(struct bk_amendments *amendments, struct bk_span base, struct bk_span file,
	enum bk_amendment_kind kind)
{
	return bk_amendments_add(amendments, base, file, kind) ? BK_OK : bk_fail_memory();
}

static int add_layout(struct bk_amendments *amendments, const struct bk_slice *base, struct bk_span in_base,
	const struct bk_slice *file, struct bk_span in_file)
{
	if (are_same(base, in_base, file, in_file))
		return BK_OK;
	return add(amendments, in_base, in_file, BK_AMENDMENT_LAYOUT);
}

/* Whether all that a slice holds is of the label that opens its paragraph. */
static bool is_of_label(const struct bk_slice *it)
{
	return bk_gap_is_first(it->side, it->item) &&
	       it->item_end - it->item <= bk_gap_count_label(it->side, it->item);
}

static struct bk_str skip_blanks(struct bk_str bytes)
{
	return bk_str_skip(bytes, bk_token_blanks(bytes, 0));
}

static bool are_same_but_for_blanks(struct bk_str a, struct bk_str b)
{
	for (a = skip_blanks(a), b = skip_blanks(b); a.len && b.len && *a.ptr == *b.ptr;
		a = skip_blanks(bk_str_skip(a, 1)), b = skip_blanks(bk_str_skip(b, 1)))
		;
	return a.len == 0 && b.len == 0;
}

/* Whether two slices are one label, with other blanks in it: "3bis." and "3 bis.". */
static bool are_one_label(const struct bk_slice *base, const struct bk_slice *file)
{
	return is_of_label(base) && is_of_label(file) &&
	       are_same_but_for_blanks(bk_slice_bytes(base), bk_slice_bytes(file));
}

/* Words that gave way to others, if they did, and the blanks round them by themselves. */
static int add_replaced(
	struct bk_amendments *amendments, const struct bk_slice *base, const struct bk_slice *file)
{
	const struct bk_span before = blanks_before(base), file_before = blanks_before(file),
			     behind = blanks_behind(base), file_behind = blanks_behind(file),
			     words = {before.end, behind.start},
			     file_words = {file_before.end, file_behind.start};
	int status = add_layout(amendments, base, before, file, file_before);

	if (status == BK_OK && !are_same(base, words, file, file_words))
		status = add(amendments, words, file_words,
			are_one_label(base, file) ? BK_AMENDMENT_LAYOUT : BK_AMENDMENT_WORDS);
	return status == BK_OK ? add_layout(amendments, base, behind, file, file_behind) : status;
}

/* Whether one ends its text, in blanks, and the other a paragraph before others. */
static bool is_end_beside(const struct bk_slice *it, const struct bk_slice *other)
{
	return it->end == it->side->tokens->bytes.len && it->start < it->end &&
	       bk_is_space(it->side->tokens->bytes.ptr[it->end - 1]) &&
	       other->item_end < other->side->items.len && bk_gap_is_first(other->side, other->item_end);
}

/* Whether words begin a paragraph which goes on without them in the one before it. */
static bool begin_joined(const struct bk_slice *words, struct bk_span here)
{
	const struct bk_str bytes = words->side->tokens->bytes;
	const size_t start = blanks_before(words).end;

	return here.start < start && here.end < words->end && bk_gap_is_first(words->side, words->item) &&
	       memchr(bytes.ptr + here.start, '\n', start - here.start);
}

/* The line end that went with the words that begin a paragraph is layout: others may put a paragraph in there. */
static int add_parted(struct bk_amendments *amendments, const struct bk_slice *words, struct bk_span *here,
	struct bk_span there)
{
	const struct bk_span before = {here->start, blanks_before(words).end};

	if (!begin_joined(words, *here))
		return BK_OK;
	here->start = before.end;
	return add(amendments, before, there, BK_AMENDMENT_LAYOUT);
}

/* Cut a slice before one of its items; it may be one of its parts itself. */
static void cut_before(
	const struct bk_slice *whole, size_t item, struct bk_slice *first, struct bk_slice *rest)
{
	const size_t at = item > whole->item ? whole->side->items.items[item - 1].end : whole->start;

	*first = *rest = *whole;
	first->item_end = rest->item = item;
	first->end = rest->start = at;
}

/* Whether an item and the next one have blanks between them. */
static bool are_apart(const struct bk_gap_side *side, size_t item)
{
	return side->items.items[item].end < side->items.items[item + 1].start;
}

/* Whether a slice begins, or ends, just beside what stands in both. */
static bool begins_beside(const struct bk_slice *it)
{
	return it->start > 0 && it->side->items.items[it->item].start == it->start &&
	       !bk_is_space(it->side->tokens->bytes.ptr[it->start - 1]);
}

static bool ends_beside(const struct bk_slice *it)
{
	return it->end < it->side->tokens->bytes.len &&
	       it->side->items.items[it->item_end - 1].end == it->end &&
	       !bk_is_space(it->side->tokens->bytes.ptr[it->end]);
}

/* Where words begin and end without blanks, the item behind those of the other text beside a bracket among them, as in
 * "laws[, policies] [designed to]", of which ", policies] [" is gone; item_end: there is none. */
static size_t find_apart(const struct bk_slice *words, const struct bk_slice *blanks)
{
	const struct bk_gap_side *side = words->side;
	const struct bk_span all = {blanks->start, blanks->end};

	for (size_t i = words->item + 1; i < words->item_end && all.start < all.end; i++) {
		const struct bk_span between = {side->items.items[i - 1].end, side->items.items[i].start};

		if ((bk_gap_is_bracket(side, i - 1, ']') || bk_gap_is_bracket(side, i, '[')) &&
			are_same(words, between, blanks, all))
			return i;
	}
	return words->item_end;
}

/* Words that stand round blanks of both texts: each part came or went by itself. */
static int add_round(struct bk_amendments *amendments, const struct bk_slice *words, size_t item,
	const struct bk_slice *blanks, bool in_base)
{
	const struct bk_gap_side *side = words->side;
	const struct bk_span before = {words->start, side->items.items[item - 1].end},
			     behind = {side->items.items[item].start, words->end},
			     start = {blanks->start, blanks->start}, end = {blanks->end, blanks->end};
	const int status =
		add(amendments, in_base ? before : start, in_base ? start : before, BK_AMENDMENT_WORDS);

	return status == BK_OK
		       ? add(amendments, in_base ? behind : end, in_base ? end : behind, BK_AMENDMENT_WORDS)
		       : status;
}

/* Words that one text alone has, with the blanks that came with them: those behind them, if the ones before
 * stand in both, else those before.  Where paragraphs behind one of them went as well, the blanks behind
 * are layout. */
static int add_lone(struct bk_amendments *amendments, const struct bk_slice *words,
	const struct bk_slice *blanks, bool in_base)
{
	const struct bk_span all = {blanks->start, blanks->end}, before = blanks_before(words),
			     behind = blanks_behind(words);
	struct bk_span here = {words->start, words->end}, there = all;
	bool is_end = false;
	int status;

	if (are_same(words, before, blanks, all)) {
		here.start = before.end;
		there.start = all.end;
	} else if (are_same(words, behind, blanks, all) ||
		   (is_end = is_end_beside(blanks, words) || is_end_beside(words, blanks))) {
		here.end = behind.start;
		there.end = all.start;
	} else if (begins_beside(words) && ends_beside(words)) {
		const size_t item = find_apart(words, blanks);

		if (item < words->item_end)
			return add_round(amendments, words, item, blanks, in_base);
	}
	status = in_base ? add_parted(amendments, words, &here, there) : BK_OK;
	if (status == BK_OK)
		status = add(amendments, in_base ? here : there, in_base ? there : here, BK_AMENDMENT_WORDS);
	if (status != BK_OK || !is_end)
		return status;
	return in_base ? add_layout(amendments, words, behind, blanks, all)
		       : add_layout(amendments, blanks, all, words, behind);
}

/* What lies between the same two places of base and version. */
struct pair {
	struct bk_slice of[2];
};

/* Labels that both begin with are told apart from the words behind them. */
static bool cut_label(struct pair *rest, struct pair *first)
{
	size_t counts[2], words = 0;

	for (int s = 0; s < 2; s++) {
		const struct bk_slice *it = &rest->of[s];

		counts[s] = bk_gap_is_first(it->side, it->item) ? bk_gap_count_label(it->side, it->item) : 0;
		if (!counts[s] || it->item + counts[s] > it->item_end)
			return false;
		words += it->item_end - it->item - counts[s];
	}
	for (int s = 0; s < 2 && words; s++)
		cut_before(&rest->of[s], rest->of[s].item + counts[s], &first->of[s], &rest->of[s]);
	return words > 0;
}

/* ---- Brackets beside other words ----------------------------------------------------------------------- */

/* Items of the bracket that opens with one of a slice, and closes in it; 0: none does. */
static size_t count_opened(const struct bk_slice *it, size_t open)
{
	size_t depth = 0;

	for (size_t i = open; i < it->item_end; i++) {
		depth += bk_gap_is_bracket(it->side, i, '[');
		if (depth == 0)
			return 0;
		if (bk_gap_is_bracket(it->side, i, ']') && --depth == 0)
			return i + 1 - open;
	}
	return 0;
}

/* The same of the bracket that closes with an item before `end`. */
static size_t count_closed(const struct bk_slice *it, size_t end)
{
	size_t depth = 0;

	for (size_t i = end; i > it->item; i--) {
		depth += bk_gap_is_bracket(it->side, i - 1, ']');
		if (depth == 0)
			return 0;
		if (bk_gap_is_bracket(it->side, i - 1, '[') && --depth == 0)
			return end - (i - 1);
	}
	return 0;
}

static bool is_mark(const struct bk_slice *it, size_t item)
{
	return item + 1 == it->item_end && bk_phrase_is_mark(bk_gap_bytes(it->side, item));
}

/*
 * Brackets that close before other words, or open behind them, gave way by themselves, and so did whole ones between
 * without a blank, as those of a run of which another one was chosen:
 *
 *	base     loss [and damage][or harm] fund	"][or harm]" is gone, and "fund" gave way to "facility"
 *	version  loss  and damage           facility
 *
 * Without a blank before them, the words' brackets would stand in one run with those that are there, unless they are
 * marks.
 */
static size_t count_before(const struct bk_slice *it, const struct bk_slice *other)
{
	size_t at = it->item, count, found = 0;

	while (at < it->item_end) {
		if (bk_gap_is_bracket(it->side, at, ']'))
			count = 1;
		else if (at == it->item ? begins_beside(it) && !begins_beside(other)
					: !are_apart(it->side, at - 1))
			count = count_opened(it, at);
		else
			break;
		at += count;
		if (!count || at == it->item_end)
			break;
		if (are_apart(it->side, at - 1) || (is_mark(it, at) && is_mark(other, other->item)))
			found = at - it->item;
	}
	return found;
}

static size_t count_behind(const struct bk_slice *it, const struct bk_slice *other)
{
	size_t at = it->item_end, count, found = 0;

	while (at > it->item) {
		if (bk_gap_is_bracket(it->side, at - 1, '['))
			count = 1;
		else if (at == it->item_end ? ends_beside(it) && !ends_beside(other)
					    : !are_apart(it->side, at - 1))
			count = count_closed(it, at);
		else
			break;
		at -= count;
		if (!count || at == it->item)
			break;
		if (are_apart(it->side, at - 1))
			found = it->item_end - at;
	}
	return found;
}

static bool has_items(const struct bk_slice *it)
{
	return it->item < it->item_end;
}

/* Count items of each text beside the other; whether one text alone has some. */
static bool has_alone(const struct pair *pair,
	size_t (*count)(const struct bk_slice *, const struct bk_slice *), size_t counts[2])
{
	const struct bk_slice *base = &pair->of[0], *file = &pair->of[1];

	if (!has_items(base) || !has_items(file))
		return false;
	counts[0] = count(base, file);
	counts[1] = count(file, base);
	return !counts[0] != !counts[1];
}

/* Take off those that one text alone begins with. */
static bool cut_brackets_before(struct pair *rest, struct pair *first)
{
	size_t counts[2];

	if (!has_alone(rest, count_before, counts))
		return false;
	for (int s = 0; s < 2; s++)
		cut_before(&rest->of[s], rest->of[s].item + counts[s], &first->of[s], &rest->of[s]);
	return true;
}

/* Those that one text alone ends with. */
static bool cut_brackets_behind(struct pair *rest, struct pair *last)
{
	size_t counts[2];

	if (!has_alone(rest, count_behind, counts))
		return false;
	for (int s = 0; s < 2; s++)
		cut_before(&rest->of[s], rest->of[s].item_end - counts[s], &rest->of[s], &last->of[s]);
	return true;
}

/* What is not to be cut any more. */
static int add_uncut(struct bk_amendments *amendments, const struct pair *pair)
{
	const struct bk_slice *base = &pair->of[0], *file = &pair->of[1];

	if (bk_str_equal(bk_slice_bytes(base), bk_slice_bytes(file)))
		return BK_OK;
	if (base->item == base->item_end && file->item == file->item_end)
		return add(amendments, (struct bk_span){base->start, base->end},
			(struct bk_span){file->start, file->end}, BK_AMENDMENT_LAYOUT);
	if (base->item == base->item_end)
		return add_lone(amendments, file, base, false);
	if (file->item == file->item_end)
		return add_lone(amendments, base, file, true);
	return add_replaced(amendments, base, file);
}

static int add_words(
	struct bk_amendments *amendments, const struct bk_slice *base, const struct bk_slice *file)
{
	struct pair rest = {{*base, *file}}, first, last;
	bool is_cut;
	int status = BK_OK;

	if (!has_items(base) || !has_items(file))
		return add_uncut(amendments, &rest);
	if (cut_label(&rest, &first))
		status = add_uncut(amendments, &first);
	if (status == BK_OK && cut_brackets_before(&rest, &first))
		status = add_uncut(amendments, &first);
	is_cut = cut_brackets_behind(&rest, &last);
	if (status == BK_OK)
		status = add_uncut(amendments, &rest);
	return status == BK_OK && is_cut ? add_uncut(amendments, &last) : status;
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

/* A slice cut in three: what belongs to the paragraph before, whole paragraphs, and what belongs to the
 * next one. */
struct cut {
	struct bk_slice head, middle, tail;
	size_t count; /* of whole paragraphs */
	bool begins;  /* a paragraph begins in it */
	bool above;   /* whole paragraphs have the blanks above them, and none below */
};

static struct cut cut_slice(const struct bk_slice *whole)
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

/* The first paragraph of what is left of a slice, which is taken from that. */
static struct bk_slice take_paragraph(struct bk_slice *rest)
{
	const struct bk_paragraph *paragraph = paragraph_of(rest->side, rest->item);
	struct bk_slice taken = *rest;

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
	struct bk_amendments *amendments, const struct bk_slice *paragraph, size_t there, bool in_base)
{
	const struct bk_span nothing = {there, there}, span = {paragraph->start, paragraph->end};
	struct bk_amendment *amendment = bk_amendments_add(
		amendments, in_base ? span : nothing, in_base ? nothing : span, BK_AMENDMENT_WORDS);

	if (!amendment)
		return bk_fail_memory();
	amendment->whole = true;
	return BK_OK;
}

/* Where in a slice of the version the next paragraph begins that opens as one of the base does; its end when none
 * of the next few does. */
static size_t find_successor(const struct bk_slice *old, struct bk_slice rest)
{
	for (int near = 0; near < NEAR && rest.item < rest.item_end; near++) {
		const struct bk_slice it = take_paragraph(&rest);

		if (bk_gap_open_alike(old->side, old->item, it.side, it.item))
			return it.item;
	}
	return rest.item_end;
}

/* The paragraphs that the rest of a version's slice begins with, while their labels come before that of one which
 * went. */
static int add_before(struct bk_amendments *amendments, const struct bk_slice *old, struct bk_slice *file)
{
	int status = BK_OK;

	while (file->item < file->item_end && status == BK_OK &&
		bk_gap_compare_labels(file->side, file->item, old->side, old->item) < 0) {
		const struct bk_slice now = take_paragraph(file);

		status = add_paragraph(amendments, &now, old->start, false);
	}
	return status;
}

/* Whole paragraphs that gave way to others.  What has the label of one that went is what became of it; each other one
 * went or came by itself. */
static int add_paragraphs(struct bk_amendments *amendments, struct bk_slice base, struct bk_slice file)
{
	int status = BK_OK;

	while (base.item < base.item_end && status == BK_OK) {
		const struct bk_slice old = take_paragraph(&base);
		const size_t successor = find_successor(&old, file);
		struct bk_slice now;

		if (successor == file.item_end) {
			status = add_before(amendments, &old, &file);
			if (status == BK_OK)
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
		const struct bk_slice now = take_paragraph(&file);

		status = add_paragraph(amendments, &now, base.start, false);
	}
	return status;
}

/* The blanks that the part of a slice before whole paragraphs ends with. */
static struct bk_str head_blanks(const struct cut *cut)
{
	const struct bk_slice *head = &cut->head;
	const size_t start = has_items(head) ? blanks_behind(head).start : head->start;

	return bk_part(head->side->tokens->bytes, start, head->end);
}

/* The blanks that the last of whole paragraphs ends with. */
static struct bk_str last_blanks(const struct cut *cut)
{
	const struct bk_slice *it = &cut->middle;

	return bk_part(it->side->tokens->bytes, it->side->items.items[it->item_end - 1].end, it->end);
}

/*
 * Where blanks are others than above a paragraph that came, it has its own before it.  So has one that came at the end
 * of the base, besides those of the end.
 *
 *	base     2. Pay.|		  (a) pay.||3. End.
 *	version  2. Pay.||3. Meet.|	  (a) pay.|(b) meet.||3. End.
 *			  a line end and "3. Meet.|" came, and "|(b) meet."
 */
static void take_blanks_along(struct cut *old, struct cut *now)
{
	const struct bk_str had = head_blanks(old), has = head_blanks(now);
	const struct bk_gap_side *base = old->head.side;
	const bool ends = old->head.end == base->tokens->bytes.len;

	if (old->count || !now->count || bk_str_equal(had, has))
		return;
	if (ends && !old->begins && bk_str_starts(has, had)) {
		now->head.end = now->middle.start = now->head.end - (has.len - had.len);
	} else if ((old->begins || old->head.end == base->span.end) && bk_str_equal(had, last_blanks(now))) {
		old->head.end = old->middle.start = old->middle.end = old->tail.start =
			old->head.end - had.len;
		now->head.end = now->middle.start = now->head.end - has.len;
		now->middle.end = now->tail.start = now->middle.end - had.len;
		now->above = true;
	}
}

/* Paragraphs that came, each with the blanks above it. */
static int add_below(struct bk_amendments *amendments, struct bk_slice file, size_t there)
{
	int status = BK_OK;

	while (file.item < file.item_end && status == BK_OK) {
		struct bk_slice now = take_paragraph(&file);

		now.end = file.start = file.side->items.items[file.item - 1].end;
		status = add_paragraph(amendments, &now, there, false);
	}
	return status;
}

int bk_amendments_add_slices(
	struct bk_amendments *amendments, const struct bk_slice *base, const struct bk_slice *file)
{
	struct cut old = cut_slice(base), now = cut_slice(file);
	int status;

	take_blanks_along(&old, &now);
	if (old.count + now.count == 0 && !(old.begins && now.begins))
		return add_words(amendments, base, file);
	if (old.count == 1 && now.count == 1 && old.head.item == old.head.item_end &&
		old.tail.item == old.tail.item_end && now.head.item == now.head.item_end &&
		now.tail.item == now.tail.item_end &&
		bk_gap_compare_labels(base->side, base->item, file->side, file->item) == 0)
		return add_replaced(amendments, base, file);
	status = add_words(amendments, &old.head, &now.head);
	if (status == BK_OK)
		status = now.above ? add_below(amendments, now.middle, old.middle.start)
				   : add_paragraphs(amendments, old.middle, now.middle);
	return status == BK_OK ? add_words(amendments, &old.tail, &now.tail) : status;
}
