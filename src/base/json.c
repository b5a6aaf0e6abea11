/*
 * The door to jansson.
 *
 * jansson reads.  What is made here is text from the first key on, so that a line of an answer needs no tree of
 * values, which would be walked once and freed:
 *
 *	object   {"kind":"kept"   set "line"   {"kind":"kept","line":12   write   {"kind":"kept","line":12}
 *
 * Both hide behind `bk_json *`: the pointer to a value that is made has its lowest bit set; any other is jansson's.
 */
#include "base/json.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"

#include <assert.h>
#include <jansson.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#define SIZE_LIMIT ((size_t)64 << 20)

struct made {
	struct bk_buf text; /* but for what closes it */
	char close;
};

static struct made *made_of(const bk_json *value)
{
	return (uintptr_t)value & 1 ? (struct made *)((uintptr_t)value - 1) : NULL;
}

static json_t *value_of(const bk_json *value)
{
	assert(!made_of(value));
	return (json_t *)(uintptr_t)value;
}

static const bk_json *view_of(const json_t *value)
{
	return (const bk_json *)value;
}

static bk_json *make(char open, char close)
{
	struct made *made = bk_calloc(1, sizeof *made);

	if (!made)
		return NULL;
	made->close = close;
	bk_buf_putc(&made->text, open);
	return (bk_json *)((uintptr_t)made + 1);
}

bk_json *bk_json_object(void)
{
	return make('{', '}');
}

bk_json *bk_json_array(void)
{
	return make('[', ']');
}

void bk_json_free(bk_json *value)
{
	struct made *made = made_of(value);

	if (made) {
		bk_buf_release(&made->text);
		bk_free(made);
	} else {
		json_decref(value_of(value));
	}
}

/* ---- Strings ------------------------------------------------------------------------------------- */

/* The second character of the escape of a byte: 'u' for one by number, '?' for one that begins a separator. */
static const char escapes[256] = {
	[0 ... 7] = 'u',
	['\b'] = 'b',
	['\t'] = 't',
	['\n'] = 'n',
	['\v'] = 'u',
	['\f'] = 'f',
	['\r'] = 'r',
	[14 ... 0x1F] = 'u',
	['"'] = '"',
	['\\'] = '\\',
	[0xC2] = '?',
	[0xE2] = '?',
};

/* NEL and the separators of lines and paragraphs end a line for some who read JSON Lines: they are escaped. */
static const char *escaped_separator(struct bk_str text)
{
	static const char *const separators[][2] = {
		{"\xC2\x85", "\\u0085"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}};

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		if (bk_str_starts(text, bk_str_of(separators[i][0])))
			return separators[i][1];
	return NULL;
}

/* The escape of what text begins with; how many bytes of it that stands for, 0 where none is needed. */
static size_t find_escape(struct bk_str text, char escape[8])
{
	const unsigned char c = (unsigned char)text.ptr[0];
	const char *separator = escapes[c] == '?' ? escaped_separator(text) : NULL;

	if (separator)
		memcpy(escape, separator, strlen(separator) + 1);
	else if (escapes[c] == 'u')
		snprintf(escape, 8, "\\u%04X", c);
	else if (escapes[c] && escapes[c] != '?')
		memcpy(escape, (const char[]){'\\', escapes[c], 0}, 3);
	else
		return 0;
	return !separator ? 1 : c == 0xC2 ? 2 : 3;
}

static void put_valid(struct bk_buf *out, struct bk_str text)
{
	size_t done = 0;

	bk_buf_reserve(out, text.len + 2);
	bk_buf_putc(out, '"');
	for (size_t at = 0, size; at < text.len; at += size) {
		char escape[8];

		size = 1;
		if (!escapes[(unsigned char)text.ptr[at]])
			continue;
		size = find_escape(bk_str_skip(text, at), escape);
		if (size == 0) {
			size = 1;
			continue;
		}
		bk_buf_put(out, text.ptr + done, at - done);
		bk_buf_puts(out, escape);
		done = at + size;
	}
	bk_buf_put(out, text.ptr + done, text.len - done);
	bk_buf_putc(out, '"');
}

static void put_string(struct bk_buf *out, struct bk_str text)
{
	struct bk_buf valid = BK_BUF_INIT;

	if (bk_utf8_valid_prefix(text) == text.len) {
		put_valid(out, text);
		return;
	}
	bk_utf8_put_valid(&valid, text);
	put_valid(out, bk_buf_str(&valid));
	out->failed |= valid.failed;
	bk_buf_release(&valid);
}

/* ---- Making -------------------------------------------------------------------------------------- */

/* Where the next value goes: behind its key, or as one more of an array when key is NULL; NULL when memory ran out
 * for what it is put into. */
static struct bk_buf *begin(bk_json *into, const char *key)
{
	struct made *made = made_of(into);

	if (!made)
		return NULL;
	if (made->text.len > 1)
		bk_buf_putc(&made->text, ',');
	if (key) {
		put_valid(&made->text, bk_str_of(key));
		bk_buf_putc(&made->text, ':');
	}
	return &made->text;
}

