/*
 * Child processes: an argument vector, never a shell.
 */
#ifndef BRACKED_BASE_PROCESS_H
#define BRACKED_BASE_PROCESS_H

#include "base/buf.h"

#include <bracked/error.h>

struct bk_process {
	const char *const *argv;	/* NULL-terminated; argv[0] is looked up in PATH */
	const char *const *environment; /* NULL-terminated "NAME=value" added to ours; may be NULL */
	const char *folder;		/* working folder; NULL: ours */
	struct bk_str input;		/* given on its standard input */
	unsigned milliseconds;		/* killed after so long; 0: no limit */
	size_t output_limit;		/* BK_ETOOBIG beyond; 0: 64 MiB */
};

/*
 * Run to the end; what it prints goes to *out and *err (either may be NULL: discarded).
 * BK_OK with the exit status (128 + n for a signal) in *status; BK_ENOTFOUND when there is no such program;
 * BK_ELIMIT on time-out.
 */
int bk_process_run(const struct bk_process *process, struct bk_buf *out, struct bk_buf *err, int *status);

/* Split a command such as EDITOR or PAGER into words by the quoting of sh ('..', "..", \), without expanding
 * anything. *out is a NULL-terminated vector, one bk_free for all.  BK_EINVAL for an open quote. */
int bk_process_split(char ***out, const char *command);

/* Start with standard input from a pipe (*descriptor to write to) and our own output and terminal: a pager.
 * *pid for bk_process_wait. */
int bk_process_start_pager(char *const *argv, int *descriptor, int *pid);
int bk_process_wait(int pid, int *status);

#endif
