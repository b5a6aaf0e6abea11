/* Leases on mapped files: see lease.h. */
#include "base/lease.h"

#include "base/alloc.h"
#include "base/thread.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* The kernel waits 45 seconds by default; memory may be had again before that. */
enum { TRIES = 400, BETWEEN_TRIES_MS = 100 };

struct bk_lease {
	pthread_t thread;
	pthread_mutex_t mutex; /* over all below */
	pthread_cond_t changed;
	pid_t watcher; /* the thread as the kernel knows it; 0 until it runs */
	bool ending;
	int descriptor; /* our own; -1 when the lease has been given back */
	void *map;	/* NULL until covered */
	size_t size;
	struct bk_lease *next;
};

static pthread_mutex_t all_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct bk_lease *all;

/* The kernel sends it to the watching thread alone, which blocks it and waits for it: no handler is needed. */
static int signal_number(void)
{
	return SIGRTMIN + 5;
}

/* ---- Copying ------------------------------------------------------------------------------------- */

/* The bytes move into memory of our own, at the address where they are. */
static bool copy_bytes(const struct bk_lease *lease)
{
	void *copy = mmap(NULL, lease->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (copy == MAP_FAILED)
		return false;
	memcpy(copy, lease->map, lease->size);
	if (mprotect(copy, lease->size, PROT_READ) == 0 &&
		mremap(copy, lease->size, lease->size, MREMAP_MAYMOVE | MREMAP_FIXED, lease->map) !=
			MAP_FAILED)
		return true;
	munmap(copy, lease->size);
	return false;
}

static void give_back(struct bk_lease *lease)
{
	if (lease->descriptor < 0)
		return;
	fcntl(lease->descriptor, F_SETLEASE, F_UNLCK);
	close(lease->descriptor);
	lease->descriptor = -1;
}

/* True when there is nothing left to do. */
static bool settle(struct bk_lease *lease)
{
	bool done;

	pthread_mutex_lock(&lease->mutex);
	while (!lease->map && !lease->ending)
		pthread_cond_wait(&lease->changed, &lease->mutex);
	done = lease->ending || lease->descriptor < 0 || copy_bytes(lease);
	if (done)
		give_back(lease);
	pthread_mutex_unlock(&lease->mutex);
	return done;
}

static void *watch(void *context)
{
	static const struct timespec pause = {.tv_nsec = BETWEEN_TRIES_MS * 1000000L};
	struct bk_lease *lease = context;
	sigset_t awaited;
	int number;

	sigemptyset(&awaited);
	sigaddset(&awaited, signal_number());
	pthread_mutex_lock(&lease->mutex);
	lease->watcher = gettid();
	pthread_cond_broadcast(&lease->changed);
	pthread_mutex_unlock(&lease->mutex);
	while (sigwait(&awaited, &number) != 0)
		;
	for (int tries = 0; tries < TRIES && !settle(lease); tries++)
		nanosleep(&pause, NULL);
	return NULL;
}

/* ---- Taking and giving back ---------------------------------------------------------------------- */

static bool start_thread(struct bk_lease *lease)
{
	if (!bk_thread_start(&lease->thread, watch, lease))
		return false;
	pthread_mutex_lock(&lease->mutex);
	while (lease->watcher == 0)
		pthread_cond_wait(&lease->changed, &lease->mutex);
	pthread_mutex_unlock(&lease->mutex);
	return true;
}

static void stop_thread(struct bk_lease *lease)
{
	pthread_mutex_lock(&lease->mutex);
	give_back(lease);
	lease->ending = true;
	pthread_cond_broadcast(&lease->changed);
	pthread_mutex_unlock(&lease->mutex);
	pthread_kill(lease->thread, signal_number());
	pthread_join(lease->thread, NULL);
}

static bool take(const struct bk_lease *lease)
{
	const struct f_owner_ex owner = {.type = F_OWNER_TID, .pid = lease->watcher};

	return fcntl(lease->descriptor, F_SETSIG, signal_number()) == 0 &&
	       fcntl(lease->descriptor, F_SETOWN_EX, &owner) == 0 &&
	       fcntl(lease->descriptor, F_SETLEASE, F_RDLCK) == 0;
}

static void release(struct bk_lease *lease)
{
	if (lease->descriptor >= 0)
		close(lease->descriptor);
	pthread_cond_destroy(&lease->changed);
	pthread_mutex_destroy(&lease->mutex);
	bk_free(lease);
}

bk_lease *bk_lease_new(int descriptor)
{
	struct bk_lease *lease = bk_calloc(1, sizeof *lease);

	if (!lease)
		return NULL;
	pthread_mutex_init(&lease->mutex, NULL);
	pthread_cond_init(&lease->changed, NULL);
	lease->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	if (lease->descriptor < 0 || !start_thread(lease)) {
		release(lease);
		return NULL;
	}
	if (!take(lease)) {
		stop_thread(lease);
		release(lease);
		return NULL;
	}
	pthread_mutex_lock(&all_mutex);
	lease->next = all;
	all = lease;
	pthread_mutex_unlock(&all_mutex);
	return lease;
}

void bk_lease_cover(bk_lease *lease, void *map, size_t size)
{
	pthread_mutex_lock(&lease->mutex);
	lease->map = map;
	lease->size = size;
	pthread_cond_broadcast(&lease->changed);
	pthread_mutex_unlock(&lease->mutex);
}

void bk_lease_free(bk_lease *lease)
{
	if (!lease)
		return;
	pthread_mutex_lock(&all_mutex);
	for (struct bk_lease **at = &all; *at; at = &(*at)->next)
		if (*at == lease) {
			*at = lease->next;
			break;
		}
	pthread_mutex_unlock(&all_mutex);
	stop_thread(lease);
	release(lease);
}

void bk_lease_settle(void)
{
	pthread_mutex_lock(&all_mutex);
	for (struct bk_lease *lease = all; lease; lease = lease->next)
		settle(lease);
	pthread_mutex_unlock(&all_mutex);
}
