/*
 * Rows 14 and 15: a draft over its revisions, beside git itself in the same repository.
 *
 *	14   all counts over 1000 revisions, with nothing kept and then kept by blob; git looks for brackets in diffs
 *	15   who opened each bracket, over 300 revisions; git tells who brought each line
 *
 * One word in a thousand changes from revision to revision.  Both sides are timed as programs, in turns.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 3, SIZE = 620000 };

struct talks {
	char folder[256], state[300], answer[300];
	size_t disputed; /* brackets of the last revision */
	const char *program;
};

/* ---- Programs ------------------------------------------------------------------------------------------- */

/* Seconds that a program takes in the folder; its answer goes to a file. */
static double time_program(const struct talks *talks, const char *const *words)
{
	const double start = bench_now();
	const pid_t child = fork();
	int ended;

	if (child == 0) {
		dup2(open(talks->answer, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
		setenv("XDG_STATE_HOME", talks->state, 1);
		if (chdir(talks->folder) == 0)
			execvp(words[0], (char *const *)(const void *)words);
		_exit(127);
	}
	bench_check(child > 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) &&
			    WEXITSTATUS(ended) == 0,
		words[0]);
	return bench_now() - start;
}

static size_t count_lines(const struct talks *talks)
{
	FILE *file = fopen(talks->answer, "r");
	size_t lines = 0;

	bench_check(file != NULL, "the answer can be read");
	for (int c; (c = getc(file)) != EOF;)
		lines += c == '\n';
	fclose(file);
	return lines;
}

static void forget(const struct talks *talks)
{
	time_program(talks, (const char *const[]){"rm", "-rf", "--", talks->state, NULL});
}

/* ---- Repositories --------------------------------------------------------------------------------------- */

/* Change a letter in the middle of one word in a thousand or so. */
static void change(char *bytes, size_t len, unsigned *seed)
{
	for (size_t i = 0; i < len / 6000; i++) {
		const size_t at = (size_t)rand_r(seed) % len;

		if (bytes[at] >= 'a' && bytes[at] <= 'z')
			bytes[at] = (char)('a' + rand_r(seed) % 26);
	}
}

static size_t count_disputed(const struct generated *text)
{
	struct bk_counts counts;
	bk_draft *draft;
	bk_text *read;

	bench_check(bk_text_borrow(&read, text->bytes, text->len, NULL, NULL, false) == BK_OK, "opening");
	bench_check(bk_draft_new(&draft, bk_text_now(read), NULL) == BK_OK, "reading");
	bk_draft_count(draft, &counts);
	bk_draft_free(draft);
	bk_text_free(read);
	return counts.classes[BK_CLASS_DISPUTED];
}

/* git fast-import in the folder, which reads what is written to *out. */
static pid_t begin_import(const struct talks *talks, FILE **out)
{
	int ends[2];
	pid_t child;

	bench_check(pipe(ends) == 0, "a pipe");
	child = fork();
	if (child == 0) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
		close(ends[1]);
		execlp("git", "git", "-C", talks->folder, "fast-import", "--quiet", (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	*out = fdopen(ends[1], "w");
	bench_check(child > 0 && *out, "git fast-import");
	return child;
}

/* Make the revisions; how many brackets are disputed in the last one. */
static size_t make_revisions(const struct talks *talks, size_t revisions)
{
	struct generated text = generate_text(SIZE, 14);
	unsigned seed = 14;
	size_t disputed;
	FILE *import;
	pid_t child;
	int ended;

	child = begin_import(talks, &import);
	for (size_t i = 0; i < revisions; i++) {
		fprintf(import,
			"commit refs/heads/talks\ncommitter A Delegate <a@example.org> %zu +0000\ndata "
			"4\nsaid\n"
			"M 100644 inline outcome.txt\ndata %zu\n",
			(size_t)1280000000 + i * 86400, text.len);
		fwrite(text.bytes, 1, text.len, import);
		fputc('\n', import);
		if (i + 1 < revisions)
			change(text.bytes, text.len, &seed);
	}
	bench_check(fclose(import) == 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) &&
			    WEXITSTATUS(ended) == 0,
		"git takes the revisions");
	disputed = count_disputed(&text);
	generated_release(&text);
	return disputed;
}

static struct talks make_talks(const struct bench *bench, size_t revisions)
{
	struct talks talks = {.program = bench->program};

	snprintf(talks.folder, sizeof talks.folder, "%s/bracked-bench-talks-XXXXXX", bench->folder);
	bench_check(mkdtemp(talks.folder) != NULL, "a folder can be made");
	snprintf(talks.state, sizeof talks.state, "%s/.git/state", talks.folder);
	snprintf(talks.answer, sizeof talks.answer, "%s/.git-answer", talks.folder);
	time_program(&talks, (const char *const[]){"git", "init", "-q", "-b", "talks", ".", NULL});
	talks.disputed = make_revisions(&talks, revisions);
	time_program(&talks, (const char *const[]){"git", "reset", "-q", "--hard", NULL});
	time_program(&talks, (const char *const[]){"git", "repack", "-adq", NULL});
	return talks;
}

static void remove_talks(const struct talks *talks)
{
	time_program(talks, (const char *const[]){"rm", "-rf", "--", talks->folder, NULL});
}

/* ---- Rows ----------------------------------------------------------------------------------------------- */

static void report(const struct bench *bench, const char *row, const char *what, const char *size,
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
				    .has_verdict = true,
				    .reached = ours <= most});
}

