/* Release files and container tags of Linux Foundation projects. */
#include "extracting.h"

#define SHA "6f2315b1a63e224c25c1a7202160e75d47d8bcdf"
#define RELEASE "releases/x.yaml"

static void test_which_files(void **state)
{
	(void)state;
	assert_true(extract_lf_release.wants(
		&(struct file){.path = STR("a/.releases/x.yml")}));
	assert_true(extract_lf_release.wants(
		&(struct file){.path = STR(RELEASE)}));
	assert_false(extract_lf_release.wants(
		&(struct file){.path = STR("releases/x/y.yaml")}));
	assert_true(extract_lf_tag.wants(
		&(struct file){.path = STR("a/container-tag.yaml")}));
	assert_false(extract_lf_tag.wants(
		&(struct file){.path = STR("a/container-tag.yml")}));
}

static void test_release(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, RELEASE, STR(
		"---\ndistribution_type: container\n"
		"container_release_tag: 6.0\n"
		"container_push_registry: nexus3.o-ran-sc.org:10002\n"
		"project: ric-plt/e2\nref: " SHA " \n"
		"containers:\n- name: ric-plt-e2\n  version: 6.0.8\n"
		"- name: other/image\n- name: 'Bad Name'\n- {}"));
	assert_str(extracting_components(&e),
		"nexus3.o-ran-sc.org:10002/o-ran-sc/ric-plt-e2 6.0.8 "
		"pkg:docker/o-ran-sc/ric-plt-e2@6.0.8"
		"?repository_url=nexus3.o-ran-sc.org:10002 release 8 "
		"repository=https://gerrit.o-ran-sc.org/r/ric-plt/e2 "
		"commit=" SHA "\n"
		"nexus3.o-ran-sc.org:10002/other/image 6.0 "
		"pkg:docker/other/image@6.0"
		"?repository_url=nexus3.o-ran-sc.org:10002 release 10 "
		"repository=https://gerrit.o-ran-sc.org/r/ric-plt/e2 "
		"commit=" SHA "\n");
	assert_int_equal(e.scan.diags.counts[RW1301], 2);
	/* The image contains the project, which does not depend on it. */
	assert_int_equal(e.scan.parts.edges.n, 2);
	assert_int_equal(e.scan.parts.edges.v[0].from, 1);
	assert_int_equal(e.scan.parts.edges.v[0].to, 0);
	extracting_release(&e);
}

static void test_other_releases(void **state)
{
	(void)state;
	assert_extracts(RELEASE, "", "", "");
	assert_extracts(RELEASE, "distribution_type: maven\nversion: 1\n", "",
			"");
	assert_extracts(RELEASE, "package_name: rmr\nref: " SHA "\n", "", "");
	assert_extracts(RELEASE,
		"distribution_type: container\nproject: pti-o2\nref: x\n"
		"container_pull_registry: r.io\n"
		"containers: [{name: a, version: 1}]\n",
		"r.io/a 1 pkg:docker/a@1?repository_url=r.io release 5\n", "");
}

static void test_tags(void **state)
{
	const struct made one[] = {
		{"a/container-tag.yaml", STR("# c\ntag: 6.0.8\n"), NULL},
		{"b/container-tag.yaml", STR("tag: 6.0.8"), NULL}, {0}};
	const struct made two[] = {
		{"a/container-tag.yaml", STR("tag: 1.0\n"), NULL},
		{"b/container-tag.yaml", STR("tag: 2\n"), NULL},
		{"c/container-tag.yaml", STR("tag: 1.0\n"), NULL},
		{"d/container-tag.yaml", STR("tags: 1\n"), NULL}, {0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, one);
	assert_str(e.scan.parts.components.v[0].version, "6.0.8");
	assert_int_equal(e.scan.parts.components.v[0].evidence.n, 3);
	assert_int_equal(e.scan.parts.components.v[0].evidence.v[1].line, 2);
	extracting_release(&e);
	extracting_run(&e, two);
	assert_str(e.scan.parts.components.v[0].version, "");
	assert_int_equal(e.scan.diags.counts[RW1301], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_other_releases),
		cmocka_unit_test(test_tags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
