/* The prompt: a line of input with offers above it. */
#include "tui/prompt.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "tui/clock.h"
#include "tui/screen.h"

#include <string.h>

enum {
	MOST_OFFERS_SHOWN = 14,
	BREATH = 500, /* milliseconds: letters that follow each other faster are being typed */
};

static void free_offer(struct bk_offer *offer)
{
	bk_free(offer->value);
	bk_free(offer->detail);
	bk_free(offer->right);
}

static void clear_offers(struct bk_prompt *prompt)
{
	for (size_t i = 0; i < prompt->offers.len; i++)
		free_offer(&prompt->offers.items[i]);
	prompt->offers.len = 0;
}

void bk_prompt_offer(
	struct bk_screen *screen, const char *value, const char *detail, const char *right, long score)
{
	struct bk_prompt *const prompt = &screen->prompt;
	struct bk_offer *const offer = BK_VEC_PUSH(&prompt->offers);
	if (offer == NULL)
		return;
	*offer = (struct bk_offer){
		.value = bk_strdup(value),
		.detail = detail != NULL ? bk_strdup(detail) : NULL,
		.right = right != NULL ? bk_strdup(right) : NULL,
		.score = score,
	};
	if (offer->value == NULL) {
		free_offer(offer);
		prompt->offers.len--;
		return;
	}
	/* Insertion keeps equal scores in order; lists are short. */
	for (size_t i = prompt->offers.len; i > 1; i--) {
		struct bk_offer *const here = &prompt->offers.items[i - 1];
		if (here[-1].score >= here->score)
			break;
		const struct bk_offer swap = *here;
		*here = here[-1];
		here[-1] = swap;
	}
}

/* Letters scattered over a long name fit it too, but badly: beside a good fit they are noise. */
static void drop_poor_offers(struct bk_prompt *prompt)
{
	if (prompt->offers.len == 0 || prompt->input.len == 0)
		return;
	const long enough = prompt->offers.items[0].score * 3 / 5;
	while (prompt->offers.items[prompt->offers.len - 1].score < enough)
		free_offer(&prompt->offers.items[--prompt->offers.len]);
}

/* What is typed has changed: offers and whoever asked follow. */
static void follow(struct bk_screen *screen)
{
	struct bk_prompt *const prompt = &screen->prompt;
	clear_offers(prompt);
	prompt->chosen = prompt->top = 0;
	if (prompt->question.offer != NULL)
		prompt->question.offer(screen, bk_buf_str(&prompt->input));
	drop_poor_offers(prompt);
	if (prompt->question.typed != NULL)
		prompt->question.typed(screen, bk_buf_str(&prompt->input));
}

void bk_prompt_ask(struct bk_screen *screen, const struct bk_question *question)
{
	struct bk_prompt *const prompt = &screen->prompt;
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_puts(&label, question->label);
	bk_buf_release(&prompt->label);
	prompt->label = label;
	prompt->question = *question;
	prompt->active = true;
	prompt->stirred = bk_now_ms();
	bk_buf_clear(&prompt->input);
	bk_buf_puts(&prompt->input, question->initial != NULL ? question->initial : "");
	prompt->question.label = prompt->question.initial = NULL;
	prompt->cursor = prompt->input.len;
	bk_buf_clear(&screen->message);
	follow(screen);
}

void bk_prompt_yield(struct bk_screen *screen, bool unasked)
{
	screen->prompt.question.unasked = screen->prompt.question.unasked || unasked;
}

void bk_prompt_close(struct bk_screen *screen)
{
	screen->prompt.active = false;
	clear_offers(&screen->prompt);
}

void bk_prompt_release(struct bk_prompt *prompt)
{
	clear_offers(prompt);
	BK_VEC_RELEASE(&prompt->offers);
	bk_buf_release(&prompt->label);
	bk_buf_release(&prompt->input);
	prompt->active = false;
}

static void cancel(struct bk_screen *screen)
{
	bk_prompt_close(screen);
	if (screen->prompt.question.cancel != NULL)
		screen->prompt.question.cancel(screen);
}

/* The answer outlives the prompt, which the answer's function may open anew. */
static void answer(struct bk_screen *screen)
{
	struct bk_prompt *const prompt = &screen->prompt;
	struct bk_buf text = BK_BUF_INIT;
	if (prompt->question.pick && prompt->chosen < prompt->offers.len)
		bk_buf_puts(&text, prompt->offers.items[prompt->chosen].value);
	else
		bk_buf_put_str(&text, bk_buf_str(&prompt->input));
	bk_prompt_close(screen);
	prompt->question.answer(screen, (struct bk_str){bk_buf_string(&text), text.len});
	bk_buf_release(&text);
}

