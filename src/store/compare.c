/* Line diffs of byte runs, and merges by lines and by words, as git makes them. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "store/git.h"

#include <string.h>

/* A longer text is merged by lines alone. */
enum { WORDS_MAX = 16 << 20 };

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

/* A name with a blank in it ends in a tab, as git writes it: patch(1) would stop at the blank. */
static void put_header_line(struct bk_buf *out, struct bk_str line)
{
	const bool name = bk_str_starts(line, BK_STR("--- ")) || bk_str_starts(line, BK_STR("+++ "));

	bk_buf_put_str(out, line);
	if (name && memchr(line.ptr + 4, ' ', line.len - 4))
		bk_buf_putc(out, '\t');
	bk_buf_putc(out, '\n');
}

static int print_patch(git_patch *patch, const char *name, char **out, size_t *len)
{
	struct bk_buf copy = BK_BUF_INIT;
	struct bk_str rest;
	git_buf text = {0};
	char *bytes;
	const int code = bk_git.patch_to_buf(&text, patch);

	if (code < 0)
		return bk_git_fail(code, "comparing", name);
	rest = (struct bk_str){text.ptr, text.size};
	while (rest.len && !bk_str_starts(rest, BK_STR("@@"))) {
		const size_t end = bk_str_find(rest, '\n');

		put_header_line(&copy, (struct bk_str){rest.ptr, end});
		rest = bk_str_skip(rest, end + 1);
	}
	bk_buf_put_str(&copy, rest);
	bk_git.buf_dispose(&text);
	bytes = bk_buf_detach(&copy, len);
	if (!bytes)
		return bk_fail_memory();
	*out = bytes;
	return BK_OK;
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

/* ---- Merging ---------------------------------------------------------------------------------------- */

/* Merge by lines.  BK_ECHANGED, without a message, when both changed the same. */
static int merge_lines(const struct bk_str versions[3], char **out, size_t *len)
{
	static const char *const names[3] = {"base", "ours", "theirs"};
	git_merge_file_input inputs[3];
	git_merge_file_options options;
	git_merge_file_result result = {0};
	char *copy;
	int code;

	for (size_t i = 0; i < 3; i++)
		inputs[i] = (git_merge_file_input){.version = GIT_MERGE_FILE_INPUT_VERSION,
			.ptr = versions[i].ptr ? versions[i].ptr : "",
			.size = versions[i].len,
			.path = names[i]};
	bk_git.merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
	code = bk_git.merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options);
	if (code < 0)
		return bk_git_fail(code, "merging", "two versions");
	if (!result.automergeable) {
		bk_git.merge_file_result_free(&result);
		return BK_ECHANGED;
	}
	copy = bk_memdup(result.ptr, result.len);
	if (copy) {
		*out = copy;
		*len = result.len;
	}
	bk_git.merge_file_result_free(&result);
	return copy ? BK_OK : bk_fail_memory();
}

/* Bytes of the word, the run of blanks, or the one other character at the start of text. */
static size_t token_len(struct bk_str text)
{
	const bool word = bk_is_word(text.ptr[0]), blank = bk_is_blank(text.ptr[0]);
	size_t len = 1;

	while (len < text.len &&
		((word && bk_is_word(text.ptr[len])) || (blank && bk_is_blank(text.ptr[len]))))
		len++;
	return len;
}

/* A line a token; a line end in the text is a line of its own, "\\n". */
static int put_tokens(struct bk_str text, struct bk_buf *out)
{
	while (text.len) {
		const size_t len = token_len(text);

		if (text.ptr[0] == '\n')
			bk_buf_puts(out, "\\n");
		else if (text.ptr[0] == '\\')
			bk_buf_puts(out, "\\\\");
		else
			bk_buf_put(out, text.ptr, len);
		bk_buf_putc(out, '\n');
		text = bk_str_skip(text, len);
	}
	return bk_buf_status(out);
}

/* The text of such lines, in their own room; returns its length. */
static size_t join_tokens(char *lines, size_t len)
{
	size_t to = 0;

	for (size_t from = 0; from < len; from++) {
		if (lines[from] == '\\' && from + 1 < len)
			lines[to++] = lines[++from] == 'n' ? '\n' : '\\';
		else if (lines[from] != '\n')
			lines[to++] = lines[from];
	}
	return to;
}

/* Merge word by word: changes of neighbouring lines, or of two places in one, are no conflict. */
static int merge_words(const struct bk_str versions[3], char **out, size_t *len)
{
	struct bk_buf tokens[3] = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	struct bk_str lines[3];
	int status = BK_OK;

	for (size_t i = 0; i < 3 && status == BK_OK; i++)
		status = versions[i].len > WORDS_MAX ? BK_ECHANGED : put_tokens(versions[i], &tokens[i]);
	for (size_t i = 0; i < 3; i++)
		lines[i] = bk_buf_str(&tokens[i]);
	if (status == BK_OK)
		status = merge_lines(lines, out, len);
	if (status == BK_OK)
		*len = join_tokens(*out, *len);
	for (size_t i = 0; i < 3; i++)
		bk_buf_release(&tokens[i]);
	return status;
}

int bk_store_merge(const char *base, size_t base_len, const char *ours, size_t ours_len, const char *theirs,
	size_t theirs_len, char **out, size_t *len)
{
	const struct bk_str versions[3] = {{base, base_len}, {ours, ours_len}, {theirs, theirs_len}};
	int status = bk_git_start();

	if (status == BK_OK)
		status = merge_lines(versions, out, len);
	if (status == BK_ECHANGED)
		status = merge_words(versions, out, len);
	if (status == BK_ECHANGED)
		return bk_fail(BK_ECHANGED, "both versions changed the same words: merge them by hand");
	return status;
}
