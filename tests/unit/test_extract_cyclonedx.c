/* CycloneDX JSON: what is read, and what real and hostile documents do. */
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
#define DOC(members) "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"," \
	members "}"
#define ROOT "\"metadata\":{\"component\":{\"bom-ref\":\"r\"," \
	"\"type\":\"application\",\"name\":\"du\"}},"

#define READ(text) read_document(STR(text), OK)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

static void test_all_fields(void **state)
{
	(void)state;
	READ("{\n"
	     "\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\",\n"
	     "\"metadata\": {\"supplier\": {\"name\": \"Vendor\"},\n"
	     "  \"component\": {\"bom-ref\": \"r\", \"name\": \"o-du\",\n"
	     "  \"type\": \"application\", \"version\": \"2.0\"}},\n"
	     "\"components\": [\n"
	     "{\"bom-ref\": \"a\", \"type\": \"library\", \"group\": \"g\",\n"
	     " \"name\": \"n\", \"version\": \"1.0\", \"scope\": \"required\","
	     "\n \"purl\": \"pkg:maven/g/n@1.0?type=jar\",\n"
	     " \"supplier\": {\"name\": \"Handover Ltd\"},\n"
	     " \"manufacturer\": {\"name\": \"Maker\"},\n"
	     " \"author\": \"Jo Doe <jo@a.example>\",\n"
	     " \"publisher\": \"Packager\",\n"
	     " \"hashes\": [{\"alg\": \"MD5\", \"content\": \""
	     "00112233445566778899aabbccddeeff\"},\n"
	     "  {\"alg\": \"SHA-1\", \"content\": \"x\"}, {\"alg\": \"SHA-256"
	     "\",\n \"content\": \"AA112233445566778899aabbccddeeff"
	     "00112233445566778899aabbccddeeff\"}],\n"
	     " \"externalReferences\": [{\"type\": \"website\", \"url\": "
	     "\"https://x.example\"},\n"
	     "  {\"type\": \"vcs\", \"url\": \"git+https://GitHub.com/o/n.git"
	     "@0123456789abcdef0123456789abcdef01234567\"}]},\n"
	     "{\"bom-ref\": \"b\", \"name\": \"plain\", \"scope\": "
	     "\"excluded\"}],\n"
	     "\"dependencies\": [{\"ref\": \"r\", \"dependsOn\": [\"a\"]},\n"
	     " {\"ref\": \"a\", \"dependsOn\": [\"b\", \"b\"]}]}\n");
	assert_str(sbom_text_components(&t),
		   "0 o-du 4 version=2.0 type=application supplier=Vendor "
		   "root\n"
		   "1 g/n 7 version=1.0 purl=pkg:maven/g/n@1.0?type=jar "
		   "type=library scope=runtime supplier=Handover Ltd "
		   "producer=Maker packager=Packager "
		   "repository=https://github.com/o/n "
		   "commit=0123456789abcdef0123456789abcdef01234567 "
		   "hash=sha256:aa112233445566778899aabbccddeeff"
		   "00112233445566778899aabbccddeeff\n"
		   "2 plain 19 scope=test unpinned\n");
	assert_str(sbom_text_edges(&t), "0>1 1>2");
	assert_str(sbom_text_diags(&t), "");
	assert_str(t.target.format, "CycloneDX 1.6 JSON");
	assert_int_equal(t.target.root, 0);
	assert_int_equal(t.target.kind, TARGET_SBOM);
}

