/*
 * Curses reads keys; pastes and the mouse are read here.  What comes behind an ESC is put together here where curses
 * does not know it, or a slow line has cut it and curses has given it up.
 */
#include "tui/terminal_curses_keys.h"

#include "base/error.h"
#include "tui/clock.h"
#include "tui/curses.h"
#include "tui/key_sequence.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	KEY_PASTE = KEY_MAX + 1,
	KEY_PASTE_END,
	KEY_FOCUS_IN,
	KEY_FOCUS_OUT,
	KEY_REPORT,
	KEY_OLD_REPORT,
	KEY_MODIFIED, /* + base * 8 + modifier from here on */
	PASTE_LIMIT = 64 << 20,
	REPORT_LIMIT = 64, /* bytes: no terminal says as much of its mouse */
	/* Milliseconds for the rest of a sequence that a slow line has cut, */
	PATIENCE = 500,
	/* and for what comes first behind what is also a key with Alt: CSI, others, and ESC by itself. */
	CONTROL_PATIENCE = 250,
	OTHER_PATIENCE = 50,
	ESCAPE_PATIENCE = 100,
};

/* ---- Keys that curses knows ---- */

static int modified(struct bk_key key)
{
	return KEY_MODIFIED + (int)(key.code - BK_KEY_ENTER) * 8 + key.mods;
}

static void define(const char *sequence, struct bk_key key, bool plain)
{
	if (!plain || bk_curses.key_defined(sequence) <= 0)
		bk_curses.define_key(sequence, modified(key));
}

bool bk_terminal_keys_know_mouse(void)
{
	const char *const begins = key_mouse, *const term = getenv("TERM");
	if (begins != NULL && begins != (char *)-1 && *begins != '\0')
		return strcmp(begins, "\033[<") == 0 || strcmp(begins, "\033[M") == 0;
	return term != NULL && strstr(term, "xterm") != NULL;
}

static void define_keys(void)
{
	bk_curses.define_key("\033[200~", KEY_PASTE);
	bk_curses.define_key("\033[201~", KEY_PASTE_END);
	bk_curses.define_key("\033[I", KEY_FOCUS_IN);
	bk_curses.define_key("\033[O", KEY_FOCUS_OUT);
	bk_key_sequences(define);
	if (bk_terminal_keys_know_mouse()) {
		bk_curses.define_key("\033[<", KEY_REPORT);
		bk_curses.define_key("\033[M", KEY_OLD_REPORT);
	}
}

static const struct {
	int curses;
	uint32_t code;
	uint8_t mods;
} curses_keys[] = {
	{KEY_UP, BK_KEY_UP, 0},
	{KEY_DOWN, BK_KEY_DOWN, 0},
	{KEY_LEFT, BK_KEY_LEFT, 0},
	{KEY_RIGHT, BK_KEY_RIGHT, 0},
	{KEY_HOME, BK_KEY_HOME, 0},
	{KEY_END, BK_KEY_END, 0},
	{KEY_A1, BK_KEY_HOME, 0},
	{KEY_C1, BK_KEY_END, 0},
	{KEY_FIND, BK_KEY_HOME, 0},
	{KEY_SELECT, BK_KEY_END, 0},
	{KEY_PPAGE, BK_KEY_PAGE_UP, 0},
	{KEY_NPAGE, BK_KEY_PAGE_DOWN, 0},
	{KEY_DC, BK_KEY_DELETE, 0},
	{KEY_IC, BK_KEY_INSERT, 0},
	{KEY_BACKSPACE, BK_KEY_BACKSPACE, 0},
	{KEY_ENTER, BK_KEY_ENTER, 0},
	{KEY_BTAB, BK_KEY_TAB, BK_MOD_SHIFT},
	{KEY_SR, BK_KEY_UP, BK_MOD_SHIFT},
	{KEY_SF, BK_KEY_DOWN, BK_MOD_SHIFT},
	{KEY_SLEFT, BK_KEY_LEFT, BK_MOD_SHIFT},
	{KEY_SRIGHT, BK_KEY_RIGHT, BK_MOD_SHIFT},
	{KEY_SHOME, BK_KEY_HOME, BK_MOD_SHIFT},
	{KEY_SEND, BK_KEY_END, BK_MOD_SHIFT},
	{KEY_SDC, BK_KEY_DELETE, BK_MOD_SHIFT},
	{KEY_SPREVIOUS, BK_KEY_PAGE_UP, BK_MOD_SHIFT},
	{KEY_SNEXT, BK_KEY_PAGE_DOWN, BK_MOD_SHIFT},
};

