/*
 * Lines that cuts leave empty.  Cuts on one line of what will be left form a group: head, cuts and the gaps
 * between them, tail.
 *
 *	4. [*Placeholder* for x] [EU: y];\n
 *	head |cut               ||cut  |tail
 */
#include "draft/heading.h"
#include "draft/option.h"
#include "draft/seam.h"

#define HEAD_MOST 240 /* no label is longer */

static struct bk_str line_at(struct bk_str text, size_t start)
{
	const char *end = memchr(text.ptr + start, '\n', text.len - start);

	return (struct bk_str){text.ptr + start, end ? (size_t)(end - text.ptr) - start : text.len - start};
}

size_t bk_seam_prefix(struct bk_str text, size_t start)
{
	const struct bk_str line = line_at(text, start);
	struct bk_option_header header;
	struct bk_label label;
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	if (lead.len < line.len && bk_option_parse(line, &lead, &header))
		return header.text;
	if (lead.len < line.len && bk_label_parse(bk_str_skip(line, lead.len), &label))
		return lead.len + label.len;
	return lead.len;
}

/* Nothing that is said: blanks and stray punctuation; no bracket, which others need. */
static bool says_nothing(struct bk_str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (!bk_is_space(text.ptr[i]) && !strchr(".,;:*_\\>", text.ptr[i]))
			return false;
	}
	return true;
}

static bool is_blank(struct bk_str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (!bk_is_space(text.ptr[i]))
			return false;
	}
	return true;
}

static bool has_bracket(struct bk_str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (memchr("[]{}", text.ptr[i], 4))
			return true;
	}
	return false;
}

/* The line end at or after `at`, before `limit`; limit when there is none. */
static size_t line_end(struct bk_str text, size_t at, size_t limit)
{
	const char *end = memchr(text.ptr + at, '\n', limit - at);

	return end ? (size_t)(end - text.ptr) : limit;
}

/* A group of cuts on one line of what is left. */
struct group {
	size_t first, last; /* cuts */
	size_t start;	    /* of the line */
	size_t end;	    /* its line end, or the end of the text */
};

/* After a label whose text goes, text that goes on in the next line moves up to it. */
static bool goes_on_below(struct bk_str text, const struct group *group)
{
	struct bk_option_header header;
	struct bk_heading heading;
	struct bk_label label;
	struct bk_str next;
	struct bk_lead lead;

	if (group->end + 1 >= text.len)
		return false;
	next = line_at(text, group->end + 1);
	bk_lead_parse(next, &lead);
	if (lead.len >= next.len || lead.mark || lead.hashes > 0)
		return false;
	return !bk_option_parse(next, &lead, &header) && !bk_heading_parse(next, &lead, &heading) &&
	       !bk_label_parse(bk_str_skip(next, lead.len), &label);
}

/* Whether the head of the line holds a label or less. */
static bool is_head_bare(struct bk_str text, const struct group *group, size_t cut, bool words)
{
	size_t prefix;

	if (cut - group->start > HEAD_MOST || has_bracket(text, group->start, cut))
		return false;
	if (is_blank(text, group->start, cut))
		return true;
	if (!words && !goes_on_below(text, group))
		return false;
	prefix = group->start + bk_seam_prefix(text, group->start);
	return prefix >= cut || says_nothing(text, prefix, cut);
}

static bool is_empty(struct bk_str text, const bk_cuts *cuts, const struct group *group)
{
	const size_t tail = cuts->items[group->last].span.end;
	bool words = false;

	if (!says_nothing(text, tail, group->end))
		return false;
	for (size_t i = group->first; i <= group->last; i++) {
		words |= cuts->items[i].kind == BK_CUT_WORDS;
		if (i > group->first &&
			!says_nothing(text, cuts->items[i - 1].span.end, cuts->items[i].span.start))
			return false;
	}
	if (!words && !is_blank(text, tail, group->end))
		return false;
	return is_head_bare(text, group, cuts->items[group->first].span.start, words);
}

/* The start of the line before `at`, which starts a line; not before floor. */
static size_t line_before(struct bk_str text, size_t at, size_t floor)
{
	size_t start = at - 1;

	while (start > floor && text.ptr[start - 1] != '\n')
		start--;
	return start;
}

/* Take away the whole line, and a blank line where two would meet. */
static struct bk_span whole_line(
	struct bk_str text, const struct group *group, size_t floor, size_t ceiling, bool *blank_before)
{
	struct bk_span span = {group->start, group->end < text.len ? group->end + 1 : group->end};
	const bool at_end = span.end >= text.len;

	/* Right behind lines that went, what stood before those stands before this one. */
	if (span.start > floor)
		*blank_before = is_blank(text, line_before(text, span.start, floor), span.start);
	if (*blank_before && !at_end && span.end < ceiling) {
		const size_t next = line_end(text, span.end, ceiling);

		if (next < ceiling && is_blank(text, span.end, next))
			span.end = next + 1;
	} else if (at_end && span.start > floor) {
		if (*blank_before && span.start - 1 > floor)
			span.start = line_before(text, span.start, floor);
		if (group->end == span.end && text.ptr[text.len - 1] != '\n' && span.start > floor)
			span.start -= 1;
	}
	return span;
}

static void empty_line(struct bk_str text, bk_cuts *cuts, const struct group *group, size_t floor,
	size_t ceiling, bool *blank_before)
{
	struct bk_cut *cut = &cuts->items[group->first];
	const size_t head = cut->span.start;

	if (!is_blank(text, group->start, head) && goes_on_below(text, group) && group->end < ceiling) {
		size_t next = group->end + 1;

		while (next < ceiling && bk_is_blank(text.ptr[next]))
			next++;
		cut->span.end = next;
		return;
	}
	cut->span = whole_line(text, group, floor, ceiling, blank_before);
	cut->lines = true;
}

void bk_seam_lines(struct bk_str text, bk_cuts *cuts)
{
	size_t kept = 0, floor = 0;
	bool blank_before = true;

	for (size_t i = 0; i < cuts->len;) {
		struct group group = {.first = i, .last = i};
		size_t start = cuts->items[i].span.start, ceiling;

		while (group.last + 1 < cuts->len) {
			const size_t from = cuts->items[group.last].span.end;
			const size_t to = cuts->items[group.last + 1].span.start;

			if (line_end(text, from, to) < to)
				break;
			group.last++;
		}
		while (start > floor && text.ptr[start - 1] != '\n')
			start--;
		group.start = start;
		ceiling = group.last + 1 < cuts->len ? cuts->items[group.last + 1].span.start : text.len;
		group.end = line_end(text, cuts->items[group.last].span.end, ceiling);
		i = group.last + 1;
		if (is_empty(text, cuts, &group)) {
			empty_line(text, cuts, &group, floor, ceiling, &blank_before);
			group.last = group.first;
		}
		blank_before = blank_before && cuts->items[group.last].lines;
		for (size_t j = group.first; j <= group.last; j++)
			cuts->items[kept++] = cuts->items[j];
		floor = cuts->items[kept - 1].span.end;
	}
	cuts->len = kept;
}
