#include "compare/rewrapping.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "compare/sequence.h"

enum { MOST = 4 << 20 }; /* words between blanks that are laid out; more would be waited for */

/* ---- Blanks -------------------------------------------------------------------------------------------------- */

/* A carriage return is no matter of wrapping: it is told as a line end. */
static bool is_blank(char c)
{
	return bk_is_space(c) && c != '\r';
}

/* Where the blanks from `at` on end. */
static size_t blanks_end(struct bk_str text, size_t at)
{
	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at;
}

static size_t count_feeds(struct bk_str text, struct bk_span blanks)
{
	size_t feeds = 0;

	for (size_t at = blanks.start; at < blanks.end; at++)
		feeds += text.ptr[at] == '\n';
	return feeds;
}

/* Whether a blank line is among them: it ends a paragraph. */
static bool ends_paragraph(struct bk_str text, struct bk_span blanks)
{
	return count_feeds(text, blanks) > 1;
}

static struct bk_str bytes_of(struct bk_str text, struct bk_span span)
{
	return (struct bk_str){text.ptr + span.start, span.end - span.start};
}

static int add_break(struct bk_rewrapping *rewrapping, struct bk_span laid, struct bk_span asked)
{
	struct bk_break *added = BK_VEC_PUSH(&rewrapping->breaks);

	if (!added)
		return bk_fail_memory();
	*added = (struct bk_break){laid, asked};
	return BK_OK;
}

/* The same brackets, by their numbers: how a line breaks may change what one is taken for. */
static bool brackets_stand(const struct bk_rewrapping *rewrapping, const bk_draft *laid)
{
	const bk_draft *asked = rewrapping->asked;

	if (laid->bracket_count != asked->bracket_count)
		return false;
	for (size_t b = 0; b < laid->bracket_count; b++)
		if (bk_rewrapping_to_laid(rewrapping, asked->brackets[b].start) != laid->brackets[b].start ||
			(laid->brackets[b].class == BK_CLASS_DISPUTED) !=
				(asked->brackets[b].class == BK_CLASS_DISPUTED))
			return false;
	return true;
}

/* ---- Breaks alone -------------------------------------------------------------------------------------------- */

/* Blanks of both texts at the same place: false when one ends a paragraph, or a word, that goes on in the other. */
static bool are_alike(struct bk_str old, struct bk_span was, struct bk_str now, struct bk_span is)
{
	if (was.start == 0 || was.end == old.len)
		return true;
	return was.start < was.end && is.start < is.end &&
	       ends_paragraph(old, was) == ends_paragraph(now, is);
}

/* Both texts at once, blanks and what is none by turns; *same: they differ in nothing else. */
static int walk(struct bk_rewrapping *rewrapping, struct bk_str old, struct bk_str now, bool *same)
{
	struct bk_span was = {0, blanks_end(old, 0)}, is = {0, blanks_end(now, 0)};
	int status = BK_OK;

	*same = false;
	while (status == BK_OK && are_alike(old, was, now, is)) {
		size_t a = was.end, b = is.end;

		if (!bk_str_equal(bytes_of(old, was), bytes_of(now, is)))
			status = add_break(rewrapping, was, is);
		while (a < old.len && b < now.len && old.ptr[a] == now.ptr[b] && !is_blank(old.ptr[a])) {
			a++;
			b++;
		}
		if (a == old.len && b == now.len) {
			*same = true;
			break;
		}
		was = (struct bk_span){a, blanks_end(old, a)};
		is = (struct bk_span){b, blanks_end(now, b)};
		if ((was.end == old.len) != (is.end == now.len) ||
			(was.start == was.end && is.start == is.end))
			break;
	}
	return status;
}

