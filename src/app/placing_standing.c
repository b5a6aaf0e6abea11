/* Places of a merge, followed into the draft: what of each stands there, and what was decided. */
#include "app/placing_private.h"

#include "draft/settle.h"

#include <string.h>

/* So many bytes beside a place tell where it is when its own are gone. */
enum { NEAR = 200 };

/* The compilation as it was merged, and what stands now where a place stood. */
struct placing_bytes {
	struct bk_str issued, there;
	const struct bk_bracket *brackets;    /* of issued */
	const struct bk_placing_bracket *own; /* of the place */
	size_t own_count;
};

/* What stands of the brackets of a place, first those that came or changed by the merge. */
struct standing {
	size_t count, gone, joined, unknown;
	uint32_t first, won, settled; /* BK_NONE */
	uint32_t base;		      /* of the base alone: the first that stands */
	uint32_t withdrawn;	      /* BK_NONE, or the proposal by which one stands with fewer names */
	bool proposed;		      /* there are some of the merge's */
	bool lacking;		      /* one that says what the base does is gone */
};

static void look_at(const struct bk_placing *placing, uint32_t bracket, struct standing *out, uint32_t *now)
{
	const struct bk_placing_fate *fate = &placing->fates[bracket];

	*now = fate->now;
	if (fate->now != BK_NONE && fate->kind == BK_DIFFERENCE_JOINED) {
		out->joined++;
	} else if (fate->now != BK_NONE) {
		out->count++;
	} else if (fate->kind == BK_DIFFERENCE_COUNT) {
		out->unknown++;
	} else {
		out->gone++;
		if (out->settled == BK_NONE)
			out->settled = bracket;
		if (fate->won)
			out->won = bracket;
	}
}

static size_t count_words(const bk_draft *draft, struct bk_span span)
{
	struct bk_counts counts;

	bk_draft_count_span(draft, span, &counts);
	return counts.words;
}

/* What is said in a bracket; in one that says no word, as `[EU: -]`, or only who does what, that. */
static struct bk_span words_in(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *it = &bk_draft_brackets(draft, &count)[bracket];

	return count_words(draft, it->text)
		       ? it->text
		       : (struct bk_span){it->start + it->open_len, it->end - it->close_len};
}

/* The innermost bracket that holds these words and begins with them; BK_NONE. */
static uint32_t bracket_of(const bk_draft *draft, struct bk_span words)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	uint32_t at = bk_draft_bracket_at(draft, words.start);

	for (; at != BK_NONE; at = all[at].parent) {
		const struct bk_span inside = words_in(draft, at);

		if (inside.start > words.start || inside.end < words.end)
			continue;
		return count_words(draft, (struct bk_span){inside.start, words.start}) ? BK_NONE : at;
	}
	return BK_NONE;
}

static bool has_word(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bk_is_word(bytes.ptr[i]))
			return true;
	return false;
}

/* Behind a label that no comparison follows, as `## Article ` of `## Article [9][EU: 10] Loss`: where words end in the
 * draft, and the line of an offset begins behind them as it did. */
static size_t pass_label(const struct bk_placing *placing, size_t offset, size_t now)
{
	struct bk_str bytes, rest, line;
	struct bk_followed followed;
	size_t start;

	bytes.ptr = bk_draft_bytes(placing->issued, &bytes.len);
	rest.ptr = bk_draft_bytes(placing->now, &rest.len);
	for (start = offset; start > 0 && bytes.ptr[start - 1] != '\n';)
		start--;
	line = (struct bk_str){bytes.ptr + start, offset - start};
	bk_comparison_follow(placing->comparison, (struct bk_span){start, offset}, &followed);
	if (followed.words || !has_word(line))
		return now;
	for (start = now; start < rest.len && !bk_is_word(rest.ptr[start]) &&
			  !bk_str_starts(bk_str_skip(rest, start), line);)
		start++;
	return bk_str_starts(bk_str_skip(rest, start), line) ? start + line.len : now;
}

/* Where something stood that left no words: behind the words before it, or at the beginning where none are. */
static size_t behind(const struct bk_placing *placing, size_t offset)
{
	const struct bk_span before = {offset > NEAR ? offset - NEAR : 0, offset};
	struct bk_followed followed;

	bk_comparison_follow(placing->comparison, before, &followed);
	if (before.start == 0 && followed.words == 0)
		return pass_label(placing, offset, 0);
	return followed.standing ? pass_label(placing, offset, followed.span.end) : BK_NOWHERE;
}

