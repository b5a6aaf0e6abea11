/* Conventions of a text: sets, settings on top of them, and what is refused. */
#include "base/alloc.h"
#include "draft/bare.h"
#include "draft/conventions.h"
#include "draft/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <pthread.h>

#include "sample.h"

static bk_conventions *make(const char *set, const char *name, const char *value)
{
	const struct bk_setting setting = {name, value};
	bk_conventions *conventions;

	assert_int_equal(bk_conventions_new(&conventions, set, &setting, name ? 1 : 0), BK_OK);
	return conventions;
}

static bool is_note(const bk_conventions *conventions, struct bk_str words)
{
	struct bk_hints hints;
	bool is;

	bk_conventions_hint(words, &hints);
	assert_int_equal(bk_conventions_is_note(conventions, words, &hints, &is), BK_OK);
	return is;
}

static bool is_placeholder(const bk_conventions *conventions, struct bk_str words)
{
	struct bk_hints hints;
	bool is;

	bk_conventions_hint(words, &hints);
	assert_int_equal(bk_conventions_is_placeholder(conventions, words, &hints, &is), BK_OK);
	return is;
}

static bool is_status(const bk_conventions *conventions, struct bk_str words)
{
	struct bk_hints hints;
	bool is;

	bk_conventions_hint(words, &hints);
	assert_int_equal(bk_conventions_is_status(conventions, words, &hints, &is), BK_OK);
	return is;
}

static size_t label(const bk_conventions *conventions, struct bk_str line)
{
	size_t len;

	assert_int_equal(bk_conventions_label(conventions, line, &len), BK_OK);
	return len;
}

static void unfccc_is_the_default_and_every_set_can_be_made(void **state)
{
	const char *const *sets = bk_conventions_sets();
	bk_conventions *conventions = make(NULL, NULL, NULL);

	(void)state;
	assert_string_equal(bk_conventions_name(conventions), "unfccc");
	bk_conventions_free(conventions);
	for (size_t i = 0; sets[i]; i++) {
		conventions = make(sets[i], NULL, NULL);
		assert_string_equal(bk_conventions_name(conventions), sets[i]);
		bk_conventions_free(conventions);
	}
}

static void settings_choose_the_set(void **state)
{
	const struct bk_setting settings[] = {{"conventions.set", "inb"}, {"negotiation.conventions", "itu"}};
	bk_conventions *conventions;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, NULL, settings, 2), BK_OK);
	assert_string_equal(bk_conventions_name(conventions), "inb");
	bk_conventions_free(conventions);
	conventions = make(NULL, "negotiation.conventions", "trade");
	assert_string_equal(bk_conventions_name(conventions), "trade");
	bk_conventions_free(conventions);
}

static void an_unknown_set_is_not_found(void **state)
{
	bk_conventions *conventions = NULL;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, "unesco", NULL, 0), BK_ENOTFOUND);
	assert_null(conventions);
	assert_non_null(strstr(bk_error_message(), "unesco"));
}

