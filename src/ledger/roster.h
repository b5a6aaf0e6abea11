/*
 * The roster from the inside: how it is built.
 *
 *	countries (iso-codes or built in) + groups  ->  entries, names, memberships  <-  settings
 *	                                                      |
 *	                                            sorted, and then unchanging
 */
#ifndef BRACKED_LEDGER_ROSTER_H
#define BRACKED_LEDGER_ROSTER_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#include <bracked/ledger.h>

#define BK_ROSTER_ISO_CODES "/usr/share/iso-codes/json/iso_3166-1.json"

struct bk_roster_entry {
	struct bk_party party;
	BK_VEC(const char *) aliases;
	size_t place; /* in the sorted list */
};

struct bk_roster {
	struct bk_arena arena;
	BK_VEC(struct bk_roster_entry) entries; /* as they came */
	struct bk_map names;			/* key of a code, name or alias -> index of entry */
	BK_VEC(struct bk_membership) memberships;
	struct bk_party *sorted; /* by code, once built */
	struct bk_names asked;
};

/* As bk_roster_new, with the file of the iso-codes package at another path. */
int bk_roster_new_from(
	bk_roster **out, const char *iso_codes, const struct bk_setting *settings, size_t count);

/*
 * A roster begun ahead: what hangs on no settings is built on a thread of its own meanwhile.  NULL where no thread or
 * no memory is to be had.  Cost for the caller: the start of a thread.
 */
struct bk_roster_ahead;
struct bk_roster_ahead *bk_roster_ahead_new(void);
/* As bk_roster_new, of what was begun, once, and is then to be freed.  What the thread has not come to yet is built
 * here: all of it where ahead is NULL. */
int bk_roster_new_ahead(
	bk_roster **out, struct bk_roster_ahead *ahead, const struct bk_setting *settings, size_t count);
/* The thread leaves off after what it is at, and is waited for.  Takes NULL. */
void bk_roster_ahead_free(struct bk_roster_ahead *ahead);

/* Nobody, to be built from; NULL when memory ran out. */
bk_roster *bk_roster_empty(void);

/* Building.  Strings are copied.  All return BK_OK or BK_ENOMEM. */

/* The entry of a code, made when missing.  *index is its index in entries. */
int bk_roster_add(bk_roster *roster, struct bk_str code, bool group, size_t *index);
/* A name or another spelling; it is taken from whoever had it when `take`, else left there. */
int bk_roster_set_name(bk_roster *roster, size_t index, struct bk_str name);
int bk_roster_add_alias(bk_roster *roster, size_t index, struct bk_str alias, bool take);
/* A name that is no spelling which anybody is told of; it is left to whoever has it. */
int bk_roster_know(bk_roster *roster, size_t index, struct bk_str name);
int bk_roster_add_member(
	bk_roster *roster, size_t group, size_t party, struct bk_str from, struct bk_str until);
/* Put in order, as it can be asked; and again when something was added since. */
int bk_roster_finish(bk_roster *roster);
/* Index of the entry that has this code, name or alias, or SIZE_MAX. */
size_t bk_roster_index(const bk_roster *roster, struct bk_str name);

/* roster_shipped.c: countries and groups, and what the package in the file iso_codes says, in order.  *out is the
 * caller's.  BK_ENOMEM. */
int bk_roster_ship(bk_roster **out, const char *iso_codes);
/* The same of what was begun ahead, once; of NULL, and of what was taken already, it is made here. */
int bk_roster_ship_ahead(bk_roster **out, struct bk_roster_ahead *ahead);
/* roster_settings.c: a negotiation's settings.  BK_EINVAL names the setting. */
int bk_roster_apply(bk_roster *roster, const struct bk_setting *settings, size_t count);

#endif
