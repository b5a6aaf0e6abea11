/*
 * Words that parties put in at one point, where one has those of each other, and more before or behind them:
 *
 *	EU     now			[EU, US: now] [US: and here]
 *	US     now and here
 *
 * They are cut only where the parts are read one beside the other: of rivals, nobody wants two.
 */
#include "compare/merge_place.h"

#include "base/map.h"
#include "draft/phrase.h"

#include <bracked/text.h>

enum { BESIDE = 400 }; /* bytes of the line that say how words in it are read */

/* Whether a voice's words are in a line, and nothing but words. */
static bool is_plain(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return !placing->merge->amendments[voice->party].list.items[voice->first].whole && !voice->label &&
	       voice->said.len;
}

bool bk_voice_may_be_cut(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	if (!is_plain(placing, voice) || voice->bracketed || voice->said.len != voice->words.len)
		return false;
	for (size_t i = 0; i < voice->said.len; i++)
		if (memchr("[]{}\\", voice->said.ptr[i], 5))
			return false;
	return true;
}

/* Where words that others begin with end in them; 0: they do not begin so. */
static size_t end_in(struct bk_str words, struct bk_str others)
{
	struct bk_span in_others = {0, 0};

	for (struct bk_span at = bk_token_next(words, 0); at.start < at.end;
		at = bk_token_next(words, at.end)) {
		in_others = bk_token_next(others, in_others.end);
		if (!bk_str_equal((struct bk_str){words.ptr + at.start, at.end - at.start},
			    (struct bk_str){others.ptr + in_others.start, in_others.end - in_others.start}))
			return 0;
	}
	return in_others.end;
}

/* Where words that others end with begin in them, behind a blank; 0: they do not end so. */
static size_t start_in(struct bk_str words, struct bk_str others)
{
	for (struct bk_span at = bk_token_next(others, 0); at.start < at.end;
		at = bk_token_next(others, at.end))
		if (at.start > 0 && bk_is_space(others.ptr[at.start - 1]) &&
			bk_token_equal(bk_str_skip(others, at.start), words))
			return at.start;
	return 0;
}

/* Whether words are more than marks, or "and" and "or": these alone join what stands beside them. */
static bool say_something(struct bk_str words)
{
	struct bk_phrase phrase;

	bk_phrase_read(bk_str_trim(words), &phrase);
	return phrase.count > 0 && phrase.kind != BK_PHRASE_JOINT;
}

bool bk_texts_are_spaced_alike(struct bk_str one, struct bk_str other)
{
	return bk_is_space(one.ptr[0]) == bk_is_space(other.ptr[0]) &&
	       bk_is_space(one.ptr[one.len - 1]) == bk_is_space(other.ptr[other.len - 1]);
}

/* Where the words of another voice are cut so that these are a part of their own; 0: they are not. */
static size_t find_cut(
	const struct bk_placing_region *placing, const struct bk_voice *voice, const struct bk_voice *other)
{
	const struct bk_str words = voice->said, others = other->said;
	size_t at;

	if (voice->party == other->party || !is_plain(placing, voice) || !say_something(words) ||
		bk_token_equal(words, others) || !bk_texts_are_spaced_alike(voice->text, other->text))
		return 0;
	at = end_in(words, others);
	if (!at)
		at = start_in(words, others);
	return at && say_something((struct bk_str){others.ptr, at}) && say_something(bk_str_skip(others, at))
		       ? at
		       : 0;
}

static void set_text(const struct bk_placing_region *placing, struct bk_voice *voice, struct bk_str text)
{
	const struct bk_str bytes = placing->merge->amendments[voice->party].bytes;

	voice->text = text;
	voice->words = voice->said = bk_str_trim(text);
	voice->file.start = (size_t)(voice->words.ptr - bytes.ptr);
	voice->file.end = voice->file.start + voice->words.len;
}

void bk_voice_cut(struct bk_placing_region *placing, struct bk_voice *voice, size_t at)
{
	const struct bk_str text = voice->text;

	at += (size_t)(voice->said.ptr - text.ptr);
	while (bk_is_space(text.ptr[at - 1]))
		at--;
	if (!bk_is_space(text.ptr[0]) && bk_is_space(text.ptr[text.len - 1]))
		at = bk_token_blanks(text, at);
	voice[1] = voice[0];
	set_text(placing, voice, (struct bk_str){text.ptr, at});
	set_text(placing, voice + 1, bk_str_skip(text, at));
}

static int cut(struct bk_placing_region *placing, uint32_t index, size_t at)
{
	struct bk_voice *voice = BK_VEC_PUSH(&placing->voices);

	if (!voice)
		return bk_fail_memory();
	voice = &placing->voices.items[index];
	memmove(voice + 1, voice, (placing->voices.len - 1 - index) * sizeof *voice);
	bk_voice_cut(placing, voice, at);
	return BK_OK;
}

/* Where a voice's words are cut, first to last of the others'; 0: nowhere. */
static size_t find_any_cut(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	size_t at = 0;

	for (size_t i = 0; i < placing->voices.len && !at && bk_voice_may_be_cut(placing, voice); i++)
		at = find_cut(placing, &placing->voices.items[i], voice);
	return at;
}