static void test_persons_are_not_kept(void **state)
{
	(void)state;
	READ(DOC(ROOT "\"components\":["
		 "{\"name\":\"a\",\"version\":\"1\",\"author\":\"Jo Doe\"},"
		 "{\"name\":\"b\",\"version\":\"1\",\"authors\":["
		 "{\"name\":\"Jo Doe\"},"
		 "{\"name\":\"Jo Doe\",\"email\":\"jo@zte.com.cn\"}]},"
		 "{\"name\":\"c\",\"version\":\"1\","
		 "\"publisher\":\"Jo Doe <jo@c.example>\","
		 "\"authors\":\"Jo\",\"supplier\":{}},"
		 "{\"name\":\"d\",\"version\":\"1\","
		 "\"supplier\":\"Text Inc\"}]"));
	assert_str(sbom_text_components(&t),
		   "0 du 1 type=application root unpinned\n"
		   "1 a 1 version=1\n"
		   "2 b 1 version=1 producer=@zte.com.cn\n"
		   "3 c 1 version=1 packager=@c.example\n"
		   "4 d 1 version=1 supplier=Text Inc\n");
}

static void test_nested_components(void **state)
{
	(void)state;
	READ(DOC("\"metadata\":{\"component\":{\"name\":\"r\",\"components\":"
		 "[{\"name\":\"r1\"}]}},\n"
		 "\"components\":[{\"name\":\"a\",\"components\":[\n"
		 "{\"name\":\"a1\",\"components\":[{\"name\":\"a11\"}]},\n"
		 "{\"components\":[{\"name\":\"orphan\"}]},\n"
		 "{\"name\":\"a2\"}]},{\"name\":\"b\"}]"));
	assert_str(sbom_text_components(&t),
		   "0 r 1 root unpinned\n1 r1 1 unpinned\n2 a 2 unpinned\n"
		   "3 a1 3 unpinned\n4 a11 3 unpinned\n5 orphan 4 unpinned\n"
		   "6 a2 5 unpinned\n7 b 5 unpinned\n");
	assert_str(sbom_text_edges(&t), "0]1 2]3 2]5 2]6 3]4 0]2 0]7");
	assert_str(sbom_text_diags(&t), "RW1207 4 no name\n");
}

static void test_graph_defects(void **state)
{
	(void)state;
	READ(DOC(ROOT "\"services\":[{\"bom-ref\":\"s\",\"name\":\"x\"}],"
		 "\"components\":[{\"bom-ref\":\"a\",\"name\":\"a\"},\n"
		 "{\"bom-ref\":\"a\",\"name\":\"a again\"},\n"
		 "{\"bom-ref\":\"b\",\"name\":\"b\"},\n"
		 "{\"bom-ref\":\"c\",\"name\":\"c\"},"
		 "{\"bom-ref\":\"d\",\"name\":\"d\"},"
		 "{\"name\":\"e\",\"purl\":\"pkg:npm/e@1\"}],\n"
		 "\"dependencies\":[{\"ref\":\"r\",\"dependsOn\":[\"a\",\"s\""
		 ",\"r\"]},\n"
		 "{\"ref\":\"a\",\"dependsOn\":[\"gone\",\"pkg:npm/e@1\"]},\n"
		 "{\"ref\":\"no\",\"dependsOn\":[\"a\"]},"
		 "{\"ref\":\"b\",\"dependsOn\":[\"c\"]},"
		 "{\"ref\":\"c\",\"dependsOn\":[\"b\",\"urn:cdx:x/1#y\"]},"
		 "{\"ref\":\"d\",\"dependsOn\":\"x\"},{\"ref\":1},7]"));
	/* the circle of b and c hangs on the root by its first */
	assert_str(sbom_text_edges(&t), "0>0 0>1 1>6 3>4 4>3 0]2 0]5 0]3");
	assert_str(sbom_text_diags(&t),
		   "RW1204 1 1 component, one is \"du\"\n"
		   "RW1202 2 \"a\" is the reference of another, too\n"
		   "RW1204 3 2 components, one is \"b\"\n"
		   "RW1203 6 nothing has the reference \"gone\"\n"
		   "RW1203 7 nothing has the reference \"no\"\n"
		   "RW1211 7 urn:cdx:x/1\n");
}

