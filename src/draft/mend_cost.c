/* What is odd about a pair of brackets: where it opens, where it closes, and what lies between. */
#include "draft/mend.h"

#include <math.h>

static const double edge_cost[] = {0, 2, 6};

/* How odd a pair is that opens at o and closes at c. */
double bk_mender_pair_cost(const struct bk_mender *mender, const struct bk_spot *o, const struct bk_spot *c)
{
	const struct bk_segment *from = &mender->segments->items[o->segment];
	const struct bk_segment *to = &mender->segments->items[c->segment];
	double run, high, own;

	if (o->segment == c->segment) {
		if (o->edge == BK_EDGE_SEGMENT && c->edge == BK_EDGE_SEGMENT)
			return 0;
		return o->edge == BK_EDGE_MIDDLE && c->after_stop ? 1.5 : 0.5;
	}
	own = o->edge == BK_EDGE_SEGMENT ? from->weight : 2;
	high = bk_segments_highest(mender->segments, o->segment, c->segment);
	run = log2(1 + to->sum - from->sum);
	return edge_cost[o->edge] + edge_cost[c->edge] +
	       run * (o->edge == BK_EDGE_SEGMENT && c->edge == BK_EDGE_SEGMENT ? 0.6 : 1.5) +
	       (high > own ? (high - own) * 1.5 : 0);
}

static char byte_at(const struct bk_mender *mender, size_t offset)
{
	return offset < mender->draft->bytes.len ? mender->draft->bytes.ptr[offset] : '\0';
}

static bool is_stop(char c)
{
	return c == '.' || c == ';' || c == ':' || c == ',';
}

static bool is_soft(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '*' || c == '_' || c == '"';
}

/* The last byte before offset that is no blank or emphasis, not before floor; 0 when none. */
static char byte_before(const struct bk_mender *mender, size_t offset, size_t floor)
{
	while (offset > floor && is_soft(byte_at(mender, offset - 1)))
		offset--;
	return offset > floor ? byte_at(mender, offset - 1) : '\0';
}

static char byte_after(const struct bk_mender *mender, size_t offset, size_t ceiling)
{
	while (offset < ceiling && is_soft(byte_at(mender, offset)))
		offset++;
	return offset < ceiling ? byte_at(mender, offset) : '\0';
}

/* What stands at offset, where an open (len bytes) stands or might. */
struct bk_spot bk_mender_open_spot(const struct bk_mender *mender, size_t offset)
{
	const size_t index = bk_segments_at(mender->segments, offset);
	const struct bk_segment *segment = &mender->segments->items[index];
	struct bk_spot spot = {.offset = offset, .segment = (uint32_t)index, .edge = BK_EDGE_MIDDLE};
	const char before = byte_before(mender, offset, segment->start);

	if (offset <= segment->body)
		spot.edge = BK_EDGE_SEGMENT;
	else if (before == '.' || before == ';' || before == ':')
		spot.edge = BK_EDGE_SENTENCE;
	return spot;
}

/* What stands before offset, where a close ends or might. */
struct bk_spot bk_mender_close_spot(const struct bk_mender *mender, size_t offset, size_t len)
{
	const size_t index = bk_segments_at(mender->segments, offset);
	const struct bk_segment *segment = &mender->segments->items[index];
	struct bk_spot spot = {.offset = offset, .segment = (uint32_t)index, .edge = BK_EDGE_MIDDLE};
	const char before = byte_before(mender, offset, segment->start);
	const char after = byte_after(mender, offset + len, segment->end);

	if (offset >= segment->tail)
		spot.edge = BK_EDGE_SEGMENT;
	else if (after == '.' || after == ';' || after == ':' || before == '.' || before == ';')
		spot.edge = BK_EDGE_SENTENCE;
	spot.after_stop = spot.edge == BK_EDGE_SEGMENT && is_stop(before);
	return spot;
}
