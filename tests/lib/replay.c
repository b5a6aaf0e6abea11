/*
 * Runs a fuzz target without any fuzzer: over kept inputs (each argument is a file, or a folder whose files
 * are taken in order of name), then over random changes of them for a second.  A fault shows as it does under
 * the fuzzer, by an abort; the input that caused it stays in the file "failed-input" of the working folder.
 *
 * BRACKED_SEED sets the seed of the changes (1), BRACKED_SECONDS how long they go on (1).
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_INPUTS = 4096, MAX_CHANGED = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Of the sanitizers, where the program has them. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

struct input {
	uint8_t *bytes;
	size_t size;
};

static struct input inputs[MAX_INPUTS];
static size_t count;
static const uint8_t *running; /* what the target is given now */
static size_t running_size;

/* ---- Keeping what fails ---- */

static void keep(void)
{
	static const char words[] = "the input is kept in failed-input\n";
	const int file = open("failed-input", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (file < 0 || write(file, running, running_size) < 0 || write(2, words, sizeof words - 1) < 0)
		return;
	close(file);
}

static void die(int number)
{
	keep();
	signal(number, SIG_DFL);
	raise(number);
}

static void watch(void)
{
	static const int numbers[] = {SIGABRT, SIGFPE, SIGILL, SIGALRM};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		signal(numbers[i], die);
	if (__sanitizer_set_death_callback) {
		__sanitizer_set_death_callback(keep);
		return;
	}
	signal(SIGSEGV, die);
	signal(SIGBUS, die);
}

/* One input; a minute is more than any may take. */
static void run(const uint8_t *bytes, size_t size)
{
	running = bytes;
	running_size = size;
	alarm(60);
	LLVMFuzzerTestOneInput(bytes, size);
	alarm(0);
}

/* ---- Kept inputs ---- */

static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = NULL;
	long size = -1;

	if (file && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (size >= 0)
		bytes = malloc((size_t)size + 1);
	if (!bytes || count == MAX_INPUTS || fseek(file, 0, SEEK_SET) != 0 ||
		fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		fprintf(stderr, "cannot read '%s'\n", path);
		exit(1);
	}
	fclose(file);
	fprintf(stderr, "%s\n", path);
	run(bytes, (size_t)size);
	inputs[count++] = (struct input){bytes, (size_t)size};
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_folder(const char *folder)
{
	struct dirent **entries;
	const int found = scandir(folder, &entries, is_shown, alphasort);

	if (found < 0) {
		fprintf(stderr, "cannot read the folder '%s'\n", folder);
		exit(1);
	}
	for (int i = 0; i < found; i++) {
		char path[4096];
		struct stat info;

		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
			run_file(path);
		free(entries[i]);
	}
	free(entries);
}

/* ---- Random changes of them ---- */

static uint64_t drawn;

/* splitmix64, Steele, Lea and Flood 2014. */
static size_t draw(size_t below)
{
	uint64_t z = drawn += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	z ^= z >> 31;
	return below ? (size_t)(z % below) : 0;
}

/* A copy of one input, with a few bytes flipped, cut out, or taken from another input. */
static size_t change(uint8_t *out)
{
	const struct input *input = &inputs[draw(count)];
	size_t size = input->size < MAX_CHANGED ? input->size : MAX_CHANGED;

	memcpy(out, input->bytes, size);
	for (size_t turns = 1 + draw(8); turns && size; turns--) {
		const struct input *other = &inputs[draw(count)];
		const size_t at = draw(size), from = draw(other->size);
		size_t len = 1 + draw(16);

		if (len > size - at)
			len = size - at;
		if (draw(4) == 0) {
			memmove(out + at, out + at + len, size - at - len);
			size -= len;
		} else if (draw(2) == 0 && other->size) {
			len = len < other->size - from ? len : other->size - from;
			memcpy(out + at, other->bytes + from, len);
		} else {
			out[at] ^= (uint8_t)(1u << draw(8));
		}
	}
	return size;
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t run_changes(void)
{
	const char *seed = getenv("BRACKED_SEED");
	const char *seconds = getenv("BRACKED_SECONDS");
	const double end = seconds_now() + (seconds ? strtod(seconds, NULL) : 1);
	uint8_t *bytes = malloc(MAX_CHANGED);
	size_t done = 0;

	if (!bytes)
		return 0;
	drawn = seed ? strtoull(seed, NULL, 10) : 1;
	printf("seed %llu\n", (unsigned long long)drawn);
	fflush(stdout);
	for (; seconds_now() < end; done++) {
		const size_t size = change(bytes);

		/* A block of its own size, so that a step past its end is seen. */
		uint8_t *exact = malloc(size ? size : 1);

		if (!exact)
			break;
		memcpy(exact, bytes, size);
		run(exact, size);
		free(exact);
	}
	free(bytes);
	return done;
}

int main(int argc, char **argv)
{
	struct stat info;

	watch();
	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &info) < 0) {
			fprintf(stderr, "no such input '%s'\n", argv[i]);
			return 1;
		}
		if (S_ISDIR(info.st_mode))
			run_folder(argv[i]);
		else
			run_file(argv[i]);
	}
	if (!count)
		return 1;
	printf("%zu inputs, ", count);
	printf("%zu changed\n", run_changes());
	for (size_t i = 0; i < count; i++)
		free(inputs[i].bytes);
	return 0;
}
