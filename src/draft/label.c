/*
 * Reading a label: its body and what closes it.
 */
#include "draft/label_cursor.h"

/* ---- Bodies -------------------------------------------------------------------------------------- */

static void add_part(struct bk_label *label, uint32_t value)
{
	if (label->count < BK_LABEL_PARTS)
		label->parts[label->count++] = value;
}

static void mark_name(const struct bk_cursor *c, struct bk_label *label)
{
	label->name_len = label->base_len = c->at;
}

/* A letter that stands alone. */
static bool lone_letter(const struct bk_cursor *c)
{
	return bk_is_alpha(bk_cursor_peek(c, 0)) && !bk_is_alpha(bk_cursor_peek(c, 1)) &&
	       !bk_is_digit(bk_cursor_peek(c, 1)) && (unsigned char)bk_cursor_peek(c, 1) < 0xC3;
}

/* ".1", ".x", "b", ".c" after a number; " c" in OP labels; "(a)" glued. */
static bool take_sub(struct bk_cursor *c, struct bk_label *label)
{
	const size_t before = c->at;
	const bool operative = label->style == BK_LABEL_OPERATIVE || label->style == BK_LABEL_PREAMBLE;
	const bool dot = bk_cursor_take_byte(c, '.');
	const size_t blanks = operative && !dot ? bk_cursor_take_blanks(c, 1) : 0;
	uint32_t value;
	size_t n;

	/* "OP3 bis.16": the mark of a footnote */
	if (dot && operative && label->suffix)
		goto back;
	if (blanks == 0 && dot && (n = bk_label_number(bk_cursor_rest(c), &value)) > 0) {
		c->at += n;
		add_part(label, value);
		mark_name(c, label);
		return true;
	}
	if (lone_letter(c) && bk_is_lower(bk_cursor_peek(c, 0)) && bk_cursor_peek(c, 1) != '\'') {
		const char next = bk_cursor_peek(c, 1);
		const uint32_t letter = (uint32_t)(bk_cursor_peek(c, 0) - 'a' + 1);

		if (blanks == 0 || next == '.' || bk_is_blank(next)) {
			struct bk_cursor ahead = {c->s, c->at + 1, c->plain};
			struct bk_label scratch = *label;

			if (blanks == 0 || bk_label_take_suffix(&ahead, &scratch)) {
				c->at++;
				add_part(label, letter);
				mark_name(c, label);
				return true;
			}
		}
	}
back:
	c->at = before;
	return false;
}

static void take_tail(struct bk_cursor *c, struct bk_label *label)
{
	while (bk_label_take_suffix(c, label) ||
		(!label->alt && label->style != BK_LABEL_LOWER && label->style != BK_LABEL_UPPER &&
			take_sub(c, label)))
		;
}

/* The letter at the cursor in a script without ASCII letters. */
static bool take_foreign_letter(struct bk_cursor *c, struct bk_label *label)
{
	uint32_t value;
	const size_t n = bk_label_letter(bk_cursor_rest(c), &label->style, &value);

	if (n == 0)
		return false;
	add_part(label, value);
	c->at += n;
	return true;
}

/* a, aa, A, iv, IV. */
static bool take_letters(struct bk_cursor *c, struct bk_label *label)
{
	const char first = bk_cursor_peek(c, 0);
	const bool upper = bk_is_upper(first);
	size_t len, repeated = 1;
	uint32_t roman;

	if (!bk_is_alpha(first))
		return take_foreign_letter(c, label);
	roman = bk_label_roman(bk_cursor_rest(c), &len);
	while (bk_cursor_peek(c, repeated) == first)
		repeated++;
	if (repeated <= 3 && !bk_is_alpha(bk_cursor_peek(c, repeated)) && (repeated == 1 || roman == 0)) {
		label->style = upper ? BK_LABEL_UPPER : BK_LABEL_LOWER;
		label->roman = roman;
		add_part(label, (uint32_t)(bk_to_lower(first) - 'a' + 1 + 26 * (int)(repeated - 1)));
		c->at += repeated;
		return true;
	}
	if (roman == 0)
		return false;
	label->style = upper ? BK_LABEL_ROMAN_UPPER : BK_LABEL_ROMAN;
	add_part(label, roman);
	c->at += len;
	return true;
}

