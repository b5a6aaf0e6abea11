/* Threads of our own. */
#ifndef BRACKED_BASE_THREAD_H
#define BRACKED_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Bytes of a thread's stack, whatever a limit leaves the main thread's.  What is not written costs nothing. */
#define BK_THREAD_STACK ((size_t)8 << 20)

/*
 * Start a thread that takes no signals, which are the main thread's affair.  Those that say a program has crashed
 * stay open: whoever brings a terminal back must hear of a crash in any thread, and does so on the thread's own
 * stack.  It begins on another processor than ours where there is one.  The caller joins or detaches it.  False
 * when no thread can be had.
 */
bool bk_thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
