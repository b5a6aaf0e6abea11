/* Brackets that refer to something: Markdown links, and the marks of footnotes. */
#include "draft/classify_reference.h"

#include "base/error.h"
#include "draft/conventions.h"
#include "draft/footnote.h"

/* Bounds of what is read round a bracket. */
enum { TARGET_MAX = 2048, NAME_MAX = 256 };

/* ---- Markdown links --------------------------------------------------------------------------------- */

/* "a.md", "b/c.html#part": a name with a dot and a short ending of letters. */
static bool has_file_ending(struct bk_str target)
{
	size_t end = bk_str_find(target, '#'), start;

	for (start = end; start && bk_is_alpha(target.ptr[start - 1]);)
		start--;
	return start > 1 && end > start && end - start <= 5 && target.ptr[start - 1] == '.';
}

static bool contains(struct bk_str string, const char *what)
{
	return string.len && memmem(string.ptr, string.len, what, strlen(what)) != NULL;
}

/* An address, a path or `#...`, without a blank. */
static bool is_target(struct bk_str target)
{
	if (target.len >= 2 && target.ptr[0] == '<' && target.ptr[target.len - 1] == '>')
		target = (struct bk_str){target.ptr + 1, target.len - 2};
	for (size_t i = 0; i < target.len; i++) {
		if (bk_is_space(target.ptr[i]))
			return false;
	}
	if (target.len > 1 && target.ptr[0] == '#')
		return true;
	return contains(target, "://") || bk_str_starts(target, BK_STR("mailto:")) ||
	       bk_str_starts(target, BK_STR("www.")) || bk_str_starts(target, BK_STR("./")) ||
	       bk_str_starts(target, BK_STR("../")) || (target.len > 1 && target.ptr[0] == '/') ||
	       has_file_ending(target);
}

/* `[text](target)` or `[text](target "title")`. */
static bool has_inline_target(const struct bk_draft *draft, size_t open)
{
	struct bk_str rest = bk_str_skip(draft->bytes, open + 1);
	size_t len;

	if (rest.len > TARGET_MAX)
		rest.len = TARGET_MAX;
	rest.len = bk_str_find(rest, '\n');
	len = bk_str_find(rest, ')');
	if (len == rest.len)
		return false;
	rest.len = len;
	if (contains(rest, " \""))
		rest.len = bk_str_find(rest, ' ');
	return is_target(rest);
}

static bool first_on_line(const struct bk_draft *draft, size_t offset)
{
	while (offset && bk_is_blank(draft->bytes.ptr[offset - 1]))
		offset--;
	return offset == 0 || draft->bytes.ptr[offset - 1] == '\n';
}

/* `[name]: target` alone on its line; the target may stand on the next one. */
static bool defines_target(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	struct bk_str line = bk_str_skip(draft->bytes, bracket->end);

	if (!line.len || line.ptr[0] != ':' || !first_on_line(draft, bracket->start))
		return false;
	line = bk_str_skip(line, 1);
	while (line.len && bk_is_blank(line.ptr[0]))
		line = bk_str_skip(line, 1);
	if (line.len && line.ptr[0] == '\n')
		line = bk_str_skip(line, 1);
	line.len = bk_str_find(line, '\n');
	line = bk_str_trim(line);
	if (contains(line, " \""))
		line.len = bk_str_find(line, ' ');
	return line.len && is_target(line);
}

static int find_targets(struct bk_referring *referring)
{
	const struct bk_draft *draft = referring->draft;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		if (bk_byte_at(draft, bracket->end) == ':' && bracket->end - bracket->start <= NAME_MAX &&
			defines_target(draft, bracket) &&
			bk_map_set(&referring->targets, bk_bracket_inside(draft, bracket), i) < 0)
			return bk_fail_memory();
	}
	return BK_OK;
}

static bool is_link(const struct bk_referring *referring, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = referring->draft;
	const char next = bk_byte_at(draft, bracket->end);
	struct bk_str name;
	size_t index;

	if (next == '(')
		return has_inline_target(draft, bracket->end);
	if (referring->targets.count == 0)
		return false;
	if (next == ':' && bracket->end - bracket->start <= NAME_MAX &&
		bk_map_get(&referring->targets, bk_bracket_inside(draft, bracket), &index) &&
		first_on_line(draft, bracket->start))
		return true;
	if (next == '[') {
		name = bk_str_skip(draft->bytes, bracket->end + 1);
		if (name.len > NAME_MAX)
			name.len = NAME_MAX;
		name.len = bk_str_find(name, ']');
		return bk_map_get(&referring->targets, name, &index);
	}
	name = bk_bracket_inside(draft, bracket);
	return name.len <= NAME_MAX && bk_byte_before(draft, bracket->start) == ']' &&
	       bk_map_get(&referring->targets, name, &index);
}

/* ---- Footnote marks -------------------------------------------------------------------------------- */

