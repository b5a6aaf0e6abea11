/* The proof of a place: each proposal with its file, and where its words stand now. */
#include "tui/pane_merge.h"

#include "tui/screen.h"

#include <string.h>

static const char *where_now(struct bk_list *list, const bk_placing *placing, const bk_draft *draft,
	const struct bk_placing_place *place, const struct bk_proof_proposal *proposal)
{
	struct bk_arena *const arena = &list->arena;
	struct bk_followed followed;
	if (place->state == BK_PLACING_LOST)
		return "the place is not found";
	if (place->bracket != BK_NONE)
		return bk_arena_printf(arena, "in brackets, line %zu", bk_merge_line(draft, place->offset));
	if (!bk_placing_follow(placing, proposal, &followed))
		return "not found";
	const bool stands = followed.standing > 0 && followed.standing == followed.words;
	if (proposal->act == BK_MERGE_DELETE)
		return followed.standing == 0 ? "the words are gone"
					      : bk_arena_printf(arena, "not done: the words stand, line %zu",
							bk_merge_line(draft, followed.span.start));
	if (followed.standing == 0 &&
		(proposal->act == BK_MERGE_OPPOSE || proposal->act == BK_MERGE_WITHDRAW))
		return "the words are gone";
	if (stands)
		return bk_arena_printf(arena, "stands, line %zu", bk_merge_line(draft, followed.span.start));
	return followed.standing > 0 ? "some of its words stand" : "not taken";
}

static void add_line(struct bk_list *list, const bk_placing *placing, const bk_draft *draft,
	const struct bk_placing_place *place, const struct bk_proof_proposal *proposal)
{
	const bk_proof *const proof = bk_placing_proof(placing);
	size_t count;
	struct bk_arena *const arena = &list->arena;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const char *const file = bk_proof_file_name(proof, proposal->party);
	bk_line_field(line, "", 8, BK_ROLE_TEXT);
	bk_line_field(line,
		bk_arena_printf(arena, "%s %s", bk_proof_parties(proof, &count)[proposal->party],
			bk_merge_act_name(proposal->act)),
		16, BK_ROLE_PARTY);
	bk_line_field(line, bk_arena_printf(arena, "%s:%zu", file, proposal->file.line), 16, BK_ROLE_DIM);
	bk_line_field(line, bk_merge_words(arena, proposal->words, proposal->len, 160), 0, BK_ROLE_TEXT);
	bk_line_field_right(line, where_now(list, placing, draft, place, proposal), 24, BK_ROLE_DIM);
	line->passive = true;
	line->key = SIZE_MAX;
}

void bk_merge_add_proof(struct bk_list *list, const struct bk_placing_place *place)
{
	const bk_placing *const placing = list->data;
	const bk_draft *const draft = bk_placing_now(placing);
	size_t count;
	const struct bk_proof_place *const places = bk_proof_places(bk_placing_proof(placing), &count);
	const struct bk_proof_proposal *const proposals =
		bk_proof_proposals(bk_placing_proof(placing), &count);
	/* Of a move those tell who put it where it came. */
	const struct bk_placing_place *const told =
		place->target_count > 0 ? bk_placing_targets(placing, place) : place;
	for (size_t i = 0; i < (place->target_count > 0 ? place->target_count : 1); i++)
		for (size_t p = told[i].first; p < told[i].first + told[i].count; p++)
			for (size_t j = 0; j < places[p].proposal_count; j++)
				add_line(list, placing, draft, &told[i], &proposals[places[p].first + j]);
}
