/*
 * The lexicon: one table of phrases in order of their bytes, each with the lists it is on, and looking them up.
 * Phrases are in small letters where the script has them.
 */
#include "draft/lexicon.h"

#include <pthread.h>
#include <stdint.h>

/* The lists as bits. */
enum {
	ADDER = 1u << BK_LEXICON_ADDER,
	ADVERB = 1u << BK_LEXICON_ADVERB,
	AUXILIARY = 1u << BK_LEXICON_AUXILIARY,
	CLAUSE = 1u << BK_LEXICON_CLAUSE,
	CODELIKE = 1u << BK_LEXICON_CODELIKE,
	CONJUNCTION = 1u << BK_LEXICON_CONJUNCTION,
	DETERMINER = 1u << BK_LEXICON_DETERMINER,
	FIGURE = 1u << BK_LEXICON_FIGURE,
	HEADING = 1u << BK_LEXICON_HEADING,
	MODAL = 1u << BK_LEXICON_MODAL,
	NOTE = 1u << BK_LEXICON_NOTE,
	NO_TEXT = 1u << BK_LEXICON_NO_TEXT,
	OPEN = 1u << BK_LEXICON_OPEN,
	OPTION = 1u << BK_LEXICON_OPTION,
	PLACEHOLDER = 1u << BK_LEXICON_PLACEHOLDER,
	PREPOSITION = 1u << BK_LEXICON_PREPOSITION,
	REFERENCE = 1u << BK_LEXICON_REFERENCE,
	STATUS = 1u << BK_LEXICON_STATUS,
	UNIT = 1u << BK_LEXICON_UNIT,
	VERB = 1u << BK_LEXICON_VERB,
	VERB_ENDING = 1u << BK_LEXICON_VERB_ENDING,
};

struct entry {
	const char *phrase;
	uint32_t len;
	uint32_t lists;
};

#define E(phrase, lists)                                                                                     \
	{                                                                                                    \
		phrase, sizeof phrase - 1, lists                                                             \
	}

