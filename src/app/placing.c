/* Places of a merge, followed into the draft: see placing.h. */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/draft.h"
#include "ledger/event.h"

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

static struct bk_draft_options options_of(const struct bk_placing_source *source)
{
	return (struct bk_draft_options){.conventions = source->conventions,
		.names = source->names,
		.is_stopped = source->is_stopped,
		.stop_context = source->context};
}

/* The compilation, read without the ledger. */
static int read_unnamed(
	struct bk_placing *placing, const struct bk_placing_source *source, const bk_snapshot *issued)
{
	const struct bk_draft_options options = options_of(source);
	const int status = bk_draft_new(&placing->own_issued, issued, &options);

	placing->issued = placing->own_issued;
	return status;
}

/* The compilation as it was merged, read anew where it is another than was known. */
static int read_issued(struct bk_placing *placing, const struct bk_placing_source *source)
{
	bk_snapshot *issued;
	int status = bk_placing_find_issued(placing->proof, source, &issued);

	if (status < 0)
		return status;
	placing->issued = source->known;
	if (!source->known || issued != bk_draft_snapshot(source->known))
		status = read_unnamed(placing, source, issued);
	bk_snapshot_free(issued);
	return status;
}

/* What the names say that a ledger keeps. */
static const struct bk_override *kept_overrides(const struct bk_placing *placing, size_t *count)
{
	*count = 0;
	return placing->issued_names.kept ? bk_kept_overrides(placing->issued_names.kept, count) : NULL;
}

/* Whether the compilation was read with just that. */
static bool is_read_with_names(const struct bk_placing *placing)
{
	size_t count;
	const struct bk_override *all = kept_overrides(placing, &count);
	const bk_draft *draft = placing->issued;

	if (draft->override_count != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bk_override *one = bk_draft_override(draft, all[i].start);

		if (!one || one->acts != all[i].acts || one->has_class != all[i].has_class ||
			one->has_choice != all[i].has_choice ||
			(one->has_class && one->class != all[i].class) ||
			(one->has_choice && one->choice != all[i].choice))
			return false;
	}
	return true;
}

/* What was read without the ledger, again with what the names say that it keeps. */
static int read_issued_again(struct bk_placing *placing, const struct bk_placing_source *source)
{
	bk_draft *first = placing->own_issued;
	struct bk_draft_options options = options_of(source);

	options.overrides = kept_overrides(placing, &options.override_count);
	const int status = bk_draft_new(&placing->own_issued, bk_draft_snapshot(first), &options);

	if (status < 0)
		return status;
	placing->issued = placing->own_issued;
	placing->unnamed = first;
	return BK_OK;
}

/* Whether a ledger says anything of names that it keeps. */
static bool keeps_names(const bk_ledger *ledger)
{
	size_t count;
	const struct bk_event *events = ledger ? bk_ledger_events(ledger, &count) : NULL;

	for (size_t i = 0; ledger && i < count; i++)
		if (bk_event_is_name(&events[i]))
			return true;
	return false;
}

static int read_issued_names(struct bk_placing *placing, const struct bk_placing_source *source)
{
	bk_binding *binding;
	int status = bk_binding_new(&binding, source->ledger, placing->issued);

	if (status < 0)
		return status;
	status = bk_placing_names_read(&placing->issued_names, placing->issued, binding, source->ledger);
	bk_binding_free(binding);
	return status;
}

/* Who stands beside the brackets of both.  Names may have come to the ledger since the compilation was first read;
 * those read anew borrow from a draft of the placing's own. */
static int read_names(struct bk_placing *placing, const struct bk_placing_source *source)
{
	int status;

	placing->now_names.draft = placing->now;
	placing->issued_names.draft = placing->issued;
	if (!keeps_names(source->ledger))
		return BK_OK;
	status = bk_placing_names_read(&placing->now_names, placing->now, source->binding, source->ledger);
	if (status == BK_OK)
		status = read_issued_names(placing, source);
	if (status < 0 || is_read_with_names(placing))
		return status;
	if (!placing->own_issued) {
		bk_placing_names_release(&placing->issued_names);
		status = read_unnamed(placing, source, bk_draft_snapshot(placing->issued));
		if (status == BK_OK)
			status = read_issued_names(placing, source);
	}
	if (status == BK_OK)
		status = read_issued_again(placing, source);
	placing->issued_names.draft = placing->issued;
	return status;
}

