/*
 * Commands that only the screen does, with their keys: keys, menu and help are read from here.  What each does
 * stands in tui/act_*.c.
 */
#include "app/command.h"

#define MOVING	  BK_GROUP_MOVING
#define SELECTING BK_GROUP_SELECTING
#define EDITING	  BK_GROUP_EDITING
#define BRACKETS  BK_GROUP_BRACKETS
#define POSITIONS BK_GROUP_POSITIONS
#define FOLDING	  BK_GROUP_FOLDING
#define FILES	  BK_GROUP_FILES
#define SHOWING	  BK_GROUP_SHOWING

/* name, group, summary, key; in the menu, or not. */
#define LISTED(n, g, s, k)                                                                                   \
	{                                                                                                    \
		.name = n, .group = g, .summary = s, .key = k, .menu = true                                  \
	}
#define UNLISTED(n, g, s, k)                                                                                 \
	{                                                                                                    \
		.name = n, .group = g, .summary = s, .key = k                                                \
	}
/* The same with letters of vi's normal mode. */
#define VI_LISTED(n, g, s, k, vi)                                                                            \
	{                                                                                                    \
		.name = n, .group = g, .summary = s, .key = k, .vi_keys = vi, .menu = true                   \
	}
#define VI_UNLISTED(n, g, s, k, vi)                                                                          \
	{                                                                                                    \
		.name = n, .group = g, .summary = s, .key = k, .vi_keys = vi                                 \
	}

