/*
 * What a compilation says is what its reader reads.  Each edit by itself is placed so that it is read as its party
 * wants it; edits near each other, and near brackets of the base, are read together.  So where they may be, the
 * compilation is read once more as each party would read it, and its version likewise: where their words differ, what
 * parties change there is tied, and stands together.
 */
#include "compare/amendment_private.h"
#include "compare/merge_excerpt.h"
#include "compare/merge_reader.h"

#include "base/alloc.h"

#include <string.h>

enum {
	PIECES = 8, /* of all excerpts, that are shared out */
	LEAST = 16, /* excerpts that are worth a thread */
};

/* Some of the excerpts while they are read, and what is to be tied for them. */
struct piece {
	const struct misreading *misreading;
	struct bk_reader reader;
	bk_read_words wanted, said;
	bool *asked; /* of each party: it is to read the excerpt */
	bk_spans ties, misread;
};

struct misreading {
	struct bk_merge *merge;
	int round;
	struct bk_excerpts excerpts;
	struct piece pieces[PIECES];
};

static struct bk_str part(struct bk_str bytes, struct bk_span span)
{
	return (struct bk_str){bytes.ptr + span.start, span.end - span.start};
}

/* ---- Ties ---------------------------------------------------------------------------------------------- */

static bool is_bracket(const struct bk_amendment *amendment)
{
	return amendment->kind == BK_AMENDMENT_OPEN || amendment->kind == BK_AMENDMENT_CLOSE ||
	       amendment->kind == BK_AMENDMENT_BARE_OPEN || amendment->kind == BK_AMENDMENT_BARE_CLOSE;
}

/* What a party changed in a part of the base has to do with all of that, and with the other end of brackets. */
static int tie_version(struct bk_amendments *amendments, struct bk_span span)
{
	const struct bk_amendment *list = amendments->list.items;
	size_t i = BK_SEARCH(k, amendments->list.len, list[k].base.end < span.start);
	int status = BK_OK;

	if (i < amendments->list.len && list[i].base.start <= span.end)
		status = bk_amendments_tie(amendments, span.start, span.end);
	for (; i < amendments->list.len && list[i].base.start <= span.end && status == BK_OK; i++)
		if (is_bracket(&list[i]) && list[i].partner != BK_NONE)
			status = bk_amendments_tie_from_to(amendments, (uint32_t)i, list[i].partner);
	return status;
}

static int tie(struct bk_merge *merge, struct bk_span span)
{
	int status = BK_OK;

	for (size_t p = 0; p < merge->count && status == BK_OK; p++)
		status = tie_version(&merge->amendments[p], span);
	return status;
}

/* Settle a version's ties; no brackets that it put in or took away have one end alone in them. */
static int settle_version(struct bk_amendments *amendments)
{
	const struct bk_amendment *list = amendments->list.items;
	size_t count;
	int status = BK_OK;

	do {
		bk_amendments_settle_ties(amendments);
		bk_amendments_number_ties(amendments);
		count = amendments->ties.len;
		for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++)
			if (is_bracket(&list[i]) && list[i].partner != BK_NONE && list[i].partner > i &&
				list[i].tie != list[list[i].partner].tie)
				status = bk_amendments_tie_from_to(amendments, i, list[i].partner);
	} while (status == BK_OK && amendments->ties.len > count);
	return status;
}

static int settle_ties(struct bk_merge *merge)
{
	int status = BK_OK;

	for (size_t p = 0; p < merge->count && status == BK_OK; p++)
		status = settle_version(&merge->amendments[p]);
	return status;
}

/* ---- Reading ------------------------------------------------------------------------------------------- */

/*
 * Whether a party reads the words that it wants, from the first on or from the last on back; *same is how many of
 * these it reads until others are said.  What is open to it in one text it may have chosen in the other: who rewords
 * one of several proposes that instead of the others.
 */
static bool are_same(const bk_read_words *wanted, const bk_read_words *said, bool back, size_t *same)
{
	size_t i = 0, k = 0;

	for (;;) {
		const struct bk_read_word *want = i < wanted->len
							  ? &wanted->items[back ? wanted->len - 1 - i : i]
							  : NULL,
					  *say = k < said->len ? &said->items[back ? said->len - 1 - k : k]
							       : NULL;

		if (want && say && want->hash == say->hash) {
			i++;
			k++;
		} else if (want && want->open) {
			i++;
		} else if (say && say->open) {
			k++;
		} else {
			*same = i;
			return !want && !say;
		}
	}
}

