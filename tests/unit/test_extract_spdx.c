/* SPDX JSON: what is read, and what real and hostile documents do. */
#include "sbom_text.h"

#include <string.h>

#include "base/limits.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

/* A document around its members. */
#define DOC(members) "{\"spdxVersion\":\"SPDX-2.3\"," \
	"\"SPDXID\":\"SPDXRef-DOCUMENT\"," members "}"
#define PKG(id, more) "{\"SPDXID\":\"" id "\",\"name\":\"" id "\"," \
	"\"versionInfo\":\"1\"" more "}"
#define RELATED(a, type, b) "{\"spdxElementId\":\"" a "\"," \
	"\"relationshipType\":\"" type "\",\"relatedSpdxElement\":\"" b "\"}"

#define READ(text) read_document(STR(text), OK)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

static void test_all_fields(void **state)
{
	(void)state;
	READ("{\n\"spdxVersion\": \"SPDX-2.2\",\n"
	     "\"SPDXID\": \"SPDXRef-DOCUMENT\",\n"
	     "\"documentDescribes\": [\"SPDXRef-ric\"],\n"
	     "\"packages\": [\n"
	     "{\"SPDXID\": \"SPDXRef-ric\", \"name\": \"near-rt-ric\",\n"
	     " \"versionInfo\": \"4.0\", \"downloadLocation\": \"NOASSERTION\","
	     "\n \"supplier\": \"Organization: Vendor (info@v.example)\"},\n"
	     "{\"SPDXID\": \"SPDXRef-e2\", \"name\": \"e2\",\n"
	     " \"versionInfo\": \"6.0.6\",\n"
	     " \"primaryPackagePurpose\": \"LIBRARY\",\n"
	     " \"supplier\": \"Organization: Handover Ltd\",\n"
	     " \"originator\": \"Organization: O-RAN SC\",\n"
	     " \"downloadLocation\": \"git+https://gerrit.o-ran-sc.org/r/"
	     "ric-plt/e2.git@v6.0.6#RIC-E2\",\n"
	     " \"checksums\": [{\"algorithm\": \"SHA1\", \"checksumValue\":\n"
	     "  \"00112233445566778899aabbccddeeff00112233\"}],\n"
	     " \"externalRefs\": [{\"referenceCategory\": \"SECURITY\",\n"
	     "  \"referenceType\": \"cpe23Type\", \"referenceLocator\": "
	     "\"cpe:2.3:a\"},\n"
	     "  {\"referenceCategory\": \"PACKAGE_MANAGER\", \"referenceType\""
	     ": \"purl\",\n"
	     "  \"referenceLocator\": \"pkg:generic/e2@6.0.6\"},\n"
	     "  {\"referenceType\": \"http://spdx.org/rdf/references/purl\",\n"
	     "  \"referenceLocator\": \"pkg:generic/second@1\"}]}],\n"
	     "\"files\": [{\"SPDXID\": \"SPDXRef-f\", \"fileName\": \"x\"}],\n"
	     "\"relationships\": [\n"
	     RELATED("SPDXRef-ric", "DEPENDS_ON", "SPDXRef-e2") ",\n"
	     RELATED("SPDXRef-e2", "CONTAINS", "SPDXRef-f") ",\n"
	     RELATED("SPDXRef-e2", "DEPENDS_ON", "NONE") "]}\n");
	assert_str(sbom_text_components(&t),
		   "0 near-rt-ric 6 version=4.0 supplier=Vendor root\n"
		   "1 e2 9 version=6.0.6 purl=pkg:generic/e2@6.0.6 "
		   "type=library supplier=Handover Ltd producer=O-RAN SC "
		   "repository=https://gerrit.o-ran-sc.org/r/ric-plt/e2 "
		   "ref=v6.0.6 hash=sha1:"
		   "00112233445566778899aabbccddeeff00112233\n");
	assert_str(sbom_text_edges(&t), "0>1");
	assert_str(sbom_text_diags(&t), "");
	assert_str(t.target.format, "SPDX 2.2 JSON");
	assert_int_equal(t.target.root, 0);
}

