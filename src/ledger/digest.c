/*
 * Digests as sums in powers of a base, so that those of two texts give that of both, one behind the other:
 *
 *	[a  [b c]  d]		sum of "[a" and of "[b c]" and of "d]", each times the power of all behind it
 *
 * Blanks count as one, and as none beside a bracket and at the ends: the words of a bracket are the same by itself and
 * in the text round it.
 */
#include "ledger/digest.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "draft/draft.h"

enum {
	SHORT = 400, /* of so many bytes a digest is made at once: to keep it would be no gain */
	EARLIER_BYTES = 64 * 1024 * 1024, /* are read for earlier digests, which know nothing of parts */
};

/* A prime, and any number below it. */
static const uint64_t PRIME = ((uint64_t)1 << 61) - 1, BASE = 0x0b7e151628aed2a7;

/* ---- Sums -------------------------------------------------------------------------------------------- */

struct sum {
	uint64_t value, power; /* power: BASE to the number of its bytes */
};

static uint64_t multiply(uint64_t a, uint64_t b)
{
	const __uint128_t product = (__uint128_t)a * b;
	const uint64_t low = (uint64_t)(product & PRIME) + (uint64_t)(product >> 61);

	return low >= PRIME ? low - PRIME : low;
}

static struct sum behind(struct sum first, struct sum second)
{
	const uint64_t value = multiply(first.value, second.power) + second.value;

	return (struct sum){value >= PRIME ? value - PRIME : value, multiply(first.power, second.power)};
}

/* ---- Words ------------------------------------------------------------------------------------------- */

/* A hash that cannot be made from those of parts: each 256 bytes with that of all before them for its seed. */
struct earlier {
	char bytes[256];
	size_t len;
	uint64_t hash;
};

struct words {
	struct sum sum;
	struct earlier *earlier; /* takes the place of sum where it is asked for */
	bool blank, any;	 /* a blank is owed; something came before */
	bool glued;		 /* no blank after what came last */
};

static const struct words no_words = {.sum = {0, 1}};

static void put_earlier(struct earlier *earlier, const char *bytes, size_t len)
{
	if (earlier->len + len > sizeof earlier->bytes) {
		earlier->hash = bk_hash_seed(earlier->bytes, earlier->len, earlier->hash);
		earlier->len = 0;
	}
	memcpy(earlier->bytes + earlier->len, bytes, len);
	earlier->len += len;
}

static void put(struct words *words, const char *bytes, size_t len)
{
	if (words->earlier) {
		put_earlier(words->earlier, bytes, len);
		return;
	}
	for (size_t i = 0; i < len; i++)
		words->sum = behind(words->sum, (struct sum){(unsigned char)bytes[i] + 1u, BASE});
}

/* Before what begins with this: the blank that is owed. */
static void put_blank(struct words *words, char first)
{
	if (words->blank && words->any && !words->glued && !bk_digest_is_bracket(first))
		put(words, " ", 1);
	words->blank = false;
	words->any = true;
}

static void put_char(struct words *words, const char *bytes, size_t len)
{
	put_blank(words, bytes[0]);
	put(words, bytes, len);
	words->glued = bk_digest_is_bracket(bytes[0]);
}

static size_t put_code(struct words *words, struct bk_str bytes)
{
	size_t size;
	const uint32_t code = bk_utf8_decode(bytes, &size);

	if (code == BK_UTF8_BAD || code == 0)
		put_char(words, "\xef\xbf\xbd", 3);
	else
		put_char(words, bytes.ptr, size);
	return size;
}

/* What bytes begin with; how many of them it is. */
static size_t put_next(struct words *words, struct bk_str bytes)
{
	const char c = bytes.ptr[0];

	if (bk_is_space(c) || c == '*') {
		words->blank |= c != '*';
	} else if (c > 0) {
		const char lower = bk_to_lower(c);

		put_char(words, &lower, 1);
	} else {
		return put_code(words, bytes);
	}
	return 1;
}

static void put_all(struct words *words, struct bk_str bytes)
{
	for (size_t at = 0; at < bytes.len;)
		at += put_next(words, bk_str_skip(bytes, at));
}

uint64_t bk_digest(struct bk_str bytes)
{
	struct words words = no_words;

	put_all(&words, bytes);
	return words.sum.value;
}

uint64_t bk_digest_earlier(struct bk_str bytes)
{
	struct earlier earlier = {.len = 0};
	struct words words = {.sum = {0, 1}, .earlier = &earlier};

	put_all(&words, bytes);
	return bk_hash_seed(earlier.bytes, earlier.len, earlier.hash);
}

/* ---- Brackets ---------------------------------------------------------------------------------------- */

struct bk_digest_pair {
	struct sum whole; /* power is 0 until they are made */
	uint64_t own, earlier;
	uint32_t after; /* the first bracket that opens behind this one */
	bool has_earlier;
};

