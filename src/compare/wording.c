/*
 * Wording: what differs outside of the brackets whose fate is told.
 *
 * Words that came or went are told as one run between the words that stand in both texts; where all of them lie in
 * disputed brackets, the fates of these have said so already.  Between words that stand in both and are neighbours
 * in both, and before the first and behind the last of a block, punctuation may have changed, or a paragraph ends in
 * one text alone; in such a word, its capitals, or what nobody sees.  A bracket that is kept has the same words: its
 * fate says nothing of their punctuation, nor of kept brackets that changed places.  Line ends are told once for all.
 */
#include "compare/wording_private.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "compare/run.h"

/* ---- What is told elsewhere ---------------------------------------------------------------------------- */

/* Whether the words of a bracket are told by its fate: those of one that is kept are not. */
static bool says_more(const struct bk_fate *fate)
{
	return fate->kind != BK_DIFFERENCE_KEPT &&
	       (fate->kind != BK_DIFFERENCE_MOVED || (fate->details & BK_DETAIL_REWORDED));
}

/* Whether a bracket answers for a word: one that is kept has it still. */
static bool is_answered(const struct bk_wording_part *part, uint32_t word)
{
	uint32_t around = part->enclosures->of_word[word];

	while (around != BK_NONE && part->enclosures->items.items[around].bracket == BK_NONE)
		around = part->enclosures->items.items[around].parent;
	return around != BK_NONE;
}

/* Whether the fate of a bracket tells what became of a word. */
static bool is_told(const struct bk_wording_part *part, uint32_t word)
{
	const uint32_t around = part->enclosures->of_word[word];

	return around != BK_NONE && part->told[around];
}

static void find_told(struct bk_wording_part *part)
{
	for (size_t i = 0; i < part->enclosures->items.len; i++) {
		const struct bk_enclosure *it = &part->enclosures->items.items[i];

		part->told[i] = (it->parent != BK_NONE && part->told[it->parent]) ||
				(it->bracket != BK_NONE && says_more(&part->fates[it->bracket]));
	}
}

static void set_apart(struct bk_wording_part *part, size_t start, size_t end)
{
	for (size_t at = start; at < end; at++)
		part->apart[at / 64] |= (uint64_t)1 << at % 64;
}

static bool is_apart(const struct bk_wording_part *part, size_t at)
{
	return part->apart[at / 64] >> at % 64 & 1;
}

/* Names, labels, the marks of footnotes, and those of brackets that have a fate. */
static void find_apart(struct bk_wording_part *part)
{
	const struct bk_draft *draft = part->words->draft;

	for (size_t i = 0; i < draft->attribution_count; i++)
		set_apart(part, draft->attributions[i].notation.start, draft->attributions[i].notation.end);
	for (size_t i = 0; i < draft->node_count; i++)
		if (bk_node_has_label(draft, (uint32_t)i))
			set_apart(part, draft->nodes[i].offset, bk_node_behind_label(draft, (uint32_t)i));
	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		if (bk_bracket_is_mark(draft, bracket)) {
			set_apart(part, bracket->start, bracket->end);
		} else if (part->fates[i].kind != BK_DIFFERENCE_COUNT) {
			set_apart(part, bracket->start, bracket->start + 1);
			set_apart(part, bracket->end - 1, bracket->end);
		}
	}
}

static int prepare_part(struct bk_wording_part *part, const struct bk_words *words,
	const struct bk_enclosures *enclosures, const struct bk_fate *fates)
{
	*part = (struct bk_wording_part){.words = words, .enclosures = enclosures, .fates = fates};
	part->told = bk_malloc(enclosures->items.len + 1);
	part->apart = bk_calloc(words->draft->bytes.len / 64 + 1, sizeof *part->apart);
	if (!part->told || !part->apart)
		return bk_fail_memory();
	find_told(part);
	find_apart(part);
	return BK_OK;
}

static void release_part(struct bk_wording_part *part)
{
	bk_free(part->told);
	bk_free(part->apart);
}