/* One of the offers is wanted, and what is typed fits none: the prompt keeps it, so that what is typed on does not
 * go to the draft. */
static bool fits_nothing(const struct bk_prompt *prompt)
{
	return prompt->question.only && prompt->offers.len == 0 && prompt->input.len > 0;
}

static void complete(struct bk_screen *screen)
{
	struct bk_prompt *const prompt = &screen->prompt;
	if (prompt->chosen >= prompt->offers.len)
		return;
	struct bk_buf value = BK_BUF_INIT;
	bk_buf_puts(&value, prompt->offers.items[prompt->chosen].value);
	bk_buf_clear(&prompt->input);
	bk_buf_put_str(&prompt->input, bk_buf_str(&value));
	prompt->cursor = prompt->input.len;
	bk_buf_release(&value);
	follow(screen);
}

static void choose(struct bk_prompt *prompt, long step)
{
	if (prompt->offers.len == 0)
		return;
	long chosen = (long)prompt->chosen + step;
	if (chosen < 0)
		chosen = step < -1 ? 0 : (long)prompt->offers.len - 1;
	if (chosen >= (long)prompt->offers.len)
		chosen = step > 1 ? (long)prompt->offers.len - 1 : 0;
	prompt->chosen = (size_t)chosen;
}

/* What is typed first: a word instead of words that were there as a whole. */
static void begin_word(struct bk_prompt *prompt, uint32_t code)
{
	if (!prompt->question.whole || (code < 0x80 && !bk_is_word((char)code)))
		return;
	bk_buf_clear(&prompt->input);
	prompt->cursor = 0;
}

static bool edit_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_prompt *const prompt = &screen->prompt;
	if (bk_key_is_text(key))
		begin_word(prompt, key.code);
	prompt->question.whole = false;
	const struct bk_str before = {bk_buf_string(&prompt->input), prompt->cursor};
	const struct bk_str rest = bk_str_skip(bk_buf_str(&prompt->input), prompt->cursor);
	if (bk_key_is_text(key)) {
		char bytes[4];
		const size_t len = bk_utf8_encode(key.code, bytes);
		bk_buf_insert(&prompt->input, prompt->cursor, bytes, len);
		prompt->cursor += len;
	} else if (key.code == BK_KEY_BACKSPACE && before.len > 0) {
		const size_t at = bk_utf8_last_cluster(before);
		bk_buf_remove(&prompt->input, at, prompt->cursor - at);
		prompt->cursor = at;
	} else if (key.code == BK_KEY_DELETE && rest.len > 0) {
		bk_buf_remove(&prompt->input, prompt->cursor, bk_utf8_cluster(rest));
	} else if (key.code == 'u' && key.mods == BK_MOD_CTRL) {
		bk_buf_remove(&prompt->input, 0, prompt->cursor);
		prompt->cursor = 0;
	} else {
		return false;
	}
	follow(screen);
	return true;
}

static bool move_key(struct bk_prompt *prompt, struct bk_key key)
{
	const struct bk_str before = {bk_buf_string(&prompt->input), prompt->cursor};
	const struct bk_str rest = bk_str_skip(bk_buf_str(&prompt->input), prompt->cursor);
	switch (key.code) {
	case BK_KEY_LEFT: prompt->cursor = before.len > 0 ? bk_utf8_last_cluster(before) : 0; return true;
	case BK_KEY_RIGHT: prompt->cursor += rest.len > 0 ? bk_utf8_cluster(rest) : 0; return true;
	case BK_KEY_HOME: prompt->cursor = 0; return true;
	case BK_KEY_END: prompt->cursor = prompt->input.len; return true;
	case BK_KEY_UP: choose(prompt, -1); return true;
	case BK_KEY_DOWN: choose(prompt, 1); return true;
	case BK_KEY_PAGE_UP: choose(prompt, -MOST_OFFERS_SHOWN); return true;
	case BK_KEY_PAGE_DOWN: choose(prompt, MOST_OFFERS_SHOWN); return true;
	default: return false;
	}
}

