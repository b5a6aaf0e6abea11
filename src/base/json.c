/*
 * The door to jansson.
 *
 * Two things hide behind `bk_json *`: a value that somebody owns (what bk_json_object, bk_json_array and
 * bk_json_parse give) is a `struct owned`, which also remembers that a setter ran out of memory, and whose
 * pointer has its lowest bit set; a borrowed view into one is jansson's own value.
 */
#include "base/json.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"

#include <jansson.h>
#include <pthread.h>
#include <stdint.h>

#define SIZE_LIMIT ((size_t)64 << 20)

struct owned {
	json_t *value;
	bool failed;
};

static struct owned *owned_of(const bk_json *value)
{
	return (uintptr_t)value & 1 ? (struct owned *)((uintptr_t)value - 1) : NULL;
}

static json_t *value_of(const bk_json *value)
{
	const struct owned *owned = owned_of(value);

	return owned ? owned->value : (json_t *)(uintptr_t)value;
}

static const bk_json *view_of(const json_t *value)
{
	return (const bk_json *)value;
}

/* On this thread memory ran out: jansson may then say that the text is at fault. */
static _Thread_local bool starved;

static void *get_memory(size_t size)
{
	void *memory = bk_malloc(size);

	starved = starved || !memory;
	return memory;
}

static void use_our_memory(void)
{
	json_set_alloc_funcs(get_memory, bk_free);
}

static void prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, use_our_memory);
}

/* Takes value over, also when it fails. */
static bk_json *own(json_t *value)
{
	struct owned *owned = value ? bk_calloc(1, sizeof *owned) : NULL;

	if (!owned) {
		json_decref(value);
		return NULL;
	}
	owned->value = value;
	return (bk_json *)((uintptr_t)owned + 1);
}

bk_json *bk_json_object(void)
{
	prepare();
	return own(json_object());
}

bk_json *bk_json_array(void)
{
	prepare();
	return own(json_array());
}

void bk_json_free(bk_json *value)
{
	struct owned *owned = owned_of(value);

	if (!owned)
		return;
	json_decref(owned->value);
	bk_free(owned);
}

/* ---- Making -------------------------------------------------------------------------------------- */

/* Put value, taken over, under key, or at the end of an array when key is NULL. */
static void put(bk_json *into, const char *key, json_t *value)
{
	struct owned *owned = owned_of(into);
	int failed;

	if (!owned) {
		json_decref(value);
		return;
	}
	failed = key ? json_object_set_new(owned->value, key, value)
		     : json_array_append_new(owned->value, value);
	if (failed)
		owned->failed = true;
}

static json_t *text_value(struct bk_str text)
{
	struct bk_buf valid = BK_BUF_INIT;
	json_t *value;

	if (bk_utf8_valid_prefix(text) == text.len)
		return json_stringn_nocheck(text.len ? text.ptr : "", text.len);
	bk_utf8_put_valid(&valid, text);
	value = valid.failed ? NULL : json_stringn_nocheck(bk_buf_string(&valid), valid.len);
	bk_buf_release(&valid);
	return value;
}

static void put_owned(bk_json *into, const char *key, bk_json *value)
{
	struct owned *taken = owned_of(value);
	struct owned *owned = owned_of(into);

	if (owned && (!taken || taken->failed))
		owned->failed = true;
	put(into, key, taken ? json_incref(taken->value) : NULL);
	bk_json_free(value);
}

void bk_json_set_string(bk_json *object, const char *key, const char *value)
{
	put(object, key, value ? text_value(bk_str_of(value)) : json_null());
}

void bk_json_set_string_in(bk_json *root, const bk_json *object, const char *key, const char *value)
{
	struct owned *owned = owned_of(root);
	json_t *view = value_of(object);

	if (!owned || !json_is_object(view))
		return;
	if (!value)
		json_object_del(view, key);
	else if (json_object_set_new(view, key, text_value(bk_str_of(value))) != 0)
		owned->failed = true;
}

void bk_json_set_text(bk_json *object, const char *key, struct bk_str value)
{
	put(object, key, text_value(value));
}

void bk_json_set_size(bk_json *object, const char *key, size_t value)
{
	put(object, key, json_integer((json_int_t)value));
}

void bk_json_set_int(bk_json *object, const char *key, long long value)
{
	put(object, key, json_integer(value));
}

void bk_json_set_bool(bk_json *object, const char *key, bool value)
{
	put(object, key, json_boolean(value));
}

void bk_json_set_null(bk_json *object, const char *key)
{
	put(object, key, json_null());
}

void bk_json_set(bk_json *object, const char *key, bk_json *value)
{
	put_owned(object, key, value);
}

void bk_json_add(bk_json *array, bk_json *value)
{
	put_owned(array, NULL, value);
}

void bk_json_add_text(bk_json *array, struct bk_str value)
{
	put(array, NULL, text_value(value));
}

