#include "lib/merge_laws.h"

#include "base/buf.h"
#include "compare/merge_private.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A merge that is looked at. */
struct looked {
	const struct merging *merging;
	bk_merge *merge;
	struct bk_str out;
	const struct bk_version *versions;
	const struct bk_merge_proposal *proposals;
	const struct bk_merge_place *places;
	size_t count, proposal_count, place_count;
	bool balanced; /* it has no unmatched bracket */
};

static char broken[500];

/* Says which law is broken, when one is; true when it holds. */
__attribute__((format(printf, 2, 3))) static bool law(bool holds, const char *format, ...)
{
	va_list args;

	if (holds)
		return true;
	va_start(args, format);
	vsnprintf(broken, sizeof broken, format, args);
	va_end(args);
	return false;
}

static struct bk_str text_of(const struct bk_version *version)
{
	return (struct bk_str){version->bytes, version->len};
}

static struct bk_str part_of(struct bk_str text, struct bk_span span)
{
	return (struct bk_str){text.ptr + span.start, span.end - span.start};
}

static bool lies_in(struct bk_span span, size_t len)
{
	return span.start <= span.end && span.end <= len;
}

/* ---- Balance ------------------------------------------------------------------------------------------- */

/* By plain matching. */
static size_t find_unmatched_of(struct bk_str bytes, char open, char close, bool *found)
{
	size_t *opens = malloc((bytes.len + 1) * sizeof *opens), depth = 0, unmatched = 0;
	bool escaped = false;

	if (!opens)
		abort();
	for (size_t i = 0; i < bytes.len; i++) {
		const char c = bytes.ptr[i];

		if (!escaped && c == open)
			opens[depth++] = i;
		else if (!escaped && c == close && depth)
			depth--;
		else if (!escaped && c == close && ++unmatched && found)
			found[i] = true;
		escaped = c == '\\' && !escaped;
	}
	for (size_t i = 0; found && i < depth; i++)
		found[opens[i]] = true;
	free(opens);
	return unmatched + depth;
}

/* found: of each byte, set where an unmatched one stands; or NULL. */
static size_t find_unmatched(struct bk_str bytes, bool *found)
{
	return find_unmatched_of(bytes, '[', ']', found) + find_unmatched_of(bytes, '{', '}', found);
}

size_t count_unmatched(struct bk_str bytes)
{
	return find_unmatched(bytes, NULL);
}

/* Where in the compilation brackets stand that a text leaves unmatched. */
static void mark_given(const struct looked *looked, uint32_t party, struct bk_str text, bool *given)
{
	bool *unmatched = calloc(text.len + 1, sizeof *unmatched);

	if (!unmatched)
		abort();
	find_unmatched(text, unmatched);
	for (size_t i = 0; i < text.len; i++) {
		const size_t place = unmatched[i] ? bk_merge_follow(looked->merge, party, i) : BK_NOWHERE;

		if (place != BK_NOWHERE)
			given[place] = true;
	}
	free(unmatched);
}

static bool look_at_balance(struct looked *looked)
{
	const size_t unmatched = count_unmatched(looked->out);
	bool *given = calloc(looked->out.len + 1, sizeof *given);
	size_t count = 0;

	if (!given)
		abort();
	looked->balanced = unmatched == 0;
	mark_given(looked, BK_NONE, looked->merging->base, given);
	for (uint32_t i = 0; i < looked->count; i++)
		mark_given(looked, i, text_of(&looked->versions[i]), given);
	for (size_t i = 0; i < looked->out.len; i++)
		count += given[i];
	free(given);
	return law(unmatched <= count,
		"no bracket is unmatched that no text leaves unmatched: %zu are, of theirs %zu stand here",
		unmatched, count);
}

/* ---- Order --------------------------------------------------------------------------------------------- */

static int merge_of(const struct merging *merging, const struct bk_version *versions, bk_merge **out)
{
	return bk_merge_new(
		out, merging->base.ptr, merging->base.len, versions, merging->count, &merging->options);
}

static struct bk_str bytes_of(const bk_merge *merge)
{
	struct bk_str bytes;

	bytes.ptr = bk_merge_bytes(merge, &bytes.len);
	return bytes;
}

static size_t differs_at(struct bk_str text, struct bk_str other)
{
	size_t at = 0;

	while (at < text.len && at < other.len && text.ptr[at] == other.ptr[at])
		at++;
	return at;
}

static bool is_same(struct bk_str text, struct bk_str other, const char *what)
{
	return law(bk_str_equal(text, other),
		"the order of versions and the stretches change nothing, but %s differ at byte %zu", what,
		differs_at(text, other));
}

