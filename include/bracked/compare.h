/*
 * Comparing two drafts: what happened to every bracket and to the words, and which changes bind.
 *
 *	old draft --+                                    +--> brackets: kept, accepted, deleted, chosen ...
 *	            +--> provisions paired, words matched +--> words: added, deleted, changed
 *	new draft --+                                    +--> edits: from the old bytes to the new ones
 *
 * Words are compared, not bytes: wrapping a paragraph anew, emphasis and new numbers change no word.  Provisions
 * are paired first, moved and renumbered ones too, and words within pairs after; so a stock phrase that stands
 * all over is never taken for one that moved.  What the kinds mean is in bracked-notation(7).
 */
#ifndef BRACKED_COMPARE_H
#define BRACKED_COMPARE_H

#include <bracked/draft.h>
#include <bracked/error.h>
#include <bracked/ledger.h>

enum bk_difference_kind {
	/* Of brackets that stand in both texts, */
	BK_DIFFERENCE_KEPT,
	BK_DIFFERENCE_REWORDED,
	BK_DIFFERENCE_MOVED,
	BK_DIFFERENCE_SPLIT, /* into several; or a piece of one */
	/* in the old one only, */
	BK_DIFFERENCE_ACCEPTED,
	BK_DIFFERENCE_DELETED,
	BK_DIFFERENCE_CHOSEN, /* a choice was made: won or lost */
	BK_DIFFERENCE_JOINED, /* into another bracket */
	/* in the new one only; */
	BK_DIFFERENCE_OPENED,
	BK_DIFFERENCE_REOPENED,
	/* of names alone, beside another kind; */
	BK_DIFFERENCE_ATTRIBUTED,
	/* of words outside of the brackets told above. */
	BK_DIFFERENCE_TEXT_ADDED,
	BK_DIFFERENCE_TEXT_DELETED,
	BK_DIFFERENCE_TEXT_CHANGED,
	BK_DIFFERENCE_RENUMBERED,
	BK_DIFFERENCE_COUNT
};
/* "text-added".  Static. */
BK_API const char *bk_difference_kind_name(enum bk_difference_kind kind);

/* One line of the answer.  Offsets are bytes.  A new text whose lines break elsewhere than those of the old one is
 * read as if they broke there: so is the path. */
struct bk_difference {
	enum bk_difference_kind kind;
	bool in_old, in_new;		   /* which of the two sides there is */
	struct bk_span old_span, new_span; /* what it was, what it is */
	uint32_t old_bracket, new_bracket; /* indexes, or BK_NONE */
	const char *path;		   /* of the provision in the new text, or else in the old one */
	const char *detail; /* "won", "reworded, in option", "punctuation", "": bracked-diff(1) */
};

/* How many brackets of each kind; what is left over on either side, which is 0. */
struct bk_balance {
	size_t old_count, new_count; /* matched disputed brackets */
	size_t of_old[BK_DIFFERENCE_COUNT], of_new[BK_DIFFERENCE_COUNT];
	size_t in_option; /* accepted, but into an option: not settled */
	long remainder;
	size_t words_deleted,
		words_added; /* words of the old text that do not stand in the new one, and back */
};

/* One replacement: all of them together turn the old bytes into the new ones. */
struct bk_replacement {
	struct bk_span old_span, new_span;
};

typedef struct bk_comparison bk_comparison;

/*
 * Compare two drafts, which must outlive the comparison.  The answer depends on their bytes, conventions and rosters
 * alone.  Cost: O(n log n) in words.  BK_ENOMEM.
 */
BK_API int bk_comparison_new(bk_comparison **out, const bk_draft *old_draft, const bk_draft *new_draft);
/* The same, for a thread that another one may stop: is_stopped is asked now and then, and true gives the comparison
 * up, with BK_ELIMIT. */
BK_API int bk_comparison_new_stoppable(bk_comparison **out, const bk_draft *old_draft,
	const bk_draft *new_draft, bool (*is_stopped)(void *context), void *context);
BK_API void bk_comparison_free(bk_comparison *comparison);

/* All differences in order of the new text, what is gone where it stood; borrowed. */
BK_API const struct bk_difference *bk_comparison_list(const bk_comparison *comparison, size_t *count);
BK_API void bk_comparison_balance(const bk_comparison *comparison, struct bk_balance *out);
/* In order of both texts, apart from each other; borrowed. */
BK_API const struct bk_replacement *bk_comparison_replacements(
	const bk_comparison *comparison, size_t *count);

/* Where the bracket of the old draft is now, for carrying what was said of it: its index in the new one; of one that
 * was split that of the piece with the most bytes; BK_NONE when it is gone.  O(1), of a split one O(brackets). */
BK_API uint32_t bk_comparison_carry(const bk_comparison *comparison, uint32_t old_bracket);
/* The way back: which bracket of the old draft the one of the new draft was, or is a piece of; BK_NONE when it was
 * none.  O(1). */
BK_API uint32_t bk_comparison_origin(const bk_comparison *comparison, uint32_t new_bracket);

