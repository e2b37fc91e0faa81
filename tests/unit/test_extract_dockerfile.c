/* Dockerfiles: stages, ARGs, references, here-documents, hostile files. */
#include "extracting.h"

#include "base/limits.h"

#define PATH "Dockerfile"

static void test_references(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"from ubuntu:22.04\n"
		"FROM library/debian\n"
		"FROM --platform=linux/amd64 docker.io/Library/x\n"
		"FROM quay.io:443/a/b:v1.4.0@sha256:"
		"00112233445566778899aabbccddeeff"
		"00112233445566778899aabbccddeeff\n"
		"FROM localhost/x:latest\n"
		"FROM nexus3.o-ran-sc.org:10001/golang:1.17-bullseye\n"
		"FROM nexus3.o-ran-sc.org:10001/o-ran-sc/bldr:1\n"
		"FROM scratch\n"
		"FROM \"docker.io/rockylinux:9\"\n"
		"FROM\n",
		"ubuntu 22.04 pkg:docker/ubuntu@22.04 build 1\n"
		"library/debian  pkg:docker/debian build 2 unpinned\n"
		"quay.io:443/a/b v1.4.0 pkg:docker/a/b@sha256:"
		"00112233445566778899aabbccddeeff"
		"00112233445566778899aabbccddeeff"
		"?repository_url=quay.io:443 build 4 hash=sha256:"
		"00112233445566778899aabbccddeeff"
		"00112233445566778899aabbccddeeff\n"
		"localhost/x latest "
		"pkg:docker/x@latest?repository_url=localhost build 5 "
		"unpinned\n"
		"nexus3.o-ran-sc.org:10001/golang 1.17-bullseye "
		"pkg:docker/golang@1.17-bullseye build 6\n"
		"nexus3.o-ran-sc.org:10001/o-ran-sc/bldr 1 "
		"pkg:docker/o-ran-sc/bldr@1"
		"?repository_url=nexus3.o-ran-sc.org:10001 build 7\n"
		"docker.io/rockylinux 9 pkg:docker/rockylinux@9 runtime 9\n",
		"RW1301 3 not an image: docker.io/Library/x\n"
		"RW1301 10 FROM names no image\n");
}

static void test_stages(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM golang:1 AS Build\n"
		"FROM alpine:3 as base\n"
		"RUN true\n"
		"COPY --chown=0:0 --from=build /a /a\n"
		"COPY --from=0 /b /b\n"
		"COPY --from=ghcr.io/o/tool:v1 /t /t\n"
		"FROM base AS last\n"
		"COPY --from=busybox /bin/sh /bin/sh\n",
		"golang 1 pkg:docker/golang@1 build 1\n"
		"alpine 3 pkg:docker/alpine@3 runtime 2\n"
		"ghcr.io/o/tool v1 "
		"pkg:docker/o/tool@v1?repository_url=ghcr.io runtime 6\n"
		"busybox  pkg:docker/busybox runtime 8 unpinned\n", "");
}

static void test_stage_names_with_variables(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM a:1 AS base-amd64\n"
		"FROM b:1 AS base-arm64\n"
		"FROM c:1 AS other\n"
		"FROM base-${TARGETARCH} AS final\n",
		"a 1 pkg:docker/a@1 runtime 1\n"
		"b 1 pkg:docker/b@1 runtime 2\n"
		"c 1 pkg:docker/c@1 build 3\n", "");
}

