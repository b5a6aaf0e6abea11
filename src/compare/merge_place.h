/*
 * One region while it is placed, shared by the rooms that place it:
 *
 *	merge_voice        what each party says in place of it
 *	merge_part         the same where nothing gives way, part by part
 *	merge_cut          words that are parts of others'
 *	merge_sentence     sentences that several parties have
 *	merge_member       the brackets of the base that it is, or fills
 *	merge_taken        what of it is taken
 *	merge_alternative  alternatives in brackets
 *	merge_point        what comes in where nothing gives way
 *	merge_bracketed    what stands in brackets
 *	merge_around       brackets and deletions round others
 *	merge_place        what stands there
 *	merge_stretch      all regions
 */
#ifndef BRACKED_COMPARE_MERGE_PLACE_H
#define BRACKED_COMPARE_MERGE_PLACE_H

#include "compare/merge_private.h"

/* How words are read that stand behind the base's, in the order in which they stand there. */
enum bk_reads {
	BK_READS_INSTEAD, /* of it */
	BK_READS_ON,	  /* from it, or beside it */
	BK_READS_BELOW,	  /* as a paragraph with another label, or without the base's one */
};

/* What one party says in place of a region. */
struct bk_voice {
	uint32_t party;
	uint32_t first, last; /* its amendments */
	struct bk_span base;  /* what it is about, without blanks around */
	struct bk_span file;  /* the part of its text, without blanks around */
	struct bk_str text;   /* all of it */
	struct bk_str words;  /* without blanks around, and without brackets of its own round the whole */
	size_t label;	      /* bytes of the label that they begin with */
	struct bk_str
		said;	 /* what stands behind it, without brackets and names of its own round all of that */
	enum bk_act act; /* its own word for them */
	bool bracketed;	 /* there were such brackets */
	enum bk_reads reads; /* of the first that says so, where the base's words stand in brackets */
	uint64_t hash;	     /* of what is said, once it begins to be compared */
	uint32_t same;	     /* the first voice that says the same, */
	uint32_t next_same;  /* the next one, or BK_NONE; */
	uint32_t last_same;  /* of the first: the last one */
	uint32_t
		member; /* of the brackets of the base that are the region: the one with its words, or BK_NONE */
	bool adds;	/* it answers them, and proposes something beside them */
	bool answered;		   /* all that it says is what they say: */
	size_t answer, answer_end; /* its answers to them, of those gathered */
	bool names_others;	   /* it has other names of others in them, which these are to give */
};

/* What a voice says of a bracket of the base by its own name in it. */
struct bk_answer {
	uint32_t mark; /* the open */
	uint8_t act;
	struct bk_span base; /* the bracket */
	struct bk_span file; /* its words in the voice's text; all of it where that withdraws its name */
};

typedef BK_VEC(struct bk_voice) voice_list;
typedef BK_VEC(uint32_t) bk_voice_order;

/* Regions that one thread places, one after the other. */
struct bk_stretch {
	const struct bk_merge *merge;
	struct bk_placed placed;
	struct bk_shells shells; /* of the base */
};

/* An alternative while the text that holds it is not put into the compilation. */
struct bk_placed_alternative {
	uint32_t voice;
	struct bk_span at;   /* in that text, with a label of its own */
	size_t label, words; /* as of bk_standing */
};

typedef BK_VEC(struct bk_inscribed) bk_inscribed_list;