/* Put what is text of JSON already. */
static void put_plain(bk_json *into, const char *key, struct bk_str plain)
{
	struct bk_buf *out = begin(into, key);

	if (out)
		bk_buf_put_str(out, plain);
}

static void put_text(bk_json *into, const char *key, struct bk_str text)
{
	struct bk_buf *out = begin(into, key);

	if (out)
		put_string(out, text);
}

static void put_number(bk_json *into, const char *key, bool negative, unsigned long long number)
{
	char digits[24];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	if (negative)
		digits[--at] = '-';
	put_plain(into, key, (struct bk_str){digits + at, sizeof digits - at});
}

static void put_made(bk_json *into, const char *key, bk_json *value)
{
	struct made *made = made_of(value);
	struct bk_buf *out = begin(into, key);

	if (out && (!made || made->text.failed))
		out->failed = true;
	if (out && made) {
		bk_buf_put_str(out, bk_buf_str(&made->text));
		bk_buf_putc(out, made->close);
	}
	bk_json_free(value);
}

void bk_json_set_string(bk_json *object, const char *key, const char *value)
{
	if (value)
		put_text(object, key, bk_str_of(value));
	else
		bk_json_set_null(object, key);
}

void bk_json_set_text(bk_json *object, const char *key, struct bk_str value)
{
	put_text(object, key, value);
}

void bk_json_set_size(bk_json *object, const char *key, size_t value)
{
	put_number(object, key, false, value);
}

void bk_json_set_int(bk_json *object, const char *key, long long value)
{
	put_number(object, key, value < 0,
		value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value);
}

void bk_json_set_bool(bk_json *object, const char *key, bool value)
{
	put_plain(object, key, value ? BK_STR("true") : BK_STR("false"));
}

void bk_json_set_null(bk_json *object, const char *key)
{
	put_plain(object, key, BK_STR("null"));
}

void bk_json_set(bk_json *object, const char *key, bk_json *value)
{
	put_made(object, key, value);
}

void bk_json_add(bk_json *array, bk_json *value)
{
	put_made(array, NULL, value);
}

void bk_json_add_text(bk_json *array, struct bk_str value)
{
	put_text(array, NULL, value);
}

void bk_json_add_size(bk_json *array, size_t value)
{
	put_number(array, NULL, false, value);
}

int bk_json_write(const bk_json *value, struct bk_buf *out)
{
	const struct made *made = made_of(value);

	if (!made || made->text.failed)
		return bk_fail_memory();
	bk_buf_reserve(out, made->text.len + 1);
	bk_buf_put_str(out, bk_buf_str(&made->text));
	bk_buf_putc(out, made->close);
	return bk_buf_status(out);
}

/* ---- Reading ------------------------------------------------------------------------------------- */

static void use_our_memory(void)
{
	json_set_alloc_funcs(bk_malloc, bk_free);
}

static void prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, use_our_memory);
}

int bk_json_parse(bk_json **out, struct bk_str bytes, const char *name)
{
	json_error_t error;
	json_t *value;

	prepare();
	if (bytes.len > SIZE_LIMIT)
		return bk_fail(BK_ETOOBIG, "'%s' has %zu bytes of JSON: the limit is %zu", name, bytes.len,
			SIZE_LIMIT);
	value = json_loadb(bytes.ptr ? bytes.ptr : "", bytes.len,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
	if (!value && json_error_code(&error) == json_error_out_of_memory)
		return bk_fail_memory();
	if (!value)
		return bk_fail(BK_EFORMAT, "%s:%d:%d: %s", name, error.line, error.column, error.text);
	*out = (bk_json *)value;
	return BK_OK;
}

const bk_json *bk_json_get(const bk_json *object, const char *key)
{
	return view_of(json_object_get(value_of(object), key));
}

const char *bk_json_string(const bk_json *value)
{
	const json_t *string = value_of(value);
	const char *bytes = json_string_value(string);

	return bytes && strlen(bytes) == json_string_length(string) ? bytes : NULL;
}

const char *bk_json_get_string(const bk_json *object, const char *key)
{
	return bk_json_string(bk_json_get(object, key));
}

bool bk_json_get_size(const bk_json *object, const char *key, size_t *out)
{
	long long number;

	if (!bk_json_get_int(object, key, &number) || number < 0)
		return false;
	*out = (size_t)number;
	return true;
}

bool bk_json_get_int(const bk_json *object, const char *key, long long *out)
{
	const json_t *value = value_of(bk_json_get(object, key));

	if (!json_is_integer(value))
		return false;
	*out = json_integer_value(value);
	return true;
}

bool bk_json_is_null(const bk_json *value)
{
	return json_is_null(value_of(value));
}

bool bk_json_is_object(const bk_json *value)
{
	return json_is_object(value_of(value));
}

bool bk_json_is_array(const bk_json *value)
{
	return json_is_array(value_of(value));
}

size_t bk_json_count(const bk_json *array)
{
	return json_array_size(value_of(array));
}

const bk_json *bk_json_at(const bk_json *array, size_t index)
{
	return view_of(json_array_get(value_of(array), index));
}