static void test_args(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"ARG TAG=1.0 REPO='r.io/x' \\\n"
		"    BOTH=\"$REPO/y\"\n"
		"ARG EMPTY=\n"
		"ARG UNSET\n"
		"FROM a:$TAG\n"
		"ARG TAG=stage-only\n"
		"FROM ${BOTH}:${TAG}\n"
		"FROM ${UNSET:-b}:${EMPTY:-2}\n"
		"FROM c:${UNSET-${NO:-${TAG}}}\n"
		"FROM d${TAG:+:3}${UNSET:+no}\n"
		"FROM ${EMPTY}e\n"
		"FROM ${UNSET}f:$TAG\n"
		"FROM ${TAG#1.}\n"
		"FROM g:\\$TAG\n"
		"FROM ${EMPTY}\n"
		"FROM h:${OPEN\n",
		"a 1.0 pkg:docker/a@1.0 build 5\n"
		"r.io/x/y 1.0 pkg:docker/x/y@1.0?repository_url=r.io "
		"build 7\n"
		"b 2 pkg:docker/b@2 build 8\n"
		"c 1.0 pkg:docker/c@1.0 build 9\n"
		"d 3 pkg:docker/d@3 build 10\n"
		"e  pkg:docker/e build 11 unpinned\n"
		"${UNSET}f:$TAG   build 12 unpinned\n"
		"0  pkg:docker/0 build 13 unpinned\n"
		"${EMPTY}   build 15 unpinned\n"
		"h:${OPEN   runtime 16 unpinned\n",
		"RW1302 12 the image ${UNSET}f:$TAG is not known\n"
		"RW1301 14 not an image: g:$TAG\n"
		"RW1302 15 the image ${EMPTY} is not known\n"
		"RW1302 16 the image h:${OPEN is not known\n");
}

static void test_cyclic_args(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"ARG A=$B\nARG B=$A\nARG C=${C}x\nARG =y\n"
		"FROM $A\nFROM $B\nFROM $C\nFROM $\n",
		"$A   build 5 unpinned\n"
		"$B   build 6 unpinned\n"
		"$C   build 7 unpinned\n"
		"$   runtime 8 unpinned\n",
		"RW1302 5 the image $A is not known\n"
		"RW1302 6 the image $B is not known\n"
		"RW1302 7 the image $C is not known\n"
		"RW1302 8 the image $ is not known\n");
}

static void test_lines(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"\xef\xbb\xbf# syntax=docker/dockerfile:1\r\n"
		"\r\n"
		"  FROM \\\r\n"
		"# a comment in the midst\r\n"
		"\r\n"
		"    a:1 \\ \r\n"
		"    AS x\r\n"
		"RUN echo \\\r\n"
		"FROM no:1\r\n"
		"FROM x\r\n"
		"from b:2 \\",
		"a 1 pkg:docker/a@1 build 3\n"
		"b 2 pkg:docker/b@2 runtime 11\n", "");
	assert_extracts(PATH,
		"# escape=`\n"
		"FROM `\n"
		"a:1\n"
		"RUN dir c:\\\n"
		"FROM b:1\n",
		"a 1 pkg:docker/a@1 build 2\n"
		"b 1 pkg:docker/b@1 runtime 5\n", "");
}

static void test_heredocs(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM a:1\n"
		"RUN <<EOF cat && 3<<-'TWO' cat\n"
		"FROM no:1\n"
		"EOF\n"
		"FROM no:2\n"
		"\tTWO\n"
		"COPY <<\"x y\" /etc/x\n"
		"FROM no:3\n"
		"x y\n"
		"RUN echo $((1<<2)) \"<<NO\" << NO\n"
		"ENV <<NO\n"
		"FROM b:1\n"
		"RUN cat <<LAST\n"
		"FROM no:4\n",
		"a 1 pkg:docker/a@1 build 1\n"
		"b 1 pkg:docker/b@1 runtime 12\n",
		"RW1301 13 the here-document has no end: LAST\n");
}

#define GH "repository=https://github.com/o/"

static void test_run(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM ubuntu:22.04 AS build\n"
		"RUN apt-get update && apt-get install -y \\\n"
		"    # a comment\n"
		"    libssl-dev \\\n"
		"#   && git clone https://github.com/o/no \\\n"
		"\n"
		"    g++=4:11.2 && \\\n"
		"  cd /x && git clone https://github.com/o/a \\\n"
		"  && wget https://github.com/o/b/releases/download/v1/b.tgz\n"
		"RUN cd /x/a && git checkout v2\n"
		"FROM debian:bookworm-slim\n"
		"RUN apt-get install -y curl; pip install c\n"
		"COPY --from=build /x /x\n",
		"ubuntu 22.04 pkg:docker/ubuntu@22.04 build 1\n"
		"debian bookworm-slim pkg:docker/debian@bookworm-slim "
		"runtime 11\n"
		"libssl-dev  pkg:deb/ubuntu/libssl-dev?distro=ubuntu-22.04 "
		"build 4 unpinned\n"
		"g++ 4:11.2 pkg:deb/ubuntu/g%2B%2B@4:11.2?distro=ubuntu-22.04 "
		"build 7\n"
		"a v2 pkg:github/o/a@v2 unknown 8 " GH "a ref=v2\n"
		"b v1 pkg:github/o/b@v1 unknown 9 " GH "b ref=v1\n"
		"curl  pkg:deb/debian/curl runtime 12 unpinned\n"
		"c  pkg:pypi/c runtime 12 unpinned\n", "");
}

