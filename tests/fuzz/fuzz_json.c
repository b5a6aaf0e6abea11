/* Any bytes are JSON or are refused with a message; as a text they are written, and read back the same. */
#include "fuzz.h"
#include "base/json.h"
#include "base/utf8.h"

/* Every way to look at a value, by keys of events and of the kept inputs. */
static void look(const bk_json *value)
{
	static const char *const keys[] = {"a", "alternative", "anchor", "event", "if", "party", "schema"};
	size_t number;
	long long signed_number;

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		stop_if(bk_json_get(value, keys[i]) && !bk_json_is_object(value),
			"only objects have members");
		stop_if(bk_json_get_string(value, keys[i]) && !bk_json_get(value, keys[i]),
			"a string is there");
		stop_if(bk_json_get_size(value, keys[i], &number) &&
				!bk_json_get_int(value, keys[i], &signed_number),
			"a size is a number");
	}
	for (size_t i = 0; i < bk_json_count(value); i++)
		stop_if(!bk_json_at(value, i), "an array has as many items as it counts");
}

/* Any text is one line, and comes back but for bytes that are no UTF-8. */
static void write_text(struct bk_str text)
{
	struct bk_buf line = BK_BUF_INIT, valid = BK_BUF_INIT;
	bk_json *object = bk_json_object(), *list = bk_json_array(), *back = NULL;
	const char *read;

	bk_json_add_text(list, text);
	bk_json_add_size(list, text.len);
	bk_json_set(object, "list", list);
	bk_json_set_text(object, "text", text);
	stop_if(bk_json_write(object, &line) != BK_OK, "a text can be written");
	stop_if(bk_str_find(bk_buf_str(&line), '\n') < line.len, "what is written is one line");
	stop_if(bk_json_parse(&back, bk_buf_str(&line), "back") != BK_OK, "what is written can be read");
	bk_utf8_put_valid(&valid, text);
	read = bk_json_get_string(back, "text");
	stop_if(memchr(bk_buf_string(&valid), 0, valid.len)
			? read != NULL
			: !read || strcmp(read, bk_buf_string(&valid)) != 0,
		"a text is read as it was");
	stop_if(bk_json_count(bk_json_get(back, "list")) != 2, "an array has what was put in");
	bk_json_free(object);
	bk_json_free(back);
	bk_buf_release(&line);
	bk_buf_release(&valid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bk_str bytes = {(const char *)data, size};
	bk_json *value = NULL;

	write_text(bytes);
	if (bk_json_parse(&value, bytes, "line") != BK_OK) {
		stop_if(!*bk_error_message() || value, "a refusal has a message and gives nothing");
		return 0;
	}
	look(value);
	bk_json_free(value);
	return 0;
}
