/* What the files of placing share. */
#ifndef BRACKED_APP_PLACING_PRIVATE_H
#define BRACKED_APP_PLACING_PRIVATE_H

#include "app/placing.h"

/*
 * The compilation as it was merged, counted; where it is not to be had, what was known before, or the text as it is.
 * BK_ENOMEM.
 */
int bk_placing_find_issued(
	const bk_proof *proof, const struct bk_session *session, const bk_snapshot *known, bk_snapshot **out);

#endif
