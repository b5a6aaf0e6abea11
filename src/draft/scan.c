/*
 * Brackets: plain matching.
 *
 * One stack over the whole document, in order; braces have a stack of their own.  A bracket of any pair is
 * closed by a close of any pair: who opens with a full-width bracket and closes with an ASCII one has typed
 * one bracket, as issued drafts show.
 *
 *	bytes      a [ b [ c ] d { e [ f } g ]
 *	opened       0   1       2   3             in order of opening; `below` is the next on its stack
 *	closed               1           2   3     end is set; whoever has none at the end is unmatched: 0
 *	brackets         0       1   2             the matched ones, renumbered; parents are matched ones too
 *
 * The stack is the chain of `below`, so nesting costs no more than the list itself.
 */
#include "draft/draft.h"

#include "base/error.h"
#include "base/vec.h"
#include "draft/conventions.h"
#include "draft/kernel.h"

/* An opening bracket met; end is 0 until its close is. */
struct opened {
	size_t start, end;
	uint32_t below; /* the one under it on the stack, or BK_NONE */
	uint8_t open_len, close_len;
	bool brace;
};

enum kind {
	KIND_OTHER,
	KIND_OPEN,
	KIND_CLOSE,
	KIND_BRACE_OPEN,
	KIND_BRACE_CLOSE,
	KIND_EXTRA, /* perhaps a bracket of the conventions' own pairs */
};

struct scanner {
	struct bk_draft *draft;
	const struct bk_pair *pairs;
	size_t pair_count;
	uint8_t kinds[256];
	struct bk_byte_set wanted; /* those of a kind */
	BK_VEC(struct opened) opened;
	BK_VEC(struct bk_unmatched) unmatched; /* closes */
	uint32_t top[2];		       /* of the bracket and the brace stack, or BK_NONE */
	size_t depth, matched, matched_braces;
};

static int push_open(struct scanner *scanner, size_t at, size_t len, bool brace)
{
	struct opened *opened;

	if (scanner->opened.len >= BK_NONE - 1)
		return bk_fail(BK_ETOOBIG, "text has more than '%u' brackets: split it", BK_NONE - 1);
	opened = BK_VEC_PUSH(&scanner->opened);
	if (!opened)
		return bk_fail_memory();
	*opened = (struct opened){
		.start = at, .open_len = (uint8_t)len, .below = scanner->top[brace], .brace = brace};
	scanner->top[brace] = (uint32_t)(scanner->opened.len - 1);
	if (brace)
		return BK_OK;
	scanner->draft->opens++;
	if (++scanner->depth > scanner->draft->depth)
		scanner->draft->depth = scanner->depth;
	return BK_OK;
}

static int push_close(struct scanner *scanner, size_t at, size_t len, bool brace)
{
	const uint32_t top = scanner->top[brace];

	if (!brace)
		scanner->draft->closes++;
	if (top == BK_NONE) {
		struct bk_unmatched *unmatched = BK_VEC_PUSH(&scanner->unmatched);

		if (!unmatched)
			return bk_fail_memory();
		*unmatched = (struct bk_unmatched){.offset = at, .len = (uint32_t)len, .brace = brace};
		return BK_OK;
	}
	scanner->opened.items[top].end = at + len;
	scanner->opened.items[top].close_len = (uint8_t)len;
	scanner->top[brace] = scanner->opened.items[top].below;
	scanner->matched++;
	scanner->matched_braces += brace;
	if (!brace)
		scanner->depth--;
	return BK_OK;
}

static int push_mark(struct scanner *scanner, size_t at, size_t len, enum kind kind)
{
	const bool brace = kind == KIND_BRACE_OPEN || kind == KIND_BRACE_CLOSE;

	if (kind == KIND_OPEN || kind == KIND_BRACE_OPEN)
		return push_open(scanner, at, len, brace);
	return push_close(scanner, at, len, brace);
}

/* The bracket of an extra pair that stands at `at`: KIND_OPEN or KIND_CLOSE and its length, or KIND_OTHER. */
static enum kind extra_at(const struct scanner *scanner, size_t at, size_t *len)
{
	const struct bk_str rest = bk_str_skip(scanner->draft->bytes, at);

	for (size_t i = 0; i < scanner->pair_count; i++) {
		*len = scanner->pairs[i].open.len;
		if (bk_str_starts(rest, scanner->pairs[i].open))
			return KIND_OPEN;
		*len = scanner->pairs[i].close.len;
		if (bk_str_starts(rest, scanner->pairs[i].close))
			return KIND_CLOSE;
	}
	*len = 1;
	return KIND_OTHER;
}

/* The byte at `at` may be a bracket, and is not escaped; *past is where the next one may stand. */
static int take_byte(struct scanner *scanner, size_t at, size_t *past)
{
	enum kind kind = scanner->kinds[(unsigned char)scanner->draft->bytes.ptr[at]];
	size_t len = 1;

	if (at < *past)
		return BK_OK;
	if (kind == KIND_EXTRA)
		kind = extra_at(scanner, at, &len);
	*past = at + len;
	return kind == KIND_OTHER ? BK_OK : push_mark(scanner, at, len, kind);
}

