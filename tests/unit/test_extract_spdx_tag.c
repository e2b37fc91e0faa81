/* SPDX tag-value: what is read, and what real and hostile documents do. */
#include "sbom_text.h"

#include "base/limits.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

#define HEAD "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n"
#define PKG(id) "PackageName: " id "\nSPDXID: " id "\n" \
	"PackageVersion: 1\nPackageDownloadLocation: NOASSERTION\n"
#define ROOT(id) "Relationship: SPDXRef-DOCUMENT DESCRIBES " id "\n"

#define READ(text) read_document(STR(text), OK)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

/* The document of test_extract_spdx's test_all_fields, as tag-value. */
static const char all_fields[] =
	"SPDXVersion: SPDX-2.2\r\n"
	"DataLicense: CC0-1.0\n"
	"SPDXID: SPDXRef-DOCUMENT\n"
	"Creator: Tool: own-1\n"
	"# a comment: with a colon\n"
	"\n"
	"PackageName: near-rt-ric\n"
	"SPDXID: SPDXRef-ric\n"
	"PackageVersion:4.0\n"
	"PackageSupplier: Organization: Vendor (info@v.example)\n"
	"PackageDownloadLocation: NOASSERTION\n"
	"PackageCopyrightText: <text>\n"
	"PackageName: not a package\n"
	"Relationship: this is text</text> and this nothing\n"
	"  PackageName : e2\n"
	"SPDXID: SPDXRef-e2\n"
	"PackageVersion: <text>6.0.6</text>\n"
	"PrimaryPackagePurpose: LIBRARY\n"
	"PackageSupplier: Organization: Handover Ltd\n"
	"PackageOriginator: Organization: O-RAN SC\n"
	"PackageDownloadLocation: git+https://gerrit.o-ran-sc.org/r/"
	"ric-plt/e2.git@v6.0.6#RIC-E2\n"
	"PackageChecksum: SHA1: 00112233445566778899aabbccddeeff00112233\n"
	"ExternalRef: SECURITY cpe23Type cpe:2.3:a\n"
	"ExternalRef: PACKAGE_MANAGER purl pkg:generic/e2@6.0.6\n"
	"ExternalRef: PACKAGE-MANAGER http://spdx.org/rdf/references/purl "
	"pkg:generic/second@1\n"
	"FileName: ./x\n"
	"SPDXID: SPDXRef-f\n"
	"FileChecksum: SHA1: 00\n"
	"SnippetSPDXID: SPDXRef-s\n"
	"Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-ric\n"
	"Relationship: SPDXRef-ric DEPENDS_ON SPDXRef-e2\n"
	"Relationship: SPDXRef-e2 CONTAINS SPDXRef-f\n"
	"Relationship: SPDXRef-e2 CONTAINS SPDXRef-s\n"
	"Relationship: SPDXRef-e2 DEPENDS_ON NONE\n";

static void test_all_fields(void **state)
{
	const struct component *c;

	(void)state;
	read_document(str_c(all_fields), OK);
	assert_str(sbom_text_components(&t),
		   "0 near-rt-ric 7 version=4.0 supplier=Vendor root\n"
		   "1 e2 15 version=6.0.6 purl=pkg:generic/e2@6.0.6 "
		   "type=library supplier=Handover Ltd producer=O-RAN SC "
		   "repository=https://gerrit.o-ran-sc.org/r/ric-plt/e2 "
		   "ref=v6.0.6 hash=sha1:"
		   "00112233445566778899aabbccddeeff00112233\n");
	assert_str(sbom_text_edges(&t), "0>1");
	assert_str(sbom_text_diags(&t), "");
	assert_str(t.target.format, "SPDX 2.2 tag-value");
	assert_int_equal(t.target.root, 0);
	c = &t.scan.parts.components.v[1];
	assert_int_equal(c->more_purls.n, 1);
	assert_str(c->more_purls.v[0], "pkg:generic/second@1");
	assert_int_equal(c->completeness, COMPLETENESS_COMPLETE);
}

/* Relationships stand anywhere, also before what they name. */
static void test_relationships_anywhere(void **state)
{
	(void)state;
	READ(HEAD ROOT("a") "Relationship: a DEPENDS_ON b\n" PKG("a")
	     "Relationship: c BUILD_TOOL_OF a\n" PKG("b") PKG("c")
	     "Relationship: b\tOTHER  c\nRelationship: b CONTAINS gone\n");
	assert_str(sbom_text_edges(&t), "0>1 0>2");
	assert_str(sbom_text_components(&t),
		   "0 a 5 version=1 root\n1 b 10 version=1\n"
		   "2 c 14 version=1 scope=build\n");
	assert_str(sbom_text_diags(&t), "RW1203 19 nothing has the reference \"gone\"\n");
}

