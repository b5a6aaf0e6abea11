/*
 * JSON by jansson, behind types of our own.
 *
 * Strings that come from texts may hold any bytes: bk_json_set_text replaces bad bytes
 * by U+FFFD.  Keys keep the order in which they were set.
 */
#ifndef BRACKED_BASE_JSON_H
#define BRACKED_BASE_JSON_H

#include "base/buf.h"
#include "base/str.h"

#include <bracked/error.h>

typedef struct bk_json bk_json; /* a value; owned values are freed by bk_json_free */

bk_json *bk_json_object(void); /* NULL when memory ran out, as all that make values */
bk_json *bk_json_array(void);
void bk_json_free(bk_json *value);

/* Setters return nothing: a failure is remembered in the object and reported by bk_json_write. */
void bk_json_set_string(bk_json *object, const char *key, const char *value); /* NULL writes null */
void bk_json_set_text(bk_json *object, const char *key, struct bk_str value);
void bk_json_set_size(bk_json *object, const char *key, size_t value);
void bk_json_set_int(bk_json *object, const char *key, long long value);
void bk_json_set_bool(bk_json *object, const char *key, bool value);
void bk_json_set_null(bk_json *object, const char *key);
/* Bytes as a string; those that are no UTF-8, or hold NUL, under the second key as an array of numbers. */
void bk_json_set_bytes(bk_json *object, const char *text_key, const char *bytes_key, struct bk_str bytes);
void bk_json_set(bk_json *object, const char *key, bk_json *value); /* takes value over */
void bk_json_add(bk_json *array, bk_json *value);		    /* takes value over */
void bk_json_add_text(bk_json *array, struct bk_str value);
void bk_json_add_size(bk_json *array, size_t value);

/* Set key of an object that is a view into root, which is owned and parsed; NULL takes the key away. */
void bk_json_set_string_in(bk_json *root, const bk_json *object, const char *key, const char *value);

/* Append value as one line of JSON without a line end.  BK_OK or BK_ENOMEM. */
int bk_json_write(const bk_json *value, struct bk_buf *out);

/*
 * Parse one JSON value that fills `bytes` (blanks around it allowed).  Depth is bounded, duplicate keys are
 * refused. BK_EFORMAT with "NAME:LINE:COLUMN: ..." in the message; BK_ETOOBIG above 64 MiB.
 */
int bk_json_parse(bk_json **out, struct bk_str bytes, const char *name);

/* Borrowed views into a parsed value; live as long as the root.  NULL or false when absent or of another
 * type. */
const bk_json *bk_json_get(const bk_json *object, const char *key);
const char *bk_json_get_string(const bk_json *object, const char *key); /* NULL when absent or holding NUL */
bool bk_json_get_size(const bk_json *object, const char *key, size_t *out);
bool bk_json_get_int(const bk_json *object, const char *key, long long *out);
bool bk_json_get_bool(const bk_json *object, const char *key, bool *out);
/* What bk_json_set_bytes wrote, appended.  False when it is neither a string nor an array of bytes. */
bool bk_json_put_bytes(
	const bk_json *object, const char *text_key, const char *bytes_key, struct bk_buf *out);
bool bk_json_is_null(const bk_json *value); /* the null of JSON; false for a value that is absent */
bool bk_json_is_object(const bk_json *value);
bool bk_json_is_array(const bk_json *value);
size_t bk_json_count(const bk_json *array);
const bk_json *bk_json_at(const bk_json *array, size_t index);
const char *bk_json_string(const bk_json *value);

#endif
