/* CycloneDX XML: the same components as from JSON, at the lines of the XML. */
#include "sbom_text.h"

#include "base/limits.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

#define DOC(inside) "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\">" \
	inside "</bom>"
#define ROOT "<metadata><component type=\"application\" bom-ref=\"r\">" \
	"<name>du</name></component></metadata>"

#define READ(text) read_document(STR(text), OK)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

static const char all_fields[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"\n"
	"  xmlns:v=\"http://cyclonedx.org/schema/ext/vulnerability/1.0\"\n"
	"  serialNumber=\"urn:uuid:1\" version=\"2\">\n"
	"<metadata><supplier><name>Vendor</name></supplier>\n"
	"<component bom-ref=\"r\" type=\"application\">\n"
	"<name>o-du</name><version>2.0</version></component></metadata>\n"
	"<components>\n"
	"<component type=\"library\" bom-ref=\"a\">\n"
	"  <supplier><name>Handover &amp; Ltd</name><url>https://a.example"
	"</url><url>https://b.example</url>\n"
	"   <contact><name>x</name><email>x@h.example</email></contact>\n"
	"  </supplier><manufacturer><name>Maker</name></manufacturer>\n"
	"  <author>Jo Doe &lt;jo@a.example&gt;</author>\n"
	"  <publisher>Packager</publisher>\n"
	"  <group>g</group><name>n</name><version> 1.0\n</version>\n"
	"  <scope>required</scope>\n"
	"  <hashes><hash alg=\"MD5\">00112233445566778899aabbccddeeff</hash>"
	"<hash alg=\"SHA-1\">x</hash><hash alg=\"SHA-256\">"
	"AA112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	"</hash></hashes>\n"
	"  <v:vulnerabilities><v:vulnerability ref=\"a\"><v:id>x</v:id>"
	"<name>y</name></v:vulnerability></v:vulnerabilities>\n"
	"  <purl><![CDATA[pkg:maven/g/n@1.0?type=jar&classifier=x]]></purl>\n"
	"  <pedigree><ancestors><component type=\"library\"><name>no</name>"
	"</component></ancestors></pedigree>\n"
	"  <externalReferences><reference type=\"website\"><url>"
	"https://x.example</url></reference>\n"
	"  <reference type=\"vcs\"><url>git+https://GitHub.com/o/n.git"
	"@0123456789abcdef0123456789abcdef01234567</url></reference>"
	"</externalReferences>\n"
	"  <components><component type=\"file\" bom-ref=\"c\"><name>inner"
	"</name></component></components>\n"
	"</component>\n"
	"<component type=\"library\" bom-ref=\"b\"><name>plain</name>"
	"<scope>excluded</scope></component>\n"
	"</components>\n"
	"<services><service bom-ref=\"s\"><name>s</name></service></services>"
	"\n<dependencies><dependency ref=\"r\"><dependency ref=\"a\"/>"
	"<dependency ref=\"s\"/></dependency>\n"
	"<dependency ref=\"a\"><dependency ref=\"b\"/></dependency>"
	"<dependency ref=\"b\"/></dependencies>\n"
	"<compositions><composition><aggregate>complete</aggregate>"
	"<assemblies><assembly ref=\"a\"/></assemblies>"
	"<dependencies><dependency ref=\"b\"/></dependencies></composition>"
	"\n<composition><aggregate>incomplete_third_party_only</aggregate>"
	"</composition></compositions>\n"
	"</bom>\n";

static void test_all_fields(void **state)
{
	const struct component *c;

	(void)state;
	read_document(str_c(all_fields), OK);
	assert_str(sbom_text_components(&t),
		   "0 o-du 6 version=2.0 type=application supplier=Vendor "
		   "root\n"
		   "1 g/n 9 version=1.0 purl=pkg:maven/g/n@1.0?classifier=x&"
		   "type=jar type=library scope=runtime "
		   "supplier=Handover & Ltd producer=Maker packager=Packager "
		   "repository=https://github.com/o/n "
		   "commit=0123456789abcdef0123456789abcdef01234567 "
		   "hash=sha256:aa112233445566778899aabbccddeeff"
		   "00112233445566778899aabbccddeeff\n"
		   "2 inner 24 type=file unpinned\n"
		   "3 plain 26 type=library scope=test unpinned\n");
	assert_str(sbom_text_edges(&t), "0>1 1]2 1>3");
	assert_str(t.target.format, "CycloneDX 1.6 XML");
	assert_str(sbom_text_diags(&t), "RW1210 0 1 component\n");
	c = t.scan.parts.components.v;
	assert_int_equal(c[0].completeness, COMPLETENESS_INCOMPLETE);
	assert_int_equal(c[1].completeness, COMPLETENESS_COMPLETE);
	assert_int_equal(c[3].completeness, COMPLETENESS_COMPLETE);
	assert_str(t.scan.documents.list.v[0].id, "urn:cdx:1/2");
}

static void test_texts_are_escaped(void **state)
{
	(void)state;
	READ(DOC(ROOT "<components><component type=\"a&quot;\\b\">"
		 "<name>x\"y\\z\n\t&#xd;w</name><version/></component>"
		 "</components>"));
	assert_str(sbom_text_components(&t),
		   "0 du 1 type=application root unpinned\n"
		   "1 x\"y\\z\n\t\rw 1 type=a\"\\b unpinned\n");
}

static void test_odd_documents(void **state)
{
	(void)state;
	/* repeated and missing elements, members of another namespace */
	READ(DOC(ROOT "<components xmlns=\"urn:x\"><component><name>no</name>"
		 "</component></components><components><component>"
		 "<name>a</name><name>b</name><hashes/><supplier/>"
		 "<swid tagId=\"x\"/></component><component/>7</components>"
		 "<dependencies><dependency><dependency/></dependency>"
		 "</dependencies>"));
	assert_str(sbom_text_components(&t),
		   "0 du 1 type=application root unpinned\n1 a 1 unpinned\n");
	assert_int_equal(t.scan.diags.counts[RW1103], 1);
	assert_int_equal(t.scan.diags.counts[RW1207], 1);
	read_document(STR("<bom xmlns=\"http://cyclonedx.org/schema/bom/9.9\""
			  "><components/></bom>"), OK);
	assert_int_equal(t.scan.diags.counts[RW1201], 1);
	read_document(STR("<sbom xmlns=\"http://cyclonedx.org/schema/bom/1.4"
			  "\"/>"), ERR_FORMAT);
	assert_int_equal(t.scan.diags.counts[RW1201], 1);
	read_document(STR("<bom xmlns=\"http://cyclonedx.org/schema/other\"/>"
			  ), ERR_UNSUPPORTED);
}

static void test_entities_are_refused(void **state)
{
	(void)state;
	read_document(STR("<!DOCTYPE bom [<!ENTITY x \"y\">]>\n"
			  DOC(ROOT)), ERR_FORMAT);
	assert_int_equal(t.scan.diags.counts[RW1110], 1);
	assert_int_equal(t.scan.parts.components.n, 0);
}

static void test_cut_at_every_byte(void **state)
{
	size_t most = 0;

	(void)state;
	for (size_t i = 0; i < sizeof all_fields - 1; i++) {
		enum err err = sbom_text_read(&t, str_n(all_fields, i));
		size_t n = t.scan.parts.components.n;

		assert_true(n >= most);
		most = n;
		if (err != ERR_UNSUPPORTED && i < sizeof all_fields - 2)
			assert_int_equal(t.scan.diags.counts[RW1109], 1);
		assert_int_equal(t.scan.diags.counts[RW1101], 0);
	}
	assert_int_equal(most, 4);
}

static void test_nesting(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\">"
			"<components>");
	for (int i = 0; i < 10000; i++)
		strbuf_cstr(&b, "<component><name>x</name><components>");
	read_document(strbuf_str(&b), ERR_LIMIT);
	assert_int_equal(t.scan.diags.counts[RW1104], 1);
	assert_true(t.scan.parts.components.n > 50);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_texts_are_escaped),
		cmocka_unit_test(test_odd_documents),
		cmocka_unit_test(test_entities_are_refused),
		cmocka_unit_test(test_cut_at_every_byte),
		cmocka_unit_test(test_nesting),
	};

	return cmocka_run_group_tests_name("extract_cyclonedx_xml", tests,
					   NULL, release);
}
