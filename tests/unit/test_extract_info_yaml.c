/* INFO.yaml: seats, merge keys, nobody's name or address, odd types. */
#include "extracting.h"

/* Seats, one a line: role, company, host, line. */
static struct str seats(struct extracting *e)
{
	struct strbuf *b = &e->text;

	strbuf_clear(b);
	for (size_t i = 0; i < e->scan.parts.seats.n; i++) {
		const struct seat *s = &e->scan.parts.seats.v[i];

		assert_int_equal(s->component, 0);
		strbuf_fmt(b, "%s [%.*s] [%.*s] %u\n",
			   component_role_name(s->role), STR_ARG(s->company),
			   STR_ARG(s->host), s->evidence.line);
	}
	return strbuf_str(b);
}

static void expect(struct str text, const char *want, const char *diags)
{
	struct extracting e;

	extracting_text(&e, "INFO.yaml", text);
	unit_assert_str(seats(&e), str_c(want), __FILE__, __LINE__);
	unit_assert_str(extracting_diags(&e), str_c(diags), __FILE__,
			__LINE__);
	extracting_release(&e);
}

static const char usual[] =
	"---\n"
	"project: 'ric_plt_e2'\n"
	"project_lead: &lead\n"
	"    name: 'Ada Secretname'\n"
	"    email: 'ada.secretname@Example.COM'\n"
	"    id: 'adasecret'\n"
	"    company: 'Example Inc.'\n"
	"    timezone: 'Asia/Shanghai'\n"
	"primary_contact: *lead\n"
	"realtime_discussion: ''\n"
	"repositories:\n"
	"    - ric-plt/e2\n"
	"committers:\n"
	"    - <<: *lead\n"
	"    - name: 'Bob Secretname'\n"
	"      email: 'bob@cn.fujitsu.com'\n"
	"      company: 'Fujitsu '\n"
	"      id: 'bob '\n"
	"    - name: 'Ada Secretname'\n"
	"      email: 'ADA.Secretname@example.com'\n"
	"      company: 'Other'\n"
	"    - id: 'bob'\n"
	"      company: 'Other'\n"
	"    - name: ''\n"
	"      email: ''\n"
	"    - name: 'Carol'\n"
	"      email: 'carol at example dot org'\n"
	"tsc:\n"
	"    changes:\n"
	"        - type: 'Addition'\n"
	"          name: ['Ada', 'Bob']\n";

static void test_seats(void **state)
{
	(void)state;
	expect(str_c(usual),
		"lead [Example Inc.] [example.com] 3\n"
		"committer [Example Inc.] [example.com] 14\n"
		"committer [Fujitsu] [cn.fujitsu.com] 15\n"
		"committer [] [] 26\n", "");
}

/* The lead who is a committer too is one person, by address or by id. */
static void test_persons(void **state)
{
	struct extracting e;
	const struct seat *s;

	(void)state;
	extracting_text(&e, "INFO.yaml", STR(
		"project_lead: {email: A@a.example, id: a}\n"
		"committers:\n- {email: a@A.example}\n- {id: b}\n"
		"- {company: C}\n- {company: C}\n"));
	s = e.scan.parts.seats.v;
	assert_int_equal(e.scan.parts.seats.n, 5);
	assert_int_equal(s[1].person, s[0].person);
	for (size_t i = 2; i < 5; i++)
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(s[i].person, s[k].person);
	extracting_release(&e);
	extracting_text(&e, "INFO.yaml", STR(
		"project_lead: {email: a@a.example, id: a}\n"
		"committers:\n- {email: other@a.example, id: 'A '}\n"));
	s = e.scan.parts.seats.v;
	assert_int_equal(s[1].person, s[0].person);
	assert_true(s[0].area == SIZE_MAX);
	assert_false(s[0].has_lines);
	extracting_release(&e);
}

/* Nothing that stays holds a name, an address or an id. */
static void test_no_person_is_kept(void **state)
{
	struct extracting e;
	static const char *const words[] = {"Secret", "Ada", "Bob", "bob",
					    "Carol", "carol", "Shanghai"};

	(void)state;
	extracting_text(&e, "INFO.yaml", str_c(usual));
	for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
		struct str word = str_c(words[w]);

		assert_true(str_find(seats(&e), word) == SIZE_MAX);
		assert_true(str_find(extracting_components(&e), word) ==
			    SIZE_MAX);
		assert_true(str_find(extracting_diags(&e), word) == SIZE_MAX);
	}
	extracting_release(&e);
}

