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

/*
 * Whether these versions give ours, in some style, with or without what is unopposed; then options are those.
 */
static int try_options(struct bk_compilation *compilation, const struct bk_compilation_plan *plan,
	struct bk_str base, struct bk_merge_options *options, bool *found)
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
		status = bk_merge_new(&merge, base.ptr, base.len, compilation->versions.items,
			compilation->versions.len, options);
		if (status == BK_ENOMEM)
			return status;
		if (status < 0)
			continue;
		bytes.ptr = bk_merge_bytes(merge, &bytes.len);
		*found = bk_str_equal(bytes, plan->ours->bytes);
		bk_merge_free(merge);
	}
	return BK_OK;
}

static int find_strands(const struct bk_compilation_plan *plan, bk_strands **out)
{
	BK_VEC(const char *) with = BK_VEC_INIT;
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < plan->count; i++) {
		const char **revision;

		if (!plan->others[i].revision)
			continue;
		revision = BK_VEC_PUSH(&with);
		if (revision)
			*revision = plan->others[i].revision;
		else
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = bk_strands_new(
			out, plan->repository, plan->path, plan->ours->revision, with.items, with.len);
	BK_VEC_RELEASE(&with);
	return status;
}

/* Merge with what was merged before; *done tells whether ours is made of that and no more. */
static int merge_strands(
	struct bk_compilation *compilation, const struct bk_compilation_plan *plan, bool *done)
{
	struct bk_merge_options options;
	struct bk_str base;
	bk_strands *strands = NULL;
	size_t count = 0;
	int status = find_strands(plan, &strands);

	*done = false;
	if (status == BK_OK)
		bk_strands_list(strands, &count);
	if (status == BK_OK && count > 1)
		status = put_strands(compilation, plan, strands, &base);
	bk_strands_free(strands);
	if (status == BK_OK && count > 1)
		status = try_options(compilation, plan, base, &options, done);
	if (status == BK_OK && *done)
		status = put_others(compilation, plan);
	if (status == BK_OK && *done)
		return bk_merge_new(&compilation->merge, base.ptr, base.len, compilation->versions.items,
			compilation->versions.len, &options);
	/* A history that cannot be told is none. */
	compilation->versions.len = 0;
	*done = false;
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

int bk_compilation_make(struct bk_compilation *out, const struct bk_compilation_plan *plan)
{
	bool done = false;
	int status = BK_OK;

	*out = (struct bk_compilation){.merge = NULL};
	if (plan->ours && plan->ours->revision)
		status = merge_strands(out, plan, &done);
	if (status < 0 || done)
		return status;
	out->base_name = plan->base_name;
	status = put_ours(out, plan);
	if (status == BK_OK)
		status = put_others(out, plan);
	return status == BK_OK ? bk_merge_new(&out->merge, plan->base.ptr, plan->base.len,
					 out->versions.items, out->versions.len, &plan->options)
			       : status;
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
