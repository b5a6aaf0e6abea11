/* A small roster for tests of this floor, which knows nothing of the real one above. */
#ifndef TEST_DRAFT_NAMES_H
#define TEST_DRAFT_NAMES_H

#include "base/str.h"

#include <bracked/draft.h>

static const char *const test_roster[][2] = {
	{"AR", "AR"},
	{"AU", "AU"},
	{"AU", "Australia"},
	{"AU", "AUS"},
	{"BD", "BD"},
	{"BO", "BO"},
	{"BO", "Bolivia"},
	{"BO", "Bolivia (Plurinational State of)"},
	{"BR", "BR"},
	{"BR", "Brazil"},
	{"CA", "CA"},
	{"CA", "Canada"},
	{"CH", "CH"},
	{"CH", "Switzerland"},
	{"CL", "CL"},
	{"CL", "Chile"},
	{"CN", "CN"},
	{"CN", "China"},
	{"CO", "CO"},
	{"CR", "CR"},
	{"CR", "Costa Rica"},
	{"CU", "CU"},
	{"CU", "Cuba"},
	{"AG", "Antigua and Barbuda"},
	{"TT", "Trinidad and Tobago"},
	{"DE", "DE"},
	{"EC", "EC"},
	{"EE", "EE"},
	{"EG", "EG"},
	{"EU", "EU"},
	{"EU", "European Union"},
	{"FR", "FR"},
	{"GB", "GB"},
	{"GB", "UK"},
	{"GB", "United Kingdom"},
	{"IN", "IN"},
	{"IN", "India"},
	{"ID", "ID"},
	{"ID", "Indonesia"},
	{"IR", "IR"},
	{"IR", "Iran"},
	{"IR", "Iran (Islamic Republic of)"},
	{"IS", "IS"},
	{"IS", "Iceland"},
	{"JP", "JP"},
	{"JP", "Japan"},
	{"KE", "KE"},
	{"KR", "KR"},
	{"KR", "Republic of Korea"},
	{"MX", "MX"},
	{"MX", "Mexico"},
	{"MY", "MY"},
	{"NI", "NI"},
	{"NO", "NO"},
	{"NO", "Norway"},
	{"NZ", "NZ"},
	{"NZ", "New Zealand"},
	{"PE", "PE"},
	{"PE", "Peru"},
	{"PH", "PH"},
	{"PH", "Philippines"},
	{"PK", "PK"},
	{"RU", "RU"},
	{"RU", "Russian Federation"},
	{"SA", "SA"},
	{"SA", "Saudi Arabia"},
	{"TR", "TR"},
	{"TR", "Türkiye"},
	{"CI", "Côte d'Ivoire"},
	{"TV", "TV"},
	{"US", "US"},
	{"US", "USA"},
	{"US", "United States"},
	{"VE", "VE"},
	{"VI", "VI"},
	{"VN", "VN"},
	{"VN", "Viet Nam"},
	{"ZA", "ZA"},
	{"ZA", "South Africa"},
	{"EQUITY", "Equity Group"},
	{"AGN", "AGN"},
	{"AGN", "African Group"},
	{"AGN", "Africa Group"},
	{"AILAC", "AILAC"},
	{"ALBA", "ALBA"},
	{"AOSIS", "AOSIS"},
	{"ARAB", "Arab Group"},
	{"BASIC", "BASIC"},
	{"CANZ", "CANZ"},
	{"CFRN", "CfRN"},
	{"EIG", "EIG"},
	{"G77", "G77"},
	{"G77", "G-77"},
	{"G77", "G77 and China"},
	{"G77", "G77 + China"},
	{"G77", "G77/China"},
	{"G77", "G-77 and China"},
	{"G77", "G-77/China"},
	{"G77", "G77 & China"},
	{"G77", "Group of 77 and China"},
	{"LDC", "LDC"},
	{"LDC", "LDCs"},
	{"LDC", "Least Developed Countries"},
	{"LMDC", "LMDC"},
	{"LMDC", "LMDCs"},
	{"LMDC", "Like-Minded Developing Countries"},
	{"SICA", "SICA"},
	{"UG", "Umbrella Group"},
};

static const char *test_code(const void *roster, const char *name, size_t len)
{
	(void)roster;
	for (size_t i = 0; i < sizeof test_roster / sizeof *test_roster; i++) {
		const struct bk_str written = {name, len}, known = bk_str_of(test_roster[i][1]);

		if (len <= 2 ? bk_str_equal(written, known) : bk_str_equal_nocase(written, known))
			return test_roster[i][0];
	}
	return NULL;
}

static const struct bk_names *test_names(void)
{
	static const struct bk_names names = {test_code, NULL};

	return &names;
}

#endif
