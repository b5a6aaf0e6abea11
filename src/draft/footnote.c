/* Finding the texts of footnotes by one walk over the lines, made only when a mark asks for it. */
#include "draft/footnote.h"

#include "base/error.h"
#include "base/vec.h"

#include <stdlib.h>

enum { NOTE_MAX = 1024, PREFIX_MAX = 100, NUMBER_DIGITS = 3, LETTERS_BEFORE = 3 };

void bk_footnotes_init(struct bk_footnotes_found *found, const struct bk_draft *draft)
{
	*found = (struct bk_footnotes_found){.draft = draft, .named = BK_MAP_INIT};
}

void bk_footnotes_release(struct bk_footnotes_found *found)
{
	bk_map_release(&found->named);
	BK_VEC_RELEASE(&found->bare);
}

/* ---- Bracketed marks ------------------------------------------------------------------------------ */

static bool first_on_line(const struct bk_draft *draft, size_t offset)
{
	while (offset && bk_is_blank(draft->bytes.ptr[offset - 1]))
		offset--;
	return offset == 0 || draft->bytes.ptr[offset - 1] == '\n';
}

/* The bracket that a note is disputed in begins with its mark, or with who wants it: "[EU, US: [^9]: ". */
static bool first_in_bracket(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	struct bk_str before;

	if (bracket->parent == BK_NONE)
		return false;
	before = bk_bracket_inside(draft, &draft->brackets[bracket->parent]);
	before.len = bracket->start - (size_t)(before.ptr - draft->bytes.ptr);
	if (before.len > PREFIX_MAX)
		return false;
	before = bk_str_trim(before);
	return !before.len || (before.ptr[before.len - 1] == ':' && !memchr(before.ptr, '\n', before.len) &&
				      !memchr(before.ptr, ']', before.len));
}

bool bk_footnote_defines(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_str inside = bk_bracket_inside(draft, bracket);

	return inside.len > 1 && inside.len <= BK_FOOTNOTE_NAME_MAX && inside.ptr[0] == '^' &&
	       bracket->end < draft->bytes.len && draft->bytes.ptr[bracket->end] == ':' &&
	       (first_on_line(draft, bracket->start) || first_in_bracket(draft, bracket));
}

/* Where a line goes on with the note before it: it has words, and opens neither a note nor a heading of its own. */
static bool goes_on(struct bk_str line)
{
	while (line.len && bk_is_blank(line.ptr[0]))
		line = bk_str_skip(line, 1);
	return line.len && line.ptr[0] != '\n' && line.ptr[0] != '#' && !bk_str_starts(line, BK_STR("[^"));
}

static size_t note_end(struct bk_str bytes, size_t offset)
{
	size_t end = offset;

	for (;;) {
		struct bk_str rest = bk_str_skip(bytes, end);
		size_t blank;

		end += bk_str_find(rest, '\n');
		if (goes_on(bk_str_skip(bytes, end + 1))) {
			end++;
			continue;
		}
		for (blank = end; blank < bytes.len && bytes.ptr[blank] == '\n';)
			blank++;
		rest = bk_str_skip(bytes, blank);
		if (!bk_str_starts(rest, BK_STR("  ")) && !bk_str_starts(rest, BK_STR("\t")))
			return end;
		end = blank;
	}
}

/* Of at most so many bytes. */
static size_t end_within(const struct bk_draft *draft, const struct bk_bracket *bracket, size_t max)
{
	struct bk_str until = draft->bytes;

	if (bracket->parent != BK_NONE) {
		const struct bk_str around = bk_bracket_inside(draft, &draft->brackets[bracket->parent]);

		until.len = (size_t)(around.ptr - until.ptr) + around.len;
	}
	if (until.len - bracket->end > max)
		until.len = bracket->end + max;
	return note_end(until, bracket->end);
}

size_t bk_footnote_end(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	return end_within(draft, bracket, SIZE_MAX);
}

static int find_named(struct bk_footnotes_found *found)
{
	const struct bk_draft *draft = found->draft;

	for (size_t i = 0; i < draft->bracket_count && !found->named_ready; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		if (bk_footnote_defines(draft, bracket) &&
			!bk_map_slot(&found->named, bk_str_skip(bk_bracket_inside(draft, bracket), 1), i))
			return bk_fail_memory();
	}
	found->named_ready = true;
	return BK_OK;
}

int bk_footnote_named(struct bk_footnotes_found *found, struct bk_str name, struct bk_str *text, bool *is)
{
	const struct bk_draft *draft = found->draft;
	size_t index;
	const int status = found->named_ready ? BK_OK : find_named(found);

	*is = status == BK_OK && bk_map_get(&found->named, name, &index);
	if (*is) {
		const struct bk_bracket *bracket = &draft->brackets[index];
		const size_t start = bracket->end + 1;

		*text = (struct bk_str){
			draft->bytes.ptr + start, end_within(draft, bracket, NOTE_MAX) - start};
	}
	return status;
}

/* ---- Bare marks ------------------------------------------------------------------------------------ */

int bk_footnote_digit(struct bk_str bytes, size_t *len)
{
	static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

	*len = 1;
	if (bytes.len && bk_is_digit(bytes.ptr[0]))
		return bytes.ptr[0] - '0';
	for (int i = 0; bytes.len && (unsigned char)bytes.ptr[0] >= 0xC2 && i < 10; i++) {
		if (bk_str_starts(bytes, bk_str_of(raised[i]))) {
			*len = strlen(raised[i]);
			return i;
		}
	}
	return -1;
}

