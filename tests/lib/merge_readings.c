#include "lib/merge_readings.h"

#include "base/buf.h"
#include "draft/label.h"
#include "draft/option.h"

#include <stdio.h>
#include <stdlib.h>

static char broken[500];

static void stop_unless(int status)
{
	if (status != BK_OK)
		abort();
}

static bk_draft *draft_of(const struct merging *merging, struct bk_str bytes)
{
	const struct bk_draft_options options = {
		.conventions = merging->options.conventions, .names = merging->options.names};
	bk_draft *draft = NULL;
	bk_text *text = NULL;

	stop_unless(bk_text_new(&text, bytes.ptr, bytes.len));
	stop_unless(bk_draft_new(&draft, bk_text_now(text), &options));
	bk_text_free(text);
	return draft;
}

static void put_reading(bk_reading *reading, struct bk_buf *out)
{
	size_t len;
	const char *bytes = bk_reading_bytes(reading, &len);

	bk_buf_clear(out);
	bk_buf_put(out, bytes, len);
	bk_reading_free(reading);
}

/* The text as the party wants it. */
static void read_as(const struct merging *merging, const bk_roster *roster, const char *party,
	struct bk_str bytes, struct bk_buf *out)
{
	bk_draft *draft = draft_of(merging, bytes);
	const struct bk_positions_query query = {.party = party};
	bk_positions *positions = NULL;
	bk_binding *binding = NULL;
	bk_ledger *ledger = NULL;
	bk_reading *reading = NULL;
	uint8_t *decisions;
	size_t count;

	bk_draft_brackets(draft, &count);
	decisions = calloc(count + 1, 1);
	stop_unless(bk_ledger_new(&ledger));
	stop_unless(bk_binding_new(&binding, ledger, draft));
	stop_unless(bk_positions_derive(&positions, draft, binding, ledger, roster, &query));
	stop_unless(decisions ? bk_positions_decide(positions, draft, roster, party, decisions) : BK_ENOMEM);
	stop_unless(bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading));
	put_reading(reading, out);
	free(decisions);
	bk_positions_free(positions);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
	bk_draft_free(draft);
}

/* Brackets part no words, and no labels. */
static void take_brackets(struct bk_buf *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->bytes[i] != '[' && text->bytes[i] != ']')
			text->bytes[kept++] = text->bytes[i];
	bk_buf_remove(text, kept, text->len - kept);
}

/* The same without brackets, and without the names of those that stay. */
static void read_words(const struct merging *merging, const bk_roster *roster, const char *party,
	struct bk_str bytes, struct bk_buf *out)
{
	bk_reading *reading = NULL;
	bk_draft *draft;

	read_as(merging, roster, party, bytes, out);
	draft = draft_of(merging, bk_buf_str(out));
	stop_unless(bk_draft_read(draft, BK_READING_UNATTRIBUTED, NULL, &reading));
	put_reading(reading, out);
	take_brackets(out);
	bk_draft_free(draft);
}

