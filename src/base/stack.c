#include "base/stack.h"

#include "base/error.h"
#include "base/thread.h"

#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

struct call {
	int (*run)(void *context);
	void *context;
	int returned;
};

/* What a new stack begins with: makecontext hands on no pointer. */
static struct call *begun;

static void begin(void)
{
	begun->returned = begun->run(begun->context);
}

static bool is_limited(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < BK_THREAD_STACK;
}

/* Its lowest page is not to be written: a stack that is used up ends there. */
static void *map_stack(size_t guard)
{
	void *stack = mmap(NULL, BK_THREAD_STACK, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

	if (stack != MAP_FAILED && mprotect(stack, guard, PROT_NONE) == 0)
		return stack;
	if (stack != MAP_FAILED)
		munmap(stack, BK_THREAD_STACK);
	return NULL;
}

static int run_on(void *stack, struct call *call)
{
	ucontext_t here, there;

	if (getcontext(&there) < 0)
		return bk_fail_memory();
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = BK_THREAD_STACK;
	there.uc_link = &here;
	makecontext(&there, begin, 0);
	begun = call;
	return swapcontext(&here, &there) < 0 ? bk_fail_memory() : BK_OK;
}

int bk_stack_run(int (*run)(void *context), void *context, int *returned)
{
	struct call call = {run, context, 0};
	void *stack;
	int status;

	if (!is_limited()) {
		*returned = run(context);
		return BK_OK;
	}
	stack = map_stack((size_t)sysconf(_SC_PAGESIZE));
	if (!stack)
		return bk_fail_memory();
	status = run_on(stack, &call);
	munmap(stack, BK_THREAD_STACK);
	if (status == BK_OK)
		*returned = call.returned;
	return status;
}
