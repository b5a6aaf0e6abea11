/* How well a few typed letters fit a name. */
#include "tui/prompt.h"

static bool begins_word(struct bk_str name, size_t at)
{
	return at == 0 || !bk_is_word(name.ptr[at - 1]);
}

/* The score when matching greedily from `from` on, or -1. */
static long score_from(struct bk_str typed, struct bk_str name, size_t from)
{
	long score = 0;
	size_t at = from, last = SIZE_MAX;
	for (size_t i = 0; i < typed.len; i++) {
		const char wanted = bk_to_lower(typed.ptr[i]);
		if (wanted == ' ')
			continue;
		while (at < name.len && bk_to_lower(name.ptr[at]) != wanted)
			at++;
		if (at == name.len)
			return -1;
		score += 10;
		score += begins_word(name, at) ? 15 : 0;
		score += last != SIZE_MAX && at == last + 1 ? 20 : 0;
		last = at++;
	}
	return score + (from == 0 ? 10 : 0);
}

long bk_fuzzy_score(struct bk_str typed, struct bk_str name)
{
	if (typed.len == 0)
		return 0;
	long best = -1;
	for (size_t from = 0; from < name.len; from++) {
		if (bk_to_lower(name.ptr[from]) != bk_to_lower(typed.ptr[0]))
			continue;
		const long score = score_from(typed, name, from);
		best = score > best ? score : best;
	}
	if (best < 0)
		return -1;
	const long shorter = 40 - (long)(name.len < 40 ? name.len : 40);
	return best * 8 + shorter;
}