static bool is_part_of_word(char c)
{
	return bk_is_alpha(c) || bk_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Where a line goes on behind the label or the option header that it begins with; of a heading, its end. */
static size_t behind_label(struct bk_str text, size_t start)
{
	struct bk_str line = bk_str_skip(text, start);
	struct bk_option_header option;
	struct bk_label label;
	struct bk_lead lead;

	line.len = bk_str_find(line, '\n');
	bk_lead_parse(line, &lead);
	if (lead.hashes)
		return start + line.len;
	if (bk_option_parse(line, &lead, &option))
		return start + option.text;
	return bk_label_parse(bk_str_skip(line, lead.len), &label) ? start + lead.len + label.len : start;
}

/* The next letter or digit from an offset on, *at behind it; NUL at the end. */
static char next_letter(struct bk_str text, size_t *at)
{
	while (*at < text.len && !is_part_of_word(text.ptr[*at])) {
		(*at)++;
		if (text.ptr[*at - 1] == '\n')
			*at = behind_label(text, *at);
	}
	return *at < text.len ? bk_to_lower(text.ptr[(*at)++]) : '\0';
}

static int context(struct bk_str text, size_t at, size_t *start)
{
	*start = at > 60 ? at - 60 : 0;
	return (int)((text.len - *start < 120 ? text.len : *start + 120) - *start);
}

static bool is_alike(const char *party, struct bk_str version, struct bk_str out)
{
	size_t at = behind_label(version, 0), in_out = behind_label(out, 0), from, out_from;
	char letter;

	do {
		letter = next_letter(version, &at);
		if (letter != next_letter(out, &in_out)) {
			const int len = context(version, at, &from),
				  out_len = context(out, in_out, &out_from);

			snprintf(broken, sizeof broken,
				"as %s, the compilation reads\n\t%.*s\nand the version\n\t%.*s", party,
				out_len, out.ptr + out_from, len, version.ptr + from);
			return false;
		}
	} while (letter);
	return true;
}

static bool are_balanced(const struct merging *merging, struct bk_str out)
{
	if (count_unmatched(out) || count_unmatched(merging->base))
		return false;
	for (size_t i = 0; i < merging->count; i++)
		if (count_unmatched((struct bk_str){merging->versions[i].bytes, merging->versions[i].len}))
			return false;
	return true;
}

static void put_span(struct bk_buf *out, struct bk_str text, struct bk_span span)
{
	bk_buf_put(out, text.ptr + span.start, span.end - span.start);
	bk_buf_putc(out, '\n');
}

/* Names, and labels with the headers of options, in order. */
static void list_notation(const struct merging *merging, struct bk_str text, struct bk_buf *out)
{
	bk_draft *draft = draft_of(merging, text);
	size_t count;
	const struct bk_attribution *names = bk_draft_attributions(draft, &count);

	bk_buf_clear(out);
	for (size_t i = 0; i < count; i++)
		put_span(out, text, names[i].notation);
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		put_span(out, text, (struct bk_span){at, behind_label(text, at)});
		end = at + bk_str_find(bk_str_skip(text, at), '\n');
	}
	bk_draft_free(draft);
}

/* Whether a version has other names or labels than the base: what they say holds for all that read the text. */
static bool is_notation_changed(const struct merging *merging)
{
	struct bk_buf base = BK_BUF_INIT, own = BK_BUF_INIT;
	bool changed = false;

	list_notation(merging, merging->base, &base);
	for (size_t i = 0; i < merging->count && !changed; i++) {
		list_notation(
			merging, (struct bk_str){merging->versions[i].bytes, merging->versions[i].len}, &own);
		changed = !bk_str_equal(bk_buf_str(&base), bk_buf_str(&own));
	}
	bk_buf_release(&base);
	bk_buf_release(&own);
	return changed;
}

const char *merge_reads_back(
	const struct merging *merging, const bk_roster *roster, struct reading_figures *figures)
{
	struct bk_buf reading = BK_BUF_INIT, version_reading = BK_BUF_INIT;
	bk_merge *merge = NULL;
	struct bk_str out;
	bool holds = true;

	stop_unless(bk_merge_new(&merge, merging->base.ptr, merging->base.len, merging->versions,
		merging->count, &merging->options));
	out.ptr = bk_merge_bytes(merge, &out.len);
	if (merging->options.style == BK_STYLE_NONE || !are_balanced(merging, out)) {
		figures->faulty += merging->count;
		bk_merge_free(merge);
		return NULL;
	}
	if (is_notation_changed(merging)) {
		figures->notation += merging->count;
		bk_merge_free(merge);
		return NULL;
	}
	for (size_t i = 0; i < merging->count && holds; i++) {
		const struct bk_version *version = &merging->versions[i];

		read_words(merging, roster, version->party, out, &reading);
		read_words(merging, roster, version->party, (struct bk_str){version->bytes, version->len},
			&version_reading);
		figures->readings++;
		holds = is_alike(version->party, bk_buf_str(&version_reading), bk_buf_str(&reading));
	}
	bk_buf_release(&reading);
	bk_buf_release(&version_reading);
	bk_merge_free(merge);
	return holds ? NULL : broken;
}
