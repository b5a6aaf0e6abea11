/* The paragraphs of the base, and which of them a version has as they are. */
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

void bk_base_begin(struct bk_base *base, struct bk_str bytes, const struct bk_notation *notation)
{
	*base = (struct bk_base){.notation = *notation,
		.tokens.bytes = bytes,
		.shells = {.bytes = bytes, .notation = *notation},
		.vocabulary = BK_VOCABULARY_INIT};
}

int bk_base_pair(struct bk_base *base)
{
	return bk_pairing_find(&base->pairing, &base->braces, base->tokens.bytes, base->notation.conventions);
}

int bk_base_number(struct bk_base *base)
{
	int status = bk_tokens_init(&base->tokens, base->tokens.bytes);

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

int bk_base_borrow(struct bk_base *base, const struct bk_base *from)
{
	const size_t count = from->tokens.paragraphs.len;

	bk_base_begin(base, from->tokens.bytes, &from->notation);
	if (!BK_VEC_RESERVE(&base->tokens.paragraphs, count + 1))
		return bk_fail_memory();
	if (count)
		memcpy(base->tokens.paragraphs.items, from->tokens.paragraphs.items,
			count * sizeof *from->tokens.paragraphs.items);
	base->tokens.paragraphs.len = count;
	base->pairing = from->pairing;
	base->braces = from->braces;
	base->by_bytes = from->by_bytes;
	base->borrows = true;
	return BK_OK;
}

void bk_base_release(struct bk_base *base)
{
	if (!base->borrows) {
		bk_pairing_release(&base->pairing);
		bk_pairing_release(&base->braces);
		bk_table_release(&base->by_bytes);
	}
	bk_tokens_release(&base->tokens);
	bk_shells_release(&base->shells);
	bk_vocabulary_release(&base->vocabulary);
}

/* ---- Paragraphs that stand in both --------------------------------------------------------------------- */

enum {
	SHORT = 100, /* bytes of a paragraph that says little by itself */
	FEW = 3,     /* paragraphs that may have changed places */
	LABEL = 16,  /* bytes that a paragraph which only got another label begins with */
};

struct finder {
	struct bk_amendments *amendments;
	bk_gaps *gaps;
};

static int add_gap(struct finder *finder, uint32_t base, uint32_t base_end, uint32_t file, uint32_t file_end)
{
	struct bk_gap *gap;

	if (base == base_end && file == file_end)
		return BK_OK;
	gap = BK_VEC_PUSH(finder->gaps);
	if (!gap)
		return bk_fail_memory();
	*gap = (struct bk_gap){base, base_end, file, file_end};
	return BK_OK;
}

/* Those of the version that the base has are numbered as there: nearly always the next one is the base's next one. */
static void number_paragraphs(struct bk_amendments *amendments)
{
	const struct bk_base *base = amendments->base;
	struct bk_tokens *tokens = &amendments->tokens;
	uint32_t fresh = (uint32_t)base->tokens.paragraphs.len, next = 0;

	for (uint32_t p = 0; p < tokens->paragraphs.len; p++, next++) {
		const struct bk_str bytes = paragraph_bytes(tokens, p);
		uint32_t *number = &tokens->paragraphs.items[p].number, slot;

		if (next < base->tokens.paragraphs.len &&
			bk_str_equal(paragraph_bytes(&base->tokens, next), bytes)) {
			*number = base->tokens.paragraphs.items[next].number;
			continue;
		}
		slot = *find_paragraph(base, bytes);
		*number = slot == BK_TABLE_FREE ? fresh++ : slot;
		next = slot == BK_TABLE_FREE ? next : slot;
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
static bool are_edited(const struct finder *finder, struct bk_gap gap)
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

static int add_three(struct finder *finder, struct bk_gap first, struct bk_gap second, struct bk_gap third)
{
	const struct bk_gap all[] = {first, second, third};
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
	struct finder *finder, struct bk_gap before, struct bk_gap same, struct bk_gap behind, bool *is)
{
	const struct bk_gap went = {before.base, before.base_end, behind.file, behind.file_end},
			    came = {behind.base, behind.base_end, before.file, before.file_end};

	*is = same.base_end - same.base <= FEW;
	if (*is && before.file == before.file_end && behind.base == behind.base_end &&
		are_edited(finder, went))
		return add_three(finder, (struct bk_gap){before.base, before.base, same.file, same.file_end},
			went, (struct bk_gap){same.base, same.base_end, behind.file_end, behind.file_end});
	if (*is && before.base == before.base_end && behind.file == behind.file_end &&
		are_edited(finder, came))
		return add_three(finder, (struct bk_gap){same.base, same.base_end, before.file, before.file},
			came, (struct bk_gap){behind.base_end, behind.base_end, same.file, same.file_end});
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
		const struct bk_gap before = {skip + next, skip + i, skip + there, skip + match[i]},
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

/*
 * A heading above its title goes with that, though one like it stands above another:
 *
 *	base	Article 4 | Loss			"Article 4" became "Article 5": both go with the titles
 *	version	Article 4 | Aim | Article 5 | Loss
 */
static void let_headings_go(const struct finder *finder, uint32_t *match, size_t count, uint32_t skip)
{
	const struct bk_tokens *base = &finder->amendments->base->tokens, *file = &finder->amendments->tokens;
	uint32_t before = BK_NONE; /* where the paragraph before stands in the version */

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t there = match[i];
		const bool goes_on = before != BK_NONE && before + 1 == there;

		before = there;
		if (goes_on || (there == BK_NONE && (i == 0 || match[i - 1] == BK_NONE)))
			continue;
		if (i > 0 && bk_paragraph_is_heading(base, skip + i - 1))
			match[i - 1] = match[i] = BK_NONE;
		else if (there != BK_NONE && there > 0 && bk_paragraph_is_heading(file, skip + there - 1))
			match[i] = BK_NONE;
	}
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
		let_headings_go(finder, match, base_count, skip);
	if (status == BK_OK)
		status = add_gaps(finder, match, skip, base_count, file_count);
done:
	bk_sequencer_free(sequencer);
	bk_free(more);
	bk_free(numbers);
	return status;
}

int bk_amendments_find_gaps(struct bk_amendments *amendments, bk_gaps *gaps)
{
	const struct bk_tokens *base = &amendments->base->tokens, *file = &amendments->tokens;
	struct finder finder = {amendments, gaps};
	size_t base_count = base->paragraphs.len, file_count = file->paragraphs.len;
	uint32_t skip = 0;

	number_paragraphs(amendments);
	while (skip < base_count && skip < file_count &&
		base->paragraphs.items[skip].number == file->paragraphs.items[skip].number)
		skip++;
	while (base_count > skip && file_count > skip &&
		base->paragraphs.items[base_count - 1].number ==
			file->paragraphs.items[file_count - 1].number)
		base_count--, file_count--;
	if (skip > 0 && bk_paragraph_is_heading(base, skip - 1))
		skip--;
	if (base_count < base->paragraphs.len &&
		((base_count > skip && bk_paragraph_is_heading(base, (uint32_t)base_count - 1)) ||
			(file_count > skip && bk_paragraph_is_heading(file, (uint32_t)file_count - 1))))
		base_count++, file_count++;
	return match_middle(&finder, skip, base_count - skip, file_count - skip);
}
