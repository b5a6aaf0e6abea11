#include "app/joining.h"

#include "app/branches.h"
#include "app/compilation.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define PLAIN  0100644
#define LEDGER ".ledger"
#define PROOF  ".proof"

enum { LOOKED_AT = 8000 }; /* bytes, as git does */

/* A path, and which branches have it otherwise than the base. */
struct crossing {
	const struct bk_branch_path *path;
	const struct bk_branch *branches;
	size_t count;
	size_t changed; /* how many of the branches, the target apart */
	size_t first;	/* of these; 0: none */
	bool alike;	/* all of these, and the target where it changed */
};

static char *keep(struct bk_joining *joining, char *memory)
{
	char **kept = memory ? BK_VEC_PUSH(&joining->memory) : NULL;

	if (kept)
		*kept = memory;
	else
		bk_free(memory);
	return kept ? memory : NULL;
}

static bool same(const struct bk_branch_file *a, const struct bk_branch_file *b)
{
	return a->mode == b->mode && strcmp(a->blob, b->blob) == 0;
}

static struct bk_joined *add(struct bk_joining *joining, enum bk_joined_kind kind, const char *name)
{
	struct bk_joined *joined = BK_VEC_PUSH(&joining->files);

	if (joined)
		*joined = (struct bk_joined){.kind = kind, .name = name};
	return joined;
}

static void look(struct crossing *crossing)
{
	const struct bk_branch_path *path = crossing->path;
	const struct bk_branch_file *one = same(&path->files[0], &path->base) ? NULL : &path->files[0];

	crossing->alike = true;
	for (size_t i = 1; i < crossing->count; i++) {
		if (crossing->branches[i].joined || same(&path->files[i], &path->base))
			continue;
		crossing->changed++;
		if (!crossing->first)
			crossing->first = i;
		if (one && !same(one, &path->files[i]))
			crossing->alike = false;
		one = &path->files[i];
	}
}

/* ---- Kinds of files ---------------------------------------------------------------------------------- */

static bool ends(const char *name, const char *with)
{
	return bk_str_ends(bk_str_of(name), bk_str_of(with));
}

static bool has_ledger(const struct bk_joining *joining, const char *name)
{
	struct bk_buf ledger = BK_BUF_INIT;
	struct bk_branch_file file = {.mode = 0};

	bk_buf_printf(&ledger, "%s" LEDGER, name);
	if (bk_buf_status(&ledger) == BK_OK)
		bk_gathering_find(joining->gathering, bk_buf_string(&ledger), &file);
	bk_buf_release(&ledger);
	return file.mode != 0;
}

static bool is_file(const struct bk_branch_file *file)
{
	return (file->mode & 0170000) == 0100000;
}

static bool is_draft_name(const struct bk_joining *joining, const char *name)
{
	return ends(name, ".txt") || ends(name, ".md") || has_ledger(joining, name);
}

/* Made of a draft, and made anew with it. */
static bool is_proof(struct bk_joining *joining, const char *name)
{
	struct bk_buf draft = BK_BUF_INIT;
	bool is = ends(name, PROOF);

	bk_buf_put(&draft, name, strlen(name) - (is ? sizeof PROOF - 1 : 0));
	is = is && bk_buf_status(&draft) == BK_OK && is_draft_name(joining, bk_buf_string(&draft));
	bk_buf_release(&draft);
	return is;
}

/* A NUL at its beginning makes a file no text, as for git. */
static bool is_binary(struct bk_joining *joining, const struct bk_branch_file *file)
{
	char *bytes;
	size_t len;
	bool is;

	if (!file->mode || bk_revision_read_blob(joining->repository, file->blob, &bytes, &len) < 0)
		return false; /* reading it again says why */
	is = memchr(bytes, 0, len < LOOKED_AT ? len : LOOKED_AT) != NULL;
	bk_store_free(bytes);
	return is;
}

