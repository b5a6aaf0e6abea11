/* bracked gavel: the changes that bind, to be read aloud before the gavel falls. */
#include "app/pair.h"
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"

enum { REPEATS = 12 }; /* lines of the text that are named for one change */

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{0},
};

/* Words on one line, as they are read aloud. */
static void put_words(struct bk_buf *out, struct bk_str words)
{
	bool blank = false;

	for (size_t i = 0; i < words.len; i++) {
		if (bk_is_space(words.ptr[i])) {
			blank = out->len > 0;
			continue;
		}
		if (blank)
			bk_buf_putc(out, ' ');
		blank = false;
		bk_buf_putc(out, words.ptr[i]);
	}
}

static void set_side(
	bk_json *line, const char *key, const struct bk_session *session, bool there, struct bk_span span)
{
	bk_json *object;

	if (!there) {
		bk_json_set_null(line, key);
		return;
	}
	object = bk_json_object();
	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
	bk_json_set_text(object, "text", bk_subject_bytes(session, span));
	bk_json_set(line, key, object);
}

static int print_json(struct bk_output *output, const struct bk_pair *pair, const struct bk_gavel_line *line)
{
	struct bk_buf words = BK_BUF_INIT;
	bk_json *object = bk_output_object();
	int status;

	put_words(&words, bk_subject_bytes(line->in_new ? pair->now : pair->old, line->context));
	status = bk_buf_status(&words);
	bk_json_set_string(object, "kind", bk_gavel_kind_name(line->kind));
	bk_json_set_text(object, "path", bk_str_of(line->path));
	bk_json_set_size(object, "line", bk_pair_line(pair, line->in_new, line->old_span, line->new_span));
	set_side(object, "old", pair->old, line->in_old, line->old_span);
	set_side(object, "new", pair->now, line->in_new, line->new_span);
	bk_json_set_bool(object, "outside", line->outside);
	bk_json_set_bool(object, "agreed", line->agreed);
	bk_json_set_text(object, "words", bk_buf_str(&words));
	bk_output_json(output, object);
	bk_buf_release(&words);
	return status;
}

static void print_side(
	struct bk_output *output, const struct bk_gavel_line *line, enum bk_ink ink, struct bk_str words)
{
	if (line->kind == BK_GAVEL_INVISIBLE)
		bk_output_unseen(output, ink, words);
	else
		bk_output_excerpt(output, ink, words, 200);
}

/* Words around a change, and the blank between them and it. */
static void print_around(
	struct bk_output *output, const struct bk_session *session, struct bk_span span, bool before)
{
	const struct bk_str words = bk_subject_bytes(session, span);

	if (!before && words.len && bk_is_space(words.ptr[0]))
		bk_output_puts(output, " ");
	bk_output_excerpt(output, BK_INK_PLAIN, words, 0);
	if (before && words.len && bk_is_space(words.ptr[words.len - 1]))
		bk_output_puts(output, " ");
}

/* "... each Party should shall take ...": the old words struck, the new ones added. */
static void print_text(struct bk_output *output, const struct bk_pair *pair, const struct bk_gavel_line *line)
{
	const struct bk_session *session = line->in_new ? pair->now : pair->old;
	const struct bk_span span = line->in_new ? line->new_span : line->old_span;

	bk_pair_print_line(output, pair, line->in_new, line->old_span, line->new_span);
	bk_output_styled(output, BK_INK_STRONG, bk_str_of(bk_gavel_kind_name(line->kind)));
	bk_output_puts(output, line->agreed ? ", in agreed text" : line->outside ? "" : ", in brackets");
	if (*line->path) {
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(line->path), 60);
	}
	bk_output_puts(output, "\n         … ");
	print_around(output, session, (struct bk_span){line->context.start, span.start}, true);
	if (line->in_old) {
		bk_output_puts(output, output->colour ? "" : "[-");
		print_side(output, line, BK_INK_REMOVED, bk_subject_bytes(pair->old, line->old_span));
		bk_output_puts(output, output->colour ? "" : "-]");
	}
	if (line->in_new) {
		bk_output_puts(output, output->colour ? "" : "{+");
		print_side(output, line, BK_INK_ADDED, bk_subject_bytes(pair->now, line->new_span));
		bk_output_puts(output, output->colour ? "" : "+}");
	}
	print_around(output, session, (struct bk_span){span.end, line->context.end}, false);
	bk_output_puts(output, " …\n");
}

/* ---- For people: the same change told once ---------------------------------------------------------------- */

/* A term that another one takes the place of does so all over the text. */
struct repeats {
	size_t *next; /* of each line: the next one that tells the same of another place, or its own index */
	bool *again;  /* of each line: an earlier one tells the same */
};

