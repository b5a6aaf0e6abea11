/* bracked stat: counts of a draft, whole or by heading or party. */
#include "app/subject.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const divisions[] = {"party", "heading", NULL};

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "csv", .help = "print a table with a header line"},
	{.name = "by",
		.value = "WHAT",
		.choices = divisions,
		.help = "count for each party, or for each top-level heading"},
	{0},
};

/* One row: the whole file, a heading, or a party. */
struct row {
	const char *name;
	struct bk_counts counts;
};

/* Where a count stands in JSON: in the object, or in one of its own; and whether it is a column of the table. */
enum place { PLAIN, JSON_ONLY, CLASSES, MODALS };

/* The counts with their names, in their order: the one list for text, CSV and JSON. */
static const struct {
	const char *name, *column; /* as trackers call it, where that is another word */
	size_t offset;
	enum place place;
} columns[] = {
	{"bytes", NULL, offsetof(struct bk_counts, bytes), JSON_ONLY},
	{"words", NULL, offsetof(struct bk_counts, words), PLAIN},
	{"lines", NULL, offsetof(struct bk_counts, lines), PLAIN},
	{"pairs", "brackets", offsetof(struct bk_counts, pairs), PLAIN},
	{"disputed", NULL, offsetof(struct bk_counts, classes[BK_CLASS_DISPUTED]), CLASSES},
	{"placeholder", NULL, offsetof(struct bk_counts, classes[BK_CLASS_PLACEHOLDER]), CLASSES},
	{"note", NULL, offsetof(struct bk_counts, classes[BK_CLASS_NOTE]), CLASSES},
	{"reference", NULL, offsetof(struct bk_counts, classes[BK_CLASS_REFERENCE]), CLASSES},
	{"status", NULL, offsetof(struct bk_counts, classes[BK_CLASS_STATUS]), CLASSES},
	{"runs", NULL, offsetof(struct bk_counts, runs), PLAIN},
	{"options", NULL, offsetof(struct bk_counts, options), PLAIN},
	{"depth", NULL, offsetof(struct bk_counts, depth), PLAIN},
	{"unmatched_open", NULL, offsetof(struct bk_counts, unmatched_open), PLAIN},
	{"unmatched_close", NULL, offsetof(struct bk_counts, unmatched_close), PLAIN},
	{"words_disputed", NULL, offsetof(struct bk_counts, words_disputed), PLAIN},
	{"provisions", NULL, offsetof(struct bk_counts, provisions), PLAIN},
	{"provisions_clean", NULL, offsetof(struct bk_counts, provisions_clean), PLAIN},
	{"shall", NULL, offsetof(struct bk_counts, modals[BK_MODAL_SHALL]), MODALS},
	{"should", NULL, offsetof(struct bk_counts, modals[BK_MODAL_SHOULD]), MODALS},
	{"may", NULL, offsetof(struct bk_counts, modals[BK_MODAL_MAY]), MODALS},
	{"will", NULL, offsetof(struct bk_counts, modals[BK_MODAL_WILL]), MODALS},
	{"must", NULL, offsetof(struct bk_counts, modals[BK_MODAL_MUST]), MODALS},
	{"opens", NULL, offsetof(struct bk_counts, opens), JSON_ONLY},
	{"closes", NULL, offsetof(struct bk_counts, closes), JSON_ONLY},
	{"braces", NULL, offsetof(struct bk_counts, braces), JSON_ONLY},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static size_t column_of(const struct bk_counts *counts, size_t column)
{
	size_t value;

	memcpy(&value, (const char *)counts + columns[column].offset, sizeof value);
	return value;
}

static void set_counts(bk_json *object, const struct bk_counts *counts)
{
	bk_json *classes = bk_json_object(), *modals = bk_json_object();

	for (size_t i = 0; i < COLUMNS; i++)
		bk_json_set_size(columns[i].place == CLASSES  ? classes
				 : columns[i].place == MODALS ? modals
							      : object,
			columns[i].name, column_of(counts, i));
	bk_json_set(object, "classes", classes);
	bk_json_set(object, "modals", modals);
}

/* ---- Divisions ---- */

/* Where the first top-level heading from `index` on begins, or the text's end. */
static size_t heading_from(const bk_draft *draft, size_t index)
{
	size_t count, len;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (size_t i = index; i < count; i++)
		if (nodes[i].kind == BK_NODE_HEADING && nodes[i].parent == BK_NONE)
			return nodes[i].start;
	bk_draft_bytes(draft, &len);
	return len;
}

/* Counts for the next top-level heading, with its name; *index 0 is the text before the first.  Each goes up to
 * the next, so that no word of the text is in none. */
static bool next_heading(const bk_draft *draft, size_t *index, struct row *row)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	if (*index == 0) {
		*index = 1;
		row->name = "(before the first heading)";
		bk_draft_count_span(draft, (struct bk_span){0, heading_from(draft, 0)}, &row->counts);
		if (row->counts.words || row->counts.opens || row->counts.closes)
			return true;
	}
	for (; *index <= count; (*index)++) {
		const struct bk_node *node = &nodes[*index - 1];

		if (node->kind != BK_NODE_HEADING || node->parent != BK_NONE)
			continue;
		row->name = node->label;
		bk_draft_count_span(
			draft, (struct bk_span){node->start, heading_from(draft, *index)}, &row->counts);
		(*index)++;
		return true;
	}
	return false;
}

