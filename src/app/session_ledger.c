/* The ledger of a session: what somebody says, and what edits did to brackets about
 * which something was said. */
#include "app/session.h"
#include "app/session_private.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "draft/alternative.h"
#include "ledger/anchor.h"
#include "ledger/binding.h"
#include "ledger/event.h"

#include <bracked/compare.h>
#include <inttypes.h>
#include <stdio.h>
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
		/* What is recorded here is recorded on the text of now: there is no older one to look at. */
		if (session->carried_version == session->ledger_version)
			session->carried_version++;
		session->ledger_version++;
		status = bk_buf_status(&session->ledger_bytes);
	}
	if (status == BK_OK && !session->options.dry_run) {
		session->ledger_on_disk = session->ledger_bytes.len;
		status = bk_file_stat(&session->ledger_stamp, session->ledger_path);
		/* Others may have appended as well: then all of it is read again. */
		if (session->ledger_stamp.size != session->ledger_bytes.len)
			session->ledger_stamp = (struct bk_file_stamp){0};
	}
	bk_buf_release(&bytes);
	return status;
}

/* Check the event and make its line, behind those of a ledger; time and author are filled in when they are missing. */
static int make_line_in(
	const struct bk_session *session, bk_ledger *ledger, struct bk_event *event, char **line)
{
	char now[32];

	format_time(bk_session_now(session), now);
	if (!event->time)
		event->time = session->options.date ? session->options.date : now;
	event->author = bk_session_author(session);
	return bk_ledger_add(ledger, event, line);
}

/* Against a ledger of its own: the session's is folded anew from the file's bytes. */
static int make_line(const struct bk_session *session, struct bk_event *event, char **line)
{
	bk_ledger *scratch;
	int status = bk_ledger_new(&scratch);

	if (status < 0)
		return status;
	status = make_line_in(session, scratch, event, line);
	bk_ledger_free(scratch);
	return status;
}

static int record(struct bk_session *session, struct bk_event *event)
{
	char *line;
	int status = make_line(session, event, &line);

	if (status < 0)
		return status;
	status = append_line(session, line);
	bk_ledger_line_free(line);
	return status;
}

static int record_statement(struct bk_session *session, uint32_t bracket,
	const struct bk_statement *statement, const struct bk_anchor *anchor)
{
	size_t count;
	struct bk_event event = {
		.time = statement->time,
		.party = bk_or_empty(statement->party),
		.act = statement->act,
		.bracket = bk_draft_brackets(session->draft, &count)[bracket].id,
		.alternative = statement->alternative,
		.reason = bk_or_empty(statement->reason),
		.conditions = statement->conditions,
		.condition_count = count_strings(statement->conditions),
		.source = bk_or_empty(statement->source),
		.speaker = bk_or_empty(statement->speaker),
		.capacity = bk_or_empty(statement->capacity),
		.value = bk_or_empty(statement->value),
		.anchor = *anchor,
	};

	return record(session, &event);
}

static int anchor_of(const bk_draft *draft, uint32_t bracket, bk_anchor_copy **out)
{
	char blob[41];
	size_t len;
	const char *bytes = bk_draft_bytes(draft, &len);

	bk_blob_name(bytes, len, blob);
	return bk_anchor_of(draft, bracket, blob, out);
}

/* The bracket that an alternative is: then it is meant as a whole, and keeps its words whatever becomes of those
 * before it.  Parts of one bracket are told by their numbers. */
static int find_alternative(const bk_draft *draft, uint32_t *bracket, size_t *alternative)
{
	size_t count;
	const struct bk_alternative *list = bk_draft_alternatives(draft, *bracket, &count);
	const uint32_t member = bk_alternative_member(draft, *bracket, *alternative);

	if (*alternative && !count)
		return bk_fail(BK_EINVAL, "the bracket offers no choice: leave the alternative out");
	if (*alternative > count)
		return bk_fail(BK_EINVAL, "no alternative %zu: the bracket has %zu", *alternative, count);
	if (*alternative == 0)
		return BK_OK;
	*bracket = list[*alternative - 1].bracket;
	if (member != BK_NONE)
		*alternative = 0;
	return BK_OK;
}

