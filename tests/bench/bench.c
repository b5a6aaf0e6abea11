/*
 * The bench: rows of speed and size against what else this machine has.
 *
 *	bench [--sizes 0.1,1,10,100] [--rows 4,5] [--program PATH] [--folder PATH]
 *
 * Ratios count, not seconds: machines differ.  Exit 0 when all answers were right, 1 when one was wrong.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct bench_size all_sizes[] = {
	{"0.1 MB", 100000},
	{"1 MB", 1000000},
	{"10 MB", 10000000},
	{"100 MB", 100000000},
};
enum { SIZES = sizeof all_sizes / sizeof *all_sizes };

static const struct bench_row *const all_rows[] = {&bench_row_screen, &bench_row_save, &bench_row_compare,
	&bench_row_merge, &bench_row_history, &bench_row_edit, &bench_row_scan, &bench_row_memory};
enum { ROWS = sizeof all_rows / sizeof *all_rows };

const struct generated *bench_text(const struct bench_size *size)
{
	static struct generated texts[SIZES];
	struct generated *text = NULL;

	for (int i = 0; i < SIZES; i++)
		if (all_sizes[i].bytes == size->bytes)
			text = &texts[i];
	if (text && !text->bytes)
		*text = generate_text(size->bytes, 2010);
	return text;
}

void bench_file(const struct bench *bench, const struct bench_size *size, char *path, size_t room)
{
	const struct generated *text = bench_text(size);
	FILE *file;

	snprintf(path, room, "%s/bracked-bench-%d-%zu.md", bench->folder, (int)getpid(), size->bytes);
	file = fopen(path, "w");
	bench_check(file && fwrite(text->bytes, 1, text->len, file) == text->len && fclose(file) == 0,
		"a file of the text can be written");
}

static double read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double bench_cpu(void)
{
	return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double bench_median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, by_value);
	return count ? values[count / 2] : 0;
}

void bench_check(bool right, const char *what)
{
	if (right)
		return;
	fflush(stdout);
	fprintf(stderr, "bench: wrong answer: %s\n", what);
	exit(1);
}

static void print_head(void)
{
	printf("%-4s %-46s %-7s %11s %-5s %11s %7s  %-24s %s\n", "row", "operation", "size", "ours", "unit",
		"peer", "ratio", "peer's name", "target");
}

void bench_report(const struct bench *bench, const struct bench_line *line)
{
	char peer[32] = "-", ratio[32] = "-";

	(void)bench;
	if (line->peer > 0) {
		snprintf(peer, sizeof peer, "%.4g", line->peer);
		snprintf(ratio, sizeof ratio, "%.3g", line->ours / line->peer);
	}
	printf("%-4s %-46s %-7s %11.4g %-5s %11s %7s  %-24s %s%s\n", line->row, line->what, line->size,
		line->ours, line->unit, peer, ratio, line->peer_name ? line->peer_name : "-",
		line->target ? line->target : "",
		!line->has_verdict ? "" : (line->reached ? " (reached)" : " (MISSED)"));
	fflush(stdout);
}

/* Whether a comma-separated list names word. */
static bool lists(const char *list, const char *word)
{
	const size_t len = strlen(word);

	while (list) {
		if (strncmp(list, word, len) == 0 && (list[len] == ',' || !list[len]))
			return true;
		list = strchr(list, ',');
		list = list ? list + 1 : NULL;
	}
	return false;
}

bool bench_wants(const struct bench *bench, const char *rows)
{
	char number[16];

	for (const char *at = rows; bench->rows && *at;) {
		const size_t len = strcspn(at, ",");

		snprintf(number, sizeof number, "%.*s", (int)len, at);
		if (lists(bench->rows, number))
			return true;
		at += len + (at[len] == ',');
	}
	return !bench->rows;
}

/*
 * What a process had before it became another program counts as that one's, so a program is started by a process that
 * has next to nothing: this one again, as "bench --peak PROGRAM ...".
 */
static int print_peak(char *const *program)
{
	const pid_t child = fork();
	struct rusage usage;
	int ended;

	if (child == 0) {
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
		execvp(program[0], program);
		_exit(127);
	}
	if (child < 0 || wait4(child, &ended, 0, &usage) != child || !WIFEXITED(ended) ||
		WEXITSTATUS(ended) > 1)
		return 1;
	printf("%ld", usage.ru_maxrss);
	return 0;
}

double bench_peak(const char *const *program)
{
	const char *arguments[16] = {"bench", "--peak"};
	char kilobytes[32] = "";
	int ends[2], ended;
	pid_t child;

	for (size_t i = 0; program[i] && i + 3 < sizeof arguments / sizeof *arguments; i++)
		arguments[i + 2] = program[i];
	bench_check(pipe(ends) == 0, "a pipe");
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execv("/proc/self/exe", (char *const *)(void *)arguments);
		_exit(127);
	}
	close(ends[1]);
	bench_check(child > 0 && read(ends[0], kilobytes, sizeof kilobytes - 1) > 0 &&
			    waitpid(child, &ended, 0) == child,
		program[0]);
	close(ends[0]);
	return strtod(kilobytes, NULL) / 1024;
}

int main(int argc, char **argv)
{
	struct bench_size sizes[SIZES];
	struct bench bench = {.sizes = sizes, .folder = "/tmp"};
	const char *asked_sizes = "0.1,1,10,100";

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--sizes") == 0)
			asked_sizes = argv[i + 1];
		else if (strcmp(argv[i], "--rows") == 0)
			bench.rows = argv[i + 1];
		else if (strcmp(argv[i], "--program") == 0)
			bench.program = argv[i + 1];
		else if (strcmp(argv[i], "--folder") == 0)
			bench.folder = argv[i + 1];
	}
	for (int i = 0; i < SIZES; i++) {
		char number[16];

		snprintf(number, sizeof number, "%.*s", (int)strcspn(all_sizes[i].name, " "),
			all_sizes[i].name);
		if (lists(asked_sizes, number))
			sizes[bench.size_count++] = all_sizes[i];
	}
	if (argc > 2 && strcmp(argv[1], "--peak") == 0)
		return print_peak(argv + 2);
	print_head();
	for (int i = 0; i < ROWS; i++)
		if (bench_wants(&bench, all_rows[i]->number))
			all_rows[i]->run(&bench);
	return 0;
}