/* One region while it is placed; from one to the next it keeps its memory. */
struct bk_placing_region {
	const struct bk_merge *merge;
	struct bk_stretch *stretch;
	const struct bk_region *region;
	uint32_t place;
	voice_list voices;
	bk_voice_order order; /* where nothing gives way: those that speak for themselves, as they stand */
	BK_VEC(uint32_t)
	members; /* brackets of the base that the region is, or the one it fills: their opens */
	BK_VEC(struct bk_answer) answers;
	struct bk_span run; /* from the first of them to where an alternative to them comes in */
	bool apart;	    /* there are blanks between them: who wants one has not said so of another */
	struct bk_buf text;
	bool begins_line; /* what stands there begins a line: labels are left outside of brackets */
	bool fills_lines; /* the base's words begin one, and end one */
	bool holds_label; /* the base's label is in dispute with words behind it, and none where others stand */
	struct bk_str label; /* that of the base there */
	const char *gap;     /* between the base's words and alternatives in brackets behind them */
	BK_VEC(struct bk_placed_alternative) alternatives;
	bk_inscribed_list names;	   /* while they are gathered, */
	struct bk_inscription inscription; /* as they are written, */
	size_t told;			   /* and so many of those placed whose text has its event */
};

/* merge_voice.c: hear the parties that claim something there; those with the same words speak as the first
 * of them.  Parted: with a voice for each paragraph that came, and none speaks for another yet.  BK_ENOMEM. */
int bk_voices_hear(struct bk_placing_region *placing, bool parted);
void bk_voices_join(struct bk_placing_region *placing);
/* A voice speaks for itself, and can be compared with others; or one speaks for another that says the same.  Cost:
 * O(bytes) to begin, and nearly nothing to find that two do not say the same. */
void bk_voice_begin(struct bk_placing_region *placing, uint32_t number);
bool bk_voices_say_same(
	const struct bk_placing_region *placing, const struct bk_voice *one, const struct bk_voice *other);
void bk_voice_join(struct bk_placing_region *placing, uint32_t speaker, uint32_t voice);

/*
 * Whether all that the voices of a place say is that what they say before it in its line is theirs, which stands there
 * under their names: `Parties act now. (EU)` is `Parties act [EU: now].`  Not where what is unopposed is taken.
 * BK_ENOMEM.
 */
int bk_voices_sign(struct bk_placing_region *placing, bool *sign);

/*
 * merge_part.c: where nothing gives way, hear the parties again, with a voice for each paragraph of those that came
 * there, if any party has several, unless some who say the same cut it otherwise; or for parts of words of which one
 * party has all; and put in order those that speak for themselves.  Cost: O(parties * (parties + parts) + bytes), and
 * for each part a look at the hashes and labels of up to 1000 others, once or twice.  BK_ENOMEM.
 */
int bk_voices_part(struct bk_placing_region *placing, bool *parted);
/* Once they are in order: whether one party says all that is said there; and whether all parties say just what one
 * voice does. */
bool bk_voices_are_of_one(const struct bk_placing_region *placing);
bool bk_voice_is_of_all(const struct bk_placing_region *placing, uint32_t voice);

/* merge_cut.c: cut voices whose words begin or end with those of another party's.  BK_ENOMEM. */
int bk_voices_cut(struct bk_placing_region *placing);
/* Whether a voice's words are no more than that, so that a part of them is what it says there; and cut it in two where
 * the second part begins in what it says, which is to stand behind it.  Blanks between go as those round all of it. */
bool bk_voice_may_be_cut(const struct bk_placing_region *placing, const struct bk_voice *voice);
void bk_voice_cut(struct bk_placing_region *placing, struct bk_voice *voice, size_t at);
/* Whether blanks came before both, or neither, and so behind them. */
bool bk_texts_are_spaced_alike(struct bk_str one, struct bk_str other);
/* merge_sentence.c: cut voices where sentences, or clauses behind commas, end of which others have one without the
 * other.  Cost: O(n log n).  BK_ENOMEM. */
int bk_voices_cut_sentences(struct bk_placing_region *placing);
/* Whether what they say, in brackets where not all do, would be read one beside the other.  BK_ENOMEM. */
int bk_voices_read_apart(struct bk_placing_region *placing, bool *apart);

/* merge_member.c: the members of a region that is disputed brackets side by side, and no others; or of one
 * that fills a bracket, too.  BK_ENOMEM. */