static void test_odd_values(void **state)
{
	(void)state;
	READ(DOC(ROOT "\"components\":[\"text\",null,{\"name\":7},"
		 "{\"name\":\"a\",\"version\":1.10,\"type\":\"new-kind\","
		 "\"scope\":\"later\",\"hashes\":\"x\",\"licenses\":[1],"
		 "\"externalReferences\":[1,{\"type\":\"vcs\"},"
		 "{\"type\":\"vcs\",\"url\":\"not one\"},"
		 "{\"type\":\"vcs\",\"url\":\"git@github.com:o/a.git\"},"
		 "{\"type\":\"vcs\",\"url\":\"https://x.example/second\"}]},"
		 "{\"name\":\"b\",\"version\":\"unknown\"},"
		 "{\"name\":\"c\",\"version\":\"latest\"},"
		 "{\"name\":\"d\",\"version\":\"^1.2\"},"
		 "{\"name\":\"none\",\"bom-ref\":\"n\"},"
		 "{\"bom-ref\":\"x\"},{\"purl\":\"pkg:npm/g@2\"},"
		 "{\"name\":\"e\",\"purl\":\"https://e.example/x\"},"
		 "{\"name\":\"f\",\"purl\":\"pkg:npm/f@3\"}],"
		 "\"dependencies\":[{\"ref\":\"n\",\"dependsOn\":[\"x\"]}]"));
	assert_str(sbom_text_components(&t),
		   "0 du 1 type=application root unpinned\n"
		   "1 7 1 unpinned\n"
		   "2 a 1 version=1.10 type=new-kind "
		   "repository=https://github.com/o/a\n"
		   "3 b 1 unpinned\n4 c 1 unpinned\n5 d 1 version=^1.2 "
		   "unpinned\n6 none 1 unpinned\n"
		   "7 pkg:npm/g@2 1 version=2 purl=pkg:npm/g@2\n"
		   "8 e 1 unpinned\n9 f 1 version=3 purl=pkg:npm/f@3\n");
	assert_int_equal(t.scan.diags.counts[RW1207], 3);
	assert_int_equal(t.scan.diags.counts[RW1206], 1);
}

static void test_stamped_supplier(void **state)
{
	static const char one[] =
		"{\"name\":\"x\",\"supplier\":{\"name\":\"Dist\"}},";
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\","
			"\"metadata\":{\"component\":{\"name\":\"r\","
			"\"supplier\":{\"name\":\"Dist\"}}},\"components\":[");
	for (int i = 0; i < 8; i++)
		strbuf_cstr(&b, one);
	strbuf_cstr(&b, "{\"name\":\"y\"},{\"name\":\"z\"}]}");
	/* 8 of 10 is not more than 80 % */
	read_document(strbuf_str(&b), OK);
	assert_str(sbom_text_diags(&t), "");
	b.n -= 2;
	strbuf_cstr(&b, ",{\"name\":\"x\",\"supplier\":\"Dist\"}]}");
	read_document(strbuf_str(&b), OK);
	assert_str(sbom_text_diags(&t),
		   "RW1205 0 \"Dist\" on 9 of 11 components\n");
	assert_false(t.scan.parts.components.v[0].is_stamped);
	assert_true(t.scan.parts.components.v[1].is_stamped);
	assert_false(t.scan.parts.components.v[9].is_stamped);
	assert_true(t.scan.parts.components.v[11].is_stamped);
	/* four components are too few to tell */
	READ(DOC("\"components\":["
		 "{\"name\":\"a\",\"supplier\":\"D\"},"
		 "{\"name\":\"b\",\"supplier\":\"D\"},"
		 "{\"name\":\"c\",\"supplier\":\"D\"},"
		 "{\"name\":\"d\",\"supplier\":\"D\"}]"));
	assert_int_equal(t.scan.diags.counts[RW1205], 0);
	strbuf_release(&b);
}

