/* A stack of our own for the main thread, whose signals and terminal stay its affair. */
#ifndef BRACKED_BASE_STACK_H
#define BRACKED_BASE_STACK_H

/*
 * Run a function on a stack of BK_THREAD_STACK bytes, as threads have, whatever `ulimit -s` leaves the main thread:
 * one that a limit ends has no message to give.  Where the limit leaves it as much, its own stack is taken.  For the
 * main thread; not from within another such run.
 *
 * BK_OK with what the function returned; BK_ENOMEM where there is no such stack to be had: it has not run.
 */
int bk_stack_run(int (*run)(void *context), void *context, int *returned);

#endif
