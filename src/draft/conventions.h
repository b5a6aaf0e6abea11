/*
 * What the rooms of this floor ask of a text's conventions.
 *
 * Conventions are data: lists of settings in git's names, those that hold for every process first, then
 * those of the set, then the negotiation's own.  Patterns of one kind are joined into one alternation and
 * compiled once: where a setting is among them at once, which it is refused by, else when they are first asked for.
 */
#ifndef BRACKED_DRAFT_CONVENTIONS_H
#define BRACKED_DRAFT_CONVENTIONS_H

#include "base/str.h"

#include <bracked/draft.h>

/* A pair of brackets beyond `[` and `]`; each side is one UTF-8 character or more, none empty. */
struct bk_pair {
	struct bk_str open, close;
};
/* Borrowed, as long as the conventions. */
const struct bk_pair *bk_conventions_pairs(const bk_conventions *conventions, size_t *count);

/* What a pair of braces means. */
enum bk_class bk_conventions_braces(const bk_conventions *conventions);

/* For each list of the common patterns false only when none of it can match words. */
struct bk_hints {
	bool note, placeholder, status;
};
/* Told by the first word, and by what stands at the end or within: conventions_data.c, with the lists. */
void bk_conventions_hint(struct bk_str words, struct bk_hints *out);

/*
 * `words` are a bracket's bare words (phrase.h): without label, emphasis and quotation marks, blanks and line
 * ends as single spaces.  A note begins with its pattern, which ends on a word's end; a placeholder or a
 * status is nothing else.  hints are those of the words.  Any thread.  BK_ENOMEM, and *is is false.
 */
int bk_conventions_is_note(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is);
int bk_conventions_is_placeholder(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is);
int bk_conventions_is_status(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is);

/* Bytes of the label in the conventions' own style that `line` begins with, or 0.  BK_ENOMEM. */
int bk_conventions_label(const bk_conventions *conventions, struct bk_str line, size_t *len);

/* True when attributions in this form are read. */
bool bk_conventions_reads(const bk_conventions *conventions, enum bk_form form);
/* The form in which a new proposal is attributed. */
enum bk_form bk_conventions_style(const bk_conventions *conventions);
/* True when a name nobody knows counts as a party if it looks like a code. */
bool bk_conventions_unknown_codes(const bk_conventions *conventions);

enum bk_footnotes {
	BK_FOOTNOTES_AUTO, /* as the text's marks are */
	BK_FOOTNOTES_BRACKETED,
	BK_FOOTNOTES_BARE,
};
enum bk_footnotes bk_conventions_footnotes(const bk_conventions *conventions);

/* conventions_data.c: the built-in sets. */
struct bk_conventions_set {
	const char *name;
	const struct bk_setting *settings;
	size_t count;
};
/* What holds for all of them: marks that stand for words to come, and the rest. */
extern const struct bk_conventions_set bk_conventions_marks, bk_conventions_common;
extern const struct bk_conventions_set bk_conventions_builtin[];
extern const size_t bk_conventions_builtin_count;

#endif
