#include "app/redline.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "compare/sequence.h"

#include <bracked/draft.h>

enum {
	WIDTH = 78,    /* cells of a line */
	SHOWN = 9,     /* tokens that are shown at each end of what stands in both */
	LEFT_OUT = 12, /* at least so many go when any do */
	ISLAND = 3,    /* bytes of a word that may stand in both by chance */
};

/* A word, or one character that is none; what matters of blanks is whether there are any. */
struct token {
	size_t start, end;
	uint32_t number;
	bool spaced; /* a blank before it */
};

struct tokens {
	struct bk_str bytes;
	BK_VEC(struct token) items;
};

/* What happened to a token. */
enum fate { STANDS, WENT, CAME };

struct line {
	struct bk_output *output;
	size_t column;
	enum fate open; /* whose mark was written last and not closed */
	bool unseen;
};

enum bk_ink bk_redline_ink(enum bk_difference_kind kind)
{
	switch (kind) {
	case BK_DIFFERENCE_ACCEPTED:
	case BK_DIFFERENCE_CHOSEN: return BK_INK_GOOD;
	case BK_DIFFERENCE_DELETED:
	case BK_DIFFERENCE_TEXT_DELETED: return BK_INK_REMOVED;
	case BK_DIFFERENCE_OPENED:
	case BK_DIFFERENCE_TEXT_ADDED: return BK_INK_ADDED;
	case BK_DIFFERENCE_REOPENED: return BK_INK_BAD;
	default: return BK_INK_PLAIN;
	}
}

/* ---- Tokens ------------------------------------------------------------------------------------------ */

static bool is_word(uint32_t code)
{
	return bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code);
}

/* Characters of scripts without blanks are words each. */
static bool is_whole(uint32_t code)
{
	return !is_word(code) || (code >= 0x2E80 && code <= 0x9FFF) || code >= 0x20000;
}

static size_t token_end(struct bk_str bytes, size_t at)
{
	size_t size;

	if (is_whole(bk_utf8_decode(bk_str_skip(bytes, at), &size)))
		return at + size;
	while (at < bytes.len && !is_whole(bk_utf8_decode(bk_str_skip(bytes, at), &size)))
		at += size;
	return at;
}

static int cut(struct tokens *tokens, struct bk_str bytes, struct bk_map *numbers)
{
	bool spaced = false;

	tokens->bytes = bytes;
	for (size_t at = 0; at < bytes.len;) {
		struct token token = {.start = at, .spaced = spaced};
		struct token *slot;
		size_t *number;

		if (bk_is_space(bytes.ptr[at])) {
			spaced = true;
			at++;
			continue;
		}
		at = token.end = token_end(bytes, at);
		number = bk_map_slot(numbers,
			(struct bk_str){bytes.ptr + token.start, token.end - token.start}, numbers->count);
		slot = number ? BK_VEC_PUSH(&tokens->items) : NULL;
		if (!slot)
			return bk_fail_memory();
		token.number = (uint32_t)*number;
		*slot = token;
		spaced = false;
	}
	return BK_OK;
}

static int match_items(const struct tokens *old, const struct tokens *now, size_t numbers, uint32_t *match)
{
	struct bk_sequencer *sequencer;
	uint32_t *items = bk_malloc((old->items.len + now->items.len + 1) * sizeof *items);
	int status = items ? bk_sequencer_new(&sequencer, numbers) : bk_fail_memory();

	if (status < 0) {
		bk_free(items);
		return status;
	}
	for (size_t i = 0; i < old->items.len; i++)
		items[i] = old->items.items[i].number;
	for (size_t i = 0; i < now->items.len; i++)
		items[old->items.len + i] = now->items.items[i].number;
	status = bk_sequencer_match(
		sequencer, items, old->items.len, items + old->items.len, now->items.len, match);
	bk_sequencer_free(sequencer);
	bk_free(items);
	return status;
}

/* ---- The line ---------------------------------------------------------------------------------------- */

static const char *const marks[][2] = {[STANDS] = {"", ""}, [WENT] = {"{-", "-}"}, [CAME] = {"{+", "+}"}};
static const enum bk_ink inks[] = {[STANDS] = BK_INK_PLAIN, [WENT] = BK_INK_REMOVED, [CAME] = BK_INK_ADDED};

static void put_mark(struct line *line, enum fate fate, int end)
{
	bk_output_styled(line->output, inks[fate], bk_str_of(marks[fate][end]));
	line->column += strlen(marks[fate][end]);
}

/* To where the next word of this fate begins, on a new line when it would be too long. */
static void turn(struct line *line, enum fate fate, bool spaced, size_t width)
{
	const bool turns = line->open != fate;
	/* What came stands against what went in its place. */
	const bool pair = line->open == WENT && fate == CAME;
	const size_t marked = turns ? strlen(marks[fate][0]) + strlen(marks[fate][1]) : 0;

	if (turns)
		put_mark(line, line->open, 1);
	if (line->column == 0 || ((spaced || pair) && line->column + 1 + marked + width > WIDTH)) {
		bk_output_puts(line->output, line->column ? "\n " : " ");
		line->column = 1;
	} else if (spaced && !pair) {
		bk_output_puts(line->output, " ");
		line->column++;
	}
	if (turns)
		put_mark(line, fate, 0);
	line->open = fate;
}

