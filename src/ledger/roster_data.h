/*
 * The default roster as data: countries, groups, their spellings and their members with dates.
 */
#ifndef BRACKED_LEDGER_ROSTER_DATA_H
#define BRACKED_LEDGER_ROSTER_DATA_H

#include <stddef.h>
#include <stdint.h>

struct bk_country {
	const char *code, *alpha3, *name; /* all NULL ends the table */
};

struct bk_alias {
	const char *code, *alias; /* both NULL ends the table */
};

struct bk_group_name {
	const char *code, *name; /* both NULL ends the table */
};

/* Members of a group between two dates, as codes parted by blanks. */
struct bk_group_members {
	const char *group, *members; /* both NULL ends the table */
	const char *from, *until;    /* "" when unbounded; a year alone where the day is not known */
};

extern const struct bk_country bk_countries[];
extern const struct bk_alias bk_country_aliases[];
extern const struct bk_alias bk_country_formal_names[];
/* Releases of the iso-codes package that say nothing which is not in these tables: the XXH3 of their file. */
enum { BK_KNOWN_PACKAGES = 1 };
extern const uint64_t bk_known_packages[BK_KNOWN_PACKAGES];
/* Names in other languages, parted by bars. */
extern const struct bk_alias bk_country_names[];
extern const struct bk_group_name bk_groups[];
extern const struct bk_alias bk_group_aliases[];
extern const struct bk_group_members bk_group_member_table[];

#endif
