#include "compare/amendment_private.h"

#include "base/alloc.h"
#include "base/hash.h"

/* ---- The base ------------------------------------------------------------------------------------------ */

static struct bk_str paragraph_bytes(const struct bk_tokens *tokens, uint32_t paragraph)
{
	return bk_part(tokens->bytes, tokens->paragraphs.items[paragraph].start,
		tokens->paragraphs.items[paragraph].end);
}

/* The place in the table of the first paragraph of the base with these bytes. */
static uint32_t *find_paragraph(const struct bk_base *base, struct bk_str bytes)
{
	uint32_t *slot = bk_table_first(&base->by_bytes, bk_hash_table(bytes.ptr, bytes.len));

	while (*slot != BK_TABLE_FREE && !bk_str_equal(paragraph_bytes(&base->tokens, *slot), bytes))
		slot = bk_table_next(&base->by_bytes, slot);
	return slot;
}

int bk_base_init(struct bk_base *base, struct bk_str bytes, const struct bk_notation *notation)
{
	int status;

	*base = (struct bk_base){.notation = *notation,
		.shells = {.bytes = bytes, .notation = *notation},
		.vocabulary = BK_VOCABULARY_INIT};
	status = bk_pairing_find(&base->pairing, bytes, notation->conventions);
	if (status == BK_OK)
		status = bk_pairing_find_braces(&base->braces, bytes, notation->conventions);
	if (status == BK_OK)
		status = bk_tokens_init(&base->tokens, bytes);
	if (status == BK_OK)
		status = bk_table_init(&base->by_bytes, base->tokens.paragraphs.len);
	for (uint32_t p = 0; status == BK_OK && p < base->tokens.paragraphs.len; p++) {
		uint32_t *slot = find_paragraph(base, paragraph_bytes(&base->tokens, p));

		if (*slot == BK_TABLE_FREE)
			*slot = p;
		base->tokens.paragraphs.items[p].number = *slot;
	}
	return status;
}

void bk_base_release(struct bk_base *base)
{
	bk_tokens_release(&base->tokens);
	bk_pairing_release(&base->pairing);
	bk_pairing_release(&base->braces);
	bk_shells_release(&base->shells);
	bk_vocabulary_release(&base->vocabulary);
	bk_table_release(&base->by_bytes);
}

/* ---- Paragraphs that stand in both --------------------------------------------------------------------- */

enum {
	SHORT = 100, /* bytes of a paragraph that says little by itself */
	FEW = 3,     /* paragraphs that may have changed places */
	LABEL = 16,  /* bytes that a paragraph which only got another label begins with */
};

/* Paragraphs from up to, not with, to of either text. */
struct gap {
	uint32_t base, base_end, file, file_end;
};

struct finder {
	struct bk_amendments *amendments;
	BK_VEC(struct gap) gaps;
};

static int add_gap(struct finder *finder, uint32_t base, uint32_t base_end, uint32_t file, uint32_t file_end)
{
	struct gap *gap;

	if (base == base_end && file == file_end)
		return BK_OK;
	gap = BK_VEC_PUSH(&finder->gaps);
	if (!gap)
		return bk_fail_memory();
	*gap = (struct gap){base, base_end, file, file_end};
	return BK_OK;
}

/* Those of the version that the base has are numbered as there. */
static void number_paragraphs(struct bk_amendments *amendments)
{
	struct bk_tokens *tokens = &amendments->tokens;
	uint32_t fresh = (uint32_t)amendments->base->tokens.paragraphs.len;

	for (uint32_t p = 0; p < tokens->paragraphs.len; p++) {
		const uint32_t slot = *find_paragraph(amendments->base, paragraph_bytes(tokens, p));

		tokens->paragraphs.items[p].number = slot == BK_TABLE_FREE ? fresh++ : slot;
	}
}

/* Which of several short paragraphs that are alike, as "Option 2: No text", went or came, is told by what stands
 * around them: one that is matched all alone is compared with that.  more: by paragraphs' numbers, how many more
 * of it the base has than the version. */
static bool is_any(const struct finder *finder, const int32_t *more, const uint32_t *match, size_t count,
	uint32_t skip, size_t i)
{
	const struct bk_paragraph *it = &finder->amendments->base->tokens.paragraphs.items[skip + i];

	return more[it->number] != 0 && it->end - it->start < SHORT &&
	       (i == 0 || match[i - 1] == BK_NONE || match[i - 1] + 1 != match[i]) &&
	       (i + 1 == count || match[i + 1] != match[i] + 1);
}

/* numbers: those of the base's paragraphs, then of the version's. */
static void count_more(const uint32_t *numbers, size_t base_count, size_t file_count, int32_t *more)
{
	for (size_t i = 0; i < base_count; i++)
		more[numbers[i]]++;
	for (size_t i = 0; i < file_count; i++)
		more[numbers[base_count + i]]--;
}

