/*
 * Slices of a history: whoever does them, the same bytes; however many there
 * are, together they give the digest that one walk gives.
 */
#include "unit.h"

#include <stdio.h>

#include "history/history.h"
#include "history/slice.h"
#include "repo.h"
#include "store/digest_cache.h"

#define AXES (DIGEST_COMMITS | DIGEST_CHURN | DIGEST_SURVIVING | DIGEST_REVIEW)
#define FILES 9

/* ---- a history --------------------------------------------------------- */

struct making {
	unsigned seed;
	unsigned version[FILES]; /* a part of the file's name; 0: it is gone */
	struct strbuf stream;
};

static unsigned rnd(struct making *m, unsigned below)
{
	m->seed = m->seed * 1103515245u + 12345u;
	return (m->seed >> 16) % below;
}

static void put_file(struct making *m, unsigned file)
{
	struct strbuf text = {0};
	unsigned n = rnd(m, 40);

	for (unsigned i = 0; i < n; i++)
		strbuf_fmt(&text, "line %u\n", rnd(m, 60));
	if (!m->version[file])
		m->version[file] = 1;
	strbuf_fmt(&m->stream, "M 100644 inline d%u/f%u-%u.c\ndata %zu\n",
		   file % 3, file, m->version[file], text.n);
	strbuf_add(&m->stream, strbuf_str(&text));
	strbuf_ch(&m->stream, '\n');
	strbuf_release(&text);
}

/* It goes to another name, or away, or is written. */
static void change(struct making *m, unsigned file, unsigned how)
{
	unsigned v = m->version[file];

	if (how == 0 && v)
		strbuf_fmt(&m->stream, "R d%u/f%u-%u.c d%u/f%u-%u.c\n",
			   file % 3, file, v, file % 3, file,
			   ++m->version[file]);
	else if (how == 1 && v)
		strbuf_fmt(&m->stream, "D d%u/f%u-%u.c\n", file % 3, file, v);
	if (how == 1)
		m->version[file] = 0;
	if (how > 1)
		put_file(m, file);
}

static void put_commit(struct making *m, unsigned i)
{
	strbuf_fmt(&m->stream, "commit refs/heads/main\nmark :%u\n"
		   "author A <u%u@h%u.test> %u +0000\n"
		   "committer A <c@c.test> %u +0000\ndata 1\nx\n", i,
		   rnd(m, 5), rnd(m, 4), 1500000000 + i / 3 * 86400,
		   1500000000 + i);
	if (i > 1)
		strbuf_fmt(&m->stream, "from :%u\n", i - 1);
	if (i > 20 && i % 17 == 0)
		strbuf_fmt(&m->stream, "merge :%u\n", i - 9);
	for (unsigned k = 0; i == 1 && k < FILES; k++)
		put_file(m, k);
	change(m, rnd(m, FILES), rnd(m, 8));
	strbuf_ch(&m->stream, '\n');
}

static void make(const char *name, unsigned n)
{
	struct making m = {.seed = 7};
	FILE *f = fopen("stream", "wb");

	for (unsigned i = 1; i <= n; i++)
		put_commit(&m, i);
	assert_non_null(f);
	assert_int_equal(fwrite(m.stream.p, 1, m.stream.n, f), m.stream.n);
	assert_int_equal(fclose(f), 0);
	strbuf_release(&m.stream);
	repo_run("git init -q --bare -b main %s && git -C %s fast-import "
		 "--quiet <stream", name, name);
}

/* ---- what is counted --------------------------------------------------- */

static struct history_options options(unsigned threads)
{
	return (struct history_options){.axes = AXES, .threads = threads};
}

/* The digest as text, from a memo where there is one, and what was told. */
static struct str text_of(const char *path, struct str before)
{
	struct history_memo memo = {.before = before, .is_last = true};
	struct history_options o = options(2);
	struct diags ds = {0};
	struct digest d;
	struct strbuf b = {0};
	struct str ret;

	o.memo = &memo;
	assert_int_equal(history_digest(path, &o, &repo_arena, &ds, &d), OK);
	(void)digest_cache_text(&d, &ds, &b);
	assert_int_equal(memo.after.n, 0);
	ret = arena_dup(&repo_arena, strbuf_str(&b));
	strbuf_release(&b);
	digest_release(&d);
	diag_release(&ds);
	return ret;
}

static struct str slice(const char *path, unsigned number, unsigned of,
			unsigned threads)
{
	struct history_options o = options(threads);
	struct strbuf b = {0};
	struct str ret;

	assert_int_equal(history_slice(path, &o, number, of, &b), OK);
	ret = arena_dup(&repo_arena, strbuf_str(&b));
	strbuf_release(&b);
	return ret;
}

/* All slices of a history, put together. */
static struct str all_slices(const char *path, unsigned of)
{
	struct str slices[HISTORY_SLICES], ret;
	struct strbuf b = {0};

