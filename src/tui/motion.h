/*
 * Motions: from an offset in a snapshot to another.  An impossible one returns the offset unchanged.
 */
#ifndef BRACKED_TUI_MOTION_H
#define BRACKED_TUI_MOTION_H

#include <bracked/text.h>

/* Start of the next and the previous grapheme cluster.  CR LF is one. */
size_t bk_motion_next(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_previous(const bk_snapshot *snapshot, size_t offset);
/* Start of the next word, of this or the previous one, and last character of this or the next one (vi's e). */
size_t bk_motion_word_next(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_word_previous(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_word_end(const bk_snapshot *snapshot, size_t offset);
/* Of the line of the text (not of the screen): start, first character that is no blank, end. */
size_t bk_motion_line_start(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_line_first(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_line_end(const bk_snapshot *snapshot, size_t offset);
/* Start of the next line, the end of the text on the last. */
size_t bk_motion_line_next(const bk_snapshot *snapshot, size_t offset);
/* The next and previous empty line. */
size_t bk_motion_paragraph_next(const bk_snapshot *snapshot, size_t offset);
size_t bk_motion_paragraph_previous(const bk_snapshot *snapshot, size_t offset);
/* The byte at offset, 0 at the end. */
char bk_motion_byte(const bk_snapshot *snapshot, size_t offset);
/* The word at offset; a run of blanks when it stands on one. */
struct bk_span bk_motion_word_at(const bk_snapshot *snapshot, size_t offset);

#endif