static bool is_alike(const bk_merge *merge, const bk_merge *other)
{
	char *proof = NULL, *other_proof = NULL;
	size_t len = 0, other_len = 0;
	bool alike;

	alike = is_same(bytes_of(merge), bytes_of(other), "the compilations") &&
		law(bk_merge_prove(merge, "out", "base", &proof, &len) == BK_OK, "a merge is proved: %s",
			bk_error_message()) &&
		law(bk_merge_prove(other, "out", "base", &other_proof, &other_len) == BK_OK,
			"a merge in another order is proved: %s", bk_error_message()) &&
		is_same((struct bk_str){proof, len}, (struct bk_str){other_proof, other_len}, "the proofs");
	bk_proof_free_bytes(proof);
	bk_proof_free_bytes(other_proof);
	return alike;
}

/* The last version first, and about as many stretches as there are places. */
static bool look_at_order(const struct looked *looked)
{
	const struct merging *merging = looked->merging;
	const size_t stretches = 1 + looked->place_count * 2 / 3;
	struct bk_version *turned = calloc(looked->count + 1, sizeof *turned);
	bk_merge *other = NULL;
	bool same;

	if (!turned)
		abort();
	for (size_t i = 0; i < looked->count; i++)
		turned[i] = merging->versions[looked->count - 1 - i];
	same = law(bk_merge_new_in_stretches(&other, merging->base, turned, merging->count, &merging->options,
			   stretches) == BK_OK,
		       "any order is merged: %s", bk_error_message()) &&
	       is_alike(looked->merge, other);
	bk_merge_free(other);
	free(turned);
	return same;
}

/* ---- Recovery ------------------------------------------------------------------------------------------ */

static bool gives_back(
	const struct looked *looked, const bk_proof *proof, const char *party, struct bk_str text)
{
	char *bytes = NULL;
	size_t len = 0;
	const int status = bk_proof_recover(proof, party, looked->out.ptr, looked->out.len, &bytes, &len);
	bool holds = law(status == BK_OK, "the text of %s comes back: %s", party, bk_error_message());

	if (holds) {
		const struct bk_str given = {bytes, len};
		const size_t at = differs_at(given, text);

		holds = law(bk_str_equal(given, text),
			"the text of %s comes back byte for byte, not otherwise from byte %zu of %zu", party,
			at, text.len);
	}
	bk_proof_free_bytes(bytes);
	return holds;
}

static bool has_parties(const struct looked *looked, const bk_proof *proof)
{
	size_t count;
	const char *const *parties = bk_proof_parties(proof, &count);

	for (size_t i = 0; i < looked->count && i < count; i++)
		if (!law(strcmp(parties[i], looked->versions[i].party) == 0,
			    "the proof names parties in order"))
			return false;
	return law(count == looked->count, "the proof has %zu parties", looked->count) &&
	       law(strcmp(bk_proof_out_name(proof), "out") == 0, "the proof names the compilation");
}

/* Of another compilation, and of nobody, nothing is given back. */
static bool refuses(const struct looked *looked, const bk_proof *proof)
{
	char *bytes = NULL, *other = malloc(looked->out.len + 1);
	size_t len = 0;
	int status;

	if (!other)
		abort();
	memcpy(other, looked->out.ptr ? looked->out.ptr : "", looked->out.len);
	other[looked->out.len] = 'x';
	status = bk_proof_recover(proof, "base", other, looked->out.len + 1, &bytes, &len);
	free(other);
	return law(status == BK_ECHANGED, "another compilation is refused, not %s", bk_status_name(status)) &&
	       law(bk_proof_recover(proof, "Nobody", looked->out.ptr, looked->out.len, &bytes, &len) ==
			       BK_ENOTFOUND,
		       "nobody has no text");
}

static bool look_at_recovery(const struct looked *looked)
{
	bk_proof *proof = NULL;
	char *json = NULL;
	size_t len = 0;
	bool holds;

	holds = law(bk_merge_prove(looked->merge, "out", "base", &json, &len) == BK_OK,
			"a merge is proved: %s", bk_error_message()) &&
		law(bk_proof_parse(&proof, json, len, "proof") == BK_OK, "a proof is read: %s",
			bk_error_message()) &&
		has_parties(looked, proof) && gives_back(looked, proof, "base", looked->merging->base);
	for (size_t i = 0; holds && i < looked->count; i++)
		holds = gives_back(looked, proof, looked->versions[i].party, text_of(&looked->versions[i]));
	holds = holds && refuses(looked, proof);
	bk_proof_free(proof);
	bk_proof_free_bytes(json);
	return holds;
}

/* ---- Words --------------------------------------------------------------------------------------------- */

static bool is_part_of_word(char c)
{
	return bk_is_alpha(c) || bk_is_digit(c);
}

/* Whether the base's byte may have gone: all want it gone, or nobody else touches it. */
static bool may_go(const struct looked *looked, size_t offset)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *proposal = &looked->proposals[i];

		if (proposal->fate == BK_MERGE_TAKEN && proposal->base.start <= offset &&
			offset < proposal->base.end)
			return true;
	}
	return false;
}

static bool is_proposed(const struct looked *looked, uint32_t party, size_t offset)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *proposal = &looked->proposals[i];

		if (proposal->party == party && proposal->fate != BK_MERGE_LEFT &&
			proposal->file.start <= offset && offset < proposal->file.end)
			return true;
	}
	return false;
}

