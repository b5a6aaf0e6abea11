/* Text objects of vi: what stands inside or round something at the cursor. */
#ifndef BRACKED_TUI_VI_OBJECT_H
#define BRACKED_TUI_VI_OBJECT_H

#include <bracked/text.h>

/*
 * kind is the key after i or a: w word, [ or ] bracket, ( ) b parenthesis, { } B brace, " ' ` quotation,
 * p paragraph.  around: with the marks themselves (and the blank after a word).  False when there is none.
 */
bool bk_vi_object(
	const bk_snapshot *snapshot, size_t offset, uint32_t kind, bool around, struct bk_span *out);

#endif
