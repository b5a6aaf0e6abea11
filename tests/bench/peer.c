/* Pseudo-terminals with editors in them. */
#include "peer.h"
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TEXT_END = SCREEN_ROWS - 3,   /* status lines are below */
	PANE_FROM = SCREEN_COLS - 57, /* our side pane */
	MARKS = 2,		      /* our marks at the left, which come with the counts */
};

const struct peer_editor peer_editors[] = {
	{"vis", "vis", {NULL}, "i", "\x1b", ":w!\r", {0, TEXT_END, 0, SCREEN_COLS}},
	{"vim", "vim", {"--clean", "-n", NULL}, "i", "\x1b", ":w!\r", {0, TEXT_END, 0, SCREEN_COLS}},
	{"nano", "nano", {"-I", NULL}, "", "", "\x0f\r", {1, TEXT_END, 0, SCREEN_COLS}},
	{"kakoune", "kak", {"-n", NULL}, "i", "\x1b", ":write!\r", {0, TEXT_END, 0, SCREEN_COLS}},
};
const size_t peer_editor_count = sizeof peer_editors / sizeof *peer_editors;
const struct peer_editor peer_ours = {
	"bracked", NULL, {NULL}, "", "", "\x0f", {1, TEXT_END, MARKS, PANE_FROM}};

static const double patience = 30; /* seconds for one answer */

/* An empty home for each start: no person's settings, and nothing left by a start that was ended. */
static bool make_home(struct peer *peer)
{
	snprintf(peer->home, sizeof peer->home, "/tmp/bracked-bench-home-XXXXXX");
	return mkdtemp(peer->home) != NULL;
}

static void remove_home(const struct peer *peer)
{
	const pid_t child = fork();

	if (child == 0) {
		execlp("rm", "rm", "-rf", "--", peer->home, (char *)NULL);
		_exit(127);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

static void set_surroundings(const struct peer *peer)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("HOME", peer->home, 1);
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("DISPLAY");
}

bool peer_start(struct peer *peer, const struct peer_editor *editor, const char *file)
{
	const struct winsize size = {.ws_row = SCREEN_ROWS, .ws_col = SCREEN_COLS};
	const char *arguments[10];
	size_t count = 0;

	arguments[count++] = editor->program;
	for (size_t i = 0; editor->arguments[i]; i++)
		arguments[count++] = editor->arguments[i];
	arguments[count++] = file;
	arguments[count] = NULL;
	*peer = (struct peer){.editor = editor};
	screen_init(&peer->screen);
	if (!make_home(peer))
		return false;
	peer->started = bench_now();
	peer->pid = forkpty(&peer->fd, NULL, NULL, &size);
	if (peer->pid < 0)
		return false;
	if (peer->pid == 0) {
		set_surroundings(peer);
		execvp(editor->program, (char *const *)(void *)arguments);
		_exit(127);
	}
	fcntl(peer->fd, F_SETFD, FD_CLOEXEC);
	return true;
}

/* Read what comes within seconds; the number of bytes, 0 when none came, below 0 when it has ended. */
static ssize_t read_some(struct peer *peer, char *bytes, size_t room, double seconds)
{
	struct pollfd ready = {.fd = peer->fd, .events = POLLIN};
	const struct timespec wait = {
		.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
	ssize_t got;

	if (ppoll(&ready, 1, &wait, NULL) <= 0)
		return 0;
	got = read(peer->fd, bytes, room);
	if (got <= 0)
		return got < 0 && errno == EAGAIN ? 0 : -1;
	peer->bytes += (size_t)got;
	screen_take(&peer->screen, bytes, (size_t)got);
	return got;
}

double peer_settle(struct peer *peer, double seconds)
{
	char bytes[65536];
	double last = 0;

	while (read_some(peer, bytes, sizeof bytes, seconds) > 0)
		last = bench_now();
	return last;
}

/* The first words of every generated text, which no status line shows. */
static const char first_words[] = "Article 1";

bool peer_ready(struct peer *peer, double still)
{
	char bytes[65536];
	bool shown = false;

	while (bench_now() - peer->started < patience) {
		const ssize_t got = read_some(peer, bytes, sizeof bytes, shown ? still : patience);

		if (got < 0)
			return false;
		if (got == 0)
			return shown;
		shown = shown || screen_holds(&peer->screen, peer->editor->text, first_words);
	}
	return false;
}

bool peer_shows(struct peer *peer, const struct screen *wanted, struct screen_part part, double *seconds)
{
	char bytes[65536];

	while (!screen_same(&peer->screen, wanted, part)) {
		if (bench_now() - peer->started > patience)
			return false;
		if (read_some(peer, bytes, sizeof bytes, patience) <= 0)
			return false;
		*seconds = bench_now() - peer->started;
	}
	return true;
}

bool peer_moves(struct peer *peer, const char *keys, int row, double *seconds)
{
	const double start = bench_now();
	char bytes[65536];

	if (write(peer->fd, keys, strlen(keys)) != (ssize_t)strlen(keys))
		return false;
	while (bench_now() - start < patience) {
		const bool there = peer->screen.row == row;
		const ssize_t got = read_some(peer, bytes, sizeof bytes, there ? 0.001 : patience);

		if (got <= 0)
			return got == 0 && there;
		*seconds = bench_now() - start;
	}
	return false;
}

bool peer_key(struct peer *peer, const char *keys, double *seconds, size_t *bytes)
{
	const double start = bench_now();
	const size_t before = peer->bytes;
	char answer[65536];

	if (write(peer->fd, keys, strlen(keys)) != (ssize_t)strlen(keys))
		return false;
	if (read_some(peer, answer, sizeof answer, patience) <= 0)
		return false;
	*seconds = bench_now() - start;
	while (read_some(peer, answer, sizeof answer, 0.004) > 0)
		*seconds = bench_now() - start;
	*bytes = peer->bytes - before;
	return true;
}

static bool stands_elsewhere(const struct peer *peer, const struct peer_place *place)
{
	const struct screen *screen = &peer->screen;

	return screen->row < TEXT_END && (screen->row != place->row || screen->col != place->col);
}

bool peer_types(struct peer *peer, char letter, struct peer_place *place, double *seconds)
{
	const double start = bench_now();
	char answer[65536];

	if (write(peer->fd, &letter, 1) != 1)
		return false;
	while (!stands_elsewhere(peer, place))
		if (read_some(peer, answer, sizeof answer, patience) <= 0)
			return false;
	*seconds = bench_now() - start;
	while (read_some(peer, answer, sizeof answer, 0.004) > 0)
		;
	*place = (struct peer_place){peer->screen.row, peer->screen.col};
	return true;
}

void peer_end(struct peer *peer)
{
	kill(peer->pid, SIGKILL);
	waitpid(peer->pid, NULL, 0);
	close(peer->fd);
	remove_home(peer);
}
