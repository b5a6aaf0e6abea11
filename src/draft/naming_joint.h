/*
 * What stands between the names of a list: separators, articles, and words that lead from a speaker to a
 * group.
 */
#ifndef BRACKED_DRAFT_NAMING_JOINT_H
#define BRACKED_DRAFT_NAMING_JOINT_H

#include "base/str.h"

/* Bytes of the separator at `at`, or 0; a word separates only when it stands apart. */
size_t bk_joint_at(struct bk_str string, size_t at);
/* Offset of the next separator at or after from, outside parentheses, or the end. */
size_t bk_joint_next(struct bk_str string, size_t from);
/* Past blanks, emphasis, separators and articles in small letters. */
size_t bk_joint_skip(struct bk_str string, size_t at);

/* Bytes of "on behalf of " and its like at string's start, or 0. */
size_t bk_joint_behalf(struct bk_str string);
/* Whether the words between two names lead from who speaks to who is spoken for. */
bool bk_joint_for_group(struct bk_str between);
/* Bytes of "La ", "Les " at string's start, or 0; a name may open with it: "El Salvador". */
size_t bk_joint_article(struct bk_str string);

#endif