int bk_rewrapping_find(struct bk_rewrapping *rewrapping, const bk_draft *old, const bk_draft *now)
{
	bool same = false;
	int status = BK_OK;

	*rewrapping = (struct bk_rewrapping){.asked = now, .laid = now};
	if (!bk_str_equal(old->bytes, now->bytes))
		status = walk(rewrapping, old->bytes, now->bytes, &same);
	if (same && brackets_stand(rewrapping, old))
		rewrapping->laid = old;
	else
		rewrapping->breaks.len = 0;
	return status;
}

/* ---- Whether it is worth while ------------------------------------------------------------------------------- */

/* Whether a provision opens in a block at the head of a line that goes on a paragraph. */
static bool goes_on_paragraph(const struct bk_blocks *blocks, uint32_t block)
{
	const struct bk_str bytes = blocks->draft->bytes;
	const struct bk_block *it = &blocks->list.items[block];
	size_t at;

	if (!it->labelled)
		return false;
	at = blocks->draft->nodes[it->node].start;
	while (at > 0 && bk_is_blank(bytes.ptr[at - 1]))
		at--;
	if (at == 0 || bytes.ptr[--at] != '\n')
		return false;
	while (at > 0 && bk_is_blank(bytes.ptr[at - 1]))
		at--;
	return at > 0 && bytes.ptr[at - 1] != '\n';
}

static bool any_goes_on(const struct bk_blocks *blocks, uint32_t first, uint32_t last)
{
	for (uint32_t b = first; b < last; b++)
		if (goes_on_paragraph(blocks, b))
			return true;
	return false;
}

/* Whether provisions begin in one text where they do not in the other, and a break may be why. */
static bool is_suspect(const struct bk_matches *matches)
{
	for (size_t p = 0; p < matches->alignment.passages.len; p++) {
		const struct bk_passage *it = &matches->alignment.passages.items[p];
		const bool pair = it->old_last - it->old_first == 1 && it->new_last - it->new_first == 1;

		if (pair && matches->old.blocks.list.items[it->old_first].labelled ==
				    matches->now.blocks.list.items[it->new_first].labelled)
			continue;
		if (any_goes_on(&matches->old.blocks, it->old_first, it->old_last) ||
			any_goes_on(&matches->now.blocks, it->new_first, it->new_last))
			return true;
	}
	return false;
}

/* Whether lines break at other words: where a paragraph was filled anew here and there, it is told as it is. */
static bool breaks_differ(const struct bk_matches *matches)
{
	const struct bk_word *was = matches->old.items.items, *is = matches->now.items.items;
	const struct bk_str old = matches->old.draft->bytes, now = matches->now.draft->bytes;
	size_t both = 0, one = 0;

	for (uint32_t w = 1; w < matches->old.items.len; w++) {
		const uint32_t n = matches->to_new[w];
		bool breaks, breaks_now;

		if (n == BK_NONE || n == 0 || matches->to_new[w - 1] != n - 1)
			continue;
		breaks = count_feeds(old, (struct bk_span){was[w - 1].end, was[w].start}) == 1;
		breaks_now = count_feeds(now, (struct bk_span){is[n - 1].end, is[n].start}) == 1;
		both += breaks && breaks_now;
		one += breaks != breaks_now;
	}
	return one * 2 > both;
}

/* Whether three quarters of the words stand where they stood: texts that are rather two than one are compared as they
 * are, since their words would long be looked for in vain. */
static bool is_one_text(const struct bk_matches *matches)
{
	const struct bk_alignment *alignment = &matches->alignment;
	size_t standing = 0;

	for (size_t p = 0; p < alignment->passages.len; p++) {
		uint32_t w, last;

		bk_matches_old_words(matches, (uint32_t)p, &w, &last);
		for (; alignment->passages.items[p].kind != BK_PASSAGE_MOVED && w < last; w++)
			standing += matches->to_new[w] != BK_NONE;
	}
	return 4 * standing >= 3 * matches->old.items.len;
}

/* ---- Laying out ---------------------------------------------------------------------------------------------- */

typedef BK_VEC(struct bk_span) span_list;
typedef BK_VEC(uint32_t) number_list;

