/* bracked propose: an alternative beside a bracket or beside clean words. */
#include "app/subject.h"
#include "base/error.h"
#include "base/utf8.h"

#include <string.h>

static const struct bk_option options[] = {
	{.name = "party", .value = "PARTY", .help = "who proposes it; default: bracked.party"},
	BK_OPTION_DRY_RUN,
	{0},
};

/* Words that somebody types: no line ends, no controls, nothing that is not UTF-8. */
static int check_words(const char *text)
{
	const struct bk_str words = bk_str_of(text);
	size_t size;

	for (size_t at = 0; at < words.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(words, at), &size);

		if (code == BK_UTF8_BAD || code < 0x20 || code == 0x7f || (code >= 0x80 && code < 0xa0))
			return bk_fail(BK_EINVAL,
				"the words hold a control character or bytes that are no UTF-8 (at byte "
				"%zu): leave "
				"them out",
				at);
	}
	return BK_OK;
}

static int propose(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *where = invocation->args[1], *text = invocation->args[2], *party;
	struct bk_span span;
	uint32_t bracket;
	bk_changes *changes;
	int status = check_words(text);

	if (status == BK_OK)
		status = bk_subject_own_party(invocation, session, &party);

	if (status == BK_OK && bk_args_parse_span(where, &span.start, &span.end)) {
		status = bk_draft_propose_span(session->draft, span, party, text, &changes);
	} else if (status == BK_OK && where[0] != '@' && strchr(where, ':')) {
		status = bk_fail(BK_EINVAL, "no span '%s': it is START:END in bytes from 0", where);
	} else if (status == BK_OK) {
		status = bk_subject_find(session, where, &bracket);
		if (status == BK_OK)
			status = bk_draft_propose(session->draft, bracket, party, text, &changes);
	}
	return status < 0 ? bk_subject_failed(status) : bk_subject_apply(invocation, session, changes);
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 3, propose);
}

const struct bk_command bk_cmd_propose = {
	.name = "propose",
	.group = "Changing a draft",
	.summary = "put an alternative beside a bracket or beside words",
	.arguments = "FILE ID|START:END TEXT",
	.options = options,
	.examples = {"bracked propose --party EU outcome.txt k3f9q 'should'",
		"bracked propose --party EU outcome.txt 4100:4105 'may'"},
	.run = run,
};
