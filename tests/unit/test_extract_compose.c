/* Compose files: variables and where they come from, what is no image. */
#include "extracting.h"

#include "base/limits.h"

static void test_services(void **state)
{
	(void)state;
	assert_extracts("docker-compose.yml",
		"services:\n"
		"  a: {image: 'o/a:1'}\n"
		"  b: {image: \"${ORG:-o}/b:${TAG:-2}\"}\n"
		"  c: {image: own, build: .}\n"
		"  d: {image: $NONE}\n  e: {image: ''}\n  f: {}\n  g: x\n"
		"  h: {image: Not An Image}\n"
		"x: {image: o/no:1}\n",
		"o/a 1 pkg:docker/o/a@1 runtime 2\n"
		"o/b 2 pkg:docker/o/b@2 runtime 3\n"
		"${NONE}   runtime 5 unpinned\n"
		"Not An Image   runtime 9 unpinned\n",
		"RW1302 5 the image ${NONE} is not known\n"
		"RW1302 9 the image Not An Image is not known\n");
	assert_extracts("docker-compose.yml", "a: {image: 'o/a:1'}\n", "",
			"");
	assert_extracts("compose.yaml", "services: [x]\n", "",
			"RW1301 1 not services\n");
}

static void test_env(void **state)
{
	static const struct made files[] = {
		{".env", STR("# c\nTOP=o/top:1\n"), NULL},
		{"compose.yml", STR("services: {x: {image: '$TOP'}}"), NULL},
		{"deep/a/compose.yml", STR("services: {x: {image: '$TOP'}}"),
		 NULL},
		{"part/compose.yml", STR("services: {x: {image: '$TOP'}}"),
		 NULL},
		{"z/.env", STR("export A=\"o/z\"\nB=${A}:3\nnothing\n"),
		 NULL},
		{"z/docker-compose.dev.yaml", STR(
			"services:\n x: {image: '$B'}\n"), NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"o/top 1 pkg:docker/o/top@1 runtime 1\n"
		"${TOP}   runtime 1 unpinned\n"
		"o/top 1 pkg:docker/o/top@1 runtime 1\n"
		"o/z 3 pkg:docker/o/z@3 runtime 2\n",
		"RW1302 1 the image ${TOP} is not known\n");
}

static void test_hostile(void **state)
{
	struct strbuf b = {0};
	struct extracting e;

	(void)state;
	assert_extracts("compose.yml",
		"services:\n  a: {image: o/a:1}\n  a: {image: o/b:1}\n"
		"  c: {image: 'cut",
		"o/a 1 pkg:docker/o/a@1 runtime 2\n",
		"RW1103 3 the key \"a\" is there twice\n"
		"RW1106 4 found unexpected end of stream\n");
	strbuf_cstr(&b, "services:\n  a: {image: o/a:1}\n  b: ");
	strbuf_pad(&b, '[', 10000);
	extracting_text(&e, "compose.yml", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_int_equal(e.scan.diags.counts[RW1104], 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_env),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests_name("extract_compose", tests, NULL,
					   NULL);
}
