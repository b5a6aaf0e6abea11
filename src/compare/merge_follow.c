/* Where the bytes of base and versions stand in the compilation. */
#include "compare/merge_private.h"

#include "base/alloc.h"
#include "base/sort.h"

static struct bk_str part(struct bk_str bytes, struct bk_span span)
{
	return (struct bk_str){bytes.ptr + span.start, span.end - span.start};
}

/* Of no bytes there is none: it would hide the one that begins at the same offset. */
static int add_copy(bk_copies *copies, size_t out, size_t source, size_t len)
{
	struct bk_copy *copy = len ? BK_VEC_PUSH(copies) : NULL;

	if (!len)
		return BK_OK;
	if (!copy)
		return bk_fail_memory();
	*copy = (struct bk_copy){out, source, len};
	return BK_OK;
}

/* Words that read the same but for their blanks, or up to a bracket that is literal here. */
static int copy_tokens(bk_copies *copies, struct bk_str out, struct bk_span in_out, struct bk_str file,
	struct bk_span in_file)
{
	const struct bk_str a = {out.ptr, in_out.end}, b = {file.ptr, in_file.end};
	size_t i = in_out.start, j = in_file.start;
	int status = BK_OK;

	while (status == BK_OK) {
		struct bk_span x = bk_token_next(a, i), y = bk_token_next(b, j);

		if (x.end == x.start + 2 && out.ptr[x.start] == '\\' && y.end == y.start + 1)
			x.start++; /* a bracket that is literal here, and was none there */
		if (x.start == x.end || !bk_str_equal(part(out, x), part(file, y)))
			break;
		status = add_copy(copies, x.start, y.start, x.end - x.start);
		i = x.end;
		j = y.end;
	}
	return status;
}

/* What stands as a party's own words, and is not just the base's. */
static int copy_proposal(struct bk_merge *merge, size_t index)
{
	const struct bk_merge_proposal *proposal = &merge->placed.proposals.items[index];
	const struct bk_version *version = &merge->versions[proposal->party];
	const struct bk_str file = {version->bytes, version->len}, out = bk_buf_str(&merge->out);
	bk_copies *copies = &merge->of_versions[proposal->party];

	const struct bk_standing *standing = &merge->placed.standings.items[index];
	struct bk_span in_out = proposal->out, in_file = proposal->file;
	int status = BK_OK;

	if (standing->event == BK_NONE || proposal->fate == BK_MERGE_LEFT)
		return BK_OK;
	if (standing->label) {
		status = add_copy(copies, in_out.start, in_file.start, standing->label);
		in_out.start += standing->words - standing->span.start;
		in_file.start += standing->label;
	}
	in_file.start += standing->shell;
	if (status != BK_OK)
		return status;
	if (bk_str_equal(part(file, in_file), part(out, in_out)))
		return add_copy(copies, in_out.start, in_file.start, in_file.end - in_file.start);
	return copy_tokens(copies, out, in_out, file, in_file);
}

static int compare_copies(const void *a, const void *b)
{
	const struct bk_copy *x = a, *y = b;

	return x->source < y->source ? -1 : x->source > y->source;
}

static uint64_t source_of_copy(const void *copy)
{
	return ((const struct bk_copy *)copy)->source;
}

int bk_merge_sort_copies(bk_copies *copies)
{
	return bk_sort(copies->items, copies->len, sizeof *copies->items, source_of_copy, compare_copies);
}

int bk_merge_find_copies(struct bk_merge *merge)
{
	int status = BK_OK;

	merge->of_versions = bk_calloc(merge->count + 1, sizeof *merge->of_versions);
	if (!merge->of_versions)
		return bk_fail_memory();
	for (size_t i = 0; i < merge->placed.proposals.len && status == BK_OK; i++)
		status = copy_proposal(merge, i);
	for (size_t p = 0; p < merge->count && status == BK_OK; p++)
		status = bk_merge_sort_copies(&merge->of_versions[p]);
	return status;
}

/* Where an offset stands among copies; BK_NOWHERE in none. */
static size_t find_copy(const bk_copies *copies, size_t offset)
{
	const size_t i = BK_SEARCH(k, copies->len, copies->items[k].source <= offset);
	const struct bk_copy *copy = i ? &copies->items[i - 1] : NULL;

	return copy && offset - copy->source < copy->len ? copy->out + (offset - copy->source) : BK_NOWHERE;
}

/* The same in an amendment: what both begin with, as a label that was left outside of brackets. */
static size_t offset_in_both(
	const struct bk_amendments *amendments, const struct bk_amendment *it, size_t offset)
{
	const size_t same = bk_str_common_start(
		part(amendments->base->tokens.bytes, it->base), part(amendments->bytes, it->file));

	return offset - it->file.start < same ? it->base.start + (offset - it->file.start) : BK_NOWHERE;
}

/* The offset of the base that stands in a version at offset; BK_NOWHERE for what is the version's own. */
static size_t offset_in_base(const struct bk_amendments *amendments, size_t offset)
{
	const struct bk_amendment *list = amendments->list.items;
	const size_t i = BK_SEARCH(k, amendments->list.len, list[k].file.end <= offset);

	if (i < amendments->list.len && list[i].file.start <= offset)
		return offset_in_both(amendments, &list[i], offset);
	return i ? list[i - 1].base.end + (offset - list[i - 1].file.end) : offset;
}

size_t bk_merge_follow(const bk_merge *merge, uint32_t party, size_t offset)
{
	size_t found;

	if (party == BK_NONE)
		return find_copy(&merge->of_base, offset);
	found = find_copy(&merge->of_versions[party], offset);
	if (found != BK_NOWHERE)
		return found;
	offset = offset_in_base(&merge->amendments[party], offset);
	return offset == BK_NOWHERE ? BK_NOWHERE : find_copy(&merge->of_base, offset);
}
