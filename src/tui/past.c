/* Revisions of a draft, counted. */
#include "tui/past.h"

#include "app/revision_ledger.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

enum { MOST_REVISIONS = 100 };

struct bk_past *bk_past_new(const struct bk_session *session)
{
	struct bk_past *const past = bk_calloc(1, sizeof *past);
	if (past == NULL)
		return NULL;
	past->conventions = session->conventions;
	past->roster = session->roster;
	past->status = BK_ENOREPO;
	if (session->repository == NULL || session->path == NULL || session->repository_name == NULL)
		return past;
	if (session->ledger_bytes.len > 0 && bk_ledger_parse(&past->ledger, session->ledger_bytes.bytes,
						     session->ledger_bytes.len, "ledger") < 0)
		past->ledger = NULL;
	past->path = bk_strdup(session->path);
	past->name = bk_strdup(session->repository_name);
	return past;
}

void bk_past_free(struct bk_past *past)
{
	if (past == NULL)
		return;
	bk_arena_release(&past->arena);
	bk_map_release(&past->since);
	bk_ledger_free(past->ledger);
	bk_free(past->message);
	bk_free(past->path);
	bk_free(past->name);
	bk_free(past);
}

/*
 * Note that revision `index` has the bracket `id`: it stands since then when every newer revision had it too,
 * which is so when its oldest known revision is the one before in this walk from the newest.
 */
static int note_bracket(struct bk_past *past, const char *id, size_t index)
{
	const struct bk_str key = bk_str_of(id);
	size_t oldest;
	if (index > 0 && (!bk_map_get(&past->since, key, &oldest) || oldest + 1 != index))
		return BK_OK;
	return bk_map_set(&past->since, key, index);
}

/* What was spoken of keeps its id through changes of its words: it is found as the ledger finds it. */
static int note_recorded(struct bk_past *past, const bk_draft *draft, size_t index)
{
	bk_binding *binding = NULL;
	size_t count;
	if (past->ledger == NULL)
		return BK_OK;
	int status = bk_binding_new(&binding, past->ledger, draft);
	if (status < 0)
		return status;
	const struct bk_bound *const list = bk_binding_list(binding, &count);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (list[i].bracket != BK_NONE)
			status = note_bracket(past, list[i].id, index);
	bk_binding_free(binding);
	return status;
}

static int count_revision(struct bk_past *past, bk_repository *repository, const char *blob, size_t index)
{
	char *bytes = NULL;
	size_t len = 0, count;
	bk_text *text = NULL;
	bk_draft *draft = NULL;
	const struct bk_draft_options options = {
		.conventions = past->conventions, .names = bk_roster_names(past->roster)};
	int status = bk_revision_read_blob(repository, blob, &bytes, &len);
	if (status == BK_OK)
		status = bk_text_new(&text, bytes, len);
	if (status == BK_OK)
		status = bk_draft_new(&draft, bk_text_now(text), &options);
	if (status == BK_OK) {
		const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
		struct bk_past_revision *const revision = &past->revisions[index];
		revision->pairs = count;
		for (size_t i = 0; i < count && status == BK_OK; i++) {
			revision->disputed += brackets[i].class == BK_CLASS_DISPUTED && !brackets[i].brace;
			status = note_bracket(past, brackets[i].id, index);
		}
	}
	if (status == BK_OK)
		status = note_recorded(past, draft, index);
	bk_draft_free(draft);
	bk_text_free(text);
	bk_store_free(bytes);
	return status;
}

static struct bk_past_revision copy_revision(struct bk_past *past, const struct bk_revision *from)
{
	struct bk_past_revision to = {
		.time = from->time, .offset = from->offset, .same_text = from->same_text};
	memcpy(to.id, from->id, sizeof to.id);
	to.author = bk_arena_dup(&past->arena, from->author, strlen(from->author));
	to.party = bk_arena_dup(&past->arena, from->party, strlen(from->party));
	to.symbol = bk_arena_dup(&past->arena, from->symbol, strlen(from->symbol));
	to.message = bk_arena_dup(&past->arena, from->message, strcspn(from->message, "\n"));
	return to;
}

static int read_all(struct bk_past *past)
{
	bk_repository *repository = NULL;
	bk_revisions *revisions = NULL;
	size_t count = 0;
	if (past->path == NULL || past->name == NULL)
		return bk_fail(BK_ENOREPO, "the draft lies in no repository: Ctrl-S offers to make one");
	int status = bk_repository_open(&repository, past->path);
	if (status == BK_OK)
		status = bk_revisions_walk(&revisions, repository, past->name, NULL);
	if (status == BK_OK) {
		const struct bk_revision *const list = bk_revisions_list(revisions, &count);
		count = count < (size_t)MOST_REVISIONS ? count : (size_t)MOST_REVISIONS;
		past->revisions = bk_arena_array(&past->arena, count + 1, sizeof *past->revisions);
		if (past->revisions == NULL)
			status = bk_fail_memory();
		for (size_t i = 0; i < count && status == BK_OK && !atomic_load(&past->cancel); i++) {
			past->revisions[i] = copy_revision(past, &list[i]);
			status = bk_revision_count_positions(
				repository, &list[i], &past->revisions[i].positions);
			if (status == BK_OK)
				status = count_revision(past, repository, list[i].blob, i);
			past->count = i + 1;
		}
	}
	bk_revisions_free(revisions);
	bk_repository_free(repository);
	return status;
}

void bk_past_run(void *task)
{
	struct bk_past *const past = task;
	past->status = read_all(past);
	if (past->status < 0)
		past->message = bk_strdup(bk_error_message());
}

size_t bk_past_texts(const struct bk_past *past, size_t index)
{
	size_t texts = 0;
	for (size_t i = 0; i < index; i++)
		texts += !past->revisions[i].same_text;
	return texts;
}

void bk_past_put_since(const struct bk_past *past, const char *id, int64_t now, struct bk_buf *out)
{
	size_t index;
	if (past == NULL || !bk_map_get(&past->since, bk_str_of(id), &index) || index >= past->count)
		return;
	const struct bk_past_revision *const revision = &past->revisions[index];
	const int64_t days = (now - revision->time) / 86400;
	bk_buf_puts(out, "since ");
	if (revision->symbol[0] != '\0')
		bk_buf_puts(out, revision->symbol);
	else
		bk_buf_put(out, revision->id, 7);
	const size_t texts = bk_past_texts(past, index) + !revision->same_text;
	bk_buf_printf(out, " (%zu revision%s, %lld day%s)", texts, texts == 1 ? "" : "s",
		(long long)(days < 0 ? 0 : days), days == 1 ? "" : "s");
}