	for (unsigned i = 0; i < of; i++)
		slices[i] = slice(path, i, of, 1 + i % 3);
	assert_true(history_join(slices, of, &b));
	ret = arena_dup(&repo_arena, strbuf_str(&b));
	strbuf_release(&b);
	return ret;
}

/* ---- tests ------------------------------------------------------------- */

static void test_parts_of_a_number(void **state)
{
	(void)state;
	for (unsigned of = 1; of <= HISTORY_SLICES; of++)
		for (size_t n = 0; n < 100; n++) {
			size_t sum = 0;

			for (unsigned i = 0; i < of; i++)
				sum += slice_count(&(struct slice){i, of}, n);
			assert_int_equal(sum, n);
		}
}

static void test_any_number_gives_the_same(void **state)
{
	static const unsigned numbers[] = {2, 3, 7, HISTORY_SLICES};
	struct str want;

	(void)state;
	make("r", 260);
	want = text_of("r", STR(""));
	assert_true(str_find(want, STR("\"ownership\"")) != SIZE_MAX);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct str got = text_of("r", all_slices("r", numbers[i]));

		assert_true(str_eq(got, want));
	}
}

static void test_whoever_does_it_leaves_the_same_bytes(void **state)
{
	struct str before[3];

	(void)state;
	make("r", 260);
	for (unsigned i = 0; i < 3; i++)
		before[i] = slice("r", i, 3, 1);
	assert_false(str_eq(before[0], before[1]));
	repo_run("git -C r repack -q -a -d -f --depth=1 --window=2");
	for (unsigned i = 0; i < 3; i++)
		assert_true(str_eq(slice("r", i, 3, 4), before[i]));
}

/* A blob that is not there is met by a slice, and told by the whole. */
static void test_what_is_missing_is_told_by_the_whole(void **state)
{
	struct str want, got;

	(void)state;
	make("r", 60);
	repo_run("mv r/objects/pack/*.pack p && rm r/objects/pack/* && "
		 "git -C r unpack-objects -q <p && "
		 "b=$(git -C r rev-parse HEAD~20^{tree}) && "
		 "c=$(git -C r ls-tree -r HEAD | head -n 1 | cut -c 13-52) && "
		 "cd r/objects && for i in $b $c; do "
		 "rm $(echo $i | cut -c 1-2)/$(echo $i | cut -c 3-); done");
	want = text_of("r", STR(""));
	assert_true(str_find(want, STR("RW1403")) != SIZE_MAX);
	got = text_of("r", all_slices("r", 4));
	assert_true(str_eq(got, want));
}

static void test_what_is_not_sound_is_refused(void **state)
{
	struct str slices[2];
	struct strbuf b = {0}, bad = {0};

	(void)state;
	make("r", 30);
	slices[0] = slice("r", 0, 2, 1);
	strbuf_add(&bad, slice("r", 1, 2, 1));
	bad.p[bad.n / 2] ^= 1;
	slices[1] = strbuf_str(&bad);
	assert_false(history_join(slices, 2, &b));
	assert_int_equal(b.n, 0);
	slices[1] = STR("");
	assert_true(history_join(slices, 2, &b));
	/* what nobody has done is done now */
	assert_true(str_eq(text_of("r", strbuf_str(&b)),
			   text_of("r", STR(""))));
	strbuf_release(&b);
	strbuf_release(&bad);
}

/* A slice is of one history: twice the same, or of another, is of no use. */
static void test_strange_slices_change_nothing(void **state)
{
	struct str slices[2];
	struct strbuf b = {0};

	(void)state;
	make("r", 60);
	make("s", 40);
	slices[0] = slices[1] = slice("r", 0, 2, 1);
	assert_true(history_join(slices, 2, &b));
	assert_true(str_eq(text_of("r", strbuf_str(&b)),
			   text_of("r", STR(""))));
	strbuf_clear(&b);
	slices[1] = slice("s", 1, 2, 1);
	assert_true(history_join(slices, 2, &b));
	assert_true(str_eq(text_of("r", strbuf_str(&b)),
			   text_of("r", STR(""))));
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts_of_a_number),
		cmocka_unit_test_setup_teardown(
			test_any_number_gives_the_same, repo_setup,
			repo_teardown),
		cmocka_unit_test_setup_teardown(
			test_whoever_does_it_leaves_the_same_bytes,
			repo_setup, repo_teardown),
		cmocka_unit_test_setup_teardown(
			test_what_is_missing_is_told_by_the_whole,
			repo_setup, repo_teardown),
		cmocka_unit_test_setup_teardown(
			test_what_is_not_sound_is_refused, repo_setup,
			repo_teardown),
		cmocka_unit_test_setup_teardown(
			test_strange_slices_change_nothing, repo_setup,
			repo_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
