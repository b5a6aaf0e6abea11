/*
 * What ships of the roster: countries and groups as they are built in, and what the iso-codes package adds.
 *
 *	tables    countries, groups    \
 *	                                >  put together: what the package adds to the tables; and in order
 *	package   its file, parsed     /
 *
 * The two parts hang on nothing, so that two threads can make them at once.  Each is made by whoever comes to it
 * first; whoever is done with the second puts them together.
 */
#include "ledger/roster.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/thread.h"
#include "ledger/party.h"
#include "ledger/roster_data.h"

#include <stdatomic.h>

enum { NAMES = 2500 }; /* more than ship, in all spellings */

enum part { PART_PACKAGE, PART_TABLES, PARTS };

struct bk_roster_ahead {
	const char *iso_codes; /* path of the package's file */
	bk_roster *roster;
	bk_json *package; /* NULL: missing or odd */
	atomic_bool taken[PARTS];
	atomic_uint left;   /* of the parts */
	atomic_bool failed; /* memory ran out, which is all that can go wrong with what ships */
	pthread_t thread;
	bool started;
};

/* ---- The tables ------------------------------------------------------------------------------------- */

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

static int add_tables(bk_roster *roster)
{
	int status = add_countries(roster);

	if (status == BK_OK)
		status = add_groups(roster);
	for (const struct bk_alias *row = bk_country_formal_names; row->code && status == BK_OK; row++)
		status = bk_roster_add_alias(
			roster, bk_roster_index(roster, bk_str_of(row->code)), bk_str_of(row->alias), false);
	return status;
}

/* ---- The package ------------------------------------------------------------------------------------ */

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

static bool is_known(struct bk_str bytes)
{
	const uint64_t hash = bk_hash(bytes.ptr, bytes.len);

	for (size_t i = 0; i < BK_KNOWN_PACKAGES; i++)
		if (bk_known_packages[i] == hash)
			return true;
	return false;
}

/* The package is a supplement: where it is missing or odd, what is built in has to do; where it is known, that is all
 * it says. */
static int read_package(bk_json **out, const char *path)
{
	struct bk_file_bytes bytes;
	int status = bk_file_read_once(&bytes, path);

	if (status == BK_OK) {
		if (!is_known(bytes.str))
			status = bk_json_parse(out, bytes.str, path);
		bk_file_release(&bytes);
	}
	return status == BK_ENOMEM ? status : BK_OK;
}

static int put_together(struct bk_roster_ahead *ahead)
{
	const bk_json *list = ahead->package ? bk_json_get(ahead->package, "3166-1") : NULL;
	int status = BK_OK;

	if (bk_json_is_array(list))
		for (size_t i = 0; i < bk_json_count(list) && status == BK_OK; i++)
			status = add_iso_country(ahead->roster, bk_json_at(list, i));
	bk_json_free(ahead->package);
	ahead->package = NULL;
	return status == BK_OK ? bk_roster_finish(ahead->roster) : status;
}

/* ---- Both ------------------------------------------------------------------------------------------- */

/* False when somebody else has begun it. */
static bool make(struct bk_roster_ahead *ahead, enum part part)
{
	int status;

	if (atomic_exchange(&ahead->taken[part], true))
		return false;
	status = part == PART_TABLES ? add_tables(ahead->roster)
				     : read_package(&ahead->package, ahead->iso_codes);
	if (status < 0)
		atomic_store(&ahead->failed, true);
	if (atomic_fetch_sub(&ahead->left, 1) == 1 && !atomic_load(&ahead->failed) && put_together(ahead) < 0)
		atomic_store(&ahead->failed, true);
	return true;
}

/* The part that takes longer first, where the package is known: who finishes makes the other when this one is late. */
static void *make_ahead(void *context)
{
	make(context, PART_TABLES);
	make(context, PART_PACKAGE);
	return NULL;
}

static void join(struct bk_roster_ahead *ahead)
{
	if (ahead->started)
		pthread_join(ahead->thread, NULL);
	ahead->started = false;
}

static void release(struct bk_roster_ahead *ahead)
{
	join(ahead);
	bk_json_free(ahead->package);
	bk_roster_free(ahead->roster);
}

struct bk_roster_ahead *bk_roster_ahead_new(void)
{
	struct bk_roster_ahead *ahead = bk_calloc(1, sizeof *ahead);

	if (!ahead)
		return NULL;
	ahead->iso_codes = BK_ROSTER_ISO_CODES;
	ahead->roster = bk_roster_empty();
	atomic_init(&ahead->left, PARTS);
	ahead->started = ahead->roster && bk_thread_start(&ahead->thread, make_ahead, ahead);
	if (ahead->started)
		return ahead;
	release(ahead);
	bk_free(ahead);
	return NULL;
}

void bk_roster_ahead_free(struct bk_roster_ahead *ahead)
{
	if (!ahead)
		return;
	for (size_t part = 0; part < PARTS; part++)
		atomic_store(&ahead->taken[part], true); /* what is not begun is not made */
	release(ahead);
	bk_free(ahead);
}

/* Take the roster with all that ships.  A thread that is at a part is waited for; one that comes too late finds
 * nothing to do, and is not. */
static int complete(struct bk_roster_ahead *ahead, bk_roster **out)
{
	const bool package = make(ahead, PART_PACKAGE), tables = make(ahead, PART_TABLES);

	if (!tables || !package)
		join(ahead);
	if (atomic_load(&ahead->failed))
		return bk_fail_memory();
	*out = ahead->roster;
	ahead->roster = NULL;
	return BK_OK;
}

int bk_roster_ship(bk_roster **out, const char *iso_codes)
{
	struct bk_roster_ahead here = {.iso_codes = iso_codes, .roster = bk_roster_empty()};
	int status;

	if (!here.roster)
		return bk_fail_memory();
	atomic_init(&here.left, PARTS);
	status = complete(&here, out);
	release(&here);
	return status;
}

int bk_roster_ship_ahead(bk_roster **out, struct bk_roster_ahead *ahead)
{
	return ahead && ahead->roster ? complete(ahead, out) : bk_roster_ship(out, BK_ROSTER_ISO_CODES);
}
