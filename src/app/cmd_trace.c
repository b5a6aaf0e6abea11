/*
 * bracked trace: what became of the proposals of one party.
 *
 * A proposal is a bracket under which the party's name stands as one who proposes, or one that the ledger says it
 * proposed.  It is followed as a bracket for as long as it is one, then as words.
 */
#include "app/life.h"
#include "app/subject.h"
#include "app/timeline_print.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "party", .value = "PARTY", .help = "whose proposals"},
	{0},
};

struct step {
	size_t revision;
	enum bk_difference_kind kind;
	const char *detail;
	size_t words, standing; /* of the text before */
};

/* No revision did that; BK_NOWHERE is the text that is in none yet. */
#define NEVER (BK_NOWHERE - 1)

struct proposal {
	const struct bk_event *event; /* NULL: it stands in the text alone */
	size_t first; /* the revision that first has it; NEVER: the ledger names a text that none has */
	const char *path, *text;
	size_t line;
	struct bk_span first_span;
	uint32_t here; /* the bracket in the newer text; BK_NONE: words, or lost */
	struct bk_span span;
	enum bk_difference_kind state; /* the last thing that happened to it */
	bool told;		       /* the text names the party as well */
	size_t merged, weakened, lost;
	BK_VEC(struct step) steps;
};

struct trace {
	struct bk_invocation *invocation;
	struct bk_session *session;
	struct bk_timeline timeline;
	const char *party;
	struct bk_arena arena;
	BK_VEC(struct proposal) proposals;
};

/* ---- Following ------------------------------------------------------------------------------------------ */

static int add_step(struct trace *trace, struct proposal *proposal, const struct bk_pair_of_texts *pair,
	const struct bk_followed *followed, enum bk_difference_kind kind, const char *detail)
{
	struct step *step;
	const bool partly = followed->standing < followed->words;

	if (kind == BK_DIFFERENCE_KEPT)
		return BK_OK;
	step = BK_VEC_PUSH(&proposal->steps);
	if (!step)
		return bk_fail_memory();
	*step = (struct step){.revision = pair->newer,
		.kind = kind,
		.detail = bk_arena_dup(&trace->arena, detail, strlen(detail)),
		.words = followed->words,
		.standing = followed->standing};
	if (!step->detail)
		return bk_fail_memory();
	if (partly && proposal->weakened == NEVER && proposal->lost == NEVER)
		proposal->weakened = pair->newer;
	return BK_OK;
}

static void lose(struct proposal *proposal, const struct bk_pair_of_texts *pair, enum bk_difference_kind kind)
{
	proposal->lost = pair->newer;
	proposal->state = kind;
	proposal->here = BK_NONE;
}

/* Words that were put back into brackets are a bracket again. */
static bool is_reopened(struct proposal *proposal, const struct bk_pair_of_texts *pair)
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

static int follow_words(struct trace *trace, struct proposal *proposal, const struct bk_pair_of_texts *pair)
{
	struct bk_followed followed;
	enum bk_difference_kind kind;

	follow_clean(pair, proposal->span, &followed);
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
static void stand_at(struct proposal *proposal, const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *now = &bk_draft_brackets(pair->now, &count)[bracket];

	proposal->here = bracket;
	proposal->span = (struct bk_span){now->start, now->end};
}

static int follow_bracket(struct trace *trace, struct proposal *proposal, const struct bk_pair_of_texts *pair)
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
		if (fate->in_new && proposal->merged == NEVER)
			proposal->merged = pair->newer;
	}
	if (!fate->in_new)
		lose(proposal, pair, fate->kind);
	return add_step(trace, proposal, pair, &followed, fate->kind, fate->detail);
}

/* ---- Finding -------------------------------------------------------------------------------------------- */

static struct proposal *find_at(struct trace *trace, uint32_t bracket)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		if (trace->proposals.items[i].here == bracket)
			return &trace->proposals.items[i];
	return NULL;
}

/* The proposal that this bracket of a text is, a new one when nobody follows it yet. */
static int note(
	struct trace *trace, const bk_draft *draft, size_t revision, uint32_t bracket, struct proposal **out)
{
	size_t count, len, column;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_span span = {brackets[bracket].start, brackets[bracket].end};
	const char *bytes = bk_draft_bytes(draft, &len), *path = bk_draft_path(draft, bracket);
	struct proposal *proposal = find_at(trace, bracket);

	*out = proposal;
	if (proposal)
		return BK_OK;
	proposal = BK_VEC_PUSH(&trace->proposals);
	if (!proposal)
		return bk_fail_memory();
	*proposal = (struct proposal){.first = revision,
		.path = bk_arena_dup(&trace->arena, path, strlen(path)),
		.text = bk_arena_dup(&trace->arena, bytes + span.start, span.end - span.start),
		.first_span = span,
		.here = bracket,
		.span = span,
		.state = BK_DIFFERENCE_KEPT,
		.merged = NEVER,
		.weakened = NEVER,
		.lost = NEVER};
	bk_draft_place(draft, span.start, &proposal->line, &column);
	*out = proposal;
	return proposal->path && proposal->text ? BK_OK : bk_fail_memory();
}

