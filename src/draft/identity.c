/*
 * Ids of brackets.
 *
 *	id = five or more of 23456789abcdefghjkmnpqrstuvwxyz, made from
 *	     the path of its provision, its own words (those of brackets within left out), its turn
 *	     among equals
 *
 * No letter or digit of an id can be taken for another.  The same bytes have the same ids on every machine.
 * Where two would be the same, the later one takes more letters; an id that a person's record has pinned to
 * a bracket is its id, and others make way.
 *
 * Words are hashed as they come, without regard to blanks, line ends, emphasis and the case of ASCII letters.
 * What stands in an inner bracket counts there and not further out: so all words of a text are read once,
 * however deep the nesting.
 */
#include "draft/draft.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

enum { SHORTEST = 5, LONGEST = 12, WORD_CAP = 64 };

static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";

struct namer {
	struct bk_draft *draft;
	uint64_t *words; /* of each bracket: the hash so far */
	uint64_t *paths; /* of each node */
	struct bk_map turns;
};

/* ---- Words ------------------------------------------------------------------------------------------ */

static bool is_skipped(char c)
{
	return bk_is_space(c) || c == '*';
}

/* Add the words of the bytes to hash. */
static uint64_t add_words(uint64_t hash, struct bk_str bytes)
{
	char word[WORD_CAP];
	size_t len = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		const char c = bytes.ptr[i];

		if (!is_skipped(c))
			word[len++] = bk_to_lower(c);
		if (len > 0 && (is_skipped(c) || len == WORD_CAP)) {
			hash = bk_hash_seed(word, len, hash);
			len = 0;
		}
	}
	return len > 0 ? bk_hash_seed(word, len, hash) : hash;
}

/* Add what of the bytes from..to lies in the bracket's own words. */
static void add_piece(struct namer *namer, uint32_t index, size_t from, size_t to)
{
	const struct bk_span text = namer->draft->brackets[index].text;

	from = from < text.start ? text.start : from;
	to = to > text.end ? text.end : to;
	if (from < to)
		namer->words[index] = add_words(
			namer->words[index], (struct bk_str){namer->draft->bytes.ptr + from, to - from});
}

/* Hash the own words of all brackets of one kind in one walk; the parents are the stack. */
static void hash_words(struct namer *namer, bool brace)
{
	const struct bk_draft *draft = namer->draft;
	uint32_t inside = BK_NONE;
	size_t at = 0;

	for (uint32_t i = 0; i <= draft->bracket_count; i++) {
		const size_t next = i < draft->bracket_count ? draft->brackets[i].start : draft->bytes.len;

		if (i < draft->bracket_count && draft->brackets[i].brace != brace)
			continue;
		for (; inside != BK_NONE && draft->brackets[inside].end <= next;
			inside = draft->brackets[inside].parent) {
			add_piece(namer, inside, at, draft->brackets[inside].end);
			at = draft->brackets[inside].end;
		}
		if (inside != BK_NONE)
			add_piece(namer, inside, at, next);
		at = next;
		inside = i;
	}
}

static void hash_paths(struct namer *namer)
{
	for (size_t i = 0; i < namer->draft->node_count; i++) {
		const char *path = namer->draft->nodes[i].path;

		namer->paths[i] = bk_hash(path, strlen(path));
	}
}

/* ---- Ids -------------------------------------------------------------------------------------------- */

/* What a bracket's id is made from, with its turn among equals. */
static int make_key(struct namer *namer, uint32_t index, uint64_t *out)
{
	const struct bk_bracket *bracket = &namer->draft->brackets[index];
	uint64_t parts[2] = {bracket->node == BK_NONE ? 0 : namer->paths[bracket->node], namer->words[index]};
	size_t *turn = bk_map_slot(&namer->turns, (struct bk_str){(const char *)parts, sizeof parts}, 0);
	uint8_t bytes[24];

	if (!turn)
		return bk_fail_memory();
	for (size_t i = 0; i < 8; i++) {
		bytes[i] = (uint8_t)(parts[0] >> (8 * i));
		bytes[8 + i] = (uint8_t)(parts[1] >> (8 * i));
		bytes[16 + i] = (uint8_t)((uint64_t)*turn >> (8 * i));
	}
	(*turn)++;
	*out = bk_hash(bytes, sizeof bytes);
	return BK_OK;
}

/* Spell key in the first free number of letters; beyond LONGEST, go on with another key. */
static int assign_key(struct namer *namer, uint32_t index, uint64_t key)
{
	char id[LONGEST + 1];

	for (;; key = bk_hash_seed("", 0, key)) {
		uint64_t rest = key;
		size_t len = 0;

		for (; len < LONGEST; rest /= sizeof alphabet - 1) {
			size_t *slot;

			id[len++] = alphabet[rest % (sizeof alphabet - 1)];
			if (len < SHORTEST)
				continue;
			slot = bk_map_slot(&namer->draft->ids, (struct bk_str){id, len}, BK_NONE);
			if (!slot)
				return bk_fail_memory();
			if (*slot != BK_NONE)
				continue;
			*slot = index;
			namer->draft->brackets[index].id = bk_arena_dup(&namer->draft->arena, id, len);
			return namer->draft->brackets[index].id ? BK_OK : bk_fail_memory();
		}
	}
}

/* Give the pinned ids first; of two brackets pinned to one id the first keeps it. */
static int assign_pinned(struct namer *namer)
{
	struct bk_draft *draft = namer->draft;

	for (size_t i = 0; i < draft->override_count; i++) {
		const struct bk_override *pinned = &draft->overrides[i];
		const uint32_t index = bk_draft_bracket_from(draft, pinned->start);
		size_t *slot;

		if (!pinned->id || pinned->id[0] == '\0' || index == draft->bracket_count ||
			draft->brackets[index].start != pinned->start || draft->brackets[index].id[0])
			continue;
		slot = bk_map_slot(&draft->ids, bk_str_of(pinned->id), BK_NONE);
		if (!slot)
			return bk_fail_memory();
		if (*slot != BK_NONE)
			continue;
		*slot = index;
		draft->brackets[index].id = pinned->id;
	}
	return BK_OK;
}

static int assign_all(struct namer *namer)
{
	int status = assign_pinned(namer);

	for (uint32_t i = 0; i < namer->draft->bracket_count && status == BK_OK; i++) {
		uint64_t key = 0;

		status = make_key(namer, i, &key);
		if (status == BK_OK && namer->draft->brackets[i].id[0] == '\0')
			status = assign_key(namer, i, key);
	}
	return status;
}

int bk_identity_assign(struct bk_draft *draft)
{
	struct namer namer = {.draft = draft};
	int status;

	namer.words = bk_calloc(draft->bracket_count + 1, sizeof *namer.words);
	namer.paths = bk_calloc(draft->node_count + 1, sizeof *namer.paths);
	if (namer.words && namer.paths && bk_map_reserve(&draft->ids, draft->bracket_count) == BK_OK) {
		hash_words(&namer, false);
		hash_words(&namer, true);
		hash_paths(&namer);
		status = assign_all(&namer);
	} else {
		status = bk_fail_memory();
	}
	bk_free(namer.words);
	bk_free(namer.paths);
	bk_map_release(&namer.turns);
	return status;
}
