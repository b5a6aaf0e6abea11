/* Themes: roles to colours. */
#include "tui/theme.h"

#include "base/error.h"

#include <string.h>

#define B BK_ATTR_BOLD
#define U BK_ATTR_UNDERLINE
#define R BK_ATTR_REVERSE
#define D BK_ATTR_DIM
#define I BK_ATTR_ITALIC

static const struct bk_theme dark =
	{
		.name = "dark",
		.page = 0x16191f,
		.ink = 0xd5dae3,
		.roles =
			{
				[BK_ROLE_TEXT] = {-1, -1, 0},
				[BK_ROLE_DIM] = {244, -1, 0},
				[BK_ROLE_BAR] = {252, 237, 0},
				[BK_ROLE_BAR_NAME] = {231, 237, B},
				[BK_ROLE_BAR_COUNT] = {180, 237, 0},
				[BK_ROLE_BAR_ALERT] = {210, 237, B},
				[BK_ROLE_STATUS] = {250, 236, 0},
				[BK_ROLE_STATUS_PATH] = {117, 236, 0},
				[BK_ROLE_KEY] = {231, 24, B},
				[BK_ROLE_KEY_LABEL] = {250, -1, 0},
				[BK_ROLE_PROMPT] = {222, 236, B},
				[BK_ROLE_PROMPT_INPUT] = {231, 236, 0},
				[BK_ROLE_MESSAGE] = {150, 236, 0},
				[BK_ROLE_ERROR] = {217, 52, B},
				[BK_ROLE_BORDER] = {240, -1, 0},
				[BK_ROLE_HEADING] = {231, -1, B},
				[BK_ROLE_LABEL] = {110, -1, 0},
				[BK_ROLE_ATTRIBUTION] = {109, -1, I},
				[BK_ROLE_DEPTH_1] = {-1, 235, 0},
				[BK_ROLE_DEPTH_2] = {-1, 237, U},
				[BK_ROLE_DEPTH_3] = {-1, 239, 0},
				[BK_ROLE_DEPTH_4] = {-1, 241, U},
				[BK_ROLE_DISPUTED] = {215, -1, B},
				[BK_ROLE_PLACEHOLDER] = {141, -1, 0},
				[BK_ROLE_NOTE] = {108, -1, 0},
				[BK_ROLE_REFERENCE] = {244, -1, 0},
				[BK_ROLE_CLASS_STATUS] = {114, -1, 0},
				[BK_ROLE_AGREED] = {114, -1, B},
				[BK_ROLE_FAULT] = {231, 124, B},
				[BK_ROLE_HERE] = {16, 220, B},
				[BK_ROLE_HERE_WORDS] = {230, -1, 0},
				[BK_ROLE_SELECTION] = {231, 25, 0},
				[BK_ROLE_MATCH] = {16, 180, 0},
				[BK_ROLE_MATCH_NOW] = {16, 214, B},
				[BK_ROLE_MARK] = {16, 174, 0},
				[BK_ROLE_GUTTER] = {240, -1, 0},
				[BK_ROLE_GUTTER_BLOCKS] = {203, -1, B},
				[BK_ROLE_GUTTER_OPEN] = {215, -1, 0},
				[BK_ROLE_GUTTER_AGREED] = {114, -1, B},
				[BK_ROLE_GUTTER_FAULT] = {231, 124, B},
				[BK_ROLE_TITLE] = {231, -1, B},
				[BK_ROLE_PARTY] = {117, -1, 0},
				[BK_ROLE_FOR] = {114, -1, 0},
				[BK_ROLE_AGAINST] = {210, -1, 0},
				[BK_ROLE_MAYBE] = {222, -1, 0},
				[BK_ROLE_SELECTED] = {231, 24, 0},
				[BK_ROLE_BARS] = {215, -1, 0},
				[BK_ROLE_ADDED] = {114, -1, 0},
				[BK_ROLE_REMOVED] = {210, -1, 0},
			},
};

