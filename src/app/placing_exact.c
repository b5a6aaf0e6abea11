/*
 * The base where it is retained, to the byte.  What goes from a place is mended as all seams are, by what reads well;
 * but what the base has there is known:
 *
 *	3. [EU: Board] [and meets][US: countries] here		and the base of it
 *	3.  And meets here					as it is mended
 *	3. and meets here					as the base has it
 *
 * So what is to stand between the last byte of the base before the place and the first one behind it is what the base
 * has between the two, where nothing else stands there that is to be decided.
 */
#include "app/placing_private.h"

#include "base/error.h"
#include "draft/changes.h"

#include <string.h>

/* Part of the base, and of the draft, which stands there instead. */
struct part {
	struct bk_span base, now;
};

static struct bk_span whole_of(const bk_draft *draft, uint32_t bracket)
{
	size_t count;

	return bk_placing_whole(draft, &bk_draft_brackets(draft, &count)[bracket]);
}

static bool is_of_base(const bk_placing *placing, size_t issued)
{
	return bk_proof_origin(placing->proof, issued) != BK_NOWHERE;
}

/* ---- Beside a bracket ---------------------------------------------------------------------------------- */

/* Whether an offset of the compilation is in a bracket of the place that goes. */
static bool goes(const bk_placing *placing, const struct bk_placing_place *place, size_t issued)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);

	for (size_t i = 0; i < place->own_count; i++) {
		const struct bk_span whole = whole_of(placing->issued, own[i].issued);

		if (whole.start <= issued && issued < whole.end)
			return own[i].now != BK_NONE && !bk_placing_says_base(placing, &own[i]);
	}
	return false;
}

/* What came by the merge beside a bracket that did, and still stands there, up to another bracket or to the base: so
 * many bytes of its label, and of blanks beyond. */
struct beside {
	size_t label, blanks;
	bool other; /* a bracket stands there that is not to go */
};

static struct beside look_before(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *bracket)
{
	const size_t issued = whole_of(placing->issued, bracket->issued).start,
		     now = whole_of(placing->now, bracket->now).start;
	size_t len;
	const char *was = bk_draft_bytes(placing->issued, &len), *is = bk_draft_bytes(placing->now, &len);
	struct beside out = {0};

	const size_t floor = bk_placing_end_before(placing->issued, bracket->issued);
	size_t at = 0;

	for (; at < issued - floor && at < now && !is_of_base(placing, issued - at - 1) &&
		was[issued - at - 1] == is[now - at - 1];
		at++)
		out.label = bk_is_space(was[issued - at - 1]) ? out.label : at + 1;
	out.blanks = at - out.label;
	out.other = at < issued && !is_of_base(placing, issued - at - 1) &&
		    !goes(placing, place, issued - at - 1);
	return out;
}

static struct beside look_behind(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *bracket)
{
	size_t was_len, is_len;
	const char *was = bk_draft_bytes(placing->issued, &was_len),
		   *is = bk_draft_bytes(placing->now, &is_len);
	const size_t issued = whole_of(placing->issued, bracket->issued).end,
		     now = whole_of(placing->now, bracket->now).end;
	struct beside out = {0};

	/* A label is that of the bracket behind it. */
	while (issued + out.blanks < was_len && now + out.blanks < is_len &&
		!is_of_base(placing, issued + out.blanks) && bk_is_space(was[issued + out.blanks]) &&
		was[issued + out.blanks] == is[now + out.blanks])
		out.blanks++;
	out.other = issued + out.blanks < was_len && !is_of_base(placing, issued + out.blanks) &&
		    !goes(placing, place, issued + out.blanks);
	return out;
}

