/*
 * Proofs as JSON:
 *
 *	{"schema":1, "kind":"proof",
 *	 "out":{"name","bytes","hash"},
 *	 "base":{"name","bytes","hash", "pieces":[{"out","len"} | {"text"} ...]},
 *	 "versions":[{"party","name","bytes","hash", "edits":[{"start","end","text"} ...]} ...],
 *	 "places":[...], "proposals":[...]}
 *
 * Valid if and only if the pieces, one after the other, are a text of the base's size and hash; a piece is a
 * run of the compilation, or bytes that it has no more.  A version is the base with its edits made, which are
 * in order and apart. Bytes that are no UTF-8 stand as an array of numbers, under "raw".  Hashes are XXH3, in
 * 16 hexadecimal digits.
 */
#include "compare/merge_private.h"
#include "compare/proof.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>

static struct bk_str part(struct bk_str bytes, struct bk_span span)
{
	return (struct bk_str){bytes.ptr + span.start, span.end - span.start};
}

void bk_proof_hash(struct bk_str bytes, char out[BK_PROOF_HASH])
{
	snprintf(out, BK_PROOF_HASH, "%016" PRIx64, bk_hash(bytes.ptr, bytes.len));
}

static bk_json *text_json(const char *name, struct bk_str bytes)
{
	bk_json *object = bk_json_object();
	char hash[BK_PROOF_HASH];

	bk_proof_hash(bytes, hash);
	bk_json_set_text(object, "name", bk_str_of(name));
	bk_json_set_size(object, "bytes", bytes.len);
	bk_json_set_string(object, "hash", hash);
	return object;
}

/* ---- What gives texts back ----------------------------------------------------------------------------- */

static void add_gone(bk_json *pieces, struct bk_str bytes)
{
	bk_json *piece;

	if (!bytes.len)
		return;
	piece = bk_json_object();
	bk_json_set_bytes(piece, "text", "raw", bytes);
	bk_json_add(pieces, piece);
}

static bk_json *pieces_json(const struct bk_merge *merge)
{
	const struct bk_str bytes = merge->base.tokens.bytes;
	bk_json *pieces = bk_json_array();
	size_t at = 0;

	for (size_t i = 0; i < merge->of_base.len; i++) {
		const struct bk_copy *copy = &merge->of_base.items[i];
		bk_json *piece = bk_json_object();

		add_gone(pieces, part(bytes, (struct bk_span){at, copy->source}));
		bk_json_set_size(piece, "out", copy->out);
		bk_json_set_size(piece, "len", copy->len);
		bk_json_add(pieces, piece);
		at = copy->source + copy->len;
	}
	add_gone(pieces, bk_str_skip(bytes, at));
	return pieces;
}

static bk_json *edits_json(const struct bk_amendments *amendments)
{
	bk_json *edits = bk_json_array();

	for (size_t i = 0; i < amendments->list.len; i++) {
		const struct bk_amendment *amendment = &amendments->list.items[i];
		bk_json *edit = bk_json_object();

		bk_json_set_size(edit, "start", amendment->base.start);
		bk_json_set_size(edit, "end", amendment->base.end);
		bk_json_set_bytes(edit, "text", "raw", part(amendments->bytes, amendment->file));
		bk_json_add(edits, edit);
	}
	return edits;
}

static bk_json *versions_json(const struct bk_merge *merge)
{
	bk_json *versions = bk_json_array();

	for (size_t i = 0; i < merge->count; i++) {
		const struct bk_version *version = &merge->versions[i];
		bk_json *object = text_json(version->name, (struct bk_str){version->bytes, version->len});

		bk_json_set_text(object, "party", bk_str_of(version->party));
		bk_json_set(object, "edits", edits_json(&merge->amendments[i]));
		bk_json_add(versions, object);
	}
	return versions;
}

/* ---- What staff read ----------------------------------------------------------------------------------- */

enum { BLOCKS = 1024 };

/* Lines are counted on from the last offset asked for, or from the block that the next one is in. */
struct liner {
	struct bk_str bytes;
	size_t at, line;
	bool ready;
	size_t lines[BLOCKS]; /* at the beginning of each block */
};

static struct liner liner_of(struct bk_str bytes)
{
	return (struct liner){.bytes = bytes, .line = 1};
}

static void count_to(struct liner *liner, size_t offset)
{
	for (; liner->at < offset; liner->at++)
		liner->line += liner->bytes.ptr[liner->at] == '\n';
}

static size_t line_of(struct liner *liner, size_t offset)
{
	const size_t block = liner->bytes.len / BLOCKS + 1;

	if (!liner->ready) {
		for (size_t i = 0; i < BLOCKS; i++) {
			count_to(liner, i * block < liner->bytes.len ? i * block : liner->bytes.len);
			liner->lines[i] = liner->line;
		}
		liner->ready = true;
	}
	if (offset < liner->at || offset - liner->at > block) {
		liner->at = offset / block * block;
		liner->line = liner->lines[offset / block];
	}
	count_to(liner, offset);
	return liner->line;
}

static bk_json *span_json(struct liner *liner, struct bk_span span)
{
	bk_json *object = bk_json_object();

	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
	bk_json_set_size(object, "line", line_of(liner, span.start));
	return object;
}

static bk_json *places_json(const struct bk_merge *merge)
{
	struct liner out = liner_of(bk_buf_str(&merge->out)), base = liner_of(merge->base.tokens.bytes);
	bk_json *places = bk_json_array();

	for (size_t i = 0; i < merge->placed.places.len; i++) {
		const struct bk_merge_place *place = &merge->placed.places.items[i];
		bk_json *object = bk_json_object(), *in_base = span_json(&base, place->base);

		bk_json_set_bytes(in_base, "text", "raw", part(base.bytes, place->base));
		bk_json_set(object, "base", in_base);
		bk_json_set(object, "out", span_json(&out, place->out));
		bk_json_set_bool(object, "bracketed", place->bracketed);
		if (place->from != BK_NONE)
			bk_json_set_size(object, "from", place->from);
		bk_json_add(places, object);
	}
	return places;
}