static bool named_key(int code, struct bk_key *key)
{
	if (code >= KEY_MODIFIED) {
		*key = (struct bk_key){BK_KEY_ENTER + (uint32_t)((code - KEY_MODIFIED) / 8),
			(uint8_t)((code - KEY_MODIFIED) % 8)};
		return true;
	}
	if (code >= KEY_F(1) && code <= KEY_F(12)) {
		*key = (struct bk_key){BK_KEY_F1 + (uint32_t)(code - KEY_F(1)), 0};
		return true;
	}
	if (code >= KEY_F(13) && code <= KEY_F(24)) {
		*key = (struct bk_key){BK_KEY_F1 + (uint32_t)(code - KEY_F(13)), BK_MOD_SHIFT};
		return true;
	}
	for (size_t i = 0; i < sizeof curses_keys / sizeof *curses_keys; i++)
		if (curses_keys[i].curses == code) {
			*key = (struct bk_key){curses_keys[i].code, curses_keys[i].mods};
			return true;
		}
	return false;
}

/*
 * A bracketed paste, byte by byte from the terminal itself: curses has read no further than the mark that
 * begins it, and nothing inside may be taken for a key.
 */
static void read_paste(struct bk_terminal_keys *keys, struct bk_input *out)
{
	static const char end[] = "\033[201~";
	struct bk_buf *const paste = &keys->paste;
	bk_buf_clear(paste);
	while (paste->len < PASTE_LIMIT) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		if (poll(&in, 1, 5000) <= 0)
			break;
		char byte;
		if (read(STDIN_FILENO, &byte, 1) != 1)
			break;
		bk_buf_putc(paste, byte);
		if (byte == '~' && bk_str_ends(bk_buf_str(paste), BK_STR("\033[201~"))) {
			paste->len -= sizeof end - 1;
			break;
		}
	}
	*out = (struct bk_input){.kind = BK_INPUT_PASTE, .text = bk_buf_str(paste)};
}

/*
 * A report of the mouse, from the terminal itself as well.  A key that comes instead of the rest is still one; in
 * the older form nothing tells it from the rest but the time.
 */
static bool read_mouse(struct bk_terminal_keys *keys, bool old, struct bk_input *out)
{
	bk_mouse_report_begin(&keys->report, old);
	for (int i = 0; i < REPORT_LIMIT; i++) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		unsigned char byte;
		if (poll(&in, 1, old ? *bk_curses.ESCDELAY : PATIENCE) <= 0 ||
			read(STDIN_FILENO, &byte, 1) != 1)
			return false;
		switch (bk_mouse_report_take(&keys->report, byte, out)) {
		case BK_MOUSE_MORE: break;
		case BK_MOUSE_WHOLE: return out->kind != BK_INPUT_NONE;
		case BK_MOUSE_BROKEN: bk_curses.ungetch(byte); return false;
		case BK_MOUSE_GONE: return false;
		}
	}
	return false;
}

static bool special_key(struct bk_terminal_keys *keys, int code, struct bk_input *out)
{
	if (code == KEY_PASTE) {
		read_paste(keys, out);
		return true;
	}
	if (code == KEY_FOCUS_IN) {
		out->kind = BK_INPUT_FOCUS;
		return true;
	}
	if (code == KEY_REPORT || code == KEY_OLD_REPORT)
		return read_mouse(keys, code == KEY_OLD_REPORT, out);
	out->kind = named_key(code, &out->key) ? BK_INPUT_KEY : BK_INPUT_NONE;
	return out->kind == BK_INPUT_KEY;
}

static void character_key(wint_t code, struct bk_input *out)
{
	out->kind = BK_INPUT_KEY;
	out->key = code < 0x20 || code == 0x7f ? bk_key_of_control((unsigned char)code)
					       : (struct bk_key){(uint32_t)code, 0};
}

enum reading { NO_KEY, IGNORED, GOT_KEY };

static enum reading read_code(struct bk_terminal_keys *keys, struct bk_input *out)
{
	wint_t code;
	const int kind = bk_curses.wget_wch(keys->pad, &code);
	if (kind == ERR)
		return NO_KEY;
	if (kind == KEY_CODE_YES)
		return special_key(keys, (int)code, out) ? GOT_KEY : IGNORED;
	character_key(code, out);
	return GOT_KEY;
}

/* ---- Sequences that curses does not know, or has given up ---- */

/* The next character, if it comes in time; a key that comes instead is left. */
static bool wait_character(struct bk_terminal_keys *keys, int milliseconds, wint_t *code)
{
	int kind = bk_curses.wget_wch(keys->pad, code);
	if (kind == ERR) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		if (poll(&in, 1, milliseconds) <= 0)
			return false;
		kind = bk_curses.wget_wch(keys->pad, code);
	}
	if (kind == KEY_CODE_YES)
		bk_curses.ungetch((int)*code);
	return kind == OK;
}

/* What a sequence that has come to its end says to us. */
static enum reading sequence_input(
	struct bk_terminal_keys *keys, const struct bk_sequence *sequence, struct bk_input *out)
{
	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (bk_sequence_is(sequence, 200, '~'))
		read_paste(keys, out);
	else if (bk_sequence_is(sequence, 0, 'I'))
		out->kind = BK_INPUT_FOCUS;
	else if (bk_sequence_key(sequence, &out->key))
		out->kind = BK_INPUT_KEY;
	return out->kind == BK_INPUT_NONE ? IGNORED : GOT_KEY;
}

