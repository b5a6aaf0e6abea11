/*
 * Groups of the climate talks and their neighbours: names, spellings, members with dates.
 *
 * Groups are informal and their lists drift; a negotiation says its own in .negotiation, which goes before
 * what stands here.  Dates are those of accession to the treaty or the group where it has a fixed one; a
 * year alone where only the year is known.  LDC follows the United Nations' list with its graduations.
 *
 * The Umbrella Group has the code UMBRELLA, since UG is Uganda.
 */
#include "ledger/roster_data.h"

/* clang-format off */
const struct bk_group_name bk_groups[] = {
	{"ABU", "Argentina, Brazil and Uruguay"},
	{"AGN", "African Group"},
	{"AILAC", "Independent Association of Latin America and the Caribbean"},
	{"ALBA", "Bolivarian Alliance for the Peoples of Our America"},
	{"AOSIS", "Alliance of Small Island States"},
	{"ARAB", "Arab Group"},
	{"ASEAN", "Association of Southeast Asian Nations"},
	{"BASIC", "Brazil, South Africa, India and China"},
	{"CANZ", "Canada, Australia and New Zealand"},
	{"CARICOM", "Caribbean Community"},
	{"CLAM", "Core Latin America Group"},
	{"CfRN", "Coalition for Rainforest Nations"},
	{"EIG", "Environmental Integrity Group"},
	{"EQUITY", "Equity Group"},
	{"EU", "European Union"},
	{"G77", "Group of 77 and China"},
	{"GRULAC", "Group of Latin American and Caribbean States"},
	{"JUSCANZ", "Japan, United States, Canada, Australia and New Zealand"},
	{"LDC", "Least Developed Countries"},
	{"LMDC", "Like-Minded Developing Countries"},
	{"OECD", "Organisation for Economic Co-operation and Development"},
	{"PSIDS", "Pacific Small Island Developing States"},
	{"SICA", "Central American Integration System"},
	{"UMBRELLA", "Umbrella Group"},
	{NULL, NULL},
};

const struct bk_alias bk_group_aliases[] = {
	{"ABU", "Grupo Sur"},
	{"AGN", "African Group of Negotiators"},
	{"AGN", "Africa Group"},
	{"AGN", "African States"},
	{"AGN", "Group of African States"},
	{"AILAC", "Association of Independent Latin American and Caribbean States"},
	{"AILAC", "Asociación Independiente de América Latina y el Caribe"},
	{"ALBA", "ALBA-TCP"},
	{"ALBA", "Bolivarian Alliance"},
	{"ALBA", "Bolivarian Alliance for the Americas"},
	{"AOSIS", "SIDS"},
	{"AOSIS", "Small Island States"},
	{"AOSIS", "Small Island Developing States"},
	{"ARAB", "Arab States"},
	{"ARAB", "League of Arab States"},
	{"ARAB", "LAS"},
	{"BASIC", "BASIC countries"},
	{"BASIC", "BASIC Group"},
	{"CfRN", "Rainforest Coalition"},
	{"CfRN", "Rainforest Nations"},
	{"EIG", "Environmental Integrity"},
	{"EU", "EU and its member States"},
	{"EU", "EU27"},
	{"EU", "EU-27"},
	{"EU", "EU28"},
	{"EU", "EU-28"},
	{"EU", "EC-27"},
	{"EU", "E.U."},
	{"EU", "European Community"},
	{"EU", "European Union and its member States"},
	{"EU", "European Union and its 27 member States"},
	{"EU", "European Union and its 28 member States"},
	{"G77", "G-77"},
	{"G77", "G 77"},
	{"G77", "G77/China"},
	{"G77", "G-77/China"},
	{"G77", "G77 + China"},
	{"G77", "G77+China"},
	{"G77", "G-77+China"},
	{"G77", "G77 & China"},
	{"G77", "G-77 & China"},
	{"G77", "G77&China"},
	{"G77", "G77 and China"},
	{"G77", "G-77 and China"},
	{"G77", "G.77 and China"},
	{"G77", "Group of 77"},
	{"G77", "Group of 77 & China"},
	{"G77", "Group of 77/China"},
	{"JUSCANZ", "JUSSCANNZ"},
	{"JUSCANZ", "JUSSCANZ"},
	{"LDC", "LDCs"},
	{"LDC", "LDC Group"},
	{"LDC", "LDCs Group"},
	{"LDC", "Least Developed Countries Group"},
	{"LMDC", "LMDCs"},
	{"LMDC", "Like Minded Developing Countries"},
	{"LMDC", "Like-Minded Group"},
	{"PSIDS", "Pacific SIDS"},
	{"PSIDS", "P-SIDS"},
	{"SICA", "Sistema de la Integración Centroamericana"},
	{"SICA", "Central American Integration System (SICA)"},
	{"UMBRELLA", "Umbrella"},
	{NULL, NULL},
};

