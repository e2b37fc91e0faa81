/* SPDX 3 in JSON-LD: what is read, and what hostile documents do. */
#include "sbom_text.h"

#include "base/limits.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

#define HEAD "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context" \
	".jsonld\",\"@graph\":[{\"type\":\"CreationInfo\",\"@id\":\"_:c\"," \
	"\"specVersion\":\"3.0.1\",\"createdBy\":[\"urn:o\"]," \
	"\"created\":\"2026-03-01T00:00:00Z\"}"
#define DOCUMENT(root) ",{\"type\":\"SpdxDocument\",\"spdxId\":\"urn:d\"," \
	"\"creationInfo\":\"_:c\",\"rootElement\":[" root "]}"
#define PKG(id, more) ",\n{\"type\":\"software_Package\",\"spdxId\":\"" id \
	"\",\"name\":\"" id "\",\"software_packageVersion\":\"1\"" more "}"
#define RELATED(from, type, to, more) ",\n{\"type\":\"Relationship\"," \
	"\"spdxId\":\"r\",\"from\":\"" from "\",\"relationshipType\":\"" \
	type "\",\"to\":" to more "}"
#define END "]}"

#define READ(text) read_document(STR(text), OK)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

static const char all_fields[] = HEAD
	",{\"type\":\"Organization\",\"spdxId\":\"urn:o\",\"name\":"
	"\"Maker Ltd\",\"externalIdentifier\":[{\"type\":"
	"\"ExternalIdentifier\",\"externalIdentifierType\":\"email\","
	"\"identifier\":\"sbom@m.example\"}]}"
	",{\"type\":\"Person\",\"spdxId\":\"urn:p\",\"name\":\"Jo Doe\","
	"\"externalIdentifier\":{\"externalIdentifierType\":\"email\","
	"\"identifier\":\"jo@p.example\"}}"
	DOCUMENT("\"urn:s\"")
	",{\"type\":\"software_Sbom\",\"spdxId\":\"urn:s\","
	"\"software_sbomType\":[\"build\"],\"rootElement\":\"urn:a\"}"
	PKG("urn:a", ",\"suppliedBy\":\"urn:o\"")
	PKG("urn:b", ",\"originatedBy\":[\"urn:p\"],"
	    "\"software_packageUrl\":\"pkg:generic/b@1\","
	    "\"externalIdentifier\":[{\"externalIdentifierType\":"
	    "\"packageUrl\",\"identifier\":\"pkg:github/o/b@1\"},"
	    "{\"externalIdentifierType\":\"cpe23\",\"identifier\":\"x\"}],"
	    "\"software_primaryPurpose\":\"library\","
	    "\"software_downloadLocation\":\"https://b.example/b.tgz\","
	    "\"externalRef\":[{\"externalRefType\":\"vcs\",\"locator\":["
	    "\"https://git.example/b.git@v1\"]}],"
	    "\"verifiedUsing\":[{\"type\":\"Hash\",\"algorithm\":\"sha3_256\""
	    ",\"hashValue\":\"00112233445566778899aabbccddeeff"
	    "00112233445566778899aabbccddeeff\"}]")
	PKG("urn:c", "") PKG("urn:t", "")
	",{\"type\":\"software_File\",\"spdxId\":\"urn:f\",\"name\":\"f\"}"
	RELATED("urn:a", "contains", "[\"urn:b\",\"urn:f\"]", "")
	RELATED("urn:b", "dependsOn", "[\"urn:c\"]",
		",\"completeness\":\"complete\"")
	RELATED("urn:c", "dependsOn", "\"NoneElement\"",
		",\"completeness\":\"incomplete\"")
	",{\"type\":\"LifecycleScopedRelationship\",\"spdxId\":\"r\","
	"\"from\":\"urn:a\",\"relationshipType\":\"dependsOn\","
	"\"scope\":\"build\",\"to\":[\"urn:t\"]}"
	RELATED("urn:b", "packagedBy", "\"urn:o\"", "")
	RELATED("urn:c", "hasDeclaredLicense", "\"urn:l\"", "")
	RELATED("urn:c", "copiedTo", "\"gone\"", "") END;

