/*
 * Rows 10 and 11: versions of one base merged, beside git on the same files.
 *
 *	10   two versions that change the same lines at 165 places and the same words at 5; also beside diff3, to which
 *	     each word is a line
 *	11   twelve versions with one word in a hundred changed, beside git merging one after the other; the same of an
 *	     issued text, and two hundred versions
 *
 * All are timed as programs, in turns, their answers on files.
 */
#include "bench.h"
#include "lib/edits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 9, SAME_LINE = 165, SAME_WORD = 5, MANY = 200, PATH = 320 };

/* Files of a base and its versions, in a folder of their own. */
struct files {
	char folder[256], base[PATH], answer[PATH], other[PATH];
	char *version[MANY];
	size_t count;
	const char *program;
};

/* A roster, whose first parties the versions are of. */
static const bk_roster *roster(void)
{
	static bk_roster *made;

	if (!made)
		bench_check(bk_roster_new(&made, NULL, 0) == BK_OK, "a roster");
	return made;
}

static const char *code_of(size_t version)
{
	size_t count;
	const struct bk_party *parties = bk_roster_parties(roster(), &count);

	bench_check(version < count, "the roster has parties enough");
	return parties[version].code;
}

/* ---- Files ---------------------------------------------------------------------------------------------- */

static void write_file(const char *path, struct bk_str bytes)
{
	FILE *file = fopen(path, "w");

	bench_check(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len && fclose(file) == 0,
		"a file is written");
}

static void read_file(const char *path, struct bk_buf *out)
{
	char chunk[65536];
	FILE *file = fopen(path, "r");
	size_t len;

	bench_check(file != NULL, "a file can be read");
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		bk_buf_put(out, chunk, len);
	fclose(file);
	bench_check(!out->failed, "memory");
}

static struct files *files_new(const struct bench *bench, struct bk_str base)
{
	struct files *files = calloc(1, sizeof *files);

	bench_check(files != NULL, "memory");
	files->program = bench->program;
	snprintf(files->folder, sizeof files->folder, "%s/bracked-bench-merge-XXXXXX", bench->folder);
	bench_check(mkdtemp(files->folder) != NULL, "a folder can be made");
	snprintf(files->base, sizeof files->base, "%s/base", files->folder);
	snprintf(files->answer, sizeof files->answer, "%s/answer", files->folder);
	snprintf(files->other, sizeof files->other, "%s/other", files->folder);
	write_file(files->base, base);
	return files;
}

static void files_add(struct files *files, struct bk_str version)
{
	char **path = &files->version[files->count];

	bench_check(asprintf(path, "%s/%zu", files->folder, files->count) > 0, "memory");
	files->count++;
	write_file(*path, version);
}

static void files_free(struct files *files)
{
	while (files->count) {
		unlink(files->version[--files->count]);
		free(files->version[files->count]);
	}
	unlink(files->base);
	unlink(files->answer);
	unlink(files->other);
	rmdir(files->folder);
	free(files);
}

/* How often a file has the mark with which a conflict of git, or of diff3, begins. */
static size_t count_marks(const char *path)
{
	struct bk_buf bytes = BK_BUF_INIT;
	size_t marks = 0;

	read_file(path, &bytes);
	for (const char *at = bk_buf_string(&bytes); (at = strstr(at, "<<<<<<<")); at += 7)
		marks++;
	bk_buf_release(&bytes);
	return marks;
}

/* ---- Programs ------------------------------------------------------------------------------------------- */

