/* A list of names in a draft, taken over as attributions. */
#include "base/error.h"
#include "draft/attribution_private.h"
#include "draft/lexicon.h"

static int add_name(struct bk_attribution_finder *finder, const struct bk_named *named, size_t base,
	enum bk_form form, struct bk_span notation)
{
	struct bk_draft *draft = finder->draft;
	const struct bk_span written = {base + named->written.start, base + named->written.end};
	const char *party = named->code;
	struct bk_attribution *slot;

	if (!party)
		party = bk_arena_dup(
			&draft->arena, draft->bytes.ptr + written.start, written.end - written.start);
	slot = party ? BK_VEC_PUSH(&finder->found) : NULL;
	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_attribution){
		.bracket = finder->bracket,
		.act = (uint8_t)named->act,
		.form = (uint8_t)form,
		.party = party,
		.known = named->code != NULL,
		.written = written,
		.notation = notation,
	};
	return BK_OK;
}

/* An acronym in parentheses after its words is no list of parties: one known name or a verb is needed. */
static bool is_acronym_only(const struct bk_attribution_finder *finder, enum bk_form form)
{
	if (form == BK_FORM_PREFIX || !finder->naming.names.code)
		return false;
	for (size_t i = 0; i < finder->names.len; i++) {
		if (finder->names.items[i].code || finder->names.items[i].act != BK_ACT_PROPOSE)
			return false;
	}
	return true;
}

int bk_attribution_take_list(struct bk_attribution_finder *finder, struct bk_str list, enum bk_form form,
	struct bk_span notation, bool *is)
{
	const size_t base = (size_t)(list.ptr - finder->draft->bytes.ptr);
	int status;

	*is = false;
	finder->names.len = 0;
	/* "NO text": nothing is meant, and not Norway. */
	if (bk_lexicon_prefix(BK_LEXICON_NO_TEXT, list))
		return BK_OK;
	status = bk_naming_parse(&finder->naming, list,
		form == BK_FORM_PREFIX ? BK_NAMING_STRICT : BK_NAMING_LOOSE, &finder->names, is);
	*is = *is && !is_acronym_only(finder, form);
	for (size_t i = 0; status == BK_OK && *is && i < finder->names.len; i++)
		status = add_name(finder, &finder->names.items[i], base, form, notation);
	return status;
}
