/*
 * libgit2, loaded when it is first needed (base/library.h): with the two dozen libraries behind it that takes longer
 * than all else before the first screen, and a draft outside of any repository hardly needs it.
 *
 *	git_commit_free(commit)		in libgit2's manual
 *	bk_git.commit_free(commit)	here
 *
 * All functions are there once bk_git_start has said BK_OK, which every room makes sure of before its first call,
 * and none changes after that.
 */
#ifndef BRACKED_STORE_LIBGIT2_H
#define BRACKED_STORE_LIBGIT2_H

#include <git2.h>

/* Each function of libgit2 that this floor calls, without its "git_". */
/* clang-format off */
#define BK_GIT_CALLS(CALL) \
	CALL(blob_create_from_buffer) \
	CALL(blob_free) \
	CALL(blob_lookup) \
	CALL(blob_rawcontent) \
	CALL(blob_rawsize) \
	CALL(branch_is_checked_out) \
	CALL(branch_iterator_free) \
	CALL(branch_iterator_new) \
	CALL(branch_lookup) \
	CALL(branch_name) \
	CALL(branch_next) \
	CALL(buf_dispose) \
	CALL(commit_author) \
	CALL(commit_create) \
	CALL(commit_free) \
	CALL(commit_id) \
	CALL(commit_lookup) \
	CALL(commit_message) \
	CALL(commit_parent) \
	CALL(commit_parent_id) \
	CALL(commit_parentcount) \
	CALL(commit_time) \
	CALL(commit_tree) \
	CALL(config_add_file_ondisk) \
	CALL(config_foreach) \
	CALL(config_free) \
	CALL(config_get_string_buf) \
	CALL(config_new) \
	CALL(config_open_default) \
	CALL(config_open_level) \
	CALL(config_set_string) \
	CALL(diff_find_options_init) \
	CALL(diff_find_similar) \
	CALL(diff_free) \
	CALL(diff_get_delta) \
	CALL(diff_num_deltas) \
	CALL(diff_options_init) \
	CALL(diff_tree_to_tree) \
	CALL(error_last) \
	CALL(graph_descendant_of) \
	CALL(index_add) \
	CALL(index_free) \
	CALL(index_get_bypath) \
	CALL(index_path) \
	CALL(index_read) \
	CALL(index_remove) \
	CALL(index_write) \
	CALL(libgit2_init) \
	CALL(libgit2_opts) \
	CALL(merge_base) \
	CALL(merge_base_octopus) \
	CALL(merge_file) \
	CALL(merge_file_options_init) \
	CALL(merge_file_result_free) \
	CALL(message_prettify) \
	CALL(message_trailer_array_free) \
	CALL(message_trailers) \
	CALL(object_free) \
	CALL(object_peel) \
	CALL(odb_free) \
	CALL(odb_hash) \
	CALL(odb_read_header) \
	CALL(oid_cpy) \
	CALL(oid_equal) \
	CALL(oid_fromstr) \
	CALL(oid_tostr) \
	CALL(patch_free) \
	CALL(patch_from_buffers) \
	CALL(patch_num_hunks) \
	CALL(patch_to_buf) \
	CALL(reference_create) \
	CALL(reference_create_matching) \
	CALL(reference_free) \
	CALL(reference_lookup) \
	CALL(reference_name) \
	CALL(reference_name_to_id) \
	CALL(reference_symbolic_target) \
	CALL(reference_target) \
	CALL(reference_type) \
	CALL(repository_commondir) \
	CALL(repository_config) \
	CALL(repository_discover) \
	CALL(repository_free) \
	CALL(repository_index) \
	CALL(repository_init_ext) \
	CALL(repository_init_options_init) \
	CALL(repository_is_bare) \
	CALL(repository_is_shallow) \
	CALL(repository_odb) \
	CALL(repository_open_ext) \
	CALL(repository_path) \
	CALL(repository_state) \
	CALL(repository_workdir) \
	CALL(revparse_single) \
	CALL(revwalk_free) \
	CALL(revwalk_new) \
	CALL(revwalk_next) \
	CALL(revwalk_push) \
	CALL(revwalk_sorting) \
	CALL(signature_default) \
	CALL(signature_free) \
	CALL(signature_new) \
	CALL(strarray_dispose) \
	CALL(tag_create) \
	CALL(tag_free) \
	CALL(tag_list) \
	CALL(tag_lookup) \
	CALL(tag_message) \
	CALL(tag_target_id) \
	CALL(tag_target_type) \
	CALL(tree_create_updated) \
	CALL(tree_entry_bypath) \
	CALL(tree_entry_filemode) \
	CALL(tree_entry_free) \
	CALL(tree_entry_id) \
	CALL(tree_free) \
	CALL(tree_id) \
	CALL(tree_lookup)
/* clang-format on */

struct bk_git_calls {
#define CALL(name) __typeof__(git_##name) *name;
	BK_GIT_CALLS(CALL)
#undef CALL
};

extern struct bk_git_calls bk_git;

/* Load the library, once in the life of the program, and start it with the options that durable saving
 * wants.  Any thread may call this.  BK_EGIT where it is not installed. */
int bk_git_start(void);

#endif
