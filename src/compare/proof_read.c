/* Proofs as they are read, from anybody, and what was proposed where. */
#include "compare/proof.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/vec.h"

#include <bracked/merge.h>
#include <stdlib.h>

static int refuse(const struct bk_proof *proof, const char *what)
{
	return bk_fail(BK_EFORMAT, "'%s' is no proof of a merge: %s", proof->name, what);
}

static bool is_text(const bk_json *object)
{
	size_t bytes;

	return bk_json_get_string(object, "name") && bk_json_get_string(object, "hash") &&
	       bk_json_get_size(object, "bytes", &bytes);
}

static int read_versions(struct bk_proof *proof)
{
	for (size_t i = 0; i < bk_json_count(proof->versions); i++) {
		const bk_json *version = bk_json_at(proof->versions, i);
		const char *party = bk_json_get_string(version, "party"), **kept;

		if (!party || !*party || !is_text(version) ||
			!bk_json_is_array(bk_json_get(version, "edits")))
			return refuse(proof, "a version has no party, or no edits");
		kept = BK_VEC_PUSH(&proof->parties);
		if (!kept)
			return bk_fail_memory();
		*kept = party;
	}
	return BK_OK;
}

int bk_proof_parse(bk_proof **out, const char *json, size_t len, const char *name)
{
	struct bk_proof *proof = bk_calloc(1, sizeof *proof);
	const char *kind;
	int status;

	if (!proof || !(proof->name = bk_strdup(name))) {
		bk_free(proof);
		return bk_fail_memory();
	}
	status = bk_json_parse(&proof->root, (struct bk_str){json, len}, name);
	if (status == BK_OK) {
		kind = bk_json_get_string(proof->root, "kind");
		proof->out = bk_json_get(proof->root, "out");
		proof->base = bk_json_get(proof->root, "base");
		proof->versions = bk_json_get(proof->root, "versions");
		if (!kind || strcmp(kind, "proof") != 0)
			status = refuse(proof, "it does not say so");
		else if (!is_text(proof->out) || !is_text(proof->base) ||
			 !bk_json_is_array(bk_json_get(proof->base, "pieces")) ||
			 !bk_json_is_array(proof->versions))
			status = refuse(proof, "the compilation, the base or the versions are missing");
		else
			status = read_versions(proof);
	}
	if (status != BK_OK) {
		bk_proof_free(proof);
		return status;
	}
	*out = proof;
	return BK_OK;
}

void bk_proof_free(bk_proof *proof)
{
	if (!proof)
		return;
	bk_json_free(proof->root);
	bk_free(proof->name);
	BK_VEC_RELEASE(&proof->parties);
	BK_VEC_RELEASE(&proof->places);
	BK_VEC_RELEASE(&proof->proposals);
	BK_VEC_RELEASE(&proof->runs);
	bk_arena_release(&proof->arena);
	bk_free(proof);
}

const char *bk_proof_out_name(const bk_proof *proof)
{
	return bk_json_get_string(proof->out, "name");
}

const char *const *bk_proof_parties(const bk_proof *proof, size_t *count)
{
	*count = proof->parties.len;
	return proof->parties.items;
}

const char *bk_proof_base_name(const bk_proof *proof)
{
	return bk_json_get_string(proof->base, "name");
}

static size_t size_of(const bk_json *text)
{
	size_t bytes = 0;

	bk_json_get_size(text, "bytes", &bytes);
	return bytes;
}

size_t bk_proof_size(const bk_proof *proof)
{
	return size_of(proof->out);
}

const char *bk_proof_file_name(const bk_proof *proof, uint32_t party)
{
	return bk_json_get_string(bk_json_at(proof->versions, party), "name");
}

/* ---- What was proposed where --------------------------------------------------------------------------- */

/* An object with start, end and line, in a text of so many bytes. */
static bool read_site(const bk_json *object, const bk_json *text, struct bk_proof_site *out)
{
	return bk_json_get_size(object, "start", &out->span.start) &&
	       bk_json_get_size(object, "end", &out->span.end) &&
	       bk_json_get_size(object, "line", &out->line) && out->span.start <= out->span.end &&
	       out->span.end <= size_of(text) && out->line > 0;
}

/* Bytes of a string, or of an array of them, kept as long as the proof. */
static int read_words(
	struct bk_proof *proof, const bk_json *object, const char *key, const char **out, size_t *len)
{
	struct bk_buf words = BK_BUF_INIT;
	int status = BK_OK;

	if (!bk_json_put_bytes(object, key, "raw", &words))
		status = refuse(proof, "the words of a place or of a proposal are missing");
	else if (bk_buf_status(&words) != BK_OK ||
		 !(*out = bk_arena_dup(&proof->arena, bk_buf_string(&words), words.len)))
		status = bk_fail_memory();
	*len = words.len;
	bk_buf_release(&words);
	return status;
}

