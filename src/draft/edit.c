/*
 * Acts that change a text: settle a bracket, put words in brackets, propose words beside others.  Each gives
 * a list of replacements and changes nothing itself.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "draft/changes.h"
#include "draft/conventions.h"
#include "draft/inscription.h"
#include "draft/settle.h"
#include "draft/siblings.h"

/* ---- Settling ---------------------------------------------------------------------------------------- */

/* What stands of a group: one alternative, or nothing. */
struct stand {
	uint32_t bracket; /* BK_NONE: nothing */
	bool part;	  /* only span of it, parted from others by a slash */
	struct bk_span span;
};

static int settle_member(
	const struct bk_draft *draft, uint32_t member, const struct stand *stand, bk_cuts *cuts)
{
	if (member != stand->bracket)
		return bk_settle_delete(draft, member, cuts);
	if (stand->part)
		return bk_settle_part(draft, member, stand->span, cuts);
	return bk_settle_accept(draft, member, cuts);
}

/* The group goes whole, but for what stands. */
static int choose_member(
	const struct bk_draft *draft, const struct bk_group *group, const struct stand *stand, bk_cuts *cuts)
{
	const uint32_t number = (uint32_t)(group - draft->groups) + 1;
	uint32_t last = BK_NONE;
	int status = BK_OK;

	for (uint32_t i = group->first; i <= group->last && status == BK_OK; i++) {
		if (draft->brackets[i].group != number)
			continue;
		if (last != BK_NONE)
			status = bk_cuts_add(
				cuts, bk_siblings_end(draft, last), draft->brackets[i].start, BK_CUT_WORDS);
		if (status == BK_OK)
			status = settle_member(draft, i, stand, cuts);
		last = i;
	}
	return status;
}

static int accept(const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts)
{
	const struct bk_group *group = bk_settle_choice(draft, bracket);
	const bool gone = bk_settle_leaves_nothing(draft, bracket);

	if (!group)
		return gone ? bk_settle_delete(draft, bracket, cuts) : bk_settle_accept(draft, bracket, cuts);
	return choose_member(draft, group, &(struct stand){.bracket = gone ? BK_NONE : bracket}, cuts);
}

/* Delete one bracket, and the joint that its run has no more use for. */
static int delete (const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	uint32_t first = bracket, last = bracket;
	uint8_t *decisions;
	int status = bk_settle_delete(draft, bracket, cuts);

	if (status < 0 || b->run == 0)
		return status;
	for (uint32_t i = 0; i < draft->bracket_count; i++) {
		if (draft->brackets[i].run == b->run) {
			first = i < first ? i : first;
			last = i > last ? i : last;
		}
	}
	decisions = bk_calloc(draft->bracket_count, 1);
	if (!decisions)
		return bk_fail_memory();
	decisions[bracket] = BK_DECISION_DELETE;
	status = bk_settle_run(draft, first, last, decisions, cuts);
	bk_free(decisions);
	return status;
}

static int choose(const struct bk_draft *draft, uint32_t bracket, size_t number, bk_cuts *cuts)
{
	const struct bk_alternative *alternatives, *chosen;
	const struct bk_group *group = bk_settle_choice(draft, bracket);
	size_t count;
	bool gone;

	alternatives = bk_draft_alternatives(draft, bracket, &count);
	if (count == 0)
		return bk_fail(BK_EINVAL, "bracket '%s' offers no choice: accept or delete it",
			draft->brackets[bracket].id);
	if (number == 0 || number > count)
		return bk_fail(BK_EINVAL, "alternative '%zu' is not there: bracket '%s' has %zu", number,
			draft->brackets[bracket].id, count);
	chosen = &alternatives[number - 1];
	gone = chosen->no_text && bk_settle_can_be_empty(draft, bracket);
	if (chosen->open)
		return bk_fail(BK_EINVAL, "alternative '%zu' is open: propose its words first", number);
	if (group) {
		struct stand stand = {.bracket = gone ? BK_NONE : chosen->bracket, .span = chosen->span};

		stand.part = (number > 1 && chosen[-1].bracket == chosen->bracket) ||
			     (number < count && chosen[1].bracket == chosen->bracket);
		return choose_member(draft, group, &stand, cuts);
	}
	if (gone)
		return bk_settle_delete(draft, bracket, cuts);
	return bk_settle_part(draft, bracket, chosen->span, cuts);
}

static int settle(const struct bk_draft *draft, uint32_t bracket, enum bk_resolve act, size_t alternative,
	bk_cuts *cuts)
{
	switch (act) {
	case BK_RESOLVE_ACCEPT: return accept(draft, bracket, cuts);
	case BK_RESOLVE_DELETE: return delete (draft, bracket, cuts);
	case BK_RESOLVE_CHOOSE: return choose(draft, bracket, alternative, cuts);
	}
	return bk_fail(BK_EINVAL, "act '%d' is none", (int)act);
}

