/* A store of its own for a fuzz target, which goes when it ends. */
#ifndef TESTS_FUZZ_STORE_H
#define TESTS_FUZZ_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

static char fuzz_store_path[] = "/tmp/fuzz-store-XXXXXX";
static struct store *fuzz_store;

static inline void fuzz_store_clean(void)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char path[sizeof fuzz_store_path + 4];

	store_close(fuzz_store);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(path, sizeof path, "%s%s", fuzz_store_path, ends[i]);
		unlink(path);
	}
}

/* Opens it; false when it was open already.  What is wrong goes to `ds`, which
 * must outlive it. */
static inline bool fuzz_store_open(struct diags *ds)
{
	int fd;

	if (fuzz_store)
		return false;
	fd = mkstemp(fuzz_store_path);
	if (fd < 0 || close(fd) ||
	    store_open(fuzz_store_path, DB_WRITE, ds, &fuzz_store))
		abort();
	atexit(fuzz_store_clean);
	return true;
}

#endif
