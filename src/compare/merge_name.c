/* Names: written with what is proposed, and added to brackets of the base. */
#include "compare/merge_place.h"

#include "draft/naming.h"
#include "draft/option.h"

#include <stdlib.h>
#include <string.h>

bool bk_merge_ends_literal(struct bk_str bytes)
{
	size_t count = 0;

	while (count < bytes.len && bytes.ptr[bytes.len - 1 - count] == '\\')
		count++;
	return count % 2 == 1;
}

/* Words whose brackets do not all match, with a backslash before those that do not. */
static int put_words(const struct bk_merge *merge, struct bk_buf *out, struct bk_str words)
{
	bk_offsets lone = {0};
	size_t at = 0;
	int status = bk_pairing_list_lone(&lone, words, merge->base.notation.conventions);

	for (size_t i = 0; i < lone.len && status == BK_OK; at = lone.items[i++]) {
		bk_buf_put(out, words.ptr + at, lone.items[i] - at);
		bk_buf_putc(out, '\\');
	}
	bk_buf_put_str(out, bk_str_skip(words, at));
	if (bk_merge_ends_literal(words))
		bk_buf_putc(out, '\\');
	BK_VEC_RELEASE(&lone);
	return status;
}

/* Append a bracket with words and what is inscribed on it; at is where the words are. */
static int put_bracket(const struct bk_merge *merge, struct bk_buf *out,
	const struct bk_inscription *inscription, struct bk_str words, struct bk_span *at)
{
	int status;

	bk_buf_putc(out, '[');
	bk_buf_put_str(out, bk_buf_str(&inscription->inside));
	at->start = out->len;
	status = put_words(merge, out, words);
	at->end = out->len;
	bk_buf_put_str(out, bk_buf_str(&inscription->end));
	bk_buf_putc(out, ']');
	bk_buf_put_str(out, bk_buf_str(&inscription->behind));
	return status == BK_OK ? bk_buf_status(out) : status;
}

/* Whether all who are read in a bracket are among the names gathered, and say the same there. */
static bool names_only(const struct bk_placing_region *placing, const struct bk_shell *shell)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0, j; i < count; i++) {
		for (j = 0; j < placing->names.len; j++)
			if (names[i].act == placing->names.items[j].act &&
				strcmp(names[i].party, placing->names.items[j].party) == 0)
				break;
		if (j == placing->names.len)
			return false;
	}
	return true;
}

/* Whether words are read as words beside what is inscribed, and nobody else is read to say them: "[JP: shall] (EU)"
 * and "[EU: shall - JP]" name Japan. */
static int reads_well(const struct bk_placing_region *placing, struct bk_str words, bool *well)
{
	const struct bk_merge *merge = placing->merge;
	struct bk_buf read = BK_BUF_INIT;
	struct bk_shells shells = {.notation = merge->base.notation};
	struct bk_shell shell = {.bracket = BK_NONE};
	struct bk_span at;
	int status = put_bracket(merge, &read, &placing->inscription, words, &at);

	shells.bytes = bk_buf_str(&read);
	if (status == BK_OK)
		status = bk_shell_read_all(&shell, &shells);
	*well = shell.bracket == BK_NONE ||
		(shell.words.start <= at.start && shell.words.end >= at.end && names_only(placing, &shell));
	bk_shells_release(&shells);
	bk_buf_release(&read);
	return status;
}

enum { NAMES = 400 }; /* bytes of the longest list of names that is read inside a bracket */

/* Whether a list of names may stand behind words, as far as can be told at sight: there is a dash beside a blank. */
static bool may_name_behind(struct bk_str words)
{
	for (size_t at = words.len > NAMES ? words.len - NAMES : 0; at < words.len; at++) {
		const size_t len = bk_str_dash(bk_str_skip(words, at));

		if (len && ((at > 0 && bk_is_space(words.ptr[at - 1])) ||
				   (at + len < words.len && bk_is_space(words.ptr[at + len]))))
			return true;
	}
	return false;
}

/* The same before them: there is a colon.  Names that are written before it are the only ones read there. */
static bool may_name_before(struct bk_str words, enum bk_style style)
{
	const struct bk_str first = {words.ptr, words.len < NAMES ? words.len : NAMES};

	return style != BK_STYLE_PREFIX &&
	       (bk_str_find(first, ':') < first.len || memmem(first.ptr, first.len, "：", strlen("：")));
}

