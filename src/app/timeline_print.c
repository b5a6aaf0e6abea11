#include "app/timeline_print.h"
#include "base/utf8.h"

/* So wide at most are a symbol, and it and the author together, so that there is room for a word before them on a line
 * of 80. */
enum { SYMBOL = 18, BOTH = 36 };

static const char *symbol_at(const struct bk_timeline *timeline, size_t index)
{
	return bk_timeline_symbol(timeline->list, timeline->count, index);
}

void bk_timeline_json(bk_json *object, const char *key, const struct bk_timeline *timeline, size_t index)
{
	bk_json *part;
	char time[40];

	if (index == BK_NOWHERE) {
		bk_json_set_null(object, key);
		return;
	}
	part = bk_json_object();
	bk_timeline_time(&timeline->list[index], time);
	bk_json_set_string(part, "revision", timeline->list[index].id);
	bk_json_set_string(part, "time", time);
	bk_json_set_text(part, "author", bk_str_of(timeline->list[index].author));
	bk_json_set_text(part, "party", bk_str_of(timeline->list[index].party));
	bk_json_set_text(part, "symbol", bk_str_of(symbol_at(timeline, index)));
	bk_json_set(object, key, part);
}

void bk_timeline_print(struct bk_output *output, const struct bk_timeline *timeline, size_t index)
{
	struct bk_str symbol;
	size_t width;
	char time[40];

	if (index == BK_NOWHERE) {
		bk_output_puts(output, "not in any revision yet");
		return;
	}
	bk_timeline_time(&timeline->list[index], time);
	bk_output_styled(output, BK_INK_PLACE, (struct bk_str){timeline->list[index].id, 10});
	bk_output_printf(output, "  %.10s  ", time);
	symbol = bk_str_of(symbol_at(timeline, index));
	width = bk_utf8_string_width(symbol) < SYMBOL ? bk_utf8_string_width(symbol) : SYMBOL;
	bk_output_excerpt(output, BK_INK_STRONG, symbol, SYMBOL);
	bk_output_puts(output, symbol.len ? "  " : "");
	bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(timeline->list[index].author), BOTH - width);
}
