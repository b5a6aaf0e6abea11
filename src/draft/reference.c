/*
 * Reading references: see reference.h for their form.
 */
#include "draft/reference.h"

#include "draft/label.h"

enum { NEAR = 60 };

/* ---- Bytes ------------------------------------------------------------------------------------------- */

static char at(struct bk_str bytes, size_t offset)
{
	return offset < bytes.len ? bytes.ptr[offset] : '\0';
}

static size_t skip_space(struct bk_str bytes, size_t from)
{
	while (bk_is_space(at(bytes, from)))
		from++;
	return from;
}

/* The end of the word, in any case, when it stands whole at `from`; else 0. */
static size_t take_word(struct bk_str bytes, size_t from, const char *word)
{
	const struct bk_str rest = bk_str_skip(bytes, from);
	const size_t len = strlen(word);

	if (!bk_str_starts_nocase(rest, (struct bk_str){word, len}) || bk_is_word(at(bytes, from + len)))
		return 0;
	return from + len;
}

/* "2", "2 bis", "1 (c)", "3(a)"; false when no number stands at `from`, or one like 3.2, 50%, 2(1). */
static bool take_number(struct bk_str bytes, size_t from, struct bk_reference_number *out)
{
	const struct bk_str rest = bk_str_skip(bytes, from);
	uint32_t value = 0;
	size_t end = from + bk_label_number((struct bk_str){rest.ptr, rest.len < 8 ? rest.len : 8}, &value);
	size_t item, suffix;

	*out = (struct bk_reference_number){.span = {from, end}, .digits = end - from, .value = value};
	if (end == from || value == 0 || value > 999)
		return false;
	suffix = bk_label_suffix(bk_str_skip(bytes, skip_space(bytes, end)), &out->suffix);
	if (suffix > 0)
		end = skip_space(bytes, end) + suffix;
	out->name = (struct bk_span){from, end};
	item = skip_space(bytes, end);
	if (at(bytes, item) == '(' && bk_is_lower(at(bytes, item + 1)) && at(bytes, item + 2) == ')') {
		out->item = at(bytes, item + 1);
		end = item + 3;
	}
	out->span.end = end;
	return !bk_is_word(at(bytes, end)) && !(at(bytes, end) == '.' && bk_is_digit(at(bytes, end + 1)));
}

/* The end of what parts two numbers at `from`, or 0. */
static size_t take_separator(struct bk_str bytes, size_t from)
{
	static const char *const words[] = {"and", "or", "to"};
	const size_t start = skip_space(bytes, from);
	size_t end = start;

	if (at(bytes, end) == ',')
		end = skip_space(bytes, end + 1);
	for (size_t i = 0; i < 3; i++) {
		const size_t word = take_word(bytes, end, words[i]);

		if (word == 0)
			continue;
		return skip_space(bytes, word);
	}
	if (at(bytes, end) == '-' || bk_str_starts(bk_str_skip(bytes, end), BK_STR("\xE2\x80\x93"))) {
		return skip_space(bytes, end + (at(bytes, end) == '-' ? 1 : 3));
	}
	return end > start ? end : 0;
}

/* Read the numbers that follow the word of a reference. */
static bool take_reference(struct bk_str bytes, size_t numbers, struct bk_reference *out)
{
	size_t next = skip_space(bytes, numbers);

	if (next == numbers)
		return false;
	out->count = 0;
	while (next > 0 && out->count < BK_REFERENCE_NUMBERS &&
		take_number(bytes, next, &out->numbers[out->count])) {
		out->end = out->numbers[out->count].span.end;
		out->count++;
		next = take_separator(bytes, out->end);
	}
	return out->count > 0;
}

/* ---- Of which text ----------------------------------------------------------------------------------- */

/* Whether one of the words stands whole in the bytes from..to. */
static bool has_word(struct bk_str bytes, size_t from, size_t to, const char *word)
{
	for (size_t i = from; i < to; i++) {
		if ((i == 0 || !bk_is_word(at(bytes, i - 1))) && take_word(bytes, i, word))
			return true;
	}
	return false;
}

/* Whether the words before a reference say that another text is meant: "its Article 2", "decision 1/CP.16,
 * paragraph 4", "rule 6 (as amended), paragraph 2". */
static bool is_foreign_before(struct bk_str bytes, size_t word)
{
	static const char *const words[] = {"its", "their", "whose", "rule", "regulation"};
	const size_t from = word > NEAR ? word - NEAR : 0;
	size_t end = word;

	while (end > 0 &&
		(bk_is_space(at(bytes, end - 1)) || at(bytes, end - 1) == '[' || at(bytes, end - 1) == ','))
		end--;
	if (end > 0 && at(bytes, end - 1) == ')')
		return true;
	while (end > 0 && (bk_is_digit(at(bytes, end - 1)) || bk_is_space(at(bytes, end - 1))))
		end--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const size_t len = strlen(words[i]);

		if (end >= len && take_word(bytes, end - len, words[i]) == end)
			return true;
	}
	return has_word(bytes, from, word, "decision") || has_word(bytes, from, word, "submission");
}

/* What "of ..." behind a reference speaks of. */
enum owner { OWNER_NONE, OWNER_THIS, OWNER_OTHER };