/* It goes with that; beside another one that stays, the blank stays on its side. */
static int take_out(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *bracket, bk_cuts *cuts)
{
	const struct bk_span whole = whole_of(placing->now, bracket->now);
	const struct beside before = look_before(placing, place, bracket),
			    behind = look_behind(placing, place, bracket);
	const bool keeps_before = before.other && behind.blanks,
		   keeps_behind = behind.other && before.blanks && !keeps_before;

	return bk_cuts_add(cuts, whole.start - before.label - (keeps_before ? 0 : before.blanks),
		whole.end + (keeps_behind ? 0 : behind.blanks), BK_CUT_WORDS);
}

/* The cuts as changes, with nothing mended. */
static int finish(int status, bk_cuts *cuts, bk_changes **out)
{
	bk_changes *changes = NULL;
	size_t end = 0;

	if (status == BK_OK)
		status = bk_changes_new(&changes);
	bk_cuts_sort(cuts);
	for (size_t i = 0; i < cuts->len && status == BK_OK; i++) {
		struct bk_span span = cuts->items[i].span;

		span.start = span.start < end ? end : span.start;
		if (span.start < span.end)
			status = bk_changes_add(changes, span, "", 0);
		end = span.end > end ? span.end : end;
	}
	BK_VEC_RELEASE(cuts);
	if (status == BK_OK)
		*out = changes;
	else
		bk_changes_free(changes);
	return status;
}

/* ---- The part of the base ------------------------------------------------------------------------------ */

/* All that the brackets of a place take in, in the compilation and in the draft. */
static void find_hulls(const bk_placing *placing, const struct bk_placing_place *place,
	struct bk_span *issued, struct bk_span *now)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);

	*issued = *now = (struct bk_span){SIZE_MAX, 0};
	for (size_t i = 0; i < place->own_count; i++) {
		const struct bk_span was = whole_of(placing->issued, own[i].issued);

		issued->start = was.start < issued->start ? was.start : issued->start;
		issued->end = was.end > issued->end ? was.end : issued->end;
		if (own[i].now == BK_NONE)
			continue;
		const struct bk_span is = whole_of(placing->now, own[i].now);

		now->start = is.start < now->start ? is.start : now->start;
		now->end = is.end > now->end ? is.end : now->end;
	}
}

/* So many bytes tell that it is they: the last of a text, and the first. */
enum { ENOUGH = 8 };

static struct bk_str last_of(struct bk_str text)
{
	return text.len > ENOUGH ? bk_str_skip(text, text.len - ENOUGH) : text;
}

static struct bk_str first_of(struct bk_str text)
{
	return (struct bk_str){text.ptr, text.len > ENOUGH ? ENOUGH : text.len};
}

/* A span of the compilation with what came by the merge beside it: both ends are at the base. */
static struct bk_span widen(const bk_placing *placing, struct bk_span issued)
{
	size_t len;

	bk_draft_bytes(placing->issued, &len);
	while (issued.start > 0 && !is_of_base(placing, issued.start - 1))
		issued.start--;
	while (issued.end < len && !is_of_base(placing, issued.end))
		issued.end++;
	return issued;
}

/* What the base has between the ends of such a span; where they stand the other way round in it, the start lies behind
 * the end. */
static struct bk_span base_part(const bk_placing *placing, struct bk_span wide)
{
	size_t len;

	bk_draft_bytes(placing->issued, &len);
	return (struct bk_span){wide.start > 0 ? bk_proof_origin(placing->proof, wide.start - 1) + 1 : 0,
		wide.end < len ? bk_proof_origin(placing->proof, wide.end) : placing->base.len};
}

/*
 * Where the base ends before an offset of the draft, which may have between the two what is left of what came by the
 * merge: that part of the compilation.  False where that cannot be told.
 */
static bool find_start(const bk_placing *placing, struct bk_span came, size_t now, struct part *part)
{
	size_t len, first = now, most = 0;
	const char *was = bk_draft_bytes(placing->issued, &len), *is = bk_draft_bytes(placing->now, &len);
	const struct bk_str before = last_of((struct bk_str){placing->base.ptr, part->base.start});

	for (size_t at = came.end; at > came.start; at--)
		if (first > 0 && is[first - 1] == was[at - 1])
			first--;
	part->now.start = first;
	for (size_t at = now + 1; at-- > first && most < ENOUGH;) {
		const size_t same = bk_str_common_end((struct bk_str){is, at}, before);

		part->now.start = same > most ? at : part->now.start;
		most = same > most ? same : most;
	}
	return most > 0 || (part->base.start == 0 && first == 0);
}