static void test_run_in_stages(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM a:1 AS unused\n"
		"RUN git clone https://github.com/o/a; apk add x\n"
		"FROM alpine AS base\n"
		"RUN apk add --no-cache y\n"
		"FROM base AS tools\n"
		"RUN git clone https://github.com/o/b; apk add z\n"
		"FROM tools AS mid\n"
		"COPY --from=unused2 / /\n"
		"FROM b:1-alpine\n"
		"COPY --from=mid / /\n"
		"RUN git clone https://github.com/o/c; apk add w\n",
		"a 1 pkg:docker/a@1 build 1\n"
		"alpine  pkg:docker/alpine build 3 unpinned\n"
		"unused2  pkg:docker/unused2 build 8 unpinned\n"
		"b 1-alpine pkg:docker/b@1-alpine runtime 9\n"
		"a  pkg:github/o/a build 2 " GH "a unpinned\n"
		"x   build 2 unpinned\n"
		"y  pkg:apk/alpine/y build 4 unpinned\n"
		"b  pkg:github/o/b unknown 6 " GH "b unpinned\n"
		"z  pkg:apk/alpine/z build 6 unpinned\n"
		"c  pkg:github/o/c runtime 11 " GH "c unpinned\n"
		"w  pkg:apk/alpine/w runtime 11 unpinned\n", "");
}

static void test_run_variables(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"ARG V=1 W=2\n"
		"FROM a:1 AS one\n"
		"ARG V\n"
		"ARG X='9 9'\n"
		"ENV Y=$V Z=\"$Y\" Q=${W:-none}\n"
		"ENV OLD the old $V form\n"
		"RUN V=7; git clone -b v$V https://github.com/o/a\n"
		"RUN git clone -b v$V.$Z.$Q https://github.com/o/b\n"
		"RUN git clone -b v$W https://github.com/o/c\n"
		"RUN apk add $OLD $X\n"
		"FROM one\n"
		"RUN git clone -b v$Y https://github.com/o/d\n"
		"RUN git clone -b v$V https://github.com/o/e\n",
		"a 1 pkg:docker/a@1 runtime 2\n"
		"a v7 pkg:github/o/a@v7 runtime 7 " GH "a ref=v7\n"
		"b  pkg:github/o/b runtime 8 " GH "b unpinned\n"
		"c  pkg:github/o/c runtime 9 " GH "c unpinned\n"
		"the   runtime 10 unpinned\n"
		"old   runtime 10 unpinned\n"
		"1   runtime 10 unpinned\n"
		"form   runtime 10 unpinned\n"
		"9   runtime 10 unpinned\n"
		"9   runtime 10 unpinned\n"
		"d v1 pkg:github/o/d@v1 runtime 12 " GH "d ref=v1\n"
		"e  pkg:github/o/e runtime 13 " GH "e unpinned\n",
		"RW1302 8 the revision is not known: v1.${Y}.none\n"
		"RW1302 9 the revision is not known: v${W}\n"
		"RW1302 13 the revision is not known: v${V}\n");
}

