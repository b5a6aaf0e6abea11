/*
 * Footnotes of which nothing is left when their names are written beside the brackets.
 *
 * A note may go only when it cannot be a paragraph of the text, and when no mark is left that leads to it.
 */
#include "base/error.h"
#include "draft/restyle_private.h"

/* ---- Counts ------------------------------------------------------------------------------------------ */

static int count_one(struct bk_map *map, struct bk_str key)
{
	size_t *const slot = bk_map_slot(map, key, 0);

	if (!slot)
		return BK_ENOMEM;
	++*slot;
	return BK_OK;
}

static size_t count_of(const struct bk_map *map, struct bk_str key)
{
	size_t count;

	return bk_map_get(map, key, &count) ? count : 0;
}

static int count_named(struct bk_restyling *restyling)
{
	const struct bk_draft *draft = restyling->draft;
	struct bk_restyle_marks *marks = &restyling->marks;
	int status = BK_OK;

	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];
		const struct bk_str name = bk_bracket_inside(draft, bracket);

		if (name.len && name.len <= BK_FOOTNOTE_NAME_MAX && name.ptr[0] == '^')
			status = count_one(
				bk_footnote_defines(draft, bracket) ? &marks->defined : &marks->named, name);
	}
	return status;
}

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

static struct bk_str number_key(const unsigned *number)
{
	return (struct bk_str){(const char *)number, sizeof *number};
}

static int count_bare(struct bk_restyling *restyling)
{
	const struct bk_str bytes = restyling->draft->bytes;
	int status = BK_OK;

	for (size_t i = 0, end; i < bytes.len && status == BK_OK; i = end) {
		size_t len;
		unsigned number;

		end = i + 1;
		if (bk_footnote_digit(bk_str_skip(bytes, i), &len) < 0)
			continue;
		number = number_at(bytes, i, &end);
		if (bk_footnote_is_bare_mark(bytes, i))
			status = count_one(&restyling->marks.bare, number_key(&number));
	}
	return status;
}

static int count_marks(struct bk_restyling *restyling)
{
	int status;

	if (restyling->marks.counted)
		return BK_OK;
	restyling->marks =
		(struct bk_restyle_marks){true, BK_MAP_INIT, BK_MAP_INIT, BK_MAP_INIT, BK_MAP_INIT};
	status = count_named(restyling);
	return status == BK_OK ? count_bare(restyling) : status;
}

void bk_restyle_marks_release(struct bk_restyle_marks *marks)
{
	bk_map_release(&marks->named);
	bk_map_release(&marks->defined);
	bk_map_release(&marks->bare);
	bk_map_release(&marks->notes);
}

/* ---- Where marks lead -------------------------------------------------------------------------------- */

static struct bk_str name_of(const struct bk_draft *draft, struct bk_span mark)
{
	return (struct bk_str){draft->bytes.ptr + mark.start + 1, mark.end - mark.start - 2};
}

static int find_named(
	struct bk_restyling *restyling, struct bk_span mark, struct bk_str *text, const char **why)
{
	const struct bk_str name = name_of(restyling->draft, mark);
	bool is = false;
	const int status = bk_footnote_named(&restyling->footnotes, bk_str_skip(name, 1), text, &is);

	if (status == BK_OK && (!is || count_of(&restyling->marks.defined, name) != 1))
		*why = "its footnote's mark leads to more than one note";
	return status;
}

/* A stop behind the number of a note stands there as behind a label. */
static int find_bare(
	struct bk_restyling *restyling, struct bk_span mark, struct bk_str *text, const char **why)
{
	const struct bk_str bytes = restyling->draft->bytes;
	size_t end;
	const unsigned number = number_at(bytes, mark.start, &end);
	const struct bk_footnote_line *line;
	const int status = bk_footnote_bare(&restyling->footnotes, number, mark.end, &line);

	if (line)
		*text = (struct bk_str){bytes.ptr + line->text.start, line->text.end - line->text.start};
	if (status == BK_OK && (!line || line->stopped))
		*why = "its footnote may be a paragraph of the text";
	return status;
}

/* How often the mark stands. */
static size_t count_mark(const struct bk_restyling *restyling, struct bk_span mark, bool named)
{
	const struct bk_draft *draft = restyling->draft;
	unsigned number;
	size_t end;

	if (named)
		return count_of(&restyling->marks.named, name_of(draft, mark));
	number = number_at(draft->bytes, mark.start, &end);
	return count_of(&restyling->marks.bare, number_key(&number));
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

/* The note with this text; one that is new is added, with so many marks.  BK_ENOMEM. */
static int take_note(struct bk_restyling *restyling, struct bk_str text, size_t marks, size_t *note)
{
	const struct bk_str bytes = restyling->draft->bytes;
	const size_t start = (size_t)(text.ptr - bytes.ptr);
	const size_t *const index = bk_map_slot(&restyling->marks.notes,
		(struct bk_str){(const char *)&start, sizeof start}, restyling->notes.len);
	struct bk_restyle_note *slot;

	if (!index)
		return BK_ENOMEM;
	*note = *index;
	if (*note < restyling->notes.len)
		return BK_OK;
	slot = BK_VEC_PUSH(&restyling->notes);
	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_restyle_note){.line = note_lines(bytes, text), .marks = marks};
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
	int status = count_marks(restyling);

	if (status == BK_OK)
		status = named ? find_named(restyling, mark, text, why)
			       : find_bare(restyling, mark, text, why);
	if (status == BK_OK && !*why && is_disputed(restyling->draft, *text))
		*why = "its footnote is disputed itself";
	if (status < 0 || *why)
		return status;
	status = take_note(restyling, *text, count_mark(restyling, mark, named), note);
	/* "3, 4": the second is no mark by itself. */
	if (status == BK_OK && !named && !bk_footnote_is_bare_mark(bytes, mark.start))
		restyling->notes.items[*note].marks++;
	return status;
}
