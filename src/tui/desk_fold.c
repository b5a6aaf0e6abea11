/* The folds of a desk. */
#include "tui/desk_fold.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "tui/desk.h"
#include "tui/motion.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 80,  /* bytes of a first line that are hashed */
	MANY = 200, /* more folds than that are told to the journal only when one comes or goes */
};

const struct bk_folds *bk_desk_folds(const struct bk_desk *desk)
{
	return desk->reading != NULL || bk_folds_count(&desk->folds) == 0 ? NULL : &desk->folds;
}

void bk_desk_release_folds(struct bk_desk *desk)
{
	bk_folds_release(&desk->folds);
	bk_folds_release(&desk->ajar);
	BK_VEC_RELEASE(&desk->care.lost);
}

/* ---- What of the outline can be folded ---- */

static size_t line_start(const char *bytes, size_t at)
{
	while (at > 0 && bytes[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_after(const char *bytes, size_t len, size_t at)
{
	const char *const end = at < len ? memchr(bytes + at, '\n', len - at) : NULL;
	return end != NULL ? (size_t)(end - bytes) + 1 : len;
}

/* Nothing but closing characters and stops: what is left of a line when its last bracket closes. */
static bool is_rest(const char *bytes, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (strchr(" \t\r\n])}.;,:", bytes[i]) == NULL)
			return false;
	return true;
}

static bool is_blank_line(const char *bytes, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!bk_is_space(bytes[i]))
			return false;
	return true;
}

bool bk_fold_span_of(const bk_draft *draft, const struct bk_node *node, size_t shift, struct bk_span *out)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const size_t start = line_start(bytes, node->start);
	size_t end = node->end;
	if (end < len && end > 0 && bytes[end - 1] != '\n') {
		const size_t after = line_after(bytes, len, end);
		end = is_rest(bytes, end, after) ? after : line_start(bytes, end);
	}
	while (end > start) {
		const size_t last = line_start(bytes, end - 1);
		if (!is_blank_line(bytes, last, end))
			break;
		end = last;
	}
	*out = (struct bk_span){start + shift, end + shift};
	return end > start;
}

int bk_desk_fold(struct bk_desk *desk, const struct bk_span *spans, size_t count)
{
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	const size_t size = bk_snapshot_size(now);
	const bool open_end = size > 0 && bk_motion_byte(now, size - 1) != '\n';
	return bk_folds_add(&desk->folds, spans, count, size, open_end);
}

/* ---- What a fold puts away ---- */

/* How many unmatched characters stand before offset. */
static size_t faults_before(const bk_draft *draft, size_t offset)
{
	size_t count;
	const struct bk_unmatched *const list = bk_draft_unmatched(draft, &count);
	return BK_SEARCH(i, count, list[i].offset < offset);
}

struct bk_fold_sums bk_desk_sums(const struct bk_desk *desk, struct bk_span span)
{
	const bk_draft *const draft = desk->session->draft;
	const struct bk_marks *const marks = &desk->marks;
	if (draft == NULL || marks->open == NULL || marks->blocks == NULL)
		return (struct bk_fold_sums){.known = false};
	const size_t from = bk_carry_back(&desk->carry, span.start),
		     to = bk_carry_back(&desk->carry, span.end);
	const uint32_t first = bk_draft_bracket_from(draft, from), past = bk_draft_bracket_from(draft, to);
	return (struct bk_fold_sums){
		.open = marks->open[past] - marks->open[first],
		.blocks = marks->blocks[past] - marks->blocks[first],
		.faults = faults_before(draft, to) - faults_before(draft, from),
		.known = true,
	};
}

/* ---- Kept in the journal ---- */

static uint32_t hash_of(struct bk_str line)
{
	const size_t end = bk_str_find(line, '\n');
	const size_t len = end < line.len ? end : line.len;
	return (uint32_t)bk_hash(line.ptr, len < (size_t)HEAD ? len : (size_t)HEAD);
}

static uint32_t hash_at(const bk_snapshot *now, size_t start)
{
	char bytes[HEAD];
	const size_t rest = bk_snapshot_size(now) - start;
	const size_t len = rest < sizeof bytes ? rest : sizeof bytes;
	bk_snapshot_copy(now, (struct bk_span){start, start + len}, bytes);
	return hash_of((struct bk_str){bytes, len});
}

static void put_folds(const struct bk_folds *folds, const bk_snapshot *now, struct bk_buf *out)
{
	size_t before = 0;
	for (size_t i = 0; i < bk_folds_count(folds); i++) {
		const struct bk_span span = bk_folds_get(folds, i);
		bk_buf_printf(out, "%zu+%zu/%x;", span.start - before, span.end - span.start,
			(unsigned)hash_at(now, span.start));
		before = span.start;
	}
}

/* Those that are only ajar are kept as well; where memory runs out they are not. */
static void put_both(const struct bk_desk *desk, struct bk_buf *out)
{
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	struct bk_folds both = {.gap = 0}, ajar = {.gap = 0};
	const bool joined = bk_folds_copy(&both, &desk->folds) == BK_OK &&
			    bk_folds_copy(&ajar, &desk->ajar) == BK_OK &&
			    bk_folds_give(&ajar, BK_NOWHERE, &both) == BK_OK;
	put_folds(joined ? &both : &desk->folds, now, out);
	bk_folds_release(&both);
	bk_folds_release(&ajar);
}

void bk_desk_put_folds(const struct bk_desk *desk, bool all, struct bk_buf *out)
{
	const struct bk_fold_care *const care = &desk->care;
	const struct bk_folds *const folds = &desk->folds;
	const size_t count = bk_folds_count(folds);
	const bool moved = care->moves != folds->moves && count > 0 && count <= (size_t)MANY;
	const bool waits = care->lost.len > 0;
	if (!all && (waits || (care->told && care->changes == folds->changes && !moved)))
		bk_buf_puts(out, "=");
	else
		put_both(desk, out);
}

void bk_desk_note_told(struct bk_desk *desk)
{
	desk->care.told = true;
	desk->care.changes = desk->folds.changes;
	desk->care.moves = desk->folds.moves;
}

/* One fold as it is kept; the rest of the words, or NULL when they are none. */
static const char *parse(const char *words, size_t *start, struct bk_fold_kept *out)
{
	char *end;
	const unsigned long long gap = strtoull(words, &end, 10);
	if (end == words || *end != '+')
		return NULL;
	const unsigned long long len = strtoull(end + 1, &end, 10);
	if (*end != '/')
		return NULL;
	const unsigned long hash = strtoul(end + 1, &end, 16);
	if (*end != ';' || gap > SIZE_MAX / 4 || len > SIZE_MAX / 4 || *start > SIZE_MAX / 4)
		return NULL;
	*start += (size_t)gap;
	*out = (struct bk_fold_kept){*start, (size_t)len, (uint32_t)hash};
	return end + 1;
}

/* True when a line begins there, or the text ends. */
static bool is_border(const bk_snapshot *now, size_t offset)
{
	return offset == 0 || offset == bk_snapshot_size(now) || bk_motion_byte(now, offset - 1) == '\n';
}

static bool stands(const bk_snapshot *now, const struct bk_fold_kept *kept)
{
	const size_t size = bk_snapshot_size(now);
	return kept->start < size && kept->len > 0 && kept->len <= size - kept->start &&
	       is_border(now, kept->start) && is_border(now, kept->start + kept->len) &&
	       hash_at(now, kept->start) == kept->hash;
}

/* Fold those whose lines stand where they stood; where memory runs out they stay among the lost. */
static void fold_standing(struct bk_desk *desk)
{
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	struct bk_fold_care *const care = &desk->care;
	BK_VEC(struct bk_span) found = BK_VEC_INIT;
	size_t left = 0;
	bool folded = BK_VEC_RESERVE(&found, care->lost.len);
	for (size_t i = 0; i < care->lost.len && folded; i++) {
		const struct bk_fold_kept *const each = &care->lost.items[i];
		if (stands(now, each))
			found.items[found.len++] = (struct bk_span){each->start, each->start + each->len};
	}
	folded = folded && bk_desk_fold(desk, found.items, found.len) == BK_OK;
	for (size_t i = 0; i < care->lost.len && folded; i++)
		if (!stands(now, &care->lost.items[i]))
			care->lost.items[left++] = care->lost.items[i];
	care->lost.len = folded ? left : care->lost.len;
	BK_VEC_RELEASE(&found);
}

void bk_desk_take_folds(struct bk_desk *desk, const char *kept, bool same)
{
	struct bk_fold_kept each;
	size_t start = 0;
	while (kept != NULL && *kept != '\0' && (kept = parse(kept, &start, &each)) != NULL) {
		struct bk_fold_kept *const lost = BK_VEC_PUSH(&desk->care.lost);
		if (lost == NULL)
			break;
		*lost = each;
	}
	if (same)
		fold_standing(desk);
}

/* ---- Found again ---- */

struct place {
	uint32_t hash;
	struct bk_span span;
};

static int by_hash(const void *a, const void *b)
{
	const struct place *const x = a, *const y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

static size_t distance(size_t a, size_t b)
{
	return a < b ? b - a : a - b;
}

/* The place with that first line that is nearest, of those the one as long. */
static const struct place *nearest(
	const struct place *places, size_t count, const struct bk_fold_kept *kept, size_t wanted)
{
	size_t low = BK_SEARCH(i, count, places[i].hash < kept->hash);
	const struct place *best = NULL;
	for (; low < count && places[low].hash == kept->hash; low++) {
		const struct place *const each = &places[low];
		if (best == NULL || distance(each->span.start, wanted) < distance(best->span.start, wanted) ||
			(each->span.start == best->span.start &&
				distance(each->span.end, each->span.start + kept->len) <
					distance(best->span.end, best->span.start + kept->len)))
			best = each;
	}
	return best;
}

/* Everything that the outline holds, by the hash of its first line. */
static struct place *places_of(const bk_draft *draft, size_t *count)
{
	size_t nodes, len;
	const struct bk_node *const list = bk_draft_nodes(draft, &nodes);
	const char *const bytes = bk_draft_bytes(draft, &len);
	struct place *const places = bk_calloc(nodes + 1, sizeof *places);
	*count = 0;
	for (size_t i = 0; i < nodes && places != NULL; i++) {
		struct bk_span span;
		if (bk_fold_span_of(draft, &list[i], 0, &span))
			places[(*count)++] = (struct place){
				hash_of((struct bk_str){bytes + span.start, len - span.start}), span};
	}
	if (*count > 1)
		qsort(places, *count, sizeof *places, by_hash);
	return places;
}

/* Fold what the outline has of the lost.  False when memory ran out: then nothing is folded. */
static bool fold_lost(struct bk_desk *desk)
{
	const struct bk_fold_care *const care = &desk->care;
	size_t count, drift = 0;
	struct place *const places = places_of(desk->session->draft, &count);
	BK_VEC(struct bk_span) found = BK_VEC_INIT;
	bool folded = places != NULL && BK_VEC_RESERVE(&found, care->lost.len);
	for (size_t i = 0; i < care->lost.len && folded; i++) {
		const struct bk_fold_kept *const kept = &care->lost.items[i];
		const struct place *const place = nearest(places, count, kept, kept->start + drift);
		if (place == NULL)
			continue;
		found.items[found.len++] = place->span;
		drift = place->span.start - kept->start;
	}
	folded = folded && bk_desk_fold(desk, found.items, found.len) == BK_OK;
	BK_VEC_RELEASE(&found);
	bk_free(places);
	return folded;
}

void bk_desk_find_folds(struct bk_desk *desk)
{
	struct bk_fold_care *const care = &desk->care;
	const struct bk_session *const session = desk->session;
	if (care->lost.len == 0 || session->draft_version != bk_text_version(session->text))
		return;
	/* They are looked for again when the draft is read the next time. */
	if (!fold_lost(desk))
		return;
	care->lost.len = 0;
	/* A place that came back inside goes out rather than opening the fold. */
	struct bk_span fold;
	const bk_snapshot *const now = bk_text_now(session->text);
	if (bk_folds_at(&desk->folds, desk->view.cursor, &fold) &&
		desk->view.cursor > bk_motion_line_end(now, fold.start))
		desk->view.cursor = fold.start;
}
