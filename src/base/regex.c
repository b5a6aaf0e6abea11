/*
 * Patterns: when they become machine code, matching, walks over all matches, replacements.
 *
 * A match needs memory of its own (offsets, a stack for JIT code, a context with the limits): a `scratch`.
 * One is kept with the pattern and taken by whoever comes first, so a pattern may be used by several threads
 * and a search in one thread allocates once.
 *
 * PCRE2's match limit counts per place where a match could begin, so alone it does not bound a whole search.
 * A walk with a budget therefore goes by windows of starting places and looks at the clock between them:
 *
 *	|256|512| 1024  |  2048 ...        the window doubles up to WINDOW_MOST while all goes well;
 *	                |256|512|          where a start asks for many steps it falls back to WINDOW_LEAST
 *
 * Large windows have a small match limit (STEPS_QUICK), so that none takes long; the full limit is given only
 * in the least window.  A (*COMMIT) or \G in a pattern holds for one window.
 */
#include "base/regex.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/regex_program.h"
#include "base/utf8.h"

#include <time.h>

#define STEPS_FULL    100000
#define STEPS_QUICK   200
#define DEPTH_LIMIT   2000
#define HEAP_LIMIT    8192 /* KiB */
#define STACK_LEAST   32768
#define STACK_MOST    1048576
#define ASKED_MUCH    ((size_t)64 << 10) /* bytes */
#define CALL_LEAST    ((size_t)64)	 /* of them for a call */
#define ANCHORED_LOOK ((size_t)256)	 /* and for what can match at one place alone */
#define WINDOW_LEAST  ((size_t)256)
#define WINDOW_MOST   ((size_t)1 << 20)

struct scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

/*
 * Most patterns are asked little, and making machine code takes longer than all that: it is made of a pattern that
 * has been asked much, or that gave up without.  Which of two threads comes first with it does not matter.
 */
struct bk_regex {
	struct bk_str pattern;
	uint32_t options;
	struct bk_regex_program *program;
	struct shared {
		_Atomic(struct bk_regex_program *) fast; /* as machine code; NULL until then */
		_Atomic(struct scratch *) spare;	 /* of one; NULL while it is in use */
		atomic_size_t asked;			 /* bytes, about, without machine code */
		atomic_bool never;			 /* this machine has none, or not for this pattern */
	} * shared;
	bool plain; /* literal or anchored: one call cannot take long */
};

/* ---- Compiling ------------------------------------------------------------------------------------- */

static uint32_t compile_options(unsigned flags)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_USE_OFFSET_LIMIT;

	if (flags & BK_REGEX_NOCASE)
		options |= PCRE2_CASELESS;
	if (flags & BK_REGEX_ANCHORED)
		options |= PCRE2_ANCHORED;
	if (flags & BK_REGEX_LITERAL)
		return options | PCRE2_LITERAL;
	if (flags & BK_REGEX_MULTILINE)
		options |= PCRE2_MULTILINE;
	return options | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
}

static int refuse_callout(pcre2_callout_enumerate_block *block, void *context)
{
	(void)context;
	return (int)block->pattern_position + 1;
}

/* The pattern as machine code, made now; NULL where there is none, or no memory for it. */
static const struct bk_regex_program *make_fast(const bk_regex *regex)
{
	struct bk_regex_program *made, *other = NULL;
	int status;

	atomic_store(&regex->shared->asked, 0);
	if (atomic_load(&regex->shared->never) ||
		bk_regex_program_new(&made, regex->pattern, regex->options) != BK_OK)
		return NULL;
	status = bk_regex_program_quicken(made);
	if (status != BK_OK) {
		if (status == BK_ENOTFOUND)
			atomic_store(&regex->shared->never, true);
		bk_regex_program_free(made);
		return NULL;
	}
	if (atomic_compare_exchange_strong(&regex->shared->fast, &other, made))
		return made;
	bk_regex_program_free(made);
	return other;
}

static void scratch_free(struct scratch *scratch)
{
	if (!scratch)
		return;
	pcre2_match_data_free(scratch->data);
	pcre2_match_context_free(scratch->context);
	pcre2_jit_stack_free(scratch->stack);
	bk_free(scratch);
}

static struct scratch *scratch_new(const bk_regex *regex)
{
	struct scratch *scratch = bk_calloc(1, sizeof *scratch);