/* What of the base may be read together with a word that a party wants. */
static struct bk_span round_word(
	const struct piece *piece, const struct bk_excerpt *excerpt, uint32_t party, size_t word)
{
	const struct misreading *misreading = piece->misreading;

	return bk_excerpt_tie_span(excerpt, &misreading->excerpts,
		bk_excerpt_in_base(excerpt, misreading->merge, party, piece->wanted.items[word].source),
		misreading->round > 0);
}

static int add_span(bk_spans *spans, struct bk_span span)
{
	struct bk_span *added = BK_VEC_PUSH(spans);

	if (!added)
		return bk_fail_memory();
	*added = span;
	return BK_OK;
}

/* What a party reads otherwise is to be tied, where its words begin to be others and where they end to be; in the last
 * round with all between in their paragraph. */
static int note_misread(struct piece *piece, const struct bk_excerpt *excerpt, uint32_t party)
{
	const size_t count = piece->wanted.len;
	size_t same, same_back;
	struct bk_span first, last;
	int status;

	are_same(&piece->wanted, &piece->said, false, &same);
	are_same(&piece->wanted, &piece->said, true, &same_back);
	if (!count)
		return add_span(&piece->ties,
			bk_token_trim(piece->misreading->merge->base.tokens.bytes, excerpt->base));
	first = round_word(piece, excerpt, party, same < count ? same : count - 1);
	last = round_word(piece, excerpt, party, same_back < count ? count - 1 - same_back : 0);
	if (piece->misreading->round + 1 == BK_MISREAD_ROUNDS && first.end < last.start)
		first = bk_excerpt_in_paragraph(
			&piece->misreading->excerpts, (struct bk_span){first.start, last.end}, first.start);
	status = add_span(&piece->ties, first);
	return status == BK_OK ? add_span(&piece->ties, last) : status;
}

/* Read an excerpt as a party, with the draft of its version of it. */
static int read_as(struct piece *piece, const struct bk_excerpt *excerpt, const bk_draft *out,
	const bk_draft *version, uint32_t party)
{
	const struct bk_merge *merge = piece->misreading->merge;
	const char *code = merge->versions[party].party;
	size_t same;
	int status = bk_reader_read(&piece->reader, version, code, &piece->wanted);

	if (status == BK_OK)
		status = bk_reader_read(&piece->reader, out, code, &piece->said);
	if (status != BK_OK || are_same(&piece->wanted, &piece->said, false, &same) ||
		bk_excerpt_leaves_names(excerpt, merge, party))
		return status;
	return note_misread(piece, excerpt, party);
}

/* Read it as a party with its own version of it. */
static int read_version(
	struct piece *piece, const struct bk_excerpt *excerpt, const bk_draft *out, uint32_t party)
{
	const struct bk_merge *merge = piece->misreading->merge;
	const struct bk_span file = bk_excerpt_in_version(excerpt, merge, party);
	bk_draft *version;
	int status = bk_notation_draft(
		&piece->reader.notation, part(merge->amendments[party].bytes, file), false, &version);

	if (status != BK_OK)
		return status;
	status = read_as(piece, excerpt, out, version, party);
	bk_draft_free(version);
	return status;
}

/* Who is named in what the base has there is to read it, too. */
static int ask_named(struct piece *piece, const struct bk_excerpt *excerpt)
{
	const struct bk_merge *merge = piece->misreading->merge;
	const struct bk_attribution *names;
	bk_draft *base;
	size_t count;
	int status = bk_notation_draft(
		&piece->reader.notation, part(merge->base.tokens.bytes, excerpt->base), true, &base);

	if (status != BK_OK)
		return status;
	names = bk_draft_attributions(base, &count);
	for (size_t p = 0; p < merge->count; p++)
		for (size_t i = 0; i < count && !piece->asked[p]; i++)
			piece->asked[p] = strcmp(names[i].party, merge->versions[p].party) == 0;
	bk_draft_free(base);
	return BK_OK;
}