/* The same of where it goes on behind. */
static bool find_end(const bk_placing *placing, struct bk_span came, size_t now, struct part *part)
{
	size_t was_len, is_len, last = now, most = 0;
	const char *was = bk_draft_bytes(placing->issued, &was_len),
		   *is = bk_draft_bytes(placing->now, &is_len);
	const struct bk_str behind = first_of(bk_str_skip(placing->base, part->base.end));

	for (size_t at = came.start; at < came.end; at++)
		if (last < is_len && is[last] == was[at])
			last++;
	part->now.end = last;
	for (size_t at = now; at <= last && most < ENOUGH; at++) {
		const size_t same = bk_str_common_start((struct bk_str){is + at, is_len - at}, behind);

		part->now.end = same > most ? at : part->now.end;
		most = same > most ? same : most;
	}
	return most > 0 || (part->base.end == placing->base.len && last == is_len);
}

static bool find_part(const bk_placing *placing, const struct bk_placing_place *place, struct part *out)
{
	struct bk_span issued, now;

	find_hulls(placing, place, &issued, &now);
	if (now.start >= now.end)
		return false;
	const struct bk_span wide = widen(placing, issued);

	out->base = base_part(placing, wide);
	return out->base.start <= out->base.end &&
	       find_start(placing, (struct bk_span){wide.start, issued.start}, now.start, out) &&
	       find_end(placing, (struct bk_span){issued.end, wide.end}, now.end, out);
}

/* What stands in a part of the draft once changes are made, which lie in it; false where one does not. */
static bool make(
	const bk_placing *placing, const bk_changes *changes, struct bk_span span, struct bk_buf *out)
{
	size_t count, len, at = span.start;
	const struct bk_change *all = bk_changes_list(changes, &count);
	const char *bytes = bk_draft_bytes(placing->now, &len);

	for (size_t i = 0; i < count; i++) {
		if (all[i].span.start < span.start || all[i].span.end > span.end)
			return false;
		bk_buf_put(out, bytes + at, all[i].span.start - at);
		bk_buf_put(out, all[i].bytes, all[i].len);
		at = all[i].span.end;
	}
	bk_buf_put(out, bytes + at, span.end - at);
	return true;
}

/* What is said of a text: no blanks, marks or capitals. */
static size_t next_said(struct bk_str text, size_t at)
{
	while (at < text.len && !bk_is_word(text.ptr[at]) && !strchr("[]{}", text.ptr[at]))
		at++;
	return at;
}

static bool say_same(struct bk_str one, struct bk_str other)
{
	size_t i = next_said(one, 0), k = next_said(other, 0);

	while (i < one.len && k < other.len && bk_to_lower(one.ptr[i]) == bk_to_lower(other.ptr[k])) {
		i = next_said(one, i + 1);
		k = next_said(other, k + 1);
	}
	return i == one.len && k == other.len;
}

/* Let words stand in a span, of which what is there already is not touched. */
static int replace(const bk_placing *placing, bk_changes **changes, struct bk_span span, struct bk_str words)
{
	const struct bk_str there = bk_placing_words(placing->now, span);
	const size_t start = bk_str_common_start(there, words);
	const size_t end = bk_str_common_end(bk_str_skip(there, start), bk_str_skip(words, start));
	bk_changes *exact;
	int status = bk_changes_new(&exact);

	if (status == BK_OK && (there.len > start + end || words.len > start + end))
		status = bk_changes_add(exact, (struct bk_span){span.start + start, span.end - end},
			words.ptr + start, words.len - start - end);
	if (status < 0) {
		bk_changes_free(exact);
		return status;
	}
	bk_changes_free(*changes);
	*changes = exact;
	return BK_OK;
}