	if (!scratch)
		return NULL;
	scratch->data = pcre2_match_data_create_from_pattern(regex->program->code, regex->program->memory);
	scratch->context = pcre2_match_context_create(regex->program->memory);
	if (!scratch->data || !scratch->context) {
		scratch_free(scratch);
		return NULL;
	}
	pcre2_set_depth_limit(scratch->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(scratch->context, HEAP_LIMIT);
	return scratch;
}

/* Machine code has a stack of its own. */
static bool give_stack(const bk_regex *regex, struct scratch *scratch)
{
	if (scratch->stack)
		return true;
	scratch->stack = pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, regex->program->memory);
	if (scratch->stack)
		pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
	return scratch->stack;
}

static int compile(bk_regex *regex, struct bk_str pattern, unsigned flags)
{
	char *const copy = bk_memdup(pattern.len ? pattern.ptr : "", pattern.len);
	int status;

	if (!copy)
		return bk_fail_memory();
	regex->pattern = (struct bk_str){copy, pattern.len};
	regex->options = compile_options(flags);
	regex->plain = flags & (BK_REGEX_LITERAL | BK_REGEX_ANCHORED);
	status = bk_regex_program_new(&regex->program, pattern, regex->options);
	if (status != BK_OK)
		return status;
	if (pcre2_callout_enumerate(regex->program->code, refuse_callout, NULL) != 0)
		return bk_fail(BK_EINVAL, "pattern '%.*s': callouts (?C) are not allowed",
			(int)(pattern.len & 0xFFFF), pattern.ptr);
	return BK_OK;
}

int bk_regex_new(bk_regex **out, struct bk_str pattern, unsigned flags)
{
	bk_regex *regex = bk_calloc(1, sizeof *regex);
	int status;

	if (!regex)
		return bk_fail_memory();
	regex->shared = bk_calloc(1, sizeof *regex->shared);
	status = regex->shared ? compile(regex, pattern, flags) : bk_fail_memory();
	if (status != BK_OK) {
		bk_regex_free(regex);
		return status;
	}
	*out = regex;
	return BK_OK;
}

void bk_regex_free(bk_regex *regex)
{
	if (!regex)
		return;
	if (regex->shared) {
		scratch_free(atomic_load(&regex->shared->spare));
		bk_regex_program_free(atomic_load(&regex->shared->fast));
	}
	bk_free(regex->shared);
	bk_regex_program_free(regex->program);
	bk_free((char *)regex->pattern.ptr);
	bk_free(regex);
}

/* ---- Matching -------------------------------------------------------------------------------------- */

static struct scratch *take_scratch(const bk_regex *regex)
{
	struct scratch *scratch = atomic_exchange(&regex->shared->spare, NULL);

	return scratch ? scratch : scratch_new(regex);
}

static void give_scratch(const bk_regex *regex, struct scratch *scratch)
{
	scratch_free(atomic_exchange(&regex->shared->spare, scratch));
}

static void copy_groups(const struct scratch *scratch, int found, struct bk_match *groups, size_t count)
{
	const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(scratch->data);

	for (size_t i = 0; i < count; i++) {
		groups[i] = (struct bk_match){SIZE_MAX, SIZE_MAX};
		if (i < (size_t)found && offsets[2 * i] != PCRE2_UNSET)
			groups[i] = (struct bk_match){offsets[2 * i], offsets[2 * i + 1]};
	}
	/* \K can put the start behind the end. */
	if (count && groups[0].start > groups[0].end)
		groups[0].start = groups[0].end;
}

/* How many bytes a call may look at, about. */
static size_t asked_by(const bk_regex *regex, struct bk_str subject, size_t from, size_t last)
{
	const size_t len = (last < subject.len ? last : subject.len) - from;

	return CALL_LEAST + (regex->options & PCRE2_ANCHORED && len > ANCHORED_LOOK ? ANCHORED_LOOK : len);
}

/* The machine code, if there is some or it is time for it. */
static const struct bk_regex_program *fast_for(const bk_regex *regex, size_t asked)
{
	const struct bk_regex_program *const fast = atomic_load(&regex->shared->fast);

	if (fast || atomic_fetch_add(&regex->shared->asked, asked) + asked < ASKED_MUCH)
		return fast;
	return make_fast(regex);
}

static bool gave_up(int found)
{
	return found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT ||
	       found == PCRE2_ERROR_HEAPLIMIT;
}

