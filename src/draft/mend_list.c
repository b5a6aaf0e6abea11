/* The list of bracket characters that changes are tried on. */
#include "draft/mend.h"

#include "base/alloc.h"
#include "base/error.h"

static struct bk_token *token_of(const struct bk_mender *mender, uint32_t index)
{
	return &mender->tokens.items[index];
}

size_t bk_mender_end(const struct bk_mender *mender, uint32_t index)
{
	return index == BK_NONE ? 0 : token_of(mender, index)->spot.offset + token_of(mender, index)->len;
}

size_t bk_mender_start(const struct bk_mender *mender, uint32_t index)
{
	return index == BK_NONE ? mender->draft->bytes.len : token_of(mender, index)->spot.offset;
}

/* ---- Tokens -------------------------------------------------------------------------------------------- */

/* A walk over all bracket characters of one kind, matched and unmatched, in order. */
struct walk {
	uint32_t next;	 /* bracket that opens next */
	uint32_t inside; /* innermost bracket open */
	size_t unmatched;
	uint32_t *opened; /* token of each bracket's open */
};

static int add_token(struct bk_mender *mender, struct bk_token token, size_t offset)
{
	struct bk_token *slot = BK_VEC_PUSH(&mender->tokens);

	if (!slot)
		return bk_fail_memory();
	*slot = token;
	slot->spot = token.open ? bk_mender_open_spot(mender, offset)
				: bk_mender_close_spot(mender, offset, token.len);
	return BK_OK;
}

static int add_open(struct bk_mender *mender, struct walk *walk)
{
	const struct bk_bracket *bracket = &mender->draft->brackets[walk->next];
	const struct bk_token token = {.len = (uint8_t)bracket->open_len, .open = true, .match = BK_NONE};

	walk->opened[walk->next] = (uint32_t)mender->tokens.len;
	walk->inside = walk->next++;
	return add_token(mender, token, bracket->start);
}

static int add_close(struct bk_mender *mender, struct walk *walk)
{
	const struct bk_bracket *bracket = &mender->draft->brackets[walk->inside];
	const uint32_t match = walk->opened[walk->inside];
	const struct bk_token token = {.len = (uint8_t)bracket->close_len, .match = match};

	mender->tokens.items[match].match = (uint32_t)mender->tokens.len;
	walk->inside = bracket->parent;
	return add_token(mender, token, bracket->end - bracket->close_len);
}

static int add_unmatched(struct bk_mender *mender, struct walk *walk)
{
	const struct bk_unmatched *unmatched = &mender->draft->unmatched[walk->unmatched++];
	const struct bk_token token = {
		.len = (uint8_t)unmatched->len, .open = unmatched->open, .match = BK_NONE};

	return add_token(mender, token, unmatched->offset);
}

/* Add the next bracket character; *done when there is none. */
static int add_next(struct bk_mender *mender, struct walk *walk, bool *done)
{
	const struct bk_draft *draft = mender->draft;
	size_t open, close, alone;

	while (walk->next < draft->bracket_count && draft->brackets[walk->next].brace != mender->brace)
		walk->next++;
	while (walk->unmatched < draft->unmatched_count &&
		draft->unmatched[walk->unmatched].brace != mender->brace)
		walk->unmatched++;
	open = walk->next < draft->bracket_count ? draft->brackets[walk->next].start : BK_NOWHERE;
	close = walk->inside != BK_NONE ? draft->brackets[walk->inside].end - 1 : BK_NOWHERE;
	alone = walk->unmatched < draft->unmatched_count ? draft->unmatched[walk->unmatched].offset
							 : BK_NOWHERE;
	*done = open == BK_NOWHERE && close == BK_NOWHERE && alone == BK_NOWHERE;
	if (*done)
		return BK_OK;
	if (close < open && close < alone)
		return add_close(mender, walk);
	return open < alone ? add_open(mender, walk) : add_unmatched(mender, walk);
}

static void link_tokens(struct bk_mender *mender)
{
	const size_t count = mender->tokens.len;

	for (size_t i = 0; i < count; i++) {
		mender->tokens.items[i].previous = i > 0 ? (uint32_t)(i - 1) : BK_NONE;
		mender->tokens.items[i].next = i + 1 < count ? (uint32_t)(i + 1) : BK_NONE;
	}
	mender->first = count > 0 ? 0 : BK_NONE;
}

int bk_mender_fill(struct bk_mender *mender, bool brace)
{
	struct walk walk = {.inside = BK_NONE};
	bool done = false;
	int status = BK_OK;

	mender->brace = brace;
	mender->tokens.len = 0;
	walk.opened = bk_calloc(mender->draft->bracket_count + 1, sizeof *walk.opened);
	if (!walk.opened)
		return bk_fail_memory();
	while (!done && status == BK_OK)
		status = add_next(mender, &walk, &done);
	bk_free(walk.opened);
	link_tokens(mender);
	return status;
}

/* ---- Making a change --------------------------------------------------------------------------------- */

static void set_match(struct bk_mender *mender, uint32_t a, uint32_t b)
{
	token_of(mender, a)->match = b;
	token_of(mender, b)->match = a;
}

/* Take a token out.  Its own links stay, so that a walk that stands on it goes on; it has no mate any more. */
static void unlink_token(struct bk_mender *mender, uint32_t index)
{
	struct bk_token *token = token_of(mender, index);

	if (token->previous != BK_NONE)
		token_of(mender, token->previous)->next = token->next;
	else
		mender->first = token->next;
	if (token->next != BK_NONE)
		token_of(mender, token->next)->previous = token->previous;
	token->match = BK_NONE;
}

/* Put the token of a change into the list. */
static int link_token(struct bk_mender *mender, const struct bk_mending *change, bool open, uint32_t *out)
{
	struct bk_token *slot = BK_VEC_PUSH(&mender->tokens);
	const uint32_t index = (uint32_t)(mender->tokens.len - 1);
	uint32_t next;

	if (!slot)
		return bk_fail_memory();
	next = change->after == BK_NONE ? mender->first : token_of(mender, change->after)->next;
	*slot = (struct bk_token){.spot = change->spot,
		.open = open,
		.match = BK_NONE,
		.previous = change->after,
		.next = next};
	if (change->after != BK_NONE)
		token_of(mender, change->after)->next = index;
	else
		mender->first = index;
	if (next != BK_NONE)
		token_of(mender, next)->previous = index;
	*out = index;
	return BK_OK;
}

int bk_mender_apply(struct bk_mender *mender, const struct bk_search *search)
{
	const struct bk_frame *frame = &search->frames.items[search->best.frame];
	const uint32_t inner = frame->token;
	uint32_t mate = token_of(mender, inner)->match;

	if (search->best.remove) {
		unlink_token(mender, inner);
	} else {
		uint32_t index;
		int status = link_token(mender, &search->best, !token_of(mender, inner)->open, &index);

		if (status < 0)
			return status;
		set_match(mender, inner, index);
	}
	while (frame->below != BK_NONE) {
		uint32_t freed;

		frame = &search->frames.items[frame->below];
		freed = token_of(mender, frame->token)->match;
		set_match(mender, frame->token, mate);
		mate = freed;
	}
	return BK_OK;
}
