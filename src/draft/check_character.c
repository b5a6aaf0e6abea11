/*
 * Characters that a reader cannot see or must not trust: bidi controls, characters without width, look-alikes
 * of another script inside a Latin word, control characters, bytes that are no UTF-8.  Neighbours of one kind
 * are one finding; so are all bad bytes of a line.
 *
 * A BOM at the very start, carriage returns and a form feed between pages are no faults.
 */
#include "draft/check.h"

#include "base/utf8.h"

struct eye {
	struct bk_checker *checker;
	struct bk_str bytes;
	uint32_t before;   /* the code point before the one at hand */
	size_t word;	   /* where the word at hand begins, or BK_NOWHERE */
	size_t lookalikes; /* in it */
	bool latin;	   /* a letter of its own stands in it */
};

/* ---- Reporting --------------------------------------------------------------------------------------- */

/* The last finding, when it is of this rule and ends where span begins: the same fault goes on. */
static struct bk_finding *neighbour(struct bk_checker *checker, enum bk_rule rule, size_t start)
{
	struct bk_finding *last;

	if (checker->findings->list.len == 0)
		return NULL;
	last = &checker->findings->list.items[checker->findings->list.len - 1];
	return last->rule == rule && last->span.end == start ? last : NULL;
}

static bool is_same_line(struct bk_str bytes, size_t from, size_t to)
{
	return !memchr(bytes.ptr + from, '\n', to - from);
}

static int report_bad(struct eye *eye, size_t at)
{
	struct bk_checker *checker = eye->checker;
	const size_t len = checker->findings->list.len;
	struct bk_finding *last = len > 0 ? &checker->findings->list.items[len - 1] : NULL;

	if (last && last->rule == BK_RULE_NOT_UTF8 && is_same_line(eye->bytes, last->span.end, at)) {
		last->span.end = at + 1;
		return BK_OK;
	}
	return bk_check_report(checker, BK_RULE_NOT_UTF8, (struct bk_span){at, at + 1},
		"byte %02X is no UTF-8: the text may be in another encoding",
		(unsigned char)eye->bytes.ptr[at]);
}

static int report_code(
	struct eye *eye, enum bk_rule rule, struct bk_span span, uint32_t code, const char *what)
{
	struct bk_finding *last = neighbour(eye->checker, rule, span.start);

	if (last && code == eye->before) {
		last->span.end = span.end;
		return BK_OK;
	}
	return bk_check_report(eye->checker, rule, span, "U+%04X is %s", code, what);
}

static const char *hidden_name(enum bk_hidden hidden)
{
	switch (hidden) {
	case BK_HIDDEN_BIDI: return "a mark that changes the order of what is shown";
	case BK_HIDDEN_ZERO_WIDTH: return "a character without width";
	case BK_HIDDEN_TAG: return "a tag that is not shown";
	case BK_HIDDEN_SEPARATOR: return "a line end that most programs do not show";
	case BK_HIDDEN_BLANK: return "a blank that is no space";
	default: return "a control character";
	}
}

/* A form feed at the start of a line or before its end, as between pages. */
static bool is_page_break(struct bk_str bytes, size_t at)
{
	return bytes.ptr[at] == '\f' &&
	       (at == 0 || bytes.ptr[at - 1] == '\n' || at + 1 == bytes.len || bytes.ptr[at + 1] == '\n');
}

static int look(struct eye *eye, size_t at, size_t size, uint32_t code)
{
	const struct bk_str rest = bk_str_skip(eye->bytes, at + size);
	size_t next_size;
	const uint32_t after = rest.len > 0 ? bk_utf8_decode(rest, &next_size) : 0;
	const enum bk_hidden hidden = bk_utf8_hidden(code, eye->before, after);
	const struct bk_span span = {at, at + size};

	if (hidden == BK_HIDDEN_NOT || code == '\r' || (code == 0xFEFF && at == 0) ||
		is_page_break(eye->bytes, at))
		return BK_OK;
	if (hidden == BK_HIDDEN_BAD)
		return report_bad(eye, at);
	return report_code(eye,
		hidden == BK_HIDDEN_CONTROL ? BK_RULE_CONTROL_CHARACTER : BK_RULE_HIDDEN_CHARACTER, span,
		code, hidden_name(hidden));
}