/* Brackets under which the party's name stands. */
static int note_named(struct trace *trace, const bk_draft *draft, size_t revision)
{
	size_t count;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);
	struct proposal *proposal;
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
static int note_recorded(struct trace *trace, const bk_draft *draft, size_t revision)
{
	size_t count, bracket_count, len;
	const struct bk_event *events = bk_ledger_events(trace->session->ledger, &count);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &bracket_count);
	const char *bytes = bk_draft_bytes(draft, &len);
	struct proposal *proposal;
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
	struct trace *trace = context;
	int status = BK_OK;

	for (size_t i = 0; pair->old && i < trace->proposals.len && status == BK_OK; i++) {
		struct proposal *proposal = &trace->proposals.items[i];

		if (proposal->lost != NEVER)
			continue;
		status = proposal->here == BK_NONE ? follow_words(trace, proposal, pair)
						   : follow_bracket(trace, proposal, pair);
	}
	if (status == BK_OK)
		status = note_named(trace, pair->now, pair->newer);
	return status == BK_OK ? note_recorded(trace, pair->now, pair->newer) : status;
}

static bool is_noted(const struct trace *trace, const struct bk_event *event)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		if (trace->proposals.items[i].event == event ||
			(trace->proposals.items[i].event &&
				strcmp(trace->proposals.items[i].event->bracket, event->bracket) == 0))
			return true;
	return false;
}

/* What was proposed on a text that no revision has: its own words, and where these are bound now. */
static int note_unplaced(struct trace *trace)
{
	size_t count, bound_count, bracket_count;
	const struct bk_event *events = bk_ledger_events(trace->session->ledger, &count);
	const struct bk_bound *bounds = bk_binding_list(trace->session->binding, &bound_count);
	const struct bk_bracket *brackets = bk_draft_brackets(trace->session->draft, &bracket_count);

	for (size_t i = 0; i < count; i++) {
		struct proposal *proposal;

		if (!is_proposal_of(&events[i], trace->party) || is_noted(trace, &events[i]))
			continue;
		proposal = BK_VEC_PUSH(&trace->proposals);
		if (!proposal)
			return bk_fail_memory();
		*proposal = (struct proposal){.event = &events[i],
			.first = NEVER,
			.path = events[i].anchor.path,
			.text = events[i].anchor.text,
			.first_span = {events[i].anchor.start, events[i].anchor.end},
			.here = BK_NONE,
			.state = BK_DIFFERENCE_DELETED,
			.merged = NEVER,
			.weakened = NEVER,
			.lost = BK_NOWHERE};
		for (size_t b = 0; b < bound_count; b++)
			if (strcmp(bounds[b].id, events[i].bracket) == 0)
				proposal->here = bounds[b].bracket;
		if (proposal->here == BK_NONE)
			continue;
		proposal->state = BK_DIFFERENCE_KEPT;
		proposal->lost = NEVER;
		proposal->span =
			(struct bk_span){brackets[proposal->here].start, brackets[proposal->here].end};
	}
	return BK_OK;
}

/* ---- Printing ------------------------------------------------------------------------------------------- */

static size_t line_of(const struct trace *trace, size_t offset)
{
	size_t line, column;

	bk_draft_place(trace->session->draft, offset, &line, &column);
	return line;
}

static const char *path_of(const struct trace *trace, size_t offset)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(trace->session->draft, &count);
	const uint32_t node = bk_draft_node_at(trace->session->draft, offset);

	return node == BK_NONE ? "" : nodes[node].path;
}

/* The revision that did something; null both when none did and when the text is in no revision yet. */
static void set_revision(bk_json *object, const char *key, const struct trace *trace, size_t revision)
{
	bk_timeline_json(object, key, &trace->timeline, revision == NEVER ? BK_NOWHERE : revision);
}

static void print_json(const struct trace *trace, const struct proposal *proposal)
{
	bk_json *object = bk_output_object(), *steps = bk_json_array(), *now;

	bk_json_set_string(object, "party", trace->party);
	bk_json_set_string(object, "source", proposal->told ? "text" : "ledger");
	bk_json_set_string(object, "event", proposal->event ? proposal->event->event : NULL);
	set_revision(object, "first", trace, proposal->first);
	bk_json_set_text(object, "path", bk_str_of(proposal->path));
	bk_json_set_size(object, "line", proposal->line);
	bk_json_set_size(object, "start", proposal->first_span.start);
	bk_json_set_size(object, "end", proposal->first_span.end);
	bk_json_set_text(object, "text", bk_str_of(proposal->text));
	bk_json_set_string(object, "state", bk_difference_kind_name(proposal->state));
	now = proposal->lost == NEVER ? bk_json_object() : NULL;
	if (now) {
		bk_json_set_text(now, "path", bk_str_of(path_of(trace, proposal->span.start)));
		bk_json_set_size(now, "line", line_of(trace, proposal->span.start));
		bk_json_set_size(now, "start", proposal->span.start);
		bk_json_set_size(now, "end", proposal->span.end);
		bk_json_set_bool(now, "bracket", proposal->here != BK_NONE);
		bk_json_set_text(now, "text", bk_subject_bytes(trace->session, proposal->span));
		bk_json_set(object, "now", now);
	} else {
		bk_json_set_null(object, "now");
	}
	set_revision(object, "merged", trace, proposal->merged);
	set_revision(object, "weakened", trace, proposal->weakened);
	set_revision(object, "lost", trace, proposal->lost);
	for (size_t i = 0; i < proposal->steps.len; i++) {
		const struct step *step = &proposal->steps.items[i];
		bk_json *part = bk_json_object();

		set_revision(part, "in", trace, step->revision);
		bk_json_set_string(part, "kind", bk_difference_kind_name(step->kind));
		bk_json_set_string(part, "detail", step->detail);
		bk_json_set_size(part, "words", step->words);
		bk_json_set_size(part, "standing", step->standing);
		bk_json_add(steps, part);
	}
	bk_json_set(object, "steps", steps);
	bk_output_json(trace->invocation->output, object);
}

