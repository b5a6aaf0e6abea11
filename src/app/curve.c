#include "app/curve.h"
#include "base/utf8.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

/*
 *	 title                                  legend
 *	 |                                           TOP
 *	 |   open brackets, placeholders
 *	 +-------------------------------------
 *	 |   words in dispute                        MIDDLE
 *	 +-------------------------------------
 *	   2010-08-13        2010-10-09              days
 *	   CANCUN/LCA/1      CANCUN/LCA/2            symbols
 */
enum {
	WIDTH = 800,
	HEIGHT = 500,
	LEFT = 70,
	RIGHT = 770,
	TOP = 70,
	TOP_END = 270,
	MIDDLE = 310,
	MIDDLE_END = 430
};

struct series {
	const char *name, *colour, *dash; /* colours that are told apart by those who see few */
	size_t offset;			  /* of the value in a point */
};

static const struct series series[] = {
	{"open brackets", "#0072b2", "none", offsetof(struct bk_curve_point, disputed)},
	{"placeholders", "#d55e00", "6 3", offsetof(struct bk_curve_point, placeholders)},
	{"words in dispute", "#009e73", "none", offsetof(struct bk_curve_point, words_disputed)},
};

struct drawing {
	struct bk_buf *out;
	const struct bk_curve_point *points;
	size_t count;
};

/* Where values of a part of the picture go. */
struct axis {
	int top, bottom;
	size_t step, most; /* of the scale: most is a multiple of step */
};

static size_t value_of(const struct bk_curve_point *point, const struct series *what)
{
	size_t value;

	memcpy(&value, (const char *)point + what->offset, sizeof value);
	return value;
}

/* ---- Text ---- */

/* What nobody sees has no place in a report; XML would refuse most of it. */
static void put_escaped(struct bk_buf *out, struct bk_str text)
{
	struct bk_buf visible = BK_BUF_INIT;

	bk_utf8_put_visible(&visible, text, false);
	for (size_t i = 0; i < visible.len; i++)
		switch (visible.bytes[i]) {
		case '&': bk_buf_puts(out, "&amp;"); break;
		case '<': bk_buf_puts(out, "&lt;"); break;
		case '>': bk_buf_puts(out, "&gt;"); break;
		case '"': bk_buf_puts(out, "&quot;"); break;
		default: bk_buf_putc(out, visible.bytes[i]);
		}
	out->failed |= visible.failed;
	bk_buf_release(&visible);
}

static void put_text(struct bk_buf *out, double x, double y, const char *attributes, struct bk_str text)
{
	bk_buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, attributes);
	put_escaped(out, text);
	bk_buf_puts(out, "</text>\n");
}

static void put_day(struct bk_buf *out, const struct bk_curve_point *point)
{
	const time_t when = (time_t)point->time;
	struct tm parts;
	char day[24];

	gmtime_r(&when, &parts);
	strftime(day, sizeof day, "%Y-%m-%d", &parts);
	bk_buf_puts(out, day);
}

/* ---- Scales ---- */

/* Steps of 1, 2 or 5 and zeroes, four or five of them to the largest value. */
static struct axis axis_for(
	const struct drawing *drawing, const struct series *first, size_t series_count, int top, int bottom)
{
	struct axis axis = {.top = top, .bottom = bottom, .step = 1};
	size_t most = 1, unit = 1;

	for (size_t s = 0; s < series_count; s++)
		for (size_t i = 0; i < drawing->count; i++)
			if (value_of(&drawing->points[i], &first[s]) > most)
				most = value_of(&drawing->points[i], &first[s]);
	while (axis.step * 5 < most) {
		static const size_t steps[] = {2, 5, 10};
		const size_t place = axis.step / unit == 1 ? 0 : axis.step / unit == 2 ? 1 : 2;

		axis.step = unit * steps[place];
		unit = place == 2 ? unit * 10 : unit;
	}
	axis.most = (most + axis.step - 1) / axis.step * axis.step;
	return axis;
}

static double x_of(const struct drawing *drawing, size_t index)
{
	const int64_t first = drawing->points[0].time, last = drawing->points[drawing->count - 1].time;

	if (drawing->count == 1)
		return (LEFT + RIGHT) / 2.0;
	/* Revisions of one moment stand side by side. */
	if (last <= first)
		return LEFT + 15 + (RIGHT - LEFT - 30) * (double)index / (double)(drawing->count - 1);
	/* A clock that went wrong leads nowhere out of the picture. */
	const int64_t time = drawing->points[index].time < first  ? first
			     : drawing->points[index].time > last ? last
								  : drawing->points[index].time;

	return LEFT + 15 + (RIGHT - LEFT - 30) * (double)(time - first) / (double)(last - first);
}

static double y_of(const struct axis *axis, size_t value)
{
	return axis->bottom - (axis->bottom - axis->top) * (double)value / (double)axis->most;
}

/* ---- Drawing ---- */

