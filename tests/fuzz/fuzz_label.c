/*
 * Labels, headings and option headers of any line: what is read lies inside the line, in its order, and is
 * the same when the line is read again without what follows it.
 */
#include "fuzz.h"
#include "draft/heading.h"
#include "draft/option.h"

#define HOLDS(condition) stop_if(!(condition), #condition)

static void check_label(struct bk_str line, size_t at)
{
	const struct bk_str rest = bk_str_skip(line, at);
	struct bk_label label, again;

	if (!bk_label_parse(rest, &label))
		return;
	HOLDS(label.len > 0 && label.len <= rest.len);
	HOLDS(label.name_len > 0 && label.name_len <= label.len);
	HOLDS(label.base_len <= label.name_len);
	HOLDS(label.count > 0 && label.count <= BK_LABEL_PARTS);
	HOLDS(!label.alt || label.alt_at + 3 <= label.name_len);
	HOLDS(bk_label_parse(rest, &again) && bk_label_compare(&label, &again) == 0);
	HOLDS(!bk_label_follows(&label, &again));
}

static void check_line(struct bk_str line)
{
	struct bk_lead lead;
	struct bk_option_header header;
	struct bk_heading heading;

	bk_lead_parse(line, &lead);
	HOLDS(lead.first <= lead.len && lead.len <= line.len);
	check_label(line, lead.len);
	check_label(line, 0);
	if (bk_option_parse(line, &lead, &header)) {
		HOLDS(header.offset < header.end && header.end <= line.len);
		HOLDS(header.offset <= header.text && header.text <= line.len);
		HOLDS(!header.has_label || header.label_at + header.label.name_len <= line.len);
	}
	if (bk_heading_parse(line, &lead, &heading)) {
		HOLDS(heading.name.start < heading.name.end && heading.name.end <= line.len);
		HOLDS(heading.title.start <= heading.title.end && heading.title.end <= line.len);
	}
	(void)bk_option_no_text(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bk_str text = {(const char *)data, size};

	while (text.len > 0) {
		const size_t end = bk_str_find(text, '\n');

		check_line((struct bk_str){text.ptr, end});
		text = bk_str_skip(text, end + 1);
	}
	return 0;
}