/* What one party proposes or holds a position on. */
static void count_party(const struct bk_session *session, const char *code, struct bk_counts *counts)
{
	size_t count, bracket_count;
	const struct bk_position *positions = bk_positions_list(session->positions, &count);
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &bracket_count);
	uint32_t last = BK_NONE;

	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket *bracket;
		struct bk_counts inside;

		if (positions[i].bracket == BK_NONE || positions[i].bracket == last ||
			strcmp(positions[i].party, code) != 0)
			continue;
		last = positions[i].bracket;
		bracket = &brackets[last];
		bk_draft_count_span(session->draft, bracket->text, &inside);
		counts->pairs++;
		counts->classes[bracket->class]++;
		counts->words += inside.words;
		counts->words_disputed += bracket->class == BK_CLASS_DISPUTED ? inside.words : 0;
	}
}

static bool next_party(const struct bk_session *session, size_t *index, struct row *row)
{
	size_t count;
	const struct bk_party *parties = bk_roster_parties(session->roster, &count);

	for (; *index < count; (*index)++) {
		memset(&row->counts, 0, sizeof row->counts);
		count_party(session, parties[*index].code, &row->counts);
		if (!row->counts.pairs)
			continue;
		row->name = parties[*index].code;
		(*index)++;
		return true;
	}
	return false;
}

static bool next_row(const struct bk_session *session, const char *by, size_t *index, struct row *row)
{
	return strcmp(by, "heading") == 0 ? next_heading(session->draft, index, row)
					  : next_party(session, index, row);
}

/* ---- Printing ---- */

static void print_json(struct bk_output *output, const struct bk_session *session,
	const struct bk_counts *counts, const char *by)
{
	bk_json *object = bk_output_object();
	bk_json *rows = by ? bk_json_array() : NULL;
	struct row row;
	size_t index = 0;

	bk_json_set_text(object, "file", bk_str_of(session->name));
	set_counts(object, counts);
	while (by && next_row(session, by, &index, &row)) {
		bk_json *part = bk_json_object();

		bk_json_set_text(part, by, bk_str_of(row.name));
		set_counts(part, &row.counts);
		bk_json_add(rows, part);
	}
	if (by)
		bk_json_set(object, "by", rows);
	bk_output_json(output, object);
}

/* The last of the table's columns, which ends its line. */
static size_t last_column(void)
{
	size_t last = COLUMNS - 1;

	while (columns[last].place == JSON_ONLY)
		last--;
	return last;
}

static void print_csv_row(struct bk_output *output, const struct bk_session *session, const char *name,
	const struct bk_counts *counts, const char *const revision[2])
{
	struct bk_buf number = BK_BUF_INIT;

	bk_output_csv(output, bk_str_of(session->name), false);
	if (name)
		bk_output_csv(output, bk_str_of(name), false);
	bk_output_csv(output, bk_str_of(revision[0]), false);
	bk_output_csv(output, bk_str_of(revision[1]), false);
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i].place == JSON_ONLY)
			continue;
		bk_buf_clear(&number);
		bk_buf_printf(&number, "%zu", column_of(counts, i));
		bk_output_csv(output, bk_buf_str(&number), i == last_column());
	}
	bk_buf_release(&number);
}

