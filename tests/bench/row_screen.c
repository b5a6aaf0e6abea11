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

enum { STARTS = 11, KEYS = 1000, SAVES = 3 };

/* What one editor took, in seconds. */
struct figures {
	double value;
	double worst;  /* key; of a start: the first one */
	size_t bytes;  /* a key */
	double counts; /* of ours, behind the first screen */
};

static const char *ours; /* the program */

typedef bool measure(const struct peer_editor *editor, const char *path, struct figures *out);

/* What an editor shows of the file once it has nothing more to say; the words must fill the screen. */
static bool look(const struct peer_editor *editor, const char *path, struct screen *out)
{
	struct peer peer;
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_ready(&peer, 0.7);
	*out = peer.screen;
	peer_end(&peer);
	if (ok)
		bench_check(screen_filled(out, editor->text) > 1000, "a screen is full of the text");
	return ok;
}

/* Where our counts are. */
static const struct screen_part top_line = {0, 1, 0, SCREEN_COLS};

static bool time_start(const struct peer_editor *editor, const char *path, const struct screen *wanted,
	double *text, double *counts)
{
	struct peer peer;
	bool shown;

	if (!peer_start(&peer, editor, path))
		return false;
	shown = peer_shows(&peer, wanted, editor->text, text);
	*counts = *text;
	if (shown && editor->program == ours)
		shown = peer_shows(&peer, wanted, top_line, counts);
	*counts -= *text;
	peer_end(&peer);
	return shown;
}

/* A key that moves the cursor down, struck as soon as the text is there, until it stands there. */
static bool time_first_key(
	const struct peer_editor *editor, const char *path, const struct screen *wanted, double *seconds)
{
	struct peer peer;
	bool shown;

	if (!peer_start(&peer, editor, path))
		return false;
	shown = peer_shows(&peer, wanted, editor->text, seconds) &&
		peer_moves(&peer, "\x1bOB", wanted->row + 1, seconds);
	peer_end(&peer);
	return shown;
}

static bool measure_start(const struct peer_editor *editor, const char *path, struct figures *out)
{
	static struct screen wanted;
	double times[STARTS], counts[STARTS], keys[STARTS] = {0};

	if (!look(editor, path, &wanted))
		return false;
	for (int i = 0; i < STARTS; i++) {
		if (!time_start(editor, path, &wanted, &times[i], &counts[i]))
			return false;
		if (editor->program == ours && !time_first_key(editor, path, &wanted, &keys[i]))
			return false;
	}
	out->value = bench_median(times, STARTS);
	out->counts = bench_median(counts, STARTS);
	out->worst = bench_median(keys, STARTS);
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
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_ready(&peer, 1.0) && send(&peer, editor->insert) && type_letters(&peer, out);
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
	double times[SAVES];
	struct peer peer;
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_ready(&peer, 1.0);
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
	double counts; /* which are to follow the first screen in so many, when not 0 */
	size_t smallest, largest;
};

static const struct contest contests[] = {
	{"1", "start to first screen", "<= best peer", measure_start, 1, 0, 0, 0, 10000000},
	{"2", "start to first screen", "<= 0.6 x best peer", measure_start, 0.6, 0, 0.1, 100000000, SIZE_MAX},
	{"3", "key to screen", "<= 0.5 ms", measure_key, 1, 0.0005, 0, 0, SIZE_MAX},
	{"12", "save the whole file", "<= 1.2 x best peer", measure_save, 1.2, 0, 0, 1000000, SIZE_MAX},
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

static void report_key(const struct bench *bench, struct bench_line line, const struct figures *took,
	const struct figures *peer)
{
	line.what = "worst of 1000 keys";
	line.ours = took->worst * 1e3;
	line.peer = peer->worst * 1e3;
	line.target = "<= 4 ms";
	line.reached = took->worst <= 0.004;
	bench_report(bench, &line);
	line.what = "bytes a key";
	line.unit = "B";
	line.ours = (double)took->bytes;
	line.peer = (double)peer->bytes;
	line.target = "<= 60";
	line.reached = took->bytes <= 60;
	bench_report(bench, &line);
}

/* What follows the first screen; other editors have nothing of the kind. */
static void report_later(const struct bench *bench, const struct contest *contest, struct bench_line line,
	const struct figures *took)
{
	line.peer = 0;
	line.peer_name = NULL;
	line.what = "counts after the first screen";
	line.ours = took->counts * 1e3;
	line.has_verdict = contest->counts > 0;
	line.target = line.has_verdict ? "<= 100 ms" : NULL;
	line.reached = took->counts <= contest->counts;
	bench_report(bench, &line);
	line.what = "a key struck at the first screen";
	line.ours = took->worst * 1e3;
	line.has_verdict = false;
	line.target = NULL;
	bench_report(bench, &line);
}

static void report(const struct bench *bench, const struct contest *contest, const struct bench_size *size,
	const struct figures *took, const struct figures *peer, const char *name)
{
	const double limit = contest->limit > 0 ? contest->limit : contest->factor * peer->value;
	const struct bench_line line = {.row = contest->row,
		.what = contest->what,
		.size = size->name,
		.ours = took->value * 1e3,
		.unit = "ms",
		.peer_name = name,
		.peer = peer->value * 1e3,
		.target = contest->target,
		.has_verdict = limit > 0,
		.reached = took->value <= limit};

	bench_report(bench, &line);
	if (contest->measure == measure_key)
		report_key(bench, line, took, peer);
	else if (contest->measure == measure_start)
		report_later(bench, contest, line, took);
}

static void hold(const struct bench *bench, const struct contest *contest, const struct bench_size *size)
{
	struct peer_editor editor = peer_ours;
	struct figures figures = {0}, peer;
	const char *name = NULL;
	char path[4096];
	bool ok;

	bench_file(bench, size, path, sizeof path);
	peer = best_peer(contest, path, &name);
	unlink(path);
	bench_file(bench, size, path, sizeof path);
	editor.program = ours = bench->program;
	ok = contest->measure(&editor, path, &figures);
	unlink(path);
	if (ok)
		report(bench, contest, size, &figures, &peer, name);
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