static void test_versions_and_emptiness(void **state)
{
	(void)state;
	READ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.9\",\n"
	     "\"components\":[{\"name\":\"a\"}]}");
	assert_str(sbom_text_diags(&t),
		   "RW1208 0 no component of 1 is described as the whole\n"
		   "RW1201 1 CycloneDX version \"1.9\"\n");
	assert_int_equal(t.target.root, SIZE_MAX);
	READ("{\"bomFormat\":\"CycloneDX\"}");
	assert_str(sbom_text_diags(&t),
		   "RW1201 0 CycloneDX version \"\"\n"
		   "RW1209 0 no component\n");
	READ(DOC("\"metadata\":{\"component\":{\"name\":\"a\"}}"));
	assert_str(sbom_text_diags(&t),
		   "RW1209 0 no component but the one described\n");
	assert_int_equal(t.target.root, 0);
	READ(DOC("\"components\":[{\"name\":\"a\"}],\"components\":[],"
		 "\"components\":{}"));
	assert_int_equal(t.scan.parts.components.n, 1);
	assert_int_equal(t.scan.diags.counts[RW1103], 2);
}

static void test_escaped_keys_hide_nothing(void **state)
{
	(void)state;
	READ("{\"bom\\u0046ormat\":\"CycloneDX\",\"specVersion\":\"1.5\","
	     "\"\\u0063omponents\":[{\"n\\u0061me\":\"\\u0061\\u0000b\"}]}");
	assert_int_equal(t.scan.parts.components.n, 1);
	assert_str(t.scan.parts.components.v[0].name, "a\xef\xbf\xbd" "b");
	assert_int_equal(t.scan.diags.counts[RW1105], 1);
}

static void test_huge_texts_are_left_out(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\","
			"\"components\":[{\"name\":\"a\",\n\"version\":\"");
	strbuf_pad(&b, 'x', LIMIT_NAME_BYTES + 1);
	strbuf_cstr(&b, "\"},{\"name\":\"");
	strbuf_pad(&b, 'x', 8 * LIMIT_MB);
	strbuf_cstr(&b, "\"},{\"name\":\"b\"}]}");
	read_document(strbuf_str(&b), OK);
	assert_str(sbom_text_components(&t), "0 a 1 unpinned\n"
					     "1 b 2 unpinned\n");
	assert_int_equal(t.scan.diags.counts[RW1301], 2);
	assert_int_equal(t.scan.diags.counts[RW1207], 1);
	strbuf_release(&b);
}

static void test_malformed_keeps_the_beginning(void **state)
{
	(void)state;
	read_document(STR("{\"bomFormat\":\"CycloneDX\",\"specVersion\":"
			  "\"1.5\",\"components\":[{\"name\":\"a\"},\n"
			  "{\"name\":\"b\",\"version\":tru"), ERR_FORMAT);
	assert_str(sbom_text_components(&t), "0 a 1 unpinned\n"
					     "1 b 2 unpinned\n");
	assert_str(sbom_text_diags(&t),
		   "RW1208 0 no component of 2 is described as the whole\n"
		   "RW1101 2 the text ends inside a value\n");
	assert_int_equal(t.target.files_failed, 1);
	READ(DOC("\"components\":[{\"name\":\"a\"}]") "\n<html>");
	assert_int_equal(t.scan.diags.counts[RW1102], 1);
	assert_int_equal(t.scan.parts.components.n, 1);
}

/* A tower of components, each in the one before. */
static void add_tower(struct strbuf *b, int levels)
{
	strbuf_cstr(b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\","
		       "\"components\":[");
	for (int i = 0; i < levels; i++)
		strbuf_cstr(b, "{\"name\":\"a\",\"components\":[");
	for (int i = 0; i < levels; i++)
		strbuf_cstr(b, "]}");
	strbuf_cstr(b, "]}");
}