/* The words of a run for which no bracket answers, from the first to the last of them; false when there are none. */
static bool untold(const struct bk_wording_part *part, uint32_t first, uint32_t last, struct bk_span *out)
{
	bool found = false;

	for (uint32_t w = first; w < last; w++) {
		const struct bk_word *word = &part->words->items.items[w];

		if (is_answered(part, w))
			continue;
		if (!found)
			out->start = word->start;
		out->end = word->end;
		found = true;
	}
	return found;
}

/* ---- Runs of words ------------------------------------------------------------------------------------- */

int bk_wording_tell(struct bk_wording *walk, enum bk_difference_kind kind, struct bk_span old,
	struct bk_span now, const char *detail)
{
	return bk_comparison_add(walk->comparison, &(struct bk_difference){.kind = kind,
							   .in_old = true,
							   .in_new = true,
							   .old_span = old,
							   .new_span = now,
							   .old_bracket = BK_NONE,
							   .new_bracket = BK_NONE,
							   .detail = detail});
}

static int tell_small(struct bk_wording *walk, struct bk_span old, struct bk_span now, const char *detail)
{
	return bk_wording_tell(walk, BK_DIFFERENCE_TEXT_CHANGED, old, now, detail);
}

static int tell_run(struct bk_wording *walk, const struct bk_run *run)
{
	struct bk_difference difference = {.old_bracket = BK_NONE,
		.new_bracket = BK_NONE,
		.kind = BK_DIFFERENCE_TEXT_CHANGED,
		.detail = ""};

	difference.in_old = untold(&walk->old, run->old, run->old_end, &difference.old_span);
	difference.in_new = untold(&walk->now, run->now, run->now_end, &difference.new_span);
	if (!difference.in_old && !difference.in_new)
		return BK_OK;
	if (!difference.in_old)
		difference.kind = BK_DIFFERENCE_TEXT_ADDED;
	else if (!difference.in_new)
		difference.kind = BK_DIFFERENCE_TEXT_DELETED;
	return bk_comparison_add(walk->comparison, &difference);
}

/* ---- Words and gaps that stand in both ----------------------------------------------------------------- */

static struct bk_str bytes_of(const struct bk_wording_part *part, size_t start, size_t end)
{
	return (struct bk_str){part->words->draft->bytes.ptr + start, end - start};
}

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == 0x2019;
}

/* What tells two spellings of a word apart: some capitals, an apostrophe, or what nobody sees. */
static const char *tell_apart(struct bk_str old, struct bk_str now)
{
	size_t a = 0, b = 0, a_size, b_size;
	bool capitals = false;

	for (; a < old.len && b < now.len; a += a_size, b += b_size) {
		const uint32_t x = bk_utf8_decode(bk_str_skip(old, a), &a_size);
		const uint32_t y = bk_utf8_decode(bk_str_skip(now, b), &b_size);

		if (x == y || (is_apostrophe(x) && is_apostrophe(y)))
			continue;
		if (x == BK_UTF8_BAD || y == BK_UTF8_BAD || bk_utf8_to_lower(x) != bk_utf8_to_lower(y))
			return "invisible";
		capitals = true;
	}
	if (a < old.len || b < now.len)
		return "invisible";
	return capitals ? "capitals" : "punctuation";
}

static int tell_word(struct bk_wording *walk, uint32_t old, uint32_t now)
{
	const struct bk_word *a = &walk->old.words->items.items[old], *b = &walk->now.words->items.items[now];
	const struct bk_str was = bytes_of(&walk->old, a->start, a->end),
			    is = bytes_of(&walk->now, b->start, b->end);
	const bool told = is_told(&walk->old, old) || is_told(&walk->now, now);
	const char *detail;

	if (bk_str_equal(was, is))
		return BK_OK;
	detail = tell_apart(was, is);
	if (told && strcmp(detail, "invisible") != 0)
		return BK_OK;
	return tell_small(
		walk, (struct bk_span){a->start, a->end}, (struct bk_span){b->start, b->end}, detail);
}

/* What nobody sees of a gap. */
static void read_hidden(struct bk_buf *hidden, struct bk_str bytes)
{
	for (size_t at = 0, size; at < bytes.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

		if ((code >= 0x80 && code != BK_UTF8_BAD && bk_utf8_is_space(code)) ||
			(code != '\r' && code != BK_UTF8_BAD && bk_utf8_hidden(code, 0, 0) != BK_HIDDEN_NOT))
			bk_buf_put(hidden, bytes.ptr + at, size);
	}
}

