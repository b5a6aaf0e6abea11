/*
 * Tokens: all that stands in a text but blanks, and paragraphs, for comparing texts to the byte.
 *
 *	3. Parties [shall] act, by 1.5 per cent.		the text
 *	3 . Parties [ shall ] act , by 1.5 per cent .		its tokens
 *
 * A token is a word (letters, digits and marks, with the hyphens, apostrophes and stops inside), the mark of a
 * footnote, "[^3]", or one other character; a backslash is one with the word or the character behind it.  Unlike the
 * words of word.h they leave nothing out, and need no draft.
 *
 * A paragraph begins behind a blank line, and at a line that looks as if something began there; it ends where
 * the next one begins, with its blank lines.  Nothing hangs on whether a provision really begins there.
 */
#ifndef BRACKED_COMPARE_TOKEN_H
#define BRACKED_COMPARE_TOKEN_H

#include "base/str.h"
#include "base/vec.h"
#include "compare/vocabulary.h"

/* So many bytes from a token's first decide with the rest of it where it ends: the longest mark of a footnote that is
 * one token; behind a word it is a joint, and a letter of four bytes at most. */
enum { BK_TOKEN_REACH = 32 };

struct bk_token {
	uint32_t start, end; /* bytes */
	uint32_t number;     /* in the vocabulary */
};

struct bk_paragraph {
	uint32_t start, end;  /* bytes */
	uint32_t first, last; /* its tokens, once they are cut: from first up to, not with, last */
	uint32_t number;      /* for whoever compares paragraphs */
	uint32_t opening;     /* where what it opens with ends, for whoever looks for that; 0: nobody has */
	bool cut;
};

struct bk_tokens {
	struct bk_str bytes;
	BK_VEC(struct bk_paragraph) paragraphs; /* all of the text, in order */
	BK_VEC(struct bk_token) items;		/* of one paragraph they lie together and in order */
};

/* Cut a text into paragraphs; it must outlive the tokens.  Cost: O(bytes).  BK_ETOOBIG, BK_ENOMEM; release in any
 * case. */
int bk_tokens_init(struct bk_tokens *tokens, struct bk_str bytes);
void bk_tokens_release(struct bk_tokens *tokens);
/* Cut the tokens of a paragraph when they are not.  Cost: O(its bytes).  BK_ENOMEM. */
int bk_tokens_cut(struct bk_tokens *tokens, struct bk_vocabulary *vocabulary, uint32_t paragraph);

/* Whether a line looks as if a heading, a provision, an option, an item of a list or a row of a table began there. */
bool bk_token_opens(struct bk_str line);

/* The next token at or after `at`, empty at the end: how far the blanks go before it, too. */
struct bk_span bk_token_next(struct bk_str bytes, size_t at);
/* Bytes of the footnote's mark at `at`, "[^3]"; 0 when none stands there, or a longer one than BK_TOKEN_REACH. */
size_t bk_token_footnote(struct bk_str bytes, size_t at);
/* Where the blanks from `at` on end. */
size_t bk_token_blanks(struct bk_str bytes, size_t at);
/* The span without the blanks at its ends; where all is blank, empty at its end. */
struct bk_span bk_token_trim(struct bk_str bytes, struct bk_span span);
/* Whether two runs of bytes are the same but for their blanks. */
bool bk_token_equal(struct bk_str a, struct bk_str b);
/* A number that runs of bytes have in common which are the same but for their blanks.  Cost: O(bytes). */
uint64_t bk_token_hash(struct bk_str bytes);
/* One for a word, be its first letter a capital or not: what begins a sentence in one text may not in another. */
uint64_t bk_token_hash_word(struct bk_str word);

#endif
