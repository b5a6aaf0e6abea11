/* Two states of a draft, compared. */
#include "tui/versus.h"

#include "app/pair.h"
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
	versus->version = bk_text_version(session->text);
	versus->roster = session->roster;
	versus->at = session->options.at;
	versus->old_side.session = versus->new_side.session = session;
	if (versus->before == NULL || (now != NULL && versus->now == NULL) ||
		(now == NULL && bk_session_analysis_begin(session, &versus->new_side) < 0)) {
		bk_versus_free(versus);
		return NULL;
	}
	return versus;
}

void bk_versus_stop(struct bk_versus *versus)
{
	atomic_store(&versus->cancel, true);
	atomic_store(&versus->old_side.stop, true);
	atomic_store(&versus->new_side.stop, true);
}

void bk_versus_free(struct bk_versus *versus)
{
	if (versus == NULL)
		return;
	bk_comparison_free(versus->comparison);
	bk_session_analysis_release(&versus->old_side);
	bk_session_analysis_release(&versus->new_side);
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

/* What a revision's ledger says of its text; none is nothing said. */
static int read_ledger(
	bk_repository *repository, const char *revision, const char *name, struct bk_analysis *out)
{
	struct bk_buf path = BK_BUF_INIT;
	char *bytes = NULL;
	size_t len = 0;
	bk_buf_printf(&path, "%s.ledger", name);
	int status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_revision_read(repository, revision, bk_buf_string(&path), &bytes, &len);
	bk_buf_release(&path);
	if (status < 0 && status != BK_ENOTFOUND)
		return status;
	out->ledger_bytes = bk_memdup(bytes != NULL ? bytes : "", len);
	out->ledger_len = len;
	out->ledger_name = bk_strdup("ledger");
	bk_store_free(bytes);
	return out->ledger_bytes != NULL && out->ledger_name != NULL ? BK_OK : bk_fail_memory();
}

static int read_text(
	bk_repository *repository, const char *revision, const char *name, struct bk_analysis *out)
{
	char *bytes = NULL;
	size_t len = 0;
	bk_text *text = NULL;
	int status = bk_revision_read(repository, revision, name, &bytes, &len);
	if (status == BK_OK)
		status = bk_text_new(&text, bytes, len);
	if (status == BK_OK)
		out->snapshot = bk_text_snapshot(text);
	bk_text_free(text);
	bk_store_free(bytes);
	return status;
}

static int analyse(struct bk_analysis *side)
{
	bk_session_analysis_run(side);
	return side->status < 0
		       ? bk_fail(side->status, "%s", side->error != NULL ? side->error : "out of memory")
		       : BK_OK;
}

static int read_revision(
	struct bk_versus *versus, bk_repository *repository, const char *revision, struct bk_analysis *side)
{
	int status = read_text(repository, revision, versus->name, side);
	if (status == BK_OK)
		status = read_ledger(repository, revision, versus->name, side);
	side->look_back = true;
	return status == BK_OK ? analyse(side) : status;
}

static void name_bytes(const bk_draft *draft, char out[41])
{
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	bk_blob_name(bytes, len, out);
}

static int read_both(struct bk_versus *versus)
{
	bk_repository *repository = NULL;
	if (versus->path == NULL || versus->name == NULL)
		return bk_fail(BK_ENOREPO, "the draft lies in no repository: Ctrl-S offers to make one");
	int status = bk_repository_open(&repository, versus->path);
	if (status == BK_OK)
		status = read_revision(versus, repository, versus->before, &versus->old_side);
	if (status == BK_OK && versus->now != NULL)
		status = read_revision(versus, repository, versus->now, &versus->new_side);
	else if (status == BK_OK)
		status = analyse(&versus->new_side);
	versus->old_draft = versus->old_side.draft;
	versus->new_draft = versus->new_side.draft;
	if (status == BK_OK) {
		name_bytes(versus->old_draft, versus->old_blob);
		name_bytes(versus->new_draft, versus->new_blob);
	}
	bk_repository_free(repository);
	return status;
}

/* Where words that bind changed, in one of the texts. */
struct line {
	struct bk_span span;
	uint8_t flags;
};

struct lines {
	BK_VEC(struct line) of_old, of_new;
};

static int by_start(const void *a, const void *b)
{
	const size_t x = ((const struct line *)a)->span.start, y = ((const struct line *)b)->span.start;
	return x < y ? -1 : x > y;
}

/* Of all of the sorted lines that lie in the span, or begin where it ends. */
static uint8_t flags_in(const struct line *lines, size_t count, struct bk_span span)
{
	const size_t end = span.end + (span.start == span.end);
	size_t i = BK_SEARCH(j, count, lines[j].span.start < span.start);
	uint8_t flags = 0;
	if (i > 0 && lines[i - 1].span.end > span.start)
		flags |= lines[i - 1].flags;
	for (; i < count && lines[i].span.start < end; i++)
		flags |= lines[i].flags;
	return flags;
}

static int gather_lines(const bk_gavel *gavel, struct lines *lines)
{
	size_t count;
	const struct bk_gavel_line *const list = bk_gavel_list(gavel, &count);
	for (size_t i = 0; i < count; i++) {
		struct line *const slot =
			list[i].in_new ? BK_VEC_PUSH(&lines->of_new) : BK_VEC_PUSH(&lines->of_old);
		if (slot == NULL)
			return bk_fail_memory();
		slot->span = list[i].in_new ? list[i].new_span : list[i].old_span;
		slot->flags = (uint8_t)(BK_VERSUS_BINDS | (list[i].agreed ? BK_VERSUS_AGREED : 0) |
					(list[i].outside ? BK_VERSUS_CLEAN : 0));
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
	uint8_t flags = 0;
	if (difference->in_new)
		flags |= flags_in(lines->of_new.items, lines->of_new.len, difference->new_span);
	if (difference->in_old)
		flags |= flags_in(lines->of_old.items, lines->of_old.len, difference->old_span);
	/* A bracket is never outside of itself. */
	if ((!difference->in_new || is_outside(versus->new_draft, difference->new_span.start)) &&
		(!difference->in_old || is_outside(versus->old_draft, difference->old_span.start)))
		flags |= BK_VERSUS_OUTSIDE;
	return flags;
}

static int note_flags(struct bk_versus *versus)
{
	const struct bk_analysis *const old = &versus->old_side;
	bk_gavel *gavel = NULL;
	struct lines lines = {0};
	struct bk_span *agreed = NULL;
	size_t count, agreed_count;
	const struct bk_difference *const list = bk_comparison_list(versus->comparison, &count);
	int status = bk_pair_agreed(old->draft, old->binding, old->ledger, &agreed, &agreed_count);
	if (status == BK_OK)
		status = bk_gavel_new(&gavel, versus->comparison, agreed, agreed_count);
	bk_free(agreed);
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
	if (versus->status == BK_OK && !is_stopped(versus)) {
		bk_comparison_balance(versus->comparison, &versus->balance);
		versus->status = note_flags(versus);
	}
	if (versus->status < 0)
		versus->message = bk_strdup(bk_error_message());
	bk_alloc_trim();
}

/* ---- Parties ---- */

static bool holds(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

/* The groups that speak for somebody who is in one of them, until there are no more. */
static int find_groups(struct bk_versus_party *party, const bk_roster *roster)
{
	size_t count;
	const struct bk_membership *const list = bk_roster_memberships(roster, &count);
	bool more = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < count; i++) {
			if ((strcmp(list[i].party, party->code) != 0 &&
				    !holds(party->groups.items, party->groups.len, list[i].party)) ||
				holds(party->groups.items, party->groups.len, list[i].group))
				continue;
			const char **const slot = BK_VEC_PUSH(&party->groups);
			if (slot == NULL)
				return bk_fail_memory();
			*slot = list[i].group;
			more = true;
		}
	}
	return BK_OK;
}

static int add_name(struct bk_versus_party *party, const char *name)
{
	const char **const slot = name[0] != '\0' ? BK_VEC_PUSH(&party->names) : NULL;
	if (slot != NULL)
		*slot = name;
	return slot != NULL || name[0] == '\0' ? BK_OK : bk_fail_memory();
}

int bk_versus_party_find(struct bk_versus_party *out, const struct bk_versus *versus, const char *code)
{
	const struct bk_party *const party = bk_roster_find(versus->roster, code, strlen(code));
	*out = (struct bk_versus_party){.code = party != NULL ? party->code : code};
	int status = add_name(out, out->code);
	if (status == BK_OK && party != NULL)
		status = add_name(out, party->name);
	for (size_t i = 0; party != NULL && party->aliases[i] != NULL && status == BK_OK; i++)
		status = add_name(out, party->aliases[i]);
	return status == BK_OK ? find_groups(out, versus->roster) : status;
}

void bk_versus_party_release(struct bk_versus_party *party)
{
	BK_VEC_RELEASE(&party->names);
	BK_VEC_RELEASE(&party->groups);
}

/* Its own position on the bracket, or one of a group that it was in when that spoke. */
static bool has_position(const struct bk_versus *versus, const struct bk_analysis *side, uint32_t bracket,
	const struct bk_versus_party *party)
{
	size_t count;
	if (bracket == BK_NONE)
		return false;
	const struct bk_position *const list = bk_positions_of(side->positions, bracket, &count);
	for (size_t i = 0; i < count; i++) {
		const char *const date = versus->at != NULL ? versus->at : list[i].time;
		if (strcmp(list[i].party, party->code) == 0 ||
			(holds(party->groups.items, party->groups.len, list[i].party) &&
				bk_roster_is_member(versus->roster, list[i].party, party->code, date)))
			return true;
	}
	return false;
}

/* The name as a word of its own. */
static bool names(struct bk_str all, struct bk_span span, struct bk_str name)
{
	const char *const end = all.ptr + span.end;
	for (const char *at = all.ptr + span.start; at + name.len <= end; at++) {
		at = memchr(at, name.ptr[0], (size_t)(end - at) - name.len + 1);
		if (at == NULL)
			return false;
		const char *const after = at + name.len;
		if (memcmp(at, name.ptr, name.len) == 0 && (at == all.ptr || !bk_is_word(at[-1])) &&
			(after == all.ptr + all.len || !bk_is_word(*after)))
			return true;
	}
	return false;
}

static bool is_named(const bk_draft *draft, struct bk_span span, const struct bk_versus_party *party)
{
	struct bk_str all;
	all.ptr = bk_draft_bytes(draft, &all.len);
	for (size_t i = 0; i < party->names.len; i++)
		if (names(all, span, bk_str_of(party->names.items[i])))
			return true;
	return false;
}

bool bk_versus_concerns(const struct bk_versus *versus, const struct bk_difference *difference,
	const struct bk_versus_party *party)
{
	return (difference->in_old && is_named(versus->old_draft, difference->old_span, party)) ||
	       (difference->in_new && is_named(versus->new_draft, difference->new_span, party)) ||
	       has_position(versus, &versus->old_side, difference->old_bracket, party) ||
	       has_position(versus, &versus->new_side, difference->new_bracket, party);
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