/* A word that is followed nowhere is one of the base that is gone, or stands in a proposal, which is looked at. */
static bool may_be_missing(const struct looked *looked, uint32_t party, size_t offset)
{
	if (party == BK_NONE)
		return may_go(looked, offset);
	if (is_proposed(looked, party, offset))
		return true;
	for (size_t i = 0; i < looked->proposal_count; i++)
		if (looked->proposals[i].fate == BK_MERGE_TAKEN)
			return true;
	return false;
}

static const char *whose(const struct looked *looked, uint32_t party)
{
	return party == BK_NONE ? "the base" : looked->versions[party].party;
}

/* One word of a text stands whole in the compilation. */
static bool look_at_word(const struct looked *looked, uint32_t party, struct bk_str text, struct bk_span word)
{
	const int len = (int)(word.end - word.start);
	const size_t place = bk_merge_follow(looked->merge, party, word.start);

	if (place == BK_NOWHERE)
		return law(may_be_missing(looked, party, word.start), "'%.*s' of %s at %zu is lost", len,
			text.ptr + word.start, whose(looked, party), word.start);
	if (!law(place < looked->out.len && word.end - word.start <= looked->out.len - place &&
			    memcmp(text.ptr + word.start, looked->out.ptr + place, word.end - word.start) ==
				    0,
		    "'%.*s' of %s at %zu does not stand at %zu", len, text.ptr + word.start,
		    whose(looked, party), word.start, place))
		return false;
	for (size_t i = word.start + 1; i < word.end; i++)
		if (!law(bk_merge_follow(looked->merge, party, i) == place + (i - word.start),
			    "'%.*s' of %s at %zu does not stand in one piece", len, text.ptr + word.start,
			    whose(looked, party), word.start))
			return false;
	return true;
}

static bool look_at_words_of(
	const struct looked *looked, uint32_t party, struct bk_str text, struct merge_figures *figures)
{
	for (size_t at = 0, end; at < text.len; at = end) {
		for (end = at; end < text.len && is_part_of_word(text.ptr[end]);)
			end++;
		if (end > at && !look_at_word(looked, party, text, (struct bk_span){at, end}))
			return false;
		figures->words += end > at;
		end += end == at;
	}
	return true;
}

static bool look_at_words(const struct looked *looked, struct merge_figures *figures)
{
	if (!look_at_words_of(looked, BK_NONE, looked->merging->base, figures))
		return false;
	for (uint32_t i = 0; i < looked->count; i++)
		if (!look_at_words_of(looked, i, text_of(&looked->versions[i]), figures))
			return false;
	return true;
}

/* ---- Proposals ----------------------------------------------------------------------------------------- */

/* Whether the words stand in out in its order; others may have put something in between. */
static bool runs_through(struct bk_str words, struct bk_str out)
{
	size_t at = 0;

	for (size_t i = 0; i < words.len; i++) {
		if (!is_part_of_word(words.ptr[i]))
			continue;
		while (at < out.len && out.ptr[at] != words.ptr[i])
			at++;
		if (at++ == out.len)
			return false;
	}
	return true;
}

/* The same of words of the base, but for those that have gone, as what lies in them and all strike. */
static bool runs_through_rest(const struct looked *looked, struct bk_span base, struct bk_str out)
{
	struct bk_buf rest = BK_BUF_INIT;
	bool runs;

	for (size_t i = base.start; i < base.end; i++)
		if (bk_merge_follow(looked->merge, BK_NONE, i) != BK_NOWHERE || !may_go(looked, i))
			bk_buf_putc(&rest, looked->merging->base.ptr[i]);
	runs = runs_through(bk_buf_str(&rest), out);
	bk_buf_release(&rest);
	return runs;
}

/* Where what is proposed stands, its words are those of the party's text; of what is to go, the base's. */
static bool has_its_words(const struct looked *looked, const struct bk_merge_proposal *proposal)
{
	const struct bk_str out = part_of(looked->out, proposal->out);

	if (proposal->fate == BK_MERGE_LEFT || proposal->act == BK_MERGE_LAYOUT ||
		proposal->fate == BK_MERGE_TAKEN)
		return true;
	if (proposal->act == BK_MERGE_ADD || proposal->act == BK_MERGE_REPLACE ||
		proposal->act == BK_MERGE_MOVE)
		return runs_through(
			part_of(text_of(&looked->versions[proposal->party]), proposal->file), out);
	return runs_through_rest(looked, proposal->base, out);
}

static bk_draft *read_text(const struct looked *looked, struct bk_str bytes)
{
	const struct bk_draft_options options = {
		.conventions = looked->merging->options.conventions, .names = looked->merging->options.names};
	bk_draft *draft = NULL;
	bk_text *text = NULL;

	if (bk_text_new(&text, bytes.ptr, bytes.len) != BK_OK ||
		bk_draft_new(&draft, bk_text_now(text), &options) != BK_OK)
		abort();
	bk_text_free(text);
	return draft;
}