/* Where the words go on behind the header of an option that they begin with; 0: they begin with none. */
static size_t behind_header(struct bk_str words)
{
	struct bk_option_header header;
	struct bk_lead lead;

	bk_lead_parse(words, &lead);
	return lead.len < words.len && bk_option_parse(words, &lead, &header) &&
			       header.word != BK_OPTION_LABEL
		       ? header.text
		       : 0;
}

/* The style in which names are written beside words, behind a label: behind the words of a heading, which begins
 * with its number, behind an option's header alone, and behind words that would be read as what is done,
 * `[EU: maintain]`; before such a header that is said with its words, which would else be that of a choice and go
 * where this is made. */
static enum bk_style style_of(const struct bk_merge *merge, struct bk_str label, struct bk_str words)
{
	const enum bk_style style = merge->options.style;
	const size_t header = behind_header(words);
	const bool is_header = header && header >= words.len, is_heading = label.len && label.ptr[0] == '#';

	if (style == BK_STYLE_PREFIX && (is_heading || is_header || bk_naming_misleads(words)))
		return BK_STYLE_PARENTHESIS;
	return style != BK_STYLE_NONE && header && !is_header ? BK_STYLE_PREFIX : style;
}

static int write_styles(struct bk_placing_region *placing, const enum bk_style *styles, size_t count)
{
	int status = BK_OK;

	bk_inscription_clear(&placing->inscription);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		status = bk_inscription_write(
			&placing->inscription, styles[i], placing->names.items, placing->names.len);
	return status;
}

/* Where others would be read in the words beside the names, these stand elsewhere: before the words, behind them,
 * or at both ends, where nobody else is read but who stands between slashes: "[change - EU / promote - US]". */
int bk_place_inscribe(struct bk_placing_region *placing, struct bk_str label, struct bk_str words)
{
	static const struct {
		enum bk_style list[2];
		size_t count;
	} others[] = {
		{{BK_STYLE_PREFIX}, 1},
		{{BK_STYLE_PARENTHESIS}, 1},
		{{BK_STYLE_DASH}, 1},
		{{BK_STYLE_PREFIX, BK_STYLE_DASH}, 2},
	};
	enum bk_style style;
	bool well = true;
	int status;

	bk_inscription_clear(&placing->inscription);
	if (!placing->names.len)
		return BK_OK;
	style = style_of(placing->merge, label, words);
	status = write_styles(placing, &style, 1);
	if (status != BK_OK || !(may_name_behind(words) || may_name_before(words, style)))
		return status;
	status = reads_well(placing, words, &well);
	for (size_t i = 0; i < sizeof others / sizeof *others && status == BK_OK && !well; i++) {
		status = write_styles(placing, others[i].list, others[i].count);
		if (status == BK_OK)
			status = reads_well(placing, words, &well);
	}
	return well || status != BK_OK ? status : write_styles(placing, &style, 1);
}

/* Marks of emphasis that are open at an offset of a line: "**2. " has two. */
struct emphasis {
	char mark;
	size_t count;
};

static struct emphasis open_emphasis(struct bk_str line, size_t at)
{
	struct emphasis open = {0};
	size_t run;

	for (size_t i = 0; i < at; i += run ? run : 1) {
		for (run = 0;
			i + run < at && bk_is_emphasis(line.ptr[i]) && line.ptr[i + run] == line.ptr[i];)
			run++;
		if (run && open.count == run && open.mark == line.ptr[i])
			open.count = 0;
		else if (run && !open.count)
			open = (struct emphasis){line.ptr[i], run};
	}
	return open;
}

static bool tears_emphasis(struct bk_str line, size_t at)
{
	const struct emphasis open = open_emphasis(line, at);

	return open.count && at < line.len && memchr(line.ptr + at, open.mark, line.len - at);
}

static bool has_bracket(struct bk_str line, size_t end)
{
	return memchr(line.ptr, '[', end) || memchr(line.ptr, ']', end);
}

