/*
 * Temporary files of saves: their names, and taking away those that nobody will finish.
 *
 *	.bracked-HOST-PROCESS-RANDOM     hexadecimal: the hash of the host's name, the process, and of 32 bits the
 *	                                 upper half that of who numbers processes, the lower half by chance
 *
 * A file is taken away if and only if its name is of this form and names this host, it is a regular file of
 * ours with one name, no process of that number is there, and it was this start of this machine that gave the
 * number, or nothing was written to the file for ten minutes.  The ten minutes are for a folder shared by machines
 * or containers that go by one name.
 */
#include "base/hash.h"
#include "base/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static const char prefix[] = ".bracked-";
enum { OLD = 600 /* seconds */ };

static uint32_t this_host(void)
{
	char name[256] = "";

	/* A name that cannot be had is the same name each time. */
	if (gethostname(name, sizeof name - 1) < 0)
		name[0] = '\0';
	return (uint32_t)bk_hash(name, strlen(name));
}

/* Of this start of the machine and its numbering of processes; 0 where neither can be had. */
static uint32_t this_numbering(void)
{
	char words[128] = "";
	struct stat about;
	size_t len = 0;
	const int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	if (file >= 0) {
		const ssize_t got = read(file, words, 64);

		len = got > 0 ? (size_t)got : 0;
		close(file);
	}
	if (stat("/proc/self/ns/pid", &about) < 0 || len == 0)
		return 0;
	len += (size_t)snprintf(words + len, sizeof words - len, "%ju", (uintmax_t)about.st_ino);
	return (uint32_t)bk_hash(words, len) & 0xffff0000;
}

int bk_temporary_name(char out[BK_TEMPORARY_NAME])
{
	uint32_t random;

	if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
		return -1;
	random = this_numbering() | (random & 0xffff);
	snprintf(out, BK_TEMPORARY_NAME, "%s%08" PRIx32 "-%08" PRIx32 "-%08" PRIx32, prefix, this_host(),
		(uint32_t)getpid(), random);
	return 0;
}

/* The process that a name of this host names, and who numbered it; 0 for any other name. */
static pid_t process_of(const char *name, uint32_t *numbering)
{
	uint32_t host, process, random;
	char again[BK_TEMPORARY_NAME];

	if (strncmp(name, prefix, sizeof prefix - 1) != 0 ||
		sscanf(name + sizeof prefix - 1, "%8" SCNx32 "-%8" SCNx32 "-%8" SCNx32, &host, &process,
			&random) != 3)
		return 0;
	snprintf(again, sizeof again, "%s%08" PRIx32 "-%08" PRIx32 "-%08" PRIx32, prefix, host, process,
		random);
	if (strcmp(name, again) != 0 || host != this_host() || process > INT32_MAX)
		return 0;
	*numbering = random & 0xffff0000;
	return (pid_t)process;
}

static bool is_stale(int folder, const char *name)
{
	uint32_t numbering = 0;
	const pid_t process = process_of(name, &numbering);
	struct stat about;

	if (process <= 0 || kill(process, 0) == 0 || errno != ESRCH)
		return false;
	if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(about.st_mode) ||
		about.st_uid != geteuid() || about.st_nlink != 1)
		return false;
	return (numbering != 0 && numbering == this_numbering()) || time(NULL) - about.st_mtime >= OLD;
}

void bk_temporary_sweep(int folder)
{
	const int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = again >= 0 ? fdopendir(again) : NULL;

	/* What cannot be looked through or taken away stays for another time: it hurts nobody. */
	if (!entries) {
		if (again >= 0)
			close(again);
		return;
	}
	for (const struct dirent *entry; (entry = readdir(entries));)
		if (is_stale(folder, entry->d_name))
			unlinkat(folder, entry->d_name, 0);
	closedir(entries);
}

void bk_file_sweep(const char *path)
{
	const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return;
	bk_temporary_sweep(folder);
	close(folder);
}