/* What stands in the outermost brackets of some words but for names, without blanks. */
static void put_words_in_brackets(const struct looked *looked, struct bk_str words, struct bk_buf *out)
{
	bk_draft *draft = read_text(looked, words);
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	for (size_t i = 0; i < count; i++)
		for (size_t at = brackets[i].text.start; brackets[i].depth == 1 && at < brackets[i].text.end;
			at++)
			if (is_part_of_word(words.ptr[at]))
				bk_buf_putc(out, words.ptr[at]);
	bk_draft_free(draft);
}

/* Of what differs in names alone, the words in the brackets are the same in both texts, but for their blanks. */
static bool differs_in_names(const struct looked *looked, const struct bk_merge_proposal *proposal)
{
	const struct bk_str base = part_of(looked->merging->base, proposal->base),
			    file = part_of(text_of(&looked->versions[proposal->party]), proposal->file);
	struct bk_buf words[2] = {BK_BUF_INIT, BK_BUF_INIT};
	bool same;

	put_words_in_brackets(looked, base, &words[0]);
	put_words_in_brackets(looked, file, &words[1]);
	same = bk_str_equal(bk_buf_str(&words[0]), bk_buf_str(&words[1]));
	bk_buf_release(&words[0]);
	bk_buf_release(&words[1]);
	return same;
}

static bool has_its_place(const struct looked *looked, const struct bk_merge_proposal *proposal)
{
	const struct bk_merge_place *place;

	if (proposal->fate == BK_MERGE_LEFT)
		return law(proposal->place == BK_NONE && (proposal->act == BK_MERGE_LAYOUT ||
								 (proposal->act == BK_MERGE_REPLACE &&
									 differs_in_names(looked, proposal))),
			"what is left has no place, and is layout, or names");
	if (!law(proposal->place < looked->place_count, "a proposal has a place"))
		return false;
	place = &looked->places[proposal->place];
	return law(place->bracketed == (proposal->fate == BK_MERGE_BRACKETED),
		       "a proposal fares as its place does") &&
	       law(place->out.start <= proposal->out.start && proposal->out.end <= place->out.end,
		       "a proposal stands at its place") &&
	       law(place->base.start <= proposal->base.start && proposal->base.end <= place->base.end,
		       "a proposal is about its place");
}

static bool look_at_proposal(const struct looked *looked, const struct bk_merge_proposal *proposal)
{
	const struct bk_version *version;

	if (!law(proposal->party < looked->count, "a proposal has a party"))
		return false;
	version = &looked->versions[proposal->party];
	return law(lies_in(proposal->base, looked->merging->base.len),
		       "a proposal is about bytes of the base") &&
	       law(lies_in(proposal->file, version->len), "a proposal stands in the party's text") &&
	       law(proposal->fate == BK_MERGE_LEFT || lies_in(proposal->out, looked->out.len),
		       "a proposal stands in the compilation") &&
	       has_its_place(looked, proposal) &&
	       law(has_its_words(looked, proposal), "%s of %s at %zu-%zu has its words at %zu-%zu: '%.*s'",
		       bk_merge_act_name(proposal->act), version->party, proposal->file.start,
		       proposal->file.end, proposal->out.start, proposal->out.end,
		       (int)(proposal->out.end - proposal->out.start), looked->out.ptr + proposal->out.start);
}

/* Nobody is asked to choose between nothing and nothing. */
static bool look_at_substance(const struct looked *looked)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *it = &looked->proposals[i];

		if (!law(it->fate != BK_MERGE_BRACKETED || it->base.start < it->base.end ||
				    it->file.start < it->file.end,
			    "%s of %s at %zu has words in the base or in the party's text",
			    bk_merge_act_name(it->act), looked->versions[it->party].party, it->file.start))
			return false;
	}
	return true;
}

/* By place, then party, then file. */
static bool is_in_order(const struct bk_merge_proposal *a, const struct bk_merge_proposal *b)
{
	if (a->place != b->place)
		return a->place < b->place;
	if (a->party != b->party)
		return a->party < b->party;
	return a->file.start <= b->file.start;
}

/* Of two places one lies in the other, or they are apart. */
static bool do_places_nest(const struct looked *looked)
{
	size_t *ends = malloc((looked->place_count + 1) * sizeof *ends), depth = 0;
	bool nest = true;

	if (!ends)
		abort();
	for (size_t i = 0; nest && i < looked->place_count; i++) {
		const struct bk_span out = looked->places[i].out;

		while (depth && ends[depth - 1] <= out.start)
			depth--;
		nest = law(depth == 0 || out.end <= ends[depth - 1],
			"places do not cross: one at %zu-%zu, where one ends at %zu", out.start, out.end,
			depth ? ends[depth - 1] : 0);
		ends[depth++] = out.end;
	}
	free(ends);
	return nest;
}

