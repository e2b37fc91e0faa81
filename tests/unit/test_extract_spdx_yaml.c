/* SPDX in YAML: as the JSON of it, at the lines of the YAML. */
#include "sbom_text.h"

static struct sbom_text t;

static int release(void **state)
{
	(void)state;
	sbom_text_release(&t);
	return 0;
}

#define READ(text, want) read_document(STR(text), want)
static void read_document(struct str text, enum err want)
{
	enum err err = sbom_text_read(&t, text);

	assert_int_equal(err, want);
}

static void test_fields_and_lines(void **state)
{
	(void)state;
	READ("# written by hand\n"
	     "spdxVersion: 'SPDX-2.3'\n"
	     "SPDXID: SPDXRef-DOCUMENT\n"
	     "documentDescribes: [a]\n"
	     "packages:\n"
	     "- &a\n"
	     "  SPDXID: a\n"
	     "  name: \"x\\ty\\\\z\"\n"
	     "  versionInfo: 1.10\n"
	     "  supplier: ~\n"
	     "- <<: *a\n"
	     "  SPDXID: b\n"
	     "  name: |\n"
	     "    second\n"
	     "relationships:\n"
	     "- {spdxElementId: a, relationshipType: DEPENDS_ON,\n"
	     "   relatedSpdxElement: b}\n", OK);
	assert_str(sbom_text_components(&t),
		   "0 x\ty\\z 6 version=1.10 root\n"
		   "1 second 11 version=1.10\n");
	assert_str(sbom_text_edges(&t), "0>1");
	assert_str(sbom_text_diags(&t), "");
	assert_str(t.target.format, "SPDX 2.3 YAML");
}

static void test_malformed(void **state)
{
	(void)state;
	READ("spdxVersion: SPDX-2.3\npackages:\n- name: a\n  SPDXID: a\n"
	     "- name: b\n- [}\n", ERR_FORMAT);
	assert_int_equal(t.scan.parts.components.n, 2);
	assert_int_equal(t.scan.diags.counts[RW1106], 1);
	READ("- x\n---\nspdxVersion: SPDX-2.3\n", ERR_FORMAT);
	assert_int_equal(t.scan.diags.counts[RW1106], 1);
	READ(" spdxVersion: SPDX-2.3\n", ERR_UNSUPPORTED);
	READ("spdxVersion: 2.3\n", ERR_UNSUPPORTED);
}

static void test_alias_bomb(void **state)
{
	struct strbuf b = {0};

	(void)state;
	strbuf_cstr(&b, "spdxVersion: SPDX-2.3\npackages: [{name: a}]\n"
			"x0: &x0 [y, y, y, y, y, y, y, y, y, y]\n");
	for (int i = 1; i < 30; i++)
		strbuf_fmt(&b, "x%d: &x%d [*x%d, *x%d, *x%d, *x%d, *x%d]\n",
			   i, i, i - 1, i - 1, i - 1, i - 1, i - 1);
	read_document(strbuf_str(&b), ERR_LIMIT);
	assert_int_equal(t.scan.diags.counts[RW1901], 1);
	assert_int_equal(t.scan.parts.components.n, 1);
	/* aliases nest deeper than their text does */
	strbuf_clear(&b);
	strbuf_cstr(&b, "spdxVersion: SPDX-2.3\npackages: [{name: a}]\n"
			"x0: &x0 [y]\n");
	for (int i = 1; i < 300; i++)
		strbuf_fmt(&b, "x%d: &x%d [*x%d]\n", i, i, i - 1);
	read_document(strbuf_str(&b), ERR_LIMIT);
	assert_int_equal(t.scan.diags.counts[RW1104], 1);
	assert_int_equal(t.scan.parts.components.n, 1);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_and_lines),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_alias_bomb),
	};

	return cmocka_run_group_tests_name("extract_spdx_yaml", tests, NULL,
					   release);
}
