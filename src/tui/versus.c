/* Two states of a draft, compared. */
#include "tui/versus.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct bk_versus *bk_versus_new(const struct bk_session *session, const char *before, const char *now)
{
	struct bk_versus *const versus = bk_calloc(1, sizeof *versus);
	if (versus == NULL)
		return NULL;
	versus->path = session->path != NULL ? bk_strdup(session->path) : NULL;
	versus->name = session->repository_name != NULL ? bk_strdup(session->repository_name) : NULL;
	versus->before = bk_strdup(before != NULL ? before : "HEAD");
	versus->now = now != NULL ? bk_strdup(now) : NULL;
	versus->shown = bk_snapshot_keep(bk_text_now(session->text));
	versus->version = bk_text_version(session->text);
	versus->conventions = session->conventions;
	versus->roster = session->roster;
	if (versus->before == NULL || (now != NULL && versus->now == NULL)) {
		bk_versus_free(versus);
		return NULL;
	}
	return versus;
}

void bk_versus_free(struct bk_versus *versus)
{
	if (versus == NULL)
		return;
	bk_comparison_free(versus->comparison);
	bk_draft_free(versus->old_draft);
	bk_draft_free(versus->new_draft);
	bk_snapshot_free(versus->shown);
	bk_free(versus->flags);
	bk_free(versus->message);
	bk_free(versus->path);
	bk_free(versus->name);
	bk_free(versus->before);
	bk_free(versus->now);
	bk_free(versus);
}

static bool same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool bk_versus_answers(
	const struct bk_versus *versus, const struct bk_session *session, const char *before, const char *now)
{
	return versus != NULL && same(versus->before, before != NULL ? before : "HEAD") &&
	       same(versus->now, now) && versus->version == bk_text_version(session->text);
}

/* ---- On the thread ---- */

static bool is_stopped(void *context)
{
	return atomic_load(&((struct bk_versus *)context)->cancel);
}

static int read_draft(struct bk_versus *versus, const bk_snapshot *snapshot, bk_draft **out)
{
	const struct bk_draft_options options = {
		.conventions = versus->conventions,
		.names = bk_roster_names(versus->roster),
		.is_stopped = is_stopped,
		.stop_context = versus,
	};
	return bk_draft_new(out, snapshot, &options);
}

static int read_revision(
	struct bk_versus *versus, bk_repository *repository, const char *revision, bk_draft **out)
{
	char *bytes = NULL;
	size_t len = 0;
	bk_text *text = NULL;
	int status = bk_revision_read(repository, revision, versus->name, &bytes, &len);
	if (status == BK_OK)
		status = bk_text_new(&text, bytes, len);
	if (status == BK_OK)
		status = read_draft(versus, bk_text_now(text), out);
	/* The draft keeps the snapshot, and that the bytes. */
	bk_text_free(text);
	bk_store_free(bytes);
	return status;
}

static int read_both(struct bk_versus *versus)
{
	bk_repository *repository = NULL;
	if (versus->path == NULL || versus->name == NULL)
		return bk_fail(BK_ENOREPO, "the draft lies in no repository: Ctrl-S offers to make one");
	int status = bk_repository_open(&repository, versus->path);
	if (status == BK_OK)
		status = read_revision(versus, repository, versus->before, &versus->old_draft);
	if (status == BK_OK && versus->now != NULL)
		status = read_revision(versus, repository, versus->now, &versus->new_draft);
	else if (status == BK_OK)
		status = read_draft(versus, versus->shown, &versus->new_draft);
	bk_repository_free(repository);
	return status;
}

struct lines {
	BK_VEC(struct bk_span) of_old, of_new;
};

static int by_start(const void *a, const void *b)
{
	const size_t x = ((const struct bk_span *)a)->start, y = ((const struct bk_span *)b)->start;
	return x < y ? -1 : x > y;
}

/* Something of the sorted lines lies in the span, or begins where it ends. */
static bool holds_line(const struct bk_span *lines, size_t count, struct bk_span span)
{
	const size_t first = BK_SEARCH(i, count, lines[i].start < span.start);
	return (first < count && lines[first].start < span.end + (span.start == span.end)) ||
	       (first > 0 && lines[first - 1].end > span.start);
}

