/* bracked blame: who opened each bracket, and who keeps it open; or which revision brought each word. */
#include "app/life.h"
#include "app/subject.h"
#include "app/timeline_print.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "compare/word.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "words", .help = "tell which revision brought each run of words"},
	{0},
};

/* What a command's answer is made of. */
struct blame {
	struct bk_invocation *invocation;
	struct bk_session *session;
	struct bk_timeline timeline;
	uint32_t only; /* a bracket, or BK_NONE */
};

static size_t line_of(const struct blame *blame, size_t offset)
{
	size_t line, column;

	bk_draft_place(blame->session->draft, offset, &line, &column);
	return line;
}

/* ---- Brackets ------------------------------------------------------------------------------------------ */

/* A party whose name stands in the text holds its bracket open, and one that will not have it as it is. */
static bool keeps_open(const struct blame *blame, const struct bk_position *position)
{
	return strcmp(position->source, "text") == 0 || strcmp(position->act, "propose") == 0 ||
	       bk_positions_blocks(
		       blame->session->positions, position->bracket, position->party, blame->session->roster);
}

/* Days from the revision that opened it to the newest one, and how many have it. */
static void measure(const struct blame *blame, const struct bk_life *life, size_t *days, size_t *revisions)
{
	const int64_t seconds = life->opened == BK_NOWHERE ? 0
							   : blame->timeline.list[0].time -
								     blame->timeline.list[life->opened].time;

	*days = seconds > 0 ? (size_t)(seconds / 86400) : 0;
	*revisions = life->opened == BK_NOWHERE ? 0 : life->opened + 1;
}

static bk_json *kept_open_json(const struct blame *blame, uint32_t bracket)
{
	size_t count;
	const struct bk_position *all = bk_positions_of(blame->session->positions, bracket, &count);
	bk_json *array = bk_json_array();

	for (size_t i = 0; i < count; i++) {
		bk_json *object;

		if (!keeps_open(blame, &all[i]))
			continue;
		object = bk_json_object();
		bk_json_set_string(object, "party", all[i].party);
		bk_json_set_string(object, "act", all[i].act);
		bk_json_set_string(object, "source", all[i].source);
		bk_json_set_text(object, "reason", bk_str_of(all[i].reason));
		bk_json_add(array, object);
	}
	return array;
}

static void print_json(const struct blame *blame, const struct bk_life *life)
{
	size_t count, days, revisions;
	const struct bk_bracket *bracket = &bk_draft_brackets(blame->session->draft, &count)[life->bracket];
	const struct bk_span span = {bracket->start, bracket->end};
	bk_json *object = bk_output_object(), *steps = bk_json_array();

	measure(blame, life, &days, &revisions);
	bk_json_set_string(object, "id", bracket->id);
	bk_json_set_text(object, "path", bk_str_of(bk_draft_path(blame->session->draft, life->bracket)));
	bk_json_set_size(object, "line", line_of(blame, span.start));
	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
	bk_json_set_text(object, "text", bk_subject_bytes(blame->session, span));
	bk_timeline_json(object, "opened", &blame->timeline, life->opened);
	bk_json_set_string(object, "how", life->always ? "first" : bk_difference_kind_name(life->kind));
	bk_json_set_size(object, "days", days);
	bk_json_set_size(object, "revisions", revisions);
	for (size_t i = life->steps.len; i-- > 0;) {
		bk_json *step = bk_json_object();

		bk_timeline_json(step, "in", &blame->timeline, life->steps.items[i].revision);
		bk_json_set_string(step, "kind", bk_difference_kind_name(life->steps.items[i].kind));
		bk_json_add(steps, step);
	}
	bk_json_set(object, "since", steps);
	bk_json_set(object, "kept_open_by", kept_open_json(blame, life->bracket));
	bk_output_json(blame->invocation->output, object);
}

/* All who keep it open, wrapped between them. */
static void print_kept_open(const struct blame *blame, uint32_t bracket)
{
	size_t count, told = 0, column = 0;
	const struct bk_position *all = bk_positions_of(blame->session->positions, bracket, &count);
	struct bk_output *output = blame->invocation->output;

	for (size_t i = 0; i < count; i++) {
		const char *condition = all[i].condition_count ? " on a condition" : "";
		const char *text = strcmp(all[i].source, "text") == 0 ? ", in the text" : "";
		size_t width;

		if (!keeps_open(blame, &all[i]))
			continue;
		width = (size_t)bk_utf8_string_width(bk_str_of(all[i].party)) + strlen(all[i].act) +
			strlen(condition) + strlen(text) + strlen(" (),");
		column += width + 1;
		if (!told)
			bk_output_puts(output, "         kept open by ");
		else
			bk_output_puts(output, column > 80 ? ",\n           " : ", ");
		if (!told++ || column > 80)
			column = width + (told == 1 ? 22 : 11);
		bk_output_text(output, bk_str_of(all[i].party));
		bk_output_printf(output, " (%s%s%s)", all[i].act, condition, text);
	}
	bk_output_puts(output, told ? "\n" : "         nobody is named\n");
}

