/*
 * The built-in conventions: what holds for every process, then where the processes differ.
 *
 * Patterns are tried on a bracket's bare words (conventions.h), capitals and small letters alike.
 */
#include "draft/conventions.h"

#include "base/utf8.h"
#include "draft/lexicon.h"

#define SETTINGS(list) list, sizeof list / sizeof *list

/* Nearly all placeholders are one of these. */
static const struct bk_setting marks[] = {
	{"conventions.placeholder", "[.…]{2,}|…|(?:\\. ){2,}\\.?"},
	{"conventions.placeholder", "-{2,}|—+|–{2,}|_+|\\*+|\\?+|[●•■□▪]+"},
	{"conventions.placeholder", "20(?:_+|\\.\\.+|…)"},
	{"conventions.placeholder",
		"(?:(?:20)?\\d{0,2}[xyz]{1,4}|n{2,3}|_+|\\.\\.+|…)(?:st|nd|rd|th)?(?:(?:, ?| ?[-–/.] ?| and "
		"| or | to )(?:(?:20)?\\d{0,2}[xyz]{1,4}|n{2,3}|_+|\\.\\.+|…))*(?: ?%| per ?cent| [kmg]?hz| "
		"k?m| dbw?| days?| weeks?| "
		"months?| years?| million| billion| trillion| members?| sessions?){0,2}"},
};

