/* Following recorded brackets through edits. */
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

#include <string.h>

/* Where an id stands in the text of one step, whatever stood there before: it was given to another bracket. */
struct inheritance {
	size_t step;
	char *id;
	size_t start, end; /* of the opening and the closing character */
};

struct bk_track {
	bk_text *text;
	/* Two arrays of the same length: what callers see, and the offset of each closing character. */
	BK_VEC(struct bk_carried) items;
	BK_VEC(size_t) ends;
	BK_VEC(struct inheritance) inheritances;
	bool settling;
};

/* Move one offset over an edit; false when its character was removed. */
static bool carry(size_t *offset, const struct bk_edit *edit)
{
	if (*offset < edit->start)
		return true;
	if (*offset < edit->start + edit->removed_len)
		return false;
	*offset = *offset - edit->removed_len + edit->inserted_len;
	return true;
}

static void drop(struct bk_track *track, size_t i)
{
	const size_t last = --track->items.len;

	bk_free((char *)track->items.items[i].id);
	track->items.items[i] = track->items.items[last];
	track->ends.items[i] = track->ends.items[--track->ends.len];
}

static size_t find_item(const struct bk_track *track, const char *id)
{
	size_t i = 0;

	while (i < track->items.len && strcmp(track->items.items[i].id, id) != 0)
		i++;
	return i;
}

/* Put an id at a bracket, wherever it stood. */
static int put(struct bk_track *track, const char *id, size_t start, size_t end)
{
	const size_t at = find_item(track, id);
	char *copy;

	if (at == track->items.len) {
		copy = BK_VEC_RESERVE(&track->items, 1) && BK_VEC_RESERVE(&track->ends, 1) ? bk_strdup(id)
											   : NULL;
		if (!copy)
			return bk_fail_memory();
		track->items.items[track->items.len++].id = copy;
		track->ends.len++;
	}
	track->items.items[at] = (struct bk_carried){.id = track->items.items[at].id, .start = start};
	track->ends.items[at] = end;
	return BK_OK;
}

static bool touches(const struct bk_track *track, const struct inheritance *it, const struct bk_edit *edit)
{
	const size_t at = find_item(track, it->id);

	return at < track->items.len && track->items.items[at].start != BK_NOWHERE &&
	       edit->start <= track->ends.items[at] + 1 &&
	       edit->start + edit->removed_len >= track->items.items[at].start;
}

/* The text came to another step: what a step gave to a bracket holds there, and nowhere else. */
static void move_inheritances(struct bk_track *track, const struct bk_text_news *news, bool before)
{
	for (size_t i = 0; i < track->inheritances.len; i++) {
		const struct inheritance *it = &track->inheritances.items[i];

		if (before && it->step != news->step && touches(track, it, news->edit))
			drop(track, find_item(track, it->id));
		else if (!before && it->step == news->step)
			put(track, it->id, it->start, it->end);
	}
}

static void watch(void *context, const struct bk_text_news *news)
{
	struct bk_track *track = context;

	if (news->moved)
		move_inheritances(track, news, true);
	for (size_t i = track->items.len; i-- > 0;) {
		struct bk_carried *item = &track->items.items[i];

		if (item->start == BK_NOWHERE) {
			if (news->moved)
				drop(track, i);
		} else if (!carry(&item->start, news->edit) || !carry(&track->ends.items[i], news->edit)) {
			if (track->settling && !news->moved)
				item->start = BK_NOWHERE;
			else
				drop(track, i);
		}
	}
	if (news->moved)
		move_inheritances(track, news, false);
}

int bk_track_new(struct bk_track **out, bk_text *text)
{
	struct bk_track *track = bk_calloc(1, sizeof *track);
	int status;

	if (!track)
		return bk_fail_memory();
	track->text = text;
	status = bk_text_observe(text, watch, track);
	if (status < 0) {
		bk_free(track);
		return status;
	}
	*out = track;
	return BK_OK;
}

void bk_track_clear(struct bk_track *track)
{
	while (track->items.len)
		drop(track, track->items.len - 1);
}

void bk_track_free(struct bk_track *track)
{
	if (!track)
		return;
	bk_text_unobserve(track->text, watch, track);
	bk_track_clear(track);
	for (size_t i = 0; i < track->inheritances.len; i++)
		bk_free(track->inheritances.items[i].id);
	BK_VEC_RELEASE(&track->inheritances);
	BK_VEC_RELEASE(&track->items);
	BK_VEC_RELEASE(&track->ends);
	bk_free(track);
}

/* The ids that stand in the list already.  BK_ENOMEM. */
static int find_ids(const struct bk_track *track, struct bk_map *ids)
{
	int status = bk_map_reserve(ids, track->items.len);

	for (size_t i = 0; i < track->items.len && status == BK_OK; i++)
		status = bk_map_set(ids, bk_str_of(track->items.items[i].id), i);
	return status;
}

/* Follow a bracket by an id that is in none. */
static int add(struct bk_track *track, const char *id, const struct bk_bracket *bracket)
{
	char *copy = bk_strdup(id);

	if (!copy)
		return bk_fail_memory();
	track->items.items[track->items.len++] = (struct bk_carried){.id = copy, .start = bracket->start};
	track->ends.items[track->ends.len++] = bracket->end - bracket->close_len;
	return BK_OK;
}

int bk_track_follow(struct bk_track *track, const bk_binding *binding, const bk_draft *draft)
{
	size_t count, brackets, known;
	const struct bk_bound *bounds = bk_binding_list(binding, &count);
	const struct bk_bracket *list = bk_draft_brackets(draft, &brackets);
	struct bk_map ids = BK_MAP_INIT;
	int status = find_ids(track, &ids);

	if (status == BK_OK &&
		(!BK_VEC_RESERVE(&track->items, count) || !BK_VEC_RESERVE(&track->ends, count)))
		status = bk_fail_memory();
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (bounds[i].bracket != BK_NONE && !bk_map_get(&ids, bk_str_of(bounds[i].id), &known))
			status = add(track, bounds[i].id, &list[bounds[i].bracket]);
	bk_map_release(&ids);
	return status;
}

int bk_track_inherit(struct bk_track *track, const char *id, size_t start, size_t end)
{
	char *copy = BK_VEC_RESERVE(&track->inheritances, 1) ? bk_strdup(id) : NULL;

	if (!copy)
		return bk_fail_memory();
	track->inheritances.items[track->inheritances.len++] =
		(struct inheritance){bk_text_step(track->text), copy, start, end};
	return put(track, id, start, end);
}

void bk_track_settling(struct bk_track *track, bool settling)
{
	track->settling = settling;
}

const struct bk_carried *bk_track_list(const struct bk_track *track, size_t *count)
{
	*count = track->items.len;
	return track->items.items;
}
