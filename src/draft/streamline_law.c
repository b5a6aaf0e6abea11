/*
 * What may not be numbered.
 *
 *	56.  56.  57. see paragraph 56     which 56?  The reference would come to mean one of them
 *	[56.][57.]  58.                    what is left out before 58 is not decided
 *	5 bis.  6.                         bis of what?
 *	3.  3.1  3.2  see Article 1.3      labels and references of several parts, which are not numbered here
 *
 * Held to be so, for whichever of the suggestions are done: of one numbering, no two paragraphs come to have one
 * number that had not, unless they are rivals in options; and what a reference means before it means after, and
 * nothing else.  A series that would break this stays as it is.  As its paragraphs then keep numbers that others
 * would come to have, this is looked into again, until all that is left may be numbered.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"
#include "draft/label.h"
#include "draft/streamline_renumber.h"

#include <stdlib.h>

enum { ROUNDS = 30, QUOTED = 40 };

/* A name that a paragraph has or comes to have. */
struct claim {
	size_t numbering;
	struct bk_paragraph_name name;
	uint32_t paragraph;
	enum bk_when when;
};

struct law {
	struct bk_renumber *renumber;
	const struct bk_draft *draft;
	const struct bk_paragraph *list;
	bool *broken; /* of series: found in this round */
	bool any;
	struct claim *claims;
	size_t claim_count;
};

static size_t line_of(const struct bk_draft *draft, size_t offset)
{
	return bk_snapshot_line_of(draft->snapshot, offset) + 1;
}

static const char *label_of(const struct law *law, uint32_t paragraph)
{
	return law->draft->nodes[law->list[paragraph].node].label;
}

static size_t line_of_paragraph(const struct law *law, uint32_t paragraph)
{
	return line_of(law->draft, law->list[paragraph].number.start);
}

static void break_series(struct law *law, uint32_t paragraph)
{
	if (!bk_paragraph_changes(&law->list[paragraph]))
		return;
	law->broken[law->list[paragraph].series] = true;
	law->any = true;
}

/* ---- Two of one number ------------------------------------------------------------------------------- */

static int compare_claims(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->numbering != y->numbering)
		return x->numbering < y->numbering ? -1 : 1;
	if (x->name.number != y->name.number)
		return x->name.number < y->name.number ? -1 : 1;
	if (x->name.suffix != y->name.suffix)
		return x->name.suffix < y->name.suffix ? -1 : 1;
	if (x->paragraph != y->paragraph)
		return x->paragraph < y->paragraph ? -1 : 1;
	return (int)x->when - (int)y->when;
}

static void list_claims(struct law *law)
{
	law->claim_count = 0;
	for (uint32_t i = 0; i < law->renumber->paragraphs.list.len; i++) {
		const struct bk_paragraph *it = &law->list[i];

		for (enum bk_when when = BK_BEFORE; when <= BK_AFTER && !it->alternative; when++) {
			if (when == BK_AFTER || bk_paragraph_changes(it))
				law->claims[law->claim_count++] =
					(struct claim){it->numbering, bk_paragraph_name(it, when), i, when};
		}
	}
	if (law->claim_count > 0)
		qsort(law->claims, law->claim_count, sizeof *law->claims, compare_claims);
}

/* Whether one paragraph comes to have the name that another has or comes to have, whichever is numbered. */
static bool clash(const struct law *law, const struct claim *one, const struct claim *other)
{
	const struct bk_paragraph *a = &law->list[one->paragraph], *b = &law->list[other->paragraph];

	if (a == b || one->when == BK_BEFORE || (other->when == BK_BEFORE && a->series == b->series))
		return false;
	return !bk_paragraph_name_equal(bk_paragraph_name(a, BK_BEFORE), bk_paragraph_name(b, BK_BEFORE)) &&
	       !bk_paragraph_are_rivals(law->draft, a->node, b->node);
}

static int break_clash(struct law *law, const struct claim *one, const struct claim *other)
{
	const bool moves = bk_paragraph_changes(&law->list[one->paragraph]);
	const uint32_t mover = moves ? one->paragraph : other->paragraph;
	const uint32_t there = moves ? other->paragraph : one->paragraph;

	break_series(law, mover);
	return bk_suggest_left(law->renumber->streamline, law->list[mover].number.start,
		"left: '%s' would become %u, a number of '%s' in line %zu: give one of the two a number of "
		"its own, "
		"then renumber",
		label_of(law, mover), law->list[mover].is, label_of(law, there),
		line_of_paragraph(law, there));
}

static bool is_same_claim(const struct claim *a, const struct claim *b)
{
	return a->numbering == b->numbering && bk_paragraph_name_equal(a->name, b->name);
}

