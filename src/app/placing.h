/*
 * Placing: what of a merge is still to be decided in its compilation.
 *
 *	OUT.proof --> places of the compilation as it was merged --compare--> the draft as it is now
 *
 * A place is followed by comparing the two texts, so that what is edited, settled, undone or saved meanwhile
 * moves it along.  The compilation as merged is the draft itself, its file, or a state among its undo steps or
 * revisions: the one that has the proof's hash.  Where none has, a place is found by a bracket that says its words
 * under its names, if just one does, and followed from there.
 */
#ifndef BRACKED_APP_PLACING_H
#define BRACKED_APP_PLACING_H

#include "app/session.h"

#include <bracked/compare.h>
#include <bracked/merge.h>

/* A bracket of a place: of bk_placing_issued, and which one of the draft it is now. */
struct bk_placing_bracket {
	uint32_t issued, now; /* now: BK_NONE when it is gone */
	bool of_base; /* the base has it just so: none of its characters and names came by the merge */
};

enum bk_placing_state {
	BK_PLACING_OPEN,      /* not decided: unplaced */
	BK_PLACING_DEFERRED,  /* the same, put off */
	BK_PLACING_BRACKETED, /* its brackets stay, on purpose */
	BK_PLACING_COMBINED,  /* fewer brackets stand than did */
	BK_PLACING_TAKEN, /* its brackets are gone but for those that the base has, where the base stands */
	BK_PLACING_LOST,  /* not found */
	BK_PLACING_STATE_COUNT
};

/*
 * One place of the compilation that is in brackets; places of the base that share its brackets are one, and so are the
 * ends of a move: the place where a paragraph stood has as targets those to which parties moved it.
 */
struct bk_placing_place {
	size_t first, count; /* places of the proof */
	size_t target, target_count;
	size_t own, own_count; /* of bk_placing_brackets */
	enum bk_placing_state state;
	bool inside;	/* it lies in the brackets of another one */
	bool joined;	/* fewer brackets stand than did */
	bool retained;	/* the brackets stand that the base has, and nothing else */
	bool along;	/* it was settled in a paragraph that moved meanwhile: nothing tells how */
	bool otherwise; /* it was settled by what is none of its proposals, nor the base */
	uint32_t
		bracket; /* of the draft: the first that stands; BK_NONE, also where one lost its other end */
	/* Brackets of bk_placing_issued, or BK_NONE: the one whose words stand where it is taken, and the first
	 * that is settled. */
	uint32_t won, gone;
	uint32_t withdrawn; /* the proposal to withdraw that is done, its bracket stands; or BK_NONE */
	size_t offset;	    /* in the draft; BK_NOWHERE where it is lost */
};

struct bk_placing_counts {
	size_t places, unplaced, deferred, lost; /* deferred ones are unplaced, too */
	size_t inside;				 /* of the places, those that lie in another one */
	size_t taken;				 /* places that everybody wants, which are in no list */
};

typedef struct bk_placing bk_placing;

/* What a placing is made from; all of it must outlive the placing but the snapshots. */
struct bk_placing_source {
	const char *path;		     /* of the draft; NULL: it is no file */
	const bk_draft *draft;		     /* as it is now */
	const bk_draft *known;		     /* bk_placing_issued of a placing before; or NULL */
	const bk_snapshot *saved, *received; /* the draft's file, or NULL */
	const bk_conventions *conventions;
	const struct bk_names *names;
	const bk_ledger *ledger;   /* which may keep names out of the text; or NULL, with binding */
	const bk_binding *binding; /* of the ledger to the draft */
	const bk_text *steps;	   /* that lead to the draft, and are looked through, too; or NULL */
	bk_repository *repository; /* the same of the revisions of the file with that name there; or NULL */
	const char *repository_name;
	bool (*is_stopped)(void *context); /* or NULL */
	void *context;
};

/* Who stands beside the brackets of a draft: in its text, or in the ledger, where names are kept out of that.
 * With the draft alone it is those of the text. */
struct bk_placing_names {
	const bk_draft *draft;
	bk_kept *kept; /* NULL: nothing is known of a ledger */
	/* Where it keeps some: those of each bracket, which begin in list at first[bracket]; else NULL. */
	struct bk_attribution *list;
	size_t *first;
};
/* Those of one bracket; names of the ledger, which are last, have no span. */
const struct bk_attribution *bk_placing_names_beside(
	const struct bk_placing_names *names, uint32_t bracket, size_t *count);
/* Whether who does this beside words asks for them to be gone: deletes or opposes them. */
bool bk_placing_asks_gone(enum bk_act act);

/* That of a session, whose draft is fresh. */
struct bk_placing_source bk_placing_source(const struct bk_session *session);
/*
 * Read the proof that lies beside the draft, and follow its places.  Cost: a comparison; without `known` a reading of
 * the draft, and all steps and revisions may be read, too.  BK_ENOTFOUND: there is no proof; BK_EFORMAT: it is none;
 * BK_ELIMIT: it was stopped; BK_EIO; BK_ENOMEM.
 */
int bk_placing_open(bk_placing **out, const struct bk_placing_source *source);
void bk_placing_free(bk_placing *placing);

/* In the order of the compilation; borrowed, as all that follows. */
const struct bk_placing_place *bk_placing_places(const bk_placing *placing, size_t *count);
/* Those to which the paragraph of a place moved, target_count of them, each with what stands of it alone. */
const struct bk_placing_place *bk_placing_targets(
	const bk_placing *placing, const struct bk_placing_place *place);
