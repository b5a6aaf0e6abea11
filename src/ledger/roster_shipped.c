/*
 * What ships of the roster: countries and groups as they are built in, and what the iso-codes package adds.
 */
#include "ledger/roster.h"

#include "base/file.h"
#include "base/json.h"
#include "ledger/party.h"
#include "ledger/roster_data.h"

enum { NAMES = 2500 }; /* more than ship, in all spellings */

static int add_named(bk_roster *roster, const char *code, const char *name, bool group)
{
	size_t index;
	int status = bk_roster_add(roster, bk_str_of(code), group, &index);

	if (status == BK_OK && name)
		status = bk_roster_set_name(roster, index, bk_str_of(name));
	return status;
}

static int add_aliases(bk_roster *roster, const struct bk_alias *aliases)
{
	int status = BK_OK;

	for (; aliases->code && status == BK_OK; aliases++)
		status = bk_roster_add_alias(roster, bk_roster_index(roster, bk_str_of(aliases->code)),
			bk_str_of(aliases->alias), true);
	return status;
}

/* Names in other languages are known, but are no spellings that anybody is told of. */
static int know_names(bk_roster *roster, const struct bk_alias *row)
{
	const size_t index = bk_roster_index(roster, bk_str_of(row->code));
	struct bk_str rest = bk_str_of(row->alias);
	int status = BK_OK;

	while (rest.len && status == BK_OK) {
		const size_t len = bk_str_find(rest, '|');

		status = bk_roster_know(roster, index, (struct bk_str){rest.ptr, len});
		rest = bk_str_skip(rest, len + 1);
	}
	return status;
}

static int add_countries(bk_roster *roster)
{
	int status = bk_map_reserve(&roster->names, NAMES);

	for (const struct bk_country *row = bk_countries; row->code && status == BK_OK; row++)
		status = add_named(roster, row->code, row->name, false);
	for (const struct bk_country *row = bk_countries; row->code && status == BK_OK; row++)
		status = bk_roster_add_alias(
			roster, bk_roster_index(roster, bk_str_of(row->code)), bk_str_of(row->alpha3), true);
	if (status == BK_OK)
		status = add_aliases(roster, bk_country_aliases);
	for (const struct bk_alias *row = bk_country_names; row->code && status == BK_OK; row++)
		status = know_names(roster, row);
	return status;
}

static int add_group_row(bk_roster *roster, const struct bk_group_members *row)
{
	const size_t group = bk_roster_index(roster, bk_str_of(row->group));
	struct bk_str rest = bk_str_of(row->members);
	int status = BK_OK;

	while (rest.len && status == BK_OK) {
		const size_t len = bk_str_find(rest, ' ');

		status = bk_roster_add_member(roster, group,
			bk_roster_index(roster, (struct bk_str){rest.ptr, len}), bk_str_of(row->from),
			bk_str_of(row->until));
		rest = bk_str_skip(rest, len + 1);
	}
	return status;
}

static int add_groups(bk_roster *roster)
{
	int status = BK_OK;

	for (const struct bk_group_name *row = bk_groups; row->code && status == BK_OK; row++)
		status = add_named(roster, row->code, row->name, true);
	if (status == BK_OK)
		status = add_aliases(roster, bk_group_aliases);
	for (const struct bk_group_members *row = bk_group_member_table; row->group && status == BK_OK; row++)
		status = add_group_row(roster, row);
	return status;
}

/* One country of the iso-codes package: new ones are added, known ones get its spellings. */
static int add_iso_country(bk_roster *roster, const bk_json *country)
{
	static const char *const spellings[] = {"common_name", "official_name", "alpha_3"};
	const char *code = bk_json_get_string(country, "alpha_2");
	const char *name = bk_json_get_string(country, "name");
	size_t index;
	int status = BK_OK;

	if (!code || !name || !bk_party_is_code(bk_str_of(code)))
		return BK_OK;
	index = bk_roster_index(roster, bk_str_of(code));
	if (index == SIZE_MAX) {
		status = add_named(roster, code, name, false);
		index = roster->entries.len - 1;
	}
	if (status == BK_OK)
		status = bk_roster_add_alias(roster, index, bk_str_of(name), false);
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings && status == BK_OK; i++) {
		const char *spelling = bk_json_get_string(country, spellings[i]);

		if (spelling)
			status = bk_roster_add_alias(roster, index, bk_str_of(spelling), false);
	}
	return status;
}

/* The package is a supplement: where it is missing or odd, what is built in has to do. */
static int add_iso_codes(bk_roster *roster, const char *path)
{
	struct bk_file_bytes bytes;
	bk_json *root;
	const bk_json *list;
	int status = bk_file_read(&bytes, path);

	if (status != BK_OK)
		return status == BK_ENOMEM ? status : BK_OK;
	status = bk_json_parse(&root, bytes.str, path);
	bk_file_release(&bytes);
	if (status != BK_OK)
		return status == BK_ENOMEM ? status : BK_OK;
	list = bk_json_get(root, "3166-1");
	if (bk_json_is_array(list))
		for (size_t i = 0; i < bk_json_count(list) && status == BK_OK; i++)
			status = add_iso_country(roster, bk_json_at(list, i));
	bk_json_free(root);
	return status;
}

int bk_roster_ship(bk_roster *roster, const char *iso_codes)
{
	int status = add_countries(roster);

	if (status == BK_OK)
		status = add_groups(roster);
	return status == BK_OK ? add_iso_codes(roster, iso_codes) : status;
}
