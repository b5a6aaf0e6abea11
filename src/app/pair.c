#include "app/pair.h"

#include "app/subject.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"

#include <bracked/store.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Who knows git names a revision alone: what is no file and looks like none may have been meant so. */
static int open_alone(const struct bk_invocation *invocation, const char *name, struct bk_session **out)
{
	const int status = bk_subject_open(invocation, name, BK_SESSION_READ, out);

	if (status != BK_EXIT_OK && !strpbrk(name, ":.") && access(name, F_OK) != 0)
		bk_output_remark(
			"a revision goes with its file: 'REV:FILE' is one text, 'REV REV -- FILE' are two");
	return status;
}

/* What the arguments ask for: two names of texts, or one file at revisions, as git diff takes them. */
struct sides {
	struct bk_str revisions[2]; /* of the file; empty: the file as it is */
	const char *file;	    /* NULL: two names */
};

static bool is_there(const char *name)
{
	return strcmp(name, "-") == 0 || strchr(name, ':') || access(name, F_OK) == 0;
}

/* "A..B": both revisions; either may be left out, and is HEAD then. */
static bool cut_range(const char *range, struct bk_str revisions[2])
{
	const char *const dots = strstr(range, "..");

	if (!dots || dots[2] == '.')
		return false;
	revisions[0] = (struct bk_str){range, (size_t)(dots - range)};
	revisions[1] = bk_str_of(dots + 2);
	for (int side = 0; side < 2; side++)
		if (!revisions[side].len)
			revisions[side] = BK_STR("HEAD");
	return true;
}

static struct sides sides_of(const struct bk_invocation *invocation)
{
	const char *const *const args = invocation->args;
	struct sides sides = {0};

	if (invocation->arg_count == 3)
		sides = (struct sides){{bk_str_of(args[0]), bk_str_of(args[1])}, args[2]};
	else if (invocation->arg_count == 1)
		sides = (struct sides){{BK_STR("HEAD")}, args[0]};
	else if (!is_there(args[0]) && cut_range(args[0], sides.revisions))
		sides.file = args[1];
	else if (!is_there(args[0]) && is_there(args[1]))
		sides = (struct sides){{bk_str_of(args[0])}, args[1]};
	return sides;
}

static int open_side(const struct bk_invocation *invocation, const struct sides *sides, size_t side,
	struct bk_session **out)
{
	struct bk_buf name = BK_BUF_INIT;
	int status;

	if (!sides->file)
		return open_alone(invocation, invocation->args[side], out);
	if (!sides->revisions[side].len)
		return open_alone(invocation, sides->file, out);
	if (sides->file[0] == '/')
		return bk_subject_failed(bk_fail(BK_EINVAL,
			"'%s' begins at the root: with a revision name the file from where you are",
			sides->file));
	bk_buf_put_str(&name, sides->revisions[side]);
	bk_buf_printf(&name, ":./%s", sides->file);
	status = bk_buf_status(&name);
	status = status < 0 ? bk_subject_failed(status)
			    : bk_subject_open(invocation, bk_buf_string(&name), BK_SESSION_READ, out);
	bk_buf_release(&name);
	return status;
}

/* A file alone can be compared where there is a revision to compare it with. */
static bool has_revisions(const char *file)
{
	bk_repository *repository = NULL;
	const bool found = bk_repository_open(&repository, file) != BK_ENOREPO;

	bk_repository_free(repository);
	return found;
}

int bk_pair_each(struct bk_invocation *invocation,
	int (*answer)(struct bk_invocation *invocation, const struct bk_pair *pair))
{
	struct bk_pair pair = {0};
	struct sides sides;
	int exit_status, status;

	if (invocation->arg_count < 1 || invocation->arg_count > 3 ||
		(invocation->arg_count == 1 && !has_revisions(invocation->args[0])))
		return bk_subject_usage(invocation);
	sides = sides_of(invocation);
	exit_status = open_side(invocation, &sides, 0, &pair.old);
	invocation->session.kin = pair.old;
	if (exit_status == BK_EXIT_OK)
		exit_status = open_side(invocation, &sides, 1, &pair.now);
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