static int find_clashes(struct law *law)
{
	const struct claim *claims = law->claims;
	int status = BK_OK;

	list_claims(law);
	for (size_t i = 0; i < law->claim_count; i++) {
		for (size_t n = i + 1; n < law->claim_count && n <= i + BK_MEANT_MAX && status == BK_OK &&
				       is_same_claim(&claims[i], &claims[n]);
			n++) {
			if (clash(law, &claims[i], &claims[n]))
				status = break_clash(law, &claims[i], &claims[n]);
			else if (clash(law, &claims[n], &claims[i]))
				status = break_clash(law, &claims[n], &claims[i]);
		}
	}
	return status;
}

/* ---- References that would mean another -------------------------------------------------------------- */

static bool is_same_meant(const struct bk_meant *a, const struct bk_meant *b)
{
	if (a->count != b->count || a->more || b->more)
		return false;
	return a->count == 0 || memcmp(a->list, b->list, a->count * sizeof *a->list) == 0;
}

static bool changes_any(const struct law *law, const struct bk_meant *meant)
{
	for (size_t i = 0; i < meant->count; i++) {
		if (bk_paragraph_changes(&law->list[meant->list[i]]))
			return true;
	}
	return meant->more;
}

static void break_meant(struct law *law, const struct bk_meant *meant)
{
	for (size_t i = 0; i < meant->count; i++)
		break_series(law, meant->list[i]);
}

/* The first of `now` that is none of `before`, or the first of before. */
static uint32_t newcomer(const struct bk_meant *before, const struct bk_meant *now)
{
	for (size_t i = 0; i < now->count; i++) {
		bool is_old = false;

		for (size_t n = 0; n < before->count; n++)
			is_old |= before->list[n] == now->list[i];
		if (!is_old)
			return now->list[i];
	}
	return before->count > 0 ? before->list[0] : now->list[0];
}

static int tell_reference(const struct law *law, const struct bk_reference *reference,
	const struct bk_reference_number *number, const struct bk_meant *before, const struct bk_meant *now)
{
	const char *words = law->draft->bytes.ptr + reference->word;
	const size_t len = reference->end - reference->word;
	const int quoted = (int)(len > QUOTED ? QUOTED : len);

	if (before->count > 1)
		return bk_suggest_left(law->renumber->streamline, number->span.start,
			"left: of '%.*s' it is not certain which paragraph is meant, that in line %zu or "
			"that in line "
			"%zu: give one of them another number, then renumber",
			quoted, words, line_of_paragraph(law, before->list[0]),
			line_of_paragraph(law, before->list[before->count - 1]));
	if (before->count == 1)
		return bk_suggest_left(law->renumber->streamline, number->span.start,
			"left: '%.*s' would mean the paragraph in line %zu as well: give that another "
			"number, then "
			"renumber",
			quoted, words, line_of_paragraph(law, newcomer(before, now)));
	return bk_suggest_left(law->renumber->streamline, number->span.start,
		"left: '%.*s' means no paragraph of this text, and would come to mean that in line %zu: mend "
		"the "
		"reference, then renumber",
		quoted, words, line_of_paragraph(law, newcomer(before, now)));
}

static int check_number(
	struct law *law, const struct bk_reference *reference, const struct bk_reference_number *number)
{
	struct bk_paragraph_name name = {number->value, number->suffix};
	struct bk_meant before, now;
	bool sure;

	bk_targets_find(law->renumber, reference, name, BK_BEFORE, &before);
	sure = bk_targets_name(law->renumber, &before, &name) || before.count == 0;
	bk_targets_find(law->renumber, reference, name, BK_AFTER, &now);
	if (sure && is_same_meant(&before, &now))
		return BK_OK;
	if (!changes_any(law, &before) && !changes_any(law, &now))
		return BK_OK;
	break_meant(law, &before);
	break_meant(law, &now);
	return tell_reference(law, reference, number, &before, &now);
}

static int check_references(struct law *law)
{
	const struct bk_renumber *renumber = law->renumber;
	struct bk_reference reference;
	int status = BK_OK;

	for (size_t i = 0; i < renumber->references.len; i++) {
		bk_reference_read(law->draft, renumber->references.items[i], &reference);
		for (size_t n = 0; n < reference.count && status == BK_OK; n++)
			status = check_number(law, &reference, &reference.numbers[n]);
	}
	return status;
}

/* ---- What is not decided ----------------------------------------------------------------------------- */