/* Seconds that a program takes; its answer goes to a file. */
static double time_program(const char *answer, const char *const *words)
{
	const double start = bench_now();
	const pid_t child = fork();
	int ended;

	if (child == 0) {
		dup2(open(answer, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		execvp(words[0], (char *const *)(const void *)words);
		_exit(255);
	}
	/* git's status is the number of conflicts */
	bench_check(child > 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) &&
			    WEXITSTATUS(ended) < 255,
		words[0]);
	return bench_now() - start;
}

/* Ours, of all versions. */
static double time_ours(const struct files *files, bool unopposed)
{
	const char *words[MANY + 8] = {files->program, "merge", "--base", files->base};
	char *named[MANY];
	size_t used = 4;
	double seconds;

	if (unopposed)
		words[used++] = "--unopposed";
	for (size_t i = 0; i < files->count; i++) {
		bench_check(asprintf(&named[i], "%s=%s", code_of(i), files->version[i]) > 0, "memory");
		words[used++] = named[i];
	}
	seconds = time_program(files->answer, words);
	for (size_t i = 0; i < files->count; i++)
		free(named[i]);
	return seconds;
}

/* git, version after version merged into what it had; what it makes of them is in files->other. */
static double time_git(const struct files *files)
{
	char made[PATH];
	double seconds = 0;

	snprintf(made, sizeof made, "%s", files->version[0]);
	for (size_t i = 1; i < files->count; i++) {
		seconds += time_program(files->answer, (const char *const[]){"git", "merge-file", "-p", "-q",
							       made, files->base, files->version[i], NULL});
		bench_check(rename(files->answer, files->other) == 0, "a file is renamed");
		snprintf(made, sizeof made, "%s", files->other);
	}
	return seconds;
}

/* ---- In this process ------------------------------------------------------------------------------------ */

/* How many places are disputed in what the program said last. */
static size_t count_disputes(const struct files *files, bool unopposed)
{
	const struct bk_merge_options options = {.unopposed = unopposed, .names = bk_roster_names(roster())};
	struct bk_buf base = BK_BUF_INIT, answer = BK_BUF_INIT, texts[MANY] = {0};
	struct bk_version versions[MANY];
	struct bk_str merged;
	bk_merge *merge;
	size_t disputes;

	read_file(files->base, &base);
	read_file(files->answer, &answer);
	for (size_t i = 0; i < files->count; i++) {
		read_file(files->version[i], &texts[i]);
		versions[i] = (struct bk_version){
			code_of(i), files->version[i], bk_buf_string(&texts[i]), texts[i].len};
	}
	bench_check(bk_merge_new(&merge, bk_buf_string(&base), base.len, versions, files->count, &options) ==
			    BK_OK,
		"merging");
	disputes = bk_merge_disputes(merge);
	merged.ptr = bk_merge_bytes(merge, &merged.len);
	bench_check(bk_str_equal(merged, bk_buf_str(&answer)), "the program says what the library does");
	bk_merge_free(merge);
	for (size_t i = 0; i < files->count; i++)
		bk_buf_release(&texts[i]);
	bk_buf_release(&base);
	bk_buf_release(&answer);
	return disputes;
}

/* ---- Row 10 --------------------------------------------------------------------------------------------- */

/* What the two parties do in one line. */
enum deed { NOTHING, ONE, OTHER, BOTH_APART, BOTH_TOGETHER };

static bool is_plain_word(struct bk_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!bk_is_lower(word.ptr[i]))
			return false;
	return word.len > 4;
}

/* The first and the last plain word of a line; false when there are none, or none between. */
static bool find_ends(struct bk_str line, struct bk_str *first, struct bk_str *last)
{
	size_t words = 0;

	for (size_t at = 0, end; at < line.len; at = end) {
		for (end = at; end < line.len && bk_is_word(line.ptr[end]);)
			end++;
		if (end == at) {
			end++;
			continue;
		}
		*last = (struct bk_str){line.ptr + at, end - at};
		if (!is_plain_word(*last))
			continue;
		if (words++ == 0)
			*first = *last;
	}
	return words > 5 && is_plain_word(*last);
}

/* The line with one word replaced; word NULL: as it is. */
static void put_line(struct bk_buf *out, struct bk_str line, const struct bk_str *word, const char *instead)
{
	if (word) {
		bk_buf_put(out, line.ptr, (size_t)(word->ptr - line.ptr));
		bk_buf_puts(out, instead);
		line = bk_str_skip(line, (size_t)(word->ptr - line.ptr) + word->len);
	}
	bk_buf_put_str(out, line);
}

static void put_lines(struct bk_buf *one, struct bk_buf *other, struct bk_str line, enum deed deed)
{
	struct bk_str first, last;

	if (!find_ends(line, &first, &last))
		deed = NOTHING;
	put_line(one, line, deed == ONE || deed >= BOTH_APART ? &first : NULL, "quartz");
	put_line(other, line,
		deed == BOTH_TOGETHER		      ? &first
		: deed == OTHER || deed == BOTH_APART ? &last
						      : NULL,
		"harbour");
}