/* What stands between blanks. */
struct run_of_words {
	const bk_draft *draft;
	struct bk_str text;
	span_list spans;
	number_list numbers; /* in a vocabulary of both */
};

struct layout {
	struct bk_rewrapping *rewrapping;
	struct bk_vocabulary vocabulary;
	struct run_of_words old, now;
	uint32_t *to_new, *to_old;
	struct bk_buf bytes;
	size_t widest; /* line of the paragraph at hand */
	size_t paragraph_end;
};

static int cut(struct layout *layout, struct run_of_words *run)
{
	size_t at = blanks_end(run->text, 0);
	int status = BK_OK;

	while (at < run->text.len && status == BK_OK) {
		struct bk_span *span = BK_VEC_PUSH(&run->spans);
		uint32_t *number = BK_VEC_PUSH(&run->numbers);
		size_t end = at;

		if (!span || !number)
			return bk_fail_memory();
		while (end < run->text.len && !is_blank(run->text.ptr[end]))
			end++;
		*span = (struct bk_span){at, end};
		status = bk_vocabulary_add(
			&layout->vocabulary, bytes_of(run->text, *span), run->text.len - end, number);
		at = blanks_end(run->text, end);
	}
	return status;
}

static int match(struct layout *layout)
{
	const size_t old = layout->old.numbers.len, now = layout->now.numbers.len;
	struct bk_sequencer *sequencer = NULL;
	int status;

	layout->to_new = bk_malloc((old + 1) * sizeof *layout->to_new);
	layout->to_old = bk_malloc((now + 1) * sizeof *layout->to_old);
	if (!layout->to_new || !layout->to_old)
		return bk_fail_memory();
	memset(layout->to_old, 0xff, (now + 1) * sizeof *layout->to_old);
	status = bk_sequencer_new(&sequencer, layout->vocabulary.entries.len + 1);
	if (status == BK_OK)
		status = bk_sequencer_match(sequencer, layout->old.numbers.items, old,
			layout->now.numbers.items, now, layout->to_new);
	for (uint32_t w = 0; w < old && status == BK_OK; w++)
		if (layout->to_new[w] != BK_NONE)
			layout->to_old[layout->to_new[w]] = w;
	bk_sequencer_free(sequencer);
	return status;
}

/* The blanks before a word that is not the first. */
static struct bk_span blanks_before(const struct run_of_words *run, size_t word)
{
	return (struct bk_span){run->spans.items[word - 1].end, run->spans.items[word].start};
}

static size_t line_end(struct bk_str text, size_t at)
{
	const char *feed = memchr(text.ptr + at, '\n', text.len - at);

	return feed ? (size_t)(feed - text.ptr) : text.len;
}

/* Where the paragraph begins that a place is in, at the start of its first line. */
static size_t paragraph_start(struct bk_str text, size_t at)
{
	size_t before = at;

	do {
		for (at = before; at > 0 && text.ptr[at - 1] != '\n';)
			at--;
		for (before = at; before > 0 && is_blank(text.ptr[before - 1]);)
			before--;
	} while (before > 0 && !ends_paragraph(text, (struct bk_span){before, at}));
	return at;
}

/* The widest line of the paragraph that a place of the new text is in. */
static size_t widest_line(struct layout *layout, size_t at)
{
	const struct bk_str text = layout->now.text;
	size_t end;

	if (at < layout->paragraph_end)
		return layout->widest;
	at = paragraph_start(text, at);
	for (layout->widest = 0; at < text.len; at = end + 1) {
		end = line_end(text, at);
		if (blanks_end(text, at) >= end)
			break;
		if (end - at > layout->widest)
			layout->widest = end - at;
	}
	layout->paragraph_end = at < text.len ? at : text.len;
	return layout->widest;
}

