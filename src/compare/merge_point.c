/* What comes in where nothing gives way: words beside each other, paragraphs one below the other. */
#include "compare/merge_place.h"

static bool has_feed(struct bk_str bytes)
{
	return bytes.len && memchr(bytes.ptr, '\n', bytes.len);
}

/* The blanks that come with words that come in: before them, and behind. */
struct blanks {
	struct bk_str before, behind;
	bool whole;   /* paragraphs */
	size_t feeds; /* before them in their own text, up to a blank line */
};

/* Line ends above a paragraph of a version; the first one would have those that the base has there, and a blank line
 * behind all of that. */
static size_t feeds_above(const struct bk_version *version, size_t at, struct bk_str base, size_t there)
{
	const struct bk_str before = {version->bytes, at};

	if (bk_token_blanks(before, 0) < at)
		return bk_place_feeds_before(before, at);
	return there < base.len ? bk_place_feeds_before(base, there) : 2;
}

static struct blanks blanks_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_region *region = placing->region;
	const struct bk_str bytes = placing->merge->base.tokens.bytes, text = voice->text;
	const struct bk_span words = bk_token_trim(text, (struct bk_span){0, text.len});
	struct blanks blanks = {
		.before = {text.ptr, words.start},
		.behind = {text.ptr + words.end, text.len - words.end},
		.whole = placing->merge->amendments[voice->party].list.items[voice->first].whole,
	};

	if (region->base.start < region->base.end)
		blanks.before.len = 0; /* those of the base stand before it */
	if (!blanks.whole)
		return blanks;
	blanks.feeds = feeds_above(
		&placing->merge->versions[voice->party], voice->file.start, bytes, region->base.end);
	if (region->base.end > 0 && !has_feed(blanks.before)) {
		const size_t had = bk_place_feeds_before(bytes, region->base.end);

		if (had < blanks.feeds || had == 0)
			blanks.before = had == 0 ? BK_STR("\n\n") : BK_STR("\n");
	}
	if (!has_feed(blanks.behind) && !bk_place_ends_line(bytes, region->base.end))
		blanks.behind = BK_STR("\n\n");
	return blanks;
}

/* Where one paragraph ended its text, the next one has a blank line before it that it has in its own. */
static bool wants_feed(const struct blanks *last, const struct blanks *next)
{
	return last->whole && next->whole && has_feed(last->behind) &&
	       bk_place_feeds_before(last->behind, last->behind.len) < next->feeds;
}

/* Whether a paragraph that comes in has all blanks above it that it has in its own text. */
static bool brings_feeds(const struct blanks *blanks)
{
	return blanks->whole && has_feed(blanks->before) &&
	       bk_place_feeds_before(blanks->before, blanks->before.len) >= blanks->feeds;
}

/* Whether all are paragraphs which one party has, and nobody opposes what it does. */
static bool are_all_taken(const struct bk_placing_region *placing)
{
	const struct bk_voice *voices = placing->voices.items;

	if (!bk_place_is_unopposed(placing))
		return false;
	for (size_t i = 0; i < placing->voices.len; i++)
		if (!placing->merge->amendments[voices[i].party].list.items[voices[i].first].whole)
			return false;
	return bk_voices_are_of_one(placing);
}

int bk_place_look_at_point(struct bk_placing_region *placing, bool *taken)
{
	bool is_parted;
	const int status = bk_voices_part(placing, &is_parted);

	*taken = status == BK_OK && is_parted && are_all_taken(placing);
	return status;
}

/* Whether words that begin a line are all of it: a label that comes with words before those of others is none of
 * theirs. */
static bool stands_alone(const struct bk_placing_region *placing, const struct blanks *blanks)
{
	const struct bk_str base = placing->merge->base.tokens.bytes;
	const size_t at = placing->region->base.end;

	return bk_place_begins_line(base, at) && (has_feed(blanks->behind) || bk_place_ends_line(base, at));
}

/* What comes in at one offset while it is written. */
struct point {
	struct blanks last; /* of the voice before */
	bool any;	    /* there is one, */
	bool ended;	    /* and its place has ended */
};

