/*
 * The line diff: cases by hand, limits and odd ends.  That it says what git
 * says is for tests/cli/diff_oracle.py, which asks this program too.
 */
#include "unit.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "diff_pairs.h"

static struct diff_work *work;

static int setup(void **state)
{
	(void)state;
	work = diff_work_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	diff_work_free(work);
	diff_work_free(NULL);
	return 0;
}

#define assert_counts(a, b, added, deleted) \
	check_counts(STR(a), STR(b), added, deleted, __LINE__)

static void check_counts(struct str a, struct str b, unsigned added,
			 unsigned deleted, int line)
{
	struct diff_counts c;

	_assert_int_equal((uintmax_t)diff_count(work, a, b, &c), OK,
			  __FILE__, line);
	_assert_int_equal(c.is_binary, false, __FILE__, line);
	_assert_int_equal(c.added, added, __FILE__, line);
	_assert_int_equal(c.deleted, deleted, __FILE__, line);
}

/* The hunks as "old_at,old_n new_at,new_n;". */
static struct str hunks(struct str a, struct str b, struct strbuf *out)
{
	struct diff_text old, new;
	struct diff_hunks h;

	assert_int_equal(diff_text_init(&old, work, a), OK);
	assert_int_equal(diff_text_init(&new, work, b), OK);
	diff_hunks(work, &old, &new, &h);
	strbuf_clear(out);
	for (size_t i = 0; i < h.n; i++)
		strbuf_fmt(out, "%u,%u %u,%u;", h.v[i].old_at, h.v[i].old_n,
			   h.v[i].new_at, h.v[i].new_n);
	diff_text_release(&old);
	diff_text_release(&new);
	return strbuf_str(out);
}

static void test_counts(void **state)
{
	(void)state;
	assert_counts("", "", 0, 0);
	assert_counts("a\n", "a\n", 0, 0);
	assert_counts("", "a\n", 1, 0);
	assert_counts("a", "", 0, 1);
	assert_counts("a\nb\nc\n", "a\nx\nc\n", 1, 1);
	assert_counts("a\nb\nc\n", "b\nc\na\n", 1, 1);
	assert_counts("a\nb\nc\nd\n", "d\nx\ny\na\nb\n", 3, 2);
	assert_counts("a\na\na\n", "a\na\n", 0, 1);
	assert_counts("1\n2\n3\n4\n5\n", "5\n4\n3\n2\n1\n", 4, 4);
}

static void test_no_bytes(void **state)
{
	struct strbuf out = {0};
	struct str none = {NULL, 0};

	(void)state;
	check_counts(none, none, 0, 0, __LINE__);
	check_counts(none, STR("a\nb"), 2, 0, __LINE__);
	check_counts(STR("a\n"), none, 0, 1, __LINE__);
	assert_str(hunks(none, none, &out), "");
	assert_str(hunks(none, STR("a\n"), &out), "0,0 0,1;");
	assert_str(hunks(STR("a\n"), none, &out), "0,1 0,0;");
	assert_false(diff_is_binary(none));
	strbuf_release(&out);
}

/* A line is its bytes up to and with LF, whatever else they are. */
static void test_line_ends(void **state)
{
	(void)state;
	assert_counts("a\n", "a", 1, 1);
	assert_counts("a", "a\n", 1, 1);
	assert_counts("a\nb", "a\nb\nc", 2, 1);
	assert_counts("b", "a\nb", 1, 0);
	assert_counts("ab", "b", 1, 1);
	assert_counts("a\r\nb\r\n", "a\nb\n", 2, 2);
	assert_counts("a\rb\n", "a\nb\n", 2, 1);
	assert_counts("\n\n", "\n", 0, 1);
	assert_counts("a\f\v\n", "a\n", 1, 1);
	assert_counts("\xff\n\xfe\n", "\xfe\n", 0, 1);
}

static void test_binary(void **state)
{
	char text[8002];
	struct strbuf out = {0};
	struct diff_counts c;

	(void)state;
	memset(text, 'x', sizeof text);
	text[8000] = 0;
	assert_false(diff_is_binary(str_n(text, sizeof text)));
	text[7999] = 0;
	assert_true(diff_is_binary(str_n(text, sizeof text)));
	assert_false(diff_is_binary(str_n(text, 7999)));
	assert_false(diff_is_binary(STR("")));
	assert_int_equal(diff_count(work, STR("a\n"),
				    str_n(text, sizeof text), &c), OK);
	assert_true(c.is_binary);
	assert_int_equal(c.added + c.deleted, 0);
	/* blame takes it for text */
	assert_str(hunks(STR("a\0\nb\n"), STR("b\n"), &out), "0,1 0,0;");
	strbuf_release(&out);
}

static void test_hunks(void **state)
{
	struct strbuf out = {0};

	(void)state;
	assert_str(hunks(STR(""), STR(""), &out), "");
	assert_str(hunks(STR("a\n"), STR("a\n"), &out), "");
	assert_str(hunks(STR(""), STR("a\nb\n"), &out), "0,0 0,2;");
	assert_str(hunks(STR("a\nb\nc\n"), STR("a\nc\n"), &out), "1,1 1,0;");
	assert_str(hunks(STR("a\nb\nc\nd\n"), STR("x\nb\nc\ny\nz\n"), &out),
		   "0,1 0,1;3,1 3,2;");
	/* runs settle at the end, unless indentation speaks against it */
	assert_str(hunks(STR("a\na\n"), STR("a\na\na\n"), &out), "2,0 2,1;");
	assert_str(hunks(STR("f {\n\ta\n}\n"),
			 STR("f {\n\ta\n}\n\ng {\n\ta\n}\n"), &out),
		   "3,0 3,4;");
	assert_str(hunks(STR("\n\tif\n\tend\n\tx\n"),
			 STR("\n\tif\n\tend\n\n\tif\n\tend\n\tx\n"), &out),
		   "1,0 1,3;");
	strbuf_release(&out);
}

