/*
 * Scenes: a draft at random and the bracket that is followed through what is done to it; and recording and
 * reading drafts, as all tests of bindings do.
 */
#ifndef BRACKED_TESTS_SCENE_H
#define BRACKED_TESTS_SCENE_H

#include "base/buf.h"

#include <bracked/ledger.h>

enum { PROVISIONS = 60 };

/* A draft and the bracket that is followed through it. */
struct scene {
	struct bk_buf text;
	size_t target; /* offset of its `[`; SIZE_MAX when it is gone */
	size_t len;
	uint64_t seed;
};

uint64_t scene_draw(uint64_t *seed);
/* A word that treaties use. */
const char *scene_word(uint64_t *seed);
/* Append words of the vocabulary. */
void scene_put_words(struct scene *scene, size_t count);
/* words: how many after the bracket; 0 makes all provisions of one line alike but for two words. */
void scene_make(struct scene *scene, uint64_t seed, size_t words);
/* Random edits that do not touch the target. */
void scene_edit(struct scene *scene, size_t times);
/* The target's paragraph goes to another place. */
void scene_move_paragraph(struct scene *scene);
/* Ten provisions and an article are new at the top, and all that follows counts on from there. */
void scene_renumber(struct scene *scene);
/* Accept or delete every other bracket but the target, one in two. */
void scene_resolve_others(struct scene *scene);
/* As sed 's/from/to/g' would, everywhere. */
void scene_replace_all(struct scene *scene, const char *from, const char *to);
/* The target is accepted: its words stand, its brackets go. */
void scene_accept_target(struct scene *scene);
void scene_delete_target(struct scene *scene);

/* ---- Recording (recording.c) ------------------------------------------------------------------------ */

/* The conventions of read_draft: made once, for compiling their patterns costs more than all the rest. */
int make_conventions(void **state);
int free_conventions(void **state);
bk_draft *read_draft(struct bk_str text);
/* The bracket that opens at start, or BK_NONE. */
uint32_t bracket_at(const bk_draft *draft, size_t start);
/* An objection on a bracket, under an id or its own. */
void record(bk_ledger *ledger, const bk_draft *draft, uint32_t bracket, const char *id, const char *blob);

#endif
