/* Signals for the screen. */
#include "tui/signals.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static int write_end = -1, read_end = -1;
static struct termios before_termios;
static char reset_bytes[512];
static size_t reset_len;
static void (*crash_hook)(void);
static struct sigaction before_actions[NSIG];
static char crash_stack[65536];

static const int loop_signals[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGABRT};

static void on_signal(int number)
{
	const int saved = errno;
	const unsigned char byte = (unsigned char)number;
	const ssize_t written = write(write_end, &byte, 1);
	(void)written;
	errno = saved;
}

static void on_crash(int number)
{
	const ssize_t written = write(STDOUT_FILENO, reset_bytes, reset_len);
	(void)written;
	tcsetattr(STDIN_FILENO, TCSANOW, &before_termios);
	if (crash_hook != NULL)
		crash_hook();
	signal(number, SIG_DFL);
	raise(number);
}

int bk_signals_take(void)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return bk_fail_errno(errno, "cannot make a pipe", "");
	read_end = ends[0];
	write_end = ends[1];
	const stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
	sigaltstack(&stack, NULL);
	const struct sigaction loop = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	const struct sigaction crash = {
		.sa_handler = on_crash, .sa_flags = (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER)};
	for (size_t i = 0; i < sizeof loop_signals / sizeof *loop_signals; i++)
		sigaction(loop_signals[i], &loop, &before_actions[loop_signals[i]]);
	for (size_t i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++)
		sigaction(crash_signals[i], &crash, &before_actions[crash_signals[i]]);
	signal(SIGPIPE, SIG_IGN);
	return BK_OK;
}

void bk_signals_give_back(void)
{
	if (read_end < 0)
		return;
	for (size_t i = 0; i < sizeof loop_signals / sizeof *loop_signals; i++)
		sigaction(loop_signals[i], &before_actions[loop_signals[i]], NULL);
	for (size_t i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++)
		sigaction(crash_signals[i], &before_actions[crash_signals[i]], NULL);
	close(read_end);
	close(write_end);
	read_end = write_end = -1;
}

int bk_signals_descriptor(void)
{
	return read_end;
}

int bk_signals_next(void)
{
	unsigned char number;
	return read(read_end, &number, 1) == 1 ? number : 0;
}

void bk_signals_stop(void)
{
	const struct sigaction stop = {.sa_handler = SIG_DFL};
	const struct sigaction loop = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	sigaction(SIGTSTP, &stop, NULL);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &loop, NULL);
}

void bk_signals_set_reset(const char *bytes, size_t len)
{
	reset_len = len < sizeof reset_bytes ? len : sizeof reset_bytes;
	memcpy(reset_bytes, bytes, reset_len);
	tcgetattr(STDIN_FILENO, &before_termios);
}

void bk_signals_set_crash(void (*hook)(void))
{
	crash_hook = hook;
}
