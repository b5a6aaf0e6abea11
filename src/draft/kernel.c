/* Structural bytes by vector comparison, with a portable twin of each function. */
#include "draft/kernel.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#else /* before glibc 2.33 */
#define AVX2			    "avx2"
#define BMI1			    "bmi"
#define BMI2			    "bmi2"
#define POPCNT			    "popcnt"
#define LZCNT			    "lzcnt"
#define CPU_FEATURE_ACTIVE(feature) __builtin_cpu_supports(feature)
#endif
#define VECTORS	      1
#define VECTOR_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#else
#define VECTORS 0
#endif

#define INLINE static inline __attribute__((always_inline))

static bool portable_only;

void bk_kernel_use_portable(bool portable)
{
	portable_only = portable;
}

/* The four masks of one block of 64 bytes. */
struct block {
	uint64_t open, close, line, backslash;
};

/*
 * Bits of the bytes that stand after an odd number of backslashes; *carry takes that fact from block to
 * block. A run that begins at an odd bit is told from one at an even bit by what adding its start does to it
 * (Langdale and Lemire, Parsing gigabytes of JSON per second, 2019).
 */
INLINE uint64_t escaped_bits(uint64_t backslash, uint64_t *carry)
{
	const uint64_t even = 0x5555555555555555;
	uint64_t follows, odd_starts, carried;

	if (!backslash) {
		follows = *carry;
		*carry = 0;
		return follows;
	}
	backslash &= ~*carry;
	follows = backslash << 1 | *carry;
	odd_starts = backslash & ~even & ~follows;
	*carry = __builtin_add_overflow(odd_starts, backslash, &carried);
	return (even ^ (carried << 1)) & follows;
}

/* Take the brackets that are literal out of a block. */
INLINE void drop_literal(struct block *block, uint64_t *carry)
{
	if (block->backslash | *carry) {
		const uint64_t literal = escaped_bits(block->backslash, carry);

		block->open &= ~literal;
		block->close &= ~literal;
	}
}

/* The same in the last block, len bytes padded with zero: *escaped is about the byte behind them. */
INLINE void drop_last_literal(struct block *block, size_t len, uint64_t carry, bool *escaped)
{
	const uint64_t literal = escaped_bits(block->backslash, &carry);

	block->open &= ~literal;
	block->close &= ~literal;
	*escaped = literal >> len & 1;
}

INLINE void put_mask(struct bk_kernel_mask *mask, size_t word, const struct block *block)
{
	mask->open[word] = block->open;
	mask->close[word] = block->close;
	mask->line[word] = block->line;
	mask->opens += (size_t)__builtin_popcountll(block->open);
	mask->closes += (size_t)__builtin_popcountll(block->close);
	mask->lines += (size_t)__builtin_popcountll(block->line);
}

/* Append the turns of a block: of_open has a bit for each bracket, those of opens set. */
INLINE void put_turns(struct bk_kernel_turns *turns, const struct block *block, uint64_t of_open)
{
	const size_t word = turns->count / 64, shift = turns->count % 64;

	turns->open[word] |= of_open << shift;
	turns->open[word + 1] = of_open >> 1 >> (63 - shift);
	turns->count += (size_t)__builtin_popcountll(block->open | block->close);
	turns->opens += (size_t)__builtin_popcountll(block->open);
	turns->lines += (size_t)__builtin_popcountll(block->line);
}

/* Eight bytes as a number, the first byte lowest. */
INLINE uint64_t load_word(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* One bit for each of the eight bytes that equals byte. */
INLINE uint64_t equal_bits(uint64_t word, uint8_t byte)
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7f;
	const uint64_t differ = word ^ byte * 0x0101010101010101u;
	const uint64_t zero = ~(((differ & low) + low) | differ | low);

	return ((zero >> 7) * 0x0102040810204080u) >> 56;
}

static struct block portable_block(const char *bytes)
{
	struct block block = {0};

	for (unsigned i = 0; i < 64; i += 8) {
		const uint64_t word = load_word(bytes + i);

		block.open |= equal_bits(word, '[') << i;
		block.close |= equal_bits(word, ']') << i;
		block.line |= equal_bits(word, '\n') << i;
		block.backslash |= equal_bits(word, '\\') << i;
	}
	return block;
}