static void draw_axis(const struct drawing *drawing, const struct axis *axis)
{
	for (size_t value = 0; value <= axis->most; value += axis->step) {
		struct bk_buf text = BK_BUF_INIT;
		const double y = y_of(axis, value);

		bk_buf_printf(drawing->out,
			"<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>\n", LEFT, y, RIGHT,
			y, value ? "#dddddd" : "#333333");
		bk_buf_printf(&text, "%zu", value);
		put_text(drawing->out, LEFT - 8, y + 4, "text-anchor=\"end\"", bk_buf_str(&text));
		drawing->out->failed |= text.failed;
		bk_buf_release(&text);
	}
}

static void draw_series(const struct drawing *drawing, const struct axis *axis, const struct series *what)
{
	bk_buf_printf(drawing->out,
		"<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" points=\"",
		what->colour, what->dash);
	for (size_t i = 0; i < drawing->count; i++)
		bk_buf_printf(drawing->out, "%s%.1f,%.1f", i ? " " : "", x_of(drawing, i),
			y_of(axis, value_of(&drawing->points[i], what)));
	bk_buf_puts(drawing->out, "\"/>\n");
	/* Points that would only make a band are left out. */
	for (size_t i = 0; i < drawing->count && drawing->count <= 80; i++) {
		bk_buf_printf(drawing->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>",
			x_of(drawing, i), y_of(axis, value_of(&drawing->points[i], what)), what->colour);
		put_day(drawing->out, &drawing->points[i]);
		bk_buf_puts(drawing->out, " ");
		put_escaped(drawing->out, bk_str_of(drawing->points[i].symbol));
		bk_buf_printf(drawing->out, ": %zu %s</title></circle>\n",
			value_of(&drawing->points[i], what), what->name);
	}
}

static void draw_legend(const struct drawing *drawing, const struct series *what, int x, int y)
{
	bk_buf_printf(drawing->out,
		"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\" "
		"stroke-dasharray=\"%s\"/>\n",
		x, y - 4, x + 28, y - 4, what->colour, what->dash);
	put_text(drawing->out, x + 34, y, "", bk_str_of(what->name));
}

/* What comes under the axis at one revision: the end of its symbol, where it is long. */
static struct bk_str short_symbol(const char *symbol)
{
	struct bk_str text = bk_str_of(symbol);
	size_t clusters = bk_utf8_count_clusters(text), size;

	for (; clusters > 16; clusters--) {
		size = bk_utf8_cluster(text);
		text = bk_str_skip(text, size);
	}
	return text;
}

/* Days and symbols, as far as there is room: the first and the last always, the others from left to right. */
static void draw_days(const struct drawing *drawing)
{
	enum { ROOM = 105 };
	const double last = x_of(drawing, drawing->count - 1);
	double free_from = -ROOM;

	for (size_t i = 0; i < drawing->count; i++) {
		const double x = x_of(drawing, i);
		const bool is_last = i + 1 == drawing->count;
		const char *anchor = x > RIGHT - 50 ? "text-anchor=\"end\"" : "text-anchor=\"middle\"";
		struct bk_buf day = BK_BUF_INIT;

		bk_buf_printf(drawing->out,
			"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#333333\"/>\n", x,
			MIDDLE_END, x, MIDDLE_END + 5);
		if (x < free_from || (!is_last && x > last - ROOM))
			continue;
		put_day(&day, &drawing->points[i]);
		put_text(drawing->out, x, MIDDLE_END + 20, anchor, bk_buf_str(&day));
		put_text(drawing->out, x, MIDDLE_END + 36, anchor, short_symbol(drawing->points[i].symbol));
		drawing->out->failed |= day.failed;
		bk_buf_release(&day);
		free_from = x + ROOM;
	}
}

void bk_curve_svg(struct bk_buf *out, struct bk_str title, const struct bk_curve_point *points, size_t count)
{
	const struct drawing drawing = {out, points, count};
	const struct axis open = axis_for(&drawing, &series[0], 2, TOP, TOP_END);
	const struct axis words = axis_for(&drawing, &series[2], 1, MIDDLE, MIDDLE_END);

	bk_buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		"font-family=\"sans-serif\" font-size=\"12\" fill=\"#333333\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		WIDTH, HEIGHT, WIDTH, HEIGHT);
	put_text(out, LEFT, 30, "font-size=\"16\" font-weight=\"bold\"", title);
	draw_legend(&drawing, &series[0], LEFT, 54);
	draw_legend(&drawing, &series[1], LEFT + 140, 54);
	draw_axis(&drawing, &open);
	draw_legend(&drawing, &series[2], LEFT, MIDDLE - 10);
	draw_axis(&drawing, &words);
	draw_days(&drawing);
	draw_series(&drawing, &open, &series[1]);
	draw_series(&drawing, &open, &series[0]);
	draw_series(&drawing, &words, &series[2]);
	bk_buf_puts(out, "</svg>\n");
}
