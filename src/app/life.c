#include "app/life.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"

/* While the texts are walked backwards. */
struct living {
	bk_lives *lives;
	uint32_t *here; /* of each life: its bracket in the older text; BK_NONE once it is not there */
	size_t left;	/* lives that go further back */
	enum bk_difference_kind *kinds; /* of each bracket of the newer text: what it is told as */
	size_t room;
};

/* What each bracket of the newer text is told as. */
static int note_kinds(struct living *living, const struct bk_pair_of_texts *pair)
{
	size_t count, brackets;
	const struct bk_difference *all = bk_comparison_list(pair->comparison, &count);

	bk_draft_brackets(pair->now, &brackets);
	if (brackets > living->room) {
		enum bk_difference_kind *more = bk_realloc(living->kinds, brackets * sizeof *more);

		if (!more)
			return bk_fail_memory();
		living->kinds = more;
		living->room = brackets;
	}
	for (size_t b = 0; b < brackets; b++)
		living->kinds[b] = BK_DIFFERENCE_OPENED;
	/* A bracket into which others were joined has a line of its own, too. */
	for (size_t i = 0; i < count; i++)
		if (all[i].kind <= BK_DIFFERENCE_REOPENED && all[i].kind != BK_DIFFERENCE_JOINED &&
			all[i].new_bracket != BK_NONE)
			living->kinds[all[i].new_bracket] = all[i].kind;
	return BK_OK;
}

static size_t first_word(const bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t len, at = bracket->text.start;
	const char *bytes = bk_draft_bytes(draft, &len);

	while (at < bracket->text.end && !bk_is_word(bytes[at]))
		at++;
	return at;
}

/*
 * A bracket told as opened may be what is left of a longer one that began with the same word: most of what it said
 * went, and so it is another bracket for the balance, but nobody opened it then.
 */
static uint32_t longer_before(const struct bk_pair_of_texts *pair, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *old = bk_draft_brackets(pair->old, &count);
	const size_t origin = bk_comparison_word_origin(
		pair->comparison, first_word(pair->now, &bk_draft_brackets(pair->now, &count)[bracket]));
	uint32_t found = origin == BK_NOWHERE ? BK_NONE : bk_draft_bracket_at(pair->old, origin);

	while (found != BK_NONE && first_word(pair->old, &old[found]) == origin) {
		if (!old[found].brace && old[found].class == BK_CLASS_DISPUTED &&
			bk_comparison_carry(pair->comparison, found) == BK_NONE)
			return found;
		found = old[found].parent;
	}
	return BK_NONE;
}

static int step_back(
	struct living *living, struct bk_life *life, uint32_t *here, const struct bk_pair_of_texts *pair)
{
	enum bk_difference_kind kind = living->kinds[*here];
	uint32_t before = bk_comparison_origin(pair->comparison, *here);
	struct bk_life_step *step;

	if (before == BK_NONE) {
		before = longer_before(pair, *here);
		kind = before == BK_NONE ? kind : BK_DIFFERENCE_REWORDED;
	}
	*here = before;
	if (before == BK_NONE) {
		life->opened = pair->newer;
		life->kind = kind;
		living->left--;
		return BK_OK;
	}
	if (kind == BK_DIFFERENCE_KEPT)
		return BK_OK;
	step = BK_VEC_PUSH(&life->steps);
	if (!step)
		return bk_fail_memory();
	*step = (struct bk_life_step){pair->newer, kind};
	return BK_OK;
}

static int walk(void *context, const struct bk_pair_of_texts *pair)
{
	struct living *living = context;
	int status = note_kinds(living, pair);

	for (size_t i = 0; i < living->lives->len && status == BK_OK; i++)
		if (living->here[i] != BK_NONE)
			status = step_back(living, &living->lives->items[i], &living->here[i], pair);
	return status == BK_OK && living->left == 0 ? BK_ELIMIT : status;
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
	struct living living = {.lives = out};
	size_t first;
	int status = begin(out, timeline->session->draft, only);

	if (status == BK_OK) {
		living.left = out->len;
		living.here = bk_malloc((out->len + 1) * sizeof *living.here);
		status = living.here ? BK_OK : bk_fail_memory();
	}
	for (size_t i = 0; i < out->len && status == BK_OK; i++)
		living.here[i] = out->items[i].bracket;
	if (status == BK_OK && out->len)
		status = bk_timeline_walk(timeline, walk, &living, &first);
	for (size_t i = 0; i < out->len && status == BK_OK; i++)
		if (living.here[i] != BK_NONE) {
			out->items[i].opened = first;
			out->items[i].kind = BK_DIFFERENCE_OPENED;
			out->items[i].always = true;
		}
	bk_free(living.here);
	bk_free(living.kinds);
	return status;
}

void bk_lives_release(bk_lives *lives)
{
	for (size_t i = 0; i < lives->len; i++)
		BK_VEC_RELEASE(&lives->items[i].steps);
	BK_VEC_RELEASE(lives);
}
