#include "app/merged_ledger.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"
#include "ledger/event.h"
#include "ledger/ledger.h"

#include <string.h>

/* The compilation and what is to be recorded on it. */
struct merged {
	const struct bk_merging *merging;
	struct bk_session *session; /* of the compilation */
	uint64_t old;		    /* hash of the bytes that it takes the place of; 0: none */
	struct bk_arena arena;
	BK_VEC(struct bk_carried) carried;
	BK_VEC(struct bk_session_name) names;
	bk_kept *kept;		 /* names that are kept for the compilation so far */
	BK_VEC(bk_kept *) given; /* those of base and versions for theirs */
};

/* ---- One ledger ---------------------------------------------------------------------------------------- */

/* That of the base, then those of the versions. */
static const struct bk_session *session_at(const struct bk_merging *merging, size_t index)
{
	return index == 0 ? merging->base : merging->versions[index - 1];
}

static int unite_all(struct bk_session *session, const struct bk_merging *merging)
{
	int status = BK_OK;

	for (size_t i = 0; i <= merging->count && status == BK_OK; i++)
		status = bk_session_unite_ledger(session, bk_buf_str(&session_at(merging, i)->ledger_bytes));
	return status;
}

/* ---- Brackets brought along ---------------------------------------------------------------------------- */

/* Where the bracket of a text that a party gave stands in the compilation; BK_NONE for one that does not. */
static uint32_t follow(const struct merged *merged, uint32_t party, const struct bk_bracket *bracket)
{
	const bk_draft *draft = merged->session->draft;
	const bk_merge *merge = merged->merging->merge;
	size_t count, at = bk_merge_follow(merge, party, bracket->start);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	uint32_t found;

	/* Brackets of its own round a whole proposal gave way to those with its name. */
	if (at == BK_NOWHERE && bracket->text.start < bracket->text.end) {
		at = bk_merge_follow(merge, party, bracket->text.start);
		found = at == BK_NOWHERE ? BK_NONE : bk_draft_bracket_at(draft, at);
		return found != BK_NONE && brackets[found].text.start == at ? found : BK_NONE;
	}
	found = at == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(draft, at);
	return found < count && brackets[found].start == at ? found : BK_NONE;
}

static bool is_carried(const struct merged *merged, const char *id)
{
	for (size_t i = 0; i < merged->carried.len; i++)
		if (strcmp(merged->carried.items[i].id, id) == 0)
			return true;
	return false;
}

static int carry(struct merged *merged, const struct bk_session *session, uint32_t party)
{
	size_t count, bound, all;
	const struct bk_bound *bounds = bk_binding_list(session->binding, &bound);
	const struct bk_bracket *from = bk_draft_brackets(session->draft, &count),
				*to = bk_draft_brackets(merged->session->draft, &all);

	for (size_t i = 0; i < bound; i++) {
		struct bk_carried *carried;
		uint32_t there;

		if (bounds[i].bracket == BK_NONE || is_carried(merged, bounds[i].id))
			continue;
		there = follow(merged, party, &from[bounds[i].bracket]);
		if (there == BK_NONE)
			continue;
		carried = BK_VEC_PUSH(&merged->carried);
		if (!carried)
			return bk_fail_memory();
		*carried = (struct bk_carried){
			.id = bk_arena_dup(&merged->arena, bounds[i].id, strlen(bounds[i].id)),
			.start = to[there].start};
		if (!carried->id)
			return bk_fail_memory();
	}
	return BK_OK;
}

/* The index of a version in the merge, which has them in the order of the roster. */
static uint32_t party_of(const struct bk_merging *merging, const struct bk_session *session)
{
	size_t count, len;
	const struct bk_version *versions = bk_merge_versions(merging->merge, &count);
	const char *bytes;

	if (bk_snapshot_flat(bk_text_now(session->text), &bytes, &len) != BK_OK)
		return BK_NONE;
	for (uint32_t i = 0; i < count; i++)
		if (versions[i].bytes == bytes && session != merging->base)
			return i;
	return BK_NONE;
}

static int carry_all(struct merged *merged)
{
	int status = BK_OK;

	for (size_t i = 0; i <= merged->merging->count && status == BK_OK; i++) {
		struct bk_session *session = (struct bk_session *)session_at(merged->merging, i);

		if (!session->ledger_bytes.len)
			continue;
		status = bk_session_refresh(session);
		if (status == BK_OK)
			status = carry(merged, session, party_of(merged->merging, session));
	}
	return status == BK_OK ? bk_session_record_carried(merged->session, merged->carried.items,
					 merged->carried.len, merged->old)
			       : status;
}