static bool take_first(struct bk_cursor *c, struct bk_label *label)
{
	uint32_t value;
	size_t n = bk_label_number(bk_cursor_rest(c), &value);

	if (n > 0) {
		label->style = BK_LABEL_ARABIC;
	} else if ((n = bk_label_chinese(bk_cursor_rest(c), &value)) > 0) {
		label->style = BK_LABEL_CHINESE;
	} else {
		if (!take_letters(c, label))
			return false;
		mark_name(c, label);
		return true;
	}
	c->at += n;
	add_part(label, value);
	mark_name(c, label);
	return true;
}

/* Bodies in brackets: "[1][3]", "[b][c.]", "[3.]".  One alone must hold its dot or be followed by one. */
static bool take_disputed(struct bk_cursor *c, struct bk_label *label, bool paragraph)
{
	const size_t before = c->at;
	size_t groups = 0;
	bool dotted = false;

	for (; bk_cursor_peek(c, 0) == '['; groups++) {
		struct bk_label scratch = {0};
		struct bk_cursor ahead = {c->s, c->at + 1, c->plain};
		const bool round = bk_cursor_take_byte(&ahead, '(');

		if (!take_first(&ahead, &scratch))
			break;
		take_tail(&ahead, &scratch);
		if (round && !bk_cursor_take_byte(&ahead, ')'))
			break;
		dotted = bk_cursor_take_byte(&ahead, '.') || round || scratch.suffix || scratch.alt;
		if (!bk_cursor_take_byte(&ahead, ']'))
			break;
		if (groups == 0 && !paragraph) {
			label->style = scratch.style;
			label->roman = scratch.roman;
			label->suffix = scratch.suffix;
			label->alt = scratch.alt;
			label->alt_number = scratch.alt_number;
			label->alt_at = scratch.alt_at;
		}
		if (groups == 0)
			add_part(label, scratch.parts[0]);
		c->at = ahead.at;
	}
	if (groups == 0 || (!dotted && !paragraph && bk_cursor_peek(c, 0) != '.')) {
		c->at = before;
		return false;
	}
	label->disputed = true;
	label->close = dotted ? BK_LABEL_DOT : BK_LABEL_BARE;
	mark_name(c, label);
	return true;
}

/* " and OP2" behind "OP1": one label for several paragraphs. */
static void take_joined(struct bk_cursor *c, uint8_t style)
{
	static const char *const joints[] = {" and ", " & ", ", ", "-", "–", "/"};

	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		struct bk_cursor ahead = *c;
		uint32_t value;
		size_t n;

		if (!bk_cursor_take(&ahead, joints[i]) ||
			!bk_cursor_take(&ahead, style == BK_LABEL_PREAMBLE ? "PP" : "OP"))
			continue;
		bk_cursor_take_blanks(&ahead, 1);
		if ((n = bk_label_number(bk_cursor_rest(&ahead), &value)) == 0)
			continue;
		c->at = ahead.at + n;
		i = (size_t)-1;
	}
}

/* "PP2", "OP 14", "OP [6][5] c bis". */
static bool take_paragraph(struct bk_cursor *c, struct bk_label *label)
{
	const size_t before = c->at;
	uint32_t value;
	size_t n;

	if (bk_cursor_peek(c, 1) != 'P' || (bk_cursor_peek(c, 0) != 'P' && bk_cursor_peek(c, 0) != 'O'))
		return false;
	label->style = bk_cursor_peek(c, 0) == 'P' ? BK_LABEL_PREAMBLE : BK_LABEL_OPERATIVE;
	c->at += 2;
	bk_cursor_take_blanks(c, 1);
	if ((n = bk_label_number(bk_cursor_rest(c), &value)) > 0) {
		c->at += n;
		add_part(label, value);
		take_joined(c, label->style);
		mark_name(c, label);
		return true;
	}
	if (bk_cursor_peek(c, 0) == '[' && take_disputed(c, label, true))
		return true;
	c->at = before;
	return false;
}

