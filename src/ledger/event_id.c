/*
 * Ids of events: unique without asking anybody, and sorting by the time of writing.
 *
 *	01JDB3Z5QK  8W3F0V9T2M4X6Y7Z
 *	10 x 5 bits 16 x 5 bits
 *	ms of 1970  random
 *
 * The alphabet is Crockford's base 32, the layout that of ULID (github.com/ulid/spec).
 */
#include "ledger/ledger.h"

#include "base/error.h"

#include <errno.h>
#include <sys/random.h>

enum { TIME_CHARS = 10, RANDOM_BYTES = 10 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int draw(uint8_t *bytes, size_t count)
{
	size_t have = 0;

	while (have < count) {
		const ssize_t got = getrandom(bytes + have, count - have, 0);

		if (got < 0 && errno != EINTR)
			return bk_fail_errno(errno, "cannot draw a random number", "getrandom");
		have += got > 0 ? (size_t)got : 0;
	}
	return BK_OK;
}

static void encode(uint64_t milliseconds, const uint8_t *random, char *out)
{
	unsigned held = 0, bits = 0;
	char *next = out + TIME_CHARS;

	for (int i = 0; i < TIME_CHARS; i++)
		out[i] = alphabet[milliseconds >> (5 * (TIME_CHARS - 1 - i)) & 31];
	for (int i = 0; i < RANDOM_BYTES; i++) {
		held = (held & 0xff) << 8 | random[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*next++ = alphabet[held >> (bits - 5) & 31];
	}
	out[BK_EVENT_ID_LEN] = '\0';
}

/* The parts of an id made by encode; false for any other. */
static bool decode(const char *id, uint64_t *milliseconds, uint8_t *random)
{
	unsigned held = 0, bits = 0;
	size_t at = 0;

	if (strlen(id) != BK_EVENT_ID_LEN)
		return false;
	*milliseconds = 0;
	for (int i = 0; i < BK_EVENT_ID_LEN; i++) {
		const char *found = strchr(alphabet, id[i]);
		const unsigned digit = found ? (unsigned)(found - alphabet) : 0;

		if (!found)
			return false;
		if (i < TIME_CHARS) {
			*milliseconds = *milliseconds << 5 | digit;
			continue;
		}
		held = (held & 0xff) << 5 | digit;
		for (bits += 5; bits >= 8; bits -= 8)
			random[at++] = (uint8_t)(held >> (bits - 8));
	}
	return true;
}

/* Add a random step of 64 bits; true when the 80 bits run over. */
static bool step(uint8_t *random, const uint8_t *by)
{
	unsigned carry = 1; /* a step of nought would be the same id */

	for (int i = RANDOM_BYTES - 1; i >= 0; i--) {
		carry += random[i] + (i >= 2 ? by[i] : 0u);
		random[i] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry > 0;
}

int bk_event_id_make(uint64_t milliseconds, const char *last, char out[BK_EVENT_ID_LEN + 1])
{
	uint8_t random[RANDOM_BYTES], before[RANDOM_BYTES];
	uint64_t then;
	const int status = draw(random, sizeof random);

	if (status < 0)
		return status;
	random[0] &= 0x7f; /* room for steps within one millisecond */
	encode(milliseconds, random, out);
	if (last && strcmp(out, last) <= 0 && decode(last, &then, before)) {
		if (step(before, random))
			then++;
		encode(then, before, out);
	}
	return BK_OK;
}
