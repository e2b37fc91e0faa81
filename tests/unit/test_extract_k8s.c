/* Kubernetes manifests: documents, templates, what is no image, rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define HEAD "apiVersion: v1\nkind: Pod\n"
#define IMAGE(name, version, line) \
	name " " version " pkg:docker/" name "@" version " runtime " line "\n"

static void test_containers(void **state)
{
	(void)state;
	assert_extracts("deploy/pod.yaml",
		HEAD
		"spec:\n"
		"  initContainers: [{name: i, image: 'busybox:1.36'}]\n"
		"  containers:\n"
		"  - name: a\n"
		"    image: example.com:5000/o/a:2.0\n"
		"  - image: plain\n"
		"  - image: ${IMAGE}:1\n"
		"  - image: ''\n",
		"${IMAGE}:1   runtime 9 unpinned\n"
		"plain  pkg:docker/plain runtime 8 unpinned\n"
		"example.com:5000/o/a 2.0 pkg:docker/o/a@2.0"
		"?repository_url=example.com:5000 runtime 7\n"
		IMAGE("busybox", "1.36", "4"),
		"RW1302 9 the image ${IMAGE}:1 is not known\n");
}

static void test_documents(void **state)
{
	(void)state;
	assert_extracts("all.yml",
		HEAD "spec: {image: a/b:1}\n"
		"---\n"
		"kind: CustomResourceDefinition\napiVersion: x/v1\n"
		"spec: {image: no/no:1, containers: [{image: no}]}\n"
		"---\n"
		"just: {image: no/no:2}\n"
		"---\n"
		"kind: Kafka\napiVersion: x/v1\n"
		"spec:\n"
		"  image: c/d:2\n"
		"  icon: {image: logo.png}\n"
		"  schema: {image: {type: string}}\n",
		IMAGE("a/b", "1", "3") IMAGE("c/d", "2", "14"), "");
}

static void test_functions_of_kpt(void **state)
{
	(void)state;
	assert_extracts("Kptfile",
		"apiVersion: kpt.dev/v1\nkind: Kptfile\n"
		"pipeline:\n  mutators:\n"
		"  - image: ghcr.io/kptdev/set-labels:v0.2.0\n"
		"    configMap: {image: word}\n",
		"ghcr.io/kptdev/set-labels v0.2.0 pkg:docker/kptdev/set-labels"
		"@v0.2.0?repository_url=ghcr.io runtime 5\n", "");
}

static void test_templates(void **state)
{
	(void)state;
	assert_extracts("chart/templates/d.yaml",
		"{{- if .Values.on }}\n" HEAD
		"spec:\n"
		"  - image: \"{{ .Values.image }}:1\"\n"
		"  - image: \"busybox:1.28\" # why\n"
		"    image:  o/two:3\n"
		"    imagePullPolicy: Always\n"
		"# image: o/no:1\n"
		"{{- end }}\n",
		IMAGE("busybox", "1.28", "6") IMAGE("o/two", "3", "7"), "");
}

static void test_other_files(void **state)
{
	(void)state;
	assert_extracts("x.yaml", "containers: [{image: 'a:1'}]\n", "", "");
	assert_extracts("x.yaml", "  apiVersion: 1\nkind: x\nimage: a/b:1\n",
			"", "");
	assert_extracts("x.json", HEAD "image: a/b:1\n", "", "");
}

static void test_cut_and_twice(void **state)
{
	(void)state;
	assert_extracts("x.yaml",
		HEAD "spec: {image: a/b:1}\n---\n" HEAD
		"spec:\n  image: c/d:1\n  image: e/f:1\n  x: [1\n",
		IMAGE("a/b", "1", "3") IMAGE("c/d", "1", "8"),
		"RW1103 9 the key \"image\" is there twice\n"
		"RW1106 11 did not find expected ',' or ']'\n");
}

static void test_deep(void **state)
{
	struct strbuf b = {0};
	struct extracting e;

	(void)state;
	strbuf_cstr(&b, HEAD "spec: {image: a/b:1}\n---\n" HEAD "x: ");
	strbuf_pad(&b, '[', 10000);
	extracting_text(&e, "x.yaml", strbuf_str(&b));
	assert_str(extracting_components(&e), IMAGE("a/b", "1", "3"));
	assert_int_equal(e.scan.diags.counts[RW1104], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, HEAD "{{ x }}\nimage: a/b:1\nimage: ");
	strbuf_pad(&b, 'x', LIMIT_LINE_BYTES);
	extracting_text(&e, "x.yaml", strbuf_str(&b));
	assert_str(extracting_components(&e), IMAGE("a/b", "1", "4"));
	assert_int_equal(e.scan.diags.counts[RW1108], 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_functions_of_kpt),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_other_files),
		cmocka_unit_test(test_cut_and_twice),
		cmocka_unit_test(test_deep),
	};

	return cmocka_run_group_tests_name("extract_k8s", tests, NULL, NULL);
}
