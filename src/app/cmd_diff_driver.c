/*
 * bracked diff-driver: what git calls to compare two versions of a draft (gitattributes(5), diff.*.command).
 *
 *	PATH                                                                         of a merge that is under way
 *	PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE                     /dev/null, ".", "." for none
 *	PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE NEW-PATH HEADERS    of a rename or copy
 *
 * The files may be temporary ones: names come from the paths.  It never fails: git would give up all of what it shows.
 */
#include "app/clause.h"
#include "app/handed.h"
#include "app/pair.h"
#include "app/redline.h"
#include "app/subject.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

enum {
	BESIDE = 60,	  /* bytes shown before and after a change */
	LONG = 65536,	  /* of a passage no more is shown, */
	DEEP = 32,	  /* and from this depth on, where brackets repeat each other, */
	DEEP_LONG = 240,  /* no more than this, */
	DEEP_MOST = 1000, /* and of no more changes */
	PATH_LENGTH = 64, /* clusters of the path of a provision */
};

struct side {
	const char *name, *file, *mode;
	struct bk_handed handed;
};

struct call {
	struct side old, now;
	const char *headers; /* of a rename */
	struct bk_output *output;
};

/* ---- What git would say ------------------------------------------------------------------------------ */

/* As git quotes names, but letters of all scripts stay. */
static void put_name(struct bk_buf *out, const char *side, const char *name)
{
	static const char plain[] = "\"\\\t\n\r", letters[] = "\"\\tnr";
	bool quote = false;

	for (const char *c = name; *c; c++)
		quote |= (unsigned char)*c < ' ' || *c == '"' || *c == '\\' || *c == 0x7F;
	bk_buf_printf(out, "%s%s", quote ? "\"" : "", side);
	for (const char *c = name; *c; c++) {
		const char *special = strchr(plain, *c);

		if (special)
			bk_buf_printf(out, "\\%c", letters[special - plain]);
		else if ((unsigned char)*c < ' ' || *c == 0x7F)
			bk_buf_printf(out, "\\%03o", (unsigned)*c);
		else
			bk_buf_putc(out, *c);
	}
	bk_buf_puts(out, quote ? "\"" : "");
}

static void put_both_names(struct bk_buf *out, const struct call *call, const char *between)
{
	put_name(out, "a/", call->old.name);
	bk_buf_puts(out, between);
	put_name(out, "b/", call->now.name);
}

static void put_file(struct bk_buf *out, const char *mark, const char *side, const struct side *file)
{
	bk_buf_puts(out, mark);
	if (file->handed.kind == BK_HANDED_NOTHING)
		bk_buf_puts(out, "/dev/null");
	else
		put_name(out, side, file->name);
	bk_buf_putc(out, '\n');
}

static void put_modes(struct bk_buf *out, const struct call *call)
{
	if (call->old.handed.kind == BK_HANDED_NOTHING)
		bk_buf_printf(out, "new file mode %s\n", call->now.mode);
	else if (call->now.handed.kind == BK_HANDED_NOTHING)
		bk_buf_printf(out, "deleted file mode %s\n", call->old.mode);
	else if (strcmp(call->old.mode, call->now.mode) != 0)
		bk_buf_printf(out, "old mode %s\nnew mode %s\n", call->old.mode, call->now.mode);
}

/* Line by line: pagers forget a style at the end of one. */
static void print_strong(struct bk_output *output, struct bk_buf *text)
{
	struct bk_str rest = bk_buf_str(text);

	output->pending.failed |= text->failed;
	while (rest.len) {
		const size_t len = bk_str_find(rest, '\n');

		bk_output_styled(output, BK_INK_STRONG, (struct bk_str){rest.ptr, len});
		bk_output_puts(output, "\n");
		rest = bk_str_skip(rest, len + 1);
	}
	bk_buf_clear(text);
}

static void print_heading(const struct call *call)
{
	struct bk_buf text = BK_BUF_INIT;

	bk_buf_puts(&text, "diff --git ");
	put_both_names(&text, call, " ");
	bk_buf_putc(&text, '\n');
	put_modes(&text, call);
	bk_buf_puts(&text, call->headers ? call->headers : "");
	print_strong(call->output, &text);
	bk_buf_release(&text);
}

static void print_files(const struct call *call)
{
	struct bk_buf text = BK_BUF_INIT;

	put_file(&text, "--- ", "a/", &call->old);
	put_file(&text, "+++ ", "b/", &call->now);
	print_strong(call->output, &text);
	bk_buf_release(&text);
}