/* One call, for matches that begin from `from` to `last`; where JIT's stack is short, without JIT. */
static int match(const bk_regex *regex, struct scratch *scratch, struct bk_str subject, size_t from,
	size_t last, uint32_t steps)
{
	const PCRE2_SPTR bytes = (PCRE2_SPTR)(subject.ptr ? subject.ptr : "");
	const struct bk_regex_program *fast = fast_for(regex, asked_by(regex, subject, from, last));
	int found = PCRE2_ERROR_JIT_STACKLIMIT;

	pcre2_set_match_limit(scratch->context, steps);
	pcre2_set_offset_limit(scratch->context, last);
	if (!fast) {
		found = pcre2_match(
			regex->program->code, bytes, subject.len, from, 0, scratch->data, scratch->context);
		if (!gave_up(found))
			return found;
		fast = make_fast(regex);
	}
	if (fast && !give_stack(regex, scratch))
		return PCRE2_ERROR_NOMEMORY;
	if (fast)
		found = pcre2_match(fast->code, bytes, subject.len, from, 0, scratch->data, scratch->context);
	if (found == PCRE2_ERROR_JIT_STACKLIMIT)
		found = pcre2_match(
			regex->program->code, bytes, subject.len, from, 0, scratch->data, scratch->context);
	return found;
}

static int match_status(int found)
{
	if (found >= 0)
		return BK_OK;
	if (found == PCRE2_ERROR_NOMATCH)
		return BK_ENOTFOUND;
	if (found == PCRE2_ERROR_NOMEMORY)
		return bk_fail_memory();
	return bk_fail(BK_ELIMIT, "search incomplete: the pattern asks for too much work: make it simpler");
}

int bk_regex_find(
	const bk_regex *regex, struct bk_str subject, size_t from, struct bk_match *groups, size_t count)
{
	struct scratch *scratch;
	int found;

	if (from > subject.len)
		return BK_ENOTFOUND;
	scratch = take_scratch(regex);
	if (!scratch)
		return bk_fail_memory();
	found = match(regex, scratch, subject, from, PCRE2_UNSET, STEPS_FULL);
	if (found >= 0)
		copy_groups(scratch, found, groups, count);
	give_scratch(regex, scratch);
	return match_status(found);
}

bool bk_regex_matches(const bk_regex *regex, struct bk_str subject)
{
	return bk_regex_find(regex, subject, 0, NULL, 0) == BK_OK;
}

static long long milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

static int spent(const struct bk_regex_search *search)
{
	if (search->cancel && atomic_load(search->cancel))
		return bk_fail(BK_ELIMIT, "search incomplete: it was cancelled");
	if (search->milliseconds && milliseconds_now() - search->started >= search->milliseconds)
		return bk_fail(BK_ELIMIT, "search incomplete: it took more than %u ms", search->milliseconds);
	return BK_OK;
}

/* The last starting place of a window, before which no character is cut. */
static size_t window_last(struct bk_str subject, size_t from, size_t window)
{
	size_t next = from + window;

	if (next > subject.len)
		return PCRE2_UNSET;
	while (next < subject.len && ((unsigned char)subject.ptr[next] & 0xC0) == 0x80)
		next++;
	return next - 1;
}

static int find_by_windows(struct bk_regex_search *search, struct scratch *scratch, int *found)
{
	size_t from = search->at, window = WINDOW_LEAST;

	for (;;) {
		const size_t last = window_last(search->subject, from, window);
		const uint32_t steps = window == WINDOW_LEAST ? STEPS_FULL : STEPS_QUICK;
		const int status = spent(search);

		if (status != BK_OK)
			return status;
		*found = match(search->regex, scratch, search->subject, from, last, steps);
		if (*found == PCRE2_ERROR_MATCHLIMIT && window > WINDOW_LEAST) {
			window = WINDOW_LEAST;
			continue;
		}
		if (*found != PCRE2_ERROR_NOMATCH || last == PCRE2_UNSET)
			return match_status(*found);
		from = last + 1;
		window = window < WINDOW_MOST ? window * 2 : window;
	}
}

/* After an empty match the walk goes on one cluster further; after the end, nowhere. */
static size_t next_start(struct bk_str subject, struct bk_match whole)
{
	if (whole.end > whole.start)
		return whole.end;
	if (whole.end >= subject.len)
		return SIZE_MAX;
	return whole.end + bk_utf8_cluster(bk_str_skip(subject, whole.end));
}