static void test_project_is_evidence_for_the_tree(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, "INFO.yaml", str_c(usual));
	assert_int_equal(e.scan.parts.components.n, 1);
	assert_str(e.scan.parts.components.v[0].name, "root");
	assert_int_equal(e.scan.parts.components.v[0].evidence.n, 2);
	assert_int_equal(e.scan.parts.components.v[0].evidence.v[1].line, 2);
	extracting_release(&e);
}

static void test_lists_of_aliases(void **state)
{
	(void)state;
	expect(STR("a: &a {company: A, email: x@a.example}\n"
		   "b: &b {company: B, id: bb}\n"
		   "committers:\n"
		   "  - <<: [*a, *b]\n"
		   "  - *b\n"
		   "  - {<<: *a, company: C, email: y@c.example, id: cc}\n"),
		"committer [A] [a.example] 4\n"
		"committer [C] [c.example] 6\n", "");
}

static void test_odd_types(void **state)
{
	(void)state;
	expect(STR("project_lead: nobody\n"
		   "committers:\n  - just a name\n  - [a]\n"
		   "  - {company: [x], email: 'a@@b.example.'}\n"
		   "  - {company: 7, email: 'a@b c', id: ~}\n"),
		"committer [] [b.example] 5\n"
		"committer [7] [] 6\n",
		"RW1301 1 not a person\n"
		"RW1301 3 not a person\n"
		"RW1301 4 not a person\n");
	expect(STR("committers: none\n"), "",
	       "RW1301 1 committers are no list\n");
	expect(STR("committers:\n"), "", "");
	expect(STR("- a\n"), "", "RW1301 1 not a mapping\n");
	expect(STR(""), "", "");
	expect(STR("# only a comment\n"), "", "");
}

static void test_cut_and_rubbish(void **state)
{
	struct extracting e;
	struct strbuf b;

	(void)state;
	extracting_text(&e, "INFO.yaml", STR(
		"committers:\n  - company: A\n    id: a\n  - company: \"B"));
	assert_str(seats(&e), "committer [A] [] 2\n");
	assert_int_equal(e.scan.diags.counts[RW1106], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	extracting_text(&e, "INFO.yaml", STR("\x7f" "ELF\0\1\xff\xfe"));
	assert_int_equal(e.scan.parts.seats.n, 0);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "committers: ");
	strbuf_pad(&b, '[', 100000);
	extracting_text(&e, "INFO.yaml", strbuf_str(&b));
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, "committers:\n");
	for (int i = 0; i < 40000; i++)
		strbuf_fmt(&b, "- {company: C, email: p%d@example.com, "
			   "id: i%d}\n", i, i);
	extracting_text(&e, "INFO.yaml", strbuf_str(&b));
	assert_int_equal(e.scan.parts.seats.n, 40000);
	extracting_release(&e);
	strbuf_release(&b);
}

static void test_only_at_the_top(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, "vendor/x/INFO.yaml", str_c(usual));
	assert_int_equal(e.scan.parts.seats.n, 0);
	extracting_release(&e);
}

/* --- read by its lines ---------------------------------------------------- */

/* As it stands in many a repository: the keys of an item deeper than its
 * first. */
static const char deep[] =
	"---\n"
	"project: 'so'\n"
	"project_lead: &ptl\n"
	"    name: 'Ada Secretname'\n"
	"    email: 'ada@a.example'\n"
	"    id: ada\n"
	"    company: 'A'\n"
	"    timezone: 'x'\n"
	"primary_contact: *ptl\n"
	"meetings:\n"
	"    - type: 'zoom'\n"
	"        agenda: 'x'\n"
	"committers:\n"
	"    - <<: *ptl\n"
	"    - name: 'Bob Secretname'\n"
	"        email: 'bob@b.example'   # of late\n"
	"        company: B & Co. #1\n"
	"        timezone: \"never closed\n"
	"    # nobody\n"
	"    - email: \"carol@c.example\"\n"
	"        company: ''\n"
	"    - name: ''\n"
	"        email: ''\n"
	"tsc:\n"
	"    changes:\n"
	"        - type: 'removal'\n"
	"            name: 'x'\n";

