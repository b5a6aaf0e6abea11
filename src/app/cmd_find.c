/* bracked find: search that knows brackets. */
#include "app/subject.h"
#include "base/error.h"
#include "base/regex.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "scope", .value = "SCOPE", .help = "all, disputed, clean, or party=PARTY: where to look"},
	{.name = "ignore-case", .letter = 'i', .help = "letters match in either case"},
	{.name = "literal", .letter = 'F', .help = "the pattern is plain text"},
	{0},
};

enum { MILLISECONDS = 2000 };

struct search {
	bk_regex *regex;
	const char *scope;
	const char *party; /* of scope party= */
};

/* The innermost disputed bracket around offset, or BK_NONE. */
static uint32_t disputed_around(const bk_draft *draft, size_t offset)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	uint32_t at = bk_draft_bracket_at(draft, offset);

	while (at != BK_NONE && brackets[at].class != BK_CLASS_DISPUTED)
		at = brackets[at].parent;
	return at;
}

static bool held_by(const struct bk_session *session, uint32_t at, const char *party)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	for (; at != BK_NONE; at = brackets[at].parent) {
		size_t positions;
		const struct bk_position *held = bk_positions_of(session->positions, at, &positions);

		for (size_t i = 0; i < positions; i++)
			if (strcmp(held[i].party, party) == 0)
				return true;
	}
	return false;
}

static bool in_scope(const struct bk_session *session, const struct search *search, size_t offset)
{
	const uint32_t around = disputed_around(session->draft, offset);

	if (search->party)
		return held_by(session, around, search->party);
	if (strcmp(search->scope, "disputed") == 0)
		return around != BK_NONE;
	return strcmp(search->scope, "clean") != 0 || around == BK_NONE;
}

static void print_json(struct bk_output *output, const struct bk_session *session, struct bk_match match)
{
	const uint32_t around = bk_draft_bracket_at(session->draft, match.start);
	bk_json *object = bk_output_object();
	size_t line, column, count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	bk_draft_place(session->draft, match.start, &line, &column);
	bk_json_set_text(object, "file", bk_str_of(session->name));
	bk_json_set_size(object, "line", line);
	bk_json_set_size(object, "column", column);
	bk_json_set_size(object, "start", match.start);
	bk_json_set_size(object, "end", match.end);
	bk_json_set_text(object, "text", bk_subject_bytes(session, (struct bk_span){match.start, match.end}));
	bk_json_set_string(object, "bracket", around == BK_NONE ? NULL : brackets[around].id);
	bk_json_set_string(object, "class", around == BK_NONE ? NULL : bk_class_name(brackets[around].class));
	bk_json_set_size(object, "depth", around == BK_NONE ? 0 : brackets[around].depth);
	bk_output_json(output, object);
}

static void print_text(struct bk_output *output, const struct bk_session *session, struct bk_match match)
{
	size_t len, before, after;
	const char *bytes = bk_draft_bytes(session->draft, &len);

	for (before = match.start; before > 0 && match.start - before < 60 && bytes[before - 1] != '\n';)
		before--;
	while (before < match.start && ((unsigned char)bytes[before] & 0xC0) == 0x80)
		before++;
	for (after = match.end; after < len && after - match.end < 60 && bytes[after] != '\n';)
		after++;
	while (after > match.end && after < len && ((unsigned char)bytes[after] & 0xC0) == 0x80)
		after--;
	bk_subject_place(output, session, match.start);
	bk_output_puts(output, ": ");
	bk_output_text(output, (struct bk_str){bytes + before, match.start - before});
	bk_output_styled(output, BK_INK_BAD, (struct bk_str){bytes + match.start, match.end - match.start});
	bk_output_text(output, (struct bk_str){bytes + match.end, after - match.end});
	bk_output_puts(output, "\n");
}

/* All matches of one draft; the exit status. */
static int find_in(struct bk_invocation *invocation, struct bk_session *session, const struct search *search)
{
	const bool json = bk_args_has(invocation->given, "json");
	struct bk_regex_search walk = {.regex = search->regex, .milliseconds = MILLISECONDS};
	struct bk_match match;
	bool found = false;
	int status;

	walk.subject.ptr = bk_draft_bytes(session->draft, &walk.subject.len);
	while ((status = bk_regex_next(&walk, &match, 1)) == BK_OK) {
		if (!in_scope(session, search, match.start))
			continue;
		found = true;
		(json ? print_json : print_text)(invocation->output, session, match);
	}
	if (status != BK_ENOTFOUND) {
		bk_output_remark("'%s': %s", session->name, bk_error_message());
		return BK_EXIT_FAILED;
	}
	return found ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int check_scope(const char *scope)
{
	if (strcmp(scope, "all") == 0 || strcmp(scope, "disputed") == 0 || strcmp(scope, "clean") == 0 ||
		strncmp(scope, "party=", 6) == 0)
		return BK_OK;
	return bk_fail(BK_EINVAL, "no scope '%s': it is all, disputed, clean or party=PARTY", scope);
}

static int find(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *scope = bk_args_value(invocation->given, "scope");
	struct search search = {.scope = scope ? scope : "all"};
	unsigned flags = BK_REGEX_MULTILINE;
	int status = check_scope(search.scope);
	int exit;

	if (bk_args_has(invocation->given, "ignore-case"))
		flags |= BK_REGEX_NOCASE;
	if (bk_args_has(invocation->given, "literal"))
		flags |= BK_REGEX_LITERAL;
	if (status == BK_OK && strncmp(search.scope, "party=", 6) == 0)
		status = bk_subject_party(session, search.scope + 6, &search.party);
	if (status == BK_OK)
		status = bk_regex_new(&search.regex, bk_str_of(invocation->args[0]), flags);
	if (status < 0)
		return bk_subject_failed(status);
	exit = find_in(invocation, session, &search);
	bk_regex_free(search.regex);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	if (invocation->arg_count && !*invocation->args[0]) {
		bk_output_remark("an empty pattern is found everywhere: write what to search for");
		return BK_EXIT_USAGE;
	}
	return bk_subject_each(invocation, 1, find);
}

const struct bk_command bk_cmd_find = {
	.name = "find",
	.group = "Reading a draft",
	.summary = "search by regular expression, inside or outside brackets",
	.arguments = "PATTERN FILE...",
	.options = options,
	.examples = {"bracked find --scope clean '\\bshould\\b' outcome.txt",
		"bracked find --scope party=EU '\\d+ per cent' outcome.txt"},
	.run = run,
};
