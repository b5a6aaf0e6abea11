/* What a terminal shows, cell by cell. */
#include "screen.h"
#include "base/utf8.h"

#include <string.h>

enum { GROUND, ESCAPE, SEQUENCE, STRING, STRING_ESCAPE, SKIP_ONE };

static int bound(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

void screen_init(struct screen *screen)
{
	*screen = (struct screen){.bottom = SCREEN_ROWS};
}

/* ---- Erasing, scrolling, shifting ---- */

static void erase(struct screen *screen, int row, int from, int to)
{
	from = bound(from, 0, SCREEN_COLS);
	to = bound(to, from, SCREEN_COLS);
	memset(&screen->cells[row][from], 0, (size_t)(to - from) * sizeof screen->cells[0][0]);
}

static void erase_rows(struct screen *screen, int from, int to)
{
	for (int row = from; row < to; row++)
		erase(screen, row, 0, SCREEN_COLS);
}

/* Move rows from `row` to the end of what scrolls up (count > 0) or down. */
static void scroll(struct screen *screen, int row, int count)
{
	const int height = screen->bottom - row;
	const int moved = bound(count < 0 ? -count : count, 0, height);
	const size_t size = (size_t)(height - moved) * sizeof screen->cells[0];

	if (height <= 0)
		return;
	if (count > 0) {
		memmove(screen->cells[row], screen->cells[row + moved], size);
		erase_rows(screen, screen->bottom - moved, screen->bottom);
	} else {
		memmove(screen->cells[row + moved], screen->cells[row], size);
		erase_rows(screen, row, row + moved);
	}
}

static void insert_cells(struct screen *screen, int count)
{
	const int col = bound(screen->col, 0, SCREEN_COLS - 1);
	const int moved = bound(count, 0, SCREEN_COLS - col);
	uint32_t *cells = screen->cells[screen->row];

	memmove(cells + col + moved, cells + col, (size_t)(SCREEN_COLS - col - moved) * sizeof *cells);
	erase(screen, screen->row, col, col + moved);
}

static void delete_cells(struct screen *screen, int count)
{
	const int col = bound(screen->col, 0, SCREEN_COLS - 1);
	const int moved = bound(count, 0, SCREEN_COLS - col);
	uint32_t *cells = screen->cells[screen->row];

	memmove(cells + col, cells + col + moved, (size_t)(SCREEN_COLS - col - moved) * sizeof *cells);
	erase(screen, screen->row, SCREEN_COLS - moved, SCREEN_COLS);
}

static void line_feed(struct screen *screen)
{
	if (screen->row == screen->bottom - 1)
		scroll(screen, screen->top, 1);
	else
		screen->row = bound(screen->row + 1, 0, SCREEN_ROWS - 1);
}

/* ---- Characters ---- */

static void put(struct screen *screen, uint32_t code, int width)
{
	if (width <= 0)
		return;
	if (screen->col + width > SCREEN_COLS) {
		screen->col = 0;
		line_feed(screen);
	}
	screen->cells[screen->row][screen->col] = code == ' ' ? 0 : code;
	if (width == 2)
		screen->cells[screen->row][screen->col + 1] = 0;
	screen->col += width;
	screen->last = code;
}

static void take_character(struct screen *screen, unsigned char byte)
{
	size_t size;

	if (screen->have == 0) {
		screen->want = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
		if (screen->want == 1) {
			put(screen, byte, 1);
			return;
		}
	}
	screen->character[screen->have++] = (char)byte;
	if (screen->have < screen->want)
		return;
	const struct bk_str character = {screen->character, screen->have};
	put(screen, bk_utf8_decode(character, &size), bk_utf8_width(character));
	screen->have = 0;
}

static void take_control(struct screen *screen, char byte)
{
	switch (byte) {
	case '\b': screen->col = bound(screen->col - 1, 0, SCREEN_COLS - 1); break;
	case '\t': screen->col = bound((screen->col / 8 + 1) * 8, 0, SCREEN_COLS - 1); break;
	case '\r': screen->col = 0; break;
	case '\n': line_feed(screen); break;
	case '\033': screen->state = ESCAPE; break;
	default: break;
	}
}

/* ---- Sequences ---- */

static int parameter(const struct screen *screen, int index, int otherwise)
{
	return index < screen->count && screen->parameters[index] > 0 ? screen->parameters[index] : otherwise;
}

static void go(struct screen *screen, int row, int col)
{
	screen->row = bound(row, 0, SCREEN_ROWS - 1);
	screen->col = bound(col, 0, SCREEN_COLS - 1);
}

static void erase_line(struct screen *screen, int what)
{
	erase(screen, screen->row, what == 0 ? screen->col : 0, what == 1 ? screen->col + 1 : SCREEN_COLS);
}

static void erase_display(struct screen *screen, int what)
{
	if (what < 2)
		erase_line(screen, what);
	erase_rows(screen, what == 0 ? screen->row + 1 : 0, what == 1 ? screen->row : SCREEN_ROWS);
}

static void run_private(struct screen *screen, char last)
{
	if ((last == 'h' || last == 'l') && parameter(screen, 0, 0) == 1049)
		erase_rows(screen, 0, SCREEN_ROWS);
}

static bool run_move(struct screen *screen, char last, int n)
{
	switch (last) {
	case 'H':
	case 'f': go(screen, n - 1, parameter(screen, 1, 1) - 1); break;
	case 'A': go(screen, screen->row - n, screen->col); break;
	case 'B':
	case 'e': go(screen, screen->row + n, screen->col); break;
	case 'C':
	case 'a': go(screen, screen->row, screen->col + n); break;
	case 'D': go(screen, screen->row, bound(screen->col, 0, SCREEN_COLS - 1) - n); break;
	case 'G':
	case '`': go(screen, screen->row, n - 1); break;
	case 'd': go(screen, n - 1, screen->col); break;
	default: return false;
	}
	return true;
}

static void run_sequence(struct screen *screen, char last)
{
	const int n = parameter(screen, 0, 1);

	if (run_move(screen, last, n))
		return;
	switch (last) {
	case 'J': erase_display(screen, parameter(screen, 0, 0)); break;
	case 'K': erase_line(screen, parameter(screen, 0, 0)); break;
	case 'X': erase(screen, screen->row, screen->col, screen->col + n); break;
	case '@': insert_cells(screen, n); break;
	case 'P': delete_cells(screen, n); break;
	case 'L': scroll(screen, screen->row, -n); break;
	case 'M': scroll(screen, screen->row, n); break;
	case 'S': scroll(screen, screen->top, n); break;
	case 'T': scroll(screen, screen->top, -n); break;
	case 'b':
		for (int i = 0; i < n && i < SCREEN_COLS; i++)
			put(screen, screen->last, 1);
		break;
	case 'r':
		screen->top = bound(n - 1, 0, SCREEN_ROWS - 1);
		screen->bottom = bound(parameter(screen, 1, SCREEN_ROWS), screen->top + 1, SCREEN_ROWS);
		go(screen, 0, 0);
		break;
	default: break;
	}
}

static void take_sequence(struct screen *screen, char byte)
{
	if (byte >= '0' && byte <= '9') {
		int *value = &screen->parameters[bound(screen->count - 1, 0, 7)];

		*value = bound(*value * 10 + (byte - '0'), 0, 9999);
	} else if (byte == ';' || byte == ':') {
		screen->count = bound(screen->count + 1, 1, 8);
		screen->parameters[screen->count - 1] = 0;
	} else if (byte >= 0x40) {
		screen->state = GROUND;
		if (screen->private)
			run_private(screen, byte);
		else
			run_sequence(screen, byte);
	} else {
		screen->private = true; /* a mark in front, or an intermediate byte: none that draws */
	}
}

static void take_escape(struct screen *screen, char byte)
{
	screen->state = GROUND;
	switch (byte) {
	case '[':
		screen->state = SEQUENCE;
		screen->count = 1;
		screen->parameters[0] = 0;
		screen->private = false;
		break;
	case ']':
	case 'P':
	case '_':
	case '^': screen->state = STRING; break;
	case '(':
	case ')': screen->state = SKIP_ONE; break;
	case '7':
		screen->saved_row = screen->row;
		screen->saved_col = screen->col;
		break;
	case '8': go(screen, screen->saved_row, screen->saved_col); break;
	case 'D': line_feed(screen); break;
	case 'M':
		if (screen->row == screen->top)
			scroll(screen, screen->top, -1);
		else
			go(screen, screen->row - 1, screen->col);
		break;
	default: break;
	}
}

void screen_take(struct screen *screen, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char byte = bytes[i];

		switch (screen->state) {
		case ESCAPE: take_escape(screen, byte); break;
		case SEQUENCE: take_sequence(screen, byte); break;
		case STRING:
			screen->state = byte == '\a' ? GROUND : byte == '\033' ? STRING_ESCAPE : STRING;
			break;
		case STRING_ESCAPE:
		case SKIP_ONE: screen->state = GROUND; break;
		default:
			if ((unsigned char)byte < ' ')
				take_control(screen, byte);
			else
				take_character(screen, (unsigned char)byte);
		}
	}
}

/* ---- Asking ---- */

bool screen_same(const struct screen *a, const struct screen *b, struct screen_part part)
{
	const size_t size = (size_t)(part.last - part.col) * sizeof a->cells[0][0];

	for (int row = part.end - 1; row >= part.row; row--)
		if (memcmp(&a->cells[row][part.col], &b->cells[row][part.col], size) != 0)
			return false;
	return true;
}

size_t screen_filled(const struct screen *screen, struct screen_part part)
{
	size_t count = 0;

	for (int row = part.row; row < part.end; row++)
		for (int col = part.col; col < part.last; col++)
			count += screen->cells[row][col] != 0;
	return count;
}

static bool stands_at(const uint32_t *cells, const char *string, int len)
{
	for (int i = 0; i < len; i++)
		if (cells[i] != (string[i] == ' ' ? 0 : (uint32_t)(unsigned char)string[i]))
			return false;
	return true;
}

bool screen_holds(const struct screen *screen, struct screen_part part, const char *string)
{
	const int len = (int)strlen(string);

	for (int row = part.row; row < part.end; row++)
		for (int col = part.col; col + len <= part.last; col++)
			if (stands_at(&screen->cells[row][col], string, len))
				return true;
	return false;
}