static void put_key(struct bk_buf *key, const struct bk_pair *pair, const struct bk_gavel_line *line)
{
	const struct bk_str was = bk_subject_bytes(pair->old, line->old_span);

	bk_buf_clear(key);
	bk_buf_printf(key, "%d %d %zu ", line->agreed, line->outside, was.len);
	bk_buf_put_str(key, was);
	bk_buf_put_str(key, bk_subject_bytes(pair->now, line->new_span));
}

static int find_repeats(
	const struct bk_pair *pair, const struct bk_gavel_line *lines, size_t count, struct repeats *out)
{
	struct bk_map last = BK_MAP_INIT;
	struct bk_buf key = BK_BUF_INIT;
	int status = BK_OK;

	*out = (struct repeats){
		bk_calloc(count + 1, sizeof *out->next), bk_calloc(count + 1, sizeof *out->again)};
	if (!out->next || !out->again)
		status = bk_fail_memory();
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		size_t *before;

		out->next[i] = i;
		if (lines[i].kind != BK_GAVEL_TERM || !lines[i].in_old || !lines[i].in_new)
			continue;
		put_key(&key, pair, &lines[i]);
		before = bk_map_slot(&last, bk_buf_str(&key), i);
		status = before ? bk_buf_status(&key) : bk_fail_memory();
		if (status != BK_OK || *before == i)
			continue;
		out->again[i] = true;
		out->next[*before] = i;
		*before = i;
	}
	bk_map_release(&last);
	bk_buf_release(&key);
	return status;
}

static void print_repeats(struct bk_output *output, const struct bk_pair *pair,
	const struct bk_gavel_line *lines, const struct repeats *repeats, size_t first)
{
	size_t told = 0, rest = 0;

	for (size_t i = first; repeats->next[i] != i;) {
		i = repeats->next[i];
		if (told == REPEATS) {
			rest++;
			continue;
		}
		bk_output_printf(output, "%s%zu", told++ ? ", " : "         the same on lines ",
			bk_pair_line(pair, lines[i].in_new, lines[i].old_span, lines[i].new_span));
	}
	if (rest)
		bk_output_printf(output, " and %zu more", rest);
	if (told)
		bk_output_puts(output, "\n");
}

static void print_count(struct bk_output *output, const struct bk_gavel_line *lines, size_t count)
{
	size_t agreed = 0, outside = 0;

	for (size_t i = 0; i < count; i++) {
		agreed += lines[i].agreed;
		outside += lines[i].outside && !lines[i].agreed;
	}
	if (count)
		bk_output_printf(output,
			"%zu change%s that bind%s: %zu in agreed text, %zu outside of brackets, %zu in "
			"brackets\n",
			count, count == 1 ? "" : "s", count == 1 ? "s" : "", agreed, outside,
			count - agreed - outside);
}

static int print_all(
	struct bk_output *output, const struct bk_pair *pair, const struct bk_gavel_line *lines, size_t count)
{
	struct repeats repeats;
	int status = find_repeats(pair, lines, count, &repeats);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if (repeats.again[i])
			continue;
		print_text(output, pair, &lines[i]);
		print_repeats(output, pair, lines, &repeats, i);
	}
	if (status == BK_OK)
		print_count(output, lines, count);
	bk_free(repeats.next);
	bk_free(repeats.again);
	return status;
}

/* ---- All of it ---------------------------------------------------------------------------------------------- */

static int gavel(struct bk_invocation *invocation, const struct bk_pair *pair)
{
	const bool json = bk_args_has(invocation->given, "json");
	const struct bk_gavel_line *lines;
	struct bk_span *agreed = NULL;
	size_t agreed_count, count = 0;
	bk_gavel *answer = NULL;
	int status = bk_pair_agreed(
		pair->old->draft, pair->old->binding, pair->old->ledger, &agreed, &agreed_count);

	if (status == BK_OK)
		status = bk_gavel_new(&answer, pair->comparison, agreed, agreed_count);
	bk_free(agreed);
	if (status != BK_OK)
		return bk_subject_failed(status);
	lines = bk_gavel_list(answer, &count);
	for (size_t i = 0; json && i < count && status == BK_OK; i++)
		status = print_json(invocation->output, pair, &lines[i]);
	if (!json)
		status = print_all(invocation->output, pair, lines, count);
	bk_gavel_free(answer);
	if (status != BK_OK)
		return bk_subject_failed(status);
	return count ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return bk_pair_each(invocation, gavel);
}

const struct bk_command bk_cmd_gavel = {
	.name = "gavel",
	.group = "Comparing revisions",
	.summary = "tell which changes bind",
	.arguments = "OLD NEW | [REV [REV]] -- FILE",
	.options = options,
	.examples = {"bracked gavel HEAD~1:outcome.txt outcome.txt",
		"bracked gavel --json L.7/Rev.1:outcome.txt outcome.txt"},
	.run = run,
};
