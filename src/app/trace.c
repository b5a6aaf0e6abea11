#include "app/trace.h"

#include "app/life.h"
#include "base/error.h"

#include <string.h>

/* ---- Following ------------------------------------------------------------------------------------------ */

static int add_step(struct bk_trace *trace, struct bk_traced *proposal, const struct bk_pair_of_texts *pair,
	const struct bk_followed *followed, enum bk_difference_kind kind, const char *detail)
{
	struct bk_trace_step *step;
	const bool partly = followed->standing < followed->words;

	if (kind == BK_DIFFERENCE_KEPT)
		return BK_OK;
	step = BK_VEC_PUSH(&proposal->steps);
	if (!step)
		return bk_fail_memory();
	*step = (struct bk_trace_step){.revision = pair->newer,
		.kind = kind,
		.detail = bk_arena_dup(&trace->arena, detail, strlen(detail)),
		.words = followed->words,
		.standing = followed->standing};
	if (!step->detail)
		return bk_fail_memory();
	if (partly && proposal->weakened == BK_NEVER && proposal->lost == BK_NEVER)
		proposal->weakened = pair->newer;
	return BK_OK;
}

static void lose(
	struct bk_traced *proposal, const struct bk_pair_of_texts *pair, enum bk_difference_kind kind)
{
	proposal->lost = pair->newer;
	proposal->state = kind;
	proposal->here = BK_NONE;
}

/* Words that were put back into brackets are a bracket again. */
static bool is_reopened(struct bk_traced *proposal, const struct bk_pair_of_texts *pair)
{
	size_t count;
	const struct bk_difference *all = bk_comparison_list(pair->comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].kind == BK_DIFFERENCE_REOPENED && all[i].new_span.start <= proposal->span.start &&
			proposal->span.end <= all[i].new_span.end) {
			proposal->here = all[i].new_bracket;
			proposal->span = all[i].new_span;
			return true;
		}
	return false;
}

static void add_followed(struct bk_followed *sum, const struct bk_followed *part)
{
	sum->words += part->words;
	sum->standing += part->standing;
	if (sum->span.start == sum->span.end)
		sum->span = part->span;
	else if (part->standing)
		sum->span.end = part->span.end > sum->span.end ? part->span.end : sum->span.end;
}

/* Follow the words that stand clean; what is in dispute among them is no loss when it goes. */
static void follow_clean(const struct bk_pair_of_texts *pair, struct bk_span span, struct bk_followed *out)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(pair->old, &count);
	struct bk_followed part;
	size_t at = span.start;

	*out = (struct bk_followed){0};
	for (size_t b = bk_draft_bracket_from(pair->old, at); b < count && brackets[b].start < span.end;
		b++) {
		if (brackets[b].start < at || brackets[b].brace || brackets[b].class != BK_CLASS_DISPUTED)
			continue;
		bk_comparison_follow(pair->comparison, (struct bk_span){at, brackets[b].start}, &part);
		add_followed(out, &part);
		at = brackets[b].end;
	}
	if (at < span.end) {
		bk_comparison_follow(pair->comparison, (struct bk_span){at, span.end}, &part);
		add_followed(out, &part);
	}
	if (!out->words)
		bk_comparison_follow(pair->comparison, span, out);
}

static int follow_words(
	struct bk_trace *trace, struct bk_traced *proposal, const struct bk_pair_of_texts *pair)
{
	struct bk_followed followed;
	enum bk_difference_kind kind;

	follow_clean(pair, proposal->span, &followed);
	if (followed.words == 0)
		bk_comparison_follow_label(pair->comparison, proposal->span, &followed);
	if (followed.words == 0 || 2 * followed.standing < followed.words) {
		lose(proposal, pair, BK_DIFFERENCE_DELETED);
		return add_step(trace, proposal, pair, &followed, BK_DIFFERENCE_DELETED, "");
	}
	proposal->span = followed.span;
	kind = followed.standing < followed.words ? BK_DIFFERENCE_REWORDED : BK_DIFFERENCE_KEPT;
	if (is_reopened(proposal, pair))
		proposal->state = kind = BK_DIFFERENCE_REOPENED;
	return add_step(trace, proposal, pair, &followed, kind, "");
}

static const struct bk_difference *fate_of(const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_difference *all = bk_comparison_list(pair->comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].kind <= BK_DIFFERENCE_JOINED && all[i].in_old && all[i].old_bracket == bracket)
			return &all[i];
	return NULL;
}

