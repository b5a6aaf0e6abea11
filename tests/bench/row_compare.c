/*
 * Rows 6 to 9: two texts compared by word.
 *
 *	6, 7    some of the words replaced, beside `git diff --word-diff` on the same files
 *	8       paragraphs moved elsewhere: how many are told as moved
 *	9       pairs that make others quadratic: everything replaced, two words in turn, one line of a megabyte
 *
 * What is timed is the words matched, of two drafts that are read; then the whole answer, with what happened to
 * each bracket; then all of it with both texts read anew.  git's time is that of its process; the memory of both is
 * that of the whole program.  Every answer is checked first: the edits told turn the old bytes into the new ones.
 * The shortest answer there is takes no more words than were changed here.
 */
#include "bench.h"
#include "compare/match.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 9 };

struct revised {
	char *bytes;
	size_t len;
	size_t changed; /* words, or paragraphs moved */
	size_t *moved;	/* where each of these stood in the old text, or NULL */
};

static const char *const others[] = {"zebra", "quartz", "market", "vessel", "harbour"};

/* ---- Texts --------------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The text with each word of four letters and more replaced in so many of a thousand cases. */
static struct revised replace_words(const char *bytes, size_t len, unsigned thousandths, unsigned seed)
{
	struct revised revised = {.bytes = malloc(3 * len + 16)};

	bench_check(revised.bytes != NULL, "memory");
	for (size_t at = 0, end; at < len; at = end) {
		const char *word = bytes + at;
		size_t size;

		for (end = at; end < len && is_letter(bytes[end]);)
			end++;
		size = end - at;
		if (size == 0) {
			revised.bytes[revised.len++] = bytes[end++];
			continue;
		}
		if (size > 3 && (unsigned)rand_r(&seed) % 1000 < thousandths) {
			word = others[(unsigned)rand_r(&seed) % 5];
			size = strlen(word);
			revised.changed++;
		}
		memcpy(revised.bytes + revised.len, word, size);
		revised.len += size;
	}
	return revised;
}

struct paragraph {
	const char *start;
	size_t len;
};

/* Paragraphs of the text, each with the blank lines behind it. */
static size_t find_paragraphs(const struct generated *text, struct paragraph *out, size_t room)
{
	size_t count = 0;

	for (size_t at = 0; at < text->len && count < room;) {
		const char *blank = strstr(text->bytes + at, "\n\n");
		const size_t end = blank ? (size_t)(blank - text->bytes) + 2 : text->len;

		out[count++] = (struct paragraph){text->bytes + at, end - at};
		at = end;
	}
	return count;
}

/* Every hundredth paragraph of some length, put a quarter of the text further on. */
static struct revised move_paragraphs(const struct generated *text)
{
	const size_t room = text->lines + 1;
	struct paragraph *paragraphs = malloc(room * sizeof *paragraphs);
	struct revised revised = {.bytes = malloc(text->len + 1)};
	bool *moved = calloc(room, 1);
	size_t count, far;

	revised.moved = malloc(room * sizeof *revised.moved);
	bench_check(paragraphs && revised.bytes && revised.moved && moved, "memory");
	count = find_paragraphs(text, paragraphs, room);
	far = count / 4;
	for (size_t i = 7; i + far < count; i += 100) {
		moved[i] = paragraphs[i].len > 120 && paragraphs[i].start[0] != '#';
		if (moved[i])
			revised.moved[revised.changed++] = (size_t)(paragraphs[i].start - text->bytes) +
							   strspn(paragraphs[i].start, " ");
	}
	for (size_t i = 0; i < count; i++) {
		if (!moved[i]) {
			memcpy(revised.bytes + revised.len, paragraphs[i].start, paragraphs[i].len);
			revised.len += paragraphs[i].len;
		}
		if (i < far || !moved[i - far])
			continue;
		memcpy(revised.bytes + revised.len, paragraphs[i - far].start, paragraphs[i - far].len);
		revised.len += paragraphs[i - far].len;
	}
	free(paragraphs);
	free(moved);
	return revised;
}

static bk_draft *read_draft(const char *bytes, size_t len)
{
	bk_draft *draft;
	bk_text *text;

	bench_check(bk_text_borrow(&text, bytes, len, NULL, NULL, false) == BK_OK, "opening");
	bench_check(bk_draft_new(&draft, bk_text_now(text), NULL) == BK_OK, "reading");
	bk_text_free(text);
	return draft;
}

/* ---- Answers ------------------------------------------------------------------------------------------- */

static void check_edits(
	const bk_comparison *comparison, const char *old, size_t old_len, const struct revised *now)
{
	size_t count, at = 0, built = 0;
	const struct bk_replacement *all = bk_comparison_replacements(comparison, &count);

	for (size_t i = 0; i <= count; i++) {
		const size_t end = i < count ? all[i].old_span.start : old_len, len = end - at;

		bench_check(built + len <= now->len && memcmp(now->bytes + built, old + at, len) == 0,
			"the edits told are those between the texts");
		built += len;
		if (i == count)
			break;
		bench_check(all[i].new_span.start == built, "the edits told are in order");
		built = all[i].new_span.end;
		at = all[i].old_span.end;
	}
	bench_check(built == now->len, "the edits told are all there are");
}

