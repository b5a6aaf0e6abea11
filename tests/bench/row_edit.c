/*
 * Row 4: the bracket structure after one edit.
 *
 * One edit (a letter; a pair; a `[` that opens over all the rest, and its removal), and then the questions a
 * screen asks after every key: what encloses the place, where does it close, how deep is it, how many are
 * unmatched in all.  The peer is the best that does without a tree: our own kernel over the whole text again.
 */
#include "bench.h"
#include "draft/text_tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EDITS = 2001 };

struct answers {
	struct bk_bracket_counts counts;
	struct bk_span enclosing;
	size_t depth, line;
};

static struct answers ask(const bk_text *text, size_t at)
{
	const bk_snapshot *now = bk_text_now(text);
	struct answers answers = {.counts = bk_snapshot_brackets(now)};

	if (!bk_snapshot_enclosing(now, at, &answers.enclosing))
		answers.enclosing = (struct bk_span){BK_NOWHERE, BK_NOWHERE};
	answers.depth = bk_snapshot_depth(now, at);
	answers.line = bk_snapshot_line_of(now, at);
	return answers;
}

/* The answers of a text made anew from the same bytes. */
static void check_answers(const bk_text *text, size_t at, const struct answers *answers)
{
	const char *bytes;
	struct answers anew;
	bk_text *fresh;
	size_t len;

	bench_check(bk_snapshot_flat(bk_text_now(text), &bytes, &len) == BK_OK, "bytes of the text");
	bench_check(bk_text_new(&fresh, bytes, len) == BK_OK, "a text anew");
	anew = ask(fresh, at);
	bench_check(memcmp(&anew, answers, sizeof anew) == 0, "brackets after an edit");
	bk_text_free(fresh);
}

static size_t random_place(size_t len, unsigned *seed)
{
	return ((size_t)rand_r(seed) << 31 ^ (size_t)rand_r(seed)) % len;
}

/* Median and worst of an edit with its questions; the edit is taken out again, untimed. */
static double time_edits(bk_text *text, const char *bytes, size_t edits, double *worst)
{
	static double times[EDITS];
	const size_t len = strlen(bytes);
	unsigned seed = 4;

	*worst = 0;
	for (size_t i = 0; i < edits; i++) {
		const size_t at = random_place(bk_snapshot_size(bk_text_now(text)), &seed);
		const double start = bench_cpu();
		struct answers answers;

		bk_text_replace(text, (struct bk_span){at, at}, bytes, len, 0);
		answers = ask(text, at + len);
		times[i] = bench_cpu() - start;
		*worst = times[i] > *worst ? times[i] : *worst;
		if (i < 3)
			check_answers(text, at + len, &answers);
		bk_text_replace(text, (struct bk_span){at, at + len}, NULL, 0, 0);
	}
	return bench_median(times, edits);
}

static double time_rescan(const struct generated *generated)
{
	double times[5];
	struct bk_tally tally;

	for (int i = 0; i < 5; i++) {
		const double start = bench_cpu();

		bk_tally_bytes(&tally, generated->bytes, generated->len, false);
		times[i] = bench_cpu() - start;
		bench_check(tally.opens == generated->pairs && tally.peak == generated->depth, "a scan anew");
	}
	return bench_median(times, 5);
}

static void run(const struct bench *bench)
{
	static const struct {
		const char *what, *bytes;
	} edits[] = {{"brackets after a typed letter", "a"}, {"brackets after a typed pair", "[new]"},
		{"brackets after a `[` over all the rest", "["}};

	for (size_t i = 0; i < bench->size_count; i++) {
		const struct bench_size *size = &bench->sizes[i];
		const struct generated *generated = bench_text(size);
		const double rescan = time_rescan(generated), limit = size->bytes > 10000000 ? 40 : 20;
		bk_text *text;

		bench_check(
			bk_text_borrow(&text, generated->bytes, generated->len, NULL, NULL, false) == BK_OK,
			"opening");
		for (size_t j = 0; j < sizeof edits / sizeof *edits; j++) {
			char what[80], target[32];
			double worst;
			const double median = time_edits(
				text, edits[j].bytes, size->bytes > 10000000 ? 501 : EDITS, &worst);

			snprintf(what, sizeof what, "%s", edits[j].what);
			snprintf(target, sizeof target, "<= %.0f us", limit);
			bench_report(bench, &(struct bench_line){.row = "4",
						    .what = what,
						    .size = size->name,
						    .ours = median * 1e6,
						    .unit = "us",
						    .peer_name = "kernel over all again",
						    .peer = rescan * 1e6,
						    .target = target,
						    .has_verdict = true,
						    .reached = median * 1e6 <= limit});
		}
		bk_text_free(text);
	}
}

const struct bench_row bench_row_edit = {"4", "brackets after an edit", run};