static void test_relationships(void **state)
{
	(void)state;
	READ(DOC("\"packages\":[" PKG("r", "") "," PKG("a", "") ","
		 PKG("b", "") "," PKG("c", "") "," PKG("d", "")
		 "," PKG("e", "") "," PKG("f", "") "],"
		 "\"relationships\":["
		 RELATED("SPDXRef-DOCUMENT", "DESCRIBE", "r") ","
		 RELATED("a", "DEPENDENCY_OF", "r") ","
		 RELATED("b", "BUILD_DEPENDENCY_OF", "r") ","
		 RELATED("b", "TEST_TOOL_OF", "a") ","
		 RELATED("c", "TEST_DEPENDENCY_OF", "a") ","
		 RELATED("c", "RUNTIME_DEPENDENCY_OF", "r") ","
		 RELATED("d", "CONTAINED_BY", "r") ","
		 RELATED("d", "STATIC_LINK", "e") ","
		 RELATED("e", "GENERATED_FROM", "f") ","
		 RELATED("e", "OTHER", "a") ","
		 RELATED("e", "VARIANT_OF", "gone") "]"));
	assert_str(sbom_text_components(&t),
		   "0 r 1 version=1 root\n1 a 1 version=1\n"
		   "2 b 1 version=1 scope=build\n"
		   "3 c 1 version=1 scope=runtime\n4 d 1 version=1\n"
		   "5 e 1 version=1 scope=runtime\n6 f 1 version=1\n");
	assert_str(sbom_text_edges(&t), "0>1 0>2 0>3 0]4 1>2 1>3 4>5 5>6");
	assert_str(sbom_text_diags(&t), "");
}

static void test_graph_defects(void **state)
{
	(void)state;
	READ(DOC("\"packages\":[" PKG("r", "") "," PKG("a", "") ",\n"
		 PKG("a", "") "," PKG("b", "") "],\n"
		 "\"snippets\":[{\"SPDXID\":\"s\"}],\"relationships\":["
		 RELATED("r", "DESCRIBED_BY", "SPDXRef-DOCUMENT") ","
		 RELATED("r", "CONTAINS", "s") ",\n"
		 RELATED("r", "DEPENDS_ON", "gone") ","
		 RELATED("a", "DEPENDS_ON", "b") ","
		 RELATED("b", "DEPENDS_ON", "a") ",\n"
		 RELATED("b", "DEPENDS_ON", "DocumentRef-x:SPDXRef-y") ","
		 "{},7,{\"relationshipType\":\"DEPENDS_ON\"}]"));
	assert_str(sbom_text_edges(&t), "1>3 3>1 0]2 0]1");
	assert_str(sbom_text_diags(&t),
		   "RW1204 1 2 components, one is \"a\"\n"
		   "RW1202 2 \"a\" is the reference of another, too\n"
		   "RW1203 4 nothing has the reference \"gone\"\n"
		   "RW1203 5 nothing has the reference \"\"\n"
		   "RW1211 5 DocumentRef-x\n");
}

static void test_roots(void **state)
{
	(void)state;
	/* named twice, it is still one */
	READ(DOC("\"documentDescribes\":[\"a\"],\"packages\":["
		 PKG("a", "") "," PKG("b", "") "],\"relationships\":["
		 RELATED("SPDXRef-DOCUMENT", "DESCRIBES", "a") "]"));
	assert_int_equal(t.target.root, 0);
	assert_str(sbom_text_edges(&t), "0]1");
	/* of several none stands for the whole */
	READ(DOC("\"documentDescribes\":[\"a\",\"b\"],\"packages\":["
		 PKG("a", "") "," PKG("b", "") "]"));
	assert_int_equal(t.target.root, SIZE_MAX);
	assert_str(sbom_text_edges(&t), "");
	assert_false(t.scan.parts.components.v[0].is_root);
	assert_str(sbom_text_diags(&t),
		   "RW1208 0 2 components are described, none as the whole\n");
	READ(DOC("\"documentDescribes\":[\"gone\"],\"packages\":["
		 PKG("a", "") "]"));
	assert_int_equal(t.scan.diags.counts[RW1208], 1);
	assert_int_equal(t.scan.diags.counts[RW1203], 1);
	READ(DOC("\"documentDescribes\":[\"a\"],\"packages\":["
		 PKG("a", "") "]"));
	assert_int_equal(t.scan.diags.counts[RW1209], 1);
}

