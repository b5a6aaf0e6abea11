/*
 * Choices: what became of the members of a group, taken together.
 *
 * A choice was made where exactly one member stands without brackets and all the others are gone.  Where some
 * member still stands in brackets nothing was chosen yet; where several stand, they were accepted one by one.
 */
#include "compare/fate_private.h"

/* What the members of a group came to. */
struct tallies {
	size_t standing, gone, bracketed;
	bool ends_in_stop; /* some member ends in a comma, a semicolon or a stop: parts of a list, not rivals */
};

static bool ends_in_stop(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_str text = bk_str_trim((struct bk_str){
		draft->bytes.ptr + bracket->text.start, bracket->text.end - bracket->text.start});

	return text.len && strchr(",;.", text.ptr[text.len - 1]);
}

static bool is_member(const struct bk_draft *draft, uint32_t bracket, uint32_t group)
{
	return draft->brackets[bracket].group == group + 1;
}

static struct tallies tally(const struct bk_fater *fater, uint32_t group)
{
	const struct bk_draft *draft = fater->old.draft;
	struct tallies tallies = {0};

	for (uint32_t b = draft->groups[group].first; b <= draft->groups[group].last; b++) {
		if (!is_member(draft, b, group))
			continue;
		switch (fater->fates->old[b].kind) {
		case BK_DIFFERENCE_ACCEPTED:
		case BK_DIFFERENCE_JOINED: tallies.standing++; break;
		case BK_DIFFERENCE_DELETED: tallies.gone++; break;
		default: tallies.bracketed++; break;
		}
		tallies.ends_in_stop |= ends_in_stop(draft, &draft->brackets[b]);
	}
	return tallies;
}

static void choose(struct bk_fater *fater, uint32_t group)
{
	const struct bk_draft *draft = fater->old.draft;

	for (uint32_t b = draft->groups[group].first; b <= draft->groups[group].last; b++) {
		struct bk_fate *fate = &fater->fates->old[b];

		if (!is_member(draft, b, group) || fate->kind == BK_DIFFERENCE_JOINED)
			continue;
		fate->details &= (uint16_t)~BK_DETAIL_REPLACED;
		fate->details |= fate->kind == BK_DIFFERENCE_ACCEPTED ? BK_DETAIL_WON : BK_DETAIL_LOST;
		fate->kind = BK_DIFFERENCE_CHOSEN;
	}
}

void bk_fater_choose(struct bk_fater *fater)
{
	const struct bk_draft *draft = fater->old.draft;

	for (uint32_t g = 0; g < draft->group_count; g++) {
		const uint8_t choice = draft->groups[g].choice;
		struct tallies tallies;

		if (choice != BK_CHOICE_ONE && choice != BK_CHOICE_UNDECIDED)
			continue;
		tallies = tally(fater, g);
		if (tallies.standing != 1 || tallies.bracketed || tallies.gone == 0)
			continue;
		if (choice == BK_CHOICE_ONE || !tallies.ends_in_stop)
			choose(fater, g);
	}
}
