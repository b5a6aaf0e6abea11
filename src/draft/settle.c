/*
 * Cuts for brackets that are accepted, deleted or left.
 */
#include "draft/settle.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/option.h"
#include "draft/siblings.h"

/* A mark of a footnote stays with words that stay, or nothing would lead to its note any more; but not behind a
 * bracket within, whose names it would tell, nor behind a figure, with which it would be another number. */
static bool stays(const struct bk_draft *draft, const struct bk_bracket *b, const struct bk_attribution *one)
{
	const struct bk_str words = bk_str_trim(bk_bracket_inside(draft, b));
	const char last = words.len ? words.ptr[words.len - 1] : ']';

	return one->form == BK_FORM_FOOTNOTE && !strchr("]}", last) &&
	       (draft->bytes.ptr[one->notation.start] == '[' || !bk_is_digit(last));
}

static int cut_attributions(
	const struct bk_draft *draft, const struct bk_bracket *b, bool words, bk_cuts *cuts)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < b->attribution_count && status == BK_OK; i++) {
		const struct bk_attribution *one = &draft->attributions[b->attribution + i];

		if (!words || !stays(draft, b, one))
			status = bk_cuts_add(cuts, one->notation.start, one->notation.end, BK_CUT_MARK);
	}
	return status;
}

#define HEADER_MOST 400 /* bytes looked at: no header is longer, and brackets nest deep */

/* The option header that a bracket holds at its beginning: from its word, past its colon and blanks.  A label
 * before the word stays. */
static struct bk_span header_in(const struct bk_draft *draft, const struct bk_bracket *b)
{
	const struct bk_str inside = bk_bracket_inside(draft, b);
	const struct bk_str begin = {inside.ptr, inside.len < HEADER_MOST ? inside.len : HEADER_MOST};
	struct bk_str line = {inside.ptr, bk_str_find(begin, '\n')};
	const size_t base = (size_t)(inside.ptr - draft->bytes.ptr);
	struct bk_option_header header;
	struct bk_lead lead;
	size_t from = 0, at = 0;

	/* a header behind a further bracket belongs to that one */
	while (at < line.len && strchr(" \t*_\"", line.ptr[at]))
		at++;
	if (at < line.len && line.ptr[at] == '[')
		return (struct bk_span){0, 0};
	bk_lead_parse(line, &lead);
	if (lead.len >= line.len || !bk_option_parse(line, &lead, &header) || header.word == BK_OPTION_LABEL)
		return (struct bk_span){0, 0};
	/* all that the bracket says stays */
	if (b->text.end <= base + header.text ||
		bk_str_trim(bk_str_skip((struct bk_str){draft->bytes.ptr, b->text.end}, base + header.text))
				.len == 0)
		return (struct bk_span){0, 0};
	if (header.has_label)
		from = header.label_at + header.label.len;
	return (struct bk_span){base + from, base + header.text};
}

int bk_settle_accept(const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	const struct bk_span header = header_in(draft, b);
	int status = bk_cuts_add(cuts, b->start, b->start + b->open_len, BK_CUT_MARK);

	if (status == BK_OK)
		status = bk_cuts_add(cuts, b->end - b->close_len, b->end, BK_CUT_MARK);
	if (status == BK_OK)
		status = bk_cuts_add(cuts, header.start, header.end, BK_CUT_MARK);
	return status < 0 ? status : cut_attributions(draft, b, true, cuts);
}

int bk_settle_delete(const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	int status = bk_cuts_add(cuts, b->start, b->end, BK_CUT_WORDS);

	return status < 0 ? status : cut_attributions(draft, b, false, cuts);
}

int bk_settle_part(const struct bk_draft *draft, uint32_t bracket, struct bk_span span, bk_cuts *cuts)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	int status = bk_settle_accept(draft, bracket, cuts);

	if (status == BK_OK)
		status = bk_cuts_add(cuts, b->start, span.start, BK_CUT_WORDS);
	if (status == BK_OK)
		status = bk_cuts_add(cuts, span.end, b->end, BK_CUT_WORDS);
	return status;
}

bool bk_settle_no_text(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_span text = draft->brackets[bracket].text;

	return bk_option_no_text((struct bk_str){draft->bytes.ptr + text.start, text.end - text.start});
}

static bool says_nothing(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bk_is_word(bytes.ptr[i]) || bytes.ptr[i] == '[')
			return false;
	return true;
}

/* Where the own words of a node end. */
static size_t end_of_words(const struct bk_draft *draft, uint32_t at)
{
	const struct bk_node *node = &draft->nodes[at];

	return at + 1 < draft->node_count && node[1].start < node->end ? node[1].start : node->end;
}

/* Brackets with those round them that say no more. */
static struct bk_span widen(const struct bk_draft *draft, uint32_t first, uint32_t last)
{
	struct bk_span span = {draft->brackets[first].start, bk_siblings_end(draft, last)};

