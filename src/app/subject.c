/* Beginnings and endings that commands share. */
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "ledger/party.h"
#include "ledger/status.h"

#include <string.h>

/* No text of a bracket is longer; from this depth on a short beginning says enough. */
enum { TEXT_MAX = 65536, DEEP = 100, DEEP_TEXT_MAX = 240 };

int bk_subject_failed(int status)
{
	bk_output_failure();
	return status == BK_EINVAL || status == BK_ERANGE ? BK_EXIT_USAGE : BK_EXIT_FAILED;
}

int bk_subject_usage(const struct bk_invocation *invocation)
{
	bk_output_remark("usage: bracked %s%s%s%s", invocation->command->name,
		invocation->command->options ? " [OPTIONS]" : "", *invocation->command->arguments ? " " : "",
		invocation->command->arguments);
	return BK_EXIT_USAGE;
}

/* What is wrong around a draft that opens all the same; not again what was told of the one before. */
static int tell_faults(const struct bk_session *session, const char *told)
{
	if (session->settings_error && (!told || strcmp(told, session->settings_error) != 0))
		bk_output_remark("%s", session->settings_error);
	for (const char *const *fault = bk_ledger_faults(session->ledger); *fault; fault++)
		bk_output_remark("%s", *fault);
	return BK_EXIT_OK;
}

