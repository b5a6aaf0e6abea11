/* The roster: who is known under which spelling, and who is in which group when. */
#include "base/alloc.h"
#include "base/hash.h"
#include "ledger/roster.h"
#include "ledger/roster_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

static bk_roster *make(const struct bk_setting *settings, size_t count)
{
	bk_roster *roster = NULL;

	assert_int_equal(bk_roster_new(&roster, settings, count), BK_OK);
	return roster;
}

static const char *code(const bk_roster *roster, const char *name)
{
	const struct bk_party *party = bk_roster_find(roster, name, strlen(name));

	return party ? party->code : "nobody";
}

static void check_spellings(const bk_roster *roster)
{
	static const char *const cases[][2] = {{"Russian Federation", "RU"}, {"Russia", "RU"}, {"Iran", "IR"},
		{"Iran (Islamic Republic of)", "IR"}, {"Bolivia", "BO"}, {"Venezuela", "VE"},
		{"Republic of Korea", "KR"}, {"South Korea", "KR"}, {"USA", "US"}, {"US", "US"},
		{"United States", "US"}, {"United States of America", "US"}, {"the United States", "US"},
		{"UK", "GB"}, {"United Kingdom", "GB"}, {"Viet Nam", "VN"}, {"Vietnam", "VN"},
		{"Tanzania", "TZ"}, {"Türkiye", "TR"}, {"Turkey", "TR"}, {"TURKIYE", "TR"},
		{"Côte d'Ivoire", "CI"}, {"Cote d\xe2\x80\x99Ivoire", "CI"}, {"Ivory Coast", "CI"},
		{"PNG", "PG"}, {"RSA", "ZA"}, {"BOL", "BO"}, {"CHE", "CH"}, {"switzerland", "CH"},
		{"Cabo  Verde", "CV"}, {"Cape\nVerde", "CV"}, {"Eswatini", "SZ"}, {"Swaziland", "SZ"},
		{"Congo", "CG"}, {"DRC", "CD"}, {"Timor\xe2\x80\x91Leste", "TL"}, {"EU", "EU"},
		{"European Union", "EU"}, {"G77 and China", "G77"}, {"G-77", "G77"}, {"g77/china", "G77"},
		{"Group of 77 and China", "G77"}, {"AOSIS", "AOSIS"}, {"Aosis", "AOSIS"}, {"LDCs", "LDC"},
		{"African Group", "AGN"}, {"Umbrella Group", "UMBRELLA"}, {"EIG", "EIG"},
		{"Arab Group", "ARAB"}, {"AILAC", "AILAC"}, {"LMDC", "LMDC"}, {"ALBA", "ALBA"},
		{"CfRN", "CfRN"}, {"CFRN", "CfRN"}, {"SICA", "SICA"}, {"BASIC", "BASIC"}, {"CANZ", "CANZ"},
		{"IN", "IN"}, {"NO", "NO"}, {"UG", "UG"}, {"Holy See", "VA"}, {"State of Palestine", "PS"}};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(code(roster, cases[i][0]), cases[i][1]);
}

static void parties_are_found_by_code_name_and_the_spellings_met(void **state)
{
	bk_roster *roster = make(NULL, 0);

	(void)state;
	check_spellings(roster);
	bk_roster_free(roster);
}

static void without_the_iso_codes_package_the_same_spellings_are_known(void **state)
{
	static const char *const broken[] = {
		"", "{", "[]", "{\"3166-1\": 3}", "{\"3166-1\": [7, {\"alpha_2\": 1}]}"};
	bk_roster *roster = NULL;

	(void)state;
	assert_int_equal(bk_roster_new_from(&roster, "/nowhere/at/all", NULL, 0), BK_OK);
	check_spellings(roster);
	bk_roster_free(roster);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		char name[] = "/tmp/bracked-roster-XXXXXX";
		const int descriptor = mkstemp(name);
		FILE *file = fdopen(descriptor, "w");

		fputs(broken[i], file);
		fclose(file);
		assert_int_equal(bk_roster_new_from(&roster, name, NULL, 0), BK_OK);
		check_spellings(roster);
		bk_roster_free(roster);
		remove(name);
	}
}

static void assert_alike(const bk_roster *a, const bk_roster *b)
{
	size_t count, other;
	const struct bk_party *parties = bk_roster_parties(a, &count), *others = bk_roster_parties(b, &other);
	const struct bk_membership *members, *other_members;

	assert_int_equal(count, other);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(parties[i].code, others[i].code);
		assert_string_equal(parties[i].name, others[i].name);
		for (size_t n = 0; parties[i].aliases[n] || others[i].aliases[n]; n++) {
			assert_true(parties[i].aliases[n] && others[i].aliases[n]);
			assert_string_equal(parties[i].aliases[n], others[i].aliases[n]);
		}
	}
	members = bk_roster_memberships(a, &count);
	other_members = bk_roster_memberships(b, &other);
	assert_int_equal(count, other);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(members[i].group, other_members[i].group);
		assert_string_equal(members[i].party, other_members[i].party);
		assert_string_equal(members[i].from, other_members[i].from);
		assert_string_equal(members[i].until, other_members[i].until);
	}
}