/* clang-format off */
static const struct entry entries[] = {
	E("a", DETERMINER | UNIT | NOTE | PLACEHOLDER), E("a year", FIGURE), E("abolish", VERB),
	E("about", PREPOSITION), E("above", PREPOSITION | NOTE), E("accelerate", VERB), E("accept", VERB),
	E("accepté", STATUS), E("according to", PREPOSITION), E("achieve", VERB), E("achieves", VERB),
	E("acknowledge", VERB), E("acknowledges", VERB), E("acordado", STATUS), E("across", PREPOSITION),
	E("ad", STATUS), E("adapt", VERB), E("adapted", NOTE), E("add", CODELIKE), E("additional", NOTE),
	E("address", VERB),
	E("administer", VERB), E("adopt", VERB), E("adopts", VERB), E("advise", VERB), E("affirm", VERB),
	E("affirms", VERB), E("after", PREPOSITION), E("again", ADVERB), E("against", PREPOSITION),
	E("agency", PLACEHOLDER), E("agree", VERB), E("agree to", MODAL), E("agreed", STATUS),
	E("agrees", VERB), E("agrees to", MODAL), E("ainsi que", ADDER), E("al", VERB_ENDING),
	E("al of", VERB_ENDING), E("align", VERB), E("all", DETERMINER | STATUS | NOTE), E("allow", VERB),
	E("along", PREPOSITION), E("alongside", PREPOSITION), E("als", VERB_ENDING), E("also", ADVERB),
	E("alt", OPTION | CODELIKE | NOTE), E("alt.", OPTION), E("alternativa", OPTION),
	E("alternative", OPTION | NOTE), E("alternative term", OPEN), E("alternative verb", OPEN),
	E("alternative wording", OPEN), E("amend", VERB), E("among", PREPOSITION),
	E("amongst", PREPOSITION), E("amount", PLACEHOLDER),
	E("an", DETERMINER), E("and", CONJUNCTION | ADDER | CODELIKE), E("and also", CONJUNCTION),
	E("and/or", CONJUNCTION | ADDER), E("anexo", HEADING | REFERENCE),
	E("annex", HEADING | REFERENCE | PLACEHOLDER | NOTE), E("annexe", HEADING | REFERENCE),
	E("annexes", PLACEHOLDER | NOTE), E("announce", VERB), E("annual", FIGURE), E("annually", FIGURE),
	E("anualmente", FIGURE), E("any", DETERMINER), E("appeal", VERB),
	E("appendix", HEADING | REFERENCE | PLACEHOLDER | NOTE), E("applaud", VERB), E("apply", VERB),
	E("appoint", VERB), E("appoints", VERB), E("appreciates", VERB), E("approuvé", STATUS),
	E("approve", VERB), E("approves", VERB), E("april", FIGURE), E("are", AUXILIARY),
	E("are called upon to", MODAL), E("are committed to", MODAL), E("are encouraged", MODAL),
	E("are encouraged to", MODAL), E("are entitled to", MODAL), E("are expected to", MODAL),
	E("are invited", MODAL), E("are invited to", MODAL), E("are obligated to", MODAL),
	E("are obliged to", MODAL), E("are requested", MODAL), E("are requested to", MODAL),
	E("are required not to", MODAL), E("are required to", MODAL), E("are to", MODAL),
	E("are under no obligation to", MODAL), E("are urged", MODAL), E("are urged to", MODAL),
	E("around", PREPOSITION), E("arrange", VERB), E("art", CODELIKE), E("art.", REFERENCE),
	E("article", HEADING | REFERENCE | NOTE), E("articles", NOTE), E("artículo", HEADING | REFERENCE),
	E("as", PREPOSITION | NOTE), E("as applicable", ADVERB), E("as appropriate", ADVERB),
	E("as far as possible", ADVERB), E("as feasible", ADVERB), E("as if", CLAUSE),
	E("as long as", CLAUSE), E("as may be appropriate", ADVERB), E("as necessary", ADVERB),
	E("as needed", ADVERB), E("as relevant", ADVERB), E("as soon as possible", ADVERB),
	E("as though", CLAUSE), E("as well as", CONJUNCTION | ADDER), E("ask", VERB), E("assess", VERB),
	E("assist", VERB), E("assure", VERB), E("así como", ADDER), E("at", PREPOSITION),
	E("at any time", FIGURE), E("at each session", FIGURE), E("at least once a year", FIGURE),
	E("at regular intervals", FIGURE), E("at the latest by", PREPOSITION), E("ation", VERB_ENDING),
	E("ations", VERB_ENDING), E("attain", VERB), E("aucun texte", NO_TEXT),
	E("aucune disposition", NO_TEXT), E("august", FIGURE), E("author", NOTE), E("authorise", VERB),
	E("authorize", VERB), E("authorizes", VERB), E("authors", NOTE), E("autre", OPEN),
	E("autres", OPEN), E("avec", PREPOSITION), E("avoid", VERB), E("awaiting", NOTE),
	E("bajo", PREPOSITION), E("based on", PREPOSITION), E("be", AUXILIARY),
	E("be called upon to", MODAL), E("be encouraged to", MODAL), E("be invited to", MODAL),
	E("be requested to", MODAL), E("be required to", MODAL), E("be urged to", MODAL),
	E("because", CLAUSE), E("been", AUXILIARY), E("before", PREPOSITION), E("beginning", NOTE),
	E("below", PREPOSITION), E("beneath", PREPOSITION), E("besides", PREPOSITION),
	E("between", PREPOSITION),
	E("beyond", PREPOSITION), E("biannual", FIGURE), E("biannually", FIGURE), E("biennial", FIGURE),
	E("biennially", FIGURE), E("billion", FIGURE), E("bit", UNIT), E("blank", PLACEHOLDER),
	E("bold", NOTE), E("bolded", NOTE),
	E("both", DETERMINER), E("bracketed", NOTE), E("brackets", NOTE), E("build", VERB),
	E("bureau", NOTE), E("but", CONJUNCTION),
	E("by", PREPOSITION), E("cada", DETERMINER | FIGURE), E("calculate", VERB), E("call", VERB),
	E("call for", VERB), E("call on", VERB), E("call upon", VERB), E("calls", VERB),
	E("calls for", VERB), E("calls upon", VERB), E("can", MODAL), E("cannot", MODAL), E("capita", UNIT),
	E("capítulo", HEADING), E("carry", VERB), E("catalyse", VERB), E("catalyze", VERB),
	E("cease", VERB), E("cf", NOTE), E("ch4", CODELIKE), E("chair", NOTE), E("chairperson", NOTE),
	E("chairs", NOTE), E("chapeau", NOTE), E("chapitre", HEADING),
	E("chapter", HEADING | REFERENCE | NOTE),
	E("chapters", NOTE), E("chaque", DETERMINER), E("chaque année", FIGURE), E("choose", VERB),
	E("circulate", VERB), E("city", PLACEHOLDER), E("ciudad", PLACEHOLDER), E("cm", UNIT),
	E("cma", CODELIKE), E("cmp", CODELIKE), E("co-chair", NOTE), E("co-chairs", NOTE),
	E("co-facilitator", NOTE), E("co-facilitators", NOTE), E("co2", CODELIKE), E("cochair", NOTE),
	E("cochairs", NOTE), E("collaborate", VERB), E("collect", VERB), E("combat", VERB),
	E("commend", VERB), E("commends", VERB), E("comment", NOTE), E("comments", NOTE), E("commit", VERB),
	E("commit to", MODAL), E("commits", VERB), E("commits to", MODAL), E("communicate", VERB),
	E("communicates", VERB), E("compile", VERB), E("complete", VERB), E("comply", VERB),
	E("con", PREPOSITION), E("concerning", PREPOSITION), E("conclude", VERB), E("condemn", VERB),
	E("condemns", VERB), E("conduct", VERB), E("confirm", VERB), E("confirms", VERB),
	E("conformément à", PREPOSITION), E("conserve", VERB), E("consider", VERB), E("considers", VERB),
	E("consistent with", PREPOSITION), E("consolidate", VERB), E("consult", VERB), E("continue", VERB),
	E("contribute", VERB), E("control", VERB), E("convene", VERB), E("convenido", STATUS),
	E("convenu", STATUS), E("convey", VERB), E("cooperate", VERB), E("coordinate", VERB),
	E("cop", CODELIKE), E("copied", NOTE), E("cote", PLACEHOLDER), E("could", MODAL),
	E("countries", PLACEHOLDER),
	E("country", PLACEHOLDER), E("create", VERB), E("cuando", CLAUSE), E("curb", VERB),
	E("currently", NOTE),
	E("cuyo", CLAUSE), E("d", VERB_ENDING), E("daily", FIGURE), E("dans", PREPOSITION),
	E("date", PLACEHOLDER), E("dates", PLACEHOLDER), E("day", UNIT | PLACEHOLDER), E("db", UNIT),
	E("dbm", UNIT), E("dd", PLACEHOLDER), E("de conformidad con", PREPOSITION), E("debe", MODAL),
	E("deben", MODAL), E("deberá", MODAL), E("deberán", MODAL), E("debería", MODAL),
	E("deberían", MODAL), E("december", FIGURE), E("decide", VERB), E("decides", VERB),
	E("declare", VERB), E("declares", VERB), E("decrease", VERB), E("deem", VERB), E("defer", VERB),
	E("define", VERB), E("definition", NOTE), E("definitions", NOTE), E("delegations", NOTE),
	E("delete", NOTE),
	E("delete this article", NO_TEXT), E("deletion", NOTE), E("deliver", VERB), E("demand", VERB),
	E("demonstrate", VERB), E("deny", VERB), E("depending on", PREPOSITION), E("deplore", VERB),
	E("deplores", VERB), E("deploy", VERB), E("depositary", PLACEHOLDER), E("derogate", VERB),
	E("des", DETERMINER), E("describe", VERB), E("design", VERB), E("designate", VERB),
	E("designates", VERB), E("despite", PREPOSITION), E("determine", VERB), E("determines", VERB),
	E("develop", VERB), E("devraient", MODAL), E("devrait", MODAL), E("direct", VERB),
	E("directs", VERB), E("disclose", VERB), E("discontinue", VERB), E("discuss", VERB),
	E("distribute", VERB), E("diversify", VERB), E("do", AUXILIARY), E("document", PLACEHOLDER),
	E("does", AUXILIARY), E("doit", MODAL), E("doivent", MODAL), E("dont", CLAUSE), E("drafter", NOTE),
	E("drafter's", NOTE), E("drafters", NOTE), E("drafters'", NOTE), E("drafting", NOTE),
	E("due to", PREPOSITION), E("during", PREPOSITION), E("déplacer", NOTE),
	E("e", CONJUNCTION | VERB_ENDING), E("each", DETERMINER), E("each session", FIGURE),
	E("each year", FIGURE), E("ed", VERB_ENDING), E("editor", NOTE), E("editor's", NOTE),
	E("editorial", NOTE), E("eight", FIGURE), E("eighteen", FIGURE), E("eighteenth", FIGURE),
	E("eighth", FIGURE), E("eightieth", FIGURE), E("eighty", FIGURE), E("el", DETERMINER),
	E("elect", VERB), E("eleven", FIGURE), E("eleventh", FIGURE), E("eliminate", VERB),
	E("eliminates", VERB), E("emphasise", VERB), E("emphasises", VERB), E("emphasize", VERB),
	E("emphasizes", VERB), E("emplacement", NOTE), E("empower", VERB), E("en", PREPOSITION | NOTE),
	E("enable", VERB), E("enact", VERB), E("encourage", VERB), E("encourages", VERB), E("end", NOTE),
	E("endeavor", VERB), E("endeavour", VERB), E("endorse", VERB), E("endorses", VERB),
	E("enforce", VERB), E("engage", VERB), E("enhance", VERB), E("ensure", VERB), E("ensures", VERB),
	E("enter", VERB), E("eradicate", VERB), E("es", VERB_ENDING), E("espace", PLACEHOLDER),
	E("espacio", PLACEHOLDER), E("establish", VERB), E("establishes", VERB),
	E("et", CONJUNCTION | ADDER), E("et/ou", CONJUNCTION), E("eur", UNIT), E("evaluate", VERB),
	E("even if", CLAUSE), E("every", DETERMINER | FIGURE), E("every five years", FIGURE),
	E("every four years", FIGURE), E("every session", FIGURE), E("every two years", FIGURE),
	E("every year", FIGURE), E("exact", PLACEHOLDER), E("examine", VERB), E("except", PREPOSITION),
	E("except that", CLAUSE), E("except when", CLAUSE), E("except where", CLAUSE), E("exchange", VERB),
	E("exclude", VERB), E("expand", VERB), E("explanation", NOTE), E("explanatory", NOTE),
	E("explore", VERB), E("express", VERB), E("expresses", VERB), E("extend", VERB), E("extends", VERB),
	E("extradite", VERB), E("facilitadores", NOTE), E("facilitate", VERB), E("facilitateur", NOTE),
	E("facilitateurs", NOTE), E("facilitator", NOTE), E("facilitators", NOTE), E("fao", CODELIKE),
	E("february", FIGURE), E("fecha", PLACEHOLDER), E("fifteen", FIGURE), E("fifteenth", FIGURE),
	E("fifth", FIGURE), E("fiftieth", FIGURE), E("fifty", FIGURE), E("figure", PLACEHOLDER | NOTE),
	E("figures", PLACEHOLDER), E("finalize", VERB), E("first", FIGURE), E("five", FIGURE),
	E("following", NOTE), E("footnote", NOTE), E("footnotes", NOTE), E("for", PREPOSITION | NOTE),
	E("foresee", VERB), E("formulate", VERB), E("fortieth", FIGURE), E("forty", FIGURE),
	E("foster", VERB), E("four", FIGURE), E("fourteen", FIGURE), E("fourteenth", FIGURE),
	E("fourth", FIGURE), E("free of charge", ADVERB), E("from", PREPOSITION),
	E("from time to time", FIGURE), E("fulfil", VERB), E("fulfill", VERB), E("full", PLACEHOLDER),
	E("fully", STATUS), E("further", ADVERB | NOTE), E("fusionar", NOTE), E("fusionner", NOTE),
	E("future", PLACEHOLDER), E("g", UNIT), E("ga", CODELIKE), E("gcf", CODELIKE), E("gdp", CODELIKE),
	E("gef", CODELIKE), E("ghg", CODELIKE), E("ghz", UNIT), E("give", VERB), E("given", PREPOSITION),
	E("gj", UNIT), E("grow", VERB), E("gt", UNIT), E("guide", VERB), E("h", UNIT), E("ha", UNIT),
	E("had", AUXILIARY), E("half", FIGURE), E("halve", VERB), E("has", AUXILIARY),
	E("has no obligation to", MODAL), E("has the right to", MODAL), E("has to", MODAL),
	E("have", AUXILIARY), E("have no obligation to", MODAL), E("have the right to", MODAL),
	E("have to", MODAL), E("heading", NOTE | STATUS), E("headings", NOTE), E("heads", NOTE),
	E("her", DETERMINER),
	E("hereby", ADVERB), E("hh", PLACEHOLDER), E("highlighted", NOTE), E("his", DETERMINER),
	E("host", PLACEHOLDER),
	E("hr", UNIT), E("hundred", FIGURE), E("hundredth", FIGURE), E("hz", UNIT), E("identify", VERB),
	E("if", CLAUSE), E("if any", ADVERB), E("if appropriate", ADVERB), E("if feasible", ADVERB),
	E("if necessary", ADVERB), E("if needed", ADVERB), E("ilo", CODELIKE), E("imf", CODELIKE),
	E("immediately", FIGURE), E("impede", VERB), E("implement", VERB), E("impose", VERB),
	E("improve", VERB), E("in", PREPOSITION | NOTE), E("in accordance with", PREPOSITION),
	E("in addition to", ADDER), E("in lieu of", NO_TEXT), E("in light of", PREPOSITION),
	E("in line with", PREPOSITION), E("in order to", CLAUSE), E("in so far as", CLAUSE),
	E("in the event that", CLAUSE), E("in view of", PREPOSITION), E("inb", CODELIKE),
	E("include", VERB), E("including", ADDER), E("incluida", ADDER), E("incluidas", ADDER),
	E("incluido", ADDER), E("incluidos", ADDER), E("increase", VERB), E("inform", VERB),
	E("informally", STATUS), E("ing", VERB_ENDING), E("initiate", VERB), E("insert", NOTE),
	E("insertar", NOTE), E("inserted", NOTE), E("inside", PREPOSITION), E("insofar as", CLAUSE),
	E("inspect", VERB),
	E("institution", PLACEHOLDER), E("instruct", VERB), E("instructs", VERB), E("insérer", NOTE),
	E("insértese", NOTE), E("integrate", VERB), E("intentionally", PLACEHOLDER),
	E("inter alia", ADDER | ADVERB), E("into", PREPOSITION), E("introduce", VERB), E("invest", VERB),
	E("investigate", VERB), E("invite", VERB), E("invites", VERB), E("ion", VERB_ENDING),
	E("ipcc", CODELIKE), E("is", AUXILIARY), E("is called upon to", MODAL), E("is encouraged", MODAL),
	E("is encouraged to", MODAL), E("is entitled to", MODAL), E("is expected to", MODAL),
	E("is invited", MODAL), E("is invited to", MODAL), E("is obligated to", MODAL),
	E("is obliged to", MODAL), E("is requested", MODAL), E("is requested to", MODAL),
	E("is required to", MODAL), E("is to", MODAL), E("is under no obligation to", MODAL),
	E("is urged", MODAL), E("is urged to", MODAL), E("ition", VERB_ENDING), E("its", DETERMINER),
	E("itu", CODELIKE), E("j", UNIT), E("january", FIGURE), E("jointly", ADVERB), E("july", FIGURE),
	E("june", FIGURE), E("keep", VERB), E("kg", UNIT), E("khz", UNIT), E("km", UNIT), E("kw", UNIT),
	E("kwh", UNIT), E("l", UNIT), E("la", DETERMINER), E("language", NOTE), E("las", DETERMINER),
	E("le", DETERMINER), E("left", PLACEHOLDER), E("legal", NOTE), E("les", DETERMINER),
	E("lieu", PLACEHOLDER), E("location", PLACEHOLDER), E("looks forward to", VERB),
	E("lorsque", CLAUSE), E("los", DETERMINER), E("lugar", PLACEHOLDER), E("m", UNIT),
	E("mainstream", VERB), E("maintain", VERB), E("make", VERB), E("manage", VERB), E("march", FIGURE),
	E("maximize", VERB), E("may", MODAL), E("meet", VERB), E("merge", NOTE), E("merged", NOTE),
	E("mg", UNIT), E("mhz", UNIT), E("mid-century", FIGURE), E("might", MODAL), E("million", FIGURE),
	E("minimize", VERB), E("ministers", NOTE), E("mitigate", VERB), E("ml", UNIT),
	E("mm", UNIT | PLACEHOLDER),
	E("mobilize", VERB), E("mod", CODELIKE), E("moderator", NOTE), E("modify", VERB),
	E("monitor", VERB), E("month", PLACEHOLDER), E("monthly", FIGURE), E("months", PLACEHOLDER),
	E("more", NOTE), E("move", NOTE), E("moved", NOTE), E("mover", NOTE), E("mt", UNIT),
	E("must", MODAL), E("mutatis mutandis", ADVERB), E("mw", UNIT), E("mwh", UNIT), E("n", VERB_ENDING),
	E("n.", NOTE), E("n.b", NOTE), E("name", PLACEHOLDER), E("names", PLACEHOLDER),
	E("nb", CODELIKE | NOTE), E("need", VERB), E("need not", MODAL), E("need to", MODAL),
	E("needs to", MODAL), E("negotiator", NOTE), E("negotiator's", NOTE), E("negotiators", NOTE),
	E("negotiators'", NOTE), E("new", CODELIKE | NOTE), E("next", FIGURE), E("nine", FIGURE),
	E("nineteen", FIGURE), E("nineteenth", FIGURE), E("ninetieth", FIGURE), E("ninety", FIGURE),
	E("ninguna disposición", NO_TEXT), E("ningún texto", NO_TEXT), E("ninth", FIGURE),
	E("no", DETERMINER), E("no additional text", NO_TEXT), E("no annex", NO_TEXT),
	E("no article", NO_TEXT), E("no decision text", NO_TEXT), E("no further text", NO_TEXT),
	E("no later than", PREPOSITION), E("no mention", NO_TEXT), E("no operative text", NO_TEXT),
	E("no paragraph", NO_TEXT), E("no provision", NO_TEXT), E("no provisions", NO_TEXT),
	E("no reference", NO_TEXT), E("no references", NO_TEXT), E("no se incluye texto", NO_TEXT),
	E("no section", NO_TEXT), E("no specific text", NO_TEXT), E("no text", NO_TEXT), E("noc", CODELIKE),
	E("nom", PLACEHOLDER), E("nombre", PLACEHOLDER), E("nominate", VERB), E("nor", CONJUNCTION),
	E("not", NOTE),
	E("not later than", PREPOSITION), E("nota", NOTE), E("notamment", ADDER), E("notas", NOTE),
	E("note", VERB | CODELIKE | NOTE), E("notes", VERB | NOTE), E("notify", VERB),
	E("notwithstanding", PREPOSITION), E("november", FIGURE), E("now", STATUS),
	E("number", PLACEHOLDER), E("numbering", NOTE), E("numbers", PLACEHOLDER), E("número", PLACEHOLDER),
	E("o", CONJUNCTION | ADDER), E("observe", VERB), E("obtain", VERB), E("october", FIGURE),
	E("of", PREPOSITION), E("off", PREPOSITION), E("official", PLACEHOLDER), E("ok", CODELIKE),
	E("old", CODELIKE),
	E("on", PREPOSITION), E("on condition that", CLAUSE), E("on request", ADVERB),
	E("on the basis of", PREPOSITION), E("once", FIGURE), E("one", FIGURE), E("only", ADVERB),
	E("only if", CLAUSE), E("only to the extent that", CLAUSE), E("only when", CLAUSE),
	E("only where", CLAUSE), E("onto", PREPOSITION), E("op", NOTE), E("opción", OPTION),
	E("operate", VERB), E("oppose", VERB), E("opposite", PREPOSITION),
	E("opt", CODELIKE), E("option", OPTION | CODELIKE | NOTE), E("option 0", NO_TEXT),
	E("options", NOTE), E("or", CONJUNCTION | ADDER | CODELIKE), E("order", NOTE), E("organize", VERB),
	E("origin", NOTE), E("other", DETERMINER | OPEN), E("other formulation", OPEN),
	E("other option", OPEN), E("other options", OPEN), E("other term", OPEN), E("other verb", OPEN),
	E("others", OPEN), E("otra", OPEN), E("otro", OPEN), E("otros", OPEN), E("ou", CONJUNCTION | ADDER),
	E("ought to", MODAL), E("our", DETERMINER), E("outside", PREPOSITION), E("over", PREPOSITION),
	E("oversee", VERB),
	E("par", PREPOSITION), E("para", PREPOSITION | CODELIKE | REFERENCE | STATUS | NOTE),
	E("para.", REFERENCE), E("paragraph", REFERENCE | STATUS | NOTE), E("paragraphe", REFERENCE),
	E("paragraphs", NOTE), E("paras", NOTE), E("parked", NOTE), E("part", HEADING), E("parte", HEADING),
	E("participate", VERB), E("partie", HEADING), E("parties", PLACEHOLDER), E("party", PLACEHOLDER),
	E("pas d'article", NO_TEXT), E("pas de texte", NO_TEXT), E("pay", VERB), E("pays", PLACEHOLDER),
	E("país", PLACEHOLDER), E("pendiente", NOTE), E("pending", NOTE), E("per", PREPOSITION),
	E("per annum", FIGURE), E("per day", FIGURE), E("per month", FIGURE), E("per year", FIGURE),
	E("percentage", PLACEHOLDER), E("percentages", PLACEHOLDER), E("perform", VERB),
	E("periodically", FIGURE), E("permit", VERB), E("peut", MODAL), E("peuvent", MODAL),
	E("phase", VERB), E("phase down", VERB), E("phase out", VERB), E("place", PLACEHOLDER),
	E("place-holder", PLACEHOLDER), E("placeholder", PLACEHOLDER), E("placement", NOTE),
	E("pledge", VERB), E("plenary", NOTE), E("podrá", MODAL), E("podrán", MODAL),
	E("por", PREPOSITION | NOTE | PLACEHOLDER), E("possess", VERB), E("possible", NOTE),
	E("pour", PREPOSITION), E("pourra", MODAL), E("pourront", MODAL), E("pp", NOTE), E("ppm", UNIT),
	E("preamble", HEADING | NOTE), E("prepare", VERB), E("prescribe", VERB), E("preserve", VERB),
	E("presidencia", NOTE), E("president", NOTE), E("presidente", NOTE), E("prevent", VERB),
	E("prior to", PREPOSITION), E("prioritise", VERB), E("prioritize", VERB), E("proceed", VERB),
	E("proclaim", VERB), E("procure", VERB), E("produce", VERB), E("prohibit", VERB),
	E("promote", VERB), E("promotes", VERB), E("proponent", NOTE), E("proponents", NOTE),
	E("proposed", NOTE), E("prosecute", VERB),
	E("protect", VERB), E("provide", VERB), E("provided that", CLAUSE), E("provides", VERB),
	E("provision", NOTE), E("provisionally", STATUS), E("provisions", NOTE), E("présidence", NOTE),
	E("président", NOTE), E("publish", VERB), E("puede", MODAL), E("pueden", MODAL),
	E("pursuant to", PREPOSITION), E("pursue", VERB), E("párrafo", REFERENCE), E("quarterly", FIGURE),
	E("que", CLAUSE), E("qui", CLAUSE), E("raise", VERB), E("rapporteur", NOTE), E("ratify", VERB),
	E("rationale", NOTE), E("reaffirm", VERB), E("reaffirms", VERB), E("rebuild", VERB),
	E("recall", VERB), E("receive", VERB), E("recognise", VERB), E("recognises", VERB),
	E("recognize", VERB), E("recognizes", VERB), E("recommend", VERB), E("recommends", VERB),
	E("reduce", VERB), E("ref", CODELIKE), E("refer", VERB), E("reflect", VERB), E("refrain", VERB),
	E("refrain from", VERB), E("refuse", VERB), E("regard", VERB), E("regarding", PREPOSITION),
	E("register", VERB), E("regrets", VERB), E("regularly", FIGURE), E("regulate", VERB),
	E("reiterate", VERB), E("reiterates", VERB), E("reject", VERB), E("relating to", PREPOSITION),
	E("relocated", NOTE),
	E("remain", VERB), E("remark", NOTE), E("remove", VERB), E("render", VERB), E("renew", VERB),
	E("repeal", VERB), E("replace", VERB), E("report", VERB), E("reproduced", NOTE), E("request", VERB),
	E("requested", NOTE),
	E("requests", VERB), E("require", VERB), E("res", CODELIKE), E("reserved", PLACEHOLDER),
	E("resolve", VERB), E("resolves", VERB), E("respect", VERB), E("restore", VERB),
	E("restrict", VERB), E("retain", VERB), E("review", VERB), E("revise", VERB), E("revised", NOTE),
	E("s", UNIT | VERB_ENDING), E("safeguard", VERB), E("sans", PREPOSITION), E("sbi", CODELIKE),
	E("sbsta", CODELIKE), E("scale up", VERB), E("se", PLACEHOLDER), E("sección", HEADING | REFERENCE),
	E("second", FIGURE), E("secretariat", NOTE | PLACEHOLDER), E("secretaría", NOTE),
	E("secrétariat", NOTE), E("section", HEADING | REFERENCE | NOTE), E("sections", NOTE),
	E("secure", VERB), E("see", NOTE), E("seek", VERB), E("según", PREPOSITION), E("select", VERB),
	E("selon", PREPOSITION), E("semi-annual", FIGURE), E("semi-annually", FIGURE),
	E("september", FIGURE), E("serve", VERB), E("settle", VERB), E("seven", FIGURE),
	E("seventeen", FIGURE), E("seventeenth", FIGURE), E("seventh", FIGURE), E("seventieth", FIGURE),
	E("seventy", FIGURE), E("shaded", NOTE), E("shall", MODAL), E("share", VERB), E("should", MODAL),
	E("si", CLAUSE),
	E("signatura", PLACEHOLDER), E("sin", PREPOSITION), E("sin texto", NO_TEXT),
	E("since", PREPOSITION), E("six", FIGURE), E("sixteen", FIGURE), E("sixteenth", FIGURE),
	E("sixth", FIGURE), E("sixtieth", FIGURE), E("sixty", FIGURE), E("so long as", CLAUSE),
	E("so that", CLAUSE), E("some", DETERMINER), E("source", NOTE), E("sous", PREPOSITION),
	E("specific", PLACEHOLDER), E("specify", VERB), E("start", NOTE), E("still", ADVERB | NOTE),
	E("streamlined", NOTE),
	E("strengthen", VERB), E("stress", VERB), E("stresses", VERB), E("strive", VERB),
	E("structure", NOTE), E("sub-heading", NOTE), E("sub-option", OPTION | NOTE), E("subheading", NOTE),
	E("subheadings", NOTE), E("subject", NOTE), E("subject to", PREPOSITION), E("submit", VERB),
	E("submitted", NOTE), E("suboption", OPTION | NOTE), E("subparagraph", REFERENCE | NOTE),
	E("subparagraphs", NOTE), E("such", DETERMINER), E("suggested", NOTE), E("sup", CODELIKE),
	E("support", VERB), E("sur", PREPOSITION), E("suspend", VERB), E("sustain", VERB),
	E("symbol", PLACEHOLDER), E("t", UNIT), E("t.b", PLACEHOLDER), E("t.b.d", PLACEHOLDER),
	E("table", NOTE), E("tables", NOTE), E("tackle", VERB), E("take", VERB), E("take note", VERB),
	E("take note of", VERB), E("taken", NOTE), E("takes note", VERB), E("takes note of", VERB),
	E("taking account of", PREPOSITION), E("taking into account", PREPOSITION),
	E("tba", CODELIKE | PLACEHOLDER), E("tbc", CODELIKE | PLACEHOLDER),
	E("tbd", CODELIKE | PLACEHOLDER), E("technical", NOTE), E("ten", FIGURE), E("tentatively", STATUS),
	E("tenth", FIGURE), E("terminate", VERB), E("text", NOTE | STATUS), E("that", DETERMINER | CLAUSE),
	E("the", DETERMINER | NOTE), E("their", DETERMINER), E("then", ADVERB), E("thereof", PREPOSITION),
	E("these", DETERMINER | NOTE), E("they", DETERMINER), E("third", FIGURE), E("thirteen", FIGURE),
	E("thirteenth", FIGURE), E("thirtieth", FIGURE), E("thirty", FIGURE), E("this", DETERMINER | NOTE),
	E("those", DETERMINER), E("thousand", FIGURE), E("three", FIGURE), E("through", PREPOSITION),
	E("throughout", PREPOSITION), E("thus", ADVERB), E("tighten", VERB), E("time", PLACEHOLDER),
	E("timeframe", PLACEHOLDER), E("title", NOTE | STATUS | PLACEHOLDER), E("titles", NOTE),
	E("titre", PLACEHOLDER), E("to", NOTE | PLACEHOLDER), E("to the extent", CLAUSE),
	E("to the extent that", CLAUSE), E("toda", DETERMINER), E("todas", DETERMINER),
	E("todos", DETERMINER), E("together", ADVERB), E("together with", ADDER), E("toutes", DETERMINER),
	E("toward", PREPOSITION), E("towards", PREPOSITION), E("transfer", VERB), E("transferred", NOTE),
	E("transform", VERB),
	E("trasladar", NOTE), E("treat", VERB), E("triennial", FIGURE), E("twelfth", FIGURE),
	E("twelve", FIGURE), E("twentieth", FIGURE), E("twenty", FIGURE), E("twice", FIGURE),
	E("two", FIGURE), E("título", PLACEHOLDER), E("u", CONJUNCTION), E("ubicación", NOTE),
	E("un", DETERMINER | CODELIKE), E("una", DETERMINER), E("under", PREPOSITION | NOTE),
	E("underline", VERB), E("underlined", NOTE),
	E("underlines", VERB), E("underscore", VERB), E("underscores", VERB), E("undertake", VERB),
	E("undertake to", MODAL), E("undertakes to", MODAL), E("une", DETERMINER), E("unga", CODELIKE),
	E("unless", CLAUSE), E("unless and until", CLAUSE), E("until", PREPOSITION), E("update", VERB),
	E("uphold", VERB), E("upon", PREPOSITION), E("upon request", ADVERB), E("urge", VERB),
	E("urges", VERB), E("usd", UNIT), E("use", VERB), E("utilize", VERB), E("vaccinate", VERB),
	E("variante", OPTION), E("venue", PLACEHOLDER), E("verify", VERB), E("via", PREPOSITION),
	E("ville", PLACEHOLDER), E("w", UNIT), E("was", AUXILIARY), E("we", DETERMINER),
	E("weekly", FIGURE), E("welcome", VERB), E("welcomes", VERB), E("were", AUXILIARY),
	E("when", CLAUSE), E("when appropriate", ADVERB), E("when feasible", ADVERB), E("where", CLAUSE),
	E("where applicable", ADVERB), E("where appropriate", ADVERB), E("where feasible", ADVERB),
	E("where necessary", ADVERB), E("where possible", ADVERB), E("where relevant", ADVERB),
	E("whereby", CLAUSE), E("whether", CLAUSE), E("which", CLAUSE), E("while", CLAUSE),
	E("who", CLAUSE | CODELIKE), E("whom", CLAUSE), E("whose", CLAUSE), E("will", MODAL),
	E("wipo", CODELIKE), E("with", PREPOSITION), E("withdraw", VERB), E("withhold", VERB),
	E("within", PREPOSITION), E("without", PREPOSITION), E("word", NOTE), E("words", NOTE),
	E("would", MODAL), E("wto", CODELIKE),
	E("y", CONJUNCTION | ADDER), E("y compris", ADDER), E("y/o", CONJUNCTION), E("year", PLACEHOLDER),
	E("yearly", FIGURE), E("years", PLACEHOLDER), E("yr", UNIT), E("§", REFERENCE),
	E("а также", CONJUNCTION | ADDER), E("альтернатива", OPTION), E("без", PREPOSITION),
	E("без текста", NO_TEXT), E("в", PREPOSITION), E("в соответствии с", PREPOSITION),
	E("в том числе", ADDER), E("вариант", OPTION), E("включая", ADDER), E("все", DETERMINER),
	E("глава", HEADING), E("для", PREPOSITION), E("должен", MODAL), E("должна", MODAL),
	E("должно", MODAL), E("должны", MODAL), E("другое", OPEN), E("ежегодно", FIGURE), E("если", CLAUSE),
	E("и", CONJUNCTION | ADDER), E("и/или", CONJUNCTION), E("или", CONJUNCTION | ADDER),
	E("иное", OPEN), E("каждая", DETERMINER), E("когда", CLAUSE), E("которая", CLAUSE),
	E("которое", CLAUSE), E("которые", CLAUSE), E("который", CLAUSE), E("могут", MODAL),
	E("может", MODAL), E("на", PREPOSITION), E("нет текста", NO_TEXT), E("никакого текста", NO_TEXT),
	E("обязан", MODAL), E("обязаны", MODAL), E("обязуются", MODAL), E("по", PREPOSITION),
	E("под", PREPOSITION), E("при", PREPOSITION), E("приложение", HEADING | REFERENCE),
	E("приложении", REFERENCE), E("приложения", REFERENCE), E("пункт", REFERENCE),
	E("пункта", REFERENCE), E("пункте", REFERENCE), E("раздел", HEADING), E("с", PREPOSITION),
	E("следовало бы", MODAL), E("следует", MODAL), E("статье", REFERENCE), E("статьи", REFERENCE),
	E("статья", HEADING | REFERENCE), E("текст отсутствует", NO_TEXT), E("часть", HEADING),
	E("آخر", OPEN), E("أخرى", OPEN), E("أو", CONJUNCTION | ADDER), E("البديل", OPTION),
	E("الخيار", OPTION), E("بدون نص", NO_TEXT), E("بما في ذلك", ADDER), E("على", MODAL),
	E("فضلا عن", ADDER), E("لا نص", NO_TEXT), E("لا يوجد نص", NO_TEXT), E("و", CONJUNCTION | ADDER),
	E("و/أو", CONJUNCTION), E("يجب", MODAL), E("يجب أن", MODAL), E("يجوز", MODAL), E("يمكن", MODAL),
	E("ينبغي", MODAL), E("ينبغي أن", MODAL), E("不设条款", NO_TEXT), E("以及", CONJUNCTION | ADDER),
	E("其他", OPEN), E("其它", OPEN), E("包括", ADDER), E("及", CONJUNCTION), E("可", MODAL), E("可以", MODAL),
	E("各", DETERMINER), E("和", CONJUNCTION | ADDER), E("和/或", CONJUNCTION), E("备选", OPTION),
	E("备选案文", OPTION), E("宜", MODAL), E("应", MODAL), E("应当", MODAL), E("必须", MODAL),
	E("或", CONJUNCTION | ADDER), E("方案", OPTION), E("无案文", NO_TEXT), E("每", DETERMINER),
	E("每年", FIGURE), E("没有案文", NO_TEXT), E("该", DETERMINER), E("须", MODAL),
};
/* clang-format on */
enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