/* Where nothing else stands there that is to be decided, what the base has: its blanks and marks may stand nowhere
 * in the compilation. */
static int put_right(const bk_placing *placing, const struct bk_placing_place *place, bk_changes **changes)
{
	struct bk_buf made = BK_BUF_INIT;
	struct part part;
	int status = BK_OK;

	if (find_part(placing, place, &part) && make(placing, *changes, part.now, &made)) {
		const struct bk_str words = {
			placing->base.ptr + part.base.start, part.base.end - part.base.start};

		if (say_same(bk_buf_str(&made), words))
			status = replace(placing, changes, part.now, words);
	}
	status = bk_buf_status(&made) == BK_OK ? status : bk_fail_memory();
	bk_buf_release(&made);
	return status;
}

int bk_placing_settle_base(const bk_placing *placing, const struct bk_placing_place *place, bk_changes **out)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	bk_cuts cuts = {0};
	uint32_t before = BK_NONE;
	int status = BK_OK;

	for (size_t i = 0; i < place->own_count && status == BK_OK; i++) {
		/* Of those that were joined into one, the first tells. */
		if (own[i].now == BK_NONE || own[i].now == before)
			continue;
		before = own[i].now;
		status = bk_placing_says_base(placing, &own[i])
				 ? bk_placing_give_back(placing, &own[i], &cuts)
				 : take_out(placing, place, &own[i], &cuts);
	}
	status = finish(status, &cuts, out);
	return status == BK_OK ? put_right(placing, place, out) : status;
}

/* ---- What stands --------------------------------------------------------------------------------------- */

/* What is to stand of a place, and as much beside it as tells: as in the base, or as in the compilation. */
struct sought {
	struct bk_str words, before[2], behind[2];
};

static bool stands_at(struct bk_str now, size_t at, const struct sought *sought)
{
	if (at > now.len || !bk_str_starts(bk_str_skip(now, at), sought->words))
		return false;
	const struct bk_str before = {now.ptr, at}, behind = bk_str_skip(now, at + sought->words.len);

	return (bk_str_ends(before, sought->before[0]) || bk_str_ends(before, sought->before[1])) &&
	       (bk_str_starts(behind, sought->behind[0]) || bk_str_starts(behind, sought->behind[1]));
}

/* Whether the ledger keeps a name of those who want something there beside a bracket that stands. */
static bool keeps_any_name(const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);

	for (size_t i = 0; i < place->own_count; i++)
		if (own[i].now != BK_NONE &&
			bk_placing_keeps_name(placing, place, &placing->now_names, own[i].now))
			return true;
	return false;
}

bool bk_placing_stands_base(const bk_placing *placing, const struct bk_placing_place *place, size_t near)
{
	enum { FAR = 100 };
	struct bk_span issued, now;
	struct bk_str was, is;

	if (!placing->base.ptr || near == BK_NOWHERE || keeps_any_name(placing, place))
		return false;
	find_hulls(placing, place, &issued, &now);
	was.ptr = bk_draft_bytes(placing->issued, &was.len);
	is.ptr = bk_draft_bytes(placing->now, &is.len);
	const struct bk_span wide = widen(placing, issued), base = base_part(placing, wide);

	if (base.start > base.end)
		return false;
	const struct sought sought = {.words = {placing->base.ptr + base.start, base.end - base.start},
		.before = {last_of((struct bk_str){placing->base.ptr, base.start}),
			last_of((struct bk_str){was.ptr, wide.start})},
		.behind = {first_of(bk_str_skip(placing->base, base.end)),
			first_of(bk_str_skip(was, wide.end))}};

	for (size_t at = near > FAR ? near - FAR : 0; at < near + FAR; at++)
		if (stands_at(is, at, &sought) &&
			(now.start > now.end || (at <= now.start && now.end <= at + sought.words.len)))
			return true;
	return false;
}