/* ---- Names that are not written ------------------------------------------------------------------------ */

static int add_name(struct merged *merged, const struct bk_session_name *name)
{
	struct bk_session_name *slot = BK_VEC_PUSH(&merged->names);

	if (!slot)
		return bk_fail_memory();
	*slot = *name;
	slot->old = merged->old;
	return BK_OK;
}

static bool is_name(const struct bk_kept_name *a, const struct bk_kept_name *b)
{
	return strcmp(a->id, b->id) == 0 && a->name.act == b->name.act &&
	       strcmp(a->name.party, b->name.party) == 0;
}

/* Add the names that the ledgers of base and versions keep for their texts. */
static int keep_given(struct merged *merged)
{
	int status = BK_OK;

	for (size_t i = 0; i <= merged->merging->count && status == BK_OK; i++) {
		struct bk_session *session = (struct bk_session *)session_at(merged->merging, i);
		bk_kept **kept;

		if (!session->ledger_bytes.len)
			continue;
		status = bk_session_refresh(session);
		kept = status == BK_OK ? BK_VEC_PUSH(&merged->given) : NULL;
		if (!kept)
			return status == BK_OK ? bk_fail_memory() : status;
		*kept = NULL;
		status = bk_kept_new(kept, session->draft, session->binding, session->ledger);
	}
	return status;
}

static bool is_given(const struct merged *merged, const struct bk_kept_name *name)
{
	for (size_t i = 0; i < merged->given.len; i++) {
		size_t count;
		const struct bk_kept_name *list = bk_kept_list(merged->given.items[i], &count);

		for (size_t k = 0; k < count; k++)
			if (is_name(&list[k], name))
				return true;
	}
	return false;
}

/* Whether the merge says a name, in a style that leaves it to the ledger. */
static bool is_said(const struct merged *merged, const struct bk_kept_name *name)
{
	const bk_draft *draft = merged->session->draft;
	size_t count, brackets;
	const struct bk_merge_naming *all = bk_merge_namings(merged->merging->merge, &count);
	const size_t start = bk_draft_brackets(draft, &brackets)[name->name.bracket].start;

	if (merged->merging->style != BK_STYLE_NONE)
		return false;
	for (size_t i = BK_SEARCH(k, count, all[k].bracket < start); i < count && all[i].bracket == start;
		i++)
		if (all[i].act == name->name.act && strcmp(all[i].party, name->name.party) == 0)
			return true;
	return false;
}

static bool is_any_given(const struct merged *merged, const struct bk_kept_name *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_given(merged, &list[i]))
			return true;
	return false;
}

/*
 * Names of one id that the ledger of the text before kept go when one of them is said no more: those that base and
 * versions bring are recorded anew.  Where the bracket is gone, with its last words, these stay as they are.
 */
static int forget_id(struct merged *merged, const struct bk_kept_name *list, size_t count)
{
	const struct bk_session_name forget = {.id = list->id,
		.bracket = list->name.bracket,
		.party = "",
		.act = BK_EVENT_UNSAID,
		.written = ""};
	bool all_said = true;
	int status;

	if (list->name.bracket == BK_NONE)
		return is_any_given(merged, list, count) ? BK_OK : add_name(merged, &forget);
	for (size_t i = 0; i < count; i++)
		all_said &= is_given(merged, &list[i]) || is_said(merged, &list[i]);
	if (all_said)
		return BK_OK;
	status = add_name(merged, &forget);
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct bk_session_name name = {.id = list[i].id,
			.bracket = list[i].name.bracket,
			.party = list[i].name.party,
			.act = bk_act_name(list[i].name.act),
			.written = list[i].name.written};

		if (is_given(merged, &list[i]))
			status = add_name(merged, &name);
	}
	return status;
}

static int forget_former(struct merged *merged)
{
	struct bk_session *session = merged->session;
	size_t count, next;
	int status = bk_session_refresh(session);

	if (status == BK_OK)
		status = bk_kept_new(&merged->kept, session->draft, session->binding, session->ledger);
	if (status == BK_OK)
		status = keep_given(merged);
	if (status < 0)
		return status;

	const struct bk_kept_name *list = bk_kept_list(merged->kept, &count);

	for (size_t i = 0; i < count && status == BK_OK; i = next) {
		for (next = i + 1; next < count && strcmp(list[next].id, list[i].id) == 0; next++)
			;
		status = forget_id(merged, &list[i], next - i);
	}
	return status;
}

