#include "compare/renumbering.h"

#include "base/error.h"
#include "draft/lexicon.h"

#include <stdlib.h>

enum {
	LABEL_MAX = 40, /* bytes */
	LISTED = 8,	/* words between "paragraphs" and the last of those that are listed */
};

static const struct bk_node *opened(const struct bk_words *words, uint32_t block)
{
	const struct bk_block *it = &words->blocks.list.items[block];

	return it->labelled ? &words->draft->nodes[it->node] : NULL;
}

/* "10" of "Article 10". */
static const char *number_in(const struct bk_node *node)
{
	const char *at = node->label;

	while (*at && !bk_is_digit(*at))
		at++;
	return at;
}

static int compare_renumbered(const void *a, const void *b)
{
	const struct bk_renumbered *x = a, *y = b;
	const int labels = strcmp(number_in(x->was), number_in(y->was));

	if (labels)
		return labels;
	return x->was->offset < y->was->offset ? -1 : x->was->offset > y->was->offset;
}

int bk_renumbering_find(struct bk_renumbering *renumbering, const struct bk_matches *matches)
{
	*renumbering = (struct bk_renumbering){.matches = matches};
	for (size_t p = 0; p < matches->alignment.passages.len; p++) {
		const struct bk_passage *passage = &matches->alignment.passages.items[p];
		const struct bk_node *was, *is;
		struct bk_renumbered *added;

		if (passage->old_first == passage->old_last || passage->new_first == passage->new_last)
			continue;
		was = opened(&matches->old, passage->old_first);
		is = opened(&matches->now, passage->new_first);
		if (!was || !is || was->kind != is->kind || was->kind == BK_NODE_OPTION || !*number_in(was) ||
			!*number_in(is))
			continue;
		added = BK_VEC_PUSH(&renumbering->items);
		if (!added)
			return bk_fail_memory();
		*added = (struct bk_renumbered){was, is};
	}
	if (renumbering->items.len)
		qsort(renumbering->items.items, renumbering->items.len, sizeof *renumbering->items.items,
			compare_renumbered);
	return BK_OK;
}

void bk_renumbering_release(struct bk_renumbering *renumbering)
{
	BK_VEC_RELEASE(&renumbering->items);
}

/* ---- References ---------------------------------------------------------------------------------------- */

static struct bk_str written(const struct bk_words *words, uint32_t word)
{
	const struct bk_word *it = &words->items.items[word];

	return (struct bk_str){words->draft->bytes.ptr + it->start, it->end - it->start};
}

static bool is_suffix(struct bk_str word)
{
	static const char *const suffixes[] = {
		"bis", "ter", "quater", "quat", "quinquies", "sexies", "septies", "octies", "alt"};

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (bk_str_equal(word, bk_str_of(suffixes[i])))
			return true;
	return false;
}

static bool is_heading_word(struct bk_str word)
{
	return bk_lexicon_has(BK_LEXICON_HEADING, word) ||
	       (word.len > 1 && word.ptr[word.len - 1] == 's' &&
		       bk_lexicon_has(BK_LEXICON_HEADING, (struct bk_str){word.ptr, word.len - 1}));
}

/* "paragraph 18", "Articles 3, 5 bis and 18": whether a number stands behind such a word, and what that names. */
static bool is_cited(const struct bk_words *words, uint32_t word, bool *heading)
{
	for (uint32_t back = 1; back <= LISTED && back <= word; back++) {
		const struct bk_str it = written(words, word - back);

		if (bk_lexicon_has(BK_LEXICON_REFERENCE, it) ||
			(it.len > 1 && it.ptr[it.len - 1] == 's' &&
				bk_lexicon_has(BK_LEXICON_REFERENCE, (struct bk_str){it.ptr, it.len - 1}))) {
			*heading = is_heading_word(it);
			return true;
		}
		if (!bk_is_digit(it.ptr[0]) && !is_suffix(it) &&
			!bk_lexicon_has(BK_LEXICON_CONJUNCTION, it) && !bk_str_equal(it, BK_STR("to")))
			return false;
	}
	return false;
}

/* The label that a word opens: "18 bis". */
static const char *label_at(const struct bk_words *words, uint32_t word, char label[LABEL_MAX])
{
	struct bk_str it = written(words, word);
	size_t used;

	if (it.len >= LABEL_MAX / 2)
		it.len = LABEL_MAX / 2;
	memcpy(label, it.ptr, it.len);
	used = it.len;
	if (word + 1 < words->items.len && is_suffix(written(words, word + 1))) {
		it = written(words, word + 1);
		label[used++] = ' ';
		memcpy(label + used, it.ptr, it.len);
		used += it.len;
	}
	label[used] = 0;
	return label;
}

static bool is_labelled(const struct bk_node *node, const char *cited)
{
	const char *label = number_in(node);
	const size_t len = strlen(cited);

	return strncmp(label, cited, len) == 0 && (label[len] == 0 || strcmp(label + len, ".") == 0);
}

/* The bytes of a path up to its first step down. */
static size_t heading_len(const char *path)
{
	const char *end = strstr(path, " > ");

	return end ? (size_t)(end - path) : strlen(path);
}

static bool same_heading(const struct bk_node *a, const struct bk_node *b)
{
	const size_t len = heading_len(a->path);

	return len == heading_len(b->path) && strncmp(a->path, b->path, len) == 0;
}

bool bk_renumbering_is_followed(const struct bk_renumbering *renumbering, uint32_t old, uint32_t now)
{
	const struct bk_words *words = &renumbering->matches->old;
	const uint32_t node = bk_draft_node_at(words->draft, words->items.items[old].start);
	char was[LABEL_MAX], is[LABEL_MAX];
	bool here = false, here_fits = false, fits = false, heading = false, also = false;
	size_t at;

	if (!is_cited(words, old, &heading) || !is_cited(&renumbering->matches->now, now, &also) ||
		heading != also)
		return false;
	label_at(words, old, was);
	label_at(&renumbering->matches->now, now, is);
	at = BK_SEARCH(
		i, renumbering->items.len, strcmp(number_in(renumbering->items.items[i].was), was) < 0);
	for (; at < renumbering->items.len &&
		strncmp(number_in(renumbering->items.items[at].was), was, strlen(was)) == 0;
		at++) {
		const struct bk_renumbered *it = &renumbering->items.items[at];
		const bool near = node != BK_NONE && same_heading(it->was, &words->draft->nodes[node]);

		if (!is_labelled(it->was, was) || (it->was->kind == BK_NODE_HEADING) != heading)
			continue;
		here |= near;
		here_fits |= near && is_labelled(it->is, is);
		fits |= is_labelled(it->is, is);
	}
	return here ? here_fits : fits;
}
