/* Notes of revisions under way, and clearing the locks of those who were killed. */
#include "store/claim.h"
#include "base/error.h"
#include "base/str.h"
#include "store/index.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PREFIX "bracked-saving."

enum {
	MOMENT = 2, /* seconds from the note to a lock of the same process, and until a lock is old */
	NOTE = 2048,
};

struct note {
	char host[256], machine[128], ref[BK_REF_MAX];
	char revision[41]; /* "" when none was noted */
	long process;
	long long start; /* of the process, in the kernel's ticks */
};

/* ---- Who we are -------------------------------------------------------------------------------------- */

/* The beginning of a small file; empty when it cannot be read. */
static void read_some(const char *path, char *out, size_t size)
{
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	const ssize_t len = file < 0 ? -1 : read(file, out, size - 1);

	out[len > 0 ? len : 0] = '\0';
	if (file >= 0)
		close(file);
}

/* When a process began; -1 when there is none, or the system does not tell. */
static long long start_of(long process)
{
	char path[64], bytes[1024];
	const char *at;
	long long start;

	snprintf(path, sizeof path, "/proc/%ld/stat", process);
	read_some(path, bytes, sizeof bytes);
	at = strrchr(bytes, ')'); /* a name may hold blanks and brackets */
	if (!at ||
		sscanf(at + 1,
			" %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lld",
			&start) != 1)
		return -1;
	return start;
}