int bk_regex_next(struct bk_regex_search *search, struct bk_match *groups, size_t count)
{
	struct scratch *scratch;
	struct bk_match whole;
	int found = 0, status;

	if (search->at > search->subject.len)
		return BK_ENOTFOUND;
	if (!search->started)
		search->started = milliseconds_now();
	status = spent(search);
	if (status != BK_OK)
		return status;
	scratch = take_scratch(search->regex);
	if (!scratch)
		return bk_fail_memory();
	if (search->regex->plain) {
		found = match(search->regex, scratch, search->subject, search->at, PCRE2_UNSET, STEPS_FULL);
		status = match_status(found);
	} else {
		status = find_by_windows(search, scratch, &found);
	}
	if (status == BK_OK) {
		copy_groups(scratch, found, &whole, 1);
		copy_groups(scratch, found, groups, count);
		search->at = next_start(search->subject, whole);
	}
	give_scratch(search->regex, scratch);
	return status;
}

/* ---- Replacements ---------------------------------------------------------------------------------- */

/* The group named at the start of `text`, after the dollar: 12, {12} or {name}; *size is its bytes, 0 for
 * none. */
static int group_number(const bk_regex *regex, struct bk_str text, size_t *size)
{
	char name[33];
	size_t len = 0, number = 0;
	const bool braced = text.len && text.ptr[0] == '{';

	*size = 0;
	text = bk_str_skip(text, braced);
	if (braced)
		len = bk_str_find(text, '}');
	else
		while (len < text.len && bk_is_digit(text.ptr[len]))
			len++;
	if (len == 0 || (braced && len == text.len))
		return 0;
	*size = len + 2 * braced;
	if (len >= sizeof name)
		return -1;
	for (size_t i = 0; i < len && bk_is_digit(text.ptr[i]); i++) {
		number = number * 10 + (size_t)(text.ptr[i] - '0');
		if (i + 1 == len || number > 65535)
			return number > 65535 ? -1 : (int)number;
	}
	memcpy(name, text.ptr, len);
	name[len] = '\0';
	return pcre2_substring_number_from_name(regex->program->code, (PCRE2_SPTR)name);
}

static int put_group(const bk_regex *regex, struct bk_str subject, const struct bk_match *groups,
	size_t count, struct bk_str text, struct bk_buf *out, size_t *used)
{
	uint32_t groups_there = 0;
	int number = group_number(regex, text, used);

	if (*used == 0) {
		bk_buf_putc(out, '$');
		return BK_OK;
	}
	pcre2_pattern_info(regex->program->code, PCRE2_INFO_CAPTURECOUNT, &groups_there);
	if (number < 0 || (uint32_t)number > groups_there)
		return bk_fail(BK_EINVAL,
			"replacement '$%.*s': the pattern has no such group; write \\$ for a dollar sign",
			(int)(*used & 0xFF), text.ptr);
	if ((size_t)number < count && groups[number].start != SIZE_MAX)
		bk_buf_put(
			out, subject.ptr + groups[number].start, groups[number].end - groups[number].start);
	return BK_OK;
}

static void put_escape(char c, struct bk_buf *out)
{
	if (c == 'n' || c == 't') {
		bk_buf_putc(out, c == 'n' ? '\n' : '\t');
		return;
	}
	if (c != '\\' && c != '$')
		bk_buf_putc(out, '\\');
	bk_buf_putc(out, c);
}

int bk_regex_expand(const bk_regex *regex, struct bk_str subject, const struct bk_match *groups, size_t count,
	struct bk_str replacement, struct bk_buf *out)
{
	const size_t before = out->len;
	size_t used;

	for (size_t i = 0; i < replacement.len; i++) {
		if (replacement.ptr[i] == '\\' && i + 1 < replacement.len) {
			put_escape(replacement.ptr[++i], out);
		} else if (replacement.ptr[i] == '$') {
			const int status = put_group(
				regex, subject, groups, count, bk_str_skip(replacement, i + 1), out, &used);

			if (status != BK_OK) {
				bk_buf_remove(out, before, out->len - before);
				return status;
			}
			i += used;
		} else {
			bk_buf_putc(out, replacement.ptr[i]);
		}
	}
	return bk_buf_status(out);
}