static int check_bracket(const struct bk_draft *draft, uint32_t bracket)
{
	if (bracket >= draft->bracket_count)
		return bk_fail(BK_EINVAL, "bracket '%u' is not in the text", bracket);
	return BK_OK;
}

int bk_draft_resolve(
	const bk_draft *draft, uint32_t bracket, enum bk_resolve act, size_t alternative, bk_changes **out)
{
	bk_cuts cuts = {0};
	int status = check_bracket(draft, bracket);

	if (status < 0)
		return status;
	if (draft->brackets[bracket].class != BK_CLASS_DISPUTED)
		return bk_fail(BK_EINVAL, "bracket '%s' is a %s: only a disputed one can be settled",
			draft->brackets[bracket].id, bk_class_name(draft->brackets[bracket].class));
	status = settle(draft, bracket, act, alternative, &cuts);
	return bk_seam_finish(draft, status, &cuts, out);
}

/* ---- Putting in brackets ----------------------------------------------------------------------------- */

/* Whether a bracket has one end inside span and the other outside, or none at all. */
static bool crosses(const struct bk_draft *draft, struct bk_span span)
{
	const uint32_t first = bk_draft_bracket_from(draft, span.start);
	uint32_t around = first;

	for (uint32_t i = first; i < draft->bracket_count && draft->brackets[i].start < span.end; i++) {
		if (draft->brackets[i].end > span.end)
			return true;
	}
	while (around > 0 && draft->brackets[around - 1].brace)
		around--;
	for (around = around > 0 ? around - 1 : BK_NONE; around != BK_NONE;
		around = draft->brackets[around].parent) {
		const struct bk_bracket *b = &draft->brackets[around];

		if (b->start + b->open_len > span.start ||
			(b->end > span.start && b->end - b->close_len < span.end))
			return true;
	}
	for (size_t i = 0; i < draft->unmatched_count; i++) {
		const struct bk_unmatched *lone = &draft->unmatched[i];

		if (!lone->brace && lone->offset >= span.start && lone->offset < span.end)
			return true;
	}
	return false;
}

/* Whether a bracket put at offset would be literal: behind a backslash that is not itself behind one. */
static bool is_literal_at(struct bk_str bytes, size_t offset)
{
	size_t backslashes = 0;

	while (backslashes < offset && bytes.ptr[offset - backslashes - 1] == '\\')
		backslashes++;
	return backslashes % 2 == 1;
}

static int check_span(const struct bk_draft *draft, struct bk_span span)
{
	if (span.end > draft->bytes.len || span.start > span.end)
		return bk_fail(BK_ERANGE, "span '%zu:%zu' is not in the text", span.start, span.end);
	if (span.start == span.end)
		return bk_fail(BK_EINVAL, "span '%zu:%zu' is empty: select the words", span.start, span.end);
	if (is_literal_at(draft->bytes, span.start) || is_literal_at(draft->bytes, span.end))
		return bk_fail(BK_EINVAL,
			"span '%zu:%zu' begins or ends behind a backslash, where a bracket is a mere "
			"character: take in what follows it, or leave the backslash out",
			span.start, span.end);
	if (crosses(draft, span))
		return bk_fail(BK_EINVAL, "span '%zu:%zu' would cross a bracket: take it in or leave it out",
			span.start, span.end);
	return BK_OK;
}

/* Each `[` has its `]` and the other way round; literal ones behind a backslash do not count. */
static bool is_balanced(struct bk_str text)
{
	size_t depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\') {
			i++;
		} else if (text.ptr[i] == '[') {
			depth++;
		} else if (text.ptr[i] == ']') {
			if (depth == 0)
				return false;
			depth--;
		}
	}
	return depth == 0;
}

static int check_words(const char *text)
{
	const struct bk_str words = bk_str_of(text);

	if (bk_str_trim(words).len == 0)
		return bk_fail(BK_EINVAL, "the proposal is empty: give its words");
	if (is_literal_at(words, words.len))
		return bk_fail(BK_EINVAL,
			"'%s' ends in a backslash, which would take the bracket behind it for a character: "
			"double the backslash or leave it out",
			text);
	if (!is_balanced(words))
		return bk_fail(BK_EINVAL, "the brackets of '%s' do not balance: close each one", text);
	return BK_OK;
}

static int check_party(const char *party)
{
	if (party && (!*party || strpbrk(party, "[]:;\\\n")))
		return bk_fail(BK_EINVAL,
			"'%s' is no name of a party: leave out brackets, colons and backslashes", party);
	return BK_OK;
}