/* Whether what stands before two brackets is the same, so many bytes of it. */
static bool follows_same(const struct bk_placing *placing, uint32_t issued, uint32_t now, size_t len)
{
	size_t count;
	const size_t was = bk_draft_brackets(placing->issued, &count)[issued].start,
		     is = bk_draft_brackets(placing->now, &count)[now].start;

	return bk_str_common_end(bk_placing_words(placing->issued, (struct bk_span){0, was}),
		       bk_placing_words(placing->now, (struct bk_span){0, is})) >= len;
}

/* One that has no word to be told by, as the 9 of `Article [9][US: 10]`: the first behind the words before it. */
static void look_behind(
	const struct bk_placing *placing, uint32_t bracket, struct standing *out, uint32_t *now)
{
	size_t count, now_count;
	const size_t at = behind(placing, bk_draft_brackets(placing->issued, &count)[bracket].start);
	const struct bk_bracket *all = bk_draft_brackets(placing->now, &now_count);
	const uint32_t there = at != BK_NOWHERE ? bk_draft_bracket_from(placing->now, at) : BK_NONE;

	if (at == BK_NOWHERE) {
		out->unknown++;
	} else if (there < now_count && bk_placing_says_same(placing, bracket, there) &&
		   follows_same(placing, bracket, there, all[there].start - at)) {
		out->count++;
		*now = there;
	} else {
		out->gone++;
		if (out->settled == BK_NONE)
			out->settled = bracket;
	}
}

/* The same of one that disputes nothing, as all in a footnote: no comparison tells of it, but of its words. */
static void look_at_words(
	const struct bk_placing *placing, uint32_t bracket, struct standing *out, uint32_t *now)
{
	struct bk_followed followed;
	uint32_t there;

	bk_comparison_follow(placing->comparison, words_in(placing->issued, bracket), &followed);
	if (!followed.words) {
		look_behind(placing, bracket, out, now);
		return;
	}
	there = followed.standing ? bracket_of(placing->now, followed.span) : BK_NONE;
	if (there != BK_NONE) {
		out->count++;
		*now = there;
		return;
	}
	out->gone++;
	if (out->settled == BK_NONE)
		out->settled = bracket;
	if (followed.standing)
		out->won = bracket;
}

/* The proposal of a place to withdraw a name that its bracket has no more; BK_NONE. */
static uint32_t withdrawn_of(const struct bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *own)
{
	size_t count;
	const struct bk_proof_place *places = bk_proof_places(placing->proof, &count) + place->first;

	for (size_t i = 0; i < place->count; i++)
		for (size_t k = places[i].first; k < places[i].first + places[i].proposal_count; k++)
			if (bk_placing_is_withdrawn(placing, k, own))
				return (uint32_t)k;
	return BK_NONE;
}

/* Which brackets of a place stand; of those that the base has just so only that, where others tell what was done. */
static void look_at_own(
	struct bk_placing *placing, const struct bk_placing_place *place, struct standing *out)
{
	size_t count;
	const struct bk_bracket *issued = bk_draft_brackets(placing->issued, &count);
	struct bk_placing_bracket *all = &placing->own.items[place->own];

	for (size_t i = 0; i < place->own_count; i++)
		out->proposed |= !all[i].of_base;
	for (size_t i = 0; i < place->own_count; i++) {
		const bool told = issued[all[i].issued].class == BK_CLASS_DISPUTED ||
				  placing->fates[all[i].issued].now != BK_NONE;
		struct standing ignored = {0};

		(told ? look_at : look_at_words)(placing, all[i].issued,
			all[i].of_base && out->proposed ? &ignored : out, &all[i].now);
	}
}

/* What they make of the place: a disputed one is told of before others. */
static void judge_own(
	const struct bk_placing *placing, const struct bk_placing_place *place, struct standing *out)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	size_t count;
	const struct bk_bracket *now = bk_draft_brackets(placing->now, &count);

	for (; own < bk_placing_brackets(placing, place) + place->own_count; own++) {
		if (own->now == BK_NONE) {
			out->lacking |= bk_placing_says_base(placing, own);
			continue;
		}
		const bool back = own->of_base || bk_placing_is_back(placing, place, own);
		const uint32_t withdrawn = back ? BK_NONE : withdrawn_of(placing, place, own);

		out->gone += !own->of_base && (back || withdrawn != BK_NONE);
		if (withdrawn != BK_NONE)
			out->withdrawn = withdrawn;
		if ((back || withdrawn != BK_NONE) && out->base == BK_NONE)
			out->base = own->now;
		if (!back && withdrawn == BK_NONE &&
			(out->first == BK_NONE || (now[out->first].class != BK_CLASS_DISPUTED &&
							  now[own->now].class == BK_CLASS_DISPUTED)))
			out->first = own->now;
	}
}

