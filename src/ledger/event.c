/*
 * Events: what one person recorded about one bracket, as one line.
 *
 * A ledger is UTF-8 text.  Each line that is not blank is one event: a JSON object (RFC 8259) on one line,
 * ended by LF or CR LF, of at most 1 MiB.  The order of lines means nothing.  Keys may come in any order; a
 * key that is absent says nothing; keys not named here are tolerated.
 *
 *	schema       1
 *	event        id of the event, of 1 to 64 letters, digits, "-", "_" or "."; those made here are 26
 *	             characters that sort by the time of writing: 10 for milliseconds since 1970, 16 random
 *	time         when it was said: RFC 3339 with an offset or Z, or a date alone
 *	author       who wrote it down
 *	party        code of whose position it is
 *	act          propose, support, object, reserve, accept or withdraw, which are positions of a party;
 *	             classify or status, which are a person's word about the bracket,
 *	             carry, which is what an edit did to it, or attribute, which is a name that
 *	             stood beside it in the text
 *	bracket      id of the bracket: 5 to 64 letters and digits
 *	alternative  from 1: which alternative is meant; absent: the bracket as a whole
 *	anchor       where the bracket stood and what it said: an object of
 *	             path, text, before, after, blob, digest (strings), start, end (byte offsets); text
 *	             is its first 400 bytes, digest stands for all its words when it is longer: `+` and 16
 *	             hexadecimal digits, or 16 digits of a number that is made otherwise (both: digest.c)
 *	reason       in the party's words
 *	if           list of strings: conditions on which the act depends
 *	source       where it was said: a document, a meeting
 *	speaker      who spoke
 *	capacity     in what capacity: head, acting head, for a group
 *	value        of classify: a class (disputed, placeholder, note, reference, status) or a choice (one,
 *	             independent, undecided); of status: open, agreed in group, ad referendum, agreed, agreed
 *	             pending (what is pending may follow), reopened; of carry: stands, gone; of attribute: the
 *	             verb of a name that was taken out of the text (propose, support, oppose, delete, retain,
 *	             reserve, reflect, withdraw), or text: all that were taken out before stand there again
 *	from         of carry and attribute: 16 hexadecimal digits, the XXH3 hash (64 bits) of the file's
 *	             bytes that the edit was made on: the event says nothing about a draft of just those
 *	             bytes
 *	written      of attribute: the name as it stood in the text
 *
 * A line is valid if and only if
 *   - it is one JSON object with no key twice, and schema is 1;
 *   - event, time, act and bracket are there and as said above;
 *   - party is there and not empty when the act is a position, or a name that was taken out of the text;
 *   - value is there and as said above when the act is classify, status, carry or attribute;
 *   - every other key named above is absent, null, or of its type, alternative being at least 1 and end not
 *     before start;
 *   - no string is longer than 64 KiB or holds a NUL, and `if` has at most 256 members.
 *
 * A line that is not valid is kept in the file, skipped, and reported with its number.
 */
#include "ledger/event.h"

#include "base/error.h"
#include "base/json.h"
#include "ledger/status.h"

static const char *const act_names[BK_EVENT_COUNT] = {
	[BK_EVENT_PROPOSE] = "propose",
	[BK_EVENT_SUPPORT] = "support",
	[BK_EVENT_OBJECT] = "object",
	[BK_EVENT_RESERVE] = "reserve",
	[BK_EVENT_ACCEPT] = "accept",
	[BK_EVENT_WITHDRAW] = "withdraw",
	[BK_EVENT_CLASSIFY] = "classify",
	[BK_EVENT_STATUS] = "status",
	[BK_EVENT_CARRY] = "carry",
	[BK_EVENT_ATTRIBUTE] = "attribute",
};

const char *bk_event_act_name(enum bk_event_act act)
{
	return (unsigned)act < BK_EVENT_COUNT ? act_names[act] : NULL;
}

