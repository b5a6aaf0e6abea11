/* What each party says in place of a region. */
#include "compare/merge_place.h"

#include <string.h>

enum { NAMES = 200 }; /* bytes of names behind a dash that are looked at */

static bool is_layout_in(const struct bk_amendment *amendment, struct bk_span base)
{
	return amendment->kind == BK_AMENDMENT_LAYOUT && amendment->base.start >= base.start &&
	       amendment->base.end <= base.end &&
	       (amendment->base.start < amendment->base.end ||
		       (amendment->base.start > base.start && amendment->base.end < base.end));
}

/* What it has laid out otherwise in a region is in what it says there. */
static void take_layout(const struct bk_amendments *amendments, struct bk_voice *voice, struct bk_span base)
{
	while (voice->first > 0 && is_layout_in(&amendments->list.items[voice->first - 1], base))
		voice->first--;
	while (voice->last < amendments->list.len && is_layout_in(&amendments->list.items[voice->last], base))
		voice->last++;
}

/* The part of a party's text that stands in place of a region. */
static struct bk_span file_span(
	const struct bk_amendments *amendments, const struct bk_voice *voice, struct bk_span base)
{
	const struct bk_amendment *list = amendments->list.items, *first = &list[voice->first],
				  *last = &list[voice->last - 1];
	/* What stands between its amendments and others of the same party stands in its text; who strikes the words
	 * of a region may strike a blank beside it, too. */
	const size_t since = voice->first > 0 ? list[voice->first - 1].base.end : 0,
		     until = voice->last < amendments->list.len ? list[voice->last].base.start : base.end,
		     start = base.start > since ? base.start : since,
		     end = base.end < until ? base.end : until;

	return (struct bk_span){
		first->file.start - (first->base.start > start ? first->base.start - start : 0),
		last->file.end + (end > last->base.end ? end - last->base.end : 0)};
}

/* Brackets of a party's own round all of some words. */
struct own {
	struct bk_str words; /* in them */
	enum bk_act act;     /* that of its first name in them, or BK_ACT_PROPOSE */
	size_t names;
	bool is;
};

static int read_own(const struct bk_merge *merge, const char *party, struct bk_str words, struct own *own)
{
	struct bk_shells shells = {.bytes = words, .notation = merge->base.notation};
	struct bk_shell shell;
	bool is = false;
	int status;

	*own = (struct own){.words = words, .act = BK_ACT_PROPOSE};
	if (words.len < 2 || !memchr(words.ptr, '[', words.len))
		return BK_OK;
	status = bk_shell_read_all(&shell, &shells);
	if (status == BK_OK && shell.bracket != BK_NONE && bk_shell_is_of(&shell, party) &&
		!bk_shell_says_more(&shell, words, NULL, BK_STR("")))
		status = bk_shell_is_disputed(&shell, &is);
	if (status == BK_OK && is) {
		const struct bk_attribution *names = bk_shell_names(&shell, &own->names);

		own->is = true;
		own->act = own->names ? names[0].act : BK_ACT_PROPOSE;
		own->words = bk_shell_words(words, &shell);
	}
	bk_shells_release(&shells);
	return status;
}

/* Whether a part of the base is brackets side by side with names behind them, and no other words. */
static bool is_brackets(const struct bk_base *base, struct bk_span words)
{
	const struct bk_mark *marks = base->pairing.marks.items;
	size_t at = words.start;

	while (at < words.end) {
		const uint32_t mark = bk_pairing_from(&base->pairing, at);

		if (mark == base->pairing.marks.len || marks[mark].start != at ||
			marks[mark].partner == BK_NONE)
			return false;
		at = bk_shell_parentheses(base->tokens.bytes,
			marks[marks[mark].partner].start + marks[marks[mark].partner].len);
		at = bk_token_blanks((struct bk_str){base->tokens.bytes.ptr, words.end}, at);
	}
	return true;
}

/* Whether what stands at an offset of a version stands in the base, too. */
static bool is_of_base(const struct bk_amendments *amendments, size_t at)
{
	const struct bk_amendment *list = amendments->list.items;
	const size_t i = BK_SEARCH(k, amendments->list.len, list[k].file.end <= at);

	return i == amendments->list.len || list[i].file.start > at;
}

