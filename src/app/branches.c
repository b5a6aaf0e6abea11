#include "app/branches.h"

#include "base/str.h"

#include <stdio.h>

/* The name without what git lets stand behind it. */
static struct bk_str plain(const char *name)
{
	return (struct bk_str){name, strcspn(name, "~^:@ ")};
}

static struct bk_str last_part(struct bk_str name)
{
	size_t start = name.len;

	while (start && name.ptr[start - 1] != '/')
		start--;
	return bk_str_skip(name, start);
}

/* What stands behind "party/" or "parties/", up to the next slash; empty when that is not in it. */
static struct bk_str behind_party(struct bk_str name)
{
	while (name.len) {
		const size_t len = bk_str_find(name, '/');
		const struct bk_str part = {name.ptr, len};

		name = bk_str_skip(name, len + 1);
		if (bk_str_equal_nocase(part, BK_STR("party")) ||
			bk_str_equal_nocase(part, BK_STR("parties")))
			return (struct bk_str){name.ptr, bk_str_find(name, '/')};
	}
	return name;
}

/* As it stands, with blanks for dashes, in capitals. */
static const struct bk_party *find_in_any_spelling(const bk_roster *roster, struct bk_str name)
{
	const struct bk_party *party = bk_roster_find(roster, name.ptr, name.len);
	char other[128];

	if (party || name.len >= sizeof other)
		return party;
	for (size_t i = 0; i < name.len; i++)
		other[i] = name.ptr[i] == '-' || name.ptr[i] == '_' ? ' ' : name.ptr[i];
	party = bk_roster_find(roster, other, name.len);
	for (size_t i = 0; !party && i < name.len; i++)
		other[i] = bk_is_lower(name.ptr[i]) ? (char)(name.ptr[i] - 'a' + 'A') : name.ptr[i];
	return party ? party : bk_roster_find(roster, other, name.len);
}

const char *bk_branch_party(const bk_roster *roster, const char *name)
{
	const struct bk_str whole = plain(name), last = last_part(whole), behind = behind_party(whole);
	const struct bk_party *party = behind.len ? find_in_any_spelling(roster, behind)
						  : bk_roster_find(roster, last.ptr, last.len);

	if (!party || (!behind.len && !bk_str_equal(last, bk_str_of(party->code))))
		return NULL;
	return party->code;
}

static bool is_id(struct bk_str name)
{
	size_t digits = 0;

	while (digits < name.len &&
		(bk_is_digit(name.ptr[digits]) || (name.ptr[digits] >= 'a' && name.ptr[digits] <= 'f')))
		digits++;
	return digits == name.len && digits >= 40;
}

void bk_branch_title(const char *name, char out[BK_BRANCH_TITLE])
{
	struct bk_str last = last_part(plain(name));
	size_t len = 0;

	if (is_id(last))
		last.len = 10;
	for (size_t i = 0; i < last.len && len + 1 < BK_BRANCH_TITLE; i++) {
		const char c = last.ptr[i];

		if (bk_is_lower(c))
			out[len++] = (char)(c - 'a' + 'A');
		else if (bk_is_upper(c) || bk_is_digit(c))
			out[len++] = c;
		else if (len && out[len - 1] != '-')
			out[len++] = '-';
	}
	while (len && out[len - 1] == '-')
		len--;
	snprintf(out + len, BK_BRANCH_TITLE - len, "%s", len ? "" : "BRANCH");
}

const char *bk_branch_holder(const bk_tips *tips, const bk_roster *roster, const char *id, const char *blob)
{
	const char *holder = NULL;
	size_t count;
	const struct bk_tip *list = bk_tips_list(tips, &count);

	for (size_t i = 0; i < count; i++) {
		const char *party = bk_branch_party(roster, list[i].name);

		if (party && *id && strcmp(list[i].id, id) == 0)
			return party;
		if (party && !holder && *blob && strcmp(list[i].blob, blob) == 0)
			holder = party;
	}
	return holder;
}
