/*
 * Lines that cuts leave empty.  Cuts on one line of what will be left form a group: head, cuts and the gaps
 * between them, tail.
 *
 *	4. [*Placeholder* for x] [EU: y];\n
 *	head |cut               ||cut  |tail
 *
 * A label whose line says nothing any more goes, unless its provision says something further down: then that moves
 * up to it, or it stands alone above labels of its own.  Words that are no more than proposed take theirs along:
 * labels below them are those of others.  So lines are looked at from the last to the first.  The label of a heading
 * goes with its title: what stands below is under the heading before as well.
 */
#include "draft/draft.h"
#include "draft/lexicon.h"
#include "draft/option.h"
#include "draft/seam_private.h"
#include "draft/siblings.h"

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
	struct bk_label label, second;
	struct bk_lead lead;
	size_t at;

	bk_lead_parse(line, &lead);
	if (lead.len < line.len && bk_option_parse(line, &lead, &header))
		return header.text;
	if (lead.len >= line.len || !bk_label_parse(bk_str_skip(line, lead.len), &label))
		return lead.len;
	if (bk_label_second(line, lead.len + label.len, &label, &at, &second))
		return at + second.len;
	return lead.len + label.len;
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

/* Whether a bullet opens a line, which no list mark of a character is. */
static bool opens_with_bullet(struct bk_str line, size_t first)
{
	static const char *const bullets[] = {"•", "‣", "–"};

	for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
		if (bk_str_starts(bk_str_skip(line, first), bk_str_of(bullets[i])))
			return true;
	return false;
}

/* Whether a heading, provision or option opens in the line, also one that is disputed: "[EU: (c)] States". */
static bool opens_node(const struct bk_draft *draft, size_t start, size_t end)
{
	const size_t node = BK_SEARCH(i, draft->node_count, draft->nodes[i].start < start);

	return node < draft->node_count && draft->nodes[node].start < end;
}

/* Whether the line from start goes on with what stands before it: plain words, or an option where that is asked. */
static bool goes_on(const struct bk_draft *draft, size_t start, bool options)
{
	struct bk_option_header header;
	struct bk_lead lead;
	const struct bk_str line = line_at(draft->bytes, start);

	bk_lead_parse(line, &lead);
	if (lead.len >= line.len || lead.mark || lead.hashes > 0 || opens_with_bullet(line, lead.first))
		return false;
	if (bk_option_parse(line, &lead, &header))
		return options && !header.has_label;
	return !opens_node(draft, start, start + line.len);
}

/* Where the words end that go from the group's line: in the last bracket, unless a mark stands behind that. */
static size_t end_of_said(const struct bk_draft *draft, const struct group *group, struct bk_span cut)
{
	size_t end = group->end;

	if (!is_blank(draft->bytes, cut.end, group->end))
		return end;
	for (size_t from = cut.start; from < cut.end;) {
		const uint32_t at = bk_draft_bracket_from(draft, from);

		if (at == draft->bracket_count || draft->brackets[at].start >= cut.end)
			break;
		end = draft->brackets[at].text.end;
		from = bk_siblings_end(draft, at);
	}
	return end;
}

/* Whether the line below begins a paragraph that no label opens, which has no part in one whose words go. */
static bool begins_anew(const struct bk_draft *draft, const struct group *group, struct bk_span cut)
{
	const struct bk_str text = draft->bytes;
	const size_t line = group->end + 1;

	return line < text.len && !bk_is_blank(text.ptr[line]) &&
	       bk_lead_goes_anew(text, end_of_said(draft, group, cut),
		       bk_cut_words_at(draft, (struct bk_span){line, text.len}));
}

/* After a label whose text goes, text that goes on in the next line moves up to it. */
static bool goes_on_below(const struct bk_draft *draft, const struct group *group, struct bk_span cut)
{
	return group->end + 1 < draft->bytes.len && goes_on(draft, group->end + 1, false) &&
	       !begins_anew(draft, group, cut);
}

