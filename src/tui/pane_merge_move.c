/* What can be taken where a paragraph moved: that it stays, or one of the ends that parties moved it to. */
#include "tui/pane_merge.h"

bool bk_merge_is_move(const struct bk_placing_place *place, const struct bk_placing_place *targets)
{
	size_t standing = 0;
	for (size_t i = 0; i < place->target_count; i++)
		standing += targets[i].bracket != BK_NONE && targets[i].bracket != place->bracket;
	return place->target_count > 0 && place->target_count < BK_MERGE_CHOICES &&
	       standing == place->target_count;
}

size_t bk_merge_move_choices(const struct bk_placing_names *known, const struct bk_placing_place *place,
	const struct bk_placing_place *targets, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	const bk_draft *const draft = known->draft;
	size_t count, len;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	out[0] = (struct bk_merge_choice){.names = "base",
		.none = bk_or_empty(bk_arena_printf(arena, "stays in %s, line %zu",
			bk_merge_provision(draft, place->offset), bk_merge_line(draft, place->offset))),
		.done = "base retained",
		.moves = true};
	for (size_t i = 0; i < place->target_count; i++) {
		const struct bk_span text = all[targets[i].bracket].text;
		const char *const names = bk_merge_names(known, targets[i].bracket, false, arena);
		out[i + 1] = (struct bk_merge_choice){.number = i + 1,
			.names = names,
			.none = bk_or_empty(bk_arena_printf(arena, "moves to %s, line %zu: %s",
				bk_merge_provision(draft, targets[i].offset),
				bk_merge_line(draft, targets[i].offset),
				bk_merge_words(arena, bytes + text.start, text.end - text.start, SIZE_MAX))),
			.named = true,
			.done = bk_or_empty(bk_arena_printf(arena, "moved: %s", names)),
			.moves = true,
			.target = i + 1};
	}
	return place->target_count + 1;
}