static void count_over_all(const struct bench *bench)
{
	const size_t revisions = 1000;
	const struct talks talks = make_talks(bench, revisions);
	const char *const ours[] = {talks.program, "history", "outcome.txt", NULL};
	const char *const theirs[] = {"git", "log", "-S[", "--oneline", "--", "outcome.txt", NULL};
	double cold[RUNS], warm[RUNS], git[RUNS], peer;

	for (int i = 0; i < RUNS; i++) {
		forget(&talks);
		git[i] = time_program(&talks, theirs);
		cold[i] = time_program(&talks, ours);
		bench_check(count_lines(&talks) == revisions + 1, "each revision is counted");
		warm[i] = time_program(&talks, ours);
		bench_check(count_lines(&talks) == revisions + 1, "each revision is told again");
	}
	peer = bench_median(git, RUNS);
	report(bench, "14", "all counts, nothing kept", "1000 x 0.6 MB", bench_median(cold, RUNS),
		"git log -S", peer, "<= 0.65 x git", 0.65 * peer);
	report(bench, "14", "... kept by blob", "1000 x 0.6 MB", bench_median(warm, RUNS), "git log -S", peer,
		"<= 25 ms", 0.025);
	remove_talks(&talks);
}

static void blame(const struct bench *bench)
{
	const struct talks talks = make_talks(bench, 300);
	const char *const ours[] = {talks.program, "blame", "--json", "outcome.txt", NULL};
	const char *const theirs[] = {"git", "blame", "outcome.txt", NULL};
	double mine[RUNS], git[RUNS], peer;

	for (int i = 0; i < RUNS; i++) {
		git[i] = time_program(&talks, theirs);
		mine[i] = time_program(&talks, ours);
		bench_check(count_lines(&talks) == talks.disputed, "each bracket is told once");
	}
	peer = bench_median(git, RUNS);
	report(bench, "15", "who opened each bracket", "300 x 0.6 MB", bench_median(mine, RUNS), "git blame",
		peer, "<= 0.8 x git", 0.8 * peer);
	remove_talks(&talks);
}

static void run(const struct bench *bench)
{
	if (!bench->program)
		return;
	if (bench_wants(bench, "14"))
		count_over_all(bench);
	if (bench_wants(bench, "15"))
		blame(bench);
}

const struct bench_row bench_row_history = {"14,15", "a draft over its revisions", run};
