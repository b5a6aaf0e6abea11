/*
 * Wording: what differs outside of the brackets whose fate is told.
 *
 * Words that came or went are told as one run between the words that stand in both texts; where all of them lie in
 * disputed brackets, the fates of these have said so already.  Between words that stand in both and are neighbours
 * in both, punctuation may have changed; in such a word, its capitals, or what nobody sees.
 */
#include "compare/comparison.h"

#include "base/utf8.h"
#include "compare/run.h"

/* One side of what is walked: its words, and which of them brackets answer for. */
struct part {
	const struct bk_words *words;
	const struct bk_enclosures *enclosures;
	const struct bk_fate *fates; /* of each bracket */
};

struct walk {
	struct bk_comparison *comparison;
	struct part old, now;
};

/* Whether the fate of a bracket tells what became of a word. */
static bool is_told(const struct part *part, uint32_t word)
{
	uint32_t around = part->enclosures->of_word[word];

	while (around != BK_NONE && part->enclosures->items.items[around].bracket == BK_NONE)
		around = part->enclosures->items.items[around].parent;
	return around != BK_NONE;
}

/* The words of a run for which no bracket answers, from the first to the last of them; false when there are none. */
static bool untold(const struct part *part, uint32_t first, uint32_t last, struct bk_span *out)
{
	bool found = false;

	for (uint32_t w = first; w < last; w++) {
		const struct bk_word *word = &part->words->items.items[w];

		if (is_told(part, w))
			continue;
		if (!found)
			out->start = word->start;
		out->end = word->end;
		found = true;
	}
	return found;
}

/* ---- Runs of words ------------------------------------------------------------------------------------- */

static int tell_run(struct walk *walk, const struct bk_run *run)
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

static struct bk_str bytes_of(const struct part *part, size_t start, size_t end)
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

static int tell_small(struct walk *walk, struct bk_span old, struct bk_span now, const char *detail)
{
	return bk_comparison_add(walk->comparison, &(struct bk_difference){.kind = BK_DIFFERENCE_TEXT_CHANGED,
							   .in_old = true,
							   .in_new = true,
							   .old_span = old,
							   .new_span = now,
							   .old_bracket = BK_NONE,
							   .new_bracket = BK_NONE,
							   .detail = detail});
}

static int tell_word(struct walk *walk, uint32_t old, uint32_t now)
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

/* What is read of a gap: its punctuation, and apart from that what nobody sees. */
struct gap {
	struct bk_buf marks, hidden;
	bool structured; /* holds brackets, names or labels, which are told elsewhere */
};

static void read_gap(struct gap *gap, struct bk_str bytes)
{
	for (size_t at = 0, size; at < bytes.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

		if ((code >= 0x80 && code != BK_UTF8_BAD && bk_utf8_is_space(code)) ||
			(code != '\r' && code != BK_UTF8_BAD &&
				bk_utf8_hidden(code, 0, 0) != BK_HIDDEN_NOT)) {
			bk_buf_put(&gap->hidden, bytes.ptr + at, size);
			continue;
		}
		if (code < 0x80 && (bk_is_space((char)code) || code == '*' || code == '_'))
			continue;
		if (code == '[' || code == ']' || code == '{' || code == '}' || code == '#' || code == '(' ||
			code == ')' || (code < 0x80 && bk_is_word((char)code)) || bk_utf8_is_letter(code))
			gap->structured = true;
		bk_buf_put(&gap->marks, bytes.ptr + at, size);
	}
}

static void release_gap(struct gap *gap)
{
	bk_buf_release(&gap->marks);
	bk_buf_release(&gap->hidden);
}

/* A gap shows nothing: with the words around it there is something to read. */
static struct bk_span with_words(const struct part *part, struct bk_span gap)
{
	const uint32_t next = bk_words_from(part->words, gap.end);

	return (struct bk_span){part->words->items.items[next - 1].start, part->words->items.items[next].end};
}

/* The gaps before two matched words whose neighbours are matched too. */
static int tell_gap(struct walk *walk, struct bk_span old, struct bk_span now, bool told)
{
	struct gap was = {.marks = BK_BUF_INIT, .hidden = BK_BUF_INIT};
	struct gap is = {.marks = BK_BUF_INIT, .hidden = BK_BUF_INIT};
	int status = BK_OK;

	if (bk_str_equal(bytes_of(&walk->old, old.start, old.end), bytes_of(&walk->now, now.start, now.end)))
		return BK_OK;
	read_gap(&was, bytes_of(&walk->old, old.start, old.end));
	read_gap(&is, bytes_of(&walk->now, now.start, now.end));
	if (was.marks.failed || was.hidden.failed || is.marks.failed || is.hidden.failed)
		status = bk_buf_status(was.marks.failed	   ? &was.marks
				       : was.hidden.failed ? &was.hidden
				       : is.marks.failed   ? &is.marks
							   : &is.hidden);
	else if (!bk_str_equal(bk_buf_str(&was.hidden), bk_buf_str(&is.hidden)))
		status = tell_small(
			walk, with_words(&walk->old, old), with_words(&walk->now, now), "invisible");
	else if (!told && !was.structured && !is.structured &&
		 !bk_str_equal(bk_buf_str(&was.marks), bk_buf_str(&is.marks)))
		status = tell_small(walk, old, now, "punctuation");
	release_gap(&was);
	release_gap(&is);
	return status;
}

