/* bracked list: the brackets of a draft, in order. */
#include "app/proposed.h"
#include "app/subject.h"

#include <string.h>

static const char *const classes[] = {"disputed", "placeholder", "note", "reference", "status", NULL};

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "class", .value = "CLASS", .choices = classes, .help = "only brackets of this class"},
	{.name = "party",
		.value = "PARTY",
		.help = "only what this party has proposed or taken a position on"},
	{.name = "open", .help = "only open points: disputed and not agreed"},
	{0},
};

struct filter {
	const char *class;
	const char *party;
	bool open;
};

static bool names_party(const struct bk_session *session, uint32_t bracket, const char *party)
{
	size_t count;
	const struct bk_position *positions = bk_positions_of(session->positions, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(positions[i].party, party) == 0)
			return true;
	return false;
}

static bool passes(const struct bk_session *session, uint32_t index, const struct bk_bracket *bracket,
	const struct filter *filter)
{
	if (filter->class && strcmp(filter->class, bk_class_name(bracket->class)) != 0)
		return false;
	if (filter->open && !bk_subject_is_open(session, index))
		return false;
	return !filter->party || names_party(session, index, filter->party);
}

static bk_json *attribution_array(const struct bk_session *session, const struct bk_bracket *bracket)
{
	size_t count;
	const struct bk_attribution *all = bk_draft_attributions(session->draft, &count);
	bk_json *array = bk_json_array();

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *attribution = &all[bracket->attribution + i];
		bk_json *object = bk_json_object();

		bk_json_set_text(object, "party", bk_str_of(attribution->party));
		bk_json_set_string(object, "act", bk_act_name(attribution->act));
		bk_json_set_text(object, "written", bk_subject_bytes(session, attribution->written));
		bk_json_add(array, object);
	}
	return array;
}

static void set_number_or_null(bk_json *object, const char *key, uint32_t number)
{
	if (number)
		bk_json_set_size(object, key, number);
	else
		bk_json_set_null(object, key);
}

static void print_json(struct bk_output *output, const struct bk_session *session, uint32_t index)
{
	size_t line, column, count, positions;
	const struct bk_bracket *all = bk_draft_brackets(session->draft, &count);
	const struct bk_bracket *bracket = &all[index];
	bk_json *object = bk_output_object();

	bk_draft_place(session->draft, bracket->start, &line, &column);
	bk_positions_of(session->positions, index, &positions);
	bk_json_set_string(object, "id", bracket->id);
	bk_json_set_size(object, "line", line);
	bk_json_set_size(object, "column", column);
	bk_json_set_size(object, "start", bracket->start);
	bk_json_set_size(object, "end", bracket->end);
	bk_json_set_size(object, "depth", bracket->depth);
	bk_json_set_string(object, "parent", bracket->parent == BK_NONE ? NULL : all[bracket->parent].id);
	bk_json_set_string(object, "class", bk_class_name(bracket->class));
	set_number_or_null(object, "run", bracket->run);
	set_number_or_null(object, "group", bracket->group);
	bk_json_set_string(object, "choice", bk_choice_name(bracket->choice));
	bk_json_set_bool(object, "brace", bracket->brace);
	bk_json_set(object, "attribution", attribution_array(session, bracket));
	bk_json_set_size(object, "positions", positions);
	bk_json_set_string(object, "status", bk_subject_status(session, index));
	bk_json_set_text(object, "path", bk_str_of(bk_draft_path(session->draft, index)));
	bk_subject_set_text(object, session, (struct bk_span){bracket->start, bracket->end}, bracket->depth);
	bk_proposed_set_bracket(session, index, object);
	bk_output_json(output, object);
}

static void print_text(struct bk_output *output, const struct bk_session *session, uint32_t index)
{
	size_t line, column, count;
	const struct bk_bracket *bracket = &bk_draft_brackets(session->draft, &count)[index];
	const char *choice = bk_choice_name(bracket->choice);
	const char *path = bk_draft_path(session->draft, index);

	bk_draft_place(session->draft, bracket->start, &line, &column);
	bk_output_styled(output, BK_INK_PLACE, bk_str_of(bracket->id));
	bk_output_printf(output, "  %4zu:%-4zu %-11s ", line, column, bk_class_name(bracket->class));
	bk_output_printf(output, "%-12s%*s", choice ? choice : "",
		(int)(bracket->depth < 12 ? bracket->depth : 12) * 2, "");
	bk_output_excerpt(output, bracket->class == BK_CLASS_DISPUTED ? BK_INK_DISPUTED : BK_INK_FAINT,
		bk_subject_bytes(session, (struct bk_span){bracket->start, bracket->end}), 60);
	if (*path) {
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(path), 40);
	}
	bk_subject_put_status(output, session, index);
	bk_output_puts(output, "\n");
	bk_proposed_print(output, session, index);
}

static int list(struct bk_invocation *invocation, struct bk_session *session)
{
	const bool json = bk_args_has(invocation->given, "json");
	const char *party = bk_args_value(invocation->given, "party");
	struct filter filter = {
		.class = bk_args_value(invocation->given, "class"),
		.open = bk_args_has(invocation->given, "open"),
	};
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	if (party) {
		const int status = bk_subject_party(session, party, &filter.party);

		if (status < 0)
			return bk_subject_failed(status);
	}
	for (uint32_t i = 0; i < count; i++)
		if (passes(session, i, &brackets[i], &filter))
			(json ? print_json : print_text)(invocation->output, session, i);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 1 ? bk_subject_each(invocation, 0, list)
					  : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_list = {
	.name = "list",
	.group = "Reading a draft",
	.summary = "list the brackets of a draft with class, choice and who",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked list --open outcome.txt",
		"bracked list --json --class placeholder outcome.txt"},
	.run = run,
};
