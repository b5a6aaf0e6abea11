/* bracked trace: what became of the proposals of one party. */
#include "app/placing.h"
#include "app/subject.h"
#include "app/timeline_print.h"
#include "app/trace.h"
#include "base/error.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "party", .value = "PARTY", .help = "whose proposals"},
	{0},
};

/* ---- Printing ------------------------------------------------------------------------------------------ */

static size_t line_of(const struct bk_trace *trace, size_t offset)
{
	size_t line, column;

	bk_draft_place(trace->session->draft, offset, &line, &column);
	return line;
}

static const char *path_of(const struct bk_trace *trace, size_t offset)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(trace->session->draft, &count);
	const uint32_t node = bk_draft_node_at(trace->session->draft, offset);

	return node == BK_NONE ? "" : nodes[node].path;
}

/* Whether a bracket, or one around it, is disputed. */
static bool is_disputed(const struct bk_trace *trace, uint32_t around)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(trace->session->draft, &count);

	while (around != BK_NONE && (brackets[around].brace || brackets[around].class != BK_CLASS_DISPUTED))
		around = brackets[around].parent;
	return around != BK_NONE;
}

/* Words of a bracket that was joined stand in another one. */
static bool is_in_bracket(const struct bk_trace *trace, const struct bk_traced *proposal)
{
	return is_disputed(trace, proposal->here != BK_NONE
					  ? proposal->here
					  : bk_draft_bracket_at(trace->session->draft, proposal->span.start));
}

/* The revision that did something; null both when none did and when the text is in no revision yet. */
static void set_revision(bk_json *object, const char *key, const struct bk_trace *trace, size_t revision)
{
	bk_timeline_json(object, key, &trace->timeline, revision == BK_NEVER ? BK_NOWHERE : revision);
}

static void print_json(
	struct bk_output *output, const struct bk_trace *trace, const struct bk_traced *proposal)
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
	now = proposal->lost == BK_NEVER ? bk_json_object() : NULL;
	if (now) {
		bk_json_set_text(now, "path", bk_str_of(path_of(trace, proposal->span.start)));
		bk_json_set_size(now, "line", line_of(trace, proposal->span.start));
		bk_json_set_size(now, "start", proposal->span.start);
		bk_json_set_size(now, "end", proposal->span.end);
		bk_json_set_bool(now, "bracket", is_in_bracket(trace, proposal));
		bk_json_set_text(now, "text", bk_subject_bytes(trace->session, proposal->span));
		bk_json_set(object, "now", now);
	} else {
		bk_json_set_null(object, "now");
	}
	set_revision(object, "merged", trace, proposal->merged);
	set_revision(object, "weakened", trace, proposal->weakened);
	set_revision(object, "lost", trace, proposal->lost);
	for (size_t i = 0; i < proposal->steps.len; i++) {
		const struct bk_trace_step *step = &proposal->steps.items[i];
		bk_json *part = bk_json_object();

		set_revision(part, "in", trace, step->revision);
		bk_json_set_string(part, "kind", bk_difference_kind_name(step->kind));
		bk_json_set_string(part, "detail", step->detail);
		bk_json_set_size(part, "words", step->words);
		bk_json_set_size(part, "standing", step->standing);
		bk_json_add(steps, part);
	}
	bk_json_set(object, "steps", steps);
	bk_output_json(output, object);
}

static void print_revision(
	struct bk_output *output, const struct bk_trace *trace, const char *what, size_t revision)
{
	bk_output_printf(output, "       %-8s ", what);
	bk_timeline_print(output, &trace->timeline, revision);
	bk_output_puts(output, "\n");
}

static void print_step(
	struct bk_output *output, const struct bk_trace *trace, const struct bk_trace_step *step)
{
	const bool partly = step->standing < step->words;

	print_revision(output, trace, bk_difference_kind_name(step->kind), step->revision);
	if (!*step->detail && !partly)
		return;
	bk_output_printf(output, "                %s", step->detail);
	if (partly)
		bk_output_printf(output, "%s%zu of %zu words stand", *step->detail ? ": " : "",
			step->standing, step->words);
	bk_output_puts(output, "\n");
}