/* A text that stood in the base, or that several began, and that nobody took away or made something else. */
static bool is_draft(struct bk_joining *joining, const struct crossing *crossing)
{
	const struct bk_branch_path *path = crossing->path;

	if (!is_draft_name(joining, path->name))
		return false;
	if (path->base.mode ? !is_file(&path->base) : crossing->alike)
		return false;
	for (size_t i = 0; i < crossing->count; i++)
		if (!crossing->branches[i].joined && !is_file(&path->files[i]) &&
			(path->base.mode || path->files[i].mode))
			return false;
	for (size_t i = 0; i < crossing->count; i++)
		if (!crossing->branches[i].joined && is_binary(joining, &path->files[i]))
			return false;
	return !is_binary(joining, &path->base);
}

static int read_file(struct bk_joining *joining, const struct bk_branch_file *file, struct bk_str *out)
{
	char *bytes;
	size_t len;
	int status;

	*out = BK_STR("");
	if (!file->mode)
		return BK_OK;
	status = bk_revision_read_blob(joining->repository, file->blob, &bytes, &len);
	if (status < 0)
		return status;
	*out = (struct bk_str){keep(joining, bytes), len};
	return out->ptr ? BK_OK : bk_fail_memory();
}

/* ---- Taking ------------------------------------------------------------------------------------------- */

static int take(struct bk_joining *joining, const struct crossing *crossing)
{
	const struct bk_branch_file *file = &crossing->path->files[crossing->first];
	struct bk_joined *joined;

	if (same(file, &crossing->path->files[0]))
		return BK_OK;
	joined = add(joining, BK_JOINED_TAKEN, crossing->path->name);
	if (!joined)
		return bk_fail_memory();
	joined->from = crossing->branches[crossing->first].name;
	joined->file = *file;
	joined->old = crossing->path->files[0];
	return BK_OK;
}

/* ---- Ledgers ----------------------------------------------------------------------------------------- */

static int unite_one(struct bk_joining *joining, const struct bk_branch_file *file, struct bk_str *all)
{
	struct bk_str bytes;
	char *united;
	size_t len;
	int status = read_file(joining, file, &bytes);

	if (status == BK_OK)
		status = bk_ledger_union(all->ptr, all->len, bytes.ptr, bytes.len, &united, &len);
	if (status < 0)
		return status;
	*all = (struct bk_str){keep(joining, united), len};
	return all->ptr ? BK_OK : bk_fail_memory();
}

/* What the base knew stays known, whoever took the file away. */
static int unite(struct bk_joining *joining, const struct crossing *crossing)
{
	const struct bk_branch_path *path = crossing->path;
	struct bk_str all = BK_STR("");
	struct bk_branch_file file = {.mode = PLAIN};
	struct bk_joined *joined;
	int status = unite_one(joining, &path->base, &all);

	for (size_t i = 0; status == BK_OK && i < crossing->count; i++)
		if (!crossing->branches[i].joined)
			status = unite_one(joining, &path->files[i], &all);
	if (status == BK_OK)
		status = bk_blob_keep(joining->repository, all.ptr, all.len, file.blob);
	if (status < 0 || same(&file, &path->files[0]))
		return status;
	joined = add(joining, BK_JOINED_UNITED, path->name);
	if (!joined)
		return bk_fail_memory();
	joined->file = file;
	joined->old = path->files[0];
	return BK_OK;
}

/* ---- Drafts ------------------------------------------------------------------------------------------ */

/* "party/EU:outcome.txt" */
static const char *name_text(struct bk_joining *joining, const char *revision, const char *path)
{
	struct bk_buf name = BK_BUF_INIT;

	bk_buf_printf(&name, "%s:%s", revision, path);
	return keep(joining, bk_buf_detach(&name, NULL));
}

/* "0123456789:outcome.txt" */
static const char *name_base(struct bk_joining *joining, const char *path)
{
	char base[11];

	snprintf(base, sizeof base, "%.10s", bk_gathering_base(joining->gathering));
	return name_text(joining, base, path);
}

