#include "app/curve.h"
#include "base/utf8.h"

#include <time.h>

/*
 *	 title
 *	 legend, in rows
 *	 |   what is open                            top
 *	 +-------------------------------------
 *	 |   words in dispute
 *	 +-------------------------------------
 *	   2010-08-13        2010-10-09              days
 *	   CANCUN/LCA/1      CANCUN/LCA/2            symbols
 */
enum {
	WIDTH = 800,
	LEFT = 70,
	RIGHT = 770,
	TITLE = 30,
	LEGEND_ROW = 18,
	LEGEND_COLUMN = 175,
	LEGEND_COLUMNS = 4,
	ABOVE = 200, /* height of a part */
	BELOW = 120,
	GAP = 22,
	DAYS = 70,
};

/* Told apart by those who see few colours. */
static const char *const colours[BK_CURVE_COLOURS] = {
	"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#555555"};

struct drawing {
	struct bk_buf *out;
	const struct bk_curve_point *points;
	size_t count;
	int y; /* up to where it is drawn */
};

/* Where values of a part of the picture go. */
struct axis {
	int top, bottom;
	size_t step, most; /* of the scale: most is a multiple of step */
};

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
static struct axis axis_for(const struct drawing *drawing, const struct bk_curve_part *part, int height)
{
	struct axis axis = {.top = drawing->y, .bottom = drawing->y + height, .step = 1};
	size_t most = 1, unit = 1;

	for (size_t l = 0; l < part->count; l++)
		for (size_t i = 0; i < drawing->count; i++)
			if (part->lines[l].values[i] > most)
				most = part->lines[l].values[i];
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

static const char *dash_of(const struct bk_curve_line *line)
{
	return line->dashed ? "6 3" : "none";
}

static void draw_line(
	const struct drawing *drawing, const struct axis *axis, const struct bk_curve_line *line)
{
	bk_buf_printf(drawing->out,
		"<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" points=\"",
		colours[line->colour], dash_of(line));
	for (size_t i = 0; i < drawing->count; i++)
		bk_buf_printf(drawing->out, "%s%.1f,%.1f", i ? " " : "", x_of(drawing, i),
			y_of(axis, line->values[i]));
	bk_buf_puts(drawing->out, "\"/>\n");
	/* Points that would only make a band are left out. */
	for (size_t i = 0; i < drawing->count && drawing->count <= 80; i++) {
		bk_buf_printf(drawing->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>",
			x_of(drawing, i), y_of(axis, line->values[i]), colours[line->colour]);
		put_day(drawing->out, &drawing->points[i]);
		bk_buf_puts(drawing->out, " ");
		put_escaped(drawing->out, bk_str_of(drawing->points[i].symbol));
		bk_buf_printf(drawing->out, ": %zu ", line->values[i]);
		put_escaped(drawing->out, bk_str_of(line->name));
		bk_buf_puts(drawing->out, "</title></circle>\n");
	}
}

/* As many clusters of a name as there is room for. */
static struct bk_str short_name(const char *name)
{
	struct bk_str text = bk_str_of(name);
	size_t len = 0;

	for (size_t clusters = 0; clusters < 20 && len < text.len; clusters++)
		len += bk_utf8_cluster(bk_str_skip(text, len));
	return (struct bk_str){text.ptr, len};
}

static void draw_legend(struct drawing *drawing, const struct bk_curve_part *part)
{
	for (size_t i = 0; i < part->count; i++) {
		const struct bk_curve_line *line = &part->lines[i];
		const int x = LEFT + LEGEND_COLUMN * (int)(i % LEGEND_COLUMNS);

		if (i % LEGEND_COLUMNS == 0)
			drawing->y += LEGEND_ROW;
		bk_buf_printf(drawing->out,
			"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\" "
			"stroke-dasharray=\"%s\"/>\n",
			x, drawing->y - 4, x + 28, drawing->y - 4, colours[line->colour], dash_of(line));
		put_text(drawing->out, x + 34, drawing->y, "", short_name(line->name));
	}
}

static void draw_part(struct drawing *drawing, const struct bk_curve_part *part, int height)
{
	struct axis axis;

	if (part->caption) {
		drawing->y += LEGEND_ROW;
		put_text(drawing->out, LEFT, drawing->y, "font-weight=\"bold\"", bk_str_of(part->caption));
	}
	if (part->legend)
		draw_legend(drawing, part);
	drawing->y += GAP - 6;
	axis = axis_for(drawing, part, height);
	draw_axis(drawing, &axis);
	for (size_t i = part->count; i-- > 0;)
		draw_line(drawing, &axis, &part->lines[i]);
	drawing->y += height;
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
			drawing->y, x, drawing->y + 5);
		if (x < free_from || (!is_last && x > last - ROOM))
			continue;
		put_day(&day, &drawing->points[i]);
		put_text(drawing->out, x, drawing->y + 20, anchor, bk_buf_str(&day));
		put_text(drawing->out, x, drawing->y + 36, anchor, short_symbol(drawing->points[i].symbol));
		drawing->out->failed |= day.failed;
		bk_buf_release(&day);
		free_from = x + ROOM;
	}
}

static int height_of(const struct bk_curve_part *part, int height)
{
	const size_t rows = part->legend ? (part->count + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS : 0;

	return (int)(rows + (part->caption != NULL)) * LEGEND_ROW + GAP - 6 + height;
}

void bk_curve_svg(struct bk_buf *out, struct bk_str title, const struct bk_curve_point *points, size_t count,
	const struct bk_curve_part *above, const struct bk_curve_part *below)
{
	const int height = TITLE + 6 + height_of(above, ABOVE) + GAP + height_of(below, BELOW) + DAYS;
	struct drawing drawing = {out, points, count, TITLE + 6};

	bk_buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		"font-family=\"sans-serif\" font-size=\"12\" fill=\"#333333\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		WIDTH, height, WIDTH, height);
	put_text(out, LEFT, TITLE, "font-size=\"16\" font-weight=\"bold\"", title);
	draw_part(&drawing, above, ABOVE);
	drawing.y += GAP;
	draw_part(&drawing, below, BELOW);
	draw_days(&drawing);
	bk_buf_puts(out, "</svg>\n");
}
