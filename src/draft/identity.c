/*
 * Ids of brackets.
 *
 *	id = five or more of 23456789abcdefghjkmnpqrstuvwxyz, made from
 *	     the path of its provision, its own words (those of brackets within left out, and names
 *	     behind these), its turn among equals
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
#include "draft/siblings.h"

#include <endian.h>

enum { SHORTEST = 5, LONGEST = 12, WORD_CAP = 64 };

static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";

struct namer {
	struct bk_draft *draft;
	uint64_t *words; /* of each bracket: the hash so far */
	uint64_t *paths; /* of each node */
	uint64_t *keys;	 /* of each bracket: what its id is made from; before that, the hash of its parts */
	uint32_t *turns; /* of each bracket, among those with its path and words */
	struct bk_table equals;	     /* the last of each kind of equals */
	char (*names)[SHORTEST + 1]; /* room for the ids, most of which are short */
};

/* ---- Words ------------------------------------------------------------------------------------------ */

static inline bool is_skipped(char c)
{
	return bk_is_space(c) || c == '*';
}

/* Add the words of the bytes to hash. */
static uint64_t add_words(uint64_t hash, struct bk_str bytes)
{
	char word[WORD_CAP];
	size_t at = 0;

	while (at < bytes.len) {
		size_t len = 0;

		while (at < bytes.len && len < WORD_CAP && !is_skipped(bytes.ptr[at]))
			word[len++] = bk_to_lower(bytes.ptr[at++]);
		if (len > 0)
			hash = bk_hash_seed(word, len, hash);
		else
			at++;
	}
	return hash;
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
			at = bk_siblings_end(draft, inside);
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

static void hash_all(struct namer *namer)
{
	const struct bk_draft *draft = namer->draft;

	for (int brace = 0; brace < 2; brace++) {
		if (draft->other_kind || (draft->bracket_count && draft->brackets[0].brace == brace))
			hash_words(namer, brace);
	}
	hash_paths(namer);
}

/* ---- Ids -------------------------------------------------------------------------------------------- */

static uint64_t path_of(const struct namer *namer, uint32_t index)
{
	const uint32_t node = namer->draft->brackets[index].node;

	return node == BK_NONE ? 0 : namer->paths[node];
}

/* The tables are too large for the caches: what is looked up soon is fetched ahead. */
enum { AHEAD = 8 };

static uint64_t hash_parts(const struct namer *namer, uint32_t index)
{
	const uint64_t parts[2] = {path_of(namer, index), namer->words[index]};

	return bk_hash_table(parts, sizeof parts);
}

/* How many before it are equal to a bracket, whose parts have this hash. */
static uint32_t take_turn(struct namer *namer, uint32_t index, uint64_t hash)
{
	uint32_t *slot = bk_table_first(&namer->equals, hash);

	while (*slot != BK_TABLE_FREE && (namer->words[*slot] != namer->words[index] ||
						 path_of(namer, *slot) != path_of(namer, index)))
		slot = bk_table_next(&namer->equals, slot);
	namer->turns[index] = *slot == BK_TABLE_FREE ? 0 : namer->turns[*slot] + 1;
	*slot = index;
	return namer->turns[index];
}

/* What the ids are made from. */
static void make_keys(struct namer *namer)
{
	const size_t count = namer->draft->bracket_count;

	for (size_t i = 0; i < count + AHEAD; i++) {
		if (i < count) {
			namer->keys[i] = hash_parts(namer, (uint32_t)i);
			__builtin_prefetch(bk_table_first(&namer->equals, namer->keys[i]));
		}
		if (i >= AHEAD) {
			const uint32_t now = (uint32_t)(i - AHEAD);
			const uint64_t parts[3] = {htole64(path_of(namer, now)), htole64(namer->words[now]),
				htole64(take_turn(namer, now, namer->keys[now]))};

			namer->keys[now] = bk_hash(parts, sizeof parts);
		}
	}
}

/* The slot of an id: where it stands, or the free one where it would. */
static uint32_t *slot_of(const struct bk_draft *draft, struct bk_str id)
{
	uint32_t *slot = bk_table_first(&draft->ids, bk_hash_table(id.ptr, id.len));

	while (*slot != BK_TABLE_FREE && !bk_str_equal(bk_str_of(draft->brackets[*slot].id), id))
		slot = bk_table_next(&draft->ids, slot);
	return slot;
}

uint32_t bk_draft_bracket_named(const struct bk_draft *draft, const char *id)
{
	return *slot_of(draft, bk_str_of(id));
}

static int keep_id(struct namer *namer, uint32_t index, struct bk_str id)
{
	char *name = id.len == SHORTEST ? memcpy(namer->names[index], id.ptr, id.len)
					: bk_arena_dup(&namer->draft->arena, id.ptr, id.len);

	if (!name)
		return bk_fail_memory();
	name[id.len] = '\0';
	namer->draft->brackets[index].id = name;
	return BK_OK;
}

/* Spell key in the first free number of letters; beyond LONGEST, go on with another key. */
static int assign_key(struct namer *namer, uint32_t index, uint64_t key)
{
	char id[LONGEST];

	for (;; key = bk_hash_seed("", 0, key)) {
		uint64_t rest = key;
		size_t len = 0;

		for (; len < LONGEST; rest /= sizeof alphabet - 1) {
			uint32_t *slot;

			id[len++] = alphabet[rest % (sizeof alphabet - 1)];
			if (len < SHORTEST)
				continue;
			slot = slot_of(namer->draft, (struct bk_str){id, len});
			if (*slot != BK_TABLE_FREE)
				continue;
			*slot = index;
			return keep_id(namer, index, (struct bk_str){id, len});
		}
	}
}

/* Give the pinned ids first; of two brackets pinned to one id the first keeps it. */
static void assign_pinned(struct namer *namer)
{
	struct bk_draft *draft = namer->draft;

	for (size_t i = 0; i < draft->override_count; i++) {
		const struct bk_override *pinned = &draft->overrides[i];
		const uint32_t index = bk_draft_bracket_from(draft, pinned->start);
		uint32_t *slot;

		if (!pinned->id || pinned->id[0] == '\0' || index == draft->bracket_count ||
			draft->brackets[index].start != pinned->start || draft->brackets[index].id[0])
			continue;
		slot = slot_of(draft, bk_str_of(pinned->id));
		if (*slot != BK_TABLE_FREE)
			continue;
		*slot = index;
		draft->brackets[index].id = pinned->id;
	}
}

/* The first slot that will be looked at for a key. */
static const uint32_t *slot_ahead(const struct namer *namer, uint64_t key)
{
	char id[SHORTEST];

	for (size_t i = 0; i < SHORTEST; i++, key /= sizeof alphabet - 1)
		id[i] = alphabet[key % (sizeof alphabet - 1)];
	return bk_table_first(&namer->draft->ids, bk_hash_table(id, SHORTEST));
}

static int assign_all(struct namer *namer)
{
	const size_t count = namer->draft->bracket_count;
	int status = BK_OK;

	make_keys(namer);
	assign_pinned(namer);
	for (uint32_t i = 0; i < count && status == BK_OK; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(slot_ahead(namer, namer->keys[i + AHEAD]));
		if (namer->draft->brackets[i].id[0] == '\0')
			status = assign_key(namer, i, namer->keys[i]);
	}
	return status;
}

static int make_room(struct namer *namer)
{
	struct bk_draft *draft = namer->draft;

	namer->words = bk_calloc(draft->bracket_count + 1, sizeof *namer->words);
	namer->paths = bk_calloc(draft->node_count + 1, sizeof *namer->paths);
	namer->keys = bk_calloc(draft->bracket_count + 1, sizeof *namer->keys);
	namer->turns = bk_calloc(draft->bracket_count + 1, sizeof *namer->turns);
	namer->names = bk_arena_room(&draft->arena, draft->bracket_count + 1, sizeof *namer->names);
	if (!namer->words || !namer->paths || !namer->keys || !namer->turns || !namer->names)
		return bk_fail_memory();
	if (bk_table_init(&namer->equals, draft->bracket_count) < 0)
		return BK_ENOMEM;
	return bk_table_init(&draft->ids, draft->bracket_count);
}

int bk_identity_assign(struct bk_draft *draft)
{
	struct namer namer = {.draft = draft};
	int status = make_room(&namer);

	if (status == BK_OK) {
		hash_all(&namer);
		status = assign_all(&namer);
	}
	bk_free(namer.words);
	bk_free(namer.paths);
	bk_free(namer.keys);
	bk_free(namer.turns);
	bk_table_release(&namer.equals);
	return status;
}