static int tell_undecided(const struct law *law, const struct bk_undecided *it)
{
	static const char *const why[] = {
		[BK_UNDECIDED_SUFFIX] =
			"does not follow the paragraph of its number: mend the label, then renumber",
		[BK_UNDECIDED_ALTERNATIVE] =
			"does not follow the paragraph that it is an alternative of: mend the "
			"label, then renumber",
		[BK_UNDECIDED_FAR] =
			"is far from the number before it, and is taken for the first of another "
			"numbering",
	};
	struct bk_streamline *streamline = law->renumber->streamline;
	const uint32_t node = bk_draft_node_at(law->draft, it->offset);

	if (it->kind == BK_UNDECIDED_NUMBER || node == BK_NONE)
		return bk_suggest_left(streamline, it->offset,
			"left: the number in brackets is not decided: bracked resolve settles it, then "
			"renumber");
	return bk_suggest_left(
		streamline, it->offset, "left: '%s' %s", law->draft->nodes[node].label, why[it->kind]);
}

static int break_undecided(struct law *law)
{
	const struct bk_paragraphs *paragraphs = &law->renumber->paragraphs;
	int status = BK_OK;

	for (size_t i = 0; i < paragraphs->undecided.len && status == BK_OK; i++) {
		const struct bk_undecided *it = &paragraphs->undecided.items[i];

		for (size_t n = 0; it->kind != BK_UNDECIDED_FAR && n < 4; n++)
			law->broken[it->series[n]] = true;
		status = tell_undecided(law, it);
	}
	law->any = true;
	return status;
}

/* ---- Labels and references of several parts ---------------------------------------------------------- */

/* How many rows of digits stand in some bytes. */
static size_t count_numbers(struct bk_str bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes.len; i++)
		count += bk_is_digit(bytes.ptr[i]) && (i == 0 || !bk_is_digit(bytes.ptr[i - 1]));
	return count;
}

/* Read a label like 3.2 or 3.2.1; false for any other, also 3.x. */
static bool read_parts(const struct bk_draft *draft, uint32_t node, struct bk_label *out)
{
	struct bk_str rest = bk_str_skip(draft->bytes, draft->nodes[node].offset);

	rest.len = bk_str_find(rest, '\n');
	return draft->nodes[node].kind == BK_NODE_PROVISION && bk_label_parse(rest, out) && out->count > 1 &&
	       out->style == BK_LABEL_ARABIC && !out->disputed &&
	       count_numbers((struct bk_str){rest.ptr, out->name_len}) == out->count;
}

/* Whether a paragraph stands under a heading that the node stands under, too: 3.1 of another article is not below
 * this one's 3. */
static bool is_under_same_heading(const struct law *law, const struct bk_paragraph *it, uint32_t node)
{
	uint32_t heading = it->node;

	while (heading != BK_NONE && law->draft->nodes[heading].kind != BK_NODE_HEADING)
		heading = law->draft->nodes[heading].parent;
	return heading == BK_NONE || node < law->renumber->ends[heading];
}

/* A paragraph keeps its number where a label below it begins with that. */
static int check_label(struct law *law, uint32_t node, const struct bk_paragraph *it)
{
	if (!bk_paragraph_changes(it) || law->broken[it->series] || !is_under_same_heading(law, it, node))
		return BK_OK;
	break_series(law, (uint32_t)(it - law->list));
	return bk_suggest_left(law->renumber->streamline, it->number.start,
		"left: '%s' would become %u, and '%s' in line %zu begins with its number: "
		"number these by hand",
		law->draft->nodes[it->node].label, it->is, law->draft->nodes[node].label,
		line_of(law->draft, law->draft->nodes[node].offset));
}

static struct bk_str key_of(const uint32_t *number)
{
	return (struct bk_str){(const char *)number, sizeof *number};
}

/* Each label of several parts with the last paragraph before it that has the number which it begins with. */
static int check_labels(struct law *law)
{
	const size_t count = law->renumber->paragraphs.list.len;
	struct bk_map last = BK_MAP_INIT;
	size_t next = 0, found;
	int status = BK_OK;

	for (uint32_t i = 0; i < law->draft->node_count && status == BK_OK; i++) {
		struct bk_label label;

		for (; next < count && law->list[next].node < i && status == BK_OK; next++)
			if (law->list[next].had == 0)
				status = bk_map_set(&last, key_of(&law->list[next].was), next) < 0
						 ? bk_fail_memory()
						 : BK_OK;
		if (status == BK_OK && read_parts(law->draft, i, &label) &&
			bk_map_get(&last, key_of(&label.parts[0]), &found))
			status = check_label(law, i, &law->list[found]);
	}
	bk_map_release(&last);
	return status;
}