/* Of a label, which no comparison follows, the line that the words behind it stand in, past its blanks: BK_NOWHERE
 * where it begins no line, or none of these stand. */
static size_t line_of(const struct bk_placing *placing, struct bk_span label)
{
	struct bk_str was, is;
	struct bk_followed followed;
	size_t at;

	was.ptr = bk_draft_bytes(placing->issued, &was.len);
	is.ptr = bk_draft_bytes(placing->now, &is.len);
	for (at = label.start; at > 0 && was.ptr[at - 1] != '\n' && bk_is_space(was.ptr[at - 1]);)
		at--;
	if (at > 0 && was.ptr[at - 1] != '\n')
		return BK_NOWHERE;
	const size_t end = label.end + bk_str_find(bk_str_skip(was, label.end), '\n');

	bk_comparison_follow(placing->comparison, (struct bk_span){label.end, end}, &followed);
	if (!followed.standing)
		return BK_NOWHERE;
	for (at = followed.span.start; at > 0 && is.ptr[at - 1] != '\n';)
		at--;
	while (bk_is_space(is.ptr[at]))
		at++;
	return at;
}

/* Whether of what stood before an offset of the compilation in its line nothing does but a label. */
static bool begins_line(const struct bk_placing *placing, size_t offset)
{
	size_t start = offset;
	struct bk_str was;
	struct bk_followed followed;

	was.ptr = bk_draft_bytes(placing->issued, &was.len);
	while (start > 0 && was.ptr[start - 1] != '\n')
		start--;
	bk_comparison_follow(placing->comparison, (struct bk_span){start, offset}, &followed);
	return start > 0 && followed.standing == 0;
}

/* Where that went which began a line: where the line behind it begins now, from the words before it on. */
static size_t pass_line(const struct bk_placing *placing, size_t now)
{
	struct bk_str is;
	size_t at = now, line = now;

	is.ptr = bk_draft_bytes(placing->now, &is.len);
	for (; at < is.len && !bk_is_word(is.ptr[at]) && is.ptr[at] != '['; at++)
		line = is.ptr[at] == '\n' ? at + 1 : line;
	return at < is.len ? line : now;
}

static size_t place_of(const struct bk_placing *placing, struct bk_span span, uint32_t bracket)
{
	size_t count;
	struct bk_followed followed;

	if (bracket != BK_NONE)
		return bk_draft_brackets(placing->now, &count)[bracket].start;
	bk_comparison_follow(placing->comparison, span, &followed);
	if (followed.standing)
		return followed.span.start;
	const size_t line = line_of(placing, span);

	if (line != BK_NOWHERE)
		return line;
	const size_t now = behind(placing, span.start);

	return now != BK_NOWHERE && begins_line(placing, span.start) ? pass_line(placing, now) : now;
}

/* Where the blank line is behind an offset, or the end. */
static size_t paragraph_end(struct bk_str bytes, size_t at)
{
	for (; at < bytes.len; at++) {
		const struct bk_str rest = bk_str_skip(bytes, at);

		if (bk_str_starts(rest, BK_STR("\n\n")) || bk_str_starts(rest, BK_STR("\n\r\n")))
			break;
	}
	return at;
}

static bool begins_paragraph(struct bk_str bytes, size_t at)
{
	size_t lines = 0;

	for (; at > 0 && !bk_is_word(bytes.ptr[at - 1]); at--)
		lines += bytes.ptr[at - 1] == '\n';
	return lines > 1;
}

/* What stands where a span stood: between the words before it and those behind it, or the end of its paragraph; false
 * where that cannot be told. */
static bool find_between(const struct bk_placing *placing, struct bk_span span, struct bk_span *between)
{
	struct bk_followed after;
	struct bk_str was, is;

	was.ptr = bk_draft_bytes(placing->issued, &was.len);
	is.ptr = bk_draft_bytes(placing->now, &is.len);
	between->start = behind(placing, span.start);
	if (between->start == BK_NOWHERE)
		return false;
	bk_comparison_follow(placing->comparison,
		(struct bk_span){span.end, was.len - span.end > NEAR ? span.end + NEAR : was.len}, &after);
	if (!after.standing && after.words)
		return false;
	between->end = after.standing ? after.span.start : is.len;
	if (!begins_paragraph(was, span.start) && paragraph_end(is, between->start) < between->end)
		between->end = paragraph_end(is, between->start);
	return between->end > between->start;
}

static struct bk_str next_word(struct bk_str *rest)
{
	size_t start = 0, end;

