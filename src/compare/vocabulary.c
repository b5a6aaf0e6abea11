#include "compare/vocabulary.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <bracked/draft.h>

enum { FIRST_SLOTS = 4096, SHORT = 64 };

/* ---- Folding ------------------------------------------------------------------------------------------- */

static bool is_ascii(struct bk_str word)
{
	unsigned char all = 0;

	for (size_t i = 0; i < word.len; i++)
		all |= (unsigned char)word.ptr[i];
	return all < 0x80;
}

/* Look-alikes count as the Latin letters they are taken for in a word that has a Latin letter of its own. */
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
		else if (code == BK_UTF8_BAD || bk_utf8_hidden(code, before, 0) == BK_HIDDEN_NOT)
			bk_buf_put(out, word.ptr + at, size);
		before = code;
	}
}

/* The folded word, in the vocabulary's buffer or in `small`. */
static struct bk_str fold(struct bk_vocabulary *vocabulary, struct bk_str word, char small[SHORT])
{
	struct bk_buf visible = BK_BUF_INIT;

	if (word.len <= SHORT && is_ascii(word)) {
		for (size_t i = 0; i < word.len; i++)
			small[i] = bk_to_lower(word.ptr[i]);
		return (struct bk_str){small, word.len};
	}
	bk_buf_clear(&vocabulary->folding);
	put_without_hidden(&visible, word);
	bk_utf8_put_folded_apart(&vocabulary->folding, bk_buf_str(&visible));
	vocabulary->folding.failed |= visible.failed;
	bk_buf_release(&visible);
	return bk_buf_str(&vocabulary->folding);
}

/* ---- Numbers ------------------------------------------------------------------------------------------- */

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

/* Keep half of the slots free. */
static int make_room(struct bk_vocabulary *vocabulary)
{
	const size_t count = vocabulary->slots ? 2 * (vocabulary->mask + 1) : FIRST_SLOTS;
	uint32_t *slots;

	if (vocabulary->slots && 2 * vocabulary->entries.len <= vocabulary->mask)
		return BK_OK;
	slots = bk_malloc(count * sizeof *slots);
	if (!slots)
		return bk_fail_memory();
	memset(slots, 0xff, count * sizeof *slots);
	bk_free(vocabulary->slots);
	vocabulary->slots = slots;
	vocabulary->mask = count - 1;
	for (size_t i = 0; i < vocabulary->entries.len; i++) {
		const struct bk_entry *entry = &vocabulary->entries.items[i];

		*find_slot(vocabulary, (struct bk_str){entry->folded, entry->len}, entry->hash) = (uint32_t)i;
	}
	return BK_OK;
}

int bk_vocabulary_add(struct bk_vocabulary *vocabulary, struct bk_str word, uint32_t *number)
{
	char small[SHORT];
	const struct bk_str folded = fold(vocabulary, word, small);
	const uint32_t hash = (uint32_t)bk_hash_table(folded.ptr, folded.len);
	struct bk_entry *entry;
	uint32_t *slot;
	char *kept;

	if (vocabulary->folding.failed || make_room(vocabulary) != BK_OK)
		return bk_fail_memory();
	slot = find_slot(vocabulary, folded, hash);
	if (*slot == BK_NONE) {
		kept = bk_arena_dup(&vocabulary->arena, folded.ptr, folded.len);
		entry = kept ? BK_VEC_PUSH(&vocabulary->entries) : NULL;
		if (!entry)
			return bk_fail_memory();
		*entry = (struct bk_entry){kept, (uint32_t)folded.len, hash};
		*slot = (uint32_t)(vocabulary->entries.len - 1);
	}
	*number = *slot;
	return BK_OK;
}

struct bk_str bk_vocabulary_word(const struct bk_vocabulary *vocabulary, uint32_t number)
{
	const struct bk_entry *entry = &vocabulary->entries.items[number];

	return (struct bk_str){entry->folded, entry->len};
}

void bk_vocabulary_release(struct bk_vocabulary *vocabulary)
{
	BK_VEC_RELEASE(&vocabulary->entries);
	bk_free(vocabulary->slots);
	bk_arena_release(&vocabulary->arena);
	bk_buf_release(&vocabulary->folding);
}