static int gather_lines(const bk_gavel *gavel, struct lines *lines)
{
	size_t count;
	const struct bk_gavel_line *const list = bk_gavel_list(gavel, &count);
	for (size_t i = 0; i < count; i++) {
		struct bk_span *const slot =
			list[i].in_new ? BK_VEC_PUSH(&lines->of_new) : BK_VEC_PUSH(&lines->of_old);
		if (slot == NULL)
			return bk_fail_memory();
		*slot = list[i].in_new ? list[i].new_span : list[i].old_span;
	}
	if (lines->of_old.len > 1)
		qsort(lines->of_old.items, lines->of_old.len, sizeof *lines->of_old.items, by_start);
	if (lines->of_new.len > 1)
		qsort(lines->of_new.items, lines->of_new.len, sizeof *lines->of_new.items, by_start);
	return BK_OK;
}

/* No disputed bracket holds the offset. */
static bool is_outside(const bk_draft *draft, size_t offset)
{
	size_t count;
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
	uint32_t at = bk_draft_bracket_at(draft, offset);
	while (at != BK_NONE && brackets[at].class != BK_CLASS_DISPUTED)
		at = brackets[at].parent;
	return at == BK_NONE;
}

static uint8_t flags_of(
	const struct bk_versus *versus, const struct bk_difference *difference, const struct lines *lines)
{
	const bool words = difference->kind >= BK_DIFFERENCE_TEXT_ADDED;
	uint8_t flags = 0;
	if ((difference->in_new &&
		    holds_line(lines->of_new.items, lines->of_new.len, difference->new_span)) ||
		(difference->in_old &&
			holds_line(lines->of_old.items, lines->of_old.len, difference->old_span)))
		flags |= BK_VERSUS_BINDS;
	if (words && (!difference->in_new || is_outside(versus->new_draft, difference->new_span.start)) &&
		(!difference->in_old || is_outside(versus->old_draft, difference->old_span.start)))
		flags |= BK_VERSUS_OUTSIDE;
	return flags;
}

static int note_flags(struct bk_versus *versus)
{
	bk_gavel *gavel = NULL;
	struct lines lines = {0};
	size_t count;
	const struct bk_difference *const list = bk_comparison_list(versus->comparison, &count);
	int status = bk_gavel_new(&gavel, versus->comparison, NULL, 0);
	if (status == BK_OK)
		status = gather_lines(gavel, &lines);
	if (status == BK_OK) {
		versus->flags = bk_calloc(count + 1, sizeof *versus->flags);
		status = versus->flags != NULL ? BK_OK : bk_fail_memory();
	}
	for (size_t i = 0; i < count && status == BK_OK; i++)
		versus->flags[i] = flags_of(versus, &list[i], &lines);
	BK_VEC_RELEASE(&lines.of_old);
	BK_VEC_RELEASE(&lines.of_new);
	bk_gavel_free(gavel);
	return status;
}

void bk_versus_run(void *task)
{
	struct bk_versus *const versus = task;
	versus->status = read_both(versus);
	if (versus->status == BK_OK)
		versus->status = bk_comparison_new_stoppable(
			&versus->comparison, versus->old_draft, versus->new_draft, is_stopped, versus);
	if (versus->status == BK_OK && !is_stopped(versus))
		versus->status = note_flags(versus);
	if (versus->status < 0)
		versus->message = bk_strdup(bk_error_message());
	bk_alloc_trim();
}

/* ---- Asking ---- */

size_t bk_versus_across(const struct bk_versus *versus, size_t offset, bool to_old)
{
	size_t count;
	const struct bk_replacement *const list = bk_comparison_replacements(versus->comparison, &count);
	const size_t next = to_old ? BK_SEARCH(i, count, list[i].new_span.end <= offset)
				   : BK_SEARCH(i, count, list[i].old_span.end <= offset);
	const struct bk_replacement none = {{0, 0}, {0, 0}};
	const struct bk_replacement *const before = next > 0 ? &list[next - 1] : &none;
	const size_t from = to_old ? before->new_span.end : before->old_span.end;
	const size_t into = to_old ? before->old_span.end : before->new_span.end;
	size_t end = SIZE_MAX;
	if (next < count)
		end = to_old ? list[next].old_span.start : list[next].new_span.start;
	const size_t across = into + (offset - from);
	return across < end ? across : end;
}
