/* bracked positions: who holds what on which bracket. */
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "ledger/moves.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "party",
		.value = "PARTY",
		.help = "what holds for this party, its groups' statements included"},
	{.name = "id", .value = "ID", .help = "on this bracket only"},
	{.name = "history", .help = "all that was ever said, also what no longer holds"},
	{.name = "at", .value = "DATE", .help = "with the memberships of this day"},
	{0},
};

/* The newest words that an orphan was recorded with. */
static struct bk_str last_words(const struct bk_session *session, const char *id)
{
	size_t count;
	const struct bk_bound *bounds = bk_binding_list(session->binding, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(bounds[i].id, id) == 0 && bounds[i].last)
			return bk_str_of(bounds[i].last->text);
	return BK_STR("");
}

/* The bracket as it stands; of an orphan, its last words. */
static struct bk_str words_of(const struct bk_session *session, const struct bk_position *position)
{
	const struct bk_bracket *bracket;
	size_t count;

	if (position->bracket == BK_NONE)
		return last_words(session, position->id);
	bracket = &bk_draft_brackets(session->draft, &count)[position->bracket];
	return bk_subject_bytes(session, (struct bk_span){bracket->start, bracket->end});
}

/* ---- Printing ------------------------------------------------------------------------------------------ */

/* Whether another group of equal standing says something else. */
static bool in_conflict(const struct bk_position *position)
{
	return strcmp(position->from, "conflict") == 0;
}

static bk_json *string_array(const char *const *strings, size_t count)
{
	bk_json *array = bk_json_array();

	for (size_t i = 0; i < count; i++)
		bk_json_add_text(array, bk_str_of(strings[i]));
	return array;
}

static void print_json(struct bk_output *output, const struct bk_session *session,
	const struct bk_position *position, const struct bk_position *moved)
{
	bk_json *object = bk_output_object();

	bk_json_set_string(object, "id", position->id);
	if (position->alternative)
		bk_json_set_size(object, "alternative", position->alternative);
	else
		bk_json_set_null(object, "alternative");
	bk_json_set_text(object, "party", bk_str_of(position->party));
	bk_json_set_string(object, "act", position->act);
	bk_json_set_text(object, "reason", bk_str_of(position->reason));
	bk_json_set(object, "if", string_array(position->conditions, position->condition_count));
	bk_json_set_text(object, "from", bk_str_of(*position->group ? position->group : position->from));
	bk_json_set_bool(object, "conflict", in_conflict(position));
	bk_json_set_text(object, "time", bk_str_of(position->time));
	bk_json_set_text(object, "source", bk_str_of(position->source));
	bk_json_set_text(object, "speaker", bk_str_of(position->speaker));
	bk_json_set_text(object, "capacity", bk_str_of(position->capacity));
	bk_json_set_text(object, "event", bk_str_of(position->event));
	bk_json_set_bool(object, "earlier_words", position->earlier_words);
	bk_json_set_bool(object, "superseded", position->superseded);
	bk_json_set_bool(object, "orphan", position->bracket == BK_NONE);
	if (moved)
		bk_json_set_string(object, "moved", moved->id);
	else
		bk_json_set_null(object, "moved");
	bk_json_set_text(object, "text", words_of(session, position));
	bk_output_json(output, object);
}

static void print_heading(
	struct bk_output *output, const struct bk_session *session, const struct bk_position *position)
{
	const bool orphan = position->bracket == BK_NONE;
	const struct bk_str words = words_of(session, position);

	bk_output_styled(output, BK_INK_PLACE, bk_str_of(position->id));
	bk_output_puts(output, "  ");
	if (orphan) {
		bk_output_styled(output, BK_INK_BAD, BK_STR("not found in this text, last words "));
		bk_output_excerpt(output, BK_INK_FAINT, words, 60);
	} else {
		bk_output_excerpt(output, BK_INK_DISPUTED, words, 60);
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_FAINT,
			bk_str_of(bk_draft_path(session->draft, position->bracket)), 40);
		bk_subject_put_status(output, session, position->bracket);
	}
	bk_output_puts(output, "\n");
}

