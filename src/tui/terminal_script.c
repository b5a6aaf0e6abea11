/* A terminal that is none: keys from a file (format in terminal.h). */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "tui/terminal.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct script {
	bk_terminal terminal; /* first: the loop's view of us */
	struct bk_file_bytes bytes;
	bool no_mouse; /* nobody asked for it: it says nothing */
	char *name;
	struct bk_str line;  /* what is left of this line */
	size_t at;	     /* of the file: where the next line begins */
	size_t number;	     /* of the line, from 1 */
	struct bk_buf typed; /* text in quotes, yet to be typed */
	size_t typed_at;
	struct bk_buf argument;
	struct bk_grid shown; /* what a terminal would show by now */
};

static int fail_line(const struct script *script, const char *what)
{
	return bk_fail(BK_EFORMAT, "%s:%zu: %s", script->name, script->number, what);
}

/* Take the next word off the line: up to a blank. */
static struct bk_str take_word(struct bk_str *line)
{
	*line = bk_str_trim(*line);
	size_t len = 0;
	while (len < line->len && !bk_is_blank(line->ptr[len]))
		len++;
	const struct bk_str word = {line->ptr, len};
	*line = bk_str_skip(*line, len);
	return word;
}

/* Take a string in quotes off the line, unescaped.  False when it does not end. */
static bool take_quoted(struct bk_str *line, struct bk_buf *out)
{
	bk_buf_clear(out);
	for (size_t i = 1; i < line->len; i++) {
		char c = line->ptr[i];
		if (c == '"') {
			*line = bk_str_skip(*line, i + 1);
			return true;
		}
		if (c == '\\' && i + 1 < line->len) {
			c = line->ptr[++i];
			c = (char)(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == 'e' ? 0x1b : c);
		}
		bk_buf_putc(out, c);
	}
	return false;
}

static bool next_line(struct script *script)
{
	const struct bk_str rest = bk_str_skip(script->bytes.str, script->at);
	if (rest.len == 0)
		return false;
	const size_t len = bk_str_find(rest, '\n');
	script->line = bk_str_trim((struct bk_str){rest.ptr, len});
	script->at += len + 1;
	script->number++;
	return true;
}

static int resize(struct script *script, struct bk_str size, struct bk_input *out)
{
	char *const copy = bk_memdup(size.ptr, size.len);
	if (copy == NULL)
		return bk_fail_memory();
	const int status = bk_terminal_parse_size(copy, &script->terminal.rows, &script->terminal.cols);
	bk_free(copy);
	out->kind = BK_INPUT_RESIZE;
	return status;
}

static int number_of(struct bk_str word)
{
	char digits[16] = "";
	memcpy(digits, word.ptr, word.len < sizeof digits ? word.len : sizeof digits - 1);
	return (int)strtol(digits, NULL, 10);
}

static int directive(struct script *script, struct bk_input *out)
{
	struct bk_str line = script->line;
	const struct bk_str word = take_word(&line);
	line = bk_str_trim(line);
	script->line = (struct bk_str){"", 0};
	if (bk_str_equal(word, BK_STR("@screen"))) {
		out->kind = BK_INPUT_DUMP;
	} else if (bk_str_equal(word, BK_STR("@wait"))) {
		out->kind = BK_INPUT_WAIT;
	} else if (bk_str_equal(word, BK_STR("@hold"))) {
		out->kind = bk_str_equal(line, BK_STR("reading")) ? BK_INPUT_HOLD_READING : BK_INPUT_HOLD;
	} else if (bk_str_equal(word, BK_STR("@svg")) && line.len > 0) {
		bk_buf_clear(&script->argument);
		bk_buf_put_str(&script->argument, line);
		*out = (struct bk_input){.kind = BK_INPUT_PICTURE, .text = bk_buf_str(&script->argument)};
	} else if (bk_str_equal(word, BK_STR("@resize"))) {
		return resize(script, line, out);
	} else if (bk_str_equal(word, BK_STR("@paste")) && bk_str_starts(line, BK_STR("\""))) {
		if (!take_quoted(&line, &script->argument))
			return fail_line(script, "the quotation does not end");
		*out = (struct bk_input){.kind = BK_INPUT_PASTE, .text = bk_buf_str(&script->argument)};
	} else if (bk_str_equal(word, BK_STR("@click"))) {
		out->kind = BK_INPUT_CLICK;
		out->row = number_of(take_word(&line)) - 1;
		out->col = number_of(take_word(&line)) - 1;
	} else if (bk_str_equal(word, BK_STR("@wheel"))) {
		*out = (struct bk_input){.kind = BK_INPUT_WHEEL, .amount = number_of(line)};
	} else if (bk_str_equal(word, BK_STR("@focus"))) {
		out->kind = BK_INPUT_FOCUS;
	} else {
		return fail_line(script, "no such directive: @screen, @svg, @resize, @wait, @hold, @paste, "
					 "@click, @wheel or @focus");
	}
	return BK_OK;
}

