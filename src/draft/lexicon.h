/*
 * Small lists of words, in the languages of the United Nations: data for the rooms that tell phrases apart.
 */
#ifndef BRACKED_DRAFT_LEXICON_H
#define BRACKED_DRAFT_LEXICON_H

#include "base/str.h"

#include <stdint.h>

enum bk_lexicon {
	BK_LEXICON_MODAL,
	BK_LEXICON_CONJUNCTION,
	BK_LEXICON_ADDER, /* opens an addition */
	BK_LEXICON_PREPOSITION,
	BK_LEXICON_DETERMINER,
	BK_LEXICON_CLAUSE,
	BK_LEXICON_VERB,
	BK_LEXICON_ADVERB,
	BK_LEXICON_AUXILIARY,
	BK_LEXICON_FIGURE,
	BK_LEXICON_NO_TEXT,
	BK_LEXICON_OPEN,
	BK_LEXICON_HEADING, /* opens a heading: Article, Annex ... */
	BK_LEXICON_OPTION,  /* opens an option's header */
	BK_LEXICON_NOTE,    /* first words of notes, statuses and placeholders: see conventions_data.c */
	BK_LEXICON_STATUS,
	BK_LEXICON_PLACEHOLDER,
	BK_LEXICON_CODELIKE,	/* looks like a party's code and is none */
	BK_LEXICON_REFERENCE,	/* what is cited by number: article, annex ... */
	BK_LEXICON_UNIT,	/* of measure, where they stand round a slash */
	BK_LEXICON_VERB_ENDING, /* of the verbs of an attribution */
	BK_LEXICON_COUNT
};

/* For each list, bytes of its longest phrase that the words begin with, ending on a word's end; 0 when there
 * is none. */
struct bk_lexicon_hits {
	uint32_t lists; /* one bit a list that has one */
	unsigned char len[BK_LEXICON_COUNT];
};

/* ASCII case does not matter.  Cost: O(log of the lexicon's length). */
void bk_lexicon_read(struct bk_str words, struct bk_lexicon_hits *hits);
/* The same for one list. */
size_t bk_lexicon_prefix(enum bk_lexicon list, struct bk_str words);
/* True when words are one of the list's phrases and nothing else. */
bool bk_lexicon_has(enum bk_lexicon list, struct bk_str words);

/* For a test: the lookup needs the phrases in order of bytes, each once. */
bool bk_lexicon_is_in_order(void);

#endif
