/* Texts given back from a compilation and its proof. */
#include "compare/proof.h"

#include "base/error.h"

/* Whether these are the bytes that a proof speaks of. */
static bool fits(const bk_json *text, struct bk_str bytes)
{
	char hash[BK_PROOF_HASH];
	size_t len;

	bk_proof_hash(bytes, hash);
	return bk_json_get_size(text, "bytes", &len) && len == bytes.len &&
	       strcmp(bk_json_get_string(text, "hash"), hash) == 0;
}

bool bk_proof_is_of(const bk_proof *proof, const char *out_bytes, size_t out_len)
{
	return fits(proof->out, (struct bk_str){out_bytes, out_len});
}

int bk_proof_damaged(const struct bk_proof *proof)
{
	return bk_fail(BK_EFORMAT, "'%s' is damaged: what it gives back is not the text that was merged",
		proof->name);
}

static int put_base(const struct bk_proof *proof, struct bk_str compilation, struct bk_buf *out)
{
	const bk_json *pieces = bk_json_get(proof->base, "pieces");
	size_t size = 0;

	bk_json_get_size(proof->base, "bytes", &size);
	for (size_t i = 0; i < bk_json_count(pieces); i++) {
		const bk_json *piece = bk_json_at(pieces, i);
		size_t at, len;

		if (bk_json_put_bytes(piece, "text", "raw", out))
			continue;
		if (!bk_json_get_size(piece, "out", &at) || !bk_json_get_size(piece, "len", &len) ||
			at > compilation.len || len > compilation.len - at)
			return bk_proof_damaged(proof);
		if (len > size || out->len > size - len) /* no proof makes much of little */
			return bk_proof_damaged(proof);
		bk_buf_put(out, compilation.ptr + at, len);
	}
	if (bk_buf_status(out) != BK_OK)
		return bk_fail_memory();
	return fits(proof->base, bk_buf_str(out)) ? BK_OK : bk_proof_damaged(proof);
}

static int make_edits(
	const struct bk_proof *proof, const bk_json *version, struct bk_str base, struct bk_buf *out)
{
	const bk_json *edits = bk_json_get(version, "edits");
	size_t at = 0;

	for (size_t i = 0; i < bk_json_count(edits); i++) {
		const bk_json *edit = bk_json_at(edits, i);
		size_t start, end;

		if (!bk_json_get_size(edit, "start", &start) || !bk_json_get_size(edit, "end", &end) ||
			start < at || end < start || end > base.len)
			return bk_proof_damaged(proof);
		bk_buf_put(out, base.ptr + at, start - at);
		if (!bk_json_put_bytes(edit, "text", "raw", out))
			return bk_proof_damaged(proof);
		at = end;
	}
	bk_buf_put_str(out, bk_str_skip(base, at));
	if (bk_buf_status(out) != BK_OK)
		return bk_fail_memory();
	return fits(version, bk_buf_str(out)) ? BK_OK : bk_proof_damaged(proof);
}

static int fail_unknown(const struct bk_proof *proof, const char *party)
{
	struct bk_buf parties = BK_BUF_INIT;

	for (size_t i = 0; i < proof->parties.len; i++)
		bk_buf_printf(&parties, "%s%s", i ? ", " : "", proof->parties.items[i]);
	bk_fail(BK_ENOTFOUND, "'%s' has no version in '%s': it has those of %s%s'base'", party, proof->name,
		bk_buf_string(&parties), parties.len ? " and " : "");
	bk_buf_release(&parties);
	return BK_ENOTFOUND;
}

int bk_proof_party(const bk_proof *proof, const char *code, uint32_t *party)
{
	for (uint32_t i = 0; i < proof->parties.len; i++)
		if (strcmp(proof->parties.items[i], code) == 0) {
			*party = i;
			return BK_OK;
		}
	return fail_unknown(proof, code);
}

/* NULL for the base. */
static int find_version(const struct bk_proof *proof, const char *party, const bk_json **version)
{
	uint32_t index = BK_NONE;
	const int status = strcmp(party, "base") == 0 ? BK_OK : bk_proof_party(proof, party, &index);

	*version = status == BK_OK && index != BK_NONE ? bk_json_at(proof->versions, index) : NULL;
	return status;
}

int bk_proof_recover(const bk_proof *proof, const char *party, const char *out_bytes, size_t out_len,
	char **bytes, size_t *len)
{
	const struct bk_str compilation = {out_bytes, out_len};
	struct bk_buf base = BK_BUF_INIT, text = BK_BUF_INIT;
	const bk_json *version;
	int status = find_version(proof, party, &version);

	if (status == BK_OK && !fits(proof->out, compilation))
		status = bk_fail(BK_ECHANGED,
			"the compilation is not the one that '%s' proves: it has changed since, or is "
			"another one",
			proof->name);
	if (status == BK_OK)
		status = put_base(proof, compilation, &base);
	if (status == BK_OK && version)
		status = make_edits(proof, version, bk_buf_str(&base), &text);
	if (status == BK_OK && !(*bytes = bk_buf_detach(version ? &text : &base, len)))
		status = bk_fail_memory();
	bk_buf_release(&base);
	bk_buf_release(&text);
	return status;
}