static int put_proof(struct bk_joining *joining, const struct bk_compilation *compilation, const char *path)
{
	struct bk_buf name = BK_BUF_INIT;
	struct bk_branch_file file = {.mode = PLAIN}, old = {.mode = 0};
	struct bk_joined *joined;
	char *json, *kept;
	size_t len;
	int status = bk_merge_prove(compilation->merge, path, compilation->base_name, &json, &len);

	if (status < 0)
		return status;
	status = bk_blob_keep(joining->repository, json, len, file.blob);
	bk_proof_free_bytes(json);
	bk_buf_printf(&name, "%s" PROOF, path);
	kept = keep(joining, bk_buf_detach(&name, NULL));
	if (status == BK_OK && !kept)
		status = bk_fail_memory();
	if (status == BK_OK)
		status = bk_gathering_find(joining->gathering, kept, &old);
	if (status < 0 || same(&file, &old))
		return status;
	joined = add(joining, BK_JOINED_PROOF, kept);
	if (!joined)
		return bk_fail_memory();
	joined->file = file;
	joined->old = old;
	return BK_OK;
}

static int put_draft(
	struct bk_joining *joining, const struct bk_compilation *compilation, const struct crossing *crossing)
{
	const struct bk_branch_path *path = crossing->path;
	struct bk_joined *joined = add(joining, BK_JOINED_COMPILED, path->name);
	const char *bytes;
	size_t len, count;
	const struct bk_merge_place *places = bk_merge_places(compilation->merge, &count);
	int status;

	if (!joined)
		return bk_fail_memory();
	bytes = bk_merge_bytes(compilation->merge, &len);
	joined->old = path->files[0];
	joined->file.mode = path->files[0].mode ? path->files[0].mode : PLAIN;
	joined->disputes =
		bk_merge_disputes(compilation->merge) + bk_merge_inner_disputes(compilation->merge);
	joined->names_left = bk_merge_names_left(compilation->merge);
	for (size_t i = 0; i < count; i++)
		joined->taken += !places[i].bracketed;
	status = bk_blob_keep(joining->repository, bytes, len, joined->file.blob);
	return status == BK_OK ? put_proof(joining, compilation, path->name) : status;
}

static int fill_side(struct bk_joining *joining, const struct crossing *crossing, size_t branch,
	const char *party, struct bk_compilation_side *side)
{
	const char *name = crossing->branches[branch].name;

	side->party = party;
	side->revision = crossing->branches[branch].id;
	side->name = name_text(joining, name, crossing->path->name);
	return side->name ? read_file(joining, &crossing->path->files[branch], &side->bytes)
			  : bk_fail_memory();
}

/* Whose the target's own changes are: a party's branch, or the target's by its title. */
static const char *party_of_target(
	struct bk_joining *joining, const struct crossing *crossing, const bk_tips *tips)
{
	const struct bk_branch *target = &crossing->branches[0];
	const char *party = bk_branch_party(joining->roster, target->name);
	char title[BK_BRANCH_TITLE];

	if (!party)
		party = bk_branch_holder(tips, joining->roster, target->id, crossing->path->files[0].blob);
	if (party)
		return party;
	bk_branch_title(target->name, title);
	return keep(joining, bk_strdup(title));
}

static int compile_sides(struct bk_joining *joining, const struct crossing *crossing, const bk_tips *tips,
	const struct bk_compilation_side *sides, size_t count)
{
	const struct bk_branch_path *path = crossing->path;
	struct bk_compilation_plan plan = {.repository = joining->repository,
		.tips = tips,
		.roster = joining->roster,
		.path = path->name,
		.options = joining->options,
		.base_name = name_base(joining, path->name),
		.ours = path->files[0].mode ? &sides[0] : NULL,
		.others = &sides[1],
		.count = count - 1};
	struct bk_compilation compilation = {.merge = NULL};
	int status = plan.base_name ? read_file(joining, &path->base, &plan.base) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_compilation_make(&compilation, &plan);
	if (status == BK_OK)
		status = put_draft(joining, &compilation, crossing);
	bk_compilation_release(&compilation);
	return status;
}

