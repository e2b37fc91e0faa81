/* Supplier and author fields: organisations are kept, persons are not. */
#include "unit.h"

#include "extract/sbom_party.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

struct row { const char *text, *want; };

static void check(const struct row *rows, size_t n, enum sbom_party party)
{
	for (size_t i = 0; i < n; i++) {
		struct str got = sbom_party_name(str_c(rows[i].text), party,
						 &arena);

		if (!str_is(got, rows[i].want))
			fail_msg("\"%s\" gave \"%.*s\", not \"%s\"",
				 rows[i].text, STR_ARG(got), rows[i].want);
	}
}
#define CHECK(rows, party) check(rows, sizeof(rows) / sizeof *(rows), party)

static void test_organisations(void **state)
{
	static const struct row rows[] = {
		{"Espressif Systems (Shanghai) CO LTD",
		 "Espressif Systems (Shanghai) CO LTD"},
		{"Acme, Inc.", "Acme, Inc."},
		{"Example (info@example.com)", "Example"},
		{"OpenEmbedded ()", "OpenEmbedded"},
		{"Example (Oulu) Oy (http://example.com)",
		 "Example (Oulu) Oy"},
		{" caf\xc3\xa9 ", "caf\xc3\xa9"},
		{"https://example.com", "https://example.com"},
		/* what is written like a package maintainer may be one */
		{"Jo Doe <jo@Example.ORG>", "@example.org"},
		{"Example Developers <dev@lists.example.org>",
		 "Example Developers"},
		{"jo@example.org", "@example.org"},
		{"<>", ""}, {"unknown", ""}, {"N/A", ""}, {"-", ""},
		{"", ""}, {"(", ""}, {"a (", "a"},
	};

	(void)state;
	CHECK(rows, SBOM_PARTY_ORGANISATION);
}

static void test_persons(void **state)
{
	static const struct row rows[] = {
		{"Jo Doe", ""}, {"Jo Doe (jo@example.com)", "@example.com"},
		{"Jo Doe <jo@huawei.com> (http://jo.example)", "@huawei.com"},
		{"Debian systemd Maintainers <s@lists.debian.org>",
		 "Debian systemd Maintainers"},
		{"Example Ltd", "Example Ltd"},
		{"Jo Sa", ""}, {"Jo <jo@localhost>", ""},
		{"Jo <jo at example.com>", ""},
		{"Jo <@@a.b.>", "@a.b"}, {"Jo jo@a.example", "@a.example"},
	};

	(void)state;
	CHECK(rows, SBOM_PARTY_PERSON);
}

static void test_anybody(void **state)
{
	static const struct row rows[] = {
		{"FasterXML", "FasterXML"},
		{"Jo Doe <jo@a.example>", "@a.example"},
		{"The Apache Software Foundation <x@apache.org>",
		 "The Apache Software Foundation"},
		{"A B <a@x.example>, C D <c@y.example>", "@x.example"},
		{"NONE", ""},
	};

	(void)state;
	CHECK(rows, SBOM_PARTY_ANYBODY);
}

static void test_spdx_prefixes(void **state)
{
	static const struct row rows[] = {
		{"Organization: Example AB (a@example.se)", "Example AB"},
		{"Organization:Example", "Example"},
		{"organisation: Example", "Example"},
		{"Person: Jo Doe (jo@example.com)", "@example.com"},
		{"Person: Jo Doe", ""},
		{"Person: Kernel Team <k@example.com>", "Kernel Team"},
		{"Tool: syft", ""}, {"Organization: NOASSERTION", ""},
		{"NOASSERTION", ""}, {"Example", "Example"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str got = sbom_party_spdx(str_c(rows[i].text), &arena);

		if (!str_is(got, rows[i].want))
			fail_msg("\"%s\" gave \"%.*s\"", rows[i].text,
				 STR_ARG(got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_organisations),
		cmocka_unit_test(test_persons),
		cmocka_unit_test(test_anybody),
		cmocka_unit_test(test_spdx_prefixes),
	};

	return cmocka_run_group_tests_name("sbom_party", tests, NULL,
					   teardown);
}
