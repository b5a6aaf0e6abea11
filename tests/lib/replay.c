/*
 * Runs a fuzz target over kept inputs, without any fuzzer: each argument is a file, or a folder whose files
 * are taken in order of name.  A fault shows as it does under the fuzzer, by an abort.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = NULL;
	long size = -1;

	if (file && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (size >= 0)
		bytes = malloc((size_t)size + 1);
	if (!bytes || fseek(file, 0, SEEK_SET) != 0 || fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		fprintf(stderr, "cannot read '%s'\n", path);
		exit(1);
	}
	fclose(file);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(bytes, (size_t)size);
	free(bytes);
	return 1;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int run_folder(const char *folder)
{
	struct dirent **entries;
	const int count = scandir(folder, &entries, is_shown, alphasort);
	int run = 0;

	if (count < 0) {
		fprintf(stderr, "cannot read the folder '%s'\n", folder);
		exit(1);
	}
	for (int i = 0; i < count; i++) {
		char path[4096];
		struct stat info;

		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
			run += run_file(path);
		free(entries[i]);
	}
	free(entries);
	return run;
}

int main(int argc, char **argv)
{
	struct stat info;
	int run = 0;

	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &info) < 0) {
			fprintf(stderr, "no such input '%s'\n", argv[i]);
			return 1;
		}
		run += S_ISDIR(info.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
	}
	printf("%d inputs\n", run);
	return run ? 0 : 1;
}
