/* Growing bytes with one sticky failure flag. */
#include "base/buf.h"
#include "base/alloc.h"
#include "base/error.h"

#include <stdio.h>

static bool has_room(const struct bk_buf *buf, size_t more)
{
	return more < buf->cap - buf->len; /* and the NUL behind */
}

void bk_buf_reserve(struct bk_buf *buf, size_t more)
{
	size_t need, cap;
	char *bytes;

	if (buf->failed || has_room(buf, more))
		return;
	if (!bk_size_add(buf->len, more, &need) || !bk_size_add(need, 1, &need)) {
		buf->failed = true;
		return;
	}
	cap = buf->cap < 32 ? 32 : buf->cap + buf->cap / 2;
	if (cap < need)
		cap = need;
	bytes = bk_realloc(buf->bytes, cap);
	if (!bytes) {
		buf->failed = true;
		return;
	}
	bytes[buf->len] = '\0';
	buf->bytes = bytes;
	buf->cap = cap;
}

void bk_buf_put(struct bk_buf *buf, const char *bytes, size_t len)
{
	bk_buf_reserve(buf, len);
	if (buf->failed || !len)
		return;
	memcpy(buf->bytes + buf->len, bytes, len);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

void bk_buf_puts(struct bk_buf *buf, const char *string)
{
	bk_buf_put(buf, string, strlen(string));
}

void bk_buf_putc(struct bk_buf *buf, char c)
{
	if (buf->failed || !has_room(buf, 1)) {
		bk_buf_put(buf, &c, 1);
		return;
	}
	buf->bytes[buf->len++] = c;
	buf->bytes[buf->len] = '\0';
}

void bk_buf_put_str(struct bk_buf *buf, struct bk_str string)
{
	bk_buf_put(buf, string.ptr, string.len);
}

void bk_buf_fill(struct bk_buf *buf, char c, size_t count)
{
	bk_buf_reserve(buf, count);
	if (buf->failed)
		return;
	memset(buf->bytes + buf->len, c, count);
	buf->len += count;
	buf->bytes[buf->len] = '\0';
}

void bk_buf_vprintf(struct bk_buf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		buf->failed = true;
	else
		bk_buf_reserve(buf, (size_t)len);
	if (buf->failed)
		return;
	vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, args);
	buf->len += (size_t)len;
}

void bk_buf_printf(struct bk_buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	bk_buf_vprintf(buf, format, args);
	va_end(args);
}

void bk_buf_insert(struct bk_buf *buf, size_t pos, const char *bytes, size_t len)
{
	bk_buf_reserve(buf, len);
	if (buf->failed || !len)
		return;
	memmove(buf->bytes + pos + len, buf->bytes + pos, buf->len - pos + 1);
	memcpy(buf->bytes + pos, bytes, len);
	buf->len += len;
}

void bk_buf_remove(struct bk_buf *buf, size_t pos, size_t len)
{
	if (buf->failed || !len)
		return;
	memmove(buf->bytes + pos, buf->bytes + pos + len, buf->len - pos - len + 1);
	buf->len -= len;
}

struct bk_str bk_buf_str(const struct bk_buf *buf)
{
	return (struct bk_str){bk_buf_string(buf), buf->len};
}

const char *bk_buf_string(const struct bk_buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}

int bk_buf_status(const struct bk_buf *buf)
{
	return buf->failed ? bk_fail_memory() : BK_OK;
}

char *bk_buf_detach(struct bk_buf *buf, size_t *len)
{
	char *bytes;

	bk_buf_reserve(buf, 0);
	if (buf->failed)
		return NULL;
	bytes = buf->bytes;
	if (len)
		*len = buf->len;
	*buf = (struct bk_buf)BK_BUF_INIT;
	return bytes;
}

void bk_buf_clear(struct bk_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

void bk_buf_release(struct bk_buf *buf)
{
	bk_free(buf->bytes);
	*buf = (struct bk_buf)BK_BUF_INIT;
}
