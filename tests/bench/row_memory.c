/*
 * Row 16: memory of a text that is open.
 *
 * A child process maps the file, opens it whole, answers a question at its end, and reads its own figures
 * from the kernel: `private` is what no file stands behind, `all` what is resident, mapped pages included.
 * With the program built, the real editor is asked the same from outside, beside the other editors.
 */
#include "bench.h"
#include "peer.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct memory {
	double all, alone; /* bytes */
};

/* "Rss:   123 kB" and "Anonymous:   45 kB" of a process. */
static bool read_memory(pid_t pid, struct memory *out)
{
	char path[64], line[256];
	unsigned long size;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
	file = fopen(path, "r");
	if (!file)
		return false;
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "Rss: %lu kB", &size) == 1)
			out->all = (double)size * 1024;
		if (sscanf(line, "Anonymous: %lu kB", &size) == 1)
			out->alone = (double)size * 1024;
	}
	fclose(file);
	return true;
}

/* In the child: open path as a text, and say what that took beyond what an empty process has. */
static bool open_and_measure(const char *path, const struct generated *text, struct memory *out)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *bytes = mmap(NULL, text->len, PROT_READ, MAP_PRIVATE, fd, 0);
	struct memory before, after;
	bk_text *opened;

	malloc_trim(0); /* what earlier rows freed must not be there to be used again */
	if (fd < 0 || bytes == MAP_FAILED || !read_memory(getpid(), &before))
		return false;
	if (bk_text_borrow(&opened, bytes, text->len, NULL, NULL, true) < 0 ||
		bk_text_complete(opened, NULL) < 0)
		return false;
	if (bk_snapshot_brackets(bk_text_now(opened)).pairs != text->pairs)
		return false;
	if (bk_text_replace(opened, (struct bk_span){text->len / 2, text->len / 2}, "[", 1, 0) < 0)
		return false;
	if (!read_memory(getpid(), &after))
		return false;
	*out = (struct memory){after.all - before.all, after.alone - before.alone};
	return true;
}

static bool measure_library(const char *path, const struct generated *text, struct memory *out)
{
	int ends[2], status = 1;
	bool got;
	pid_t child;

	fflush(stdout);
	if (pipe(ends) < 0)
		return false;
	child = fork();
	if (child == 0) {
		const bool ok =
			open_and_measure(path, text, out) && write(ends[1], out, sizeof *out) == sizeof *out;

		_exit(ok ? 0 : 1);
	}
	close(ends[1]);
	got = read(ends[0], out, sizeof *out) == sizeof *out;
	close(ends[0]);
	return child > 0 && waitpid(child, &status, 0) == child && status == 0 && got;
}

/* What an editor takes with this file open, once its screen stands still. */
static bool measure_editor(const struct peer_editor *editor, const char *path, struct memory *out)
{
	struct peer peer;
	bool ok;

	if (!peer_start(&peer, editor, path))
		return false;
	ok = peer_ready(&peer, 3.0) && read_memory(peer.pid, out);
	peer_end(&peer);
	return ok;
}

static void report(const struct bench *bench, const struct bench_size *size, const char *what, double ours,
	const char *peer_name, double peer, double limit)
{
	char target[32];

	snprintf(target, sizeof target, "<= %.2f", limit);
	bench_report(bench, &(struct bench_line){.row = "16",
				    .what = what,
				    .size = size->name,
				    .ours = ours,
				    .unit = "B/B",
				    .peer_name = peer_name,
				    .peer = peer,
				    .target = target,
				    .has_verdict = true,
				    .reached = ours <= limit});
}

/* The leanest of the other editors with this file. */
static struct memory leanest(const char *path, const char **name)
{
	struct memory best = {0}, memory;

	*name = NULL;
	for (size_t i = 0; i < peer_editor_count; i++) {
		if (!measure_editor(&peer_editors[i], path, &memory) || (*name && memory.all >= best.all))
			continue;
		best = memory;
		*name = peer_editors[i].name;
	}
	return best;
}

static void run_size(const struct bench *bench, const struct bench_size *size)
{
	struct peer_editor editor = peer_ours;
	const struct generated *text = bench_text(size);
	const double len = (double)text->len;
	char path[4096];
	const char *name;
	struct memory memory, peer;

	bench_file(bench, size, path, sizeof path);
	peer = leanest(path, &name);
	bench_check(measure_library(path, text, &memory), "a text opened in a child");
	report(bench, size, "memory a byte of text, library: private", memory.alone / len, NULL, 0, 0.35);
	report(bench, size, "memory a byte of text, library: all", memory.all / len, name, peer.all / len,
		1.3);
	editor.program = bench->program;
	if (editor.program && measure_editor(&editor, path, &memory)) {
		report(bench, size, "memory a byte of text, program: private", memory.alone / len, name,
			peer.alone / len, 0.35);
		report(bench, size, "memory a byte of text, program: all", memory.all / len, name,
			peer.all / len, 1.3);
	}
	unlink(path);
}

static void run(const struct bench *bench)
{
	for (size_t i = 0; i < bench->size_count; i++)
		if (bench->sizes[i].bytes >= 10000000 || i + 1 == bench->size_count)
			run_size(bench, &bench->sizes[i]);
}

const struct bench_row bench_row_memory = {"16", "memory", run};