static const struct bk_setting common[] = {
	/* A word that says so, with its colon. */
	{"conventions.note",
		"(?:(?:drafting|drafter's|drafters'|editorial|editor's|explanatory|negotiators?'?s?|"
		"technical|(?:co-?)?(?:chair|chairs|chairperson|facilitator|facilitators|secretariat|bureau|"
		"rapporteur|editor|drafter|drafters|president|moderator|author|authors|legal "
		"(?:office|group))(?:'s|’s|s'|s’)?) )?notes?(?: (?:by|from|to|on|of) [^:]{1,60})?:"},
	{"conventions.note", "n\\.? ?b\\.?:"},
	{"conventions.note",
		"(?:the "
		")?(?:co-?)?(?:chair|chairs|chairperson|facilitator|facilitators|secretariat|bureau|"
		"rapporteur|editor|drafter|drafters|president|moderator|author|authors|legal "
		"(?:office|group))(?:'s|’s|s'|s’)?(?: (?:comment|proposal|remark|suggestion|text))?:"},
	{"conventions.note", "(?:comment|comments|rationale|explanation|source|origin|remark|editorial):"},
	/* What is to be done with the words. */
	{"conventions.note", "merged? (?:with|into)"},
	{"conventions.note", "merge (?:\\S+ ){1,6}(?:and|with|into) \\S+"},
	{"conventions.note", "(?:to be )?moved?(?: \\S+){0,12}? (?:to|into|before|after|under) (?:the |a |an "
			     "|its own )?(?:new |separate |operative |relevant |start of |end of "
			     ")?(?:articles?|annex(?:es)?|sections?|paragraphs?|paras?\\.?|preambles?|"
			     "preambular|decisions?|parts?|chapters?|chapeau|definitions?|beginning|end|"
			     "options?|[co]?op|cop|pp|cma|footnotes?|provisions?|[\\dxivl]+)"},
	{"conventions.note",
		"(?:proposed|suggested|alternative|possible) (?:placement|location|title|heading)s?"},
	{"conventions.note",
		"placement(?: of (?:the|this|these) (?:articles?|paragraphs?|texts?|sections?|"
		"options?|sentences?|provisions?|definitions?)\\b.*| (?:to be|under|tbd|tbc|in|at|to|"
		"elsewhere|pending|is|needs)\\b.*|\\.)?$"},
	{"conventions.note", "(?:to )?insert"},
	{"conventions.note", "(?:to be )?inserted"},
	{"conventions.note",
		"pending(?! "
		"(?:claims?|cases?|proceedings?|applications?|requests?|disputes?|matters?|issues?|"
		"obligations?)\\b)(?!.*\\b(?:shall|should|may|must|will)\\b)"},
	{"conventions.note", "to be (?:further )?"
			     "(?:revised|reworded|redrafted|revisited|streamlined|merged|moved|relocated|"
			     "placed|discussed|harmonized|harmonised|aligned with|revis\\S+)"},
	{"conventions.note", "to be (?:considered|reviewed|addressed|discussed|reflected|elaborated) "
			     "(?:further|again|later|elsewhere|under (?:article|section)|in "
			     "(?:article|section|the preamble|the decision|a decision|conjunction))"},
	{"conventions.note", "(?:delete|deletion of) (?:this |the |entire |whole "
			     ")*(?:paragraph|para|article|sentence|text|option|section|subparagraph)"},
	{"conventions.note", "text (?:to be|from|proposed|moved|taken|under|provided "
			     "by|submitted|pending|is|will be|on .{1,60} to be)"},
	{"conventions.note", "language (?:to be|from|proposed|moved|taken|pending|under)"},
	{"conventions.note", "(?:for|see|in) decision text"},
	{"conventions.note", "(?:as )?(?:proposed|submitted|suggested|requested) by (?:the )?\\S+"},
	{"conventions.note", "(?:the )?(?:this|these|above|following) "
			     "(?:texts?|brackets?|placeholders?)\\b(?! (?:shall|should))"},
	{"conventions.note",
		"this "
		"(?:section|paragraph|article|option|proposal|provision|part|sentence|annex|chapter|item|"
		"issue) (?:(?:is|was|has been|will be|would be|to be|should be|needs? to be|may be|could be) "
		"(?:\\S+ "
		")?(?:placed|moved|merged|revised|revisited|deleted|based|taken|bracketed|under|subject "
		"to|discussed|reflected|drafted|considered|reviewed|addressed|proposed|linked|retained|"
		"pending)|(?:reflects|comes|draws))"},
	{"conventions.note",
		"(?:further|additional|more) .{1,80}? (?:(?:may|might|will|could|would) be|is|are|remains?) "
		"(?:required|needed|necessary|added|inserted)"},
	{"conventions.note", "(?:(?:this|the|all|these|above|following) "
			     ")?(?:articles?|sections?|paragraphs?|paras?\\.?|texts?|options?|chapters?|"
			     "annex(?:es)?|provisions?|subparagraphs?|definitions?|[opc]p ?\\d+)(?: "
			     "\\S+){0,6}? to be (?:further )?(?:revised|reworded|redrafted|"
			     "revisited|streamlined|merged|moved|relocated|placed|discussed|harmoni[sz]ed|"
			     "deleted|shortened|split|aligned)"},
	{"conventions.note", "(?:the )?(?:article |section |chapter )?"
			     "(?:headings?|titles?|subheadings?|numbering|placement|structure|order)(?:"
			     " \\S+){0,10}? (?:are|is|remains?) (?:provisional|indicative|tentative|for "
			     "ease|for convenience|without prejudice|to be)"},
	{"conventions.note", "(?:subject to|awaiting) (?:legal|editorial|further|linguistic)(?: \\S+){0,4}? "
			     "(?:review|discussion|discussions|scrub|scrubbing|consultation|consultations|"
			     "check|negotiation|negotiations|drafting)"},
	/* How far a text is. */
	{"conventions.note",
		"(?:(?:the |this "
		")?(?:articles?|chapeau|preamble|paragraphs?|paras?\\.?|texts?|sections?|titles?|"
		"definitions?|annex(?:es)?|options?|provisions?|language)(?: \\S+){0,5} )?(?:still "
		"|currently )?under "
		"(?:discussion|negotiation|consideration|consultation|review)\\.?$"},
	{"conventions.note", "not (?:yet )?(?:discussed|negotiated|agreed)(?: yet)?\\.?$"},
	{"conventions.note", "parked\\b"},
	{"conventions.note", "(?:drafting|editorial|technical|explanatory) "
			     "(?:suggestions?|proposals?|points?|remarks?|comments?):"},
	{"conventions.note",
		"the (?:parties|group|delegations|participants|members) (?:agreed|decided) to "
		"(?:defer|revisit|revert|move|delete|merge|bracket|discuss|return|park|keep)\\b"},
	{"conventions.note",
		"(?:articles?|paragraphs?|paras?\\.?|subparagraphs?|sections?|chapters?|options?|"
		"annex(?:es)?)(?: \\S+){0,6}? (?:(?:is|are|was|were|has been|have been) )?"
		"(?:deleted|relocated|renumbered|moved|merged|streamlined|split|left open)(?:\\.|$| "
		"(?:to|into|from|with|as|at|in|by|per|here)\\b)"},
	{"conventions.note",
		"(?:(?:this|the|these|all) )?(?:articles?|paragraphs?|paras?\\.?|subparagraphs?|sections?|"
		"chapters?|options?|annex(?:es)?|texts?|provisions?)(?: \\S+){0,4}? (?:(?:is|are|remains?) "
		"(?:still )?(?:pending\\b|bracketed\\b|in (?:square )?brackets\\b|not (?:yet "
		")?(?:agreed|discussed|negotiated)\\b)|(?:was|were) (?:not "
		")?(?:considered|discussed|addressed|"
		"negotiated) (?:in|by|under|at)\\b)"},
	{"conventions.note",
		"(?:alternative|additional|revised|proposed|new|further) "
		"(?:texts?|language|wording|formulations?|paragraphs?|articles?) (?:\\S+ ){0,6}?to be "
		"(?:provided|proposed|submitted|developed|drafted|discussed|considered|circulated)"},
	{"conventions.note",
		"(?:streamlined|taken|relocated|copied|adapted|reproduced|transferred) from (?:the )?"
		"(?:articles?|paragraphs?|paras?\\.?|options?|sections?|chapters?|annex(?:es)?|document|"
		"decision|resolution|former|previous|[co]?op|pp)\\b"},
	{"conventions.note",
		"(?:texts?|words?|language|paragraphs?|brackets) in "
		"(?:bold|italics?|green|yellow|red|blue|gr[ae]y|square brackets|strikethrough)\\b"},
	{"conventions.note",
		"(?:bold(?:ed)?|underlined|highlighted|shaded|bracketed) (?:texts?|words?|language)\\b"},
	/* Who is to do something about it: "Secretariat to check"; "the Secretariat to check" is asked by a text. */
	{"conventions.note",
		"(?=(?-i:[A-Z]))(?:secretariat|bureau|(?:co-?)?chairs?|(?:co-?)?facilitators?|rapporteur|"
		"editors?|"
		"legal (?:office|group|experts)|drafting (?:group|committee)|delegations|proponents?|"
		"heads of delegations?|ministers|plenary) (?:is |are )?to "
		"(?:verify|check|confirm|revert|clarify|resolve|reconcile|harmoni[sz]e|renumber|align|"
		"redraft|"
		"reformulate|streamline|merge|edit|(?:propose|provide|suggest) (?:alternative |new |revised "
		")?"
		"(?:texts?|language|wording))\\b"},
	{"conventions.note", "(?=(?-i:[A-Z]))(?:heads of delegations?|ministers|plenary) to "
			     "(?:decide|consider|discuss)\\b"},
	{"conventions.note", "(?-i:For) (?:further )?(?:consideration|discussion|decision|negotiation|review|"
			     "consultation)(?: (?:by|in|at|under|with) .{1,80})?\\.?$"},
	/* Where a part of the document stands. */
	{"conventions.note",
		"(?:the )?(?:end|start|beginning) of (?:the )?(?:annex|appendix|document|text|draft|"
		"part|chapter|section|addendum|attachment|options?)\\b"},
	{"conventions.note",
		"(?:the )?(?:annex(?:es)?|appendix|attachment|table|figure)(?: [\\divxa-z]{1,4})? "
		"follows?\\b"},
	{"conventions.note",
		"(?:see|cf\\.?) (?:also )?(?:the )?(?:articles?|annex(?:es)?|appendix|sections?|"
		"paragraphs?|paras?\\.|footnotes?|chapters?|options?|tables?|figures?|documents?|pages?)"
		"\\b"},
	/* The same in the other languages of the United Nations. */
	{"conventions.note", "(?:note|nota|notas|notes)(?: (?:du|de la|de las|del|des) [^:]{1,40})? ?:"},
	{"conventions.note", "(?:secrétariat|présidence|président|facilitateurs?|secretaría|presidencia|"
			     "presidente|facilitadores) ?:"},
	{"conventions.note", "(?:à|a) (?:insérer|déplacer|fusionner|réviser|revoir|reformuler|harmoniser)"},
	{"conventions.note", "(?:insérer|fusionner avec|en suspens|emplacement proposé)"},
	{"conventions.note", "déplacer .{0,60}? (?:à|vers|dans|au)"},
	{"conventions.note", "(?:insertar|insértese|fusionar con|pendiente|por revisar|ubicación propuesta)"},
	{"conventions.note", "(?:trasladar|mover) .{0,60}? (?:a|al)"},
	{"conventions.note", "(?:примечание|примечания)(?: [^:]{1,40})?:"},
	{"conventions.note", "(?:секретариат|председатель|сопредседатели):"},
	{"conventions.note", "(?:вставить|объединить с|подлежит пересмотру|предлагаемое место)"},
	{"conventions.note", "перенести .{0,60}? (?:в|к|после)"},
	{"conventions.note", "(?:注|说明|秘书处|主席|编者注|附注)[:：]"},
	{"conventions.note", "(?:插入|移至|并入|待修订|待审议)"},
	{"conventions.note", "(?:ملاحظة|ملاحظات|الأمانة|الرئيس|الرئيسة) ?:"},
	{"conventions.note", "(?:يدرج|ينقل إلى|يدمج مع|قيد المراجعة)"},
	{"conventions.placeholder", "dd?|mm|yyyy|hh|(?-i:N)|(?:day|month|year)(?:[ ,/]+(?:day|month|year))+"},
	{"conventions.placeholder", "x on .{1,80}"},
	/* The symbol of a document: "FCCC/SB/20XX/L.X". */
	{"conventions.placeholder", "(?=.*(?:xx|[/.]x\\b))[a-z]{1,8}(?:[/.][\\w-]+){2,8}"},
	{"conventions.placeholder", "[xyz]\\.\\d{1,2}|\\d{1,2}\\.[xyz]"},
	{"conventions.placeholder", "x/[a-z]{2,4}\\.?\\s?(?:\\d+|x+)?"},
	{"conventions.placeholder",
		"(?:.{0,40}\\b)?(?:articles?|art\\.|paragraphs?|paras?\\.?|annex(?:es)?|sections?|parts?|"
		"chapters?|appendix|decisions?|resolutions?|subparagraphs?|options?|year|rule|regulation)"
		"(?: (?:(?:20)?\\d{0,2}[xyz]{1,4}|n{2,3})| ?(?:_+|\\.\\.+|…))"},
	{"conventions.placeholder", "annex|annexes|appendix"},
	{"conventions.placeholder", ".{0,60}[^.](?:\\.\\.\\.|…|_{2,})"},
	/* Words. */
	{"conventions.placeholder",
		"(?:dates?|numbers?|city|country|name|title|place|venue|amount|figures?|percentages?|time "
		"?frame|time|symbol|location|host "
		"country|days?|months?|years?|depositary|institution|secretariat "
		"name)(?: (?:and|or|/) "
		"(?:dates?|numbers?|city|country|name|title|place|venue|amount|figures?|percentages?|time "
		"?frame|time|symbol|location|host "
		"country|days?|months?|years?|depositary|institution|secretariat "
		"name))*"},
	{"conventions.placeholder",
		"(?:(?:host )?country|agency|institution|organi[sz]ation|party|city|state) "
		"names?|names|names? of (?:the )?(?:countries|parties|states|members|"
		"institutions?|organi[sz]ations?|agenc(?:y|ies))"},
	{"conventions.placeholder",
		"(?:d{1,2}|x{1,2}|\\d{1,2})(?:[ ./-])(?:m{1,3}|month|x{1,2}|\\d{1,2})[ ./-]"
		"(?:y{2,4}|(?:19|20)[xyz]{2}|20\\d[xyz]|year)"},
	{"conventions.placeholder",
		"(?:(?:exact|specific|full|official|future) "
		")?(?:dates?|numbers?|city|country|name|title|place|venue|amount|figures?|percentages?|time "
		"?frame|time|symbol|location|host country|day|month|depositary|institution|secretariat name) "
		"(?:of|for|in) (?:(?:the|its) )?(?:adoption|entry into "
		"force|signature|deposit|meeting|session|conference|country|city|host "
		"country|secretariat|fund|mechanism|instrument|institution|organi[sz]ation|agreement|treaty|"
		"document|decision)"},
	{"conventions.placeholder",
		"(?:the "
		")?(?:dates?|numbers?|figures?|amounts?|percentages?|city|country|name|title|place|venue|"
		"symbol|baseline|timeline|target|value|level)s? "
		"to be (?:agreed|decided|set|chosen|provided|negotiated|identified|discussed)"},
	{"conventions.placeholder", "document symbol.*|symbol .*"},
	{"conventions.placeholder",
		"(?!(?:[,;]|(?:and|or|in|as|by|for|with|under|through|including|that|which|at|from|shall|"
		"should|may|will)\\b))(?:.{1,80}? )?(?:is |are |still )?to be "
		"(?:added|determined|decided|confirmed|defined|completed|inserted|specified|finali[sz]ed|"
		"filled "
		"in|assigned|numbered)(?:,? (?:later|at a later (?:stage|date|time)|in due "
		"course|subsequently|as appropriate|by (?:the )?[\\p{L}\\p{N} ]{1,60}|at (?:the "
		")?[\\p{L}\\p{N} ]{1,60}))?\\.?"},
	{"conventions.placeholder",
		"to be "
		"(?:decided|agreed|provided|developed|elaborated|updated|identified|negotiated|established)(?"
		":,? (?:later|at a later (?:stage|date|time)|in due course|subsequently|as appropriate|by "
		"(?:the )?[\\p{L}\\p{N} ]{1,60}|at (?:the )?[\\p{L}\\p{N} ]{1,60}))?\\.?"},
	{"conventions.placeholder", "(?:.{0,80}\\b)?yet to be\\b.*"},
	{"conventions.placeholder", "t\\.?b\\.?[dca]\\.?"},
	{"conventions.placeholder", "place ?-?holder\\b.*"},
	{"conventions.placeholder", "blank|reserved|left blank|intentionally left blank"},
	/* The same in the other languages of the United Nations. */
	{"conventions.placeholder", "à (?:déterminer|préciser|confirmer|définir|compléter|ajouter)"},
	{"conventions.placeholder",
		"nombre|ville|pays|nom|titre|lieu|cote du document.*|espace réservé\\b.*"},
	{"conventions.placeholder", "(?:por|a) (?:determinar|confirmar|definir|añadir|completar)(?:se)?|se "
				    "determinará más adelante"},
	{"conventions.placeholder", "fecha|número|ciudad|país|nombre|título|lugar|signatura del "
				    "documento.*|espacio reservado\\b.*"},
	{"conventions.placeholder", "(?:подлежит|подлежат) (?:определению|уточнению|подтверждению)|будет "
				    "(?:определено|добавлено|уточнено).*"},
	{"conventions.placeholder",
		"дата|число|номер|город|страна|название|условное обозначение документа.*"},
	{"conventions.placeholder",
		"(?:.{1,40})?待(?:定|补充|确定|确认|补)|日期|数目|城市|国家|名称|标题|文号|占位.*"},
	{"conventions.placeholder", "(?:يحدد|تحدد|يضاف|يؤكد) لاحقا.?|تاريخ|رقم|مدينة|بلد|اسم|عنوان"},
	/* Words of agreement and nothing else. */
	{"conventions.status",
		"(?:(?:text|title|paragraph|para|heading) "
		")?(?:(?:provisionally|tentatively|informally|now|all|fully) )?agreed(?: text)?(?:,? ad "
		"ref(?:erendum|\\.)?)?(?: (?:in|at|by) (?:the )?(?:informals?|informal "
		"informals|principle|plenary|(?:contact|drafting|small|working|informal|legal) "
		"group|group|consultations))?(?:[,;]? (?:placement|location|title|position) "
		"(?:tbd|tbc|pending|to be (?:determined|decided|confirmed)))?(?:[,;]? pending "
		"(?:placement|translation|legal review|confirmation|(?:(?:agreement on|outcome of) "
		")?(?:[co]?op|pp|articles?|paragraphs?|paras?\\.?|annex|sections?) ?[\\d(x][\\w(). "
		"]{0,20}))?(?:[,;]? (?:on )?\\d{1,2}[./ -]"
		"(?:\\d{1,2}|\\p{L}{3,9})\\.?(?:[./ -]\\d{2,4})?)?\\.?"},
	{"conventions.status", "ad ref(?:erendum|\\.)?"},
	{"conventions.status", "(?:convenu|accepté|approuvé)(?: ad referendum)?|acordado(?: ad "
			       "referendum)?|convenido(?: ad referendum)?"},
	{"conventions.status", "согласовано(?: ad referendum)?|已商定|商定|已议定|متفق عليه(?:ا)?"},
};

