#include "app/compilation.h"

#include "app/branches.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* ---- Texts ------------------------------------------------------------------------------------------- */

/* Keep memory until the compilation is released. */
static char *keep(struct bk_compilation *compilation, char *memory)
{
	char **kept = memory ? BK_VEC_PUSH(&compilation->memory) : NULL;

	if (kept)
		*kept = memory;
	else
		bk_free(memory);
	return kept ? memory : NULL;
}

static int read_blob(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const char *blob, struct bk_str *out)
{
	char *bytes;
	size_t len;
	int status;

	*out = BK_STR("");
	if (!*blob)
		return BK_OK;
	status = bk_revision_read_blob((bk_repository *)plan->repository, blob, &bytes, &len);
	if (status < 0)
		return status;
	*out = (struct bk_str){keep(compilation, bytes), len};
	return out->ptr ? BK_OK : bk_fail_memory();
}

static struct bk_version *find_version(struct bk_compilation *compilation, const char *party)
{
	for (size_t i = 0; i < compilation->versions.len; i++)
		if (strcmp(compilation->versions.items[i].party, party) == 0)
			return &compilation->versions.items[i];
	return NULL;
}

/* A later version of a party takes the place of an earlier one. */
static int put_version(
	struct bk_compilation *compilation, const char *party, const char *name, struct bk_str bytes)
{
	struct bk_version *version = find_version(compilation, party);

	if (!version)
		version = BK_VEC_PUSH(&compilation->versions);
	if (!version)
		return bk_fail_memory();
	*version = (struct bk_version){
		.party = party, .name = name, .bytes = bytes.ptr ? bytes.ptr : "", .len = bytes.len};
	return BK_OK;
}

static int put_others(struct bk_compilation *compilation, const struct bk_compilation_plan *plan)
{
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < plan->count; i++)
		status = put_version(
			compilation, plan->others[i].party, plan->others[i].name, plan->others[i].bytes);
	return status;
}

/* ---- Strands ----------------------------------------------------------------------------------------- */

static const char *party_of(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const struct bk_strand *strand, bool trunk)
{
	const struct bk_party *party = bk_roster_find(plan->roster, strand->party, strlen(strand->party));
	const char *code = party ? party->code : bk_branch_party(plan->roster, strand->branch);
	char title[BK_BRANCH_TITLE];

	if (!code)
		code = bk_branch_holder(plan->tips, plan->roster, strand->id, strand->blob);
	if (code)
		return code;
	if (*strand->party)
		return keep(compilation, bk_strdup(strand->party));
	if (trunk)
		return plan->ours->party;
	bk_branch_title(*strand->branch ? strand->branch : strand->id, title);
	return keep(compilation, bk_strdup(title));
}

/* "0123456789:outcome.txt" */
static const char *name_of(
	struct bk_compilation *compilation, const struct bk_compilation_plan *plan, const char *id)
{
	struct bk_buf name = BK_BUF_INIT;

	bk_buf_printf(&name, "%.10s:%s", id, plan->path);
	return keep(compilation, bk_buf_detach(&name, NULL));
}

static int put_strand(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const struct bk_strand *strand, const char *party)
{
	const char *name = name_of(compilation, plan, strand->id);
	struct bk_str bytes;
	int status = party && name ? BK_OK : bk_fail_memory();

	if (status == BK_OK)
		status = read_blob(compilation, plan, strand->blob, &bytes);
	return status == BK_OK ? put_version(compilation, party, name, bytes) : status;
}

/* The trunk is a version of its own where it is not what all come from. */
static int put_strands(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, struct bk_str *base)
{
	size_t count;
	const struct bk_strand *list = bk_strands_list(strands, &count);
	const struct bk_strand *root = bk_strands_base(strands);
	int status = read_blob(compilation, plan, root->blob, base);

	compilation->base_name = name_of(compilation, plan, root->id);
	if (status == BK_OK && !compilation->base_name)
		status = bk_fail_memory();
	for (size_t i = 0; status == BK_OK && i < count; i++)
		if (i > 0 || strcmp(list[i].blob, root->blob) != 0)
			status = put_strand(
				compilation, plan, &list[i], party_of(compilation, plan, &list[i], i == 0));
	return status;
}

static int merge_versions(const struct bk_compilation *compilation, struct bk_str base,
	const struct bk_merge_options *options, bk_merge **out)
{
	return bk_merge_new(
		out, base.ptr, base.len, compilation->versions.items, compilation->versions.len, options);
}

/*
 * Whether these versions give a text, in some style, with or without what is unopposed; then options are
 * those.
 */