static bool all_digits(struct bk_str words)
{
	for (size_t i = 0; i < words.len; i++) {
		if (!bk_is_digit(words.ptr[i]))
			return false;
	}
	return words.len > 0;
}

/* "item 1.[1]": the dot after a small number parts it from a number below it, and ends no sentence. */
static bool is_after_numbering(const struct bk_draft *draft, size_t offset)
{
	size_t digits = 0;

	if (bk_byte_before(draft, offset) != '.')
		return false;
	while (digits < offset - 1 && digits < 3 && bk_is_digit(draft->bytes.ptr[offset - 2 - digits]))
		digits++;
	/* "Article X.[12]" */
	if (digits == 0 && offset > 2)
		return bk_is_upper(draft->bytes.ptr[offset - 2]) && bk_is_blank(draft->bytes.ptr[offset - 3]);
	return digits > 0 && digits < 3;
}

/* `programmes[55]`: figures alone, glued to a word or what closes one, and followed by no word. */
static bool is_glued_mark(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_str inside = bk_bracket_inside(draft, bracket);
	const char before = bk_byte_before(draft, bracket->start), after = bk_byte_at(draft, bracket->end);

	if (inside.len > 3 || !all_digits(inside) || bk_is_digit(before) ||
		is_after_numbering(draft, bracket->start))
		return false;
	return (bk_is_word(before) || memchr(".,;:)\"'*", before, 8)) && !bk_is_word(after) && after != '%' &&
	       after != '[' && after != '-';
}

/* One of a run is a choice in it. */
static bool is_mark(const struct bk_referring *referring, uint32_t index)
{
	const struct bk_draft *draft = referring->draft;

	return is_glued_mark(draft, &draft->brackets[index]) &&
	       !bk_is_tight(draft, referring->before[index], index);
}

/* Decided by the text where conventions leave it open: the commoner of the two ways of marking. */
static bool brackets_are_marks(struct bk_referring *referring)
{
	const struct bk_draft *draft = referring->draft;
	const enum bk_footnotes style = bk_conventions_footnotes(draft->conventions);
	size_t bracketed = 0;

	if (referring->style_known)
		return referring->brackets_are_marks;
	referring->style_known = true;
	for (uint32_t i = 0; style == BK_FOOTNOTES_AUTO && i < draft->bracket_count; i++)
		bracketed += is_mark(referring, i);
	referring->brackets_are_marks = style == BK_FOOTNOTES_AUTO
						? bracketed >= bk_footnote_count_bare_marks(draft)
						: style == BK_FOOTNOTES_BRACKETED;
	return referring->brackets_are_marks;
}

static unsigned number_of(struct bk_str digits)
{
	unsigned number = 0;

	for (size_t i = 0; i < digits.len; i++)
		number = number * 10 + (unsigned)(digits.ptr[i] - '0');
	return number;
}

/* Whether the figures stand as a mark glued to a word anywhere in the text. */
static bool has_glued_mark(struct bk_referring *referring, struct bk_str digits)
{
	const struct bk_draft *draft = referring->draft;
	const unsigned wanted = number_of(digits);

	for (uint32_t i = 0; !referring->marks_known && i < draft->bracket_count; i++) {
		if (is_mark(referring, i)) {
			const unsigned number = number_of(bk_bracket_inside(draft, &draft->brackets[i]));

			referring->marks[number / 64] |= 1ull << number % 64;
		}
	}
	referring->marks_known = true;
	return (referring->marks[wanted / 64] >> wanted % 64 & 1) != 0;
}

/* `[2] As recognized by ...` first on its line: the footnote that the mark `[2]` calls for. */
static bool defines_mark(struct bk_referring *referring, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = referring->draft;
	const struct bk_str inside = bk_bracket_inside(draft, bracket);

	return inside.len <= 3 && all_digits(inside) && bk_is_blank(bk_byte_at(draft, bracket->end)) &&
	       bk_byte_at(draft, bracket->end + 1) != '[' && first_on_line(draft, bracket->start) &&
	       has_glued_mark(referring, inside) && brackets_are_marks(referring);
}

bool bk_referring_has(struct bk_referring *referring, uint32_t index)
{
	const struct bk_draft *draft = referring->draft;
	const struct bk_bracket *bracket = &draft->brackets[index];
	const struct bk_str inside = bk_bracket_inside(draft, bracket);

	if (inside.len > 1 && inside.len <= BK_FOOTNOTE_NAME_MAX && inside.ptr[0] == '^')
		return memchr(inside.ptr, ' ', inside.len) == NULL;
	if (is_link(referring, bracket) || defines_mark(referring, bracket))
		return true;
	return is_mark(referring, index) && brackets_are_marks(referring);
}

int bk_referring_init(struct bk_referring *referring, const struct bk_draft *draft, const uint32_t *before)
{
	*referring = (struct bk_referring){.draft = draft, .before = before, .targets = BK_MAP_INIT};
	return find_targets(referring);
}

void bk_referring_release(struct bk_referring *referring)
{
	bk_map_release(&referring->targets);
}
