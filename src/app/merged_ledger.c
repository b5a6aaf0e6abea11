#include "app/merged_ledger.h"

#include "app/session_private.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/vec.h"

#include <string.h>

/* The compilation and what is to be recorded on it. */
struct merged {
	const struct bk_merging *merging;
	struct bk_session *session; /* of the compilation */
	struct bk_arena arena;
	BK_VEC(struct bk_carried) carried;
	BK_VEC(struct bk_session_name) names;
};

/* ---- One ledger ---------------------------------------------------------------------------------------- */

static int unite(struct bk_buf *all, struct bk_str more)
{
	char *lines;
	size_t len;
	int status;

	if (!more.len)
		return BK_OK;
	status = bk_ledger_union(bk_buf_string(all), all->len, more.ptr, more.len, &lines, &len);
	if (status != BK_OK)
		return status;
	bk_buf_clear(all);
	bk_buf_put(all, lines, len);
	bk_ledger_line_free(lines);
	return bk_buf_status(all);
}

/* That of the base, then those of the versions. */
static const struct bk_session *session_at(const struct bk_merging *merging, size_t index)
{
	return index == 0 ? merging->base : merging->versions[index - 1];
}

static int unite_all(const struct bk_merging *merging, struct bk_buf *all)
{
	int status = BK_OK;

	for (size_t i = 0; i <= merging->count && status == BK_OK; i++)
		status = unite(all, bk_buf_str(&session_at(merging, i)->ledger_bytes));
	return status;
}

static int write_ledger(const struct bk_merging *merging, const char *path)
{
	struct bk_file_bytes there = {0};
	struct bk_file_stamp stamp;
	struct bk_buf all = BK_BUF_INIT;
	int status = bk_file_stat(&stamp, path);

	if (status == BK_OK && stamp.exists)
		status = bk_file_read_plain(&there, path);
	if (status == BK_OK)
		status = unite(&all, there.str);
	if (status == BK_OK)
		status = unite_all(merging, &all);
	if (status == BK_OK && all.len && !bk_str_equal(bk_buf_str(&all), there.str))
		status = bk_file_replace_bytes(
			path, bk_buf_str(&all), stamp.exists ? &there.stamp : &stamp, 0, NULL);
	bk_file_release(&there);
	bk_buf_release(&all);
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
	return status == BK_OK ? bk_session_record_carried(
					 merged->session, merged->carried.items, merged->carried.len)
			       : status;
}

/* ---- Names that are not written ------------------------------------------------------------------------ */

static enum bk_act act_of(enum bk_merge_act act)
{
	switch (act) {
	case BK_MERGE_DELETE: return BK_ACT_DELETE;
	case BK_MERGE_RESERVE: return BK_ACT_RESERVE;
	case BK_MERGE_SUPPORT: return BK_ACT_SUPPORT;
	default: return BK_ACT_PROPOSE;
	}
}

static int name_all(struct merged *merged)
{
	size_t count, versions, brackets;
	const struct bk_merge_proposal *all = bk_merge_proposals(merged->merging->merge, &count);
	const struct bk_version *parties = bk_merge_versions(merged->merging->merge, &versions);
	const struct bk_bracket *list = bk_draft_brackets(merged->session->draft, &brackets);

	for (size_t i = 0; i < count; i++) {
		const uint32_t bracket = bk_draft_bracket_at(merged->session->draft, all[i].out.start);
		struct bk_session_name *name;

		if (all[i].fate != BK_MERGE_BRACKETED || bracket == BK_NONE)
			continue;
		name = BK_VEC_PUSH(&merged->names);
		if (!name)
			return bk_fail_memory();
		*name = (struct bk_session_name){.id = list[bracket].id,
			.bracket = bracket,
			.party = parties[all[i].party].party,
			.act = bk_act_name(act_of(all[i].act)),
			.written = parties[all[i].party].party};
	}
	return bk_session_record_names(merged->session, merged->names.items, merged->names.len);
}

/* ---- The door ------------------------------------------------------------------------------------------ */

static bool has_ledger(const struct bk_merging *merging)
{
	for (size_t i = 0; i <= merging->count; i++)
		if (session_at(merging, i)->ledger_bytes.len)
			return true;
	return false;
}

int bk_merged_ledger_write(
	const struct bk_merging *merging, const struct bk_invocation *invocation, const char *path)
{
	struct merged merged = {.merging = merging, .arena = BK_ARENA_INIT};
	const bool unnamed = merging->style == BK_STYLE_NONE && bk_merge_disputes(merging->merge);
	struct bk_buf ledger = BK_BUF_INIT;
	int status = BK_OK;

	if (!has_ledger(merging) && !unnamed)
		return BK_OK;
	bk_buf_printf(&ledger, "%s.ledger", path);
	status = bk_buf_status(&ledger);
	if (status == BK_OK)
		status = write_ledger(merging, bk_buf_string(&ledger));
	if (status == BK_OK)
		status = bk_session_open(&merged.session, path, BK_SESSION_CHANGE, &invocation->session);
	if (status == BK_OK)
		status = bk_session_refresh(merged.session);
	if (status == BK_OK)
		status = carry_all(&merged);
	if (status == BK_OK && unnamed)
		status = name_all(&merged);
	if (status == BK_OK && unnamed)
		status = bk_session_append_names(merged.session);
	bk_session_free(merged.session);
	bk_buf_release(&ledger);
	BK_VEC_RELEASE(&merged.carried);
	BK_VEC_RELEASE(&merged.names);
	bk_arena_release(&merged.arena);
	return status;
}