/* Both versions: in every fifth line that will do, somebody does something, until all is done that is to be. */
static void revise(struct bk_str base, struct bk_buf *one, struct bk_buf *other)
{
	size_t apart = SAME_LINE, together = SAME_WORD, good = 0;
	struct bk_str line, first, last;

	for (size_t at = 0; at < base.len; at += line.len) {
		const struct bk_str rest = bk_str_skip(base, at);
		enum deed deed = NOTHING;

		line = (struct bk_str){rest.ptr, bk_str_find(rest, '\n')};
		line.len += line.len < rest.len;
		if (find_ends(line, &first, &last)) {
			good++;
			deed = good % 10 == 0 ? ONE : good % 10 == 5 ? OTHER : NOTHING;
			if (good % 7 == 3 && apart && apart--)
				deed = BOTH_APART;
			else if (good % 200 == 1 && together && together--)
				deed = BOTH_TOGETHER;
		}
		put_lines(one, other, line, deed);
	}
	bench_check(apart == 0 && together == 0, "the text has lines enough");
}

/* Each word on a line of its own, for diff3. */
static void write_words(const char *path, const char *to)
{
	struct bk_buf bytes = BK_BUF_INIT, lines = BK_BUF_INIT;

	read_file(path, &bytes);
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.bytes[i] == '\n')
			bk_buf_puts(&lines, "\n=");
		bk_buf_putc(&lines, bytes.bytes[i] == ' ' ? '\n' : bytes.bytes[i]);
	}
	write_file(to, bk_buf_str(&lines));
	bk_buf_release(&bytes);
	bk_buf_release(&lines);
}

static double time_diff3(const struct files *files, size_t *conflicts)
{
	char paths[3][PATH + 8];
	double times[RUNS];

	for (size_t i = 0; i < 3; i++) {
		const char *path = i == 0 ? files->version[0] : i == 1 ? files->base : files->version[1];

		snprintf(paths[i], sizeof paths[i], "%s.words", path);
		write_words(path, paths[i]);
	}
	for (int i = 0; i < RUNS; i++)
		times[i] = time_program(files->answer,
			(const char *const[]){"diff3", "-m", paths[0], paths[1], paths[2], NULL});
	*conflicts = count_marks(files->answer);
	for (size_t i = 0; i < 3; i++)
		unlink(paths[i]);
	return bench_median(times, RUNS);
}

static void report_count(const struct bench *bench, const char *row, const char *what, const char *size,
	size_t ours, const char *peer_name, size_t peer, size_t wanted)
{
	char target[32] = "";

	if (wanted)
		snprintf(target, sizeof target, "%zu", wanted);
	bench_report(bench, &(struct bench_line){.row = row,
				    .what = what,
				    .size = size,
				    .ours = (double)ours,
				    .unit = "",
				    .peer_name = peer_name,
				    .peer = (double)peer,
				    .target = target,
				    .has_verdict = wanted > 0,
				    .reached = ours == wanted});
}

static void report_time(const struct bench *bench, const char *row, const char *what, const char *size,
	double ours, const char *peer_name, double peer, const char *target, double most)
{
	bench_report(bench, &(struct bench_line){.row = row,
				    .what = what,
				    .size = size,
				    .ours = ours * 1e3,
				    .unit = "ms",
				    .peer_name = peer_name,
				    .peer = peer * 1e3,
				    .target = target,
				    .has_verdict = most > 0,
				    .reached = ours <= most});
}

static void merge_two(const struct bench *bench)
{
	struct generated text = generate_text(1000000, 10);
	const struct bk_str base = {text.bytes, text.len};
	struct bk_buf one = BK_BUF_INIT, other = BK_BUF_INIT;
	struct files *files = files_new(bench, base);
	double mine[RUNS], git[RUNS], ours, theirs, diff3;
	size_t disputes, conflicts;

	revise(base, &one, &other);
	files_add(files, bk_buf_str(&one));
	files_add(files, bk_buf_str(&other));
	for (int i = 0; i < RUNS; i++) {
		git[i] = time_git(files);
		mine[i] = time_ours(files, true);
	}
	disputes = count_disputes(files, true);
	bench_check(disputes == SAME_WORD, "what overlaps is disputed, and nothing else");
	ours = bench_median(mine, RUNS);
	theirs = bench_median(git, RUNS);
	diff3 = time_diff3(files, &conflicts);
	report_time(bench, "10", "two versions merged, unopposed", "1 MB", ours, "git merge-file", theirs,
		"<= 0.6 x git", 0.6 * theirs);
	report_count(bench, "10", "... places in brackets, conflicts", "1 MB", disputes, "git merge-file",
		count_marks(files->other), SAME_WORD);
	report_time(bench, "10", "... beside diff3, a word a line", "1 MB", ours, "diff3 -m", diff3, "", 0);
	report_count(bench, "10", "... places in brackets, conflicts", "1 MB", disputes, "diff3 -m",
		conflicts, SAME_WORD);
	files_free(files);
	generated_release(&text);
	bk_buf_release(&one);
	bk_buf_release(&other);
}