const struct bk_command bk_screen_commands[] = {
	LISTED("next-open", MOVING, "next open bracket", "Ctrl-N"),
	LISTED("previous-open", MOVING, "previous open bracket", "Ctrl-P"),
	LISTED("next-blocking", MOVING, "next bracket that my party blocks", "Alt-n"),
	LISTED("previous-blocking", MOVING, "previous bracket that my party blocks", "Alt-p"),
	LISTED("to-parent", MOVING, "out to the bracket round this one", "Alt-Up"),
	LISTED("to-child", MOVING, "in to the first bracket inside", "Alt-Down"),
	VI_LISTED("to-match", MOVING, "to the other end of the bracket", "Alt-m", "%"),
	LISTED("go-to", MOVING, "go to a line, a label, a heading or an id", "Ctrl-G"),
	VI_LISTED("find-text", MOVING, "find (a pattern), in all or in disputed text", "Ctrl-F", "/"),
	VI_LISTED("find-next", MOVING, "next match", "Alt-.", "n"),
	VI_LISTED("find-previous", MOVING, "previous match", "Alt-,", "N"),
	UNLISTED("left", MOVING, "one character back", "Left"),
	UNLISTED("right", MOVING, "one character on", "Right"),
	UNLISTED("up", MOVING, "one row up", "Up"),
	UNLISTED("down", MOVING, "one row down", "Down"),
	UNLISTED("page-up", MOVING, "one page up", "PgUp"),
	UNLISTED("page-down", MOVING, "one page down", "PgDn"),
	UNLISTED("line-start", MOVING, "first word of the line, then its start", "Home"),
	UNLISTED("line-end", MOVING, "end of the line", "End"),
	UNLISTED("text-start", MOVING, "beginning of the draft", "Ctrl-Home"),
	UNLISTED("text-end", MOVING, "end of the draft", "Ctrl-End"),
	UNLISTED("word-left", MOVING, "one word back", "Ctrl-Left"),
	UNLISTED("word-right", MOVING, "one word on", "Ctrl-Right"),
	UNLISTED("paragraph-up", MOVING, "paragraph before", "Ctrl-Up"),
	UNLISTED("paragraph-down", MOVING, "paragraph after", "Ctrl-Down"),

	LISTED("select-mode", SELECTING, "select by moving, until pressed again", "Ctrl-Space"),
	LISTED("select-bracket", SELECTING, "select the words of this bracket, then the whole", "Alt-i"),
	LISTED("select-all", SELECTING, "select all", "Ctrl-A"),
	UNLISTED("unselect", SELECTING, "forget the selection and the matches", NULL),
	UNLISTED("select-left", SELECTING, "select one character back", "Shift-Left"),
	UNLISTED("select-right", SELECTING, "select one character on", "Shift-Right"),
	UNLISTED("select-up", SELECTING, "select one row up", "Shift-Up"),
	UNLISTED("select-down", SELECTING, "select one row down", "Shift-Down"),
	UNLISTED("select-page-up", SELECTING, "select one page up", "Shift-PgUp"),
	UNLISTED("select-page-down", SELECTING, "select one page down", "Shift-PgDn"),
	UNLISTED("select-line-start", SELECTING, "select to the start of the line", "Shift-Home"),
	UNLISTED("select-line-end", SELECTING, "select to the end of the line", "Shift-End"),
	UNLISTED("select-text-start", SELECTING, "select to the beginning", "Ctrl-Shift-Home"),
	UNLISTED("select-text-end", SELECTING, "select to the end", "Ctrl-Shift-End"),
	UNLISTED("select-word-left", SELECTING, "select one word back", "Ctrl-Shift-Left"),
	UNLISTED("select-word-right", SELECTING, "select one word on", "Ctrl-Shift-Right"),

	VI_LISTED("undo", EDITING, "undo", "Ctrl-Z", "u"),
	VI_LISTED("redo", EDITING, "redo", "Ctrl-Y", "Ctrl-R"),
	LISTED("earlier", EDITING, "the state before in time, on any branch", "Alt-u"),
	LISTED("later", EDITING, "the state after in time, on any branch", "Alt-U"),
	LISTED("copy", EDITING, "copy the selection", "Ctrl-C"),
	LISTED("cut", EDITING, "cut the selection", "Ctrl-X"),
	VI_LISTED("paste", EDITING, "paste", "Ctrl-V", "p"),
	LISTED("replace-text", EDITING, "replace a pattern, after a look at what would change", "Ctrl-R"),
	UNLISTED("newline", EDITING, "a new line", "Enter"),
	UNLISTED("tab", EDITING, "a tab", "Tab"),
	UNLISTED("erase", EDITING, "erase the character before", "Backspace"),
	UNLISTED("erase-forward", EDITING, "erase the character after", "Del"),
	UNLISTED("erase-word", EDITING, "erase the word before", "Alt-Backspace"),
	UNLISTED("erase-word-forward", EDITING, "erase the word after", "Ctrl-Del"),
	UNLISTED("erase-line-end", EDITING, "erase to the end of the line", "Alt-k"),

	LISTED("bracket-selection", BRACKETS, "put the selected words, or the word here, in brackets",
		"Alt-b"),
	LISTED("accept", BRACKETS, "accept this bracket: its words stand", "Alt-a"),
	LISTED("delete-bracket", BRACKETS, "delete this bracket with its words", "Alt-d"),
	LISTED("propose-alternative", BRACKETS, "propose an alternative beside it", "Alt-t"),
	UNLISTED("choose-1", BRACKETS, "choose the first alternative", "Alt-1"),
	UNLISTED("choose-2", BRACKETS, "choose the second alternative", "Alt-2"),
	UNLISTED("choose-3", BRACKETS, "choose the third", "Alt-3"),
	UNLISTED("choose-4", BRACKETS, "choose the fourth", "Alt-4"),
	UNLISTED("choose-5", BRACKETS, "choose the fifth", "Alt-5"),
	UNLISTED("choose-6", BRACKETS, "choose the sixth", "Alt-6"),
	UNLISTED("choose-7", BRACKETS, "choose the seventh", "Alt-7"),
	UNLISTED("choose-8", BRACKETS, "choose the eighth", "Alt-8"),
	UNLISTED("choose-9", BRACKETS, "choose the ninth", "Alt-9"),
	LISTED("agree-toggle", BRACKETS, "agreed ad referendum, or reopen it (chair)", "Alt-g"),
	LISTED("classify-bracket", BRACKETS, "say what this bracket is: note, placeholder, choice ...",
		"Alt-c"),
	LISTED("attribute-all", BRACKETS, "write the names beside all brackets in one notation", NULL),
	LISTED("streamline-join", BRACKETS, "join alternatives here that differ in spelling alone", NULL),
	LISTED("streamline-lift", BRACKETS, "lift words common to the alternatives here", NULL),
	LISTED("streamline-fold", BRACKETS, "fold the doubled brackets here", NULL),
	LISTED("streamline-options", BRACKETS, "number the options here in order", NULL),
	LISTED("streamline-renumber", BRACKETS, "renumber the paragraphs here, and references to them", NULL),

	LISTED("object", POSITIONS, "object to this bracket, with reason and condition", "Alt-o"),
	LISTED("support", POSITIONS, "support it", "Alt-s"),
	LISTED("reserve", POSITIONS, "reserve my party's position on it", "Alt-r"),
	LISTED("accept-position", POSITIONS, "accept it, perhaps on a condition", "Alt-y"),
	LISTED("withdraw", POSITIONS, "withdraw my party's position", "Alt-w"),

	VI_LISTED("fold", FOLDING, "fold what the cursor stands in, or unfold it", "Alt-f", "za"),
	LISTED("fold-level", FOLDING, "fold all of the level that the cursor stands in", "Alt-L"),
	VI_LISTED("fold-all", FOLDING, "fold everything: what is left are the outermost headings", "Alt-F",
		"zM"),
	VI_LISTED("unfold-all", FOLDING, "unfold everything", "Alt-e", "zR"),
	VI_UNLISTED("fold-close", FOLDING, "fold what the cursor stands in", NULL, "zc"),
	VI_UNLISTED("fold-open", FOLDING, "unfold what the cursor stands in", NULL, "zo"),

	LISTED("save-revision", FILES, "save a revision with a note", "Ctrl-S"),
	LISTED("write-file", FILES, "write the file only", "Ctrl-O"),
	LISTED("write-as", FILES, "write to another file and go on there", NULL),
	LISTED("reload-file", FILES, "take the file as it is on disk", NULL),
	LISTED("open-draft", FILES, "open another draft beside this one", "Ctrl-T"),
	LISTED("next-draft", FILES, "next draft that is open", "Alt-Right"),
	LISTED("previous-draft", FILES, "previous draft that is open", "Alt-Left"),
	LISTED("close-draft", FILES, "close this draft", "Ctrl-W"),
	LISTED("quit", FILES, "quit; asks only if something would be lost", "F10 Ctrl-Q"),

	LISTED("help-pane", SHOWING, "help: every key", "F1"),
	LISTED("brackets-pane", SHOWING, "list of brackets", "F2"),
	LISTED("reading-pane", SHOWING, "read it clean, agreed, or as one party wants it", "F3"),
	LISTED("position-pane", SHOWING, "this bracket: who holds what, and why", "F4"),
	LISTED("side-down", SHOWING, "scroll the side pane on", "Alt-PgDn"),
	LISTED("side-up", SHOWING, "scroll the side pane back", "Alt-PgUp"),
	LISTED("diff-pane", SHOWING, "what changed since the last revision, or between two marked ones",
		"F5"),
	LISTED("history-pane", SHOWING, "revisions, and the curve of disputed brackets", "F6"),
	LISTED("life-pane", SHOWING, "this bracket's life: opened, reworded, chosen, by whom and when",
		"Alt-h"),
	LISTED("check-pane", SHOWING, "faults, with proposals to repair them", "F7"),
	LISTED("merge-pane", SHOWING, "places of a merge: take, combine, leave in brackets; what is unplaced",
		"F8"),
	UNLISTED("menu", SHOWING, "menu of all commands", "F9 Ctrl-K"),
	LISTED("outline-pane", SHOWING, "outline with open points a heading", "F11 Alt-l"),
	LISTED("positions-pane", SHOWING, "brackets by parties: who is for and against", "F12 Alt-v"),
	UNLISTED("leave-reading", SHOWING, "back from a reading to the draft", NULL),
	LISTED("theme", SHOWING, "colours: dark, light, colour-blind, mono", NULL),
	LISTED("redraw", SHOWING, "draw the screen anew", "Ctrl-L"),
	LISTED("suspend", SHOWING, "stop the program; fg in the shell goes on", NULL),
	{0},
};