/* What is cut may have parts that others are. */
int bk_voices_cut(struct bk_placing_region *placing)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK;) {
		const size_t at = find_any_cut(placing, &placing->voices.items[i]);

		if (at)
			status = cut(placing, i, at);
		i = at ? 0 : i + 1;
	}
	return status;
}

/* A voice's words as they would stand, behind those before them. */
static void write_voice(const struct bk_placing_region *placing, uint32_t voice, struct bk_buf *out)
{
	const struct bk_voice *voices = placing->voices.items, *it = &voices[voice];
	const bool is_bare = bk_voice_is_of_all(placing, voice);

	if (bk_is_space(it->text.ptr[0]))
		bk_buf_putc(out, ' ');
	for (uint32_t i = voice; i != BK_NONE && !is_bare; i = voices[i].next_same)
		bk_buf_printf(out, "%s%s", i == voice ? "[" : ", ", bk_place_party(placing, &voices[i]));
	bk_buf_puts(out, is_bare ? "" : ": ");
	bk_buf_put_str(out, it->said);
	bk_buf_puts(out, is_bare ? "" : "]");
	if (bk_is_space(it->text.ptr[it->text.len - 1]))
		bk_buf_putc(out, ' ');
}

/* Whether no rival of a bracket, in a part of a text, stands outside of that or is proposed by one who proposes the
 * bracket, too; by each party: the last group that holds what it proposes. */
static int read_rivals(const bk_draft *draft, const struct bk_bracket *bracket, struct bk_span part,
	struct bk_map *groups, bool *apart)
{
	size_t count;
	const struct bk_attribution *names = bk_draft_attributions(draft, &count) + bracket->attribution;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_group *group;

	if (bracket->choice != BK_CHOICE_ONE)
		return BK_OK;
	group = &bk_draft_groups(draft, &count)[bracket->group - 1];
	*apart = brackets[group->first].start >= part.start && brackets[group->last].start < part.end;
	for (uint32_t i = 0; i < bracket->attribution_count && *apart; i++) {
		size_t *last = bk_map_slot(groups, bk_str_of(names[i].party), 0);

		if (!last)
			return bk_fail_memory();
		*apart = *last != bracket->group;
		*last = bracket->group;
	}
	return BK_OK;
}

/* Whether brackets in a part of a text are all disputed, and nobody wants two that are rivals. */
static int read_apart(
	const struct bk_notation *notation, struct bk_str bytes, struct bk_span part, bool *apart)
{
	const struct bk_draft_options options = {
		.conventions = notation->conventions, .names = notation->names};
	const struct bk_bracket *brackets;
	struct bk_map groups = BK_MAP_INIT;
	bk_draft *draft = NULL;
	bk_text *text;
	size_t count;
	int status = bk_text_new(&text, bytes.ptr, bytes.len);

	if (status != BK_OK)
		return status;
	status = bk_draft_new(&draft, bk_text_now(text), &options);
	bk_text_free(text);
	if (status != BK_OK)
		return status;
	brackets = bk_draft_brackets(draft, &count);
	*apart = true;
	for (size_t i = 0; i < count && *apart && status == BK_OK; i++) {
		if (brackets[i].start < part.start || brackets[i].start >= part.end)
			continue;
		*apart = brackets[i].BK_MEMBER_CLASS == BK_CLASS_DISPUTED;
		if (*apart)
			status = read_rivals(draft, &brackets[i], part, &groups, apart);
	}
	bk_map_release(&groups);
	bk_draft_free(draft);
	return status;
}

/* Bytes of a line before an offset, and behind it, but for those far from it. */
static struct bk_str before_in_line(struct bk_str bytes, size_t at)
{
	size_t start = at;

	while (start > 0 && bytes.ptr[start - 1] != '\n' && at - start < BESIDE)
		start--;
	return (struct bk_str){bytes.ptr + start, at - start};
}

static struct bk_str behind_in_line(struct bk_str bytes, size_t at)
{
	const struct bk_str behind = bk_str_skip(bytes, at);
	const size_t end = bk_str_find(behind, '\n');

	return (struct bk_str){behind.ptr, end < BESIDE ? end : BESIDE};
}

int bk_voices_read_apart(struct bk_placing_region *placing, bool *apart)
{
	const struct bk_base *base = &placing->merge->base;
	const size_t at = placing->region->base.start;
	struct bk_buf line = BK_BUF_INIT;
	struct bk_span part;
	int status;

	bk_buf_put_str(&line, before_in_line(base->tokens.bytes, at));
	part.start = line.len;
	for (size_t k = 0; k < placing->order.len; k++)
		write_voice(placing, placing->order.items[k], &line);
	part.end = line.len;
	bk_buf_put_str(&line, behind_in_line(base->tokens.bytes, at));
	status = bk_buf_status(&line);
	if (status == BK_OK)
		status = read_apart(&base->notation, bk_buf_str(&line), part, apart);
	bk_buf_release(&line);
	return status;
}
