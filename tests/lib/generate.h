/*
 * Treaty text of any size, the same for the same seed, with what is in it counted while it is made.
 *
 * Articles of numbered paragraphs and lettered points; brackets nested to six; alternatives, options with and
 * without text, attributions of each form, placeholders, notes; a passage in French or Chinese now and then.
 * About one byte in sixty is a bracket, as in issued drafts.  Every bracket is closed.
 */
#ifndef BRACKED_BENCH_GENERATE_H
#define BRACKED_BENCH_GENERATE_H

#include <stddef.h>
#include <stdint.h>

struct generated {
	char *bytes; /* NUL behind them */
	size_t len;
	size_t pairs, outermost, depth, lines;
	size_t articles, paragraphs, options;
};

/* At least size bytes, ending with the paragraph that reaches them.  Ends the program without memory. */
struct generated generate_text(size_t size, uint64_t seed);
/*
 * One to six paragraphs of one to twelve words out of a few, so that the same words stand side by side and are taken
 * for each other: with labels, headings, options, brackets in brackets and names of parties.  Every bracket is closed.
 */
struct generated generate_small_text(uint64_t seed);
void generated_release(struct generated *text);

#endif
