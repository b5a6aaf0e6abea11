/*
 * Row 5: reading a text from its first byte to its last.
 *
 * Brackets alone: opening the text (lines, brackets, the tree that answers every question about them), and
 * the draft's list of all pairs; the peer is PCRE2 with JIT, which finds the outermost brackets only.
 * The structural scan adds headings, labels, options and attributions; a whole draft adds classes, runs,
 * groups and ids.  These are bound by instructions and not by bytes: the generated text has a provision or
 * option every 240 bytes, a bracket every 85 and a list of names every 680, each read word by word.
 */
#include "bench.h"
#include "draft/draft.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>
#include <string.h>

enum { TIMES = 9 };

struct scan {
	const struct bench *bench;
	const struct bench_size *size;
	const struct generated *text;
	double pcre; /* bytes a second */
};

static void report(const struct scan *scan, const char *what, double seconds, const char *peer,
	double peer_speed, const char *target, bool reached)
{
	bench_report(scan->bench, &(struct bench_line){.row = "5",
					  .what = what,
					  .size = scan->size->name,
					  .ours = (double)scan->text->len / seconds * 1e-6,
					  .unit = "MB/s",
					  .peer_name = peer,
					  .peer = peer_speed * 1e-6,
					  .target = target,
					  .has_verdict = target != NULL,
					  .reached = reached});
}

/* ---- The peer ----------------------------------------------------------------------------------- */

static size_t match_all(pcre2_code *code, pcre2_match_data *data, const struct generated *text)
{
	size_t at = 0, found = 0;

	while (pcre2_jit_match(code, (PCRE2_SPTR)text->bytes, text->len, at, PCRE2_NO_UTF_CHECK, data, NULL) >
		0) {
		at = pcre2_get_ovector_pointer(data)[1];
		found++;
	}
	return found;
}