/* Brackets of the base that all else went from are not its own: "[shall] act" without "act". */
static int strip(struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_merge *merge = placing->merge;
	struct own own;
	const int status = read_own(merge, merge->versions[voice->party].party, voice->words, &own);

	if (status != BK_OK || !own.is ||
		(is_of_base(&merge->amendments[voice->party], voice->file.start) &&
			!is_brackets(&merge->base, placing->region->words)))
		return status;
	voice->bracketed = true;
	voice->act = own.act;
	voice->words = own.words;
	return BK_OK;
}

/* Where what may be behind words begins: a parenthesis that ends them, or a dash behind the last stop in the line. */
static size_t last_part(struct bk_str words)
{
	size_t at = words.len;

	if (at && words.ptr[at - 1] == ')') {
		while (at > 0 && words.ptr[at - 1] != '(')
			at--;
		return at ? at - 1 : 0;
	}
	const size_t near = at < NAMES ? at : NAMES;
	const char *tail = words.ptr + at - near;

	if (!near || (!memchr(tail, '-', near) && !memchr(tail, '\xE2', near)))
		return 0;
	while (at > 0 && words.len - at < NAMES && !memchr("\n.;", words.ptr[at - 1], 3))
		at--;
	while (at < words.len && bk_is_blank(words.ptr[at]))
		at++;
	return at && bk_str_dash(bk_str_skip(words, at)) && bk_is_blank(words.ptr[at - 1]) ? at : 0;
}

/* The end of a sentence before what may say who wants it, `... shall pay. (EU)`, `... shall pay. - EU`; 0: there is
 * none. */
static size_t before_name(struct bk_str words)
{
	size_t at = last_part(words);

	while (at > 0 && bk_is_space(words.ptr[at - 1]))
		at--;
	return at && (words.ptr[at - 1] == '.' || words.ptr[at - 1] == ';') ? at : 0;
}

/* Whether what stands behind words is a name of the party's own, by which it proposes them: it is read as behind a
 * bracket, or behind a dash as in one. */
static int read_name(const struct bk_merge *merge, const char *party, struct bk_str behind, bool *is)
{
	const struct bk_str part = bk_str_trim(behind);
	const bool dash = bk_str_dash(part);
	struct bk_buf read = BK_BUF_INIT;
	struct own own = {0};
	int status;

	bk_buf_puts(&read, dash ? "[shall " : "[shall]");
	bk_buf_put_str(&read, behind);
	if (dash)
		bk_buf_putc(&read, ']');
	status = bk_buf_status(&read);
	if (status == BK_OK)
		status = read_own(merge, party, bk_buf_str(&read), &own);
	*is = status == BK_OK && own.is && own.names && own.act == BK_ACT_PROPOSE;
	bk_buf_release(&read);
	return status;
}

/* Take a name of its own from behind its words. */
static int strip_name(const struct bk_merge *merge, const char *party, struct bk_str *words)
{
	const size_t end = before_name(*words);
	bool is;
	int status;

	if (!end)
		return BK_OK;
	status = read_name(merge, party, bk_str_skip(*words, end), &is);
	if (is)
		words->len = end;
	return status;
}

/*
 * What a voice says behind its label.  It gets brackets with the party's name there, and so needs none of its own:
 *
 *	Option 2: [Parties should pay.] (EU)     Option 2: [EU: Parties should pay.]
 *	Option 2: Parties should pay. (EU)
 */
static int find_said(struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_str file = placing->merge->amendments[voice->party].bytes;
	const char *party = placing->merge->versions[voice->party].party;
	const size_t start = (size_t)(voice->words.ptr - file.ptr);
	struct own own;
	int status;

	voice->label =
		voice->bracketed && bk_place_begins_line(file, voice->file.start)
			? bk_merge_behind_label(voice->words, (struct bk_span){0, voice->words.len})
			: bk_merge_behind_label(file, (struct bk_span){start, start + voice->words.len}) -
				  start;
	voice->said = bk_str_skip(voice->words, voice->label);
	if (voice->bracketed)
		return BK_OK;
	if (!voice->label)
		return strip_name(placing->merge, party, &voice->said);
	status = read_own(placing->merge, party, voice->said, &own);
	if (status != BK_OK || (own.is && own.act == BK_ACT_PROPOSE && own.words.len)) {
		voice->said = own.words;
		return status;
	}
	return strip_name(placing->merge, party, &voice->said);
}