static void test_depth(void **state)
{
	struct strbuf b = {0};

	(void)state;
	add_tower(&b, (LIMIT_JSON_DEPTH - 2) / 2);
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.scan.parts.components.n, 63);
	assert_int_equal(t.scan.parts.edges.n, 62);
	strbuf_clear(&b);
	add_tower(&b, 100000);
	read_document(strbuf_str(&b), ERR_LIMIT);
	assert_int_equal(t.scan.diags.counts[RW1104], 1);
	assert_int_equal(t.scan.parts.components.n, 63);
	strbuf_release(&b);
}

static void test_encodings(void **state)
{
	static const char text[] = DOC("\"components\":[{\"name\":\"a\"}]");
	struct strbuf b = {0};

	(void)state;
	READ("\xef\xbb\xbf" DOC("\"components\":[{\"name\":\"\xc3\xa9\"}]"));
	assert_str(t.scan.parts.components.v[0].name, "\xc3\xa9");
	for (size_t i = 0; i < sizeof text - 1; i++) {
		strbuf_ch(&b, text[i]);
		strbuf_ch(&b, 0);
	}
	assert_true(extract_is_sbom(strbuf_str(&b)));
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.scan.parts.components.n, 1);
	strbuf_release(&b);
	READ(DOC("\"components\":[{\"name\":\"\xff\"}]"));
	assert_str(t.scan.parts.components.v[0].name, "\xef\xbf\xbd");
	assert_int_equal(t.scan.diags.counts[RW1105], 1);
}

static const char whole[] =
	DOC("\"metadata\":{\"component\":{\"bom-ref\":\"r\",\"name\":\"du\","
	    "\"components\":[{\"name\":\"in\"}]}},\"components\":["
	    "{\"bom-ref\":\"a\",\"group\":\"g\",\"name\":\"\\u00e9\","
	    "\"purl\":\"pkg:npm/%40g/e@1\",\"supplier\":{\"name\":\"S\"},"
	    "\"authors\":[{\"email\":\"a@b.c\"}],\"hashes\":[{\"alg\":"
	    "\"SHA-1\",\"content\":\"\"}],\"externalReferences\":[{\"type\":"
	    "\"vcs\",\"url\":\"https://a.b/c\"}]}],\"dependencies\":["
	    "{\"ref\":\"r\",\"dependsOn\":[\"a\"]}]");

static void test_cut_at_every_byte(void **state)
{
	(void)state;
	assert_int_equal(sbom_text_cut(&t, str_c(whole)), 3);
}

static void test_wide_documents_are_linear(void **state)
{
	struct strbuf b = {0};
	size_t n = 100000;

	(void)state;
	/* everything depends on nothing that is there, twice over */
	strbuf_cstr(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\","
			"\"components\":[{\"name\":\"a\"}");
	for (size_t i = 0; i < n; i++)
		strbuf_cstr(&b, ",{\"bom-ref\":\"x\",\"name\":\"b\"}");
	strbuf_cstr(&b, "],\"dependencies\":[{\"ref\":\"x\",\"dependsOn\":[1");
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&b, ",\"%zu\"", i);
	strbuf_cstr(&b, "]}]}");
	read_document(strbuf_str(&b), OK);
	assert_int_equal(t.scan.parts.components.n, n + 1);
	assert_int_equal(t.scan.diags.counts[RW1202], n - 1);
	assert_int_equal(t.scan.diags.counts[RW1203], n + 1);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_persons_are_not_kept),
		cmocka_unit_test(test_nested_components),
		cmocka_unit_test(test_graph_defects),
		cmocka_unit_test(test_odd_values),
		cmocka_unit_test(test_stamped_supplier),
		cmocka_unit_test(test_versions_and_emptiness),
		cmocka_unit_test(test_escaped_keys_hide_nothing),
		cmocka_unit_test(test_huge_texts_are_left_out),
		cmocka_unit_test(test_malformed_keeps_the_beginning),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_cut_at_every_byte),
		cmocka_unit_test(test_wide_documents_are_linear),
	};

	return cmocka_run_group_tests_name("extract_cyclonedx", tests, NULL,
					   release);
}