/* The bracket in which the rest of a deleted one stands, BK_NONE when none does. */
static uint32_t find_rest(const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_difference *all = bk_comparison_list(pair->comparison, &count);

	for (size_t i = 0; i < count; i++)
		if ((all[i].kind == BK_DIFFERENCE_OPENED || all[i].kind == BK_DIFFERENCE_REOPENED) &&
			bk_life_longer(pair, all[i].new_bracket) == bracket)
			return all[i].new_bracket;
	return BK_NONE;
}

/* Go on at a bracket of the newer text. */
static void stand_at(struct bk_traced *proposal, const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *now = &bk_draft_brackets(pair->now, &count)[bracket];

	proposal->here = bracket;
	proposal->span = (struct bk_span){now->start, now->end};
}

static int follow_bracket(
	struct bk_trace *trace, struct bk_traced *proposal, const struct bk_pair_of_texts *pair)
{
	size_t count;
	const struct bk_bracket *bracket = &bk_draft_brackets(pair->old, &count)[proposal->here];
	const struct bk_difference *fate = fate_of(pair, proposal->here);
	struct bk_followed followed;
	uint32_t rest;

	if (!fate)
		return follow_words(trace, proposal, pair);
	bk_comparison_follow(pair->comparison, bracket->text, &followed);
	if (fate->kind != BK_DIFFERENCE_KEPT)
		proposal->state = fate->kind;
	if (fate->kind == BK_DIFFERENCE_SPLIT) {
		stand_at(proposal, pair, bk_comparison_carry(pair->comparison, proposal->here));
		return add_step(trace, proposal, pair, &followed, fate->kind, fate->detail);
	}
	if (fate->kind == BK_DIFFERENCE_DELETED && (rest = find_rest(pair, proposal->here)) != BK_NONE) {
		stand_at(proposal, pair, rest);
		proposal->state = BK_DIFFERENCE_REWORDED;
		return add_step(trace, proposal, pair, &followed, BK_DIFFERENCE_REWORDED, "shortened");
	}
	proposal->here = fate->new_bracket;
	if (fate->in_new)
		proposal->span = fate->new_span;
	if (fate->kind == BK_DIFFERENCE_ACCEPTED || fate->kind == BK_DIFFERENCE_CHOSEN ||
		fate->kind == BK_DIFFERENCE_JOINED) {
		proposal->here = BK_NONE;
		if (followed.standing)
			proposal->span = followed.span;
		if (fate->in_new && proposal->merged == BK_NEVER)
			proposal->merged = pair->newer;
	}
	if (!fate->in_new)
		lose(proposal, pair, fate->kind);
	return add_step(trace, proposal, pair, &followed, fate->kind, fate->detail);
}

/* ---- Finding -------------------------------------------------------------------------------------------- */

static struct bk_traced *find_at(struct bk_trace *trace, uint32_t bracket)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		if (trace->proposals.items[i].here == bracket)
			return &trace->proposals.items[i];
	return NULL;
}

/* The proposal that this bracket of a text is, a new one when nobody follows it yet. */
static int note(struct bk_trace *trace, const bk_draft *draft, size_t revision, uint32_t bracket,
	struct bk_traced **out)
{
	size_t count, len, column;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_span span = {brackets[bracket].start, brackets[bracket].end};
	const char *bytes = bk_draft_bytes(draft, &len), *path = bk_draft_path(draft, bracket);
	struct bk_traced *proposal = find_at(trace, bracket);

	*out = proposal;
	if (proposal)
		return BK_OK;
	proposal = BK_VEC_PUSH(&trace->proposals);
	if (!proposal)
		return bk_fail_memory();
	*proposal = (struct bk_traced){.first = revision,
		.path = bk_arena_dup(&trace->arena, path, strlen(path)),
		.text = bk_arena_dup(&trace->arena, bytes + span.start, span.end - span.start),
		.first_span = span,
		.here = bracket,
		.span = span,
		.state = BK_DIFFERENCE_KEPT,
		.merged = BK_NEVER,
		.weakened = BK_NEVER,
		.lost = BK_NEVER};
	bk_draft_place(draft, span.start, &proposal->line, &column);
	*out = proposal;
	return proposal->path && proposal->text ? BK_OK : bk_fail_memory();
}

/* Brackets under which the party's name stands. */
static int note_named(struct bk_trace *trace, const bk_draft *draft, size_t revision)
{
	size_t count;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);
	struct bk_traced *proposal;
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if ((all[i].act != BK_ACT_PROPOSE && all[i].act != BK_ACT_REFLECT) ||
			strcmp(all[i].party, trace->party) != 0)
			continue;
		status = note(trace, draft, revision, all[i].bracket, &proposal);
		if (status == BK_OK)
			proposal->told = true;
	}
	return status;
}