static bool look_at_places(const struct looked *looked)
{
	size_t bracketed = 0, inner = 0, placed = 0, end = 0;

	for (size_t i = 0; i < looked->place_count; i++) {
		const struct bk_merge_place *place = &looked->places[i];

		if (place->bracketed && place->from == BK_NONE && place->out.start >= end) {
			bracketed++;
			end = place->out.end;
		} else if (place->bracketed && place->from == BK_NONE) {
			inner += memcmp(&place->out, &looked->places[i - 1].out, sizeof place->out) != 0;
		}
		placed += place->proposal_count;
		if (!law(lies_in(place->out, looked->out.len) &&
				    lies_in(place->base, looked->merging->base.len),
			    "a place lies in the texts") ||
			!law(i == 0 || looked->places[i - 1].out.start <= place->out.start,
				"places are in order") ||
			!law(place->proposal_count > 0, "a place has proposals"))
			return false;
	}
	for (size_t i = 0; i < looked->proposal_count; i++)
		placed -= looked->proposals[i].place != BK_NONE;
	return do_places_nest(looked) && law(placed == 0, "places have all proposals") &&
	       law(bracketed == bk_merge_disputes(looked->merge),
		       "disputes are places in brackets, and in no others") &&
	       law(inner == bk_merge_inner_disputes(looked->merge), "those in others are counted apart") &&
	       law(!looked->merging->options.unopposed || looked->count > 1 || bracketed == 0,
		       "nobody opposes the only party");
}

/* Whether every party wants something at a place. */
static bool is_of_all(const struct looked *looked, uint32_t place)
{
	bool *wants = calloc(looked->count + 1, sizeof *wants), all = true;

	if (!wants)
		abort();
	for (size_t i = 0; i < looked->proposal_count; i++)
		if (looked->proposals[i].place == place)
			wants[looked->proposals[i].party] = true;
	for (size_t i = 0; i < looked->count; i++)
		all = all && wants[i];
	free(wants);
	return all;
}

/* What moved is taken at both ends or at none, but that what all want stands anyway. */
static bool look_at_moves(const struct looked *looked)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *it = &looked->proposals[i];

		if (it->act == BK_MERGE_MOVE && it->source != BK_NONE &&
			!law(looked->places[it->source].bracketed == looked->places[it->place].bracketed ||
					is_of_all(looked, it->source) || is_of_all(looked, it->place),
				"a move of %s to %zu is taken whole or not at all",
				looked->versions[it->party].party, it->file.start))
			return false;
	}
	return true;
}

/* Whether a span is a paragraph, or several: blank lines, or nothing, are round it. */
static bool is_paragraph(struct bk_str text, struct bk_span span)
{
	return span.start < span.end &&
	       (span.start == 0 || (span.start > 1 && memcmp(text.ptr + span.start - 2, "\n\n", 2) == 0)) &&
	       (span.end == text.len || text.ptr[span.end] == '\n') &&
	       (span.end + 1 >= text.len || text.ptr[span.end + 1] == '\n');
}

/* The paragraph that a party took away, or put in; or nothing. */
static struct bk_str paragraph_of(const struct looked *looked, const struct bk_merge_proposal *it, bool came)
{
	const struct bk_str text = came ? text_of(&looked->versions[it->party]) : looked->merging->base;
	const struct bk_span span = came ? it->file : it->base, other = came ? it->base : it->file;

	return it->place != BK_NONE && it->act == (came ? BK_MERGE_ADD : BK_MERGE_DELETE) &&
			       other.start == other.end && is_paragraph(text, span)
		       ? part_of(text, span)
		       : BK_STR("");
}

/* The only proposal of the party that took away, or put in, the same paragraph; or NULL. */
static const struct bk_merge_proposal *other_end_of(
	const struct looked *looked, uint32_t party, struct bk_str words, bool came)
{
	const struct bk_merge_proposal *found = NULL;

	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *it = &looked->proposals[i];

		if (it->party != party || !bk_str_equal(paragraph_of(looked, it, came), words))
			continue;
		if (found)
			return NULL;
		found = it;
	}
	return found;
}

/* Nor does a paragraph that a party took away and put in elsewhere stand at both places, or at none, though it be too
 * short to be told as a move. */
static bool look_at_equal_words(const struct looked *looked)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *it = &looked->proposals[i], *came;
		const struct bk_str words = paragraph_of(looked, it, false);

		came = words.len ? other_end_of(looked, it->party, words, true) : NULL;
		if (came && other_end_of(looked, it->party, words, false) == it &&
			!law(looked->places[it->place].bracketed == looked->places[came->place].bracketed ||
					is_of_all(looked, it->place) || is_of_all(looked, came->place),
				"what %s took to %zu in its text is taken whole or not at all",
				looked->versions[it->party].party, came->file.start))
			return false;
	}
	return true;
}

static bool look_at_proposals(const struct looked *looked)
{
	for (size_t i = 0; i < looked->proposal_count; i++) {
		if (!look_at_proposal(looked, &looked->proposals[i]))
			return false;
		if (i && !law(is_in_order(&looked->proposals[i - 1], &looked->proposals[i]),
				 "proposals are in order"))
			return false;
	}
	return look_at_places(looked);
}

