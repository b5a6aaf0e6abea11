/* Places of a merge, followed into the draft: see placing.h. */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <string.h>

struct bk_placing {
	char *path; /* of the proof */
	struct bk_file_stamp stamp;
	bk_proof *proof;
	bk_text *text;
	bk_draft *issued;
	bk_comparison *comparison;
	const bk_draft *now; /* borrowed */
	uint8_t *fates;	 /* enum bk_difference_kind, by bracket of issued; BK_DIFFERENCE_COUNT: none told */
	uint32_t *heirs; /* the bracket of now that the difference names, or BK_NONE */
	bool *won;
	BK_VEC(struct bk_placing_place) places;
};

/* ---- Reading ------------------------------------------------------------------------------------------- */

static int read_proof(struct bk_placing *placing)
{
	struct bk_file_bytes file = {0};
	int status = bk_file_read_plain(&file, placing->path);

	if (status == BK_OK) {
		placing->stamp = file.stamp;
		status = bk_proof_parse(&placing->proof, file.str.ptr, file.str.len, placing->path);
	}
	if (status == BK_OK)
		status = bk_proof_read(placing->proof);
	bk_file_release(&file);
	return status;
}

static int find_path(struct bk_placing *placing, const struct bk_session *session)
{
	struct bk_buf path = BK_BUF_INIT;

	if (!session->path)
		return bk_fail(BK_ENOTFOUND, "only a file has a proof beside it");
	bk_buf_printf(&path, "%s.proof", session->path);
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

static int compare(struct bk_placing *placing, const struct bk_session *session)
{
	const struct bk_draft_options options = {
		.conventions = session->conventions, .names = bk_roster_names(session->roster)};
	int status = bk_placing_find_issued(placing->proof, session, &placing->text);

	if (status < 0 || !placing->text)
		return status;
	status = bk_draft_new(&placing->issued, bk_text_now(placing->text), &options);
	if (status == BK_OK)
		status = bk_comparison_new(&placing->comparison, placing->issued, placing->now);
	return status == BK_OK ? read_fates(placing) : status;
}

/* ---- Places that are followed -------------------------------------------------------------------------- */

/* What stands of the brackets of a place. */
struct standing {
	size_t count, gone, joined, unknown;
	uint32_t first, won, settled; /* BK_NONE */
};

static void look_at(const struct bk_placing *placing, uint32_t bracket, struct standing *out)
{
	const uint32_t there = bk_comparison_carry(placing->comparison, bracket);
	const unsigned fate = placing->fates[bracket];

	if (fate == BK_DIFFERENCE_JOINED) {
		out->joined++;
		if (out->first == BK_NONE)
			out->first = placing->heirs[bracket];
	} else if (there != BK_NONE) {
		out->count++;
		if (out->first == BK_NONE)
			out->first = there;
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

/* The outermost disputed brackets of a span; where it has none, the one that it stands in, to which names were
 * added. */
static void look_in(const struct bk_placing *placing, struct bk_span span, struct standing *out)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(placing->issued, &count);
	bool found = false;
	uint32_t around;

	for (uint32_t i = bk_draft_bracket_from(placing->issued, span.start);
		i < count && all[i].start < span.end; i++) {
		const bool outer = all[i].parent == BK_NONE || all[all[i].parent].start < span.start;

		if (!outer || all[i].class != BK_CLASS_DISPUTED || all[i].end > span.end)
			continue;
		look_at(placing, i, out);
		found = true;
	}
	around = bk_draft_bracket_at(placing->issued, span.start);
	if (!found && around != BK_NONE)
		look_at(placing, around, out);
}

/* Where something stood that left no words: behind the words before it. */
static size_t behind(const struct bk_placing *placing, size_t offset)
{
	enum { NEAR = 200 };
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

static void follow(
	const struct bk_placing *placing, const struct bk_proof_place *place, struct bk_placing_place *out)
{
	struct standing standing = {.first = BK_NONE, .won = BK_NONE, .settled = BK_NONE};

	look_in(placing, place->out.span, &standing);
	out->bracket = standing.first;
	out->won = standing.won;
	out->gone = standing.settled;
	out->offset = place_of(placing, place->out.span, standing.first);
	if (standing.first != BK_NONE)
		out->state = place->mark == BK_PROOF_DEFERRED ? BK_PLACING_DEFERRED
			     : place->mark == BK_PROOF_KEPT   ? BK_PLACING_BRACKETED
			     : standing.joined		      ? BK_PLACING_COMBINED
							      : BK_PLACING_OPEN;
	else
		out->state = standing.gone && !standing.unknown ? BK_PLACING_TAKEN : BK_PLACING_LOST;
}

/* ---- Places that are looked for ------------------------------------------------------------------------ */

static bool says(
	const bk_draft *draft, const struct bk_bracket *bracket, const char *party, struct bk_str words)
{
	size_t count, len;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);
	const char *bytes = bk_draft_bytes(draft, &len);
	const struct bk_str text = {bytes + bracket->text.start, bracket->text.end - bracket->text.start};

	for (uint32_t i = 0; i < bracket->attribution_count; i++)
		if (strcmp(all[bracket->attribution + i].party, party) == 0)
			return words.len && bk_str_equal(bk_str_trim(text), bk_str_trim(words));
	return false;
}

/* The one bracket that says the words under the party's name; BK_NONE when none does, or several do. */
static uint32_t find_words(const bk_draft *draft, const char *party, struct bk_str words)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	uint32_t found = BK_NONE;

	for (uint32_t i = 0; i < count; i++) {
		if (all[i].class != BK_CLASS_DISPUTED || !says(draft, &all[i], party, words))
			continue;
		if (found != BK_NONE)
			return BK_NONE;
		found = i;
	}
	return found;
}

static void search(
	const struct bk_placing *placing, const struct bk_proof_place *place, struct bk_placing_place *out)
{
	size_t count, party_count;
	const struct bk_proof_proposal *all = bk_proof_proposals(placing->proof, &count);
	const char *const *parties = bk_proof_parties(placing->proof, &party_count);

	out->bracket = out->won = out->gone = BK_NONE;
	out->offset = BK_NOWHERE;
	out->state = BK_PLACING_LOST;
	for (size_t i = 0; i < place->proposal_count && out->bracket == BK_NONE; i++) {
		const struct bk_proof_proposal *one = &all[place->first + i];
		const struct bk_str words = one->act == BK_MERGE_DELETE
						    ? (struct bk_str){place->words, place->len}
						    : (struct bk_str){one->words, one->len};

		out->bracket = find_words(placing->now, parties[one->party], words);
	}
	if (out->bracket == BK_NONE)
		return;
	out->offset = bk_draft_brackets(placing->now, &count)[out->bracket].start;
	out->state = place->mark == BK_PROOF_DEFERRED ? BK_PLACING_DEFERRED
		     : place->mark == BK_PROOF_KEPT   ? BK_PLACING_BRACKETED
						      : BK_PLACING_OPEN;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int place_all(struct bk_placing *placing)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	const struct bk_proof_place *before = NULL;

	for (size_t i = 0; i < count; i++) {
		const bool same = before && before->out.span.start == all[i].out.span.start &&
				  before->out.span.end == all[i].out.span.end;
		struct bk_placing_place *place;

		if (!all[i].bracketed)
			continue;
		before = &all[i];
		if (same) {
			place = &placing->places.items[placing->places.len - 1];
			place->count = i - place->first + 1;
			continue;
		}
		place = BK_VEC_PUSH(&placing->places);
		if (!place)
			return bk_fail_memory();
		place->first = i;
		place->count = 1;
		(placing->issued ? follow : search)(placing, &all[i], place);
	}
	return BK_OK;
}

int bk_placing_open(bk_placing **out, const struct bk_session *session)
{
	struct bk_placing *placing = bk_calloc(1, sizeof *placing);
	int status;

	if (!placing)
		return bk_fail_memory();
	placing->now = session->draft;
	status = find_path(placing, session);
	if (status == BK_OK)
		status = read_proof(placing);
	if (status == BK_OK)
		status = compare(placing, session);
	if (status == BK_OK)
		status = place_all(placing);
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
	bk_draft_free(placing->issued);
	bk_text_free(placing->text);
	bk_proof_free(placing->proof);
	bk_free(placing->fates);
	bk_free(placing->heirs);
	bk_free(placing->won);
	bk_free(placing->path);
	BK_VEC_RELEASE(&placing->places);
	bk_free(placing);
}

const struct bk_placing_place *bk_placing_places(const bk_placing *placing, size_t *count)
{
	*count = placing->places.len;
	return placing->places.items;
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

bool bk_placing_follow(
	const bk_placing *placing, const struct bk_proof_proposal *proposal, struct bk_followed *out)
{
	if (!placing->issued)
		return false;
	bk_comparison_follow(placing->comparison, proposal->out.span, out);
	return true;
}

int bk_placing_mark(bk_placing *placing, size_t place, enum bk_proof_mark mark)
{
	const size_t first = placing->places.items[place].first;
	size_t len, count;
	char *json;
	const enum bk_proof_mark before = bk_proof_places(placing->proof, &count)[first].mark;
	int status;

	bk_proof_mark(placing->proof, first, mark);
	status = bk_proof_write(placing->proof, &json, &len);
	if (status == BK_OK) {
		status = bk_file_replace_bytes(
			placing->path, (struct bk_str){json, len}, &placing->stamp, 0, &placing->stamp);
		bk_proof_free_json(json);
	}
	if (status < 0)
		bk_proof_mark(placing->proof, first, before);
	return status;
}