/* Chinese writes no blanks between words: there a phrase may be followed by any character. */
static bool is_han(const char *phrase)
{
	return (unsigned char)phrase[0] >= 0xe3 && (unsigned char)phrase[0] <= 0xe9;
}

/* General punctuation (U+2000 to U+203F: dashes, quotation marks) is no letter. */
static bool ends_word(struct bk_str words, size_t len)
{
	return len == words.len || !bk_is_word(words.ptr[len]) ||
	       (len + 1 < words.len && words.ptr[len] == '\xe2' && words.ptr[len + 1] == '\x80');
}

/* ---- Looking up --------------------------------------------------------------------------------------- */

/*
 * An index over the entries by their first word, made at the first look-up: who begins with a phrase begins
 * with the first word of it.  Most words are on no list, and their slot is free.
 *
 *	slots  . . [agree] . . . [as] . .        by the hash of the word
 *	entries      agree       as
 *	next         agree to    as applicable ...
 */
enum { SLOTS = 4096, NO_ENTRY = UINT16_MAX, WORD_MOST = 32, HAN_BYTES = 3 };

static struct slot {
	uint32_t hash;
	uint16_t first; /* entry, from 1; 0: free */
} slots[SLOTS];
static uint16_t next[ENTRY_COUNT]; /* the entry before it with the same first word, or NO_ENTRY */
static unsigned char small[256];   /* letters in small, 0 for what is in no word */

