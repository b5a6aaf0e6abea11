/*
 * bracked history: counts of a draft over all its revisions.
 *
 * The counts of a revision never change, so they are kept in the state folder by the blobs they come from:
 *
 *	name    blob ' ' blob of the ledger ' ' division
 *	value   counts of the whole, then for each row of the division: u32 length, name, counts
 *
 * The key of the cache is all else that they depend on: program, conventions, roster, dates of memberships.
 */
#include "app/counting.h"
#include "app/curve.h"
#include "app/subject.h"
#include "app/timeline.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "store/cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	BK_OPTION_CSV,
	{.name = "svg", .help = "print a chart for a report"},
	BK_OPTION_BY,
	{0},
};

/* One revision's counts. */
struct counted {
	const struct bk_revision *revision;
	const char *symbol;
	struct bk_counting counting; /* names in the arena */
};

struct history {
	struct bk_timeline timeline;
	const char *by; /* NULL: whole */
	bk_cache *cache;
	struct bk_arena arena;
	struct counted *counted; /* one a revision, newest first */
};

/* ---- Keeping ------------------------------------------------------------------------------------------- */

static void put_string(struct bk_buf *out, const char *string)
{
	bk_buf_put(out, string ? string : "", string ? strlen(string) + 1 : 1);
}

static void put_roster(struct bk_buf *out, const bk_roster *roster)
{
	size_t count;
	const struct bk_party *parties = bk_roster_parties(roster, &count);

	for (size_t i = 0; i < count; i++) {
		put_string(out, parties[i].code);
		put_string(out, parties[i].name);
		for (const char *const *alias = parties[i].aliases; alias && *alias; alias++)
			put_string(out, *alias);
	}
	const struct bk_membership *memberships = bk_roster_memberships(roster, &count);

	for (size_t i = 0; i < count; i++) {
		put_string(out, memberships[i].group);
		put_string(out, memberships[i].party);
		put_string(out, memberships[i].from);
		put_string(out, memberships[i].until);
	}
}

/* All that counts depend on besides the blobs.  Counts are kept as this machine writes them, so their size and
 * order of bytes count, too. */
static int find_key(const struct bk_session *session, uint64_t *key)
{
	static const uint32_t shape[] = {1, sizeof(struct bk_counts)};
	struct bk_buf all = BK_BUF_INIT;
	size_t count = 0;
	const struct bk_setting *settings =
		session->negotiation ? bk_settings_list(session->negotiation, &count) : NULL;
	int status;

	bk_buf_put(&all, (const char *)shape, sizeof shape);
	put_string(&all, bk_version());
	put_string(&all, session->options.conventions);
	put_string(&all, session->options.at);
	put_string(&all, bk_conventions_name(session->conventions));
	for (size_t i = 0; i < count; i++) {
		put_string(&all, settings[i].name);
		put_string(&all, settings[i].value);
	}
	put_roster(&all, session->roster);
	status = bk_buf_status(&all);
	if (status == BK_OK)
		*key = bk_hash(all.bytes, all.len);
	bk_buf_release(&all);
	return status;
}

static void put_kept(struct bk_buf *out, const struct counted *counted)
{
	bk_buf_put(out, (const char *)&counted->counting.counts, sizeof counted->counting.counts);
	for (size_t i = 0; i < counted->counting.rows.len; i++) {
		const struct bk_counting_row *row = &counted->counting.rows.items[i];
		const uint32_t len = (uint32_t)strlen(row->name);

		bk_buf_put(out, (const char *)&len, sizeof len);
		bk_buf_put(out, row->name, len);
		bk_buf_put(out, (const char *)&row->counts, sizeof row->counts);
	}
}

/* Add a row whose name is copied, so that it outlives draft and cache. */
static int add_row(
	struct history *history, struct counted *counted, struct bk_str name, const struct bk_counts *counts)
{
	struct bk_counting_row *row = BK_VEC_PUSH(&counted->counting.rows);

	if (row)
		row->name = bk_arena_dup(&history->arena, name.ptr, name.len);
	if (!row || !row->name)
		return bk_fail_memory();
	row->counts = *counts;
	return BK_OK;
}