static void print_text(
	struct bk_output *output, const struct bk_position *position, const struct bk_position *moved)
{
	bk_output_printf(output, "    %-8s ", position->party);
	bk_output_styled(output, BK_INK_STRONG, bk_str_of(position->act));
	if (position->alternative)
		bk_output_printf(output, " %zu", position->alternative);
	for (size_t i = 0; i < position->condition_count; i++)
		bk_output_printf(output, "%s %s", i ? "," : " if", position->conditions[i]);
	if (*position->reason)
		bk_output_printf(output, "  \"%s\"", position->reason);
	if (*position->group)
		bk_output_printf(output, in_conflict(position) ? "  (by %s, in conflict)" : "  (by %s)",
			position->group);
	if (strcmp(position->source, "text") == 0)
		bk_output_puts(output, "  (in the text)");
	if (moved)
		bk_output_printf(output, "  (moved %s %s)",
			strcmp(position->act, "object") == 0 ? "to" : "from", moved->id);
	if (position->earlier_words)
		bk_output_puts(output, "  (given on earlier words)");
	if (position->superseded)
		bk_output_puts(output, "  (no longer holds)");
	if (*position->time)
		bk_output_printf(output, "  %.10s", position->time);
	bk_output_puts(output, "\n");
}

static bool is_about(const struct bk_position *position, const struct bk_bound *only)
{
	return only->bracket == BK_NONE ? strcmp(position->id, only->id) == 0
					: position->bracket == only->bracket;
}

/* Positions, or those about one bracket; moves: what bk_moves_find says of them. */
static void print_all(struct bk_invocation *invocation, const struct bk_session *session,
	const bk_positions *positions, const size_t *moves, const struct bk_bound *only)
{
	const bool json = bk_args_has(invocation->given, "json");
	size_t count;
	const struct bk_position *list = bk_positions_list(positions, &count);
	const char *heading = "";

	for (size_t i = 0; i < count; i++) {
		const struct bk_position *moved = moves[i] < count ? &list[moves[i]] : NULL;

		if (only && !is_about(&list[i], only))
			continue;
		if (json) {
			print_json(invocation->output, session, &list[i], moved);
			continue;
		}
		if (strcmp(heading, list[i].id) != 0)
			print_heading(invocation->output, session, &list[i]);
		heading = list[i].id;
		print_text(invocation->output, &list[i], moved);
	}
}

static int print_positions(struct bk_invocation *invocation, const struct bk_session *session,
	const bk_positions *positions, const struct bk_bound *only)
{
	size_t *moves;
	const int status = bk_moves_find(&moves, session->draft, positions);

	if (status < 0)
		return status;
	print_all(invocation, session, positions, moves, only);
	bk_free(moves);
	return BK_OK;
}

/* The bracket that a person means: an orphan by its whole id, or one of the text. */
static int find_recorded(const struct bk_session *session, const char *name, struct bk_bound *out)
{
	size_t count;
	const struct bk_bound *bounds = bk_binding_list(session->binding, &count);

	for (size_t i = 0; i < count; i++)
		if (bounds[i].bracket == BK_NONE && strcmp(bounds[i].id, name) == 0) {
			*out = bounds[i];
			return BK_OK;
		}
	return bk_subject_find(session, name, &out->bracket);
}

static int positions_of(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *party = bk_args_value(invocation->given, "party");
	const char *id = bk_args_value(invocation->given, "id");
	struct bk_positions_query query = {
		.at = bk_args_value(invocation->given, "at"),
		.history = bk_args_has(invocation->given, "history"),
	};
	struct bk_bound only;
	bk_positions *positions;
	int status = party ? bk_subject_party(session, party, &query.party) : BK_OK;

	if (query.at && !bk_subject_is_date(query.at))
		status = bk_fail(
			BK_EINVAL, "option '--at' wants a date such as 2010-12-10, not '%s'", query.at);

	if (status == BK_OK && id)
		status = find_recorded(session, id, &only);
	if (status == BK_OK)
		status = bk_positions_derive(&positions, session->draft, session->binding, session->ledger,
			session->roster, &query);
	if (status < 0)
		return bk_subject_failed(status);
	status = print_positions(invocation, session, positions, id ? &only : NULL);
	bk_positions_free(positions);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 1 ? bk_subject_each(invocation, 0, positions_of)
					  : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_positions = {
	.name = "positions",
	.group = "Positions",
	.summary = "print who holds what on which bracket",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked positions --party EU outcome.txt",
		"bracked positions --json --history outcome.txt"},
	.run = run,
};
