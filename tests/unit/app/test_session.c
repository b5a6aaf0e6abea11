/* A session keeps a draft, its ledger and its revisions together. */
#include "app/session.h"
#include "base/alloc.h"
#include "base/error.h"
#include "lib/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char state_folder[128];

static struct bk_session_options options(void)
{
	return (struct bk_session_options){.state_folder = state_folder, .date = "2010-12-10T18:00:00Z"};
}

/* A draft of many equal pairs, so that only place can tell them apart. */
static char *many_pairs(void)
{
	struct bk_buf text = BK_BUF_INIT;
	static const char *const subjects[] = {"Parties", "Developed country Parties", "The secretariat",
		"The Board", "All countries", "The Committee"};
	static const char *const verbs[] = {"report every year on", "keep under review", "give an account of",
		"support", "take note of", "make public"};
	static const char *const objects[] = {"their emissions", "the means that they provide", "forests",
		"losses", "the transfer of technology", "adaptation", "the market"};

	bk_buf_puts(&text, "# Draft\n\nArticle 1\n\n");
	for (size_t i = 0; i < 60; i++)
		bk_buf_printf(&text, "%zu. %s [shall][should] %s %s, in the sense of article %zu.\n\n", i + 1,
			subjects[i % 6], verbs[i / 6 % 6], objects[i % 7], i / 5 + 1);
	return bk_buf_detach(&text, NULL);
}

static struct bk_session *open_draft(const char *path, unsigned flags)
{
	const struct bk_session_options given = options();
	struct bk_session *session;

	assert_int_equal(bk_session_open(&session, path, flags, &given), BK_OK);
	return session;
}

/* The objection's bracket now, as text from the bracket to the end of its line; free it. */
static char *words_of_objection(const char *path, const char *id)
{
	struct bk_session *session = open_draft(path, BK_SESSION_READ);
	size_t count, len, brackets;
	const struct bk_position *list = bk_positions_list(session->positions, &count);
	const char *bytes = bk_draft_bytes(session->draft, &len);
	char *words = NULL;

	for (size_t i = 0; i < count && !words; i++)
		if (strcmp(list[i].id, id) == 0 && list[i].bracket != BK_NONE) {
			const struct bk_bracket *bracket =
				&bk_draft_brackets(session->draft, &brackets)[list[i].bracket];
			const char *end = memchr(bytes + bracket->start, '\n', len - bracket->start);

			words = bk_memdup(bytes + bracket->start, (size_t)(end - bytes) - bracket->start);
		}
	bk_session_free(session);
	return words;
}

/* Record an objection to the `[shall]` of paragraph 31; returns its id. */
static void object_to_31(const char *path, char id[32])
{
	struct bk_session *session = open_draft(path, BK_SESSION_CHANGE);
	const struct bk_statement statement = {
		.act = BK_EVENT_OBJECT, .party = "US", .reason = "no precedent in domestic law"};
	size_t len, count;
	const char *bytes = bk_draft_bytes(session->draft, &len);
	const char *place = strstr(strstr(bytes, "\n31. "), "[shall]");
	const uint32_t bracket = bk_draft_bracket_at(session->draft, (size_t)(place - bytes));

	assert_int_equal(bk_session_state(session, bracket, &statement), BK_OK);
	snprintf(id, 32, "%s", bk_draft_brackets(session->draft, &count)[bracket].id);
	bk_session_free(session);
}

