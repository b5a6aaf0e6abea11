/*
 * The kernel: where the structural bytes of a run of text stand, 64 bytes at a time.
 *
 *	bytes   a [ b \ [ c ] \n
 *	open    . 1 . . . . .  .      one bit a byte, lowest bit first; a bracket after an odd
 *	close   . . . . . . 1  .      number of backslashes is literal and has no bit
 *	line    . . . . . . .  1
 *
 * One kernel serves opening a text, keeping it right after an edit, and scanning a draft.  It uses AVX2
 * and BMI where the processor has them, chosen when it runs, and plain 64-bit arithmetic elsewhere.
 */
#ifndef BRACKED_DRAFT_KERNEL_H
#define BRACKED_DRAFT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BK_KERNEL_WINDOW 4096 /* bytes one call of bk_kernel_mask takes */
#define BK_KERNEL_WORDS	 (BK_KERNEL_WINDOW / 64)

struct bk_kernel_mask {
	uint64_t open[BK_KERNEL_WORDS];
	uint64_t close[BK_KERNEL_WORDS];
	uint64_t line[BK_KERNEL_WORDS]; /* LF */
	size_t opens, closes, lines;	/* how many bits are set */
};

/*
 * Fill the masks of len (at most BK_KERNEL_WINDOW) bytes; bits past len are 0, words past it are not written.
 * *escaped says whether the first byte stands after an odd number of backslashes, and afterwards whether the
 * byte behind the last one does.  Returns the number of words filled.
 */
size_t bk_kernel_mask(struct bk_kernel_mask *mask, const char *bytes, size_t len, bool *escaped);

/*
 * The brackets of a window without their places: one bit each in order, 1 for an open.
 */
struct bk_kernel_turns {
	uint64_t open[BK_KERNEL_WORDS + 1];
	size_t count; /* of brackets; bits past it are 0 */
	size_t opens, lines;
};
/* As bk_kernel_mask. */
void bk_kernel_turns(struct bk_kernel_turns *turns, const char *bytes, size_t len, bool *escaped);

/* Any set of byte values, in the form the kernel asks for. */
struct bk_byte_set {
	uint8_t ascii[16]; /* by low nibble: the high nibbles 0-7 it stands with */
	uint8_t upper[16]; /* the same for high nibbles 8-15 */
	uint8_t member[256];
	bool has_upper;
};

void bk_byte_set_init(struct bk_byte_set *set, const char *members, size_t count);

/*
 * The offsets of all members of set among len (below 4 GiB) bytes, ascending; offsets has room for len of
 * them. When escaped is given it works as for bk_kernel_mask, and members after an odd number of backslashes
 * are left out.  Returns how many there are.
 *
 * Call it window by window (some KiB) to keep the offsets in the cache.
 */
size_t bk_kernel_index(
	const struct bk_byte_set *set, const char *bytes, size_t len, bool *escaped, uint32_t *offsets);

/* The offset of the first member of set among len bytes, or len. */
size_t bk_kernel_find(const struct bk_byte_set *set, const char *bytes, size_t len);

/* Whether byte stands BK_KERNEL_ROW times in a row. */
enum { BK_KERNEL_ROW = 6 };
bool bk_kernel_has_row(char byte, const char *bytes, size_t len);

/* For tests: do without vectors, on all threads. */
void bk_kernel_use_portable(bool portable);

#endif
