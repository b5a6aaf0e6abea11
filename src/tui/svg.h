/* The grid as a picture: SVG with one text element a run of equal style, readable without fonts of ours. */
#ifndef BRACKED_TUI_SVG_H
#define BRACKED_TUI_SVG_H

#include "tui/cell.h"
#include "tui/theme.h"

/* Append the picture of the grid, the cursor shown as a block. */
void bk_svg_put(const struct bk_grid *grid, const struct bk_theme *theme, struct bk_buf *out);

#endif