static double time_pcre(const struct generated *text)
{
	static const char pattern[] = "\\[(?:[^][\\\\]++|\\\\.|(?R))*+\\]";
	double times[TIMES];
	int error;
	PCRE2_SIZE offset;
	pcre2_code *code = pcre2_compile(
		(PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_DOTALL, &error, &offset, NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);

	bench_check(code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0, "a pattern of PCRE2");
	for (int i = 0; i < TIMES; i++) {
		const double start = bench_cpu();
		const size_t found = match_all(code, data, text);

		times[i] = bench_cpu() - start;
		bench_check(found == text->outermost, "outermost brackets by PCRE2");
	}
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return (double)text->len / bench_median(times, TIMES);
}

/* ---- Ours --------------------------------------------------------------------------------------- */

/* Row 17: opening may take twelve times as long a decade. */
static void report_growth(const struct scan *scan, double seconds)
{
	static double before;
	static size_t bytes_before;

	if (before > 0 && scan->size->bytes == bytes_before * 10)
		bench_report(scan->bench, &(struct bench_line){.row = "17",
						  .what = "opening, times the size a tenth of it",
						  .size = scan->size->name,
						  .ours = seconds / before,
						  .unit = "x",
						  .target = "<= 12 x a decade",
						  .has_verdict = true,
						  .reached = seconds / before <= 12});
	before = seconds;
	bytes_before = scan->size->bytes;
}

static void time_opening(const struct scan *scan)
{
	double times[TIMES], speed;

	for (int i = 0; i < TIMES; i++) {
		const double start = bench_cpu();
		struct bk_bracket_counts counts;
		bk_text *text;

		bench_check(
			bk_text_borrow(&text, scan->text->bytes, scan->text->len, NULL, NULL, false) == BK_OK,
			"opening");
		counts = bk_snapshot_brackets(bk_text_now(text));
		times[i] = bench_cpu() - start;
		bench_check(counts.pairs == scan->text->pairs && counts.depth == scan->text->depth &&
				    counts.unmatched_open + counts.unmatched_close == 0 &&
				    bk_snapshot_lines(bk_text_now(text)) == scan->text->lines,
			"brackets and lines of an opened text");
		bk_text_free(text);
	}
	speed = (double)scan->text->len / bench_median(times, TIMES);
	report(scan, "brackets alone: text opened", (double)scan->text->len / speed, "PCRE2 JIT, outermost",
		scan->pcre, ">= PCRE2 JIT", speed >= scan->pcre);
	report_growth(scan, (double)scan->text->len / speed);
}

/* Row 2 without a screen: what must be done before the first one, and what may follow it. */
static void time_lazy(const struct scan *scan)
{
	double first[TIMES], rest[TIMES];

	for (int i = 0; i < TIMES; i++) {
		const double start = bench_cpu();
		bk_text *text;

		bench_check(
			bk_text_borrow(&text, scan->text->bytes, scan->text->len, NULL, NULL, true) == BK_OK,
			"opening");
		first[i] = bench_cpu() - start;
		bench_check(bk_text_complete(text, NULL) == BK_OK, "completing");
		rest[i] = bench_cpu() - start - first[i];
		bench_check(bk_snapshot_brackets(bk_text_now(text)).pairs == scan->text->pairs,
			"brackets of a completed text");
		bk_text_free(text);
	}
	bench_report(scan->bench, &(struct bench_line){.row = "2",
					  .what = "library: the first megabyte ready",
					  .size = scan->size->name,
					  .ours = bench_median(first, TIMES) * 1e3,
					  .unit = "ms"});
	bench_report(scan->bench, &(struct bench_line){.row = "2",
					  .what = "library: full counts after that",
					  .size = scan->size->name,
					  .ours = bench_median(rest, TIMES) * 1e3,
					  .unit = "ms",
					  .target = "<= 100 ms",
					  .has_verdict = true,
					  .reached = bench_median(rest, TIMES) <= 0.1});
}

static struct bk_draft new_draft(const struct generated *text, const bk_snapshot *snapshot)
{
	struct bk_draft draft = {.bytes = {text->bytes, text->len}, .snapshot = bk_snapshot_keep(snapshot)};

	bench_check(bk_conventions_new(&draft.own_conventions, NULL, NULL, 0) == BK_OK, "conventions");
	draft.conventions = draft.own_conventions;
	return draft;
}

static void release_draft(struct bk_draft *draft)
{
	bk_conventions_free(draft->own_conventions);
	bk_table_release(&draft->ids);
	bk_arena_release(&draft->arena);
	bk_snapshot_free(draft->snapshot);
}

static void check_matched(const struct generated *text, const struct bk_draft *draft)
{
	size_t outermost = 0;

	for (size_t i = 0; i < draft->matched.len; i++)
		outermost += draft->matched.items[i].parent == BK_NONE;
	bench_check(draft->matched.len == text->pairs && outermost == text->outermost &&
			    draft->depth == text->depth && draft->unmatched_count == 0,
		"list of all pairs");
}

static void check_scanned(const struct generated *text, const struct bk_draft *draft)
{
	size_t outermost = 0;

	for (size_t i = 0; i < draft->bracket_count; i++)
		outermost += draft->brackets[i].parent == BK_NONE;
	bench_check(draft->bracket_count == text->pairs && outermost == text->outermost &&
			    draft->depth == text->depth && draft->unmatched_count == 0,
		"brackets of a draft");
}

static double time_room(int (*room)(struct bk_draft *draft), struct bk_draft *draft, const char *what)
{
	const double start = bench_cpu();

	bench_check(room(draft) == BK_OK, what);
	return bench_cpu() - start;
}

static void time_structure(const struct scan *scan, const bk_snapshot *snapshot)
{
	double brackets[TIMES], names[TIMES], structure[TIMES];
	size_t headings = 0;

	for (int i = 0; i < TIMES; i++) {
		struct bk_draft draft = new_draft(scan->text, snapshot);

		brackets[i] = time_room(bk_scan_brackets, &draft, "scan");
		check_matched(scan->text, &draft);
		names[i] = brackets[i] + time_room(bk_brackets_make, &draft, "brackets") +
			   time_room(bk_attribution_find, &draft, "attributions");
		structure[i] = names[i] + time_room(bk_outline_build, &draft, "outline");
		check_scanned(scan->text, &draft);
		for (size_t j = headings = 0; j < draft.node_count; j++)
			headings += draft.nodes[j].kind == BK_NODE_HEADING;
		bench_check(headings == scan->text->articles, "headings of a draft");
		release_draft(&draft);
	}
	report(scan, "brackets alone: list of all pairs", bench_median(brackets, TIMES),
		"PCRE2 JIT, outermost", scan->pcre, ">= PCRE2 JIT",
		(double)scan->text->len / bench_median(brackets, TIMES) >= scan->pcre);
	report(scan, "brackets, attributions", bench_median(names, TIMES), NULL, 0, NULL, false);
	report(scan, "brackets, attributions, labels, options", bench_median(structure, TIMES), NULL, 0,
		">= 1 GB/s", (double)scan->text->len / bench_median(structure, TIMES) >= 1e9);
}

/* The conventions are made once, as by the program: to compile their patterns takes milliseconds. */
static void time_draft(const struct scan *scan, const bk_snapshot *snapshot)
{
	struct bk_draft_options options = {.override_count = 0};
	bk_conventions *conventions;
	double times[TIMES];

	bench_check(bk_conventions_new(&conventions, NULL, NULL, 0) == BK_OK, "conventions");
	options.conventions = conventions;

	for (int i = 0; i < TIMES; i++) {
		const double start = bench_cpu();
		bk_draft *draft;

		bench_check(bk_draft_new(&draft, snapshot, &options) == BK_OK, "a draft");
		times[i] = bench_cpu() - start;
		check_scanned(scan->text, draft);
		bk_draft_free(draft);
	}
	bk_conventions_free(conventions);
	report(scan, "whole draft: classes, runs, groups, ids too", bench_median(times, TIMES), NULL, 0, NULL,
		false);
}

static void run(const struct bench *bench)
{
	for (size_t i = 0; i < bench->size_count; i++) {
		struct scan scan = {
			.bench = bench, .size = &bench->sizes[i], .text = bench_text(&bench->sizes[i])};
		bk_text *text;

		if (bench_wants(bench, "2") && scan.size->bytes > 10000000)
			time_lazy(&scan);
		if (!bench_wants(bench, "5,17"))
			continue;
		scan.pcre = time_pcre(scan.text);
		time_opening(&scan);
		bench_check(
			bk_text_borrow(&text, scan.text->bytes, scan.text->len, NULL, NULL, false) == BK_OK,
			"opening");
		if (scan.size->bytes <= 10000000) {
			time_structure(&scan, bk_text_now(text));
			time_draft(&scan, bk_text_now(text));
		}
		bk_text_free(text);
	}
}

const struct bench_row bench_row_scan = {"2,5,17", "reading a text", run};