/* Whether paragraphs of either text are the same ones in their order, and were edited. */
static bool are_edited(const struct finder *finder, struct gap gap)
{
	const uint32_t count = gap.base_end - gap.base;
	bool alike = count > 0 && count <= FEW && gap.file_end - gap.file == count, edited = false;

	for (uint32_t i = 0; alike && i < count; i++) {
		const struct bk_str a = paragraph_bytes(&finder->amendments->base->tokens, gap.base + i),
				    b = paragraph_bytes(&finder->amendments->tokens, gap.file + i);
		const size_t head = bk_str_common_start(a, b),
			     tail = bk_str_common_end(bk_str_skip(a, head), bk_str_skip(b, head)),
			     end = bk_str_common_end(a, b);

		alike = (head + tail) * 2 >= (a.len > b.len ? a.len : b.len);
		edited = edited || a.len - end > LABEL || b.len - end > LABEL;
	}
	return alike && edited;
}

static int add_three(struct finder *finder, struct gap first, struct gap second, struct gap third)
{
	const struct gap all[] = {first, second, third};
	int status = BK_OK;

	for (size_t i = 0; i < 3 && status == BK_OK; i++)
		status = add_gap(finder, all[i].base, all[i].base_end, all[i].file, all[i].file_end);
	return status;
}

/*
 * Paragraphs that stand in both, and one beside them that was edited and stands on their other side:
 *
 *	base	4 5		4 went behind 5 and was edited, or 5 went before it as it is: that tells more,
 *	version	5 4'		for the edit is compared with what it was
 *
 * before and behind: the gaps round them.  Cost: O(bytes of both).  BK_ENOMEM.
 */
static int add_crossing(
	struct finder *finder, struct gap before, struct gap same, struct gap behind, bool *is)
{
	const struct gap went = {before.base, before.base_end, behind.file, behind.file_end},
			 came = {behind.base, behind.base_end, before.file, before.file_end};

	*is = same.base_end - same.base <= FEW;
	if (*is && before.file == before.file_end && behind.base == behind.base_end &&
		are_edited(finder, went))
		return add_three(finder, (struct gap){before.base, before.base, same.file, same.file_end},
			went, (struct gap){same.base, same.base_end, behind.file_end, behind.file_end});
	if (*is && before.base == before.base_end && behind.file == behind.file_end &&
		are_edited(finder, came))
		return add_three(finder, (struct gap){same.base, same.base_end, before.file, before.file},
			came, (struct gap){behind.base_end, behind.base_end, same.file, same.file_end});
	*is = false;
	return BK_OK;
}

/* What is between the paragraphs that are matched. */
static int add_gaps(
	struct finder *finder, const uint32_t *match, uint32_t skip, size_t base_count, size_t file_count)
{
	uint32_t next = 0, there = 0;
	int status = BK_OK;

	for (uint32_t i = 0, count; i < base_count && status == BK_OK; i += count) {
		uint32_t behind;
		bool is;

		count = 1;
		if (match[i] == BK_NONE)
			continue;
		while (i + count < base_count && match[i + count] == match[i] + count)
			count++;
		for (behind = i + count; behind < base_count && match[behind] == BK_NONE;)
			behind++;
		const uint32_t file_behind = behind < base_count ? match[behind] : (uint32_t)file_count;
		const struct gap before = {skip + next, skip + i, skip + there, skip + match[i]},
				 same = {before.base_end, before.base_end + count, before.file_end,
					 before.file_end + count},
				 after = {same.base_end, skip + behind, same.file_end, skip + file_behind};

		status = add_crossing(finder, before, same, after, &is);
		if (status == BK_OK && !is)
			status = add_gap(finder, before.base, before.base_end, before.file, before.file_end);
		next = is ? behind : i + count;
		there = is ? file_behind : match[i] + count;
		count = next - i;
	}
	return status == BK_OK ? add_gap(finder, skip + next, skip + (uint32_t)base_count, skip + there,
					 skip + (uint32_t)file_count)
			       : status;
}

