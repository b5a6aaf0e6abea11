/* Freezing a version under its document symbol: an annotated tag on the newest revision of a file. */
#include "base/buf.h"
#include "base/error.h"
#include "store/claim.h"
#include "store/git.h"
#include "store/signature.h"

#include <stdio.h>
#include <string.h>

/* Under a note of what is made, so that a kill here blocks no later freeze of the name. */
static int create_tag(bk_repository *repository, const char *tag, const git_commit *commit,
	const git_signature *tagger, const char *message)
{
	struct bk_claim claim = {.file = -1};
	char ref[sizeof "refs/tags/" + 256];
	git_oid id;
	int code, status;

	snprintf(ref, sizeof ref, "refs/tags/%s", tag);
	bk_claims_clear(repository);
	status = bk_claim_take(&claim, repository, ref);
	if (status != BK_OK)
		return status;
	code = bk_git.tag_create(&id, repository->git, tag, (const git_object *)commit, tagger, message, 0);
	bk_claim_give(&claim);
	return code < 0 ? bk_git_fail(code, "making the tag", tag) : BK_OK;
}

static int create(bk_repository *repository, const char *tag, const char *name, const char *symbol,
	const git_commit *commit)
{
	git_signature *author = NULL, *committer = NULL;
	struct bk_buf message = BK_BUF_INIT;
	int status = bk_signature_make(repository, NULL, NULL, &author, &committer);

	if (status != BK_OK)
		return status;
	bk_buf_printf(&message, "%s of %s\n\nSymbol: %s\n", symbol, name, symbol);
	status = bk_buf_status(&message);
	if (status == BK_OK)
		status = create_tag(repository, tag, commit, committer, bk_buf_string(&message));
	if (status == BK_EEXISTS)
		status = bk_fail(BK_EEXISTS, "'%s' is frozen already, as the tag '%s'", symbol, tag);
	bk_git.signature_free(author);
	bk_git.signature_free(committer);
	bk_buf_release(&message);
	return status;
}

/* What no part of a name in git may be, between its slashes. */
static bool is_bad_part(struct bk_str part)
{
	return part.len == 0 || part.ptr[0] == '.' || part.ptr[part.len - 1] == '.' ||
	       bk_str_ends(part, BK_STR(".lock"));
}

/* A symbol becomes a tag: slashes, blanks and the like become dashes in it, but what git refuses is refused. */
static int check_symbol(const char *symbol)
{
	struct bk_str rest = bk_str_of(symbol);

	for (const char *c = symbol; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			return bk_fail(BK_EINVAL, "the symbol '%s' must stand on one line", symbol);
	if (strpbrk(symbol, "~^:?*[\\") || strstr(symbol, "..") || strstr(symbol, "@{") || symbol[0] == '-')
		return bk_fail(BK_EINVAL,
			"git takes no name such as '%s': "
			"leave out '..', '@{', ~ ^ : ? * [ \\ and a dash at the start",
			symbol);
	for (bool more = true; more;) {
		const size_t len = bk_str_find(rest, '/');

		if (is_bad_part((struct bk_str){rest.ptr, len}))
			return bk_fail(BK_EINVAL,
				"git takes no name such as '%s': no part of it may be empty, begin or end "
				"with a dot, or end in .lock",
				symbol);
		more = len < rest.len;
		rest = bk_str_skip(rest, len + 1);
	}
	return BK_OK;
}

int bk_revision_freeze(bk_repository *repository, const char *name, const char *from, const char *symbol,
	char tag[256], char id[41])
{
	bk_revisions *revisions = NULL;
	git_commit *commit = NULL;
	char made[256];
	size_t count;
	int status = check_symbol(symbol);

	bk_git_tag_name(symbol, made);
	if (status == BK_OK && !made[0])
		status = bk_fail(BK_EINVAL,
			"'%s' holds nothing that can name a version: use letters or digits", symbol);
	if (status == BK_OK)
		status = bk_revisions_walk(&revisions, repository, name, from);
	if (status == BK_OK)
		status = bk_git_commit(&commit, repository, bk_revisions_list(revisions, &count)[0].id);
	if (status == BK_OK)
		status = create(repository, made, name, symbol, commit);
	if (status == BK_OK) {
		bk_git.oid_tostr(id, 41, bk_git.commit_id(commit));
		memcpy(tag, made, sizeof made);
	}
	bk_git.commit_free(commit);
	bk_revisions_free(revisions);
	return status;
}
