/*
 * A revision of a timeline, for programs and for people.  An index of BK_NOWHERE is the text that is in none yet.
 */
#ifndef BRACKED_APP_TIMELINE_PRINT_H
#define BRACKED_APP_TIMELINE_PRINT_H

#include "app/output.h"
#include "app/timeline.h"

/* An object with revision, time, author, party and symbol; or null. */
void bk_timeline_json(bk_json *object, const char *key, const struct bk_timeline *timeline, size_t index);
/* "533f0bd776  2010-08-13  CANCUN/LCA/1  Ineke Vastrup" */
void bk_timeline_print(struct bk_output *output, const struct bk_timeline *timeline, size_t index);

#endif
