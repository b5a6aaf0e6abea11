/*
 * Merging: many parties' versions of one base text as one compilation, and the proof that nothing was lost.
 *
 *	base --+--> what EU changed ----+
 *	       +--> what AOSIS changed -+--> places, in order of the base --> OUT, and a proof
 *	       +--> what US changed ----+
 *
 * Each version is compared with the base by itself; one sweep over the base brings together what overlaps.
 * Where nobody changed the base it stands; where every party changed it alike, that change, as words that all
 * strike, some of them with more; all else stands in brackets with the names of those who want it, equal proposals
 * under all their names:
 *
 *	replaced    Parties [shall][EU, AOSIS: should] act
 *	added       Parties shall [EU: promptly] act
 *	deleted     Parties [US delete: and others] act
 *	bracketed   Parties [US reserve: shall] act		the party put brackets round words of the base
 *	unbracketed Parties [US support: shall] act		the party took brackets of the base away
 *
 * The compilation is read as each party would read it, which is to find the words of its version.  What is read
 * otherwise, because brackets beside each other make a choice of what are two matters, stands together:
 *
 *	round a joint   On [loss/damage][EU: losses/damage][US: loss/harm] they act
 *
 * An alternative to a member of a run joins the run; to a bracket that stands in the base names are added
 * where its own stand.  A bracket without its other end in words that are put in brackets is written as a
 * literal one, `\[`, so that every bracket of the compilation is closed that was closed before.
 *
 * The answer depends on the texts and on the order of the roster alone, not on the order in which they are
 * given.
 */
#ifndef BRACKED_MERGE_H
#define BRACKED_MERGE_H

#include <bracked/draft.h>
#include <bracked/error.h>

/* A party's version of the base. */
struct bk_version {
	const char *party; /* the roster's code */
	const char *name;  /* of its file, for the proof */
	const char *bytes;
	size_t len;
};

struct bk_merge_options {
	enum bk_style style;		   /* how names are written */
	bool unopposed;			   /* take what no other party touches */
	const bk_conventions *conventions; /* NULL: the default set */
	const struct bk_names *names;	   /* NULL: only names that look like codes */
};

enum bk_merge_act {
	BK_MERGE_ADD,
	BK_MERGE_DELETE,
	BK_MERGE_REPLACE,
	BK_MERGE_MOVE, /* a paragraph: base is where it stood */
	/* What the party says of words of the base, beside its name or by the brackets that it put or took away. */
	BK_MERGE_RESERVE, /* also brackets put round them */
	BK_MERGE_SUPPORT, /* also brackets taken away */
	BK_MERGE_OPPOSE,
	BK_MERGE_WITHDRAW, /* took its own name away */
	BK_MERGE_LAYOUT,   /* blanks and line ends alone */
	BK_MERGE_ACT_COUNT
};
/* "replace".  Static. */
BK_API const char *bk_merge_act_name(enum bk_merge_act act);

enum bk_merge_fate {
	BK_MERGE_BRACKETED, /* stands in brackets under the names of those who want it */
	BK_MERGE_TAKEN,	    /* stands as words of the text: all want it, or nobody else touches it */
	/* Not in the text: layout, where it is not taken; a name that stands beside its words; and, of
	 * BK_MERGE_REPLACE, names of others in a bracket, which each gives for itself, or how names are written. */
	BK_MERGE_LEFT,
	BK_MERGE_FATE_COUNT
};
BK_API const char *bk_merge_fate_name(enum bk_merge_fate fate);

/* One thing that one party wants.  Spans are those of its words, without blanks around; an empty one is
 * where they would stand. */
struct bk_merge_proposal {
	uint32_t party; /* index into bk_merge_versions */
	enum bk_merge_act act;
	enum bk_merge_fate fate;
	struct bk_span base; /* what it is about */
	struct bk_span file; /* in the party's own text */
	struct bk_span out;  /* where its words stand now; of a deletion, what is to go */
	uint32_t place;	     /* index into bk_merge_places; BK_NONE when it is left */
	uint32_t source;     /* of a move: the place where it stood; else BK_NONE */
};