/* The hash of the first word; of Chinese, which writes no blanks, of the first character. */
static uint32_t hash_first_word(struct bk_str words)
{
	const size_t most = words.len < WORD_MOST ? words.len : WORD_MOST;
	uint32_t hash = 0;
	unsigned char c;

	for (size_t at = 0; at < most && (c = small[(unsigned char)words.ptr[at]]) != 0; at++) {
		if (c == 0xe2 && ends_word(words, at))
			break;
		hash = (hash ^ c) * 0x9e3779b1u;
		if (at + 1 == HAN_BYTES && is_han(words.ptr))
			break;
	}
	return hash;
}

/* The slot of a hash: where it stands, or the free one where it would. */
static struct slot *slot_of(uint32_t hash)
{
	size_t i = hash >> 20;

	while (slots[i].first && slots[i].hash != hash)
		i = (i + 1) % SLOTS;
	return &slots[i];
}

static void make_index(void)
{
	for (int c = 0; c < 256; c++)
		small[c] = bk_is_word((char)c) ? (unsigned char)bk_to_lower((char)c) : 0;
	for (size_t i = 0; i < ENTRY_COUNT; i++) {
		const uint32_t hash = hash_first_word((struct bk_str){entries[i].phrase, entries[i].len});
		struct slot *slot = slot_of(hash);

		next[i] = slot->first ? (uint16_t)(slot->first - 1) : NO_ENTRY;
		*slot = (struct slot){.hash = hash, .first = (uint16_t)(i + 1)};
	}
}

