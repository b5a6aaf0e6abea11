/*
 * Anchors: made from a draft, compared with a draft.
 *
 *	... before (80) [ text (400) ] after (80) ...
 *
 * Cuts fall on borders of grapheme clusters; bad bytes and NUL become U+FFFD, since JSON can hold neither.
 */
#include "ledger/anchor.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "draft/draft.h"

#include <inttypes.h>
#include <stdio.h>

enum { HEAD = 200, PREFIX_MAX = 80, BACK = 64, DIGEST = 18 };

struct bk_anchor_copy {
	struct bk_arena arena;
	struct bk_anchor anchor;
};

/* ---- Cuts ------------------------------------------------------------------------------------------ */

/* The longest beginning of at most limit bytes that ends on a cluster border. */
static struct bk_str cut_end(struct bk_str bytes, size_t limit)
{
	size_t at = 0;

	if (bytes.len <= limit)
		return bytes;
	while (at < bytes.len) {
		const size_t size = bk_utf8_cluster(bk_str_skip(bytes, at));

		if (at + size > limit)
			break;
		at += size;
	}
	return (struct bk_str){bytes.ptr, at};
}

/* The longest end of at most limit bytes that begins on a cluster border. */
static struct bk_str cut_start(struct bk_str bytes, size_t limit)
{
	size_t at;

	if (bytes.len <= limit)
		return bytes;
	at = bytes.len - limit > BACK ? bytes.len - limit - BACK : 0;
	while (at < bytes.len && ((unsigned char)bytes.ptr[at] & 0xc0) == 0x80)
		at++;
	while (bytes.len - at > limit)
		at += bk_utf8_cluster(bk_str_skip(bytes, at));
	return bk_str_skip(bytes, at);
}

/* ---- Words ----------------------------------------------------------------------------------------- */

uint64_t bk_anchor_head(struct bk_str bytes)
{
	if (bytes.len > HEAD) {
		bytes.len = HEAD;
		while (bytes.len > 0 && ((unsigned char)bytes.ptr[bytes.len] & 0xc0) == 0x80)
			bytes.len--;
	}
	return bk_digest(bytes);
}

/* With a mark: those without are earlier ones, which were made otherwise. */
static void put_digest(uint64_t of, char out[DIGEST])
{
	snprintf(out, DIGEST, "+%016" PRIx64, of);
}

struct bk_str bk_anchor_bytes(const bk_draft *draft, uint32_t bracket)
{
	size_t len, count;
	const char *bytes = bk_draft_bytes(draft, &len);
	const struct bk_bracket *at = &bk_draft_brackets(draft, &count)[bracket];

	return (struct bk_str){bytes + at->start, at->end - at->start};
}

/* What a recorded bracket says without its brackets and a prefix that looks like names and a colon. */
static struct bk_str own_words(struct bk_str text)
{
	struct bk_str inside = bk_str_trim(bk_str_skip(text, 1));
	size_t colon = bk_str_find(inside, ':');

	if (inside.len && bk_digest_is_bracket(inside.ptr[inside.len - 1]))
		inside.len--;
	if (colon >= inside.len || colon > PREFIX_MAX || !bk_is_upper(inside.ptr[0]))
		return inside;
	for (size_t i = 0; i < colon; i++)
		if (bk_digest_is_bracket(inside.ptr[i]))
			return inside;
	return bk_str_skip(inside, colon + 1);
}

/* The words before the last dash that stands between blanks, behind which names may stand; all when there is none. */
static struct bk_str before_dash(struct bk_str words)
{
	static const char *const dashes[] = {" - ", " – ", " — "};

	for (size_t at = words.len; at-- > 0;) {
		for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
			if (bk_str_starts(bk_str_skip(words, at), bk_str_of(dashes[i])))
				return (struct bk_str){words.ptr, at};
		}
	}
	return words;
}

/* Names beside the words were added, taken away or changed, and the words are the same. */
static bool same_own_words(const struct bk_anchor *anchor, const struct bk_digests *digests, uint32_t bracket)
{
	const struct bk_span own = digests->draft->brackets[bracket].text;
	const struct bk_str then = bk_str_of(anchor->text);
	uint64_t now;

	if (own.end <= own.start || then.len < 2)
		return false;
	now = bk_digests_own(digests, bracket);
	return bk_digest(own_words(then)) == now || bk_digest(before_dash(own_words(then))) == now;
}