static void touch_word(struct bk_str word, struct bk_str text, bool *touched)
{
	const char *at = text.ptr;

	while (word.len && (at = memmem(at, text.len - (size_t)(at - text.ptr), word.ptr, word.len))) {
		memset(touched + (at - text.ptr), true, word.len);
		at += word.len;
	}
}

/* A name with a verb, by which a party says what is its own, is no word of that: those that the base has. */
static void touch_own_names(
	const struct looked *looked, const bk_draft *base, uint32_t party, struct bk_str text, bool *touched)
{
	size_t count;
	const struct bk_attribution *names = bk_draft_attributions(base, &count);

	for (size_t i = 0; i < count; i++) {
		struct bk_str name = part_of(looked->merging->base, names[i].written);

		if (strcmp(names[i].party, looked->versions[party].party) != 0)
			continue;
		touch_word(bk_str_of(bk_act_name(names[i].act)), text, touched);
		while (name.len) {
			const size_t len = bk_str_find(name, ' ');

			touch_word((struct bk_str){name.ptr, len}, text, touched);
			name = bk_str_skip(name, len + 1);
		}
	}
}

/* Brackets whose words are proposed in place of brackets were read as what says who does: all in them is told of. */
static void touch_proposed_brackets(
	const struct looked *looked, const bk_draft *own, uint32_t party, bool *touched)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(own, &count);
	const struct bk_attribution *names = bk_draft_attributions(own, &count);

	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *proposal = &looked->proposals[i];
		const uint32_t at =
			proposal->party == party ? bk_draft_bracket_at(own, proposal->file.start) : BK_NONE;
		const struct bk_bracket *bracket = at == BK_NONE ? NULL : &brackets[at];

		if (!bracket || !bk_str_starts(part_of(looked->merging->base, proposal->base), BK_STR("[")) ||
			bracket->text.start != proposal->file.start ||
			bracket->text.end != proposal->file.end)
			continue;
		memset(touched + bracket->start, true, bracket->end - bracket->start);
		for (uint32_t n = bracket->attribution; n < bracket->attribution + bracket->attribution_count;
			n++)
			memset(touched + names[n].notation.start, true,
				names[n].notation.end - names[n].notation.start);
	}
}

/* The words of the text that no proposal of the party is about, in the text itself or in the base. */
static void put_untouched(
	const struct looked *looked, const bk_draft *base, uint32_t party, bool in_base, struct bk_buf *out)
{
	const struct bk_str text = in_base ? looked->merging->base : text_of(&looked->versions[party]);
	bool *touched = calloc(text.len + 1, sizeof *touched);

	if (!touched)
		abort();
	for (size_t i = 0; i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *proposal = &looked->proposals[i];
		const struct bk_span span = in_base ? proposal->base : proposal->file;

		for (size_t at = span.start; proposal->party == party && at < span.end; at++)
			touched[at] = true;
	}
	touch_own_names(looked, base, party, text, touched);
	if (!in_base) {
		bk_draft *own = read_text(looked, text);

		touch_proposed_brackets(looked, own, party, touched);
		bk_draft_free(own);
	}
	for (size_t at = 0; at < text.len; at++)
		if (!touched[at] && is_part_of_word(text.ptr[at]))
			bk_buf_putc(out, text.ptr[at]);
	free(touched);
}

/* What words a party changed is all proposed: the others stand in the base and in its text alike. */
static bool look_at_rest(const struct looked *looked)
{
	bk_draft *draft = read_text(looked, looked->merging->base);
	bool same = true;

	for (uint32_t party = 0; same && party < looked->count; party++) {
		struct bk_buf base = BK_BUF_INIT, own = BK_BUF_INIT;

		put_untouched(looked, draft, party, true, &base);
		put_untouched(looked, draft, party, false, &own);
		same = law(bk_str_equal(bk_buf_str(&base), bk_buf_str(&own)),
			"all words that %s changed are proposed", looked->versions[party].party);
		bk_buf_release(&base);
		bk_buf_release(&own);
	}
	bk_draft_free(draft);
	return same;
}

/* ---- Names --------------------------------------------------------------------------------------------- */

/* Whether a bracket around the offset bears the party's name. */
static bool is_named(const bk_draft *draft, size_t offset, const char *party)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_attribution *names = bk_draft_attributions(draft, &count);

	for (uint32_t at = bk_draft_bracket_at(draft, offset); at != BK_NONE; at = brackets[at].parent)
		for (uint32_t i = 0; i < brackets[at].attribution_count; i++)
			if (strcmp(names[brackets[at].attribution + i].party, party) == 0)
				return true;
	return false;
}