/* Whether a line has the mark of a list at offset, which is layout as emphasis is. */
static bool is_list_mark(struct bk_str bytes, size_t at)
{
	size_t start = at;

	if ((bytes.ptr[at] != '-' && bytes.ptr[at] != '+') || at + 1 >= bytes.len ||
		!bk_is_blank(bytes.ptr[at + 1]))
		return false;
	while (start > 0 && bk_is_blank(bytes.ptr[start - 1]))
		start--;
	return start == 0 || bytes.ptr[start - 1] == '\n';
}

/* The punctuation of a gap, and marks of brackets that nothing else tells of. */
static void read_marks(const struct bk_wording_part *part, struct bk_span gap, struct bk_buf *marks)
{
	const struct bk_str bytes = {part->words->draft->bytes.ptr, gap.end};

	for (size_t at = gap.start, size; at < gap.end; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

		if (is_apart(part, at) || (code != BK_UTF8_BAD && bk_utf8_is_space(code)) || code == '*' ||
			code == '_' || code == '#' || is_list_mark(bytes, at) ||
			(code != BK_UTF8_BAD && bk_utf8_hidden(code, 0, 0) != BK_HIDDEN_NOT))
			continue;
		bk_buf_put(marks, bytes.ptr + at, size);
	}
}

/* A gap shows nothing: with the words around it there is something to read. */
static struct bk_span with_words(const struct bk_wording_part *part, struct bk_span gap)
{
	const uint32_t next = bk_words_from(part->words, gap.end);

	if (next > 0)
		gap.start = part->words->items.items[next - 1].start;
	if (next < part->words->items.len)
		gap.end = part->words->items.items[next].end;
	return gap;
}

static bool is_same(const struct bk_wording *walk, struct bk_span old, struct bk_span now)
{
	return bk_str_equal(
		bytes_of(&walk->old, old.start, old.end), bytes_of(&walk->now, now.start, now.end));
}

/* What is the same in both gaps tells nothing. */
static int tell_gap(struct bk_wording *walk, const struct bk_buf *was, const struct bk_buf *is,
	struct bk_span old, struct bk_span now, const char *detail)
{
	int status = bk_buf_status(was);

	if (status == BK_OK)
		status = bk_buf_status(is);
	if (status != BK_OK || bk_str_equal(bk_buf_str(was), bk_buf_str(is)))
		return status;
	return tell_small(walk, old, now, detail);
}

static int tell_hidden(struct bk_wording *walk, struct bk_span old, struct bk_span now)
{
	struct bk_buf was = BK_BUF_INIT, is = BK_BUF_INIT;
	int status;

	if (is_same(walk, old, now))
		return BK_OK;
	read_hidden(&was, bytes_of(&walk->old, old.start, old.end));
	read_hidden(&is, bytes_of(&walk->now, now.start, now.end));
	status = tell_gap(
		walk, &was, &is, with_words(&walk->old, old), with_words(&walk->now, now), "invisible");
	bk_buf_release(&was);
	bk_buf_release(&is);
	return status;
}

/* Punctuation between old and now, told with the words around. */
static int tell_marks(struct bk_wording *walk, struct bk_span old, struct bk_span now,
	struct bk_span old_around, struct bk_span now_around)
{
	struct bk_buf was = BK_BUF_INIT, is = BK_BUF_INIT;
	int status;

	if (is_same(walk, old, now))
		return BK_OK;
	read_marks(&walk->old, old, &was);
	read_marks(&walk->now, now, &is);
	status = tell_gap(walk, &was, &is, old_around, now_around, "punctuation");
	bk_buf_release(&was);
	bk_buf_release(&is);
	return status;
}

/* A word with the block that it stands in. */
struct place {
	const struct bk_word *word;
	const struct bk_block *block;
	bool first, last; /* of the block */
};

static struct place place_of(struct bk_wording_part *part, uint32_t word)
{
	const struct bk_blocks *blocks = &part->words->blocks;
	struct place place = {.word = &part->words->items.items[word]};

