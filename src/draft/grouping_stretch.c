/* Which members of a run belong together: lists, tight rows, singles that are alike. */
#include "draft/grouping_private.h"

/* A comma after more words than this ends a clause, not an item of a list. */
enum { LIST_WORDS = 8 };

bool bk_member_is_item(const struct bk_member *member)
{
	return member->ends_in_comma && !member->adds && member->phrase.kind != BK_PHRASE_MODAL &&
	       member->phrase.count <= LIST_WORDS && !member->phrase.is_adverbial;
}

/* "support", "use": a verb of one word may be a noun. */
static bool may_be_noun(const struct bk_member *member)
{
	return bk_phrase_is_nominal(&member->phrase) || bk_member_is_verb(member);
}

/* Somebody deletes it or would replace it: what stands for it stands tight behind it, and what a blank parts from it
 * is another matter, "[new][EU: fresh] [funds][US: means]". */
static bool is_answered(const struct bk_member *member)
{
	return member->struck || member->in_place_count;
}

static bool are_apart(const struct bk_member *a, const struct bk_member *b)
{
	return is_answered(a) || is_answered(b);
}

/* Somebody proposes one of two, and the first is a sentence: "[Parties shall act.] [JP: Parties shall report]". */
static bool is_behind_sentence(const struct bk_member *a, const struct bk_member *b)
{
	return a->ends_sentence && a->proposed != b->proposed;
}

static bool alike(const struct bk_member *a, const struct bk_member *b)
{
	if (a->ending || are_apart(a, b) || is_behind_sentence(a, b))
		return false;
	if (a->phrase.ends_in_conjunction || b->phrase.ends_in_conjunction)
		return false;
	if (bk_phrase_is_open(bk_member_words(b)))
		return a->phrase.kind != BK_PHRASE_JOINT;
	if (bk_phrase_abbreviates(bk_member_words(a), bk_member_words(b)) ||
		bk_phrase_abbreviates(bk_member_words(b), bk_member_words(a)))
		return true;
	if (b->slot_ends && bk_phrase_is_nominal(&a->phrase) && may_be_noun(b) &&
		a->phrase.says == b->phrase.says)
		return true;
	return bk_phrase_alike(&a->phrase, &b->phrase);
}

size_t bk_stretch_list(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && bk_member_is_item(&members[end - 1]) && !members[end].adds &&
		!members[end].phrase.is_adverbial && members[end].phrase.count <= LIST_WORDS)
		end++;
	return end;
}

/* The end of the tight neighbours from `from` on. */
static size_t tight_end(const struct bk_grouping *grouping, size_t from)
{
	size_t end = from + 1;

	while (end < grouping->members.len && grouping->members.items[end].gap == BK_GAP_TIGHT)
		end++;
	return end;
}

/* A tight row of a subject and its modals, "[Party][Parties][shall][should]", is two rows. */
static size_t before_modals(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	size_t first = from;

	while (first < end && members[first].phrase.kind != BK_PHRASE_MODAL)
		first++;
	return first >= from + 2 && first + 2 <= end && members[first + 1].phrase.kind == BK_PHRASE_MODAL
		       ? first
		       : end;
}

/* "[the text][,] [and]", "[the text][.][;]": marks behind words rival each other and what joins, and not the words;
 * but a stop behind what adds is the end without it: "[, and lakes][.]". */
static size_t before_marks(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	size_t first = end, marks = 0;

	while (first > from + 1) {
		const bool is_mark = bk_phrase_is_mark(bk_member_words(&members[first - 1]));

		if (!is_mark && members[first - 1].phrase.kind != BK_PHRASE_JOINT)
			break;
		marks += is_mark;
		first--;
	}
	if (!marks || members[first - 1].phrase.kind == BK_PHRASE_JOINT ||
		(members[first - 1].adds && end - first == 1))
		return end;
	return first;
}

/* Kinds so plain that a blank between them does not part single from row. */
static bool is_plain_kind(enum bk_phrase_kind kind)
{
	return kind == BK_PHRASE_MODAL || kind == BK_PHRASE_FIGURE;
}

static bool joins_row(const struct bk_member *a, const struct bk_member *b)
{
	if (b->gap != BK_GAP_BLANK || b->adds || !is_plain_kind(a->phrase.kind))
		return false;
	/* Two amounts may stand side by side, two modals only past a comma: "shall, should they wish," */
	if (are_apart(a, b) && (a->phrase.kind == BK_PHRASE_FIGURE || a->ends_in_comma))
		return false;
	return a->phrase.kind == b->phrase.kind || bk_phrase_is_open(bk_member_words(b));
}

/* Who proposes two things a blank apart wants both: "[EU, JP: Parties act.] [JP: Parties report.]". */
static bool are_of_one(const struct bk_member *from, const struct bk_member *member)
{
	return member->same_proposer >= from->turn;
}

size_t bk_stretch_alike(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && !members[end].adds && members[end].gap != BK_GAP_AND_OR &&
		members[end].gap != BK_GAP_TIGHT &&
		(end + 1 == grouping->members.len || members[end + 1].gap != BK_GAP_TIGHT ||
			members[end + 1].adds) &&
		alike(&members[end - 1], &members[end]) && !are_of_one(&members[from], &members[end]))
		end++;
	return end;
}

size_t bk_stretch_said(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && members[from].one && members[end].one)
		end++;
	return end;
}

/* "[shall] [, as appropriate,] [should]": modals rival each other also past what is added between them. */
static bool rivals_past(const struct bk_grouping *grouping, size_t addition)
{
	const struct bk_member *members = grouping->members.items;

	return addition + 1 < grouping->members.len && members[addition].adds &&
	       members[addition].gap == BK_GAP_BLANK && members[addition + 1].gap == BK_GAP_BLANK &&
	       members[addition - 1].phrase.kind == BK_PHRASE_MODAL &&
	       members[addition + 1].phrase.kind == BK_PHRASE_MODAL;
}

size_t bk_stretch_row(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = before_marks(grouping, from, before_modals(grouping, from, tight_end(grouping, from)));

	while (end < grouping->members.len) {
		const bool past = rivals_past(grouping, end);

		if (!past && !joins_row(&members[end - 1], &members[end]))
			break;
		end = before_modals(grouping, end + past, tight_end(grouping, end + past));
	}
	return end;
}