/* Hear a party of which these are claims there. */
static int add_voice(struct bk_placing_region *placing, const struct bk_claim *claims, size_t count)
{
	const struct bk_amendments *amendments = &placing->merge->amendments[claims->party];
	const struct bk_region *region = placing->region;
	struct bk_voice *voice = BK_VEC_PUSH(&placing->voices);
	int status;

	if (!voice)
		return bk_fail_memory();
	*voice = (struct bk_voice){
		.party = claims->party, .first = claims->first, .last = claims->last, .next_same = BK_NONE};
	for (size_t i = 1; i < count; i++) {
		if (claims[i].first < voice->first)
			voice->first = claims[i].first;
		if (claims[i].last > voice->last)
			voice->last = claims[i].last;
	}
	take_layout(amendments, voice, region->base);
	voice->base = region->words;
	voice->file = file_span(amendments, voice, region->base);
	voice->text = bk_str_skip((struct bk_str){amendments->bytes.ptr, voice->file.end}, voice->file.start);
	if (region->kind == BK_CLAIM_LAYOUT)
		return BK_OK;
	voice->file = bk_token_trim(amendments->bytes, voice->file);
	voice->words =
		bk_str_skip((struct bk_str){amendments->bytes.ptr, voice->file.end}, voice->file.start);
	status = region->around ? BK_OK : strip(placing, voice);
	if (status == BK_OK)
		status = find_said(placing, voice);
	voice->file.start = (size_t)(voice->words.ptr - amendments->bytes.ptr);
	voice->file.end = voice->file.start + voice->words.len;
	return status;
}

/* Whether what a voice says is new there: in brackets of its own it says no more than in those that it gets. */
static bool is_new(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_span span = placing->region->words;
	const struct bk_str words = {
		placing->merge->base.tokens.bytes.ptr + span.start, span.end - span.start};

	return !words.len || (!memchr(words.ptr, '[', words.len) && !bk_token_equal(voice->words, words));
}

/* What answers members by its own name says that of nobody else. */
bool bk_voices_say_same(
	const struct bk_placing_region *placing, const struct bk_voice *one, const struct bk_voice *other)
{
	return one->hash == other->hash && !one->answered && !other->answered && one->act == other->act &&
	       (one->bracketed == other->bracketed || is_new(placing, one)) &&
	       bk_token_equal(one->said, other->said) &&
	       bk_token_equal((struct bk_str){one->words.ptr, one->label},
		       (struct bk_str){other->words.ptr, other->label});
}

void bk_voice_begin(struct bk_placing_region *placing, uint32_t number)
{
	struct bk_voice *voice = &placing->voices.items[number];

	voice->same = voice->last_same = number;
	voice->next_same = BK_NONE;
	if (placing->voices.len > 1)
		voice->hash = bk_token_hash(voice->said);
}

void bk_voice_join(struct bk_placing_region *placing, uint32_t speaker, uint32_t voice)
{
	struct bk_voice *voices = placing->voices.items;

	voices[voice].same = speaker;
	voices[voices[speaker].last_same].next_same = voice;
	voices[speaker].last_same = voice;
}

/* Voices that say the same speak as one, that of the first. */
void bk_voices_join(struct bk_placing_region *placing)
{
	for (uint32_t i = 0; i < placing->voices.len; i++) {
		struct bk_voice *voice = &placing->voices.items[i];

		bk_voice_begin(placing, i);
		for (uint32_t j = 0; j < i && voice->same == i; j++) {
			struct bk_voice *other = &placing->voices.items[j];

			if (other->same == j && bk_voices_say_same(placing, other, voice))
				bk_voice_join(placing, j, i);
		}
	}
}

