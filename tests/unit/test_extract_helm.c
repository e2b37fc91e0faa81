/* Helm: dependencies of charts, and the shapes of images in values. */
#include "extracting.h"

#define VALUES "c/values.yaml"
#define HEX64 "00112233445566778899aabbccddeeff" \
	      "00112233445566778899aabbccddeeff"

static void test_dependencies(void **state)
{
	(void)state;
	assert_extracts("Chart.yaml",
		"apiVersion: v2\n"
		"name: x\n"
		"dependencies:\n"
		"  - {name: a, version: 1.2.3, "
		"repository: 'https://charts.example.com/s/'}\n"
		"  - {name: b, version: ^3.1.0, "
		"repository: \"https://charts.example.com\"}\n"
		"  - {name: c, version: 1.0.0-rc.1+x, "
		"repository: oci://ghcr.io/o/charts}\n"
		"  - {name: d, version: 0.1.0, repository: '@local'}\n"
		"  - {name: e, version: ~11.x.x}\n"
		"  - {name: f, version: 1.2, "
		"repository: 'https://u:pw@charts.example.com'}\n"
		"  - {version: 1.0.0}\n"
		"  - text\n",
		"a 1.2.3 pkg:generic/a@1.2.3?repository_url="
		"https:%2F%2Fcharts.example.com%2Fs runtime 4\n"
		"b  pkg:generic/b?repository_url="
		"https:%2F%2Fcharts.example.com runtime 5 unpinned\n"
		"c 1.0.0-rc.1+x pkg:oci/c?repository_url="
		"ghcr.io%2Fo%2Fcharts%2Fc&tag=1.0.0-rc.1%2Bx runtime 6\n"
		"d 0.1.0  runtime 7\n"
		"e   runtime 8 unpinned\n"
		"f   runtime 9 unpinned\n",
		"RW1302 7 where the chart d comes from is not known\n"
		"RW1302 8 where the chart e comes from is not known\n"
		"RW1302 9 where the chart f comes from is not known\n"
		"RW1301 10 a chart without a name\n"
		"RW1301 11 a chart without a name: text\n");
}