struct bk_digests_made {
	size_t earlier_bytes; /* that were read */
	struct bk_digest_pair pairs[];
};

int bk_digests_init(struct bk_digests *digests, const bk_draft *draft)
{
	const size_t pairs = draft->bracket_count * sizeof(struct bk_digest_pair);

	*digests = (struct bk_digests){draft, bk_calloc(1, sizeof *digests->made + pairs)};
	return digests->made ? BK_OK : bk_fail_memory();
}

void bk_digests_release(struct bk_digests *digests)
{
	bk_free(digests->made);
	digests->made = NULL;
}

static void put_bracket(struct words *words, const struct bk_digests *digests, uint32_t bracket)
{
	const struct bk_bracket *at = &digests->draft->brackets[bracket];
	const char *bytes = digests->draft->bytes.ptr;

	put_blank(words, bytes[at->start]);
	words->sum = behind(words->sum, digests->made->pairs[bracket].whole);
	words->glued = bk_digest_is_bracket(bytes[at->end - 1]);
}

/* The words of a span, in which brackets from *next on open; it is set to the first that opens behind it.  Of those
 * that are made already no byte is read; others may be where braces cross brackets. */
static struct sum sum_of(const struct bk_digests *digests, struct bk_span span, uint32_t *next)
{
	const struct bk_draft *draft = digests->draft;
	const struct bk_str bytes = {draft->bytes.ptr, span.end};
	struct words words = no_words;

	for (size_t at = span.start; at < span.end;) {
		while (*next < draft->bracket_count && draft->brackets[*next].start < at)
			++*next;
		if (*next < draft->bracket_count && draft->brackets[*next].start == at &&
			draft->brackets[*next].end <= span.end && digests->made->pairs[*next].whole.power) {
			put_bracket(&words, digests, *next);
			at = draft->brackets[*next].end;
			*next = digests->made->pairs[*next].after;
		} else {
			at += put_next(&words, bk_str_skip(bytes, at));
		}
	}
	return words.sum;
}

/* Make those of the outermost bracket round this one, and of all that open in it, the last first. */
static void make(const struct bk_digests *digests, uint32_t bracket)
{
	const struct bk_draft *draft = digests->draft;
	size_t end;

	while (draft->brackets[bracket].parent != BK_NONE)
		bracket = draft->brackets[bracket].parent;
	end = BK_SEARCH(i, draft->bracket_count, draft->brackets[i].start < draft->brackets[bracket].end);
	for (uint32_t i = (uint32_t)end; i-- > bracket;) {
		const struct bk_bracket *at = &draft->brackets[i];
		struct bk_digest_pair *pair = &digests->made->pairs[i];

		pair->after = i + 1;
		pair->own = sum_of(digests, at->text, &pair->after).value;
		pair->after = i + 1;
		pair->whole = sum_of(digests, (struct bk_span){at->start, at->end}, &pair->after);
	}
}

static const struct bk_digest_pair *pair_of(const struct bk_digests *digests, uint32_t bracket)
{
	if (digests->made->pairs[bracket].whole.power == 0)
		make(digests, bracket);
	return &digests->made->pairs[bracket];
}

static bool is_short(const struct bk_bracket *bracket)
{
	return bracket->end - bracket->start <= SHORT;
}

static struct bk_str bytes_of(const bk_draft *draft, size_t start, size_t end)
{
	return (struct bk_str){draft->bytes.ptr + start, end - start};
}

uint64_t bk_digests_whole(const struct bk_digests *digests, uint32_t bracket)
{
	const struct bk_bracket *at = &digests->draft->brackets[bracket];

	return is_short(at) ? bk_digest(bytes_of(digests->draft, at->start, at->end))
			    : pair_of(digests, bracket)->whole.value;
}

uint64_t bk_digests_own(const struct bk_digests *digests, uint32_t bracket)
{
	const struct bk_bracket *at = &digests->draft->brackets[bracket];

	return is_short(at) ? bk_digest(bytes_of(digests->draft, at->text.start, at->text.end))
			    : pair_of(digests, bracket)->own;
}

bool bk_digests_earlier(const struct bk_digests *digests, uint32_t bracket, uint64_t *earlier)
{
	const struct bk_bracket *at = &digests->draft->brackets[bracket];
	struct bk_digests_made *made = digests->made;
	struct bk_digest_pair *pair = &made->pairs[bracket];

	if (!pair->has_earlier) {
		if (at->end - at->start > EARLIER_BYTES - made->earlier_bytes)
			return false;
		made->earlier_bytes += at->end - at->start;
		pair->earlier = bk_digest_earlier(bytes_of(digests->draft, at->start, at->end));
		pair->has_earlier = true;
	}
	*earlier = pair->earlier;
	return true;
}