/* Whoever changes what is in doubt, or is named in the base, is to read its words there; and one who did neither. */
static int read_all(struct piece *piece, const struct bk_excerpt *excerpt)
{
	const struct bk_merge *merge = piece->misreading->merge;
	bool other = false;
	bk_draft *out;
	int status = bk_notation_draft(
		&piece->reader.notation, part(bk_buf_str(&merge->out), excerpt->out), false, &out);

	if (status != BK_OK)
		return status;
	status = ask_named(piece, excerpt);
	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		if (piece->asked[p] || !other)
			status = read_version(piece, excerpt, out, p);
		other |= !piece->asked[p];
	}
	bk_draft_free(out);
	return status;
}

/* Whether its places are read together with others, or with brackets of the base. */
static int look_at(struct piece *piece, const struct bk_excerpt *excerpt, bool *mixed)
{
	const struct bk_str bytes = bk_buf_str(&piece->misreading->merge->out);
	bk_draft *out;
	int status = bk_notation_draft(&piece->reader.notation, part(bytes, excerpt->out), true, &out);

	if (status != BK_OK)
		return status;
	status = bk_excerpt_is_mixed(excerpt, &piece->misreading->excerpts, out, mixed);
	bk_draft_free(out);
	return status;
}

static int read_excerpt(struct piece *piece, const struct bk_excerpt *excerpt)
{
	const struct bk_excerpts *excerpts = &piece->misreading->excerpts;
	const size_t before = piece->ties.len;
	bool doubted;
	int status = BK_OK;

	memset(piece->asked, 0, excerpts->merge->count * sizeof *piece->asked);
	doubted = bk_excerpt_doubt(excerpt, excerpts, piece->asked) == BK_DOUBT_BRACKETS;
	if (!doubted)
		status = look_at(piece, excerpt, &doubted);
	if (status == BK_OK && doubted)
		status = read_all(piece, excerpt);
	if (status == BK_OK && piece->ties.len > before)
		status = add_span(&piece->misread, excerpt->base);
	return status;
}

/* ---- Pieces -------------------------------------------------------------------------------------------- */

static int read_piece(void *context, size_t index)
{
	struct misreading *misreading = context;
	struct piece *piece = &misreading->pieces[index];
	const struct bk_excerpts *excerpts = &misreading->excerpts;
	const size_t first = excerpts->list.len * index / PIECES,
		     end = excerpts->list.len * (index + 1) / PIECES;
	int status;

	if (first == end)
		return BK_OK;
	piece->misreading = misreading;
	piece->asked = bk_calloc(misreading->merge->count + 1, sizeof *piece->asked);
	status = bk_reader_begin(&piece->reader, &misreading->merge->base.notation);
	if (status == BK_OK && !piece->asked)
		status = bk_fail_memory();
	for (size_t i = first; i < end && status == BK_OK; i++)
		status = read_excerpt(piece, &excerpts->list.items[i]);
	bk_reader_release(&piece->reader);
	BK_VEC_RELEASE(&piece->wanted);
	BK_VEC_RELEASE(&piece->said);
	bk_free(piece->asked);
	return status;
}

/* Tie what was found in all pieces, in order. */
static int tie_pieces(struct misreading *misreading, bk_spans *misread)
{
	int status = BK_OK;

	misread->len = 0;
	for (size_t i = 0; i < PIECES; i++) {
		struct piece *piece = &misreading->pieces[i];

		for (size_t k = 0; k < piece->ties.len && status == BK_OK; k++)
			status = tie(misreading->merge, piece->ties.items[k]);
		for (size_t k = 0; k < piece->misread.len && status == BK_OK; k++)
			status = add_span(misread, piece->misread.items[k]);
	}
	if (status == BK_OK && misread->len)
		status = settle_ties(misreading->merge);
	return status;
}

int bk_merge_tie_misread(struct bk_merge *merge, int round, bk_spans *misread)
{
	struct misreading misreading = {.merge = merge, .round = round};
	int status = bk_excerpts_find(&misreading.excerpts, merge, round ? misread : NULL);

	if (status == BK_OK && misreading.excerpts.list.len)
		status = bk_share_out(read_piece, &misreading, PIECES,
			bk_share_threads(misreading.excerpts.list.len / LEAST));
	if (status == BK_OK)
		status = tie_pieces(&misreading, misread);
	for (size_t i = 0; i < PIECES; i++) {
		BK_VEC_RELEASE(&misreading.pieces[i].ties);
		BK_VEC_RELEASE(&misreading.pieces[i].misread);
	}
	bk_excerpts_release(&misreading.excerpts);
	return status;
}