bool bk_event_act_parse(const char *name, enum bk_event_act *out)
{
	for (int act = 0; act < BK_EVENT_COUNT; act++)
		if (strcmp(act_names[act], name) == 0) {
			*out = (enum bk_event_act)act;
			return true;
		}
	return false;
}

bool bk_event_is_position(enum bk_event_act act)
{
	return act <= BK_EVENT_WITHDRAW;
}

bool bk_event_is_id(const char *id)
{
	const size_t len = strnlen(id, 65);

	if (len == 0 || len > 64)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!bk_is_alpha(id[i]) && !bk_is_digit(id[i]) && !strchr("-_.", id[i]))
			return false;
	return true;
}

/* ---- Fields ---------------------------------------------------------------------------------------- */

/* The keys whose values are plain strings, and where they live. */
static const struct field {
	const char *key;
	size_t offset;
} fields[] = {
	{"event", offsetof(struct bk_event, event)},
	{"time", offsetof(struct bk_event, time)},
	{"author", offsetof(struct bk_event, author)},
	{"party", offsetof(struct bk_event, party)},
	{"bracket", offsetof(struct bk_event, bracket)},
	{"reason", offsetof(struct bk_event, reason)},
	{"source", offsetof(struct bk_event, source)},
	{"speaker", offsetof(struct bk_event, speaker)},
	{"capacity", offsetof(struct bk_event, capacity)},
	{"value", offsetof(struct bk_event, value)},
	{"from", offsetof(struct bk_event, from)},
	{"written", offsetof(struct bk_event, written)},
};

static const struct field anchor_fields[] = {
	{"path", offsetof(struct bk_anchor, path)},
	{"text", offsetof(struct bk_anchor, text)},
	{"before", offsetof(struct bk_anchor, before)},
	{"after", offsetof(struct bk_anchor, after)},
	{"blob", offsetof(struct bk_anchor, blob)},
	{"digest", offsetof(struct bk_anchor, digest)},
};

enum {
	FIELDS = sizeof fields / sizeof *fields,
	ANCHOR_FIELDS = sizeof anchor_fields / sizeof *anchor_fields,
};

static const char **place_of(void *object, const struct field *field)
{
	return (const char **)((char *)object + field->offset);
}

static const char *string_of(const void *object, const struct field *field)
{
	return *(const char *const *)((const char *)object + field->offset);
}

/* ---- Validity -------------------------------------------------------------------------------------- */

static bool is_bracket_id(const char *id)
{
	const size_t len = strnlen(id, 65);

	if (len < 5 || len > 64)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!bk_is_alpha(id[i]) && !bk_is_digit(id[i]))
			return false;
	return true;
}

static bool is_value(const struct bk_event *event)
{
	enum bk_span_status status;
	enum bk_class class;
	enum bk_choice choice;
	enum bk_act act;

	if (event->act == BK_EVENT_ATTRIBUTE)
		return strcmp(event->value, BK_EVENT_IN_TEXT) == 0 || bk_event_is_unsaid(event) ||
		       bk_act_parse(event->value, &act);
	if (event->act == BK_EVENT_CARRY)
		return strcmp(event->value, "stands") == 0 || strcmp(event->value, "gone") == 0;
	if (event->act == BK_EVENT_STATUS)
		return bk_span_status_parse(event->value, &status);
	return event->act != BK_EVENT_CLASSIFY || bk_class_parse(event->value, &class) ||
	       bk_choice_parse(event->value, &choice);
}

bool bk_event_is_name(const struct bk_event *event)
{
	return event->act == BK_EVENT_ATTRIBUTE && strcmp(event->value, BK_EVENT_IN_TEXT) != 0 &&
	       !bk_event_is_unsaid(event);
}

bool bk_event_is_unsaid(const struct bk_event *event)
{
	return event->act == BK_EVENT_ATTRIBUTE && strcmp(event->value, BK_EVENT_UNSAID) == 0;
}

/* A position is somebody's, and so is a name that was taken out of the text. */
static bool needs_party(const struct bk_event *event)
{
	return bk_event_is_position(event->act) || bk_event_is_name(event);
}

