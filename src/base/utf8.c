/*
 * The door to utf8proc and wcwidth: decoding, grapheme clusters, widths, case folding, categories.
 *
 * Widths come from glibc's tables for C.UTF-8, whatever locale the person has set, so that the same text is
 * laid out alike everywhere; where that locale cannot be had, from utf8proc's.  What must not be shown as it
 * is stands in visible.c.
 */
#include "base/utf8.h"

#include <locale.h>
#include <pthread.h>
#include <utf8proc.h>
#include <wchar.h>

#define CLUSTER_LIMIT ((size_t)256) /* bytes */
#define HIGH_BITS     UINT64_C(0x8080808080808080)

/* ---- Decoding ---------------------------------------------------------------------------------- */

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* The bytes that a lead byte asks for, its own bits, and the least code point that needs so many. */
static size_t lead(unsigned char byte, uint32_t *bits, uint32_t *least)
{
	if (byte >= 0xC2 && byte < 0xE0) {
		*bits = byte & 0x1F;
		*least = 0x80;
		return 2;
	}
	if (byte >= 0xE0 && byte < 0xF0) {
		*bits = byte & 0x0F;
		*least = 0x800;
		return 3;
	}
	if (byte >= 0xF0 && byte < 0xF5) {
		*bits = byte & 0x07;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

uint32_t bk_utf8_decode(struct bk_str string, size_t *size)
{
	const unsigned char first = (unsigned char)string.ptr[0];
	uint32_t code = first, least = 0;
	size_t need;

	*size = 1;
	if (first < 0x80)
		return code;
	need = lead(first, &code, &least);
	if (need == 0 || need > string.len)
		return BK_UTF8_BAD;
	for (size_t i = 1; i < need; i++) {
		if (!is_continuation(string.ptr[i]))
			return BK_UTF8_BAD;
		code = code << 6 | ((unsigned char)string.ptr[i] & 0x3F);
	}
	if (code < least || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		return BK_UTF8_BAD;
	*size = need;
	return code;
}

/* The code point that ends at the end of string (len > 0). */
static uint32_t decode_last(struct bk_str string, size_t *size)
{
	for (size_t len = 1; len <= 4 && len <= string.len; len++) {
		size_t used;
		const uint32_t code = bk_utf8_decode(bk_str_skip(string, string.len - len), &used);

		if (code != BK_UTF8_BAD && used == len) {
			*size = len;
			return code;
		}
	}
	*size = 1;
	return BK_UTF8_BAD;
}

size_t bk_utf8_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

static uint64_t word_at(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof word);
	return word;
}

/* How many ASCII bytes string begins with: 32 at a time, then 8, then one. */
static size_t ascii_prefix(struct bk_str string)
{
	const char *bytes = string.ptr;
	size_t at = 0;

	while (string.len - at >= 32) {
		const uint64_t any = word_at(bytes + at) | word_at(bytes + at + 8) |
				     word_at(bytes + at + 16) | word_at(bytes + at + 24);

		if (any & HIGH_BITS)
			break;
		at += 32;
	}
	while (string.len - at >= 8 && !(word_at(bytes + at) & HIGH_BITS))
		at += 8;
	while (at < string.len && (unsigned char)bytes[at] < 0x80)
		at++;
	return at;
}

size_t bk_utf8_valid_prefix(struct bk_str string)
{
	size_t at = 0;

	while (at < string.len) {
		size_t size;

		if ((unsigned char)string.ptr[at] < 0x80) {
			at += ascii_prefix(bk_str_skip(string, at));
			continue;
		}
		if (bk_utf8_decode(bk_str_skip(string, at), &size) == BK_UTF8_BAD)
			return at;
		at += size;
	}
	return at;
}

void bk_utf8_put_valid(struct bk_buf *buf, struct bk_str string)
{
	while (string.len) {
		const size_t good = bk_utf8_valid_prefix(string);

		bk_buf_put(buf, string.ptr, good);
		if (good < string.len)
			bk_buf_puts(buf, "\xEF\xBF\xBD");
		string = bk_str_skip(string, good + 1);
	}
}

/* ---- Clusters ---------------------------------------------------------------------------------- */

size_t bk_utf8_cluster(struct bk_str string)
{
	utf8proc_int32_t state = 0;
	uint32_t before;
	size_t at, size;

	if ((unsigned char)string.ptr[0] < 0x80) {
		if (string.len == 1)
			return 1;
		if ((unsigned char)string.ptr[1] < 0x80)
			return string.ptr[0] == '\r' && string.ptr[1] == '\n' ? 2 : 1;
	}
	before = bk_utf8_decode(string, &at);
	while (before != BK_UTF8_BAD && at < string.len) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(string, at), &size);

		if (code == BK_UTF8_BAD || at + size > CLUSTER_LIMIT ||
			utf8proc_grapheme_break_stateful(
				(utf8proc_int32_t)before, (utf8proc_int32_t)code, &state))
			break;
		at += size;
		before = code;
	}
	return at;
}