	while (start < rest->len && !bk_is_word(rest->ptr[start]))
		start++;
	for (end = start; end < rest->len && bk_is_word(rest->ptr[end]);)
		end++;
	const struct bk_str word = {rest->ptr + start, end - start};

	*rest = bk_str_skip(*rest, end);
	return word;
}

static bool are_words(struct bk_str rest, struct bk_str wanted)
{
	size_t words = 0;

	for (;;) {
		const struct bk_str word = next_word(&rest), other = next_word(&wanted);

		if (!bk_str_equal(word, other))
			return false;
		if (!word.len)
			return words > 0;
		words++;
	}
}

/* Pass over words that stand at the beginning of others; false when they do not. */
static bool pass_words(struct bk_str *rest, struct bk_str words)
{
	for (;;) {
		const struct bk_str word = next_word(&words);

		if (!word.len)
			return true;
		if (!bk_str_equal(next_word(rest), word))
			return false;
	}
}

/* What stands in the line of a bracket before it and the others of its place: `## Article ` of
 * `## Article [9][EU: 10] Loss`, for both. */
static struct bk_str words_before(const struct placing_bytes *bytes, const struct bk_bracket *bracket)
{
	const struct bk_str issued = bytes->issued;
	const char *feed = memrchr(issued.ptr, '\n', bracket->start);
	const size_t start = feed ? (size_t)(feed + 1 - issued.ptr) : 0;
	size_t end = bracket->start;

	for (size_t i = 0; i < bytes->own_count; i++) {
		const size_t other = bytes->brackets[bytes->own[i].issued].start;

		if (other >= start && other < end)
			end = other;
	}
	return (struct bk_str){issued.ptr + start, end - start};
}

/* Whether a bracket says these words, perhaps behind what its line has before them, as `Option 3:`. */
static bool is_said(struct bk_str there, const struct placing_bytes *bytes, const struct bk_bracket *bracket)
{
	const struct bk_str words = {
		bytes->issued.ptr + bracket->text.start, bracket->text.end - bracket->text.start};
	const struct bk_str before = words_before(bytes, bracket);

	/* Of a dash or an asterisk all bytes tell. */
	if (!has_word(words))
		return words.len && bk_str_equal(bk_str_trim(there), bk_str_trim(words));
	return are_words(there, words) ||
	       (before.len <= NEAR && pass_words(&there, before) && are_words(there, words));
}

/* Whether it says what stands there, or the first paragraph of it: where a place ended is not always told. */
static bool says(const struct placing_bytes *bytes, const struct bk_bracket *bracket)
{
	struct bk_str first = bk_str_trim(bytes->there);

	first.len = paragraph_end(first, 0);
	return is_said(bytes->there, bytes, bracket) || is_said(first, bytes, bracket);
}

/* Where the base has the same words in brackets of its own, or one alternative reads much like another one, no
 * comparison tells whose they are: of a place without brackets that stand, the one that says what stands there. */
static void find_won(const struct bk_placing *placing, struct bk_span span, struct bk_placing_place *place)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	size_t count;
	const struct bk_bracket *issued = bk_draft_brackets(placing->issued, &count);
	struct placing_bytes bytes = {.brackets = issued, .own = own, .own_count = place->own_count};
	struct bk_span between;

	if (!find_between(placing, span, &between))
		return;
	bytes.issued.ptr = bk_draft_bytes(placing->issued, &bytes.issued.len);
	bytes.there.ptr = bk_draft_bytes(placing->now, &bytes.there.len) + between.start;
	bytes.there.len = between.end - between.start;
	if (place->won != BK_NONE && says(&bytes, &issued[place->won]))
		return;
	/* One of the base's own only where no other says so. */
	for (size_t i = 0; i < place->own_count; i++) {
		if (!says(&bytes, &issued[own[i].issued]))
			continue;
		place->won = own[i].issued;
		if (!own[i].of_base)
			break;
	}
}

/* Of a place where nothing stands any more, an alternative of the merge's which says that nothing does. */
static void find_no_text(const struct bk_placing *placing, struct bk_placing_place *place)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);

	for (size_t i = 0; i < place->own_count && place->won == BK_NONE; i++)
		if (!own[i].of_base && bk_settle_no_text(placing->issued, own[i].issued))
			place->won = own[i].issued;
}

static bool has_unmatched(const bk_draft *draft, struct bk_span span)
{
	size_t count;
	const struct bk_unmatched *all = bk_draft_unmatched(draft, &count);
	const size_t first = BK_SEARCH(i, count, all[i].offset < span.start);

	return first < count && all[first].offset < span.end;
}