/* The package as it is, and the same with a blank at its end, which is not known and thus read. */
static void what_a_known_release_of_the_package_says_is_built_in(void **state)
{
	char name[] = "/tmp/bracked-roster-XXXXXX";
	bk_roster *plain = NULL, *known = NULL, *read = NULL;
	FILE *file = fopen(BK_ROSTER_ISO_CODES, "r"), *copy;
	char *bytes = malloc(1 << 20);
	size_t len;

	(void)state;
	if (!file) {
		free(bytes);
		print_message("skipped: the iso-codes package is not installed\n");
		skip();
	}
	len = fread(bytes, 1, 1 << 20, file);
	fclose(file);
	copy = fdopen(mkstemp(name), "w");
	assert_true(fwrite(bytes, 1, len, copy) == len && fputc(' ', copy) == ' ' && fclose(copy) == 0);
	assert_int_equal(bk_roster_new_from(&plain, "/nowhere/at/all", NULL, 0), BK_OK);
	assert_int_equal(bk_roster_new_from(&known, BK_ROSTER_ISO_CODES, NULL, 0), BK_OK);
	assert_int_equal(bk_roster_new_from(&read, name, NULL, 0), BK_OK);
	assert_alike(known, read);
	if (bk_hash(bytes, len) == bk_known_packages[0])
		assert_alike(plain, read);
	else
		print_message("another release of the iso-codes package than is known\n");
	bk_roster_free(plain);
	bk_roster_free(known);
	bk_roster_free(read);
	remove(name);
	free(bytes);
}

static void english_words_are_codes_only_in_upper_case(void **state)
{
	static const char *const words[] = {"in", "In", "no", "No", "it", "as", "be", "so", "to", "is", "am",
		"at", "can", "Can", "nor", "and", "per", "are", "basic", "Basic", "", " ", "the", "shall",
		"Parties"};
	bk_roster *roster = make(NULL, 0);

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_string_equal(code(roster, words[i]), "nobody");
	bk_roster_free(roster);
}

static void odd_and_overlong_names_are_nobody(void **state)
{
	bk_roster *roster = make(NULL, 0);
	char name[5000];

	(void)state;
	memset(name, 'A', sizeof name);
	for (size_t len = 0; len < sizeof name; len += 97)
		assert_null(bk_roster_find(roster, name, len));
	memset(name, '\xff', sizeof name);
	for (size_t len = 0; len < sizeof name; len += 97)
		assert_null(bk_roster_find(roster, name, len));
	assert_null(bk_roster_find(roster, "E\0U", 3));
	assert_null(bk_roster_find(roster, "\xc3", 1));
	bk_roster_free(roster);
}

static void groups_have_their_members_at_a_date(void **state)
{
	bk_roster *roster = make(NULL, 0);

	(void)state;
	assert_int_equal(bk_roster_size(roster, "AOSIS", "2024-06-01"), 39);
	assert_int_equal(bk_roster_size(roster, "AGN", "2024-06-01"), 54);
	assert_int_equal(bk_roster_size(roster, "EU", "2013-06-30"), 27);
	assert_int_equal(bk_roster_size(roster, "EU", "2013-07-01"), 28);
	assert_int_equal(bk_roster_size(roster, "EU", "2020-02-01T00:00:00Z"), 27);
	assert_int_equal(bk_roster_size(roster, "LDC", "2021-06-01"), 46);
	assert_int_equal(bk_roster_size(roster, "LDC", "2025-01-01"), 44);
	assert_in_range(bk_roster_size(roster, "G77", "2015-12-01"), 131, 135);
	assert_int_equal(bk_roster_size(roster, "BO", "2015-12-01"), 0);
	assert_true(bk_roster_is_member(roster, "EU", "GB", "2020-01-31"));
	assert_false(bk_roster_is_member(roster, "EU", "GB", "2020-02-01"));
	assert_false(bk_roster_is_member(roster, "EU", "HR", "2013-06-30"));
	assert_true(bk_roster_is_member(roster, "EU", "HR", "2013-07-01"));
	assert_false(bk_roster_is_member(roster, "EU", "GB", ""));
	assert_true(bk_roster_is_member(roster, "AILAC", "PE", "2012-12-08"));
	assert_false(bk_roster_is_member(roster, "AILAC", "PE", "2011-12-08"));
	assert_true(bk_roster_is_member(roster, "BO", "BO", "2011-12-08"));
	assert_false(bk_roster_is_member(roster, "BO", "EC", "2011-12-08"));
	bk_roster_free(roster);
}

