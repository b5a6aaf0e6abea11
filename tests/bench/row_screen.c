/*
 * Rows 1 to 3 and 12: what a person waits for, measured on the real program in a terminal of its own, beside
 * the editors that are installed: the first screen, a key, saving the whole file.
 */
#include "bench.h"
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STARTS = 7, KEYS = 200, SAVES = 3 };

/* What one editor took. */
struct figures {
	double value, worst;
	size_t bytes; /* a key */
};

typedef bool measure(const struct peer_editor *editor, const char *path, struct figures *out);

static bool measure_start(const struct peer_editor *editor, const char *path, struct figures *out)
{
	double times[STARTS];

	for (int i = 0; i < STARTS; i++) {
		struct peer peer;
		bool shown;

		if (!peer_start(&peer, editor, path))
			return false;
		shown = peer_first_screen(&peer, &times[i]);
		peer_end(&peer);
		if (!shown)
			return false;
	}
	out->value = bench_median(times, STARTS);
	return true;
}

/* Letters typed at the start of the text, where each moves what follows on its line. */
static bool type_letters(struct peer *peer, struct figures *out)
{
	static double times[KEYS];
	size_t total = 0;

	for (int i = 0; i < KEYS; i++) {
		const char key[2] = {(char)('a' + i % 26), 0};
		size_t bytes;

		if (!peer_key(peer, key, &times[i], &bytes))
			return false;
		total += bytes;
		out->worst = times[i] > out->worst ? times[i] : out->worst;
	}
	out->value = bench_median(times, KEYS);
	out->bytes = total / KEYS;
	return true;
}

/* Send keys, if any, and wait for the answer: keys that come while a program works may be read as one. */
static bool send(struct peer *peer, const char *keys)
{
	double seconds;
	size_t bytes;

	if (!keys[0])
		return true;
	if (!peer_key(peer, keys, &seconds, &bytes))
		return false;
	peer_settle(peer, 0.5);
	return true;
}

static bool measure_key(const struct peer_editor *editor, const char *path, struct figures *out)
{
	struct peer peer;
	double ready;
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_first_screen(&peer, &ready);
	peer_settle(&peer, 1.0);
	ok = ok && send(&peer, editor->insert) && type_letters(&peer, out);
	peer_end(&peer);
	return ok;
}

static off_t size_of(const char *path)
{
	struct stat now;

	return stat(path, &now) == 0 ? now.st_size : -1;
}

/* From the keys that save, to the file's holding the typed letter too and the program's saying so. */
static bool time_save(struct peer *peer, const char *path, double *seconds)
{
	const off_t wanted = size_of(path) + 1;
	double start, said;

	if (!send(peer, peer->editor->insert) || !send(peer, "x") || !send(peer, peer->editor->leave))
		return false;
	start = bench_now();
	if (write(peer->fd, peer->editor->save, strlen(peer->editor->save)) < 0)
		return false;
	while (size_of(path) != wanted) {
		if (bench_now() - start > 60)
			return false;
		peer_settle(peer, 0.001);
	}
	*seconds = bench_now() - start;
	said = peer_settle(peer, 0.3) - start;
	*seconds = said > *seconds ? said : *seconds;
	return true;
}

static bool measure_save(const struct peer_editor *editor, const char *path, struct figures *out)
{
	double times[SAVES], ready;
	struct peer peer;
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_first_screen(&peer, &ready);
	peer_settle(&peer, 1.0);
	for (int i = 0; ok && i < SAVES; i++)
		ok = time_save(&peer, path, &times[i]);
	out->value = ok ? bench_median(times, SAVES) : 0;
	peer_end(&peer);
	return ok;
}

struct contest {
	const char *row, *what, *target;
	measure *measure;
	double factor; /* ours is to be at most so many times the best peer */
	double limit;  /* or, when not 0, at most so many seconds */
	size_t smallest, largest;
};

static const struct contest contests[] = {
	{"1", "start to first screen", "<= best peer", measure_start, 1, 0, 0, 10000000},
	{"2", "start to first screen", "<= 0.6 x best peer", measure_start, 0.6, 0, 100000000, SIZE_MAX},
	{"3", "key to screen", "<= 0.5 ms", measure_key, 1, 0.0005, 0, SIZE_MAX},
	{"12", "save the whole file", "<= 1.2 x best peer", measure_save, 1.2, 0, 1000000, SIZE_MAX},
};

/* The figures of the best of the other editors. */
static struct figures best_peer(const struct contest *contest, const char *path, const char **name)
{
	struct figures best = {0};

	for (size_t i = 0; i < peer_editor_count; i++) {
		struct figures figures = {0};

		if (!contest->measure(&peer_editors[i], path, &figures))
			continue;
		if (*name && figures.value >= best.value)
			continue;
		best = figures;
		*name = peer_editors[i].name;
	}
	return best;
}

static void report(const struct bench *bench, const struct contest *contest, const struct bench_size *size,
	const struct figures *ours, const struct figures *peer, const char *name)
{
	const double limit = contest->limit > 0 ? contest->limit : contest->factor * peer->value;
	char what[80];

	snprintf(what, sizeof what, "%s", contest->what);
	if (contest->measure == measure_key)
		snprintf(what, sizeof what, "%s (%zu bytes, worst %.2g ms)", contest->what, ours->bytes,
			ours->worst * 1e3);
	bench_report(bench, &(struct bench_line){.row = contest->row,
				    .what = what,
				    .size = size->name,
				    .ours = ours->value * 1e3,
				    .unit = "ms",
				    .peer_name = name,
				    .peer = peer->value * 1e3,
				    .target = contest->target,
				    .has_verdict = limit > 0,
				    .reached = ours->value <= limit});
}

static void hold(const struct bench *bench, const struct contest *contest, const struct bench_size *size)
{
	struct peer_editor editor = peer_ours;
	struct figures ours = {0}, peer;
	const char *name = NULL;
	char path[4096];
	bool ok;

	bench_file(bench, size, path, sizeof path);
	peer = best_peer(contest, path, &name);
	unlink(path);
	bench_file(bench, size, path, sizeof path);
	editor.program = bench->program;
	ok = contest->measure(&editor, path, &ours);
	unlink(path);
	if (ok)
		report(bench, contest, size, &ours, &peer, name);
	else
		printf("%-4s %-46s %-7s our program gave no answer\n", contest->row, contest->what,
			size->name);
}

static void run(const struct bench *bench)
{
	if (!bench->program) {
		puts("1-3, 12: no program given (--program PATH): left out");
		return;
	}
	for (size_t i = 0; i < sizeof contests / sizeof *contests; i++)
		for (size_t j = 0; j < bench->size_count; j++)
			if (bench_wants(bench, contests[i].row) &&
				bench->sizes[j].bytes >= contests[i].smallest &&
				bench->sizes[j].bytes <= contests[i].largest)
				hold(bench, &contests[i], &bench->sizes[j]);
}

const struct bench_row bench_row_screen = {"1,2,3,12", "what a person waits for", run};