/* One place of the base where something is proposed; its proposals are those with its index. */
struct bk_merge_place {
	struct bk_span base, out;
	size_t proposal_count;
	bool bracketed; /* else what it holds was taken */
	/* Of a paragraph that moved here, with nothing else proposed at either end: the place where it stood, which
	 * is one with this; else BK_NONE. */
	uint32_t from;
};

/* A name beside a bracket of the compilation: it is written there, or, in BK_STYLE_NONE, kept out of the text. */
struct bk_merge_naming {
	size_t bracket;	   /* the offset at which that opens */
	const char *party; /* the roster's code */
	enum bk_act act;
};

typedef struct bk_merge bk_merge;

/*
 * Merge so many versions, of parties that differ from each other.  The bytes of base and versions, conventions and
 * names must outlive the merge; of versions and options all else is copied.  Cost: O(n) in the bytes that are
 * alike, O(n log n) in words near what differs.  Threads share long texts; one that comes when all is done may
 * still run in the library after this returns, and uses nothing of the caller's.  BK_EINVAL: a party twice;
 * BK_ETOOBIG; BK_ENOMEM.
 */
BK_API int bk_merge_new(bk_merge **out, const char *base, size_t base_len, const struct bk_version *versions,
	size_t count, const struct bk_merge_options *options);
BK_API void bk_merge_free(bk_merge *merge);

/* The compilation; borrowed. */
BK_API const char *bk_merge_bytes(const bk_merge *merge, size_t *len);
/* The versions in the order of the roster, as names are written; borrowed. */
BK_API const struct bk_version *bk_merge_versions(const bk_merge *merge, size_t *count);
/* By place, then party, then place in its file; those that are left last. */
BK_API const struct bk_merge_proposal *bk_merge_proposals(const bk_merge *merge, size_t *count);
/* In order of the compilation. */
BK_API const struct bk_merge_place *bk_merge_places(const bk_merge *merge, size_t *count);
/* What the merge says of brackets, those of the base among them: in order of brackets, for each by act, then
 * party.  The same in all styles, but for the offsets.  Names that stand in the base or in what a party wrote are
 * not among them; borrowed. */
BK_API const struct bk_merge_naming *bk_merge_namings(const bk_merge *merge, size_t *count);
/* How many places are in brackets, a move being one; those that lie in another one, as edits inside of what is to be
 * deleted, are counted with it. */
BK_API size_t bk_merge_disputes(const bk_merge *merge);
/* How many more lie in these; those that share their brackets are one. */
BK_API size_t bk_merge_inner_disputes(const bk_merge *merge);
/* How many proposals are names that were left out. */
BK_API size_t bk_merge_names_left(const bk_merge *merge);
/* Where the byte at offset of the base (party BK_NONE) or of a party's text stands in the compilation;
 * BK_NOWHERE when it stands in none.  O(log n). */
BK_API size_t bk_merge_follow(const bk_merge *merge, uint32_t party, size_t offset);

/* ---- Proof: each text given back from the compilation -------------------------------------------------- */

/*
 * The proof of a merge as JSON (bracked-proof(5)): the names and hashes of all texts, every proposal with its
 * words and places, and what is needed to give back the base and each party's text from the compilation.  The
 * names are those of the compilation and the base.  *json by bk_proof_free_bytes.  BK_EINVAL: a party with the code
 * "base"; BK_ENOMEM.
 */
BK_API int bk_merge_prove(
	const bk_merge *merge, const char *out_name, const char *base_name, char **json, size_t *len);
/* What the functions here give back: proofs as JSON, and texts.  Takes NULL. */
BK_API void bk_proof_free_bytes(char *bytes);