static void an_objection_stays_on_its_words_through_500_edits_elsewhere(void **state)
{
	const char *path = scratch_path("edits.txt");
	char *text = many_pairs();
	char id[32], *words;
	struct bk_session *session;
	unsigned seed = 500;

	(void)state;
	scratch_write(path, text);
	bk_free(text);
	object_to_31(path, id);
	printf("seed %u\n", seed);
	session = open_draft(path, BK_SESSION_CHANGE);
	for (size_t edits = 0; edits < 500;) {
		size_t len, at;
		const char *bytes;

		assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
		at = (size_t)rand_r(&seed) % len;
		const char *own = strstr(bytes, "\n31. ");
		const size_t start = (size_t)(own - bytes), end = (size_t)(strchr(own + 1, '\n') - bytes);

		if (at + 8 > start && at <= end)
			continue;
		edits++;
		if (edits % 3 == 0)
			assert_int_equal(bk_text_replace(session->text,
						 (struct bk_span){at, at + 3 < len ? at + 3 : len}, "", 0, 0),
				BK_OK);
		else
			assert_int_equal(bk_text_replace(session->text, (struct bk_span){at, at},
						 edits % 5 ? " words " : "[x] ", edits % 5 ? 7 : 4, 0),
				BK_OK);
	}
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	bk_session_free(session);
	words = words_of_objection(path, id);
	assert_non_null(words);
	assert_string_equal(words, "[shall][should] make public forests, in the sense of article 7.");
	bk_free(words);
}

static void an_objection_follows_its_paragraph_moved_and_renumbered(void **state)
{
	const char *path = scratch_path("moved.txt");
	char *text = many_pairs(), *at, *end, line[256], moved[16384];
	char id[32], *words;

	(void)state;
	scratch_write(path, text);
	object_to_31(path, id);
	at = strstr(text, "\n31. ") + 1;
	end = strchr(at, '\n') + 2;
	snprintf(line, sizeof line, "%.*s", (int)(end - at - 5), at + 4);
	memmove(at, end, strlen(end) + 1);
	at = strstr(text, "\n4. ") + 1;
	snprintf(moved, sizeof moved, "%.*s3 bis. %s\n%s", (int)(at - text), text, line, at);
	scratch_write(path, moved);
	bk_free(text);
	words = words_of_objection(path, id);
	assert_non_null(words);
	assert_string_equal(words, "[shall][should] make public forests, in the sense of article 7.");
	bk_free(words);
}

static void an_objection_follows_an_edit_by_another_editor(void **state)
{
	const char *path = scratch_path("sed.txt");
	char *text = many_pairs(), *from;
	char id[32], *words;
	struct bk_buf changed = BK_BUF_INIT;

	(void)state;
	scratch_write(path, text);
	object_to_31(path, id);
	/* what sed 's/Parties/States/g' leaves, and a paragraph before it gone */
	for (from = text; *from;) {
		if (strncmp(from, "Parties", 7) == 0) {
			bk_buf_puts(&changed, "States");
			from += 7;
		} else if (strncmp(from, "\n12. ", 5) == 0) {
			from = strchr(from + 1, '\n') + 1;
		} else {
			bk_buf_putc(&changed, *from++);
		}
	}
	scratch_write(path, bk_buf_string(&changed));
	bk_buf_release(&changed);
	bk_free(text);
	words = words_of_objection(path, id);
	assert_non_null(words);
	assert_string_equal(words, "[shall][should] make public forests, in the sense of article 7.");
	bk_free(words);
}

/* How many positions are held, and how many of them by orphans. */
static size_t count_positions(const struct bk_session *session, size_t *orphans)
{
	size_t count;
	const struct bk_position *list = bk_positions_list(session->positions, &count);

	*orphans = 0;
	for (size_t i = 0; i < count; i++)
		*orphans += list[i].bracket == BK_NONE;
	return count;
}