/* Where words of the old text are in the new one. */
struct bk_followed {
	struct bk_span span;	/* from the first to the last that stands; empty when none does */
	size_t words, standing; /* how many there were, how many of them stand */
};
/* Follow the words of a span of the old draft.  Cost: O(log n + length). */
BK_API void bk_comparison_follow(
	const bk_comparison *comparison, struct bk_span old_span, struct bk_followed *out);
/* The same of a span in a label, which has no words: it counts as one, which stands where its provision has the label
 * as it was, or settled as the span says; of a span elsewhere there are none.  Cost: O(log n + length). */
BK_API void bk_comparison_follow_label(
	const bk_comparison *comparison, struct bk_span old_span, struct bk_followed *out);
/* The way back: how many words a span of the new draft has, and how many of them were in a span of the old one, with
 * the part of it from the first to the last of these.  Cost: O(log n + length). */
BK_API void bk_comparison_follow_back(const bk_comparison *comparison, struct bk_span new_span,
	struct bk_span old_span, struct bk_followed *out);
/* Where the word that begins at an offset of the new text begins in the old one; BK_NOWHERE when it does not stand
 * there.  O(log n). */
BK_API size_t bk_comparison_word_origin(const bk_comparison *comparison, size_t new_offset);

/* ---- Carry: recorded brackets in a later text ----------------------------------------------------------- */

/* What is known of the texts that brackets were recorded on. */
struct bk_carry_source {
	const char *blob; /* git's object name of the draft's own bytes */
	/* The draft of the bytes of that name, which is freed by who asked.  BK_ENOTFOUND: nobody has them. */
	int (*read)(void *context, const char *blob, bk_draft **out);
	void *context;
	/* The names of the draft's texts in its revisions, oldest first; borrowed.  NULL: they are not asked. */
	int (*revisions)(void *context, const char *const **blobs, size_t *count);
};

typedef struct bk_carry bk_carry;

/*
 * Follow each bracket of the ledger from the text of its newest anchor into the draft, by comparing the two: for
 * bk_binding_new_carried, which looks for the rest by their words.  A bracket that was split is at its largest
 * piece.  What is lost on this straight way is followed through the revisions between, if these are no more than 48.
 * Known ids come first in the list as they are; those recorded on the draft's own bytes are not looked for.
 * Cost: each other text is read once, and compared once; so is each revision when something was lost; nothing when
 * there is no other text.  BK_ENOMEM, and what `read` and `revisions` return.
 */
BK_API int bk_carry_new(bk_carry **out, const bk_ledger *ledger, const bk_draft *draft,
	const struct bk_carry_source *source, const struct bk_carried *known, size_t known_count);
/* Needs neither ledger nor draft any more; borrowed. */
BK_API const struct bk_carried *bk_carry_list(const bk_carry *carry, size_t *count);
BK_API void bk_carry_free(bk_carry *carry);

/* ---- Gavel: the changes that bind ---------------------------------------------------------------------- */

enum bk_gavel_kind {
	BK_GAVEL_MODAL,	   /* shall, should, may ...; the verb after one */
	BK_GAVEL_NUMBER,   /* figures, percentages, money */
	BK_GAVEL_DATE,	   /* years, months */
	BK_GAVEL_NEGATION, /* not, no, without ... */
	BK_GAVEL_AND_OR,
	BK_GAVEL_PARTY,	    /* who acts: parties, groups, Annexes */
	BK_GAVEL_TERM,	    /* names of instruments and bodies, terms that the text defines */
	BK_GAVEL_INVISIBLE, /* what nobody sees */
	BK_GAVEL_SENTENCE,  /* a sentence that binds came or went whole */
	BK_GAVEL_KIND_COUNT
};
/* "and/or".  Static. */
BK_API const char *bk_gavel_kind_name(enum bk_gavel_kind kind);

struct bk_gavel_line {
	enum bk_gavel_kind kind;
	bool in_old, in_new;
	struct bk_span old_span, new_span;
	bool outside; /* of all disputed brackets and notes, in the text or texts it stands in */
	bool agreed;  /* in text that was agreed */
	const char *path;
	struct bk_span
		context; /* words around it to read aloud: of the new text when in_new, else of the old one */
};

typedef struct bk_gavel bk_gavel;

/*
 * What binds and changed: in agreed text first, then outside of brackets, then the rest; in each, what stands before
 * all provisions or in a note comes last, else in order of the text.
 * agreed: spans of the old draft whose text was agreed, in any order; the provisions in which the text itself says
 * "[agreed]" are added.  Must not outlive the comparison.  BK_ENOMEM.
 */
BK_API int bk_gavel_new(
	bk_gavel **out, const bk_comparison *comparison, const struct bk_span *agreed, size_t agreed_count);
BK_API const struct bk_gavel_line *bk_gavel_list(const bk_gavel *gavel, size_t *count);
BK_API void bk_gavel_free(bk_gavel *gavel);

#endif