static bool is_proposal_of(const struct bk_event *event, const char *party)
{
	return event->act == BK_EVENT_PROPOSE && strcmp(event->party, party) == 0;
}

/* What the ledger says was proposed on just this text. */
static int note_recorded(struct bk_trace *trace, const bk_draft *draft, size_t revision)
{
	size_t count, bracket_count, len;
	const struct bk_event *events = bk_ledger_events(trace->session->ledger, &count);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &bracket_count);
	const char *bytes = bk_draft_bytes(draft, &len);
	struct bk_traced *proposal;
	char blob[41];
	int status = BK_OK;

	bk_blob_name(bytes, len, blob);
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		uint32_t bracket;

		if (!is_proposal_of(&events[i], trace->party) || strcmp(events[i].anchor.blob, blob) != 0)
			continue;
		bracket = bk_draft_bracket_at(draft, events[i].anchor.start);
		if (bracket == BK_NONE || brackets[bracket].start != events[i].anchor.start)
			continue;
		status = note(trace, draft, revision, bracket, &proposal);
		if (status == BK_OK && !proposal->event)
			proposal->event = &events[i];
	}
	return status;
}

static int visit(void *context, const struct bk_pair_of_texts *pair)
{
	struct bk_trace *trace = context;
	int status = BK_OK;

	for (size_t i = 0; pair->old && i < trace->proposals.len && status == BK_OK; i++) {
		struct bk_traced *proposal = &trace->proposals.items[i];

		if (proposal->lost != BK_NEVER)
			continue;
		status = proposal->here == BK_NONE ? follow_words(trace, proposal, pair)
						   : follow_bracket(trace, proposal, pair);
	}
	if (status == BK_OK)
		status = note_named(trace, pair->now, pair->newer);
	return status == BK_OK ? note_recorded(trace, pair->now, pair->newer) : status;
}

static bool is_noted(const struct bk_trace *trace, const struct bk_event *event)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		if (trace->proposals.items[i].event == event ||
			(trace->proposals.items[i].event &&
				strcmp(trace->proposals.items[i].event->bracket, event->bracket) == 0))
			return true;
	return false;
}

/* What was proposed on a text that no revision has: its own words, and where these are bound now. */
static int note_unplaced(struct bk_trace *trace)
{
	size_t count, bound_count, bracket_count;
	const struct bk_event *events = bk_ledger_events(trace->session->ledger, &count);
	const struct bk_bound *bounds = bk_binding_list(trace->session->binding, &bound_count);
	const struct bk_bracket *brackets = bk_draft_brackets(trace->session->draft, &bracket_count);

	for (size_t i = 0; i < count; i++) {
		struct bk_traced *proposal;

		if (!is_proposal_of(&events[i], trace->party) || is_noted(trace, &events[i]))
			continue;
		proposal = BK_VEC_PUSH(&trace->proposals);
		if (!proposal)
			return bk_fail_memory();
		*proposal = (struct bk_traced){.event = &events[i],
			.first = BK_NEVER,
			.path = events[i].anchor.path,
			.text = events[i].anchor.text,
			.first_span = {events[i].anchor.start, events[i].anchor.end},
			.here = BK_NONE,
			.state = BK_DIFFERENCE_DELETED,
			.merged = BK_NEVER,
			.weakened = BK_NEVER,
			.lost = BK_NOWHERE};
		for (size_t b = 0; b < bound_count; b++)
			if (strcmp(bounds[b].id, events[i].bracket) == 0)
				proposal->here = bounds[b].bracket;
		if (proposal->here == BK_NONE)
			continue;
		proposal->state = BK_DIFFERENCE_KEPT;
		proposal->lost = BK_NEVER;
		proposal->span =
			(struct bk_span){brackets[proposal->here].start, brackets[proposal->here].end};
	}
	return BK_OK;
}

/* ---- All ------------------------------------------------------------------------------------------------ */

int bk_trace_find(struct bk_trace *out, struct bk_session *session, const char *party)
{
	int status;

	*out = (struct bk_trace){.session = session, .party = party};
	status = bk_timeline_open(&out->timeline, session);
	if (status == BK_OK)
		status = bk_timeline_walk_forward(&out->timeline, visit, out);
	return status == BK_OK ? note_unplaced(out) : status;
}

void bk_trace_release(struct bk_trace *trace)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		BK_VEC_RELEASE(&trace->proposals.items[i].steps);
	BK_VEC_RELEASE(&trace->proposals);
	bk_arena_release(&trace->arena);
	bk_timeline_release(&trace->timeline);
}