static int check_lengths(const struct bk_event *event, int status)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (strlen(string_of(event, &fields[i])) > BK_EVENT_TEXT_MAX)
			return bk_fail(
				status, "'%s' is longer than %zu bytes", fields[i].key, BK_EVENT_TEXT_MAX);
	for (size_t i = 0; i < ANCHOR_FIELDS; i++)
		if (strlen(string_of(&event->anchor, &anchor_fields[i])) > BK_EVENT_TEXT_MAX)
			return bk_fail(status, "'anchor.%s' is longer than %zu bytes", anchor_fields[i].key,
				BK_EVENT_TEXT_MAX);
	if (event->condition_count > BK_EVENT_LIST_MAX)
		return bk_fail(status, "'if' has more than %d members", BK_EVENT_LIST_MAX);
	for (size_t i = 0; i < event->condition_count; i++)
		if (strlen(event->conditions[i]) > BK_EVENT_TEXT_MAX)
			return bk_fail(
				status, "'if' holds a string longer than %zu bytes", BK_EVENT_TEXT_MAX);
	return BK_OK;
}

int bk_event_check(const struct bk_event *event, int status, struct bk_instant *instant)
{
	if ((unsigned)event->act >= BK_EVENT_COUNT)
		return bk_fail(status,
			"'act' is none of propose, support, object, reserve, accept, withdraw, "
			"classify, status, carry, attribute");
	if (event->event[0] && !bk_event_is_id(event->event))
		return bk_fail(status, "'event' is no id: use 1 to 64 letters, digits, '-', '_', '.'");
	if (!bk_instant_parse(bk_str_of(event->time), instant))
		return bk_fail(status, "'time' is no time: write it as 2015-12-04T18:30:00Z");
	if (!is_bracket_id(event->bracket))
		return bk_fail(status, "'bracket' is no id: use 5 to 64 letters and digits");
	if (needs_party(event) && event->party[0] == '\0')
		return bk_fail(status, "'party' is missing: say whose position it is");
	if (!is_value(event))
		return bk_fail(status, "'value' does not fit '%s'", act_names[event->act]);
	if (event->anchor.end < event->anchor.start)
		return bk_fail(status, "'anchor' ends before it starts");
	return check_lengths(event, status);
}

/* ---- Reading --------------------------------------------------------------------------------------- */

static bool is_null(const bk_json *value)
{
	return value == NULL || bk_json_is_null(value);
}

/* A string of object into the arena; absent and null give "". */
static int read_string(struct bk_arena *arena, const bk_json *object, const char *key, const char **out)
{
	const bk_json *value = bk_json_get(object, key);
	const char *string = is_null(value) ? "" : bk_json_string(value);

	if (!string)
		return bk_fail(BK_EFORMAT, "'%s' is no string, or holds a NUL", key);
	*out = string[0] ? bk_arena_dup(arena, string, strlen(string)) : "";
	return *out ? BK_OK : bk_fail_memory();
}

/* A number from 0, left alone when absent or null. */
static int read_size(const bk_json *object, const char *key, size_t *out)
{
	if (is_null(bk_json_get(object, key)) || bk_json_get_size(object, key, out))
		return BK_OK;
	return bk_fail(BK_EFORMAT, "'%s' is no number from 0", key);
}

static int read_anchor(struct bk_arena *arena, const bk_json *object, struct bk_anchor *anchor)
{
	const bk_json *value = bk_json_get(object, "anchor");
	int status = BK_OK;

	*anchor = (struct bk_anchor){"", "", "", "", "", 0, 0, ""};
	if (is_null(value))
		return BK_OK;
	if (!bk_json_is_object(value))
		return bk_fail(BK_EFORMAT, "'anchor' is no object");
	for (size_t i = 0; i < ANCHOR_FIELDS && status == BK_OK; i++)
		status = read_string(arena, value, anchor_fields[i].key, place_of(anchor, &anchor_fields[i]));
	if (status == BK_OK)
		status = read_size(value, "start", &anchor->start);
	return status == BK_OK ? read_size(value, "end", &anchor->end) : status;
}