static void test_run_forms(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM a:1\n"
		"RUN [\"bash\", \"-c\", \"git clone https://github.com/o/a\"]\n"
		"RUN --mount=type=bind,from=b:2,target=/b --network=none "
		"git clone https://github.com/o/b\n"
		"RUN [ -d x ] || git clone https://github.com/o/c\n"
		"RUN <<EOF\n"
		"set -e\n"
		"git clone https://github.com/o/d\n"
		"EOF\n"
		"RUN bash -e <<-'X'\n"
		"\tgit clone https://github.com/o/e\n"
		"\tX\n"
		"RUN <<EOF\n"
		"#!/usr/bin/env python3\n"
		"git clone https://github.com/o/no\n"
		"EOF\n"
		"RUN cat <<EOF > x\n"
		"git clone https://github.com/o/no\n"
		"EOF\n"
		"RUN echo git clone https://github.com/o/no\n"
		"WORKDIR /w\n"
		"WORKDIR v\n"
		"RUN git clone https://github.com/o/f\n"
		"WORKDIR f/sub\n"
		"RUN git checkout v3\n"
		"ONBUILD RUN git clone https://github.com/o/no\n",
		"a 1 pkg:docker/a@1 runtime 1\n"
		"b 2 pkg:docker/b@2 runtime 3\n"
		"a  pkg:github/o/a runtime 2 " GH "a unpinned\n"
		"b  pkg:github/o/b runtime 3 " GH "b unpinned\n"
		"c  pkg:github/o/c runtime 4 " GH "c unpinned\n"
		"d  pkg:github/o/d runtime 7 " GH "d unpinned\n"
		"e  pkg:github/o/e runtime 10 " GH "e unpinned\n"
		"f v3 pkg:github/o/f@v3 runtime 22 " GH "f ref=v3\n", "");
}

static void test_add(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"FROM a:1\n"
		"ARG V=1.2\n"
		"ADD --chown=0:0 https://dl.vendor.dev/x-$V.tgz "
		"https://dl.vendor.dev/y /tmp/\n"
		"ADD --checksum=sha256:00ff https://dl.vendor.dev/z /z\n"
		"ADD https://github.com/o/b.git#v3:sub /b\n"
		"ADD git@github.com:o/c.git /c\n"
		"ADD local https.txt /d\n"
		"ADD https://dl.vendor.dev/only-one\n",
		"a 1 pkg:docker/a@1 runtime 1\n"
		"x 1.2 pkg:generic/x@1.2?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fx-1.2.tgz runtime 3\n"
		"y  pkg:generic/y?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fy runtime 3 unpinned\n"
		"z  pkg:generic/z?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fz runtime 4 hash=sha256:00ff\n"
		"b v3 pkg:github/o/b@v3 runtime 5 " GH "b ref=v3\n"
		"c  pkg:github/o/c runtime 6 " GH "c unpinned\n", "");
}

static void test_systems(void **state)
{
	static const struct { const char *image, *purl; } systems[] = {
		{"ubuntu:22.04", "pkg:deb/ubuntu/p?distro=ubuntu-22.04"},
		{"docker.io/library/debian:12-slim",
		 "pkg:deb/debian/p?distro=debian-12"},
		{"golang:1.17-bullseye", "pkg:deb/debian/p"},
		{"r.io/o/bldr-ubuntu22-c-go:1.0.0", "pkg:deb/ubuntu/p"},
		{"python:3.8-slim", ""},
		{"golang:1.17-alpine", ""},
		{"r.io/kubuntux:1", ""},
	};
	struct extracting e;
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
		strbuf_clear(&b);
		strbuf_fmt(&b, "FROM %s\nRUN apt install p\n",
			   systems[i].image);
		extracting_text(&e, PATH, strbuf_str(&b));
		unit_assert_str(e.scan.parts.components.v[2].purl,
				str_c(systems[i].purl), __FILE__, __LINE__);
		extracting_release(&e);
	}
	strbuf_release(&b);
	assert_extracts(PATH,
		"FROM registry.access.redhat.com/ubi8/ubi:8.5\n"
		"RUN dnf install -y p && apt install q\n"
		"FROM rockylinux:9\nRUN yum install r\n",
		"registry.access.redhat.com/ubi8/ubi 8.5 pkg:docker/ubi8/ubi"
		"@8.5?repository_url=registry.access.redhat.com build 1\n"
		"rockylinux 9 pkg:docker/rockylinux@9 runtime 3\n"
		"p  pkg:rpm/redhat/p build 2 unpinned\n"
		"q   build 2 unpinned\n"
		"r  pkg:rpm/rocky/r?distro=rocky-9 runtime 4 unpinned\n", "");
}