static void note_hit(const struct entry *entry, struct bk_lexicon_hits *hits)
{
	for (uint32_t lists = entry->lists; lists; lists &= lists - 1) {
		const int list = __builtin_ctz(lists);

		if (entry->len > hits->len[list])
			hits->len[list] = (unsigned char)entry->len;
	}
	hits->lists |= entry->lists;
}

void bk_lexicon_read(struct bk_str words, struct bk_lexicon_hits *hits)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct slot *slot;

	*hits = (struct bk_lexicon_hits){0};
	if (words.len == 0)
		return;
	pthread_once(&once, make_index);
	slot = slot_of(hash_first_word(words));
	for (size_t i = slot->first ? slot->first - 1u : NO_ENTRY; i != NO_ENTRY; i = next[i]) {
		const struct entry *entry = &entries[i];

		/* most differ in length or last letter */
		if (entry->len > words.len ||
			small[(unsigned char)words.ptr[entry->len - 1]] !=
				small[(unsigned char)entry->phrase[entry->len - 1]] ||
			!(is_han(entry->phrase) || ends_word(words, entry->len)))
			continue;
		if (bk_str_starts_nocase(words, (struct bk_str){entry->phrase, entry->len}))
			note_hit(entry, hits);
	}
}

size_t bk_lexicon_prefix(enum bk_lexicon list, struct bk_str words)
{
	struct bk_lexicon_hits hits;

	bk_lexicon_read(words, &hits);
	return hits.len[list];
}

bool bk_lexicon_has(enum bk_lexicon list, struct bk_str words)
{
	return words.len && bk_lexicon_prefix(list, words) == words.len;
}

bool bk_lexicon_is_in_order(void)
{
	for (size_t i = 1; i < ENTRY_COUNT; i++) {
		if (strcmp(entries[i - 1].phrase, entries[i].phrase) >= 0)
			return false;
	}
	return true;
}
