/* bracked parties: the roster. */
#include "app/subject.h"

#include <string.h>
#include <time.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "groups", .help = "only groups, with their members"},
	{.name = "at", .value = "DATE", .help = "memberships on this day; default: today"},
	{0},
};

static bk_json *member_array(const struct bk_session *session, const struct bk_party *group, const char *date)
{
	size_t count;
	const struct bk_membership *memberships = bk_roster_memberships(session->roster, &count);
	bk_json *array = bk_json_array();

	for (size_t i = 0; i < count; i++)
		if (strcmp(memberships[i].group, group->code) == 0 &&
			bk_roster_is_member(session->roster, group->code, memberships[i].party, date))
			bk_json_add_text(array, bk_str_of(memberships[i].party));
	return array;
}

static void print_json(struct bk_output *output, const struct bk_session *session,
	const struct bk_party *party, const char *date)
{
	bk_json *object = bk_output_object();
	bk_json *aliases = bk_json_array();

	bk_json_set_text(object, "code", bk_str_of(party->code));
	bk_json_set_text(object, "name", bk_str_of(party->name));
	bk_json_set_bool(object, "group", party->group);
	for (size_t i = 0; party->aliases[i]; i++)
		bk_json_add_text(aliases, bk_str_of(party->aliases[i]));
	bk_json_set(object, "aliases", aliases);
	bk_json_set(object, "members", member_array(session, party, date));
	bk_output_json(output, object);
}

static void print_text(struct bk_output *output, const struct bk_session *session,
	const struct bk_party *party, const char *date)
{
	bk_output_styled(output, BK_INK_PLACE, bk_str_of(party->code));
	bk_output_printf(output, "%*s %s", (int)(strlen(party->code) < 8 ? 8 - strlen(party->code) : 0), "",
		party->name);
	if (party->group)
		bk_output_printf(
			output, "  (%zu members)", bk_roster_size(session->roster, party->code, date));
	bk_output_puts(output, "\n");
}

static void today(const struct bk_session *session, char out[16])
{
	const time_t now = (time_t)bk_session_now(session);
	struct tm utc;

	gmtime_r(&now, &utc);
	strftime(out, 16, "%Y-%m-%d", &utc);
}

static void print_members(
	struct bk_output *output, const struct bk_session *session, const char *code, const char *date)
{
	size_t count;
	const struct bk_membership *memberships = bk_roster_memberships(session->roster, &count);
	size_t column = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(memberships[i].group, code) != 0 ||
			!bk_roster_is_member(session->roster, code, memberships[i].party, date))
			continue;
		bk_output_puts(output, column % 20 == 0 ? (column ? "\n         " : "         ") : " ");
		bk_output_puts(output, memberships[i].party);
		column++;
	}
	if (column)
		bk_output_puts(output, "\n");
}

static void print_roster(struct bk_invocation *invocation, const struct bk_session *session)
{
	const bool groups = bk_args_has(invocation->given, "groups");
	const bool json = bk_args_has(invocation->given, "json");
	const char *at = bk_args_value(invocation->given, "at");
	size_t count;
	const struct bk_party *parties = bk_roster_parties(session->roster, &count);
	char date[16];

	today(session, date);
	for (size_t i = 0; i < count; i++) {
		if (groups && !parties[i].group)
			continue;
		(json ? print_json : print_text)(invocation->output, session, &parties[i], at ? at : date);
		if (groups && !json)
			print_members(invocation->output, session, parties[i].code, at ? at : date);
	}
}

static int run(struct bk_invocation *invocation)
{
	const char *at = bk_args_value(invocation->given, "at");
	struct bk_session *session;

	if (invocation->arg_count != 0)
		return bk_subject_usage(invocation);
	if (at && !bk_subject_is_date(at)) {
		bk_output_remark("option '--at' wants a date such as 2010-12-10, not '%s'", at);
		return BK_EXIT_USAGE;
	}
	if (bk_session_open_roster(&session, &invocation->session) < 0) {
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	if (session->settings_error)
		bk_output_remark("%s", session->settings_error);
	print_roster(invocation, session);
	bk_session_free(session);
	return BK_EXIT_OK;
}

const struct bk_command bk_cmd_parties = {
	.name = "parties",
	.group = "Positions",
	.summary = "print the roster: parties and groups, with members",
	.arguments = "",
	.options = options,
	.examples = {"bracked parties --groups", "bracked parties --json --at 2010-12-10"},
	.run = run,
};