/* Whether a line ends for want of room: the next word had not gone on it. */
static bool is_full(struct layout *layout, size_t word)
{
	const struct bk_str text = layout->now.text;
	const struct bk_span *before = &layout->now.spans.items[word - 1], *it = before + 1;
	size_t start = before->end;

	while (start > 0 && text.ptr[start - 1] != '\n')
		start--;
	return before->end - start + 1 + (it->end - it->start) > widest_line(layout, before->end - 1);
}

/* Whether something opens at a word because it stands at the head of a line. */
static bool opens_line(const struct run_of_words *run, size_t word)
{
	const bk_draft *draft = run->draft;
	const struct bk_span blanks = blanks_before(run, word);
	const struct bk_str bytes = bytes_of(run->text, run->spans.items[word]);
	const size_t node = BK_SEARCH(i, draft->node_count, draft->nodes[i].start < blanks.start);

	return (node < draft->node_count && draft->nodes[node].start <= blanks.end) ||
	       (bytes.len == 1 && strchr("-*+", bytes.ptr[0]));
}

/* The blanks of the old text beside a neighbour that stands in both; false when neither does. */
static bool blanks_there(const struct layout *layout, size_t word, struct bk_span *out)
{
	const uint32_t old = layout->to_old[word], before = layout->to_old[word - 1];

	if (old != BK_NONE && old > 0)
		*out = blanks_before(&layout->old, old);
	else if (before != BK_NONE && before + 1 < layout->old.spans.len)
		*out = blanks_before(&layout->old, before + 1);
	else
		return false;
	return true;
}

/* The blanks that are put before a word of the new text. */
static struct bk_str blanks_for(struct layout *layout, size_t word)
{
	const struct bk_span is = blanks_before(&layout->now, word);
	const struct bk_str as_it_is = bytes_of(layout->now.text, is);
	const bool breaks = count_feeds(layout->now.text, is) > 0;
	const uint32_t old = layout->to_old[word];
	struct bk_span was;

	if (ends_paragraph(layout->now.text, is))
		return as_it_is;
	if (blanks_there(layout, word, &was)) {
		if (ends_paragraph(layout->old.text, was) ||
			(count_feeds(layout->old.text, was) > 0) == breaks)
			return as_it_is;
		if (!breaks || old != BK_NONE)
			return bytes_of(layout->old.text, was);
	}
	/* Words that came break where they may, unless what came after them opens something for want of room. */
	return breaks && opens_line(&layout->now, word) && is_full(layout, word) ? BK_STR(" ") : as_it_is;
}

static int put_words(struct layout *layout)
{
	const struct run_of_words *now = &layout->now;
	int status = BK_OK;

	bk_buf_put(&layout->bytes, now->text.ptr, now->spans.len ? now->spans.items[0].start : now->text.len);
	for (size_t w = 0; w < now->spans.len && status == BK_OK; w++) {
		if (w > 0) {
			const struct bk_span is = blanks_before(now, w);
			const struct bk_str blanks = blanks_for(layout, w);
			const size_t at = layout->bytes.len;

			bk_buf_put_str(&layout->bytes, blanks);
			if (!bk_str_equal(blanks, bytes_of(now->text, is)))
				status = add_break(
					layout->rewrapping, (struct bk_span){at, layout->bytes.len}, is);
		}
		bk_buf_put_str(&layout->bytes, bytes_of(now->text, now->spans.items[w]));
	}
	if (now->spans.len)
		bk_buf_put_str(
			&layout->bytes, bk_str_skip(now->text, now->spans.items[now->spans.len - 1].end));
	return status == BK_OK ? bk_buf_status(&layout->bytes) : status;
}

/* What the brackets of the new text are known as, and taken for, whatever their lines look like now. */
static struct bk_override *list_overrides(const struct bk_rewrapping *rewrapping)
{
	const bk_draft *asked = rewrapping->asked;
	struct bk_override *overrides = bk_calloc(asked->bracket_count + 1, sizeof *overrides);
	size_t given = 0;