/* False when what is kept is not what was put: then it is counted anew. */
static bool take_kept(struct history *history, struct counted *counted, struct bk_str kept)
{
	struct bk_counts counts;
	uint32_t len;

	if (kept.len < sizeof counts)
		return false;
	memcpy(&counted->counting.counts, kept.ptr, sizeof counts);
	for (kept = bk_str_skip(kept, sizeof counts); kept.len; kept = bk_str_skip(kept, sizeof counts)) {
		struct bk_str name;

		if (kept.len < sizeof len)
			return false;
		memcpy(&len, kept.ptr, sizeof len);
		kept = bk_str_skip(kept, sizeof len);
		if (len > kept.len || kept.len - len < sizeof counts)
			return false;
		name = (struct bk_str){kept.ptr, len};
		kept = bk_str_skip(kept, len);
		memcpy(&counts, kept.ptr, sizeof counts);
		if (add_row(history, counted, name, &counts) < 0)
			return false;
	}
	return true;
}

/* ---- Counting ------------------------------------------------------------------------------------------ */

static int divide(struct history *history, struct counted *counted, const struct bk_past *past)
{
	bk_counting_rows rows = BK_VEC_INIT;
	int status = bk_counting_divide(
		&rows, history->by, past->draft, past->reading.positions, history->timeline.session->roster);

	for (size_t i = 0; i < rows.len && status == BK_OK; i++)
		status = add_row(history, counted, bk_str_of(rows.items[i].name), &rows.items[i].counts);
	BK_VEC_RELEASE(&rows);
	return status;
}

static int count_anew(struct history *history, struct counted *counted)
{
	/* What persons said of classes counts, and who holds what. */
	const bool with_ledger =
		*counted->revision->ledger || (history->by && strcmp(history->by, "party") == 0);
	struct bk_past past;
	int status = bk_past_read(
		&past, &history->timeline, counted->revision, with_ledger ? BK_PAST_LEDGER : BK_PAST_COUNTS);

	if (status < 0)
		return status;
	bk_draft_count(past.draft, &counted->counting.counts);
	if (history->by)
		status = divide(history, counted, &past);
	bk_past_release(&past);
	return status;
}

static int count_revision(struct history *history, struct counted *counted)
{
	struct bk_buf name = BK_BUF_INIT, value = BK_BUF_INIT;
	struct bk_str kept;
	int status = BK_OK;

	bk_buf_printf(&name, "%s %s %s", counted->revision->blob, counted->revision->ledger,
		history->by ? history->by : "");
	status = bk_buf_status(&name);
	if (status == BK_OK && !(bk_cache_get(history->cache, bk_buf_str(&name), &kept) &&
				       take_kept(history, counted, kept))) {
		counted->counting.rows.len = 0;
		status = count_anew(history, counted);
		if (status == BK_OK) {
			put_kept(&value, counted);
			status = bk_buf_status(&value);
		}
		if (status == BK_OK)
			status = bk_cache_put(history->cache, bk_buf_str(&name), bk_buf_str(&value));
	}
	bk_buf_release(&name);
	bk_buf_release(&value);
	return status;
}

static int open_cache(struct history *history, const struct bk_session *session)
{
	struct bk_buf path = BK_BUF_INIT;
	uint64_t key;
	int status = find_key(session, &key);

	bk_buf_printf(&path, "%s/%s", bk_repository_folder(session->repository), session->repository_name);
	if (status == BK_OK)
		status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_cache_open(
			&history->cache, session->options.state_folder, "counts", bk_buf_string(&path), key);
	bk_buf_release(&path);
	return status;
}

static int count_all(struct history *history, struct bk_session *session)
{
	int status = bk_timeline_open(&history->timeline, session);

	if (status == BK_OK)
		status = open_cache(history, session);
	if (status < 0)
		return status;
	history->counted = bk_calloc(history->timeline.count + 1, sizeof *history->counted);
	if (!history->counted)
		return bk_fail_memory();
	for (size_t i = 0; i < history->timeline.count && status == BK_OK; i++) {
		history->counted[i].revision = &history->timeline.list[i];
		history->counted[i].counting.by = history->by;
		history->counted[i].symbol =
			bk_timeline_symbol(history->timeline.list, history->timeline.count, i);
		status = count_revision(history, &history->counted[i]);
	}
	/* A full disk costs only time, next time. */
	if (status == BK_OK)
		(void)bk_cache_save(history->cache);
	return status;
}

static void release(struct history *history)
{
	for (size_t i = 0; history->counted && i < history->timeline.count; i++)
		BK_VEC_RELEASE(&history->counted[i].counting.rows);
	bk_free(history->counted);
	bk_cache_free(history->cache);
	bk_arena_release(&history->arena);
	bk_timeline_release(&history->timeline);
}

/* ---- Printing: all from the oldest on, as a curve is read ------------------------------------------------ */