static void put_word(struct line *line, enum fate fate, bool spaced, struct bk_str word)
{
	const size_t width = bk_utf8_string_width(word);

	turn(line, fate, spaced, width);
	if (line->unseen && fate != STANDS)
		bk_output_unseen(line->output, inks[fate], word);
	else
		bk_output_styled(line->output, inks[fate], word);
	line->column += width;
}

static void put_token(struct line *line, enum fate fate, const struct tokens *tokens, size_t index)
{
	const struct token *token = &tokens->items.items[index];

	put_word(line, fate, token->spaced,
		(struct bk_str){tokens->bytes.ptr + token->start, token->end - token->start});
}

/* What stands in both, from one new token up to another; `first` and `last` when no change is before and behind. */
static void put_standing(
	struct line *line, const struct tokens *now, size_t from, size_t to, bool first, bool last)
{
	const size_t head = first ? 0 : SHOWN, tail = last ? 0 : SHOWN;
	const bool whole = to - from < head + tail + LEFT_OUT;

	for (size_t i = from; i < to; i++) {
		if (whole || i < from + head || i >= to - tail) {
			put_token(line, STANDS, now, i);
			continue;
		}
		put_word(line, STANDS, true, BK_STR("…"));
		i = to - tail - 1;
	}
}

/* Words before and after, blanks made one. */
static void put_context(struct line *line, struct bk_str text, bool spaced)
{
	while (text.len) {
		size_t len = 0;

		while (len < text.len && !bk_is_space(text.ptr[len]))
			len++;
		if (len)
			put_word(line, STANDS, spaced, (struct bk_str){text.ptr, len});
		text = bk_str_skip(text, len + 1);
		spaced = true;
	}
}

/*
 * A short word between words that went, between words that came, stands in both by chance: told as one change it reads
 * better.
 */
static void drop_islands(const struct tokens *old, uint32_t *match)
{
	for (size_t i = 1; i + 1 < old->items.len; i++) {
		const struct token *token = &old->items.items[i];
		const bool alone = match[i] != BK_NONE && match[i - 1] == BK_NONE && match[i + 1] == BK_NONE;

		if (alone && token->end - token->start <= ISLAND && bk_is_lower(old->bytes.ptr[token->start]))
			match[i] = BK_NONE;
	}
}

static void put_matched(
	struct line *line, const struct tokens *old, const struct tokens *now, const uint32_t *match)
{
	size_t told = 0, at = 0;

	while (at < old->items.len || told < now->items.len) {
		const bool first = at == 0 && told == 0;
		size_t from = told, next;

		while (at < old->items.len && match[at] == told) {
			at++;
			told++;
		}
		if (told > from)
			put_standing(
				line, now, from, told, first, at == old->items.len && told == now->items.len);
		for (next = at; next < old->items.len && match[next] == BK_NONE; next++)
			put_token(line, WENT, old, next);
		at = next;
		for (from = at < old->items.len ? match[at] : now->items.len; told < from; told++)
			put_token(line, CAME, now, told);
	}
}

/* ---- All --------------------------------------------------------------------------------------------- */

static int put_both(struct line *line, const struct bk_redline *redline)
{
	struct tokens old = {.items = BK_VEC_INIT}, now = {.items = BK_VEC_INIT};
	struct bk_map numbers = BK_MAP_INIT;
	uint32_t *match = NULL;
	int status = cut(&old, redline->old, &numbers);

	if (status == BK_OK)
		status = cut(&now, redline->now, &numbers);
	if (status == BK_OK) {
		match = bk_malloc((old.items.len + 1) * sizeof *match);
		status = match ? match_items(&old, &now, numbers.count, match) : bk_fail_memory();
	}
	if (status == BK_OK) {
		if (old.items.len)
			old.items.items[0].spaced = redline->spaced_before;
		if (now.items.len)
			now.items.items[0].spaced = redline->spaced_before;
		drop_islands(&old, match);
		put_matched(line, &old, &now, match);
	}
	bk_free(match);
	bk_map_release(&numbers);
	BK_VEC_RELEASE(&now.items);
	BK_VEC_RELEASE(&old.items);
	return status;
}

int bk_redline_put(struct bk_output *output, const struct bk_redline *redline)
{
	struct line line = {.output = output, .unseen = redline->unseen};
	int status;

	put_context(&line, redline->before, true);
	status = put_both(&line, redline);
	put_context(&line, redline->after, redline->spaced_after);
	put_mark(&line, line.open, 1);
	bk_output_puts(output, "\n");
	return status;
}

static void put_count(struct bk_output *output, const char *what, size_t count)
{
	if (count)
		bk_output_printf(output, "  %s %zu", what, count);
}

void bk_redline_balance(struct bk_output *output, const struct bk_balance *balance)
{
	bk_output_printf(output, "brackets before %zu:", balance->old_count);
	for (int kind = BK_DIFFERENCE_KEPT; kind <= BK_DIFFERENCE_JOINED; kind++)
		put_count(output, bk_difference_kind_name(kind), balance->of_old[kind]);
	bk_output_printf(output, "\nbrackets now %zu:", balance->new_count);
	for (int kind = BK_DIFFERENCE_KEPT; kind < BK_DIFFERENCE_ATTRIBUTED; kind++)
		put_count(output, bk_difference_kind_name(kind), balance->of_new[kind]);
	bk_output_printf(output, "\nwords: %zu gone, %zu new", balance->words_deleted, balance->words_added);
	if (balance->in_option)
		bk_output_printf(
			output, "; of the accepted, %zu stand in an option: not settled", balance->in_option);
	bk_output_puts(output, "\n");
}
