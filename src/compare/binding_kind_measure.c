/*
 * Measure: what binds beside a word that does.
 *
 *	at least 50	at most 50	the word before a number: a bound
 *	30 days		30 months	the word behind it: a unit
 *	all Parties	some Parties	the word before a Party: a share
 *	paragraph 2(a)	paragraph 2(b)	behind what is referred to: a letter
 *
 * A bound, unit, share or letter that stands in both texts says nothing new: only the others are marked.
 */
#include "compare/binding_kind_private.h"

#include "draft/lexicon.h"

enum {
	LISTED = 8, /* words between "paragraphs" and the last of those that are listed */
	LETTERS = 4 /* of a label, at the most */
};

bool bk_marker_reads(const struct bk_marker *marker, uint32_t word, const char *const *list)
{
	const struct bk_str it =
		bk_vocabulary_word(marker->vocabulary, marker->words->items.items[word].number);

	for (; *list; list++)
		if (bk_str_equal(it, bk_str_of(*list)))
			return true;
	return false;
}

bool bk_marker_is_roman(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (!strchr("IVXLC", bytes.ptr[i]))
			return false;
	return bytes.len > 0;
}

static bool is_there(const struct bk_marker *marker, uint32_t word)
{
	return word < marker->words->items.len;
}

bool bk_marker_is_quantity(const struct bk_marker *marker, uint32_t word)
{
	return is_there(marker, word) &&
	       (marker->kinds[word] == BK_GAVEL_NUMBER || marker->kinds[word] == BK_GAVEL_DATE);
}

static void mark(const struct bk_marker *marker, uint32_t word, enum bk_gavel_kind kind)
{
	if (marker->kinds[word] == BK_GAVEL_KIND_COUNT)
		marker->kinds[word] = (uint8_t)kind;
}

/* ---- Numbers ------------------------------------------------------------------------------------------- */

/* Also "once", which is not always one, and "one third". */
static bool is_bounded(const struct bk_marker *marker, uint32_t word)
{
	static const char *const times[] = {"once", "twice", NULL}, *const ones[] = {"one", "a", NULL};

	return bk_marker_is_quantity(marker, word) ||
	       (is_there(marker, word) && (bk_marker_reads(marker, word, times) ||
						  (bk_marker_reads(marker, word, ones) &&
							  bk_marker_is_quantity(marker, word + 1))));
}

/* "before the meeting" that became "after the meeting": one such word stands for the other. */
static bool is_turned(const struct bk_marker *marker, uint32_t word)
{
	static const char *const times[] = {"before", "after", "until", "since", "prior", "following",
		"avant", "après", "antes", "después", "до", "после", "قبل", "بعد", NULL};
	const struct bk_marker there = {marker->others, NULL, marker->vocabulary, NULL, NULL};
	uint32_t before;

	if (word == 0 || !is_there(marker, word + 1) || !bk_marker_reads(marker, word, times))
		return false;
	before = marker->matched[word - 1];
	return before != BK_NONE && marker->matched[word + 1] == before + 2 &&
	       bk_marker_reads(&there, before + 1, times);
}

/* "at least 50" that became "at most 50", "before 2020" that became "after 2020": a bound that changed. */
static void mark_bound(const struct bk_marker *marker, uint32_t word)
{
	static const char *const bounds[] = {"least", "most", "more", "less", "fewer", "greater", "below",
		"above", "under", "over", "before", "after", "by", "until", "from", "since", "up", "exceed",
		"maximum", "minimum", "later", "earlier", "within", "moins", "plus", "avant", "après", "dès",
		"depuis", "jusqu'à", "tard", "tôt", "menos", "más", "sumo", "máximo", "mínimo", "antes",
		"después", "hasta", "desde", "до", "после", "менее", "более", "свыше", "позднее", "ранее",
		"قبل", "بعد", "يقل", "يزيد", "يتجاوز", "أقل", "أكثر", NULL},
				 *const between[] = {"than", "to", "of", "the", "de", "du", "des", "le", "la",
					 "en", "el", "del", "à", "чем", "عام", "سنة", "عن", "على", "من",
					 NULL};

	if (is_turned(marker, word))
		mark(marker, word, BK_GAVEL_DATE);
	if (!bk_marker_reads(marker, word, bounds))
		return;
	if (is_bounded(marker, word + 1)) {
		mark(marker, word, BK_GAVEL_NUMBER);
	} else if (is_bounded(marker, word + 2) && bk_marker_reads(marker, word + 1, between)) {
		mark(marker, word, BK_GAVEL_NUMBER);
		mark(marker, word + 1, BK_GAVEL_NUMBER);
	}
}

