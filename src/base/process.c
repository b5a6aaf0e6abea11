/*
 * Child processes by posix_spawn: an argument vector, pipes that are read and written together, a time-out
 * that kills the whole process group.
 */
#include "base/process.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_LIMIT ((size_t)64 << 20)

extern char **environ;

/* One of the child's three streams: our end, and what goes through it. */
struct stream {
	int ours, theirs;
	struct bk_buf *into; /* for output; NULL: thrown away */
};

struct running {
	const struct bk_process *process;
	struct stream streams[3];
	struct bk_str input; /* what is left of it */
	pid_t pid;
	bool gone; /* reaped */
	int code;  /* of waitpid */
	long long deadline;
};

static long long milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_one(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

/* ---- Starting ------------------------------------------------------------------------------------------ */

/* A pipe for the stream, or /dev/null; our end does not block. */
static int open_stream(struct stream *stream, bool input, bool wanted)
{
	int ends[2];

	if (!wanted) {
		stream->theirs = open("/dev/null", (input ? O_RDONLY : O_WRONLY) | O_CLOEXEC);
		return stream->theirs < 0 ? bk_fail_errno(errno, "opening", "/dev/null") : BK_OK;
	}
	if (pipe2(ends, O_CLOEXEC) < 0)
		return bk_fail_errno(errno, "making a pipe for", "a child process");
	stream->ours = ends[input ? 1 : 0];
	stream->theirs = ends[input ? 0 : 1];
	fcntl(stream->ours, F_SETFL, O_NONBLOCK);
	return BK_OK;
}

static bool same_name(const char *a, const char *b)
{
	const size_t len = strcspn(a, "=");

	return strncmp(a, b, len) == 0 && b[len] == '=';
}

/* Our environment with the added entries in place of those of the same name. */
static char **join_environment(const char *const *added)
{
	BK_VEC(char *) joined = BK_VEC_INIT;
	bool room = BK_VEC_RESERVE(&joined, 1);

	for (char **entry = environ; entry && *entry && room; entry++) {
		bool replaced = false;

		for (const char *const *add = added; add && *add; add++)
			replaced |= same_name(*add, *entry);
		room = replaced || BK_VEC_RESERVE(&joined, 2);
		if (!replaced && room)
			*BK_VEC_PUSH(&joined) = *entry;
	}
	for (const char *const *add = added; add && *add && room; add++) {
		room = BK_VEC_RESERVE(&joined, 2);
		if (room)
			*BK_VEC_PUSH(&joined) = (char *)*add;
	}
	if (!room) {
		BK_VEC_RELEASE(&joined);
		return NULL;
	}
	*BK_VEC_PUSH(&joined) = NULL;
	return joined.items;
}

static int spawn(
	pid_t *pid, char *const *argv, char **environment, posix_spawn_file_actions_t *actions, bool group)
{
	posix_spawnattr_t attributes;
	sigset_t none, all;
	short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	if (posix_spawnattr_init(&attributes) != 0)
		return bk_fail_memory();
	if (group)
		flags |= POSIX_SPAWN_SETPGROUP;
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, flags);
	error = posix_spawnp(pid, argv[0], actions, &attributes, argv, environment);
	posix_spawnattr_destroy(&attributes);
	return error ? bk_fail_errno(error, "starting", argv[0]) : BK_OK;
}

static int start(struct running *run)
{
	posix_spawn_file_actions_t actions;
	char **environment = join_environment(run->process->environment);
	int status = BK_OK, failed = 0;

	if (!environment)
		return bk_fail_memory();
	if (posix_spawn_file_actions_init(&actions) != 0) {
		bk_free(environment);
		return bk_fail_memory();
	}
	for (int i = 0; i < 3; i++)
		failed |= posix_spawn_file_actions_adddup2(&actions, run->streams[i].theirs, i);
	if (run->process->folder)
		failed |= posix_spawn_file_actions_addchdir_np(&actions, run->process->folder);
	status = failed ? bk_fail_memory()
			: spawn(&run->pid, (char *const *)run->process->argv, environment, &actions, true);
	posix_spawn_file_actions_destroy(&actions);
	bk_free(environment);
	return status;
}