	for (uint32_t at = draft->brackets[first].parent; at != BK_NONE; at = draft->brackets[at].parent) {
		const struct bk_span text = draft->brackets[at].text;

		if (text.start > span.start || text.end < span.end ||
			!says_nothing(
				(struct bk_str){draft->bytes.ptr + text.start, span.start - text.start}) ||
			!says_nothing((struct bk_str){draft->bytes.ptr + span.end, text.end - span.end}))
			break;
		span = (struct bk_span){draft->brackets[at].start, bk_siblings_end(draft, at)};
	}
	return span;
}

/* Whether brackets are all that an option says, whose header stands before them. */
static bool are_whole_option(const struct bk_draft *draft, uint32_t first, uint32_t last)
{
	const struct bk_span span = widen(draft, first, last);
	const uint32_t at = bk_draft_node_at(draft, span.start);
	const struct bk_node *node = at == BK_NONE ? NULL : &draft->nodes[at];

	if (!node || node->kind != BK_NODE_OPTION || node->behind > span.start ||
		end_of_words(draft, at) < span.end)
		return false;
	return says_nothing((struct bk_str){draft->bytes.ptr + node->behind, span.start - node->behind}) &&
	       says_nothing((struct bk_str){draft->bytes.ptr + span.end, end_of_words(draft, at) - span.end});
}

const struct bk_group *bk_settle_choice(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];

	return b->group > 0 && b->choice == BK_CHOICE_ONE ? &draft->groups[b->group - 1] : NULL;
}

bool bk_settle_can_be_empty(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_group *group = bk_settle_choice(draft, bracket);

	return !are_whole_option(draft, group ? group->first : bracket, group ? group->last : bracket);
}

bool bk_settle_leaves_nothing(const struct bk_draft *draft, uint32_t bracket)
{
	return bk_settle_no_text(draft, bracket) && bk_settle_can_be_empty(draft, bracket);
}

/* ---- Between the members of a run ------------------------------------------------------------------ */

/* "or", "and/or", "/" between two members: its span, empty when other things stand there. */
static struct bk_span joint_between(const struct bk_draft *draft, uint32_t before, uint32_t after)
{
	const size_t from = bk_siblings_end(draft, before), to = draft->brackets[after].start;
	struct bk_str joint;

	if (from >= to)
		return (struct bk_span){from, from};
	joint = bk_str_trim((struct bk_str){draft->bytes.ptr + from, to - from});
	/* "[JP: and/]or [more]": what is glued to a bracket is the rest of its word */
	if (bk_str_equal(joint, BK_STR("/")) ||
		(joint.ptr > draft->bytes.ptr + from &&
			(bk_str_equal_nocase(joint, BK_STR("or")) ||
				bk_str_equal_nocase(joint, BK_STR("and/or")))))
		return (struct bk_span){(size_t)(joint.ptr - draft->bytes.ptr),
			(size_t)(joint.ptr - draft->bytes.ptr) + joint.len};
	return (struct bk_span){from, from};
}

/* What is known of a run so far. */
struct run {
	uint32_t last;	 /* member, or BK_NONE */
	bool kept;	 /* one before stays, */
	bool group_kept; /* and one of those that the last one follows in its group */
};

static bool group_stays(const struct bk_draft *draft, uint32_t number, const uint8_t *decisions)
{
	const struct bk_group *group = &draft->groups[number - 1];

	for (uint32_t i = group->first; i <= group->last; i++) {
		if (draft->brackets[i].group == number && decisions[i] != BK_DECISION_DELETE)
			return true;
	}
	return false;
}

static bool is_proposed(const struct bk_draft *draft, uint32_t bracket)
{
	return bk_bracket_is_proposed(draft, &draft->brackets[bracket]);
}

/* Whether a word stands behind a bracket in its line, or a bracket. */
static bool goes_on_behind(const struct bk_draft *draft, uint32_t bracket)
{
	size_t at = bk_siblings_end(draft, bracket);

	while (at < draft->bytes.len && bk_is_blank(draft->bytes.ptr[at]))
		at++;
	return at < draft->bytes.len && (bk_is_word(draft->bytes.ptr[at]) || draft->bytes.ptr[at] == '[');
}

/* Whether what stands between two groups joins words of the text: words that others would replace, and those behind
 * what somebody adds, "[equity][JP: fairness] or [EU: more] support". */
static bool joins_words(
	const struct bk_draft *draft, const struct bk_group *last, const struct bk_group *group)
{
	return !is_proposed(draft, last->first) && is_proposed(draft, last->last) &&
	       is_proposed(draft, group->first) && goes_on_behind(draft, group->last);
}

/* What joins a member to the last one goes between two of a group unless both stay, one joint for each such pair; and
 * between two groups unless something stays of both, or of the first and the joint is the text's own. */
