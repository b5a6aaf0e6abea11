/*
 * A guard over the bytes of a file: it follows every edit and knows which bytes still stand where, so that a
 * save can prove that nothing outside the edits has changed.
 *
 *	file   |aaaaaaaa|bbbb|cccccccccc|
 *	text   |aaaaaaaa|XY|cccccccccc|       segments: [0..8)->0, [12..22)->10
 */
#ifndef BRACKED_APP_GUARD_H
#define BRACKED_APP_GUARD_H

#include <bracked/text.h>

struct bk_guard;

/* Watch text, which now equals `saved`.  Observes the text until freed; the text must outlive it. */
int bk_guard_new(struct bk_guard **out, bk_text *text);
void bk_guard_free(struct bk_guard *guard);
/* Start anew: the text equals the file from now on. */
int bk_guard_reset(struct bk_guard *guard);
/* What the guard knows now, to be checked on another thread while the text is edited on.  Cost: O(stretches that
 * no edit touched).  BK_ENOMEM, also when following the edits ran out of memory. */
struct bk_guard_proof;
int bk_guard_proof_new(struct bk_guard_proof **out, const struct bk_guard *guard);
/* BK_OK when every byte that no edit touched was the same in file and text when the proof was made; BK_EINVAL with
 * the offset otherwise.  Any thread.  Cost: O(bytes). */
int bk_guard_proof_check(const struct bk_guard_proof *proof);
void bk_guard_proof_free(struct bk_guard_proof *proof); /* takes NULL */

#endif