static int read_conditions(struct bk_arena *arena, const bk_json *object, struct bk_event *event)
{
	const bk_json *list = bk_json_get(object, "if");
	const char **conditions;

	if (is_null(list))
		return BK_OK;
	if (!bk_json_is_array(list) || bk_json_count(list) > BK_EVENT_LIST_MAX)
		return bk_fail(BK_EFORMAT, "'if' is no list of at most %d strings", BK_EVENT_LIST_MAX);
	conditions = bk_arena_array(arena, bk_json_count(list) + 1, sizeof *conditions);
	if (!conditions)
		return bk_fail_memory();
	for (size_t i = 0; i < bk_json_count(list); i++) {
		const char *string = bk_json_string(bk_json_at(list, i));

		if (!string)
			return bk_fail(BK_EFORMAT, "'if' holds what is no string");
		conditions[i] = bk_arena_dup(arena, string, strlen(string));
		if (!conditions[i])
			return bk_fail_memory();
	}
	event->conditions = conditions;
	event->condition_count = bk_json_count(list);
	return BK_OK;
}

static int read_act(const bk_json *object, struct bk_event *event)
{
	const char *act = bk_json_get_string(object, "act");
	long long schema;

	if (!bk_json_get_int(object, "schema", &schema))
		return bk_fail(BK_EFORMAT, "'schema' is missing");
	if (schema != 1)
		return bk_fail(BK_EFORMAT, "'schema' is %lld: this program reads schema 1", schema);
	if (!act || !bk_event_act_parse(act, &event->act))
		return bk_fail(BK_EFORMAT, "'act' is missing or unknown");
	return BK_OK;
}

static int read_object(struct bk_arena *arena, const bk_json *object, struct bk_event *event)
{
	const bk_json *alternative = bk_json_get(object, "alternative");
	int status = read_act(object, event);

	for (size_t i = 0; i < FIELDS && status == BK_OK; i++)
		status = read_string(arena, object, fields[i].key, place_of(event, &fields[i]));
	if (status == BK_OK && event->event[0] == '\0')
		return bk_fail(BK_EFORMAT, "'event' is missing");
	if (status == BK_OK)
		status = read_size(object, "alternative", &event->alternative);
	if (status == BK_OK && !is_null(alternative) && event->alternative == 0)
		return bk_fail(BK_EFORMAT, "'alternative' counts from 1");
	if (status == BK_OK)
		status = read_anchor(arena, object, &event->anchor);
	return status == BK_OK ? read_conditions(arena, object, event) : status;
}

/* The parser's message without the place in front of it, which would be that of a file of one line. */
static int fail_parse(void)
{
	const char *message = bk_error_message();
	const char *colon = strstr(message, ": ");
	char copy[256];
	size_t len;

	message = colon ? colon + 2 : message;
	len = strnlen(message, sizeof copy - 1);
	memcpy(copy, message, len);
	copy[len] = '\0';
	return bk_fail(BK_EFORMAT, "no JSON: %s", copy);
}

int bk_event_read(
	struct bk_arena *arena, struct bk_str line, struct bk_event *event, struct bk_instant *instant)
{
	struct bk_event read = {0};
	bk_json *object;
	int status;

	if (line.len > BK_EVENT_LINE_MAX)
		return bk_fail(
			BK_EFORMAT, "the line has %zu bytes: the limit is %zu", line.len, BK_EVENT_LINE_MAX);
	status = bk_json_parse(&object, line, "");
	if (status < 0)
		return status == BK_ENOMEM ? status : fail_parse();
	status = bk_json_is_object(object) ? read_object(arena, object, &read)
					   : bk_fail(BK_EFORMAT, "the line is no JSON object");
	bk_json_free(object);
	if (status == BK_OK)
		status = bk_event_check(&read, BK_EFORMAT, instant);
	if (status == BK_OK)
		*event = read;
	return status;
}