static const struct bk_setting unfccc[] = {
	{"conventions.attribution", "prefix parenthesis dash footnote"},
	{"conventions.unknowncodes", "false"},
};

static const struct bk_setting unga[] = {
	{"conventions.attribution", "parenthesis prefix dash footnote"},
	{"conventions.unknowncodes", "false"},
	{"conventions.note",
		"(?:based on |cf\\.? |see |from |agreed language,? |source:? )?(?:(?:ga|sc|hrc|ecosoc)[ "
		",]+)?(?:[aes]/)?(?:res|hrc/res|c\\.\\d|conf\\.\\d+)[/ ]\\d+[\\d/().,;a-z "
		"]*(?:(?:pp|op|para(?:graph)?s?\\.?) ?\\d+.{0,20})?"},
	{"conventions.note", "(?:new |former |previous |ex-?|old )(?:pp|op) ?\\d+"},
	{"conventions.note", "(?:agreed|standard|previously agreed) language"},
	{"conventions.label", "(?:pp|op|cp) ?\\d+(?:\\.\\d+)*(?: ?(?:bis|ter|quat(?:er)?|alt))*[.:)]?"},
};

static const struct bk_setting trade[] = {
	{"conventions.attribution", "prefix dash parenthesis footnote"},
	{"conventions.unknowncodes", "true"},
	{"conventions.footnotes", "auto"},
	{"conventions.note", "(?:negotiators?'?s?’? |drafting |legal )?(?:scrub|note)s?(?: to "
			     "(?:draft|file|negotiators?|the reader))?:"},
	{"conventions.note",
		"(?:parties|members|delegations|the parties) (?:are|is|to|will) (?:still "
		")?(?:considering|consider|reflecting|reflect|revert|discuss|discussing|consult)"},
	{"conventions.note", "placement (?:under|to)"},
	{"conventions.placeholder", "(?:article|chapter|annex)? ?[a-z]{1,2}\\.[x.]+"},
	{"conventions.label", "article [a-z]{2}\\.(?:[a-z]\\.)?\\d+(?:\\.\\d+)*[.:]?|x\\.\\d+[.:]?"},
};

