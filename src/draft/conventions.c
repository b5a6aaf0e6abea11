/*
 * Conventions of a text: a built-in set and the settings on top of it, turned into patterns and choices.
 * What the sets say stands in conventions_data.c.
 */
#include "draft/conventions.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/regex.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <pthread.h>
#include <stdatomic.h>

/* A word's end: no letter goes on; Chinese, which writes no blanks, has one everywhere. */
#define WORD_END "(?:(?<![\\p{L}\\p{N}])|(?<=\\p{Han})|(?![\\p{L}\\p{N}]))"

/* Kinds of pattern, and how a kind's patterns are put together. */
enum pattern_kind { PATTERN_NOTE, PATTERN_PLACEHOLDER, PATTERN_STATUS, PATTERN_LABEL, PATTERN_COUNT };

static const struct {
	const char *key, *before, *after;
} kinds[PATTERN_COUNT] = {
	[PATTERN_NOTE] = {"note", "\\A(?:", ")" WORD_END},
	[PATTERN_PLACEHOLDER] = {"placeholder", "\\A(?:", ")\\z"},
	[PATTERN_STATUS] = {"status", "\\A(?:", ")\\z"},
	[PATTERN_LABEL] = {"label", "\\A(?:", ")" WORD_END},
};

/*
 * What the patterns of one list are joined to.  It is compiled when it is first asked for, since most texts ask for
 * few, but at once where a setting is among its parts: that may be no pattern beside the others.
 */
struct pattern {
	BK_VEC(const char *) parts; /* none: it matches nothing */
	bool given;		    /* by a setting, which is borrowed while settings are read */
	_Atomic(bk_regex *) regex;
};

/*
 * The patterns of one kind, tried list by list: what one list matches no later one is compiled for.  Those that hold
 * for every process are tried only where their hint allows a match, which spares nearly all brackets the search;
 * those of a set and of settings always.
 */
enum list { LIST_MARKS, LIST_COMMON, LIST_OWN, LIST_COUNT };

struct patterns {
	struct pattern lists[LIST_COUNT];
};

/* What is made late, by whichever thread comes first. */
struct late {
	pthread_mutex_t making;
	struct patterns patterns[PATTERN_COUNT];
};

struct bk_conventions {
	struct bk_arena arena;
	const char *name;
	BK_VEC(struct bk_pair) pairs;
	struct late *late;
	enum bk_class braces;
	enum bk_footnotes footnotes;
	enum bk_form style;
	unsigned forms; /* one bit a form that is read */
	bool unknown_codes;
	enum list list; /* that is read */
};

static const char *const forms[] = {
	[BK_FORM_PREFIX] = "prefix",
	[BK_FORM_PARENTHESIS] = "parenthesis",
	[BK_FORM_DASH] = "dash",
	[BK_FORM_FOOTNOTE] = "footnote",
};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

/* ---- Settings ------------------------------------------------------------------------------------- */

static int refuse(const struct bk_setting *setting, const char *want)
{
	return bk_fail(BK_EINVAL, "setting %s cannot be '%s': write %s", setting->name, setting->value, want);
}

/* A person's pattern must be one by itself, before it is joined to others. */
static int try_pattern(const struct bk_setting *setting)
{
	bk_regex *trial;
	int status = bk_regex_new(&trial, bk_str_of(setting->value), BK_REGEX_NOCASE);
	char *why;

	if (status == BK_OK)
		bk_regex_free(trial);
	if (status != BK_EINVAL)
		return status;
	why = bk_strdup(bk_error_message());
	status = bk_fail(BK_EINVAL, "setting %s is no pattern: %s", setting->name, why ? why : "");
	bk_free(why);
	return status;
}

/* An empty value forgets what was listed before, as in git. */
static void forget(struct pattern *pattern)
{
	pattern->parts.len = 0;
	pattern->given = false;
}

static int add_pattern(
	bk_conventions *conventions, enum pattern_kind kind, const struct bk_setting *setting, bool trusted)
{
	struct patterns *patterns = &conventions->late->patterns[kind];
	struct pattern *pattern = &patterns->lists[conventions->list];
	const int status = trusted || !*setting->value ? BK_OK : try_pattern(setting);
	const char **part;

	if (status < 0)
		return status;
	if (!*setting->value) {
		for (size_t list = 0; list < LIST_COUNT; list++)
			forget(&patterns->lists[list]);
		return BK_OK;
	}
	part = BK_VEC_PUSH(&pattern->parts);
	if (!part)
		return bk_fail_memory();
	*part = setting->value;
	pattern->given |= !trusted;
	return BK_OK;
}