static bool take_round(struct bk_cursor *c, struct bk_label *label)
{
	if (!bk_cursor_take_byte(c, '(') && !(bk_cursor_is_wide(c) && bk_cursor_take(c, "（")))
		return false;
	if (!take_first(c, label))
		return false;
	take_tail(c, label);
	if (!bk_cursor_take_byte(c, ')') && !bk_cursor_take(c, "）"))
		return false;
	label->close = BK_LABEL_ROUND;
	mark_name(c, label);
	return true;
}

/* ---- The whole label ------------------------------------------------------------------------------ */

/* Whether text can begin at the cursor, right after a label that nothing closed: a capital, a bracket,
 * emphasis, a quotation mark, a letter of a script without capitals. */
static bool begins_text(const struct bk_cursor *c)
{
	const unsigned char b = (unsigned char)bk_cursor_peek(c, 0);

	if (b == 0xC2)
		return (unsigned char)bk_cursor_peek(c, 1) == 0xAB;
	return b == '\0' || b == '\r' || b == '[' || b == '{' || b == '*' || b == '_' || b == '"' ||
	       b == '\'' || b == '(' || b == '<' || bk_is_upper((char)b) || b >= 0xC3;
}

static bool take_close(struct bk_cursor *c, struct bk_label *label)
{
	const size_t before = c->at;

	if (bk_cursor_take_byte(c, '.') ||
		(bk_cursor_is_wide(c) && (bk_cursor_take(c, "、") || bk_cursor_take(c, "．")))) {
		label->close = label->close == BK_LABEL_ROUND ? BK_LABEL_ROUND : BK_LABEL_DOT;
	} else if (bk_cursor_peek(c, 0) == ':' && label->close == BK_LABEL_BARE &&
		   (label->count > 1 || label->suffix || label->alt || label->style >= BK_LABEL_PREAMBLE)) {
		c->at++;
		label->close = BK_LABEL_DOT;
	} else if (label->close == BK_LABEL_BARE &&
		   (bk_cursor_take_byte(c, ')') || (bk_cursor_is_wide(c) && bk_cursor_take(c, "）")))) {
		label->close = BK_LABEL_HALF;
		label->name_len = c->at;
		label->base_len = label->alt ? label->base_len : c->at;
		take_tail(c, label);
		if (!bk_cursor_take_byte(c, '.') && label->alt)
			bk_cursor_take_byte(c, ':');
	} else if (label->alt && bk_cursor_peek(c, 0) == ':') {
		c->at++;
	}
	return c->at > before;
}