static const struct bk_setting inb[] = {
	{"conventions.attribution", "parenthesis prefix dash footnote"},
	{"conventions.unknowncodes", "false"},
	{"conventions.status", "(?:initial |preliminary )?(?:convergence|converged|consensus)(?: reached)?"},
	{"conventions.note", "(?:working group|subgroup|drafting group|bureau|vice-chairs?'?s?|inb|igwg)(?: "
			     "(?:bureau|secretariat|co-chairs?))?(?: (?:text|proposal|note|suggestion))?:"},
	{"conventions.note",
		"(?:to be )?(?:considered|discussed) (?:together )?(?:with|under) (?:article|chapter)"},
};

static const struct bk_setting itu[] = {
	{"conventions.attribution", "prefix parenthesis dash footnote"},
	{"conventions.unknowncodes", "true"},
	{"conventions.note", "(?:editor(?:ial)?'?s?’? |secretariat )?note by .{1,60}?:"},
	{"conventions.placeholder", "[a-z]{1,10}-[a-z]{1,3}\\d{1,3}(?:[.-][\\da-z]+)*|[a-z]\\d{2,3}(?:[.-]["
				    "\\da-z]+)*(?: ?\\(wrc-\\d+\\))?"},
	/* The working name of a recommendation: "IMT.AMS". */
	{"conventions.placeholder", "[a-z][a-z\\d-]{1,12}(?:\\.[a-z\\d-]{2,12})+"},
	{"conventions.note", "consequential (?:change|modification|amendment)s?"},
	{"conventions.note", "option \\d+(?: only|[.:]?$)"},
	{"conventions.note", "reasons?:"},
	{"conventions.label", "(?:add|mod|sup|noc|\\(mod\\)|suppress)\\b(?: [a-z0-9/]+)?"},
};