/* The bits of word that stand where chosen has one, moved together. */
static uint64_t gather_bits(uint64_t word, uint64_t chosen)
{
	uint64_t out = 0;

	for (unsigned i = 0; chosen; chosen &= chosen - 1, i++)
		out |= (uint64_t)((word & chosen & -chosen) != 0) << i;
	return out;
}

/* The last bytes, as a block padded with zero. */
static struct block portable_end(const char *bytes, size_t len, uint64_t carry, bool *escaped)
{
	char padded[64] = {0};
	struct block block;

	memcpy(padded, bytes, len);
	block = portable_block(padded);
	drop_last_literal(&block, len, carry, escaped);
	return block;
}

static size_t portable_mask(struct bk_kernel_mask *mask, const char *bytes, size_t len, bool *escaped)
{
	uint64_t carry = *escaped;
	struct block block;
	size_t word = 0;

	for (; len >= 64; bytes += 64, len -= 64) {
		block = portable_block(bytes);
		drop_literal(&block, &carry);
		put_mask(mask, word++, &block);
	}
	*escaped = carry;
	if (len) {
		block = portable_end(bytes, len, carry, escaped);
		put_mask(mask, word++, &block);
	}
	return word;
}

static void portable_turns(struct bk_kernel_turns *turns, const char *bytes, size_t len, bool *escaped)
{
	uint64_t carry = *escaped;
	struct block block;

	for (; len >= 64; bytes += 64, len -= 64) {
		block = portable_block(bytes);
		drop_literal(&block, &carry);
		put_turns(turns, &block, gather_bits(block.open, block.open | block.close));
	}
	*escaped = carry;
	if (len) {
		block = portable_end(bytes, len, carry, escaped);
		put_turns(turns, &block, gather_bits(block.open, block.open | block.close));
	}
}

/* Member bits of len (at most 64) bytes; also those of the backslashes. */
static uint64_t portable_members(
	const struct bk_byte_set *set, const char *bytes, size_t len, uint64_t *backslash)
{
	uint64_t members = 0;

	*backslash = 0;
	for (size_t i = 0; i < len; i++) {
		members |= (uint64_t)set->member[(uint8_t)bytes[i]] << i;
		*backslash |= (uint64_t)(bytes[i] == '\\') << i;
	}
	return members;
}

/* Write the offsets of the bits, four at least: a loop that ends alike each time is foreseen. */
INLINE size_t put_offsets(uint32_t *offsets, uint64_t bits, size_t base)
{
	const size_t count = (size_t)__builtin_popcountll(bits);

	for (size_t done = 0; done == 0 || done < count; done += 4) {
		for (size_t i = 0; i < 4; i++) {
			offsets[done + i] = (uint32_t)(base + (size_t)(bits ? __builtin_ctzll(bits) : 0));
			bits &= bits - 1;
		}
	}
	return count;
}

static size_t portable_index(
	const struct bk_byte_set *set, const char *bytes, size_t len, bool *escaped, uint32_t *offsets)
{
	uint64_t carry = escaped && *escaped, backslash;
	size_t count = 0;

	for (size_t at = 0; at < len; at += 64) {
		const size_t part = len - at < 64 ? len - at : 64;
		uint64_t members = portable_members(set, bytes + at, part, &backslash);

		if (escaped) {
			const uint64_t literal = escaped_bits(backslash, &carry);

			members &= ~literal;
			if (part < 64)
				carry = literal >> part & 1;
		}
		count += put_offsets(offsets + count, members, at);
	}
	if (escaped)
		*escaped = carry;
	return count;
}

static size_t portable_find(const struct bk_byte_set *set, const char *bytes, size_t len)
{
	size_t at = 0;

	while (at < len && !set->member[(uint8_t)bytes[at]])
		at++;
	return at;
}