/* A label must be closed, or say by its form that it is one. */
static bool is_plausible(const struct bk_cursor *c, const struct bk_label *label, bool closed)
{
	struct bk_cursor next = *c;
	const bool lone = label->count == 1 && !label->suffix && !label->alt &&
			  label->style != BK_LABEL_PREAMBLE && label->style != BK_LABEL_OPERATIVE &&
			  !label->disputed;

	for (uint8_t i = 0; i < label->count; i++) {
		if (label->parts[i] > 999)
			return false;
	}
	if (closed || label->close == BK_LABEL_ROUND) {
		const char b = bk_cursor_peek(c, 0);

		if (b == '\0' || bk_is_space(b) || b == '[' || b == ']' || b == '*' || b == '_' || b == '<')
			return true;
		if (bk_is_digit(b))
			return label->style == BK_LABEL_OPERATIVE; /* the mark of a footnote */
		return label->style == BK_LABEL_CHINESE || (unsigned char)b >= 0xC3 || b == '"' || b == '(' ||
		       (label->style != BK_LABEL_LOWER && label->style != BK_LABEL_UPPER &&
			       label->style < BK_LABEL_CYRILLIC && bk_is_upper(b));
	}
	if (lone || (label->style != BK_LABEL_ARABIC && label->style != BK_LABEL_PREAMBLE &&
			    label->style != BK_LABEL_OPERATIVE && !label->suffix && !label->alt &&
			    !label->disputed))
		return false;
	if (label->disputed && label->close == BK_LABEL_DOT)
		return true;
	/* "[OP12 alt] Decides": the label stands in a bracket of its own. */
	if (label->style == BK_LABEL_PREAMBLE || label->style == BK_LABEL_OPERATIVE || label->alt)
		bk_cursor_take_byte(&next, ']');
	bk_cursor_take_blanks(&next, 64);
	if (label->alt && next.at > c->at &&
		(bk_cursor_peek(&next, 0) == '(' || bk_str_starts(bk_cursor_rest(&next), BK_STR("by "))))
		return true;
	return begins_text(&next) &&
	       (next.at > c->at || bk_cursor_peek(c, 0) == '[' || bk_cursor_peek(c, 0) == '\0' ||
		       bk_cursor_peek(c, 0) == '*' || bk_cursor_peek(c, 0) == '\r');
}

static bool read_body(struct bk_cursor *c, struct bk_label *label)
{
	const size_t before = c->at;
	const char first = bk_cursor_peek(c, 0);

	if (first == '[')
		return take_disputed(c, label, false);
	if (take_paragraph(c, label))
		return true;
	if (first == '(' || (unsigned char)first == 0xEF) {
		if (take_round(c, label))
			return true;
		c->at = before;
		*label = (struct bk_label){0};
	}
	return take_first(c, label);
}

static bool read_label(struct bk_str rest, bool plain, struct bk_label *out)
{
	struct bk_cursor c = {rest, 0, plain};
	struct bk_label label = {0};
	bool closed;

	if (!read_body(&c, &label))
		return false;
	take_tail(&c, &label);
	closed = take_close(&c, &label);
	if (!is_plausible(&c, &label, closed))
		return false;
	label.len = c.at;
	*out = label;
	return true;
}

bool bk_label_parse(struct bk_str rest, struct bk_label *out)
{
	if (rest.len == 0 || bk_label_begins_word(rest))
		return false;
	return read_label(rest, false, out) || read_label(rest, true, out);
}

static void take_name_number(struct bk_cursor *c, struct bk_label *name)
{
	uint32_t value;

	bk_cursor_take_byte(c, '.');
	c->at += bk_label_number(bk_cursor_rest(c), &value);
	add_part(name, value);
	mark_name(c, name);
}

/* "(a)" or "a" behind a name: the second number of "Option 1 (a)". */
static void take_name_part(struct bk_cursor *c, struct bk_label *name)
{
	struct bk_cursor ahead = *c;
	struct bk_label inner = {0};

	bk_cursor_take_blanks(&ahead, 1);
	if (!take_round(&ahead, &inner) || inner.count == 0)
		return;
	add_part(name, inner.parts[0]);
	c->at = ahead.at;
	mark_name(c, name);
}

bool bk_label_name(struct bk_str rest, struct bk_label *out)
{
	struct bk_cursor c = {rest, 0, true};
	struct bk_label name = {0};

	if (!take_round(&c, &name)) {
		c.at = 0;
		name = (struct bk_label){0};
		if (!take_first(&c, &name))
			return false;
		/* "A1", "I.2" */
		if (bk_is_digit(bk_cursor_peek(&c, 0)) ||
			(bk_cursor_peek(&c, 0) == '.' && bk_is_digit(bk_cursor_peek(&c, 1))))
			take_name_number(&c, &name);
	}
	take_tail(&c, &name);
	take_name_part(&c, &name);
	name.len = name.name_len;
	*out = name;
	return true;
}