/* The letter that code looks like; single Roman numerals of a character of their own too. */
static char looks_like(uint32_t code)
{
	static const char numerals[] = "I...V....X..LCDM";

	if (code == BK_UTF8_BAD)
		return '\0';
	if (code >= 0x2160 && code < 0x2180) {
		const size_t index = (code - 0x2160) % 16;
		const char letter = index < sizeof numerals - 1 ? numerals[index] : '.';

		return letter == '.' ? '\0' : code < 0x2170 ? letter : bk_to_lower(letter);
	}
	return bk_utf8_latin_lookalike(code);
}

/* ---- Look-alikes in Latin words ---------------------------------------------------------------------- */

/* Report the look-alikes of the word that ends here. */
static int end_word(struct eye *eye, size_t end)
{
	const size_t start = eye->word;
	int status = BK_OK;

	eye->word = BK_NOWHERE;
	if (start == BK_NOWHERE || !eye->latin || eye->lookalikes == 0)
		return BK_OK;
	for (size_t at = start, size; at < end && status == BK_OK; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(eye->bytes, at), &size);
		const char latin = looks_like(code);

		if (latin)
			status = bk_check_report(eye->checker, BK_RULE_HIDDEN_CHARACTER,
				(struct bk_span){at, at + size},
				"U+%04X looks like the letter '%c' in a Latin word", code, latin);
	}
	return status;
}

static int spell(struct eye *eye, size_t at, uint32_t code)
{
	const bool lookalike = looks_like(code) != 0;

	if (code == BK_UTF8_BAD || (!lookalike && !bk_utf8_is_letter(code) && !bk_utf8_is_mark(code)))
		return end_word(eye, at);
	if (eye->word == BK_NOWHERE) {
		eye->word = at;
		eye->lookalikes = 0;
		eye->latin = false;
	}
	eye->lookalikes += lookalike;
	eye->latin |= code < 0x250;
	return BK_OK;
}

/* ---- The walk ---------------------------------------------------------------------------------------- */

/* How many bytes from `at` are plain ASCII letters, digits, signs, blanks and line ends. */
static size_t plain_len(struct bk_str bytes, size_t at)
{
	const size_t start = at;

	while (at < bytes.len) {
		const unsigned char c = (unsigned char)bytes.ptr[at];

		if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\t' && c != '\r'))
			break;
		at++;
	}
	return at - start;
}

/* Where the run of ASCII letters that ends at `end` begins, not before floor. */
static size_t letters_before(struct bk_str bytes, size_t end, size_t floor)
{
	while (end > floor && bk_is_alpha(bytes.ptr[end - 1]))
		end--;
	return end;
}

/* Pass over plain bytes: they end the word at hand, unless they are letters that go on with it. */
static int pass_plain(struct eye *eye, size_t at, size_t len)
{
	size_t head = at;
	size_t tail;
	int status = BK_OK;

	if (len == 0)
		return BK_OK;
	while (head < at + len && bk_is_alpha(eye->bytes.ptr[head]))
		head++;
	if (eye->word != BK_NOWHERE && head > at)
		eye->latin = true;
	if (eye->word != BK_NOWHERE && head < at + len)
		status = end_word(eye, head);
	tail = letters_before(eye->bytes, at + len, at);
	if (tail < at + len && eye->word == BK_NOWHERE) {
		eye->word = tail;
		eye->lookalikes = 0;
		eye->latin = true;
	}
	eye->before = (unsigned char)eye->bytes.ptr[at + len - 1];
	return status;
}

int bk_check_characters(struct bk_checker *checker)
{
	struct eye eye = {.checker = checker, .bytes = checker->draft->bytes, .word = BK_NOWHERE};
	int status = BK_OK;

	for (size_t at = 0; at < eye.bytes.len && status == BK_OK;) {
		const size_t plain = plain_len(eye.bytes, at);
		size_t size;
		uint32_t code;

		status = pass_plain(&eye, at, plain);
		at += plain;
		if (at == eye.bytes.len || status < 0)
			break;
		code = bk_utf8_decode(bk_str_skip(eye.bytes, at), &size);
		status = look(&eye, at, size, code);
		if (status == BK_OK)
			status = spell(&eye, at, code);
		eye.before = code;
		at += size;
	}
	return status == BK_OK ? end_word(&eye, eye.bytes.len) : status;
}
