/* What two texts differ in, as lines of a pane. */
#include "tui/pane_diff.h"

#include <bracked/store.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3 };

/* Cut off what both begin and end with, but for some lines; returns how many lines went at the start. */
static size_t cut_to_changes(struct bk_str *old, struct bk_str *now)
{
	size_t head = bk_str_common_start(*old, *now), lines = 0;
	size_t tail = bk_str_common_end(bk_str_skip(*old, head), bk_str_skip(*now, head));
	for (int left = CONTEXT + 1; head > 0 && (old->ptr[head - 1] != '\n' || --left > 0);)
		head--;
	/* Where the change ends the two differ before the tail: from the next byte on they do not. */
	tail -= tail > 0;
	for (int left = CONTEXT + 1; tail > 0 && (old->ptr[old->len - tail - 1] != '\n' || --left > 0);)
		tail--;
	for (const char *at = old->ptr; (at = memchr(at, '\n', head - (size_t)(at - old->ptr))) != NULL; at++)
		lines++;
	*old = (struct bk_str){old->ptr + head, old->len - head - tail};
	*now = (struct bk_str){now->ptr + head, now->len - head - tail};
	return lines;
}

static struct bk_line *add_line(struct bk_list *list, const char *words, enum bk_role role)
{
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return NULL;
	bk_line_field(line, words, 0, role);
	line->key = list->lines.len;
	return line;
}

/* "@@ -12,7 +12,9 @@" is where it stands in the file. */
static const char *place_of(struct bk_list *list, struct bk_str hunk, size_t lines)
{
	const size_t minus = bk_str_find(hunk, '-');
	const unsigned long line = minus < hunk.len ? strtoul(hunk.ptr + minus + 1, NULL, 10) : 0;
	return bk_arena_printf(&list->arena, "from line %lu", line + lines);
}

/* A run of removed and added lines, and how many of each have been shown. */
struct run {
	struct bk_str lines;
	size_t removed, added;
};

/* The line of a run, after its sign, that is so many of that sign from its start; empty when there is none. */
static struct bk_str line_of_run(struct bk_str run, char sign, size_t number)
{
	while (run.len > 0 && strchr("-+\\", run.ptr[0]) != NULL) {
		const size_t len = bk_str_find(run, '\n');
		if (run.ptr[0] == sign && number-- == 0)
			return (struct bk_str){run.ptr + 1, len - 1};
		run = bk_str_skip(run, len + 1);
	}
	return (struct bk_str){"", 0};
}

/* Paragraphs are long lines: what a line and its counterpart begin with alike is cut, or both look the same. */
static const char *changed_line(struct bk_list *list, struct run *run, struct bk_str diff)
{
	enum { ALIKE = 40, LEFT = 24 };
	const char sign = diff.ptr[0];
	const struct bk_str line = {diff.ptr + 1, bk_str_find(diff, '\n') - 1};
	if (run->lines.len == 0 || (sign == '-' && run->added > 0))
		*run = (struct run){.lines = diff};
	const struct bk_str other = sign == '-' ? line_of_run(run->lines, '+', run->removed++)
						: line_of_run(run->lines, '-', run->added++);
	const size_t alike = bk_str_common_start(line, other);
	if (alike <= ALIKE)
		return bk_arena_dup(&list->arena, diff.ptr, line.len + 1);
	size_t from = alike - LEFT;
	while (from < alike && ((unsigned char)line.ptr[from] & 0xC0) == 0x80)
		from++;
	return bk_arena_printf(&list->arena, "%c…%.*s", sign, (int)(line.len - from), line.ptr + from);
}

/* The places of a unified diff, without its heads, which name files for machines. */
static void add_lines(struct bk_list *list, struct bk_str diff, size_t lines)
{
	bool places = false;
	struct run run = {.lines = {"", 0}};
	while (diff.len > 0) {
		const size_t len = bk_str_find(diff, '\n');
		const char first = len > 0 ? diff.ptr[0] : ' ';
		const char *words;
		places = places || first == '@';
		words = first == '\\'  ? "  (its last line has no end)"
			: first == '@' ? place_of(list, (struct bk_str){diff.ptr, len}, lines)
			: places && (first == '-' || first == '+')
				? changed_line(list, &run, diff)
				: bk_arena_dup(&list->arena, diff.ptr, len);
		if (first == ' ' || first == '@')
			run.lines.len = 0;
		if (places && add_line(list, words,
				      first == '+'   ? BK_ROLE_ADDED
				      : first == '-' ? BK_ROLE_REMOVED
				      : first == '@' ? BK_ROLE_LABEL
						     : BK_ROLE_TEXT) == NULL)
			return;
		diff = bk_str_skip(diff, len + 1);
	}
}

int bk_diff_fill(struct bk_list *list, const char *title, struct bk_str old, struct bk_str now)
{
	char *diff = NULL;
	size_t len = 0;
	const size_t lines = cut_to_changes(&old, &now);
	const int status = bk_store_diff(old.ptr, old.len, "old", now.ptr, now.len, "new", &diff, &len);
	if (status < 0)
		return status;
	if (len > 0)
		add_line(list, title, BK_ROLE_TITLE);
	add_lines(list, (struct bk_str){diff, len}, lines);
	bk_store_free(diff);
	return BK_OK;
}