static void test_malformed_lines(void **state)
{
	(void)state;
	read_document(STR(HEAD "no tag here\n" PKG("a") "PackageVersion: 2\n"
			  "ExternalRef: x\nRelationship: a b\n"
			  "PackageChecksum: 00\nExternalDocumentRef: x\n"
			  "FileName: f\nPackageSupplier: Organization: X\n"
			  ROOT("a") PKG("b") "NewTag: x\n"), ERR_FORMAT);
	assert_str(sbom_text_components(&t),
		   "0 a 4 version=1 root\n1 b 16 version=1\n");
	assert_str(sbom_text_diags(&t),
		   "RW1111 3 not of the form Tag: value\n"
		   "RW1103 8 a tag of the package is there twice\n"
		   "RW1111 9 not a reference: a word is missing\n"
		   "RW1111 10 not a relationship: a word is missing\n"
		   "RW1111 11 not a checksum: no colon\n"
		   "RW1111 12 not a document reference: a word is missing\n"
		   "RW1111 14 a tag of a package outside one\n");
}

static void test_text_that_is_not_closed(void **state)
{
	(void)state;
	read_document(STR(HEAD ROOT("a") PKG("a") "PackageComment: <text>x\n"
			  PKG("b")), ERR_FORMAT);
	assert_int_equal(t.scan.parts.components.n, 1);
	assert_str(sbom_text_diags(&t),
		   "RW1209 0 no component but the one described\n"
		   "RW1111 8 a <text> is not closed\n");
	/* the very end of the text */
	read_document(STR(HEAD ROOT("a") PKG("a") "PackageComment: <text>"),
		      ERR_FORMAT);
	assert_int_equal(t.scan.diags.counts[RW1111], 1);
	READ(HEAD ROOT("a") PKG("a") PKG("b") "PackageComment: <text></text>");
}

static void test_long_lines_and_texts(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, HEAD ROOT("a") PKG("a") PKG("b")
			"PackageSupplier: Organization: ");
	strbuf_pad(&b, 'x', LIMIT_NAME_BYTES);
	strbuf_cstr(&b, "\nPackageComment: ");
	strbuf_pad(&b, 'x', LIMIT_LINE_BYTES);
	strbuf_cstr(&b, "\n" PKG("c"));
	read_document(strbuf_str(&b), ERR_FORMAT);
	assert_int_equal(t.scan.parts.components.n, 3);
	assert_int_equal(t.scan.diags.counts[RW1301], 1);
	assert_int_equal(t.scan.diags.counts[RW1108], 1);
	strbuf_release(&b);
}

/* After each line: nothing that was read is lost, and a cut inside a package
 * or before the root is said. */
static void test_cut_at_every_line(void **state)
{
	size_t most = 0;

	(void)state;
	for (size_t i = 0; i < sizeof all_fields - 1; i++) {
		enum err err;
		size_t n;

		if (all_fields[i] != '\n')
			continue;
		err = sbom_text_read(&t, str_n(all_fields, i + 1));
		n = t.scan.parts.components.n;
		assert_true(n >= most);
		assert_true(err == ERR_UNSUPPORTED || n == 2 ||
			    diag_has_effect(&t.scan.diags, DIAG_INCOMPLETE));
		most = n;
	}
	assert_int_equal(most, 2);
}

static void test_utf16(void **state)
{
	char wide[2 * (sizeof HEAD PKG("a") PKG("b") ROOT("a")) + 2];
	static const char text[] = HEAD PKG("a") PKG("b") ROOT("a");
	size_t n = 0;

	(void)state;
	wide[n++] = '\xff';
	wide[n++] = '\xfe';
	for (size_t i = 0; i < sizeof text - 1; i++) {
		wide[n++] = text[i];
		wide[n++] = 0;
	}
	read_document(str_n(wide, n), OK);
	assert_int_equal(t.scan.parts.components.n, 2);
	assert_int_equal(t.target.root, 0);
}

static void test_not_a_document(void **state)
{
	(void)state;
	read_document(STR("PackageName: x\nSPDXID: x\n"), ERR_UNSUPPORTED);
	read_document(STR("see SPDXVersion: SPDX-2.2\n"), ERR_UNSUPPORTED);
	read_document(STR("SPDXVersion: x\n"), ERR_UNSUPPORTED);
	read_document(STR("# first\n SPDXVersion: SPDX-9.9\n"), OK);
	assert_int_equal(t.scan.diags.counts[RW1201], 1);
}

static void test_many_relationships_are_linear(void **state)
{
	struct strbuf b = {0};
	size_t n = 50000;

	(void)state;
	strbuf_cstr(&b, HEAD ROOT("0"));
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&b, PKG("%zu") "Relationship: %zu DEPENDS_ON %zu\n",
			   i, i, i, (i * 7919 + 1) % n);
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.scan.parts.components.n, n);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_relationships_anywhere),
		cmocka_unit_test(test_malformed_lines),
		cmocka_unit_test(test_text_that_is_not_closed),
		cmocka_unit_test(test_long_lines_and_texts),
		cmocka_unit_test(test_cut_at_every_line),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_not_a_document),
		cmocka_unit_test(test_many_relationships_are_linear),
	};

	return cmocka_run_group_tests_name("extract_spdx_tag", tests, NULL,
					   release);
}