const struct bk_conventions_set bk_conventions_marks = {"", SETTINGS(marks)};
const struct bk_conventions_set bk_conventions_common = {"", SETTINGS(common)};

const struct bk_conventions_set bk_conventions_builtin[] = {
	{"unfccc", SETTINGS(unfccc)},
	{"unga", SETTINGS(unga)},
	{"trade", SETTINGS(trade)},
	{"inb", SETTINGS(inb)},
	{"itu", SETTINGS(itu)},
};
const size_t bk_conventions_builtin_count = sizeof bk_conventions_builtin / sizeof *bk_conventions_builtin;

/* ---- Hints -------------------------------------------------------------------------------------------- */

/* Of words that begin beyond ASCII: small letters and marks that patterns of each kind begin with there. */
static const char note_initials[] = "àпсво注说秘主编附插移并待مايق",
		  placeholder_initials[] = "…—–●•■□▪àпбдчнгсу待日数城国名标文占يترمباع",
		  status_initials[] = "с已商م";

static bool has_character(const char *list, uint32_t code)
{
	struct bk_str rest = bk_str_of(list);

	for (size_t size; rest.len; rest = bk_str_skip(rest, size))
		if (bk_utf8_decode(rest, &size) == code)
			return true;
	return false;
}

static bool is_ascii(struct bk_str words)
{
	return words.len && (unsigned char)words.ptr[0] < 0x80;
}

