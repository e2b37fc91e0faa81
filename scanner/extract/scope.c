/*
 * Scope by path.  The patterns are names of folders and files as Open-RAN
 * repositories use them; the names of packages never decide.
 */
#include "extract/scope.h"

#include "base/path.h"

struct rule {
	enum scope scope;
	const char *pattern; /* of one name, in any case */
};

/* In order of weight: the first rule that fits any folder decides. */
static const struct rule folders[] = {
	{SCOPE_DOCS, "docs"}, {SCOPE_DOCS, "doc"},
	{SCOPE_TEST, "test"}, {SCOPE_TEST, "tests"},
	{SCOPE_TEST, "test-*"}, {SCOPE_TEST, "test_*"},
	{SCOPE_TEST, "*-test"}, {SCOPE_TEST, "*_test"},
	{SCOPE_TEST, "tests_*"}, {SCOPE_TEST, "*-tests"},
	{SCOPE_TEST, "*_tests"}, {SCOPE_TEST, "testdata"},
	{SCOPE_TEST, "unittest*"}, {SCOPE_TEST, "ut"},
	{SCOPE_TEST, "mock*"}, {SCOPE_TEST, "sim"},
	{SCOPE_TEST, "sim-*"}, {SCOPE_TEST, "sim_*"},
	{SCOPE_TEST, "physim*"}, {SCOPE_TEST, "*simulator*"},
	{SCOPE_CI, ".github"}, {SCOPE_CI, ".gitlab*"},
	{SCOPE_CI, ".circleci"}, {SCOPE_CI, ".devcontainer"},
	{SCOPE_CI, "jjb"}, {SCOPE_CI, "ci"}, {SCOPE_CI, "ci-scripts"},
	{SCOPE_EXAMPLE, "example*"}, {SCOPE_EXAMPLE, "demo*"},
	{SCOPE_EXAMPLE, "sample*"}, {SCOPE_EXAMPLE, "previous"},
	{SCOPE_EXAMPLE, "old"}, {SCOPE_EXAMPLE, "archive"},
};

static const struct rule files[] = {
	{SCOPE_DOCS, "requirements-docs.txt"}, {SCOPE_DOCS, "*-docs.*"},
	{SCOPE_TEST, "*test*requirements*"},
	{SCOPE_TEST, "*requirements*test*"},
	{SCOPE_TEST, "*test*dockerfile*"}, {SCOPE_TEST, "*dockerfile*test*"},
	{SCOPE_EXAMPLE, "*.bak"}, {SCOPE_EXAMPLE, "*_old"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool has_folder(struct str dir, struct str pattern)
{
	struct str name;

	while (str_split(&dir, '/', &name))
		if (str_glob(name, pattern, true))
			return true;
	return false;
}

static enum scope weightier(enum scope a, enum scope b)
{
	static const enum scope order[] = {SCOPE_DOCS, SCOPE_TEST, SCOPE_CI,
					   SCOPE_EXAMPLE};

	for (size_t i = 0; i < COUNT(order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return SCOPE_UNKNOWN;
}

enum scope scope_of_path(struct str path, enum scope fallback)
{
	struct str dir = path_dir(path), base = path_base(path);
	enum scope by_folder = SCOPE_UNKNOWN, by_name = SCOPE_UNKNOWN, s;

	for (size_t i = 0; i < COUNT(folders) && !by_folder; i++)
		if (has_folder(dir, str_c(folders[i].pattern)))
			by_folder = folders[i].scope;
	for (size_t i = 0; i < COUNT(files) && !by_name; i++)
		if (str_glob(base, str_c(files[i].pattern), true))
			by_name = files[i].scope;
	s = weightier(by_folder, by_name);
	return s ? s : fallback;
}
