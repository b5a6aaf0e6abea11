/*
 * The order of labels: which comes before which, and which is expected next; and behind which
 * line one may come.
 */
#include "draft/label.h"

bool bk_label_may_follow(struct bk_str line)
{
	size_t n = line.len;

	while (n > 0 && (strchr("])}*_\" \t\r\n", line.ptr[n - 1]) != NULL || bk_is_digit(line.ptr[n - 1])))
		n--;
	if (n == 0)
		return true;
	if (n >= 4 && bk_str_equal((struct bk_str){line.ptr + n - 4, 4}, BK_STR(" and")))
		n -= 4;
	else if (n >= 3 && bk_str_equal((struct bk_str){line.ptr + n - 3, 3}, BK_STR(" or")))
		n -= 3;
	return n > 0 && strchr(".;:!?", line.ptr[n - 1]) != NULL;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

int bk_label_compare(const struct bk_label *a, const struct bk_label *b)
{
	const uint8_t common = a->count < b->count ? a->count : b->count;
	int order = 0;

	for (uint8_t i = 0; i < common && order == 0; i++)
		order = compare_numbers(a->parts[i], b->parts[i]);
	if (order == 0)
		order = compare_numbers(a->count, b->count);
	if (order == 0)
		order = compare_numbers(a->suffix, b->suffix);
	if (order == 0)
		order = compare_numbers(a->suffix_number, b->suffix_number);
	return order ? order : compare_numbers(a->alt_number, b->alt_number);
}

bool bk_label_follows(const struct bk_label *last, const struct bk_label *next)
{
	const uint8_t n = next->count;

	if (n == 0 || last->count == 0)
		return false;
	for (uint8_t i = 0; i + 1 < n; i++) {
		if (i >= last->count || last->parts[i] != next->parts[i])
			return false;
	}
	if (last->count < n)
		return next->parts[n - 1] <= 1;
	if (next->parts[n - 1] == last->parts[n - 1])
		return last->count == n && bk_label_compare(last, next) < 0;
	return next->parts[n - 1] == last->parts[n - 1] + 1 && !next->suffix;
}

bool bk_label_first(const struct bk_label *label)
{
	return label->count > 0 && label->parts[label->count - 1] <= 1 && !label->suffix && !label->alt;
}

bool bk_label_as_roman(struct bk_label *label)
{
	if (label->roman == 0 || label->style > BK_LABEL_UPPER || label->style == BK_LABEL_ARABIC)
		return false;
	label->style = label->style == BK_LABEL_UPPER ? BK_LABEL_ROMAN_UPPER : BK_LABEL_ROMAN;
	label->parts[0] = label->roman;
	return true;
}