static int tell_match(struct walk *walk, uint32_t old, uint32_t now)
{
	const struct bk_word *was = walk->old.words->items.items, *is = walk->now.words->items.items;
	const uint32_t *to_new = walk->comparison->matches.to_new;
	int status = tell_word(walk, old, now);

	if (status != BK_OK || old == 0 || now == 0 || to_new[old - 1] != now - 1)
		return status;
	return tell_gap(walk, (struct bk_span){was[old - 1].end, was[old].start},
		(struct bk_span){is[now - 1].end, is[now].start},
		is_told(&walk->old, old) || is_told(&walk->old, old - 1) || is_told(&walk->now, now) ||
			is_told(&walk->now, now - 1));
}

/* ---- Labels -------------------------------------------------------------------------------------------- */

static const struct bk_node *opened_node(const struct bk_words *words, uint32_t block)
{
	const struct bk_block *it = &words->blocks.list.items[block];

	return it->labelled ? &words->draft->nodes[it->node] : NULL;
}

static struct bk_span label_span(const struct bk_words *words, const struct bk_node *node)
{
	const struct bk_str there = bk_str_skip(words->draft->bytes, node->offset);
	const size_t len = strlen(node->label);

	return (struct bk_span){node->offset, node->offset + (len < there.len ? len : there.len)};
}

static struct bk_span block_span(const struct bk_words *words, uint32_t block)
{
	const struct bk_block *it = &words->blocks.list.items[block];

	return (struct bk_span){it->start, it->end};
}

static bool has_label(const struct bk_words *words, const struct bk_node *node)
{
	return bk_node_has_label(words->draft, (uint32_t)(node - words->draft->nodes));
}

/* A new label, or a new place. */
static int tell_label(struct walk *walk, const struct bk_passage *passage)
{
	const struct bk_words *old = walk->old.words, *now = walk->now.words;
	const struct bk_node *was = opened_node(old, passage->old_first),
			     *is = opened_node(now, passage->new_first);
	const bool moved = passage->kind == BK_PASSAGE_MOVED;
	struct bk_difference difference = {.kind = BK_DIFFERENCE_RENUMBERED,
		.in_old = true,
		.in_new = true,
		.old_bracket = BK_NONE,
		.new_bracket = BK_NONE,
		.detail = moved ? "moved" : ""};

	if (!moved && (!was || !is || strcmp(was->label, is->label) == 0 || !has_label(old, was) ||
			      !has_label(now, is)))
		return BK_OK;
	difference.old_span = was && !moved ? label_span(old, was) : block_span(old, passage->old_first);
	difference.new_span = is && !moved ? label_span(now, is) : block_span(now, passage->new_first);
	return bk_comparison_add(walk->comparison, &difference);
}

/* Whether something without words lies in a bracket of which more is told than that it is kept. */
static bool is_in_told(const struct part *part, size_t offset)
{
	const struct bk_draft *draft = part->words->draft;
	uint32_t bracket = bk_draft_bracket_at(draft, offset);

	while (bracket != BK_NONE && (part->enclosures->of_bracket[bracket] == BK_NONE ||
					     part->fates[bracket].kind == BK_DIFFERENCE_KEPT))
		bracket = draft->brackets[bracket].parent;
	return bracket != BK_NONE;
}

/* A label that is all there is in its block, and came or went with it. */
static int tell_bare_label(struct walk *walk, const struct part *part, uint32_t block)
{
	const struct bk_block *it = &part->words->blocks.list.items[block];
	const bool gone = part == &walk->old;
	struct bk_difference difference = {
		.kind = gone ? BK_DIFFERENCE_TEXT_DELETED : BK_DIFFERENCE_TEXT_ADDED,
		.in_old = gone,
		.in_new = !gone,
		.old_bracket = BK_NONE,
		.new_bracket = BK_NONE,
		.detail = ""};

	if (!it->labelled || it->first < it->last ||
		is_in_told(part, part->words->draft->nodes[it->node].offset))
		return BK_OK;
	*(gone ? &difference.old_span : &difference.new_span) = (struct bk_span){it->text, it->text_end};
	return bk_comparison_add(walk->comparison, &difference);
}

/* The labels of a passage: changed in both texts, or alone in one. */
static int tell_labels(struct walk *walk, const struct bk_passage *passage)
{
	int status = BK_OK;

	if (passage->old_first < passage->old_last && passage->new_first < passage->new_last)
		return tell_label(walk, passage);
	for (uint32_t b = passage->old_first; b < passage->old_last && status == BK_OK; b++)
		status = tell_bare_label(walk, &walk->old, b);
	for (uint32_t b = passage->new_first; b < passage->new_last && status == BK_OK; b++)
		status = tell_bare_label(walk, &walk->now, b);
	return status;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int tell_runs(struct walk *walk, uint32_t passage)
{
	struct bk_runs runs = bk_runs_of(&walk->comparison->matches, passage);
	struct bk_run run;
	int status = BK_OK;

	while (status == BK_OK && bk_runs_next(&runs, &run))
		status = tell_run(walk, &run);
	return status;
}

static int tell_matches(struct walk *walk, uint32_t passage)
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

static int tell_passage(struct walk *walk, uint32_t index)
{
	int status = tell_labels(walk, &walk->comparison->matches.alignment.passages.items[index]);

	if (status == BK_OK)
		status = tell_runs(walk, index);
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
static int tell_line_ends(struct walk *walk)
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

int bk_wording_find(struct bk_comparison *comparison)
{
	const struct bk_fates *fates = &comparison->fates;
	struct walk walk = {comparison, {&comparison->matches.old, &fates->old_enclosures, fates->old},
		{&comparison->matches.now, &fates->new_enclosures, fates->now}};
	int status = tell_line_ends(&walk);

	for (uint32_t p = 0; p < comparison->matches.alignment.passages.len && status == BK_OK; p++) {
		status = bk_stop_check(&comparison->matches.stop);
		if (status == BK_OK)
			status = tell_passage(&walk, p);
	}
	return status;
}
