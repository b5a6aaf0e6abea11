#include "app/life.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"

#include <string.h>

/* Where a life is, while the texts are walked backwards. */
struct living {
	size_t text;	 /* BK_NOWHERE: the session's */
	uint32_t here;	 /* its bracket there; BK_NONE once it is opened */
	uint32_t before; /* the likest bracket so far in a text that this one comes from, or BK_NONE */
	size_t from;	 /* that text */
	enum bk_difference_kind kind; /* what became of it since then */
};

struct walking {
	bk_lives *lives;
	struct living *living; /* one a life */
	size_t left;	       /* lives that go further back */
};

uint8_t *bk_life_kinds(const struct bk_pair_of_texts *pair)
{
	size_t count, brackets;
	const struct bk_difference *all = bk_comparison_list(pair->comparison, &count);
	uint8_t *kinds;

	bk_draft_brackets(pair->now, &brackets);
	kinds = bk_malloc(brackets + 1);
	if (!kinds)
		return NULL;
	memset(kinds, BK_DIFFERENCE_OPENED, brackets + 1);
	/* A bracket into which others were joined has a line of its own, too. */
	for (size_t i = 0; i < count; i++)
		if (all[i].kind <= BK_DIFFERENCE_REOPENED && all[i].kind != BK_DIFFERENCE_JOINED &&
			all[i].new_bracket != BK_NONE)
			kinds[all[i].new_bracket] = (uint8_t)all[i].kind;
	return kinds;
}

static size_t first_word(const bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t len, at = bracket->text.start;
	const char *bytes = bk_draft_bytes(draft, &len);

	while (at < bracket->text.end && !bk_is_word(bytes[at]))
		at++;
	return at;
}

/* At least half of its words came from the old one. */
static bool is_left_of(
	const struct bk_pair_of_texts *pair, const struct bk_bracket *now, const struct bk_bracket *old)
{
	struct bk_followed followed;

	bk_comparison_follow_back(
		pair->comparison, now->text, (struct bk_span){old->start, old->end}, &followed);
	return followed.words && 2 * followed.standing >= followed.words;
}

uint32_t bk_life_longer(const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *old = bk_draft_brackets(pair->old, &count);
	const struct bk_bracket *now = &bk_draft_brackets(pair->now, &count)[bracket];
	const size_t origin = bk_comparison_word_origin(pair->comparison, first_word(pair->now, now));
	uint32_t found = origin == BK_NOWHERE ? BK_NONE : bk_draft_bracket_at(pair->old, origin);

	while (found != BK_NONE && first_word(pair->old, &old[found]) == origin) {
		if (!old[found].brace && old[found].class == BK_CLASS_DISPUTED &&
			bk_comparison_carry(pair->comparison, found) == BK_NONE &&
			is_left_of(pair, now, &old[found]))
			return found;
		found = old[found].parent;
	}
	return BK_NONE;
}

/* Look for it in one of the texts that its text comes from; where it is kept is the best. */
static void look_back(struct bk_life *life, struct living *living, const struct bk_pair_of_texts *pair,
	enum bk_difference_kind kind)
{
	uint32_t before = bk_comparison_origin(pair->comparison, living->here);

	if (before == BK_NONE) {
		before = bk_life_longer(pair, living->here);
		if (before == BK_NONE && kind == BK_DIFFERENCE_REOPENED)
			life->kind = kind;
		kind = BK_DIFFERENCE_REWORDED;
	}
	if (before == BK_NONE || (living->before != BK_NONE && kind != BK_DIFFERENCE_KEPT))
		return;
	if (living->before != BK_NONE && living->kind == BK_DIFFERENCE_KEPT)
		return;
	living->before = before;
	living->from = pair->older;
	living->kind = kind;
}

/* All texts that its text comes from were looked at. */
static int step_back(struct walking *walking, struct bk_life *life, struct living *living,
	const struct bk_pair_of_texts *pair)
{
	struct bk_life_step *step;

	living->here = living->before;
	living->text = living->from;
	living->before = BK_NONE;
	if (living->here == BK_NONE) {
		life->opened = pair->newer;
		walking->left--;
		return BK_OK;
	}
	if (living->kind == BK_DIFFERENCE_KEPT)
		return BK_OK;
	step = BK_VEC_PUSH(&life->steps);
	if (!step)
		return bk_fail_memory();
	*step = (struct bk_life_step){pair->newer, living->kind};
	return BK_OK;
}

static int walk(void *context, const struct bk_pair_of_texts *pair)
{
	struct walking *walking = context;
	uint8_t *kinds = bk_life_kinds(pair);
	int status = kinds ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < walking->lives->len && status == BK_OK; i++) {
		struct living *living = &walking->living[i];

		if (living->here == BK_NONE || living->text != pair->newer)
			continue;
		look_back(&walking->lives->items[i], living, pair,
			(enum bk_difference_kind)kinds[living->here]);
		if (pair->last)
			status = step_back(walking, &walking->lives->items[i], living, pair);
	}
	bk_free(kinds);
	return status == BK_OK && walking->left == 0 ? BK_ELIMIT : status;
}

static int begin(bk_lives *out, const bk_draft *draft, uint32_t only)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	for (uint32_t b = 0; b < count; b++) {
		struct bk_life *life;

		if (brackets[b].brace || brackets[b].class != BK_CLASS_DISPUTED ||
			(only != BK_NONE && only != b))
			continue;
		life = BK_VEC_PUSH(out);
		if (!life)
			return bk_fail_memory();
		life->bracket = b;
	}
	return BK_OK;
}

int bk_lives_find(bk_lives *out, const struct bk_timeline *timeline, uint32_t only)
{
	struct walking walking = {.lives = out};
	int status = begin(out, timeline->session->draft, only);

	if (status == BK_OK) {
		walking.left = out->len;
		walking.living = bk_malloc((out->len + 1) * sizeof *walking.living);
		status = walking.living ? BK_OK : bk_fail_memory();
	}
	for (size_t i = 0; i < out->len && status == BK_OK; i++) {
		out->items[i].kind = BK_DIFFERENCE_OPENED;
		walking.living[i] = (struct living){
			.text = bk_timeline_head(timeline), .here = out->items[i].bracket, .before = BK_NONE};
	}
	if (status == BK_OK && out->len)
		status = bk_timeline_walk(timeline, walk, &walking);
	for (size_t i = 0; i < out->len && status == BK_OK; i++)
		if (walking.living[i].here != BK_NONE) {
			out->items[i].opened = walking.living[i].text;
			out->items[i].kind = BK_DIFFERENCE_OPENED;
			out->items[i].always = true;
		}
	bk_free(walking.living);
	return status;
}

void bk_lives_release(bk_lives *lives)
{
	for (size_t i = 0; i < lives->len; i++)
		BK_VEC_RELEASE(&lives->items[i].steps);
	BK_VEC_RELEASE(lives);
}
