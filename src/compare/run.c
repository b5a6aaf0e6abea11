#include "compare/run.h"

#include "draft/lexicon.h"

enum { ISLAND = 3 }; /* words */

struct bk_runs bk_runs_of(const struct bk_matches *matches, uint32_t passage)
{
	struct bk_runs runs = {.matches = matches};

	bk_matches_old_words(matches, passage, &runs.left.old, &runs.left.old_end);
	bk_matches_new_words(matches, passage, &runs.left.now, &runs.left.now_end);
	return runs;
}

/* The run that begins at the start of what is left; it may be empty. */
static struct bk_run run_at(const struct bk_runs *runs, uint32_t old, uint32_t now)
{
	struct bk_run run = {old, old, now, runs->left.now_end};

	while (run.old_end < runs->left.old_end && runs->matches->to_new[run.old_end] == BK_NONE)
		run.old_end++;
	if (run.old_end < runs->left.old_end)
		run.now_end = runs->matches->to_new[run.old_end];
	return run;
}

static bool is_empty(const struct bk_run *run)
{
	return run->old == run->old_end && run->now == run->now_end;
}

static bool changes_both(const struct bk_run *run)
{
	return run->old < run->old_end && run->now < run->now_end;
}

static bool says_nothing(const struct bk_runs *runs, uint32_t old)
{
	static const enum bk_lexicon lists[] = {
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION};

	return bk_vocabulary_is_listed(&runs->matches->vocabulary, runs->matches->old.items.items[old].number,
		lists, sizeof lists / sizeof *lists);
}

/* What goes on behind words that say nothing; false when there is nothing of the kind. */
static bool find_next(const struct bk_runs *runs, const struct bk_run *run, struct bk_run *next)
{
	uint32_t old = run->old_end, now = run->now_end;

	while (old - run->old_end < ISLAND && old < runs->left.old_end && says_nothing(runs, old)) {
		*next = run_at(runs, ++old, ++now);
		if (!is_empty(next))
			return changes_both(next);
	}
	return false;
}

bool bk_runs_next(struct bk_runs *runs, struct bk_run *out)
{
	struct bk_run run, next;

	do {
		if (runs->left.old == runs->left.old_end && runs->left.now == runs->left.now_end)
			return false;
		run = run_at(runs, runs->left.old, runs->left.now);
		while (changes_both(&run) && find_next(runs, &run, &next)) {
			run.old_end = next.old_end;
			run.now_end = next.now_end;
		}
		runs->left.old = run.old_end < runs->left.old_end ? run.old_end + 1 : run.old_end;
		runs->left.now = run.old_end < runs->left.old_end ? run.now_end + 1 : run.now_end;
	} while (is_empty(&run));
	*out = run;
	return true;
}