static void test_keys_deeper_than_their_item(void **state)
{
	struct extracting e;

	(void)state;
	extracting_text(&e, "INFO.yaml", str_c(deep));
	unit_assert_str(seats(&e), STR(
		"lead [A] [a.example] 3\n"
		"committer [A] [a.example] 14\n"
		"committer [B & Co.] [b.example] 15\n"
		"committer [] [c.example] 20\n"), __FILE__, __LINE__);
	assert_int_equal(e.scan.parts.seats.v[1].person,
			 e.scan.parts.seats.v[0].person);
	assert_int_equal(e.scan.parts.components.v[0].evidence.v[1].line, 2);
	assert_str(extracting_diags(&e), "RW1307 12 did not find expected "
		   "key; the lead and the committers were read\n");
	assert_int_equal(e.target.files_failed, 0);
	extracting_release(&e);
}

#define LEAD "- \n- \nproject_lead: &l\n  company: A\ncommitters:\n"

/* One committer after the lead, who is read or not. */
static void expect_line(const char *committer, const char *want)
{
	struct extracting e;
	struct strbuf b;
	bool is_read = *want;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, LEAD "%s", committer);
	extracting_text(&e, "INFO.yaml", strbuf_str(&b));
	strbuf_clear(&b);
	strbuf_fmt(&b, "lead [A] [] 3\n%s", want);
	unit_assert_str(seats(&e), strbuf_str(&b), committer, __LINE__);
	assert_int_equal(e.scan.diags.counts[RW1307], is_read);
	assert_int_equal(e.scan.diags.counts[RW1106], !is_read);
	assert_int_equal(e.scan.diags.counts[RW1301], !is_read);
	assert_int_equal(e.target.files_failed, !is_read);
	extracting_release(&e);
	strbuf_release(&b);
}

static void test_plain_lines(void **state)
{
	static const char one[] = "committer [C] [c.example] 6\n";

	(void)state;
	expect_line("- company: C\n  email: a@c.example\n", one);
	expect_line("\t- company: C\n\t\temail: a@c.example\n", one);
	expect_line("- company: C\r\n  email: a@c.example\r\n", one);
	expect_line("- email: a@c.example\n  company: 'C' # x\n", one);
	expect_line("- <<: *l\n  company: C\n  email: a@c.example\n", one);
	expect_line("- company: C\n  email: a@c.example\n  timezone: \"x\n"
		    "tsc:\n- email: b@d.example\n", one);
	expect_line("- company: C\n  email: a@c.example\n---\ncommitters:\n"
		    "- company: D\n", one);
	expect_line("- *l\n", "committer [A] [] 6\n");
}