static void print_binary(const struct call *call)
{
	struct bk_buf text = BK_BUF_INIT;

	bk_buf_puts(&text, "Binary files ");
	put_both_names(&text, call, " and ");
	bk_buf_puts(&text, " differ\n");
	bk_output_text(call->output, bk_buf_str(&text));
	bk_buf_release(&text);
}

/* By lines. */
static int print_lines(const struct call *call, struct bk_str old, struct bk_str now)
{
	struct bk_str hunks;
	char *diff;
	size_t len;
	const int status = bk_store_diff(old.ptr, old.len, "a", now.ptr, now.len, "b", &diff, &len);

	if (status < 0)
		return status;
	hunks = (struct bk_str){diff, len};
	while (hunks.len && !bk_str_starts(hunks, BK_STR("@@")))
		hunks = bk_str_skip(hunks, bk_str_find(hunks, '\n') + 1);
	bk_output_diff(call->output, hunks);
	bk_store_free(diff);
	return BK_OK;
}

/* ---- By word and by bracket -------------------------------------------------------------------------- */

static bool is_deep(const struct bk_handed *handed, uint32_t bracket)
{
	size_t count;

	return bracket != BK_NONE && bk_draft_brackets(handed->draft, &count)[bracket].depth >= DEEP;
}

/* Words that stood, or stand now, without the brackets around them are as deep as these. */
static bool is_deep_difference(const struct call *call, const struct bk_difference *difference)
{
	return is_deep(&call->old.handed, difference->old_bracket) ||
	       is_deep(&call->now.handed, difference->new_bracket);
}

static struct bk_str passage(const struct bk_handed *handed, struct bk_span span, size_t most)
{
	if (span.end - span.start > most) {
		span.end = span.start + most;
		while (((unsigned char)handed->bytes.ptr[span.end] & 0xC0) == 0x80)
			span.end--;
	}
	return (struct bk_str){handed->bytes.ptr + span.start, span.end - span.start};
}

/* With the names that stand behind the bracket, when they are what changed. */
static struct bk_span with_names(const struct bk_handed *handed, const struct bk_difference *difference,
	struct bk_span span, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(handed->draft, &count);
	const struct bk_attribution *names = bk_draft_attributions(handed->draft, &count);

	if (difference->kind != BK_DIFFERENCE_ATTRIBUTED || bracket == BK_NONE)
		return span;
	names += brackets[bracket].attribution;
	for (uint32_t i = 0; i < brackets[bracket].attribution_count; i++)
		if (names[i].form == BK_FORM_PARENTHESIS && names[i].notation.end > span.end)
			span.end = names[i].notation.end;
	return span;
}

static void print_place(const struct call *call, const struct bk_difference *difference)
{
	struct bk_output *output = call->output;
	size_t line, column;
	char place[40];

	if (difference->in_new)
		bk_draft_place(call->now.handed.draft, difference->new_span.start, &line, &column);
	else
		bk_draft_place(call->old.handed.draft, difference->old_span.start, &line, &column);
	snprintf(place, sizeof place, "@@ %c%zu @@", difference->in_new ? '+' : '-', line);
	bk_output_styled(output, BK_INK_PLACE, bk_str_of(place));
	bk_output_puts(output, " ");
	bk_output_styled(output, bk_redline_ink(difference->kind),
		bk_str_of(bk_difference_kind_name(difference->kind)));
	if (*difference->detail)
		bk_output_printf(output, " (%s)", difference->detail);
	if (*difference->path) {
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(difference->path), PATH_LENGTH);
	}
	bk_output_puts(output, "\n");
}

static int print_difference(const struct call *call, const struct bk_difference *difference)
{
	const struct bk_handed *old = &call->old.handed, *now = &call->now.handed;
	const struct bk_handed *where = difference->in_new ? now : old;
	const struct bk_span before =
		with_names(old, difference, difference->old_span, difference->old_bracket);
	const struct bk_span after =
		with_names(now, difference, difference->new_span, difference->new_bracket);
	const struct bk_span span = difference->in_new ? after : before;
	const size_t most = is_deep_difference(call, difference) ? DEEP_LONG : LONG;
	const struct bk_redline redline = {
		.before = bk_pair_context(where->draft, span.start, -BESIDE),
		.old = difference->in_old ? passage(old, before, most) : BK_STR(""),
		.now = difference->in_new ? passage(now, after, most) : BK_STR(""),
		.after = bk_pair_context(where->draft, span.end, BESIDE),
		.spaced_before = span.start == 0 || bk_is_space(where->bytes.ptr[span.start - 1]),
		.spaced_after = span.end == where->bytes.len || bk_is_space(where->bytes.ptr[span.end]),
		.unseen = strcmp(difference->detail, "invisible") == 0,
	};

	print_place(call, difference);
	return bk_redline_put(call->output, &redline);
}