static void test_all_fields(void **state)
{
	const struct document *d;

	(void)state;
	read_document(str_c(all_fields), OK);
	assert_str(sbom_text_components(&t),
		   "0 urn:a 2 version=1 supplier=Maker Ltd root\n"
		   "1 urn:b 3 version=1 purl=pkg:generic/b@1 type=library "
		   "producer=@p.example packager=Maker Ltd "
		   "repository=https://git.example/b ref=v1 hash=sha3-256:"
		   "00112233445566778899aabbccddeeff"
		   "00112233445566778899aabbccddeeff\n"
		   "2 urn:c 4 version=1\n3 urn:t 5 version=1 scope=build\n");
	assert_str(sbom_text_edges(&t), "0]1 0>3 1>2");
	assert_str(sbom_text_diags(&t), "RW1210 0 1 component\n");
	assert_str(t.target.format, "SPDX 3.0.1 JSON-LD");
	d = &t.scan.documents.list.v[0];
	assert_str(d->id, "urn:d");
	assert_int_equal(d->has, DOCUMENT_AUTHOR | DOCUMENT_ORGANISATION |
			 DOCUMENT_CONTACT | DOCUMENT_TIME | DOCUMENT_CONTEXT |
			 DOCUMENT_ID | DOCUMENT_DESCRIBES);
	assert_true(d->parts_have.v[2] & COMPONENT_DECLARED);
	assert_true(d->parts_have.v[0] & COMPONENT_SUPPLIER_CONTACT);
}

static void test_defects(void **state)
{
	(void)state;
	READ(HEAD DOCUMENT("\"urn:gone\",7") PKG("urn:a", "")
	     PKG("urn:a", ",\"suppliedBy\":\"urn:nobody\"")
	     ",7,[],{\"type\":\"software_Package\"},{}"
	     RELATED("urn:a", "dependsOn", "[\"urn:x\",{},7]", "")
	     RELATED("urn:x", "dependsOn", "[\"urn:a\"]", "")
	     RELATED("urn:a", "dependsOn", "[\"urn:a\"]", "") END);
	assert_int_equal(t.scan.parts.components.n, 2);
	assert_int_equal(t.scan.diags.counts[RW1202], 1);
	assert_int_equal(t.scan.diags.counts[RW1204], 1);
	assert_int_equal(t.scan.diags.counts[RW1207], 1);
	assert_int_equal(t.scan.diags.counts[RW1208], 1);
	assert_true(t.scan.diags.counts[RW1203] > 2);
}

static void test_elements_of_other_documents(void **state)
{
	static const char one[] = HEAD DOCUMENT("\"urn:a\"")
		",{\"type\":\"SpdxDocument\",\"spdxId\":\"urn:x\"}"
		PKG("urn:a", "") PKG("urn:b", "")
		RELATED("urn:a", "contains", "[\"urn:b\"]", "") END;
	static const char two[] = HEAD
		",{\"type\":\"SpdxDocument\",\"spdxId\":\"urn:e\","
		"\"import\":[{\"externalSpdxId\":\"urn:b\"},"
		"{\"externalSpdxId\":\"urn:z\"}],\"rootElement\":[\"urn:k\"]}"
		PKG("urn:k", "")
		RELATED("urn:k", "dependsOn", "[\"urn:b\",\"urn:z\"]", "") END;
	struct target target = {0};
	enum err err;

	(void)state;
	sbom_text_release(&t);
	err = extract_sbom(&t.scan, STR("one"), str_c(one), &t.target);
	assert_int_equal(err, OK);
	err = extract_sbom(&t.scan, STR("two"), str_c(two), &target);
	assert_int_equal(err, OK);
	extract_link(&t.scan);
	assert_str(sbom_text_edges(&t), "0]1 2>1");
	assert_int_equal(t.scan.diags.counts[RW1203], 0);
	assert_int_equal(t.scan.diags.counts[RW1211], 1);
}

static void test_cut_at_every_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof all_fields - 1; i++) {
		enum err err = sbom_text_read(&t, str_n(all_fields, i));

		assert_true(err == ERR_UNSUPPORTED || err == ERR_FORMAT);
		if (err == ERR_FORMAT)
			assert_int_equal(t.scan.diags.counts[RW1101], 1);
	}
}

/* An SBOM that is named as a root by itself and very often. */
static void test_many_roots_are_linear(void **state)
{
	struct strbuf b = {0};
	size_t n = 100000;

	(void)state;
	strbuf_cstr(&b, HEAD ",{\"type\":\"SpdxDocument\",\"spdxId\":\"d\","
			"\"rootElement\":[\"s\"");
	for (size_t i = 0; i < n; i++)
		strbuf_cstr(&b, ",\"s\"");
	strbuf_cstr(&b, "]},{\"type\":\"software_Sbom\",\"spdxId\":\"s\","
			"\"rootElement\":[\"s\"");
	for (size_t i = 0; i < n; i++)
		strbuf_cstr(&b, ",\"a\"");
	strbuf_cstr(&b, "]}" PKG("a", "") END);
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.target.root, 0);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_defects),
		cmocka_unit_test(test_elements_of_other_documents),
		cmocka_unit_test(test_cut_at_every_byte),
		cmocka_unit_test(test_many_roots_are_linear),
	};

	return cmocka_run_group_tests_name("extract_spdx3", tests, NULL,
					   release);
}
