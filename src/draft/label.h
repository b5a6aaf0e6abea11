/*
 * Labels: what opens a provision, "12." or "(b) bis" or "OP1 Alt 2."
 *
 * A label is read at a place, from the bytes of the rest of its line alone; whether a provision really begins
 * there (a wrapped line may open with "12." too) is for the outline to say.
 *
 *	label   = body [close]
 *	body    = first { ["."] number-or-letter | [" " "."] suffix }
 *	first   = number | letter | Roman numeral | "(" body ")" | "PP" number | "OP" number | disputed
 *	suffix  = "bis" ... "terdecies" [number] | "alt" [number] | "supra"	also in brackets
 *	close   = "." | ")" | ":" | "、"
 *
 * Disputed labels, "[1][3].", are bodies in brackets, two or more or one with its dot: "[3.]".
 */
#ifndef BRACKED_DRAFT_LABEL_H
#define BRACKED_DRAFT_LABEL_H

#include "base/str.h"

#include <stdint.h>

enum bk_label_style {
	BK_LABEL_ARABIC,	/* 12 */
	BK_LABEL_LOWER,		/* a, aa */
	BK_LABEL_UPPER,		/* A */
	BK_LABEL_ROMAN,		/* iv; a single i, v or x is a letter that can be read as a numeral */
	BK_LABEL_ROMAN_UPPER,	/* IV */
	BK_LABEL_PREAMBLE,	/* PP2 */
	BK_LABEL_OPERATIVE,	/* OP14 */
	BK_LABEL_CYRILLIC,	/* а) */
	BK_LABEL_GREEK,		/* α) */
	BK_LABEL_ARABIC_LETTER, /* (أ) */
	BK_LABEL_CHINESE,	/* 一、 */
};

enum bk_label_close {
	BK_LABEL_BARE,	/* 3.1, 3 bis */
	BK_LABEL_DOT,	/* 12. 3 bis. 3.3: */
	BK_LABEL_HALF,	/* a) */
	BK_LABEL_ROUND, /* (a) */
};

#define BK_LABEL_PARTS 6

struct bk_label {
	size_t len;	 /* all of it: closing dot, bracket and emphasis that belong to it */
	size_t name_len; /* what it is called: "3 bis", "(b)", "[1][3]" */
	size_t base_len; /* the same without alt and what follows: "OP1 bis" of "OP1 bis Alt 2" */
	uint8_t style;	 /* enum bk_label_style, of the first number */
	uint8_t close;	 /* enum bk_label_close */
	uint8_t count;	 /* numbers in parts: "3.1" has two, "OP1.c" too */
	uint32_t parts[BK_LABEL_PARTS];
	uint32_t roman;		/* a lone letter read as a numeral: (i) 1, (v) 5, (x) 10; else 0 */
	uint32_t suffix;	/* 0; bis 2, ter 3 ... terdecies 13; supra 1 */
	uint32_t suffix_number; /* the 3 of "OP2 bis 3" */
	bool alt;
	uint32_t alt_number; /* the 2 of "alt 2", else 1 with alt */
	size_t alt_at;	     /* offset of the word alt */
	bool disputed;
};

/* Read a label at the start of rest, the rest of a line.  False when none stands there.  O(label). */
bool bk_label_parse(struct bk_str rest, struct bk_label *out);

/* Read the name of an option at the start of rest: "2", "I", "(a)", "1 (a)", "A1", "2 bis".  Nothing need close
 * it. */
bool bk_label_name(struct bk_str rest, struct bk_label *out);

/* The order of two labels of one list: <0, 0, >0. */
int bk_label_compare(const struct bk_label *a, const struct bk_label *b);
/* Whether next is what a reader expects after last: 4 after 3 or 3 bis, 3 ter after 3 bis, 3.2 after 3.1. */
bool bk_label_follows(const struct bk_label *last, const struct bk_label *next);
/* Whether it can open a list: 1, a, i, 1.1, 0. */
bool bk_label_first(const struct bk_label *label);
/* A lone letter taken as the Roman numeral it can be; false when it is none. */
bool bk_label_as_roman(struct bk_label *label);

/* Roman numeral of 1 to 89 (letters i, v, x, l) in one case at the start of string; 0 when none.  *len is its
 * length. */
uint32_t bk_label_roman(struct bk_str string, size_t *len);
/* A decimal number in ASCII, full-width or Arabic-Indic digits at the start of string: its length, 0 when
 * none. Numbers over 9999 are cut there. */
size_t bk_label_number(struct bk_str string, uint32_t *value);
/* Write a number as a part of a label of this style: 4, d, D, iv or IV.  False when the style cannot: letters end
 * with zz, numerals with lxxxix, and other scripts are not written. */
bool bk_label_write(uint8_t style, uint32_t value, char out[16]);
/* A Chinese numeral to 99: its length, 0 when none. */
size_t bk_label_chinese(struct bk_str string, uint32_t *value);
/* A letter of a script without ASCII letters, as a number from 1: its length, 0 when none.  *style is its
 * enum bk_label_style. */
size_t bk_label_letter(struct bk_str string, uint8_t *style, uint32_t *value);
/* Most lines begin with a word, told by two letters that begin no label: none of "aa", "iv", "PP", "OP". */
bool bk_label_begins_word(struct bk_str rest);
/* Whether line, the one before, ends a sentence or a clause of a list, so that a label may open the next: it has
 * nothing but marks and figures, or ends in one of ".;:!?", perhaps with "and" or "or" behind it. */
bool bk_label_may_follow(struct bk_str line);
/* A Latin suffix word at the start of string: its length and number, 0 when none. */
size_t bk_label_suffix(struct bk_str string, uint32_t *number);
/* Whether one of these words begins so, in whatever case. */
bool bk_label_may_begin_suffix(char c);

/* What stands before the first word of a line. */
struct bk_lead {
	size_t len;	   /* blanks, list marks, emphasis, opening brackets, quotation marks, table bars */
	size_t first;	   /* offset of the first byte that is no blank */
	size_t column;	   /* columns before it, tabs to the next 4 */
	uint32_t hashes;   /* Markdown heading marks */
	uint32_t brackets; /* opened and still open */
	bool mark;	   /* a list mark stands there */
	bool emphasis;	   /* emphasis opened */
};
/* Whether a second label stands behind one that ends at `end` of its line, "7. (a)": where, and which. */
bool bk_label_second(
	struct bk_str line, size_t end, const struct bk_label *first, size_t *at, struct bk_label *second);
/* Stops before a bracket that opens a disputed label or a footnote mark. */
void bk_lead_parse(struct bk_str line, struct bk_lead *out);
/* Whether a line whose words begin at `at` begins a paragraph: with a capital, behind words that end a clause at
 * `end`. */
bool bk_lead_goes_anew(struct bk_str bytes, size_t end, size_t at);
/* For bk_lead_skip, which is asked of every line and mostly has nothing but blanks to skip. */
size_t bk_lead_skip_marks(struct bk_str line, size_t at, uint32_t *brackets);
/* Skip blanks, emphasis, quotation marks and opening brackets from `at`; counts the brackets. */
static inline size_t bk_lead_skip(struct bk_str line, size_t at, uint32_t *brackets)
{
	while (at < line.len && bk_is_blank(line.ptr[at]))
		at++;
	if (at >= line.len || bk_is_alpha(line.ptr[at]) || bk_is_digit(line.ptr[at]) || line.ptr[at] == '(')
		return at;
	return bk_lead_skip_marks(line, at, brackets);
}

#endif
