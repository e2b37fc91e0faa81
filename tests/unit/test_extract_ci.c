/* CI files: GitHub workflows and actions, GitLab CI. */
#include "extracting.h"

#define GITHUB ".github/workflows/x.yml"
#define GITLAB ".gitlab-ci.yml"
#define SHA "0123456789abcdef0123456789abcdef01234567"
#define GH "repository=https://github.com/o/"

static void test_which_files(void **state)
{
	(void)state;
	assert_true(extract_ci_github.wants(
		&(struct file){.path = STR(GITHUB)}));
	assert_true(extract_ci_github.wants(
		&(struct file){.path = STR("a/.github/workflows/y.yaml")}));
	assert_true(extract_ci_github.wants(
		&(struct file){.path = STR("sub/action.yml")}));
	assert_false(extract_ci_github.wants(
		&(struct file){.path = STR(".github/dependabot.yml")}));
	assert_true(extract_ci_gitlab.wants(
		&(struct file){.path = STR(GITLAB)}));
	assert_true(extract_ci_gitlab.wants(
		&(struct file){.path = STR(".gitlab/ci/build.yml")}));
	assert_false(extract_ci_gitlab.wants(
		&(struct file){.path = STR("x/build.yml")}));
}

static void test_github(void **state)
{
	(void)state;
	assert_extracts(GITHUB,
		"env: {V: v1}\n"
		"jobs:\n"
		"  a:\n"
		"    container: ubuntu:22.04\n"
		"    services:\n"
		"      db: {image: \"redis:7\"}\n"
		"    steps:\n"
		"    - uses: o/a@" SHA " # v4.2.2\n"
		"    - uses: o/b/sub/path@v3\n"
		"    - uses: ./local\n"
		"    - uses: docker://alpine:3\n"
		"    - run: |\n"
		"        # a comment\n"
		"        git clone -b ${{ env.V }} https://github.com/o/c\n"
		"        git clone -b ${{ inputs.x }} https://github.com/o/d\n"
		"    - run: git clone -b $V https://github.com/o/e\n"
		"  b:\n"
		"    uses: o/.github/.github/workflows/w.yml@main\n",
		"ubuntu 22.04 pkg:docker/ubuntu@22.04 ci 4\n"
		"redis 7 pkg:docker/redis@7 ci 6\n"
		"o/a " SHA " pkg:github/o/a@" SHA " ci 8 " GH "a commit=" SHA
		"\n"
		"o/b v3 pkg:github/o/b@v3 ci 9 " GH "b ref=v3\n"
		"alpine 3 pkg:docker/alpine@3 ci 11\n"
		"o/.github  pkg:github/o/.github ci 18 " GH
		".github ref=main unpinned\n"
		"c v1 pkg:github/o/c@v1 ci 14 " GH "c ref=v1\n"
		"d  pkg:github/o/d ci 15 " GH "d unpinned\n"
		"e v1 pkg:github/o/e@v1 ci 16 " GH "e ref=v1\n",
		"RW1302 15 the revision is not known: ${}\n");
}

static void test_action(void **state)
{
	(void)state;
	assert_extracts("action.yml",
		"runs:\n  using: composite\n  steps:\n"
		"  - uses: o/a@v1\n  - uses: nonsense\n",
		"o/a v1 pkg:github/o/a@v1 ci 4 " GH "a ref=v1\n",
		"RW1301 5 not an action: nonsense\n");
	assert_extracts("action.yml",
		"runs: {using: docker, image: 'docker://x:1'}\n",
		"x 1 pkg:docker/x@1 ci 1\n", "");
}

static void test_gitlab(void **state)
{
	(void)state;
	assert_extracts(GITLAB,
		"image: ubuntu:22.04\n"
		"variables: {V: v1}\n"
		"include:\n"
		"- local: x.yml\n"
		"- project: g/p\n"
		"  ref: main\n"
		"- remote: https://dl.vendor.dev/ci.yml\n"
		".base: &base\n"
		"- git clone https://github.com/o/a\n"
		"job:\n"
		"  image: {name: 'golang:1.18'}\n"
		"  services: ['docker:dind', {name: \"$R/x:1\"}]\n"
		"  before_script: *base\n"
		"  script:\n"
		"  - *base\n"
		"  - |\n"
		"    cd a\n"
		"    git clone -b $V https://github.com/o/b\n"
		"  - >\n"
		"    git clone\n"
		"    https://github.com/o/c\n",
		"ubuntu 22.04 pkg:docker/ubuntu@22.04 ci 1\n"
		"g/p   ci 5 unpinned\n"
		"golang 1.18 pkg:docker/golang@1.18 ci 11\n"
		"docker dind pkg:docker/docker@dind ci 12\n"
		"${R}/x:1   ci 12 unpinned\n"
		"ci.yml  pkg:generic/ci.yml?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fci.yml ci 7 unpinned\n"
		"a  pkg:github/o/a ci 9 " GH "a unpinned\n"
		"a  pkg:github/o/a ci 9 " GH "a unpinned\n"
		"b v1 pkg:github/o/b@v1 ci 18 " GH "b ref=v1\n"
		"c  pkg:github/o/c ci 19 " GH "c unpinned\n",
		"RW1302 5 the host of the project is not known: g/p\n"
		"RW1302 12 the image ${R}/x:1 is not known\n");
}

static void test_rubbish(void **state)
{
	static const char *const texts[] = {
		"", "jobs: x\n", "- a\n", "jobs: {a: [b], c: {steps: d}}\n",
		"script: {a: b}\nservices: x\ninclude: [[a]]\n", "env: []\n"};
	struct extracting e;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		extracting_text(&e, GITHUB, str_c(texts[i]));
		assert_int_equal(e.scan.parts.components.n, 1);
		extracting_release(&e);
		extracting_text(&e, GITLAB, str_c(texts[i]));
		assert_int_equal(e.scan.parts.components.n, 1);
		extracting_release(&e);
	}
	extracting_text(&e, GITHUB, STR(
		"jobs:\n  a:\n    steps:\n    - uses: o/a@v1\n    - run: 'x\n"));
	assert_int_equal(e.scan.parts.components.n, 2);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_github),
		cmocka_unit_test(test_action),
		cmocka_unit_test(test_gitlab),
		cmocka_unit_test(test_rubbish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