static bool typed_key(struct script *script, struct bk_input *out)
{
	const struct bk_str rest = bk_str_skip(bk_buf_str(&script->typed), script->typed_at);
	if (rest.len == 0)
		return false;
	size_t size;
	const uint32_t code = bk_utf8_decode(rest, &size);
	script->typed_at += size;
	out->kind = BK_INPUT_KEY;
	out->key = code < 0x20 || code == 0x7f ? bk_key_of_control((unsigned char)code)
					       : (struct bk_key){code == BK_UTF8_BAD ? 0xfffd : code, 0};
	return true;
}

/* One step along the file; out->kind stays BK_INPUT_NONE when the step gave nothing. */
static int step(struct script *script, struct bk_input *out)
{
	if (typed_key(script, out))
		return BK_OK;
	script->line = bk_str_trim(script->line);
	if (script->line.len == 0 || script->line.ptr[0] == '#') {
		if (!next_line(script))
			out->kind = BK_INPUT_END;
		return BK_OK;
	}
	if (script->line.ptr[0] == '@' && script->line.len > 1)
		return directive(script, out);
	if (script->line.ptr[0] == '"') {
		script->typed_at = 0;
		return take_quoted(&script->line, &script->typed)
			       ? BK_OK
			       : fail_line(script, "the quotation does not end");
	}
	const struct bk_str word = take_word(&script->line);
	if (!bk_key_parse(word.ptr, word.len, &out->key))
		return fail_line(script, "no such key; text to be typed stands in quotes");
	out->kind = BK_INPUT_KEY;
	return BK_OK;
}

static int next(bk_terminal *terminal, struct bk_input *out, int milliseconds)
{
	struct script *const script = (struct script *)terminal;
	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (milliseconds > 0) {
		/* Only asked for while background work is waited for. */
		struct pollfd wake = {.fd = terminal->wake_read, .events = POLLIN};
		poll(&wake, 1, milliseconds);
	}
	if (bk_terminal_drain_wake(terminal)) {
		out->kind = BK_INPUT_WAKE;
		return BK_OK;
	}
	if (milliseconds != -1)
		return BK_OK;
	int status = BK_OK;
	while (status == BK_OK && out->kind == BK_INPUT_NONE)
		status = step(script, out);
	if (script->no_mouse && (out->kind == BK_INPUT_CLICK || out->kind == BK_INPUT_WHEEL))
		out->kind = BK_INPUT_NONE;
	return status;
}

/* As a terminal does: only cells that differ are taken over. */
static void paint(bk_terminal *terminal, const struct bk_grid *grid, bool anew)
{
	struct bk_grid *const shown = &((struct script *)terminal)->shown;
	if (shown->rows != grid->rows || shown->cols != grid->cols) {
		if (bk_grid_resize(shown, grid->rows, grid->cols) < 0)
			return;
		anew = true;
	}
	for (int row = 0; row < grid->rows; row++)
		for (int col = 0; col < grid->cols; col++) {
			const struct bk_cell *const cell = bk_grid_at(grid, row, col);
			struct bk_cell *const old = bk_grid_at(shown, row, col);
			if (anew || !bk_cell_equal(cell, old))
				*old = *cell;
		}
	shown->cursor_row = grid->cursor_row;
	shown->cursor_col = grid->cursor_col;
}

const struct bk_grid *bk_terminal_script_shown(const bk_terminal *terminal)
{
	return &((const struct script *)terminal)->shown;
}

static void copy(bk_terminal *terminal, struct bk_str bytes)
{
	(void)terminal;
	(void)bytes;
}

static void suspend(bk_terminal *terminal)
{
	(void)terminal;
}

static void take_mouse(bk_terminal *terminal, bool wanted)
{
	((struct script *)terminal)->no_mouse = !wanted;
}

static void script_close(bk_terminal *terminal)
{
	struct script *const script = (struct script *)terminal;
	bk_terminal_close_wake(terminal);
	bk_file_release(&script->bytes);
	bk_buf_release(&script->typed);
	bk_buf_release(&script->argument);
	bk_grid_release(&script->shown);
	bk_free(script->name);
	bk_free(script);
}

static const struct bk_terminal_kind kind = {
	.next = next,
	.paint = paint,
	.copy = copy,
	.suspend = suspend,
	.mouse = take_mouse,
	.close = script_close,
};

int bk_terminal_script_open(bk_terminal **out, const char *file, const char *screen)
{
	struct script *const script = bk_calloc(1, sizeof *script);
	if (script == NULL)
		return bk_fail_memory();
	script->terminal = (bk_terminal){.kind = &kind, .colours = 256, .utf8 = true, .script = true};
	int status = bk_terminal_parse_size(screen, &script->terminal.rows, &script->terminal.cols);
	if (status == BK_OK)
		status = bk_file_read(&script->bytes, file);
	if (status == BK_OK)
		status = bk_terminal_open_wake(&script->terminal);
	script->name = bk_strdup(file);
	if (status == BK_OK && script->name == NULL)
		status = bk_fail_memory();
	if (status < 0) {
		script_close(&script->terminal);
		return status;
	}
	*out = &script->terminal;
	return BK_OK;
}
