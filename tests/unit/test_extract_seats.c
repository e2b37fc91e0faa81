/* MAINTAINERS, CODEOWNERS, OWNERS: seats, their files, and the lines below
 * them; nobody's name or address. */
#include <stdio.h>
#include <stdlib.h>

#include "extracting.h"

/* For static tables. */
#define TEXT(lit) {"" lit, sizeof(lit) - 1}

static const char *const roots[] = {
	[SEAT_LEAD] = "lead", [SEAT_COMMITTER] = "committer",
	[SEAT_MAINTAINER] = "maintainer", [SEAT_REVIEWER] = "reviewer",
	[SEAT_OWNER] = "owner"};

/* Seats, one a line: role, host, person, lines, line of the file. */
static struct str seats(struct extracting *e)
{
	struct strbuf *b = &e->text;

	strbuf_clear(b);
	for (size_t i = 0; i < e->scan.parts.seats.n; i++) {
		const struct seat *s = &e->scan.parts.seats.v[i];

		assert_int_equal(s->component, 0);
		assert_int_equal(s->company.n, 0);
		strbuf_fmt(b, "%s [%.*s] %zu ", roots[s->role],
			   STR_ARG(s->host), s->person);
		if (s->has_lines)
			strbuf_fmt(b, "%u", (unsigned)s->lines);
		else
			strbuf_cstr(b, "-");
		strbuf_fmt(b, " :%u\n", s->evidence.line);
	}
	return strbuf_str(b);
}

static void expect(const struct made *files, const char *want,
		   const char *diags)
{
	struct extracting e;

	extracting_run(&e, files);
	unit_assert_str(seats(&e), str_c(want), __FILE__, __LINE__);
	unit_assert_str(extracting_diags(&e), str_c(diags), __FILE__,
			__LINE__);
	extracting_release(&e);
}

#define TREE(governing, text) (const struct made[]){ \
	{governing, STR(text), NULL}, \
	{"a/b/four.c", STR("1\n2\n3\n4"), NULL}, \
	{"a/one.c", STR("1\n"), NULL}, \
	{"a/two.h", STR("1\n2\n"), NULL}, \
	{"data.bin", STR("\0\n\n\n"), NULL}, \
	{"eight", STR("1\n2\n3\n4\n5\n6\n7\n8\n"), NULL}, {0}}

static void test_maintainers(void **state)
{
	(void)state;
	expect(TREE("MAINTAINERS",
		"Title\n=====\n\n\tM:\tMail *Name* to: <x@y.example>\n\n"
		"One\nM: Ada Secret <Ada@One.Example>\n"
		"R: Bob <bob@two.example>\nS: Supported\nF: a/\n\n"
		"Two\nF: a/*\nX: a/*.h\nM: ada@one.example\r\n"
		"M: Nobody At All\n\n"
		"Three\nM: Carol (x@z.example) <carol@three.example.>\n"
		"K: word\n\nFour\nF: eight\nF: a/b\nF: ./eight\n"
		"M: D <d@four.example>\n"),
	       "maintainer [one.example] 0 7 :7\n"
	       "reviewer [two.example] 1 7 :8\n"
	       "maintainer [one.example] 0 1 :15\n"
	       "maintainer [] 3 1 :16\n"
	       "maintainer [three.example] 4 0 :19\n"
	       "maintainer [four.example] 5 12 :26\n", "");
}

static void test_globs_of_maintainers(void **state)
{
	(void)state;
	expect(TREE("MAINTAINERS",
		"M: a@a.a\nF: */\n\nM: a@b.b\nF: */*\n\nM: a@c.c\nF: *\n\n"
		"M: a@d.d\nF: a/?ne.c\nF: a/*/*.c\n\nM: a@e.e\n"
		"F: **/*.c\n\nM: a@f.f\nF: nowhere/\nF: a/one.c/\n\n"
		"M: a@g.g\nF: /a//b\nF: a*\n\nM: a@h.h\nT: git\n\n"
		"M: a@i.i\nF: a/\nX: a/b/\n\n"),
	       "maintainer [a.a] 0 7 :1\n"
	       "maintainer [b.b] 1 3 :4\n"
	       "maintainer [c.c] 2 39 :7\n"
	       "maintainer [d.d] 3 5 :10\n"
	       "maintainer [e.e] 4 5 :14\n"
	       "maintainer [f.f] 5 0 :17\n"
	       "maintainer [g.g] 6 0 :21\n"
	       "maintainer [h.h] 7 46 :25\n"
	       "maintainer [i.i] 8 3 :28\n", "");
}

static void test_maintainers_without_files(void **state)
{
	(void)state;
	expect(TREE("MAINTAINERS", "M: a@a.a\n\nM: b@b.b\nM: a@a.a\n"),
	       "maintainer [a.a] 0 - :1\n"
	       "maintainer [b.b] 1 - :3\n"
	       "maintainer [a.a] 0 - :4\n", "");
	expect(TREE("sub/MAINTAINERS", "M: a@a.a\n"), "", "");
	expect(TREE("MAINTAINERS", ""), "", "");
}

static void test_codeowners(void **state)
{
	(void)state;
	expect(TREE("CODEOWNERS",
		"# all\n* @all @org/team # and\n/a/ Ada@One.Example @ALL\n"
		"*.h\nb @bee\n\n[Section] @x\n  eight @ghost\n"),
	       "owner [] 0 8 :2\n"       /* CODEOWNERS itself */
	       "owner [] 1 8 :2\n"
	       "owner [one.example] 2 1 :3\n"
	       "owner [] 0 1 :3\n"
	       "owner [] 4 4 :5\n", "");
}