static void print_text(
	struct bk_output *output, const struct bk_trace *trace, const struct bk_traced *proposal)
{

	bk_output_printf(output, "%5zu  ", proposal->line);
	bk_output_excerpt(output, BK_INK_DISPUTED, bk_str_of(proposal->text), 72);
	bk_output_puts(output, "\n");
	if (proposal->first == BK_NEVER)
		bk_output_printf(output, "       proposed %.10s on a text that no revision has\n",
			proposal->event->time);
	else
		print_revision(output, trace, "proposed", proposal->first);
	for (size_t i = 0; i < proposal->steps.len; i++)
		print_step(output, trace, &proposal->steps.items[i]);
	if (proposal->lost != BK_NEVER) {
		bk_output_styled(output, BK_INK_REMOVED, BK_STR("       lost\n"));
		return;
	}
	if (is_in_bracket(trace, proposal))
		bk_output_puts(output, "       in brackets");
	else
		bk_output_styled(output, BK_INK_GOOD, BK_STR("       stands clean"));
	bk_output_printf(output, ", line %zu: ", line_of(trace, proposal->span.start));
	bk_output_excerpt(output, BK_INK_PLAIN, bk_subject_bytes(trace->session, proposal->span), 46);
	bk_output_puts(output, "\n");
}

/* ---- What was handed in to a merge --------------------------------------------------------------------- */

/* A proposal of the party in the proof beside the draft, and where its words stand now. */
struct handed_in {
	const bk_proof *proof;
	const struct bk_proof_proposal *proposal;
	bool known; /* whether that can be told */
	struct bk_followed now;
};

/* Whether it asks for words to be gone; whether for words to stand, which may be lost. */
static bool wants_gone(enum bk_merge_act act)
{
	return act == BK_MERGE_DELETE || act == BK_MERGE_OPPOSE;
}

static bool wants_words(enum bk_merge_act act)
{
	return !wants_gone(act) && act != BK_MERGE_WITHDRAW;
}

/* Whether the words that it is about, its own or those that it asks to be gone, stood in the compilation and are. */
static bool are_gone(const struct handed_in *handed)
{
	return handed->known && handed->now.words && 2 * handed->now.standing < handed->now.words;
}

static const char *state_of(const struct handed_in *handed)
{
	if (!are_gone(handed))
		return bk_merge_fate_name(handed->proposal->fate);
	return wants_words(handed->proposal->act) ? "lost" : "deleted";
}

/* What it is about: what the party wrote, or what it takes out of the base. */
static struct bk_str words_of(const struct handed_in *handed)
{
	const struct bk_proof_proposal *it = handed->proposal;
	size_t count;
	const struct bk_proof_place *place = bk_proof_places(handed->proof, &count);
	const struct bk_span base = it->base.span;

	if (it->len || it->place == BK_NONE)
		return (struct bk_str){it->words, it->len};
	place += it->place;
	if (base.start < place->base.span.start || base.end > place->base.span.start + place->len)
		return (struct bk_str){it->words, it->len};
	return (struct bk_str){place->words + (base.start - place->base.span.start), base.end - base.start};
}

static bool is_still_disputed(const struct bk_trace *trace, const struct handed_in *handed)
{
	return is_disputed(trace, bk_draft_bracket_at(trace->session->draft, handed->now.span.start));
}

static void print_handed_json(
	struct bk_output *output, const struct bk_trace *trace, const struct handed_in *handed)
{
	const struct bk_proof_proposal *it = handed->proposal;
	bk_json *object = bk_output_object(), *now;