void bk_json_add_size(bk_json *array, size_t value)
{
	put(array, NULL, json_integer((json_int_t)value));
}

void bk_json_set_bytes(bk_json *object, const char *text_key, const char *bytes_key, struct bk_str bytes)
{
	bk_json *array;

	if (bk_utf8_valid_prefix(bytes) == bytes.len && (!bytes.len || !memchr(bytes.ptr, 0, bytes.len))) {
		bk_json_set_text(object, text_key, bytes);
		return;
	}
	array = bk_json_array();
	for (size_t i = 0; i < bytes.len; i++)
		bk_json_add_size(array, (unsigned char)bytes.ptr[i]);
	bk_json_set(object, bytes_key, array);
}

/* NEL and the separators of lines and paragraphs end a line for some who read JSON Lines: they are
 * escaped. */
static const char *escaped_separator(struct bk_str text)
{
	static const char *const separators[][2] = {
		{"\xC2\x85", "\\u0085"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}};

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		if (bk_str_starts(text, bk_str_of(separators[i][0])))
			return separators[i][1];
	return NULL;
}

/* Where the next separator is at or behind `at`, and its escape; the length of the text when there is
 * none. */
static size_t next_separator(struct bk_str text, size_t at, const char **escape)
{
	for (; at < text.len; at++) {
		const unsigned char c = (unsigned char)text.ptr[at];

		if ((c == 0xC2 || c == 0xE2) && (*escape = escaped_separator(bk_str_skip(text, at))) != NULL)
			break;
	}
	return at;
}

/* From `start` on; strings of JSON are the only place where separators can stand. */
static void escape_separators(struct bk_buf *out, size_t start)
{
	const char *escape = NULL;
	struct bk_buf tail = BK_BUF_INIT;
	size_t at = next_separator(bk_buf_str(out), start, &escape), done = at;
	const size_t first = at;

	if (first == out->len)
		return;
	while (at < out->len) {
		bk_buf_put(&tail, out->bytes + done, at - done);
		bk_buf_puts(&tail, escape);
		done = at + ((unsigned char)out->bytes[at] == 0xC2 ? 2 : 3);
		at = next_separator(bk_buf_str(out), done, &escape);
	}
	bk_buf_put(&tail, out->bytes + done, at - done);
	bk_buf_remove(out, first, out->len - first);
	bk_buf_put_str(out, bk_buf_str(&tail));
	out->failed |= tail.failed;
	bk_buf_release(&tail);
}

static int append(const char *bytes, size_t len, void *out)
{
	bk_buf_put(out, bytes, len);
	return ((struct bk_buf *)out)->failed ? -1 : 0;
}

int bk_json_write(const bk_json *value, struct bk_buf *out)
{
	static const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15);
	const struct owned *owned = owned_of(value);
	const size_t start = out->len;

	if (!value || (owned && owned->failed) || json_dump_callback(value_of(value), append, out, flags) < 0)
		return bk_fail_memory();
	escape_separators(out, start);
	return bk_buf_status(out);
}

/* ---- Reading ------------------------------------------------------------------------------------- */

int bk_json_parse(bk_json **out, struct bk_str bytes, const char *name)
{
	json_error_t error;
	json_t *value;
	bk_json *owned;

	prepare();
	if (bytes.len > SIZE_LIMIT)
		return bk_fail(BK_ETOOBIG, "'%s' has %zu bytes of JSON: the limit is %zu", name, bytes.len,
			SIZE_LIMIT);
	starved = false;
	value = json_loadb(bytes.ptr ? bytes.ptr : "", bytes.len,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
	if (!value && starved)
		return bk_fail_memory();
	if (!value)
		return bk_fail(BK_EFORMAT, "%s:%d:%d: %s", name, error.line, error.column, error.text);
	owned = own(value);
	if (!owned)
		return bk_fail_memory();
	*out = owned;
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

bool bk_json_get_bool(const bk_json *object, const char *key, bool *out)
{
	const json_t *value = value_of(bk_json_get(object, key));

	if (!json_is_boolean(value))
		return false;
	*out = json_is_true(value);
	return true;
}

bool bk_json_put_bytes(const bk_json *object, const char *text_key, const char *bytes_key, struct bk_buf *out)
{
	const json_t *text = value_of(bk_json_get(object, text_key)),
		     *bytes = value_of(bk_json_get(object, bytes_key));

	if (json_is_string(text)) {
		bk_buf_put(out, json_string_value(text), json_string_length(text));
		return true;
	}
	if (!json_is_array(bytes))
		return false;
	for (size_t i = 0; i < json_array_size(bytes); i++) {
		const json_t *byte = json_array_get(bytes, i);

		if (!json_is_integer(byte) || json_integer_value(byte) < 0 || json_integer_value(byte) > 255)
			return false;
		bk_buf_putc(out, (char)json_integer_value(byte));
	}
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
