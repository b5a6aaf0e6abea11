/*
 * Names of parties as people write them, made alike.
 */
#ifndef BRACKED_LEDGER_PARTY_H
#define BRACKED_LEDGER_PARTY_H

#include "base/str.h"

/* Names longer than this are nobody's. */
#define BK_PARTY_NAME_MAX 200
#define BK_PARTY_KEY_MAX  (BK_PARTY_NAME_MAX + 2)

/*
 * The key under which a name is known.  Codes of two or three letters, and codes that are also words (BASIC),
 * are their own key: "IN" is India, "in" is nobody.  All other names lose case, accents, kinds of
 * apostrophe and dash, doubled blanks and a leading "the".
 *
 * Returns the length of the key in out; 0 for an empty or overlong name.
 */
size_t bk_party_key(struct bk_str name, char out[BK_PARTY_KEY_MAX]);

/* True when code may be a code: 1 to 32 letters, digits, `-`, `_`, `.`, `+`, `&` or bytes from 0x80. */
bool bk_party_is_code(struct bk_str code);

/* True for "", "YYYY", "YYYY-MM" and "YYYY-MM-DD" with months and days that exist in some year. */
bool bk_party_is_date(struct bk_str date);

#endif
