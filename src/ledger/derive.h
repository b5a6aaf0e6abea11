/*
 * Positions from the inside.
 */
#ifndef BRACKED_LEDGER_DERIVE_H
#define BRACKED_LEDGER_DERIVE_H

#include "base/arena.h"
#include "base/vec.h"
#include "ledger/event.h"

/* Something said by one party or group about one bracket: an event of the ledger, or a name in the text. */
struct bk_statement_of {
	struct bk_position position; /* from is "own", group is "" */
	size_t order;		     /* in time: those of the text first, then the ledger's */
	bool withdraws;		     /* ends what was before */
	bool stated;		     /* in force as stated: not ended by the same holder */
};

struct bk_positions {
	struct bk_arena arena;
	struct bk_position *list;
	size_t count;
	BK_VEC(struct bk_statement_of) all; /* everything said, by (bracket, id of an orphan, order) */
	const char *party;		    /* whose positions these are; NULL: all as stated */
	const char *at;			    /* date of memberships; NULL: each statement's own */
};

/* statement.c: everything said, sorted.  BK_ENOMEM. */
int bk_statements_collect(struct bk_positions *positions, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger);
/* Those about one place: from first, those that follow and are about the same; returns the end. */
size_t bk_statements_run(const struct bk_positions *positions, size_t first);
/* First statement about a bracket of the draft. */
size_t bk_statements_from(const struct bk_positions *positions, uint32_t bracket);

/* standing.c: what is in force. */
enum bk_force {
	BK_FORCE_NONE,	   /* ended, overridden, or nothing to the party */
	BK_FORCE_OWN,	   /* the party's own */
	BK_FORCE_GROUP,	   /* a group's, which holds for the party */
	BK_FORCE_CONFLICT, /* a group's, against which another of equal standing says something else */
};
struct bk_standing {
	size_t rank; /* 0 own; else the group's size; SIZE_MAX: says nothing for the party */
	enum bk_force force;
};
/* Mark what is in force as stated.  BK_ENOMEM. */
int bk_standing_stated(struct bk_positions *positions);
/* What is in force for one party of the statements first..end, which are about one bracket; out has room for
 * them. */
void bk_standing_of(const struct bk_positions *positions, const bk_roster *roster, const char *party,
	size_t first, size_t end, struct bk_standing *out);

#endif
