#include "compare/shell.h"

#include "base/error.h"
#include "compare/token.h"
#include "draft/draft.h"
#include "draft/siblings.h"

#include <bracked/text.h>

enum {
	BEFORE = 80,	  /* bytes before a bracket that may say of what class it is */
	BEHIND = 40,	  /* bytes behind one, or behind the parentheses there, that may, */
	BESIDE = 400,	  /* and where another bracket stands right there */
	NAMES = 1200,	  /* bytes of one parenthesis with names, */
	ALL_NAMES = 4800, /* and from which the last one begins */
	TIMES = 4, /* what is read round brackets of the text's bytes, and these, before all of it is */
	FREE = 1 << 16,
};

size_t bk_shell_parentheses(struct bk_str bytes, size_t end)
{
	const size_t until = bytes.len - end > ALL_NAMES ? end + ALL_NAMES : bytes.len;
	size_t at;

	while ((at = bk_attribution_next(bytes, end)) < until && bytes.ptr[at] == '(') {
		const size_t open = at;
		size_t depth = 0;

		for (; at < bytes.len && at - open < NAMES && !memchr("[]", bytes.ptr[at], 2); at++) {
			depth += bytes.ptr[at] == '(';
			if (bytes.ptr[at] == ')' && --depth == 0)
				break;
		}
		if (depth || at == bytes.len)
			break;
		end = at + 1;
	}
	return end;
}

/* From somewhere in the bracket's line, on the border of a character, to the end of the line it closes in, or in which
 * the parentheses behind it do. */
static struct bk_span window_of(struct bk_str bytes, size_t start, size_t end)
{
	const size_t all = bk_shell_parentheses(bytes, end), next = bk_token_blanks(bytes, all),
		     behind = next < bytes.len && memchr("[{", bytes.ptr[next], 2) ? BESIDE : BEHIND;
	struct bk_span window = {
		start > BEFORE ? start - BEFORE : 0, bytes.len - all > behind ? all + behind : bytes.len};
	const char *feed;

	while (window.start < start && ((unsigned char)bytes.ptr[window.start] & 0xC0) == 0x80)
		window.start++;
	for (size_t at = start; at > window.start; at--) {
		if (bytes.ptr[at - 1] == '\n') {
			window.start = at;
			break;
		}
	}
	feed = memchr(bytes.ptr + all, '\n', window.end - all);
	if (feed)
		window.end = (size_t)(feed - bytes.ptr);
	return window;
}

int bk_notation_draft(
	const struct bk_notation *notation, struct bk_str bytes, bool counts_only, bk_draft **draft)
{
	const struct bk_draft_options options = {
		.conventions = notation->conventions, .names = notation->names, .counts_only = counts_only};
	bk_snapshot *snapshot;
	bk_text *text;
	int status = bk_text_borrow(&text, bytes.ptr, bytes.len, NULL, NULL, false);

	if (status != BK_OK)
		return status;
	snapshot = bk_text_snapshot(text);
	status = bk_draft_new(draft, snapshot, &options);
	bk_snapshot_free(snapshot);
	bk_text_free(text);
	return status;
}

bool bk_shells_are_many(struct bk_str bytes, size_t read)
{
	return read > TIMES * bytes.len + FREE;
}

static int read_around(struct bk_shell *shell, struct bk_shells *shells, struct bk_span window)
{
	struct bk_str bytes = shells->bytes;
	const size_t len = window.end - window.start;

	shells->read += shells->whole ? 0 : len;
	if (!shells->whole && bk_shells_are_many(bytes, shells->read)) {
		const int status = bk_notation_draft(&shells->notation, bytes, true, &shells->whole);

		if (status != BK_OK)
			return status;
	}
	if (shells->whole) {
		shell->draft = shells->whole;
		return BK_OK;
	}
	shell->is_own = true;
	shell->window = window.start;
	bytes = (struct bk_str){bytes.ptr + window.start, len};
	return bk_draft_read_bracket(&shell->draft, bytes, shell->start - window.start, shells->outlined,
		shells->notation.conventions, shells->notation.names);
}

static int read_shell(struct bk_shell *shell, struct bk_shells *shells, const struct bk_mark *open,
	const struct bk_mark *close)
{
	const struct bk_bracket *bracket;
	int status;

	*shell = (struct bk_shell){.bracket = BK_NONE,
		.words = {open->start + open->len, close->start},
		.start = open->start,
		.end = close->start + close->len};
	status = read_around(shell, shells, window_of(shells->bytes, open->start, close->start + close->len));
	if (status != BK_OK)
		return status;
	shell->bracket = bk_draft_bracket_at(shell->draft, open->start - shell->window);
	bracket = shell->bracket == BK_NONE ? NULL : &shell->draft->brackets[shell->bracket];
	if (!bracket || bracket->start + shell->window != open->start) {
		shell->bracket = BK_NONE; /* an unclosed one before it in its line has taken its close */
		return BK_OK;
	}
	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *name = &shell->draft->attributions[bracket->attribution + i];
		const struct bk_span at = {
			shell->window + name->notation.start, shell->window + name->notation.end};

		if (name->form == BK_FORM_FOOTNOTE)
			continue;
		if (at.start >= shell->end || name->form == BK_FORM_PARENTHESIS)
			shell->end = at.end > shell->end ? at.end : shell->end;
		else if (name->form == BK_FORM_PREFIX && at.end > shell->words.start)
			shell->words.start = at.end;
		else if (name->form == BK_FORM_DASH && at.start < shell->words.end)
			shell->words.end = at.start;
	}
	shell->words = bk_token_trim(shells->bytes, shell->words);
	return BK_OK;
}

static void release_kept(struct bk_shell *shell)
{
	if (shell->is_own)
		bk_draft_free(shell->draft);
	*shell = (struct bk_shell){0};
}