/* Is there a border between the two for certain, whatever stands before them? */
static bool breaks_for_certain(uint32_t before, uint32_t code)
{
	if (before == BK_UTF8_BAD || code == BK_UTF8_BAD)
		return true;
	if (before < 0x80 && code < 0x80)
		return before != '\r' || code != '\n';
	/* Emoji after a joiner and pairs of regional indicators hang on more than their neighbour. */
	if (utf8proc_get_property((utf8proc_int32_t)code)->boundclass ==
		UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
		return false;
	if (before == 0x200D)
		return false;
	return utf8proc_grapheme_break((utf8proc_int32_t)before, (utf8proc_int32_t)code);
}

size_t bk_utf8_last_cluster(struct bk_str string)
{
	size_t size, border;
	uint32_t code = decode_last(string, &size);

	border = string.len - size;
	while (border > 0) {
		const uint32_t before = decode_last((struct bk_str){string.ptr, border}, &size);

		if (breaks_for_certain(before, code))
			break;
		border -= size;
		code = before;
	}
	for (;;) {
		const size_t next = border + bk_utf8_cluster(bk_str_skip(string, border));

		if (next >= string.len)
			return border;
		border = next;
	}
}

/* CR LF pairs among ASCII bytes. */
static size_t count_pairs(struct bk_str string)
{
	size_t count = 0, at = 0;

	while ((at += bk_str_find(bk_str_skip(string, at), '\r')) < string.len) {
		count += at + 1 < string.len && string.ptr[at + 1] == '\n';
		at++;
	}
	return count;
}

size_t bk_utf8_count_clusters(struct bk_str string)
{
	size_t count = 0;

	while (string.len) {
		size_t ascii = ascii_prefix(string);

		/* The last ASCII byte may be the base of what follows it. */
		if (ascii < string.len && ascii > 0)
			ascii--;
		if (ascii > 0 && string.ptr[ascii - 1] == '\r' && ascii < string.len)
			ascii--;
		if (ascii > 0) {
			count += ascii - count_pairs((struct bk_str){string.ptr, ascii});
			string = bk_str_skip(string, ascii);
			continue;
		}
		count++;
		string = bk_str_skip(string, bk_utf8_cluster(string));
	}
	return count;
}

/* ---- Widths ------------------------------------------------------------------------------------ */

static locale_t width_locale;

static void open_width_locale(void)
{
	width_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static int code_width(uint32_t code)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	locale_t own;
	int width;

	if (code < 0x80)
		return 1;
	pthread_once(&once, open_width_locale);
	if (!width_locale)
		return utf8proc_charwidth((utf8proc_int32_t)code);
	own = uselocale(width_locale);
	width = wcwidth((wchar_t)code);
	uselocale(own);
	return width < 0 ? 1 : width; /* unassigned here: a terminal shows a box */
}

int bk_utf8_width(struct bk_str cluster)
{
	uint32_t before = 0;
	int cells = 0, marks = 0;
	char mark[16];

	while (cluster.len) {
		size_t size;
		const uint32_t code = bk_utf8_decode(cluster, &size);

		before = bk_utf8_hidden(code, before, 0) ? BK_UTF8_BAD : code;
		if (code == '\t' || code == '\n' || before == BK_UTF8_BAD)
			marks += (int)bk_utf8_mark(code, (unsigned char)cluster.ptr[0], mark);
		else
			cells += code_width(code);
		cluster = bk_str_skip(cluster, size);
	}
	return marks + (cells > 2 ? 2 : cells);
}

size_t bk_utf8_string_width(struct bk_str string)
{
	size_t cells = 0;

	while (string.len) {
		const size_t size = bk_utf8_cluster(string);

		if (size == 1 && string.ptr[0] >= ' ' && string.ptr[0] < 0x7F)
			cells++;
		else
			cells += (size_t)bk_utf8_width((struct bk_str){string.ptr, size});
		string = bk_str_skip(string, size);
	}
	return cells;
}

/* ---- Case and categories --------------------------------------------------------------------------- */

static void put_folded(struct bk_buf *buf, struct bk_str string, utf8proc_option_t options)
{
	while (string.len) {
		utf8proc_int32_t folded[8];
		utf8proc_ssize_t count;
		char encoded[4];
		size_t size;
		const uint32_t code = bk_utf8_decode(string, &size);

		if (code < 0x80) {
			bk_buf_putc(buf, bk_to_lower((char)code));
		} else {
			count = code == BK_UTF8_BAD ? -1
						    : utf8proc_decompose_char((utf8proc_int32_t)code, folded,
							      8, options, NULL);
			if (count < 0 || count > 8)
				bk_buf_put(buf, string.ptr, size);
			for (utf8proc_ssize_t i = 0; i < count && count <= 8; i++)
				bk_buf_put(buf, encoded, bk_utf8_encode((uint32_t)folded[i], encoded));
		}
		string = bk_str_skip(string, size);
	}
}

void bk_utf8_put_folded(struct bk_buf *buf, struct bk_str string)
{
	put_folded(buf, string, UTF8PROC_CASEFOLD);
}

void bk_utf8_put_folded_apart(struct bk_buf *buf, struct bk_str string)
{
	put_folded(buf, string, UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE);
}

struct bk_str bk_utf8_composed(struct bk_str word, char room[256])
{
	static const utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_STABLE;
	utf8proc_int32_t codes[64];
	utf8proc_ssize_t count = utf8proc_decompose(
		(const utf8proc_uint8_t *)word.ptr, (utf8proc_ssize_t)word.len, codes, 64, options);
	size_t len = 0;

	if (count < 0 || count > 64)
		return word;
	count = utf8proc_normalize_utf32(codes, count, options);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		len += bk_utf8_encode((uint32_t)codes[i], room + len);
	return (struct bk_str){room, len};
}

static utf8proc_category_t category(uint32_t code)
{
	return code > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)code);
}

