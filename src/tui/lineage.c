/* Brackets followed through the revisions. */
#include "tui/lineage.h"

#include "app/life.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* As much is kept of the past: about as many bytes as there are brackets in all texts, times fifty. */
enum { MOST_TEXTS = 200, MOST_BRACKETS = 400000, WORDS = 160 };

struct bk_lineage *bk_lineage_new(const struct bk_session *session)
{
	struct bk_lineage *const lineage = bk_calloc(1, sizeof *lineage);
	if (lineage == NULL)
		return NULL;
	lineage->path = session->path != NULL ? bk_strdup(session->path) : NULL;
	lineage->name = session->repository_name != NULL ? bk_strdup(session->repository_name) : NULL;
	if (bk_session_analysis_begin(session, &lineage->draft) < 0) {
		bk_lineage_free(lineage);
		return NULL;
	}
	return lineage;
}

void bk_lineage_stop(struct bk_lineage *lineage)
{
	atomic_store(&lineage->cancel, true);
	atomic_store(&lineage->draft.stop, true);
}

void bk_lineage_free(struct bk_lineage *lineage)
{
	if (lineage == NULL)
		return;
	bk_session_analysis_release(&lineage->draft);
	for (size_t i = 0; i < lineage->texts.len; i++)
		bk_free(lineage->texts.items[i].brackets);
	BK_VEC_RELEASE(&lineage->texts);
	bk_arena_release(&lineage->arena);
	bk_free(lineage->message);
	bk_free(lineage->path);
	bk_free(lineage->name);
	bk_free(lineage);
}

/* ---- On the thread ---- */

struct follower {
	struct bk_lineage *lineage;
	const struct bk_timeline *timeline;
	size_t brackets; /* of all texts */
};

static bool is_followed(const struct bk_bracket *bracket)
{
	return !bracket->brace && bracket->class == BK_CLASS_DISPUTED;
}

/* The beginning of its words, on one line. */
static const char *words_of(struct follower *follower, const bk_draft *draft, struct bk_span span)
{
	struct bk_str all;
	all.ptr = bk_draft_bytes(draft, &all.len);
	size_t end = span.end - span.start > WORDS ? span.start + WORDS : span.end;
	while (end > span.start && end < all.len && ((unsigned char)all.ptr[end] & 0xc0) == 0x80)
		end--;
	char *const words = bk_arena_printf(&follower->lineage->arena, "%.*s%s", (int)(end - span.start),
		all.ptr + span.start, end < span.end ? "…" : "");
	for (char *at = words; at != NULL && *at != '\0'; at++)
		*at = bk_is_space(*at) ? ' ' : *at;
	return words;
}

static const char *keep(struct follower *follower, const char *string)
{
	const char *const kept = bk_arena_dup(&follower->lineage->arena, string, strlen(string));
	return kept != NULL ? kept : "";
}

/* Which revision brought a text. */
static void name_text(struct follower *follower, struct bk_lineage_text *text)
{
	const struct bk_timeline *const timeline = follower->timeline;
	if (text->index >= timeline->count)
		return;
	const struct bk_revision *const revision = &timeline->list[text->index];
	memcpy(text->revision, revision->id, sizeof text->revision);
	text->time = revision->time;
	text->offset = revision->offset;
	text->author = keep(follower, revision->author);
	text->party = keep(follower, revision->party);
	text->symbol = keep(follower, bk_timeline_symbol(timeline->list, timeline->count, text->index));
}

/* Note a text with its brackets; nothing is known yet of what they were or are. */
static int add_text(struct follower *follower, const bk_draft *draft, size_t index)
{
	size_t count, len;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	struct bk_lineage_text *const text = BK_VEC_PUSH(&follower->lineage->texts);
	if (text == NULL)
		return bk_fail_memory();
	*text = (struct bk_lineage_text){
		.author = "", .party = "", .symbol = "", .index = index, .parent = BK_NONE};
	bk_blob_name(bytes, len, text->blob);
	name_text(follower, text);
	text->brackets = bk_malloc((count + 1) * sizeof *text->brackets);
	if (text->brackets == NULL)
		return bk_fail_memory();
	for (size_t b = 0; b < count; b++)
		if (is_followed(&all[b]))
			text->brackets[text->count++] = (struct bk_lineage_bracket){
				.span = {all[b].start, all[b].end},
				.before = {BK_NONE, BK_NONE},
				.after = {BK_NONE, BK_NONE},
				.came = BK_DIFFERENCE_OPENED,
				.went = BK_DIFFERENCE_COUNT,
				.detail = "",
			};
	follower->brackets += text->count;
	return BK_OK;
}