int bk_session_record(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement)
{
	struct bk_statement said = *statement;
	bk_anchor_copy *anchor;
	int status;

	if (!session->ledger_path)
		return bk_fail(BK_EINVAL,
			"cannot record a position on '%s': it is no file, write it to one first",
			session->name);
	status = bk_session_load_ledger(session);
	if (status == BK_OK)
		status = bk_session_refresh(session);
	if (status == BK_OK)
		status = find_alternative(session->draft, &bracket, &said.alternative);
	if (status == BK_OK)
		status = anchor_of(session->draft, bracket, &anchor);
	if (status < 0)
		return status;
	status = record_statement(session, bracket, &said, bk_anchor_get(anchor));
	bk_anchor_free(anchor);
	return status;
}

int bk_session_state(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement)
{
	const int status = bk_session_record(session, bracket, statement);

	return status == BK_OK ? bk_session_refresh(session) : status;
}

/* Of a bracket that is not in the text. */
static const struct bk_anchor nowhere = {
	.path = "", .text = "", .before = "", .after = "", .blob = "", .digest = ""};

/* ---- Names ---- */

/* What an edit is made on: the blob that it makes, and the hash of the file's bytes before it. */
struct edit {
	char blob[41];
	char from[17];
	bk_ledger *batch; /* one for all its events, so that their ids keep them in order */
	struct bk_digests digests;
};

static int put_name(const struct bk_session *session, const struct bk_session_name *name,
	const struct edit *edit, struct bk_buf *out)
{
	char old[17] = "";
	struct bk_event event = {
		.act = BK_EVENT_ATTRIBUTE,
		.bracket = name->id,
		.party = name->party,
		.value = name->act ? name->act : BK_EVENT_IN_TEXT,
		.written = name->written,
		.from = name->act ? old : edit->from,
	};
	bk_anchor_copy *anchor = NULL;
	char *line;
	int status = name->bracket == BK_NONE
			     ? BK_OK
			     : bk_anchor_of_digested(&edit->digests, name->bracket, edit->blob, &anchor);

	if (status < 0)
		return status;
	if (name->old)
		snprintf(old, sizeof old, "%016" PRIx64, name->old);
	event.anchor = anchor ? *bk_anchor_get(anchor) : nowhere;
	status = make_line_in(session, edit->batch, &event, &line);
	bk_anchor_free(anchor);
	if (status < 0)
		return status;
	bk_buf_puts(out, line);
	bk_ledger_line_free(line);
	return bk_buf_status(out);
}

static int begin_edit(const struct bk_session *session, struct edit *edit)
{
	struct bk_str old;
	size_t len;
	const char *bytes = bk_draft_bytes(session->draft, &len);
	int status = bk_snapshot_flat(session->saved, &old.ptr, &old.len);

	if (status == BK_OK)
		status = bk_digests_init(&edit->digests, session->draft);
	if (status == BK_OK)
		status = bk_ledger_new(&edit->batch);
	if (status < 0)
		return status;
	bk_blob_name(bytes, len, edit->blob);
	snprintf(edit->from, sizeof edit->from, "%016" PRIx64, bk_hash(old.ptr, old.len));
	return BK_OK;
}

static int put_names(const struct bk_session *session, const struct bk_session_name *names, size_t count,
	struct bk_buf *out)
{
	struct edit edit = {.batch = NULL};
	int status = begin_edit(session, &edit);

	/* A write that was torn may have left the last line without its end. */
	if (session->ledger_bytes.len && session->ledger_bytes.bytes[session->ledger_bytes.len - 1] != '\n')
		bk_buf_putc(out, '\n');
	for (size_t i = 0; i < count && status == BK_OK; i++)
		status = put_name(session, &names[i], &edit, out);
	bk_digests_release(&edit.digests);
	bk_ledger_free(edit.batch);
	return status;
}

int bk_session_record_names(struct bk_session *session, const struct bk_session_name *names, size_t count)
{
	struct bk_buf lines = BK_BUF_INIT;
	struct bk_buf *into = session->options.dry_run ? &session->ledger_bytes : &session->ledger_next;
	int status = count ? put_names(session, names, count, &lines) : BK_OK;

	if (status == BK_OK) {
		bk_buf_put_str(into, bk_buf_str(&lines));
		status = bk_buf_status(into);
	}
	bk_buf_release(&lines);
	return status;
}

/* ---- Older texts ---- */

/* Where the texts are that brackets were recorded on.  The repository is opened when it is first needed, and not
 * shared: other threads use the session's. */
struct past_texts {
	const struct bk_session *session;
	bk_repository *repository;
	bk_revisions *revisions;
	const char **blobs; /* of the revisions, oldest first */
};

