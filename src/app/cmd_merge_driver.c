/*
 * bracked merge-driver: what git calls to merge two versions of a draft (gitattributes(5), merge.*.driver).
 *
 *	BASE OURS THEIRS MARKER-SIZE PATH [BASE-LABEL OUR-LABEL THEIR-LABEL]
 *
 *	exit 0		merged; OURS holds the result
 *	exit 1		merged, with brackets where people differ, or left as ours: the path stays unmerged
 *	exit 131	could not: OURS is as it was, and git gives the merge up (before 2.41: as exit 1)
 *
 * The files are temporary ones; whose they are is told by what git has under way.  Labels come from git 2.44 on;
 * what an earlier one hands over in their places begins with "%".
 */
#include "app/branches.h"
#include "app/compilation.h"
#include "app/handed.h"
#include "app/subject.h"
#include "base/error.h"
#include "draft/conventions.h"
#include "draft/inscription.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANNOT = 128 + BK_EXIT_FAILED };

#define HEADS "GITHEAD_" /* of a variable with the name of a branch that is merged, then its revision */

extern char **environ;

struct call {
	const char *path;
	const char *label; /* of theirs; NULL: git gives none */
	struct bk_handing handing;
	const bk_roster *roster;
	bk_repository *repository; /* NULL: it cannot be told who is who */
	bk_tips *tips;
	bk_settings *person;
	struct bk_head head;
	struct bk_handed base, ours, theirs;
	char blobs[2][41]; /* of ours and theirs */
	char merged[41];   /* the revision that is merged; "" where it is none, as in a rebase */
	const char *merged_name;
	char titles[2][BK_BRANCH_TITLE];
};

/* ---- Who is who ---------------------------------------------------------------------------------------- */

/* git merge names the one branch that comes; a merge of several at once calls no driver. */
static void find_merged(struct call *call)
{
	for (char **at = environ; *at; at++) {
		const char *id = *at + sizeof HEADS - 1, *end;

		if (strncmp(*at, HEADS, sizeof HEADS - 1) != 0)
			continue;
		end = strchr(id, '=');
		if (!end || end - id != 40 || call->merged[0]) {
			call->merged[0] = '\0';
			return;
		}
		memcpy(call->merged, id, 40);
		call->merged_name = end + 1;
	}
}

/* What of git's cannot be read tells nothing: texts are merged all the same. */
static int look_at_git(struct call *call)
{
	int status = bk_repository_open(&call->repository, ".");

	if (status == BK_OK)
		status = bk_tips_new(&call->tips, call->repository, call->path);
	if (status == BK_OK)
		status = bk_head_read(call->repository, &call->head);
	if (status == BK_OK)
		status = bk_settings_person(&call->person, call->repository);
	if (status == BK_OK && !call->head.rebasing)
		find_merged(call);
	if (status == BK_OK || status == BK_ENOMEM)
		return status;
	bk_repository_free(call->repository);
	call->repository = NULL;
	return BK_OK;
}

static int look_around(struct call *call, const struct bk_session_options *options)
{
	const int status = bk_handing_init(&call->handing, options);

	if (status < 0)
		return status;
	call->roster = call->handing.surroundings ? call->handing.surroundings->roster : call->handing.roster;
	return look_at_git(call);
}

/* The party of the person at work. */
static const char *person_of(const struct call *call)
{
	const char *name = bk_settings_get(call->person, "bracked.party", "");
	const struct bk_party *party = bk_roster_find(call->roster, name, strlen(name));

	return party ? party->code : NULL;
}

/* The party whose draft once had these bytes: of a revision that is picked out. */
static const char *find_author(const struct call *call, const char *blob)
{
	size_t count;
	const struct bk_tip *tips = bk_tips_list(call->tips, &count);
	const char *found = NULL;

	for (size_t i = 0; i < count && !found; i++) {
		const char *party = bk_branch_party(call->roster, tips[i].name);
		bk_revisions *revisions;
		const struct bk_revision *list;
		size_t revision_count;

		if (!party || bk_revisions_walk(&revisions, call->repository, call->path, tips[i].id) < 0)
			continue;
		list = bk_revisions_list(revisions, &revision_count);
		for (size_t j = 0; j < revision_count && !found; j++)
			if (strcmp(list[j].blob, blob) == 0)
				found = party;
		bk_revisions_free(revisions);
	}
	return found;
}