static enum owner owner_at(struct bk_str bytes, size_t from)
{
	static const char *const words[] = {"of", "to", "in", "under"};
	size_t end = skip_space(bytes, from);

	if (at(bytes, end) == ',')
		end = skip_space(bytes, end + 1);
	for (size_t i = 0; i < 4; i++) {
		const size_t word = take_word(bytes, end, words[i]);

		if (word == 0)
			continue;
		end = skip_space(bytes, word);
		if (take_word(bytes, end, "this"))
			return OWNER_THIS;
		return i == 0 || (at(bytes, end) >= 'A' && at(bytes, end) <= 'Z') ||
				       take_word(bytes, end, "the") || take_word(bytes, end, "decision")
			       ? OWNER_OTHER
			       : OWNER_NONE;
	}
	return OWNER_NONE;
}

/* The end of what follows a reference and is a reference too: ", paragraph 2 (a)"; from when nothing does. */
static size_t skip_references(struct bk_str bytes, size_t from)
{
	static const char *const words[] = {
		"paragraph", "paragraphs", "article", "articles", "subparagraph", "subparagraphs"};
	struct bk_reference more;
	size_t next = skip_space(bytes, from);

	if (at(bytes, next) == ',' || take_word(bytes, next, "and") || take_word(bytes, next, "of"))
		next = skip_space(bytes, next + (at(bytes, next) == ','		 ? 1
							: at(bytes, next) == 'a' ? 3
										 : 2));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const size_t word = take_word(bytes, next, words[i]);

		if (word > 0 && take_reference(bytes, word, &more))
			return more.end;
	}
	return from;
}

/* Whether a reference speaks of this text. */
static bool is_own(struct bk_str bytes, const struct bk_reference *reference)
{
	size_t end = reference->end, next;

	if (is_foreign_before(bytes, reference->word))
		return false;
	while ((next = skip_references(bytes, end)) != end)
		end = next;
	return at(bytes, skip_space(bytes, end)) != '[' && owner_at(bytes, end) != OWNER_OTHER;
}

/* ---- The article beside ------------------------------------------------------------------------------ */

/* The article whose number ends right before `end`, as "Article 4 bis" does; the offset of its word, or
 * BK_NOWHERE. */
static size_t article_before(struct bk_str bytes, size_t end, struct bk_reference_number *out)
{
	const size_t from = end > NEAR ? end - NEAR : 0;

	for (size_t i = end; i-- > from;) {
		const size_t word =
			i > 0 && bk_is_word(bytes.ptr[i - 1]) ? 0 : take_word(bytes, i, "article");

		if (word > 0 && take_number(bytes, skip_space(bytes, word), out) && out->span.end == end)
			return i;
	}
	return BK_NOWHERE;
}

/* Find the article that a paragraph is of.  False when that is one of another text. */
static bool take_article(struct bk_str bytes, struct bk_reference *out)
{
	size_t before = out->word, after = skip_space(bytes, out->end), article;

	while (before > 0 && (bk_is_space(at(bytes, before - 1)) || at(bytes, before - 1) == ','))
		before--;
	article = before < out->word ? article_before(bytes, before, &out->of) : BK_NOWHERE;
	if (article != BK_NOWHERE) {
		out->has_article = true;
		return !is_foreign_before(bytes, article);
	}
	after = take_word(bytes, after, "of");
	after = after > 0 ? take_word(bytes, skip_space(bytes, after), "article") : 0;
	out->has_article = after > 0;
	if (!out->has_article || !take_number(bytes, skip_space(bytes, after), &out->of))
		out->of = (struct bk_reference_number){0};
	return true;
}

/* ---- One reference ----------------------------------------------------------------------------------- */

/* Whether a heading or provision's own label stands at offset. */
static bool is_header(const struct bk_draft *draft, size_t offset)
{
	const uint32_t node = bk_draft_node_at(draft, offset);

	return node != BK_NONE && draft->nodes[node].offset == offset;
}

/* The end of the word of a reference at offset, or 0. */
static size_t take_noun(struct bk_str bytes, size_t offset, bool *article)
{
	static const char *const words[] = {"paragraph", "paragraphs", "article", "articles"};

	if (offset > 0 && bk_is_word(bytes.ptr[offset - 1]))
		return 0;
	for (size_t i = 0; i < 4; i++) {
		const size_t end = take_word(bytes, offset, words[i]);

		*article = i >= 2;
		if (end > 0)
			return end;
	}
	return 0;
}

bool bk_reference_read(const struct bk_draft *draft, size_t offset, struct bk_reference *out)
{
	const struct bk_str bytes = draft->bytes;
	const char c = bk_to_lower(at(bytes, offset));
	bool article;
	size_t end;

	/* asked of every byte of a text */
	if (c != 'p' && c != 'a')
		return false;
	end = take_noun(bytes, offset, &article);
	if (end == 0 || is_header(draft, offset))
		return false;
	*out = (struct bk_reference){.word = offset, .article = article};
	if (!take_reference(bytes, end, out) || !is_own(bytes, out))
		return false;
	return article || take_article(bytes, out);
}
