/* Shared by the files of the merge pane. */
#ifndef BRACKED_TUI_PANE_MERGE_H
#define BRACKED_TUI_PANE_MERGE_H

#include "app/placing.h"
#include "base/arena.h"
#include "tui/key.h"

struct bk_screen;
struct bk_line;
struct bk_list;

/* One thing that can be taken at a place. */
struct bk_merge_choice {
	const char *names; /* whose words: "EU, AOSIS", "US delete", "base" */
	const char *words; /* on one line, cut */
	bool named;	   /* somebody stands beside it */
	enum bk_resolve act;
	size_t number;		    /* of the alternative, with BK_RESOLVE_CHOOSE */
	struct bk_span whole, keep; /* where that is not empty: only keep stays of whole, whatever the act */
};
enum { BK_MERGE_CHOICES = 16 };

/* What the pane was made from; NULL when there was no proof. */
bk_placing *bk_merge_placing(const struct bk_screen *screen);
/* What can be taken at a place where a bracket stands, numbered from 1; strings in the arena. */
size_t bk_merge_place_choices(const struct bk_screen *screen, const struct bk_placing_place *place,
	struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES]);
/* Words on one line, cut to so many bytes. */
const char *bk_merge_words(struct bk_arena *arena, const char *bytes, size_t len, size_t most);
/* The names beside a bracket with what they do, "EU, US delete"; "base" for none. */
const char *bk_merge_names(const bk_draft *draft, uint32_t bracket, struct bk_arena *arena);

/* pane_merge_proof.c: lines that say, of each proposal of a place, whose file has it and where its words stand now. */
void bk_merge_add_proof(struct bk_screen *screen, struct bk_list *list, const struct bk_placing_place *place);
/* pane_merge_act.c: a key on the chosen place. */
bool bk_merge_key(struct bk_screen *screen, struct bk_key key);

#endif
