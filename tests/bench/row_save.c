/*
 * Rows 12 and 13: what a person waits for while a file is saved or a revision made, and what making one takes,
 * beside git itself in the same repository.
 *
 * A key's wait ends when the cursor stands behind its letter; what the save has to say may come in between, and
 * counts where the letter comes after it.  Beside it stands the longest wait of as many keys with nothing being
 * saved: what the machine does else falls on both.
 */
#include "bench.h"
#include "peer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMMITS = 9, SAVES = 3, MOST_KEYS = 2000 };

/* ---- Repositories ---- */

static bool run(const char *const *words)
{
	const pid_t child = fork();
	int ended;

	if (child == 0) {
		const int nothing = open("/dev/null", O_WRONLY);

		dup2(nothing, STDOUT_FILENO);
		execvp(words[0], (char *const *)(const void *)words);
		_exit(127);
	}
	return child > 0 && waitpid(child, &ended, 0) == child && WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

/* A folder of this run, a repository with somebody's name in it, and the text committed. */
static bk_repository *make_talks(const struct bench *bench, const struct bench_size *size, char *folder,
	size_t folder_room, char *path, size_t room)
{
	bk_repository *repository;
	char made[4096];

	snprintf(folder, folder_room, "%s/bracked-bench-talks-XXXXXX", bench->folder);
	bench_check(mkdtemp(folder) != NULL, "a folder can be made");
	bench_check(bk_repository_init(&repository, folder) == BK_OK, "a repository can be made");
	bk_repository_configure(repository, "user.name", "A Delegate");
	bk_repository_configure(repository, "user.email", "delegate@example.org");
	bench_file(bench, size, made, sizeof made);
	snprintf(path, room, "%s/outcome.txt", folder);
	bench_check(rename(made, path) == 0, "the text can be moved into it");
	bench_check(run((const char *const[]){"git", "-C", folder, "add", ".", NULL}) &&
			    run((const char *const[]){"git", "-C", folder, "commit", "-qm", "first", NULL}),
		"git takes the text");
	return repository;
}

static void remove_talks(const char *folder, bk_repository *repository)
{
	bk_repository_free(repository);
	run((const char *const[]){"rm", "-rf", "--", folder, NULL});
}

/* ---- Making a revision ---- */

static double commit_by_us(bk_repository *repository, char *bytes, size_t len, int turn)
{
	const struct bk_save_file file = {"outcome.txt", bytes, len};
	const struct bk_save save = {.files = &file, .file_count = 1, .message = "after the second reading"};
	char id[41];
	double start;

	bytes[len / 2] = (char)('a' + turn);
	start = bench_now();
	bench_check(bk_revision_save(repository, &save, id) == BK_OK, "a revision is saved");
	return bench_now() - start;
}

static double commit_by_git(const char *folder, const char *path, char *bytes, size_t len, int turn)
{
	const char *const words[] = {"git", "-C", folder, "commit", "-qam", "after the second reading", NULL};
	FILE *file = fopen(path, "r+");
	double start;

	bytes[len / 3] = (char)('a' + turn);
	bench_check(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0, "the text is changed");
	start = bench_now();
	bench_check(run(words), "git commits");
	return bench_now() - start;
}

static void race_git(const struct bench *bench, const struct bench_size *size)
{
	char folder[256], path[512];
	bk_repository *const repository = make_talks(bench, size, folder, sizeof folder, path, sizeof path);
	const struct generated *const text = bench_text(size);
	char *const bytes = malloc(text->len);
	double ours[COMMITS], git[COMMITS], mine, theirs;

	bench_check(bytes != NULL, "memory");
	memcpy(bytes, text->bytes, text->len);
	/* In turns, so that what else the machine does falls on both. */
	for (int i = 0; i < COMMITS; i++) {
		git[i] = commit_by_git(folder, path, bytes, text->len, i);
		ours[i] = commit_by_us(repository, bytes, text->len, i);
	}
	bench_check(run((const char *const[]){"git", "-C", folder, "fsck", "--strict", NULL}), "fsck passes");
	mine = bench_median(ours, COMMITS);
	theirs = bench_median(git, COMMITS);
	bench_report(bench, &(struct bench_line){.row = "13",
				    .what = "commit a revision",
				    .size = size->name,
				    .ours = mine * 1e3,
				    .unit = "ms",
				    .peer_name = "git commit",
				    .peer = theirs * 1e3,
				    .target = "<= 0.7 x git",
				    .has_verdict = true,
				    .reached = mine <= 0.7 * theirs});
	free(bytes);
	remove_talks(folder, repository);
}

/* ---- Keys meanwhile ---- */

struct wait {
	double longest, idle; /* seconds; idle: with nothing being saved */
	size_t keys;
};

static ino_t inode_of(const char *path)
{
	struct stat now;

	return stat(path, &now) == 0 ? now.st_ino : 0;
}

static bool type_key(struct peer *peer, int turn, struct peer_place *place, double *longest)
{
	double seconds;

	if (!peer_types(peer, (char)('a' + turn % 26), place, &seconds))
		return false;
	*longest = seconds > *longest ? seconds : *longest;
	return true;
}

/* Type from the moment the save is asked for until the new file is there, and a little longer; then as much
 * again. */
static bool type_meanwhile(struct peer *peer, const char *keys, const char *path, struct wait *out)
{
	const ino_t before = inode_of(path);
	struct peer_place place = {peer->screen.row, peer->screen.col};
	bool saved = false, ok = write(peer->fd, keys, strlen(keys)) > 0;
	int count = 0;

	for (int after = 0; ok && count < MOST_KEYS && after < 20; count++) {
		ok = type_key(peer, count, &place, &out->longest);
		saved = saved || inode_of(path) != before;
		after += saved;
	}
	peer_settle(peer, 0.5);
	for (int i = 0; ok && i < count; i++)
		ok = type_key(peer, i, &place, &out->idle);
	out->keys += (size_t)count;
	return ok && saved;
}

static bool measure_wait(const struct bench *bench, const char *path, const char *keys, struct wait *out)
{
	struct peer_editor editor = peer_ours;
	struct peer peer;
	double seconds;
	size_t bytes;
	bool ok;

	editor.program = bench->program;
	if (!peer_start(&peer, &editor, path))
		return false;
	ok = peer_ready(&peer, 1.0);
	for (int i = 0; ok && i < SAVES; i++) {
		ok = peer_key(&peer, "x", &seconds, &bytes);
		peer_settle(&peer, 0.5);
		ok = ok && type_meanwhile(&peer, keys, path, out);
		peer_settle(&peer, 0.5);
	}
	peer_end(&peer);
	return ok;
}

static void report_wait(const struct bench *bench, const struct bench_size *size, const char *row,
	const char *doing, double limit, const struct wait *wait)
{
	char what[96], target[32];

	snprintf(what, sizeof what, "longest wait of %zu keys while %s", wait->keys, doing);
	snprintf(target, sizeof target, "<= %.0f ms", limit * 1e3);
	bench_report(bench, &(struct bench_line){.row = row,
				    .what = what,
				    .size = size->name,
				    .ours = wait->longest * 1e3,
				    .unit = "ms",
				    .peer_name = "nothing saved meanwhile",
				    .peer = wait->idle * 1e3,
				    .target = target,
				    .has_verdict = true,
				    .reached = wait->longest <= limit});
}

static void type_while_written(const struct bench *bench, const struct bench_size *size)
{
	struct wait wait = {0};
	char path[4096];

	bench_file(bench, size, path, sizeof path);
	if (measure_wait(bench, path, "\x0f", &wait))
		report_wait(bench, size, "12", "it is saved", 0.004, &wait);
	else
		printf("12   longest wait of a key: our program gave no answer at %s\n", size->name);
	unlink(path);
}

static void type_while_committed(const struct bench *bench, const struct bench_size *size)
{
	char folder[256], path[512];
	bk_repository *const repository = make_talks(bench, size, folder, sizeof folder, path, sizeof path);
	struct wait wait = {0};

	if (measure_wait(bench, path, "\x13note\r", &wait))
		report_wait(bench, size, "13", "a revision is made", 0.002, &wait);
	else
		printf("13   longest wait of a key: our program gave no answer at %s\n", size->name);
	remove_talks(folder, repository);
}

static void run_rows(const struct bench *bench)
{
	for (size_t i = 0; i < bench->size_count; i++) {
		const struct bench_size *const size = &bench->sizes[i];

		if (bench_wants(bench, "12") && bench->program && size->bytes >= 1000000)
			type_while_written(bench, size);
		if (bench_wants(bench, "13") && size->bytes <= 10000000)
			race_git(bench, size);
		if (bench_wants(bench, "13") && bench->program && size->bytes <= 10000000)
			type_while_committed(bench, size);
	}
}

const struct bench_row bench_row_save = {"12,13", "saving, and keys meanwhile", run_rows};
