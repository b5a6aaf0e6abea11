/*
 * UTF-8, grapheme clusters, widths and visible marks.
 *
 * Any bytes are accepted.  A byte that begins no well-formed sequence (overlong
 * forms, surrogates, above U+10FFFF and torn sequences included) counts as one
 * bad byte: decoded as BK_UTF8_BAD with length 1, a cluster and a cell of its own.
 */
#ifndef BRACKED_BASE_UTF8_H
#define BRACKED_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

#define BK_UTF8_BAD UINT32_MAX

/* Decode the code point at the start of string (len > 0) and set *size to its bytes. */
uint32_t bk_utf8_decode(struct bk_str string, size_t *size);
/* Write code point as UTF-8; returns 1 to 4. */
size_t bk_utf8_encode(uint32_t code, char out[4]);

/* Offset of the first bad byte, or string.len.  Vectorised: gigabytes a second on ASCII. */
size_t bk_utf8_valid_prefix(struct bk_str string);
/* Append string with each bad byte as U+FFFD. */
void bk_utf8_put_valid(struct bk_buf *buf, struct bk_str string);

/* Bytes of the extended grapheme cluster at the start of string (len > 0); CR LF is one cluster, at most 256
 * bytes. */
size_t bk_utf8_cluster(struct bk_str string);
/* Offset where the last cluster of string (len > 0) begins; looks back within the last line. */
size_t bk_utf8_last_cluster(struct bk_str string);
/* How many clusters string holds. */
size_t bk_utf8_count_clusters(struct bk_str string);
/*
 * Cells that a cluster takes on a terminal: 0, 1 or 2; a control (tab and line feed too), what
 * bk_utf8_hidden finds, and a bad byte are as wide as their visible marks.  The locale plays no part.
 */
int bk_utf8_width(struct bk_str cluster);
/* Cells of a whole string, after visible marks. */
size_t bk_utf8_string_width(struct bk_str string);

/* Unicode case folding, appended (bad bytes as they are). */
void bk_utf8_put_folded(struct bk_buf *buf, struct bk_str string);
/* The same with letters and their accents taken apart, so that composed and decomposed forms come out alike. */
void bk_utf8_put_folded_apart(struct bk_buf *buf, struct bk_str string);
/* A word with letters and their accents in one, in room; the word itself when it has a bad byte, or more than 64
 * characters. */
struct bk_str bk_utf8_composed(struct bk_str word, char room[256]);

bool bk_utf8_is_letter(uint32_t code); /* categories L* */
bool bk_utf8_is_upper(uint32_t code);  /* category Lu or Lt */
bool bk_utf8_is_digit(uint32_t code);  /* category Nd */
bool bk_utf8_is_space(uint32_t code);  /* Zs, and the ASCII spaces */
bool bk_utf8_is_mark(uint32_t code);   /* categories M* */
uint32_t bk_utf8_to_upper(uint32_t code);
uint32_t bk_utf8_to_lower(uint32_t code);

/* Why a code point must not reach a terminal or hides from a reader's eye. */
enum bk_hidden {
	BK_HIDDEN_NOT,
	BK_HIDDEN_CONTROL,    /* C0 but tab and line feed, DEL, C1 */
	BK_HIDDEN_BIDI,	      /* U+061C U+200E U+200F U+202A..U+202E U+2066..U+2069 */
	BK_HIDDEN_ZERO_WIDTH, /* U+200B U+2060..U+2064 U+FEFF U+180E U+00AD, fillers and the like; U+200C and
				 U+200D but after Arabic, Indic and emoji, where they are spelling, and
				 variation selectors but after what has another shape */
	BK_HIDDEN_TAG,	      /* U+E0000..U+E007F, variation selectors supplement */
	BK_HIDDEN_SEPARATOR,  /* U+2028 U+2029 U+0085 */
	BK_HIDDEN_BLANK,      /* U+2800 */
	BK_HIDDEN_BAD,	      /* a bad byte */
};
/* What hides in `code`, which stands between the code points before and after (0 at an end). */
enum bk_hidden bk_utf8_hidden(uint32_t code, uint32_t before, uint32_t after);

/*
 * Append string as it may be shown: what bk_utf8_hidden finds, a carriage return
 * too, becomes a visible mark such as <U+202E>, <1B>, <FF>; tab and line feed
 * stay when keep_lines, else become marks.  This is the only way of foreign bytes
 * to a terminal.  Cost: O(len); clean ASCII is copied.
 */
void bk_utf8_put_visible(struct bk_buf *buf, struct bk_str string, bool keep_lines);
/* The mark alone for one code point or bad byte: "<U+202E>". Returns its length. */
size_t bk_utf8_mark(uint32_t code, unsigned char byte, char out[16]);

/* The Latin letter that code can be taken for (Cyrillic and Greek look-alikes), or 0. */
char bk_utf8_latin_lookalike(uint32_t code);

#endif
