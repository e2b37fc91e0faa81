/* Links of a digest: written and read back, refused where they are more than
 * what they are parts of, folded for publication, judged by facts. */
#include "unit.h"

#include "attribute/attribute.h"
#include "digesting.h"
#include "model/digest_links.h"
#include "traps.h"

#define TEXT(s) {s, sizeof(s) - 1}
static const struct str targets[] = {
	TEXT("huawei.com"), TEXT("nokia.com"), TEXT("zzz.example")};

static struct digest_link *add_link(const char *from, int32_t month,
				    size_t first, uint8_t n_trailer)
{
	struct digest_link *l = vec_add(&digest.links);

	*l = (struct digest_link){
		.from = str_c(from), .month = month, .to = targets + first,
		.n_trailer = n_trailer, .n_identity = (uint8_t)!n_trailer,
		.counts = commits(1), .organisation = SIZE_MAX};
	return l;
}

static void test_reads_what_it_writes(void **state)
{
	struct digest d;

	(void)state;
	host("gmail.com", 3);
	add_link("gmail.com", 600, 0, 1);
	add_link("gmail.com", 601, 1, 0);
	assert_int_equal(digest_parse(written(), STR("x"), &arena, &diags,
				      &d), OK);
	assert_true(d.has_links);
	assert_int_equal(d.links.n, 2);
	assert_int_equal(d.links.v[0].n_trailer, 1);
	assert_str(d.links.v[1].to[0], "nokia.com");
	assert_int_equal(d.links.v[1].counts.commits, 1);
	assert_int_equal(digest_links_of(&d, STR("gmail.com"), 601).n, 1);
	assert_int_equal(digest_links_of(&d, STR("gmail.com"), 602).n, 0);
	assert_int_equal(digest_links_of(&d, STR("a.com"), 601).n, 0);
	digest_release(&d);
}

static void test_refuses_more_than_the_whole(void **state)
{
	(void)state;
	host("gmail.com", 3);
	for (size_t i = 0; i < 3; i++)
		add_link("gmail.com", 600, i, 1)->counts = commits(2);
	refuses("links are more");
}

static void test_refuses_a_month_that_is_not_there(void **state)
{
	(void)state;
	host("gmail.com", 3);
	add_link("gmail.com", 602, 0, 1);
	refuses("links are more");
}

static void test_refuses_an_unknown_host(void **state)
{
	(void)state;
	host("gmail.com", 3);
	add_link("qq.com", 600, 0, 1);
	refuses("links are more");
}

static void test_refuses_a_wrong_order(void **state)
{
	(void)state;
	host("gmail.com", 3);
	add_link("gmail.com", 601, 0, 1);
	add_link("gmail.com", 600, 0, 1);
	refuses("not ascending");
}

static void test_refuses_a_link_to_itself(void **state)
{
	(void)state;
	host("nokia.com", 3);
	add_link("nokia.com", 600, 1, 1);
	refuses("not between hosts");
}

static void test_refuses_a_link_to_nowhere(void **state)
{
	(void)state;
	host("gmail.com", 3);
	add_link("gmail.com", 600, 0, 1)->n_trailer = 0;
	refuses("not between hosts");
}

static enum digest_tier judged(const char *from, size_t first, uint8_t n)
{
	teardown(NULL);
	host(from, 3);
	add_link(from, 600, first, n);
	attribute_digest(&traps, &digest);
	return digest.links.v[0].tier;
}

static void test_judges(void **state)
{
	(void)state;
	assert_int_equal(judged("gmail.com", 0, 1), DIGEST_TRAILER);
	assert_string_equal(id_of(digest.links.v[0].organisation),
			    "huawei-technologies");
	assert_int_equal(judged("gmail.com", 0, 0), DIGEST_IDENTITY);
	assert_int_equal(judged("nowhere.example", 0, 0), DIGEST_IDENTITY);
	/* two organisations, or maybe two */
	assert_int_equal(judged("gmail.com", 0, 2), DIGEST_CONFLICT);
	assert_true(digest.links.v[0].organisation == SIZE_MAX);
	assert_int_equal(judged("gmail.com", 1, 2), DIGEST_CONFLICT);
	assert_int_equal(judged("gmail.com", 2, 1), DIGEST_OPEN);
	/* what has an organisation is never moved */
	assert_int_equal(judged("zte.com.cn", 0, 1), DIGEST_OPEN);
}

static bool is_listed(struct str s, void *with)
{
	(void)with;
	return !str_is(s, "zzz.example");
}

static void test_folds(void **state)
{
	const struct digest_listed listed = {is_listed, is_listed, NULL};

	(void)state;
	host("(unlisted)", 3);
	host("zte.com.cn", 3);
	digest.hosts.v[1].months.v[0].by.class = HOST_ORGANISATION;
	add_link("a.example", 600, 0, 1);
	add_link("b.example", 600, 0, 1);
	add_link("c.example", 600, 2, 1);
	add_link("d.example", 600, 1, 2);
	add_link("zte.com.cn", 600, 0, 1);
	digest_links_fold(&digest, &listed, &arena);
	assert_int_equal(digest.links.n, 2);
	assert_str(digest.links.v[0].from, "(unlisted)");
	assert_int_equal(digest.links.v[0].counts.commits, 2);
	assert_int_equal(digest.links.v[1].n_trailer, 1);
	assert_str(digest.links.v[1].to[0], "nokia.com");
	assert_int_equal(digest_links_sum(&digest, DIGEST_OPEN).commits, 3);
}

int main(void)
{
#define T(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		T(test_reads_what_it_writes),
		T(test_refuses_more_than_the_whole),
		T(test_refuses_a_month_that_is_not_there),
		T(test_refuses_an_unknown_host),
		T(test_refuses_a_wrong_order),
		T(test_refuses_a_link_to_itself),
		T(test_refuses_a_link_to_nowhere), T(test_judges),
		T(test_folds),
	};

	return cmocka_run_group_tests_name("digest_links", tests,
					   traps_load, traps_release);
}