/* ---- Running ------------------------------------------------------------------------------------------- */

/* Write without being killed when nobody reads: SIGPIPE is held back and taken away. */
static ssize_t write_quietly(int descriptor, struct bk_str bytes)
{
	const struct timespec now = {0};
	sigset_t pipe_only, pending, before;
	ssize_t put;
	int error;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	put = write(descriptor, bytes.ptr, bytes.len);
	error = errno;
	if (put < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
		while (sigtimedwait(&pipe_only, NULL, &now) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return put;
}

static void feed(struct running *run)
{
	struct stream *stream = &run->streams[0];
	const ssize_t put = write_quietly(stream->ours, run->input);

	if (put > 0)
		run->input = bk_str_skip(run->input, (size_t)put);
	else if (put < 0 && errno != EAGAIN && errno != EINTR)
		close_one(&stream->ours); /* the child has read all it wants */
	if (run->input.len == 0)
		close_one(&stream->ours);
}

static int drain(struct running *run, struct stream *stream)
{
	const size_t limit = run->process->output_limit ? run->process->output_limit : OUTPUT_LIMIT;
	char bytes[16384];

	for (;;) {
		const ssize_t got = read(stream->ours, bytes, sizeof bytes);

		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			return BK_OK;
		if (got <= 0) {
			close_one(&stream->ours);
			return BK_OK;
		}
		bk_buf_put(stream->into, bytes, (size_t)got);
		if (stream->into->failed)
			return bk_fail_memory();
		if (stream->into->len > limit)
			return bk_fail(BK_ETOOBIG, "'%s' printed more than %zu bytes: it was stopped",
				run->process->argv[0], limit);
	}
}

static bool reap(struct running *run, int options)
{
	pid_t got;

	if (run->gone)
		return true;
	do
		got = waitpid(run->pid, &run->code, options);
	while (got < 0 && errno == EINTR);
	run->gone = got != 0;
	return run->gone;
}

/* Wait for the streams until something can be done, for at most `wait` ms. */
static int turn(struct running *run, int wait)
{
	struct pollfd polls[3];
	int status = BK_OK;

	for (int i = 0; i < 3; i++)
		polls[i] = (struct pollfd){.fd = run->streams[i].ours, .events = i ? POLLIN : POLLOUT};
	if (poll(polls, 3, wait) < 0 && errno != EINTR)
		return bk_fail_errno(errno, "waiting for", run->process->argv[0]);
	if (run->streams[0].ours >= 0 && polls[0].revents)
		feed(run);
	for (int i = 1; i < 3 && status == BK_OK; i++)
		if (run->streams[i].ours >= 0)
			status = drain(run, &run->streams[i]);
	return status;
}

/*
 * Until the child is gone: a grandchild may keep the pipes open for ever, so their end is not waited for.
 * While pipes are open poll wakes us; after that the naps grow.
 */
static int attend(struct running *run)
{
	int nap = 1, status = BK_OK;

	while (status == BK_OK && !run->gone) {
		const bool open = run->streams[1].ours >= 0 || run->streams[2].ours >= 0;
		int wait = open ? 50 : nap;

		if (run->deadline) {
			const long long left = run->deadline - milliseconds_now();

			if (left <= 0)
				return bk_fail(BK_ELIMIT, "'%s' took more than %u ms: it was stopped",
					run->process->argv[0], run->process->milliseconds);
			wait = left < wait ? (int)left : wait;
		}
		if (!open && !run->deadline && run->streams[0].ours < 0)
			reap(run, 0);
		else
			status = turn(run, reap(run, WNOHANG) ? 0 : wait);
		nap = nap < 50 ? nap * 2 : 50;
	}
	return status == BK_OK ? turn(run, 0) : status; /* what it printed last */
}

static void stop(struct running *run)
{
	if (!run->gone && run->pid > 0) {
		kill(-run->pid, SIGKILL);
		kill(run->pid, SIGKILL);
		reap(run, 0);
	}
}

static int exit_status(int code)
{
	return WIFEXITED(code) ? WEXITSTATUS(code) : 128 + WTERMSIG(code);
}

int bk_process_run(const struct bk_process *process, struct bk_buf *out, struct bk_buf *err, int *status)
{
	struct running run = {.process = process, .input = process->input};
	struct bk_buf gathered[3] = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	int result = BK_OK;

	for (int i = 0; i < 3; i++)
		run.streams[i] = (struct stream){.ours = -1, .theirs = -1, .into = &gathered[i]};
	result = open_stream(&run.streams[0], true, process->input.len > 0);
	if (result == BK_OK)
		result = open_stream(&run.streams[1], false, out != NULL);
	if (result == BK_OK)
		result = open_stream(&run.streams[2], false, err != NULL);
	if (process->milliseconds)
		run.deadline = milliseconds_now() + process->milliseconds;
	if (result == BK_OK)
		result = start(&run);
	for (int i = 0; i < 3; i++)
		close_one(&run.streams[i].theirs);
	if (result == BK_OK)
		result = attend(&run);
	if (result != BK_OK)
		stop(&run);
	if (result == BK_OK) {
		if (out)
			bk_buf_put_str(out, bk_buf_str(&gathered[1]));
		if (err)
			bk_buf_put_str(err, bk_buf_str(&gathered[2]));
		*status = exit_status(run.code);
		if ((out && out->failed) || (err && err->failed))
			result = bk_fail_memory();
	}
	for (int i = 0; i < 3; i++) {
		close_one(&run.streams[i].ours);
		bk_buf_release(&gathered[i]);
	}
	return result;
}

/* ---- Pagers -------------------------------------------------------------------------------------------- */

int bk_process_start_pager(char *const *argv, int *descriptor, int *pid)
{
	posix_spawn_file_actions_t actions;
	int ends[2], status;
	pid_t child = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return bk_fail_errno(errno, "making a pipe for", argv[0]);
	if (posix_spawn_file_actions_init(&actions) != 0) {
		close(ends[0]);
		close(ends[1]);
		return bk_fail_memory();
	}
	if (posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO) != 0)
		status = bk_fail_memory();
	else
		status = spawn(&child, argv, environ, &actions, false);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	if (status != BK_OK) {
		close(ends[1]);
		return status;
	}
	*descriptor = ends[1];
	*pid = child;
	return BK_OK;
}

int bk_process_wait(int pid, int *status)
{
	int code;
	pid_t got;

	do
		got = waitpid(pid, &code, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return bk_fail_errno(errno, "waiting for", "a child process");
	*status = exit_status(code);
	return BK_OK;
}

/* ---- Words --------------------------------------------------------------------------------------------- */

/* Write the word at *command, unquoted, to out (NUL-terminated); *command goes behind
 * it.  False: an open quote. */
static bool take_word(const char **command, char **out)
{
	const char *at = *command;
	char quote = 0;

	for (; *at && (quote || !bk_is_space(*at)); at++) {
		if (quote ? *at == quote : *at == '\'' || *at == '"') {
			quote = quote ? 0 : *at;
			continue;
		}
		if (*at == '\\' && quote != '\'' && at[1] && (!quote || strchr("\\\"$`", at[1])))
			at++;
		*(*out)++ = *at;
	}
	*(*out)++ = '\0';
	*command = at;
	return !quote;
}

int bk_process_split(char ***out, const char *command)
{
	const size_t len = strlen(command);
	/* At most one word for two bytes, and no more bytes than the command has. */
	const size_t vector = (len / 2 + 2) * sizeof(char *);
	char **words = bk_malloc(vector + len + 2);
	char *bytes = (char *)words + vector;
	const char *at = command;
	size_t count = 0;

	if (!words)
		return bk_fail_memory();
	for (;;) {
		while (bk_is_space(*at))
			at++;
		if (!*at)
			break;
		words[count++] = bytes;
		if (!take_word(&at, &bytes)) {
			bk_free(words);
			return bk_fail(BK_EINVAL, "'%s' ends within a quotation: close it", command);
		}
	}
	words[count] = NULL;
	*out = words;
	return BK_OK;
}