	bk_json_set_string(object, "party", trace->party);
	bk_json_set_string(object, "source", "proof");
	bk_json_set_text(object, "file", bk_str_of(bk_proof_file_name(handed->proof, it->party)));
	bk_json_set_string(object, "act", bk_merge_act_name(it->act));
	bk_json_set_size(object, "line", it->file.line);
	bk_json_set_size(object, "start", it->file.span.start);
	bk_json_set_size(object, "end", it->file.span.end);
	bk_json_set_bytes(object, "text", "raw", (struct bk_str){it->words, it->len});
	bk_json_set_string(object, "state", state_of(handed));
	if (handed->known && handed->now.standing) {
		now = bk_json_object();
		bk_json_set_text(now, "path", bk_str_of(path_of(trace, handed->now.span.start)));
		bk_json_set_size(now, "line", line_of(trace, handed->now.span.start));
		bk_json_set_size(now, "start", handed->now.span.start);
		bk_json_set_size(now, "end", handed->now.span.end);
		bk_json_set_bool(now, "bracket", is_still_disputed(trace, handed));
		bk_json_set_text(now, "text", bk_subject_bytes(trace->session, handed->now.span));
		bk_json_set(object, "now", now);
	} else {
		bk_json_set_null(object, "now");
	}
	bk_output_json(output, object);
}

static void print_handed(
	struct bk_output *output, const struct bk_trace *trace, const struct handed_in *handed)
{
	const struct bk_proof_proposal *it = handed->proposal;

	bk_output_printf(output, "%5zu  ", it->file.line);
	bk_output_printf(output, "%s ", bk_merge_act_name(it->act));
	bk_output_excerpt(output, BK_INK_DISPUTED, words_of(handed), 60);
	bk_output_puts(output, "\n       ");
	if (!handed->known || !handed->now.standing || are_gone(handed)) {
		bk_output_puts(output, state_of(handed));
	} else {
		bk_output_puts(output, is_still_disputed(trace, handed) ? "in brackets"
				       : wants_gone(it->act)		? "not done: stands clean"
									: "stands clean");
		bk_output_printf(output, ", line %zu: ", line_of(trace, handed->now.span.start));
		bk_output_excerpt(
			output, BK_INK_PLAIN, bk_subject_bytes(trace->session, handed->now.span), 46);
	}
	bk_output_puts(output, "\n");
}

static void print_proposals(
	struct bk_output *output, const struct bk_trace *trace, const bk_placing *placing, bool json)
{
	const bk_proof *proof = bk_placing_proof(placing);
	size_t count, parties;
	const struct bk_proof_proposal *all = bk_proof_proposals(proof, &count);
	const char *const *names = bk_proof_parties(proof, &parties);
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		struct handed_in handed = {.proof = proof, .proposal = &all[i]};

		if (strcmp(names[all[i].party], trace->party) != 0 || all[i].act == BK_MERGE_LAYOUT ||
			all[i].fate == BK_MERGE_LEFT)
			continue;
		if (!any && !json)
			bk_output_printf(
				output, "handed in as %s:\n", bk_proof_file_name(proof, all[i].party));
		any = true;
		handed.known = bk_placing_follow(placing, &all[i], &handed.now);
		(json ? print_handed_json : print_handed)(output, trace, &handed);
	}
}

/* What the proof beside the draft, where there is one, says of the party. */
static int trace_handed(struct bk_output *output, const struct bk_trace *trace, bool json)
{
	const struct bk_placing_source source = bk_placing_source(trace->session);
	bk_placing *placing = NULL;
	int status = bk_placing_open(&placing, &source);

	if (status == BK_OK)
		print_proposals(output, trace, placing, json);
	bk_placing_free(placing);
	return status == BK_ENOTFOUND ? BK_OK : status;
}

/* ---- The command --------------------------------------------------------------------------------------- */

static int trace_of(struct bk_invocation *invocation, struct bk_session *session)
{
	const bool json = bk_args_has(invocation->given, "json");
	const char *party;
	struct bk_trace trace;
	int status = bk_subject_party(session, bk_args_value(invocation->given, "party"), &party);

	if (status < 0)
		return bk_subject_failed(status);
	status = bk_trace_find(&trace, session, party);
	for (size_t i = 0; i < trace.proposals.len && status == BK_OK; i++)
		(json ? print_json : print_text)(invocation->output, &trace, &trace.proposals.items[i]);
	if (status == BK_OK)
		status = trace_handed(invocation->output, &trace, json);
	bk_trace_release(&trace);
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