/* Two characters, with or without a blank between: "［］", "<< >>". */
static int add_pair(bk_conventions *conventions, const struct bk_setting *setting)
{
	struct bk_str value = bk_str_trim(bk_str_of(setting->value));
	size_t blank = bk_str_find(value, ' '), size = 0;
	struct bk_pair *pair;
	const char *copy;

	if (value.len == 0) {
		conventions->pairs.len = 0;
		return BK_OK;
	}
	if (blank == value.len)
		bk_utf8_decode(value, &size);
	else
		size = blank;
	if (size == 0 || bk_str_trim(bk_str_skip(value, size)).len == 0)
		return refuse(setting, "an opening and a closing character, as in ［］");
	copy = bk_arena_dup(&conventions->arena, value.ptr, value.len);
	pair = copy ? BK_VEC_PUSH(&conventions->pairs) : NULL;
	if (!pair)
		return bk_fail_memory();
	pair->open = (struct bk_str){copy, size};
	pair->close = bk_str_trim((struct bk_str){copy + size, value.len - size});
	return BK_OK;
}

static int set_braces(bk_conventions *conventions, const struct bk_setting *setting)
{
	if (!bk_class_parse(setting->value, &conventions->braces))
		return refuse(setting, "a class: disputed, placeholder, note, reference or status");
	return BK_OK;
}

/* The forms that are read, the one that is written first; "none" reads none. */
static int set_attribution(bk_conventions *conventions, const struct bk_setting *setting)
{
	struct bk_str rest = bk_str_trim(bk_str_of(setting->value));
	unsigned read = 0, first = FORM_COUNT;

	while (rest.len && !bk_str_equal(rest, BK_STR("none"))) {
		const size_t len = bk_str_find(rest, ' ');
		const struct bk_str word = {rest.ptr, len};
		unsigned form = 0;

		while (form < FORM_COUNT && !bk_str_equal(word, bk_str_of(forms[form])))
			form++;
		if (form == FORM_COUNT)
			return refuse(setting,
				"prefix, parenthesis, dash, footnote in order of preference, or none");
		if (first == FORM_COUNT)
			first = form;
		read |= 1u << form;
		rest = bk_str_trim(bk_str_skip(rest, len));
	}
	conventions->forms = read;
	conventions->style = first == FORM_COUNT ? BK_FORM_PREFIX : (enum bk_form)first;
	return BK_OK;
}

static int set_unknown_codes(bk_conventions *conventions, const struct bk_setting *setting)
{
	static const char *const yes[] = {"true", "yes", "on", "1"}, *const no[] = {
									     "false", "no", "off", "0"};

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		const bool is_yes = strcmp(setting->value, yes[i]) == 0;

		if (is_yes || strcmp(setting->value, no[i]) == 0) {
			conventions->unknown_codes = is_yes;
			return BK_OK;
		}
	}
	return refuse(setting, "true or false");
}

static int set_footnotes(bk_conventions *conventions, const struct bk_setting *setting)
{
	static const char *const styles[] = {"auto", "bracketed", "bare"};

	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		if (strcmp(setting->value, styles[i]) == 0) {
			conventions->footnotes = (enum bk_footnotes)i;
			return BK_OK;
		}
	}
	return refuse(setting, "auto, bracketed or bare");
}

static const struct {
	const char *key;
	int (*take)(bk_conventions *conventions, const struct bk_setting *setting);
} settings_table[] = {
	{"pair", add_pair},
	{"braces", set_braces},
	{"attribution", set_attribution},
	{"unknowncodes", set_unknown_codes},
	{"footnotes", set_footnotes},
};

