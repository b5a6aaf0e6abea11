#include "app/pair.h"

#include "app/subject.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Who knows git names a revision alone: what is no file and looks like none may have been meant so. */
static int open_alone(const struct bk_invocation *invocation, const char *name, struct bk_session **out)
{
	const int status = bk_subject_open(invocation, name, BK_SESSION_READ, out);

	if (status != BK_EXIT_OK && !strpbrk(name, ":.") && access(name, F_OK) != 0)
		bk_output_remark(
			"a revision goes with its file: 'REV:FILE' is one text, 'REV REV -- FILE' are both");
	return status;
}

/* Open one of the two texts: an argument as it stands, or of REV REV FILE the file in that revision, as git diff
 * takes them. */
static int open_side(const struct bk_invocation *invocation, size_t side, struct bk_session **out)
{
	const char *const file = invocation->arg_count == 3 ? invocation->args[2] : NULL;
	struct bk_buf name = BK_BUF_INIT;
	int status;

	if (!file)
		return open_alone(invocation, invocation->args[side], out);
	if (file[0] == '/')
		return bk_subject_failed(bk_fail(BK_EINVAL,
			"'%s' begins at the root: with two revisions name the file from where you are",
			file));
	bk_buf_printf(&name, "%s:./%s", invocation->args[side], file);
	status = bk_buf_status(&name);
	status = status < 0 ? bk_subject_failed(status)
			    : bk_subject_open(invocation, bk_buf_string(&name), BK_SESSION_READ, out);
	bk_buf_release(&name);
	return status;
}

int bk_pair_each(struct bk_invocation *invocation,
	int (*answer)(struct bk_invocation *invocation, const struct bk_pair *pair))
{
	struct bk_pair pair = {0};
	int exit_status, status;

	if (invocation->arg_count != 2 && invocation->arg_count != 3)
		return bk_subject_usage(invocation);
	exit_status = open_side(invocation, 0, &pair.old);
	invocation->session.kin = pair.old;
	if (exit_status == BK_EXIT_OK)
		exit_status = open_side(invocation, 1, &pair.now);
	invocation->session.kin = NULL;
	if (exit_status == BK_EXIT_OK) {
		status = bk_comparison_new(&pair.comparison, pair.old->draft, pair.now->draft);
		exit_status = status < 0 ? bk_subject_failed(status) : answer(invocation, &pair);
	}
	bk_comparison_free(pair.comparison);
	bk_session_free(pair.now);
	bk_session_free(pair.old);
	return exit_status;
}

size_t bk_pair_line(const struct bk_pair *pair, bool in_new, struct bk_span old_span, struct bk_span new_span)
{
	const struct bk_session *const session = in_new ? pair->now : pair->old;

	return 1 + bk_snapshot_line_of(bk_text_now(session->text), in_new ? new_span.start : old_span.start);
}

void bk_pair_print_line(struct bk_output *output, const struct bk_pair *pair, bool in_new,
	struct bk_span old_span, struct bk_span new_span)
{
	char place[24];

	snprintf(place, sizeof place, "%s%zu", in_new ? "" : "-",
		bk_pair_line(pair, in_new, old_span, new_span));
	bk_output_printf(output, "%5s  ", place);
}

static bool is_agreed(enum bk_span_status status)
{
	return status != BK_STATUS_OPEN && status != BK_STATUS_REOPENED;
}

int bk_pair_agreed(const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger,
	struct bk_span **out, size_t *count)
{
	size_t brackets;
	const struct bk_bracket *all = bk_draft_brackets(draft, &brackets);
	struct bk_span *spans = bk_calloc(brackets + 1, sizeof *spans);

	if (!spans)
		return bk_fail_memory();
	*count = 0;
	for (uint32_t b = 0; b < brackets; b++)
		if (is_agreed(bk_status_of(binding, ledger, b, NULL)))
			spans[(*count)++] = (struct bk_span){all[b].start, all[b].end};
	*out = spans;
	return BK_OK;
}

static bool is_paragraph_end(struct bk_str bytes, size_t at)
{
	return bytes.ptr[at] == '\n' && at + 1 < bytes.len && bytes.ptr[at + 1] == '\n';
}

struct bk_str bk_pair_context(const bk_draft *draft, size_t offset, int bytes)
{
	struct bk_str all;
	size_t start = offset, end = offset, border = offset;

	all.ptr = bk_draft_bytes(draft, &all.len);
	while (bytes < 0 && start > 0 && offset - start < (size_t)-bytes &&
		!is_paragraph_end(all, start - 1)) {
		start--;
		if (bk_is_space(all.ptr[start]))
			border = start + 1;
	}
	while (bytes > 0 && end < all.len && end - offset < (size_t)bytes && !is_paragraph_end(all, end)) {
		if (bk_is_space(all.ptr[end]))
			border = end;
		end++;
	}
	if (bytes < 0)
		start = start == 0 ? 0 : border;
	else
		end = end == all.len ? end : border;
	return bk_str_trim((struct bk_str){all.ptr + start, end - start});
}

void bk_pair_set_bytes(bk_json *object, const char *text_key, const char *bytes_key, struct bk_str bytes)
{
	bk_json *array;

	if (bk_utf8_valid_prefix(bytes) == bytes.len && !memchr(bytes.ptr, 0, bytes.len)) {
		bk_json_set_text(object, text_key, bytes);
		return;
	}
	array = bk_json_array();
	for (size_t i = 0; i < bytes.len; i++)
		bk_json_add_size(array, (unsigned char)bytes.ptr[i]);
	bk_json_set(object, bytes_key, array);
}
