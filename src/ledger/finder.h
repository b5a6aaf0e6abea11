/*
 * The finder: recorded places on one side, brackets of a draft on the other, and who belongs to whom.
 *
 *	exact      same words and the same context, letter by letter, and only one such          exact.c
 *	chain      what is found so far, as far as it kept its order, says where the rest         chain.c
 *	           should stand now
 *	candidate  for each place left: brackets whose surroundings share rare words with it,     candidate.c
 *	           the nearest with its words, the one that has its id; scored
 *	assign     the best scores first, each bracket once; too weak ones not at all             finder.c
 *
 * Cost: O(n log n) in brackets and places; a place has at most BK_PAIRS_PER_PLACE candidates.
 */
#ifndef BRACKED_LEDGER_FINDER_H
#define BRACKED_LEDGER_FINDER_H

#include "base/vec.h"
#include "draft/draft.h"
#include "ledger/anchor.h"
#include "ledger/spot.h"
#include "ledger/window.h"

enum { BK_VOTED = 8, BK_NEAREST = 8 };

/* Ids that were recorded at the same spot of the same bytes. */
struct bk_place {
	const struct bk_anchor *anchor;
	const char *const *ids; /* `count` of them */
	size_t count;
	struct bk_window window;
	uint64_t head;	  /* bk_anchor_head of its text */
	size_t expected;  /* where it should stand now */
	uint32_t bracket; /* where it stands, or BK_NONE */
	bool by_words;	  /* other words in the same place are not the one */
	bool exact;	  /* found by exact context */
	bool looked;
	enum bk_spot_kind spot_kind; /* once looked for */
	struct bk_span spot;	     /* where its surroundings meet now */
	bool shared;		     /* another place is found at the same bracket */
	double likeness;	     /* of the surroundings, 0 to 1 */
	double best, second;	     /* evidence of its two best candidates */
};

struct bk_pair {
	uint32_t place, bracket;
	double score; /* without what distance adds */
	double total; /* with it */
	double likeness;
	double evidence;			  /* of surroundings, path and id */
	unsigned beside;			  /* words equal beside the bracket: 0 to 4 */
	float alike;				  /* of the words inside, 0 to 1 */
	bool same_text, same_path, same_id, lone; /* lone: no other bracket has these words */
};

struct bk_finder {
	const struct bk_draft *draft;
	struct bk_digests digests;
	struct bk_place *places; /* by anchor->start */
	size_t place_count;
	uint64_t *heads;   /* of each bracket */
	uint32_t *by_head; /* brackets in order of (head, start) */
	bool *taken;
	BK_VEC(struct bk_pair) pairs; /* by place */
};

/* Prepare for a draft.  BK_ENOMEM. */
int bk_finder_init(struct bk_finder *finder, const bk_draft *draft);
void bk_finder_release(struct bk_finder *finder);
/* Find the places (in any order, windows and heads not yet filled in).  Brackets
 * found stay taken. BK_ENOMEM. */
int bk_finder_run(struct bk_finder *finder, struct bk_place *places, size_t count);

/* First index in by_head of a bracket with this head at or after start; *end is
 * after the last with this head. */
size_t bk_finder_with_head(
	const struct bk_finder *finder, uint64_t head, size_t start, size_t *first, size_t *end);
/* The context of a bracket as far as windows reach. */
void bk_finder_context(
	const struct bk_finder *finder, uint32_t bracket, struct bk_str *before, struct bk_str *after);

int bk_finder_exact(struct bk_finder *finder);	    /* exact.c */
int bk_finder_expect(struct bk_finder *finder);	    /* chain.c */
int bk_finder_candidates(struct bk_finder *finder); /* candidate.c */

#endif
