/*
 * A temporary folder for tests that need files: made before each test, the
 * working directory while it runs, removed after it.
 */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char folder_path[64];
static uid_t folder_uid;

static inline int folder_setup(void **state)
{
	(void)state;
	snprintf(folder_path, sizeof folder_path, "/tmp/rw-unit-XXXXXX");
	folder_uid = geteuid();
	return !mkdtemp(folder_path) || chmod(folder_path, 0777) ||
	       chdir(folder_path);
}

static inline int folder_remove(const char *path, const struct stat *st,
				int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static inline int folder_teardown(void **state)
{
	(void)state;
	return seteuid(folder_uid) || chdir("/") ||
	       nftw(folder_path, folder_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* Gives up the rights of root, who can read everything. */
static inline void folder_be_nobody(void)
{
	if (folder_uid == 0)
		assert_int_equal(seteuid(65534), 0);
}

/* Makes a file; a name that ends in '/' makes a folder. */
static inline void folder_add(const char *name, const char *text)
{
	size_t n = strlen(name);
	FILE *f;

	if (n && name[n - 1] == '/') {
		assert_int_equal(mkdir(name, 0777), 0);
		return;
	}
	f = fopen(name, "wb");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

#endif
