/* bracked classify: a person's word on the class or the choice of a bracket. */
#include "app/subject.h"
#include "base/error.h"

static const struct bk_option options[] = {
	{.name = "party", .value = "PARTY", .help = "whose word it is; default: nobody's in particular"},
	BK_OPTION_DRY_RUN,
	{0},
};

/* The same pair of words stands in many places; a person's word on one is offered for the others. */
static void offer_repeats(struct bk_output *output, const struct bk_session *session, uint32_t bracket)
{
	size_t count, repeats = 0;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);
	const struct bk_str words =
		bk_subject_bytes(session, (struct bk_span){brackets[bracket].start, brackets[bracket].end});

	for (uint32_t i = 0; i < count; i++)
		if (i != bracket && !brackets[i].by_person &&
			bk_str_equal(words, bk_subject_bytes(session,
						    (struct bk_span){brackets[i].start, brackets[i].end})))
			repeats++;
	if (repeats)
		bk_output_printf(output,
			"%zu more with the same words are still judged by the rules: "
			"bracked list shows them\n",
			repeats);
}

static int classify(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *value = invocation->args[2], *party = bk_args_value(invocation->given, "party");
	struct bk_statement statement = {.act = BK_EVENT_CLASSIFY, .value = value};
	enum bk_class class;
	enum bk_choice choice;
	uint32_t bracket;
	int status = BK_OK;

	if (!bk_class_parse(value, &class) && !bk_choice_parse(value, &choice))
		status = bk_fail(BK_EINVAL,
			"no class or choice '%s': it is disputed, placeholder, note, reference, "
			"status, one or independent",
			value);
	if (status == BK_OK && party)
		status = bk_subject_party(session, party, &statement.party);
	if (status == BK_OK)
		status = bk_subject_find(session, invocation->args[1], &bracket);
	if (status == BK_OK)
		status = bk_session_state(session, bracket, &statement);
	if (status < 0)
		return bk_subject_failed(status);
	if (!session->options.dry_run)
		offer_repeats(invocation->output, session, bracket);
	return bk_subject_finish_ledger(invocation, session);
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 3, classify);
}

const struct bk_command bk_cmd_classify = {
	.name = "classify",
	.group = "Changing a draft",
	.summary = "say what a bracket is where the rules are wrong",
	.arguments = "FILE ID CLASS|one|independent|undecided",
	.options = options,
	.examples = {"bracked classify outcome.txt k3f9q note",
		"bracked classify outcome.txt @212:34 independent"},
	.run = run,
};