static void test_charts_of_the_tree(void **state)
{
	static const struct made files[] = {
		{"a/charts/sub/Chart.yaml", STR("name: sub\n"), NULL},
		{"a/requirements.yaml", STR(
			"dependencies:\n"
			"- {name: near, version: 1.0.0, "
			"repository: 'file://../b'}\n"
			"- {name: sub, version: 1.0.0, repository: ''}\n"
			"- {name: gone, version: 1.0.0, "
			"repository: 'file://../gone'}\n"
			"- {name: out, version: 1.0.0, "
			"repository: 'file://../../out'}\n"), NULL},
		{"b/Chart.yaml", STR("name: near\n"), NULL},
		{0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_components(&e),
		   "gone 1.0.0  runtime 4\nout 1.0.0  runtime 5\n");
	assert_str(extracting_diags(&e),
		"RW1304 2 the chart near is taken from the folder b\n"
		"RW1304 3 the chart sub is taken from the folder "
		"a/charts/sub\n"
		"RW1302 4 where the chart gone comes from is not known\n"
		"RW1302 5 where the chart out comes from is not known\n");
	extracting_release(&e);
}

static void test_mappings(void **state)
{
	(void)state;
	assert_extracts(VALUES,
		"a: {image: {name: n, registry: \"r.io:5000/p\", tag: 1.12}}\n"
		"b: {image: {repository: q.io/o/n, tag: v1, "
		"pullPolicy: Always}}\n"
		"c: {image: {registry: docker.io, repository: o/n, tag: '', "
		"digest: 'sha256:" HEX64 "'}}\n"
		"d: {image: {name: o/n, repository: r.io, tag: '1'}}\n"
		"e: {image: {registry: local, repository: svc:5000/o/n, "
		"tag: 1}}\n"
		"f: {image: {init: {registry: r.io, name: i, tag: 1}, "
		"main: {registry: r.io, name: m, tag: 2}}}\n"
		"g: {image: {repository: nginx}}\n"
		"h: {image: {registry: '', tag: ''}}\n"
		"i: {image: {repository: ~, tag: latest}}\n"
		"j: {git: {repository: 'https://example.com/x', tag: v1}}\n",
		"r.io:5000/p/n 1.12 "
		"pkg:docker/p/n@1.12?repository_url=r.io:5000 runtime 1\n"
		"q.io/o/n v1 pkg:docker/o/n@v1?repository_url=q.io runtime 2"
		"\n"
		"docker.io/o/n sha256:" HEX64 " pkg:docker/o/n@sha256:" HEX64
		" runtime 3 hash=sha256:" HEX64 "\n"
		"r.io/o/n 1 pkg:docker/o/n@1?repository_url=r.io runtime 4\n"
		"svc:5000/o/n 1 pkg:docker/o/n@1?repository_url=svc:5000 "
		"runtime 5\n"
		"r.io/i 1 pkg:docker/i@1?repository_url=r.io runtime 6\n"
		"r.io/m 2 pkg:docker/m@2?repository_url=r.io runtime 6\n"
		"nginx  pkg:docker/nginx runtime 7 unpinned\n", "");
}

static void test_inherited_registries(void **state)
{
	(void)state;
	assert_extracts(VALUES,
		"global: {image: {registry: g.io}}\n"
		"a: {image: {name: n, tag: 1}}\n"
		"b:\n"
		"  registry: r.io/p\n"
		"  c: {d: {name: m, tag: 2}}\n"
		"  e: {name: h.io/m, tag: 3}\n",
		"g.io/n 1 pkg:docker/n@1?repository_url=g.io runtime 2\n"
		"r.io/p/m 2 pkg:docker/p/m@2?repository_url=r.io runtime 5\n"
		"h.io/m 3 pkg:docker/m@3?repository_url=h.io runtime 6\n", "");
	assert_extracts(VALUES, "global: [r.io]\nimage: {? [x] : y, "
			"repository: n, tag: 1}\n",
			"n 1 pkg:docker/n@1 runtime 2\n", "");
	assert_extracts(VALUES, "image: {name: o-ran-sc/n, tag: 1}\n",
		"o-ran-sc/n 1  runtime 1\n",
		"RW1302 1 the registry of the image o-ran-sc/n is not known"
		"\n");
}

static void test_strings(void **state)
{
	(void)state;
	assert_extracts(VALUES,
		"a: {repository: r.io, image: o/n:1, pullPolicy: Always}\n"
		"b: {image: docker.elastic.co/k, imageTag: 7.3.0}\n"
		"c: {image: n, tag: '2'}\n"
		"d:\n"
		"  repository: r.io:1\n"
		"  readinessImage: rc:2.0.0\n"
		"  loggingRepository: l.io\n"
		"  loggingImage: beats/f:5\n"
		"  kongImage: h.io/kong\n"
		"e: {image: onap/aaf/core:1, imagePullPolicy: Always}\n"
		"f: {image: true, baseImage: ''}\n"
		"images: {tags: {x: docker.io/o/n:1, y: word}, "
		"pullPolicy: Always}\n"
		"g: {images: [r.io/a:1, {repository: r.io/b, tag: 1}]}\n"
		"h: {imagePullSecrets: [r.io/no], image: Not/An Image}\n",
		"r.io/o/n 1 pkg:docker/o/n@1?repository_url=r.io runtime 1\n"
		"docker.elastic.co/k 7.3.0 "
		"pkg:docker/k@7.3.0?repository_url=docker.elastic.co "
		"runtime 2\n"
		"n 2 pkg:docker/n@2 runtime 3\n"
		"r.io:1/rc 2.0.0 pkg:docker/rc@2.0.0?repository_url=r.io:1 "
		"runtime 6\n"
		"l.io/beats/f 5 pkg:docker/beats/f@5?repository_url=l.io "
		"runtime 8\n"
		"h.io/kong  pkg:docker/kong?repository_url=h.io runtime 9 "
		"unpinned\n"
		"onap/aaf/core 1  runtime 10\n"
		"docker.io/o/n 1 pkg:docker/o/n@1 runtime 12\n"
		"r.io/a 1 pkg:docker/a@1?repository_url=r.io runtime 13\n"
		"r.io/b 1 pkg:docker/b@1?repository_url=r.io runtime 13\n",
		"RW1302 10 the registry of the image onap/aaf/core is not "
		"known\n");
}

static void test_app_version(void **state)
{
	static const char text[] =
		"image: {repository: o/n, tag: ''}\n"
		"b: {image: {repository: o/m, "
		"tag: '{{- .Chart.AppVersion -}}'}}\n"
		"c: {image: {repository: o/l, tag: ''}}\n"
		"d: {image: {repository: '<registry>/x', tag: 1}}\n"
		"e: {image: '{{ .Values.x }}'}\n"
		"f: {image: '${HOST}/y:1'}\n";
	struct made files[] = {
		{"c/Chart.yaml", STR("appVersion: 1.10\n"), NULL},
		{VALUES, str_c(text), NULL}, {0}};
	struct extracting e;

	(void)state;
	extracting_run(&e, files);
	assert_str(extracting_components(&e),
		"o/n 1.10 pkg:docker/o/n@1.10 runtime 1\n"
		"o/m 1.10 pkg:docker/o/m@1.10 runtime 2\n"
		"o/l  pkg:docker/o/l runtime 3 unpinned\n"
		"<registry>/x:1   runtime 4 unpinned\n"
		"{{ .Values.x }}   runtime 5 unpinned\n"
		"${HOST}/y:1   runtime 6 unpinned\n");
	assert_int_equal(e.scan.diags.counts[RW1302], 3);
	extracting_release(&e);
	extracting_run(&e, files + 1);
	assert_str(str_head(extracting_components(&e), 15), "o/n  pkg:docker");
	extracting_release(&e);
}

static void test_which_files(void **state)
{
	static const char *const wanted[] = {
		"Chart.yaml", "a/requirements.yaml", "values.yaml",
		"values-prod.yml", "onap-override.yaml",
		"RECIPE_EXAMPLE/k.yaml", "example_recipe.yaml"};
	static const char *const others[] = {
		"Chart.lock", "requirements.txt", "templates/values.yaml",
		"a/templates/x/Chart.yaml", "values.json", "k.yaml"};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_true(extract_helm.wants(
			&(struct file){.path = str_c(wanted[i])}));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(extract_helm.wants(
			&(struct file){.path = str_c(others[i])}));
}

static void test_cut_and_rubbish(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, VALUES, STR(
		"image: {repository: o/n, tag: 1}\nb: {image: [\n"));
	assert_str(extracting_components(&e), "o/n 1 pkg:docker/o/n@1 "
		   "runtime 1\n");
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	extracting_text(&e, VALUES, STR("\x7f" "ELF\0\1"));
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	assert_extracts(VALUES, "", "", "");
	assert_extracts(VALUES, "- image: {repository: o/n, tag: 1}\n- 1\n",
			"o/n 1 pkg:docker/o/n@1 runtime 1\n", "");
	assert_extracts("requirements.yaml", "collections:\n- name: x\n"
			"dependencies: none\n", "",
			"RW1301 3 not a list of charts: none\n");
}

