/*
 * A growing run of bytes.
 *
 * Invariant: bytes[len] is NUL whenever bytes is not NULL.
 * A failed append sets `failed` and changes nothing else; later appends then do
 * nothing, so a series of appends needs one check at its end:
 *
 *	bk_buf_puts(&buf, a);
 *	bk_buf_puts(&buf, b);
 *	if (buf.failed) ...
 */
#ifndef BRACKED_BASE_BUF_H
#define BRACKED_BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>

struct bk_buf {
	char *bytes;
	size_t len;
	size_t cap;
	bool failed;
};

#define BK_BUF_INIT                                                                                          \
	{                                                                                                    \
		NULL, 0, 0, false                                                                            \
	}

void bk_buf_put(struct bk_buf *buf, const char *bytes, size_t len);
void bk_buf_puts(struct bk_buf *buf, const char *string);
void bk_buf_putc(struct bk_buf *buf, char c);
void bk_buf_put_str(struct bk_buf *buf, struct bk_str string);
void bk_buf_fill(struct bk_buf *buf, char c, size_t count);
void bk_buf_printf(struct bk_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bk_buf_vprintf(struct bk_buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Put len bytes at offset pos (<= buf->len), moving the rest. */
void bk_buf_insert(struct bk_buf *buf, size_t pos, const char *bytes, size_t len);
/* Remove len bytes at offset pos; both must lie inside. */
void bk_buf_remove(struct bk_buf *buf, size_t pos, size_t len);
/* Make room for `more` bytes beyond len. */
void bk_buf_reserve(struct bk_buf *buf, size_t more);

struct bk_str bk_buf_str(const struct bk_buf *buf);
/* The bytes as a C string, "" when empty.  Borrowed until the next change. */
const char *bk_buf_string(const struct bk_buf *buf);
/* BK_OK, or BK_ENOMEM with its message when an append has failed. */
int bk_buf_status(const struct bk_buf *buf);

/* Hand the bytes (NUL-terminated, bk_free) to the caller and empty buf; NULL when it has failed or memory
 * runs out. */
char *bk_buf_detach(struct bk_buf *buf, size_t *len);
/* Empty, keeping the memory; also clears `failed`. */
void bk_buf_clear(struct bk_buf *buf);
void bk_buf_release(struct bk_buf *buf);

#endif
