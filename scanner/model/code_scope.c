/* Names of folders and files as Open-RAN repositories use them. */
#include "model/code_scope.h"

#define FOLDER(scope, name) {SCOPE_##scope, true, name}
#define NAME(scope, name) {SCOPE_##scope, false, name}

const struct code_scope_rule code_scope_rules[] = {
	FOLDER(TEST, "test"), FOLDER(TEST, "tests"), FOLDER(TEST, "test-*"),
	FOLDER(TEST, "test_*"), FOLDER(TEST, "tests-*"),
	FOLDER(TEST, "tests_*"), FOLDER(TEST, "*-test"),
	FOLDER(TEST, "*_test"), FOLDER(TEST, "*-tests"),
	FOLDER(TEST, "*_tests"), FOLDER(TEST, "testing"),
	FOLDER(TEST, "testdata"), FOLDER(TEST, "unittest"),
	FOLDER(TEST, "unittests"), FOLDER(TEST, "ut"), FOLDER(TEST, "mock"),
	FOLDER(TEST, "mocks"), FOLDER(TEST, "fuzz"), FOLDER(TEST, "fuzzing"),
	FOLDER(TEST, "sim"), FOLDER(TEST, "sim-*"), FOLDER(TEST, "sim_*"),
	FOLDER(TEST, "physim*"), FOLDER(TEST, "*simulator*"),
	FOLDER(DOCS, "doc"), FOLDER(DOCS, "docs"), FOLDER(DOCS, "man"),
	FOLDER(DOCS, "documentation"), FOLDER(CI, ".github"),
	FOLDER(CI, ".gitlab*"), FOLDER(CI, ".circleci"),
	FOLDER(CI, ".devcontainer"), FOLDER(CI, "jjb"), FOLDER(CI, "ci"),
	FOLDER(CI, "ci-scripts"), FOLDER(CI, "ci_scripts"),
	FOLDER(BUILD, "cmake"), FOLDER(BUILD, "cmake_*"),
	FOLDER(BUILD, "build-aux"), FOLDER(BUILD, "build_aux"),
	FOLDER(BUILD, "m4"), FOLDER(EXAMPLE, "example"),
	FOLDER(EXAMPLE, "examples"), FOLDER(EXAMPLE, "demo"),
	FOLDER(EXAMPLE, "demos"), FOLDER(EXAMPLE, "demo-*"),
	FOLDER(EXAMPLE, "demo_*"), FOLDER(EXAMPLE, "sample"),
	FOLDER(EXAMPLE, "samples"), NAME(BUILD, "cmakelists.txt"),
	NAME(BUILD, "*.cmake"), NAME(BUILD, "makefile"),
	NAME(BUILD, "makefile.*"), NAME(BUILD, "gnumakefile"),
	NAME(BUILD, "*.mk"), NAME(BUILD, "*.am"), NAME(BUILD, "configure"),
	NAME(BUILD, "configure.ac"), NAME(BUILD, "configure.in"),
	NAME(BUILD, "autogen.sh"), NAME(BUILD, "meson.build"),
	NAME(BUILD, "meson_options.txt"), NAME(BUILD, "*.bazel"),
	NAME(BUILD, "*.bzl"), NAME(BUILD, "dockerfile"),
	NAME(BUILD, "dockerfile.*"), NAME(BUILD, "*.dockerfile"),
	NAME(BUILD, "pom.xml"), NAME(BUILD, "build.gradle*"),
	NAME(BUILD, "settings.gradle*"), NAME(BUILD, "setup.py"),
	NAME(BUILD, "setup.cfg"), NAME(BUILD, "pyproject.toml"),
	NAME(BUILD, "go.mod"), NAME(BUILD, "go.sum"),
	NAME(BUILD, "package.json"), NAME(BUILD, "package-lock.json"),
	NAME(BUILD, "cargo.toml"), NAME(BUILD, "cargo.lock"),
	NAME(BUILD, "requirements*.txt"), NAME(BUILD, ".git*"),
	NAME(BUILD, ".dockerignore"), NAME(BUILD, ".clang-*"),
	NAME(BUILD, ".editorconfig"), NAME(CI, "jenkinsfile"),
	NAME(CI, "jenkinsfile.*"), NAME(CI, ".travis.yml"),
	NAME(CI, "tox.ini"), NAME(CI, ".pre-commit-config.yaml"),
	NAME(CI, "sonar-project.properties"), NAME(TEST, "*_test.*"),
	NAME(TEST, "test_*.*"), NAME(TEST, "*_unittest.*"),
	NAME(TEST, "*test.java"), NAME(TEST, "*tests.java"),
	NAME(TEST, "*.spec.ts"), NAME(TEST, "*.test.js"),
	NAME(TEST, "conftest.py"), NAME(DOCS, "*.md"), NAME(DOCS, "*.rst"),
	NAME(DOCS, "*.adoc"), NAME(DOCS, "readme"), NAME(DOCS, "readme.*"),
	NAME(DOCS, "license"), NAME(DOCS, "license.*"), NAME(DOCS, "copying"),
	NAME(DOCS, "copying.*"), NAME(DOCS, "notice"), NAME(DOCS, "notice.*"),
	NAME(DOCS, "authors"), NAME(DOCS, "authors.*"),
	NAME(DOCS, "changelog"), NAME(DOCS, "changelog.*"),
	NAME(DOCS, "maintainers"), NAME(DOCS, "codeowners"),
	NAME(DOCS, "info.yaml"),
};

const size_t code_scope_rules_n = sizeof code_scope_rules /
				  sizeof *code_scope_rules;

static enum scope by_name(bool is_folder, struct str name)
{
	for (size_t i = 0; i < code_scope_rules_n; i++)
		if (code_scope_rules[i].is_folder == is_folder &&
		    str_glob(name, str_c(code_scope_rules[i].pattern), true))
			return code_scope_rules[i].scope;
	return SCOPE_RUNTIME;
}

enum scope code_scope_of_folder(struct str name)
{
	return by_name(true, name);
}

enum scope code_scope_of_name(struct str name)
{
	return by_name(false, name);
}
