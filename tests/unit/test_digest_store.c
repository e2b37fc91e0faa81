/* Finding digests: files, folders, mirrors, commits, and what came along. */
#include "folder.h"

#include "store/bundle.h"
#include "store/digest_store.h"
#include "store/facts_store.h"

#define ID(c) c "123456789abcdef0123456789abcdef01234567"

static struct scan scan;
static struct digest_store store;

static int setup(void **state)
{
	scan = (struct scan){0};
	store = (struct digest_store){0};
	return folder_setup(state);
}

static int teardown(void **state)
{
	digest_store_close(&store);
	scan_release(&scan);
	return folder_teardown(state);
}

#define COUNTS "\"commits\": 1, \"credits\": 720720, \"excluded\": 0," \
	"\"co_authored\": 0, \"squashed\": 0, \"contributors\": 1," \
	"\"added\": null, \"deleted\": null, \"weighed\": null," \
	"\"imports\": null, \"surviving\": null," \
	"\"surviving_source\": null, \"reviews\": null," \
	"\"submits\": null, \"lines\": null"

/* A digest of one commit in a file. */
static void add_digest(const char *file, const char *repository,
		       const char *head, const char *from)
{
	char text[4096];

	snprintf(text, sizeof text,
		 "{\"schema\": \"ranwhence.digest/2\", \"repository\": \"%s\","
		 "\"head\": \"%s\", \"range\": {\"from\": %s, \"to\": null},"
		 "\"engine\": {\"counts\": 2, \"classes\": 1}, \"asked\": {"
		 "\"since\": null, \"scope\": \"all\", \"paths\": [],"
		 "\"classes\": [], \"max_commits\": null,"
		 "\"max_seconds\": null}, \"incomplete\": [],"
		 "\"totals\": {" COUNTS ", \"merges\": 0},"
		 "\"hosts\": [{\"host\": \"a.org\", \"organisation\": null,"
		 "\"class\": \"unknown\", " COUNTS ","
		 "\"months\": [[\"2020-01\", 1, 720720, 0, null, null,"
		 "null, null, null, null, null]]}], \"seats\": null,"
		 "\"diagnostics\": []}\n",
		 repository, head, from);
	folder_add(file, text);
}

static size_t find(const char *repository, const char *commit)
{
	return digest_store_find(&store, str_c(repository), str_c(commit));
}

static void test_a_file(void **state)
{
	(void)state;
	add_digest("a.json", "git@github.com:A/B.git", ID("a"), "null");
	assert_int_equal(digest_store_add(&scan, "a.json"), OK);
	assert_int_equal(scan.diags.kept.n, 0);
	assert_int_equal(scan.digests.n, 1);
	assert_str(scan.digests.v[0].repository, "https://github.com/A/B");
	assert_false(scan.digests.v[0].is_bundled);
	digest_store_open(&store, &scan);
	assert_int_equal(find("https://github.com/a/b", ""), 0);
	assert_int_equal(find("https://github.com/a/b", ID("c")), 0);
	assert_true(find("https://github.com/a/c", "") == SIZE_MAX);
	assert_true(find("", "") == SIZE_MAX);
}

static void test_a_folder(void **state)
{
	(void)state;
	folder_add("d/", "");
	folder_add("d/sub/", "");
	add_digest("d/2.json", "https://github.com/a/b", ID("2"), "null");
	add_digest("d/1.json", "https://github.com/a/b", ID("1"), "null");
	add_digest("d/3.txt", "https://github.com/a/c", ID("3"), "null");
	add_digest("d/sub/4.json", "https://github.com/a/d", ID("4"), "null");
	folder_add("d/5.json", "{\"schema\": 1}");
	assert_int_equal(symlink("1.json", "d/6.json"), 0);
	assert_int_equal(digest_store_add(&scan, "d"), ERR_FORMAT);
	assert_int_equal(scan.digests.n, 2);
	assert_int_equal(scan.diags.counts[RW1803], 1);
	assert_str(scan.diags.kept.v[0].place.path, "d/5.json");
	assert_int_equal(scan.diags.counts[RW1003], 1);
	digest_store_open(&store, &scan);
	assert_int_equal(find("https://github.com/a/b", ""), 0);
	assert_int_equal(find("https://github.com/a/b", ID("1")), 0);
	assert_int_equal(find("https://github.com/a/b", ID("2")), 1);
	assert_true(find("https://github.com/a/d", "") == SIZE_MAX);
}

