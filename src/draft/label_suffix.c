/* Reading what stands behind the number of a label: "bis", "ter 2", "alt", "[quater]". */
#include "draft/label_cursor.h"

static bool ends_word(struct bk_str s, size_t at)
{
	return at >= s.len || !(bk_is_alpha(s.ptr[at]) || (unsigned char)s.ptr[at] >= 0xC3);
}

/* What may follow a number that stands apart after a suffix, so that "bis 2 Parties" keeps its two. */
static bool closes_number(const struct bk_cursor *c, size_t digits)
{
	const char next = bk_cursor_peek(c, digits);

	return next == '\0' || next == '.' || next == ':' || next == ')' || next == ']' || next == '*';
}

/* The number of "bis 3", "alt2"; behind alt also "alt. 2". */
static bool take_suffix_number(struct bk_cursor *c, uint32_t *number, bool dot)
{
	const size_t before = c->at;
	size_t blanks, digits;
	uint32_t value;

	if (dot && bk_cursor_peek(c, 0) == '.' &&
		bk_is_digit(bk_cursor_peek(c, 1 + bk_is_blank(bk_cursor_peek(c, 1)))))
		c->at++;
	blanks = bk_cursor_take_blanks(c, 1);
	digits = bk_label_number(bk_cursor_rest(c), &value);
	if (digits == 0 || digits > 2 ||
		(blanks > 0 && !closes_number(c, digits) && !bk_is_blank(bk_cursor_peek(c, digits)))) {
		c->at = before;
		return false;
	}
	if (blanks > 0 && !closes_number(c, digits) && !bk_is_upper(bk_cursor_peek(c, digits + 1)) &&
		bk_cursor_peek(c, digits + 1) != '[' && bk_cursor_peek(c, digits + 1) != '(') {
		c->at = before;
		return false;
	}
	c->at += digits;
	*number = value;
	return true;
}

static bool take_alt(struct bk_cursor *c, struct bk_label *label)
{
	static const struct bk_str word = {"alt", 3};

	if (!bk_str_starts_nocase(bk_cursor_rest(c), word) || !ends_word(bk_cursor_rest(c), 3))
		return false;
	if (!label->alt) {
		label->alt = true;
		label->alt_number = 1;
		label->alt_at = c->at;
	}
	c->at += 3;
	take_suffix_number(c, &label->alt_number, true);
	return true;
}

/* Most words begin with another letter. */
static bool may_begin(char c)
{
	return bk_to_lower(c) == 'a' || bk_label_may_begin_suffix(c);
}

bool bk_label_take_suffix(struct bk_cursor *c, struct bk_label *label)
{
	const size_t before = c->at;
	const size_t name_end = label->base_len;
	bool bracket, taken;
	char close;
	uint32_t number;
	size_t n;

	if (bk_cursor_peek(c, 0) == '.')
		c->at++;
	if (bk_cursor_take_blanks(c, 2) > 0 && c->at > before + 1 && c->plain) {
		c->at = before;
		return false;
	}
	close = bk_cursor_peek(c, 0) == '(' ? ')' : ']';
	bracket = close == ')' || (bk_cursor_peek(c, 0) == '[' && bk_cursor_peek(c, 1) != '^');
	c->at += bracket;
	if (!may_begin(bk_cursor_peek(c, 0))) {
		c->at = before;
		return false;
	}

	const struct bk_label was = *label;

	taken = take_alt(c, label);
	if (!taken && (n = bk_label_suffix(bk_cursor_rest(c), &number)) > 0) {
		c->at += n;
		taken = true;
		if (!label->alt) {
			label->suffix = number;
			take_suffix_number(c, &label->suffix_number, false);
		}
	}
	if (taken && bracket && bk_cursor_peek(c, 0) == close)
		c->at++;
	else if (bracket && close == ')')
		taken = false;
	if (!taken) {
		c->at = before;
		*label = was;
		return false;
	}
	label->name_len = c->at;
	label->base_len = label->alt ? name_end : c->at;
	return true;
}