	part->block = bk_blocks_near(blocks, place.word->start, part->block);
	place.block = &blocks->list.items[part->block];
	place.first = word == place.block->first;
	place.last = word + 1 == place.block->last;
	return place;
}

/* The punctuation before the first words of two blocks, and behind their last ones. */
static int tell_ends(struct bk_wording *walk, uint32_t old, uint32_t now)
{
	const struct place was = place_of(&walk->old, old), is = place_of(&walk->now, now);
	int status = BK_OK;

	if (was.first && is.first)
		status = tell_marks(walk, (struct bk_span){was.block->start, was.word->start},
			(struct bk_span){is.block->start, is.word->start},
			(struct bk_span){was.block->text, was.word->end},
			(struct bk_span){is.block->text, is.word->end});
	if (status == BK_OK && was.last && is.last)
		status = tell_marks(walk, (struct bk_span){was.word->end, was.block->text_end},
			(struct bk_span){is.word->end, is.block->text_end},
			(struct bk_span){was.word->start, was.block->text_end},
			(struct bk_span){is.word->start, is.block->text_end});
	return status;
}

/* Whether a blank line is in a gap. */
static bool ends_paragraph(const struct bk_wording_part *part, struct bk_span gap)
{
	const struct bk_str bytes = bytes_of(part, gap.start, gap.end);
	size_t feeds = 0;

	for (size_t i = 0; i < bytes.len && feeds < 2; i++)
		feeds = bk_is_space(bytes.ptr[i]) ? feeds + (bytes.ptr[i] == '\n') : 0;
	return feeds == 2;
}

/* Whether a word begins a paragraph; of one that is labelled its label tells. */
static bool opens_paragraph(const struct place *place)
{
	return place->first && !place->block->labelled;
}

/* The gap before two words that stand in both, as their neighbours do. */
static int tell_gap_before(struct bk_wording *walk, uint32_t old, uint32_t now, bool told)
{
	const struct bk_word *old_words = walk->old.words->items.items,
			     *new_words = walk->now.words->items.items;
	const struct bk_span gap = {old_words[old - 1].end, old_words[old].start},
			     new_gap = {new_words[now - 1].end, new_words[now].start};
	int status = tell_hidden(walk, gap, new_gap);

	if (status != BK_OK || told || is_told(&walk->old, old - 1) || is_told(&walk->now, now - 1))
		return status;

	const struct place was = place_of(&walk->old, old), is = place_of(&walk->now, now);

	if (opens_paragraph(&was) != opens_paragraph(&is) &&
		ends_paragraph(&walk->old, gap) != ends_paragraph(&walk->now, new_gap))
		return tell_small(
			walk, with_words(&walk->old, gap), with_words(&walk->now, new_gap), "paragraphs");
	if (was.first || is.first)
		return BK_OK;
	return tell_marks(walk, gap, new_gap, with_words(&walk->old, gap), with_words(&walk->now, new_gap));
}