/* Take one setting; those of other sections are not ours. */
static int take(bk_conventions *conventions, const struct bk_setting *setting, bool trusted)
{
	static const char section[] = "conventions.";
	const char *key = setting->name + sizeof section - 1;

	if (strncmp(setting->name, section, sizeof section - 1) != 0 || strcmp(key, "set") == 0)
		return BK_OK;
	for (size_t i = 0; i < sizeof settings_table / sizeof *settings_table; i++) {
		if (strcmp(key, settings_table[i].key) == 0)
			return settings_table[i].take(conventions, setting);
	}
	for (size_t kind = 0; kind < PATTERN_COUNT; kind++) {
		if (strcmp(key, kinds[kind].key) == 0)
			return add_pattern(conventions, (enum pattern_kind)kind, setting, trusted);
	}
	return bk_fail(BK_EINVAL,
		"setting %s is not known ('%s'): conventions have set, pair, braces, note, placeholder, "
		"status, "
		"attribution, unknowncodes, footnotes and label",
		setting->name, setting->value);
}

static int take_all(
	bk_conventions *conventions, const struct bk_setting *settings, size_t count, bool trusted)
{
	for (size_t i = 0; i < count; i++) {
		const int status = take(conventions, &settings[i], trusted);

		if (status < 0)
			return status;
	}
	return BK_OK;
}

static int take_set(bk_conventions *conventions, enum list list, const struct bk_conventions_set *set)
{
	conventions->list = list;
	return take_all(conventions, set->settings, set->count, true);
}

/* ---- Making ------------------------------------------------------------------------------------- */

static int compile(enum pattern_kind kind, const struct pattern *pattern, bk_regex **out)
{
	struct bk_buf whole = BK_BUF_INIT;
	int status;

	bk_buf_puts(&whole, kinds[kind].before);
	for (size_t i = 0; i < pattern->parts.len; i++) {
		bk_buf_puts(&whole, i ? "|(?:" : "(?:");
		bk_buf_puts(&whole, pattern->parts.items[i]);
		bk_buf_putc(&whole, ')');
	}
	bk_buf_puts(&whole, kinds[kind].after);
	status = bk_buf_status(&whole);
	if (status == BK_OK)
		status = bk_regex_new(out, bk_buf_str(&whole), BK_REGEX_NOCASE);
	bk_buf_release(&whole);
	return status;
}

static int make_ready(struct late *late, enum pattern_kind kind, struct pattern *pattern)
{
	bk_regex *regex;
	int status = BK_OK;

	if (!pattern->parts.len || atomic_load(&pattern->regex))
		return BK_OK;
	pthread_mutex_lock(&late->making);
	if (!atomic_load(&pattern->regex)) {
		status = compile(kind, pattern, &regex);
		if (status == BK_OK)
			atomic_store(&pattern->regex, regex);
	}
	pthread_mutex_unlock(&late->making);
	return status;
}

/* No setting is borrowed after this. */
static int compile_given(struct late *late)
{
	int status = BK_OK;

	for (size_t kind = 0; kind < PATTERN_COUNT && status == BK_OK; kind++)
		if (late->patterns[kind].lists[LIST_OWN].given)
			status = make_ready(
				late, (enum pattern_kind)kind, &late->patterns[kind].lists[LIST_OWN]);
	return status;
}

/* The name that settings give: the last conventions.set, else the last negotiation.conventions. */
static const char *name_in(const struct bk_setting *settings, size_t count)
{
	static const char *const names[] = {"conventions.set", "negotiation.conventions"};

	for (size_t n = 0; n < 2; n++) {
		for (size_t i = count; i-- > 0;) {
			if (strcmp(settings[i].name, names[n]) == 0)
				return settings[i].value;
		}
	}
	return "unfccc";
}

static const struct bk_conventions_set *find_set(const char *name)
{
	for (size_t i = 0; i < bk_conventions_builtin_count; i++) {
		if (strcmp(name, bk_conventions_builtin[i].name) == 0)
			return &bk_conventions_builtin[i];
	}
	return NULL;
}

static struct late *late_new(void)
{
	struct late *late = bk_calloc(1, sizeof *late);

	if (late)
		pthread_mutex_init(&late->making, NULL);
	return late;
}

static void release_pattern(struct pattern *pattern)
{
	BK_VEC_RELEASE(&pattern->parts);
	bk_regex_free(atomic_load(&pattern->regex));
}

static void late_free(struct late *late)
{
	if (!late)
		return;
	for (size_t kind = 0; kind < PATTERN_COUNT; kind++)
		for (size_t list = 0; list < LIST_COUNT; list++)
			release_pattern(&late->patterns[kind].lists[list]);
	pthread_mutex_destroy(&late->making);
	bk_free(late);
}