static const struct bk_theme light =
	{
		.name = "light",
		.page = 0xfcfcf9,
		.ink = 0x24292f,
		.roles =
			{
				[BK_ROLE_TEXT] = {-1, -1, 0},
				[BK_ROLE_DIM] = {243, -1, 0},
				[BK_ROLE_BAR] = {238, 253, 0},
				[BK_ROLE_BAR_NAME] = {16, 253, B},
				[BK_ROLE_BAR_COUNT] = {94, 253, 0},
				[BK_ROLE_BAR_ALERT] = {160, 253, B},
				[BK_ROLE_STATUS] = {239, 254, 0},
				[BK_ROLE_STATUS_PATH] = {25, 254, 0},
				[BK_ROLE_KEY] = {231, 25, B},
				[BK_ROLE_KEY_LABEL] = {238, -1, 0},
				[BK_ROLE_PROMPT] = {25, 254, B},
				[BK_ROLE_PROMPT_INPUT] = {16, 254, 0},
				[BK_ROLE_MESSAGE] = {22, 254, 0},
				[BK_ROLE_ERROR] = {231, 124, B},
				[BK_ROLE_BORDER] = {248, -1, 0},
				[BK_ROLE_HEADING] = {16, -1, B},
				[BK_ROLE_LABEL] = {25, -1, 0},
				[BK_ROLE_ATTRIBUTION] = {30, -1, I},
				[BK_ROLE_DEPTH_1] = {-1, 230, 0},
				[BK_ROLE_DEPTH_2] = {-1, 223, U},
				[BK_ROLE_DEPTH_3] = {-1, 216, 0},
				[BK_ROLE_DEPTH_4] = {-1, 209, U},
				[BK_ROLE_DISPUTED] = {130, -1, B},
				[BK_ROLE_PLACEHOLDER] = {91, -1, 0},
				[BK_ROLE_NOTE] = {28, -1, 0},
				[BK_ROLE_REFERENCE] = {245, -1, 0},
				[BK_ROLE_CLASS_STATUS] = {28, -1, 0},
				[BK_ROLE_AGREED] = {28, -1, B},
				[BK_ROLE_FAULT] = {231, 160, B},
				[BK_ROLE_HERE] = {231, 130, B},
				[BK_ROLE_HERE_WORDS] = {16, -1, 0},
				[BK_ROLE_SELECTION] = {16, 153, 0},
				[BK_ROLE_MATCH] = {16, 222, 0},
				[BK_ROLE_MATCH_NOW] = {16, 214, B},
				[BK_ROLE_MARK] = {231, 132, 0},
				[BK_ROLE_GUTTER] = {248, -1, 0},
				[BK_ROLE_GUTTER_BLOCKS] = {160, -1, B},
				[BK_ROLE_GUTTER_OPEN] = {130, -1, 0},
				[BK_ROLE_GUTTER_AGREED] = {28, -1, B},
				[BK_ROLE_GUTTER_FAULT] = {231, 160, B},
				[BK_ROLE_TITLE] = {16, -1, B},
				[BK_ROLE_PARTY] = {25, -1, 0},
				[BK_ROLE_FOR] = {28, -1, 0},
				[BK_ROLE_AGAINST] = {160, -1, 0},
				[BK_ROLE_MAYBE] = {94, -1, 0},
				[BK_ROLE_SELECTED] = {231, 25, 0},
				[BK_ROLE_BARS] = {130, -1, 0},
				[BK_ROLE_ADDED] = {28, -1, 0},
				[BK_ROLE_REMOVED] = {160, -1, 0},
			},
};