static void print_step(const struct blame *blame, const char *what, size_t revision)
{
	bk_output_printf(blame->invocation->output, "         %-8s ", what);
	bk_timeline_print(blame->invocation->output, &blame->timeline, revision);
	bk_output_puts(blame->invocation->output, "\n");
}

static void print_text(const struct blame *blame, const struct bk_life *life)
{
	size_t count, days, revisions;
	const struct bk_bracket *bracket = &bk_draft_brackets(blame->session->draft, &count)[life->bracket];
	struct bk_output *output = blame->invocation->output;

	measure(blame, life, &days, &revisions);
	bk_output_styled(output, BK_INK_PLACE, bk_str_of(bracket->id));
	bk_output_printf(output, "  %5zu  ", line_of(blame, bracket->start));
	bk_output_excerpt(output, BK_INK_DISPUTED,
		bk_subject_bytes(blame->session, (struct bk_span){bracket->start, bracket->end}), 64);
	bk_output_puts(output, "\n");
	print_step(blame, life->always ? "first in" : bk_difference_kind_name(life->kind), life->opened);
	for (size_t i = life->steps.len; i-- > 0;)
		print_step(blame, bk_difference_kind_name(life->steps.items[i].kind),
			life->steps.items[i].revision);
	if (revisions)
		bk_output_printf(output, "         open for %zu %s, in %zu %s\n", days,
			days == 1 ? "day" : "days", revisions, revisions == 1 ? "revision" : "revisions");
	print_kept_open(blame, life->bracket);
}

static int blame_brackets(const struct blame *blame)
{
	bk_lives lives = BK_VEC_INIT;
	const bool json = bk_args_has(blame->invocation->given, "json");
	const int status = bk_lives_find(&lives, &blame->timeline, blame->only);

	for (size_t i = 0; i < lives.len && status == BK_OK; i++)
		(json ? print_json : print_text)(blame, &lives.items[i]);
	bk_lives_release(&lives);
	return status;
}

/* ---- Words --------------------------------------------------------------------------------------------- */

/* The words of the session's text, and the revision that brought each. */
struct word_origins {
	struct bk_vocabulary vocabulary;
	struct bk_words words;
	bool *spared;
	struct word_place {
		size_t text; /* that it was followed back to, or the one that brought it */
		size_t here; /* where it begins there; BK_NOWHERE once it came from none */
	} * places;
	size_t first, last, left;
};

static int step_back(void *context, const struct bk_pair_of_texts *pair)
{
	struct word_origins *origins = context;

	for (size_t w = origins->first; w < origins->last; w++) {
		struct word_place *place = &origins->places[w];
		size_t before;

		if (place->here == BK_NOWHERE || place->text != pair->newer)
			continue;
		before = bk_comparison_word_origin(pair->comparison, place->here);
		if (before != BK_NOWHERE) {
			*place = (struct word_place){pair->older, before};
		} else if (pair->last) {
			place->here = BK_NOWHERE;
			origins->left--;
		}
	}
	return origins->left ? BK_OK : BK_ELIMIT;
}

static int cut_words(struct word_origins *origins, const struct blame *blame)
{
	int status;

	origins->words.draft = blame->session->draft;
	status = bk_blocks_cut(&origins->words.blocks, blame->session->draft);
	if (status < 0)
		return status;
	origins->spared = bk_calloc(origins->words.blocks.list.len + 1, sizeof *origins->spared);
	if (!origins->spared)
		return bk_fail_memory();
	status = bk_words_cut(&origins->words, &origins->vocabulary, origins->spared, NULL, NULL);
	if (status < 0)
		return status;
	origins->places = bk_malloc((origins->words.items.len + 1) * sizeof *origins->places);
	return origins->places ? BK_OK : bk_fail_memory();
}

