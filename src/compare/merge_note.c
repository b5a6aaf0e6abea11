/*
 * A footnote's mark and the note that it leads to: who puts in both, or takes both away, did one edit.
 *
 *	base   Parties shall act.
 *	EU     Parties shall[^2] act.	[^2]: As the law says.
 *	US     			 	[^2]: As courts say.		the mark waits with its note
 */
#include "compare/merge_whole.h"

#include "base/map.h"

/* The next mark of a footnote in a span from *at on, which is set behind it; nothing when there is none. */
static struct bk_str next_mark(struct bk_str bytes, size_t *at, size_t end)
{
	const char *found;
	size_t len;

	while (*at < end && (found = memmem(bytes.ptr + *at, end - *at, "[^", 2))) {
		const size_t start = (size_t)(found - bytes.ptr);

		len = bk_token_footnote(bytes, start);
		*at = start + (len ? len : 2);
		if (len)
			return (struct bk_str){found, len};
	}
	return BK_STR("");
}

/* Whether a mark begins the line of its note. */
static bool begins_note(struct bk_str bytes, struct bk_str mark)
{
	size_t at = (size_t)(mark.ptr - bytes.ptr);

	if (at + mark.len >= bytes.len || mark.ptr[mark.len] != ':')
		return false;
	while (at > 0 && bk_is_blank(bytes.ptr[at - 1]))
		at--;
	return at == 0 || bytes.ptr[at - 1] == '\n';
}

/* One of the two texts of a party's amendments: the base, of what went, or its own, of what came. */
struct side {
	struct bk_merge *merge;
	uint32_t party;
	bool came;
	struct bk_map notes; /* by their marks: the amendment */
};

static struct bk_str bytes_of(const struct side *side, bool came)
{
	const struct bk_amendments *amendments = &side->merge->amendments[side->party];

	return came ? amendments->bytes : amendments->base->tokens.bytes;
}

static bool has_mark(struct bk_str bytes, struct bk_span span, struct bk_str mark)
{
	return span.start < span.end &&
	       memmem(bytes.ptr + span.start, span.end - span.start, mark.ptr, mark.len);
}

/* List the notes of an amendment, or bind its marks to those listed. */
static int read_marks(struct side *side, uint32_t index, bk_bonds *bonds)
{
	const struct bk_amendment *it = &side->merge->amendments[side->party].list.items[index];
	const uint32_t *region_of = side->merge->region_of[side->party];
	const struct bk_str bytes = bytes_of(side, side->came);
	const struct bk_span span = side->came ? it->file : it->base,
			     other = side->came ? it->base : it->file;
	size_t at = span.start, note;
	int status = BK_OK;

	for (struct bk_str mark = next_mark(bytes, &at, span.end); mark.len && status == BK_OK;
		mark = next_mark(bytes, &at, span.end)) {
		if (has_mark(bytes_of(side, !side->came), other, mark))
			continue;
		if (!bonds && begins_note(bytes, mark))
			status = bk_map_set(&side->notes, mark, index);
		else if (bonds && !begins_note(bytes, mark) && bk_map_get(&side->notes, mark, &note))
			status = bk_bonds_add(bonds, region_of[note], region_of[index], false);
	}
	return status;
}

static int read_all(struct side *side, bk_bonds *bonds)
{
	const struct bk_amendments *amendments = &side->merge->amendments[side->party];
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++)
		if (amendments->list.items[i].kind == BK_AMENDMENT_WORDS &&
			side->merge->region_of[side->party][i] != BK_NONE)
			status = read_marks(side, i, bonds);
	return status;
}

static int bind_side(struct bk_merge *merge, uint32_t party, bool came, bk_bonds *bonds)
{
	struct side side = {.merge = merge, .party = party, .came = came, .notes = BK_MAP_INIT};
	int status = read_all(&side, NULL);

	if (status == BK_OK && side.notes.count)
		status = read_all(&side, bonds);
	bk_map_release(&side.notes);
	return status;
}

int bk_merge_find_notes(struct bk_merge *merge, bk_bonds *bonds)
{
	int status = BK_OK;

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		status = bind_side(merge, p, true, bonds);
		if (status == BK_OK)
			status = bind_side(merge, p, false, bonds);
	}
	return status;
}
