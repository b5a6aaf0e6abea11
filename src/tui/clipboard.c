/* OSC 52: bytes in base 64 between an introducer and BEL. */
#include "tui/clipboard.h"

static void put_base64(struct bk_buf *out, struct bk_str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.len; i += 3) {
		uint32_t word = 0;
		for (size_t j = 0; j < 3; j++)
			word = word << 8 | (i + j < bytes.len ? (unsigned char)bytes.ptr[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			bk_buf_putc(out, i + j > bytes.len ? '=' : digits[word >> (18 - 6 * j) & 63]);
	}
}

void bk_clipboard_put(struct bk_buf *out, struct bk_str bytes)
{
	bk_buf_puts(out, "\033]52;c;");
	put_base64(out, bytes);
	bk_buf_puts(out, "\a");
}