/* One byte of a row is the sixth, twelfth ... of all. */
static bool portable_has_row(char byte, const char *bytes, size_t len)
{
	for (size_t i = BK_KERNEL_ROW - 1; i < len; i += BK_KERNEL_ROW) {
		size_t from = i, to = i + 1;

		if (bytes[i] != byte)
			continue;
		while (from > 0 && bytes[from - 1] == byte && to - from < BK_KERNEL_ROW)
			from--;
		while (to < len && bytes[to] == byte && to - from < BK_KERNEL_ROW)
			to++;
		if (to - from == BK_KERNEL_ROW)
			return true;
	}
	return false;
}

#if VECTORS

VECTOR_TARGET INLINE uint64_t vector_equal(__m256i low, __m256i high, char byte)
{
	const __m256i wanted = _mm256_set1_epi8(byte);
	const uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
	const uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));

	return a | (uint64_t)b << 32;
}

VECTOR_TARGET INLINE struct block vector_block(const char *bytes)
{
	const __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
	const __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));

	return (struct block){
		.open = vector_equal(low, high, '['),
		.close = vector_equal(low, high, ']'),
		.line = vector_equal(low, high, '\n'),
		.backslash = vector_equal(low, high, '\\'),
	};
}

/* The last bytes, as a block padded with zero. */
VECTOR_TARGET static struct block vector_end(const char *bytes, size_t len, uint64_t carry, bool *escaped)
{
	char padded[64] = {0};
	struct block block;

	memcpy(padded, bytes, len);
	block = vector_block(padded);
	drop_last_literal(&block, len, carry, escaped);
	return block;
}

VECTOR_TARGET static size_t vector_mask(
	struct bk_kernel_mask *mask, const char *bytes, size_t len, bool *escaped)
{
	uint64_t carry = *escaped;
	struct block block;
	size_t word = 0;

	for (; len >= 64; bytes += 64, len -= 64) {
		block = vector_block(bytes);
		drop_literal(&block, &carry);
		put_mask(mask, word++, &block);
	}
	*escaped = carry;
	if (len) {
		block = vector_end(bytes, len, carry, escaped);
		put_mask(mask, word++, &block);
	}
	return word;
}

VECTOR_TARGET static void vector_turns(
	struct bk_kernel_turns *turns, const char *bytes, size_t len, bool *escaped)
{
	uint64_t carry = *escaped;
	struct block block;

	for (; len >= 64; bytes += 64, len -= 64) {
		block = vector_block(bytes);
		drop_literal(&block, &carry);
		put_turns(turns, &block, _pext_u64(block.open, block.open | block.close));
	}
	*escaped = carry;
	if (len) {
		block = vector_end(bytes, len, carry, escaped);
		put_turns(turns, &block, _pext_u64(block.open, block.open | block.close));
	}
}

/*
 * 32 bytes against a set: the low nibble picks the high nibbles it stands with, the high nibble picks its bit
 * among them.  Bytes from 128 have their own table.
 */
VECTOR_TARGET INLINE uint32_t vector_members(const struct bk_byte_set *set, __m256i bytes)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	const __m256i bit = _mm256_broadcastsi128_si256(
		_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0));
	const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
	const __m256i low = _mm256_and_si256(bytes, nibble);
	const __m256i ascii =
		_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)set->ascii));
	__m256i found = _mm256_and_si256(_mm256_shuffle_epi8(ascii, low), _mm256_shuffle_epi8(bit, high));

	if (set->has_upper) {
		const __m256i upper = _mm256_broadcastsi128_si256(
			_mm_loadu_si128((const __m128i *)(const void *)set->upper));
		const __m256i upper_bit = _mm256_permute2x128_si256(bit, bit, 0);
		const __m256i shifted =
			_mm256_shuffle_epi8(upper_bit, _mm256_xor_si256(high, _mm256_set1_epi8(8)));

		found = _mm256_or_si256(found, _mm256_and_si256(_mm256_shuffle_epi8(upper, low), shifted));
	}
	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
}