/* Read "Article 4.2" at offset: a paragraph of an article. */
static bool read_article_parts(struct bk_str bytes, size_t offset, struct bk_reference *out, uint32_t *number)
{
	struct bk_str rest = bk_str_skip(bytes, offset);
	size_t len;

	if (!bk_str_starts_nocase(rest, BK_STR("article ")) ||
		(offset > 0 && bk_is_word(bytes.ptr[offset - 1])))
		return false;
	*out = (struct bk_reference){.word = offset, .has_article = true};
	rest = bk_str_skip(rest, 8);
	len = bk_label_number(rest, &out->of.value);
	if (len == 0 || len + 1 >= rest.len || rest.ptr[len] != '.')
		return false;
	rest = bk_str_skip(rest, len + 1);
	len = bk_label_number(rest, number);
	out->end = (size_t)(rest.ptr - bytes.ptr) + len;
	return len > 0;
}

static int check_article_parts(struct law *law)
{
	const struct bk_str bytes = law->draft->bytes;
	int status = BK_OK;

	for (size_t i = 0; i < bytes.len && status == BK_OK; i++) {
		struct bk_paragraph_name name = {0, 0};
		struct bk_reference reference;
		struct bk_meant meant;

		if ((bytes.ptr[i] != 'A' && bytes.ptr[i] != 'a') ||
			!read_article_parts(bytes, i, &reference, &name.number))
			continue;
		bk_targets_find(law->renumber, &reference, name, BK_BEFORE, &meant);
		if (!changes_any(law, &meant))
			continue;
		break_meant(law, &meant);
		status = bk_suggest_left(law->renumber->streamline, i,
			"left: '%.*s' would not mean the paragraph in line %zu any more: write 'Article %u, "
			"paragraph %u', then renumber",
			(int)(reference.end - i), bytes.ptr + i, line_of_paragraph(law, meant.list[0]),
			reference.of.value, name.number);
	}
	return status;
}

/* 3.2 and then 3.4: told, and left. */
static int tell_gaps(const struct law *law)
{
	struct bk_label last = {0}, label;
	uint32_t before = BK_NONE;
	int status = BK_OK;

	for (uint32_t i = 0; i < law->draft->node_count && status == BK_OK; i++) {
		if (!read_parts(law->draft, i, &label))
			continue;
		if (before != BK_NONE && label.count == last.count &&
			memcmp(label.parts, last.parts, (label.count - 1u) * sizeof *label.parts) == 0 &&
			label.parts[label.count - 1] > last.parts[label.count - 1] + 1)
			status = bk_suggest_left(law->renumber->streamline, law->draft->nodes[i].offset,
				"left: '%s' does not follow '%s' in line %zu, and labels of several parts "
				"are numbered by hand",
				law->draft->nodes[i].label, law->draft->nodes[before].label,
				line_of(law->draft, law->draft->nodes[before].offset));
		last = label;
		before = i;
	}
	return status;
}

/* ---- Rounds ------------------------------------------------------------------------------------------ */

/* What is broken stays as it is. */
static void settle(struct law *law, bool all)
{
	struct bk_renumber *renumber = law->renumber;

	for (size_t i = 0; i < renumber->paragraphs.list.len; i++) {
		struct bk_paragraph *it = &renumber->paragraphs.list.items[i];

		if (!law->broken[it->series] && !all)
			continue;
		it->is = it->was;
		it->keeps = true;
	}
	memset(law->broken, 0, (renumber->paragraphs.series + 1) * sizeof *law->broken);
	law->any = false;
	bk_targets_sort(renumber, BK_AFTER);
}

static int hold(struct law *law)
{
	int status = break_undecided(law);

	if (status == BK_OK)
		status = tell_gaps(law);
	for (size_t round = 0; law->any && status == BK_OK; round++) {
		settle(law, round == ROUNDS);
		status = find_clashes(law);
		if (status == BK_OK)
			status = check_references(law);
		if (status == BK_OK)
			status = check_labels(law);
		if (status == BK_OK)
			status = check_article_parts(law);
	}
	return status;
}

int bk_renumber_hold(struct bk_renumber *renumber)
{
	struct law law = {
		.renumber = renumber, .draft = renumber->draft, .list = renumber->paragraphs.list.items};
	int status;

	law.broken = bk_calloc(renumber->paragraphs.series + 1, sizeof *law.broken);
	law.claims = bk_calloc(2 * renumber->paragraphs.list.len + 1, sizeof *law.claims);
	status = law.broken && law.claims ? hold(&law) : bk_fail_memory();
	bk_free(law.broken);
	bk_free(law.claims);
	return status;
}