/* The party in the revision that made the draft these bytes. */
static const char *find_trailer(const struct call *call, const char *revision, const char *blob)
{
	bk_strands *strands;
	const struct bk_party *party;
	const struct bk_strand *trunk;
	size_t count;

	if (!*revision || bk_strands_new(&strands, call->repository, call->path, revision, NULL, 0) < 0)
		return NULL;
	trunk = bk_strands_list(strands, &count);
	party = strcmp(trunk->blob, blob) == 0
			? bk_roster_find(call->roster, trunk->party, strlen(trunk->party))
			: NULL;
	bk_strands_free(strands);
	return party ? party->code : NULL;
}

/* The name of a branch at a revision; NULL when there is none. */
static const char *branch_at(const struct call *call, const char *id)
{
	size_t count;
	const struct bk_tip *tips = bk_tips_list(call->tips, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(tips[i].id, id) == 0)
			return tips[i].name;
	return NULL;
}

static const char *title(struct call *call, size_t side, const char *name)
{
	bk_branch_title(name, call->titles[side]);
	return call->titles[side];
}

/* The branch that HEAD is on; in a rebase, what the revisions go onto. */
static const char *name_ours(struct call *call)
{
	const char *branch, *id, *party = NULL;

	if (!call->repository)
		return "OURS";
	id = call->head.rebasing ? call->head.onto : call->head.id;
	branch = call->head.rebasing ? branch_at(call, id) : call->head.branch;
	if (branch)
		party = bk_branch_party(call->roster, branch);
	if (!party)
		party = bk_branch_holder(call->tips, call->roster, id, call->blobs[0]);
	if (!party)
		party = find_trailer(call, id, call->blobs[0]);
	if (!party && !call->head.rebasing)
		party = person_of(call);
	if (party)
		return party;
	return branch && *branch ? title(call, 0, branch) : "OURS";
}

/* Whether theirs is what the person had put away. */
static bool is_stashed(const struct call *call)
{
	char *bytes;
	size_t len;
	bool is;

	if (bk_revision_read(call->repository, "refs/stash", call->path, &bytes, &len) < 0)
		return false;
	is = bk_str_equal((struct bk_str){bytes, len}, call->theirs.bytes);
	bk_store_free(bytes);
	return is;
}

/* The name of the branch that comes, where git tells it. */
static const char *theirs_branch(const struct call *call)
{
	if (call->head.rebasing)
		return call->head.branch;
	return call->merged[0] ? call->merged_name : call->label;
}

static const char *name_theirs(struct call *call)
{
	const char *branch = theirs_branch(call), *party = NULL;

	if (!call->repository)
		return "THEIRS";
	if (!call->merged[0] && !call->head.rebasing && is_stashed(call))
		return person_of(call) ? person_of(call) : "STASH";
	if (branch)
		party = bk_branch_party(call->roster, branch);
	if (!party)
		party = bk_branch_holder(call->tips, call->roster, call->merged, call->blobs[1]);
	if (!party && call->merged[0])
		party = find_trailer(call, call->merged, call->blobs[1]);
	if (!party && !call->merged[0])
		party = find_author(call, call->blobs[1]);
	if (party)
		return party;
	return branch && *branch && branch != call->label ? title(call, 1, branch) : "THEIRS";
}

/* ---- Merging ------------------------------------------------------------------------------------------- */

/* Ours stays, and git is told that it is not merged. */
static int keep_ours(const struct call *call, const char *why)
{
	bk_output_remark("'%s' is %s: ours is kept; git checkout --theirs -- '%s' takes the other",
		call->path, why, call->path);
	return BK_EXIT_FOUND;
}

/* As the conventions of the negotiation say. */
static enum bk_style style_of(const struct call *call)
{
	const struct bk_session *session = call->handing.surroundings;

	return session ? bk_style_of(bk_conventions_style(session->conventions)) : BK_STYLE_PREFIX;
}

static int write_result(const struct call *call, const char *file, const struct bk_compilation *compilation)
{
	if (bk_str_equal(compilation->bytes, call->ours.bytes))
		return BK_OK;
	return bk_file_replace_bytes(file, compilation->bytes, NULL, BK_REPLACE_FORCE, NULL);
}