/* The text of a revision, added when it is not known yet. */
static int find_text(struct follower *follower, const bk_draft *draft, size_t index, uint32_t *out)
{
	struct bk_lineage *const lineage = follower->lineage;
	for (size_t i = 0; i < lineage->texts.len; i++)
		if (lineage->texts.items[i].index == index) {
			*out = (uint32_t)i;
			return BK_OK;
		}
	*out = (uint32_t)lineage->texts.len;
	return add_text(follower, draft, index);
}

static struct bk_lineage_bracket *bracket_of(
	struct follower *follower, const bk_draft *draft, uint32_t text, uint32_t bracket, uint32_t *out)
{
	size_t count;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	*out = bracket != BK_NONE ? bk_lineage_find(follower->lineage, text, all[bracket].start).bracket
				  : BK_NONE;
	return *out != BK_NONE ? &follower->lineage->texts.items[text].brackets[*out] : NULL;
}

/* What became of the brackets of the older text, of which none is known to stand in another newer one. */
static void note_ends(
	struct follower *follower, uint32_t now, uint32_t old, const struct bk_pair_of_texts *pair)
{
	size_t count;
	uint32_t index;
	const struct bk_difference *const all = bk_comparison_list(pair->comparison, &count);
	for (size_t i = 0; i < count; i++) {
		if (all[i].kind > BK_DIFFERENCE_REOPENED)
			continue;
		struct bk_lineage_bracket *const bracket =
			bracket_of(follower, pair->old, old, all[i].old_bracket, &index);
		if (bracket == NULL || bracket->after.bracket != BK_NONE)
			continue;
		bracket->after.text = now;
		bracket->went = (uint8_t)all[i].kind;
		bracket->detail = all[i].detail[0] != '\0' ? keep(follower, all[i].detail) : "";
	}
}

/* One bracket of the newer text: is it one of the older text? */
static void link_bracket(struct follower *follower, uint32_t now, uint32_t old,
	const struct bk_pair_of_texts *pair, uint32_t bracket, enum bk_difference_kind kind)
{
	uint32_t index, from;
	struct bk_lineage_bracket *const one = bracket_of(follower, pair->now, now, bracket, &index);
	if (one == NULL)
		return;
	uint32_t before = bk_comparison_origin(pair->comparison, bracket);
	if (before == BK_NONE) {
		before = bk_life_longer(pair, bracket);
		if (before == BK_NONE && one->before.bracket == BK_NONE)
			one->came = (uint8_t)kind;
		kind = BK_DIFFERENCE_REWORDED;
	}
	struct bk_lineage_bracket *const origin = bracket_of(follower, pair->old, old, before, &from);
	if (origin == NULL)
		return;
	if (one->before.bracket == BK_NONE ||
		(kind == BK_DIFFERENCE_KEPT && one->came != BK_DIFFERENCE_KEPT)) {
		one->before = (struct bk_lineage_place){old, from};
		one->came = (uint8_t)kind;
	}
	/* Of several newer texts the first goes on, of the pieces of one the largest. */
	if (origin->after.bracket == BK_NONE ||
		(origin->after.text == now && bk_comparison_carry(pair->comparison, before) == bracket))
		origin->after = (struct bk_lineage_place){now, index};
}

/* Words are kept of what did not come as it was: of the others the older text tells. */
static void keep_words(struct follower *follower, const bk_draft *draft, uint32_t text)
{
	struct bk_lineage_text *const in = &follower->lineage->texts.items[text];
	for (size_t i = 0; i < in->count; i++)
		if (in->brackets[i].came != BK_DIFFERENCE_KEPT && in->brackets[i].words == NULL)
			in->brackets[i].words = words_of(follower, draft, in->brackets[i].span);
}

static bool is_root(const struct bk_timeline *timeline, size_t index)
{
	return index < timeline->count && timeline->list[index].parent_count == 0;
}

static int link_texts(
	struct follower *follower, uint32_t now, uint32_t old, const struct bk_pair_of_texts *pair)
{
	struct bk_lineage *const lineage = follower->lineage;
	size_t brackets;
	uint8_t *const kinds = bk_life_kinds(pair);
	if (kinds == NULL)
		return bk_fail_memory();
	bk_draft_brackets(pair->now, &brackets);
	for (uint32_t b = 0; b < brackets; b++)
		link_bracket(follower, now, old, pair, b, (enum bk_difference_kind)kinds[b]);
	bk_free(kinds);
	note_ends(follower, now, old, pair);
	if (lineage->texts.items[now].parent == BK_NONE)
		lineage->texts.items[now].parent = old;
	if (pair->last)
		keep_words(follower, pair->now, now);
	lineage->cut = lineage->texts.len >= MOST_TEXTS || follower->brackets >= MOST_BRACKETS;
	if (lineage->cut || is_root(follower->timeline, pair->older))
		keep_words(follower, pair->old, old);
	return BK_OK;
}