/* What differs from dark: blue and orange instead of green and red (after Okabe and Ito's palette). */
static const struct {
	enum bk_role role;
	struct bk_look style;
} colour_blind[] = {
	{BK_ROLE_BAR_ALERT, {214, 237, B}},
	{BK_ROLE_MESSAGE, {117, 236, 0}},
	{BK_ROLE_ERROR, {16, 214, B}},
	{BK_ROLE_ATTRIBUTION, {110, -1, I}},
	{BK_ROLE_DISPUTED, {228, -1, B}},
	{BK_ROLE_PLACEHOLDER, {175, -1, 0}},
	{BK_ROLE_NOTE, {74, -1, 0}},
	{BK_ROLE_CLASS_STATUS, {39, -1, 0}},
	{BK_ROLE_AGREED, {39, -1, B}},
	{BK_ROLE_FAULT, {16, 214, B}},
	{BK_ROLE_GUTTER_BLOCKS, {208, -1, B}},
	{BK_ROLE_GUTTER_OPEN, {228, -1, 0}},
	{BK_ROLE_GUTTER_AGREED, {39, -1, B}},
	{BK_ROLE_GUTTER_FAULT, {16, 214, B}},
	{BK_ROLE_PARTY, {153, -1, 0}},
	{BK_ROLE_FOR, {39, -1, 0}},
	{BK_ROLE_AGAINST, {208, -1, 0}},
	{BK_ROLE_MAYBE, {228, -1, 0}},
	{BK_ROLE_BARS, {228, -1, 0}},
	{BK_ROLE_ADDED, {39, -1, 0}},
	{BK_ROLE_REMOVED, {208, -1, 0}},
};

/* No colour at all: attributes by role, everything else plain. */
static const struct {
	enum bk_role role;
	uint8_t attributes;
} mono[] = {
	{BK_ROLE_BAR, R},
	{BK_ROLE_BAR_NAME, R | B},
	{BK_ROLE_BAR_COUNT, R},
	{BK_ROLE_BAR_ALERT, R | B},
	{BK_ROLE_STATUS, R},
	{BK_ROLE_STATUS_PATH, R},
	{BK_ROLE_KEY, R},
	{BK_ROLE_PROMPT, B},
	{BK_ROLE_ERROR, B},
	{BK_ROLE_HEADING, B},
	{BK_ROLE_DEPTH_2, U},
	{BK_ROLE_DEPTH_3, B},
	{BK_ROLE_DEPTH_4, U | B},
	{BK_ROLE_DISPUTED, B},
	{BK_ROLE_AGREED, B},
	{BK_ROLE_FAULT, R | B},
	{BK_ROLE_HERE, R | B},
	{BK_ROLE_SELECTION, R},
	{BK_ROLE_MATCH, U},
	{BK_ROLE_MATCH_NOW, R},
	{BK_ROLE_MARK, R},
	{BK_ROLE_GUTTER_BLOCKS, B},
	{BK_ROLE_GUTTER_FAULT, B},
	{BK_ROLE_TITLE, B},
	{BK_ROLE_AGAINST, B},
	{BK_ROLE_SELECTED, R},
	{BK_ROLE_ADDED, B},
	{BK_ROLE_REMOVED, U},
};

static const char *const names[] = {"dark", "light", "colour-blind", "mono", NULL};

const char *const *bk_theme_names(void)
{
	return names;
}

static const uint32_t base_rgb[16] = {
	0x000000,
	0xcd3131,
	0x0dbc79,
	0xc5a332,
	0x2472c8,
	0xbc3fbc,
	0x11a8cd,
	0xcccccc,
	0x666666,
	0xf14c4c,
	0x23d18b,
	0xf5f543,
	0x3b8eea,
	0xd670d6,
	0x29b8db,
	0xffffff,
};

uint32_t bk_theme_rgb(int colour)
{
	if (colour < 0 || colour > 255)
		return 0;
	if (colour < 16)
		return base_rgb[colour];
	if (colour >= 232) {
		const uint32_t grey = (uint32_t)(8 + (colour - 232) * 10);
		return grey << 16 | grey << 8 | grey;
	}
	static const uint32_t step[6] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
	const int cube = colour - 16;
	return step[cube / 36] << 16 | step[cube / 6 % 6] << 8 | step[cube % 6];
}