#define PURL(purl) ",\"externalRefs\":[{\"referenceType\":\"purl\"," \
	"\"referenceLocator\":\"" purl "\"}]"
#define DEB PURL("pkg:deb/debian/x@1")
#define BY(who) ",\"supplier\":\"" who "\",\"originator\":\"" who "\""

/* One document, written by different tools. */
#define WRITTEN_BY(tool) DOC("\"creationInfo\":{\"creators\":[" \
	"\"Organization: X\",\"Tool: " tool "\"]},\"packages\":[" \
	PKG("os", BY("Organization: Kernel Team <k@x.example>") DEB) "," \
	PKG("lib", BY("Organization: Maker")) "]")

static void test_supplier_by_generator(void **state)
{
	(void)state;
	READ(WRITTEN_BY("syft-1.2.3"));
	assert_str(sbom_text_components(&t),
		   "0 os 1 version=1 purl=pkg:deb/debian/x@1 "
		   "packager=Kernel Team\n"
		   "1 lib 1 version=1 producer=Maker\n");
	READ(WRITTEN_BY("trivy"));
	assert_str(sbom_text_components(&t),
		   "0 os 1 version=1 purl=pkg:deb/debian/x@1 "
		   "packager=Kernel Team\n"
		   "1 lib 1 version=1 packager=Maker\n");
	READ(WRITTEN_BY("own script"));
	assert_str(sbom_text_components(&t),
		   "0 os 1 version=1 purl=pkg:deb/debian/x@1 "
		   "supplier=Kernel Team producer=Kernel Team\n"
		   "1 lib 1 version=1 supplier=Maker producer=Maker\n");
}

static void test_persons_are_not_kept(void **state)
{
	(void)state;
	READ(DOC("\"packages\":["
		 PKG("a", BY("Person: Jo Doe (jo@a.example)")) ","
		 PKG("b", BY("Person: Jo Doe")) ","
		 PKG("c", BY("NOASSERTION")) "]"));
	assert_str(sbom_text_components(&t),
		   "0 a 1 version=1 supplier=@a.example producer=@a.example\n"
		   "1 b 1 version=1\n2 c 1 version=1\n");
}

static void test_wrappers(void **state)
{
	(void)state;
	READ("{\"sbom\":" DOC("\"packages\":[" PKG("a", "") "]") "}");
	assert_int_equal(t.scan.parts.components.n, 1);
	assert_str(t.target.format, "SPDX 2.3 JSON");
	READ("{\"_type\":\"https://in-toto.io/Statement/v0.1\","
	     "\"predicate\":" DOC("\"packages\":[" PKG("a", "") "]") "}");
	assert_int_equal(t.scan.parts.components.n, 1);
}

