/* Shared by the files of the merge pane. */
#ifndef BRACKED_TUI_PANE_MERGE_H
#define BRACKED_TUI_PANE_MERGE_H

#include "app/placing.h"
#include "base/arena.h"
#include "base/str.h"
#include "tui/cell.h"
#include "tui/key.h"

struct bk_screen;
struct bk_line;
struct bk_list;

/* One thing that can be taken at a place. */
struct bk_merge_choice {
	size_t number;	     /* that takes it: 0 is what the base has, here and everywhere; from 1 all else */
	const char *names;   /* whose words: "EU, AOSIS", "US delete", "base" */
	const char *label;   /* that of the provision which the words are the whole of: "5. "; or "" */
	const char *words;   /* on one line, cut, behind it */
	struct bk_span text; /* all of them, in the draft */
	const char *none;    /* other words than those of the draft: "(deleted)"; else NULL */
	const char *done;    /* what it comes to: "taken: EU, AOSIS" */
	bool named;	     /* somebody wants it so */
	enum bk_resolve act;
	size_t alternative; /* its number among those of the draft, with BK_RESOLVE_CHOOSE */
	bool moves;	    /* the paragraph stands at a target, numbered from 1, or where it stood */
	size_t target;
	bool settles; /* all brackets of the place are: then this stands of them, see there */
	enum bk_placing_stand stand;
	size_t one;
};
enum { BK_MERGE_CHOICES = 16 };

/* Columns from which choices stand beside the base, and of fields. */
enum { BK_MERGE_BESIDE_FROM = 120, BK_MERGE_STATE = 22, BK_MERGE_NAMES = 18, BK_MERGE_BASE = 30 };

/* What the pane was made from; NULL when there was no proof. */
bk_placing *bk_merge_placing(const struct bk_screen *screen);
/* What can be taken at a place where a bracket stands, by number; strings in the arena. */
size_t bk_merge_place_choices(const struct bk_screen *screen, const struct bk_placing_place *place,
	struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES]);
/* The provision that an offset of the draft is in, by its path. */
const char *bk_merge_provision(const bk_draft *draft, size_t offset);
/* The line of the draft that an offset is in, from 1. */
size_t bk_merge_line(const bk_draft *draft, size_t offset);
/* Words on one line, cut to so many bytes. */
const char *bk_merge_words(struct bk_arena *arena, const char *bytes, size_t len, size_t most);
/* The place of the base that says most of those in a row. */
const struct bk_proof_place *bk_merge_widest(const bk_placing *placing, const struct bk_placing_place *place);

/* pane_merge_name.c: those beside some brackets who ask for words to be gone and want none of them, or all
 * others: each once, by what they do, which may be said, without who withdrew: "EU, US; CA reserve"; "" for
 * none. */
const char *bk_merge_names_beside(const struct bk_placing_names *known, const uint32_t *brackets,
	size_t count, bool gone, bool said, struct bk_arena *arena);
/* The same of one bracket; what those do who ask for its words to be gone is not said. */
const char *bk_merge_names(
	const struct bk_placing_names *known, uint32_t bracket, bool gone, struct bk_arena *arena);
/* Whether a name is in a list of some, parted by commas. */
bool bk_merge_has_name(struct bk_str list, const char *name);
/* Whether a name stands beside words that it wants; whether one such does beside a bracket, whose words are the base's
 * else. */
bool bk_merge_wants(const struct bk_attribution *name);
bool bk_merge_is_wanted(const struct bk_placing_names *known, uint32_t bracket);
/* What it comes to when the words of a bracket stand, or do not: "taken: EU", "base retained", "deleted: US", where
 * nobody asked for it "deleted", and of words that the base does not have "not added". */
const char *bk_merge_outcome(const struct bk_placing_names *known, uint32_t bracket, bool stands, bool adds,
	struct bk_arena *arena);
/* Whether words of the base stand that nobody proposed, and that it has in brackets. */
bool bk_merge_is_accepted(const bk_placing *placing, const struct bk_placing_place *place);
/* The same of a name that is taken off: "withdrawn: EU". */
const char *bk_merge_withdrawal(const bk_placing *placing, size_t proposal, struct bk_arena *arena);
/* The same of a paragraph that moved: "moved: EU", "base retained". */
const char *bk_merge_move_outcome(
	const struct bk_placing_names *known, const struct bk_placing_place *place, struct bk_arena *arena);
/* pane_merge_label.c: the label that words in a bracket are the whole of, with its emphasis and the blank behind
 * it; "" when there is none. */
const char *bk_merge_label(
	const bk_draft *draft, uint32_t bracket, struct bk_span text, struct bk_arena *arena);
/* pane_merge_move.c: whether all ends of a move stand in brackets: else what is left of it is a place like others. */
bool bk_merge_is_move(const struct bk_placing_place *place, const struct bk_placing_place *targets);
/* What can be taken there: where the paragraph stood, and each place that it moved to. */
size_t bk_merge_move_choices(const struct bk_placing_names *known, const struct bk_placing_place *place,
	const struct bk_placing_place *targets, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES]);
/* pane_merge_mark.c: mark a place, by its index, of the places of the text as it is now.  What fails, as
 * bk_placing_mark, is told. */
int bk_merge_mark(struct bk_screen *screen, size_t place, enum bk_proof_mark as);
/* Take back the mark that was given last in the text as it is now, or give again the one that was taken back last;
 * false where there is none, and a step of the text is to be undone or done again. */
bool bk_merge_undo_mark(struct bk_screen *screen, bool redo);
/* pane_merge_proof.c: lines that say, of each proposal of a place, whose file has it and where its words stand now. */
void bk_merge_add_proof(struct bk_list *list, const struct bk_placing_place *place);
/* pane_merge_head.c: the chosen place in full; returns how many rows it takes. */
int bk_merge_head(struct bk_screen *screen, struct bk_rect rect);
/* pane_merge_act.c: a key on the chosen place. */
bool bk_merge_key(struct bk_screen *screen, struct bk_key key);

#endif