static void settle_repeated_words(struct bk_session *session, size_t offset)
{
	const uint32_t bracket = bk_draft_bracket_at(session->draft, offset);
	bk_changes *changes;

	assert_int_equal(bk_draft_resolve(session->draft, bracket, BK_RESOLVE_CHOOSE, 1, &changes), BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	assert_int_equal(bk_session_refresh(session), BK_OK);
}

static void a_position_on_a_settled_bracket_goes_nowhere_else(void **state)
{
	const char *path = scratch_path("settled.txt");
	const char *line = "1. Parties promote [growth][sustainable development].\n\n";
	const struct bk_statement statement = {.act = BK_EVENT_OBJECT, .party = "EU", .reason = "no mandate"};
	struct bk_session *session;
	struct bk_buf text = BK_BUF_INIT;
	size_t orphans;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		bk_buf_puts(&text, line);
	scratch_write(path, bk_buf_string(&text));
	bk_buf_release(&text);
	session = open_draft(path, BK_SESSION_CHANGE);
	assert_int_equal(
		bk_session_state(session, bk_draft_bracket_at(session->draft, strlen(line) + 30), &statement),
		BK_OK);
	settle_repeated_words(session, strlen(line) + 30);
	assert_int_equal(count_positions(session, &orphans), 1);
	assert_int_equal(orphans, 1);
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	bk_session_free(session);
	session = open_draft(path, BK_SESSION_CHANGE);
	assert_int_equal(count_positions(session, &orphans), 1);
	assert_int_equal(orphans, 1);
	bk_session_free(session);
}

static void a_settled_bracket_taken_back_has_its_position_again(void **state)
{
	const char *path = scratch_path("taken-back.txt");
	const char *text = "1. Parties promote [growth][sustainable development] in all countries.\n";
	const struct bk_statement statement = {.act = BK_EVENT_OBJECT, .party = "EU"};
	struct bk_session *session;
	size_t orphans;

	(void)state;
	scratch_write(path, text);
	session = open_draft(path, BK_SESSION_CHANGE);
	assert_int_equal(
		bk_session_state(session, bk_draft_bracket_at(session->draft, 30), &statement), BK_OK);
	settle_repeated_words(session, 30);
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
	assert_int_equal(bk_session_refresh(session), BK_OK);
	assert_int_equal(count_positions(session, &orphans), 1);
	assert_int_equal(orphans, 0);
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	bk_session_free(session);
	session = open_draft(path, BK_SESSION_READ);
	assert_int_equal(count_positions(session, &orphans), 1);
	assert_int_equal(orphans, 0);
	bk_session_free(session);
}

static void a_file_changed_by_others_is_not_overwritten(void **state)
{
	const char *path = scratch_path("others.txt");
	struct bk_session *session;

	(void)state;
	scratch_write(path, "1. Parties [shall] report.\n");
	session = open_draft(path, BK_SESSION_CHANGE);
	assert_int_equal(bk_text_replace(session->text, (struct bk_span){12, 17}, "may", 3, 0), BK_OK);
	scratch_write(path, "1. Parties [should] report.\n");
	assert_int_equal(bk_session_write(session, 0), BK_ECHANGED);
	assert_int_equal(bk_session_merge_disk(session), BK_ECHANGED);
	bk_session_free(session);
}

static void changes_of_others_in_other_lines_are_merged(void **state)
{
	const char *path = scratch_path("merge.txt");
	struct bk_session *session;
	const char *bytes;
	size_t len;

	(void)state;
	scratch_write(path, "1. One.\n\n2. Two.\n\n3. Three.\n\n4. Four.\n\n5. Five.\n");
	session = open_draft(path, BK_SESSION_CHANGE);
	assert_int_equal(bk_text_replace(session->text, (struct bk_span){3, 6}, "[One]", 5, 0), BK_OK);
	scratch_write(path, "1. One.\n\n2. Two.\n\n3. Three.\n\n4. Four.\n\n5. [Five].\n");
	assert_int_equal(bk_session_merge_disk(session), BK_OK);
	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	assert_string_equal(bytes, "1. [One].\n\n2. Two.\n\n3. Three.\n\n4. Four.\n\n5. [Five].\n");
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	bk_session_free(session);
}

static void a_torn_last_line_of_a_ledger_does_not_swallow_the_next_event(void **state)
{
	const char *path = scratch_path("torn.txt");
	char id[32], *words, *text = many_pairs();

	(void)state;
	scratch_write(path, text);
	bk_free(text);
	scratch_write(scratch_path("torn.txt.ledger"), "{\"schema\":1,\"event\":\"tor");
	object_to_31(path, id);
	words = words_of_objection(path, id);
	assert_non_null(words);
	bk_free(words);
}

static void a_second_editor_is_told_who_has_the_draft(void **state)
{
	const char *path = scratch_path("lock.txt");
	char process[64];
	const struct bk_session_options given = options();
	struct bk_session *first, *second;

	(void)state;
	scratch_write(path, "[text]\n");
	first = open_draft(path, BK_SESSION_EDIT);
	assert_int_equal(bk_session_open(&second, path, BK_SESSION_CHANGE, &given), BK_ELOCKED);
	assert_non_null(strstr(bk_error_message(), "open in another editor"));
	/* who has it, and what can be done */
	snprintf(process, sizeof process, ", process %ld: close it there", (long)getpid());
	assert_non_null(strstr(bk_error_message(), process));
	bk_session_free(first);
	second = open_draft(path, BK_SESSION_CHANGE);
	bk_session_free(second);
}

static void typing_that_was_never_saved_comes_back(void **state)
{
	const char *path = scratch_path("journal.txt");
	struct bk_session *session;
	const char *bytes;
	size_t len;

	(void)state;
	scratch_write(path, "1. Parties [shall] report.\n");
	session = open_draft(path, BK_SESSION_EDIT);
	assert_int_equal(bk_session_complete(session), BK_OK);
	assert_int_equal(bk_text_replace(session->text, (struct bk_span){26, 26}, " In time.", 9, 0), BK_OK);
	assert_int_equal(bk_journal_flush(session->journal), BK_OK);
	bk_session_free(session);
	session = open_draft(path, BK_SESSION_EDIT);
	assert_int_equal(bk_session_complete(session), BK_OK);
	assert_true(session->found.unsaved);
	assert_int_equal(bk_journal_recover(session->journal, session->text), BK_OK);
	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	assert_string_equal(bytes, "1. Parties [shall] report. In time.\n");
	assert_true(bk_session_is_changed(session));
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	assert_false(bk_session_is_changed(session));
	bk_session_free(session);
}

static int make_folder(void **state)
{
	const int failed = scratch_make(state);

	snprintf(state_folder, sizeof state_folder, "%s/state", scratch);
	return failed;
}

static void who_looks_has_settings_and_who_only_reads_has_none(void **state)
{
	const char *path = scratch_path("draft.txt");
	bk_repository *repository = NULL;
	struct bk_session *session;

	(void)state;
	scratch_write(path, "1. Parties [shall] report.\n");
	assert_int_equal(bk_repository_init(&repository, scratch), BK_OK);
	assert_int_equal(bk_repository_configure(repository, "bracked.keys", "vi"), BK_OK);
	bk_repository_free(repository);
	for (int looks = 0; looks < 2; looks++) {
		session = open_draft(path, looks ? BK_SESSION_PERSON : BK_SESSION_READ);
		assert_int_equal(bk_session_complete(session), BK_OK);
		assert_string_equal(
			bk_session_config(session, "bracked.keys", "plain"), looks ? "vi" : "plain");
		bk_session_free(session);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_objection_stays_on_its_words_through_500_edits_elsewhere),
		cmocka_unit_test(an_objection_follows_its_paragraph_moved_and_renumbered),
		cmocka_unit_test(an_objection_follows_an_edit_by_another_editor),
		cmocka_unit_test(a_position_on_a_settled_bracket_goes_nowhere_else),
		cmocka_unit_test(a_settled_bracket_taken_back_has_its_position_again),
		cmocka_unit_test(a_file_changed_by_others_is_not_overwritten),
		cmocka_unit_test(changes_of_others_in_other_lines_are_merged),
		cmocka_unit_test(a_torn_last_line_of_a_ledger_does_not_swallow_the_next_event),
		cmocka_unit_test(a_second_editor_is_told_who_has_the_draft),
		cmocka_unit_test(who_looks_has_settings_and_who_only_reads_has_none),
		cmocka_unit_test(typing_that_was_never_saved_comes_back),
	};

	return cmocka_run_group_tests(tests, make_folder, scratch_remove);
}