static bool joint_goes(
	const struct bk_draft *draft, const struct run *run, uint32_t member, const uint8_t *decisions)
{
	const uint32_t group = draft->brackets[member].group, last = draft->brackets[run->last].group;

	if (group == last)
		return decisions[member] == BK_DECISION_DELETE || !run->group_kept;
	if (group_stays(draft, group, decisions))
		return !run->kept;
	return !group_stays(draft, last, decisions) ||
	       !joins_words(draft, &draft->groups[last - 1], &draft->groups[group - 1]);
}

static int pass_member(const struct bk_draft *draft, struct run *run, uint32_t member,
	const uint8_t *decisions, bk_cuts *cuts)
{
	const uint32_t group = draft->brackets[member].group;
	const bool stays = decisions[member] != BK_DECISION_DELETE;
	const bool within = run->last != BK_NONE && draft->brackets[run->last].group == group;
	struct bk_span joint = {0};
	int status = BK_OK;

	if (run->last != BK_NONE)
		joint = joint_between(draft, run->last, member);
	if (joint.end > joint.start && joint_goes(draft, run, member, decisions))
		status = bk_cuts_add(cuts, joint.start, joint.end, BK_CUT_WORDS);
	run->last = member;
	run->kept |= stays;
	run->group_kept = (within && run->group_kept) || stays;
	return status;
}

int bk_settle_run(
	const struct bk_draft *draft, uint32_t first, uint32_t last, const uint8_t *decisions, bk_cuts *cuts)
{
	struct run run = {.last = BK_NONE};
	int status = BK_OK;

	for (uint32_t i = first; i <= last && status == BK_OK; i++) {
		if (draft->brackets[i].run == draft->brackets[first].run)
			status = pass_member(draft, &run, i, decisions, cuts);
	}
	return status;
}

static int cut_joints(const struct bk_draft *draft, const uint8_t *decisions, bk_cuts *cuts)
{
	struct run *runs = bk_calloc(draft->run_count + 1, sizeof *runs);
	int status = BK_OK;

	if (!runs)
		return bk_fail_memory();
	for (size_t i = 0; i <= draft->run_count; i++)
		runs[i].last = BK_NONE;
	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		if (draft->brackets[i].run > 0)
			status = pass_member(draft, &runs[draft->brackets[i].run], i, decisions, cuts);
	}
	bk_free(runs);
	return status;
}

/* Where something is said at or behind an offset: blanks and emphasis say nothing, nor does what stands between two
 * brackets. */
static size_t next_said(const struct bk_draft *draft, size_t at, size_t end, uint32_t before)
{
	const uint32_t inner = bk_draft_bracket_from(draft, at);
	const bool between =
		before != BK_NONE && inner < draft->bracket_count && draft->brackets[inner].start < end;
	struct bk_span joint = {0, 0};

	if (between)
		joint = joint_between(draft, before, inner);
	while (at < end) {
		const char byte = draft->bytes.ptr[at];

		if (at == joint.start && joint.end > at)
			at = joint.end;
		else if (bk_is_space(byte) || bk_is_emphasis(byte) || (between && strchr(".,;:", byte)))
			at++;
		else
			break;
	}
	return at;
}

/* Whether a bracket holds others and no words of its own, and all of them go. */
static bool is_emptied(const struct bk_draft *draft, uint32_t bracket, const uint8_t *decisions)
{
	const struct bk_span text = draft->brackets[bracket].text;
	uint32_t before = BK_NONE;
	size_t at = next_said(draft, text.start, text.end, before);

	while (at < text.end) {
		const uint32_t inner = bk_draft_bracket_from(draft, at);

		if (inner == draft->bracket_count || draft->brackets[inner].start != at ||
			decisions[inner] != BK_DECISION_DELETE)
			return false;
		before = inner;
		at = next_said(draft, bk_siblings_end(draft, inner), text.end, before);
	}
	return before != BK_NONE;
}

/* The decisions, and that a bracket with nothing left in it goes too: "[US delete: [EU: more]]".  Inner ones come
 * behind those round them. */
static void copy_decisions(const struct bk_draft *draft, const uint8_t *decisions, uint8_t *out)
{
	for (uint32_t i = (uint32_t)draft->bracket_count; i-- > 0;) {
		const bool accepted = decisions[i] == BK_DECISION_ACCEPT,
			   goes = is_emptied(draft, i, out) ||
				  (accepted && bk_settle_leaves_nothing(draft, i));

		out[i] = goes ? BK_DECISION_DELETE : decisions[i];
	}
}

int bk_settle_all(const struct bk_draft *draft, const uint8_t *given, bk_cuts *cuts)
{
	uint8_t *const decisions = bk_malloc(draft->bracket_count + 1);
	int status = BK_OK;

	if (!decisions)
		return bk_fail_memory();
	copy_decisions(draft, given, decisions);
	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		if (decisions[i] == BK_DECISION_ACCEPT)
			status = bk_settle_accept(draft, i, cuts);
		else if (decisions[i] == BK_DECISION_DELETE)
			status = bk_settle_delete(draft, i, cuts);
	}
	if (status == BK_OK)
		status = cut_joints(draft, decisions, cuts);
	bk_free(decisions);
	return status;
}