/* The paragraphs of the middle, once what both texts begin and end with is passed over. */
static int match_middle(struct finder *finder, uint32_t skip, size_t base_count, size_t file_count)
{
	const struct bk_paragraph *base = finder->amendments->base->tokens.paragraphs.items,
				  *file = finder->amendments->tokens.paragraphs.items;
	uint32_t *numbers = bk_malloc((2 * base_count + file_count + 1) * sizeof *numbers),
		 *match = numbers ? numbers + base_count + file_count : NULL;
	const size_t all = finder->amendments->base->tokens.paragraphs.len +
			   finder->amendments->tokens.paragraphs.len + 1;
	int32_t *more = bk_calloc(all, sizeof *more);
	struct bk_sequencer *sequencer = NULL;
	int status = numbers && more ? bk_sequencer_new(&sequencer, all) : bk_fail_memory();

	if (status != BK_OK)
		goto done;
	for (size_t i = 0; i < base_count; i++)
		numbers[i] = base[skip + i].number;
	for (size_t i = 0; i < file_count; i++)
		numbers[base_count + i] = file[skip + i].number;
	count_more(numbers, base_count, file_count, more);
	status = bk_sequencer_match(sequencer, numbers, base_count, numbers + base_count, file_count, match);
	/* All are looked at before one is let go; the numbers of the base have served. */
	for (uint32_t i = 0; i < base_count && status == BK_OK; i++)
		if (match[i] != BK_NONE && is_any(finder, more, match, base_count, skip, i))
			numbers[i] = BK_NONE;
	for (uint32_t i = 0; i < base_count && status == BK_OK; i++)
		if (numbers[i] == BK_NONE)
			match[i] = BK_NONE;
	if (status == BK_OK)
		status = add_gaps(finder, match, skip, base_count, file_count);
done:
	bk_sequencer_free(sequencer);
	bk_free(more);
	bk_free(numbers);
	return status;
}

static int find_gaps(struct finder *finder)
{
	const struct bk_tokens *base = &finder->amendments->base->tokens, *file = &finder->amendments->tokens;
	size_t base_count = base->paragraphs.len, file_count = file->paragraphs.len;
	uint32_t skip = 0;

	number_paragraphs(finder->amendments);
	while (skip < base_count && skip < file_count &&
		base->paragraphs.items[skip].number == file->paragraphs.items[skip].number)
		skip++;
	while (base_count > skip && file_count > skip &&
		base->paragraphs.items[base_count - 1].number ==
			file->paragraphs.items[file_count - 1].number)
		base_count--, file_count--;
	return match_middle(finder, skip, base_count - skip, file_count - skip);
}

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

static int add_words(struct bk_amendments *amendments, const struct stretch *base, const struct stretch *file)
{
	if (bk_str_equal(stretch_bytes(base), stretch_bytes(file)))
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

/* ---- Whole paragraphs ---------------------------------------------------------------------------------- */

static const struct bk_paragraph *paragraph_of(const struct bk_gap_side *side, size_t item)
{
	return &side->tokens->paragraphs.items[side->owners.items[item]];
}

static bool is_first(const struct bk_gap_side *side, size_t item)
{
	return item == 0 || side->owners.items[item] != side->owners.items[item - 1];
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
};

static struct cut cut_stretch(const struct stretch *whole)
{
	const struct bk_gap_side *side = whole->side;
	struct cut cut = {.head = *whole, .middle = *whole, .tail = *whole};
	size_t from = whole->item, to = whole->item_end, start = whole->end, end;

	while (from < to && !is_first(side, from))
		from++;
	while (to > from && !is_last(side, to - 1))
		to--;
	for (size_t i = from; i < to; i++)
		cut.count += is_first(side, i);
	/* What stands in both and comes next may begin a paragraph, too. */
	if (from < side->items.len && is_first(side, from) &&
		paragraph_of(side, from)->start >= whole->start &&
		paragraph_of(side, from)->start <= whole->end)
		start = paragraph_of(side, from)->start;
	end = cut.count ? paragraph_of(side, to - 1)->end : start;
	if (end > whole->end)
		end = whole->end;
	cut.head.end = cut.middle.start = start;
	cut.head.item_end = cut.middle.item = from;
	cut.middle.end = cut.tail.start = end;
	cut.middle.item_end = cut.tail.item = cut.count ? to : from;
	return cut;
}

/* Each paragraph of one side by itself; `there` is where it is missing in the other text. */
static int add_paragraphs(
	struct bk_amendments *amendments, const struct stretch *stretch, size_t there, bool in_base)
{
	const struct bk_span nothing = {there, there};

	for (size_t i = stretch->item, end; i < stretch->item_end; i = end) {
		const struct bk_paragraph *paragraph = paragraph_of(stretch->side, i);
		const struct bk_span span = {
			paragraph->start, paragraph->end < stretch->end ? paragraph->end : stretch->end};
		struct bk_amendment *amendment = bk_amendments_add(
			amendments, in_base ? span : nothing, in_base ? nothing : span, BK_AMENDMENT_WORDS);

		if (!amendment)
			return bk_fail_memory();
		amendment->whole = true;
		for (end = i + 1; end < stretch->item_end && !is_first(stretch->side, end);)
			end++;
	}
	return BK_OK;
}

static int add_stretches(
	struct bk_amendments *amendments, const struct stretch *base, const struct stretch *file)
{
	const struct cut old = cut_stretch(base), now = cut_stretch(file);
	int status;

	if (old.count + now.count == 0 ||
		(old.count == 1 && now.count == 1 && old.head.item == old.head.item_end &&
			old.tail.item == old.tail.item_end && now.head.item == now.head.item_end &&
			now.tail.item == now.tail.item_end))
		return add_words(amendments, base, file);
	status = add_words(amendments, &old.head, &now.head);
	if (status == BK_OK)
		status = add_paragraphs(amendments, &old.middle, now.middle.start, true);
	if (status == BK_OK)
		status = add_paragraphs(amendments, &now.middle, old.middle.end, false);
	return status == BK_OK ? add_words(amendments, &old.tail, &now.tail) : status;
}

/* ---- Gaps ---------------------------------------------------------------------------------------------- */

static size_t start_of(const struct bk_tokens *tokens, uint32_t paragraph)
{
	return paragraph < tokens->paragraphs.len ? tokens->paragraphs.items[paragraph].start
						  : tokens->bytes.len;
}

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
		stretch->end = items[s] < side->items.len ? side->items.items[items[s]].start
							  : start_of(side->tokens, side->paragraph_end);
	}
}