/* The number and the rest of a line that begins with one; number 0 when it does not. */
static struct bk_str take_number(struct bk_str line, unsigned *number, bool *stopped)
{
	size_t count = 0, len;
	int digit;

	line = bk_str_trim(line);
	*number = 0;
	while (count <= NUMBER_DIGITS && (digit = bk_footnote_digit(line, &len)) >= 0) {
		*number = *number * 10 + (unsigned)digit;
		line = bk_str_skip(line, len);
		count++;
	}
	if (count == 0 || count > NUMBER_DIGITS || line.len == 0)
		*number = 0;
	*stopped = line.len && (line.ptr[0] == '.' || line.ptr[0] == ')');
	if (*stopped)
		line = bk_str_skip(line, 1);
	return bk_str_trim(line);
}

static int add_line(struct bk_footnotes_found *found, struct bk_str line)
{
	unsigned number;
	bool stopped;
	const struct bk_str rest = take_number(line, &number, &stopped);
	struct bk_footnote_line *slot;

	if (!number || !rest.len)
		return BK_OK;
	slot = BK_VEC_PUSH(&found->bare);
	if (!slot)
		return bk_fail_memory();
	slot->number = number;
	slot->stopped = stopped;
	slot->text.start = (size_t)(rest.ptr - found->draft->bytes.ptr);
	slot->text.end = slot->text.start + rest.len;
	return BK_OK;
}

/* By number, those with a stop last, then by offset. */
static int compare_lines(const void *a, const void *b)
{
	const struct bk_footnote_line *left = a, *right = b;

	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	if (left->stopped != right->stopped)
		return left->stopped ? 1 : -1;
	return left->text.start < right->text.start ? -1 : left->text.start > right->text.start;
}

static int find_bare(struct bk_footnotes_found *found)
{
	struct bk_str rest = found->draft->bytes;

	found->bare.len = 0;
	while (rest.len) {
		const size_t len = bk_str_find(rest, '\n');
		size_t at = 0, figure;

		while (at < len && bk_is_blank(rest.ptr[at]))
			at++;
		if (at < len && bk_footnote_digit(bk_str_skip(rest, at), &figure) >= 0 &&
			add_line(found, (struct bk_str){rest.ptr, len}) < 0)
			return BK_ENOMEM;
		rest = bk_str_skip(rest, len + 1);
	}
	if (found->bare.len)
		qsort(found->bare.items, found->bare.len, sizeof *found->bare.items, compare_lines);
	found->bare_ready = true;
	return BK_OK;
}

/* The line of this number that follows offset most nearly, else the last before it; NULL when there is none. */
static const struct bk_footnote_line *nearest(
	const struct bk_footnotes_found *found, unsigned number, bool stopped, size_t offset)
{
	const struct bk_footnote_line key = {number, stopped, {offset, offset}}, *lines = found->bare.items;
	const size_t index = BK_SEARCH(i, found->bare.len, compare_lines(&lines[i], &key) < 0);

	if (index < found->bare.len && lines[index].number == number && lines[index].stopped == stopped)
		return &lines[index];
	if (index > 0 && lines[index - 1].number == number && lines[index - 1].stopped == stopped)
		return &lines[index - 1];
	return NULL;
}

int bk_footnote_bare(struct bk_footnotes_found *found, unsigned number, size_t offset,
	const struct bk_footnote_line **line)
{
	const int status = found->bare_ready ? BK_OK : find_bare(found);

	*line = NULL;
	if (status < 0)
		return status;
	*line = nearest(found, number, false, offset);
	if (!*line)
		*line = nearest(found, number, true, offset);
	return BK_OK;
}

/* ---- The style of marks ------------------------------------------------------------------------------ */

/* "at sea].1": figures glued to a bracket's close, or to the mark behind it. */
static bool is_after_close(struct bk_str bytes, size_t at)
{
	if (at && strchr(".,;", bytes.ptr[at - 1]))
		at--;
	return at && bytes.ptr[at - 1] == ']';
}

bool bk_footnote_is_bare_mark(struct bk_str bytes, size_t at)
{
	size_t end = at;

	while (end < bytes.len && bk_is_digit(bytes.ptr[end]))
		end++;
	if (is_after_close(bytes, at))
		return end - at < NUMBER_DIGITS &&
		       (end == bytes.len || bk_is_space(bytes.ptr[end]) || bytes.ptr[end] == ']');
	for (size_t i = 1; i <= LETTERS_BEFORE; i++) {
		if (at < i || !bk_is_lower(bytes.ptr[at - i]))
			return false;
	}
	return end - at < NUMBER_DIGITS && (end == bytes.len || !bk_is_word(bytes.ptr[end]));
}

size_t bk_footnote_count_bare_marks(const struct bk_draft *draft)
{
	size_t bare = 0;

	for (size_t i = 1; i < draft->bytes.len; i++) {
		if (bk_is_digit(draft->bytes.ptr[i]) && !bk_is_digit(draft->bytes.ptr[i - 1]))
			bare += bk_footnote_is_bare_mark(draft->bytes, i);
	}
	return bare;
}
