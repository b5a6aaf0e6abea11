/* What the terminal's description says about painting, and characters in its locale. */
#include "tui/terminal_curses_words.h"

#include "base/utf8.h"
#include "tui/ascii.h"
#include "tui/curses.h"

#include <limits.h>
#include <string.h>

static wchar_t in_locale(wchar_t code)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};
	if (code < 0x80 || wcrtomb(bytes, code, &state) != (size_t)-1)
		return code;
	return (wchar_t)bk_ascii_of((uint32_t)code);
}

/* A locale that is not UTF-8: the first character of the cluster, or an ASCII one that is like it. */
static void put_in_locale(struct bk_buf *out, const struct bk_cell *cell)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};
	size_t size;
	const uint32_t code = bk_utf8_decode((struct bk_str){cell->bytes, cell->len}, &size);
	const size_t len = wcrtomb(bytes, in_locale(code == BK_UTF8_BAD ? L'?' : (wchar_t)code), &state);
	if (len == (size_t)-1)
		bk_buf_putc(out, '?');
	else
		bk_buf_put(out, bytes, len);
	if (cell->width == 2)
		bk_buf_putc(out, ' ');
}

static void put_utf8(struct bk_buf *out, const struct bk_cell *cell)
{
	bk_buf_put(out, cell->bytes, cell->len);
}

/* tputs takes a function without a place for its target. */
static struct bk_buf *target;

static int put_byte(int byte)
{
	bk_buf_putc(target, (char)byte);
	return byte;
}

static void put_word(struct bk_buf *out, const char *word)
{
	target = out;
	if (word != NULL)
		bk_curses.tputs(word, 1, put_byte);
}

static void put_go(struct bk_buf *out, int row, int col)
{
	put_word(out, bk_curses.tiparm(cursor_address, row, col));
}

static void put_right(struct bk_buf *out, int cells)
{
	put_word(out, bk_curses.tiparm(parm_right_cursor, cells));
}

static void put_colour(struct bk_buf *out, int16_t colour, bool back)
{
	put_word(out, bk_curses.tiparm(back ? set_a_background : set_a_foreground, colour));
}

static bool is_there(const char *word)
{
	return word != NULL && word != (const char *)-1 && *word != '\0';
}

/* A word of the terminal as it is sent, kept with the others; NULL when it has none. */
static const char *keep_word(struct bk_terminal_words *words, const char *word)
{
	struct bk_buf *const kept = &words->kept[words->count];
	if (!is_there(word))
		return NULL;
	/* What chooses a character set is left out: none other is ever chosen. */
	put_word(kept, strncmp(word, "\033(B", 3) == 0 ? word + 3 : word);
	if (bk_buf_status(kept) < 0)
		return NULL;
	words->count++;
	return bk_buf_string(kept);
}

static const char *keep_plain(struct bk_terminal_words *words)
{
	struct bk_buf both = BK_BUF_INIT;
	if (!is_there(exit_attribute_mode))
		return NULL;
	bk_buf_puts(&both, exit_attribute_mode);
	/* That of ECMA-48 takes colours away too. */
	if (strstr(exit_attribute_mode, "\033[") == NULL && is_there(orig_pair))
		bk_buf_puts(&both, orig_pair);
	const char *const kept = keep_word(words, bk_buf_string(&both));
	bk_buf_release(&both);
	return kept;
}

static void put_scroll(struct bk_buf *out, int rows, int top, int end, int down)
{
	put_word(out, bk_curses.tiparm(change_scroll_region, top, end - 1));
	put_word(out, bk_curses.tiparm(cursor_address, top, 0));
	put_word(out, down > 0 ? bk_curses.tiparm(parm_insert_line, down)
			       : bk_curses.tiparm(parm_delete_line, -down));
	put_word(out, bk_curses.tiparm(change_scroll_region, 0, rows - 1));
}

static void find_moves(struct bk_terminal_words *words)
{
	struct bk_paint_words *const paint = &words->paint;
	if (is_there(parm_right_cursor))
		paint->right = put_right;
	if (is_there(change_scroll_region) && is_there(parm_insert_line) && is_there(parm_delete_line))
		paint->scroll = put_scroll;
	if (is_there(parm_ich) && is_there(parm_dch)) {
		paint->insert = keep_word(words, bk_curses.tiparm(parm_ich, 1));
		paint->remove = keep_word(words, bk_curses.tiparm(parm_dch, 1));
	}
}

/* The bits are terminfo's own. */
static uint8_t never_coloured(int bits)
{
	uint8_t attributes = 0;
	attributes |= bits & 2 ? BK_ATTR_UNDERLINE : 0;
	attributes |= bits & 4 ? BK_ATTR_REVERSE : 0;
	attributes |= bits & 16 ? BK_ATTR_DIM : 0;
	attributes |= bits & 32 ? BK_ATTR_BOLD : 0;
	attributes |= bits & 0x8000 ? BK_ATTR_ITALIC : 0;
	return attributes;
}

static void find_looks(struct bk_terminal_words *words)
{
	struct bk_paint_words *const paint = &words->paint;
	/* Attributes that take a cell, or that nothing takes away, are left alone. */
	if (!is_there(exit_attribute_mode) || magic_cookie_glitch > 0)
		return;
	paint->plain = keep_plain(words);
	paint->bold = keep_word(words, enter_bold_mode);
	paint->underline = keep_word(words, enter_underline_mode);
	paint->reverse = keep_word(words, enter_reverse_mode);
	paint->dim = keep_word(words, enter_dim_mode);
	paint->italic = keep_word(words, enter_italics_mode);
	if (max_colors < 2 || !is_there(set_a_foreground) || !is_there(set_a_background))
		return;
	paint->colour = put_colour;
	words->colours = max_colors;
	if (no_color_video > 0)
		paint->never_coloured = never_coloured(no_color_video);
}

void bk_terminal_words_find(struct bk_terminal_words *words, bool utf8)
{
	words->paint = (struct bk_paint_words){
		.clear = keep_word(words, clear_screen),
		.erase_line = keep_word(words, clr_eol),
		.hide = keep_word(words, cursor_invisible),
		.show = keep_word(words, cursor_normal),
		.scrolls = auto_right_margin && !eat_newline_glitch,
		.moves_plain = !move_standout_mode,
		.go = put_go,
		.character = utf8 ? put_utf8 : put_in_locale,
	};
	find_moves(words);
	find_looks(words);
}

void bk_terminal_words_release(struct bk_terminal_words *words)
{
	for (int i = 0; i < words->count; i++)
		bk_buf_release(&words->kept[i]);
	*words = (struct bk_terminal_words){0};
}