static void test_refused(void **state)
{
	(void)state;
	assert_int_equal(digest_store_add(&scan, "none.json"), ERR_NOTFOUND);
	assert_int_equal(scan.diags.counts[RW1002], 1);
	add_digest("part.json", "https://h.org/a", ID("1"),
		   "\"" ID("2") "\"");
	assert_int_equal(digest_store_add(&scan, "part.json"), ERR_FORMAT);
	folder_add("empty.json", "");
	assert_int_equal(digest_store_add(&scan, "empty.json"), ERR_FORMAT);
	folder_add("utf16.json", "\xff\xfe{");
	assert_int_equal(digest_store_add(&scan, "utf16.json"), ERR_FORMAT);
	assert_int_equal(scan.diags.counts[RW1803], 3);
	assert_int_equal(scan.digests.n, 0);
}

static void test_an_address_that_is_none(void **state)
{
	(void)state;
	add_digest("a.json", "../clone", ID("a"), "null");
	assert_int_equal(digest_store_add(&scan, "a.json"), OK);
	digest_store_open(&store, &scan);
	assert_true(find("../clone", "") == SIZE_MAX);
}

static void test_mirrors(void **state)
{
	struct facts facts = {0};

	(void)state;
	assert_int_equal(facts_store_parse(&facts, STR(
		"kind,subject,object,value,from,to,source,speaks_for,read,"
		"confidence,state,note\n"
		"mirror,gerrit.x.org/r,github.com/x,dashes,,,,,,A,,\n"),
		STR("x.csv"), &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	add_digest("a.json", "https://gerrit.x.org/r/a/b", ID("1"), "null");
	add_digest("b.json", "https://github.com/X/a-b", ID("2"), "null");
	assert_int_equal(digest_store_add(&scan, "a.json"), OK);
	assert_int_equal(digest_store_add(&scan, "b.json"), OK);
	digest_store_open(&store, &scan);
	assert_int_equal(find("https://github.com/x/A-b", ""), 0);
	assert_int_equal(find("https://gerrit.x.org/r/a/b", ID("2")), 1);
	assert_true(find("https://gerrit.x.org/r/a/c", "") == SIZE_MAX);
	facts_store_release(&facts);
}

/* Every digest that comes along is sound, published, and found by its
 * address. */
static void test_bundled(void **state)
{
	const struct bundle_file *files;
	size_t n = bundle_list("seed/digests/", &files);
	struct facts facts = {0};

	(void)state;
	assert_int_equal(facts_store_load(&facts, &scan.diags), OK);
	facts_store_index(&facts, &scan.diags);
	scan.facts = &facts;
	digest_store_open(&store, &scan);
	for (size_t i = 0; i < n; i++) {
		struct str text = str_n((const char *)files[i].data,
					files[i].size);
		struct digest d;
		size_t found;

		assert_int_equal(digest_parse(text, str_c(files[i].path),
					      &scan.arena, &scan.diags, &d),
				 OK);
		found = digest_store_find(&store, d.repository, d.head);
		if (found == SIZE_MAX)
			fail_msg("%s is not found by its address",
				 files[i].path);
		assert_true(scan.digests.v[found].is_bundled);
		assert_true(str_eq(scan.digests.v[found].head, d.head));
		assert_int_equal(digest_store_find(&store, d.repository,
						   STR("")), found);
		digest_release(&d);
	}
	assert_int_equal(scan.digests.n, n);
	facts_store_release(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_file, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_folder, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_an_address_that_is_none,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_mirrors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bundled, setup, teardown),
	};

	return cmocka_run_group_tests_name("digest_store", tests, NULL, NULL);
}
