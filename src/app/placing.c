/* Places of a merge, followed into the draft: see placing.h. */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* ---- Reading ------------------------------------------------------------------------------------------- */

static const char *name_in(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* The proof of this draft under its name without an ending, `all.proof` of `all.txt`; "" when none lies there. */
static void find_misnamed(const char *path, struct bk_buf *name)
{
	const char *dot = strrchr(name_in(path), '.');
	struct bk_buf other = BK_BUF_INIT;
	struct bk_file_bytes file = {0};
	bk_proof *proof = NULL;

	bk_buf_put(&other, path, dot ? (size_t)(dot - path) : strlen(path));
	bk_buf_puts(&other, ".proof");
	if (dot && bk_buf_status(&other) == BK_OK &&
		bk_file_read_plain(&file, bk_buf_string(&other)) == BK_OK &&
		bk_proof_parse(&proof, file.str.ptr, file.str.len, bk_buf_string(&other)) == BK_OK) {
		const char *of = bk_proof_out_name(proof), *slash = strrchr(of, '/');

		if (strcmp(slash ? slash + 1 : of, name_in(path)) == 0)
			bk_buf_puts(name, name_in(bk_buf_string(&other)));
	}
	bk_proof_free(proof);
	bk_file_release(&file);
	bk_buf_release(&other);
}

/* There is no proof: what is looked for, and how to have it. */
static int refuse_without(const char *path)
{
	const char *name = name_in(path);
	struct bk_buf misnamed = BK_BUF_INIT;
	int status;

	find_misnamed(path, &misnamed);
	if (bk_buf_status(&misnamed) < 0)
		status = bk_fail_memory();
	else if (misnamed.len)
		status = bk_fail(BK_ENOTFOUND,
			"'%s' is the proof of this text: give it the name '%s.proof', then F8",
			bk_buf_string(&misnamed), name);
	else
		status = bk_fail(BK_ENOTFOUND,
			"no proof '%s.proof' lies beside this draft: bracked merge --into or --proof writes "
			"one; git merge "
			"writes none, and F2 lists its brackets",
			name);
	bk_buf_release(&misnamed);
	return status;
}

static int read_proof(struct bk_placing *placing)
{
	struct bk_file_bytes file = {0};
	int status = bk_file_read_plain(&file, placing->path);

	if (status == BK_OK) {
		placing->stamp = file.stamp;
		status = bk_proof_parse(
			&placing->proof, file.str.ptr, file.str.len, strrchr(placing->path, '/') + 1);
	}
	if (status == BK_OK)
		status = bk_proof_read(placing->proof);
	bk_file_release(&file);
	return status;
}

static int find_path(struct bk_placing *placing, const struct bk_placing_source *source)
{
	struct bk_buf path = BK_BUF_INIT;

	if (!source->path)
		return bk_fail(BK_ENOTFOUND, "only a file has a proof beside it");
	bk_buf_printf(&path, "%s.proof", source->path);
	placing->path = bk_buf_status(&path) == BK_OK ? bk_strdup(bk_buf_string(&path)) : NULL;
	bk_buf_release(&path);
	return placing->path ? BK_OK : bk_fail_memory();
}

/* What the comparison tells of each bracket of the compilation. */
static int read_fates(struct bk_placing *placing)
{
	size_t count, difference_count;
	const struct bk_difference *all;

	bk_draft_brackets(placing->issued, &count);
	placing->fates = bk_malloc(count + 1);
	placing->heirs = bk_calloc(count + 1, sizeof *placing->heirs);
	placing->won = bk_calloc(count + 1, sizeof *placing->won);
	if (!placing->fates || !placing->heirs || !placing->won)
		return bk_fail_memory();
	memset(placing->fates, BK_DIFFERENCE_COUNT, count + 1);
	all = bk_comparison_list(placing->comparison, &difference_count);
	for (size_t i = 0; i < difference_count; i++) {
		const struct bk_difference *one = &all[i];

		if (one->old_bracket == BK_NONE || one->kind > BK_DIFFERENCE_JOINED)
			continue;
		placing->fates[one->old_bracket] = (uint8_t)one->kind;
		placing->heirs[one->old_bracket] = one->new_bracket;
		placing->won[one->old_bracket] = one->kind == BK_DIFFERENCE_ACCEPTED ||
						 (one->kind == BK_DIFFERENCE_CHOSEN &&
							 strncmp(one->detail, "won", strlen("won")) == 0);
	}
	return BK_OK;
}

/* The compilation as it was merged, read anew where it is another than was known. */
static int read_issued(struct bk_placing *placing, const struct bk_placing_source *source)
{
	const struct bk_draft_options options = {.conventions = source->conventions,
		.names = source->names,
		.is_stopped = source->is_stopped,
		.stop_context = source->context};
	bk_snapshot *issued;
	int status = bk_placing_find_issued(placing->proof, source, &issued);

	if (status < 0)
		return status;
	placing->issued = source->known;
	if (!source->known || issued != bk_draft_snapshot(source->known)) {
		status = bk_draft_new(&placing->own_issued, issued, &options);
		placing->issued = placing->own_issued;
	}
	bk_snapshot_free(issued);
	return status;
}

static int compare(struct bk_placing *placing, const struct bk_placing_source *source)
{
	const char *bytes;
	size_t len;
	int status = read_issued(placing, source);

	if (status == BK_OK)
		status = bk_comparison_new_stoppable(&placing->comparison, placing->issued, placing->now,
			source->is_stopped, source->context);
	if (status < 0)
		return status;
	bytes = bk_draft_bytes(placing->issued, &len);
	placing->exact = bk_proof_is_of(placing->proof, bytes, len);
	if (!placing->exact)
		placing->owner = bk_placing_find_owner(placing->proof, source->path);
	return read_fates(placing);
}

/* So many bytes beside a place tell where it is when its own are gone. */
enum { NEAR = 200 };

/* ---- Places that are followed -------------------------------------------------------------------------- */

/* What stands of the brackets of a place, first those that came or changed by the merge. */
struct standing {
	size_t count, gone, joined, unknown;
	uint32_t first, won, settled; /* BK_NONE */
	uint32_t base;		      /* of the base alone: the first that stands */
	bool proposed;		      /* there are some of the merge's */
};

static void look_at(const struct bk_placing *placing, uint32_t bracket, struct standing *out, uint32_t *now)
{
	const uint32_t there = bk_comparison_carry(placing->comparison, bracket);
	const unsigned fate = placing->fates[bracket];

	if (fate == BK_DIFFERENCE_JOINED) {
		out->joined++;
		*now = placing->heirs[bracket];
	} else if (there != BK_NONE) {
		out->count++;
		*now = there;
	} else if (fate == BK_DIFFERENCE_COUNT) {
		out->unknown++;
	} else {
		out->gone++;
		if (out->settled == BK_NONE)
			out->settled = bracket;
		if (placing->won[bracket])
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

/* The same of one that disputes nothing, as all in a footnote: no comparison tells of it, but of its words. */
static void look_at_words(
	const struct bk_placing *placing, uint32_t bracket, struct standing *out, uint32_t *now)
{
	struct bk_followed followed;
	uint32_t there;

	bk_comparison_follow(placing->comparison, words_in(placing->issued, bracket), &followed);
	if (!followed.words) {
		out->unknown++;
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

/* The brackets of a place: a disputed one is told of before others. */
static void look_at_own(
	struct bk_placing *placing, const struct bk_placing_place *place, struct standing *out)
{
	size_t count;
	const struct bk_bracket *issued = bk_draft_brackets(placing->issued, &count),
				*now = bk_draft_brackets(placing->now, &count);

	for (size_t i = 0; i < place->own_count; i++) {
		struct bk_placing_bracket *own = &placing->own.items[place->own + i];
		const bool disputed = issued[own->issued].class == BK_CLASS_DISPUTED;
		struct standing ignored = {0};

		(disputed ? look_at : look_at_words)(
			placing, own->issued, own->of_base ? &ignored : out, &own->now);
		out->proposed |= !own->of_base;
		if (own->now == BK_NONE)
			continue;
		if (own->of_base && out->base == BK_NONE)
			out->base = own->now;
		if (!own->of_base &&
			(out->first == BK_NONE || (now[out->first].class != BK_CLASS_DISPUTED &&
							  now[own->now].class == BK_CLASS_DISPUTED)))
			out->first = own->now;
	}
}

/* Where something stood that left no words: behind the words before it. */
static size_t behind(const struct bk_placing *placing, size_t offset)
{
	const struct bk_span before = {offset > NEAR ? offset - NEAR : 0, offset};
	struct bk_followed followed;

	bk_comparison_follow(placing->comparison, before, &followed);
	return followed.standing ? followed.span.end : BK_NOWHERE;
}

static size_t place_of(const struct bk_placing *placing, struct bk_span span, uint32_t bracket)
{
	size_t count;
	struct bk_followed followed;

	if (bracket != BK_NONE)
		return bk_draft_brackets(placing->now, &count)[bracket].start;
	bk_comparison_follow(placing->comparison, span, &followed);
	return followed.standing ? followed.span.start : behind(placing, span.start);
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

static bool has_words(const bk_draft *draft, struct bk_span span, struct bk_str wanted)
{
	size_t len;
	const char *bytes = bk_draft_bytes(draft, &len);
	struct bk_str rest = {bytes + span.start, span.end - span.start};
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

/* Where the base has the same words in brackets of its own, no comparison tells whose they are: of a place without
 * brackets that stand, the one that says what stands there. */
static void find_won(const struct bk_placing *placing, struct bk_span span, struct bk_placing_place *place)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(placing->issued, &count);
	const bk_draft *now = placing->now;
	struct bk_span between;
	size_t len;

	if (!find_between(placing, span, &between))
		return;
	for (size_t i = 0; i < place->own_count && place->won == BK_NONE; i++) {
		const struct bk_span text = all[own[i].issued].text;
		const struct bk_str words = {
			bk_draft_bytes(placing->issued, &len) + text.start, text.end - text.start};

		if (!own[i].of_base && has_words(now, between, words))
			place->won = own[i].issued;
	}
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

enum bk_placing_state bk_placing_marked(enum bk_proof_mark mark, bool joined)
{
	return mark == BK_PROOF_DEFERRED ? BK_PLACING_DEFERRED
	       : mark == BK_PROOF_KEPT	 ? BK_PLACING_BRACKETED
	       : joined			 ? BK_PLACING_COMBINED
					 : BK_PLACING_OPEN;
}

/*
 * A place stands open while a bracket stands that the merge put or put names to.  When all of these are gone, brackets
 * that the base has there may stand: alone they are what is retained; beside words that were taken nothing is decided.
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
	place->retained = place->state == BK_PLACING_TAKEN && standing->base != BK_NONE;
}

static int follow(struct bk_placing *placing, struct bk_span span, enum bk_proof_mark mark,
	struct bk_placing_place *place)
{
	struct standing standing = {.first = BK_NONE, .won = BK_NONE, .settled = BK_NONE, .base = BK_NONE};
	const int status = bk_placing_find_own(placing, span, place);

	if (status < 0)
		return status;
	look_at_own(placing, place, &standing);
	decide(place, &standing, mark);
	place->offset = place_of(placing, span, place->bracket != BK_NONE ? place->bracket : standing.base);
	if (place->state == BK_PLACING_TAKEN && is_broken(placing, span))
		place->state = bk_placing_marked(mark, false);
	if (place->state != BK_PLACING_TAKEN || place->won != BK_NONE || place->retained)
		return BK_OK;
	find_won(placing, span, place);
	/* Another of its run was chosen, or other words were typed. */
	place->otherwise = place->won == BK_NONE &&
			   ((place->gone != BK_NONE && placing->fates[place->gone] == BK_DIFFERENCE_CHOSEN) ||
				   is_otherwise(placing, span));
	return BK_OK;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static bool share_brackets(const struct bk_proof_place *one, const struct bk_proof_place *other)
{
	return other->bracketed && one->out.span.start == other->out.span.start &&
	       one->out.span.end == other->out.span.end;
}

/* Whether a place in brackets is one with the place that its paragraph moved from, which is the first of its own. */
static bool is_target(const struct bk_proof_place *all, size_t index)
{
	const uint32_t from = all[index].from;

	return all[index].proposal_count > 0 && from != BK_NONE && from != index && all[from].bracketed &&
	       all[from].from == BK_NONE && (from == 0 || !share_brackets(&all[from], &all[from - 1]));
}

/* Places of the proof, so many from first on, that are one in the compilation. */
static int place_one(struct bk_placing *placing, size_t first, size_t count, struct bk_placing_place *place)
{
	size_t all_count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &all_count);
	struct bk_span span = all[first].out.span;
	const struct bk_span everywhere = {0, SIZE_MAX};
	bool found = placing->exact;

	if (!place)
		return bk_fail_memory();
	*place = (struct bk_placing_place){.first = first,
		.count = count,
		.own = placing->own.len,
		.state = BK_PLACING_LOST,
		.bracket = BK_NONE,
		.won = BK_NONE,
		.gone = BK_NONE,
		.offset = BK_NOWHERE};
	for (size_t i = 0; i < count && !found; i++)
		found = bk_placing_search(placing, placing->issued, everywhere, &all[first + i], &span);
	return found ? follow(placing, span, all[first].mark, place) : BK_OK;
}

static int place_all(struct bk_placing *placing)
{
	size_t count, end = 0;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	int status = BK_OK;

	for (size_t i = 0, next; i < count && status == BK_OK; i = next) {
		next = i + 1;
		if (!all[i].bracketed)
			continue;
		if (is_target(all, i)) {
			status = place_one(placing, i, 1, BK_VEC_PUSH(&placing->targets));
			continue;
		}
		while (next < count && share_brackets(&all[i], &all[next]) && !is_target(all, next))
			next++;
		status = place_one(placing, i, next - i, BK_VEC_PUSH(&placing->places));
		if (status == BK_OK)
			placing->places.items[placing->places.len - 1].inside = all[i].out.span.start < end;
		if (all[i].out.span.start >= end)
			end = all[i].out.span.end;
	}
	return status;
}

struct bk_placing_source bk_placing_source(const struct bk_session *session)
{
	return (struct bk_placing_source){.path = session->path,
		.draft = session->draft,
		.saved = session->saved,
		.received = session->received,
		.conventions = session->conventions,
		.names = bk_roster_names(session->roster),
		.steps = session->text,
		.repository = session->repository,
		.repository_name = session->repository_name};
}

int bk_placing_open(bk_placing **out, const struct bk_placing_source *source)
{
	struct bk_placing *placing = bk_calloc(1, sizeof *placing);
	int status;

	if (!placing)
		return bk_fail_memory();
	placing->now = source->draft;
	status = find_path(placing, source);
	if (status == BK_OK)
		status = read_proof(placing);
	if (status == BK_ENOTFOUND && source->path)
		status = refuse_without(source->path);
	if (status == BK_OK)
		status = compare(placing, source);
	if (status == BK_OK)
		status = place_all(placing);
	if (status == BK_OK)
		status = bk_placing_join_targets(placing);
	if (status < 0) {
		bk_placing_free(placing);
		return status;
	}
	*out = placing;
	return BK_OK;
}

void bk_placing_free(bk_placing *placing)
{
	if (!placing)
		return;
	bk_comparison_free(placing->comparison);
	bk_draft_free(placing->own_issued);
	bk_proof_free(placing->proof);
	bk_free(placing->fates);
	bk_free(placing->heirs);
	bk_free(placing->won);
	bk_free(placing->path);
	bk_free(placing->owner);
	BK_VEC_RELEASE(&placing->places);
	BK_VEC_RELEASE(&placing->targets);
	BK_VEC_RELEASE(&placing->own);
	bk_free(placing);
}

const struct bk_placing_place *bk_placing_places(const bk_placing *placing, size_t *count)
{
	*count = placing->places.len;
	return placing->places.items;
}

const struct bk_placing_place *bk_placing_targets(
	const bk_placing *placing, const struct bk_placing_place *place)
{
	return place->target_count ? placing->targets.items + place->target : NULL;
}

struct bk_placing_counts bk_placing_count(const bk_placing *placing)
{
	struct bk_placing_counts counts = {.places = placing->places.len};
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);

	for (size_t i = 0; i < count; i++)
		counts.taken += !all[i].bracketed;
	for (size_t i = 0; i < placing->places.len; i++) {
		const enum bk_placing_state state = placing->places.items[i].state;

		counts.unplaced += state == BK_PLACING_OPEN || state == BK_PLACING_DEFERRED;
		counts.deferred += state == BK_PLACING_DEFERRED;
		counts.lost += state == BK_PLACING_LOST;
		counts.inside += placing->places.items[i].inside;
	}
	return counts;
}

const bk_proof *bk_placing_proof(const bk_placing *placing)
{
	return placing->proof;
}

const bk_draft *bk_placing_issued(const bk_placing *placing)
{
	return placing->issued;
}

bk_draft *bk_placing_take_issued(bk_placing *placing)
{
	bk_draft *issued = placing->own_issued;

	placing->own_issued = NULL;
	return issued;
}

bool bk_placing_is_exact(const bk_placing *placing)
{
	return placing->exact;
}

bool bk_placing_is_foreign(const bk_placing *placing)
{
	return !placing->exact && placing->places.len > 0 &&
	       bk_placing_count(placing).lost == placing->places.len;
}

const char *bk_placing_owner(const bk_placing *placing)
{
	return placing->owner;
}

const bk_draft *bk_placing_now(const bk_placing *placing)
{
	return placing->now;
}

bool bk_placing_follow(
	const bk_placing *placing, const struct bk_proof_proposal *proposal, struct bk_followed *out)
{
	if (!placing->exact)
		return false;
	bk_comparison_follow(placing->comparison, proposal->out.span, out);
	return true;
}

int bk_placing_mark(bk_placing *placing, size_t place, enum bk_proof_mark mark)
{
	struct bk_placing_place *it = &placing->places.items[place];
	const size_t first = it->first;
	size_t len, count;
	char *json;
	const enum bk_proof_mark before = bk_proof_places(placing->proof, &count)[first].mark;
	int status;

	bk_proof_mark(placing->proof, first, mark);
	status = bk_proof_write(placing->proof, &json, &len);
	if (status == BK_OK) {
		status = bk_file_replace_bytes(
			placing->path, (struct bk_str){json, len}, &placing->stamp, 0, &placing->stamp);
		bk_proof_free_bytes(json);
	}
	if (status < 0)
		bk_proof_mark(placing->proof, first, before);
	else if (it->bracket != BK_NONE)
		it->state = bk_placing_marked(mark, it->joined);
	return status;
}