static int fill_sides(struct bk_joining *joining, const struct crossing *crossing, const bk_tips *tips,
	struct bk_compilation_side *sides, size_t *count)
{
	const char *target = party_of_target(joining, crossing, tips);
	int status = target ? fill_side(joining, crossing, 0, target, &sides[0]) : bk_fail_memory();

	*count = 1;
	for (size_t i = 1; status == BK_OK && i < crossing->count; i++)
		if (!crossing->branches[i].joined) {
			status = fill_side(
				joining, crossing, i, joining->parties.items[*count - 1], &sides[*count]);
			++*count;
		}
	return status;
}

static int compile(struct bk_joining *joining, const struct crossing *crossing)
{
	struct bk_compilation_side *sides = bk_calloc(crossing->count, sizeof *sides);
	bk_tips *tips = NULL;
	size_t count = 0;
	int status = sides ? bk_tips_new(&tips, joining->repository, crossing->path->name) : bk_fail_memory();

	if (status == BK_OK)
		status = fill_sides(joining, crossing, tips, sides, &count);
	if (status == BK_OK)
		status = compile_sides(joining, crossing, tips, sides, count);
	bk_tips_free(tips);
	bk_free(sides);
	return status;
}

/* ---- All of it --------------------------------------------------------------------------------------- */

/* The party of each branch that comes. */
static int name_parties(struct bk_joining *joining, const struct bk_branch *branches, size_t count)
{
	const char **end;

	for (size_t i = 1; i < count; i++) {
		const char *party = bk_branch_party(joining->roster, branches[i].name);
		char title[BK_BRANCH_TITLE];
		const char **slot;

		if (branches[i].joined)
			continue;
		bk_branch_title(branches[i].name, title);
		if (!party)
			party = keep(joining, bk_strdup(title));
		for (size_t j = 0; party && j < joining->parties.len; j++)
			if (strcmp(joining->parties.items[j], party) == 0)
				return bk_fail(BK_EINVAL,
					"'%s' is the second branch of '%s': a party has one version",
					branches[i].name, party);
		slot = party ? BK_VEC_PUSH(&joining->parties) : NULL;
		if (!slot)
			return bk_fail_memory();
		*slot = party;
	}
	end = BK_VEC_PUSH(&joining->parties);
	return end ? BK_OK : bk_fail_memory();
}

static int join(struct bk_joining *joining, struct crossing *crossing, struct bk_buf *refused)
{
	look(crossing);
	if (!crossing->changed || is_proof(joining, crossing->path->name))
		return BK_OK;
	if (ends(crossing->path->name, LEDGER))
		return unite(joining, crossing);
	if (is_draft(joining, crossing))
		return compile(joining, crossing);
	if (crossing->alike)
		return take(joining, crossing);
	bk_buf_printf(refused, "%s'%s'", refused->len ? ", " : "", crossing->path->name);
	return bk_buf_status(refused);
}

int bk_joining_plan(struct bk_joining *joining)
{
	struct bk_buf refused = BK_BUF_INIT;
	size_t count, path_count;
	const struct bk_branch *branches = bk_gathering_branches(joining->gathering, &count);
	const struct bk_branch_path *paths = bk_gathering_paths(joining->gathering, &path_count);
	int status = name_parties(joining, branches, count);

	for (size_t i = 0; status == BK_OK && i < path_count; i++) {
		struct crossing crossing = {.path = &paths[i], .branches = branches, .count = count};

		status = join(joining, &crossing, &refused);
	}
	if (status == BK_OK && refused.len)
		status = bk_fail(BK_ECHANGED,
			"several branches changed what is no draft, each otherwise: %s: "
			"agree on one of them first",
			bk_buf_string(&refused));
	bk_buf_release(&refused);
	return status;
}

void bk_joining_release(struct bk_joining *joining)
{
	for (size_t i = 0; i < joining->memory.len; i++)
		bk_free(joining->memory.items[i]);
	BK_VEC_RELEASE(&joining->memory);
	BK_VEC_RELEASE(&joining->parties);
	BK_VEC_RELEASE(&joining->files);
}