/* A question for one key. */
static void letter_key(struct bk_screen *screen, struct bk_key key)
{
	const char letter = key.code < 0x80 && key.mods == 0 ? bk_to_lower((char)key.code) : 0;
	if (letter == 0 || strchr(screen->prompt.question.letters, letter) == NULL)
		return;
	const char text[2] = {letter, 0};
	bk_prompt_close(screen);
	screen->prompt.question.answer(screen, (struct bk_str){text, 1});
}

/* A script has no breath: its keys answer at once. */
static bool is_being_typed(const struct bk_screen *screen)
{
	return !screen->terminal->script && bk_now_ms() - screen->prompt.stirred < BREATH;
}

/*
 * Nobody asked for the question, and whoever types on has not seen it: the letter goes where the ones before
 * it went.
 */
static bool is_for_draft(const struct bk_screen *screen, struct bk_key key)
{
	const struct bk_question *const question = &screen->prompt.question;
	if (!question->unasked || !bk_key_is_text(key))
		return false;
	const bool answers =
		question->letters == NULL ||
		(key.code < 0x80 && strchr(question->letters, bk_to_lower((char)key.code)) != NULL);
	return !answers || is_being_typed(screen);
}

bool bk_prompt_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_prompt *const prompt = &screen->prompt;
	if (is_for_draft(screen, key)) {
		prompt->stirred = bk_now_ms();
		return false;
	}
	const bool interrupt =
		key.mods == BK_MOD_CTRL && (key.code == 'c' || key.code == 'q' || key.code == 'g');
	if (key.code == BK_KEY_ESCAPE || interrupt || key.code == BK_KEY_F1 + 9) {
		cancel(screen);
		return true;
	}
	if (prompt->question.letters != NULL) {
		letter_key(screen, key);
		return true;
	}
	if (prompt->question.key != NULL && prompt->question.key(screen, key))
		return true;
	if (key.code == BK_KEY_ENTER) {
		if (!fits_nothing(prompt))
			answer(screen);
		return true;
	}
	if (key.code == BK_KEY_TAB) {
		complete(screen);
		return true;
	}
	return edit_key(screen, key) || move_key(prompt, key) || true;
}

bool bk_prompt_paste(struct bk_screen *screen, struct bk_str bytes)
{
	struct bk_prompt *const prompt = &screen->prompt;
	if (prompt->question.letters != NULL)
		return !prompt->question.unasked;
	if (bytes.len > 0)
		begin_word(prompt, (unsigned char)bytes.ptr[0]);
	prompt->question.whole = false;
	for (size_t i = 0; i < bytes.len; i++) {
		const char c = bk_is_space(bytes.ptr[i]) ? ' ' : bytes.ptr[i];
		bk_buf_insert(&prompt->input, prompt->cursor++, &c, 1);
	}
	follow(screen);
	return true;
}

/* ---- Drawing ---- */

static void draw_offer(
	struct bk_screen *screen, const struct bk_offer *offer, struct bk_rect rect, bool chosen)
{
	struct bk_grid *const grid = &screen->grid;
	const struct bk_look base = bk_screen_style(screen, chosen ? BK_ROLE_SELECTED : BK_ROLE_STATUS);
	const int limit = rect.col + rect.cols - 1;
	bk_grid_fill(grid, rect, base);
	int end = limit;
	if (offer->right != NULL && offer->right[0] != '\0')
		end = bk_grid_put_right(grid, rect.row, rect.col, limit, base, bk_str_of(offer->right)) - 2;
	struct bk_look name = base;
	name.attributes |= BK_ATTR_BOLD;
	const int col = bk_grid_put_cut(grid, rect.row, rect.col + 2, end, name, bk_str_of(offer->value));
	if (offer->detail != NULL)
		bk_grid_put_cut(grid, rect.row, col < rect.col + 22 ? rect.col + 22 : col + 2, end, base,
			bk_str_of(offer->detail));
	if (chosen)
		bk_grid_puts(grid, rect.row, rect.col, end, name, "›");
}

