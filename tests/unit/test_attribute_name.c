/* From what is stated to organisations: names, suppliers, namespaces, seats. */
#include "traps.h"

#include "attribute/attribute.h"

#define NOW "2024-06-01"

static void named(const char *name, const char *id)
{
	size_t fact = SIZE_MAX;

	print_message("# %s\n", name);
	assert_string_equal(id_of(attribute_name(&traps, str_c(name), &fact)),
			    id);
}

static void test_names(void **state)
{
	(void)state;
	named("Huawei Technologies Co., Ltd.", "huawei-technologies");
	named("Huawei", "huawei-technologies");
	named("Huawei Technologies India Pvt Ltd", "huawei-india");
	named("China Mobile", "china-mobile-group");
	named("China Mobile Technology (USA) Inc.", "china-mobile-usa");
	named("Fujitsu", "fujitsu");
	named("gmail", "-");
	named("individual", "-");
	named("", "-");
	assert_int_equal(attribute_name(&traps, STR("Nokia"), NULL),
			 facts_organisation(&traps, STR("nokia")));
}

static void owned_by(const char *address, const char *id)
{
	size_t fact;

	print_message("# %s\n", address);
	assert_string_equal(id_of(attribute_namespace(
		&traps, str_c(address), day(NOW), &fact)), id);
	assert_int_equal(fact == SIZE_MAX, *id == '-');
}

static void test_namespaces(void **state)
{
	(void)state;
	owned_by("https://github.com/Huawei/repo", "huawei-technologies");
	owned_by("https://github.com/huawei", "huawei-technologies");
	owned_by("github.com/huawei/repo/sub", "huawei-technologies");
	owned_by("https://github.com/huawei-noah/repo", "-");
	owned_by("https://github.com/", "-");
	owned_by("https://evil.example/github.com/huawei", "-");
	owned_by("https://github.com.evil.example/huawei", "-");
	owned_by("", "-");
	owned_by("pkg:github/huawei/repo@1.0", "huawei-technologies");
	owned_by("pkg:golang/github.com/huawei/x@v1", "huawei-technologies");
	owned_by("pkg:maven/com.huawei.sdk/a@1", "huawei-technologies");
	owned_by("pkg:maven/com.huawei/a@1", "huawei-technologies");
	owned_by("pkg:maven/com.huaweix/a@1", "-");
	owned_by("pkg:github", "-");
	owned_by("pkg:", "-");
}

static void test_namespaces_of_images(void **state)
{
	struct facts f = {0};
	size_t fact;

	(void)state;
	facts_good(&f, ORG("a", "foundation") ORG("b", "foundation")
		   A("publishes,docker.io/team,a,")
		   A("publishes,registry.example,b,")
		   A("publishes,registry.example/deep/er,a,")
		   C("publishes,github.com/guess,a,")
		   DATED("publishes,github.com/old,a,", "", "2020-01-01"));
	assert_int_equal(attribute_namespace(&f, STR("pkg:docker/team/x@1"),
					     day(NOW), &fact), 0);
	assert_int_equal(attribute_namespace(
		&f, STR("pkg:oci/x@1?repository_url=registry.example:443/y"),
		day(NOW), &fact), 1);
	assert_int_equal(attribute_namespace(
		&f, STR("registry.example/deep/er/x"), day(NOW), NULL), 0);
	assert_int_equal(attribute_namespace(
		&f, STR("registry.example/deep/erx"), day(NOW), NULL), 1);
	assert_int_equal(attribute_namespace(
		&f, STR("github.com/guess/x"), day(NOW), NULL), SIZE_MAX);
	assert_int_equal(attribute_namespace(
		&f, STR("github.com/old/x"), day("2019-12-31"), NULL), 0);
	assert_int_equal(attribute_namespace(
		&f, STR("github.com/old/x"), day("2020-01-01"), NULL),
		SIZE_MAX);
	facts_store_release(&f);
}

static struct scan scan;

static int release_scan(void **state)
{
	(void)state;
	scan_release(&scan);
	scan = (struct scan){0};
	return 0;
}

static struct component *add_component(void)
{
	size_t i = component_add(&scan.parts, STR("x"), STR("test"),
				 (struct evidence){STR("sbom"), 7});

	scan.as_of = day(NOW);
	return &scan.parts.components.v[i];
}

static void supplied(enum supply_role role, bool is_stated, const char *id)
{
	const struct component *c = scan.parts.components.v;
	const struct supply *s = &c[scan.parts.components.n - 1].supply[role];

	assert_int_equal(s->is_stated, is_stated);
	assert_string_equal(is_stated ? id_of(s->organisation) : "-", id);
}

static void test_supply(void **state)
{
	struct component *c = add_component();

	(void)state;
	c->supplier = STR("Huawei Technologies Co., Ltd");
	c->producer = STR("security@futurewei.com");
	c->purl = STR("pkg:github/huawei/x");
	attribute_supply(&traps, &scan);
	supplied(SUPPLY_SUPPLIER, true, "huawei-technologies");
	supplied(SUPPLY_PRODUCER, true, "futurewei");
	supplied(SUPPLY_PUBLISHER, true, "huawei-technologies");
}

