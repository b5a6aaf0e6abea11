/* Finding the versions again that were frozen under a document symbol. */
#include "store/tag.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

static int call_each(const char *name, const git_tag *tag, int (*each)(void *, const git_oid *, const char *),
	void *context)
{
	git_message_trailer_array trailers = {0};
	const char *message = bk_git.tag_message(tag);
	const char *symbol = name;
	int status;

	if (message && bk_git.message_trailers(&trailers, message) == 0)
		for (size_t i = 0; i < trailers.count; i++)
			if (strcmp(trailers.trailers[i].key, "Symbol") == 0)
				symbol = trailers.trailers[i].value;
	status = each(context, bk_git.tag_target_id(tag), symbol);
	bk_git.message_trailer_array_free(&trailers);
	return status;
}

int bk_tags_each(const struct bk_repository *repository,
	int (*each)(void *context, const git_oid *commit, const char *symbol), void *context)
{
	git_strarray names = {0};
	int status = BK_OK, code = bk_git.tag_list(&names, repository->git);

	if (code < 0)
		return bk_git_fail(code, "listing the tags of", repository->folder);
	for (size_t i = 0; i < names.count && status == BK_OK; i++) {
		git_reference *reference = NULL;
		git_tag *tag = NULL;
		char full[BK_REF_MAX];

		/* A tag that cannot be read, or is a mere name, has no symbol to tell. */
		snprintf(full, sizeof full, "refs/tags/%s", names.strings[i]);
		if (bk_git.reference_lookup(&reference, repository->git, full) == 0 &&
			bk_git.reference_target(reference) &&
			bk_git.tag_lookup(&tag, repository->git, bk_git.reference_target(reference)) == 0 &&
			bk_git.tag_target_type(tag) == GIT_OBJECT_COMMIT)
			status = call_each(names.strings[i], tag, each, context);
		bk_git.tag_free(tag);
		bk_git.reference_free(reference);
	}
	bk_git.strarray_dispose(&names);
	return status;
}