static int tell_match(struct bk_wording *walk, uint32_t old, uint32_t now)
{
	const uint32_t *to_new = walk->comparison->matches.to_new;
	const bool told = is_told(&walk->old, old) || is_told(&walk->now, now);
	int status = tell_word(walk, old, now);

	if (status == BK_OK && !told)
		status = tell_ends(walk, old, now);
	if (status != BK_OK || old == 0 || now == 0 || to_new[old - 1] != now - 1)
		return status;
	return tell_gap_before(walk, old, now, told);
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int tell_runs(struct bk_wording *walk, uint32_t passage)
{
	struct bk_runs runs = bk_runs_of(&walk->comparison->matches, passage);
	struct bk_run run;
	int status = BK_OK;

	while (status == BK_OK && bk_runs_next(&runs, &run))
		status = tell_run(walk, &run);
	return status;
}

static struct bk_span bracket_span(const struct bk_wording_part *part, uint32_t bracket)
{
	const struct bk_bracket *it = &part->words->draft->brackets[bracket];

	return (struct bk_span){it->start, it->end};
}

/* Brackets of a passage that are kept, but stand before one which they stood behind. */
static int tell_order(struct bk_wording *walk, uint32_t passage)
{
	const struct bk_passage *it = &walk->comparison->matches.alignment.passages.items[passage];
	const struct bk_block *blocks = walk->old.words->blocks.list.items;
	const bk_draft *old = walk->old.words->draft;
	size_t furthest = 0, b;
	int status = BK_OK;

	if (it->old_first == it->old_last || it->new_first == it->new_last)
		return BK_OK;
	b = BK_SEARCH(i, old->bracket_count, old->brackets[i].start < blocks[it->old_first].start);
	for (; b < old->bracket_count && old->brackets[b].start < blocks[it->old_last - 1].end &&
		status == BK_OK;
		b++) {
		const struct bk_fate *fate = &walk->old.fates[b];
		struct bk_span now;

		if (fate->kind != BK_DIFFERENCE_KEPT || fate->partner == BK_NONE)
			continue;
		now = bracket_span(&walk->now, fate->partner);
		if (now.start < furthest)
			status = tell_small(walk, bracket_span(&walk->old, (uint32_t)b), now, "order");
		else
			furthest = now.start;
	}
	return status;
}

static int tell_matches(struct bk_wording *walk, uint32_t passage)
{
	const struct bk_matches *matches = &walk->comparison->matches;
	uint32_t old, old_end;
	int status = BK_OK;

	bk_matches_old_words(matches, passage, &old, &old_end);
	for (; old < old_end && status == BK_OK; old++)
		if (matches->to_new[old] != BK_NONE)
			status = tell_match(walk, old, matches->to_new[old]);
	return status;
}

static int tell_passage(struct bk_wording *walk, uint32_t index)
{
	int status = bk_wording_labels(walk, &walk->comparison->matches.alignment.passages.items[index]);

	if (status == BK_OK)
		status = tell_runs(walk, index);
	if (status == BK_OK)
		status = tell_order(walk, index);
	return status == BK_OK ? tell_matches(walk, index) : status;
}

static size_t count_crlf(struct bk_str bytes)
{
	size_t count = 0;

	for (const char *at = bytes.ptr;
		bytes.len && (at = memchr(at, '\r', (size_t)(bytes.ptr + bytes.len - at))); at++)
		count += at + 1 < bytes.ptr + bytes.len && at[1] == '\n';
	return count;
}

/* Line ends are told once for the text: who changes one changes all. */
static int tell_line_ends(struct bk_wording *walk)
{
	const struct bk_str was = walk->old.words->draft->bytes, is = walk->now.words->draft->bytes;
	const size_t crlf = count_crlf(was), now_crlf = count_crlf(is);
	const char *at, *now_at;

	if ((crlf > 0) == (now_crlf > 0))
		return BK_OK;
	at = memchr(was.ptr, '\n', was.len);
	now_at = memchr(is.ptr, '\n', is.len);
	if (!at || !now_at)
		return BK_OK;
	return tell_small(walk, (struct bk_span){(size_t)(at - was.ptr), (size_t)(at - was.ptr) + 1},
		(struct bk_span){(size_t)(now_at - is.ptr), (size_t)(now_at - is.ptr) + 1}, "line ends");
}

static int tell_all(struct bk_wording *walk)
{
	const struct bk_matches *matches = &walk->comparison->matches;
	int status = tell_line_ends(walk);

	for (uint32_t p = 0; p < matches->alignment.passages.len && status == BK_OK; p++) {
		status = bk_stop_check(&matches->stop);
		if (status == BK_OK)
			status = tell_passage(walk, p);
	}
	return status;
}

int bk_wording_find(struct bk_comparison *comparison)
{
	const struct bk_fates *fates = &comparison->fates;
	struct bk_wording walk = {.comparison = comparison};
	int status = prepare_part(&walk.old, &comparison->matches.old, &fates->old_enclosures, fates->old);

	if (status == BK_OK)
		status =
			prepare_part(&walk.now, &comparison->matches.now, &fates->new_enclosures, fates->now);
	if (status == BK_OK)
		status = tell_all(&walk);
	release_part(&walk.old);
	release_part(&walk.now);
	return status;
}
