/* bracked read: print a reading of a draft. */
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

static const struct bk_option options[] = {
	{.name = "as", .value = "READING", .help = "written, unattributed, agreed, clean, or party=PARTY"},
	{0},
};

static const struct {
	const char *name;
	enum bk_reading_kind kind;
} readings[] = {
	{"written", BK_READING_WRITTEN},
	{"unattributed", BK_READING_UNATTRIBUTED},
	{"agreed", BK_READING_AGREED},
	{"clean", BK_READING_CLEAN},
};

static int read_for_party(const struct bk_session *session, const char *name, bk_reading **out)
{
	struct bk_positions_query query = {.at = session->options.at};
	bk_positions *positions;
	uint8_t *decisions;
	size_t count;
	int status = bk_subject_party(session, name, &query.party);

	if (status < 0)
		return status;
	bk_draft_brackets(session->draft, &count);
	decisions = bk_calloc(count, 1);
	if (!decisions)
		return bk_fail_memory();
	status = bk_positions_derive(
		&positions, session->draft, session->binding, session->ledger, session->roster, &query);
	if (status == BK_OK) {
		status = bk_positions_decide(
			positions, session->draft, session->roster, query.party, decisions);
		bk_positions_free(positions);
	}
	if (status == BK_OK)
		status = bk_draft_read(session->draft, BK_READING_DECIDED, decisions, out);
	bk_free(decisions);
	return status;
}

static int make_reading(const struct bk_session *session, const char *name, bk_reading **out)
{
	if (strncmp(name, "party=", 6) == 0)
		return read_for_party(session, name + 6, out);
	for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
		if (strcmp(readings[i].name, name) == 0)
			return bk_draft_read(session->draft, readings[i].kind, NULL, out);
	if (bk_roster_find(session->roster, name, strlen(name)))
		return bk_fail(
			BK_EINVAL, "no reading '%s': as that party wants it is --as party=%s", name, name);
	return bk_fail(BK_EINVAL,
		"no reading '%s': it is written, unattributed, agreed, clean or party=PARTY", name);
}

static int read_draft(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *name = bk_args_value(invocation->given, "as");
	bk_reading *reading;
	struct bk_str bytes;
	const int status = make_reading(session, name ? name : "written", &reading);

	if (status < 0)
		return bk_subject_failed(status);
	bytes.ptr = bk_reading_bytes(reading, &bytes.len);
	bk_output_bytes(invocation->output, bytes);
	bk_reading_free(reading);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 1 ? bk_subject_each(invocation, 0, read_draft)
					  : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_read = {
	.name = "read",
	.group = "Reading a draft",
	.summary = "print a reading: as agreed, clean, or as a party wants it",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked read --as agreed outcome.txt", "bracked read --as party=EU outcome.txt"},
	.run = run,
};