/* Whoever reads the compilation alone sees who wants what. */
static bool look_at_names(const struct looked *looked)
{
	bk_draft *draft;
	bool holds = true;

	if (!looked->balanced || looked->merging->options.style == BK_STYLE_NONE)
		return true;
	draft = read_text(looked, looked->out);
	for (size_t i = 0; holds && i < looked->proposal_count; i++) {
		const struct bk_merge_proposal *proposal = &looked->proposals[i];
		const char *party = looked->versions[proposal->party].party;

		holds = proposal->fate != BK_MERGE_BRACKETED ||
			/* A label of its own stands before the brackets. */
			law(is_named(draft, proposal->out.start, party) ||
					(proposal->out.start < proposal->out.end &&
						is_named(draft, proposal->out.end - 1, party)),
				"%s stands by what it proposes at %zu", party, proposal->out.start);
	}
	bk_draft_free(draft);
	return holds;
}

/* ---- Names in no style --------------------------------------------------------------------------------- */

/* How often a name stands beside a bracket. */
static size_t count_written(const bk_draft *draft, uint32_t bracket, const char *party, enum bk_act act)
{
	size_t count, found = 0;
	const struct bk_bracket *it = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *names = bk_draft_attributions(draft, &count) + it->attribution;

	for (uint32_t i = 0; i < it->attribution_count; i++)
		found += names[i].act == act && strcmp(names[i].party, party) == 0;
	return found;
}

/* How often the merge says it of a bracket of its text. */
static size_t count_said(
	const bk_merge *merge, const bk_draft *draft, uint32_t bracket, const char *party, enum bk_act act)
{
	size_t count, found = 0;
	const size_t start = bk_draft_brackets(draft, &count)[bracket].start;
	const struct bk_merge_naming *names = bk_merge_namings(merge, &count);

	for (size_t i = 0; i < count; i++)
		found += names[i].bracket == start && names[i].act == act &&
			 strcmp(names[i].party, party) == 0;
	return found;
}

/* All that is written beside brackets is said of them, or stands there in no style, too. */
static bool are_said(const bk_draft *written, const bk_merge *merge, const bk_draft *bare)
{
	size_t count;
	const struct bk_attribution *names = bk_draft_attributions(written, &count);
	bool holds = true;

	for (size_t i = 0; i < count && holds; i++) {
		const uint32_t bracket = names[i].bracket;
		const enum bk_act act = (enum bk_act)names[i].act;

		holds = law(count_written(bare, bracket, names[i].party, act) ||
				    count_said(merge, bare, bracket, names[i].party, act),
			"in no style, too, %s has said '%s' of bracket %u", names[i].party, bk_act_name(act),
			(unsigned)bracket + 1);
	}
	return holds;
}

/* All that is said of brackets is written beside them, each once. */
static bool are_written(const bk_draft *written, const bk_merge *merge, const bk_draft *bare)
{
	size_t count, brackets;
	const struct bk_merge_naming *names = bk_merge_namings(merge, &count);
	const struct bk_bracket *list = bk_draft_brackets(bare, &brackets);
	bool holds = true;

	for (size_t i = 0; i < count && holds; i++) {
		const uint32_t at = bk_draft_bracket_from(bare, names[i].bracket);

		holds = law(at < brackets && list[at].start == names[i].bracket,
				"what %s says at %zu in no style is said of a bracket", names[i].party,
				names[i].bracket) &&
			law(count_said(merge, bare, at, names[i].party, names[i].act) == 1,
				"%s says '%s' of bracket %u once", names[i].party, bk_act_name(names[i].act),
				(unsigned)at + 1) &&
			law(count_written(written, at, names[i].party, names[i].act) > 0,
				"only where it is written %s says '%s', not of bracket %u", names[i].party,
				bk_act_name(names[i].act), (unsigned)at + 1);
	}
	return holds;
}

/* What is said of brackets, where names are not written, is what is written before their words elsewhere. */
static bool look_at_no_style(const struct looked *looked)
{
	struct merging prefix = *looked->merging, none = prefix;
	bk_merge *merge = NULL, *bare_merge = NULL;
	bk_draft *written = NULL, *bare = NULL;
	size_t count = 0, bare_count = 0;
	bool holds;

	if (!looked->balanced)
		return true;
	prefix.options.style = BK_STYLE_PREFIX;
	none.options.style = BK_STYLE_NONE;
	holds = law(merge_of(&prefix, prefix.versions, &merge) == BK_OK &&
			    merge_of(&none, none.versions, &bare_merge) == BK_OK,
		"any texts are merged in any style: %s", bk_error_message());
	if (holds) {
		written = read_text(looked, bytes_of(merge));
		bare = read_text(looked, bytes_of(bare_merge));
		bk_draft_brackets(written, &count);
		bk_draft_brackets(bare, &bare_count);
		holds = law(count == bare_count, "there are as many brackets in no style") &&
			are_said(written, bare_merge, bare) && are_written(written, bare_merge, bare);
	}
	bk_draft_free(written);
	bk_draft_free(bare);
	bk_merge_free(merge);
	bk_merge_free(bare_merge);
	return holds;
}

/* ---- All ----------------------------------------------------------------------------------------------- */