static void every_membership_names_a_group_and_somebody_known(void **state)
{
	bk_roster *roster = make(NULL, 0);
	size_t count, parties;
	const struct bk_membership *list = bk_roster_memberships(roster, &count);
	const struct bk_party *sorted = bk_roster_parties(roster, &parties);

	(void)state;
	assert_true(count > 600 && parties > 260);
	for (size_t i = 0; i < count; i++) {
		assert_true(bk_roster_find(roster, list[i].group, strlen(list[i].group))->group);
		assert_string_equal(code(roster, list[i].party), list[i].party);
	}
	for (size_t i = 0; i < parties; i++) {
		assert_true(i == 0 || strcmp(sorted[i - 1].code, sorted[i].code) < 0);
		assert_string_equal(code(roster, sorted[i].code), sorted[i].code);
		assert_string_equal(code(roster, sorted[i].name), sorted[i].code);
	}
	bk_roster_free(roster);
}

static void a_negotiation_adds_names_groups_and_dated_members(void **state)
{
	static const struct bk_setting settings[] = {
		{"group.MTN.member", "Bolivia from 2010-03-01 until 2015"},
		{"group.MTN.member", "CH"},
		{"group.MTN.member", "EU"},
		{"group.MTN.name", "Mountain Group"},
		{"group.MTN.alias", "Highlanders"},
		{"party.XK.name", "Kosovo"},
		{"party.XK.alias", "Republic of Kosovo"},
		{"party.US.name", "United States"},
		{"party.NGO.org.alias", "Observers"},
		{"group.EU.member", "GB from 1973 until 2021-01-01"},
		{"group.CfRN.alias", "Trees"},
		{"conventions.note", "x"},
	};
	bk_roster *roster = make(settings, sizeof settings / sizeof *settings);

	(void)state;
	assert_string_equal(code(roster, "mountain group"), "MTN");
	assert_string_equal(code(roster, "Highlanders"), "MTN");
	assert_string_equal(code(roster, "Kosovo"), "XK");
	assert_string_equal(code(roster, "Observers"), "NGO.org");
	assert_string_equal(code(roster, "Trees"), "CfRN");
	assert_string_equal(bk_roster_find(roster, "US", 2)->name, "United States");
	assert_true(bk_roster_is_member(roster, "MTN", "BO", "2014-12-31"));
	assert_false(bk_roster_is_member(roster, "MTN", "BO", "2015-01-01"));
	assert_false(bk_roster_is_member(roster, "MTN", "BO", "2010-02-28"));
	assert_true(bk_roster_is_member(roster, "MTN", "FR", "2014-01-01"));
	assert_int_equal(bk_roster_size(roster, "MTN", "2024-01-01"), 28);
	assert_true(bk_roster_is_member(roster, "EU", "GB", "2020-12-31"));
	assert_false(bk_roster_is_member(roster, "EU", "GB", "2021-01-01"));
	bk_roster_free(roster);
}

