/* The table of extractors, and how files and documents come to them. */
#include "extracting.h"

#include <string.h>

static struct extracting e;

static int release(void **state)
{
	(void)state;
	extracting_release(&e);
	return 0;
}

static void test_table(void **state)
{
	(void)state;
	assert_true(extract_count > 1);
	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *x = extract_table[i];

		assert_non_null(x->wants);
		assert_non_null(x->extract);
		assert_true(!x->is_sbom || x->sniffs);
		assert_true(x->version > 0 && strlen(x->summary) > 0);
		if (i)
			assert_true(strcmp(extract_table[i - 1]->name,
					   x->name) < 0);
	}
}

#define CYCLONEDX "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"," \
	"\"metadata\":{\"component\":{\"bom-ref\":\"p\",\"name\":\"p\"}}," \
	"\"components\":[{\"bom-ref\":\"a\",\"name\":\"a\"}]," \
	"\"dependencies\":[{\"ref\":\"p\",\"dependsOn\":[\"a\"]}]}"

static void assert_edge(size_t i, size_t from, size_t to)
{
	assert_true(i < e.scan.parts.edges.n);
	assert_int_equal(e.scan.parts.edges.v[i].from, from);
	assert_int_equal(e.scan.parts.edges.v[i].to, to);
}

static void test_documents_in_a_tree(void **state)
{
	const struct made files[] = {
		{"README.md", STR("text"), NULL},
		{"go.mod", STR("module m\nrequire a.example/b v1.0.0\n"),
		 NULL},
		{"sbom/bom.json", STR(CYCLONEDX), NULL},
		{"sbom/other.spdx.json", STR("[\"no SBOM at all\"]"), NULL},
		{0}};

	(void)state;
	extracting_run(&e, files);
	/* 0 root, 1 the module, 2 and 3 of the document */
	assert_int_equal(e.scan.parts.components.n, 4);
	assert_int_equal(e.scan.parts.edges.n, 3);
	assert_edge(0, 0, 1);
	assert_edge(1, 2, 3);
	assert_edge(2, 0, 2);
	assert_false(e.scan.parts.components.v[2].is_root);
	assert_int_equal(e.target.files_seen, 4);
	assert_int_equal(e.target.files_read, 3);
	assert_int_equal(e.target.files_failed, 0);
	assert_int_equal(e.scan.diags.kept.n, 1);
	assert_int_equal(e.scan.diags.counts[RW1201], 1);
}

static void test_files_that_cannot_be_read(void **state)
{
	const struct file file = {.path = STR("gone/bom.json"), .size = 1};
	const struct file link = {.path = STR("bom.json"), .is_link = true};
	struct tree tree = {.read = extracting_read};
	const struct made none[] = {{0}};

	(void)state;
	extracting_release(&e);
	e = (struct extracting){0};
	tree.own = (void *)(uintptr_t)none;
	vec_push(&tree.files, link);
	vec_push(&tree.files, file);
	extract_tree(&e.scan, &tree, SIZE_MAX, &e.target);
	assert_int_equal(e.target.files_failed, 1);
	assert_int_equal(e.target.files_read, 0);
	assert_str(extracting_diags(&e),
		   "RW1003 0 a symbolic link is not followed\n");
	vec_release(&tree.files);
}

static void test_bytes_become_text(void **state)
{
	(void)state;
	extracting_text(&e, "go.mod",
			STR("\xef\xbb\xbfmodule m\nrequire a.example/b "
			    "v1.0.0 // \xff\n"));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_str(extracting_diags(&e),
		   "RW1105 0 bytes that are no text were replaced\n");
}

static void test_which_texts_are_sboms(void **state)
{
	static const struct { const char *text; bool is; } t[] = {
		{CYCLONEDX, true},
		{"{\"spdxVersion\":\"SPDX-2.3\"}", true},
		{"{\"sbom\":{\"spdxVersion\":\"SPDX-2.3\"}}", true},
		{"{\"packages\":[{\"SPDXID\":\"x\"", true},
		{"{\"specVersion\":\"1.4\",\"components\":[{", true},
		{"SPDXVersion: SPDX-2.2\n", true},
		{"<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/"
		 "schema/bom/1.4\">", true},
		{"{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context"
		 ".jsonld\"}", true},
		{"", false}, {"{}", false}, {"[]", false}, {"text", false},
		{"{\"packages\":{\"a\":1}}", false},
		{"{\"openapi\":\"3.0\",\"components\":{}}", false},
		{"{\"name\":\"CycloneDX\",\"version\":1}", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		if (extract_is_sbom(str_c(t[i].text)) != t[i].is)
			fail_msg("%s", t[i].text);
}

static void test_formats_without_a_reader(void **state)
{
	static const char *const t[] = {
		"<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"/>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		enum err err;

		extracting_release(&e);
		e = (struct extracting){0};
		err = extract_sbom(&e.scan, STR("f"), str_c(t[i]), &e.target);
		assert_int_equal(err, ERR_UNSUPPORTED);
		assert_int_equal(e.scan.diags.counts[RW1201], 1);
		assert_int_equal(e.target.root, SIZE_MAX);
	}
	assert_int_equal(extract_sbom(&e.scan, STR("f"), STR("{}"),
				      &e.target), ERR_UNSUPPORTED);
}

static void test_format_named_at_the_end(void **state)
{
	struct strbuf b = {0};
	enum err err;

	(void)state;
	extracting_release(&e);
	e = (struct extracting){0};
	strbuf_cstr(&b, "{\"components\":[{\"name\":\"a\"");
	strbuf_pad(&b, ' ', 100000);
	strbuf_cstr(&b, "}],\"specVersion\":\"1.3\","
			"\"bomFormat\":\"CycloneDX\"}");
	err = extract_sbom(&e.scan, STR("f"), strbuf_str(&b), &e.target);
	assert_int_equal(err, OK);
	assert_str(e.target.format, "CycloneDX 1.3 JSON");
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test_teardown(test_documents_in_a_tree, release),
		cmocka_unit_test_teardown(test_files_that_cannot_be_read,
					  release),
		cmocka_unit_test_teardown(test_bytes_become_text, release),
		cmocka_unit_test(test_which_texts_are_sboms),
		cmocka_unit_test_teardown(test_formats_without_a_reader,
					  release),
		cmocka_unit_test_teardown(test_format_named_at_the_end,
					  release),
	};

	return cmocka_run_group_tests_name("extract", tests, NULL, NULL);
}
