/*
 * Ids of brackets.
 *
 *	id = five or more of 23456789abcdefghjkmnpqrstuvwxyz, made from
 *	     the path of its provision, its own words (those of brackets within left out), its turn among
 *equals
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

enum { SHORTEST = 5, LONGEST = 12, BUFFER = 256, LETTERS = 31 };

static const char alphabet[LETTERS + 1] = "23456789abcdefghjkmnpqrstuvwxyz";

/* Counts by number, open addressing: as a map, but its keys are hashes already. */
struct slot {
	uint64_t key; /* 0: free */
	uint32_t value;
};

struct slots {
	struct slot *items;
	size_t mask;
};

struct namer {
	struct bk_draft *draft;
	uint64_t *words; /* of each bracket: the hash so far */
	uint64_t *paths; /* of each node */
	struct slots turns, ids;
};

/* ---- Slots ------------------------------------------------------------------------------------------ */

/* Room for count keys, at most half full. */
static bool make_slots(struct slots *slots, size_t count)
{
	size_t size = 64;

	while (size < count * 2)
		size *= 2;
	slots->items = bk_calloc(size, sizeof *slots->items);
	slots->mask = size - 1;
	return slots->items != NULL;
}

static struct slot *slot_of(struct slots *slots, uint64_t key)
{
	size_t at;

	key += key == 0;
	at = (size_t)(key ^ key >> 29) & slots->mask;
	while (slots->items[at].key != 0 && slots->items[at].key != key)
		at = (at + 1) & slots->mask;
	slots->items[at].key = key;
	return &slots->items[at];
}

/* ---- Words ------------------------------------------------------------------------------------------ */

/* Words on their way to the hash: lower case, one blank between two. */
struct stream {
	uint64_t hash;
	size_t len;
	char bytes[BUFFER];
};

static void flush(struct stream *stream)
{
	if (stream->len > 0)
		stream->hash = bk_hash_seed(stream->bytes, stream->len, stream->hash);
	stream->len = 0;
}

/* The byte as it is hashed; a blank for what only parts words. */
static char fold(char c)
{
	if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f' || c == '*')
		return ' ';
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* Add the words of the bytes to hash. */
static uint64_t add_words(uint64_t hash, struct bk_str bytes)
{
	struct stream stream;
	bool between = false;

	stream.hash = hash;
	stream.len = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		const char c = fold(bytes.ptr[i]);

		if (c == ' ') {
			between = stream.len > 0 || stream.hash != hash;
			continue;
		}
		if (stream.len + 2 > BUFFER)
			flush(&stream);
		if (between)
			stream.bytes[stream.len++] = ' ';
		between = false;
		stream.bytes[stream.len++] = c;
	}
	flush(&stream);
	return stream.hash;
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

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(a >> (8 * i));
	return bk_hash_seed(bytes, sizeof bytes, b);
}

/* What a bracket's id is made from: path and words, and its turn among equals. */
static uint64_t make_key(struct namer *namer, uint32_t index)
{
	const struct bk_bracket *bracket = &namer->draft->brackets[index];
	const uint64_t path = bracket->node == BK_NONE ? 0 : namer->paths[bracket->node];
	const uint64_t equal = mix(path, namer->words[index]);

	return mix(slot_of(&namer->turns, equal)->value++, equal);
}

/* An id as a number: its letters, the first one lowest, with a one above the last.  0 for what is spelt otherwise. */
static uint64_t number_of(const char *id)
{
	uint64_t number = 0, place = 1;
	size_t len = 0;

	for (; id[len]; len++) {
		const char *letter = strchr(alphabet, id[len]);

		if (!letter || len == LONGEST)
			return 0;
		number += (uint64_t)(letter - alphabet) * place;
		place *= LETTERS;
	}
	return number + place;
}

/* Spell key in the first free number of letters; beyond LONGEST, go on with another key. */
static int assign_key(struct namer *namer, uint32_t index, uint64_t key)
{
	for (;; key = mix(key, 1)) {
		char id[LONGEST + 1];
		uint64_t rest = key, number = 0, place = 1;

		for (size_t len = 1; len <= LONGEST; len++) {
			struct slot *slot;

			id[len - 1] = alphabet[rest % LETTERS];
			number += rest % LETTERS * place;
			place *= LETTERS;
			rest /= LETTERS;
			if (len < SHORTEST)
				continue;
			slot = slot_of(&namer->ids, number + place);
			if (slot->value != 0)
				continue;
			slot->value = 1;
			namer->draft->brackets[index].id = bk_arena_dup(&namer->draft->arena, id, len);
			return namer->draft->brackets[index].id ? BK_OK : bk_fail_memory();
		}
	}
}

/* Give the pinned ids first; of two brackets pinned to one id the first keeps it. */
static int assign_pinned(struct namer *namer)
{
	struct bk_draft *draft = namer->draft;
	struct bk_map given = BK_MAP_INIT;
	int status = BK_OK;

	for (size_t i = 0; i < draft->override_count && status == BK_OK; i++) {
		const struct bk_override *pinned = &draft->overrides[i];
		const uint32_t index = bk_draft_bracket_from(draft, pinned->start);
		size_t *slot;

		if (!pinned->id || pinned->id[0] == '\0' || index == draft->bracket_count ||
			draft->brackets[index].start != pinned->start || draft->brackets[index].id[0])
			continue;
		slot = bk_map_slot(&given, bk_str_of(pinned->id), BK_NONE);
		status = slot ? BK_OK : bk_fail_memory();
		if (status < 0 || *slot != BK_NONE)
			continue;
		*slot = index;
		draft->brackets[index].id = pinned->id;
		if (number_of(pinned->id) != 0)
			slot_of(&namer->ids, number_of(pinned->id))->value = 1;
	}
	bk_map_release(&given);
	return status;
}

static int assign_all(struct namer *namer)
{
	struct bk_draft *draft = namer->draft;
	int status = bk_map_reserve(&draft->ids, draft->bracket_count);

	if (status == BK_OK)
		status = assign_pinned(namer);
	for (uint32_t i = 0; i < namer->draft->bracket_count && status == BK_OK; i++) {
		const uint64_t key = make_key(namer, i);

		if (namer->draft->brackets[i].id[0] == '\0')
			status = assign_key(namer, i, key);
		if (status == BK_OK)
			status = bk_map_set(&draft->ids, bk_str_of(draft->brackets[i].id), i);
	}
	return status;
}

int bk_identity_assign(struct bk_draft *draft)
{
	struct namer namer = {.draft = draft};
	int status;

	namer.words = bk_calloc(draft->bracket_count + 1, sizeof *namer.words);
	namer.paths = bk_calloc(draft->node_count + 1, sizeof *namer.paths);
	if (namer.words && namer.paths && make_slots(&namer.turns, draft->bracket_count + 1) &&
		make_slots(&namer.ids, draft->bracket_count + draft->override_count)) {
		hash_words(&namer, false);
		hash_words(&namer, true);
		hash_paths(&namer);
		status = assign_all(&namer);
	} else {
		status = bk_fail_memory();
	}
	bk_free(namer.words);
	bk_free(namer.paths);
	bk_free(namer.turns.items);
	bk_free(namer.ids.items);
	return status;
}
