/*
 * The roster: who can say something, how they are spelled, and who is in which group when.
 *
 * It is built once and then only read, by any thread.
 */
#include "ledger/roster.h"

#include "base/alloc.h"
#include "base/error.h"
#include "ledger/party.h"

#include <stdlib.h>

/* ---- Building -------------------------------------------------------------------------------------- */

/* A name as it is known, made once for all that is asked and said of it. */
struct key {
	char bytes[BK_PARTY_KEY_MAX];
	size_t len;
};

static void make_key(struct key *key, struct bk_str name)
{
	key->len = bk_party_key(name, key->bytes);
}

static size_t holder_of(const bk_roster *roster, const struct key *key)
{
	size_t index;

	return key->len && bk_map_get(&roster->names, (struct bk_str){key->bytes, key->len}, &index)
		       ? index
		       : SIZE_MAX;
}

size_t bk_roster_index(const bk_roster *roster, struct bk_str name)
{
	struct key key;

	make_key(&key, name);
	return holder_of(roster, &key);
}

static int know(bk_roster *roster, size_t index, const struct key *key, bool take)
{
	size_t *slot;

	if (!key->len)
		return BK_OK;
	slot = bk_map_slot(&roster->names, (struct bk_str){key->bytes, key->len}, index);
	if (!slot)
		return bk_fail_memory();
	if (take)
		*slot = index;
	return BK_OK;
}

int bk_roster_know(bk_roster *roster, size_t index, struct bk_str name)
{
	struct key key;

	make_key(&key, name);
	return know(roster, index, &key, false);
}

int bk_roster_add(bk_roster *roster, struct bk_str code, bool group, size_t *index)
{
	struct bk_roster_entry *entry;
	struct key key;
	size_t known;
	char *copy;

	make_key(&key, code);
	known = holder_of(roster, &key);
	if (known != SIZE_MAX &&
		bk_str_equal_nocase(bk_str_of(roster->entries.items[known].party.code), code)) {
		*index = known;
		return BK_OK;
	}
	copy = bk_arena_dup(&roster->arena, code.ptr, code.len);
	entry = copy ? BK_VEC_PUSH(&roster->entries) : NULL;
	if (!entry)
		return bk_fail_memory();
	entry->party = (struct bk_party){.code = copy, .name = copy, .group = group};
	*index = roster->entries.len - 1;
	return know(roster, *index, &key, true);
}

int bk_roster_set_name(bk_roster *roster, size_t index, struct bk_str name)
{
	char *copy = bk_arena_dup(&roster->arena, name.ptr, name.len);
	struct key key;

	if (!copy)
		return bk_fail_memory();
	roster->entries.items[index].party.name = copy;
	make_key(&key, name);
	return know(roster, index, &key, true);
}

static bool has_alias(const struct bk_roster_entry *entry, struct bk_str alias)
{
	if (bk_str_equal(alias, bk_str_of(entry->party.code)) ||
		bk_str_equal(alias, bk_str_of(entry->party.name)))
		return true;
	for (size_t i = 0; i < entry->aliases.len; i++)
		if (bk_str_equal(alias, bk_str_of(entry->aliases.items[i])))
			return true;
	return false;
}

static int put_alias(bk_roster *roster, struct bk_roster_entry *entry, struct bk_str alias)
{
	const char **slot = BK_VEC_PUSH(&entry->aliases);

	if (!slot)
		return bk_fail_memory();
	*slot = bk_arena_dup(&roster->arena, alias.ptr, alias.len);
	if (*slot)
		return BK_OK;
	entry->aliases.len--;
	return bk_fail_memory();
}

int bk_roster_add_alias(bk_roster *roster, size_t index, struct bk_str alias, bool take)
{
	struct bk_roster_entry *entry = &roster->entries.items[index];
	struct key key;
	size_t holder;
	int status;

	if (has_alias(entry, alias))
		return BK_OK;
	make_key(&key, alias);
	holder = holder_of(roster, &key);
	if (!take && holder != SIZE_MAX && holder != index)
		return BK_OK;
	status = put_alias(roster, entry, alias);
	return status == BK_OK ? know(roster, index, &key, take) : status;
}

int bk_roster_add_member(
	bk_roster *roster, size_t group, size_t party, struct bk_str from, struct bk_str until)
{
	struct bk_membership *slot;
	char *dates[2] = {bk_arena_dup(&roster->arena, from.ptr ? from.ptr : "", from.len),
		bk_arena_dup(&roster->arena, until.ptr ? until.ptr : "", until.len)};

	slot = dates[0] && dates[1] ? BK_VEC_PUSH(&roster->memberships) : NULL;
	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_membership){
		.group = roster->entries.items[group].party.code,
		.party = roster->entries.items[party].party.code,
		.from = dates[0],
		.until = dates[1],
	};
	return BK_OK;
}