static void print_json(struct bk_output *output, const struct counted *counted)
{
	bk_json *object = bk_output_object();
	char time[40];

	bk_timeline_time(counted->revision, time);
	bk_json_set_string(object, "revision", counted->revision->id);
	bk_json_set_string(object, "time", time);
	bk_json_set_text(object, "symbol", bk_str_of(counted->symbol));
	bk_counting_json(object, &counted->counting);
	bk_output_json(output, object);
}

static void print_csv(struct bk_output *output, const struct history *history, const struct counted *counted)
{
	char date[40];

	bk_timeline_time(counted->revision, date);
	date[strlen("YYYY-MM-DD")] = '\0';
	bk_counting_csv(output, &counted->counting, history->timeline.session->name, date, counted->symbol);
}

static void print_numbers(struct bk_output *output, const struct bk_counts *counts)
{
	bk_output_printf(output, "%6zu %8zu %7zu %7zu %7zu %7zu", counts->pairs,
		counts->classes[BK_CLASS_DISPUTED], counts->classes[BK_CLASS_PLACEHOLDER],
		counts->words_disputed, counts->words, counts->options);
}

static void print_text(struct bk_output *output, const struct counted *counted)
{
	char time[40];

	bk_timeline_time(counted->revision, time);
	bk_output_printf(output, "%.10s ", time);
	print_numbers(output, &counted->counting.counts);
	bk_output_puts(output, "  ");
	if (*counted->symbol)
		bk_output_excerpt(output, BK_INK_STRONG, bk_str_of(counted->symbol), 20);
	else
		bk_output_styled(output, BK_INK_PLACE, (struct bk_str){counted->revision->id, 10});
	bk_output_puts(output, "\n");
	for (size_t i = 0; i < counted->counting.rows.len; i++) {
		bk_output_printf(output, "%11s", "");
		print_numbers(output, &counted->counting.rows.items[i].counts);
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_PLAIN, bk_str_of(counted->counting.rows.items[i].name), 20);
		bk_output_puts(output, "\n");
	}
}

/* ---- The chart ----------------------------------------------------------------------------------------- */

/* What a chart shows of one heading, party, or of the whole: values from the oldest revision on. */
struct drawn {
	const char *name;
	size_t *open, *words;
	size_t sum; /* of open */
};

struct chart {
	const struct history *history;
	struct bk_curve_point *points;
	BK_VEC(struct drawn) rows;
	struct bk_map index; /* of rows by name */
};

static struct drawn *row_of(struct chart *chart, const char *name)
{
	const size_t count = chart->history->timeline.count;
	size_t *index = bk_map_slot(&chart->index, bk_str_of(name), SIZE_MAX);
	struct drawn *row;

	if (!index)
		return NULL;
	if (*index != SIZE_MAX)
		return &chart->rows.items[*index];
	row = BK_VEC_PUSH(&chart->rows);
	if (!row)
		return NULL;
	*index = chart->rows.len - 1;
	*row = (struct drawn){
		name, bk_calloc(count + 1, sizeof *row->open), bk_calloc(count + 1, sizeof *row->words), 0};
	return row->open && row->words ? row : NULL;
}

static int add_to_chart(struct chart *chart, const char *name, size_t at, size_t open, size_t words)
{
	struct drawn *row = row_of(chart, name);

	if (!row)
		return bk_fail_memory();
	row->open[at] += open;
	row->words[at] += words;
	row->sum += open;
	return BK_OK;
}

static int compare_drawn(const void *a, const void *b)
{
	const struct drawn *x = a, *y = b;

	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int fill_chart(struct chart *chart)
{
	const struct history *history = chart->history;
	const size_t count = history->timeline.count;
	int status = BK_OK;

	chart->points = bk_calloc(count + 1, sizeof *chart->points);
	if (!chart->points)
		return bk_fail_memory();
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct counted *counted = &history->counted[count - 1 - i];
		const struct bk_counts *whole = &counted->counting.counts;

		chart->points[i] = (struct bk_curve_point){
			.time = counted->revision->time + counted->revision->offset * 60,
			.symbol = counted->symbol};
		for (size_t r = 0; r < counted->counting.rows.len && status == BK_OK; r++)
			status = add_to_chart(chart, counted->counting.rows.items[r].name, i,
				counted->counting.rows.items[r].counts.classes[BK_CLASS_DISPUTED],
				counted->counting.rows.items[r].counts.words_disputed);
		if (history->by || status != BK_OK)
			continue;
		status = add_to_chart(
			chart, "open brackets", i, whole->classes[BK_CLASS_DISPUTED], whole->words_disputed);
		if (status == BK_OK)
			status = add_to_chart(
				chart, "placeholders", i, whole->classes[BK_CLASS_PLACEHOLDER], 0);
	}
	/* There is room for those with most. */
	if (history->by && chart->rows.len)
		qsort(chart->rows.items, chart->rows.len, sizeof *chart->rows.items, compare_drawn);
	return status;
}

