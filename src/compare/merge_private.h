/*
 * The inside of a merge, shared by its rooms, in the order in which they are called:
 *
 *	merge_version what each version changed of the base
 *	merge_move    paragraphs that moved
 *	merge_number, merge_rewritten, merge_swap, merge_round, merge_whole
 *	              what of it is opposed, where what is unopposed is taken
 *	merge_voice, merge_part, merge_cut, merge_sentence, merge_member, merge_answer, merge_taken,
 *	merge_alternative, merge_point, merge_bracketed, merge_around
 *	merge_place   what becomes of each region: the events that its place makes, and its proposals
 *	merge_placed  what becomes of many, put together in their order
 *	merge_stretch all of them
 *	merge_name    names added to brackets of the base
 *	merge_write   the base with all events, as bytes
 *	merge_follow  where bytes of the texts stand there
 *	merge_doubt   what may be read otherwise beside each other
 *	merge_excerpt a few words of the base in all of them
 *	merge_reader, merge_misread
 *	              what is read otherwise than its party wants it
 *	merge         the facade
 *
 * An event puts text in at an offset of the base; only what is taken lets some of the base give way.  So the
 * base can be read off the compilation again, and events of regions that nest come out nested when they are
 * put in order:
 *
 *	at one offset	what ends there, the inner one first; names behind an opening bracket; what comes in;
 *			what opens there, the outer one first; names before a closing bracket; what gives way
 */
#ifndef BRACKED_COMPARE_MERGE_PRIVATE_H
#define BRACKED_COMPARE_MERGE_PRIVATE_H

#include "base/arena.h"
#include "base/error.h"
#include "compare/region.h"
#include "compare/share.h"
#include "draft/changes.h"
#include "draft/inscription.h"

#include <bracked/merge.h>

enum bk_rank {
	BK_RANK_END, /* far is where it began */
	BK_RANK_NAMES,
	BK_RANK_POINT,	    /* far is where it stands in the text of its party */
	BK_RANK_BELOW,	    /* paragraphs below the one that ends there; far is where that began */
	BK_RANK_LAST_POINT, /* what comes in at the end of one of these; far as of a point */
	BK_RANK_BEGIN,	    /* far is where it will end */
	BK_RANK_LAST_NAMES,
	BK_RANK_GIVES_WAY, /* far is where the base goes on */
	BK_RANK_LITERAL,
};

/* What ends at one offset and began at one: in this order. */
enum bk_turn { BK_TURN_BRACKET, BK_TURN_NAMES, BK_TURN_ALTERNATIVES, BK_TURN_AROUND };

struct bk_merge_event {
	size_t at, far;
	struct bk_str text;
	uint32_t place; /* that it begins or ends, with this text in it; BK_NONE: it does neither */
	uint32_t number;
	uint8_t rank, turn;
	bool begins, ends;
	bool second;	 /* of what is put in at one offset: it comes behind the others */
	bool layout;	 /* it gives way unless something else does there */
	uint32_t brings; /* the move that puts its paragraph here, behind the text's blanks; or BK_NONE */
	uint32_t inside; /* the move that takes it elsewhere, or BK_NONE */
};

/* No party's number: that of several. */
#define BK_MERGE_SEVERAL (BK_NONE - 1)

/* A paragraph that a party moved. */
struct bk_move {
	uint32_t party;
	uint32_t amendment;	 /* where it came */
	uint32_t source, target; /* regions */
	bool taken;		 /* it takes along what others changed in it */
};

/* Where words of a proposal stand: in the text of an event, or, of no event, in the base. */
struct bk_standing {
	uint32_t event;
	struct bk_span span;
	size_t label; /* bytes of the label that it begins with, */
	size_t words; /* and where it goes on behind it, inside of the brackets */
	size_t shell; /* bytes of its own brackets and names in its file before what it says there */
};

/* Where the bracket of a name opens: in the text of an event, or, of no event, in the base. */
struct bk_named_at {
	uint32_t event;
	size_t at;
};

/* A name that a bracket of the base is to get. */
struct bk_naming_of {
	uint32_t mark; /* the open */
	struct bk_inscribed name;
};

/* What becomes of regions that are placed one after the other.  Numbers of events and of places count from its own
 * first ones. */
struct bk_placed {
	struct bk_arena arena; /* of the events' texts */
	BK_VEC(struct bk_merge_event) events;
	BK_VEC(struct bk_naming_of) namings;
	BK_VEC(uint32_t) literals; /* offsets of brackets of the base that are to be literal */
	BK_VEC(struct bk_merge_proposal) proposals;
	BK_VEC(struct bk_standing) standings; /* of each proposal */
	BK_VEC(struct bk_merge_naming) names;
	BK_VEC(struct bk_named_at) named; /* of each name */
	BK_VEC(struct bk_merge_place) places;
};

typedef BK_VEC(struct bk_span) bk_spans;

/* Bytes that stand in the compilation as in another text. */
struct bk_copy {
	size_t out, source, len;
};

typedef BK_VEC(struct bk_copy) bk_copies;