static int open_draft(const struct bk_invocation *invocation, const char *file, unsigned flags,
	const char *told, struct bk_session **out)
{
	int status = bk_session_open(out, file, flags, &invocation->session);

	if (status < 0) {
		*out = NULL;
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	return flags & BK_SESSION_BARE ? BK_EXIT_OK : tell_faults(*out, told);
}

int bk_subject_open(
	const struct bk_invocation *invocation, const char *file, unsigned flags, struct bk_session **out)
{
	*out = NULL;
	if (flags & BK_SESSION_CHANGE && strcmp(file, "-") == 0) {
		bk_output_remark("'-' is standard input, which is only read: name a file to change");
		return BK_EXIT_USAGE;
	}
	return open_draft(invocation, file, flags, NULL, out);
}

int bk_subject_complete(struct bk_session *session)
{
	if (bk_session_complete(session) < 0) {
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	return tell_faults(session, NULL);
}

static int run_each(struct bk_invocation *invocation, size_t first, unsigned flags,
	int (*each)(struct bk_invocation *invocation, struct bk_session *session))
{
	char *told = NULL;
	int worst = BK_EXIT_OK;

	if (invocation->arg_count <= first)
		return bk_subject_usage(invocation);
	for (size_t i = first; i < invocation->arg_count; i++) {
		struct bk_session *session;
		int exit = open_draft(invocation, invocation->args[i], flags, told, &session);

		if (exit == BK_EXIT_OK)
			exit = each(invocation, session);
		if (session && session->settings_error) {
			bk_free(told);
			told = session->settings_error;
			session->settings_error = NULL;
		}
		bk_session_free(session);
		if (exit > worst)
			worst = exit;
	}
	bk_free(told);
	return worst;
}

int bk_subject_each(struct bk_invocation *invocation, size_t first,
	int (*each)(struct bk_invocation *invocation, struct bk_session *session))
{
	return run_each(invocation, first, BK_SESSION_READ, each);
}

int bk_subject_each_unread(struct bk_invocation *invocation, size_t first,
	int (*each)(struct bk_invocation *invocation, struct bk_session *session))
{
	return run_each(invocation, first, BK_SESSION_READ | BK_SESSION_UNREAD, each);
}

int bk_subject_change(struct bk_invocation *invocation, size_t count,
	int (*change)(struct bk_invocation *invocation, struct bk_session *session))
{
	struct bk_session *session;
	int exit;

	if (invocation->arg_count != count)
		return bk_subject_usage(invocation);
	exit = bk_subject_open(invocation, invocation->args[0], BK_SESSION_CHANGE, &session);
	if (exit == BK_EXIT_OK)
		exit = change(invocation, session);
	bk_session_free(session);
	return exit;
}

static int print_diff(struct bk_output *output, struct bk_str old, struct bk_str now, const char *name)
{
	char *diff;
	size_t len;
	const int status = bk_store_diff(old.ptr, old.len, name, now.ptr, now.len, name, &diff, &len);

	if (status < 0)
		return bk_subject_failed(status);
	bk_output_diff(output, (struct bk_str){diff, len});
	bk_store_free(diff);
	return BK_EXIT_OK;
}

static int print_text_diff(struct bk_output *output, const struct bk_session *session)
{
	struct bk_str old, now;
	int status = bk_snapshot_flat(session->saved, &old.ptr, &old.len);

	if (status == BK_OK)
		status = bk_snapshot_flat(bk_text_now(session->text), &now.ptr, &now.len);
	return status < 0 ? bk_subject_failed(status) : print_diff(output, old, now, session->name);
}

int bk_subject_finish_ledger(struct bk_invocation *invocation, const struct bk_session *session)
{
	const struct bk_str now = bk_buf_str(&session->ledger_bytes);
	struct bk_buf name = BK_BUF_INIT;
	int exit = BK_EXIT_OK;

	if (!session->options.dry_run)
		return exit;
	bk_buf_printf(&name, "%s.ledger", session->name);
	exit = print_diff(invocation->output, (struct bk_str){now.ptr, session->ledger_on_disk}, now,
		bk_buf_string(&name));
	bk_buf_release(&name);
	return exit;
}

/* The change, and what would refuse to have it written. */
static int rehearse(struct bk_output *output, const struct bk_session *session)
{
	const int exit = print_text_diff(output, session);
	int status;

	if (exit != BK_EXIT_OK || !bk_session_is_changed(session))
		return exit;
	status = bk_session_may_write(session);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

int bk_subject_finish(struct bk_invocation *invocation, struct bk_session *session)
{
	int status;

	if (bk_args_has(invocation->given, "dry-run"))
		return rehearse(invocation->output, session);
	if (!bk_session_is_changed(session))
		return BK_EXIT_OK;
	status = bk_session_write(session, 0);
	if (status < 0)
		return bk_subject_failed(status);
	invocation->changed = true;
	if (session->remark)
		bk_output_remark("%s", session->remark);
	return BK_EXIT_OK;
}

int bk_subject_apply(struct bk_invocation *invocation, struct bk_session *session, bk_changes *changes)
{
	const int status = bk_session_apply(session, changes);

	bk_changes_free(changes);
	return status < 0 ? bk_subject_failed(status) : bk_subject_finish(invocation, session);
}

bool bk_subject_is_date(const char *text)
{
	const struct bk_str date = bk_str_of(text);

	return date.len > 0 && bk_party_is_date(date);
}

int bk_subject_party(const struct bk_session *session, const char *name, const char **code)
{
	const struct bk_party *party = bk_roster_find(session->roster, name, strlen(name));
	const char *nearest;

	if (party) {
		*code = party->code;
		return BK_OK;
	}
	if (bk_roster_nearest(session->roster, name, &nearest, 1))
		return bk_fail(BK_EINVAL, "no party '%s': did you mean '%s'? bracked parties lists all", name,
			nearest);
	return bk_fail(
		BK_EINVAL, "no party '%s': bracked parties lists all, .negotiation can name more", name);
}

int bk_subject_own_party(
	const struct bk_invocation *invocation, const struct bk_session *session, const char **code)
{
	const char *name = bk_args_value(invocation->given, "party");

	if (!name)
		name = bk_session_party(session);
	if (!name)
		return bk_fail(
			BK_EINVAL, "no party given: use --party, or git config --global bracked.party CODE");
	return bk_subject_party(session, name, code);
}

struct bk_str bk_subject_bytes(const struct bk_session *session, struct bk_span span)
{
	size_t len;
	const char *bytes = bk_draft_bytes(session->draft, &len);

	return (struct bk_str){bytes + span.start, span.end - span.start};
}

void bk_subject_set_text(
	bk_json *object, const struct bk_session *session, struct bk_span span, uint32_t depth)
{
	const struct bk_str text = bk_subject_bytes(session, span);
	const size_t max = depth <= DEEP ? TEXT_MAX : DEEP_TEXT_MAX;
	const size_t len = depth == 0 || text.len <= max
				   ? text.len
				   : bk_utf8_last_cluster((struct bk_str){text.ptr, max});

	bk_json_set_text(object, "text", (struct bk_str){text.ptr, len});
	if (len < text.len)
		bk_json_set_bool(object, "truncated", true);
}

void bk_subject_place(struct bk_output *output, const struct bk_session *session, size_t offset)
{
	size_t line, column;
	struct bk_buf place = BK_BUF_INIT;

	bk_draft_place(session->draft, offset, &line, &column);
	bk_buf_printf(&place, "%s:%zu:%zu", session->name, line, column);
	bk_output_styled(output, BK_INK_PLACE, bk_buf_str(&place));
	bk_buf_release(&place);
}

bool bk_subject_is_open(const struct bk_session *session, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *here = &bk_draft_brackets(session->draft, &count)[bracket];

	return here->class == BK_CLASS_DISPUTED && !here->brace &&
	       !bk_span_status_agreed(bk_status_of(session->binding, session->ledger, bracket, NULL));
}

void bk_subject_put_status(struct bk_output *output, const struct bk_session *session, uint32_t bracket)
{
	const enum bk_span_status status = bk_status_of(session->binding, session->ledger, bracket, NULL);

	if (status != BK_STATUS_OPEN)
		bk_output_printf(output, "  (%s)", bk_span_status_name(status));
}

const char *bk_subject_status(const struct bk_session *session, uint32_t bracket)
{
	return bk_span_status_name(bk_status_of(session->binding, session->ledger, bracket, NULL));
}

int bk_subject_find(const struct bk_session *session, const char *name, uint32_t *out)
{
	const int status = bk_draft_find(session->draft, name, out);
	const struct bk_bound *bounds;
	size_t count;

	if (status != BK_ENOTFOUND || !session->binding)
		return status;
	bounds = bk_binding_list(session->binding, &count);
	for (size_t i = 0; i < count; i++) {
		if (bounds[i].bracket == BK_NONE || strcmp(bounds[i].id, name) != 0)
			continue;
		*out = bounds[i].bracket;
		return BK_OK;
	}
	return status;
}

/* Record one status on every bracket named; all names are looked up before anything is written. */
static int record_status(struct bk_invocation *invocation, struct bk_session *session, const char *value)
{
	const struct bk_statement statement = {
		.act = BK_EVENT_STATUS,
		.value = value,
		.reason = bk_args_value(invocation->given, "reason"),
	};
	uint32_t bracket;
	int status = BK_OK;

	for (size_t i = 1; i < invocation->arg_count && status == BK_OK; i++)
		status = bk_subject_find(session, invocation->args[i], &bracket);
	for (size_t i = 1; i < invocation->arg_count && status == BK_OK; i++) {
		status = bk_subject_find(session, invocation->args[i], &bracket);
		if (status == BK_OK)
			status = bk_session_state(session, bracket, &statement);
	}
	if (status < 0)
		return bk_subject_failed(status);
	return bk_subject_finish_ledger(invocation, session);
}

int bk_subject_set_status(struct bk_invocation *invocation, const char *value)
{
	struct bk_session *session;
	int exit;

	if (invocation->arg_count < 2)
		return bk_subject_usage(invocation);
	exit = bk_subject_open(invocation, invocation->args[0], BK_SESSION_CHANGE, &session);
	if (exit == BK_EXIT_OK)
		exit = record_status(invocation, session, value);
	bk_session_free(session);
	return exit;
}
