/*
 * Any bytes are UTF-8 or not, byte by byte: clusters cover them without a gap, walking back meets the same
 * borders, and what is made visible holds nothing that a terminal would obey.
 */
#include "fuzz.h"
#include "base/utf8.h"

enum { MAX_TEXT = 4096 };

static void check_codes(struct bk_str text)
{
	const size_t valid = bk_utf8_valid_prefix(text);
	size_t size, at;

	for (at = 0; at < valid; at += size) {
		char bytes[4];
		const uint32_t code = bk_utf8_decode(bk_str_skip(text, at), &size);

		stop_if(code == BK_UTF8_BAD, "the valid prefix holds no bad byte");
		stop_if(bk_utf8_encode(code, bytes) != size || memcmp(bytes, text.ptr + at, size) != 0,
			"a code point is encoded as it stood");
	}
	stop_if(at != valid, "the valid prefix ends between code points");
	stop_if(valid < text.len && bk_utf8_decode(bk_str_skip(text, valid), &size) != BK_UTF8_BAD,
		"a bad byte ends the valid prefix");
}

static void check_clusters(struct bk_str text)
{
	size_t at = 0, count = 0, width = 0, last = 0;

	while (at < text.len) {
		const size_t size = bk_utf8_cluster(bk_str_skip(text, at));

		stop_if(size == 0 || size > 256 || at + size > text.len, "a cluster has 1 to 256 bytes");
		stop_if(bk_utf8_width((struct bk_str){text.ptr + at, size}) < 0, "no width is negative");
		width += (size_t)bk_utf8_width((struct bk_str){text.ptr + at, size});
		last = at;
		at += size;
		count++;
	}
	stop_if(bk_utf8_count_clusters(text) != count, "clusters are counted as they are walked");
	stop_if(bk_utf8_string_width(text) != width, "a string is as wide as its clusters");
	stop_if(text.len && bk_utf8_last_cluster(text) != last,
		"the last cluster begins where the walk's did");
}

static void check_visible(struct bk_str text, bool keep_lines)
{
	struct bk_buf out = BK_BUF_INIT;
	uint32_t before = 0;

	bk_utf8_put_visible(&out, text, keep_lines);
	for (size_t at = 0, size; at < out.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bk_buf_str(&out), at), &size);

		stop_if(bk_utf8_hidden(code, before, 0), "nothing hides in what is shown");
		stop_if(!keep_lines && (code == '\n' || code == '\t'), "lines and tabs become marks");
		before = code;
	}
	bk_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bk_str text = {(const char *)data, size < MAX_TEXT ? size : MAX_TEXT};
	struct bk_buf once = BK_BUF_INIT;

	check_codes(text);
	check_clusters(text);
	check_visible(text, false);
	check_visible(text, true);
	bk_utf8_put_valid(&once, text);
	stop_if(bk_utf8_valid_prefix(bk_buf_str(&once)) != once.len, "replaced bytes leave valid text");
	bk_buf_clear(&once);
	bk_utf8_put_folded(&once, text);
	bk_buf_release(&once);
	return 0;
}