static int try_options(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	struct bk_str base, struct bk_str text, struct bk_merge_options *options, bool *found)
{
	*found = false;
	for (unsigned i = 0; i < 2 * BK_STYLE_COUNT && !*found; i++) {
		bk_merge *merge;
		struct bk_str bytes;
		int status;

		/* First those that were asked for. */
		*options = plan->options;
		options->style = (enum bk_style)((plan->options.style + i / 2) % BK_STYLE_COUNT);
		options->unopposed = plan->options.unopposed != (i % 2 == 1);
		status = merge_versions(compilation, base, options, &merge);
		if (status == BK_ENOMEM)
			return status;
		if (status < 0)
			continue;
		bytes.ptr = bk_merge_bytes(merge, &bytes.len);
		*found = bk_str_equal(bytes, text);
		bk_merge_free(merge);
	}
	return BK_OK;
}

/* The strands of a revision, and what they come from together with the others and with those merged later. */
static int find_strands(
	const struct bk_compilation_plan *plan, const char *from, const bk_strands *later, bk_strands **out)
{
	BK_VEC(const char *) with = BK_VEC_INIT;
	size_t count = 0;
	const struct bk_strand *list = later ? bk_strands_list(later, &count) : NULL;
	int status = BK_VEC_RESERVE(&with, plan->count + count) ? BK_OK : bk_fail_memory();

	for (size_t i = 0; status == BK_OK && i < plan->count; i++)
		if (plan->others[i].revision)
			with.items[with.len++] = plan->others[i].revision;
	for (size_t i = 1; status == BK_OK && i < count; i++)
		with.items[with.len++] = list[i].id;
	if (status == BK_OK)
		status = bk_strands_new(out, plan->repository, plan->path, from, with.items, with.len);
	BK_VEC_RELEASE(&with);
	return status;
}

/* What was merged before gives this text: versions, base and options are those. */
struct found {
	struct bk_str base;
	struct bk_merge_options options;
	bool is;
};

static int match_strands(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, struct bk_str text, struct found *found)
{
	size_t count;
	int status;

	found->is = false;
	compilation->versions.len = 0;
	bk_strands_list(strands, &count);
	if (count < 2)
		return BK_OK;
	status = put_strands(compilation, plan, strands, &found->base);
	if (status == BK_OK)
		status = try_options(compilation, plan, found->base, text, &found->options, &found->is);
	return status;
}

/* Merge with what was merged before; *done tells whether ours is made of that and no more. */
static int merge_strands(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, bool *done)
{
	struct found found;
	int status = match_strands(compilation, plan, strands, plan->ours->bytes, &found);

	*done = status == BK_OK && found.is;
	if (*done)
		status = put_others(compilation, plan);
	if (*done && status == BK_OK)
		status = merge_versions(compilation, found.base, &found.options, &compilation->merge);
	return status;
}

/* ---- Edits of what was merged ------------------------------------------------------------------------ */

/* What persons did to a compilation: its text before and after.  Edits are looked for so far back. */
enum { EDITS = 30 };
struct edit {
	struct bk_str before, after;
};

/* Do the same to another compilation.  BK_ECHANGED: it is about the very words that differ there. */
static int edit_again(struct bk_compilation *compilation, const struct edit *edit, struct bk_str *out)
{
	struct bk_str bytes;
	char *edited;
	size_t len;
	int status;

	bytes.ptr = bk_merge_bytes(compilation->merge, &bytes.len);
	status = bk_store_merge(edit->before.ptr, edit->before.len, bytes.ptr, bytes.len, edit->after.ptr,
		edit->after.len, &edited, &len);
	if (status < 0)
		return status;
	*out = (struct bk_str){keep(compilation, edited), len};
	return out->ptr ? BK_OK : bk_fail_memory();
}

/* Go back over edits, from the trunk on, to the compilation that was edited. */
static int find_edited(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, struct edit *edit, struct found *found)
{
	size_t count;
	const struct bk_strand *trunk = bk_strands_list(strands, &count);
	char revision[48];
	int status = read_blob(compilation, plan, trunk->blob, &edit->after);

	found->is = false;
	snprintf(revision, sizeof revision, "%s~1", trunk->id);
	for (int i = 0; status == BK_OK && i < EDITS && !found->is; i++) {
		bk_strands *lower = NULL;
		char *bytes;

		status = bk_revision_read(
			(bk_repository *)plan->repository, revision, plan->path, &bytes, &edit->before.len);
		if (status == BK_OK && !(edit->before.ptr = keep(compilation, bytes)))
			status = bk_fail_memory();
		if (status == BK_OK)
			status = find_strands(plan, revision, strands, &lower);
		if (status == BK_OK)
			status = match_strands(compilation, plan, lower, edit->before, found);
		if (status == BK_OK)
			snprintf(revision, sizeof revision, "%s~1", bk_strands_list(lower, &count)->id);
		if (status == BK_OK && count > 1)
			i = EDITS;
		bk_strands_free(lower);
	}
	return status;
}