static size_t behind_lead(struct bk_str line)
{
	struct bk_option_header option;
	struct bk_label label;
	struct bk_lead lead;
	bool labelled;
	size_t end;

	bk_lead_parse(line, &lead);
	if (lead.brackets)
		return 0;
	labelled = bk_label_parse(bk_str_skip(line, lead.len), &label);
	if (bk_option_parse_at(line, &lead, labelled ? &label : NULL, &option) &&
		!has_bracket(line, option.text))
		return option.text;
	if (lead.hashes || !labelled)
		return lead.hashes ? lead.len : 0;
	end = lead.len + label.len;
	/* "**2.** They meet" */
	for (struct emphasis open = open_emphasis(line, end);
		open.count && end < line.len && line.ptr[end] == open.mark; open.count--)
		end++;
	return has_bracket(line, end) ? 0 : bk_token_blanks(line, end);
}

size_t bk_merge_behind_label(struct bk_str text, struct bk_span words)
{
	const struct bk_str until = {text.ptr, words.end};
	size_t start = words.start, at, below;
	struct bk_str line;

	while (start > 0 && bk_is_blank(text.ptr[start - 1]))
		start--;
	if (start > 0 && text.ptr[start - 1] != '\n')
		return words.start;
	line = bk_str_skip(until, start);
	line.len = bk_str_find(line, '\n');
	at = behind_lead(line);
	if (at == 0 || start + at <= words.start || tears_emphasis(line, at))
		return words.start;
	if (at < line.len)
		return start + at;
	/* The header of an option stands above its text. */
	below = bk_token_blanks(until, start + at);
	return below < words.end ? below : words.start;
}

struct bk_str bk_merge_behind(struct bk_str text, struct bk_span words)
{
	words = bk_token_trim(text, words);
	words.start = bk_merge_behind_label(text, words);
	return (struct bk_str){text.ptr + words.start, words.end - words.start};
}

int bk_place_add_names(struct bk_placing_region *placing, size_t at)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->names.len && status == BK_OK; i++)
		status = bk_placed_add_name(&placing->stretch->placed, (struct bk_named_at){BK_NONE, at},
			&placing->names.items[i]);
	return status;
}

void bk_place_tell_names(struct bk_placing_region *placing, uint32_t event)
{
	struct bk_placed *placed = &placing->stretch->placed;

	for (; placing->told < placed->named.len; placing->told++)
		placed->named.items[placing->told].event = event;
}

int bk_place_put_bracket(
	struct bk_placing_region *placing, struct bk_str label, struct bk_str words, struct bk_span *at)
{
	int status = bk_place_inscribe(placing, label, words);

	if (status == BK_OK)
		status = bk_place_add_names(placing, placing->text.len);
	return status == BK_OK ? put_bracket(placing->merge, &placing->text, &placing->inscription, words, at)
			       : status;
}

static int compare_namings(const void *a, const void *b)
{
	const struct bk_naming_of *x = a, *y = b;

	if (x->mark != y->mark)
		return x->mark < y->mark ? -1 : 1;
	if (x->name.act != y->name.act)
		return x->name.act < y->name.act ? -1 : 1;
	return strcmp(x->name.party, y->name.party);
}

static int add_change(struct bk_merge *merge, const struct bk_shell *shell, const struct bk_mark *close,
	const struct bk_change *change)
{
	const size_t at = shell->window + change->span.start;
	char *text = bk_arena_dup(&merge->placed.arena, change->bytes, change->len);
	struct bk_merge_event *event;
	enum bk_rank rank = BK_RANK_NAMES;

	if (!text)
		return bk_fail_memory();
	if (at > shell->words.start || at == close->start)
		rank = at <= close->start ? BK_RANK_LAST_NAMES : BK_RANK_END;
	event = bk_placed_event(&merge->placed, at, rank, shell->start, (struct bk_str){text, change->len});
	if (!event)
		return bk_fail_memory();
	event->turn = BK_TURN_NAMES;
	return BK_OK;
}

/* Whether an offset is in a heading, behind nothing but its marks. */
static bool begins_heading(struct bk_str bytes, size_t at)
{
	bool marks = false;

	for (; at > 0 && (bk_is_blank(bytes.ptr[at - 1]) || bytes.ptr[at - 1] == '#'); at--)
		marks = marks || bytes.ptr[at - 1] == '#';
	return marks && (at == 0 || bytes.ptr[at - 1] == '\n');
}