/* Whether a bracket lost its other end where a span stood: what is in it is not decided. */
static bool is_broken(const struct bk_placing *placing, struct bk_span span)
{
	const struct bk_span was = {span.start > NEAR ? span.start - NEAR : 0, span.end + NEAR};
	struct bk_span between;

	return !has_unmatched(placing->issued, was) && find_between(placing, span, &between) &&
	       has_unmatched(placing->now, between);
}

/* Whether words stand where a span stood that stand nowhere in the compilation. */
static bool is_otherwise(const struct bk_placing *placing, struct bk_span span)
{
	const struct bk_span all = {0, SIZE_MAX};
	struct bk_followed back;
	struct bk_span between;

	if (!find_between(placing, span, &between))
		return false;
	bk_comparison_follow_back(placing->comparison, between, all, &back);
	return back.standing < back.words;
}

/* Whether a taken place was settled by what is none of its proposals, nor the base: another of its run was chosen,
 * other words were typed, or of brackets that only the base has some stand and the others are gone. */
static bool is_settled_otherwise(const struct bk_placing *placing, struct bk_span span,
	const struct bk_placing_place *place, bool base)
{
	if (place->won != BK_NONE || place->retained || place->withdrawn != BK_NONE)
		return false;
	if (place->gone == BK_NONE || base)
		return place->gone == BK_NONE;
	return placing->fates[place->gone].kind == BK_DIFFERENCE_CHOSEN || is_otherwise(placing, span);
}

enum bk_placing_state bk_placing_marked(enum bk_proof_mark mark, bool joined)
{
	return mark == BK_PROOF_DEFERRED ? BK_PLACING_DEFERRED
	       : mark == BK_PROOF_KEPT	 ? BK_PLACING_BRACKETED
	       : joined			 ? BK_PLACING_COMBINED
					 : BK_PLACING_OPEN;
}

/*
 * A place stands open while a bracket stands that the merge put or put names to.  When all of these are gone,
 * or are what they are in the base, brackets that the base has there may stand: all of them are what is retained,
 * and some what others were deleted beside; beside words that were taken nothing is decided.
 */
static void decide(struct bk_placing_place *place, const struct standing *standing, enum bk_proof_mark mark)
{
	const bool both = standing->base != BK_NONE && (standing->won != BK_NONE || !standing->proposed);

	place->bracket = standing->first != BK_NONE ? standing->first : both ? standing->base : BK_NONE;
	place->won = standing->won;
	place->gone = standing->settled;
	place->joined = standing->joined > 0;
	if (place->bracket != BK_NONE)
		place->state = bk_placing_marked(mark, place->joined);
	else
		place->state = standing->gone && !standing->unknown ? BK_PLACING_TAKEN : BK_PLACING_LOST;
	place->withdrawn = place->state == BK_PLACING_TAKEN ? standing->withdrawn : BK_NONE;
	place->retained = place->state == BK_PLACING_TAKEN && standing->base != BK_NONE &&
			  place->withdrawn == BK_NONE && !standing->lacking;
}

/* What the base says stands, to the byte, whatever else the comparison takes it for. */
static void retain(struct bk_placing_place *place)
{
	place->state = BK_PLACING_TAKEN;
	place->retained = true;
	place->bracket = place->won = place->withdrawn = BK_NONE;
}

int bk_placing_find_standing(struct bk_placing *placing, struct bk_span span, enum bk_proof_mark mark,
	struct bk_placing_place *place)
{
	struct standing standing = {
		.first = BK_NONE, .won = BK_NONE, .settled = BK_NONE, .base = BK_NONE, .withdrawn = BK_NONE};
	const int status = bk_placing_find_own(placing, span, place);

	if (status < 0)
		return status;
	look_at_own(placing, place, &standing);
	judge_own(placing, place, &standing);
	decide(place, &standing, mark);
	place->offset = place_of(placing, span, place->bracket != BK_NONE ? place->bracket : standing.base);
	if ((place->state == BK_PLACING_TAKEN || standing.gone) && is_broken(placing, span)) {
		place->state = bk_placing_marked(mark, false);
		place->bracket = BK_NONE;
	}
	if (place->bracket != BK_NONE && standing.proposed &&
		bk_placing_stands_base(placing, place, place->offset))
		retain(place);
	if (place->state != BK_PLACING_TAKEN || place->retained)
		return BK_OK;
	if (standing.base == BK_NONE)
		find_won(placing, span, place);
	place->otherwise = is_settled_otherwise(placing, span, place, standing.base != BK_NONE);
	if (standing.base == BK_NONE && !place->otherwise && place->withdrawn == BK_NONE)
		find_no_text(placing, place);
	return BK_OK;
}