/* Of a bracket that was too long to be recorded whole. */
static bool same_digest(const char *digest, const struct bk_digests *digests, uint32_t bracket)
{
	char now[DIGEST];
	uint64_t earlier;

	if (digest[0] == '+')
		put_digest(bk_digests_whole(digests, bracket), now);
	else if (bk_digests_earlier(digests, bracket, &earlier))
		snprintf(now, DIGEST, "%016" PRIx64, earlier);
	else
		return false;
	return strcmp(digest, now) == 0;
}

bool bk_anchor_same_words(const struct bk_anchor *anchor, const struct bk_digests *digests, uint32_t bracket)
{
	if (anchor->digest[0])
		return same_digest(anchor->digest, digests, bracket);
	return bk_digest(bk_str_of(anchor->text)) == bk_digests_whole(digests, bracket) ||
	       same_own_words(anchor, digests, bracket);
}

/* ---- Making ---------------------------------------------------------------------------------------- */

static const char *keep(struct bk_arena *arena, struct bk_str bytes)
{
	struct bk_buf buf = BK_BUF_INIT;
	const char *copy = NULL;

	while (bytes.len > 0) {
		const char *nul = memchr(bytes.ptr, '\0', bytes.len);
		const size_t len = nul ? (size_t)(nul - bytes.ptr) : bytes.len;

		bk_utf8_put_valid(&buf, (struct bk_str){bytes.ptr, len});
		if (nul)
			bk_buf_puts(&buf, "\xef\xbf\xbd");
		bytes = bk_str_skip(bytes, len + (nul != NULL));
	}
	if (!buf.failed)
		copy = bk_arena_dup(arena, bk_buf_string(&buf), buf.len);
	bk_buf_release(&buf);
	return copy;
}

static bool fill(struct bk_arena *arena, const struct bk_digests *digests, uint32_t bracket, const char *blob,
	struct bk_anchor *anchor)
{
	const bk_draft *draft = digests->draft;
	const struct bk_str bytes = draft->bytes, text = bk_anchor_bytes(draft, bracket);
	const struct bk_str shown = cut_end(text, BK_ANCHOR_TEXT);
	const size_t start = (size_t)(text.ptr - bytes.ptr), end = start + text.len;
	const char *path = bk_draft_path(draft, bracket);
	char digest[DIGEST] = "";

	if (shown.len < text.len)
		put_digest(bk_digests_whole(digests, bracket), digest);
	anchor->start = start;
	anchor->end = end;
	return (anchor->path = keep(arena, bk_str_of(path))) && (anchor->text = keep(arena, shown)) &&
	       (anchor->before = keep(
			arena, cut_start((struct bk_str){bytes.ptr, start}, BK_ANCHOR_CONTEXT))) &&
	       (anchor->after = keep(arena, cut_end(bk_str_skip(bytes, end), BK_ANCHOR_CONTEXT))) &&
	       (anchor->blob = keep(arena, bk_str_of(blob ? blob : ""))) &&
	       (anchor->digest = keep(arena, bk_str_of(digest)));
}

int bk_anchor_of_digested(
	const struct bk_digests *digests, uint32_t bracket, const char *blob, bk_anchor_copy **out)
{
	bk_anchor_copy *copy;

	if (bracket >= digests->draft->bracket_count)
		return bk_fail(BK_ERANGE, "cannot anchor bracket %" PRIu32 ": the draft has %zu", bracket,
			digests->draft->bracket_count);
	copy = bk_calloc(1, sizeof *copy);
	if (!copy || !fill(&copy->arena, digests, bracket, blob, &copy->anchor)) {
		bk_anchor_free(copy);
		return bk_fail_memory();
	}
	*out = copy;
	return BK_OK;
}

int bk_anchor_of(const bk_draft *draft, uint32_t bracket, const char *blob, bk_anchor_copy **out)
{
	struct bk_digests digests;
	int status = bk_digests_init(&digests, draft);

	if (status < 0)
		return status;
	status = bk_anchor_of_digested(&digests, bracket, blob, out);
	bk_digests_release(&digests);
	return status;
}

const struct bk_anchor *bk_anchor_get(const bk_anchor_copy *copy)
{
	return &copy->anchor;
}

void bk_anchor_free(bk_anchor_copy *copy)
{
	if (!copy)
		return;
	bk_arena_release(&copy->arena);
	bk_free(copy);
}