/* Whether a party has said something else behind the words: what it says last is what it wants. */
static bool is_named_behind(const struct bk_shell *shell, const char *party)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++)
		if (names[i].written.start + shell->window >= shell->words.end &&
			strcmp(names[i].party, party) == 0)
			return true;
	return false;
}

/* Before a label, or what a heading begins with, names would keep it from being read. */
static enum bk_style style_for(
	const struct bk_merge *merge, const struct bk_shell *shell, const struct bk_inscribed *name)
{
	const struct bk_str bytes = merge->base.tokens.bytes;
	const struct bk_str words = bk_shell_words(bytes, shell);

	const bool has_label =
		bk_token_opens(words) && bk_merge_behind_label(words, (struct bk_span){0, words.len});

	if (merge->options.style == BK_STYLE_PREFIX && (has_label || begins_heading(bytes, shell->start)))
		return BK_STYLE_PARENTHESIS;
	return merge->options.style != BK_STYLE_NONE && is_named_behind(shell, name->party)
		       ? BK_STYLE_PARENTHESIS
		       : merge->options.style;
}

/* Who asks for the words already supports them. */
static bool says_so(const struct bk_shell *shell, const struct bk_inscribed *name)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count && name->act == BK_ACT_SUPPORT; i++)
		if (names[i].act == BK_ACT_PROPOSE && strcmp(names[i].party, name->party) == 0)
			return true;
	return false;
}

/* Put those of some names that are written in a style beside a bracket; there is room for all of them again. */
static int add_names(const struct bk_merge *merge, const struct bk_shell *shell, enum bk_style style,
	const struct bk_inscribed *names, size_t count, struct bk_inscribed *room, bk_changes *changes)
{
	size_t chosen = 0;

	for (size_t i = 0; i < count; i++)
		if (style_for(merge, shell, &names[i]) == style)
			room[chosen++] = names[i];
	return chosen ? bk_inscription_add(shell->draft, shell->bracket, style, room, chosen, changes)
		      : BK_OK;
}

/* All names for one bracket, count of them. */
static int write_names(struct bk_merge *merge, const struct bk_naming_of *namings, size_t count)
{
	const struct bk_mark *open = &merge->base.pairing.marks.items[namings->mark],
			     *close = &merge->base.pairing.marks.items[open->partner];
	struct bk_inscribed *names = bk_arena_array(&merge->arena, 2 * count, sizeof *names);
	const struct bk_change *list;
	bk_changes *changes = NULL;
	struct bk_shell shell = {0};
	size_t changed, new_count = 0;
	int status = names ? bk_changes_new(&changes) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_shell_read(&shell, &merge->base.shells, open, close);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (!says_so(&shell, &namings[i].name))
			names[new_count++] = namings[i].name;
	if (shell.bracket == BK_NONE)
		new_count = 0;
	for (size_t i = 0; i < new_count && status == BK_OK; i++)
		status = bk_placed_add_name(
			&merge->placed, (struct bk_named_at){BK_NONE, open->start}, &names[i]);
	for (int style = 0; style < BK_STYLE_COUNT && new_count && status == BK_OK; style++)
		status = add_names(
			merge, &shell, (enum bk_style)style, names, new_count, names + count, changes);
	if (status == BK_OK) {
		list = bk_changes_list(changes, &changed);
		for (size_t i = 0; i < changed && status == BK_OK; i++)
			status = add_change(merge, &shell, close, &list[i]);
	}
	bk_changes_free(changes);
	return status;
}

int bk_merge_write_names(struct bk_merge *merge)
{
	int status = BK_OK;

	merge->base.shells.outlined = true;
	if (merge->placed.namings.len)
		qsort(merge->placed.namings.items, merge->placed.namings.len,
			sizeof *merge->placed.namings.items, compare_namings);
	for (size_t i = 0, end; i < merge->placed.namings.len && status == BK_OK; i = end) {
		for (end = i + 1;
			end < merge->placed.namings.len &&
			merge->placed.namings.items[end].mark == merge->placed.namings.items[i].mark;)
			end++;
		status = write_names(merge, &merge->placed.namings.items[i], end - i);
	}
	return status;
}