bool bk_utf8_is_letter(uint32_t code)
{
	if (code < 0x80)
		return bk_is_alpha((char)code);
	return category(code) >= UTF8PROC_CATEGORY_LU && category(code) <= UTF8PROC_CATEGORY_LO;
}

bool bk_utf8_is_upper(uint32_t code)
{
	if (code < 0x80)
		return bk_is_upper((char)code);
	return category(code) == UTF8PROC_CATEGORY_LU || category(code) == UTF8PROC_CATEGORY_LT;
}

bool bk_utf8_is_digit(uint32_t code)
{
	return code < 0x80 ? bk_is_digit((char)code) : category(code) == UTF8PROC_CATEGORY_ND;
}

bool bk_utf8_is_space(uint32_t code)
{
	return code < 0x80 ? bk_is_space((char)code) : category(code) == UTF8PROC_CATEGORY_ZS;
}

bool bk_utf8_is_mark(uint32_t code)
{
	return code >= 0x300 && category(code) >= UTF8PROC_CATEGORY_MN &&
	       category(code) <= UTF8PROC_CATEGORY_ME;
}

uint32_t bk_utf8_to_upper(uint32_t code)
{
	return code > 0x10FFFF ? code : (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}

uint32_t bk_utf8_to_lower(uint32_t code)
{
	return code > 0x10FFFF ? code : (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}
