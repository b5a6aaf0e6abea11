/*
 * Raising failures.  The place that finds a fault calls bk_fail once; callers
 * above pass the code on and leave the message alone.
 */
#ifndef BRACKED_BASE_ERROR_H
#define BRACKED_BASE_ERROR_H

#include <bracked/error.h>

/* Bytes of the longest message, its NUL included. */
#define BK_ERROR_MESSAGE 1024

/*
 * Set the message of this thread and return status.  A longer one is cut, between characters.  The message as it
 * is now must not be among the arguments: bk_error_keep.
 */
int bk_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copy the message to where what fails meanwhile does not reach it; bk_fail(status, "%s", kept) sets it again. */
void bk_error_keep(char kept[BK_ERROR_MESSAGE]);

/* bk_fail(BK_ENOMEM, "out of memory"), without allocating. */
int bk_fail_memory(void);

/* Set "what 'subject': <text of errno>" and return BK_EIO (BK_ENOMEM for ENOMEM, BK_ENOTFOUND for ENOENT). */
int bk_fail_errno(int error, const char *what, const char *subject);

#endif
