/* The commands of the command line, in the order of help. */
#include "app/command.h"

extern const struct bk_command bk_cmd_edit, bk_cmd_demo;
extern const struct bk_command bk_cmd_check, bk_cmd_list, bk_cmd_stat, bk_cmd_read, bk_cmd_outline,
	bk_cmd_find;
extern const struct bk_command bk_cmd_repair, bk_cmd_resolve, bk_cmd_bracket, bk_cmd_propose, bk_cmd_classify,
	bk_cmd_attribute, bk_cmd_streamline;
extern const struct bk_command bk_cmd_position, bk_cmd_positions, bk_cmd_parties, bk_cmd_agree, bk_cmd_reopen;
extern const struct bk_command bk_cmd_init, bk_cmd_save, bk_cmd_log, bk_cmd_restore, bk_cmd_freeze;
extern const struct bk_command bk_cmd_diff, bk_cmd_gavel, bk_cmd_history, bk_cmd_blame, bk_cmd_trace;
extern const struct bk_command bk_cmd_merge, bk_cmd_recover;
extern const struct bk_command bk_cmd_diff_driver, bk_cmd_merge_driver, bk_cmd_textconv;
extern const struct bk_command bk_cmd_doctor, bk_cmd_completion;

const struct bk_command *const bk_commands[] = {
	&bk_cmd_edit,
	&bk_cmd_demo,
	&bk_cmd_check,
	&bk_cmd_list,
	&bk_cmd_stat,
	&bk_cmd_read,
	&bk_cmd_outline,
	&bk_cmd_find,
	&bk_cmd_repair,
	&bk_cmd_resolve,
	&bk_cmd_bracket,
	&bk_cmd_propose,
	&bk_cmd_classify,
	&bk_cmd_attribute,
	&bk_cmd_streamline,
	&bk_cmd_position,
	&bk_cmd_positions,
	&bk_cmd_parties,
	&bk_cmd_agree,
	&bk_cmd_reopen,
	&bk_cmd_diff,
	&bk_cmd_gavel,
	&bk_cmd_history,
	&bk_cmd_blame,
	&bk_cmd_trace,
	&bk_cmd_merge,
	&bk_cmd_recover,
	&bk_cmd_init,
	&bk_cmd_save,
	&bk_cmd_log,
	&bk_cmd_restore,
	&bk_cmd_freeze,
	&bk_cmd_diff_driver,
	&bk_cmd_merge_driver,
	&bk_cmd_textconv,
	&bk_cmd_doctor,
	&bk_cmd_completion,
	NULL,
};