/* The base, where the compilation is the one that the proof is of; one that is damaged gives none. */
static int read_base(struct bk_placing *placing)
{
	struct bk_str issued;
	size_t len = 0;

	issued.ptr = bk_draft_bytes(placing->issued, &issued.len);
	const int status =
		bk_proof_recover(placing->proof, "base", issued.ptr, issued.len, &placing->own_base, &len);

	if (status == BK_OK)
		placing->base = (struct bk_str){placing->own_base, len};
	return status == BK_EFORMAT ? BK_OK : status;
}

static int compare(struct bk_placing *placing, const struct bk_placing_source *source)
{
	const char *bytes;
	size_t len;
	int status = read_issued(placing, source);

	if (status == BK_OK)
		status = read_names(placing, source);
	if (status == BK_OK)
		status = bk_comparison_new_stoppable(&placing->comparison, placing->issued, placing->now,
			source->is_stopped, source->context);
	if (status < 0)
		return status;
	bytes = bk_draft_bytes(placing->issued, &len);
	placing->exact = bk_proof_is_of(placing->proof, bytes, len);
	if (placing->exact)
		status = read_base(placing);
	else
		status = bk_placing_find_owner(placing->proof, source->path, &placing->owner);
	return status == BK_OK ? bk_placing_read_fates(placing) : status;
}

/* ---- Places --------------------------------------------------------------------------------------------- */

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
		.withdrawn = BK_NONE,
		.offset = BK_NOWHERE};
	for (size_t i = 0; i < count && !found; i++)
		found = bk_placing_search(
			placing, &placing->issued_names, everywhere, &all[first + i], &span);
	return found ? bk_placing_find_standing(placing, span, all[first].mark, place) : BK_OK;
}

static int place_all(struct bk_placing *placing)
{
	size_t count, brackets, end = 0;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	int status = BK_OK;

	bk_draft_brackets(placing->issued, &brackets);
	placing->owned = bk_calloc(brackets + 1, sizeof *placing->owned);
	if (!placing->owned)
		return bk_fail_memory();
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
		.ledger = session->ledger,
		.binding = session->binding,
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
	bk_placing_names_release(&placing->issued_names);
	bk_placing_names_release(&placing->now_names);
	bk_draft_free(placing->own_issued);
	bk_draft_free(placing->unnamed);
	bk_proof_free(placing->proof);
	bk_proof_free_bytes(placing->own_base);
	bk_free(placing->fates);
	bk_free(placing->owned);
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

/* One whose bracket has no words: in that, or in the label of its provision. */
static void follow_wordless(const struct bk_placing *placing, struct bk_span span, struct bk_followed *out)
{
	size_t count, now_count;
	const struct bk_bracket *issued = bk_draft_brackets(placing->issued, &count),
				*now = bk_draft_brackets(placing->now, &now_count);
	const uint32_t bracket = bk_draft_bracket_at(placing->issued, span.start);

	if (bracket != BK_NONE && issued[bracket].text.start >= span.start &&
		issued[bracket].text.end <= span.end) {
		span = issued[bracket].text;
		if (placing->fates[bracket].now != BK_NONE) {
			*out = (struct bk_followed){now[placing->fates[bracket].now].text, 1, 1};
			return;
		}
	}
	bk_comparison_follow_label(placing->comparison, span, out);
}

bool bk_placing_follow(
	const bk_placing *placing, const struct bk_proof_proposal *proposal, struct bk_followed *out)
{
	if (!placing->exact)
		return false;
	bk_comparison_follow(placing->comparison, proposal->out.span, out);
	if (!out->words)
		follow_wordless(placing, proposal->out.span, out);
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