static void release_chart(struct chart *chart)
{
	for (size_t i = 0; i < chart->rows.len; i++) {
		bk_free(chart->rows.items[i].open);
		bk_free(chart->rows.items[i].words);
	}
	BK_VEC_RELEASE(&chart->rows);
	bk_map_release(&chart->index);
	bk_free(chart->points);
}

static void draw_chart(const struct chart *chart, struct bk_buf *picture, struct bk_str title)
{
	const bool divided = chart->history->by != NULL;
	const size_t count = chart->rows.len < BK_CURVE_COLOURS ? chart->rows.len : BK_CURVE_COLOURS;
	const char *caption = !divided			? NULL
			      : chart->rows.len > count ? "open brackets, where there are most"
							: "open brackets";
	struct bk_curve_line open[BK_CURVE_COLOURS], words[BK_CURVE_COLOURS];

	for (size_t i = 0; i < count; i++) {
		const struct drawn *row = &chart->rows.items[i];

		open[i] = (struct bk_curve_line){row->name, row->open, (uint8_t)i, !divided && i == 1};
		words[i] = (struct bk_curve_line){row->name, row->words, (uint8_t)i, false};
	}
	if (!divided)
		words[0] = (struct bk_curve_line){"words in dispute", chart->rows.items[0].words, 2, false};
	bk_curve_svg(picture, title, chart->points, chart->history->timeline.count,
		&(struct bk_curve_part){caption, open, count, true},
		&(struct bk_curve_part){
			divided ? "words in dispute" : NULL, words, divided ? count : 1, !divided});
}

static int print_svg(struct bk_output *output, const struct history *history)
{
	struct chart chart = {.history = history, .rows = BK_VEC_INIT, .index = BK_MAP_INIT};
	struct bk_buf picture = BK_BUF_INIT, title = BK_BUF_INIT;
	int status = fill_chart(&chart);

	bk_buf_printf(&title, "Open points of %s%s%s", history->timeline.session->name,
		history->by ? " by " : "", history->by ? history->by : "");
	if (status == BK_OK) {
		draw_chart(&chart, &picture, bk_buf_str(&title));
		status = title.failed ? bk_fail_memory() : bk_buf_status(&picture);
	}
	if (status == BK_OK)
		bk_output_bytes(output, bk_buf_str(&picture));
	bk_buf_release(&title);
	bk_buf_release(&picture);
	release_chart(&chart);
	return status;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int print(struct bk_invocation *invocation, const struct history *history)
{
	const bool json = bk_args_has(invocation->given, "json"), csv = bk_args_has(invocation->given, "csv");

	if (bk_args_has(invocation->given, "svg"))
		return print_svg(invocation->output, history);
	if (!json && !csv)
		bk_output_puts(invocation->output,
			"date        pairs disputed to fill (words)   words options  revision\n");
	for (size_t i = history->timeline.count; i-- > 0;)
		if (json)
			print_json(invocation->output, &history->counted[i]);
		else if (csv)
			print_csv(invocation->output, history, &history->counted[i]);
		else
			print_text(invocation->output, &history->counted[i]);
	return BK_OK;
}

/* ---- The command --------------------------------------------------------------------------------------- */

static int history_of(struct bk_invocation *invocation, struct bk_session *session)
{
	struct history history = {.by = bk_args_value(invocation->given, "by")};
	int status = count_all(&history, session);

	if (status == BK_OK && bk_args_has(invocation->given, "csv"))
		bk_counting_csv_header(invocation->output, history.by);
	if (status == BK_OK)
		status = print(invocation, &history);
	release(&history);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	const int forms = bk_args_has(invocation->given, "csv") + bk_args_has(invocation->given, "json") +
			  bk_args_has(invocation->given, "svg");

	if (forms > 1) {
		bk_output_remark("--json, --csv and --svg exclude each other");
		return BK_EXIT_USAGE;
	}
	if (invocation->arg_count != 1)
		return bk_subject_usage(invocation);
	return bk_subject_each_unread(invocation, 0, history_of);
}

const struct bk_command bk_cmd_history = {
	.name = "history",
	.group = "Comparing revisions",
	.summary = "count open points over all revisions",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked history --by party outcome.txt", "bracked history --svg outcome.txt >open.svg"},
	.run = run,
};