static void test_versions_and_places(void **state)
{
	(void)state;
	READ("{\"spdxVersion\":\"SPDX-2.7\",\"SPDXID\":\"d\",\"packages\":["
	     PKG("a", "") "]}");
	assert_int_equal(t.scan.diags.counts[RW1201], 1);
	assert_int_equal(t.scan.parts.components.n, 1);
	/* an archive is no repository; its address stays as it is */
	READ(DOC("\"packages\":["
		 PKG("a", ",\"downloadLocation\":"
			      "\"https://a.example/o/a.tar.gz\"") ","
		 PKG("b", ",\"downloadLocation\":"
			      "\"https://git.example/o/b.git\"") ","
		 PKG("c", ",\"downloadLocation\":\"git://h.example/c@"
			      "0123456789012345678901234567890123456789\"")
		 ",{\"SPDXID\":\"e\"},7]"));
	assert_str(sbom_text_components(&t),
		   "0 a 1 version=1 repository=https://a.example/o/a.tar.gz\n"
		   "1 b 1 version=1 repository=https://git.example/o/b\n"
		   "2 c 1 version=1 repository=https://h.example/c "
		   "commit=0123456789012345678901234567890123456789\n");
	assert_int_equal(t.scan.parts.components.v[0].provenance.kind,
			 PROVENANCE_UNKNOWN);
	assert_int_equal(t.scan.diags.counts[RW1207], 2);
}

static void test_passwords_are_not_kept(void **state)
{
	(void)state;
	READ(DOC("\"packages\":["
		 PKG("a", ",\"downloadLocation\":"
			  "\"https://me:secret@a.example/a.tgz\"") ","
		 PKG("b", ",\"downloadLocation\":"
			  "\"git+https://me:secret@b.example/b@f/x#sub\"") ","
		 PKG("c", PURL("pkg:generic/c@1?download_url="
			       "https://me:secret@c.example/c")) ","
		 PKG("d", PURL("https://me:secret@d.example")) "]"));
	assert_str(sbom_text_components(&t),
		   "0 a 1 version=1 repository=https://a.example/a.tgz\n"
		   "1 b 1 version=1 repository=https://b.example/b ref=f/x\n"
		   "2 c 1 version=1 purl=pkg:generic/c@1?download_url="
		   "https:%2F%2Fc.example%2Fc\n3 d 1 version=1\n");
	assert_int_equal(str_find(sbom_text_diags(&t), STR("secret")),
			 SIZE_MAX);
}

static const char whole[] =
	DOC("\"packages\":[" PKG("r", BY("Organization: X")) ","
	    PKG("a", DEB ",\"checksums\":[{\"algorithm\":\"MD5\"}]")
	    "],\"files\":[{\"SPDXID\":\"f\"}],\"relationships\":["
	    RELATED("SPDXRef-DOCUMENT", "DESCRIBES", "r") ","
	    RELATED("r", "DEPENDS_ON", "a") "]");

static void test_cut_at_every_byte(void **state)
{
	(void)state;
	assert_int_equal(sbom_text_cut(&t, str_c(whole)), 2);
	assert_str(sbom_text_edges(&t), "0>1");
}

static void test_every_package_described_is_linear(void **state)
{
	struct strbuf b = {0};
	size_t n = 100000;

	(void)state;
	strbuf_cstr(&b, "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"d\","
			"\"packages\":[" PKG("x", ""));
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&b, ",{\"SPDXID\":\"%zu\",\"name\":\"a\"}", i);
	strbuf_cstr(&b, "],\"relationships\":[{}");
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&b, "," RELATED("d", "DESCRIBES", "%zu")
			   "," RELATED("%zu", "DEPENDS_ON", "%zu"), i, i,
			   (i * 7919 + 1) % n);
	strbuf_cstr(&b, "]}");
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.scan.parts.components.n, n + 1);
	assert_int_equal(t.scan.parts.edges.n, n);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_relationships),
		cmocka_unit_test(test_graph_defects),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_supplier_by_generator),
		cmocka_unit_test(test_persons_are_not_kept),
		cmocka_unit_test(test_wrappers),
		cmocka_unit_test(test_versions_and_places),
		cmocka_unit_test(test_passwords_are_not_kept),
		cmocka_unit_test(test_cut_at_every_byte),
		cmocka_unit_test(test_every_package_described_is_linear),
	};

	return cmocka_run_group_tests_name("extract_spdx", tests, NULL,
					   release);
}