/* Only those of the bracket asked for. */
static void choose_words(struct word_origins *origins, const struct blame *blame)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(blame->session->draft, &count);

	origins->last = origins->words.items.len;
	if (blame->only != BK_NONE) {
		origins->first = bk_words_from(&origins->words, brackets[blame->only].start);
		origins->last = bk_words_from(&origins->words, brackets[blame->only].end);
	}
	origins->left = origins->last - origins->first;
	for (size_t w = origins->first; w < origins->last; w++)
		origins->places[w] = (struct word_place){
			bk_timeline_head(&blame->timeline), origins->words.items.items[w].start};
}

static void print_run(const struct blame *blame, struct bk_span span, size_t revision)
{
	struct bk_output *output = blame->invocation->output;
	bk_json *object;

	if (!bk_args_has(blame->invocation->given, "json")) {
		bk_output_printf(output, "%5zu  ", line_of(blame, span.start));
		bk_timeline_print(output, &blame->timeline, revision);
		bk_output_puts(output, "\n         ");
		bk_output_excerpt(output, BK_INK_PLAIN, bk_subject_bytes(blame->session, span), 70);
		bk_output_puts(output, "\n");
		return;
	}
	object = bk_output_object();
	bk_json_set_size(object, "line", line_of(blame, span.start));
	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
	bk_timeline_json(object, "brought", &blame->timeline, revision);
	bk_json_set_text(object, "text", bk_subject_bytes(blame->session, span));
	bk_output_json(output, object);
}

/* Neighbouring words of one revision are a run; it ends with its block at the latest. */
static void print_runs(const struct blame *blame, const struct word_origins *origins)
{
	const struct bk_word *words = origins->words.items.items;

	for (size_t w = origins->first, next; w < origins->last; w = next) {
		const uint32_t block = bk_blocks_at(&origins->words.blocks, words[w].start);
		const size_t end = origins->words.blocks.list.items[block].last;

		for (next = w + 1; next < origins->last && next < end &&
				   origins->places[next].text == origins->places[w].text;)
			next++;
		print_run(blame, (struct bk_span){words[w].start, words[next - 1].end},
			origins->places[w].text);
	}
}

static int blame_words(const struct blame *blame)
{
	struct word_origins origins = {.vocabulary = BK_VOCABULARY_INIT};
	int status = cut_words(&origins, blame);

	if (status == BK_OK) {
		choose_words(&origins, blame);
		status = bk_timeline_walk(&blame->timeline, step_back, &origins);
	}
	if (status == BK_OK)
		print_runs(blame, &origins);
	bk_free(origins.spared);
	bk_free(origins.places);
	bk_words_release(&origins.words);
	bk_vocabulary_release(&origins.vocabulary);
	return status;
}

/* ---- The command --------------------------------------------------------------------------------------- */

static int find_bracket(struct blame *blame, const char *name)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(blame->session->draft, &count);
	const int status = bk_subject_find(blame->session, name, &blame->only);

	if (status < 0)
		return status;
	if (brackets[blame->only].class == BK_CLASS_DISPUTED && !brackets[blame->only].brace)
		return BK_OK;
	return bk_fail(BK_EINVAL, "no life of bracket '%s': it is not disputed, its class is %s", name,
		bk_class_name(brackets[blame->only].class));
}

static int run(struct bk_invocation *invocation)
{
	struct blame blame = {.invocation = invocation, .only = BK_NONE};
	int exit_status, status = BK_OK;

	if (invocation->arg_count != 1 && invocation->arg_count != 2)
		return bk_subject_usage(invocation);
	exit_status = bk_subject_open(invocation, invocation->args[0], BK_SESSION_READ, &blame.session);
	if (exit_status != BK_EXIT_OK)
		return exit_status;
	if (invocation->arg_count == 2)
		status = find_bracket(&blame, invocation->args[1]);
	if (status == BK_OK)
		status = bk_timeline_open(&blame.timeline, blame.session);
	if (status == BK_OK)
		status = bk_args_has(invocation->given, "words") ? blame_words(&blame)
								 : blame_brackets(&blame);
	bk_timeline_release(&blame.timeline);
	bk_session_free(blame.session);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

const struct bk_command bk_cmd_blame = {
	.name = "blame",
	.group = "Comparing revisions",
	.summary = "tell who opened each bracket and who keeps it open",
	.arguments = "FILE [ID]",
	.options = options,
	.examples = {"bracked blame outcome.txt 3k7p2", "bracked blame --words outcome.txt"},
	.run = run,
};
