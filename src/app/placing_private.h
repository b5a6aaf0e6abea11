/* What the files of placing share. */
#ifndef BRACKED_APP_PLACING_PRIVATE_H
#define BRACKED_APP_PLACING_PRIVATE_H

#include "app/placing.h"

/* The compilation as it was merged; *out NULL where it is not to be had.  BK_ENOMEM. */
int bk_placing_find_issued(const bk_proof *proof, const struct bk_session *session, bk_text **out);

#endif