static int merge(struct call *call, const char *file)
{
	const struct bk_session *session = call->handing.surroundings;
	const struct bk_compilation_side ours = {.party = name_ours(call),
		.name = "ours",
		.revision = call->merged[0] ? call->head.id : NULL,
		.bytes = call->ours.bytes};
	struct bk_compilation_side theirs = {.party = name_theirs(call),
		.name = "theirs",
		.revision = call->merged[0] ? call->merged : NULL,
		.bytes = call->theirs.bytes};
	const struct bk_compilation_plan plan = {.repository = call->repository,
		.tips = call->tips,
		.roster = call->roster,
		.path = call->path,
		.edits = true,
		.options = {.style = style_of(call),
			.unopposed = true,
			.conventions = session ? session->conventions : NULL,
			.names = bk_roster_names(call->roster)},
		.base = call->base.bytes,
		.base_name = "base",
		.ours = &ours,
		.others = &theirs,
		.count = 1};
	struct bk_compilation compilation;
	size_t disputes = 0;
	int status = bk_compilation_make(&compilation, &plan);

	if (status == BK_OK)
		status = write_result(call, file, &compilation);
	if (status == BK_OK)
		disputes = bk_compilation_disputes(&compilation, &plan);
	bk_compilation_release(&compilation);
	if (status == BK_ETOOBIG)
		return keep_ours(call, "too long");
	if (status < 0) {
		bk_output_failure();
		return CANNOT;
	}
	if (disputes)
		bk_output_remark("'%s': %zu %s in dispute, in brackets with the names of those who want them",
			call->path, disputes, disputes == 1 ? "place is" : "places are");
	return disputes ? BK_EXIT_FOUND : BK_EXIT_OK;
}

/* ---- The call ------------------------------------------------------------------------------------------ */

static int read_sides(struct call *call, const char *const *files)
{
	int status = bk_handed_read(&call->base, &call->handing, files[0]);

	if (status == BK_OK)
		status = bk_handed_read(&call->ours, &call->handing, files[1]);
	if (status == BK_OK)
		status = bk_handed_read(&call->theirs, &call->handing, files[2]);
	if (status < 0)
		return status;
	bk_blob_name(call->ours.bytes.ptr, call->ours.bytes.len, call->blobs[0]);
	bk_blob_name(call->theirs.bytes.ptr, call->theirs.bytes.len, call->blobs[1]);
	return BK_OK;
}

static bool is_binary(const struct call *call)
{
	return call->base.kind == BK_HANDED_BINARY || call->ours.kind == BK_HANDED_BINARY ||
	       call->theirs.kind == BK_HANDED_BINARY;
}

static int answer(struct call *call, const struct bk_session_options *options, const char *const *files)
{
	int status = look_around(call, options);

	if (status == BK_OK)
		status = read_sides(call, files);
	if (status == BK_ETOOBIG)
		return keep_ours(call, "too long");
	if (status < 0) {
		bk_output_failure();
		return CANNOT;
	}
	return is_binary(call) ? keep_ours(call, "no text") : merge(call, files[1]);
}

static int run(struct bk_invocation *invocation)
{
	const char *const *args = invocation->args;
	const size_t count = invocation->arg_count;
	struct call call = {.merged = ""};
	int exit;

	if (count != 5 && count != 8)
		return bk_subject_usage(invocation);
	call.path = args[4];
	call.label = count == 8 && args[7][0] != '%' ? args[7] : NULL;
	exit = answer(&call, &invocation->session, args);
	bk_handed_release(&call.theirs);
	bk_handed_release(&call.ours);
	bk_handed_release(&call.base);
	bk_tips_free(call.tips);
	bk_settings_free(call.person);
	bk_repository_free(call.repository);
	bk_handing_release(&call.handing);
	return exit;
}

const struct bk_command bk_cmd_merge_driver = {
	.name = "merge-driver",
	.group = "For git",
	.summary = "merge two versions of a draft as git asks for it",
	.arguments = "BASE OURS THEIRS MARKER-SIZE PATH [BASE-LABEL OUR-LABEL THEIR-LABEL]",
	.examples = {"bracked merge-driver base.txt ours.txt theirs.txt 7 outcome.txt"},
	.run = run,
};