/* What may mean something else than it seems is not taken, and told. */
static void test_lines_that_are_not_sure(void **state)
{
	static const char *const not_sure[] = {
		"- {company: C}\n",
		"- company: C\n  company: D\n",
		"- company: C\n    email: a@c.example\n  id: c\n",
		"- company: C\nemail: a@c.example\n",
		"  - company: C\n  email: a@c.example\n",
		"  - company: C\n\temail: a@c.example\n",
		"- contact:\n    company: C\n",
		"- contact: # x\n    company: C\n",
		"- company:\n    email: a@c.example\n",
		"- company: 'C\n",
		"- company: 'it''s'\n",
		"- company: \"\\x41\"\n",
		"- company: C email: a@c.example\n",
		"- company: |\n    C\n",
		"- company: &c C\n",
		"- company: @C\n",
		"- company: C\n  text: >\n  email\n",
		"- company: C\n  and so on\n",
		"- just a name\n",
		"- *m\n",
		"- <<: *m\n  company: C\n",
		"- <<: *l\n  <<: *l\n",
		"company: C\n",
		"  company: C\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof not_sure / sizeof *not_sure; i++)
		expect_line(not_sure[i], "");
}

static void test_sections_that_are_not_sure(void **state)
{
	static const char *const not_sure[] = {
		"-\n-\nproject_lead:\n  company: A\n",
		"-\n-\nproject_lead:\n  company: A\n committers:\n"
		"- company: C\n",
		"-\n-\nproject_lead:\n  company: A\ncommitters:\n"
		"committers:\n- company: C\n",
		"-\n-\nproject_lead:\n  company: A\ncommitters: [\n",
		"-\n-\nproject_lead:\n  company: A\nproject_lead:\n"
		"  company: B\ncommitters:\n",
		"-\n-\nproject_lead:\n  company: A\ncommitters:\nwhat\n"
		"- company: C\n",
		"-\n-\nproject_lead: *x\ncommitters:\n",
		"-\n-\nproject_lead: &x\n  company: 'A\ncommitters:\n"
		"- <<: *x\n",
		"-\n-\ncommitters:\n- company: C\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof not_sure / sizeof *not_sure; i++) {
		struct extracting e;

		extracting_text(&e, "INFO.yaml", str_c(not_sure[i]));
		unit_assert_str(e.scan.diags.counts[RW1301] == 1
				? STR("told") : STR("not told"), STR("told"),
				not_sure[i], __LINE__);
		assert_int_equal(e.scan.diags.counts[RW1307], 0);
		assert_int_equal(e.target.files_failed, 1);
		extracting_release(&e);
	}
}

/* The sound part of YAML is kept where the lines give less. */
static void test_yaml_with_more_counts(void **state)
{
	(void)state;
	expect(STR("project_lead: {company: A}\ncommitters:\n"
		   "- {company: B}\n- {company: C}\n- x: [\n"),
		"lead [A] [] 1\n"
		"committer [B] [] 3\n"
		"committer [C] [] 4\n",
		"RW1301 1 4 places of lead and committers are not plain "
		"enough to be read by their lines, this is the first\n"
		"RW1106 6 did not find expected node content\n");
}

/* What stands beside the seats takes nothing from them. */
static void test_keys_twice(void **state)
{
	(void)state;
	expect(STR("committers:\n- company: C\ntsc:\n  changes:\n"
		   "  - name: a\n    name: b\nlast: x\n"),
		"committer [C] [] 2\n",
		"RW1307 6 the key \"name\" is there twice; the lead and the "
		"committers were read\n");
	expect(STR("committers:\n- company: C\n  company: D\ntsc:\n"
		   "  approval: x\n"),
		"committer [C] [] 2\n",
		"RW1103 3 the key \"company\" is there twice\n");
	expect(STR("committers:\n- company: C\ntsc:\n- a\nx: 1\nx: 2\n"),
		"committer [C] [] 2\n",
		"RW1103 6 the key \"x\" is there twice\n");
}

static void test_many_lines(void **state)
{
	struct extracting e;
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	strbuf_cstr(&b, LEAD);
	for (int i = 0; i < 40000; i++)
		strbuf_fmt(&b, "- id: i%d\n", i);
	extracting_text(&e, "INFO.yaml", strbuf_str(&b));
	assert_int_equal(e.scan.parts.seats.n, 40001);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, LEAD);
	for (int i = 0; i < 400000; i++)
		strbuf_cstr(&b, "- id: a\n");
	extracting_text(&e, "INFO.yaml", strbuf_str(&b));
	assert_int_equal(e.scan.diags.counts[RW1301], 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seats),
		cmocka_unit_test(test_persons),
		cmocka_unit_test(test_no_person_is_kept),
		cmocka_unit_test(test_project_is_evidence_for_the_tree),
		cmocka_unit_test(test_lists_of_aliases),
		cmocka_unit_test(test_odd_types),
		cmocka_unit_test(test_cut_and_rubbish),
		cmocka_unit_test(test_only_at_the_top),
		cmocka_unit_test(test_keys_deeper_than_their_item),
		cmocka_unit_test(test_plain_lines),
		cmocka_unit_test(test_lines_that_are_not_sure),
		cmocka_unit_test(test_sections_that_are_not_sure),
		cmocka_unit_test(test_yaml_with_more_counts),
		cmocka_unit_test(test_keys_twice),
		cmocka_unit_test(test_many_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
