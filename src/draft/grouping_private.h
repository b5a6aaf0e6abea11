/* What the rooms of grouping share: members, how they stand (grouping_member.c), and which of them belong together
 * (grouping_stretch.c). */
#ifndef BRACKED_DRAFT_GROUPING_PRIVATE_H
#define BRACKED_DRAFT_GROUPING_PRIVATE_H

#include "draft/bare.h"
#include "draft/grouping.h"
#include "draft/phrase.h"
#include "draft/siblings.h"

/* One bracket of a run, and how it stands to the member before it. */
struct bk_member {
	uint32_t bracket;
	enum bk_gap gap;
	size_t in_place,
		in_place_count; /* what is to stand in its place: so many of the run's from here on */
	size_t turn;		/* among the members of all runs, from 1 on */
	size_t same_proposer; /* the turn of the last one that some party proposes as it does this; 0: none */
	bool proposed, struck; /* somebody proposes it; somebody deletes it, and nobody proposes it */
	struct bk_phrase phrase;
	bool adds, ends_in_comma, ends_sentence;
	bool ending;	/* of the word before it: "tool[s]" */
	bool one;	/* a person says: one of these stands */
	bool slot_ends; /* after it, and what like it follows, the sentence goes on with a small word */
	struct bk_bare bare;
};

static inline struct bk_str bk_member_words(const struct bk_member *member)
{
	return bk_bare_words(&member->bare);
}

/* A verb of one word. */
static inline bool bk_member_is_verb(const struct bk_member *member)
{
	return member->phrase.kind == BK_PHRASE_VERB && member->phrase.count == 1;
}

/* An item of a list that ends in a comma: "new,", "the rights of the child,"; not "in accordance with it,". */
bool bk_member_is_item(const struct bk_member *member);

/* Once all members are there: what their words are, and where their places in the sentence end. */
void bk_members_read(struct bk_grouping *grouping);

/* Each: the end of the members from `from` on that belong together so; from + 1 when no other does. */
/* Neighbours that persons have said to be one choice. */
size_t bk_stretch_said(const struct bk_grouping *grouping, size_t from);
/* A list: "[new,] [additional,] [sustained]". */
size_t bk_stretch_list(const struct bk_grouping *grouping, size_t from);
/* A tight row, with the figures or modals before and after it that blanks part off. */
size_t bk_stretch_row(const struct bk_grouping *grouping, size_t from);
/* Singles that are parted by blanks and alike. */
size_t bk_stretch_alike(const struct bk_grouping *grouping, size_t from);

#endif