/*
 * A sequence behind ESC and its introducer, which are in `out` as a key, and stay there when nothing comes that
 * could go on with it: then it was that key.
 */
static enum reading read_sequence(struct bk_terminal_keys *keys, struct bk_input *out)
{
	struct bk_sequence sequence;
	wint_t code;
	bk_sequence_begin(&sequence, out->key.code);
	for (;;) {
		const int first = sequence.introducer == '[' ? CONTROL_PATIENCE : OTHER_PATIENCE;
		if (!wait_character(keys, sequence.taken ? PATIENCE : first, &code))
			return sequence.taken ? IGNORED : GOT_KEY;
		switch (bk_sequence_take(&sequence, code)) {
		case BK_SEQUENCE_MORE: break;
		case BK_SEQUENCE_WHOLE: return sequence_input(keys, &sequence, out);
		case BK_SEQUENCE_MOUSE: return read_mouse(keys, code == 'M', out) ? GOT_KEY : IGNORED;
		case BK_SEQUENCE_BROKEN:
			bk_curses.unget_wch((wchar_t)code);
			return sequence.taken ? IGNORED : GOT_KEY;
		}
	}
}

/*
 * What comes at once behind ESC: a sequence, or a key with Alt.  Another ESC is a key of its own, and what goes
 * with it is read with it.
 */
static enum reading read_behind_escape(struct bk_terminal_keys *keys, struct bk_input *out)
{
	const enum reading reading = read_code(keys, out);
	if (reading != GOT_KEY || out->kind != BK_INPUT_KEY)
		return reading;
	if (out->key.code == BK_KEY_ESCAPE && out->key.mods == 0) {
		bk_curses.ungetch(0x1b);
		return NO_KEY;
	}
	const bool begins = out->key.mods == 0 && bk_sequence_begins(out->key.code);
	out->key.mods |= BK_MOD_ALT;
	return begins ? read_sequence(keys, out) : GOT_KEY;
}

/*
 * A line may cut a sequence behind its ESC, which counts as Esc then; nobody types [ as soon after, but
 * in vi's manner one may type O.  A sequence that says nothing, or is a character, becomes Alt-[: the Esc must not be
 * kept for the next key, nor give that character an Alt.
 */
static enum reading read_late_sequence(struct bk_terminal_keys *keys, struct bk_input *out)
{
	struct bk_input late = *out;
	late.key.mods = BK_MOD_ALT;
	const struct bk_input alone = late;
	const enum reading reading = read_sequence(keys, &late);
	if (reading == IGNORED || (late.kind == BK_INPUT_KEY && bk_key_is_text(late.key)))
		*out = alone;
	else if (late.kind != BK_INPUT_KEY || !bk_key_equal(late.key, alone.key))
		*out = late;
	return GOT_KEY;
}

/* A key that curses has or can read now. */
static enum reading read_input(struct bk_terminal_keys *keys, struct bk_input *out)
{
	const bool late = keys->escaped > 0 && bk_now_ms() - keys->escaped < ESCAPE_PATIENCE;
	enum reading reading = read_code(keys, out);
	if (reading != GOT_KEY || out->kind != BK_INPUT_KEY || out->key.mods != 0)
		return reading;
	keys->escaped = 0;
	if (late && out->key.code != 'O' && bk_sequence_begins(out->key.code))
		return read_late_sequence(keys, out);
	if (out->key.code != BK_KEY_ESCAPE)
		return GOT_KEY;
	reading = read_behind_escape(keys, out);
	if (reading != NO_KEY)
		return reading;
	keys->escaped = bk_now_ms();
	*out = (struct bk_input){.kind = BK_INPUT_KEY, .key = {BK_KEY_ESCAPE, 0}};
	return GOT_KEY;
}

bool bk_terminal_keys_read(struct bk_terminal_keys *keys, struct bk_input *out)
{
	enum reading reading = IGNORED;
	while (reading == IGNORED)
		reading = read_input(keys, out);
	return reading == GOT_KEY;
}

/* ---- Opening and closing ---- */

int bk_terminal_keys_open(struct bk_terminal_keys *keys)
{
	WINDOW *const pad = bk_curses.newpad(1, 1);
	if (pad == NULL)
		return bk_fail_memory();
	bk_curses.keypad(pad, TRUE);
	bk_curses.meta(pad, TRUE);
	bk_curses.intrflush(pad, FALSE);
	bk_curses.nodelay(pad, TRUE);
	bk_curses.typeahead(-1);
	define_keys();
	keys->pad = pad;
	return BK_OK;
}

void bk_terminal_keys_release(struct bk_terminal_keys *keys)
{
	bk_buf_release(&keys->paste);
}
