/* Any bytes are JSON or are refused with a message; what was read is written, and read again, the same. */
#include "fuzz.h"
#include "base/json.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bk_buf once = BK_BUF_INIT, twice = BK_BUF_INIT;
	bk_json *value = NULL, *again = NULL;

	if (bk_json_parse(&value, (struct bk_str){(const char *)data, size}, "line") != BK_OK) {
		stop_if(!*bk_error_message() || value, "a refusal has a message and gives nothing");
		return 0;
	}
	look(value);
	stop_if(bk_json_write(value, &once) != BK_OK, "what was read can be written");
	stop_if(bk_str_find(bk_buf_str(&once), '\n') < once.len, "a value is one line");
	stop_if(bk_json_parse(&again, bk_buf_str(&once), "again") != BK_OK, "what was written can be read");
	stop_if(bk_json_write(again, &twice) != BK_OK, "and written");
	stop_if(!bk_str_equal(bk_buf_str(&once), bk_buf_str(&twice)), "the same");
	bk_json_free(value);
	bk_json_free(again);
	bk_buf_release(&once);
	bk_buf_release(&twice);
	return 0;
}