static void a_setting_that_makes_no_sense_is_named(void **state)
{
	static const struct bk_setting wrong[] = {
		{"group.MTN.member", "Atlantis"},
		{"group.MTN.member", "BO from yesterday"},
		{"group.MTN.member", "BO from 2015-13-01"},
		{"group.MTN.member", ""},
		{"group.UG.name", "Umbrella Group"},
		{"party.EU.name", "Europe"},
		{"party.XK.name", ""},
		{"party.a b.name", "x"},
		{"party.0123456789012345678901234567890123456789.name", "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		bk_roster *roster = (bk_roster *)&wrong;

		assert_int_equal(bk_roster_new(&roster, &wrong[i], 1), BK_EINVAL);
		assert_ptr_equal(roster, &wrong);
		assert_non_null(strstr(bk_error_message(), wrong[i].name));
	}
}

static void the_nearest_known_names_come_first(void **state)
{
	bk_roster *roster = make(NULL, 0);
	const char *near[4];

	(void)state;
	assert_true(bk_roster_nearest(roster, "Boliva", near, 4) >= 1);
	assert_string_equal(near[0], "BO");
	assert_true(bk_roster_nearest(roster, "AOSSI", near, 4) >= 1);
	assert_string_equal(near[0], "AOSIS");
	assert_true(bk_roster_nearest(roster, "Swizerland", near, 1) == 1);
	assert_string_equal(near[0], "CH");
	assert_int_equal(bk_roster_nearest(roster, "xqzzqxqzzqx", near, 4), 0);
	assert_int_equal(bk_roster_nearest(roster, "", near, 4), 0);
	bk_roster_free(roster);
}

static void when_memory_runs_out_there_is_no_roster(void **state)
{
	static const struct bk_setting settings[] = {{"group.MTN.member", "Bolivia from 2010"},
		{"party.XK.name", "Kosovo"}, {"party.XK.alias", "K."}};
	size_t made;
	bk_roster *roster;

	(void)state;
	bk_alloc_fail_after(SIZE_MAX);
	roster = make(settings, 3);
	made = bk_alloc_fail_after(SIZE_MAX);
	bk_roster_free(roster);
	for (size_t after = 0; after < made; after += after < 50 ? 1 : 37) {
		roster = NULL;
		bk_alloc_fail_after(after);
		assert_int_equal(bk_roster_new(&roster, settings, 3), BK_ENOMEM);
		bk_alloc_fail_after(SIZE_MAX);
		assert_null(roster);
	}
}

static void a_roster_begun_ahead_is_the_same_however_far_it_has_come(void **state)
{
	static const struct bk_setting settings[] = {{"group.MTN.member", "Bolivia from 2010"},
		{"party.XK.name", "Kosovo"}, {"party.US.alias", "CHE"}};
	bk_roster *plain = make(settings, 3);

	(void)state;
	for (useconds_t wait = 0; wait < 4000; wait += 200) {
		struct bk_roster_ahead *ahead = bk_roster_ahead_new();
		bk_roster *roster = NULL;

		usleep(wait);
		assert_int_equal(bk_roster_new_ahead(&roster, ahead, settings, 3), BK_OK);
		assert_alike(roster, plain);
		bk_roster_ahead_free(ahead);
		bk_roster_free(roster);
	}
	bk_roster_free(plain);
}

static void what_was_begun_ahead_may_be_given_up_and_is_given_once(void **state)
{
	static const struct bk_setting wrong = {"group.MTN.member", "Atlantis"};
	struct bk_roster_ahead *ahead;
	bk_roster *roster = NULL;

	(void)state;
	for (useconds_t wait = 0; wait < 2000; wait += 500) {
		ahead = bk_roster_ahead_new();
		usleep(wait);
		bk_roster_ahead_free(ahead);
	}
	ahead = bk_roster_ahead_new();
	assert_int_equal(bk_roster_new_ahead(&roster, ahead, &wrong, 1), BK_EINVAL);
	assert_null(roster);
	assert_non_null(strstr(bk_error_message(), wrong.name));
	assert_int_equal(bk_roster_new_ahead(&roster, ahead, NULL, 0), BK_OK);
	check_spellings(roster);
	bk_roster_ahead_free(ahead);
	bk_roster_free(roster);
}

static void memory_that_runs_out_ahead_is_told_when_the_roster_is_wanted(void **state)
{
	bk_alloc_fail_after(0);
	assert_null(bk_roster_ahead_new());
	for (size_t after = 0; after < 3000; after += after < 20 ? 1 : 97) {
		struct bk_roster_ahead *ahead;
		bk_roster *roster = NULL;
		int status;

		bk_alloc_fail_after(SIZE_MAX);
		ahead = bk_roster_ahead_new();
		bk_alloc_fail_after(after);
		status = bk_roster_new_ahead(&roster, ahead, NULL, 0);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		assert_int_equal(status == BK_OK, roster != NULL);
		bk_roster_ahead_free(ahead);
		bk_roster_free(roster);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parties_are_found_by_code_name_and_the_spellings_met),
		cmocka_unit_test(without_the_iso_codes_package_the_same_spellings_are_known),
		cmocka_unit_test(what_a_known_release_of_the_package_says_is_built_in),
		cmocka_unit_test(english_words_are_codes_only_in_upper_case),
		cmocka_unit_test(odd_and_overlong_names_are_nobody),
		cmocka_unit_test(groups_have_their_members_at_a_date),
		cmocka_unit_test(every_membership_names_a_group_and_somebody_known),
		cmocka_unit_test(a_negotiation_adds_names_groups_and_dated_members),
		cmocka_unit_test(a_setting_that_makes_no_sense_is_named),
		cmocka_unit_test(the_nearest_known_names_come_first),
		cmocka_unit_test(when_memory_runs_out_there_is_no_roster),
		cmocka_unit_test(a_roster_begun_ahead_is_the_same_however_far_it_has_come),
		cmocka_unit_test(what_was_begun_ahead_may_be_given_up_and_is_given_once),
		cmocka_unit_test(memory_that_runs_out_ahead_is_told_when_the_roster_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