/* "[2.]" before "[AOSIS: 3.] [US delete: So.]": whether brackets round labels alone stand there, whole ones, with
 * emphasis round them or without; or the header of an option with its number in such, "Option [2][AOSIS: 1]:". */
static bool is_disputed_label(const struct bk_draft *draft, size_t from, size_t to)
{
	const struct bk_str text = draft->bytes;
	bool is_option = false;

	while (from < to) {
		const uint32_t at = bk_draft_bracket_from(draft, from);
		const size_t word =
			is_option ? 0 : bk_lexicon_prefix(BK_LEXICON_OPTION, bk_str_skip(text, from));
		struct bk_label label;
		struct bk_str inside;

		is_option |= word > 0;
		if (word || bk_is_blank(text.ptr[from]) || bk_is_emphasis(text.ptr[from]) ||
			(is_option && text.ptr[from] == ':')) {
			from += word ? word : 1;
			continue;
		}
		if (at == draft->bracket_count || draft->brackets[at].start != from ||
			draft->brackets[at].end > to)
			return false;
		inside = bk_str_trim(bk_bracket_said(draft, &draft->brackets[at]));
		if (!(is_option ? bk_label_name(inside, &label) : bk_label_parse(inside, &label)) ||
			label.len < inside.len)
			return false;
		from = bk_siblings_end(draft, at); /* with the names behind it */
	}
	return true;
}

/* Whether the head of the line holds a label or less. */
static bool is_head_bare(
	const struct bk_draft *draft, const struct group *group, struct bk_span cut, bool words)
{
	const struct bk_str text = draft->bytes;
	size_t prefix;

	if (cut.start - group->start > HEAD_MOST)
		return false;
	if (has_bracket(text, group->start, cut.start))
		return words && is_disputed_label(draft, group->start, cut.start);
	if (is_blank(text, group->start, cut.start))
		return true;
	if (!words && !goes_on_below(draft, group, cut))
		return false;
	prefix = group->start + bk_seam_prefix(text, group->start);
	return prefix >= cut.start || says_nothing(text, prefix, cut.start);
}

static bool is_empty(const struct bk_draft *draft, const bk_cuts *cuts, const struct group *group)
{
	const struct bk_str text = draft->bytes;
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
	return is_head_bare(
		draft, group, (struct bk_span){cuts->items[group->first].span.start, tail}, words);
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

	/* Right behind lines that went, what stood before those stands before this one. */
	if (span.start > floor) {
		const size_t above = line_before(text, span.start, floor);

		/* a line whose end was cut has words before that */
		*blank_before =
			(above == 0 || text.ptr[above - 1] == '\n') && is_blank(text, above, span.start);
	}
	if (*blank_before && span.end < ceiling) {
		const size_t next = line_end(text, span.end, ceiling);

		if (next < ceiling && is_blank(text, span.end, next))
			span.end = next + 1;
	}
	return span;
}

/* Lines that go at the end of the text take a blank line before them along, and the line end before them where the
 * text ends without one. */
static void end_text(struct bk_str text, bk_cuts *cuts)
{
	size_t first = cuts->len, start = text.len, floor;

	while (first > 0 && cuts->items[first - 1].lines && cuts->items[first - 1].span.end == start)
		start = cuts->items[--first].span.start;
	if (first == cuts->len)
		return;
	floor = first > 0 ? cuts->items[first - 1].span.end : 0;
	if (start > floor + 1 && is_blank(text, line_before(text, start, floor), start))
		start = line_before(text, start, floor);
	if (start > floor && text.ptr[text.len - 1] != '\n')
		start--;
	cuts->items[first].span.start = start;
}

static size_t blanks_at(struct bk_str text, size_t line)
{
	size_t at = line;

	while (at < text.len && bk_is_blank(text.ptr[at]))
		at++;
	return at - line;
}

/* Whether words at `after` are set as those of what opens the group's line: right below it, or further to the right
 * than it.  What begins anew at the same margin may be a note on all that came before. */