/* Words beside each other, paragraphs one below the other; in brackets where the place is. */
static int put_at_point(struct bk_placing_region *placing, struct point *point, uint32_t voice)
{
	const struct blanks blanks = blanks_of(placing, &placing->voices.items[voice]), *last = &point->last;
	struct bk_str gap = BK_STR("");
	int status;

	placing->begins_line = blanks.whole || has_feed(blanks.before) || stands_alone(placing, &blanks);
	placing->fills_lines = placing->begins_line;
	if (point->any && has_feed(last->behind))
		gap = point->ended ? gap : last->behind;
	else if (point->any && (last->whole || blanks.whole))
		gap = brings_feeds(&blanks) ? blanks.before : BK_STR("\n\n");
	bk_buf_put_str(&placing->text, gap);
	if (point->any && wants_feed(last, &blanks))
		bk_buf_put_str(&placing->text, BK_STR("\n"));
	if (!point->any || ((point->ended || gap.len) && !has_feed(blanks.before)))
		bk_buf_put_str(&placing->text, blanks.before);
	status = placing->stretch->placed.places.items[placing->place].bracketed
			 ? bk_place_put_alternative(placing, voice)
			 : bk_place_put_taken(placing, voice);
	*point = (struct point){.last = blanks, .any = true};
	return status;
}

/* The label that the line begins with in which an offset is. */
static struct bk_str label_of_line(struct bk_str bytes, size_t at)
{
	const char *feed = memrchr(bytes.ptr, '\n', at);
	const size_t start = feed ? (size_t)(feed - bytes.ptr) + 1 : 0,
		     end = at + bk_str_find(bk_str_skip(bytes, at), '\n'),
		     behind = bk_merge_behind_label(bytes, (struct bk_span){start, end});

	return bk_str_trim((struct bk_str){bytes.ptr + start, behind - start});
}

/* Whether what comes in ends a paragraph that has another label, or none, in the texts of all who put it in: it stands
 * behind that one, where it is proposed below the base's. */
static bool ends_another(const struct bk_placing_region *placing)
{
	const struct bk_str base = placing->merge->base.tokens.bytes;
	const size_t at = placing->region->words.end;

	if (!bk_place_ends_line(base, at))
		return false;
	for (size_t i = 0; i < placing->voices.len; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];
		const struct bk_version *version = &placing->merge->versions[voice->party];

		if (bk_str_equal(label_of_line(base, at),
			    label_of_line((struct bk_str){version->bytes, version->len}, voice->file.start)))
			return false;
	}
	return true;
}

static int end_point(struct bk_placing_region *placing, struct point *point)
{
	const enum bk_rank rank =
		!point->last.whole && ends_another(placing) ? BK_RANK_LAST_POINT : BK_RANK_POINT;
	struct bk_merge_event *event;

	bk_buf_put_str(&placing->text, point->last.behind);
	event = bk_place_add_text(placing, placing->region->words.end, rank, 0);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	point->ended = true;
	return bk_place_propose_alternatives(placing, event->number);
}

/* A voice with which a place begins; the one before it ends. */
static int put_in_place(struct bk_placing_region *placing, struct point *point, uint32_t voice, bool taken)
{
	int status = point->any ? end_point(placing, point) : BK_OK;

	if (status == BK_OK)
		status = bk_place_add(placing, !taken);
	if (status != BK_OK)
		return status;
	bk_buf_clear(&placing->text);
	placing->alternatives.len = 0;
	return put_at_point(placing, point, voice);
}

/* Where a party has several paragraphs there, each one that came is a place of its own; what all put in is taken. */
int bk_place_bracket_point(struct bk_placing_region *placing)
{
	struct point point = {.any = false};
	bool is_parted, are_taken;
	int status = bk_voices_part(placing, &is_parted);

	are_taken = is_parted && status == BK_OK && are_all_taken(placing);
	for (size_t k = 0; k < placing->order.len && status == BK_OK; k++) {
		const uint32_t i = placing->order.items[k];

		if (!placing->voices.items[i].words.len) /* blanks alone */
			status = bk_place_leave_all(placing, i);
		else if (is_parted || !point.any)
			status = put_in_place(placing, &point, i,
				are_taken || (is_parted && bk_voice_is_of_all(placing, i)));
		else
			status = put_at_point(placing, &point, i);
	}
	return status == BK_OK && point.any ? end_point(placing, &point) : status;
}