static int follow(void *context, const struct bk_pair_of_texts *pair)
{
	struct follower *const follower = context;
	uint32_t now, old;
	int status = find_text(follower, pair->now, pair->newer, &now);
	if (status == BK_OK)
		status = find_text(follower, pair->old, pair->older, &old);
	if (status == BK_OK)
		status = link_texts(follower, now, old, pair);
	return status == BK_OK && (follower->lineage->cut || atomic_load(&follower->lineage->cancel))
		       ? BK_ELIMIT
		       : status;
}

static int follow_all(struct bk_lineage *lineage, const struct bk_timeline *timeline)
{
	struct follower follower = {.lineage = lineage, .timeline = timeline};
	int status = bk_timeline_walk(timeline, follow, &follower);
	if (status < 0 || lineage->texts.len > 0)
		return status;
	status = add_text(&follower, timeline->session->draft, bk_timeline_head(timeline));
	if (status == BK_OK)
		keep_words(&follower, timeline->session->draft, 0);
	return status;
}

/* A session that only the thread has: what reading and comparing revisions asks for. */
static int run(struct bk_lineage *lineage)
{
	const struct bk_session *const asked = lineage->draft.session;
	struct bk_session own = {
		.name = lineage->path,
		.path = lineage->path,
		.repository_name = lineage->name,
		.options = {.at = asked->options.at},
		.roster = asked->roster,
		.conventions = asked->conventions,
	};
	struct bk_timeline timeline = {.session = &own};
	if (lineage->path == NULL || lineage->name == NULL)
		return bk_fail(BK_ENOREPO, "the draft lies in no repository: Ctrl-S offers to make one");
	bk_session_analysis_run(&lineage->draft);
	own.draft = lineage->draft.draft;
	if (lineage->draft.status < 0)
		return bk_fail(lineage->draft.status, "%s", lineage->draft.error);
	int status = bk_repository_open(&own.repository, lineage->path);
	if (status == BK_OK)
		status = bk_timeline_begin(&timeline, &own);
	if (status == BK_OK)
		status = follow_all(lineage, &timeline);
	bk_timeline_release(&timeline);
	bk_repository_free(own.repository);
	return status;
}

void bk_lineage_run(void *task)
{
	struct bk_lineage *const lineage = task;
	lineage->status = run(lineage);
	if (lineage->status < 0)
		lineage->message = bk_strdup(bk_error_message());
	bk_session_analysis_release(&lineage->draft);
	bk_alloc_trim();
}

/* ---- Asking ---- */

const struct bk_lineage_bracket *bk_lineage_at(
	const struct bk_lineage *lineage, struct bk_lineage_place place)
{
	return place.bracket != BK_NONE ? &lineage->texts.items[place.text].brackets[place.bracket] : NULL;
}

struct bk_lineage_place bk_lineage_find(const struct bk_lineage *lineage, size_t text, size_t start)
{
	struct bk_lineage_place place = {(uint32_t)text, BK_NONE};
	if (lineage == NULL || lineage->status < 0 || text >= lineage->texts.len)
		return place;
	const struct bk_lineage_text *const in = &lineage->texts.items[text];
	const size_t at = BK_SEARCH(i, in->count, in->brackets[i].span.start < start);
	if (at < in->count && in->brackets[at].span.start == start)
		place.bracket = (uint32_t)at;
	return place;
}

size_t bk_lineage_text_of(const struct bk_lineage *lineage, const char *blob)
{
	for (size_t i = 0; lineage != NULL && i < lineage->texts.len; i++)
		if (strcmp(lineage->texts.items[i].blob, blob) == 0)
			return i;
	return BK_NOWHERE;
}

struct bk_lineage_place bk_lineage_next(const struct bk_lineage *lineage, struct bk_lineage_place place)
{
	const struct bk_lineage_bracket *const bracket = bk_lineage_at(lineage, place);
	return bracket != NULL ? bracket->after : (struct bk_lineage_place){BK_NONE, BK_NONE};
}

void bk_lineage_put_since(
	const struct bk_lineage *lineage, struct bk_lineage_place place, int64_t now, struct bk_buf *out)
{
	size_t texts = 0;
	const struct bk_lineage_text *text = NULL;
	for (; place.bracket != BK_NONE; place = bk_lineage_at(lineage, place)->before) {
		text = &lineage->texts.items[place.text];
		texts += text->revision[0] != '\0';
	}
	if (text == NULL || text->revision[0] == '\0')
		return;
	const int64_t days = now > text->time ? (now - text->time) / 86400 : 0;
	bk_buf_puts(out, "since ");
	if (text->symbol[0] != '\0')
		bk_buf_puts(out, text->symbol);
	else
		bk_buf_put(out, text->revision, 7);
	bk_buf_printf(out, " (%zu revision%s, %lld day%s)", texts, texts == 1 ? "" : "s", (long long)days,
		days == 1 ? "" : "s");
}