static struct bk_str words_of(const struct bk_merge *merge, const struct bk_merge_proposal *proposal)
{
	const struct bk_version *version = &merge->versions[proposal->party];

	return part((struct bk_str){version->bytes, version->len}, proposal->file);
}

static size_t count_opens(struct bk_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '[';
	return count;
}

/* Whether both speak of the same words of the base: of brackets side by side, one may support one and another another,
 * or have one deleted and another both. */
static bool answers_same(const struct bk_merge *merge, const struct bk_merge_proposal *one,
	const struct bk_merge_proposal *other)
{
	const struct bk_str words = words_of(merge, one), others = words_of(merge, other);

	if (one->act < BK_MERGE_RESERVE && one->act != BK_MERGE_DELETE)
		return true;
	return bk_token_equal(words, others) ||
	       ((!words.len || !others.len) && count_opens(part(merge->base.tokens.bytes, one->base)) < 2);
}

/* Who else wants just this. */
static bk_json *with_json(const struct bk_merge *merge, size_t index)
{
	const struct bk_merge_proposal *all = merge->placed.proposals.items, *it = &all[index];
	bk_json *with = bk_json_array();
	size_t first = index;

	while (it->place != BK_NONE && first > 0 && all[first - 1].place == it->place)
		first--;
	for (size_t i = first;
		it->place != BK_NONE && i < merge->placed.proposals.len && all[i].place == it->place; i++)
		if (i != index && all[i].act == it->act && all[i].out.start == it->out.start &&
			all[i].out.end == it->out.end && answers_same(merge, it, &all[i]))
			bk_json_add_text(with, bk_str_of(merge->versions[all[i].party].party));
	return with;
}

/* files: of each version. */
static bk_json *proposals_json(const struct bk_merge *merge, struct liner *files)
{
	struct liner out = liner_of(bk_buf_str(&merge->out)), base = liner_of(merge->base.tokens.bytes);
	bk_json *proposals = bk_json_array();

	for (size_t i = 0; i < merge->count; i++)
		files[i] = liner_of((struct bk_str){merge->versions[i].bytes, merge->versions[i].len});
	for (size_t i = 0; i < merge->placed.proposals.len; i++) {
		const struct bk_merge_proposal *proposal = &merge->placed.proposals.items[i];
		struct liner *file = &files[proposal->party];
		bk_json *object = bk_json_object();

		bk_json_set_text(object, "party", bk_str_of(merge->versions[proposal->party].party));
		bk_json_set_string(object, "act", bk_merge_act_name(proposal->act));
		bk_json_set_string(object, "fate", bk_merge_fate_name(proposal->fate));
		bk_json_set_bytes(object, "words", "raw", part(file->bytes, proposal->file));
		bk_json_set(object, "base", span_json(&base, proposal->base));
		bk_json_set(object, "file", span_json(file, proposal->file));
		bk_json_set(object, "out", span_json(&out, proposal->out));
		if (proposal->place == BK_NONE)
			bk_json_set_null(object, "place");
		else
			bk_json_set_size(object, "place", proposal->place);
		if (proposal->source != BK_NONE)
			bk_json_set_size(object, "source", proposal->source);
		bk_json_set(object, "with", with_json(merge, i));
		bk_json_add(proposals, object);
	}
	return proposals;
}

int bk_proof_put(const bk_json *root, char **json, size_t *len)
{
	struct bk_buf bytes = BK_BUF_INIT;
	int status = bk_json_write(root, &bytes);

	bk_buf_putc(&bytes, '\n');
	if (status == BK_OK)
		status = bk_buf_status(&bytes);
	if (status == BK_OK && !(*json = bk_buf_detach(&bytes, len)))
		status = bk_fail_memory();
	bk_buf_release(&bytes);
	return status;
}

/* In a proof the base goes by a name of its own. */
static int refuse_base(const struct bk_merge *merge)
{
	for (size_t i = 0; i < merge->count; i++)
		if (strcmp(merge->versions[i].party, "base") == 0)
			return bk_fail(BK_EINVAL, "a party with the code 'base' cannot be told from the base "
						  "in a proof: give it "
						  "another code in .negotiation");
	return BK_OK;
}

int bk_merge_prove(
	const bk_merge *merge, const char *out_name, const char *base_name, char **json, size_t *len)
{
	bk_json *proof = bk_json_object(), *base = text_json(base_name, merge->base.tokens.bytes);
	struct liner *files = bk_calloc(merge->count + 1, sizeof *files);
	int status = files ? refuse_base(merge) : bk_fail_memory();

	if (status != BK_OK)
		goto done;
	bk_json_set_size(proof, "schema", 1);
	bk_json_set_string(proof, "kind", "proof");
	bk_json_set(proof, "out", text_json(out_name, bk_buf_str(&merge->out)));
	bk_json_set(base, "pieces", pieces_json(merge));
	bk_json_set(proof, "base", base);
	bk_json_set(proof, "versions", versions_json(merge));
	bk_json_set(proof, "places", places_json(merge));
	bk_json_set(proof, "proposals", proposals_json(merge, files));
	base = NULL;
	status = bk_proof_put(proof, json, len);
done:
	bk_json_free(base);
	bk_json_free(proof);
	bk_free(files);
	return status;
}

void bk_proof_free_bytes(char *bytes)
{
	bk_free(bytes);
}
