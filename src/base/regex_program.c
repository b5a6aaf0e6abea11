/* Patterns compiled, with memory of their own. */
#include "base/regex_program.h"
#include "base/alloc.h"
#include "base/error.h"

#define PATTERN_LIMIT 65536
#define JIT_RESERVE   ((size_t)1 << 20)

static void *take_reserve(struct bk_regex_reserve *reserve, size_t size)
{
	void *out = NULL;

	size = (size + 15) & ~(size_t)15;
	if (reserve->bytes && size <= JIT_RESERVE - reserve->used) {
		out = reserve->bytes + reserve->used;
		reserve->used += size;
	}
	return out;
}

static void *take_memory(PCRE2_SIZE size, void *context)
{
	struct bk_regex_program *program = context;
	void *out = bk_malloc(size);

	return out ? out : take_reserve(&program->reserve, size);
}

static void give_memory(void *ptr, void *context)
{
	const struct bk_regex_program *program = context;
	const char *bytes = program->reserve.bytes;

	if (!bytes || (char *)ptr < bytes || (char *)ptr >= bytes + JIT_RESERVE)
		bk_free(ptr);
}

void bk_regex_program_free(struct bk_regex_program *program)
{
	if (!program)
		return;
	pcre2_code_free(program->code);
	pcre2_general_context_free(program->memory);
	bk_free(program);
}

int bk_regex_program_new(struct bk_regex_program **out, struct bk_str pattern, uint32_t options)
{
	struct bk_regex_program *program = bk_calloc(1, sizeof *program);
	pcre2_compile_context *context;
	PCRE2_UCHAR words[256];
	PCRE2_SIZE offset = 0;
	int code = 0;

	if (!program)
		return bk_fail_memory();
	program->memory = pcre2_general_context_create(take_memory, give_memory, program);
	context = program->memory ? pcre2_compile_context_create(program->memory) : NULL;
	if (context) {
		pcre2_set_max_pattern_length(context, PATTERN_LIMIT);
		program->code = pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.ptr : ""), pattern.len,
			options, &code, &offset, context);
		pcre2_compile_context_free(context);
	}
	if (program->code) {
		*out = program;
		return BK_OK;
	}
	bk_regex_program_free(program);
	if (!context || code == PCRE2_ERROR_HEAP_FAILED)
		return bk_fail_memory();
	pcre2_get_error_message(code, words, sizeof words);
	return bk_fail(BK_EINVAL, "pattern '%.*s': at byte %zu: %s", (int)(pattern.len & 0xFFFF),
		pattern.len ? pattern.ptr : "", offset, (const char *)words);
}

int bk_regex_program_quicken(struct bk_regex_program *program)
{
	struct bk_regex_reserve *reserve = &program->reserve;
	int status;

	reserve->bytes = bk_malloc(JIT_RESERVE);
	if (!reserve->bytes)
		return BK_ENOMEM;
	reserve->used = 0;
	status = pcre2_jit_compile(program->code, PCRE2_JIT_COMPLETE) == 0 ? BK_OK : BK_ENOTFOUND;
	if (reserve->used) {
		status = BK_ENOMEM;
		pcre2_code_free(program->code);
		program->code = NULL;
	}
	bk_free(reserve->bytes);
	reserve->bytes = NULL;
	return status;
}