static long distance(uint32_t a, uint32_t b)
{
	long sum = 0;
	for (int shift = 0; shift <= 16; shift += 8) {
		const long d = (long)(a >> shift & 0xff) - (long)(b >> shift & 0xff);
		sum += d * d;
	}
	return sum;
}

static int16_t nearest(int16_t colour, int count)
{
	if (colour < count)
		return colour;
	int best = 0;
	for (int i = 1; i < count; i++)
		if (distance(bk_theme_rgb(colour), base_rgb[i]) <
			distance(bk_theme_rgb(colour), base_rgb[best]))
			best = i;
	return (int16_t)best;
}

/* Fewer colours: shades go, bars become reverse, the rest takes what is nearest. */
static void reduce(struct bk_theme *theme, int colours)
{
	const int count = colours >= 16 ? 16 : 8;
	for (int role = 0; role < BK_ROLE_COUNT; role++) {
		struct bk_look *const style = &theme->roles[role];
		const bool bar = role >= BK_ROLE_BAR && role <= BK_ROLE_STATUS_PATH;
		const bool shade = role >= BK_ROLE_DEPTH_1 && role <= BK_ROLE_DEPTH_4;
		if (bar) {
			*style = (struct bk_look){-1, -1, (uint8_t)(style->attributes | R)};
			continue;
		}
		if (shade || (style->bg >= 232 && style->bg <= 255))
			style->bg = -1;
		if (style->fg >= 231 || style->fg == 16)
			style->fg = style->bg < 0 ? -1 : (int16_t)(style->fg == 16 ? 0 : 7);
		style->fg = nearest(style->fg, count);
		style->bg = nearest(style->bg, count);
		if (style->fg >= 0 && style->fg == style->bg)
			style->fg = style->bg == 0 ? 7 : 0;
	}
	theme->roles[BK_ROLE_DIM] = (struct bk_look){-1, -1, D};
	theme->roles[BK_ROLE_BORDER] = theme->roles[BK_ROLE_DIM];
	theme->roles[BK_ROLE_GUTTER] = theme->roles[BK_ROLE_DIM];
}

static void make_mono(struct bk_theme *theme)
{
	theme->name = "mono";
	for (int role = 0; role < BK_ROLE_COUNT; role++)
		theme->roles[role] = BK_LOOK_PLAIN;
	for (size_t i = 0; i < sizeof mono / sizeof *mono; i++)
		theme->roles[mono[i].role].attributes = mono[i].attributes;
}

int bk_theme_make(struct bk_theme *out, const char *name, int colours)
{
	if (strcmp(name, "mono") == 0 || strcmp(name, "dark") == 0 || strcmp(name, "colour-blind") == 0)
		*out = dark;
	else if (strcmp(name, "light") == 0)
		*out = light;
	else
		return bk_fail(BK_ENOTFOUND,
			"unknown theme '%s': bracked.theme is dark, light, colour-blind or mono", name);
	if (strcmp(name, "colour-blind") == 0) {
		out->name = "colour-blind";
		for (size_t i = 0; i < sizeof colour_blind / sizeof *colour_blind; i++)
			out->roles[colour_blind[i].role] = colour_blind[i].style;
	}
	if (strcmp(name, "mono") == 0 || colours < 8)
		make_mono(out);
	else if (colours < 256)
		reduce(out, colours);
	return BK_OK;
}

struct bk_look bk_theme_style(const struct bk_theme *theme, enum bk_role role)
{
	return theme->roles[role];
}

struct bk_look bk_theme_depth(const struct bk_theme *theme, size_t depth)
{
	if (depth == 0)
		return BK_LOOK_PLAIN;
	return theme->roles[BK_ROLE_DEPTH_1 + (depth > 4 ? 3 : depth - 1)];
}