struct times {
	double matched, compared, read; /* seconds */
	struct bk_balance balance;
	size_t moved; /* paragraphs told as moved */
};

static bool is_told_as_moved(const bk_comparison *comparison, size_t offset)
{
	size_t count;
	const struct bk_difference *all = bk_comparison_list(comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].kind == BK_DIFFERENCE_RENUMBERED && strcmp(all[i].detail, "moved") == 0 &&
			all[i].old_span.start <= offset && offset < all[i].old_span.end)
			return true;
	return false;
}

static size_t count_moved(const bk_comparison *comparison, const struct revised *now)
{
	size_t moved = 0;

	for (size_t i = 0; now->moved && i < now->changed; i++)
		moved += is_told_as_moved(comparison, now->moved[i]);
	return moved;
}

static double time_matching(const bk_draft *old, const bk_draft *now)
{
	struct bk_matches matches;
	const double start = bench_now();
	double taken;

	bench_check(bk_matches_make(&matches, old, now, NULL) == BK_OK, "matching");
	taken = bench_now() - start;
	bk_matches_release(&matches);
	return taken;
}

static struct times time_comparison(const char *old_bytes, size_t old_len, const struct revised *now)
{
	double matched[RUNS], compared[RUNS], read[RUNS];
	struct times times = {0};

	for (int i = 0; i < RUNS; i++) {
		const double start = bench_now();
		bk_draft *old = read_draft(old_bytes, old_len), *revised = read_draft(now->bytes, now->len);
		const double ready = bench_now();
		bk_comparison *comparison;

		bench_check(bk_comparison_new(&comparison, old, revised) == BK_OK, "comparing");
		compared[i] = bench_now() - ready;
		read[i] = bench_now() - start;
		matched[i] = time_matching(old, revised);
		if (i == 0) {
			check_edits(comparison, old_bytes, old_len, now);
			bk_comparison_balance(comparison, &times.balance);
			bench_check(times.balance.remainder == 0, "each bracket is told once");
			times.moved = count_moved(comparison, now);
		}
		bk_comparison_free(comparison);
		bk_draft_free(old);
		bk_draft_free(revised);
	}
	times.matched = bench_median(matched, RUNS);
	times.compared = bench_median(compared, RUNS);
	times.read = bench_median(read, RUNS);
	return times;
}

/* ---- Programs ------------------------------------------------------------------------------------------ */

static void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "w");

	bench_check(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0, "a file is written");
}

static double time_git(const char *const *git)
{
	double times[RUNS];

	for (int i = 0; i < RUNS; i++) {
		const double start = bench_now();
		const pid_t child = fork();
		int ended;

		if (child == 0) {
			dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
			execvp(git[0], (char *const *)(void *)git);
			_exit(127);
		}
		bench_check(child > 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) &&
				    WEXITSTATUS(ended) <= 1,
			"git diff");
		times[i] = bench_now() - start;
	}
	return bench_median(times, RUNS);
}

/* ---- Rows ---------------------------------------------------------------------------------------------- */

static void report(const struct bench *bench, const char *row, const char *what, const char *size,
	double ours, double git, double share)
{
	char target[32] = "";

	if (share > 0)
		snprintf(target, sizeof target, "<= 1/%.0f of git", 1 / share);
	bench_report(bench, &(struct bench_line){.row = row,
				    .what = what,
				    .size = size,
				    .ours = ours * 1e3,
				    .unit = "ms",
				    .peer_name = git > 0 ? "git diff --word-diff" : "",
				    .peer = git * 1e3,
				    .target = target,
				    .has_verdict = share > 0,
				    .reached = ours <= share * git});
}

static void report_words(const struct bench *bench, const char *row, const char *what, const char *size,
	const struct bk_balance *balance, size_t changed)
{
	const double share =
		(double)(balance->words_deleted + balance->words_added) / (2.0 * (double)changed);

	bench_report(bench, &(struct bench_line){.row = row,
				    .what = what,
				    .size = size,
				    .ours = share,
				    .unit = "x",
				    .peer_name = "words changed here",
				    .target = "<= 1.01",
				    .has_verdict = true,
				    .reached = share <= 1.01});
}

/* Of both programs, from the start to the end. */
static void report_memory(
	const struct bench *bench, const char *row, const char *size, double megabytes, double git)
{
	bench_report(bench, &(struct bench_line){.row = row,
				    .what = "... memory at the peak",
				    .size = size,
				    .ours = megabytes,
				    .unit = "MB",
				    .peer_name = "git diff --word-diff",
				    .peer = git,
				    .target = "<= 1/2 of git",
				    .has_verdict = true,
				    .reached = megabytes <= git / 2});
}

