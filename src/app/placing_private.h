/* What the files of placing share. */
#ifndef BRACKED_APP_PLACING_PRIVATE_H
#define BRACKED_APP_PLACING_PRIVATE_H

#include "app/placing.h"
#include "base/vec.h"
#include "draft/seam.h"

/* What became of a bracket of issued. */
struct bk_placing_fate {
	uint8_t kind; /* enum bk_difference_kind; BK_DIFFERENCE_COUNT: no comparison tells */
	bool won;     /* its words stand */
	uint32_t now; /* the bracket of the draft that it is, or is joined into; or BK_NONE */
};

struct bk_placing {
	char *path; /* of the proof */
	struct bk_file_stamp stamp;
	bk_proof *proof;
	const bk_draft *issued;
	bk_draft *own_issued; /* the same, when it is the placing's to free */
	bk_draft *unnamed;  /* or NULL: as it was read before the names of its ledger, which borrow from it */
	bool exact;	    /* it is the compilation as merged */
	struct bk_str base; /* where it is exact, unless the proof does not give it back */
	char *own_base;	    /* its bytes, by bk_proof_free_bytes */
	char *owner;	    /* the name of the file that is, where the draft is not; or NULL */
	bk_comparison *comparison;
	const bk_draft *now; /* borrowed */
	struct bk_placing_names issued_names, now_names;
	struct bk_placing_fate *fates; /* by bracket of issued */
	BK_VEC(struct bk_placing_place) places;
	BK_VEC(struct bk_placing_place) targets; /* by the place that they belong to */
	BK_VEC(struct bk_placing_bracket) own;	 /* by the place */
	size_t *owned; /* by bracket of issued: the first of own that is that bracket, counted from 1; 0 for none */
};

/* placing_name.c: the names of a draft that a ledger is bound to, by bk_placing_names_release.  BK_ENOMEM. */
int bk_placing_names_read(struct bk_placing_names *names, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger);
void bk_placing_names_release(struct bk_placing_names *names);
/* Whether a party proposes something at a place; whether the ledger keeps the name of such a one for a bracket. */
bool bk_placing_is_proposer(
	const bk_placing *placing, const struct bk_placing_place *place, const char *party);
bool bk_placing_keeps_name(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_names *names, uint32_t bracket);
/* placing_fate.c: what became of each bracket.  BK_ENOMEM. */
int bk_placing_read_fates(struct bk_placing *placing);
/* Whether a bracket of the draft is one of issued to the byte. */
bool bk_placing_says_same(const struct bk_placing *placing, uint32_t issued, uint32_t now);
/* placing_search.c: where a place stands in a draft, in the part of it within: the one bracket that says the
 * words of one of its proposals under the party's name, with those that it forms a group with; false when that
 * cannot be told. */
bool bk_placing_search(const bk_placing *placing, const struct bk_placing_names *names, struct bk_span within,
	const struct bk_proof_place *place, struct bk_span *out);
/* placing_base.c: words of a draft; what the base says at a place, the longest where several share brackets. */
struct bk_str bk_placing_words(const bk_draft *draft, struct bk_span span);
struct bk_str bk_placing_base(const bk_placing *placing, const struct bk_placing_place *place);
/* The characters and the names of a bracket of issued are all from the base, and the ledger keeps none of the merge's;
 * where nobody has the compilation as it was merged, the base says it with its characters. */
bool bk_placing_is_untouched(
	const bk_placing *placing, const struct bk_placing_place *place, uint32_t bracket);
/* Whether one that stands is just what the base has. */
bool bk_placing_is_back(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *bracket);
/* Make it that, or where the base has no bracket let its words stand.  BK_ENOMEM. */
int bk_placing_give_back(const bk_placing *placing, const struct bk_placing_bracket *bracket, bk_cuts *cuts);
/* Delete one that the base has not, with the label before it that the base has not either; where others of the place
 * stand, only if none does in its line.  BK_ENOMEM. */
int bk_placing_take_back(
	const bk_placing *placing, const struct bk_placing_bracket *bracket, bool others, bk_cuts *cuts);
/* Where the bracket before one ends, with its names; where it opens in another one, or 0. */
size_t bk_placing_end_before(const bk_draft *draft, uint32_t bracket);
/* Whether one stands just as a proposal to withdraw has it; make it that where it can be.  BK_ENOMEM. */
bool bk_placing_is_withdrawn(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket);
int bk_placing_withdraw(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket, bk_cuts *cuts);
/* placing_own.c: list the brackets of a place whose part of the compilation is the span.  BK_ENOMEM. */
int bk_placing_find_own(struct bk_placing *placing, struct bk_span span, struct bk_placing_place *place);
/* placing_exact.c: let the base stand at a place of a compilation as it was merged, to the byte.  BK_ENOMEM. */
int bk_placing_settle_base(const bk_placing *placing, const struct bk_placing_place *place, bk_changes **out);
/* Whether it stands there so, where the part of the compilation is the span; brackets that are told to stand must lie
 * in it.  near: where in the draft that is about. */
bool bk_placing_stands_base(const bk_placing *placing, const struct bk_placing_place *place, size_t near);
/* placing_standing.c: what stands of a place whose part of the compilation is the span.  BK_ENOMEM. */
int bk_placing_find_standing(struct bk_placing *placing, struct bk_span span, enum bk_proof_mark mark,
	struct bk_placing_place *place);
/* What somebody has said of a place with brackets that stand. */
enum bk_placing_state bk_placing_marked(enum bk_proof_mark mark, bool joined);
/* placing_move.c: give each place its targets, which are put in their order.  BK_ENOMEM. */
int bk_placing_join_targets(struct bk_placing *placing);
/*
 * The compilation as it was merged, counted; where it is not to be had, what was known before, or the text as it is.
 * BK_ENOMEM.
 */
int bk_placing_find_issued(const bk_proof *proof, const struct bk_placing_source *source, bk_snapshot **out);
/* The name of the file beside a draft that is the compilation of a proof, by the name that it has there, to be freed;
 * NULL when there is none.  BK_ENOMEM. */
int bk_placing_find_owner(const bk_proof *proof, const char *path, char **owner);

#endif