/* Between the ends that both sides have, where there is nothing to tell. */
static int walk_gap(struct bk_amendments *amendments, const struct bk_gap_match *match)
{
	const struct bk_gap_side *base = &match->base, *file = &match->file;
	const size_t end = base->items.len - match->tail;
	struct walk walk = {.stretch = {{.side = base, .start = start_of(base->tokens, base->paragraph)},
				    {.side = file, .start = start_of(file->tokens, file->paragraph)}}};
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

static int cut_gaps(struct finder *finder)
{
	struct bk_amendments *amendments = finder->amendments;
	struct bk_base *base = amendments->base;
	int status = BK_OK;

	for (size_t g = 0; g < finder->gaps.len; g++) {
		const struct gap *gap = &finder->gaps.items[g];

		for (uint32_t p = gap->base; p < gap->base_end && status == BK_OK; p++)
			status = bk_tokens_cut(&base->tokens, &base->vocabulary, p);
		for (uint32_t p = gap->file; p < gap->file_end && status == BK_OK; p++) {
			const uint32_t beside = gap->base + (p - gap->file);

			status = beside < gap->base_end
					 ? bk_tokens_cut_beside(&amendments->tokens, &base->vocabulary, p,
						   &base->tokens, beside)
					 : bk_tokens_cut(&amendments->tokens, &base->vocabulary, p);
		}
	}
	return status;
}

static int walk_gaps(struct finder *finder)
{
	struct bk_amendments *amendments = finder->amendments;
	struct bk_gap_match match = {
		.base.tokens = &amendments->base->tokens,
		.file.tokens = &amendments->tokens,
		.vocabulary = &amendments->base->vocabulary,
	};
	struct bk_sequencer *sequencer = NULL;
	int status = cut_gaps(finder);

	if (status == BK_OK)
		status = bk_sequencer_new(&sequencer, amendments->base->vocabulary.entries.len);
	for (size_t g = 0; g < finder->gaps.len && status == BK_OK; g++) {
		const struct gap *gap = &finder->gaps.items[g];

		match.base.paragraph = gap->base;
		match.base.paragraph_end = gap->base_end;
		match.file.paragraph = gap->file;
		match.file.paragraph_end = gap->file_end;
		status = bk_gap_match_find(&match, sequencer);
		if (status == BK_OK)
			status = walk_gap(amendments, &match);
	}
	bk_gap_match_release(&match);
	bk_sequencer_free(sequencer);
	return status;
}

/* ---- The door ------------------------------------------------------------------------------------------ */

int bk_amendments_find(
	struct bk_amendments *amendments, struct bk_base *base, struct bk_str bytes, const char *party)
{
	struct finder finder = {.amendments = amendments};
	int status;

	*amendments = (struct bk_amendments){.base = base,
		.bytes = bytes,
		.party = party,
		.shells = {.bytes = bytes, .notation = base->notation}};
	if (bk_str_equal(bytes, base->tokens.bytes))
		return BK_OK;
	status = bk_pairing_find(&amendments->pairing, bytes, base->notation.conventions);
	if (status == BK_OK)
		status = bk_pairing_find_braces(&amendments->braces, bytes, base->notation.conventions);
	if (status == BK_OK)
		status = bk_tokens_init(&amendments->tokens, bytes);
	if (status == BK_OK)
		status = find_gaps(&finder);
	if (status == BK_OK)
		status = walk_gaps(&finder);
	if (status == BK_OK)
		status = bk_amendments_find_moves(amendments);
	if (status == BK_OK)
		status = bk_amendments_join_gone(amendments);
	if (status == BK_OK)
		status = bk_amendments_find_brackets(amendments);
	/* What is found hangs on this version alone, whichever were compared with the base before. */
	bk_shells_release(&base->shells);
	bk_shells_release(&amendments->shells);
	BK_VEC_RELEASE(&finder.gaps);
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
