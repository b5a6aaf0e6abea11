#include "compare/vocabulary.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <bracked/draft.h>

enum { FIRST_SLOTS = 4096, APOSTROPHE = 0x2019 };

/* ---- Folding ------------------------------------------------------------------------------------------- */

/*
 * Look-alikes count as the Latin letters they are taken for in a word that has a Latin letter of its own, and the
 * apostrophe of print as that of a keyboard.
 */
static bool has_latin(struct bk_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (bk_is_alpha(word.ptr[i]))
			return true;
	return false;
}

static void put_without_hidden(struct bk_buf *out, struct bk_str word)
{
	const bool latin = has_latin(word);
	uint32_t before = 0;

	for (size_t at = 0, size; at < word.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(word, at), &size);
		const char looks = latin && code != BK_UTF8_BAD ? bk_utf8_latin_lookalike(code) : 0;

		if (looks)
			bk_buf_putc(out, bk_to_lower(looks));
		else if (code == APOSTROPHE)
			bk_buf_putc(out, '\'');
		else if (code == BK_UTF8_BAD || bk_utf8_hidden(code, before, 0) == BK_HIDDEN_NOT)
			bk_buf_put(out, word.ptr + at, size);
		before = code;
	}
}

/* The folded word, in the vocabulary's buffer. */
static int fold(struct bk_vocabulary *vocabulary, struct bk_str word, struct bk_str *out)
{
	struct bk_buf visible = BK_BUF_INIT;

	bk_buf_clear(&vocabulary->folding);
	put_without_hidden(&visible, word);
	bk_utf8_put_folded_apart(&vocabulary->folding, bk_buf_str(&visible));
	vocabulary->folding.failed |= visible.failed;
	bk_buf_release(&visible);
	*out = bk_buf_str(&vocabulary->folding);
	return bk_buf_status(&vocabulary->folding);
}

/* ---- Short words ----------------------------------------------------------------------------------------- */

/* Nearly all words are short and of ASCII letters: they are folded, hashed and compared eight bytes at a time. */
struct head {
	uint64_t parts[2];
};

static const uint64_t EACH = 0x0101010101010101u;

/* len is known where this is called: one instruction. */
static inline uint64_t load(const char *bytes, size_t len)
{
	uint64_t value = 0;

	memcpy(&value, bytes, len);
	return value;
}

/* Up to eight bytes, zeroes behind them, without a loop over them. */
static uint64_t load_short(const char *bytes, size_t len)
{
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		return load(bytes, len);
	if (len >= 4)
		return load(bytes, 4) | load(bytes + len - 4, 4) << 8 * (len - 4);
	if (len >= 2)
		return load(bytes, 2) | load(bytes + len - 2, 2) << 8 * (len - 2);
	return len ? load(bytes, 1) : 0;
}

/* The first bytes of eight, zeroes for the rest. */
static uint64_t keep(uint64_t bytes, size_t count)
{
	return count >= 8 ? bytes : bytes & (((uint64_t)1 << 8 * count) - 1);
}

/* False when the word is longer than a head, or not ASCII. */
static bool read_head(struct bk_str word, size_t behind, struct head *head)
{
	if (word.len > sizeof head->parts)
		return false;
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && word.len + behind >= sizeof head->parts) {
		head->parts[0] = keep(load(word.ptr, 8), word.len);
		head->parts[1] = keep(load(word.ptr + 8, 8), word.len > 8 ? word.len - 8 : 0);
	} else {
		head->parts[0] = word.len >= 8 ? load(word.ptr, 8) : load_short(word.ptr, word.len);
		head->parts[1] = word.len > 8 ? load_short(word.ptr + 8, word.len - 8) : 0;
	}
	return ((head->parts[0] | head->parts[1]) & 0x80 * EACH) == 0;
}

/* ASCII letters in lower case: bit 7 of a byte is set where it is at least A, and cleared where it is past Z. */
static uint64_t lower(uint64_t bytes)
{
	const uint64_t capital = (bytes + (0x80 - 'A') * EACH) & ~(bytes + (0x7f - 'Z') * EACH) & 0x80 * EACH;

	return bytes | capital >> 2;
}

static uint32_t hash_head(const struct head *head, uint64_t seed)
{
	uint64_t hash = (head->parts[0] ^ seed) * 0x9E3779B97F4A7C15u;

	hash = (hash ^ hash >> 32 ^ head->parts[1]) * 0xD6E8FEB86659FD93u;
	return (uint32_t)(hash ^ hash >> 32);
}

/* ---- Numbers ----------------------------------------------------------------------------------------------- */

static uint32_t *find_slot(const struct bk_vocabulary *vocabulary, struct bk_str folded, uint32_t hash)
{
	size_t at = hash & vocabulary->mask;

	for (; vocabulary->slots[at] != BK_NONE; at = (at + 1) & vocabulary->mask) {
		const struct bk_entry *entry = &vocabulary->entries.items[vocabulary->slots[at]];

		if (entry->hash == hash && bk_str_equal((struct bk_str){entry->folded, entry->len}, folded))
			break;
	}
	return &vocabulary->slots[at];
}