static int open_past(struct past_texts *past)
{
	const struct bk_session *session = past->session;

	if (past->repository)
		return BK_OK;
	if (session->path)
		return bk_repository_open(&past->repository, session->path);
	return session->repository
		       ? bk_repository_open(&past->repository, bk_repository_folder(session->repository))
		       : BK_ENOREPO;
}

static int read_past(void *context, const char *blob, bk_draft **out)
{
	struct past_texts *past = context;
	struct bk_str bytes;
	char *read = NULL;
	int status = open_past(past);

	if (status == BK_OK)
		status = bk_revision_read_blob(past->repository, blob, &read, &bytes.len);
	/* A text that no revision kept, or that git cannot give, leaves the words of the anchor. */
	if (status < 0)
		return status == BK_ENOMEM ? status : BK_ENOTFOUND;
	bytes.ptr = read;
	status = bk_session_read_other(past->session, bytes, out);
	bk_store_free(read);
	return status;
}

static int walk_past(struct past_texts *past)
{
	const struct bk_session *session = past->session;
	char *name = NULL;
	int status = open_past(past);

	if (status == BK_OK && session->path)
		status = bk_repository_name(past->repository, session->path, &name);
	if (status == BK_OK)
		status = bk_revisions_walk(&past->revisions, past->repository,
			name ? name : session->repository_name, session->revision);
	bk_store_free(name);
	return status;
}

/* The texts of the revisions; those with a new ledger alone have none of their own. */
static int list_past(void *context, const char *const **blobs, size_t *count)
{
	struct past_texts *past = context;
	const struct bk_revision *list;
	size_t revisions;
	const int status = walk_past(past);

	*count = 0;
	/* Without revisions, or where git cannot give them, the straight way is all there is. */
	if (status < 0)
		return status == BK_ENOMEM ? status : BK_OK;
	list = bk_revisions_list(past->revisions, &revisions);
	past->blobs = bk_calloc(revisions + 1, sizeof *past->blobs);
	if (!past->blobs)
		return bk_fail_memory();
	while (revisions-- > 0)
		if (!list[revisions].same_text)
			past->blobs[(*count)++] = list[revisions].blob;
	*blobs = past->blobs;
	return BK_OK;
}

static void close_past(struct past_texts *past)
{
	bk_free(past->blobs);
	bk_revisions_free(past->revisions);
	bk_repository_free(past->repository);
}

int bk_session_bind(struct bk_analysis *analysis, const bk_draft *draft)
{
	struct past_texts past = {.session = analysis->session};
	char blob[41];
	const struct bk_carry_source source = {blob, read_past, &past, list_past};
	const struct bk_carried *list = analysis->carried;
	size_t len, events, count = analysis->carried_count;
	const char *bytes = bk_draft_bytes(draft, &len);
	bk_carry *carry = NULL;
	int status = BK_OK;

	bk_ledger_events(analysis->ledger, &events);
	if (analysis->look_back && events > 0) {
		bk_blob_name(bytes, len, blob);
		status = bk_carry_new(&carry, analysis->ledger, draft, &source, list, count);
		if (status == BK_OK)
			list = bk_carry_list(carry, &count);
	}
	if (status == BK_OK)
		status = bk_binding_new_carried(&analysis->binding, analysis->ledger, draft, list, count);
	bk_carry_free(carry);
	close_past(&past);
	return status;
}

/* Where words alone would look for an id; NULL for one that is not recorded. */
static const struct bk_bound *found_by_words(const bk_binding *binding, const char *id)
{
	size_t index;

	return bk_map_get(&binding->ids, bk_str_of(id), &index) ? &binding->list[index] : NULL;
}

/* Whether an id was given to a bracket that another has, too, and words alone would take it for a changed one: once
 * the other is written down there, they would not find it any more. */
static bool is_lost_by_words(
	const struct bk_analysis *analysis, const struct bk_bound *found, const struct bk_carried *carried)
{
	size_t sharing = 0;

	if (!found || found->trust != BK_TRUST_CHANGED)
		return false;
	for (size_t i = 0; i < analysis->carried_count; i++)
		sharing += analysis->carried[i].start == carried->start;
	return sharing > 1;
}

/* What lines of where brackets stand have in common. */
struct places {
	const struct bk_analysis *analysis;
	bk_binding *by_words;
	struct bk_digests digests;
	char blob[41];
	char from[17]; /* the hash of the bytes before the edit; "" for none */
};

