/*
 * Raising failures.  The place that finds a fault calls bk_fail once; callers
 * above pass the code on and leave the message alone.
 */
#ifndef BRACKED_BASE_ERROR_H
#define BRACKED_BASE_ERROR_H

#include <bracked/error.h>

/* Set the message of this thread and return status.  Messages are cut at 1023 bytes. */
int bk_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* bk_fail(BK_ENOMEM, "out of memory"), without allocating. */
int bk_fail_memory(void);

/* Set "what 'subject': <text of errno>" and return BK_EIO (BK_ENOMEM for ENOMEM, BK_ENOTFOUND for ENOENT). */
int bk_fail_errno(int error, const char *what, const char *subject);

#endif
