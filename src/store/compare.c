/* Line diffs and line merges of byte runs, as git makes them. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"
#include "store/git.h"

static int make_patch(git_patch **out, struct bk_str old, const char *old_name, struct bk_str now,
	const char *now_name, unsigned context)
{
	git_diff_options options;
	int code, status = bk_git_start();

	if (status != BK_OK)
		return status;
	bk_git.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.context_lines = context;
	options.interhunk_lines = 0;
	code = bk_git.patch_from_buffers(out, old.ptr ? old.ptr : "", old.len, old_name,
		now.ptr ? now.ptr : "", now.len, now_name, &options);
	return code < 0 ? bk_git_fail(code, "comparing", now_name) : BK_OK;
}

static int print_patch(git_patch *patch, const char *name, char **out, size_t *len)
{
	git_buf text = {0};
	char *copy;
	const int code = bk_git.patch_to_buf(&text, patch);

	if (code < 0)
		return bk_git_fail(code, "comparing", name);
	copy = bk_memdup(text.ptr, text.size);
	if (copy) {
		*out = copy;
		*len = text.size;
	}
	bk_git.buf_dispose(&text);
	return copy ? BK_OK : bk_fail_memory();
}

int bk_store_diff(const char *old_bytes, size_t old_len, const char *old_name, const char *new_bytes,
	size_t new_len, const char *new_name, char **out, size_t *len)
{
	const struct bk_str old = {old_bytes, old_len}, now = {new_bytes, new_len};
	git_patch *patch = NULL;
	char *empty;
	int status;

	if (bk_str_equal(old, now)) {
		empty = bk_strdup("");
		if (!empty)
			return bk_fail_memory();
		*out = empty;
		*len = 0;
		return BK_OK;
	}
	status = make_patch(&patch, old, old_name, now, new_name, 3);
	if (status < 0)
		return status;
	status = print_patch(patch, new_name, out, len);
	bk_git.patch_free(patch);
	return status;
}

int bk_store_count_changes(
	const char *old_bytes, size_t old_len, const char *new_bytes, size_t new_len, size_t *out)
{
	const struct bk_str old = {old_bytes, old_len}, now = {new_bytes, new_len};
	git_patch *patch = NULL;
	int status;

	if (bk_str_equal(old, now)) {
		*out = 0;
		return BK_OK;
	}
	status = make_patch(&patch, old, "old", now, "new", 0);
	if (status < 0)
		return status;
	*out = bk_git.patch_num_hunks(patch);
	bk_git.patch_free(patch);
	return BK_OK;
}

int bk_store_merge(const char *base, size_t base_len, const char *ours, size_t ours_len, const char *theirs,
	size_t theirs_len, char **out, size_t *len)
{
	const git_merge_file_input inputs[3] = {
		{.version = GIT_MERGE_FILE_INPUT_VERSION,
			.ptr = base ? base : "",
			.size = base_len,
			.path = "base"},
		{.version = GIT_MERGE_FILE_INPUT_VERSION,
			.ptr = ours ? ours : "",
			.size = ours_len,
			.path = "ours"},
		{.version = GIT_MERGE_FILE_INPUT_VERSION,
			.ptr = theirs ? theirs : "",
			.size = theirs_len,
			.path = "theirs"},
	};
	git_merge_file_options options;
	git_merge_file_result result = {0};
	int code, status = bk_git_start();
	char *copy;

	if (status != BK_OK)
		return status;
	bk_git.merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
	code = bk_git.merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options);
	if (code < 0)
		return bk_git_fail(code, "merging", "two versions");
	if (!result.automergeable) {
		bk_git.merge_file_result_free(&result);
		return bk_fail(BK_ECHANGED, "both versions changed the same lines: merge them by hand");
	}
	copy = bk_memdup(result.ptr, result.len);
	if (copy) {
		*out = copy;
		*len = result.len;
	}
	bk_git.merge_file_result_free(&result);
	return copy ? BK_OK : bk_fail_memory();
}
