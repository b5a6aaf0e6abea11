/* ASCII likenesses of the signs that the screen draws with. */
#include "tui/ascii.h"

#include <stddef.h>

static const struct {
	uint32_t code;
	char ascii;
} fallbacks[] = {
	{0x25c6, '#'},
	{0x25cf, 'o'},
	{0x2713, 'v'},
	{0x2502, '|'},
	{0x2500, '-'},
	{0x2026, '~'},
	{0x2018, '\''},
	{0x2019, '\''},
	{0x201c, '"'},
	{0x201d, '"'},
	{0x2013, '-'},
	{0x2014, '-'},
	{0x00a0, ' '},
	{0x00b7, '.'},
	{0x2588, '#'},
	{0x2192, '>'},
	{0x2190, '<'},
	{0x2022, '*'},
	{0x2591, '.'},
	{0x2592, ':'},
	{0x2593, '%'},
	{0x25cb, '.'},
	{0x25b2, '^'},
	{0x25bc, 'v'},
	{0x251c, '+'},
	{0x2524, '+'},
	{0x252c, '+'},
	{0x2534, '+'},
	{0x253c, '+'},
	{0x203a, '>'},
	{0x2039, '<'},
	{0x25b8, '+'},
};

char bk_ascii_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++)
		if (fallbacks[i].code == code)
			return fallbacks[i].ascii;
	/* Parts of blocks, as bars and curves have them. */
	return code >= 0x2581 && code <= 0x258f ? '#' : '?';
}
