/* The ledger of a session: what somebody says, and what edits did to brackets about
 * which something was said. */
#include "app/session.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/error.h"

#include <string.h>
#include <time.h>

static void format_time(int64_t seconds, char out[32])
{
	const time_t when = (time_t)seconds;
	struct tm utc;

	gmtime_r(&when, &utc);
	strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static size_t count_strings(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

static const char *or_empty(const char *string)
{
	return string ? string : "";
}

/* Append the line after a line end that a torn write may have left out. */
static int append_line(struct bk_session *session, const char *line)
{
	struct bk_buf bytes = BK_BUF_INIT;
	const struct bk_buf *have = &session->ledger_bytes;
	int status;

	if (have->len && have->bytes[have->len - 1] != '\n')
		bk_buf_putc(&bytes, '\n');
	bk_buf_puts(&bytes, line);
	status = bk_buf_status(&bytes);
	if (status == BK_OK && !session->options.dry_run)
		status = bk_file_append(session->ledger_path, bk_buf_str(&bytes));
	if (status == BK_OK) {
		bk_buf_put_str(&session->ledger_bytes, bk_buf_str(&bytes));
		session->ledger_version++;
		status = bk_buf_status(&session->ledger_bytes);
	}
	if (status == BK_OK && !session->options.dry_run) {
		session->ledger_on_disk = session->ledger_bytes.len;
		status = bk_file_stat(&session->ledger_stamp, session->ledger_path);
	}
	bk_buf_release(&bytes);
	return status;
}

/* Check the event and append its line; time and author are filled in when they are missing. */
static int record(struct bk_session *session, struct bk_event *event)
{
	char now[32];
	bk_ledger *scratch;
	char *line;
	int status;

	format_time(bk_session_now(session), now);
	if (!event->time)
		event->time = session->options.date ? session->options.date : now;
	event->author = bk_session_author(session);
	/* Against a ledger of its own: the session's is folded anew from the file's bytes. */
	status = bk_ledger_new(&scratch);
	if (status < 0)
		return status;
	status = bk_ledger_add(scratch, event, &line);
	if (status == BK_OK) {
		status = append_line(session, line);
		bk_ledger_line_free(line);
	}
	bk_ledger_free(scratch);
	return status;
}

static int record_statement(struct bk_session *session, uint32_t bracket,
	const struct bk_statement *statement, const struct bk_anchor *anchor)
{
	size_t count;
	struct bk_event event = {
		.time = statement->time,
		.party = or_empty(statement->party),
		.act = statement->act,
		.bracket = bk_draft_brackets(session->draft, &count)[bracket].id,
		.alternative = statement->alternative,
		.reason = or_empty(statement->reason),
		.conditions = statement->conditions,
		.condition_count = count_strings(statement->conditions),
		.source = or_empty(statement->source),
		.speaker = or_empty(statement->speaker),
		.capacity = or_empty(statement->capacity),
		.value = or_empty(statement->value),
		.anchor = *anchor,
	};

	return record(session, &event);
}

static int anchor_of(const struct bk_session *session, uint32_t bracket, bk_anchor_copy **out)
{
	char blob[41];
	size_t len;
	const char *bytes = bk_draft_bytes(session->draft, &len);

	bk_blob_name(bytes, len, blob);
	return bk_anchor_of(session->draft, bracket, blob, out);
}

int bk_session_state(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement)
{
	bk_anchor_copy *anchor;
	size_t alternatives;
	int status;

	if (!session->ledger_path)
		return bk_fail(BK_EINVAL, "cannot record a position on '%s': it is no file", session->name);
	status = bk_session_load_ledger(session);
	if (status == BK_OK)
		status = bk_session_refresh(session);
	if (status < 0)
		return status;
	bk_draft_alternatives(session->draft, bracket, &alternatives);
	if (statement->alternative > alternatives)
		return bk_fail(BK_EINVAL, "no alternative %zu: the bracket has %zu", statement->alternative,
			alternatives);
	status = anchor_of(session, bracket, &anchor);
	if (status < 0)
		return status;
	status = record_statement(session, bracket, statement, bk_anchor_get(anchor));
	bk_anchor_free(anchor);
	return status == BK_OK ? bk_session_refresh(session) : status;
}

/* Where words alone would look for an id. */
static uint32_t found_by_words(const bk_binding *binding, const char *id)
{
	size_t count;
	const struct bk_bound *bounds = bk_binding_list(binding, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(bounds[i].id, id) == 0)
			return bounds[i].bracket;
	return BK_NONE;
}

static int record_one(struct bk_session *session, const struct bk_carried *carried, uint32_t bracket)
{
	struct bk_event event = {
		.act = BK_EVENT_CARRY,
		.bracket = carried->id,
		.party = "",
		.reason = "",
		.source = "",
		.speaker = "",
		.capacity = "",
		.value = bracket == BK_NONE ? "gone" : "stands",
		.anchor = {.path = "", .text = "", .before = "", .after = "", .blob = "", .digest = ""},
	};
	bk_anchor_copy *anchor = NULL;
	int status = bracket == BK_NONE ? BK_OK : anchor_of(session, bracket, &anchor);

	if (status < 0)
		return status;
	if (anchor)
		event.anchor = *bk_anchor_get(anchor);
	status = record(session, &event);
	bk_anchor_free(anchor);
	return status;
}

/* The bracket of the session's draft that opens at start, or BK_NONE. */
static uint32_t bracket_at(const struct bk_session *session, size_t start)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);
	const uint32_t bracket = start == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(session->draft, start);

	return bracket < count && brackets[bracket].start == start ? bracket : BK_NONE;
}

static int record_differences(struct bk_session *session, const bk_binding *by_words)
{
	size_t count;
	const struct bk_carried *list = bk_track_list(session->track, &count);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const uint32_t bracket = bracket_at(session, list[i].start);

		if (found_by_words(by_words, list[i].id) != bracket)
			status = record_one(session, &list[i], bracket);
	}
	return status;
}

int bk_session_record_carried(struct bk_session *session)
{
	size_t count;
	bk_binding *by_words;
	int status;

	bk_track_list(session->track, &count);
	if (!count)
		return BK_OK;
	status = bk_session_refresh(session);
	if (status == BK_OK)
		status = bk_binding_new(&by_words, session->ledger, session->draft);
	if (status < 0)
		return status;
	status = record_differences(session, by_words);
	bk_binding_free(by_words);
	return status == BK_OK ? bk_session_refresh(session) : status;
}
