/* Motions of vi. */
#include "tui/vi_motion.h"

#include "base/utf8.h"
#include "tui/motion.h"
#include "tui/screen.h"

size_t bk_vi_count(const struct bk_vi *vi)
{
	const size_t count =
		(vi->count > 0 ? vi->count : 1) * (vi->operator_count > 0 ? vi->operator_count : 1);
	return count > 100000 ? 100000 : count;
}

static const bk_snapshot *now(const struct bk_screen *screen)
{
	return bk_desk_shown(bk_screen_desk(screen));
}

static struct bk_view *view(struct bk_screen *screen)
{
	return bk_desk_view(bk_screen_desk(screen));
}

size_t bk_vi_find_char(const bk_snapshot *snapshot, size_t at, uint32_t kind, uint32_t wanted, size_t count)
{
	const bool back = kind == 'F' || kind == 'T';
	const size_t edge = back ? bk_motion_line_start(snapshot, at) : bk_motion_line_end(snapshot, at);
	size_t here = at;
	while (count > 0) {
		if (back ? here <= edge : here >= edge)
			return at;
		here = back ? bk_motion_previous(snapshot, here) : bk_motion_next(snapshot, here);
		if (here >= edge && !back)
			return at;
		char bytes[8];
		const size_t end = bk_motion_next(snapshot, here);
		const size_t len = end - here < sizeof bytes ? end - here : sizeof bytes;
		size_t size;
		bk_snapshot_copy(snapshot, (struct bk_span){here, here + len}, bytes);
		if (len > 0 && bk_utf8_decode((struct bk_str){bytes, len}, &size) == wanted)
			count--;
	}
	if (kind == 't')
		return bk_motion_previous(snapshot, here);
	return kind == 'T' ? bk_motion_next(snapshot, here) : here;
}

size_t bk_vi_repeat(
	size_t (*step)(const bk_snapshot *, size_t), const bk_snapshot *snapshot, size_t at, size_t count)
{
	for (; count > 0; count--) {
		const size_t next = step(snapshot, at);
		if (next == at)
			break;
		at = next;
	}
	return at;
}

size_t bk_vi_go_line(const bk_snapshot *snapshot, size_t line)
{
	const size_t lines = bk_snapshot_lines(snapshot);
	const size_t start = bk_snapshot_line_start(snapshot, line < lines ? line
							      : lines > 0  ? lines - 1
									   : 0);
	return start == BK_NOWHERE ? 0 : bk_motion_line_first(snapshot, start);
}

/* A motion to another line of the text, not of the screen. */
size_t bk_vi_vertical(const bk_snapshot *snapshot, size_t at, long lines)
{
	const long line = (long)bk_snapshot_line_of(snapshot, at) + lines;
	const size_t start = bk_snapshot_line_start(snapshot, line < 0 ? 0 : (size_t)line);
	return start == BK_NOWHERE ? bk_snapshot_size(snapshot) : start;
}

struct bk_vi_motion bk_vi_motion_of(struct bk_screen *screen, uint32_t code)
{
	const bk_snapshot *const s = now(screen);
	const size_t at = view(screen)->cursor, count = bk_vi_count(&screen->vi);
	struct bk_vi_motion m = {.target = at, .known = true};
	switch (code) {
	case 'h':
	case BK_KEY_LEFT:
	case BK_KEY_BACKSPACE: m.target = bk_vi_repeat(bk_motion_previous, s, at, count); break;
	case 'l':
	case BK_KEY_RIGHT:
	case ' ': m.target = bk_vi_repeat(bk_motion_next, s, at, count); break;
	case 'w':
	case 'W':
		/* Changing a word leaves the blank after it. */
		m.inclusive = screen->vi.operation == 'c';
		m.word = !m.inclusive;
		m.target = bk_vi_repeat(m.inclusive ? bk_motion_word_end : bk_motion_word_next, s, at, count);
		break;
	case 'b':
	case 'B': m.target = bk_vi_repeat(bk_motion_word_previous, s, at, count); break;
	case 'e':
	case 'E':
		m.target = bk_vi_repeat(bk_motion_word_end, s, at, count);
		m.inclusive = true;
		break;
	case '0':
	case BK_KEY_HOME: m.target = bk_motion_line_start(s, at); break;
	case '^': m.target = bk_motion_line_first(s, at); break;
	case '$':
	case BK_KEY_END: m.target = bk_motion_line_end(s, at); break;
	case '{': m.target = bk_vi_repeat(bk_motion_paragraph_previous, s, at, count); break;
	case '}': m.target = bk_vi_repeat(bk_motion_paragraph_next, s, at, count); break;
	case '%': {
		const size_t match = bk_snapshot_match(s, at);
		m.target = match == BK_NOWHERE ? at : match;
		m.inclusive = true;
		break;
	}
	case 'G':
		m.target = bk_vi_go_line(s, screen->vi.count > 0 ? screen->vi.count - 1 : SIZE_MAX);
		m.lines = true;
		break;
	case ';':
	case ',': {
		const uint32_t kind = screen->vi.find_kind;
		const bool upper = kind == 'F' || kind == 'T';
		const uint32_t other = upper ? kind + 32 : kind - 32;
		if (kind != 0)
			m.target = bk_vi_find_char(
				s, at, code == ';' ? kind : other, screen->vi.find_char, count);
		m.inclusive = (code == ';') != upper;
		break;
	}
	default: m.known = false; break;
	}
	return m;
}