/* "30 days" that became "30 months". */
static void mark_unit(const struct bk_marker *marker, uint32_t word)
{
	static const char *const units[] = {"day", "days", "week", "weeks", "month", "months", "hour",
		"hours", "decade", "decades", "jour", "jours", "semaine", "semaines", "mois", "ans", "année",
		"années", "heures", "día", "días", "semana", "semanas", "mes", "meses", "año", "años",
		"horas", "дня", "дней", "день", "неделя", "недели", "недель", "месяца", "месяцев", "месяц",
		"года", "лет", "год", "часов", "часа", "يوما", "يوم", "أيام", "أسابيع", "أسبوع", "أسبوعا",
		"شهر", "أشهر", "شهرا", "سنوات", "سنة", "ساعة", "天", "日", "周", "tonne", "tonnes", "tons",
		"gigatonnes", "degree", "degrees", NULL};

	if (word > 0 && bk_marker_is_quantity(marker, word - 1) && bk_marker_reads(marker, word, units))
		mark(marker, word, marker->kinds[word - 1]);
}

/* ---- Parties ------------------------------------------------------------------------------------------- */

/* "Parties" that became "all Parties", "each Party" that became "a Party": how many act. */
static void mark_share(const struct bk_marker *marker, uint32_t word)
{
	static const char *const shares[] = {"all", "each", "every", "any", "some", "other", "certain",
		"both", "most", "either", "toutes", "tous", "certaines", "certains", "chaque", "quelques",
		"todas", "todos", "algunas", "algunos", "cada", "ciertas", "все", "некоторые", "каждая",
		"всякая", "каждое", "جميع", "بعض", "كل", NULL},
				 *const articles[] = {"of", "the", "les", "des", "las", "los", "из", NULL};
	uint32_t next = word + 1;

	if (!bk_marker_reads(marker, word, shares))
		return;
	while (next < word + 3 && is_there(marker, next) && bk_marker_reads(marker, next, articles))
		next++;
	if (is_there(marker, next) && marker->kinds[next] == BK_GAVEL_PARTY)
		mark(marker, word, BK_GAVEL_PARTY);
}

/* ---- References ---------------------------------------------------------------------------------------- */

static struct bk_str written(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_word *it = &marker->words->items.items[word];

	return (struct bk_str){marker->words->draft->bytes.ptr + it->start, it->end - it->start};
}

/* "IV" and "B" anywhere, "b" and "iv" in parentheses. */
static bool is_letter(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_str it = written(marker, word);
	const struct bk_str bytes = marker->words->draft->bytes;
	const size_t start = marker->words->items.items[word].start, end = start + it.len;

	if (bk_marker_is_roman(it) || (it.len == 1 && bk_is_upper(it.ptr[0])))
		return true;
	if (it.len > LETTERS || start == 0 || bytes.ptr[start - 1] != '(' || end == bytes.len ||
		bytes.ptr[end] != ')')
		return false;
	for (size_t i = 0; i < it.len; i++)
		if (!bk_is_alpha(it.ptr[i]) || (it.len > 1 && !strchr("ivxlc", it.ptr[i])))
			return false;
	return true;
}

static bool refers(struct bk_str word)
{
	return bk_lexicon_has(BK_LEXICON_REFERENCE, word) || bk_lexicon_has(BK_LEXICON_HEADING, word);
}

/* "paragraph 2(b)", "Parts II and IV": a letter behind what is referred to, or behind others that are listed so. */
static void mark_reference(const struct bk_marker *marker, uint32_t word)
{
	if (!is_letter(marker, word))
		return;
	for (uint32_t back = 1; back <= LISTED && back <= word; back++) {
		const struct bk_str it = written(marker, word - back);

		if (refers(it) || (it.len > 1 && it.ptr[it.len - 1] == 's' &&
					  refers((struct bk_str){it.ptr, it.len - 1}))) {
			if (marker->kinds[word - back] != BK_GAVEL_PARTY) /* an Annex acts */
				marker->kinds[word] = BK_GAVEL_NUMBER;
			return;
		}
		if (!bk_is_digit(it.ptr[0]) && !is_letter(marker, word - back) &&
			marker->kinds[word - back] != BK_GAVEL_AND_OR && !bk_str_equal(it, BK_STR("to")))
			return;
	}
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

void bk_marker_measure(const struct bk_marker *marker)
{
	for (uint32_t w = 0; is_there(marker, w); w++)
		if (marker->matched[w] == BK_NONE)
			mark_reference(marker, w);
	for (uint32_t w = 0; is_there(marker, w); w++) {
		if (marker->matched[w] != BK_NONE)
			continue;
		mark_unit(marker, w);
		mark_bound(marker, w);
		mark_share(marker, w);
	}
}