const char *bk_proof_mark_name(enum bk_proof_mark mark)
{
	static const char *const names[BK_PROOF_MARK_COUNT] = {
		[BK_PROOF_KEPT] = "bracketed", [BK_PROOF_DEFERRED] = "deferred"};

	return names[mark];
}

static enum bk_proof_mark read_mark(const bk_json *object)
{
	const char *word = bk_json_get_string(object, "mark");

	for (unsigned i = BK_PROOF_KEPT; word && i < BK_PROOF_MARK_COUNT; i++)
		if (strcmp(bk_proof_mark_name((enum bk_proof_mark)i), word) == 0)
			return (enum bk_proof_mark)i;
	return BK_PROOF_UNMARKED;
}

/* The index of a place, of so many; what is absent or null is none. */
static bool read_index(const bk_json *object, const char *key, size_t places, uint32_t *out)
{
	const bk_json *value = bk_json_get(object, key);
	size_t index;

	*out = BK_NONE;
	if (!value || bk_json_is_null(value))
		return true;
	if (!bk_json_get_size(object, key, &index) || index >= places)
		return false;
	*out = (uint32_t)index;
	return true;
}

static int read_place(struct bk_proof *proof, const bk_json *object, size_t after)
{
	const bk_json *base = bk_json_get(object, "base");
	struct bk_proof_place place = {0}, *kept;
	int status;

	if (!read_site(base, proof->base, &place.base) ||
		!read_site(bk_json_get(object, "out"), proof->out, &place.out) ||
		!bk_json_get_bool(object, "bracketed", &place.bracketed))
		return refuse(proof, "a place does not say where in the texts it is");
	if (place.out.span.start < after)
		return refuse(proof, "its places are not in order");
	if (!read_index(object, "from", bk_json_count(bk_json_get(proof->root, "places")), &place.from))
		return refuse(proof, "a place moved from one that is not there");
	status = read_words(proof, base, "text", &place.words, &place.len);
	if (status != BK_OK)
		return status;
	kept = BK_VEC_PUSH(&proof->places);
	if (!kept)
		return bk_fail_memory();
	place.mark = read_mark(object);
	*kept = place;
	return BK_OK;
}

static int read_places(struct bk_proof *proof)
{
	const bk_json *places = bk_json_get(proof->root, "places");
	size_t after = 0;

	if (!bk_json_is_array(places))
		return refuse(proof, "the places are missing");
	for (size_t i = 0; i < bk_json_count(places); i++) {
		const int status = read_place(proof, bk_json_at(places, i), after);

		if (status != BK_OK)
			return status;
		after = proof->places.items[i].out.span.start;
	}
	return BK_OK;
}

/* Which of so many names it is; false when none is. */
static bool read_name(const bk_json *object, const char *key, const char *(*name)(unsigned index),
	unsigned count, unsigned *out)
{
	const char *word = bk_json_get_string(object, key);

	for (*out = 0; word && *out < count; ++*out)
		if (strcmp(name(*out), word) == 0)
			return true;
	return false;
}

static const char *act_name(unsigned index)
{
	return bk_merge_act_name((enum bk_merge_act)index);
}

static const char *fate_name(unsigned index)
{
	return bk_merge_fate_name((enum bk_merge_fate)index);
}

static bool read_who(const struct bk_proof *proof, const bk_json *object, struct bk_proof_proposal *out)
{
	const char *party = bk_json_get_string(object, "party");
	unsigned act, fate;

	if (!party || bk_proof_party(proof, party, &out->party) != BK_OK ||
		!read_name(object, "act", act_name, BK_MERGE_ACT_COUNT, &act) ||
		!read_name(object, "fate", fate_name, BK_MERGE_FATE_COUNT, &fate))
		return false;
	out->act = (enum bk_merge_act)act;
	out->fate = (enum bk_merge_fate)fate;
	return true;
}

static int read_proposal(struct bk_proof *proof, const bk_json *object, uint32_t after)
{
	struct bk_proof_proposal proposal = {0}, *kept;
	int status;

	if (!read_who(proof, object, &proposal))
		return refuse(proof, "a proposal does not say whose and what it is");
	if (!read_site(bk_json_get(object, "base"), proof->base, &proposal.base) ||
		!read_site(bk_json_get(object, "file"), bk_json_at(proof->versions, proposal.party),
			&proposal.file) ||
		!read_site(bk_json_get(object, "out"), proof->out, &proposal.out) ||
		!read_index(object, "place", proof->places.len, &proposal.place) ||
		!read_index(object, "source", proof->places.len, &proposal.source))
		return refuse(proof, "a proposal does not say where in the texts it is");
	if (proposal.place < after) /* none is the greatest */
		return refuse(proof, "its proposals are not in the order of the places");
	status = read_words(proof, object, "words", &proposal.words, &proposal.len);
	if (status != BK_OK)
		return status;
	kept = BK_VEC_PUSH(&proof->proposals);
	if (!kept)
		return bk_fail_memory();
	*kept = proposal;
	return BK_OK;
}

