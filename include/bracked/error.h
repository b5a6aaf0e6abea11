/*
 * Status codes and the message of the last failure.
 *
 * Every function of the library that can fail returns an int: BK_OK, or one
 * of the negative codes below.  Functions name the codes their callers should
 * expect.  When a function fails, its out-parameters and every object it was
 * given are as they were before the call.
 *
 * Odd text is never a failure: a draft can hold any bytes whatever.
 */
#ifndef BRACKED_ERROR_H
#define BRACKED_ERROR_H

#ifdef __cplusplus
#define BK_API extern "C" __attribute__((visibility("default")))
#else
#define BK_API __attribute__((visibility("default")))
#endif

enum bk_status {
	BK_OK = 0,
	BK_ENOMEM = -1,	      /* memory ran out, or a size does not fit in size_t */
	BK_EINVAL = -2,	      /* what the caller or the user asked for makes no sense */
	BK_ERANGE = -3,	      /* an offset, line or number lies outside the text */
	BK_ENOTFOUND = -4,    /* no such bracket, party, revision, file ... */
	BK_EEXISTS = -5,      /* already there */
	BK_EAMBIGUOUS = -6,   /* several things match a short name */
	BK_EIO = -7,	      /* the operating system refused: open, read, write ... */
	BK_ECHANGED = -8,     /* somebody else changed the file or the ref meanwhile */
	BK_ELOCKED = -9,      /* somebody else has it open */
	BK_ETOOBIG = -10,     /* over a limit that protects the user */
	BK_EFORMAT = -11,     /* a ledger, journal or configuration file is malformed */
	BK_EGIT = -12,	      /* git refused */
	BK_ELIMIT = -13,      /* a search gave up at its limits: the answer is incomplete */
	BK_ENOREPO = -14,     /* the file lies in no git repository */
	BK_ENOIDENTITY = -15, /* git knows no name and e-mail to commit with */
};

/*
 * The message of the last failure on this thread: lower case, no full stop,
 * what failed first, its subject in 'quotes', then what can be done about it.
 * It may hold bytes from files and names: show it through the output filter.
 * Borrowed until the next failure on this thread; "" when nothing has failed.
 */
BK_API const char *bk_error_message(void);

/* The name of a status code in words, for logs and tests: "not found".  Static. */
BK_API const char *bk_status_name(int status);

#endif
