/*
 * Attributions of whole texts from style to style, as the roster reads them: of the sample, of what is malformed, of
 * other languages, and of issued drafts, where names are put beside every bracket first.  The figures are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "draft/changes.h"
#include "draft/inscription.h"
#include "lib/restyled.h"

#include <dirent.h>

static const struct bk_draft_options *options(void)
{
	static struct bk_draft_options made;
	static bk_conventions *conventions;
	static bk_roster *roster;

	if (!roster) {
		assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
		assert_int_equal(bk_roster_new(&roster, NULL, 0), BK_OK);
		made = (struct bk_draft_options){
			.conventions = conventions, .names = bk_roster_names(roster)};
	}
	return &made;
}

static const bk_roster *roster(void)
{
	return options()->names->roster;
}

static void stop_if(bool fault, const char *what)
{
	if (fault)
		fail_msg("not so: %s", what);
}

static bool read_file(const char *path, struct bk_buf *out)
{
	FILE *file = fopen(path, "rb");
	char chunk[65536];
	size_t len;

	bk_buf_clear(out);
	if (!file)
		return false;
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		bk_buf_put(out, chunk, len);
	fclose(file);
	return true;
}

/* Put names beside each disputed bracket: each act and many parties have their turn. */
static void put_names(const struct restyled *run, struct bk_buf *text)
{
	static const char *const names[] = {"EU", "AOSIS", "Bolivia (Plurinational State of)",
		"G77 and China", "US", "African Group", "Côte d'Ivoire", "NO", "Antigua and Barbuda", "LDCs",
		"Republic of Korea"};
	bk_draft *draft = restyled_read(run, bk_buf_str(text));
	bk_changes *changes;
	struct bk_buf after = BK_BUF_INIT;
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	assert_int_equal(bk_changes_new(&changes), BK_OK);
	for (uint32_t i = 0; i < count; i++) {
		const struct bk_inscribed list[] = {{names[i % 11], BK_ACT_PROPOSE},
			{names[(i + 1 + i / 11 % 9) % 11], (enum bk_act)(i % BK_ACT_COUNT)}};

		if (brackets[i].class == BK_CLASS_DISPUTED && !brackets[i].brace)
			assert_int_equal(
				bk_inscription_add(draft, i, BK_STYLE_PREFIX, list, 1 + i % 2, changes),
				BK_OK);
	}
	changed_put(draft, changes, &after);
	bk_buf_release(text);
	*text = after;
	bk_changes_free(changes);
	bk_draft_free(draft);
}

static void take(struct restyled *run, const char *path, bool named, size_t *texts)
{
	struct bk_buf text = BK_BUF_INIT;

	if (read_file(path, &text)) {
		if (named)
			put_names(run, &text);
		restyled_round(run, bk_buf_str(&text));
		++*texts;
	}
	bk_buf_release(&text);
}