struct bk_merge {
	struct bk_arena arena;
	struct bk_merge_options options;
	bk_conventions *own_conventions;
	struct bk_version *versions;
	size_t count;
	struct bk_base base;
	struct bk_base other_bases[BK_SHARE_THREADS - 1]; /* the same, each with versions compared with it */
	struct bk_amendments *amendments;		  /* of each version */
	bool differ; /* of those who changed the base, some did so otherwise than others */
	struct bk_regions regions;
	uint32_t **
		region_of; /* of each version's amendments: that in which it stands alone in its claim, or BK_NONE */
	BK_VEC(struct bk_move) moves;
	size_t stretches; /* of regions, placed apart from each other; 0: as many as are worth it */
	struct bk_placed placed;
	struct bk_buf out;
	bk_copies of_base;
	bk_copies *of_versions; /* of each, of its own words */
	/* Brackets of the base side by side, with names in parentheses between them or without: where such a run is,
	 * and by marks that open a pair in which of them it stands.  Only where what is unopposed is taken. */
	BK_VEC(struct bk_span) runs;
	uint32_t *run_of;
	size_t disputes, inner_disputes;
};

/* merge.c: as bk_merge_new, with regions placed in so many stretches; 0: as many as are worth it, as always but in
 * tests of what comes out, which is the same for any number. */
int bk_merge_new_in_stretches(bk_merge **out, struct bk_str base, const struct bk_version *versions,
	size_t count, const struct bk_merge_options *options, size_t stretches);

/* merge_version.c: find what each version changed of the base.  BK_ETOOBIG, BK_ENOMEM, BK_EFORMAT when it could not be
 * given back; release in any case. */
int bk_merge_find_amendments(struct bk_merge *merge, struct bk_str base);
void bk_merge_release_amendments(struct bk_merge *merge);

/* merge_around.c: which brackets of the base stand side by side, once they are paired and before regions are placed.
 * Cost: O(brackets and what stands in parentheses behind them).  BK_ENOMEM. */
int bk_merge_find_runs(struct bk_merge *merge);

/* merge_move.c: find them, before regions are placed; and tell them in the proposals.  BK_ENOMEM. */
int bk_merge_find_moves(struct bk_merge *merge);
/* Those taken of which an end is touched are to stand in brackets, or all of them; whether there were such. */
bool bk_merge_bracket_moves(struct bk_merge *merge, bool all);
void bk_merge_tell_moves(struct bk_merge *merge);
/* Which places are both ends of one move, when places are in order.  BK_ENOMEM. */
int bk_merge_pair_moves(struct bk_merge *merge);
/* Whether a place in brackets has those of the one before it, too. */
bool bk_merge_shares_brackets(const struct bk_merge *merge, size_t place);

/* merge_stretch.c: BK_ENOMEM. */
int bk_merge_place_regions(struct bk_merge *merge);

/* merge_placed.c: add an event; its text is borrowed.  NULL: no memory. */
struct bk_merge_event *bk_placed_event(
	struct bk_placed *placed, size_t at, enum bk_rank rank, size_t far, struct bk_str text);
/* A name for the bracket of the base that opens with a mark, to be written when all are known.  BK_ENOMEM. */
int bk_placed_name(struct bk_placed *placed, uint32_t mark, const char *party, enum bk_act act);
/* A name beside a bracket that opens there.  BK_ENOMEM. */
int bk_placed_add_name(struct bk_placed *placed, struct bk_named_at named, const struct bk_inscribed *name);
/* Put behind it what becomes of the regions behind, which holds nothing then.  BK_ENOMEM, and nothing has changed. */
int bk_placed_append(struct bk_placed *placed, struct bk_placed *behind);
void bk_placed_release(struct bk_placed *placed);

/* merge_name.c: names for brackets of the base, when all are known. */
int bk_merge_write_names(struct bk_merge *merge);
/* Where words that begin a line go on behind their label, list mark or option header, perhaps in a line below, which
 * stay outside of brackets that get a name: a label is read where a line begins.  The start of words that have none,
 * or nothing else. */
size_t bk_merge_behind_label(struct bk_str text, struct bk_span words);
/* What stands behind it, without blanks. */
struct bk_str bk_merge_behind(struct bk_str text, struct bk_span words);
/* Whether a bracket behind these bytes would be literal: a backslash is doubled there. */
bool bk_merge_ends_literal(struct bk_str bytes);
/* merge_write.c: BK_ENOMEM. */
int bk_merge_write(struct bk_merge *merge);
/*
 * merge_misread.c: read the compilation as each party does, and tie what is read otherwise than its party wants it: in
 * round 0 with the nearest other places and the brackets side by side with them, in the last one with the words beside
 * these, too, and with all between what is read otherwise in a paragraph.  *misread are the parts of the base where
 * there was such, and will be looked at in the next round; where it is not empty, all is to be placed anew.  Cost:
 * that of reading where brackets, or words close to each other, are changed, for each party that changes them.
 * BK_ENOMEM.
 */
enum { BK_MISREAD_ROUNDS = 2 };
int bk_merge_tie_misread(struct bk_merge *merge, int round, bk_spans *misread);
/* merge_follow.c: before proposals are put in another order.  BK_ENOMEM. */
int bk_merge_find_copies(struct bk_merge *merge);
/* By where they come from.  BK_ENOMEM. */
int bk_merge_sort_copies(bk_copies *copies);

#endif
