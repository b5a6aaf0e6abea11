/*
 * Finding a bracket by what a person writes.
 *
 *	name     = id | beginning of an id | "@" line ":" column | "#" number
 *
 * An id that fits whole wins over longer ids that begin with it.
 */
#include "draft/draft.h"

#include "base/error.h"

/* Read a positive decimal number that ends at *at; false when there is none or it does not fit. */
static bool take_number(const char **at, size_t *out)
{
	size_t number = 0;
	const char *p = *at;

	if (!bk_is_digit(*p))
		return false;
	for (; bk_is_digit(*p); p++) {
		if (number > (SIZE_MAX - 9) / 10)
			return false;
		number = number * 10 + (size_t)(*p - '0');
	}
	*at = p;
	*out = number;
	return number > 0;
}

static int find_number(const struct bk_draft *draft, const char *name, uint32_t *out)
{
	const char *at = name + 1;
	size_t number;

	if (!take_number(&at, &number) || *at != '\0')
		return bk_fail(BK_EINVAL, "bracket '%s' is no number: write #1 for the first", name);
	if (number > draft->bracket_count)
		return bk_fail(BK_ENOTFOUND, "bracket '%s' is not there: the draft has %zu", name,
			draft->bracket_count);
	*out = (uint32_t)(number - 1);
	return BK_OK;
}

static int find_place(const struct bk_draft *draft, const char *name, uint32_t *out)
{
	const char *at = name + 1;
	size_t line, column, offset;
	int status;
	uint32_t found;

	if (!take_number(&at, &line) || *at++ != ':' || !take_number(&at, &column) || *at != '\0')
		return bk_fail(BK_EINVAL, "place '%s' is not understood: write @LINE:COLUMN", name);
	status = bk_draft_offset(draft, line, column, &offset);
	if (status < 0)
		return bk_fail(BK_ENOTFOUND, "place '%s' is not in the text", name);
	found = bk_draft_bracket_at(draft, offset);
	if (found == BK_NONE)
		return bk_fail(BK_ENOTFOUND, "no bracket stands at '%s'", name);
	*out = found;
	return BK_OK;
}

static int find_beginning(const struct bk_draft *draft, const char *name, size_t len, uint32_t *out)
{
	uint32_t found = BK_NONE;

	for (uint32_t i = 0; i < draft->bracket_count; i++) {
		if (strncmp(draft->brackets[i].id, name, len) != 0)
			continue;
		if (found != BK_NONE)
			return bk_fail(BK_EAMBIGUOUS,
				"bracket '%s' may be '%s' or '%s': write more of the id", name,
				draft->brackets[found].id, draft->brackets[i].id);
		found = i;
	}
	if (found == BK_NONE)
		return bk_fail(BK_ENOTFOUND, "no bracket has the id '%s'", name);
	*out = found;
	return BK_OK;
}

int bk_draft_find(const bk_draft *draft, const char *name, uint32_t *out)
{
	const size_t len = strlen(name);
	uint32_t index;

	if (len == 0)
		return bk_fail(BK_EINVAL, "bracket '' has no name: write an id, @LINE:COLUMN or #NUMBER");
	if (name[0] == '#')
		return find_number(draft, name, out);
	if (name[0] == '@')
		return find_place(draft, name, out);
	index = bk_draft_bracket_named(draft, name);
	if (index != BK_NONE) {
		*out = index;
		return BK_OK;
	}
	return find_beginning(draft, name, len, out);
}