static void print_revision(const struct trace *trace, const char *what, size_t revision)
{
	bk_output_printf(trace->invocation->output, "       %-8s ", what);
	bk_timeline_print(trace->invocation->output, &trace->timeline, revision);
	bk_output_puts(trace->invocation->output, "\n");
}

static void print_step(const struct trace *trace, const struct step *step)
{
	struct bk_output *output = trace->invocation->output;
	const bool partly = step->standing < step->words;

	print_revision(trace, bk_difference_kind_name(step->kind), step->revision);
	if (!*step->detail && !partly)
		return;
	bk_output_printf(output, "                %s", step->detail);
	if (partly)
		bk_output_printf(output, "%s%zu of %zu words stand", *step->detail ? ": " : "",
			step->standing, step->words);
	bk_output_puts(output, "\n");
}

static void print_text(const struct trace *trace, const struct proposal *proposal)
{
	struct bk_output *output = trace->invocation->output;

	bk_output_printf(output, "%5zu  ", proposal->line);
	bk_output_excerpt(output, BK_STYLE_DISPUTED, bk_str_of(proposal->text), 72);
	bk_output_puts(output, "\n");
	if (proposal->first == NEVER)
		bk_output_printf(output, "       proposed %.10s on a text that no revision has\n",
			proposal->event->time);
	else
		print_revision(trace, "proposed", proposal->first);
	for (size_t i = 0; i < proposal->steps.len; i++)
		print_step(trace, &proposal->steps.items[i]);
	if (proposal->lost != NEVER) {
		bk_output_styled(output, BK_STYLE_REMOVED, BK_STR("       lost\n"));
		return;
	}
	bk_output_styled(output, proposal->here == BK_NONE ? BK_STYLE_GOOD : BK_STYLE_PLAIN,
		proposal->here == BK_NONE ? BK_STR("       stands clean") : BK_STR("       in brackets"));
	bk_output_printf(output, ", line %zu: ", line_of(trace, proposal->span.start));
	bk_output_excerpt(output, BK_STYLE_PLAIN, bk_subject_bytes(trace->session, proposal->span), 46);
	bk_output_puts(output, "\n");
}

/* ---- The command ---------------------------------------------------------------------------------------- */

static int trace_all(struct trace *trace, const char *name)
{
	int status = bk_subject_party(trace->session, name, &trace->party);

	if (status == BK_OK)
		status = bk_timeline_open(&trace->timeline, trace->session);
	if (status == BK_OK)
		status = bk_timeline_walk_forward(&trace->timeline, visit, trace);
	return status == BK_OK ? note_unplaced(trace) : status;
}

static void release(struct trace *trace)
{
	for (size_t i = 0; i < trace->proposals.len; i++)
		BK_VEC_RELEASE(&trace->proposals.items[i].steps);
	BK_VEC_RELEASE(&trace->proposals);
	bk_arena_release(&trace->arena);
	bk_timeline_release(&trace->timeline);
}

static int trace_of(struct bk_invocation *invocation, struct bk_session *session)
{
	const bool json = bk_args_has(invocation->given, "json");
	struct trace trace = {.invocation = invocation, .session = session};
	const int status = trace_all(&trace, bk_args_value(invocation->given, "party"));

	for (size_t i = 0; i < trace.proposals.len && status == BK_OK; i++)
		(json ? print_json : print_text)(&trace, &trace.proposals.items[i]);
	release(&trace);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	if (invocation->arg_count != 1)
		return bk_subject_usage(invocation);
	if (!bk_args_has(invocation->given, "party")) {
		bk_output_remark("whose proposals? say --party PARTY");
		return BK_EXIT_USAGE;
	}
	return bk_subject_each(invocation, 0, trace_of);
}

const struct bk_command bk_cmd_trace = {
	.name = "trace",
	.group = "Comparing revisions",
	.summary = "tell what became of the proposals of a party",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked trace --party AOSIS outcome.txt",
		"bracked trace --party EU --json outcome.txt"},
	.run = run,
};