/*
 * The brackets of a place, own_count of them, in order: those that hold its proposals and what the base says
 * there, and none of a place that lies beside them in its span.
 */
const struct bk_placing_bracket *bk_placing_brackets(
	const bk_placing *placing, const struct bk_placing_place *place);
struct bk_placing_counts bk_placing_count(const bk_placing *placing);
const bk_proof *bk_placing_proof(const bk_placing *placing);
/* The draft that places are followed from: that of the compilation as it was merged, or where nobody has it, of the
 * text as it was when one first looked. */
const bk_draft *bk_placing_issued(const bk_placing *placing);
/* The same, to be freed by the caller after the placing; NULL when it was known before, or has been taken. */
bk_draft *bk_placing_take_issued(bk_placing *placing);
/* Whether that is the compilation as it was merged. */
bool bk_placing_is_exact(const bk_placing *placing);
/* Whether nothing of the proof is found in the draft: it is that of another compilation. */
bool bk_placing_is_foreign(const bk_placing *placing);
/* The name of a file beside the draft that is the compilation which the proof is of, where the draft is not; NULL when
 * there is none. */
const char *bk_placing_owner(const bk_placing *placing);
/* The draft that it was made from. */
const bk_draft *bk_placing_now(const bk_placing *placing);
/* The names of both. */
const struct bk_placing_names *bk_placing_names_issued(const bk_placing *placing);
const struct bk_placing_names *bk_placing_names_now(const bk_placing *placing);
/* Where the words of a proposal stand now, as bk_comparison_follow; false where nobody can tell. */
bool bk_placing_follow(
	const bk_placing *placing, const struct bk_proof_proposal *proposal, struct bk_followed *out);

/* Mark a place, and write the proof.  BK_ECHANGED: others have written it meanwhile; BK_EIO; BK_ENOMEM. */
int bk_placing_mark(bk_placing *placing, size_t place, enum bk_proof_mark mark);
/*
 * Put the words of several alternatives of a bracket (bk_draft_alternatives, from 1, ascending) into the bracket of
 * the first of these, parted by slashes, each before its names: `[should - EU / may - US]`; those that the ledger
 * keeps are written, too.  BK_EINVAL: fewer than two, one that is not there, one of several lines, with a slash or
 * with names that do more than propose, all in one bracket, or one without the others that stand in its bracket, or
 * the conventions have no names behind a dash.  BK_ENOMEM.
 */
int bk_placing_combine(const struct bk_placing_names *names, uint32_t bracket, const size_t *alternatives,
	size_t count, bk_changes **out);
/* A bracket with what stands behind it in its own notation: `[text] (EU)`. */
struct bk_span bk_placing_whole(const bk_draft *draft, const struct bk_bracket *bracket);
/* Whether such alternatives, of which one does, too, or those of one bracket, can stand in one bracket: BK_OK; else
 * BK_EINVAL, and why not. */
int bk_placing_can_combine(
	const struct bk_placing_names *names, uint32_t bracket, const size_t *alternatives, size_t count);
/*
 * Let the paragraph of a place stand at one of its targets, which is one of bk_placing_targets, or with NULL where it
 * stood, and nowhere else; it takes along what others want inside of it, where its words are what they were.  The
 * brackets of the place and of all targets stand.  BK_ENOMEM.
 */
int bk_placing_move(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_place *target, bk_changes **out);
/* What is to stand of the brackets of a place. */
enum bk_placing_stand {
	BK_PLACING_NOTHING,
	BK_PLACING_BASE, /* what the base says, with the brackets and names that it has there; of a compilation
			    as it was merged to the byte */
	BK_PLACING_ONE,	 /* the words of one bracket */
	BK_PLACING_WITHDRAWN, /* one bracket of the base's without the name of a party that takes it off */
};
/*
 * Settle all brackets of a place that stand, seams mended; `one` is a bracket of the draft, with BK_PLACING_ONE, or a
 * proposal, with BK_PLACING_WITHDRAWN, which bk_placing_can_withdraw tells of.
 * BK_ENOMEM.
 */
int bk_placing_settle(const bk_placing *placing, const struct bk_placing_place *place,
	enum bk_placing_stand stand, size_t one, bk_changes **out);
/* Whether a bracket of a place says what the base does; whether the base has it, with names or without; and whether
 * one of these that stands does so without what the merge put to it where the base is to stand. */
bool bk_placing_says_base(const bk_placing *placing, const struct bk_placing_bracket *bracket);
bool bk_placing_is_in_base(const bk_placing *placing, const struct bk_placing_bracket *bracket);
bool bk_placing_keeps_bracket(const bk_placing *placing, const struct bk_placing_bracket *bracket);
/* Whether a proposal takes a name off a bracket that stands: `[EU, US: text]` becomes `[US: text]`. */
bool bk_placing_can_withdraw(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket);

/*
 * The newest of the last revisions of a file, by its name in the repository, whose text is the compilation that a
 * proof is of: its id, and its bytes, by bk_store_free.  NULL for them when there is none, or it was stopped; what
 * git cannot give is not found.  is_stopped may be NULL.  BK_ENOMEM.
 */
int bk_placing_find_revision(const bk_proof *proof, bk_repository *repository, const char *name,
	bool (*is_stopped)(void *context), void *context, char id[41], char **bytes, size_t *len);

#endif
