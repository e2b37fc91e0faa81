/* What a scan leaves to the next one: numbers, parts, and lines of a head. */
#include "unit.h"

#include "history/lines_memo.h"

static struct strbuf text;

static int setup(void **state)
{
	(void)state;
	strbuf_init(&text, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	strbuf_release(&text);
	return 0;
}

static struct memo_in in_of(struct str s)
{
	return (struct memo_in){.rest = s, .oid_bytes = 20};
}

static struct oid oid_no(unsigned char n)
{
	return (struct oid){{n, n, 7}};
}

static void test_numbers(void **state)
{
	static const uint64_t all[] = {0, 1, 127, 128, 300, UINT32_MAX,
				       ((uint64_t)1 << 62) + 5};
	struct memo_in in;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		memo_put(&text, all[i]);
	in = in_of(strbuf_str(&text));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(memo_get(&in, all[i]), all[i]);
	assert_false(in.is_bad);
	assert_int_equal(memo_get(&in, 9), 0); /* behind the end */
	assert_true(in.is_bad);
	in = in_of(STR("\x05\x06"));
	assert_int_equal(memo_get(&in, 4), 0);
	assert_true(in.is_bad);
	assert_int_equal(memo_get(&in, 9), 0); /* the first fault stays */
	in = in_of(STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
	assert_int_equal(memo_get(&in, UINT64_MAX), 0);
	assert_true(in.is_bad);
	in = in_of(STR("ab"));
	assert_str(memo_get_bytes(&in, 3), "");
	assert_true(in.is_bad);
}

static void test_paths(void **state)
{
	struct paths p, q;
	struct memo_in in;
	uint32_t a;

	(void)state;
	paths_init(&p);
	a = paths_add(&p, PATHS_ROOT, STR("a"));
	paths_add(&p, a, STR("b"));
	memo_put_paths(&text, &p);
	for (size_t n = 0; n <= text.n; n++) {
		paths_init(&q);
		in = in_of(str_head(strbuf_str(&text), n));
		memo_get_paths(&in, &q);
		assert_int_equal(in.is_bad, n < text.n);
		if (n == text.n)
			assert_int_equal(paths_find(&q, a, STR("b")), 2);
		paths_release(&q);
	}
	paths_init(&q);
	in = in_of(STR("\x02\0\x01x\0\x01x")); /* the same twice */
	memo_get_paths(&in, &q);
	assert_true(in.is_bad);
	paths_release(&q);
	paths_init(&q);
	in = in_of(STR("\x01\x01\x01x")); /* in a folder to come */
	memo_get_paths(&in, &q);
	assert_true(in.is_bad);
	paths_release(&q);
	paths_release(&p);
}

/* ---- parts ------------------------------------------------------------- */

static bool is_nothing(struct str bytes, size_t oid_bytes)
{
	struct memo m;
	size_t n = 0;

	memo_init(&m, bytes, oid_bytes);
	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		n += m.before[i].n;
	memo_release(&m);
	return n == 0;
}

static void test_parts(void **state)
{
	struct memo m, again;
	struct strbuf next;

	(void)state;
	memo_init(&m, STR(""), 20);
	memo_write(&m, &text);
	assert_int_equal(text.n, 0); /* nothing is new */
	strbuf_cstr(&m.after[MEMO_TREES], "trees");
	memo_write(&m, &text);
	memo_release(&m);
	memo_init(&again, strbuf_str(&text), 20);
	assert_str(again.before[MEMO_CHURN], "");
	assert_str(again.before[MEMO_TREES], "trees");
	strbuf_cstr(&again.after[MEMO_LINES], "lines");
	strbuf_init(&next, 0);
	memo_write(&again, &next);
	memo_release(&again);
	memo_init(&m, strbuf_str(&next), 20);
	assert_str(m.before[MEMO_TREES], "trees"); /* as before */
	assert_str(m.before[MEMO_LINES], "lines");
	memo_release(&m);
	strbuf_release(&next);
}

static void test_damage(void **state)
{
	struct memo m;

	(void)state;
	memo_init(&m, STR(""), 20);
	strbuf_cstr(&m.after[MEMO_CHURN], "some bytes");
	memo_write(&m, &text);
	memo_release(&m);
	assert_false(is_nothing(strbuf_str(&text), 20));
	assert_true(is_nothing(strbuf_str(&text), 32));
	for (size_t i = 0; i < text.n; i++) {
		assert_true(is_nothing(str_head(strbuf_str(&text), i), 20));
		text.p[i] ^= 4;
		assert_true(is_nothing(strbuf_str(&text), 20));
		text.p[i] ^= 4;
	}
	strbuf_ch(&text, 'x');
	assert_true(is_nothing(strbuf_str(&text), 20));
}

/* ---- lines ------------------------------------------------------------- */

/* A walk that knows the commits 1 to n, and paths a, b. */
struct world {
	struct gitdir git;
	struct walk walk;
	struct paths paths;
	uint32_t commits[4], a, b;
};

static void make(struct world *w, unsigned char n)
{
	*w = (struct world){.git.oid_bytes = 20};
	walk_init(&w->walk, &w->git, NULL);
	for (unsigned char i = 0; i < n; i++) {
		struct oid id = oid_no((unsigned char)(i + 1));

		walk_hide(&w->walk, &id);
		assert_true(walk_find(&w->walk, &id, &w->commits[i]));
	}
	paths_init(&w->paths);
	w->a = paths_add(&w->paths, PATHS_ROOT, STR("a"));
	w->b = paths_add(&w->paths, PATHS_ROOT, STR("b"));
}

static void drop(struct world *w)
{
	walk_release(&w->walk);
	paths_release(&w->paths);
}

/* Of file a all lines, of file b not all; what was found is in no order. */
static void write_lines(struct world *w)
{
	struct lines_memo_head h = {.walk = &w->walk, .paths = &w->paths,
				    .id = oid_no(3)};
	struct lines_memo_finds all = {0};

	vec_push(&h.rows, ((struct lines_memo_row){w->a, oid_no(40), 9, 1,
						   true}));
	vec_push(&h.rows, ((struct lines_memo_row){w->b, oid_no(41), 9, 0,
						   true}));
	vec_push(&all.found, ((struct lines_memo_found){
		0, 6, 3, w->commits[1]}));
	vec_push(&all.found, ((struct lines_memo_found){
		1, 0, 8, w->commits[0]}));
	vec_push(&all.found, ((struct lines_memo_found){
		0, 0, 2, w->commits[0]}));
	vec_push(&all.found, ((struct lines_memo_found){
		0, 2, 4, w->commits[0]}));
	vec_push(&all.moved, ((struct lines_memo_moved){
		0, 3, 3, w->b, w->commits[1]}));
	lines_memo_write(&h, &all, &text);
	vec_release(&h.rows);
	vec_release(&all.found);
	vec_release(&all.moved);
}

static void read_lines(const struct world *w, struct str part,
		       struct lines_memo *ret)
{
	struct memo m = {.oid_bytes = 20};

	m.before[MEMO_LINES] = part;
	lines_memo_read(ret, &m, &w->walk, &w->paths);
}

static void test_lines(void **state)
{
	const struct lines_memo_file *f;
	struct oid blob = oid_no(40), other = oid_no(42);
	struct lines_memo l;
	struct world w;

	(void)state;
	make(&w, 3);
	write_lines(&w);
	read_lines(&w, strbuf_str(&text), &l);
	assert_true(l.is_known);
	assert_int_equal(l.head, w.commits[2]);
	assert_int_equal(l.files.n, 1); /* b is not whole */
	assert_null(lines_memo_find(&l, w.a, &other));
	assert_null(lines_memo_find(&l, w.b, &blob));
	assert_null(lines_memo_find(&l, 99, &blob));
	f = lines_memo_find(&l, w.a, &blob);
	assert_int_equal(f->n_runs, 2);
	assert_int_equal(f->class, 1);
	assert_int_equal(lines_memo_run_at(&l, f, 5)->commit, w.commits[0]);
	assert_int_equal(lines_memo_run_at(&l, f, 5)->n, 6);
	assert_int_equal(lines_memo_run_at(&l, f, 8)->commit, w.commits[1]);
	assert_int_equal(f->n_moves, 1);
	assert_int_equal(l.moves.v[f->move].path, w.b);
	lines_memo_release(&l);
	drop(&w);
}

static void test_lines_that_are_gone(void **state)
{
	struct lines_memo l;
	struct world w;

	(void)state;
	make(&w, 3);
	write_lines(&w);
	for (size_t n = 0; n < text.n; n++) {
		read_lines(&w, str_head(strbuf_str(&text), n), &l);
		assert_false(l.is_known);
		lines_memo_release(&l);
	}
	drop(&w);
	make(&w, 2); /* without the head */
	read_lines(&w, strbuf_str(&text), &l);
	assert_false(l.is_known);
	lines_memo_release(&l);
	drop(&w);
	memcpy(text.p, oid_no(1).b, 20); /* as if of a head that is */
	make(&w, 1); /* a commit of the file is not met any more */
	read_lines(&w, strbuf_str(&text), &l);
	assert_int_equal(l.files.n, 0);
	lines_memo_release(&l);
	drop(&w);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_numbers), T(test_paths), T(test_parts),
		T(test_damage), T(test_lines), T(test_lines_that_are_gone),
	};

	return cmocka_run_group_tests_name("memo", tests, NULL, NULL);
}
