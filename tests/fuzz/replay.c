/*
 * Runs a fuzz target without a fuzzer, as a test: over every file of its seed
 * folder (tests/fuzz/seeds/NAME for fuzz_NAME), over its beginnings, and with
 * its bytes replaced by some that grammars care for.  TAP on
 * standard output; what goes wrong ends the program.  Arguments are files to
 * run as they are: what a fuzzer found.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED_MAX 32768
#define SEEDS_MAX 256

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A copy of exactly n bytes, so that sanitizers see what is read past it. */
static void run(const uint8_t *bytes, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);

	if (!copy)
		exit(1);
	memcpy(copy, bytes, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static size_t read_file(const char *path, uint8_t *bytes, size_t max)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f) {
		perror(path);
		exit(1);
	}
	n = fread(bytes, 1, max, f);
	fclose(f);
	return n;
}

/* Every place of a small seed, every few of a larger one: some ten thousand
 * runs take seconds under the sanitizers.  Where each run writes to a store,
 * a place takes its turn among the bytes, and is not tried with all. */
static void run_seed(uint8_t *bytes, size_t n, int is_slow)
{
	static const uint8_t nasty[] = "\0\n\"\\{[,:&*-\xff";
	const size_t all = sizeof nasty - 1;
	size_t step = n / 512 + 1;

	for (size_t i = 0; i <= n; i += is_slow ? 3 * step : step)
		run(bytes, i);
	for (size_t i = 0; i < n; i += step) {
		uint8_t old = bytes[i];

		for (size_t k = is_slow ? i % all : 0; k < all;
		     k += is_slow ? all : 1) {
			bytes[i] = nasty[k];
			run(bytes, n);
		}
		bytes[i] = old;
	}
}

static int compare(const void *va, const void *vb)
{
	return strcmp(*(char *const *)va, *(char *const *)vb);
}

/* The names in a folder, sorted; how many. */
static size_t list(const char *folder, char **names)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	size_t n = 0;

	if (!d) {
		perror(folder);
		exit(1);
	}
	while ((e = readdir(d)) && n < SEEDS_MAX)
		if (e->d_name[0] != '.')
			names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof *names, compare);
	return n;
}

static void run_seeds(const char *name)
{
	const char *srcdir = getenv("SRCDIR");
	static uint8_t bytes[SEED_MAX];
	static char *names[SEEDS_MAX];
	char path[4096];
	size_t n;

	snprintf(path, sizeof path, "%s/tests/fuzz/seeds/%s",
		 srcdir ? srcdir : ".", name);
	n = list(path, names);
	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/tests/fuzz/seeds/%s/%s",
			 srcdir ? srcdir : ".", name, names[i]);
		run_seed(bytes, read_file(path, bytes, sizeof bytes),
			 !strcmp(name, "feeds"));
		printf("ok %zu - %s\n", i + 1, names[i]);
		fflush(stdout);
		free(names[i]);
	}
}

int main(int argc, char **argv)
{
	const char *base = strrchr(argv[0], '/');
	const char *name = strstr(base ? base : argv[0], "fuzz_");
	static uint8_t bytes[1 << 24];

	for (int i = 1; i < argc; i++)
		run(bytes, read_file(argv[i], bytes, sizeof bytes));
	if (argc == 1 && name)
		run_seeds(name + strlen("fuzz_"));
	return !name;
}