static void a_bad_setting_is_named(void **state)
{
	static const struct bk_setting bad[] = {
		{"conventions.note", "(unclosed"},
		{"conventions.braces", "maybe"},
		{"conventions.pair", "["},
		{"conventions.attribution", "prefix underline"},
		{"conventions.unknowncodes", "perhaps"},
		{"conventions.footnotes", "round"},
		{"conventions.colour", "blue"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		bk_conventions *conventions = NULL;

		assert_int_equal(bk_conventions_new(&conventions, NULL, &bad[i], 1), BK_EINVAL);
		assert_null(conventions);
		assert_non_null(strstr(bk_error_message(), bad[i].name));
	}
}

static void settings_of_other_sections_are_passed_over(void **state)
{
	bk_conventions *conventions = make(NULL, "bracked.theme", "dark");

	(void)state;
	assert_string_equal(bk_conventions_name(conventions), "unfccc");
	bk_conventions_free(conventions);
}

static void extra_pairs_are_matched(void **state)
{
	bk_conventions *conventions = make(NULL, "conventions.pair", "［］");
	const struct bk_draft_options options = {.conventions = conventions};
	bk_draft *draft = sample_with("in ［this］ [form]", &options);
	size_t count;

	(void)state;
	bk_draft_brackets(draft, &count);
	assert_int_equal(count, 2);
	assert_int_equal(nth(draft, 0)->open_len, 3);
	bk_draft_free(draft);
	bk_conventions_free(conventions);
}

static void braces_mean_what_conventions_say(void **state)
{
	bk_conventions *conventions = make(NULL, "conventions.braces", "disputed");
	const struct bk_draft_options options = {.conventions = conventions};
	bk_draft *draft = sample_with("{words}", &options);
	bk_draft *plain = sample("{words}");

	(void)state;
	assert_int_equal(nth(draft, 0)->class, BK_CLASS_DISPUTED);
	assert_int_equal(nth(plain, 0)->class, BK_CLASS_NOTE);
	bk_draft_free(plain);
	bk_draft_free(draft);
	bk_conventions_free(conventions);
}

static void patterns_are_added_and_an_empty_one_forgets_those_before(void **state)
{
	static const struct bk_setting settings[] = {{"conventions.note", ""}, {"conventions.note", "memo"}};
	bk_conventions *conventions = make(NULL, "conventions.note", "memo");

	(void)state;
	assert_true(is_note(conventions, BK_STR("Memo to all")));
	assert_true(is_note(conventions, BK_STR("Note: to all")));
	assert_false(is_note(conventions, BK_STR("memory")));
	bk_conventions_free(conventions);
	assert_int_equal(bk_conventions_new(&conventions, NULL, settings, 2), BK_OK);
	assert_true(is_note(conventions, BK_STR("Memo to all")));
	assert_false(is_note(conventions, BK_STR("Note: to all")));
	bk_conventions_free(conventions);
}

static void the_style_written_is_the_first_form_read(void **state)
{
	bk_conventions *conventions = make(NULL, "conventions.attribution", "dash prefix");

	(void)state;
	assert_int_equal(bk_conventions_style(conventions), BK_FORM_DASH);
	assert_true(bk_conventions_reads(conventions, BK_FORM_PREFIX));
	assert_false(bk_conventions_reads(conventions, BK_FORM_PARENTHESIS));
	bk_conventions_free(conventions);
}

static void labels_have_the_style_of_the_set(void **state)
{
	bk_conventions *unga = make("unga", NULL, NULL), *other = make("unfccc", NULL, NULL);

	(void)state;
	assert_int_equal(label(unga, BK_STR("OP14 bis. Urges")), 9);
	assert_int_equal(label(unga, BK_STR("Open")), 0);
	assert_int_equal(label(other, BK_STR("OP14 bis. Urges")), 0);
	bk_conventions_free(unga);
	bk_conventions_free(other);
}

static void the_lexicon_is_in_order(void **state)
{
	(void)state;
	assert_true(bk_lexicon_is_in_order());
	assert_int_equal(bk_lexicon_prefix(BK_LEXICON_ADDER, BK_STR("As well as these")), 10);
	assert_int_equal(bk_lexicon_prefix(BK_LEXICON_CONJUNCTION, BK_STR("android")), 0);
}

/* What a reader would call a note, a placeholder or a status; the hints must let all of them through. */
static void hints_keep_no_match_back(void **state)
{
	static const char *const notes[] = {"note: x", "Notes by the Chair: x", "Drafting note: x", "N.B.: x",
		"Secretariat: x", "Chair’s note: x", "the co-chairs: x", "comment: x", "merge with 4",
		"merge b and c", "move this paragraph to article 4", "to be moved to the preamble",
		"proposed placement", "placement under 5", "insert a date", "to insert text", "inserted by",
		"pending the outcome", "to be revised", "to be further discussed", "delete paragraph",
		"deletion of the article", "text to be moved", "language from 4", "for decision text",
		"proposed by AU", "as submitted by the EU", "this text was moved", "these brackets remain",
		"this section is under discussion", "Further definitions may be required later",
		"The headings are provisional", "article titles are indicative", "subject to legal review",
		"awaiting further consultations", "Nota del secretario: x", "secrétariat : x", "à insérer",
		"insertar", "pendiente", "Примечание: x", "секретариат: x", "注：内容", "移至附件",
		"ملاحظة: x", "À insérer", "à déplacer", "ПРИМЕЧАНИЯ: x", "Председатель: x",
		"сопредседатели:", "Вставить", "объединить с 4", "подлежит пересмотру", "предлагаемое место",
		"перенести x в 4", "说明:", "秘书处：", "主席:", "编者注:", "附注:", "插入", "并入", "待修订",
		"待审议", "الأمانة:", "الرئيس :", "يدرج", "ينقل إلى", "يدمج مع", "قيد المراجعة", NULL};
	static const char *const placeholders[] = {"...", "…", "--", "_", "X", "xx", "20XX", "203X", "X-X",
		"x%", "X on Finance", "X/CP.21", "article X", "Annex …", "Part III ...", "date", "number",
		"city", "date and place", "date of adoption", "document symbol A/AC.1/3",
		"number to be added", "to be determined", "article number yet to be defined", "TBD", "t.b.c.",
		"placeholder for text", "place holder", "reserved", "à déterminer", "fecha", "por determinar",
		"дата", "подлежит уточнению", "待定", "日期待补充", "تاريخ", "n/a ...", "?", "NN", "—", "––",
		"●", "•", "■■", "□", "▪", "À préciser", "Подлежат определению", "будет определено", "Число",
		"номер", "город", "страна", "название", "условное обозначение документа 4", "数目", "城市",
		"国家", "名称", "标题", "文号", "占位符", "第四条待确认", "X 待补", "يحدد لاحقا",
		"تحدد لاحقا", "يضاف لاحقا", "رقم", "مدينة", "بلد", "اسم", "عنوان", "20…", "été … article …",
		"Être à la date to be added", NULL};
	static const char *const statuses[] = {"agreed", "Agreed ad ref", "agreed ad referendum",
		"agreed in informals", "agreed, placement tbd", "provisionally agreed", "text agreed",
		"ad ref", "acordado", "согласовано", "已商定", "Согласовано", "商定", "已议定", "متفق عليه",
		NULL};
	static const char *const others[] = {"各缔约方应加强国际合作", "Развивающиеся страны",
		"États en développement", "les Parties à l'égalité", "shall", NULL};
	bk_conventions *conventions = make(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; notes[i]; i++)
		if (!is_note(conventions, bk_str_of(notes[i])))
			fail_msg("no note: %s", notes[i]);
	for (size_t i = 0; placeholders[i]; i++)
		if (!is_placeholder(conventions, bk_str_of(placeholders[i])))
			fail_msg("no placeholder: %s", placeholders[i]);
	for (size_t i = 0; statuses[i]; i++)
		if (!is_status(conventions, bk_str_of(statuses[i])))
			fail_msg("no status: %s", statuses[i]);
	/* what nearly all brackets hold is tried on nothing, in any script */
	for (size_t i = 0; others[i]; i++) {
		struct bk_hints hints;

		bk_conventions_hint(bk_str_of(others[i]), &hints);
		if (hints.note || hints.placeholder || hints.status)
			fail_msg("hinted: %s", others[i]);
	}
	bk_conventions_free(conventions);
}

static void without_memory_nothing_is_made(void **state)
{
	const struct bk_setting settings[] = {{"conventions.pair", "【】"}, {"conventions.note", "memo"}};
	bk_conventions *conventions = NULL;
	size_t n = 0;

	(void)state;
	for (;; n++) {
		int status;

		bk_alloc_fail_after(n);
		status = bk_conventions_new(&conventions, NULL, settings, 2);
		bk_alloc_fail_after(SIZE_MAX);
		if (status == BK_OK)
			break;
		assert_int_equal(status, BK_ENOMEM);
		assert_null(conventions);
	}
	assert_true(n > 5);
	bk_conventions_free(conventions);
}

static void a_pattern_that_memory_was_short_for_is_compiled_when_asked_again(void **state)
{
	const struct bk_str words = BK_STR("Note by the Chair: to be revised");
	bk_conventions *conventions = make("unga", NULL, NULL);
	struct bk_hints hints;
	size_t n = 0, len;
	bool is;

	(void)state;
	bk_conventions_hint(words, &hints);
	for (;; n++) {
		int status;

		bk_alloc_fail_after(n);
		status = bk_conventions_is_note(conventions, words, &hints, &is);
		bk_alloc_fail_after(SIZE_MAX);
		if (status == BK_OK)
			break;
		assert_int_equal(status, BK_ENOMEM);
	}
	assert_true(n > 2);
	assert_true(is_note(conventions, words));
	bk_alloc_fail_after(0);
	assert_int_equal(bk_conventions_label(conventions, BK_STR("OP14 bis. Urges"), &len), BK_ENOMEM);
	bk_alloc_fail_after(SIZE_MAX);
	assert_int_equal(label(conventions, BK_STR("OP14 bis. Urges")), 9);
	bk_conventions_free(conventions);
}

static void an_empty_setting_forgets_marks_and_words(void **state)
{
	bk_conventions *conventions = make(NULL, "conventions.placeholder", "");

	(void)state;
	assert_false(is_placeholder(conventions, BK_STR("--")));
	assert_false(is_placeholder(conventions, BK_STR("to be added")));
	assert_true(is_note(conventions, BK_STR("note: to be moved")));
	bk_conventions_free(conventions);
}

static void words_are_compiled_for_no_marks(void **state)
{
	bk_conventions *conventions = make(NULL, NULL, NULL);

	(void)state;
	assert_true(is_placeholder(conventions, BK_STR("--")));
	bk_alloc_fail_after(SIZE_MAX);
	assert_true(is_placeholder(conventions, BK_STR("20XX")));
	assert_int_equal(bk_alloc_fail_after(SIZE_MAX), 0);
	assert_true(is_placeholder(conventions, BK_STR("to be added")));
	assert_true(bk_alloc_fail_after(SIZE_MAX) > 0);
	bk_conventions_free(conventions);
}

/* Many threads ask at once; there is one answer. */
static void *ask(void *conventions)
{
	assert_true(is_note(conventions, BK_STR("note: to be moved")));
	assert_true(is_placeholder(conventions, BK_STR("TBD")));
	assert_int_equal(label(conventions, BK_STR("OP14 bis. Urges")), 9);
	return NULL;
}

static void threads_may_ask_first_at_once(void **state)
{
	(void)state;
	for (size_t round = 0; round < 5; round++) {
		bk_conventions *conventions = make("unga", NULL, NULL);
		pthread_t threads[4];

		for (size_t i = 0; i < 4; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, ask, conventions), 0);
		for (size_t i = 0; i < 4; i++)
			pthread_join(threads[i], NULL);
		bk_conventions_free(conventions);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unfccc_is_the_default_and_every_set_can_be_made),
		cmocka_unit_test(settings_choose_the_set),
		cmocka_unit_test(an_unknown_set_is_not_found),
		cmocka_unit_test(a_bad_setting_is_named),
		cmocka_unit_test(settings_of_other_sections_are_passed_over),
		cmocka_unit_test(extra_pairs_are_matched),
		cmocka_unit_test(braces_mean_what_conventions_say),
		cmocka_unit_test(patterns_are_added_and_an_empty_one_forgets_those_before),
		cmocka_unit_test(the_style_written_is_the_first_form_read),
		cmocka_unit_test(labels_have_the_style_of_the_set),
		cmocka_unit_test(the_lexicon_is_in_order),
		cmocka_unit_test(hints_keep_no_match_back),
		cmocka_unit_test(without_memory_nothing_is_made),
		cmocka_unit_test(a_pattern_that_memory_was_short_for_is_compiled_when_asked_again),
		cmocka_unit_test(an_empty_setting_forgets_marks_and_words),
		cmocka_unit_test(words_are_compiled_for_no_marks),
		cmocka_unit_test(threads_may_ask_first_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