/* Each text of a folder, as it is and then with names beside each bracket. */
static void take_folder(const char *variable, const char *folder, const char *ending, bool named)
{
	const char *top = getenv(variable);
	struct restyled run = {.stop_if = stop_if, .options = options()};
	char path[4096];
	size_t texts = 0;
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", top ? top : "", folder);
	dir = top ? opendir(path) : NULL;
	if (!dir)
		skip();
	while ((entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');

		snprintf(path, sizeof path, "%s/%s/%s", top ? top : "", folder, entry->d_name);
		if (dot && strcmp(dot, ending) == 0)
			take(&run, path, named, &texts);
	}
	closedir(dir);
	assert_true(texts > 0);
	print_message("%s%s: %zu texts, %zu steps, %zu names written, %zu brackets left as they were, 0 "
		      "names lost\n",
		folder[0] ? folder : "issued drafts", named ? " with names" : "", texts, run.steps, run.names,
		run.left);
}

static void the_sample_goes_round_with_all_its_names(void **state)
{
	(void)state;
	take_folder("BRACKED_SOURCE", "texts/cancun", ".txt", false);
	take_folder("BRACKED_SOURCE", "texts/cancun", ".txt", true);
}

static void malformed_texts_go_round_with_all_their_names(void **state)
{
	(void)state;
	take_folder("BRACKED_SOURCE", "texts/malformed", ".txt", false);
	take_folder("BRACKED_SOURCE", "texts/malformed", ".txt", true);
}

static void texts_of_other_languages_go_round_with_all_their_names(void **state)
{
	(void)state;
	take_folder("BRACKED_SOURCE", "texts/languages", ".txt", false);
	take_folder("BRACKED_SOURCE", "texts/languages", ".txt", true);
}

static void issued_drafts_go_round_with_names_beside_every_bracket(void **state)
{
	(void)state;
	take_folder("BRACKED_CORPUS", "", ".md", true);
	take_folder("BRACKED_CORPUS", "", ".txt", true);
}

/* ---- Names of the roster ----------------------------------------------------------------------------- */

/* Whether one name is read from a style with its party and act. */
static bool is_read(const char *name, const char *code, enum bk_act act, enum bk_style style)
{
	struct restyled run = {.stop_if = stop_if, .options = options()};
	struct bk_inscription written = {0};
	struct bk_buf text = BK_BUF_INIT;
	const struct bk_attribution *list;
	bk_draft *draft;
	size_t count;
	bool is;

	assert_int_equal(bk_inscription_write(&written, style, &(struct bk_inscribed){name, act}, 1), BK_OK);
	bk_buf_printf(&text, "[%sshall", bk_buf_string(&written.inside));
	bk_buf_printf(&text, "%s]%s", bk_buf_string(&written.end), bk_buf_string(&written.behind));
	draft = restyled_read(&run, bk_buf_str(&text));
	list = bk_draft_attributions(draft, &count);
	is = count == 1 && list[0].act == act && strcmp(list[0].party, code) == 0;
	bk_draft_free(draft);
	bk_inscription_release(&written);
	bk_buf_release(&text);
	return is;
}

/* Names that open as an article does, or a number, are not read in a list, nor those in a prefix that open as a label
 * does: a bracket where one stands written so is left as it is. */
static bool is_hard(const char *name, enum bk_style style)
{
	return strncmp(name, "The ", 4) == 0 || (name[0] >= '0' && name[0] <= '9') ||
	       (style == BK_STYLE_PREFIX && strncmp(name, "S. ", 3) == 0);
}

static size_t count_unread(const char *name, const char *code)
{
	size_t unread = 0;

	for (size_t i = 0; i < (size_t)BK_STYLE_NONE * BK_ACT_COUNT; i++) {
		const enum bk_act act = (enum bk_act)(i % BK_ACT_COUNT);
		const enum bk_style style = (enum bk_style)(i / BK_ACT_COUNT);

		if (is_hard(name, style) || is_read(name, code, act, style))
			continue;
		print_message("'%s %s' is not read from %s\n", name, bk_act_name(act), bk_style_name(style));
		unread++;
	}
	return unread;
}

static void every_name_of_the_roster_is_read_back(void **state)
{
	size_t count, names = 0, unread = 0;
	const struct bk_party *parties = bk_roster_parties(roster(), &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		unread += count_unread(parties[i].code, parties[i].code);
		unread += count_unread(parties[i].name, parties[i].code);
		names += 2;
		for (size_t j = 0; parties[i].aliases[j]; j++, names++)
			unread += count_unread(parties[i].aliases[j], parties[i].code);
	}
	print_message("%zu names with 8 acts in 3 styles: %zu not read back\n", names, unread);
	assert_int_equal(unread, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_of_the_roster_is_read_back),
		cmocka_unit_test(the_sample_goes_round_with_all_its_names),
		cmocka_unit_test(malformed_texts_go_round_with_all_their_names),
		cmocka_unit_test(texts_of_other_languages_go_round_with_all_their_names),
		cmocka_unit_test(issued_drafts_go_round_with_names_beside_every_bracket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