	for (size_t b = 0; overrides && b < asked->bracket_count; b++) {
		const struct bk_bracket *bracket = &asked->brackets[b];

		while (given < asked->override_count && asked->overrides[given].start < bracket->start)
			given++;
		if (given < asked->override_count && asked->overrides[given].start == bracket->start)
			overrides[b] = asked->overrides[given];
		overrides[b].start = bk_rewrapping_to_laid(rewrapping, bracket->start);
		overrides[b].id = bracket->id;
		overrides[b].has_class = true;
		overrides[b].class = bracket->class;
	}
	return overrides;
}

static int read_laid(struct layout *layout, const struct bk_stop *stop)
{
	struct bk_rewrapping *rewrapping = layout->rewrapping;
	const bk_draft *asked = rewrapping->asked;
	struct bk_override *overrides = list_overrides(rewrapping);
	const struct bk_draft_options options = {.conventions = asked->conventions,
		.names = asked->names.code ? &asked->names : NULL,
		.overrides = overrides,
		.override_count = asked->bracket_count,
		.is_stopped = stop->is_stopped,
		.stop_context = stop->context};
	bk_text *text = NULL;
	int status =
		overrides ? bk_text_new(&text, layout->bytes.bytes, layout->bytes.len) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_draft_new(&rewrapping->own, bk_text_now(text), &options);
	bk_text_free(text);
	bk_free(overrides);
	return status;
}

static int lay(struct layout *layout, const struct bk_stop *stop)
{
	int status = cut(layout, &layout->old);

	if (status == BK_OK)
		status = cut(layout, &layout->now);
	if (status == BK_OK)
		status = bk_stop_check(stop);
	if (status != BK_OK || layout->old.spans.len + layout->now.spans.len > MOST)
		return status;
	status = match(layout);
	if (status == BK_OK)
		status = put_words(layout);
	if (status == BK_OK && layout->rewrapping->breaks.len)
		status = read_laid(layout, stop);
	return status;
}

static void release_run(struct run_of_words *run)
{
	BK_VEC_RELEASE(&run->spans);
	BK_VEC_RELEASE(&run->numbers);
}

static bool has_returns(struct bk_str text)
{
	return text.len && memchr(text.ptr, '\r', text.len);
}

void bk_rewrapping_undo(struct bk_rewrapping *rewrapping)
{
	bk_draft_free(rewrapping->own);
	rewrapping->own = NULL;
	rewrapping->laid = rewrapping->asked;
	rewrapping->breaks.len = 0;
}

int bk_rewrapping_lay(struct bk_rewrapping *rewrapping, const struct bk_matches *matches)
{
	const struct bk_str old = matches->old.draft->bytes, now = matches->now.draft->bytes;
	struct layout layout = {.rewrapping = rewrapping,
		.vocabulary = BK_VOCABULARY_INIT,
		.old = {.draft = matches->old.draft, .text = old},
		.now = {.draft = matches->now.draft, .text = now},
		.bytes = BK_BUF_INIT};
	int status;

	if (!is_suspect(matches) || !breaks_differ(matches) || !is_one_text(matches) || has_returns(old) ||
		has_returns(now))
		return BK_OK;
	status = lay(&layout, &matches->stop);
	release_run(&layout.old);
	release_run(&layout.now);
	bk_vocabulary_release(&layout.vocabulary);
	bk_buf_release(&layout.bytes);
	bk_free(layout.to_new);
	bk_free(layout.to_old);
	if (status == BK_OK && rewrapping->own && brackets_stand(rewrapping, rewrapping->own))
		rewrapping->laid = rewrapping->own;
	else
		bk_rewrapping_undo(rewrapping);
	return status;
}

void bk_rewrapping_release(struct bk_rewrapping *rewrapping)
{
	bk_draft_free(rewrapping->own);
	BK_VEC_RELEASE(&rewrapping->breaks);
}