/* What changes no word and settles no bracket, such as emphasis or a bracket that matches none: clause by clause. */
static int print_untold(const struct call *call)
{
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	int status = bk_clauses_put(call->old.handed.draft, &old);

	if (status == BK_OK)
		status = bk_clauses_put(call->now.handed.draft, &now);
	if (status == BK_OK && bk_str_equal(bk_buf_str(&old), bk_buf_str(&now))) {
		bk_output_puts(call->output, "only blanks and wrapping differ\n");
	} else if (status == BK_OK) {
		bk_output_puts(call->output, "no word differs:\n");
		status = print_lines(call, bk_buf_str(&old), bk_buf_str(&now));
	}
	bk_buf_release(&now);
	bk_buf_release(&old);
	return status;
}

static int print_comparison(const struct call *call, const bk_comparison *comparison)
{
	size_t count, changes = 0, deep = 0;
	const struct bk_difference *list = bk_comparison_list(comparison, &count);
	struct bk_balance balance;
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < count; i++) {
		if (list[i].kind == BK_DIFFERENCE_KEPT)
			continue;
		changes++;
		if (is_deep_difference(call, &list[i]) && ++deep > DEEP_MOST)
			continue;
		status = print_difference(call, &list[i]);
	}
	if (deep > DEEP_MOST)
		bk_output_printf(call->output,
			"and %zu changes more in brackets nested %d deep or deeper: bracked diff tells "
			"them\n",
			deep - DEEP_MOST, DEEP);
	bk_comparison_balance(comparison, &balance);
	if (changes)
		bk_redline_balance(call->output, &balance);
	else if (status == BK_OK)
		status = print_untold(call);
	return status;
}

static int print_words(const struct call *call)
{
	bk_comparison *comparison;
	int status = bk_comparison_new(&comparison, call->old.handed.draft, call->now.handed.draft);

	if (status < 0)
		return status;
	status = print_comparison(call, comparison);
	bk_comparison_free(comparison);
	return status;
}

/* A link's text is a name. */
static bool is_link(const struct side *side)
{
	return side->handed.kind != BK_HANDED_NOTHING && strncmp(side->mode, "100", 3) != 0;
}

static int print_changes(const struct call *call)
{
	const struct bk_handed *old = &call->old.handed, *now = &call->now.handed;

	if (bk_str_equal(old->bytes, now->bytes))
		return BK_OK;
	if (old->kind == BK_HANDED_BINARY || now->kind == BK_HANDED_BINARY) {
		print_binary(call);
		return BK_OK;
	}
	print_files(call);
	if (old->kind != now->kind || is_link(&call->old) || is_link(&call->now))
		return print_lines(call, old->bytes, now->bytes);
	return print_words(call);
}

/* ---- The call ---------------------------------------------------------------------------------------- */

static void answer(struct call *call, const struct bk_session_options *options)
{
	struct bk_handing handing;
	int status = bk_handing_init(&handing, options);

	if (status == BK_OK)
		status = bk_handed_read(&call->old.handed, &handing, call->old.file);
	if (status == BK_OK)
		status = bk_handed_read(&call->now.handed, &handing, call->now.file);
	print_heading(call);
	if (status == BK_OK)
		status = print_changes(call);
	if (status < 0)
		bk_output_printf(call->output, "%s\n", bk_error_message());
	bk_handed_release(&call->now.handed);
	bk_handed_release(&call->old.handed);
	bk_handing_release(&handing);
}

static int run(struct bk_invocation *invocation)
{
	const char *const *args = invocation->args;
	const size_t count = invocation->arg_count;
	struct call call = {.output = invocation->output};

	if (count != 1 && count != 7 && count != 9)
		return bk_subject_usage(invocation);
	/* git has one of its own, for all files. */
	invocation->output->use_pager = false;
	if (count == 1) {
		bk_output_printf(invocation->output, "* Unmerged path %s\n", args[0]);
		return BK_EXIT_OK;
	}
	call.old = (struct side){.name = args[0], .file = args[1], .mode = args[3]};
	call.now = (struct side){.name = count == 9 ? args[7] : args[0], .file = args[4], .mode = args[6]};
	call.headers = count == 9 ? args[8] : NULL;
	answer(&call, &invocation->session);
	return BK_EXIT_OK;
}

const struct bk_command bk_cmd_diff_driver = {
	.name = "diff-driver",
	.group = "For git",
	.summary = "compare two versions of a draft as git asks for it",
	.arguments = "PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH HEADERS]",
	.examples = {"bracked diff-driver outcome.txt old.txt . 100644 new.txt . 100644",
		"bracked diff-driver outcome.txt /dev/null . . new.txt . 100644"},
	.run = run,
};
