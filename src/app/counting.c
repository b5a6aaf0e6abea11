#include "app/counting.h"
#include "base/error.h"

#include <string.h>

const char *const bk_counting_divisions[] = {"party", "heading", NULL};

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
static bool next_heading(const bk_draft *draft, size_t *index, struct bk_counting_row *row)
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
static void count_party(
	const bk_draft *draft, const bk_positions *held, const char *code, struct bk_counts *counts)
{
	size_t count, bracket_count;
	const struct bk_position *positions = bk_positions_list(held, &count);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &bracket_count);
	uint32_t last = BK_NONE;

	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket *bracket;
		struct bk_counts inside;

		if (positions[i].bracket == BK_NONE || positions[i].bracket == last ||
			strcmp(positions[i].party, code) != 0)
			continue;
		last = positions[i].bracket;
		bracket = &brackets[last];
		bk_draft_count_span(draft, bracket->text, &inside);
		counts->pairs++;
		counts->classes[bracket->class]++;
		counts->words += inside.words;
		counts->words_disputed += bracket->class == BK_CLASS_DISPUTED ? inside.words : 0;
	}
}

/* Add a copy of a row. */
static int add_row(bk_counting_rows *rows, const struct bk_counting_row *row)
{
	struct bk_counting_row *slot = BK_VEC_PUSH(rows);

	if (!slot)
		return bk_fail_memory();
	*slot = *row;
	return BK_OK;
}

static int divide_by_heading(bk_counting_rows *out, const bk_draft *draft)
{
	struct bk_counting_row row;
	size_t index = 0;
	int status = BK_OK;

	while (status == BK_OK && next_heading(draft, &index, &row))
		status = add_row(out, &row);
	return status;
}

static int divide_by_party(
	bk_counting_rows *out, const bk_draft *draft, const bk_positions *positions, const bk_roster *roster)
{
	size_t count;
	const struct bk_party *parties = bk_roster_parties(roster, &count);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		struct bk_counting_row row = {.name = parties[i].code};

		count_party(draft, positions, row.name, &row.counts);
		if (row.counts.pairs)
			status = add_row(out, &row);
	}
	return status;
}

int bk_counting_divide(bk_counting_rows *out, const char *by, const bk_draft *draft,
	const bk_positions *positions, const bk_roster *roster)
{
	return strcmp(by, "heading") == 0 ? divide_by_heading(out, draft)
					  : divide_by_party(out, draft, positions, roster);
}

/* ---- Printing ---- */

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

void bk_counting_json(bk_json *object, const struct bk_counting *counting)
{
	bk_json *rows;

	set_counts(object, &counting->counts);
	if (!counting->by)
		return;
	rows = bk_json_array();
	for (size_t i = 0; i < counting->rows.len; i++) {
		bk_json *part = bk_json_object();

		bk_json_set_text(part, counting->by, bk_str_of(counting->rows.items[i].name));
		set_counts(part, &counting->rows.items[i].counts);
		bk_json_add(rows, part);
	}
	bk_json_set(object, "by", rows);
}

/* The last of the table's columns, which ends its line. */
static size_t last_column(void)
{
	size_t last = COLUMNS - 1;

	while (columns[last].place == JSON_ONLY)
		last--;
	return last;
}

void bk_counting_csv_header(struct bk_output *output, const char *by)
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

static void put_csv_counts(struct bk_output *output, const struct bk_counts *counts)
{
	struct bk_buf number = BK_BUF_INIT;

	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i].place == JSON_ONLY)
			continue;
		bk_buf_clear(&number);
		bk_buf_printf(&number, "%zu", column_of(counts, i));
		bk_output_csv(output, bk_buf_str(&number), i == last_column());
	}
	bk_buf_release(&number);
}

void bk_counting_csv(struct bk_output *output, const struct bk_counting *counting, const char *file,
	const char *date, const char *symbol)
{
	const size_t lines = counting->by ? counting->rows.len : 1;

	for (size_t i = 0; i < lines; i++) {
		bk_output_csv(output, bk_str_of(file), false);
		if (counting->by)
			bk_output_csv(output, bk_str_of(counting->rows.items[i].name), false);
		bk_output_csv(output, bk_str_of(date), false);
		bk_output_csv(output, bk_str_of(symbol), false);
		put_csv_counts(output, counting->by ? &counting->rows.items[i].counts : &counting->counts);
	}
}

void bk_counting_text(struct bk_output *output, const struct bk_counts *counts)
{
	for (size_t i = 0; i < COLUMNS; i++)
		bk_output_printf(output, "%18s %10zu\n", columns[i].name, column_of(counts, i));
}
