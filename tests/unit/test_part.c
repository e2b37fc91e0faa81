/* A download on disk: gone on with, begun anew, and its digest. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feeds/part.h"

static char folder[] = "/tmp/rw-part-XXXXXX";
static char path[64], meta[64];

static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof path, "%s/a.part", folder);
	snprintf(meta, sizeof meta, "%s/a.part.meta", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	part_remove(path);
	return rmdir(folder);
}

static void test_goes_on(void **state)
{
	struct strbuf hex = {0};
	struct part p;

	(void)state;
	assert_int_equal(part_open(&p, path), OK);
	assert_false(part_may_resume(&p));
	assert_int_equal(part_restart(&p, STR("\"tag\"")), OK);
	assert_int_equal(part_add(&p, STR("ab")), OK);
	part_close(&p);
	assert_int_equal(part_open(&p, path), OK);
	assert_true(part_may_resume(&p));
	assert_str(p.validator, "\"tag\"");
	assert_int_equal(p.size, 2);
	assert_int_equal(part_add(&p, STR("c")), OK);
	assert_int_equal(part_digest(&p, &hex), OK);
	assert_str(strbuf_str(&hex), "ba7816bf8f01cfea414140de5dae2223"
				     "b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(part_add(&p, STR("d")), OK);
	assert_int_equal(p.size, 4);
	part_close(&p);
	strbuf_release(&hex);
}

static void test_begins_anew(void **state)
{
	struct part p;
	struct stat st;

	(void)state;
	assert_int_equal(part_open(&p, path), OK);
	assert_int_equal(part_restart(&p, STR("")), OK);
	assert_int_equal(p.size, 0);
	assert_int_equal(stat(meta, &st), -1);
	assert_int_equal(part_add(&p, STR("x")), OK);
	assert_false(part_may_resume(&p));
	/* one that would not come back as it is */
	assert_int_equal(part_restart(&p, STR("a\nb")), OK);
	assert_int_equal(part_add(&p, STR("x")), OK);
	assert_false(part_may_resume(&p));
	part_close(&p);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

/* A kill while the validator was written: half of it says nothing. */
static void test_half_a_validator(void **state)
{
	struct part p;
	FILE *f = fopen(meta, "w");

	(void)state;
	fputs("\"ta", f);
	fclose(f);
	assert_int_equal(part_open(&p, path), OK);
	assert_false(part_may_resume(&p));
	part_close(&p);
}

static void test_refused(void **state)
{
	struct part p;

	(void)state;
	part_remove(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(part_open(&p, path), ERR_IO);
	unlink(path);
	assert_int_equal(part_open(&p, "/dev/null/x"), ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_begins_anew),
		cmocka_unit_test(test_half_a_validator),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("part", tests, setup, teardown);
}
