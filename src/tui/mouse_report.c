/* Reports of the mouse. */
#include "tui/mouse_report.h"

/* From ESCAPE on it is no report of the mouse any more. */
enum state { NUMBERS, OLD, ESCAPE, SEQUENCE_BEGUN, SEQUENCE, SHIFTED };

enum {
	MOTION = 32,
	WHEEL = 64,
	OTHER = 128, /* buttons beyond the wheel */
	BUTTON = 3,  /* of the lowest bits; all set: none is down any more */
	MODIFIERS = 4 | 8 | 16,
	ROWS = 3, /* that one turn of the wheel goes */
	LARGEST = 100000,
};

void bk_mouse_report_begin(struct bk_mouse_report *report, bool old)
{
	*report = (struct bk_mouse_report){.state = old ? OLD : NUMBERS, .held = report->held};
}

/* What the report says; column and row count from 1. */
static enum bk_mouse_step tell(struct bk_mouse_report *report, bool pressed, struct bk_input *out)
{
	const unsigned what = report->numbers[0] & ~(unsigned)MODIFIERS;
	const int col = (int)report->numbers[1] - 1, row = (int)report->numbers[2] - 1;

	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (row < 0 || col < 0 || (what & (MOTION | OTHER)))
		return BK_MOUSE_WHOLE;
	if (what == WHEEL || what == WHEEL + 1) {
		if (pressed)
			*out = (struct bk_input){
				.kind = BK_INPUT_WHEEL, .amount = what == WHEEL ? -ROWS : ROWS};
		return BK_MOUSE_WHOLE;
	}
	if (what != 0)
		return BK_MOUSE_WHOLE;
	if (pressed || report->held)
		*out = (struct bk_input){.kind = BK_INPUT_CLICK, .row = row, .col = col, .drag = !pressed};
	report->held = pressed;
	return BK_MOUSE_WHOLE;
}

static enum bk_mouse_step take_number(
	struct bk_mouse_report *report, unsigned char byte, struct bk_input *out)
{
	if (byte >= '0' && byte <= '9') {
		unsigned *const number = &report->numbers[report->count];

		*number = *number < LARGEST ? *number * 10 + (unsigned)(byte - '0') : LARGEST;
		return BK_MOUSE_MORE;
	}
	if (byte == ';' && report->count < 2) {
		report->count++;
		return BK_MOUSE_MORE;
	}
	if ((byte == 'M' || byte == 'm') && report->count == 2)
		return tell(report, byte == 'M', out);
	if (byte >= 0x20 && byte < 0x40) {
		report->state = SEQUENCE;
		return BK_MOUSE_MORE;
	}
	return BK_MOUSE_BROKEN;
}

/* Three bytes, each 32 more than it says; which button went up is not said. */
static enum bk_mouse_step take_old(struct bk_mouse_report *report, unsigned char byte, struct bk_input *out)
{
	if (byte < 32)
		return BK_MOUSE_BROKEN;
	report->numbers[report->count++] = (unsigned)byte - 32;
	if (report->count < 3)
		return BK_MOUSE_MORE;
	if ((report->numbers[0] & (BUTTON | MOTION | WHEEL | OTHER)) != BUTTON)
		return tell(report, true, out);
	report->numbers[0] = 0;
	return tell(report, false, out);
}

/* What begins behind a report that was cut: another one, or a sequence that goes with it. */
static enum bk_mouse_step take_other(struct bk_mouse_report *report, unsigned char byte)
{
	const unsigned char before = report->state;

	if (before == ESCAPE && byte == '[')
		report->state = SEQUENCE_BEGUN;
	else if (before == ESCAPE && byte == 'O')
		report->state = SHIFTED;
	else if (before == SEQUENCE_BEGUN && (byte == '<' || byte == 'M'))
		bk_mouse_report_begin(report, byte == 'M');
	else if ((before == SEQUENCE_BEGUN || before == SEQUENCE) && byte >= 0x20 && byte < 0x40)
		report->state = SEQUENCE;
	else
		return BK_MOUSE_GONE;
	return BK_MOUSE_MORE;
}

enum bk_mouse_step bk_mouse_report_take(
	struct bk_mouse_report *report, unsigned char byte, struct bk_input *out)
{
	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (byte == 0x1b) {
		report->state = ESCAPE;
		return BK_MOUSE_MORE;
	}
	switch (report->state) {
	case NUMBERS: return take_number(report, byte, out);
	case OLD: return take_old(report, byte, out);
	default: return take_other(report, byte);
	}
}
