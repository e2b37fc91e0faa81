/* What rulebooks want of an SBOM, against documents that have it or not. */
#include "sbom_text.h"

#include "model/rulebook.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

static const struct document *read_document(struct str text)
{
	enum err err;

	sbom_text_release(&t);
	t.scan.documents.wants_elements = true;
	err = extract_sbom(&t.scan, STR("f"), text, &t.target);
	assert_int_equal(err, OK);
	assert_int_equal(t.scan.documents.list.n, 1);
	return &t.scan.documents.list.v[0];
}

static bool meets(const char *id, const struct document *d)
{
	const struct rulebook *r = rulebook_find(str_c(id));

	assert_non_null(r);
	return rulebook_is_met(r, d);
}

#define TELCO_HEAD \
	"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n" \
	"SPDXID: SPDXRef-DOCUMENT\nDocumentName: n\n" \
	"DocumentNamespace: https://a.example/n\n" \
	"Creator: Organization: Maker (sbom@a.example)\n" \
	"Creator: Tool: tool-1.0\nCreated: 2026-03-01T00:00:00Z\n" \
	"CreatorComment: CISA SBOM type: Build\n" \
	"Relationship: SPDXRef-DOCUMENT DESCRIBES a\n" \
	"Relationship: a CONTAINS b\n"
#define TELCO_PACKAGE(id, supplier) \
	"PackageName: " id "\nSPDXID: " id "\nPackageVersion: 1\n" \
	"PackageSupplier: " supplier "\nPackageDownloadLocation: NONE\n" \
	"FilesAnalyzed: false\nPackageLicenseConcluded: NOASSERTION\n" \
	"PackageChecksum: SHA1: 00112233445566778899aabbccddeeff00112233\n" \
	"PackageLicenseDeclared: NOASSERTION\n" \
	"PackageCopyrightText: NOASSERTION\n" \
	"ExternalRef: PACKAGE-MANAGER purl pkg:generic/" id "@1\n"

static const char telco[] = TELCO_HEAD
	TELCO_PACKAGE("a", "Organization: Maker (sbom@a.example)")
	TELCO_PACKAGE("b", "Organization: Other ()");

static void test_telco(void **state)
{
	const struct document *d = read_document(str_c(telco));

	(void)state;
	assert_true(meets("openchain-telco-1.1", d));
	assert_true(meets("ntia-2021", d));
	/* no producer is named, and the format is too old */
	assert_false(meets("cisa-2025-draft", d));
	assert_false(meets("bsi-tr-03183-2", d));
	assert_true(rulebook_is_attributable(d, 0, &t.scan.parts));
	assert_false(rulebook_is_attributable(d, 1, &t.scan.parts));
}

/* Each line that is left out leaves the guide unmet, but for what it only
 * advises and what the tests above would not read without. */
static void test_telco_line_by_line(void **state)
{
	struct str rest = str_c(telco), line;
	size_t met = 0, n = 0;

	(void)state;
	while (str_line(&rest, &line)) {
		struct strbuf b = {0};
		size_t at = (size_t)(line.p - telco);

		if (str_has_prefix(line, STR("SPDXVersion")) ||
		    str_has_prefix(line, STR("PackageName")) ||
		    str_has_prefix(line, STR("SPDXID")))
			continue;
		strbuf_add(&b, str_n(telco, at));
		strbuf_cstr(&b, telco + at + line.n + 1);
		sbom_text_release(&t);
		if (extract_sbom(&t.scan, STR("f"), strbuf_str(&b),
				 &t.target) == ERR_UNSUPPORTED)
			fail();
		n++;
		met += meets("openchain-telco-1.1",
			     &t.scan.documents.list.v[0]);
		strbuf_release(&b);
	}
	/* the two purls, the version that one of them tells included */
	assert_int_equal(n, 27);
	assert_int_equal(met, 4);
}

#define ADDRESS "{\"name\":\"M\",\"contact\":[{\"email\":\"m@m.example\"}]}"
#define PROPERTY(name) "{\"name\":\"bsi:component:" name "\",\"value\":\"x\"}"
#define ZEROS "00000000000000000000000000000000"
static const char bsi[] =
	"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\","
	"\"serialNumber\":\"urn:uuid:1\",\"metadata\":{"
	"\"timestamp\":\"2026-03-01T00:00:00Z\",\"manufacturer\":" ADDRESS ","
	"\"tools\":[{\"name\":\"t\",\"version\":\"1\"}],"
	"\"lifecycles\":[{\"phase\":\"build\"}]},"
	"\"components\":[{\"bom-ref\":\"a\",\"name\":\"a\",\"version\":\"1\","
	"\"manufacturer\":" ADDRESS ",\"purl\":\"pkg:generic/a@1\","
	"\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"hashes\":[{"
	"\"alg\":\"SHA-512\",\"content\":\"" ZEROS ZEROS ZEROS ZEROS "\"}],"
	"\"properties\":[" PROPERTY("filename") "," PROPERTY("executable") ","
	PROPERTY("archive") "," PROPERTY("structured") "]}],"
	"\"dependencies\":[{\"ref\":\"a\"}],\"compositions\":[{"
	"\"aggregate\":\"complete\",\"dependencies\":[\"a\"]}]}";

static void test_bsi(void **state)
{
	const struct document *d = read_document(str_c(bsi));

	(void)state;
	assert_true(meets("bsi-tr-03183-2", d));
	assert_true(meets("cisa-2025-draft", d));
	assert_true(meets("ntia-2021", d));
	assert_false(meets("openchain-telco-1.1", d));
	assert_true(rulebook_is_attributable(d, 0, &t.scan.parts));
}

static void test_nothing(void **state)
{
	const struct document *d = read_document(STR(
		"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\","
		"\"components\":[{\"name\":\"a\",\"supplier\":{},"
		"\"licenses\":[],\"version\":\"unknown\",\"purl\":\"x\","
		"\"hashes\":[{\"alg\":\"SHA-512\",\"content\":\"x\"}]}]}"));

	(void)state;
	assert_int_equal(d->has, 0);
	assert_int_equal(d->parts_have.n, 1);
	/* the purl is no good, but it is a reference */
	assert_int_equal(d->parts_have.v[0], COMPONENT_REF);
	for (size_t i = 0; i < rulebook_count; i++)
		assert_false(rulebook_is_met(&rulebook_table[i], d));
	assert_null(rulebook_find(STR("ntia")));
}

static void test_stamped_supplier_reaches_nobody(void **state)
{
	struct strbuf b = {0};
	const struct document *d;

	(void)state;
	strbuf_cstr(&b, TELCO_HEAD);
	for (int i = 0; i < 9; i++)
		strbuf_cstr(&b, TELCO_PACKAGE("a", "Organization: Dist "
					      "(d@d.example)"));
	d = read_document(strbuf_str(&b));
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(rulebook_is_attributable(d, i,
							  &t.scan.parts),
				 i == t.target.root);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_telco),
		cmocka_unit_test(test_telco_line_by_line),
		cmocka_unit_test(test_bsi),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_stamped_supplier_reaches_nobody),
	};

	return cmocka_run_group_tests_name("rulebook", tests, NULL, release);
}
