/* Right-to-left text: the door of FriBidi. */
#include "tui/bidi.h"

#include "base/alloc.h"
#include "base/error.h"

#include <fribidi/fribidi.h>
#include <stdlib.h>
#include <string.h>

enum bk_bidi bk_bidi_mode(const char *setting, const char *term, const char *term_program,
	const char *vte_version, const char *konsole_version)
{
	if (setting != NULL && strcmp(setting, "own") == 0)
		return BK_BIDI_OWN;
	if (setting != NULL && strcmp(setting, "terminal") == 0)
		return BK_BIDI_TERMINAL;
	/* VTE reorders since 0.58. */
	if (vte_version != NULL && strtol(vte_version, NULL, 10) >= 5800)
		return BK_BIDI_TERMINAL;
	if (konsole_version != NULL && konsole_version[0] != '\0')
		return BK_BIDI_TERMINAL;
	if (term_program != NULL && strcmp(term_program, "Apple_Terminal") == 0)
		return BK_BIDI_TERMINAL;
	if (term != NULL && strncmp(term, "mlterm", 6) == 0)
		return BK_BIDI_TERMINAL;
	return BK_BIDI_OWN;
}

bool bk_bidi_needed(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		const unsigned char lead = (unsigned char)bytes.ptr[i];
		if (lead < 0xd6)
			continue;
		/* U+0590..U+08FF, the presentation forms, and the right-to-left scripts above U+10800. */
		if (lead <= 0xdf || lead == 0xef || (lead == 0xf0))
			return true;
		if (lead == 0xe0 && i + 1 < bytes.len && (unsigned char)bytes.ptr[i + 1] <= 0xa3)
			return true;
	}
	return false;
}

int bk_bidi_levels(const uint32_t *codes, size_t count, int8_t *levels, bool *rtl)
{
	FriBidiCharType *const types = bk_calloc(count + 1, sizeof *types);
	FriBidiBracketType *const brackets = bk_calloc(count + 1, sizeof *brackets);
	if (types == NULL || brackets == NULL) {
		bk_free(types);
		bk_free(brackets);
		return bk_fail_memory();
	}
	fribidi_get_bidi_types(codes, (FriBidiStrIndex)count, types);
	fribidi_get_bracket_types(codes, (FriBidiStrIndex)count, types, brackets);
	FriBidiParType base = FRIBIDI_PAR_ON;
	const FriBidiLevel deepest = fribidi_get_par_embedding_levels_ex(
		types, brackets, (FriBidiStrIndex)count, &base, (FriBidiLevel *)levels);
	bk_free(types);
	bk_free(brackets);
	if (deepest == 0)
		return bk_fail_memory();
	*rtl = FRIBIDI_IS_RTL(base) != 0;
	return BK_OK;
}

static void reverse(uint32_t *order, size_t from, size_t to)
{
	while (from + 1 < to) {
		const uint32_t swap = order[from];
		order[from++] = order[--to];
		order[to] = swap;
	}
}

/* Rule L2: from the highest level down to the lowest odd one, reverse each run at that level or above. */
void bk_bidi_order(const int8_t *levels, size_t count, uint32_t *order)
{
	int8_t highest = 0;
	for (size_t i = 0; i < count; i++) {
		order[i] = (uint32_t)i;
		highest = levels[i] > highest ? levels[i] : highest;
	}
	for (int8_t level = highest; level > 0; level--) {
		size_t i = 0;
		while (i < count) {
			size_t end = i;
			while (end < count && levels[end] >= level)
				end++;
			reverse(order, i, end);
			i = end > i ? end : i + 1;
		}
	}
}

uint32_t bk_bidi_mirror(uint32_t code)
{
	FriBidiChar mirrored;
	return fribidi_get_mirror_char(code, &mirrored) ? mirrored : code;
}