static void look(struct looked *looked, struct merge_figures *figures)
{
	looked->out = bytes_of(looked->merge);
	looked->versions = bk_merge_versions(looked->merge, &looked->count);
	looked->proposals = bk_merge_proposals(looked->merge, &looked->proposal_count);
	looked->places = bk_merge_places(looked->merge, &looked->place_count);
	figures->merges++;
	figures->proposals += looked->proposal_count;
	figures->places += looked->place_count;
	figures->bracketed += bk_merge_disputes(looked->merge);
	for (size_t i = 0; i < looked->proposal_count; i++)
		figures->left += looked->proposals[i].fate == BK_MERGE_LEFT;
}

static bool look_at_all(struct looked *looked, struct merge_figures *figures)
{
	return look_at_balance(looked) && look_at_recovery(looked) && look_at_substance(looked) &&
	       look_at_moves(looked) && look_at_equal_words(looked) && look_at_proposals(looked) &&
	       look_at_rest(looked) && look_at_words(looked, figures) && look_at_names(looked) &&
	       look_at_no_style(looked) && look_at_order(looked);
}

static bool look_at_texts(struct looked *looked, struct merge_figures *figures)
{
	(void)figures;
	return look_at_balance(looked) && look_at_recovery(looked) && look_at_substance(looked) &&
	       look_at_moves(looked) && look_at_equal_words(looked) && look_at_no_style(looked) &&
	       look_at_order(looked);
}

static const char *look_at_merge(const struct merging *merging, struct merge_figures *figures,
	bool (*look_at)(struct looked *looked, struct merge_figures *figures))
{
	struct looked looked = {.merging = merging};
	struct merge_figures own = {0};
	bool holds = law(merge_of(merging, merging->versions, &looked.merge) == BK_OK,
		"any texts are merged: %s", bk_error_message());

	if (holds) {
		look(&looked, figures ? figures : &own);
		holds = law(looked.count == merging->count, "each version is one of the merge") &&
			look_at(&looked, figures ? figures : &own);
	}
	bk_merge_free(looked.merge);
	return holds ? NULL : broken;
}

const char *merge_laws(const struct merging *merging, struct merge_figures *figures)
{
	return look_at_merge(merging, figures, look_at_all);
}

const char *merge_recovers(const struct merging *merging, struct merge_figures *figures)
{
	return look_at_merge(merging, figures, look_at_texts);
}

/* ---- Identity ------------------------------------------------------------------------------------------ */

/* So many texts merged are just this one; "b" stands for the base, "a" for the version. */
static bool gives(struct bk_str base, struct bk_str version, const char *given,
	const struct bk_merge_options *options, const char *wanted, struct merge_figures *figures)
{
	static const char *const parties[] = {"US", "EU", "AU"};
	const struct bk_str want = *wanted == 'a' ? version : base;
	struct bk_version versions[3];
	const struct merging merging = {base, versions, strlen(given), *options};
	bk_merge *merge = NULL;
	bool holds;

	for (size_t i = 0; given[i]; i++) {
		const struct bk_str text = given[i] == 'a' ? version : base;

		versions[i] = (struct bk_version){parties[i], parties[i], text.ptr, text.len};
	}
	figures->merges++;
	holds = law(merge_of(&merging, versions, &merge) == BK_OK, "any texts are merged: %s",
			bk_error_message()) &&
		law(bk_str_equal(bytes_of(merge), want), "a merge%s of %s is %s",
			options->unopposed ? ", unopposed," : "", given, wanted);
	bk_merge_free(merge);
	return holds;
}

const char *merge_in_stretches(const struct merging *merging, size_t stretches)
{
	const size_t counts[] = {stretches, 1};
	bk_merge *merges[2] = {NULL, NULL};
	bool holds = true;

	for (size_t i = 0; i < 2 && holds; i++)
		holds = law(bk_merge_new_in_stretches(&merges[i], merging->base, merging->versions,
				    merging->count, &merging->options, counts[i]) == BK_OK,
			"any number of stretches is placed: %s", bk_error_message());
	holds = holds && is_alike(merges[0], merges[1]);
	bk_merge_free(merges[0]);
	bk_merge_free(merges[1]);
	return holds ? NULL : broken;
}

const char *merge_identities(struct bk_str base, struct bk_str version,
	const struct bk_merge_options *options, struct merge_figures *figures)
{
	struct merge_figures own = {0};
	struct merge_figures *into = figures ? figures : &own;
	struct bk_merge_options silent = *options, unopposed = *options;

	silent.unopposed = false;
	unopposed.unopposed = true;
	return gives(base, version, "b", &silent, "b", into) &&
			       gives(base, version, "bbb", &silent, "b", into) &&
			       gives(base, version, "aa", &silent, "a", into) &&
			       gives(base, version, "aaa", &silent, "a", into) &&
			       gives(base, version, "b", &unopposed, "b", into) &&
			       gives(base, version, "a", &unopposed, "a", into) &&
			       gives(base, version, "ab", &unopposed, "a", into) &&
			       gives(base, version, "ba", &unopposed, "a", into) &&
			       gives(base, version, "aa", &unopposed, "a", into) &&
			       gives(base, version, "bab", &unopposed, "a", into)
		       ? NULL
		       : broken;
}