static int say_all(struct merged *merged)
{
	size_t count, brackets;
	const struct bk_merge_naming *all = bk_merge_namings(merged->merging->merge, &count);
	const struct bk_bracket *list = bk_draft_brackets(merged->session->draft, &brackets);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const uint32_t bracket = bk_draft_bracket_from(merged->session->draft, all[i].bracket);

		if (bracket == brackets || list[bracket].start != all[i].bracket)
			continue;
		status = add_name(merged, &(struct bk_session_name){.id = list[bracket].id,
						  .bracket = bracket,
						  .party = all[i].party,
						  .act = bk_act_name(all[i].act),
						  .written = all[i].party});
	}
	return status;
}

static int name_all(struct merged *merged, bool unnamed, bool former)
{
	int status = former ? forget_former(merged) : BK_OK;

	if (status == BK_OK && unnamed)
		status = say_all(merged);
	return status == BK_OK
		       ? bk_session_record_names(merged->session, merged->names.items, merged->names.len)
		       : status;
}

/* ---- What the ledger gains ----------------------------------------------------------------------------- */

static int index_lines(struct bk_str bytes, struct bk_map *lines)
{
	struct bk_str line;
	size_t at = 0;
	int status = BK_OK;

	while (status == BK_OK && bk_ledger_next_line(bytes, &at, &line))
		status = bk_map_set(lines, line, 1);
	return status;
}

/* The lines of all that the file does not have. */
static int put_missing(struct bk_str all, struct bk_str file, struct bk_buf *out)
{
	struct bk_map there = BK_MAP_INIT;
	struct bk_str line;
	size_t at = 0, found;
	int status = index_lines(file, &there);

	while (status == BK_OK && bk_ledger_next_line(all, &at, &line)) {
		if (bk_map_get(&there, line, &found))
			continue;
		/* A write that was torn may have left the last line without its end. */
		if (!out->len && file.len && file.ptr[file.len - 1] != '\n')
			bk_buf_putc(out, '\n');
		bk_buf_put_str(out, line);
		bk_buf_putc(out, '\n');
	}
	bk_map_release(&there);
	return status == BK_OK ? bk_buf_status(out) : status;
}

/* ---- The door ------------------------------------------------------------------------------------------ */

static int record(struct merged *merged, bool unnamed, bool former)
{
	int status = unite_all(merged->session, merged->merging);

	if (status == BK_OK)
		status = bk_session_refresh(merged->session);
	if (status == BK_OK)
		status = carry_all(merged);
	return status == BK_OK ? name_all(merged, unnamed, former) : status;
}

static bool has_ledger(const struct bk_merging *merging)
{
	for (size_t i = 0; i <= merging->count; i++)
		if (session_at(merging, i)->ledger_bytes.len)
			return true;
	return false;
}

int bk_merged_ledger_put(
	const struct bk_merging *merging, struct bk_session *session, uint64_t old, struct bk_buf *out)
{
	struct merged merged = {.merging = merging, .session = session, .old = old, .arena = BK_ARENA_INIT};
	const bool unnamed = merging->style == BK_STYLE_NONE && bk_merge_disputes(merging->merge);
	struct bk_buf file = BK_BUF_INIT;
	int status;

	if (!has_ledger(merging) && !unnamed && !session->ledger_bytes.len)
		return BK_OK;
	bk_buf_put_str(&file, bk_buf_str(&session->ledger_bytes));
	status = bk_buf_status(&file);
	if (status == BK_OK)
		status = record(&merged, unnamed, file.len > 0);
	if (status == BK_OK)
		status = put_missing(bk_buf_str(&session->ledger_bytes), bk_buf_str(&file), out);
	bk_buf_release(&file);
	BK_VEC_RELEASE(&merged.carried);
	BK_VEC_RELEASE(&merged.names);
	for (size_t i = 0; i < merged.given.len; i++)
		bk_kept_free(merged.given.items[i]);
	BK_VEC_RELEASE(&merged.given);
	bk_kept_free(merged.kept);
	bk_arena_release(&merged.arena);
	return status;
}