/* Whether a claim is one paragraph that came. */
static bool is_paragraph(const struct bk_placing_region *placing, const struct bk_claim *claim)
{
	return claim->last == claim->first + 1 &&
	       placing->merge->amendments[claim->party].list.items[claim->first].whole;
}

/* Where those claims end, from one on, that one voice makes. */
static size_t end_of_voice(const struct bk_placing_region *placing, size_t first, bool parted)
{
	const struct bk_claim *claims = &placing->merge->regions.claims.items[placing->region->first];
	size_t end = first + 1;

	while (end < placing->region->count && claims[end].party == claims[first].party &&
		!(parted && is_paragraph(placing, &claims[end - 1]) && is_paragraph(placing, &claims[end])))
		end++;
	return end;
}

int bk_voices_hear(struct bk_placing_region *placing, bool parted)
{
	const struct bk_claim *claims = &placing->merge->regions.claims.items[placing->region->first];
	int status = BK_OK;

	placing->voices.len = 0;
	for (size_t i = 0, end; i < placing->region->count && status == BK_OK; i = end) {
		end = end_of_voice(placing, i, parted);
		status = add_voice(placing, &claims[i], end - i);
	}
	if (!parted && !placing->region->around && placing->region->kind != BK_CLAIM_LAYOUT)
		bk_voices_join(placing);
	return status;
}

/* ---- Signatures ---------------------------------------------------------------------------------------- */

static struct bk_str claimed(const struct bk_merge *merge, const struct bk_claim *claim)
{
	const struct bk_amendments *amendments = &merge->amendments[claim->party];
	const size_t start = amendments->list.items[claim->first].file.start,
		     end = amendments->list.items[claim->last - 1].file.end;

	return (struct bk_str){amendments->bytes.ptr + start, end - start};
}

/* Whether what parties say there does not stand as words of the text: some do not, or not alike. */
static bool is_opposed(const struct bk_merge *merge, const struct bk_region *region)
{
	const struct bk_claim *claims = &merge->regions.claims.items[region->first];

	for (size_t i = 1; i < region->count; i++)
		if (!bk_token_equal(claimed(merge, &claims[i]), claimed(merge, &claims[0])))
			return true;
	return region->count < merge->count && !region->struck_by_all;
}

/* Whether a party has words of its own before a place in its line, which stand in brackets under its name. */
static bool has_said(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_amendment *list = merge->amendments[voice->party].list.items, *before;
	const struct bk_str bytes = merge->base.tokens.bytes;
	uint32_t i = voice->first, said;

	while (i > 0 && list[i - 1].kind == BK_AMENDMENT_LAYOUT)
		i--;
	said = i > 0 ? merge->region_of[voice->party][i - 1] : BK_NONE;
	if (said == BK_NONE)
		return false;
	before = &list[i - 1];
	return merge->regions.list.items[said].kind == BK_CLAIM_WORDS && before->kind == BK_AMENDMENT_WORDS &&
	       !before->whole && is_opposed(merge, &merge->regions.list.items[said]) &&
	       !memchr(bytes.ptr + before->base.end, '\n', placing->region->base.start - before->base.end);
}

/* Whether words may be a name behind others of their line: a parenthesis, or a dash with a blank before it. */
static bool may_sign(const struct bk_merge *merge, const struct bk_voice *voice)
{
	const struct bk_str words = voice->words;

	return bk_str_starts(words, BK_STR("(")) ||
	       (bk_str_dash(words) && words.ptr > merge->amendments[voice->party].bytes.ptr &&
		       bk_is_blank(words.ptr[-1]));
}

int bk_voices_sign(struct bk_placing_region *placing, bool *sign)
{
	const struct bk_region *region = placing->region;
	const struct bk_merge *merge = placing->merge;
	int status = BK_OK;

	*sign = !merge->options.unopposed && region->words.start == region->words.end &&
		placing->voices.len && bk_place_ends_line(merge->base.tokens.bytes, region->base.end);
	for (size_t i = 0; i < placing->voices.len && status == BK_OK && *sign; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];

		*sign = may_sign(merge, voice) && has_said(placing, voice);
		if (*sign)
			status = read_name(merge, bk_place_party(placing, voice), voice->words, sign);
	}
	return status;
}
