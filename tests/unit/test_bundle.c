/* The table of bundled files: order, look-up, and bytes as in the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/bundle.h"

static void test_names_are_sorted_and_found(void **state)
{
	const struct bundle_file *all;
	size_t n = bundle_list("", &all);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		if (i)
			assert_true(strcmp(all[i - 1].path, all[i].path) < 0);
		assert_ptr_equal(bundle_find(all[i].path), &all[i]);
	}
}

static void test_prefix_selects_a_folder(void **state)
{
	const struct bundle_file *all, *seed, *none;
	size_t n = bundle_list("", &all);
	size_t seeds = bundle_list("seed/", &seed), want = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		want += !strncmp(all[i].path, "seed/", 5);
	assert_int_equal(seeds, want);
	if (seeds)
		assert_int_equal(strncmp(seed->path, "seed/", 5), 0);
	assert_int_equal(bundle_list("no such folder/", &none), 0);
	assert_null(none);
}

static void test_unknown_names(void **state)
{
	(void)state;
	assert_null(bundle_find(""));
	assert_null(bundle_find("seed"));
	assert_null(bundle_find("seed/"));
	assert_null(bundle_find("~~~"));
}

/* The embedded bytes of f are those of the file in the source tree. */
static void same_as_source(const struct bundle_file *f, const char *srcdir)
{
	const char *sub = !strncmp(f->path, "seed/", 5) ? "feeds/"
			  : !strncmp(f->path, "report/", 7) ? "scanner/"
			  : "";
	char name[4096];
	FILE *in;

	snprintf(name, sizeof(name), "%s/%s%s", srcdir, sub, f->path);
	in = fopen(name, "rb");
	assert_non_null(in);
	for (size_t i = 0; i < f->size; i++)
		assert_int_equal(f->data[i], getc(in));
	assert_int_equal(getc(in), EOF);
	assert_int_equal(f->data[f->size], 0);
	fclose(in);
}

static void test_bytes_are_the_files(void **state)
{
	const char *srcdir = getenv("SRCDIR");
	const struct bundle_file *all;
	size_t n = bundle_list("", &all);

	(void)state;
	if (!srcdir)
		skip();
	for (size_t i = 0; i < n; i++)
		same_as_source(&all[i], srcdir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_sorted_and_found),
		cmocka_unit_test(test_prefix_selects_a_folder),
		cmocka_unit_test(test_unknown_names),
		cmocka_unit_test(test_bytes_are_the_files),
	};

	return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
