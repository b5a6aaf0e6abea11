/*
 * A negotiation's settings on top of the default roster:
 *
 *	party.CODE.name = NAME       party.CODE.alias = SPELLING
 *	group.CODE.name = NAME       group.CODE.alias = SPELLING
 *	group.CODE.member = PARTY [from DATE] [until DATE]      PARTY is a code, name or alias
 *
 * Names first, members last, so that the order of lines does not matter.  What a negotiation says about a
 * member of a group replaces what the default roster says about that member.
 */
#include "ledger/roster.h"

#include "base/error.h"
#include "ledger/party.h"

struct setting {
	struct bk_str section, code, key, value;
	const char *name;
};

/* "group.G77.member" in its parts; the code may hold dots.  False for other settings. */
static bool split(const struct bk_setting *setting, struct setting *out)
{
	const struct bk_str name = bk_str_of(setting->name);
	size_t first = bk_str_find(name, '.'), last = name.len;

	while (last > 0 && name.ptr[last - 1] != '.')
		last--;
	if (last < first + 2)
		return false;
	*out = (struct setting){
		.section = {name.ptr, first},
		.code = {name.ptr + first + 1, last - first - 2},
		.key = bk_str_skip(name, last),
		.value = bk_str_trim(bk_str_of(setting->value ? setting->value : "")),
		.name = setting->name,
	};
	return bk_str_equal(out->section, BK_STR("party")) || bk_str_equal(out->section, BK_STR("group"));
}

static bool is_group(const struct setting *setting)
{
	return bk_str_equal(setting->section, BK_STR("group"));
}

/* The entry of the setting's code, made when it is new. */
static int entry_of(bk_roster *roster, const struct setting *setting, size_t *index)
{
	int status;

	if (!bk_party_is_code(setting->code))
		return bk_fail(BK_EINVAL,
			"cannot use setting '%s': a code is 1 to 32 letters and digits without blanks",
			setting->name);
	status = bk_roster_add(roster, setting->code, is_group(setting), index);
	if (status == BK_OK && is_group(setting) && !roster->entries.items[*index].party.group)
		return bk_fail(BK_EINVAL,
			"cannot use setting '%s': '%s' is a party; give the group another code",
			setting->name, roster->entries.items[*index].party.code);
	if (status == BK_OK && !is_group(setting) && roster->entries.items[*index].party.group)
		return bk_fail(BK_EINVAL, "cannot use setting '%s': '%s' is a group; write [group \"%s\"]",
			setting->name, roster->entries.items[*index].party.code,
			roster->entries.items[*index].party.code);
	return status;
}

static int apply_name(bk_roster *roster, const struct setting *setting)
{
	const bool alias = bk_str_equal(setting->key, BK_STR("alias"));
	size_t index;
	int status = entry_of(roster, setting, &index);

	if (status < 0 || (!alias && !bk_str_equal(setting->key, BK_STR("name"))))
		return status;
	if (setting->value.len == 0 || setting->value.len > BK_PARTY_NAME_MAX)
		return bk_fail(BK_EINVAL, "cannot use setting '%s': a name has 1 to %d bytes", setting->name,
			BK_PARTY_NAME_MAX);
	return alias ? bk_roster_add_alias(roster, index, setting->value, true)
		     : bk_roster_set_name(roster, index, setting->value);
}

/* ---- Members --------------------------------------------------------------------------------------- */

struct member {
	struct bk_str party, from, until;
};

/* Take the last word off string. */
static struct bk_str last_word(struct bk_str *string)
{
	const struct bk_str all = bk_str_trim(*string);
	size_t at = all.len;

	while (at > 0 && !bk_is_space(all.ptr[at - 1]))
		at--;
	*string = bk_str_trim((struct bk_str){all.ptr, at});
	return bk_str_skip(all, at);
}

/* "PARTY from DATE until DATE": dates are taken off the end, in any order. */
static struct member split_member(struct bk_str value)
{
	struct member member = {.party = value, .from = {"", 0}, .until = {"", 0}};

	for (int i = 0; i < 2; i++) {
		struct bk_str rest = member.party;
		const struct bk_str date = last_word(&rest);
		const struct bk_str word = last_word(&rest);

		if (rest.len && bk_str_equal(word, BK_STR("from")))
			member.from = date;
		else if (rest.len && bk_str_equal(word, BK_STR("until")))
			member.until = date;
		else
			break;
		member.party = rest;
	}
	return member;
}

static int unknown_member(const struct setting *setting, struct bk_str party)
{
	const size_t len = party.len > BK_PARTY_NAME_MAX ? BK_PARTY_NAME_MAX : party.len;

	return bk_fail(BK_EINVAL,
		"cannot use setting '%s': nobody is called '%.*s'; add a section [party \"CODE\"] with that "
		"name",
		setting->name, (int)len, party.ptr);
}

/* Forget what ships about a pair; what ships stands first, and the order among it does not matter. */
static void forget_pair(bk_roster *roster, size_t *shipped, const char *group, const char *party)
{
	struct bk_membership *items = roster->memberships.items;

	for (size_t i = 0; i < *shipped;) {
		if (strcmp(items[i].group, group) != 0 || strcmp(items[i].party, party) != 0) {
			i++;
			continue;
		}
		items[i] = items[--*shipped];
		items[*shipped] = items[--roster->memberships.len];
	}
}

static int apply_member(bk_roster *roster, const struct setting *setting, size_t *shipped)
{
	const struct member member = split_member(setting->value);
	size_t group, party;
	int status = entry_of(roster, setting, &group);

	if (status < 0)
		return status;
	party = bk_roster_index(roster, member.party);
	if (party == SIZE_MAX)
		return unknown_member(setting, member.party);
	if (!bk_party_is_date(member.from) || !bk_party_is_date(member.until))
		return bk_fail(BK_EINVAL,
			"cannot use setting '%s': a member is written PARTY from YYYY-MM-DD until YYYY-MM-DD",
			setting->name);
	forget_pair(roster, shipped, roster->entries.items[group].party.code,
		roster->entries.items[party].party.code);
	return bk_roster_add_member(roster, group, party, member.from, member.until);
}

int bk_roster_apply(bk_roster *roster, const struct bk_setting *settings, size_t count)
{
	size_t shipped = roster->memberships.len;
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		struct setting setting;

		if (split(&settings[i], &setting))
			status = apply_name(roster, &setting);
	}
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		struct setting setting;

		if (split(&settings[i], &setting) && is_group(&setting) &&
			bk_str_equal(setting.key, BK_STR("member")))
			status = apply_member(roster, &setting, &shipped);
	}
	return status;
}