static int places_init(struct places *places, const struct bk_analysis *analysis, uint64_t old)
{
	size_t len;
	const char *bytes = bk_draft_bytes(analysis->draft, &len);
	int status;

	*places = (struct places){.analysis = analysis};
	status = bk_binding_new(&places->by_words, analysis->ledger, analysis->draft);
	if (status == BK_OK)
		status = bk_digests_init(&places->digests, analysis->draft);
	bk_blob_name(bytes, len, places->blob);
	if (old && old != bk_hash(bytes, len))
		snprintf(places->from, sizeof places->from, "%016" PRIx64, old);
	return status;
}

static void places_release(struct places *places)
{
	bk_digests_release(&places->digests);
	bk_binding_free(places->by_words);
}

/* The line that says where a recorded bracket stands, or that it is gone. */
static int put_carried(
	const struct places *places, const struct bk_carried *carried, uint32_t bracket, struct bk_buf *out)
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
		.anchor = nowhere,
		.from = places->from,
	};
	bk_anchor_copy *anchor = NULL;
	char *line;
	int status = bracket == BK_NONE
			     ? BK_OK
			     : bk_anchor_of_digested(&places->digests, bracket, places->blob, &anchor);

	if (status < 0)
		return status;
	if (anchor)
		event.anchor = *bk_anchor_get(anchor);
	status = make_line(places->analysis->session, &event, &line);
	bk_anchor_free(anchor);
	if (status < 0)
		return status;
	bk_buf_puts(out, line);
	bk_ledger_line_free(line);
	return bk_buf_status(out);
}

/* The bracket of a draft that opens at start, or BK_NONE. */
static uint32_t bracket_at(const bk_draft *draft, size_t start)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const uint32_t bracket = start == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(draft, start);

	return bracket < count && brackets[bracket].start == start ? bracket : BK_NONE;
}

/* Whether words alone would look elsewhere for it, now or once this is written down. */
static bool is_worth_a_line(const struct places *places, const struct bk_carried *carried, uint32_t bracket)
{
	const struct bk_bound *found = found_by_words(places->by_words, carried->id);

	return (found ? found->bracket : BK_NONE) != bracket ||
	       (bracket != BK_NONE && is_lost_by_words(places->analysis, found, carried));
}

int bk_session_carried_lines(const struct bk_analysis *analysis, uint64_t old, struct bk_buf *out)
{
	struct places places;
	int status = places_init(&places, analysis, old);
	/* A write that was torn may have left the last line without its end. */
	const bool torn = analysis->ledger_len && analysis->ledger_bytes[analysis->ledger_len - 1] != '\n';

	if (torn)
		bk_buf_putc(out, '\n');
	const size_t before = out->len;

	for (size_t i = 0; i < analysis->carried_count && status == BK_OK; i++) {
		const struct bk_carried *carried = &analysis->carried[i];
		const uint32_t bracket = bracket_at(analysis->draft, carried->start);

		if (is_worth_a_line(&places, carried, bracket))
			status = put_carried(&places, carried, bracket, out);
	}
	if (out->len == before)
		bk_buf_clear(out);
	places_release(&places);
	return status;
}

int bk_session_record_carried(
	struct bk_session *session, const struct bk_carried *carried, size_t count, uint64_t old)
{
	const struct bk_analysis analysis = {.session = session,
		.draft = session->draft,
		.ledger = session->ledger,
		.ledger_bytes = session->ledger_bytes.bytes,
		.ledger_len = session->ledger_bytes.len,
		.carried = (struct bk_carried *)carried,
		.carried_count = count};
	struct bk_buf lines = BK_BUF_INIT;
	int status = count ? bk_session_carried_lines(&analysis, old, &lines) : BK_OK;

	if (status == BK_OK && lines.len)
		status = append_line(session, bk_buf_string(&lines));
	bk_buf_release(&lines);
	return status;
}

int bk_session_unite_ledger(struct bk_session *session, struct bk_str lines)
{
	struct bk_buf *have = &session->ledger_bytes;
	char *united;
	size_t len;
	int status;

	if (!lines.len)
		return BK_OK;
	status = bk_ledger_union(bk_buf_string(have), have->len, lines.ptr, lines.len, &united, &len);
	if (status < 0)
		return status;
	bk_buf_clear(have);
	bk_buf_put(have, united, len);
	bk_ledger_line_free(united);
	session->ledger_version++;
	return bk_buf_status(have);
}
