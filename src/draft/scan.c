/*
 * Brackets: plain matching.
 *
 * One stack over the whole document, in order; braces have a stack of their own.  A bracket of any pair is
 * closed by a close of any pair: who opens with a full-width bracket and closes with an ASCII one has typed
 * one bracket, as issued drafts show.
 *
 *	bytes      a [ b [ c ] d { e [ f } g ]
 *	matched      0   1       2   3             in order of opening; a close finds its own on the stack
 *	stack      - 0   0 1 0       0 3   0 -     what is left there at the end is unmatched, and taken out
 *
 * A bracket takes 16 bytes here, since what is written costs more than what is read; outline.c makes the
 * draft's brackets of them once it knows where they stand.
 */
#include "draft/draft.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/conventions.h"
#include "draft/kernel.h"

enum kind {
	KIND_OPEN,
	KIND_CLOSE,
	KIND_BRACE_OPEN,
	KIND_BRACE_CLOSE,
	KIND_EXTRA, /* perhaps a bracket of the conventions' own pairs */
	KIND_OTHER,
};

/* The brackets that are open, by index, innermost last.  Below them all lies a BK_NONE. */
typedef BK_VEC(uint32_t) open_stack;

struct scanner {
	struct bk_draft *draft;
	const struct bk_pair *pairs;
	size_t pair_count;
	uint8_t kinds[256];
	struct bk_byte_set wanted;	       /* those of a kind */
	open_stack stacks[2];		       /* of brackets, of braces */
	size_t most;			       /* length of the bracket stack at its longest */
	size_t past;			       /* where the next bracket may stand */
	BK_VEC(struct bk_unmatched) unmatched; /* closes */
};

/* ---- Plain brackets --------------------------------------------------------------------------------- */

/*
 * Take brackets from a window as long as nothing else stands there; returns how many.  Opens and closes come
 * in no order that a processor could foresee, so there is no branch between the two: each writes the next
 * free place of list and stack, and only an open counts it in.
 */
static size_t take_plain(struct scanner *scanner, size_t base, const uint32_t *offsets, size_t count)
{
	struct bk_draft *draft = scanner->draft;
	const unsigned char *bytes = (const unsigned char *)draft->bytes.ptr + base;
	struct bk_matched *matched = draft->matched.items;
	uint32_t *stack = scanner->stacks[0].items;
	const size_t before = draft->matched.len;
	size_t len = before, depth = scanner->stacks[0].len, most = scanner->most, i;

	for (i = 0; i < count; i++) {
		const uint8_t kind = scanner->kinds[bytes[offsets[i]]];
		const size_t open = kind == KIND_OPEN;
		const uint32_t at = (uint32_t)(base + offsets[i]);

		if (kind > KIND_CLOSE || depth + open < 2)
			break;
		stack[depth] = (uint32_t)len;
		matched[len] = (struct bk_matched){
			.start = at, .parent = stack[depth - 1], .open_len = 1, .close_len = 1};
		len += open;
		depth -= !open;
		matched[stack[depth]].end = at + 1;
		depth += open;
		most = depth > most ? depth : most;
	}
	scanner->stacks[0].len = depth;
	scanner->most = most;
	draft->matched.len = len;
	draft->opens += len - before;
	draft->closes += i - (len - before);
	return i;
}

/* ---- All brackets ----------------------------------------------------------------------------------- */

static void push_open(struct scanner *scanner, size_t at, size_t len, bool brace)
{
	struct bk_draft *draft = scanner->draft;
	open_stack *stack = &scanner->stacks[brace];

	draft->matched.items[draft->matched.len] = (struct bk_matched){.start = (uint32_t)at,
		.parent = stack->items[stack->len - 1],
		.open_len = (uint8_t)len,
		.brace = brace};
	stack->items[stack->len++] = (uint32_t)draft->matched.len++;
	if (!brace)
		draft->opens++;
	if (!brace && stack->len > scanner->most)
		scanner->most = stack->len;
}