/* How a party's name is written in the notation of the conventions; nothing of one that is NULL.  BK_ENOMEM. */
static int inscribe(const struct bk_draft *draft, const char *party, struct bk_inscription *out)
{
	return bk_inscription_write(out, bk_style_of(bk_conventions_style(draft->conventions)),
		&(struct bk_inscribed){.party = party, .act = BK_ACT_PROPOSE}, party != NULL);
}

/* `[P: text]` */
static int put_proposal(const struct bk_draft *draft, struct bk_buf *buf, const char *party, const char *text)
{
	struct bk_inscription names = {0};
	const int status = inscribe(draft, party, &names);

	bk_buf_putc(buf, '[');
	bk_buf_put_str(buf, bk_buf_str(&names.inside));
	bk_buf_puts(buf, text);
	bk_buf_put_str(buf, bk_buf_str(&names.end));
	bk_buf_putc(buf, ']');
	bk_buf_put_str(buf, bk_buf_str(&names.behind));
	bk_inscription_release(&names);
	return status;
}

static int add_insertion(bk_changes *changes, size_t at, const struct bk_buf *buf)
{
	const int status = bk_buf_status(buf);

	return status < 0 ? status : bk_changes_add(changes, (struct bk_span){at, at}, buf->bytes, buf->len);
}

/* Brackets round span, the first attributed to `party`; then, when text is given, `[proposer: text]`. */
static int put_brackets(const struct bk_draft *draft, struct bk_span span, const char *party,
	const char *proposer, const char *text, bk_changes **out)
{
	struct bk_inscription names = {0};
	struct bk_buf before = BK_BUF_INIT, after = BK_BUF_INIT;
	bk_changes *changes;
	int status = bk_changes_new(&changes);

	if (status < 0)
		return status;
	status = inscribe(draft, party, &names);
	bk_buf_putc(&before, '[');
	bk_buf_put_str(&before, bk_buf_str(&names.inside));
	bk_buf_put_str(&after, bk_buf_str(&names.end));
	bk_buf_putc(&after, ']');
	bk_buf_put_str(&after, bk_buf_str(&names.behind));
	if (status == BK_OK && text)
		status = put_proposal(draft, &after, proposer, text);
	if (status == BK_OK)
		status = add_insertion(changes, span.start, &before);
	if (status == BK_OK)
		status = add_insertion(changes, span.end, &after);
	bk_inscription_release(&names);
	bk_buf_release(&before);
	bk_buf_release(&after);
	if (status < 0)
		bk_changes_free(changes);
	else
		*out = changes;
	return status;
}

/* Line ends at either end of what is selected line by line, and the blanks beside them, are none of its words: a
 * close behind them would stand before the next paragraph's label. */
static struct bk_span without_line_ends(const bk_draft *draft, struct bk_span span)
{
	const char *bytes = draft->bytes.ptr;
	size_t start = span.start, end = span.end;

	while (start < end && bk_is_space(bytes[start]))
		start++;
	while (end > start && bk_is_space(bytes[end - 1]))
		end--;
	if (!memchr(bytes + span.start, '\n', start - span.start))
		start = span.start;
	if (!memchr(bytes + end, '\n', span.end - end))
		end = span.end;
	return start < end ? (struct bk_span){start, end} : span;
}

int bk_draft_bracket(const bk_draft *draft, struct bk_span span, const char *party, bk_changes **out)
{
	int status = check_span(draft, span);

	if (status == BK_OK)
		status = check_party(party);
	return status < 0 ? status
			  : put_brackets(draft, without_line_ends(draft, span), party, NULL, NULL, out);
}

int bk_draft_propose_span(
	const bk_draft *draft, struct bk_span span, const char *party, const char *text, bk_changes **out)
{
	int status = check_span(draft, span);

	if (status == BK_OK)
		status = check_party(party);
	if (status == BK_OK)
		status = check_words(text);
	return status < 0 ? status
			  : put_brackets(draft, without_line_ends(draft, span), NULL, party, text, out);
}

int bk_draft_propose(
	const bk_draft *draft, uint32_t bracket, const char *party, const char *text, bk_changes **out)
{
	const struct bk_group *group;
	struct bk_buf words = BK_BUF_INIT;
	bk_changes *changes;
	int status = check_bracket(draft, bracket);

	if (status == BK_OK)
		status = check_party(party);
	if (status == BK_OK)
		status = check_words(text);
	if (status < 0)
		return status;
	status = bk_changes_new(&changes);
	if (status < 0)
		return status;
	group = bk_settle_choice(draft, bracket);
	status = put_proposal(draft, &words, party, text);
	if (status == BK_OK)
		status =
			add_insertion(changes, bk_siblings_end(draft, group ? group->last : bracket), &words);
	bk_buf_release(&words);
	if (status < 0)
		bk_changes_free(changes);
	else
		*out = changes;
	return status;
}