static int read_proposals(struct bk_proof *proof)
{
	const bk_json *proposals = bk_json_get(proof->root, "proposals");
	uint32_t after = 0;

	if (!bk_json_is_array(proposals))
		return refuse(proof, "the proposals are missing");
	for (size_t i = 0; i < bk_json_count(proposals); i++) {
		const int status = read_proposal(proof, bk_json_at(proposals, i), after);

		if (status != BK_OK)
			return status;
		after = proof->proposals.items[i].place;
		if (after == BK_NONE)
			continue;
		if (!proof->places.items[after].proposal_count++)
			proof->places.items[after].first = i;
	}
	return BK_OK;
}

static int compare_runs(const void *a, const void *b)
{
	const struct bk_proof_run *x = a, *y = b;

	return x->out < y->out ? -1 : x->out > y->out;
}

static int read_runs(struct bk_proof *proof)
{
	const bk_json *pieces = bk_json_get(proof->base, "pieces");
	struct bk_buf gone = BK_BUF_INIT;
	size_t base = 0;
	int status = BK_OK;

	for (size_t i = 0; i < bk_json_count(pieces) && status == BK_OK; i++) {
		const bk_json *piece = bk_json_at(pieces, i);
		struct bk_proof_run run = {.base = base};

		bk_buf_clear(&gone);
		if (bk_json_put_bytes(piece, "text", "raw", &gone)) {
			base += gone.len;
			continue;
		}
		if (!bk_json_get_size(piece, "out", &run.out) || !bk_json_get_size(piece, "len", &run.len) ||
			run.len > size_of(proof->base) - base) {
			status = bk_proof_damaged(proof);
		} else if (!BK_VEC_RESERVE(&proof->runs, 1)) {
			status = bk_fail_memory();
		} else {
			*BK_VEC_PUSH(&proof->runs) = run;
			base += run.len;
		}
		if (base > size_of(proof->base))
			status = bk_proof_damaged(proof);
	}
	if (status == BK_OK && proof->runs.len)
		qsort(proof->runs.items, proof->runs.len, sizeof *proof->runs.items, compare_runs);
	bk_buf_release(&gone);
	return status;
}

size_t bk_proof_origin(const bk_proof *proof, size_t out_offset)
{
	const size_t i = BK_SEARCH(k, proof->runs.len, proof->runs.items[k].out <= out_offset);
	const struct bk_proof_run *run = i ? &proof->runs.items[i - 1] : NULL;

	return run && out_offset - run->out < run->len ? run->base + (out_offset - run->out) : BK_NOWHERE;
}

int bk_proof_read(bk_proof *proof)
{
	int status;

	if (proof->read)
		return BK_OK;
	status = read_places(proof);
	if (status == BK_OK)
		status = read_proposals(proof);
	if (status == BK_OK)
		status = read_runs(proof);
	proof->read = status == BK_OK;
	if (!proof->read) {
		proof->places.len = proof->proposals.len = proof->runs.len = 0;
		bk_arena_release(&proof->arena);
	}
	return status;
}

const struct bk_proof_place *bk_proof_places(const bk_proof *proof, size_t *count)
{
	*count = proof->places.len;
	return proof->places.items;
}

const struct bk_proof_proposal *bk_proof_proposals(const bk_proof *proof, size_t *count)
{
	*count = proof->proposals.len;
	return proof->proposals.items;
}

const char *bk_proof_companion(const bk_proof *proof, size_t proposal, size_t i)
{
	const bk_json *all = bk_json_get(proof->root, "proposals");
	const bk_json *with = bk_json_get(bk_json_at(all, proposal), "with");

	return i < bk_json_count(with) ? bk_json_string(bk_json_at(with, i)) : NULL;
}

void bk_proof_mark(bk_proof *proof, size_t place, enum bk_proof_mark mark)
{
	const bk_json *object = bk_json_at(bk_json_get(proof->root, "places"), place);

	proof->places.items[place].mark = mark;
	bk_json_set_string_in(proof->root, object, "mark", bk_proof_mark_name(mark));
}

int bk_proof_write(const bk_proof *proof, char **json, size_t *len)
{
	return bk_proof_put(proof->root, json, len);
}