typedef struct bk_proof bk_proof;
/* Read a proof, which may come from anybody.  name is for messages.  BK_EFORMAT; BK_ENOMEM. */
BK_API int bk_proof_parse(bk_proof **out, const char *json, size_t len, const char *name);
BK_API void bk_proof_free(bk_proof *proof);
/* The name of the compilation, and those of the parties in their order; borrowed. */
BK_API const char *bk_proof_out_name(const bk_proof *proof);
BK_API const char *const *bk_proof_parties(const bk_proof *proof, size_t *count);
/* Which of these a party is, by its code.  BK_ENOTFOUND says which there are. */
BK_API int bk_proof_party(const bk_proof *proof, const char *code, uint32_t *party);
BK_API const char *bk_proof_base_name(const bk_proof *proof);
/* The name of a party's file; party is an index into bk_proof_parties. */
BK_API const char *bk_proof_file_name(const bk_proof *proof, uint32_t party);
/* How many bytes the compilation has, as the proof says. */
BK_API size_t bk_proof_size(const bk_proof *proof);
/* Whether these bytes are the compilation that the proof speaks of.  O(len). */
BK_API bool bk_proof_is_of(const bk_proof *proof, const char *out_bytes, size_t out_len);

/* Where something stands: bytes of a text, and the line of the first, from 1. */
struct bk_proof_site {
	struct bk_span span;
	size_t line;
};

/* What staff have said of a place while they go through a compilation. */
enum bk_proof_mark {
	BK_PROOF_UNMARKED,
	BK_PROOF_KEPT,	   /* its brackets stay, on purpose */
	BK_PROOF_DEFERRED, /* later */
	BK_PROOF_MARK_COUNT
};
/* "bracketed", "deferred"; NULL for BK_PROOF_UNMARKED. */
BK_API const char *bk_proof_mark_name(enum bk_proof_mark mark);

/* A place of the base where something was proposed; words is not ended by NUL. */
struct bk_proof_place {
	struct bk_proof_site base, out;
	const char *words; /* of the base */
	size_t len;
	bool bracketed;
	uint32_t from;		      /* as in struct bk_merge_place */
	size_t first, proposal_count; /* its proposals: so many from there on */
	enum bk_proof_mark mark;
};

/* What one party proposed; the members that struct bk_merge_proposal has mean the same. */
struct bk_proof_proposal {
	uint32_t party; /* index into bk_proof_parties */
	enum bk_merge_act act;
	enum bk_merge_fate fate;
	struct bk_proof_site base, file, out;
	const char *words; /* what the party wrote */
	size_t len;
	uint32_t place, source;
};

/*
 * Read the places and proposals of a proof, when that has not happened.  Giving texts back needs none of
 * them, so a proof without can still do that.  What is read holds: spans lie in their texts, as long as the
 * proof says these are; places are in order of the compilation, proposals by place.  BK_EFORMAT: something
 * does not; BK_ENOMEM.
 */
BK_API int bk_proof_read(bk_proof *proof);
/* What bk_proof_read has read, none before; borrowed while the proof lives. */
BK_API const struct bk_proof_place *bk_proof_places(const bk_proof *proof, size_t *count);
/* Those that are left stand last. */
BK_API const struct bk_proof_proposal *bk_proof_proposals(const bk_proof *proof, size_t *count);
/* Another party who proposes just the same as the proposal with this index, the i-th as the proof lists them;
 * NULL: there are no more. */
BK_API const char *bk_proof_companion(const bk_proof *proof, size_t proposal, size_t i);
/* Where the byte at an offset of the compilation stands in the base, once the proof is read; BK_NOWHERE
 * for what is proposed, or notation.  O(log n). */
BK_API size_t bk_proof_origin(const bk_proof *proof, size_t out_offset);
/* Mark a place of a proof that has been read: here, and in what bk_proof_write gives. */
BK_API void bk_proof_mark(bk_proof *proof, size_t place, enum bk_proof_mark mark);
/* The proof as JSON, with its marks; *json by bk_proof_free_bytes.  BK_ENOMEM. */
BK_API int bk_proof_write(const bk_proof *proof, char **json, size_t *len);

/*
 * Give back the text of a party, or the base for "base", from the compilation's bytes.  *bytes by
 * bk_proof_free_bytes. BK_ENOTFOUND: no such party; BK_ECHANGED: out is not the compilation of this proof;
 * BK_EFORMAT: what comes out is not the text that was merged, so the proof is damaged; BK_ENOMEM.
 */
BK_API int bk_proof_recover(const bk_proof *proof, const char *party, const char *out_bytes, size_t out_len,
	char **bytes, size_t *len);

#endif