VECTOR_TARGET static size_t vector_index(
	const struct bk_byte_set *set, const char *bytes, size_t len, bool *escaped, uint32_t *offsets)
{
	uint64_t carry = escaped && *escaped;
	size_t count = 0;

	for (size_t at = 0; at < len; at += 64) {
		const size_t part = len - at < 64 ? len - at : 64;
		char padded[64] = {0};
		const char *block = bytes + at;
		__m256i low, high;
		uint64_t members;

		if (part < 64)
			block = memcpy(padded, block, part);
		low = _mm256_loadu_si256((const __m256i *)(const void *)block);
		high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
		members = vector_members(set, low) | (uint64_t)vector_members(set, high) << 32;
		if (part < 64)
			members &= ((uint64_t)1 << part) - 1;
		if (escaped) {
			const uint64_t literal = escaped_bits(vector_equal(low, high, '\\'), &carry);

			members &= ~literal;
			if (part < 64)
				carry = literal >> part & 1;
		}
		count += put_offsets(offsets + count, members, at);
	}
	if (escaped)
		*escaped = carry;
	return count;
}

VECTOR_TARGET static size_t vector_find(const struct bk_byte_set *set, const char *bytes, size_t len)
{
	size_t at = 0;

	for (; len - at >= 32; at += 32) {
		const uint32_t members =
			vector_members(set, _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at)));

		if (members)
			return at + (size_t)__builtin_ctz(members);
	}
	return at + portable_find(set, bytes + at, len - at);
}

/* Blocks overlap, so that each row lies in one of them. */
VECTOR_TARGET static bool vector_has_row(char byte, const char *bytes, size_t len)
{
	size_t at = 0;

	for (; len - at >= 64; at += 64 - (BK_KERNEL_ROW - 1)) {
		const __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at));
		const __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at + 32));
		const uint64_t one = vector_equal(low, high, byte), two = one & one >> 1,
			       four = two & two >> 2;

		if (four & two >> 4)
			return true;
	}
	return portable_has_row(byte, bytes + at, len - at);
}

/* The loader knows: to ask the processor once more takes 50 us where that is a virtual one. */
static bool use_vectors(void)
{
	return !portable_only && CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(BMI1) &&
	       CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(POPCNT) && CPU_FEATURE_ACTIVE(LZCNT);
}

#endif

size_t bk_kernel_mask(struct bk_kernel_mask *mask, const char *bytes, size_t len, bool *escaped)
{
	mask->opens = mask->closes = mask->lines = 0;
#if VECTORS
	if (use_vectors())
		return vector_mask(mask, bytes, len, escaped);
#endif
	return portable_mask(mask, bytes, len, escaped);
}

void bk_kernel_turns(struct bk_kernel_turns *turns, const char *bytes, size_t len, bool *escaped)
{
	turns->open[0] = 0;
	turns->count = turns->opens = turns->lines = 0;
#if VECTORS
	if (use_vectors()) {
		vector_turns(turns, bytes, len, escaped);
		return;
	}
#endif
	portable_turns(turns, bytes, len, escaped);
}

void bk_byte_set_init(struct bk_byte_set *set, const char *members, size_t count)
{
	memset(set, 0, sizeof *set);
	for (size_t i = 0; i < count; i++) {
		const uint8_t byte = (uint8_t)members[i];
		uint8_t *table = byte < 128 ? set->ascii : set->upper;

		table[byte & 15] |= (uint8_t)(1u << (byte >> 4 & 7));
		set->member[byte] = 1;
		set->has_upper |= byte >= 128;
	}
}

size_t bk_kernel_index(
	const struct bk_byte_set *set, const char *bytes, size_t len, bool *escaped, uint32_t *offsets)
{
#if VECTORS
	if (use_vectors())
		return vector_index(set, bytes, len, escaped, offsets);
#endif
	return portable_index(set, bytes, len, escaped, offsets);
}

size_t bk_kernel_find(const struct bk_byte_set *set, const char *bytes, size_t len)
{
#if VECTORS
	if (use_vectors())
		return vector_find(set, bytes, len);
#endif
	return portable_find(set, bytes, len);
}

bool bk_kernel_has_row(char byte, const char *bytes, size_t len)
{
#if VECTORS
	if (use_vectors())
		return vector_has_row(byte, bytes, len);
#endif
	return portable_has_row(byte, bytes, len);
}
