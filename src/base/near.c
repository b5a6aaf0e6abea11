/* Optimal string alignment over short words. */
#include "base/near.h"

#include <stdint.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t bk_near_distance(struct bk_str a, struct bk_str b)
{
	size_t rows[3][LONGEST + 1];

	if (a.len > LONGEST || b.len > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3];
		const size_t *last = rows[(i + 2) % 3];
		const size_t *before = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			const char x = bk_to_lower(a.ptr[i - 1]), y = bk_to_lower(b.ptr[j - 1]);

			row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == bk_to_lower(b.ptr[j - 2]) &&
				bk_to_lower(a.ptr[i - 2]) == y)
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}

bool bk_near_slip(struct bk_str word, struct bk_str known)
{
	const size_t longer = word.len > known.len ? word.len : known.len;
	const size_t distance = bk_near_distance(word, known);

	return distance != SIZE_MAX && distance <= (longer <= 4 ? 1 : longer / 3);
}
