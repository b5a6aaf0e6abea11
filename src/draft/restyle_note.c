/*
 * Footnotes of which nothing is left when their names are written beside the brackets.
 *
 * A note may go only when it cannot be a paragraph of the text, and when no mark is left that leads to it.
 */
#include "base/error.h"
#include "draft/restyle_private.h"

/* ---- Bracketed marks --------------------------------------------------------------------------------- */

static struct bk_str name_of(const struct bk_draft *draft, struct bk_span mark)
{
	return (struct bk_str){draft->bytes.ptr + mark.start + 1, mark.end - mark.start - 2};
}

/* How many brackets are marks of the same name. */
static size_t count_named(const struct bk_draft *draft, struct bk_span mark)
{
	const struct bk_str name = name_of(draft, mark);
	size_t count = 0;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		count += bk_str_equal(bk_bracket_inside(draft, bracket), name) &&
			 !bk_footnote_defines(draft, bracket);
	}
	return count;
}

/* How many notes this name has. */
static size_t count_definitions(const struct bk_draft *draft, struct bk_str name)
{
	size_t count = 0;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		count += bk_footnote_defines(draft, bracket) &&
			 bk_str_equal(bk_bracket_inside(draft, bracket), name);
	}
	return count;
}

static int find_named(
	struct bk_restyling *restyling, struct bk_span mark, struct bk_str *text, const char **why)
{
	const struct bk_draft *draft = restyling->draft;
	const struct bk_str name = name_of(draft, mark);
	bool is = false;
	const int status = bk_footnote_named(&restyling->footnotes, bk_str_skip(name, 1), text, &is);

	if (status == BK_OK && (!is || count_definitions(draft, name) != 1))
		*why = "its footnote's mark leads to more than one note";
	return status;
}

/* ---- Bare marks -------------------------------------------------------------------------------------- */

/* The number at `at`, in plain or raised figures, and the offset behind it. */
static unsigned number_at(struct bk_str bytes, size_t at, size_t *end)
{
	unsigned number = 0;
	size_t len;
	int digit;

	while ((digit = bk_footnote_digit(bk_str_skip(bytes, at), &len)) >= 0 && number < 10000) {
		number = number * 10 + (unsigned)digit;
		at += len;
	}
	*end = at;
	return number;
}

/* How often a number stands as a mark, whatever note it leads to. */
static size_t count_bare(const struct bk_draft *draft, unsigned number)
{
	const struct bk_str bytes = draft->bytes;
	size_t count = 0, end;

	for (size_t i = 0; i < bytes.len; i = end) {
		size_t len;

		end = i + 1;
		if (bk_footnote_digit(bk_str_skip(bytes, i), &len) >= 0)
			count += number_at(bytes, i, &end) == number && bk_footnote_is_bare_mark(bytes, i);
	}
	return count;
}

/* Whether a stop stands behind the number of a note, as behind a label. */
static bool is_stopped(const struct bk_footnotes_found *found, struct bk_str text)
{
	const size_t start = (size_t)(text.ptr - found->draft->bytes.ptr);

	for (size_t i = 0; i < found->bare.len; i++) {
		if (found->bare.items[i].text.start == start)
			return found->bare.items[i].stopped;
	}
	return false;
}

static int find_bare(
	struct bk_restyling *restyling, struct bk_span mark, struct bk_str *text, const char **why)
{
	size_t end;
	const unsigned number = number_at(restyling->draft->bytes, mark.start, &end);
	bool is = false;
	const int status = bk_footnote_bare(&restyling->footnotes, number, mark.end, text, &is);

	if (status == BK_OK && (!is || is_stopped(&restyling->footnotes, *text)))
		*why = "its footnote may be a paragraph of the text";
	return status;
}

/* ---- The note ---------------------------------------------------------------------------------------- */

static bool is_blank_line(struct bk_str bytes, size_t start, size_t end)
{
	while (start < end && bk_is_space(bytes.ptr[start]))
		start++;
	return start == end;
}

/* Behind the line end before at, or 0. */
static size_t line_start(struct bk_str bytes, size_t at)
{
	while (at > 0 && bytes.ptr[at - 1] != '\n')
		at--;
	return at;
}

/* The lines of a note, and one of the blank ones when it stands between two, or the text ends behind it. */
static struct bk_span note_lines(struct bk_str bytes, struct bk_str text)
{
	size_t start = line_start(bytes, (size_t)(text.ptr - bytes.ptr));
	size_t end = (size_t)(text.ptr - bytes.ptr) + text.len, before, next;

	end += bk_str_find(bk_str_skip(bytes, end), '\n');
	end += end < bytes.len;
	next = end + bk_str_find(bk_str_skip(bytes, end), '\n');
	before = start ? line_start(bytes, start - 1) : start;
	if (before < start && is_blank_line(bytes, before, start) && is_blank_line(bytes, end, next))
		start = before;
	return (struct bk_span){start, end};
}

/* The note of these lines, or the count of all when there is none yet. */
static size_t known_note(const struct bk_restyling *restyling, struct bk_span line)
{
	size_t i = 0;

	while (i < restyling->notes.len && restyling->notes.items[i].line.start != line.start)
		i++;
	return i;
}

static int add_note(struct bk_restyling *restyling, struct bk_span line, size_t marks)
{
	struct bk_restyle_note *slot = BK_VEC_PUSH(&restyling->notes);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_restyle_note){.line = line, .marks = marks};
	return BK_OK;
}

/* Whether a bracket is about the note: its lines are not the note's alone. */
static bool is_disputed(const struct bk_draft *draft, struct bk_str text)
{
	const size_t start = (size_t)(text.ptr - draft->bytes.ptr);
	const uint32_t around = bk_draft_bracket_at(draft, start);

	return around != BK_NONE && draft->brackets[around].start < start;
}

int bk_restyle_note(struct bk_restyling *restyling, const struct bk_attribution *attribution, size_t *note,
	struct bk_str *text, const char **why)
{
	const struct bk_str bytes = restyling->draft->bytes;
	const struct bk_span mark = attribution->notation;
	const bool named = bytes.ptr[mark.start] == '[';
	struct bk_span line;
	int status = named ? find_named(restyling, mark, text, why) : find_bare(restyling, mark, text, why);

	if (status == BK_OK && !*why && is_disputed(restyling->draft, *text))
		*why = "its footnote is disputed itself";
	if (status < 0 || *why)
		return status;
	line = note_lines(bytes, *text);
	*note = known_note(restyling, line);
	if (*note == restyling->notes.len) {
		size_t end;

		status = add_note(restyling, line,
			named ? count_named(restyling->draft, mark)
			      : count_bare(restyling->draft, number_at(bytes, mark.start, &end)));
	}
	/* "3, 4": the second is no mark by itself. */
	if (status == BK_OK && !named && !bk_footnote_is_bare_mark(bytes, mark.start))
		restyling->notes.items[*note].marks++;
	return status;
}