static bool is_set_below(
	const struct bk_draft *draft, const struct group *group, struct bk_span cut, size_t after)
{
	const struct bk_str text = draft->bytes;
	const size_t line = line_before(text, after + 1, group->end);

	return !goes_on(draft, line, false) || (line == group->end + 1 && !begins_anew(draft, group, cut)) ||
	       blanks_at(text, line) > blanks_at(text, group->start);
}

/* Whether all brackets from one offset to another, between which nothing stays, are what somebody proposes. */
static bool is_proposed(const struct bk_draft *draft, size_t from, size_t to)
{
	while (from < to) {
		const uint32_t at = bk_draft_bracket_from(draft, from);

		if (at == draft->bracket_count || draft->brackets[at].start >= to)
			return true;
		if (!bk_bracket_is_proposed(draft, &draft->brackets[at]))
			return false;
		from = bk_siblings_end(draft, at);
	}
	return true;
}

/* Whether the line of an offset stands behind a blank one, or a label or an option of its own opens it. */
static bool begins_apart(const struct bk_draft *draft, const struct group *group, size_t at)
{
	const size_t line = line_before(draft->bytes, at + 1, group->end);

	return line != group->end + 1 ||
	       opens_node(draft, line, line_end(draft->bytes, at, draft->bytes.len));
}

/* Of the labels and options that open before the cut on its line the innermost that has words at `after`;
 * BK_NONE when none has.  *from becomes where the next one within it begins, or the cut.  The innermost of all goes
 * with words that are no more than proposed, and has none that stand apart: those were there without it. */
static uint32_t find_owner(const struct bk_draft *draft, const struct group *group, struct bk_span cut,
	size_t after, size_t *from)
{
	const bool proposed = is_proposed(draft, cut.start, cut.end) && begins_apart(draft, group, after);
	const uint32_t first =
		(uint32_t)BK_SEARCH(i, draft->node_count, draft->nodes[i].start < group->start);
	uint32_t end = first;

	while (end < draft->node_count && draft->nodes[end].start < cut.start)
		end++;

	const uint32_t innermost = end;

	for (*from = cut.start; end > first; *from = draft->nodes[--end].start) {
		if (after < draft->nodes[end - 1].end && draft->nodes[end - 1].kind != BK_NODE_HEADING &&
			!(proposed && end == innermost))
			break;
	}
	if (*from < cut.start)
		*from += blanks_at(draft->bytes, *from);
	return end > first && is_set_below(draft, group, cut, after) ? end - 1 : BK_NONE;
}

/* Take the words away and what else stands behind the owner's label; what it still says moves up, where it can. */
static void empty_label(const struct bk_draft *draft, struct bk_cut *cut, const struct group *group,
	uint32_t owner, size_t from)
{
	const struct bk_str text = draft->bytes;
	const size_t line = line_before(text, cut->after + 1, group->end);

	cut->span = (struct bk_span){from, group->end};
	if (is_blank(text, line, cut->after) &&
		goes_on(draft, line, draft->nodes[owner].kind != BK_NODE_OPTION))
		cut->span.end = cut->after;
}

/* Where the header of an option begins that stands alone above the group's line and has no words left; else where the
 * line does. */
static size_t header_above(
	const struct bk_draft *draft, const struct group *group, size_t floor, size_t after)
{
	const struct bk_str text = draft->bytes;
	const size_t above = group->start > floor ? line_before(text, group->start, floor) : floor;
	const uint32_t node = (uint32_t)BK_SEARCH(i, draft->node_count, draft->nodes[i].start < above);

	if (above == floor && floor > 0 && text.ptr[floor - 1] != '\n')
		return group->start;
	if (node == draft->node_count || draft->nodes[node].kind != BK_NODE_OPTION ||
		draft->nodes[node].start >= group->start || after < draft->nodes[node].end ||
		!is_blank(text, above + bk_seam_prefix(text, above), group->start))
		return group->start;
	return above;
}