int bk_conventions_new(bk_conventions **out, const char *set, const struct bk_setting *settings, size_t count)
{
	const char *name = set ? set : name_in(settings, count);
	const struct bk_conventions_set *base = find_set(name);
	bk_conventions *conventions;
	int status;

	if (!base)
		return bk_fail(BK_ENOTFOUND,
			"conventions '%s' are not known: take unfccc, unga, trade, inb or itu", name);
	conventions = bk_calloc(1, sizeof *conventions);
	if (!conventions)
		return bk_fail_memory();
	conventions->name = base->name;
	conventions->braces = BK_CLASS_NOTE;
	conventions->late = late_new();
	status = conventions->late ? BK_OK : bk_fail_memory();
	if (status == BK_OK)
		status = take_set(conventions, LIST_MARKS, &bk_conventions_marks);
	if (status == BK_OK)
		status = take_set(conventions, LIST_COMMON, &bk_conventions_common);
	if (status == BK_OK)
		status = take_set(conventions, LIST_OWN, base);
	if (status == BK_OK)
		status = take_all(conventions, settings, count, false);
	if (status == BK_OK)
		status = compile_given(conventions->late);
	if (status < 0) {
		bk_conventions_free(conventions);
		return status;
	}
	*out = conventions;
	return BK_OK;
}

void bk_conventions_free(bk_conventions *conventions)
{
	if (!conventions)
		return;
	late_free(conventions->late);
	BK_VEC_RELEASE(&conventions->pairs);
	bk_arena_release(&conventions->arena);
	bk_free(conventions);
}

/* ---- Asking ------------------------------------------------------------------------------------- */

const char *const *bk_conventions_sets(void)
{
	static const char *const sets[] = {"unfccc", "unga", "trade", "inb", "itu", NULL};

	return sets;
}

const char *bk_conventions_name(const bk_conventions *conventions)
{
	return conventions->name;
}

const struct bk_pair *bk_conventions_pairs(const bk_conventions *conventions, size_t *count)
{
	*count = conventions->pairs.len;
	return conventions->pairs.items;
}

enum bk_class bk_conventions_braces(const bk_conventions *conventions)
{
	return conventions->braces;
}

static int matches_one(
	struct late *late, enum pattern_kind kind, struct pattern *pattern, struct bk_str words, bool *is)
{
	const int status = make_ready(late, kind, pattern);
	const bk_regex *const regex = atomic_load(&pattern->regex);

	*is = regex && bk_regex_matches(regex, words);
	return status;
}

static int matches(
	const bk_conventions *conventions, enum pattern_kind kind, struct bk_str words, bool hinted, bool *is)
{
	struct late *const late = conventions->late;
	int status = BK_OK;

	*is = false;
	for (size_t list = hinted ? 0 : LIST_OWN; list < LIST_COUNT && status == BK_OK && !*is; list++)
		status = matches_one(late, kind, &late->patterns[kind].lists[list], words, is);
	return status;
}

int bk_conventions_is_note(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is)
{
	return matches(conventions, PATTERN_NOTE, words, hints->note, is);
}

int bk_conventions_is_placeholder(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is)
{
	return matches(conventions, PATTERN_PLACEHOLDER, words, hints->placeholder, is);
}

int bk_conventions_is_status(
	const bk_conventions *conventions, struct bk_str words, const struct bk_hints *hints, bool *is)
{
	return matches(conventions, PATTERN_STATUS, words, hints->status, is);
}

int bk_conventions_label(const bk_conventions *conventions, struct bk_str line, size_t *len)
{
	struct pattern *const pattern = &conventions->late->patterns[PATTERN_LABEL].lists[LIST_OWN];
	const int status = make_ready(conventions->late, PATTERN_LABEL, pattern);
	const bk_regex *const regex = atomic_load(&pattern->regex);
	struct bk_match match;

	*len = regex && bk_regex_find(regex, line, 0, &match, 1) == BK_OK ? match.end : 0;
	return status;
}

bool bk_conventions_reads(const bk_conventions *conventions, enum bk_form form)
{
	return conventions->forms >> form & 1;
}

enum bk_form bk_conventions_style(const bk_conventions *conventions)
{
	return conventions->style;
}

bool bk_conventions_unknown_codes(const bk_conventions *conventions)
{
	return conventions->unknown_codes;
}

enum bk_footnotes bk_conventions_footnotes(const bk_conventions *conventions)
{
	return conventions->footnotes;
}