static void test_which_files(void **state)
{
	static const char *const wanted[] = {
		"Dockerfile", "a/dockerfile", "Containerfile",
		"DockerfileSimple", "Dockerfile_jwt", "Dockerfile-Unit-Tests",
		"Dockerfile.rhel8", "stx-aptly.Dockerfile", "amf_dockerfile",
		"Dockerfile.gNB.ubuntu20"};
	static const char *const others[] = {
		"dockerfiles.txt", "dockerfilelint", "Dockerfile.patch",
		"Dockerfile.dockerignore", "docker/Makefile",
		"dockerfile.go", "Dockerfile/x"};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_true(extract_dockerfile.wants(
			&(struct file){.path = str_c(wanted[i])}));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(extract_dockerfile.wants(
			&(struct file){.path = str_c(others[i])}));
}

static void test_scope_by_path(void **state)
{
	(void)state;
	assert_extracts("ci/Dockerfile", "FROM a:1 AS b\nFROM c:1\n",
		"a 1 pkg:docker/a@1 ci 1\nc 1 pkg:docker/c@1 ci 2\n", "");
	assert_extracts("Dockerfile-Unit-Tests", "FROM a:1\n",
		"a 1 pkg:docker/a@1 test 1\n", "");
}

static void test_rubbish(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, PATH, STR("\x7f" "ELF\0\xff\n{% if x %}\n"
				      "FROM\t\nRUN\n"));
	assert_int_equal(e.scan.parts.components.n, 1);
	assert_int_equal(e.scan.diags.counts[RW1301], 4);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	assert_extracts(PATH, "", "", "");
	assert_extracts(PATH, "RUN true\n", "",
			"RW1301 0 no FROM: nothing is built\n");
}

/* Values that grow, stages that match, 10^5 of everything: all linear. */
static void test_hostile_sizes(void **state)
{
	enum { N = 100000 };
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "FROM a:%d AS s%d\n", i, i);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	extracting_release(&e);
	strbuf_clear(&b);
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "FROM a$X%d AS s%d\n", i, i);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "ARG A=aaaaaaaa\n");
	for (int i = 0; i < N; i++)
		strbuf_fmt(&b, "ARG A%d=$A\nARG A=$A$A\n", i);
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "FROM $A8\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 1);
	assert_int_equal(e.scan.diags.counts[RW1301], N);
	assert_true(e.scan.arena.total < 64 * LIMIT_MB);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "FROM a:1\nRUN ");
	strbuf_pad(&b, 'x', 2 * LIMIT_MB);
	strbuf_cstr(&b, "\nFROM ");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "${X:-");
	strbuf_cstr(&b, "\nRUN \\\n");
	for (int i = 0; i < 12000; i++)
		strbuf_cstr(&b, "0123456789012345678901234567890123456789"
			    "0123456789012345678901234567890123456789"
			    "01234567890123456789\\\n");
	strbuf_cstr(&b, "x\nFROM b:1\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_str(extracting_components(&e),
		   "a 1 pkg:docker/a@1 build 1\n"
		   "b 1 pkg:docker/b@1 runtime 12006\n");
	assert_int_equal(e.scan.diags.counts[RW1108], 2);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "FROM a:1\nENV A=aaaaaaaa\n");
	for (int i = 0; i < N / 10; i++)
		strbuf_fmt(&b, "ENV A%d=x\nFROM s AS s\nENV A=$A$A\n", i);
	strbuf_cstr(&b, "RUN git clone https://github.com/o/r \\\n");
	for (int i = 0; i < N; i++)
		strbuf_cstr(&b, "  && git checkout $A \\\n");
	strbuf_cstr(&b, "  && true\n");
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_true(e.scan.parts.components.n >= 3);
	assert_true(e.scan.arena.total < 64 * LIMIT_MB);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_stages),
		cmocka_unit_test(test_stage_names_with_variables),
		cmocka_unit_test(test_args),
		cmocka_unit_test(test_cyclic_args),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_heredocs),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_run_in_stages),
		cmocka_unit_test(test_run_variables),
		cmocka_unit_test(test_run_forms),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_systems),
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_scope_by_path),
		cmocka_unit_test(test_rubbish),
		cmocka_unit_test(test_hostile_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
