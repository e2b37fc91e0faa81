#!/usr/bin/env python3
"""Manifests: files of package managers and builds that nest without end, do
not end, name themselves, or hold a line that makes a careless pattern slow.
Beside each lies a sound one."""
from _bom import files
import _run
from _run import row

C = "components --json"
GO = "module x\nrequire github.com/a/b v1.0.0\n"
KEPT = ["github.com/a/b"]


def beside(name, text):
    return files(("z/go.mod", GO), (name, text))


def deep(open_, close, n=50000):
    return open_ * n + close * n


N = 50000
TEXTS = [
    ("package.json", deep('{"dependencies":', "}")),
    ("package.json", '{"dependencies": {%s}}' % ",".join(
        f'"n{i}": "1"' for i in range(20000))),
    ("package.json", '{"name": "x", "dependencies": {"x": "file:../../etc"}}'),
    ("package-lock.json", '{"lockfileVersion": 3, "packages": %s' % deep(
        '{"a":', "}")),
    ("package-lock.json", '{"lockfileVersion": 1, "dependencies": ' +
     '{"a": {"version": "1", "dependencies": ' * 60 + "{}" + "}}" * 60 + "}"),
    ("yarn.lock", '"a@1":\n  version "1"\n' * 20000),
    ("yarn.lock", '"' + "a@1, " * N),
    ("pnpm-lock.yaml", "lockfileVersion: 9\npackages: " + "[" * 9999),
    ("requirements.txt", "-r requirements.txt\n" * 1000 + "six==1\n"),
    ("requirements.txt", "-r ../../../etc/passwd\n-c /etc/shadow\nsix==1\n"),
    ("requirements.txt", "a" * N + "[" * N + "==1\n"),
    ("requirements.txt", "six" + " " * N + "==" + " " * N + "1 ;" + "(" * N +
     "\n"),
    ("setup.py", "setup(install_requires=" + "[" * N + "\n"),
    ("setup.py", "x = '''" + "a\n" * N),
    ("setup.py", "setup(" + "a=(" * N),
    ("setup.cfg", "[options]\ninstall_requires =\n" + "  six\n" * N),
    ("pyproject.toml", "[project]\ndependencies = " + "[" * N),
    ("Pipfile", "[packages]\n" + "".join(f'n{i} = "*"\n' for i in range(N))),
    ("poetry.lock", "[[package]]\n" * N),
    ("Cargo.toml", "[dependencies]\n" + "".join(
        f'n{i} = "1"\n' for i in range(20000))),
    ("Cargo.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\n" * 20000),
    ("go.mod", "module y\nrequire (\n" + "github.com/a/c v1\n" * N),
    ("go.mod", "module y\nreplace x => ../../../etc\nrequire x v1\n"),
    ("go.sum", "github.com/a/c v1 h1:x=\n" * N),
    ("pom.xml", "<project>" + "<parent>" * N),
    ("pom.xml", "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
     "<project><artifactId>&x;</artifactId></project>"),
    ("pom.xml", "<project><properties><a>${b}</a><b>${a}</b></properties>"
     "<dependencies><dependency><groupId>${a}</groupId><artifactId>${a}"
     "</artifactId></dependency></dependencies></project>"),
    ("pom.xml", "<project><properties>" + "".join(
        f"<p{i}>${{p{i + 1}}}${{p{i + 1}}}</p{i}>" for i in range(60)) +
     "<p60>x</p60></properties><dependencies><dependency><groupId>${p0}"
     "</groupId><artifactId>a</artifactId></dependency></dependencies>"
     "</project>"),
    ("build.gradle", "dependencies {" + "{" * N),
    ("build.gradle", "implementation '" + "a:" * N + "'\n"),
    ("gradle.lockfile", "a:b:1=x\n" * N),
    ("CMakeLists.txt", "find_package(" * N),
    ("CMakeLists.txt", "set(A ${A}${A})\n" * 100 + "find_package(${A})\n"),
    ("CMakeLists.txt", "#[" + "=" * N + "[\n"),
    ("CMakeLists.txt", "include(CMakeLists.txt)\nadd_subdirectory(.)\n" * 999),
    ("CMakeLists.txt", 'FetchContent_Declare(x GIT_REPOSITORY "' + "\\" * N),
    ("Makefile", "A = $(A)\nLIBS = -l$(A)\n"),
    ("Makefile", "A = $(B)$(B)\n" + "".join(
        f"{chr(66 + i)} = $({chr(67 + i)})$({chr(67 + i)})\n"
        for i in range(20)) + "LDLIBS = -l$(A)\n"),
    ("Makefile", "x:\n\tgcc " + "\\\n" * N),
    ("Makefile", "A = " + "$(" * N),
    ("Makefile", "include Makefile\n" * 1000),
    ("configure.ac", "PKG_CHECK_MODULES(" + "[" * N),
    ("meson.build", "dependency(" * N),
    ("Dockerfile", "FROM a AS b\n" * 20000),
    ("Dockerfile", "FROM ${A}\nARG A=${A}${A}\n" * 100),
    ("Dockerfile", "FROM x\nRUN " + "apt-get install a && \\\n" * 20000),
    ("Dockerfile", "FROM x\nRUN <<EOF\n" + "a\n" * N),
    ("docker-compose.yml", "services: &a\n  x: *a\n"),
    ("Chart.yaml", "apiVersion: v2\nname: x\ndependencies: " + "[" * 9999),
    (".gitlab-ci.yml", "include: .gitlab-ci.yml\n"),
    (".github/workflows/x.yml", "jobs: {x: {steps: [{uses: '%s'}]}}\n" %
     ("a/" * N)),
    ("install.sh", "curl " + "$(" * N),
    ("install.sh", "x='" + "a\n" * N),
    ("install.sh", "apt-get install " + "a " * N + "\n"),
    ("install.sh", "cat <<" + "E" * N + "\n"),
    ("install.sh", "if true; then " * 20000),
    ("conanfile.txt", "[requires]\n" + "a/1@b/c\n" * N),
    ("vcpkg.json", '{"dependencies": [' + '"a",' * N),
    ("x.bb", 'SRC_URI = "git://${A}"\nA = "${A}"\n' * 100),
    ("x.spec", "%define a %{a}\nBuildRequires: %{a}\n" * 1000),
    ("debian/control", "Source: x\nBuild-Depends: " + "a | " * N + "\n"),
    ("INFO.yaml", "project: x\ncommitters: &a\n  - *a\n"),
    ("MAINTAINERS", "M:\tA <a@evil.example>\n" * 20000),
    ("CODEOWNERS", "* " + "@a " * N + "\n"),
    ("CODEOWNERS", "**/**/**/**/**/**/**/**/**/x @a\n" * 2000),
    ("OWNERS", "approvers: " + "[" * 9999),
    ("default.xml", '<manifest><include name="default.xml"/></manifest>'),
    (".gitreview", "[gerrit]\nhost=" + "a" * N + "\n"),
]


def name_of(i, name, text):
    what = text[:24].encode("unicode_escape").decode().strip()
    return f"{name}: {what}, {len(text)} bytes, {i}"


# a declared reader of many things may take a second and more for the largest
ROWS = [row(name_of(i, n, t), beside(n, t), C, (0, 3), kept=KEPT,
            seconds=2, shown=i % 4 == 0)
        for i, (n, t) in enumerate(TEXTS)]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