/* "(?:.{1,40})?待定", whatever stands before. */
static bool holds_pending(struct bk_str words)
{
	static const struct bk_str pending = BK_STR("待");

	return memmem(words.ptr, words.len, pending.ptr, pending.len) != NULL;
}

/* x, y, z and n as marks, and the letters that follow such a mark: "Xth", "xx". */
static bool is_mark(char c)
{
	return memchr("xXyYzZnN", c, 8) != NULL;
}

static bool is_after_mark(char c)
{
	return !bk_is_alpha(c) || is_mark(c) || memchr("rstRST", c, 6) != NULL;
}

/* A mark alone or several, at the start of few words: "20XX", "X-X", "nn days". */
static bool opens_with_mark(struct bk_str words)
{
	const char first = words.ptr[0];

	if (words.len > 24)
		return false;
	return is_mark(first) ? words.len == 1 || is_after_mark(words.ptr[1])
			      : memchr("_.?*-0123456789", first, 15) != NULL;
}

/* The same at the end: "article X", "Part III ...", "TBD."; a stop behind a word ends a sentence. */
static bool ends_in_mark(struct bk_str words)
{
	const char last = words.ptr[words.len - 1], before = words.len > 1 ? words.ptr[words.len - 2] : ' ';

	if (last == '.')
		return words.len <= 24 || before == '.' || before == ' ' || (unsigned char)before >= 0x80;
	return last == '_' || bk_str_ends(words, BK_STR("…")) ||
	       (is_mark(last) && (!bk_is_alpha(before) || is_mark(before)));
}

