/*
 * What parties do, as the words of a list of names say it: "propose", "do not support", "deletion proposed
 * by".
 */
#ifndef BRACKED_DRAFT_NAMING_VERB_H
#define BRACKED_DRAFT_NAMING_VERB_H

#include "base/str.h"

#include <bracked/draft.h>

/* The next word of letters, of any script; empty at the end. */
struct bk_str bk_verb_word(struct bk_str string);

/* Whether a word in small letters is a verb, with any of its endings; act may be NULL. */
bool bk_verb_is(struct bk_str word, enum bk_act *act);
/* Whether a word is one of the verbs that name the acts, with any of its endings, and no other word for the same. */
bool bk_verb_names_act(struct bk_str word);
/* What may stand between names and their verb: "does", "not", "to". */
bool bk_verb_helps(struct bk_str word);
/* What a party brings in: "text", "proposal". */
bool bk_verb_is_piece(struct bk_str word);

/* The act of words such as "does not support", "propose to delete"; *rest is what follows the verb. */
bool bk_verb_read(struct bk_str words, enum bk_act *act, struct bk_str *rest);
/* "text", "alternative" and nothing more: what stands behind a name is its own. */
bool bk_verb_piece(struct bk_str words);
/* "the paragraph", "this article": words for all that a bracket holds, or no words. */
bool bk_verb_all(struct bk_str words);
/* "Proposed by EU and AU", "deletion requested by US": the act, and the words behind "by". */
bool bk_verb_by(struct bk_str part, enum bk_act *act, struct bk_str *names);

#endif
