/*
 * Streamlining: what a secretariat tidies in a text, each act suggested and none done by itself.
 *
 *	join      [EU: organise][US: organize]                 [EU, US: organise]
 *	lift      [Parties shall act][EU: Parties should act]  Parties [shall][EU: should] act
 *	fold      [[in time]]                                  [in time]
 *	options   Option 1: Option 3: Option 3:                Option 1: Option 2: Option 3:
 *	renumber  3. 3 bis. 5. ... paragraph 5                 3. 4. 5. ... paragraph 5
 *
 * A suggestion stands only where the text that it makes is read as before: the same brackets of the same classes
 * with the same names on them, the same groups with their choices, the same outline, the same words in the clean
 * reading.  All suggestions together are tried on the text; one after which something is read in another way is taken
 * back, and told.
 */
#ifndef BRACKED_DRAFT_STREAMLINE_H
#define BRACKED_DRAFT_STREAMLINE_H

#include <bracked/draft.h>

typedef struct bk_streamline bk_streamline;

/* One of the acts; each stands in a file of its own. */
struct bk_tidying {
	const char *name;    /* "join" */
	const char *nothing; /* what is said where there is nothing to do: "no alternatives to join" */
	int (*find)(bk_streamline *streamline);
	bool numbers; /* it changes numbers, and no words */
};

/* Ended by one without a name. */
extern const struct bk_tidying bk_tidyings[];
/* By its name; NULL when there is none. */
const struct bk_tidying *bk_tidying_find(const char *name);

/* What is recorded of a bracket belongs to another from then on, or to the same. */
struct bk_heir {
	uint32_t bracket, heir;
};

struct bk_suggestion {
	struct bk_span span; /* any place in it names it */
	uint32_t bracket;    /* the first that it is about, or BK_NONE */
	const char *message; /* what it does, in words */
	bk_changes *changes;
	const struct bk_heir *heirs; /* of every bracket that it is about */
	size_t heir_count;
};

/* What looks as if it could be tidied, and is left to a person. */
struct bk_left {
	size_t offset;
	const char *message;
};

struct bk_streamline_terms {
	const bool *agreed; /* of each bracket: the ledger says that it is agreed; NULL: none is */
	bool keep_suffixes; /* of renumber: 3 bis stays 3 bis */
};

/*
 * What a tidying would do to a draft, which must outlive it, in order of place; terms may be NULL.  Cost: a scan of
 * the text for each round of trying, of which there are few.  BK_ENOMEM.
 */
int bk_streamline_new(bk_streamline **out, const bk_draft *draft, const struct bk_tidying *tidying,
	const struct bk_streamline_terms *terms);
void bk_streamline_free(bk_streamline *streamline);
/* Borrowed from the streamline, as all that they hold. */
const struct bk_suggestion *bk_streamline_list(const bk_streamline *streamline, size_t *count);
const struct bk_left *bk_streamline_left(const bk_streamline *streamline, size_t *count);
/* The suggestion whose span holds offset, the narrowest of several; BK_NOWHERE when there is none. */
size_t bk_streamline_at(const bk_streamline *streamline, size_t offset);
/* The changes of those that are chosen, of all when chosen is NULL, as one act.  BK_ENOMEM. */
int bk_streamline_changes(const bk_streamline *streamline, const bool *chosen, bk_changes **out);

#endif