/* A tail of whole blocks in common is cut off before anything else. */
static void test_tail(void **state)
{
	struct strbuf a = {0}, b = {0}, out = {0};

	(void)state;
	strbuf_add(&a, STR("x\n"));
	strbuf_add(&b, STR("y\nx\n"));
	for (int i = 0; i < 2000; i++) {
		strbuf_add(&a, STR("x\n"));
		strbuf_add(&b, STR("x\n"));
	}
	assert_str(hunks(strbuf_str(&a), strbuf_str(&b), &out), "0,0 0,1;");
	/* it hides that one line more at the end would do as well */
	strbuf_add(&b, STR("x\n"));
	assert_str(hunks(strbuf_str(&a), str_from(strbuf_str(&b), 2), &out),
		   "466,0 466,1;");
	strbuf_release(&a);
	strbuf_release(&b);
	strbuf_release(&out);
}

static void test_limits(void **state)
{
	char *p = mem_new(LIMIT_BLOB_BYTES + 1, 1);
	struct str lines = str_n(p, 2 * LIMIT_DIFF_LINES + 2);
	struct diff_counts c;
	struct diff_text t;

	(void)state;
	memset(p, 'a', LIMIT_BLOB_BYTES + 1);
	assert_int_equal(diff_count(work, str_n(p, LIMIT_BLOB_BYTES + 1),
				    STR("b\n"), &c), ERR_LIMIT);
	assert_int_equal(diff_text_init(&t, work,
					str_n(p, LIMIT_BLOB_BYTES + 1)),
			 ERR_LIMIT);
	check_counts(str_n(p, LIMIT_BLOB_BYTES), STR("b\n"), 1, 1, __LINE__);
	for (size_t i = 1; i < lines.n; i += 2)
		p[i] = '\n';
	assert_int_equal(diff_text_init(&t, work, lines), ERR_LIMIT);
	assert_int_equal(diff_count(work, lines, STR("b\n"), &c), ERR_LIMIT);
	/* nothing to compare: no limit */
	check_counts(lines, STR(""), 0, LIMIT_DIFF_LINES + 1, __LINE__);
	free(p);
}

/* What one comparison leaves behind does not reach the next. */
static void test_reuse(void **state)
{
	struct strbuf a = {0}, b = {0};

	(void)state;
	for (int i = 0; i < 5000; i++) {
		strbuf_fmt(&a, "%d\n", i % 7);
		strbuf_fmt(&b, "%d\n", i % 5);
	}
	for (int i = 0; i < 3; i++) {
		struct diff_counts c, again;
		struct diff_work *fresh = diff_work_new();

		assert_counts("a\nb\nc\n", "c\nb\n", 1, 2);
		assert_int_equal(diff_count(work, strbuf_str(&a),
					    strbuf_str(&b), &c), OK);
		assert_int_equal(diff_count(fresh, strbuf_str(&a),
					    strbuf_str(&b), &again), OK);
		assert_int_equal(c.added, again.added);
		assert_int_equal(c.deleted, again.deleted);
		diff_work_free(fresh);
	}
	strbuf_release(&a);
	strbuf_release(&b);
}

/* Numbers of which every third or so is another one in `b`. */
static void scatter(struct strbuf *a, struct strbuf *b, uint32_t lines,
		    uint32_t seed)
{
	for (uint32_t i = 0; i < lines; i++) {
		seed = seed * 1664525u + 1013904223u;
		strbuf_fmt(a, "%u\n", i % 900);
		strbuf_fmt(b, "%u\n", seed >> 30 ? i % 900 : seed >> 8);
	}
	strbuf_add(b, STR("end\n"));
}

/* Cut short, what is counted is what is marked, though the counts do not
 * search again what has a known cost. */
static void test_cut_off(void **state)
{
	static const uint32_t sizes[] = {3000, 12000, 40000, 90000};

	(void)state;
	for (uint32_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct strbuf a = {0}, b = {0};
		struct diff_counts c;
		struct diff_text old, new;
		struct diff_hunks h;

		scatter(&a, &b, sizes[i], i);
		assert_int_equal(diff_count(work, strbuf_str(&a),
					    strbuf_str(&b), &c), OK);
		assert_int_equal(diff_text_init(&old, work, strbuf_str(&a)),
				 OK);
		assert_int_equal(diff_text_init(&new, work, strbuf_str(&b)),
				 OK);
		assert_true(c.deleted > sizes[i] / 5);
		diff_hunks(work, &old, &new, &h);
		for (size_t k = 0; k < h.n; k++) {
			c.deleted -= h.v[k].old_n;
			c.added -= h.v[k].new_n;
		}
		assert_int_equal(c.deleted, 0);
		assert_int_equal(c.added, 0);
		diff_text_release(&old);
		diff_text_release(&new);
		strbuf_release(&a);
		strbuf_release(&b);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_no_bytes),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_hunks),
		cmocka_unit_test(test_tail),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_reuse),
		cmocka_unit_test(test_cut_off),
	};

	if (argc == 2 && !strcmp(argv[1], "--pairs"))
		return diff_pairs_from_input();
	if (argc == 3 && !strcmp(argv[1], "--objects"))
		return diff_pairs_of_repository(argv[2], false);
	if (argc == 3 && !strcmp(argv[1], "--quiet"))
		return diff_pairs_of_repository(argv[2], true);
	return cmocka_run_group_tests_name("diff", tests, setup, teardown);
}