static void test_supply_that_is_not_known(void **state)
{
	struct component *c = add_component();

	(void)state;
	c->supplier = STR(" ");
	c->producer = STR("https://www.unknown.example/huawei.com");
	c->purl = STR("pkg:npm/left-pad@1");
	attribute_supply(&traps, &scan);
	supplied(SUPPLY_SUPPLIER, false, "-");
	supplied(SUPPLY_PRODUCER, true, "-");
	supplied(SUPPLY_PUBLISHER, true, "-");
	c = add_component();
	c->purl = STR("pkg:generic/x@1");
	c->producer = STR("https://www.Nokia.com/ran");
	attribute_supply(&traps, &scan);
	supplied(SUPPLY_PUBLISHER, false, "-");
	supplied(SUPPLY_PRODUCER, true, "nokia");
	c = add_component();
	c->purl = STR("pkg:generic/x@1");
	c->provenance.repository = STR("https://github.com/huawei/x");
	c->producer = STR("someone@qq.com");
	attribute_supply(&traps, &scan);
	supplied(SUPPLY_PUBLISHER, true, "huawei-technologies");
	supplied(SUPPLY_PRODUCER, true, "-");
	c = add_component();
	c->producer = STR("https://www.huawei.com:x@unknown.example/a@b");
	attribute_supply(&traps, &scan);
	supplied(SUPPLY_PRODUCER, true, "-");
}

static void seat(const char *company, const char *host, const char *id)
{
	struct seat *s;

	add_component();
	s = component_add_seat(&scan.parts, 0, SEAT_LEAD,
			       (struct evidence){STR("INFO.yaml"), 3});
	s->company = str_c(company);
	s->host = str_c(host);
	attribute_seats(&traps, &scan);
	print_message("# %s %s\n", company, host);
	assert_string_equal(id_of(s->organisation), id);
	assert_int_equal(s->confidence == FACT_C, *id == '-');
	assert_int_equal(scan.diags.kept.n, 0);
}

static void test_seats(void **state)
{
	(void)state;
	seat("Huawei", "huawei.com", "huawei-technologies");
	seat("", "huawei.com", "huawei-technologies");
	seat("Huawei", "gmail.com", "huawei-technologies");
	seat("China Mobile Technology (USA) Inc.", "", "china-mobile-usa");
	seat("Nobody we know", "huawei.com", "huawei-technologies");
	seat("gmail", "gmail.com", "-");
	seat("Tencent", "qq.com", "-");
	seat("", "", "-");
	/* a typo that is listed with confidence B */
	seat("", "chinamboile.com", "china-mobile-group");
	assert_int_equal(scan.parts.seats.v[8].confidence, FACT_B);
}

static void test_seats_of_digests(void **state)
{
	struct digest d = {.repository = STR("https://h.example/r")};
	const struct digest_seat *s;

	(void)state;
	vec_push(&d.seats, ((struct digest_seat){
		.host = STR("gmail.com"), .company = STR("Huawei")}));
	vec_push(&d.seats, ((struct digest_seat){
		.host = STR("huawei.com"), .company = STR("Nokia")}));
	vec_push(&d.seats, ((struct digest_seat){.host = STR("(unlisted)")}));
	vec_push(&scan.digests, d);
	attribute_seats(&traps, &scan);
	s = scan.digests.v[0].seats.v;
	assert_string_equal(id_of(s[0].organisation), "huawei-technologies");
	assert_string_equal(id_of(s[1].organisation), "huawei-technologies");
	assert_string_equal(id_of(s[2].organisation), "-");
	assert_int_equal(s[2].confidence, FACT_C);
	assert_int_equal(scan.diags.kept.n, 1);
	assert_str(scan.diags.kept.v[0].place.path, "https://h.example/r");
}

static void test_the_host_wins_over_the_declaration(void **state)
{
	struct seat *s;

	(void)state;
	add_component();
	s = component_add_seat(&scan.parts, 0, SEAT_COMMITTER,
			       (struct evidence){STR("INFO.yaml"), 3});
	s->company = STR("Nokia");
	s->host = STR("huawei.com");
	attribute_seats(&traps, &scan);
	assert_string_equal(id_of(s->organisation), "huawei-technologies");
	assert_int_equal(scan.diags.kept.n, 1);
	assert_int_equal(scan.diags.kept.v[0].code, RW1702);
	assert_int_equal(scan.diags.kept.v[0].place.line, 3);
	assert_str(scan.diags.kept.v[0].message,
		   "an address at huawei.com (Huawei Technologies Co., Ltd.) "
		   "is declared for Nokia (Nokia Corporation)");
}

#define SCAN(name) cmocka_unit_test_teardown(name, release_scan)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_namespaces),
		cmocka_unit_test(test_namespaces_of_images),
		SCAN(test_supply),
		SCAN(test_supply_that_is_not_known),
		SCAN(test_seats),
		SCAN(test_seats_of_digests),
		SCAN(test_the_host_wins_over_the_declaration),
	};

	return cmocka_run_group_tests_name("attribute_name", tests,
					   traps_load, traps_release);
}