int bk_members_of_brackets(struct bk_placing_region *placing);
int bk_members_find(struct bk_placing_region *placing);
/* Read the shell of a member.  BK_ENOMEM. */
int bk_member_read(struct bk_placing_region *placing, uint32_t mark, struct bk_shell *shell);
/* Find which member each voice chose.  BK_ENOMEM. */
int bk_members_choose(struct bk_placing_region *placing);
/* Strike what nobody chose when all parties chose another one or none; the others are the members then.  BK_ENOMEM. */
int bk_members_strike_unchosen(struct bk_placing_region *placing);

/* merge_answer.c.  What a voice that chose a member says of it.  BK_ENOMEM. */
int bk_members_signed(struct bk_placing_region *placing, const struct bk_voice *voice, enum bk_act *act);
/* Where a voice says what the members do, with its own names added to some or taken away, or some without their
 * brackets where blanks part them: its answers to those.  What it leaves out, it deletes.  Where it says other words
 * in the only one, which it signs, these are what it says.  BK_ENOMEM. */
int bk_members_answered(struct bk_placing_region *placing, struct bk_voice *voice);
/* Who says other words than the members do withdraws its own ones: name it so.  BK_ENOMEM. */
int bk_members_withdrawn(struct bk_placing_region *placing, uint32_t voice);

/* merge_place.c: the place of the region, its events, and what is proposed there.  Each BK_ENOMEM, or NULL. */
int bk_place_add(struct bk_placing_region *placing, bool bracketed);
struct bk_merge_event *bk_place_add_event(
	struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far, struct bk_str text);
/* Where the place begins and ends when no text of its own says so. */
int bk_place_add_bounds(struct bk_placing_region *placing, struct bk_span span);
/* The text that was gathered, to be borrowed. */
int bk_place_keep_text(struct bk_placing_region *placing, struct bk_str *text);
int bk_place_add_proposal(struct bk_placing_region *placing, const struct bk_voice *voice,
	enum bk_merge_act act, enum bk_merge_fate fate, struct bk_standing standing);
struct bk_standing bk_place_in_base(struct bk_span span);
const char *bk_place_party(const struct bk_placing_region *placing, const struct bk_voice *voice);

/* merge_taken.c.  BK_ENOMEM. */
/* Whether a party that has no voice here changed more than blanks in a span of the base, or just beside it.
 * O(parties * log n). */
bool bk_place_do_others_touch(const struct bk_placing_region *placing, struct bk_span span);
/* Whether another party speaks of the words round the region as they are. */
bool bk_place_is_spoken_of(const struct bk_placing_region *placing);
bool bk_place_is_taken(const struct bk_placing_region *placing);
/* Whether what one party alone wants there would be taken. */
bool bk_place_is_unopposed(const struct bk_placing_region *placing);
enum bk_merge_act bk_place_act(const struct bk_placing_region *placing, const struct bk_voice *voice);
/* What a party says of words of the base by the act beside its name. */
enum bk_merge_act bk_place_said(enum bk_act act);
/* Who signs brackets round the words of all has them reserved. */
static inline enum bk_act bk_place_round_act(enum bk_act act)
{
	return act == BK_ACT_PROPOSE ? BK_ACT_RESERVE : act;
}
enum bk_rank bk_place_rank(const struct bk_region *region);
int bk_place_take(struct bk_placing_region *placing);
/* A voice's place in its file is then with the brackets that its party put round all it says. */
void bk_place_keep_brackets(const struct bk_placing_region *placing, struct bk_voice *voice);
/* Append what a voice puts in to the text, as an alternative that is taken. */
int bk_place_put_taken(struct bk_placing_region *placing, uint32_t voice);
/* A paragraph that moved, where it comes and where it went. */
int bk_place_take_moved(struct bk_placing_region *placing, uint32_t move);
int bk_place_take_source(struct bk_placing_region *placing);

/* merge_name.c: the names gathered, of a bracket that opens at an offset of the text, which is no event's yet; and the
 * event whose text it has become.  BK_ENOMEM. */
