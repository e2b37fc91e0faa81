/* The seeds of the fuzz targets reach every plug-in: each extractor of the
 * table is given one of its files. */
#include "unit.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/fs.h"
#include "extract/extract.h"

static struct arena arena;
static struct diags diags;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diag_release(&diags);
	return 0;
}

static struct str read_seed(const char *folder, const char *name)
{
	struct str path, bytes;

	path = arena_fmt(&arena, "%s/tests/fuzz/seeds/%s/%s", getenv("SRCDIR"),
			 folder, name);
	assert_int_equal(fs_read(path.p, 1 << 20, &arena, &diags, &bytes), OK);
	return bytes;
}

/* Notes who takes a file. */
static void mark(struct str path, struct str text, bool *seen)
{
	const struct file f = {.path = path, .size = text.n};

	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *x = extract_table[i];

		if ((x->is_sbom || x->wants(&f)) &&
		    (!x->sniffs || x->sniffs(text)))
			seen[i] = true;
	}
}

/* All seeds of a folder; of those of files in a tree the first line is the
 * path. */
static void mark_folder(const char *folder, bool has_path, bool *seen)
{
	struct str path = arena_fmt(&arena, "%s/tests/fuzz/seeds/%s",
				    getenv("SRCDIR"), folder);
	DIR *d = opendir(path.p);
	struct dirent *e;

	assert_non_null(d);
	while ((e = readdir(d))) {
		struct str text;

		if (e->d_name[0] == '.')
			continue;
		text = read_seed(folder, e->d_name);
		path = STR("f");
		if (has_path)
			str_cut(text, '\n', &path, &text);
		mark(path, text, seen);
	}
	closedir(d);
}

static void test_every_extractor_has_a_seed(void **state)
{
	bool seen[64] = {false};
	size_t without = 0;

	(void)state;
	assert_true(extract_count <= sizeof seen);
	mark_folder("extract", true, seen);
	mark_folder("sbom", false, seen);
	for (size_t i = 0; i < extract_count; i++)
		if (!seen[i]) {
			print_error("no seed for %s\n",
				    extract_table[i]->name);
			without++;
		}
	assert_int_equal(without, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_every_extractor_has_a_seed,
					  teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