static void empty_line(const struct bk_draft *draft, bk_cuts *cuts, struct group *group, size_t floor,
	size_t ceiling, bool *blank_before)
{
	const struct bk_str text = draft->bytes;
	struct bk_cut *cut = &cuts->items[group->first];
	const size_t head = cut->span.start;
	const struct bk_span words = {head, cuts->items[group->last].span.end};
	size_t from;

	if (!is_blank(text, group->start, head)) {
		const uint32_t owner = find_owner(draft, group, words, cut->after, &from);

		if (owner != BK_NONE) {
			empty_label(draft, cut, group, owner, from);
			return;
		}
	}
	if (!is_blank(text, group->start, head) && goes_on_below(draft, group, words) &&
		group->end < ceiling) {
		size_t next = group->end + 1;

		while (next < ceiling && bk_is_blank(text.ptr[next]))
			next++;
		cut->span.end = next;
		return;
	}
	group->start = header_above(draft, group, floor, cut->after);
	cut->span = whole_line(text, group, floor, ceiling, blank_before);
	cut->lines = true;
}

/* ---- Line after line ------------------------------------------------------------------------------------- */

/* Whether two cuts, the second behind the first, stand on one line of what is left. */
static bool on_one_line(struct bk_str text, const bk_cuts *cuts, size_t second)
{
	const size_t from = cuts->items[second - 1].span.end, to = cuts->items[second].span.start;

	return line_end(text, from, to) >= to;
}

/* The group of the cuts first to last, whose line does not begin before floor; *ceiling is where the next begins. */
static struct group make_group(
	struct bk_str text, const bk_cuts *cuts, size_t first, size_t last, size_t floor, size_t *ceiling)
{
	struct group group = {.first = first, .last = last, .start = cuts->items[first].span.start};

	while (group.start > floor && text.ptr[group.start - 1] != '\n')
		group.start--;
	*ceiling = last + 1 < cuts->len ? cuts->items[last + 1].span.start : text.len;
	group.end = line_end(text, cuts->items[last].span.end, *ceiling);
	return group;
}

/* Where what stays of a line begins: before its first cut, or at it. */
static size_t first_kept(struct bk_str text, const bk_cuts *cuts, const struct group *group)
{
	size_t at = group->start;

	while (at < cuts->items[group->first].span.start && bk_is_space(text.ptr[at]))
		at++;
	return at;
}

/* Where each group's text goes on below its line, kept with its first cut: past blank lines and lines that go. */
static void find_after(const struct bk_draft *draft, bk_cuts *cuts)
{
	const struct bk_str text = draft->bytes;
	size_t next = text.len, after = text.len;

	for (size_t last = cuts->len; last-- > 0;) {
		size_t first = last, at, ceiling;
		struct group group;

		while (first > 0 && on_one_line(text, cuts, first))
			first--;
		group = make_group(
			text, cuts, first, last, first > 0 ? cuts->items[first - 1].span.end : 0, &ceiling);
		for (at = group.end; at < next && bk_is_space(text.ptr[at]);)
			at++;
		after = at < next ? at : after;
		cuts->items[first].after = after;
		if (!is_empty(draft, cuts, &group))
			after = first_kept(text, cuts, &group);
		next = group.start;
		last = first;
	}
}

void bk_seam_lines(const struct bk_draft *draft, bk_cuts *cuts)
{
	const struct bk_str text = draft->bytes;
	size_t kept = 0, floor = 0;
	bool blank_before = true;

	find_after(draft, cuts);
	for (size_t i = 0; i < cuts->len;) {
		struct group group;
		size_t last = i, ceiling;

		while (last + 1 < cuts->len && on_one_line(text, cuts, last + 1))
			last++;
		group = make_group(text, cuts, i, last, floor, &ceiling);
		i = last + 1;
		if (is_empty(draft, cuts, &group)) {
			empty_line(draft, cuts, &group, floor, ceiling, &blank_before);
			group.last = group.first;
		}
		blank_before = blank_before && cuts->items[group.last].lines;
		for (size_t j = group.first; j <= group.last; j++)
			cuts->items[kept++] = cuts->items[j];
		floor = cuts->items[kept - 1].span.end;
		/* Lines that went between a label and what moved up to it. */
		while (i < cuts->len && cuts->items[i].span.end <= floor)
			i++;
	}
	cuts->len = kept;
	end_text(text, cuts);
}