/* The boot of this system, and what numbers its processes. */
static void fill_machine(char out[128])
{
	char boot[48], space[48];
	const ssize_t len = readlink("/proc/self/ns/pid", space, sizeof space - 1);

	read_some("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
	boot[strcspn(boot, "\n")] = '\0';
	space[len > 0 ? len : 0] = '\0';
	snprintf(out, 128, "%s/%s", boot, space);
}

static void fill_self(struct note *note)
{
	if (gethostname(note->host, sizeof note->host) < 0)
		note->host[0] = '\0';
	note->host[sizeof note->host - 1] = '\0';
	fill_machine(note->machine);
	note->process = (long)getpid();
	note->start = start_of(note->process);
}

/* Surely gone: of this host, and of an earlier boot or with a number that nobody has, or another. */
static bool is_gone(const struct note *note, const struct note *self)
{
	const size_t boot = strcspn(self->machine, "/");

	if (!*self->host || boot == 0 || strcmp(note->host, self->host) != 0)
		return false;
	if (strncmp(note->machine, self->machine, boot + 1) != 0)
		return true;
	if (strcmp(note->machine, self->machine) != 0)
		return false; /* of another container, whose processes cannot be seen */
	if (kill((pid_t)note->process, 0) < 0 && errno == ESRCH)
		return true;
	return note->start >= 0 && self->start >= 0 && start_of(note->process) != note->start;
}

/* ---- The note ---------------------------------------------------------------------------------------- */

static int write_note(struct bk_claim *claim, const struct note *self, const char *ref)
{
	char bytes[NOTE];
	const int len = snprintf(bytes, sizeof bytes, "bracked-saving\n%s\n%s\n%ld\n%lld\n%s\n", self->host,
		self->machine, self->process, self->start, ref);
	const ssize_t written = write(claim->file, bytes, (size_t)len);

	claim->len = (size_t)len;
	if (written == len && fsync(claim->file) == 0)
		return BK_OK;
	bk_fail_errno(written >= 0 && written < len ? ENOSPC : errno, "writing", claim->path);
	bk_claim_give(claim);
	return BK_EIO;
}

int bk_claim_take(struct bk_claim *claim, const struct bk_repository *repository, const char *ref)
{
	struct note self = {0};

	fill_self(&self);
	snprintf(claim->path, sizeof claim->path, "%s" PREFIX "%ld", bk_git.repository_path(repository->git),
		self.process);
	claim->file = open(claim->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (claim->file < 0)
		return errno == EEXIST ? BK_OK : bk_fail_errno(errno, "making", claim->path);
	return write_note(claim, &self, ref);
}

/* Not synced: after a power cut nobody can say more of the index than without a note. */
int bk_claim_name(const struct bk_claim *claim, const git_oid *revision)
{
	char bytes[41];
	ssize_t written;

	if (claim->file < 0)
		return BK_OK;
	bk_git.oid_tostr(bytes, sizeof bytes, revision);
	bytes[40] = '\n';
	written = pwrite(claim->file, bytes, sizeof bytes, (off_t)claim->len);
	return written == sizeof bytes ? BK_OK
				       : bk_fail_errno(written < 0 ? errno : ENOSPC, "writing", claim->path);
}

void bk_claim_touch(const struct bk_claim *claim)
{
	if (claim->file >= 0)
		futimens(claim->file, NULL);
}

void bk_claim_give(struct bk_claim *claim)
{
	if (claim->file < 0)
		return;
	unlink(claim->path);
	close(claim->file);
	claim->file = -1;
}

/* ---- What others left -------------------------------------------------------------------------------- */

static bool read_note(const char *path, struct note *note, struct stat *about)
{
	char bytes[NOTE];

	if (lstat(path, about) < 0 || !S_ISREG(about->st_mode) || about->st_uid != geteuid())
		return false;
	read_some(path, bytes, sizeof bytes);
	note->revision[0] = '\0';
	return sscanf(bytes, "bracked-saving\n%255[^\n]\n%127[^\n]\n%ld\n%lld\n%1023[^\n]\n%40[0-9a-f]",
		       note->host, note->machine, &note->process, &note->start, note->ref,
		       note->revision) >= 5 &&
	       note->process > 0;
}

/* A note is made by whoever writes into the folder: no name in it leads out of the refs. */
static bool is_ref(const char *ref)
{
	return strcmp(ref, "HEAD") == 0 ||
	       (bk_str_starts(bk_str_of(ref), BK_STR("refs/")) && bk_git_check_name(ref) == BK_OK);
}

static double seconds(struct timespec time)
{
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A lock made within a moment after the note, of our own; one that is young is waited for, as it may go. */
static void clear_lock(const char *path, double noted)
{
	static const struct timespec nap = {.tv_nsec = 50000000};

	for (int i = 0; i < MOMENT * 20 + 20; i++) {
		struct stat about;
		struct timespec now;

		if (lstat(path, &about) < 0 || !S_ISREG(about.st_mode) || about.st_uid != geteuid() ||
			seconds(about.st_mtim) < noted || seconds(about.st_mtim) > noted + MOMENT)
			return;
		clock_gettime(CLOCK_REALTIME, &now);
		if (seconds(now) >= seconds(about.st_mtim) + MOMENT) {
			unlink(path);
			return;
		}
		nanosleep(&nap, NULL);
	}
}

static void clear_locks(const struct bk_repository *repository, const struct note *note, double noted)
{
	const char *folder = bk_git.repository_path(repository->git);
	const char *common = bk_git.repository_commondir(repository->git);
	char path[4096 + sizeof note->ref];

	snprintf(path, sizeof path, "%s" BK_INDEX_LOCK, folder);
	clear_lock(path, noted);
	snprintf(path, sizeof path, "%s%s.lock", strcmp(note->ref, "HEAD") == 0 ? folder : common, note->ref);
	clear_lock(path, noted);
}

/* The notes of those who were killed, one after the other. */
struct search {
	DIR *entries;
	struct note self, note;
	char path[4096];
	double noted;
};

static bool begin_search(struct search *search, const struct bk_repository *repository)
{
	search->entries = opendir(bk_git.repository_path(repository->git));
	if (search->entries)
		fill_self(&search->self);
	return search->entries != NULL;
}

static bool next_note(struct search *search, const struct bk_repository *repository)
{
	const char *const folder = bk_git.repository_path(repository->git);
	struct dirent *entry;

	while ((entry = readdir(search->entries))) {
		struct stat about;

		if (strncmp(entry->d_name, PREFIX, sizeof PREFIX - 1) != 0)
			continue;
		snprintf(search->path, sizeof search->path, "%s%s", folder, entry->d_name);
		if (!read_note(search->path, &search->note, &about) ||
			!is_gone(&search->note, &search->self) || !is_ref(search->note.ref))
			continue;
		search->noted = seconds(about.st_mtim);
		return true;
	}
	return false;
}

void bk_claims_clear(const struct bk_repository *repository)
{
	struct search search = {.entries = NULL};

	if (!begin_search(&search, repository))
		return;
	while (next_note(&search, repository)) {
		clear_locks(repository, &search.note, search.noted);
		unlink(search.path);
	}
	closedir(search.entries);
}

bool bk_claims_have(const struct bk_repository *repository, const char *ref, const git_oid *revision)
{
	struct search search = {.entries = NULL};
	char id[41];
	bool have = false;

	if (!begin_search(&search, repository))
		return false;
	bk_git.oid_tostr(id, sizeof id, revision);
	while (!have && next_note(&search, repository))
		have = strcmp(search.note.ref, ref) == 0 && strcmp(search.note.revision, id) == 0;
	closedir(search.entries);
	return have;
}