/* Those that were merged after the edit, and then the others; what it was is done again to both. */
static int merge_again(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, const struct edit *edit, const struct found *found, bool *done)
{
	size_t count;
	const struct bk_strand *list = bk_strands_list(strands, &count);
	struct bk_str now;
	int status = BK_OK;

	for (size_t i = 1; status == BK_OK && i < count; i++)
		status =
			put_strand(compilation, plan, &list[i], party_of(compilation, plan, &list[i], false));
	if (status == BK_OK)
		status = merge_versions(compilation, found->base, &found->options, &compilation->merge);
	if (status == BK_OK)
		status = edit_again(compilation, edit, &now);
	*done = status == BK_OK && bk_str_equal(now, plan->ours->bytes);
	bk_merge_free(compilation->merge);
	compilation->merge = NULL;
	if (!*done)
		return status;
	status = put_others(compilation, plan);
	if (status == BK_OK)
		status = merge_versions(compilation, found->base, &found->options, &compilation->merge);
	return status == BK_OK ? edit_again(compilation, edit, &compilation->bytes) : status;
}

static int merge_edited(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	const bk_strands *strands, bool *done)
{
	struct edit edit;
	struct found found;
	int status = find_edited(compilation, plan, strands, &edit, &found);

	*done = false;
	if (status == BK_OK && found.is)
		status = merge_again(compilation, plan, strands, &edit, &found, done);
	*done = *done && status == BK_OK;
	return status;
}

/* A history that cannot be told, and edits that cannot be done again, are none. */
static int merge_history(
	struct bk_compilation *compilation, const struct bk_compilation_plan *plan, bool *done)
{
	bk_strands *strands = NULL;
	int status = find_strands(plan, plan->ours->revision, NULL, &strands);

	*done = false;
	if (status == BK_OK)
		status = merge_strands(compilation, plan, strands, done);
	if (status == BK_OK && !*done && plan->edits)
		status = merge_edited(compilation, plan, strands, done);
	bk_strands_free(strands);
	if (*done && status == BK_OK)
		return BK_OK;
	*done = false;
	compilation->versions.len = 0;
	bk_merge_free(compilation->merge);
	compilation->merge = NULL;
	return status == BK_ENOMEM ? status : BK_OK;
}

/* ---- All of it --------------------------------------------------------------------------------------- */

/* Ours as one version, where it is not the base; the others keep their names. */
static int put_ours(struct bk_compilation *compilation, const struct bk_compilation_plan *plan)
{
	const struct bk_compilation_side *ours = plan->ours;
	const char *party;

	if (!ours || bk_str_equal(ours->bytes, plan->base))
		return BK_OK;
	party = ours->party;
	for (size_t i = 0; i < plan->count; i++)
		if (strcmp(plan->others[i].party, party) == 0)
			party = "OURS";
	return put_version(compilation, party, ours->name, ours->bytes);
}

static int make(struct bk_compilation *out, const struct bk_compilation_plan *plan)
{
	bool done = false;
	int status = BK_OK;

	if (plan->ours && plan->ours->revision)
		status = merge_history(out, plan, &done);
	if (status < 0 || done)
		return status;
	out->base_name = plan->base_name;
	status = put_ours(out, plan);
	if (status == BK_OK)
		status = put_others(out, plan);
	return status == BK_OK ? merge_versions(out, plan->base, &plan->options, &out->merge) : status;
}

int bk_compilation_make(struct bk_compilation *out, const struct bk_compilation_plan *plan)
{
	int status;

	*out = (struct bk_compilation){.merge = NULL};
	status = make(out, plan);
	if (status == BK_OK && !out->bytes.ptr)
		out->bytes.ptr = bk_merge_bytes(out->merge, &out->bytes.len);
	return status;
}

static bool is_other(const struct bk_compilation_plan *plan, const char *party)
{
	for (size_t i = 0; i < plan->count; i++)
		if (strcmp(plan->others[i].party, party) == 0)
			return true;
	return false;
}

/* Proposals come by their places, so that each place is counted once. */
size_t bk_compilation_disputes(
	const struct bk_compilation *compilation, const struct bk_compilation_plan *plan)
{
	size_t count, version_count, place_count, disputes = 0;
	const struct bk_merge_proposal *proposals = bk_merge_proposals(compilation->merge, &count);
	const struct bk_version *versions = bk_merge_versions(compilation->merge, &version_count);
	const struct bk_merge_place *places = bk_merge_places(compilation->merge, &place_count);
	uint32_t counted = BK_NONE;

	for (size_t i = 0; i < count; i++) {
		const uint32_t place = proposals[i].place;

		if (place == BK_NONE || place == counted || !places[place].bracketed ||
			!is_other(plan, versions[proposals[i].party].party))
			continue;
		disputes++;
		counted = place;
	}
	return disputes;
}

void bk_compilation_release(struct bk_compilation *compilation)
{
	bk_merge_free(compilation->merge);
	for (size_t i = 0; i < compilation->memory.len; i++)
		bk_free(compilation->memory.items[i]);
	BK_VEC_RELEASE(&compilation->memory);
	BK_VEC_RELEASE(&compilation->versions);
}