/* ---- Row 11 --------------------------------------------------------------------------------------------- */

static struct files *make_versions(const struct bench *bench, struct bk_str base, size_t count,
	const struct edit_rates *rates, size_t *clusters)
{
	struct files *files = files_new(bench, base);
	struct edited *versions = calloc(count, sizeof *versions);

	bench_check(versions != NULL, "memory");
	for (size_t i = 0; i < count; i++) {
		edit_text(base, rates, 11 * i + 1, &versions[i]);
		files_add(files, bk_buf_str(&versions[i].bytes));
	}
	*clusters = edits_clusters(versions, count);
	for (size_t i = 0; i < count; i++)
		edited_release(&versions[i]);
	free(versions);
	return files;
}

static void merge_twelve(const struct bench *bench, struct bk_str base, const char *size,
	const struct edit_rates *rates, const char *what)
{
	double mine[RUNS], git[RUNS], ours, theirs;
	size_t clusters, disputes;
	struct files *files = make_versions(bench, base, 12, rates, &clusters);
	char edits[64];

	for (int i = 0; i < RUNS; i++) {
		git[i] = time_git(files);
		mine[i] = time_ours(files, false);
	}
	ours = bench_median(mine, RUNS);
	theirs = bench_median(git, RUNS);
	disputes = count_disputes(files, false);
	bench_check(disputes <= clusters, "no more places are disputed than were edited");
	report_time(bench, "11", what, size, ours, "git merge-file, 11 times", theirs, "<= 1/4 of the fold",
		theirs / 4);
	snprintf(edits, sizeof edits, "... places disputed (%zu edited), conflicts", clusters);
	report_count(
		bench, "11", edits, size, disputes, "git merge-file, 11 times", count_marks(files->other), 0);
	files_free(files);
}

static void merge_generated(const struct bench *bench)
{
	static const struct edit_rates words = {.words = 10};
	struct generated text = generate_text(600000, 11);

	merge_twelve(
		bench, (struct bk_str){text.bytes, text.len}, "0.6 MB", &words, "twelve versions as one");
	generated_release(&text);
}

static void merge_issued(const struct bench *bench)
{
	static const struct edit_rates words = {.words = 10}, moves = {.words = 50, .moves = 30};
	const char *corpus = getenv("BRACKED_CORPUS");
	struct bk_buf text = BK_BUF_INIT;
	char path[4096];

	snprintf(path, sizeof path, "%s/paris-2015-12-04.md", corpus ? corpus : "");
	if (!corpus || access(path, R_OK) != 0)
		return;
	read_file(path, &text);
	merge_twelve(bench, bk_buf_str(&text), "0.1 MB", &words, "... of an issued text");
	merge_twelve(bench, bk_buf_str(&text), "0.1 MB", &moves, "... 5 % of its words, and moves");
	bk_buf_release(&text);
}

static void merge_many(const struct bench *bench)
{
	static const struct edit_rates words = {.words = 2};
	struct generated text = generate_text(100000, 12);
	double mine[RUNS], ours;
	size_t clusters;
	struct files *files =
		make_versions(bench, (struct bk_str){text.bytes, text.len}, MANY, &words, &clusters);

	for (int i = 0; i < RUNS; i++)
		mine[i] = time_ours(files, false);
	ours = bench_median(mine, RUNS);
	report_time(bench, "11", "two hundred versions as one", "0.1 MB", ours, "", 0, "<= 1 s", 1);
	files_free(files);
	generated_release(&text);
}

static void run(const struct bench *bench)
{
	if (!bench->program)
		return;
	if (bench_wants(bench, "10"))
		merge_two(bench);
	if (!bench_wants(bench, "11"))
		return;
	merge_generated(bench);
	merge_issued(bench);
	merge_many(bench);
}

const struct bench_row bench_row_merge = {"10,11", "versions of one base merged", run};
