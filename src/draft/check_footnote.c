/*
 * Notes whose mark another one has already, as when two parties have added one each: nothing says to which of them a
 * mark leads.  Bare numbers begin anew from page to page, and are none of these.
 */
#include "draft/check.h"

#include "base/error.h"
#include "base/map.h"
#include "draft/footnote.h"

int bk_check_footnotes(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	struct bk_map lines = BK_MAP_INIT;
	int status = BK_OK;

	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];
		const struct bk_str mark = bk_bracket_inside(draft, bracket);
		size_t *line, count;

		if (!bk_footnote_defines(draft, bracket))
			continue;
		count = lines.count;
		line = bk_map_slot(&lines, mark, bk_snapshot_line_of(draft->snapshot, bracket->start) + 1);
		if (!line)
			status = bk_fail_memory();
		else if (lines.count == count)
			status = bk_check_report(checker, BK_RULE_DUPLICATE_LABEL,
				(struct bk_span){bracket->start, bracket->end},
				"footnote '[%.*s]' stands already in line %zu: "
				"give one of the two another mark, where it is referred to, too",
				(int)mark.len, mark.ptr, *line);
	}
	bk_map_release(&lines);
	return status;
}
