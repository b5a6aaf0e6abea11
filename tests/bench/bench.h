/*
 * What the rows of the bench share: texts, clocks, peers, and the table at the end.
 *
 * A row checks an answer before it times it, and reports lines; nothing fails because it is slow, but a
 * wrong answer ends the bench.
 */
#ifndef BRACKED_BENCH_BENCH_H
#define BRACKED_BENCH_BENCH_H

#include "lib/generate.h"

#include <bracked/bracked.h>
#include <stdbool.h>

struct bench_size {
	const char *name; /* "10 MB" */
	size_t bytes;
};

struct bench {
	const struct bench_size *sizes;
	size_t size_count;
	const char *rows;    /* asked for, "4,5"; NULL: all */
	const char *program; /* the built bracked, or NULL */
	const char *folder;  /* for files of this run */
};

/* One line of the table.  Peer figures of 0 say that there is no peer here. */
struct bench_line {
	const char *row; /* of the list of targets: "4" */
	const char *what, *size;
	double ours;
	const char *unit;
	const char *peer_name;
	double peer;
	const char *target; /* in words */
	bool has_verdict, reached;
};
/* Whether one of the rows in a list is asked for. */
bool bench_wants(const struct bench *bench, const char *rows);
void bench_report(const struct bench *bench, const struct bench_line *line);

struct bench_row {
	const char *number, *name;
	void (*run)(const struct bench *bench);
};
extern const struct bench_row bench_row_edit, bench_row_scan, bench_row_memory, bench_row_screen,
	bench_row_save, bench_row_compare, bench_row_history, bench_row_merge;

/* The text of a size, made once and kept: borrowed. */
const struct generated *bench_text(const struct bench_size *size);

/* Write the text of a size to a file of this run, whose path goes to path; the caller unlinks it. */
void bench_file(const struct bench *bench, const struct bench_size *size, char *path, size_t room);

double bench_now(void); /* seconds */
double bench_cpu(void); /* seconds this thread has worked: what else the machine does matters less */
double bench_median(double *values, size_t count);
/* End the bench when an answer is wrong. */
/* The most memory that a program had which says its answer and ends with 0 or 1, in megabytes. */
double bench_peak(const char *const *program);
void bench_check(bool right, const char *what);

#endif