const struct bk_group_members bk_group_member_table[] = {
	{"ABU", "AR BR UY", "", ""},

	{"AGN", "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU "
		"MW MZ NA NE NG RW SC SD SL SN SO ST SZ TD TG TN TZ UG ZA ZM ZW", "", ""},
	{"AGN", "SS", "2011-07-09", ""},

	{"AILAC", "CL CO CR GT PA PE", "2012", ""},
	{"AILAC", "HN PY", "2015", ""},

	{"ALBA", "CU VE", "2004-12-14", ""},
	{"ALBA", "BO", "2006-04-29", ""},
	{"ALBA", "NI", "2007-01-11", ""},
	{"ALBA", "DM", "2008-01-20", ""},
	{"ALBA", "HN", "2008-08-25", "2010-01-13"},
	{"ALBA", "AG VC", "2009-06-24", ""},
	{"ALBA", "EC", "2009-06-24", "2018-08-23"},
	{"ALBA", "LC", "2013-07-20", ""},
	{"ALBA", "GD KN", "2014-12-14", ""},

	{"AOSIS", "AG BB BS BZ CK CU CV DM DO FJ FM GD GW GY HT JM KI KM KN LC MH MU MV NR NU PG PW SB SC SG SR "
		"ST TL TO TT TV VC VU WS", "", ""},

	{"ARAB", "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE", "", ""},

	{"ASEAN", "ID MY PH SG TH", "1967-08-08", ""},
	{"ASEAN", "BN", "1984-01-07", ""},
	{"ASEAN", "VN", "1995-07-28", ""},
	{"ASEAN", "LA MM", "1997-07-23", ""},
	{"ASEAN", "KH", "1999-04-30", ""},
	{"ASEAN", "TL", "2025-10-26", ""},

	{"BASIC", "BR CN IN ZA", "2009-11-28", ""},

	{"CANZ", "AU CA NZ", "", ""},

	{"CARICOM", "AG BB BS BZ DM GD GY JM KN LC MS TT VC", "", ""},
	{"CARICOM", "SR", "1995-07-04", ""},
	{"CARICOM", "HT", "2002-07-02", ""},

	{"CLAM", "BR CL CO CR DO EC GT HN MX PA PE PY SV UY", "", ""},

	{"CfRN", "AR BD BW BZ CD CF CG CI CL CM CR DM DO EC FJ GA GH GQ GT GY HN ID IN JM KE KH LA LR LS MG ML MW "
		"MY MZ NA NG NI PA PG PK PY SB SG SL SR SV TH UG UY VN VU WS ZM", "2005", ""},

	{"EIG", "CH KR LI MC MX", "2000", ""},
	{"EIG", "GE", "2017", ""},

	{"EU", "BE DE DK ES FR GR IE IT LU NL PT", "", ""},
	{"EU", "GB", "", "2020-02-01"},
	{"EU", "AT FI SE", "1995-01-01", ""},
	{"EU", "CY CZ EE HU LT LV MT PL SI SK", "2004-05-01", ""},
	{"EU", "BG RO", "2007-01-01", ""},
	{"EU", "HR", "2013-07-01", ""},

	{"G77", "AE AF AG AO AR BB BD BF BH BI BJ BN BO BR BS BT BW BZ CD CF CG CI CL CM CN CO CR CU CV DJ DM DO "
		"DZ EC EG ER ET FJ FM GA GD GH GM GN GQ GT GW GY HN HT ID IN IQ IR JM JO KE KH KI KM KN KP KW LA "
		"LB LC LK LR LS LY MA MG MH ML MM MN MR MU MV MW MY MZ NA NE NG NI NP NR OM PA PE PG PH PK PS PY "
		"QA RW SA SB SC SD SG SL SN SO SR ST SV SY SZ TD TG TH TJ TL TM TN TO TT TZ UG UY VC VE VN VU WS "
		"YE ZA ZM ZW", "", ""},
	{"G77", "BA", "", ""},
	{"G77", "MX", "", "1994-05-18"},
	{"G77", "KR", "", "1997"},
	{"G77", "CY MT", "", "2004-05-01"},
	{"G77", "PW", "2002", "2004"},
	{"G77", "RO", "", "2007-01-01"},
	{"G77", "SS", "2011-07-09", ""},
	{"G77", "AZ", "2019", ""},

	{"GRULAC", "AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY "
		"VC VE", "", ""},

	{"JUSCANZ", "AU CA JP NZ US", "", ""},

	{"LDC", "AF AO BF BI BJ CD CF DJ ER ET GM GN GW HT KH KI KM LR LS MG ML MM MR MW MZ NE RW SD SL SN SO TD "
		"TG TV TZ UG YE ZM", "", ""},
	{"LDC", "BD LA NP", "", "2026-11-24"},
	{"LDC", "BT", "", "2023-12-13"},
	{"LDC", "BW", "", "1994-12-19"},
	{"LDC", "CV", "", "2007-12-20"},
	{"LDC", "GQ", "", "2017-06-04"},
	{"LDC", "MV", "", "2011-01-01"},
	{"LDC", "SB", "", "2027-12-13"},
	{"LDC", "ST", "", "2024-12-13"},
	{"LDC", "VU", "", "2020-12-04"},
	{"LDC", "WS", "", "2014-01-01"},
	{"LDC", "TL", "2003-12-04", ""},
	{"LDC", "SS", "2012-12-18", ""},

	{"LMDC", "BD BO CN CU DZ EC EG ID IN IQ IR JO KW LK ML MY NI PK SA SD SV SY VE VN", "2012", ""},
	{"LMDC", "PH", "2012", "2015"},

	{"OECD", "AT BE CA CH DE DK ES FR GB GR IE IS IT LU NL NO PT SE TR US", "1961", ""},
	{"OECD", "JP", "1964-04-28", ""},
	{"OECD", "FI", "1969-01-28", ""},
	{"OECD", "AU", "1971-06-07", ""},
	{"OECD", "NZ", "1973-05-29", ""},
	{"OECD", "MX", "1994-05-18", ""},
	{"OECD", "CZ", "1995-12-21", ""},
	{"OECD", "HU", "1996-05-07", ""},
	{"OECD", "PL", "1996-11-22", ""},
	{"OECD", "KR", "1996-12-12", ""},
	{"OECD", "SK", "2000-12-14", ""},
	{"OECD", "CL", "2010-05-07", ""},
	{"OECD", "SI", "2010-07-21", ""},
	{"OECD", "IL", "2010-09-07", ""},
	{"OECD", "EE", "2010-12-09", ""},
	{"OECD", "LV", "2016-07-01", ""},
	{"OECD", "LT", "2018-07-05", ""},
	{"OECD", "CO", "2020-04-28", ""},
	{"OECD", "CR", "2021-05-25", ""},

	{"PSIDS", "CK FJ FM KI MH NR NU PG PW SB TO TV VU WS", "", ""},

	{"SICA", "BZ CR GT HN NI PA SV", "", ""},
	{"SICA", "DO", "2013-06-27", ""},

	{"UMBRELLA", "AU CA IS JP KZ NO NZ UA US", "", ""},
	{"UMBRELLA", "BY RU", "", "2022"},
	{"UMBRELLA", "IL", "2016", ""},
	{"UMBRELLA", "GB", "2023", ""},

	{NULL, NULL, NULL, NULL},
};
/* clang-format on */