static void print_csv_header(struct bk_output *output, const char *by)
{
	bk_output_csv(output, BK_STR("file"), false);
	if (by)
		bk_output_csv(output, bk_str_of(by), false);
	bk_output_csv(output, BK_STR("date"), false);
	bk_output_csv(output, BK_STR("symbol"), false);
	for (size_t i = 0; i < COLUMNS; i++)
		if (columns[i].place != JSON_ONLY)
			bk_output_csv(output,
				bk_str_of(columns[i].column ? columns[i].column : columns[i].name),
				i == last_column());
}

/* Date of the newest revision and symbol of its text; empty outside any repository. */
static void find_revision(struct bk_session *session, char date[16], char symbol[128])
{
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	struct tm parts;
	time_t time;

	date[0] = symbol[0] = '\0';
	if (bk_session_need_repository(session) < 0 ||
		bk_revisions_walk(
			&revisions, session->repository, session->repository_name, session->revision) < 0)
		return;
	list = bk_revisions_list(revisions, &count);
	if (count) {
		time = (time_t)(list[0].time + list[0].offset * 60);
		gmtime_r(&time, &parts);
		strftime(date, 16, "%Y-%m-%d", &parts);
	}
	/* What was only said about a text since is no other text. */
	for (size_t i = 0; i < count && !*symbol && (i == 0 || list[i - 1].same_text); i++)
		snprintf(symbol, 128, "%s", list[i].symbol);
	bk_revisions_free(revisions);
}

static void print_csv(
	struct bk_output *output, struct bk_session *session, const struct bk_counts *counts, const char *by)
{
	char date[16], symbol[128];
	const char *revision[2] = {date, symbol};
	struct row row;
	size_t index = 0;

	find_revision(session, date, symbol);
	if (!by)
		print_csv_row(output, session, NULL, counts, revision);
	while (by && next_row(session, by, &index, &row))
		print_csv_row(output, session, row.name, &row.counts, revision);
}

static void print_text_row(struct bk_output *output, const char *name, const struct bk_counts *counts)
{
	bk_output_printf(output, "%7zu %8zu %8zu %8zu %7zu %6zu  ", counts->words, counts->pairs,
		counts->classes[BK_CLASS_DISPUTED], counts->words_disputed, counts->runs, counts->options);
	bk_output_excerpt(output, BK_STYLE_STRONG, bk_str_of(name), 50);
	bk_output_puts(output, "\n");
}

static void print_text(struct bk_output *output, const struct bk_session *session,
	const struct bk_counts *counts, const char *by)
{
	struct row row;
	size_t index = 0;

	if (by) {
		bk_output_puts(output, "  words brackets disputed  (words)    runs options\n");
		print_text_row(output, session->name, counts);
		while (next_row(session, by, &index, &row))
			print_text_row(output, row.name, &row.counts);
		return;
	}
	bk_output_styled(output, BK_STYLE_STRONG, bk_str_of(session->name));
	bk_output_puts(output, "\n");
	for (size_t i = 0; i < COLUMNS; i++)
		bk_output_printf(output, "%18s %10zu\n", columns[i].name, column_of(counts, i));
}

static int stat_one(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *by = bk_args_value(invocation->given, "by");
	struct bk_counts counts;

	bk_draft_count(session->draft, &counts);
	if (bk_args_has(invocation->given, "json"))
		print_json(invocation->output, session, &counts, by);
	else if (bk_args_has(invocation->given, "csv"))
		print_csv(invocation->output, session, &counts, by);
	else
		print_text(invocation->output, session, &counts, by);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	if (bk_args_has(invocation->given, "csv") && bk_args_has(invocation->given, "json")) {
		bk_output_remark("--csv and --json exclude each other");
		return BK_EXIT_USAGE;
	}
	if (bk_args_has(invocation->given, "csv") && invocation->arg_count)
		print_csv_header(invocation->output, bk_args_value(invocation->given, "by"));
	return bk_subject_each(invocation, 0, stat_one);
}

const struct bk_command bk_cmd_stat = {
	.name = "stat",
	.group = "Reading a draft",
	.summary = "count brackets, words, options and modals",
	.arguments = "FILE...",
	.options = options,
	.examples = {"bracked stat --by heading outcome.txt",
		"bracked stat --csv HEAD~1:outcome.txt outcome.txt"},
	.run = run,
};