/* Aliases that nest past any depth, wide mappings, many dependencies. */
static void test_hostile_sizes(void **state)
{
	enum { N = 30000 };
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "a0: &a0 {image: o/n}\n");
	for (int i = 1; i < 100; i++)
		strbuf_fmt(&b, "a%d: &a%d {b: *a%d}\n", i, i, i - 1);
	extracting_text(&e, VALUES, strbuf_str(&b));
	assert_true(e.scan.parts.components.n > 50);
	assert_true(e.scan.diags.counts[RW1301] > 0);
	extracting_release(&e);
	strbuf_clear(&b);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "x%dImage: o/n:%d\nx%dRepository: r.io\n", i,
			   i, i);
	extracting_text(&e, VALUES, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "dependencies:\n");
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "- {name: n%d, version: 1.0.0, repository: "
			   "'https://e.example/c'}\n", i);
	extracting_text(&e, "Chart.yaml", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "image: ");
	strbuf_pad(&b, 'a', 2 << 20);
	extracting_text(&e, VALUES, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dependencies),
		cmocka_unit_test(test_charts_of_the_tree),
		cmocka_unit_test(test_mappings),
		cmocka_unit_test(test_inherited_registries),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_app_version),
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_cut_and_rubbish),
		cmocka_unit_test(test_hostile_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
