/* bracked position: record what a party says about a bracket. */
#include "app/subject.h"
#include "base/error.h"
#include "base/vec.h"
#include "ledger/instant.h"

static const struct bk_option options[] = {
	{.name = "party", .value = "PARTY", .help = "whose position it is; default: bracked.party"},
	{.name = "alternative", .value = "N", .help = "about the Nth alternative only"},
	{.name = "reason", .value = "TEXT", .help = "why"},
	{.name = "if",
		.value = "CONDITION",
		.repeat = true,
		.help = "on this condition; may be given several times"},
	{.name = "source", .value = "TEXT", .help = "where it was said: plenary, a submission"},
	{.name = "speaker", .value = "TEXT", .help = "who said it"},
	{.name = "capacity", .value = "TEXT", .help = "in which capacity: head, acting head, for a group"},
	{.name = "at", .value = "TIME", .help = "when it was said (RFC 3339); default: now"},
	BK_OPTION_DRY_RUN,
	{0},
};

struct conditions {
	BK_VEC(const char *) list;
};

static int read_conditions(const struct bk_args *given, struct conditions *out)
{
	size_t from = 0;
	const char *value;
	const char **end;

	while ((value = bk_args_next(given, "if", &from))) {
		const char **slot = BK_VEC_PUSH(&out->list);

		if (!slot)
			return bk_fail_memory();
		*slot = value;
	}
	end = BK_VEC_PUSH(&out->list);
	return end ? BK_OK : bk_fail_memory();
}

static int parse_act(const char *word, enum bk_event_act *act)
{
	if (bk_event_act_parse(word, act) && *act <= BK_EVENT_WITHDRAW)
		return BK_OK;
	return bk_fail(
		BK_EINVAL, "no act '%s': it is propose, support, object, reserve, accept or withdraw", word);
}

/* A leap second ends a day of UTC: 23:59:60Z, which counts as the first second of the next. */
static bool is_real_second(const char *time, struct bk_instant instant)
{
	return strlen(time) < 19 || strncmp(time + 17, "60", 2) != 0 || instant.seconds % 86400 == 0;
}

static int record(
	struct bk_invocation *invocation, struct bk_session *session, const struct conditions *conditions)
{
	const struct bk_args *given = invocation->given;
	struct bk_statement statement = {
		.reason = bk_args_value(given, "reason"),
		.conditions = conditions->list.items,
		.source = bk_args_value(given, "source"),
		.speaker = bk_args_value(given, "speaker"),
		.capacity = bk_args_value(given, "capacity"),
		.time = bk_args_value(given, "at"),
	};
	struct bk_instant instant;
	uint32_t bracket;
	int status = parse_act(invocation->args[2], &statement.act);

	if (status == BK_OK)
		status = bk_args_size(given, "alternative", &statement.alternative);
	if (status == BK_OK && bk_args_has(given, "alternative") && !statement.alternative)
		status = bk_fail(BK_EINVAL, "no alternative 0: they are counted from 1");
	if (status == BK_OK && statement.time &&
		(!bk_instant_parse(bk_str_of(statement.time), &instant) ||
			!is_real_second(statement.time, instant)))
		status = bk_fail(BK_EINVAL,
			"option '--at' wants a time such as 2015-12-04T18:30:00Z, not '%s'", statement.time);
	if (status == BK_OK)
		status = bk_subject_own_party(invocation, session, &statement.party);
	if (status == BK_OK)
		status = bk_subject_find(session, invocation->args[1], &bracket);
	if (status == BK_OK)
		status = bk_session_state(session, bracket, &statement);
	return status < 0 ? bk_subject_failed(status) : bk_subject_finish_ledger(invocation, session);
}

static int position(struct bk_invocation *invocation, struct bk_session *session)
{
	struct conditions conditions = {BK_VEC_INIT};
	const int status = read_conditions(invocation->given, &conditions);
	const int exit = status < 0 ? bk_subject_failed(status) : record(invocation, session, &conditions);

	BK_VEC_RELEASE(&conditions.list);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 3, position);
}

const struct bk_command bk_cmd_position = {
	.name = "position",
	.group = "Positions",
	.summary = "record what a party says about a bracket, why and on what condition",
	.arguments = "FILE ID propose|support|object|reserve|accept|withdraw",
	.options = options,
	.examples = {"bracked position --party US --reason 'no precedent' outcome.txt k3f9q object",
		"bracked position --party EU --alternative 2 --if '9 > 2 deleted' outcome.txt k3f9q accept"},
	.run = run,
};