/* "to be ", "x on ": a word or letter with the little word that follows it. */
static bool holds_pair(struct bk_str words)
{
	for (size_t i = 1; i + 3 < words.len; i++) {
		const char *at = words.ptr + i;

		if (at[0] == ' ' && at[3] == ' ' &&
			((at[-1] == 'o' && at[1] == 'b' && at[2] == 'e') ||
				((at[-1] == 'x' || at[-1] == 'X') && at[1] == 'o' && at[2] == 'n')))
			return true;
	}
	return false;
}

void bk_conventions_hint(struct bk_str words, struct bk_hints *out)
{
	struct bk_lexicon_hits hits;

	*out = (struct bk_hints){.note = false};
	if (!words.len)
		return;
	if (is_ascii(words)) {
		bk_lexicon_read(words, &hits);
		out->note = hits.len[BK_LEXICON_NOTE] > 0;
		out->status = hits.len[BK_LEXICON_STATUS] > 0;
		out->placeholder = hits.len[BK_LEXICON_PLACEHOLDER] > 0 || opens_with_mark(words) ||
				   bk_str_starts_nocase(words, BK_STR("yet to be"));
	} else {
		size_t size;
		const uint32_t initial = bk_utf8_to_lower(bk_utf8_decode(words, &size));

		out->note = has_character(note_initials, initial);
		out->status = has_character(status_initials, initial);
		out->placeholder = has_character(placeholder_initials, initial);
	}
	out->placeholder |= ends_in_mark(words) || holds_pair(words) || holds_pending(words);
}