static void draw_offers(struct bk_screen *screen, int row, int top)
{
	struct bk_prompt *const prompt = &screen->prompt;
	int room = row - top;
	room = room > MOST_OFFERS_SHOWN ? MOST_OFFERS_SHOWN : room;
	if (fits_nothing(prompt) && room > 0) {
		const struct bk_look look = bk_screen_style(screen, BK_ROLE_STATUS);
		bk_grid_fill(&screen->grid, (struct bk_rect){row - 1, 0, 1, screen->grid.cols}, look);
		bk_grid_puts(&screen->grid, row - 1, 2, screen->grid.cols, look, "no match");
	}
	if (prompt->offers.len == 0 || room < 1)
		return;
	if (prompt->chosen < prompt->top)
		prompt->top = prompt->chosen;
	if (prompt->chosen >= prompt->top + (size_t)room)
		prompt->top = prompt->chosen - (size_t)room + 1;
	const size_t left = prompt->offers.len - prompt->top;
	const int shown = left < (size_t)room ? (int)left : room;
	for (int i = 0; i < shown; i++)
		draw_offer(screen, &prompt->offers.items[prompt->top + (size_t)i],
			(struct bk_rect){row - shown + i, 0, 1, screen->grid.cols},
			prompt->top + (size_t)i == prompt->chosen);
}

/* The label; a question for a letter names the letters itself where the line of keys is too short for them. */
static void put_label(const struct bk_screen *screen, struct bk_buf *out)
{
	const struct bk_prompt *const prompt = &screen->prompt;
	const char *const hints = prompt->question.hints;
	bk_buf_put_str(out, bk_buf_str(&prompt->label));
	if (!bk_prompt_names_letters(screen))
		return;
	bk_buf_putc(out, ' ');
	bk_buf_puts(out, hints);
}

bool bk_prompt_names_letters(const struct bk_screen *screen)
{
	const struct bk_question *const question = &screen->prompt.question;
	return question->letters != NULL && question->hints != NULL &&
	       (int)bk_utf8_string_width(bk_str_of(question->hints)) > screen->grid.cols - 2;
}

/* Draw the label, over rows above where it is long; returns the column behind it in the lowest row. */
static int draw_label(struct bk_screen *screen, int row, int top, bool alone)
{
	enum { INPUT = 14 };
	struct bk_grid *const grid = &screen->grid;
	const struct bk_look look = bk_screen_style(screen, BK_ROLE_PROMPT);
	const int cols = grid->cols;
	struct bk_buf label = BK_BUF_INIT;
	put_label(screen, &label);
	const int width = (int)bk_utf8_string_width(bk_buf_str(&label));
	int col = 1, rows = bk_grid_count_words(cols - 2, bk_buf_str(&label));
	rows = rows > row - top ? row - top : rows;
	if (width + 2 + (alone ? 1 : INPUT) <= cols || rows < 1) {
		col = bk_grid_put_cut(grid, row, 1, cols - 1, look, bk_buf_str(&label)) + 1;
	} else {
		const int first = alone ? row - rows + 1 : row - rows;
		bk_grid_fill(grid, (struct bk_rect){first, 0, rows, cols},
			bk_screen_style(screen, BK_ROLE_PROMPT_INPUT));
		bk_grid_put_words(
			grid, (struct bk_rect){first, 1, rows, cols - 2}, first, 0, look, bk_buf_str(&label));
		col = alone ? cols - 1 : 1;
	}
	bk_buf_release(&label);
	return col;
}

void bk_prompt_draw(struct bk_screen *screen, int row, int top)
{
	struct bk_prompt *const prompt = &screen->prompt;
	struct bk_grid *const grid = &screen->grid;
	const int cols = grid->cols;
	bk_grid_fill(grid, (struct bk_rect){row, 0, 1, cols}, bk_screen_style(screen, BK_ROLE_PROMPT_INPUT));
	int col = draw_label(screen, row, top, prompt->question.letters != NULL);
	if (prompt->question.letters != NULL) {
		grid->cursor_row = row;
		grid->cursor_col = col < cols ? col : cols - 1;
		return;
	}
	/* The end of a long input is what is being typed. */
	size_t from = 0;
	const int room = cols - col - 2;
	while (from < prompt->cursor && (int)bk_utf8_string_width((struct bk_str){
						prompt->input.bytes + from, prompt->cursor - from}) > room)
		from += bk_utf8_cluster(bk_str_skip(bk_buf_str(&prompt->input), from));
	const struct bk_str input = bk_str_skip(bk_buf_str(&prompt->input), from);
	const int cursor = bk_grid_col_of(grid, input, prompt->cursor - from);
	/* The end of one that runs to the left needs a cell there. */
	col += bk_grid_col_of(grid, input, input.len) < 0 ? 1 : 0;
	bk_grid_put(grid, row, col, cols - 1, bk_screen_style(screen, BK_ROLE_PROMPT_INPUT), input);
	grid->cursor_row = row;
	grid->cursor_col = col + cursor;
	draw_offers(screen, row, top);
}