/* The kernel names the places, a window at a time; all between them is passed over. */
static int scan_bytes(struct scanner *scanner)
{
	const struct bk_str bytes = scanner->draft->bytes;
	uint32_t offsets[BK_KERNEL_WINDOW + 8];
	size_t past = 0;
	bool escaped = false;

	for (size_t at = 0; at < bytes.len; at += BK_KERNEL_WINDOW) {
		const size_t len = bytes.len - at < BK_KERNEL_WINDOW ? bytes.len - at : BK_KERNEL_WINDOW;
		const size_t count =
			bk_kernel_index(&scanner->wanted, bytes.ptr + at, len, &escaped, offsets);

		for (size_t i = 0; i < count; i++) {
			const int status = take_byte(scanner, at + offsets[i], &past);

			if (status < 0)
				return status;
		}
	}
	return BK_OK;
}

static void learn_kinds(struct scanner *scanner)
{
	char wanted[256];
	size_t count = 0;

	scanner->kinds['['] = KIND_OPEN;
	scanner->kinds[']'] = KIND_CLOSE;
	scanner->kinds['{'] = KIND_BRACE_OPEN;
	scanner->kinds['}'] = KIND_BRACE_CLOSE;
	scanner->pairs = bk_conventions_pairs(scanner->draft->conventions, &scanner->pair_count);
	for (size_t i = 0; i < scanner->pair_count; i++) {
		scanner->kinds[(unsigned char)scanner->pairs[i].open.ptr[0]] = KIND_EXTRA;
		scanner->kinds[(unsigned char)scanner->pairs[i].close.ptr[0]] = KIND_EXTRA;
	}
	for (unsigned byte = 0; byte < 256; byte++)
		if (scanner->kinds[byte] != KIND_OTHER)
			wanted[count++] = (char)byte;
	bk_byte_set_init(&scanner->wanted, wanted, count);
}

/* ---- From what was opened to brackets -------------------------------------------------------------- */

/* The matched brackets, in order; `below` of each opened one becomes the index of its innermost matched
 * parent, itself when matched: below an unmatched one, whatever is below that. */
static void take_matched(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;

	for (size_t i = 0; i < scanner->opened.len; i++) {
		struct opened *opened = &scanner->opened.items[i];
		const uint32_t parent =
			opened->below == BK_NONE ? BK_NONE : scanner->opened.items[opened->below].below;
		struct bk_bracket *bracket = &draft->brackets[draft->bracket_count];

		opened->below = parent;
		if (opened->end == 0)
			continue;
		*bracket = (struct bk_bracket){
			.start = opened->start,
			.end = opened->end,
			.open_len = opened->open_len,
			.close_len = opened->close_len,
			.parent = parent,
			.depth = parent == BK_NONE ? 1 : draft->brackets[parent].depth + 1,
			.node = BK_NONE,
			.brace = opened->brace,
			.text = {opened->start + opened->open_len, opened->end - opened->close_len},
			.id = "",
		};
		opened->below = (uint32_t)draft->bracket_count++;
	}
}

/* Unmatched opens and closes, merged in order of offset. */
static void take_unmatched(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;
	size_t close = 0;

	for (size_t i = 0; i <= scanner->opened.len; i++) {
		const struct opened *opened = i < scanner->opened.len ? &scanner->opened.items[i] : NULL;

		if (opened && opened->end != 0)
			continue;
		while (close < scanner->unmatched.len &&
			(!opened || scanner->unmatched.items[close].offset < opened->start))
			draft->unmatched[draft->unmatched_count++] = scanner->unmatched.items[close++];
		if (opened)
			draft->unmatched[draft->unmatched_count++] =
				(struct bk_unmatched){.offset = opened->start,
					.len = opened->open_len,
					.open = true,
					.brace = opened->brace};
	}
}

/* For each bracket, the last one of the other kind before it; braces is how many are braces. */
static int link_kinds(struct bk_draft *draft, size_t braces)
{
	uint32_t last[2] = {BK_NONE, BK_NONE};

	if (braces == 0 || braces == draft->bracket_count)
		return BK_OK;
	draft->other_kind = bk_arena_array(&draft->arena, draft->bracket_count, sizeof *draft->other_kind);
	if (!draft->other_kind)
		return bk_fail_memory();
	for (size_t i = 0; i < draft->bracket_count; i++) {
		const bool brace = draft->brackets[i].brace;

		draft->other_kind[i] = last[!brace];
		last[brace] = (uint32_t)i;
	}
	return BK_OK;
}

static int take_all(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;
	const size_t unmatched = scanner->opened.len - scanner->matched + scanner->unmatched.len;

	draft->brackets = bk_arena_array(&draft->arena, scanner->matched + 1, sizeof *draft->brackets);
	draft->unmatched = bk_arena_array(&draft->arena, unmatched + 1, sizeof *draft->unmatched);
	if (!draft->brackets || !draft->unmatched)
		return bk_fail_memory();
	take_unmatched(scanner);
	take_matched(scanner);
	return link_kinds(draft, scanner->matched_braces);
}

int bk_scan_brackets(struct bk_draft *draft)
{
	struct scanner scanner = {.draft = draft, .top = {BK_NONE, BK_NONE}};
	int status;

	learn_kinds(&scanner);
	status = scan_bytes(&scanner);
	if (status == BK_OK)
		status = take_all(&scanner);
	BK_VEC_RELEASE(&scanner.opened);
	BK_VEC_RELEASE(&scanner.unmatched);
	return status;
}