static int push_close(struct scanner *scanner, size_t at, size_t len, bool brace)
{
	struct bk_draft *draft = scanner->draft;
	open_stack *stack = &scanner->stacks[brace];
	struct bk_matched *matched;

	if (!brace)
		draft->closes++;
	if (stack->len == 1) {
		struct bk_unmatched *unmatched = BK_VEC_PUSH(&scanner->unmatched);

		if (!unmatched)
			return bk_fail_memory();
		*unmatched = (struct bk_unmatched){.offset = at, .len = (uint32_t)len, .brace = brace};
		return BK_OK;
	}
	matched = &draft->matched.items[stack->items[--stack->len]];
	matched->end = (uint32_t)(at + len);
	matched->close_len = (uint8_t)len;
	return BK_OK;
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

/* The byte at `at` may be a bracket of any kind, and is not escaped. */
static int take_byte(struct scanner *scanner, size_t at)
{
	enum kind kind = scanner->kinds[(unsigned char)scanner->draft->bytes.ptr[at]];
	size_t len = 1;

	if (at < scanner->past)
		return BK_OK;
	if (kind == KIND_EXTRA)
		kind = extra_at(scanner, at, &len);
	scanner->past = at + len;
	if (kind == KIND_OPEN || kind == KIND_BRACE_OPEN)
		push_open(scanner, at, len, kind == KIND_BRACE_OPEN);
	else if (kind != KIND_OTHER)
		return push_close(scanner, at, len, kind == KIND_BRACE_CLOSE);
	return BK_OK;
}

/* Room for count more brackets, and for the one that is written and not counted. */
static int make_room(struct scanner *scanner, size_t count)
{
	if (BK_VEC_RESERVE(&scanner->draft->matched, count + 1) &&
		BK_VEC_RESERVE(&scanner->stacks[0], count + 1) &&
		BK_VEC_RESERVE(&scanner->stacks[1], count + 1))
		return BK_OK;
	return bk_fail_memory();
}

static int take_window(struct scanner *scanner, size_t base, const uint32_t *offsets, size_t count)
{
	int status = make_room(scanner, count);

	for (size_t i = 0; status == BK_OK && i < count; i++) {
		if (base + offsets[i] >= scanner->past)
			i += take_plain(scanner, base, offsets + i, count - i);
		if (i < count)
			status = take_byte(scanner, base + offsets[i]);
	}
	return status;
}

/* The kernel names the places in a part, a window at a time; all between them is passed over. */
static int scan_part(struct scanner *scanner, struct bk_span part)
{
	const char *bytes = scanner->draft->bytes.ptr;
	/* Written before it is read, and many texts are but a bracket long: nothing is to clear it. */
	uint32_t offsets[BK_KERNEL_WINDOW + 8] __attribute__((uninitialized));
	bool escaped = false;
	int status = BK_OK;

	for (size_t at = part.start; status == BK_OK && at < part.end; at += BK_KERNEL_WINDOW) {
		const size_t len = part.end - at < BK_KERNEL_WINDOW ? part.end - at : BK_KERNEL_WINDOW;
		const size_t count = bk_kernel_index(&scanner->wanted, bytes + at, len, &escaped, offsets);

		status = take_window(scanner, at, offsets, count);
	}
	return status;
}

/* wanted: the bytes that are known so far, each once. */
static void learn_kind(struct scanner *scanner, char byte, enum kind kind, char wanted[256], size_t *count)
{
	uint8_t *known = &scanner->kinds[(unsigned char)byte];

	if (*known == KIND_OTHER)
		wanted[(*count)++] = byte;
	*known = (uint8_t)kind;
}

static void learn_kinds(struct scanner *scanner)
{
	char wanted[256];
	size_t count = 0;

	memset(scanner->kinds, KIND_OTHER, sizeof scanner->kinds);
	learn_kind(scanner, '[', KIND_OPEN, wanted, &count);
	learn_kind(scanner, ']', KIND_CLOSE, wanted, &count);
	learn_kind(scanner, '{', KIND_BRACE_OPEN, wanted, &count);
	learn_kind(scanner, '}', KIND_BRACE_CLOSE, wanted, &count);
	scanner->pairs = bk_conventions_pairs(scanner->draft->conventions, &scanner->pair_count);
	for (size_t i = 0; i < scanner->pair_count; i++) {
		learn_kind(scanner, scanner->pairs[i].open.ptr[0], KIND_EXTRA, wanted, &count);
		learn_kind(scanner, scanner->pairs[i].close.ptr[0], KIND_EXTRA, wanted, &count);
	}
	bk_byte_set_init(&scanner->wanted, wanted, count);
}

/* ---- What is unmatched ------------------------------------------------------------------------------- */

/* Unmatched opens, whose end is 0, and unmatched closes, merged in order of offset. */
static void merge_unmatched(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;
	size_t close = 0;

	for (size_t i = 0; i <= draft->matched.len; i++) {
		const struct bk_matched *open = i < draft->matched.len ? &draft->matched.items[i] : NULL;

		if (open && open->end != 0)
			continue;
		while (close < scanner->unmatched.len &&
			(!open || scanner->unmatched.items[close].offset < open->start))
			draft->unmatched[draft->unmatched_count++] = scanner->unmatched.items[close++];
		if (open)
			draft->unmatched[draft->unmatched_count++] =
				(struct bk_unmatched){.offset = open->start,
					.len = open->open_len,
					.open = true,
					.brace = open->brace};
	}
}

/* Take unmatched opens out of the list; who stood in one stands in what is round that. */
static int drop_unmatched_opens(struct bk_draft *draft)
{
	struct bk_matched *matched = draft->matched.items;
	/* of each that was: its index now, of an unmatched one that of its parent */
	uint32_t *now = bk_calloc(draft->matched.len, sizeof *now);
	size_t kept = 0;

	if (!now)
		return bk_fail_memory();
	for (size_t i = 0; i < draft->matched.len; i++) {
		const uint32_t parent = matched[i].parent == BK_NONE ? BK_NONE : now[matched[i].parent];

		now[i] = matched[i].end ? (uint32_t)kept : parent;
		if (!matched[i].end)
			continue;
		matched[kept] = matched[i];
		matched[kept++].parent = parent;
	}
	draft->matched.len = kept;
	bk_free(now);
	return BK_OK;
}

static int take_unmatched(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;
	const size_t opens = scanner->stacks[0].len + scanner->stacks[1].len - 2;
	const size_t count = opens + scanner->unmatched.len;

	for (size_t brace = 0; brace < 2; brace++) {
		for (size_t i = 1; i < scanner->stacks[brace].len; i++)
			draft->matched.items[scanner->stacks[brace].items[i]].end = 0;
	}
	draft->unmatched = bk_arena_array(&draft->arena, count + 1, sizeof *draft->unmatched);
	if (!draft->unmatched)
		return bk_fail_memory();
	if (count)
		merge_unmatched(scanner);
	return opens ? drop_unmatched_opens(draft) : BK_OK;
}

/* ---- The door --------------------------------------------------------------------------------------- */

int bk_scan_fits(size_t len)
{
	return len < BK_NONE ? BK_OK
			     : bk_fail(BK_ETOOBIG, "the text has more than %u bytes: split it", BK_NONE - 1);
}

static int prepare(struct scanner *scanner)
{
	struct bk_draft *draft = scanner->draft;
	const int status = bk_scan_fits(draft->bytes.len);

	if (status != BK_OK)
		return status;
	learn_kinds(scanner);
	/* The text knows how many there are, but for braces and extra pairs. */
	if (draft->snapshot &&
		!BK_VEC_RESERVE(&draft->matched, bk_snapshot_brackets(draft->snapshot).opens + 1))
		return bk_fail_memory();
	if (make_room(scanner, 1) < 0)
		return bk_fail_memory();
	for (size_t brace = 0; brace < 2; brace++)
		scanner->stacks[brace].items[scanner->stacks[brace].len++] = BK_NONE;
	scanner->most = 1;
	return BK_OK;
}

int bk_scan_brackets(struct bk_draft *draft)
{
	return bk_scan_brackets_in(draft, &(const struct bk_span){0, draft->bytes.len}, 1);
}

int bk_scan_brackets_in(struct bk_draft *draft, const struct bk_span *parts, size_t count)
{
	struct scanner scanner = {.draft = draft};
	int status = prepare(&scanner);

	for (size_t i = 0; i < count && status == BK_OK; i++)
		status = scan_part(&scanner, parts[i]);
	if (status == BK_OK)
		status = take_unmatched(&scanner);
	if (status == BK_OK)
		draft->depth = scanner.most - 1;
	BK_VEC_RELEASE(&scanner.stacks[0]);
	BK_VEC_RELEASE(&scanner.stacks[1]);
	BK_VEC_RELEASE(&scanner.unmatched);
	return status;
}