static void test_globs_of_codeowners(void **state)
{
	(void)state;
	expect(TREE("CODEOWNERS", "a/* @x\n"), "owner [] 0 3 :1\n", "");
	expect(TREE("CODEOWNERS", "a/** @x\n"), "owner [] 0 7 :1\n", "");
	expect(TREE("CODEOWNERS", "/*.c @x\n"), "owner [] 0 0 :1\n", "");
	expect(TREE("CODEOWNERS", "*.c @x\n"), "owner [] 0 5 :1\n", "");
	expect(TREE("CODEOWNERS", "a/**/*.c @x\n"), "owner [] 0 5 :1\n", "");
	expect(TREE("CODEOWNERS", "b/ @x\n"), "owner [] 0 4 :1\n", "");
	expect(TREE("CODEOWNERS", "/b/ @x\n"), "owner [] 0 0 :1\n", "");
	expect(TREE("CODEOWNERS", "a/b @x\n"), "owner [] 0 4 :1\n", "");
	expect(TREE("CODEOWNERS", "eight/ @x\n"), "owner [] 0 0 :1\n", "");
	expect(TREE("CODEOWNERS", "/ @x\n"), "owner [] 0 0 :1\n", "");
	expect(TREE("CODEOWNERS", "** @x\n"), "owner [] 0 16 :1\n", "");
	expect(TREE("CODEOWNERS", "/** @x\n"), "owner [] 0 16 :1\n", "");
	expect(TREE("CODEOWNERS", "/* @x\n"), "owner [] 0 9 :1\n", "");
}

static void test_one_codeowners_counts(void **state)
{
	static const struct made files[] = {
		{".github/CODEOWNERS", TEXT("* @a\n"), NULL},
		{"CODEOWNERS", TEXT("* @b\n* @c\n"), NULL},
		{"x/CODEOWNERS", TEXT("* @d\n"), NULL}, {0}};

	(void)state;
	expect(files, "owner [] 0 4 :1\n", "");
}

static void test_owners(void **state)
{
	static const struct made files[] = {
		{"OWNERS", TEXT("approvers: [a, B@b.example]\n"
				    "reviewers: [A]\nfilters:\n"
				    "  '.*': {approvers: [c]}\n"), NULL},
		{"a/OWNERS", TEXT("approvers:\n- d\n- [e]\n"), NULL},
		{"a/one", TEXT("1\n"), NULL},
		{"charts/x/OWNERS", TEXT("approvers: [f]\n"), NULL},
		{0}};

	(void)state;
	expect(files,
	       "owner [] 0 9 :1\nowner [b.example] 1 9 :1\n"
	       "reviewer [] 0 9 :2\nowner [] 3 9 :4\nowner [] 4 4 :2\n",
	       "RW1301 3 not an account\n");
	expect(TREE("a/OWNERS", "approvers: [a]\n"), "", "");
	expect(TREE("OWNERS", "a@b.example\n"), "",
	       "RW1301 1 not a mapping: a@b.example\n");
	expect(TREE("OWNERS", ""), "", "");
}

static void test_no_person_is_kept(void **state)
{
	static const char *const words[] = {"Secret", "ada", "Ada", "team"};
	struct extracting e;

	(void)state;
	extracting_run(&e, TREE("MAINTAINERS",
		"M: Ada Secret <ada@one.example>\nF: a/\n"));
	for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
		assert_true(str_find(seats(&e), str_c(words[w])) ==
			    SIZE_MAX);
		assert_true(str_find(extracting_diags(&e),
				     str_c(words[w])) == SIZE_MAX);
	}
	extracting_release(&e);
}

/* Many patterns and many files stay cheap; what does not is given up. */
static void test_hostile_patterns(void **state)
{
	struct made *files = calloc(2003, sizeof *files);
	struct extracting e;
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	for (int i = 0; i < 50000; i++)
		strbuf_fmt(&b, "M: a%d@a.example\nF: d%d/x\nF: e%d/*\n\n", i,
			   i, i);
	files[0] = (struct made){"MAINTAINERS", strbuf_str(&b), NULL};
	for (int i = 0; i < 2000; i++) {
		static char names[2000][16];

		snprintf(names[i], sizeof names[i], "d%04d/x", i);
		files[i + 1] = (struct made){names[i], STR("1\n"), NULL};
	}
	extracting_run(&e, files);
	assert_int_equal(e.scan.parts.seats.n, 50000);
	assert_int_equal(e.scan.diags.kept.n, 0);
	assert_true(e.scan.parts.seats.v[1500].has_lines);
	assert_int_equal(e.scan.parts.seats.v[1500].lines, 1);
	extracting_release(&e);
	strbuf_clear(&b);
	for (int i = 0; i < 100000; i++)
		strbuf_fmt(&b, "F: **/a*a*a*%d\n", i);
	strbuf_cstr(&b, "M: a@a.example\n");
	files[0].text = strbuf_str(&b);
	extracting_run(&e, files);
	assert_int_equal(e.scan.parts.seats.n, 1);
	assert_false(e.scan.parts.seats.v[0].has_lines);
	assert_int_equal(e.scan.diags.counts[RW1901], 1);
	extracting_release(&e);
	strbuf_release(&b);
	free(files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maintainers),
		cmocka_unit_test(test_globs_of_maintainers),
		cmocka_unit_test(test_maintainers_without_files),
		cmocka_unit_test(test_codeowners),
		cmocka_unit_test(test_globs_of_codeowners),
		cmocka_unit_test(test_one_codeowners_counts),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_no_person_is_kept),
		cmocka_unit_test(test_hostile_patterns),
	};

	return cmocka_run_group_tests_name("extract_seats", tests, NULL,
					   NULL);
}
