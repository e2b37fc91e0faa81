/*
 * Surviving lines: small cases by hand.  That they are of the commits that
 * git blame names is for tests/cli/blame_oracle.py, which asks this program
 * too.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "history/refs.h"
#include "history/survive.h"
#include "repo.h"

static void print_lines(void *with, struct str path, uint32_t from,
			uint32_t n, const struct oid *commit)
{
	const struct gitdir *g = with;
	struct arena scratch = {0};

	printf("%s %u %u %.*s\n", oid_hex(commit, g->oid_bytes, &scratch).p,
	       from, n, STR_ARG(path));
	arena_release(&scratch);
}

/* Prints every stretch of lines: commit, first line, how many, path. */
static int print_all(const char *path, const char *threads)
{
	struct diags ds = {0};
	struct gitdir g;
	struct survive_watch watch = {&g, print_lines};
	struct odb_reader *r;
	struct oid head;
	struct walk w;

	if (gitdir_open(&g, path, &ds))
		return 1;
	r = odb_reader_new(&g.odb, 8 * LIMIT_MB);
	if (refs_resolve(&g, r, STR("HEAD"), &head))
		return 1;
	walk_init(&w, &g, NULL);
	w.threads = (unsigned)atoi(threads);
	walk_load(&w, r, &head);
	if (!survive_run(&w, &head, &watch, &ds))
		return 1;
	for (size_t i = 0; i < ds.kept.n; i++)
		fprintf(stderr, "%s: %.*s\n", diag_name(ds.kept.v[i].code),
			STR_ARG(ds.kept.v[i].message));
	walk_release(&w);
	odb_reader_free(r);
	gitdir_close(&g);
	diag_release(&ds);
	return 0;
}

static void test_nothing(void **state)
{
	(void)state;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
	};

	if (argc == 4 && !strcmp(argv[1], "--lines"))
		return print_all(argv[3], argv[2]);
	return cmocka_run_group_tests_name("survive", tests, repo_setup,
					   repo_teardown);
}