/* ---- Finishing ------------------------------------------------------------------------------------- */

static int compare_parties(const void *a, const void *b)
{
	const struct bk_party *x = a, *y = b;

	return strcmp(x->code, y->code);
}

static int compare_memberships(const void *a, const void *b)
{
	const struct bk_membership *x = a, *y = b;
	/* a group has one code, which is said of all its members */
	int order = x->group == y->group ? 0 : strcmp(x->group, y->group);

	if (order == 0)
		order = strcmp(x->party, y->party);
	if (order == 0)
		order = strcmp(x->from, y->from);
	return order ? order : strcmp(x->until, y->until);
}

/* Each party's spellings with a NULL behind, all in one row. */
static int list_aliases(bk_roster *roster)
{
	size_t count = roster->entries.len;
	const char **list;

	for (size_t i = 0; i < roster->entries.len; i++)
		count += roster->entries.items[i].aliases.len;
	list = bk_arena_room(&roster->arena, count + 1, sizeof *list);
	if (!list)
		return bk_fail_memory();
	for (size_t i = 0; i < roster->entries.len; i++) {
		struct bk_roster_entry *entry = &roster->entries.items[i];

		entry->party.aliases = list;
		for (size_t a = 0; a < entry->aliases.len; a++)
			*list++ = entry->aliases.items[a];
		*list++ = NULL;
	}
	return BK_OK;
}

static const char *code_of(const void *roster, const char *name, size_t len)
{
	const struct bk_party *party = bk_roster_find(roster, name, len);

	return party ? party->code : NULL;
}

int bk_roster_finish(bk_roster *roster)
{
	const size_t count = roster->entries.len;

	roster->sorted = bk_arena_array(&roster->arena, count + 1, sizeof *roster->sorted);
	if (!roster->sorted)
		return bk_fail_memory();
	if (list_aliases(roster) < 0)
		return BK_ENOMEM;
	for (size_t i = 0; i < count; i++)
		roster->sorted[i] = roster->entries.items[i].party;
	qsort(roster->sorted, count, sizeof *roster->sorted, compare_parties);
	for (size_t i = 0; i < count; i++)
		roster->entries.items[bk_roster_index(roster, bk_str_of(roster->sorted[i].code))].place = i;
	if (roster->memberships.len)
		qsort(roster->memberships.items, roster->memberships.len, sizeof *roster->memberships.items,
			compare_memberships);
	roster->asked = (struct bk_names){.code = code_of, .roster = roster};
	return BK_OK;
}

bk_roster *bk_roster_empty(void)
{
	return bk_calloc(1, sizeof(bk_roster));
}

/* What ships, taken over, with the settings. */
static int settle(bk_roster **out, bk_roster *roster, const struct bk_setting *settings, size_t count)
{
	int status = bk_roster_apply(roster, settings, count);

	if (status == BK_OK && count)
		status = bk_roster_finish(roster);
	if (status == BK_OK)
		*out = roster;
	else
		bk_roster_free(roster);
	return status;
}

int bk_roster_new_from(
	bk_roster **out, const char *iso_codes, const struct bk_setting *settings, size_t count)
{
	bk_roster *roster;
	const int status = bk_roster_ship(&roster, iso_codes);

	return status == BK_OK ? settle(out, roster, settings, count) : status;
}

int bk_roster_new(bk_roster **out, const struct bk_setting *settings, size_t count)
{
	return bk_roster_new_from(out, BK_ROSTER_ISO_CODES, settings, count);
}

int bk_roster_new_ahead(
	bk_roster **out, struct bk_roster_ahead *ahead, const struct bk_setting *settings, size_t count)
{
	bk_roster *roster;
	const int status = bk_roster_ship_ahead(&roster, ahead);

	return status == BK_OK ? settle(out, roster, settings, count) : status;
}

void bk_roster_free(bk_roster *roster)
{
	if (!roster)
		return;
	for (size_t i = 0; i < roster->entries.len; i++)
		BK_VEC_RELEASE(&roster->entries.items[i].aliases);
	BK_VEC_RELEASE(&roster->entries);
	BK_VEC_RELEASE(&roster->memberships);
	bk_map_release(&roster->names);
	bk_arena_release(&roster->arena);
	bk_free(roster);
}
