/* What servers of repositories say, and what is made of it. */
#include "feeds/git_wire.h"

#include "unit.h"

#define A "1111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222"
#define SERVICE "001e# service=git-upload-pack\n0000"

static struct arena arena;
static struct git_refs refs;
static struct str why;

static int teardown(void **state)
{
	(void)state;
	vec_release(&refs.list);
	arena_release(&arena);
	return 0;
}

/* A pkt-line of a text that may have a NUL. */
static void add(struct strbuf *b, struct str line)
{
	strbuf_fmt(b, "%04zx", line.n + 4);
	strbuf_add(b, line);
}

static enum err read_lines(const struct str *lines, size_t n)
{
	struct strbuf b;
	enum err e;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, SERVICE);
	for (size_t i = 0; i < n; i++)
		add(&b, lines[i]);
	strbuf_cstr(&b, "0000");
	vec_release(&refs.list);
	e = git_wire_refs(strbuf_str(&b), &arena, &refs, &why);
	strbuf_release(&b);
	return e;
}
#define READ(...) \
	read_lines((const struct str[]){__VA_ARGS__}, \
		   sizeof((const struct str[]){__VA_ARGS__}) / \
		   sizeof(struct str))

static void test_references(void **state)
{
	struct strbuf b;

	(void)state;
	assert_int_equal(READ(
		STR(A " HEAD\0multi_ack symref=HEAD:refs/heads/main agent=x\n"),
		STR(B " refs/tags/v1\n"), STR(A " refs/tags/v1^{}\n"),
		STR(A " refs/heads/main\n"), STR(A " refs/pull/1/head\n"),
		STR(B " refs/notes/review\n"), STR(A " refs/heads/a..b\n"),
		STR(A " refs/heads/x.lock\n"), STR(A " refs/heads/a\nb\n")),
		OK);
	assert_str(refs.head, "refs/heads/main");
	strbuf_init(&b, 0);
	git_wire_write(&refs, &b);
	assert_str(strbuf_str(&b), A " refs/heads/main\n" B
		   " refs/notes/review\n" B " refs/tags/v1\n");
	strbuf_release(&b);
}

static void test_head_by_id(void **state)
{
	(void)state;
	assert_int_equal(READ(STR(B " HEAD\0x\n"), STR(A " refs/heads/a\n"),
			      STR(B " refs/heads/b\n")), OK);
	assert_str(refs.head, "refs/heads/b");
	assert_int_equal(READ(STR(B " HEAD\0symref=HEAD:refs/heads/../x\n"),
			      STR(A " refs/heads/a\n")), ERR_FORMAT);
	assert_int_equal(READ(STR(A " refs/heads/a\0x\n")), ERR_FORMAT);
	assert_non_null(strstr(why.p, "HEAD"));
}

static void test_what_is_no_list(void **state)
{
	static const char *const texts[] = {
		"", "0000", "<html>", SERVICE, "001e# service=git-upload-pack\n",
		"001f# service=git-receive-pack\n0000", SERVICE "0001",
		SERVICE "0003", SERVICE "ffff" A " HEAD",
		SERVICE "003d" A " refs/heads/main", SERVICE "0009ERR x0000",
		SERVICE "00zz", SERVICE "000ashort\n0000",
		SERVICE "0030" A "  \n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		vec_release(&refs.list);
		why = STR("");
		if (!git_wire_refs(str_c(texts[i]), &arena, &refs, &why) ||
		    !why.n)
			fail_msg("taken: %s", texts[i]);
	}
	assert_int_equal(READ(STR(A " HEAD\0object-format=sha256\n")),
			 ERR_FORMAT);
	assert_non_null(strstr(why.p, "SHA-256"));
}

static void test_asking(void **state)
{
	struct git_refs have = {0}, none = {0};
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	assert_int_equal(READ(
		STR(A " HEAD\0symref=HEAD:refs/heads/a\n"),
		STR(A " refs/heads/a\n"), STR(B " refs/heads/b\n"),
		STR(B " refs/heads/c\n")), OK);
	git_wire_read(STR("# a comment\n" A " refs/heads/a\nnonsense\n" A
			  " refs/heads/z\n"), &arena, &have);
	assert_int_equal(have.list.n, 2);
	assert_int_equal(git_wire_ask(&refs, &have, &b), 1);
	assert_non_null(strstr(b.p, "want " B " ofs-delta agent="));
	assert_null(strstr(b.p, "want " A));
	assert_non_null(strstr(b.p, "00000032have " A "\n0009done\n"));
	strbuf_clear(&b);
	assert_int_equal(git_wire_ask(&refs, &none, &b), 2);
	assert_non_null(strstr(b.p, "0032want " B "\n00000009done\n"));
	strbuf_clear(&b);
	assert_int_equal(git_wire_ask(&refs, &refs, &b), 0);
	strbuf_release(&b);
	vec_release(&have.list);
}

static void test_where_a_pack_begins(void **state)
{
	size_t at;

	(void)state;
	assert_int_equal(git_wire_pack(STR("0008NAK\nPACK..."), &at, &why),
			 OK);
	assert_int_equal(at, 8);
	assert_int_equal(git_wire_pack(STR("0031ACK " A "\nPACK"), &at, &why),
			 OK);
	assert_int_equal(at, 49);
	assert_int_equal(git_wire_pack(STR("000eERR gone.\n"), &at, &why),
			 ERR_FORMAT);
	assert_non_null(strstr(why.p, "refuses"));
	assert_int_equal(git_wire_pack(STR(""), &at, &why), ERR_FORMAT);
	assert_int_equal(git_wire_pack(STR("0008NAK\n"), &at, &why),
			 ERR_FORMAT);
	assert_int_equal(git_wire_pack(STR("0000PACK"), &at, &why),
			 ERR_FORMAT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_references), TEST(test_head_by_id),
		TEST(test_what_is_no_list), TEST(test_asking),
		TEST(test_where_a_pack_begins)};

	return cmocka_run_group_tests_name("git_wire", tests, NULL, NULL);
}
