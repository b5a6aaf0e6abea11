/* How near two words are: for "did you mean". */
#ifndef BRACKED_BASE_NEAR_H
#define BRACKED_BASE_NEAR_H

#include "base/str.h"

/*
 * Insertions, deletions, replacements and swaps of neighbours that turn a into b, ASCII case apart (optimal
 * string alignment).  Words longer than 63 bytes count as far: SIZE_MAX.
 */
size_t bk_near_distance(struct bk_str a, struct bk_str b);
/* True when a typing slip may have made word out of known. */
bool bk_near_slip(struct bk_str word, struct bk_str known);

#endif