static uint32_t *find_head(const struct bk_vocabulary *vocabulary, const struct head *head, uint32_t hash)
{
	size_t at = hash & vocabulary->mask;

	for (; vocabulary->slots[at] != BK_NONE; at = (at + 1) & vocabulary->mask) {
		const struct bk_entry *entry = &vocabulary->entries.items[vocabulary->slots[at]];

		if (entry->head[0] == head->parts[0] && entry->head[1] == head->parts[1])
			break;
	}
	return &vocabulary->slots[at];
}

static uint32_t *free_slot(const struct bk_vocabulary *vocabulary, uint32_t hash)
{
	size_t at = hash & vocabulary->mask;

	while (vocabulary->slots[at] != BK_NONE)
		at = (at + 1) & vocabulary->mask;
	return &vocabulary->slots[at];
}

/* Keep half of the slots free. */
static int make_room(struct bk_vocabulary *vocabulary)
{
	const size_t count = vocabulary->slots ? 2 * (vocabulary->mask + 1) : FIRST_SLOTS;
	uint32_t *slots;

	if (vocabulary->slots && 2 * vocabulary->entries.len <= vocabulary->mask)
		return BK_OK;
	if (!vocabulary->slots)
		vocabulary->seed = bk_hash_table("", 0); /* others' words are not to fall into one slot */
	slots = bk_malloc(count * sizeof *slots);
	if (!slots)
		return bk_fail_memory();
	memset(slots, 0xff, count * sizeof *slots);
	bk_free(vocabulary->slots);
	vocabulary->slots = slots;
	vocabulary->mask = count - 1;
	for (size_t i = 0; i < vocabulary->entries.len; i++) {
		const struct bk_entry *entry = &vocabulary->entries.items[i];

		*free_slot(vocabulary, entry->hash) = (uint32_t)i;
	}
	return BK_OK;
}

static int add_entry(struct bk_vocabulary *vocabulary, uint32_t *slot, struct bk_str folded, uint32_t hash)
{
	char *kept = bk_arena_dup(&vocabulary->arena, folded.ptr, folded.len);
	struct bk_entry *entry = kept ? BK_VEC_PUSH(&vocabulary->entries) : NULL;
	struct head head;

	if (!entry)
		return bk_fail_memory();
	*entry = (struct bk_entry){kept, (uint32_t)folded.len, hash, {0, 0}};
	if (read_head(folded, 0, &head))
		memcpy(entry->head, head.parts, sizeof entry->head);
	*slot = (uint32_t)(vocabulary->entries.len - 1);
	return BK_OK;
}

static int add_short(struct bk_vocabulary *vocabulary, const struct head *head, size_t len, uint32_t *number)
{
	const uint32_t hash = hash_head(head, vocabulary->seed);
	uint32_t *slot = find_head(vocabulary, head, hash);
	int status = BK_OK;

	if (*slot == BK_NONE)
		status = add_entry(vocabulary, slot, (struct bk_str){(const char *)head->parts, len}, hash);
	if (status == BK_OK)
		*number = *slot;
	return status;
}

static int add_long(struct bk_vocabulary *vocabulary, struct bk_str word, uint32_t *number)
{
	struct bk_str folded;
	struct head head;
	uint32_t hash, *slot;
	int status = fold(vocabulary, word, &folded);

	if (status != BK_OK)
		return status;
	if (folded.len && read_head(folded, 0, &head))
		return add_short(vocabulary, &head, folded.len, number);
	hash = (uint32_t)bk_hash_seed(folded.ptr, folded.len, vocabulary->seed);
	slot = find_slot(vocabulary, folded, hash);
	if (*slot == BK_NONE)
		status = add_entry(vocabulary, slot, folded, hash);
	if (status == BK_OK)
		*number = *slot;
	return status;
}

int bk_vocabulary_add(struct bk_vocabulary *vocabulary, struct bk_str word, size_t behind, uint32_t *number)
{
	struct head head;

	if (make_room(vocabulary) != BK_OK)
		return BK_ENOMEM;
	if (word.len == 0 || !read_head(word, behind, &head))
		return add_long(vocabulary, word, number);
	head.parts[0] = lower(head.parts[0]);
	head.parts[1] = lower(head.parts[1]);
	return add_short(vocabulary, &head, word.len, number);
}

struct bk_str bk_vocabulary_word(const struct bk_vocabulary *vocabulary, uint32_t number)
{
	const struct bk_entry *entry = &vocabulary->entries.items[number];

	return (struct bk_str){entry->folded, entry->len};
}

/* The lexicon has letters and their accents in one. */
bool bk_vocabulary_is_listed(
	const struct bk_vocabulary *vocabulary, uint32_t number, const enum bk_lexicon *lists, size_t count)
{
	char room[256];
	const struct bk_str word = bk_utf8_composed(bk_vocabulary_word(vocabulary, number), room);

	for (size_t i = 0; i < count; i++)
		if (bk_lexicon_has(lists[i], word))
			return true;
	return false;
}

void bk_vocabulary_release(struct bk_vocabulary *vocabulary)
{
	BK_VEC_RELEASE(&vocabulary->entries);
	bk_free(vocabulary->slots);
	bk_arena_release(&vocabulary->arena);
	bk_buf_release(&vocabulary->folding);
}