/* Let the one that is kept at an index be the latest. */
static void put_first(struct bk_shells *shells, size_t index)
{
	const struct bk_shell latest = shells->kept[index];

	memmove(&shells->kept[1], &shells->kept[0], index * sizeof latest);
	shells->kept[0] = latest;
}

int bk_shell_read(struct bk_shell *shell, struct bk_shells *shells, const struct bk_mark *open,
	const struct bk_mark *close)
{
	size_t i = 0;
	int status = BK_OK;

	while (i < BK_SHELLS_KEPT && !(shells->kept[i].draft && shells->kept[i].start == open->start))
		i++;
	if (i == BK_SHELLS_KEPT) {
		release_kept(&shells->kept[--i]);
		status = read_shell(&shells->kept[i], shells, open, close);
	}
	put_first(shells, i);
	*shell = shells->kept[0];
	return status;
}

/* Whether brackets that close there, and the parentheses behind, may be all. */
static bool may_be_all(struct bk_str bytes, const struct bk_mark *close)
{
	const size_t behind = bk_token_blanks(bytes, close->start + close->len);

	return behind == bytes.len || bytes.ptr[behind] == '(';
}

int bk_shell_read_all(struct bk_shell *shell, struct bk_shells *shells)
{
	const struct bk_mark *marks;
	struct bk_pairing pairing;
	int status = bk_pairing_find(&pairing, NULL, shells->bytes, shells->notation.conventions);

	*shell = (struct bk_shell){.bracket = BK_NONE};
	marks = pairing.marks.items;
	if (status == BK_OK && pairing.marks.len && marks[0].start == 0 && marks[0].partner != BK_NONE &&
		may_be_all(shells->bytes, &marks[marks[0].partner]))
		status = bk_shell_read(shell, shells, &marks[0], &marks[marks[0].partner]);
	bk_pairing_release(&pairing);
	if (status == BK_OK && shell->end != shells->bytes.len)
		shell->bracket = BK_NONE;
	return status;
}

void bk_shells_release(struct bk_shells *shells)
{
	for (size_t i = 0; i < BK_SHELLS_KEPT; i++)
		release_kept(&shells->kept[i]);
	bk_draft_free(shells->whole);
	shells->whole = NULL;
	shells->read = 0;
}

int bk_shell_is_disputed(const struct bk_shell *shell, bool *is)
{
	int status = BK_OK;

	*is = false;
	if (shell->bracket == BK_NONE)
		return BK_OK;
	status = bk_draft_classify_asked(shell->draft);
	*is = status == BK_OK && shell->draft->brackets[shell->bracket].class == BK_CLASS_DISPUTED;
	return status;
}

const struct bk_attribution *bk_shell_names(const struct bk_shell *shell, size_t *count)
{
	const struct bk_bracket *bracket =
		shell->bracket == BK_NONE ? NULL : &shell->draft->brackets[shell->bracket];

	*count = bracket ? bracket->attribution_count : 0;
	return *count ? &shell->draft->attributions[bracket->attribution] : NULL;
}

bool bk_shell_names_parts(const struct bk_shell *shell)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++) {
		struct bk_str bytes;
		size_t behind;

		bytes.ptr = bk_draft_bytes(shell->draft, &bytes.len);
		behind = bk_token_blanks(bytes, names[i].notation.end);
		if (names[i].form == BK_FORM_DASH && behind < bytes.len && bytes.ptr[behind] == '/')
			return true;
	}
	return false;
}

bool bk_shell_is_of(const struct bk_shell *shell, const char *party)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i].party, party) != 0)
			return false;
	return true;
}

static bool is_word_in(struct bk_str text, struct bk_span span, struct bk_str word)
{
	struct bk_span token = bk_token_next(text, span.start);

	for (; token.start < span.end; token = bk_token_next(text, token.end))
		if (bk_str_equal((struct bk_str){text.ptr + token.start, token.end - token.start}, word))
			return true;
	return false;
}

/* Whether a token of a bracket's notation is a name, or the verb of one. */
static bool is_name(const struct bk_shell *shell, struct bk_str text, struct bk_span token)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++)
		if ((token.start >= shell->window + names[i].written.start &&
			    token.end <= shell->window + names[i].written.end) ||
			bk_str_starts(bk_str_skip(text, token.start), bk_str_of(bk_act_name(names[i].act))))
			return true;
	return false;
}

/* A word between names, or a dash before them. */
static bool is_joint(struct bk_str word)
{
	return bk_str_equal(word, BK_STR("and")) || bk_str_equal(word, BK_STR("–")) ||
	       bk_str_equal(word, BK_STR("—"));
}

/* Whether notation says more than names, what these want, and what another bracket's says. */
static bool says_more(const struct bk_shell *is, struct bk_str text, struct bk_span notation,
	const struct bk_shell *was, struct bk_str base)
{
	struct bk_span token = bk_token_next(text, notation.start);

	for (; token.start < notation.end; token = bk_token_next(text, token.end)) {
		const struct bk_str word = {text.ptr + token.start, token.end - token.start};

		if (bk_is_word(word.ptr[0]) && !is_joint(word) && !is_name(is, text, token) &&
			!(was && (is_word_in(base, (struct bk_span){was->start, was->words.start}, word) ||
					 is_word_in(base, (struct bk_span){was->words.end, was->end}, word))))
			return true;
	}
	return false;
}

bool bk_shell_says_more(
	const struct bk_shell *shell, struct bk_str text, const struct bk_shell *than, struct bk_str other)
{
	return says_more(shell, text, (struct bk_span){shell->start, shell->words.start}, than, other) ||
	       says_more(shell, text, (struct bk_span){shell->words.end, shell->end}, than, other);
}
