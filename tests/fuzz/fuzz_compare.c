/*
 * Any two texts are compared: each disputed bracket has one fate, nothing is left over, the edits make the new bytes
 * of the old ones, and a text beside itself differs in nothing.
 *
 *	input = old text, a line of one tab, new text
 */
#include "drafting.h"

#include <bracked/compare.h>

#include <string.h>

enum { MAX_BYTES = 20000 };

/* How often each bracket of a draft is told of: once when it is disputed. */
static void check_told(const bk_draft *draft, const bk_comparison *comparison, bool old)
{
	size_t brackets, count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &brackets);
	const struct bk_difference *list = bk_comparison_list(comparison, &count);
	uint8_t *told = calloc(brackets + 1, 1);

	for (size_t i = 0; i < count; i++) {
		const uint32_t bracket = old ? list[i].old_bracket : list[i].new_bracket;

		/* what was joined is told of the old bracket alone */
		if (bracket == BK_NONE || list[i].kind > BK_DIFFERENCE_REOPENED ||
			(!old && list[i].kind == BK_DIFFERENCE_JOINED))
			continue;
		stop_if(bracket >= brackets, "a bracket is there");
		stop_if(told[bracket]++ > 0, "a bracket has one fate");
	}
	for (size_t i = 0; i < brackets; i++)
		stop_if(told[i] != (!all[i].brace && all[i].class == BK_CLASS_DISPUTED),
			"disputed brackets have a fate");
	free(told);
}

static void check_spans(const bk_comparison *comparison, size_t old_len, size_t len)
{
	size_t count;
	const struct bk_difference *list = bk_comparison_list(comparison, &count);

	for (size_t i = 0; i < count; i++) {
		stop_if(!list[i].in_old && !list[i].in_new, "a difference stands somewhere");
		stop_if(list[i].in_old && (list[i].old_span.start > list[i].old_span.end ||
						  list[i].old_span.end > old_len),
			"a difference lies in the old text");
		stop_if(list[i].in_new &&
				(list[i].new_span.start > list[i].new_span.end || list[i].new_span.end > len),
			"a difference lies in the new text");
	}
}

/* The old bytes with all edits are the new ones. */
static void check_edits(const bk_comparison *comparison, const bk_draft *old, const bk_draft *now)
{
	size_t count, old_len, len, at = 0, made = 0;
	const struct bk_replacement *edits = bk_comparison_replacements(comparison, &count);
	const char *was = bk_draft_bytes(old, &old_len), *is = bk_draft_bytes(now, &len);

	for (size_t i = 0; i <= count; i++) {
		const size_t next = i < count ? edits[i].old_span.start : old_len;

		stop_if(next < at || next > old_len || next - at > len - made ||
				memcmp(was + at, is + made, next - at) != 0,
			"what is not edited stands in both");
		made += next - at;
		if (i == count)
			break;
		stop_if(edits[i].new_span.start != made || edits[i].new_span.end > len ||
				edits[i].new_span.end < made,
			"edits are in order of the new text");
		stop_if(edits[i].old_span.end < next, "an edit goes forward");
		at = edits[i].old_span.end;
		made = edits[i].new_span.end;
	}
	stop_if(made != len, "the edits make all of the new text");
}

static size_t count_told(const bk_comparison *comparison)
{
	size_t count, told = 0;
	const struct bk_difference *list = bk_comparison_list(comparison, &count);

	for (size_t i = 0; i < count; i++)
		told += list[i].kind != BK_DIFFERENCE_KEPT;
	return told;
}

static size_t count_binding(const bk_comparison *comparison)
{
	bk_gavel *gavel = NULL;
	size_t count;
	const struct bk_gavel_line *lines;

	stop_if(bk_gavel_new(&gavel, comparison, NULL, 0) < 0, "what binds is told");
	lines = bk_gavel_list(gavel, &count);
	for (size_t i = 1; i < count; i++)
		stop_if((lines[i].agreed && !lines[i - 1].agreed) ||
				(lines[i].agreed == lines[i - 1].agreed && lines[i].outside &&
					!lines[i - 1].outside),
			"agreed text comes first, then what is outside of brackets");
	bk_gavel_free(gavel);
	return count;
}

static void compare(const bk_draft *old, const bk_draft *now)
{
	bk_comparison *comparison = NULL;
	struct bk_balance balance;
	size_t old_len, len, edits;
	const bool same = bk_draft_bytes(old, &old_len) && bk_draft_bytes(now, &len) && old_len == len &&
			  memcmp(bk_draft_bytes(old, &old_len), bk_draft_bytes(now, &len), len) == 0;

	stop_if(bk_comparison_new(&comparison, old, now) < 0, "any two texts are compared");
	bk_comparison_balance(comparison, &balance);
	stop_if(balance.remainder != 0, "nothing is left over");
	check_told(old, comparison, true);
	check_told(now, comparison, false);
	check_spans(comparison, old_len, len);
	check_edits(comparison, old, now);
	bk_comparison_replacements(comparison, &edits);
	stop_if((edits == 0) != same, "texts without edits are the same");
	stop_if(same && (count_told(comparison) || count_binding(comparison)),
		"what is the same is no change");
	count_binding(comparison);
	bk_comparison_free(comparison);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const char *parting = size ? memmem(bytes, size, "\n\t\n", 3) : NULL;
	const size_t len = parting ? (size_t)(parting - bytes) + 1 : size;
	const size_t skip = parting ? len + 2 : size;
	bk_draft *old, *now;

	if (size > MAX_BYTES)
		return 0;
	old = read_draft(bytes, len);
	now = read_draft(bytes + skip, size - skip);
	compare(old, now);
	compare(now, old);
	compare(old, old);
	bk_draft_free(old);
	bk_draft_free(now);
	return 0;
}