static void compare_words(const struct bench *bench, const struct bench_size *size, unsigned percent)
{
	const struct generated *text = bench_text(size);
	struct revised now = replace_words(text->bytes, text->len, percent * 10, percent);
	const struct times times = time_comparison(text->bytes, text->len, &now);
	const char *row = size->bytes > 1000000 ? "7" : "6";
	const double share = size->bytes > 1000000 ? 1.0 / 3 : 1.0 / 4;
	char old_path[512], new_path[512], what[64];
	const char *const git_diff[] = {"git", "diff", "--no-index", "--word-diff=porcelain",
		"--diff-algorithm=histogram", old_path, new_path, NULL};
	const char *const our_diff[] = {bench->program, "diff", "--json", old_path, new_path, NULL};
	double git, git_peak = 0, peak = 0;

	snprintf(old_path, sizeof old_path, "%s/bracked-bench-old", bench->folder);
	snprintf(new_path, sizeof new_path, "%s/bracked-bench-new", bench->folder);
	write_file(old_path, text->bytes, text->len);
	write_file(new_path, now.bytes, now.len);
	git = time_git(git_diff);
	if (bench->program) {
		git_peak = bench_peak(git_diff);
		peak = bench_peak(our_diff);
	}
	unlink(old_path);
	unlink(new_path);
	snprintf(what, sizeof what, "words matched, %u %% changed", percent);
	report(bench, row, what, size->name, times.matched, git, share);
	report(bench, row, "... and the fate of each bracket", size->name, times.compared, git, 0);
	report(bench, row, "... and both texts read", size->name, times.read, git, 0);
	report_words(bench, row, "... words gone and come", size->name, &times.balance, now.changed);
	if (bench->program)
		report_memory(bench, row, size->name, peak, git_peak);
	free(now.bytes);
}

static void compare_moved(const struct bench *bench, const struct bench_size *size)
{
	const struct generated *text = bench_text(size);
	struct revised now = move_paragraphs(text);
	const struct times times = time_comparison(text->bytes, text->len, &now);
	const double share = now.changed ? 100.0 * (double)times.moved / (double)now.changed : 100;

	bench_report(bench, &(struct bench_line){.row = "8",
				    .what = "moved paragraphs told as moved",
				    .size = size->name,
				    .ours = share,
				    .unit = "%",
				    .target = ">= 90",
				    .has_verdict = true,
				    .reached = share >= 90});
	report(bench, "8", "... compared in", size->name, times.compared, 0, 0);
	free(now.bytes);
	free(now.moved);
}

static void compare_hostile(
	const struct bench *bench, const char *what, char *old, size_t old_len, struct revised now)
{
	const struct times times = time_comparison(old, old_len, &now);

	bench_report(bench, &(struct bench_line){.row = "9",
				    .what = what,
				    .size = "1 MB",
				    .ours = times.compared * 1e3,
				    .unit = "ms",
				    .target = "<= 250 ms",
				    .has_verdict = true,
				    .reached = times.compared <= 0.25});
	free(now.bytes);
	free(old);
}

static char *copy_of(const char *bytes, size_t len)
{
	char *copy = malloc(len + 1);

	bench_check(copy != NULL, "memory");
	memcpy(copy, bytes, len);
	copy[len] = 0;
	return copy;
}

/* Two words in turn, from the first or from the second on. */
static struct revised in_turn(size_t len, size_t first)
{
	struct revised text = {.bytes = malloc(len + 16)};

	bench_check(text.bytes != NULL, "memory");
	for (size_t i = first; text.len < len; i++) {
		memcpy(text.bytes + text.len, i % 2 ? "shall " : "should", 6);
		text.bytes[text.len + 5] = ' ';
		text.len += 6;
	}
	return text;
}

static void unbreak(char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] == '\n' || bytes[i] == '\r')
			bytes[i] = ' ';
}

static void run_hostile(const struct bench *bench, const struct bench_size *size)
{
	const struct generated *text = bench_text(size);
	struct revised now = replace_words(text->bytes, text->len, 1000, 1), turn = in_turn(text->len, 1);

	compare_hostile(bench, "every word replaced", copy_of(text->bytes, text->len), text->len, now);
	compare_hostile(bench, "two words in turn", turn.bytes, turn.len, in_turn(text->len, 0));
	now = replace_words(text->bytes, text->len, 100, 1);
	turn.bytes = copy_of(text->bytes, text->len);
	unbreak(turn.bytes, text->len);
	unbreak(now.bytes, now.len);
	compare_hostile(bench, "one line, 10 % of its words changed", turn.bytes, text->len, now);
}

static void run(const struct bench *bench)
{
	for (size_t i = 0; i < bench->size_count; i++) {
		const struct bench_size *size = &bench->sizes[i];

		if (bench_wants(bench, "6") && size->bytes == 1000000)
			compare_words(bench, size, 10);
		if (bench_wants(bench, "6,7") && size->bytes >= 1000000)
			compare_words(bench, size, 1);
		if (bench_wants(bench, "8") && size->bytes <= 10000000)
			compare_moved(bench, size);
		if (bench_wants(bench, "9") && size->bytes == 1000000)
			run_hostile(bench, size);
	}
}

const struct bench_row bench_row_compare = {"6,7,8,9", "two texts compared", run};