int bk_place_add_names(struct bk_placing_region *placing, size_t at);
void bk_place_tell_names(struct bk_placing_region *placing, uint32_t event);
/* merge_name.c: the inscription of the names gathered, beside words behind a label.  BK_ENOMEM. */
int bk_place_inscribe(struct bk_placing_region *placing, struct bk_str label, struct bk_str words);
/* merge_name.c: append a bracket with words, behind a label, and the names gathered to the text; at is where the words
 * are in it.  BK_ENOMEM. */
int bk_place_put_bracket(
	struct bk_placing_region *placing, struct bk_str label, struct bk_str words, struct bk_span *at);

/* merge_alternative.c: whether an offset is the first of its line, or the last, but for blanks; and line ends among
 * the blanks before one, no more than two. */
bool bk_place_begins_line(struct bk_str bytes, size_t at);
bool bk_place_ends_line(struct bk_str bytes, size_t at);
size_t bk_place_feeds_before(struct bk_str bytes, size_t at);
/* The label that a voice's words begin with, where they begin a line; another one than the base's is a label only of
 * words that fill their lines. */
struct bk_str bk_place_label_of(const struct bk_placing_region *placing, const struct bk_voice *voice);
/* Of all parties with the voice's words: gather their names; add a proposal for each, as the place fares; or that what
 * each changed of the layout is left.  BK_ENOMEM. */
int bk_place_list_names(struct bk_placing_region *placing, uint32_t voice, enum bk_act act);
int bk_place_propose_all(struct bk_placing_region *placing, uint32_t voice, enum bk_merge_act act,
	struct bk_standing standing);
int bk_place_leave_all(struct bk_placing_region *placing, uint32_t voice);
/* Append a voice's words in brackets to the text; make an event of the text; and add the proposals for the
 * alternatives that are in it.  BK_ENOMEM, or NULL. */
int bk_place_put_alternative(struct bk_placing_region *placing, uint32_t voice);
struct bk_merge_event *bk_place_add_text(
	struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far);
int bk_place_propose_alternatives(struct bk_placing_region *placing, uint32_t event);

/* merge_point.c: whether all that parties put in there is taken, which they do part by part.  BK_ENOMEM. */
int bk_place_look_at_point(struct bk_placing_region *placing, bool *taken);
/* BK_ENOMEM. */
int bk_place_bracket_point(struct bk_placing_region *placing);

/* merge_bracketed.c.  BK_ENOMEM. */
int bk_place_bracket(struct bk_placing_region *placing);
/* The words of the region without the label that they begin with, which is kept in mind. */
struct bk_span bk_place_find_label(struct bk_placing_region *placing);
/* Open brackets with the names gathered before words of the base, with BK_TURN_AROUND outside of others round the
 * same; what closes them is left in the text that is gathered, and stands behind the words when they are closed. */
int bk_place_open(struct bk_placing_region *placing, struct bk_span words, enum bk_turn turn);
struct bk_merge_event *bk_place_close(
	struct bk_placing_region *placing, struct bk_span words, enum bk_turn turn);

/* merge_around.c.  Whether others change something in the run of the brackets that the region begins with, or just
 * beside it. */
bool bk_place_is_run_open(const struct bk_placing_region *placing);
/* Whether others change something in a run of several brackets that the region is in, or just beside that run: its
 * members stand instead of each other.  Where what is unopposed is taken. */
bool bk_place_is_in_open_run(const struct bk_placing_region *placing);
/* BK_ENOMEM. */
int bk_place_around(struct bk_placing_region *placing);

/* merge_placed.c: make room for what becomes of the regions of stretches, which is put behind it.  BK_ENOMEM. */
int bk_placed_reserve(struct bk_placed *placed, const struct bk_stretch *stretches, size_t count);

/* merge_place.c: a region, behind those that were placed in the stretch; and whether one that is not of layout would
 * be taken, with nothing placed.  BK_ENOMEM. */
int bk_place_region(struct bk_placing_region *placing, struct bk_region *region);
int bk_place_look(struct bk_placing_region *placing, const struct bk_region *region, bool *taken);
void bk_placing_release(struct bk_placing_region *placing);

#endif
