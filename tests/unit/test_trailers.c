/*
 * Trailers: what git shows for each of these messages, found by asking it.
 * The last test asks git itself, on random messages.
 */
#include "repo.h"

#include "base/strbuf.h"
#include "history/trailers.h"

/* "key: value" lines, values on one line without blanks at their ends. */
static void dump(struct strbuf *out, struct str message)
{
	struct trailers t = trailers_of(message);
	struct str key, value, line;

	while (trailers_next(&t, &key, &value)) {
		bool is_first = true;

		strbuf_fmt(out, "%.*s: ", STR_ARG(key));
		while (str_split(&value, '\n', &line)) {
			line = str_trim(line);
			strbuf_fmt(out, "%s%.*s", is_first ? "" : " ",
				   STR_ARG(line));
			is_first = is_first && !line.n;
		}
		strbuf_ch(out, '\n');
	}
}

static const struct { const char *message, *want; } rows[] = {
	{"", ""}, {"\n", ""}, {"t", ""}, {"A-b: c\n", ""},
	{"t\nA-b: c\n", ""}, {"\nA-b: c\n", ""},
	{"t\n\nA-b: c\n", "A-b: c\n"},
	{"t\n\nA-b: c", "A-b: c\n"},
	{"t\n \nA-b: c\n", "A-b: c\n"},
	{"t\r\n\r\nA-b: d\r\n", "A-b: d\n"},
	{"\n\nt\n\nA-b: c\n", "A-b: c\n"},
	{"t\n\nA-b: c\n\nC-d: e\n", "C-d: e\n"},
	{"t\n\nA-b: c\n\nprose\n", ""},
	{"t\n\nA-b : c\nA-b:c\nA-b:\n", "A-b: c\nA-b: c\nA-b: \n"},
	{"t\n\nA b: c\n", ""}, {"t\n\nA_b: c\n", ""}, {"t\n\n: c\n", ""},
	{"t\n\nA-b=c\n", ""}, {"t\n\n A-b: c\n", ""},
	{"t\n\nA-b: c\n d\n\te\nF: g\n", "A-b: c d e\nF: g\n"},
	{"t\n\nA-b: c\nx y\n", ""},
	{"t\n\nSigned-off-by: c\nx\ny\nz\n", "Signed-off-by: c\n"},
	{"t\n\nSigned-off-by: c\nx\ny\nz\nw\n", ""},
	{"t\n\nSigned-off-by: c\nx\n f\ny\nz\n", ""},
	{"t\n\nsigned-off-by: c\nx\n", ""},
	{"t\n\n(cherry picked from commit 1)\nx\nA-b: c\n", "A-b: c\n"},
	{"t\n\n(cherry picked from commit 1)\n", ""},
	{"t\n\nA-b: c\n# x\n", "A-b: c\n"},
	{"t\n\n# x\nA-b: c\n", "A-b: c\n"},
	{"t\n\nA-b: c\n#\n d\n", ""},
	{"# x\n\nA-b: c\n", "A-b: c\n"},
	{"t\n\nA-b: c\n\n# c\n# d\n", "A-b: c\n"},
	{"t\n\nA-b: c\n\nConflicts:\n\n\ta.c\n", "A-b: c\n"},
	{"t\n\nA-b: c\n\nConflicts:\n\ta.c\nC-d: e\n",
	 "Conflicts: a.c\nC-d: e\n"},
	{"t\n\nA-b: c\nConflicts:", "A-b: c\nConflicts: \n"},
	{"t\n\nA-b: c\n---\nfoo\n", ""},
	{"t\n\nA-b: c\n# ------------------------ >8 "
	 "------------------------\nC-d: e\n", "A-b: c\n"},
};

static void test_messages(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		strbuf_clear(&out);
		dump(&out, str_c(rows[i].message));
		if (!str_is(strbuf_str(&out), rows[i].want))
			fail_msg("%s gives %s", rows[i].message, out.p);
	}
	strbuf_release(&out);
}

/* A value ends with its last line and holds all of them. */
static void test_values_are_as_written(void **state)
{
	struct trailers t = trailers_of(STR("t\n\nA:  b \n  c\n\n \n"));
	struct str key, value;

	(void)state;
	assert_true(trailers_next(&t, &key, &value));
	assert_str(key, "A");
	assert_str(value, "  b \n  c");
	assert_false(trailers_next(&t, &key, &value));
	assert_false(trailers_next(&t, &key, &value));
}

static void test_large_messages(void **state)
{
	struct str key, value;
	struct trailers t;
	struct strbuf b;
	size_t n = 0;

	(void)state;
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "t\n\n");
	for (int i = 0; i < 400000; i++)
		strbuf_cstr(&b, "A-b: c\n d\n");
	for (t = trailers_of(strbuf_str(&b));
	     trailers_next(&t, &key, &value);)
		n++;
	assert_int_equal(n, 400000);
	strbuf_clear(&b);
	strbuf_pad(&b, '\n', 4000000);
	t = trailers_of(strbuf_str(&b));
	assert_false(trailers_next(&t, &key, &value));
	strbuf_release(&b);
}

static const char *const lines[] = {
	"Signed-off-by: c <a@b>", "signed-off-by: c", "Reviewed-by: d <e@f>",
	"Acked-by : x", "A-b:c", "A-b:", "prose line here", "word",
	"  indented", "\tx", "# comment", "#x", "", "", "", " \t",
	"(cherry picked from commit 1)", "---", "--- ", "Conflicts:",
	"\ta.c", "Conflicts: x", "http://x.y", "Fixes: 1\r", "Tested-by: q\r",
	"# ------------------------ >8 ------------------------", "A_b: c",
	"a b: c", ": c", " A-b: c", "\fA-b: c", "A-b: c\v", "[x: y]", "\r",
	"\rA-b: c"};

static uint32_t next(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (uint32_t)(((uint64_t)*seed * n) >> 32);
}

static void random_message(uint32_t *seed, struct strbuf *b)
{
	uint32_t n = 1 + next(seed, 8), likely = next(seed, 2) ? 6 : 0;

	strbuf_clear(b);
	if (next(seed, 4))
		strbuf_cstr(b, "title\n\n");
	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = likely && next(seed, 3) ? likely :
			     sizeof lines / sizeof *lines;

		strbuf_cstr(b, lines[next(seed, k)]);
		if (i + 1 < n || next(seed, 4))
			strbuf_ch(b, '\n');
	}
}

static void test_random_messages_like_git(void **state)
{
	enum { N = 3000 };
	struct strbuf message, ours;
	uint32_t seed = 42;
	FILE *f = fopen("stream", "wb");
	struct str theirs, one;

	(void)state;
	assert_non_null(f);
	strbuf_init(&message, 0);
	strbuf_init(&ours, 0);
	for (int i = 0; i < N; i++) {
		random_message(&seed, &message);
		fprintf(f, "commit refs/heads/main\ncommitter C <c@c> %d "
			"+0000\ndata %zu\n%s\n", i, message.n, message.p);
	}
	assert_int_equal(fclose(f), 0);
	repo_run("git init -q --bare -b main r && "
		 "git -C r fast-import --quiet <stream");
	theirs = repo_output("git -C r log --reverse -z "
			     "--format='%%(trailers:only,unfold)' main");
	seed = 42;
	for (int i = 0; i < N; i++) {
		struct str left, right, a, b;

		random_message(&seed, &message);
		strbuf_clear(&ours);
		dump(&ours, strbuf_str(&message));
		assert_true(str_split(&theirs, '\0', &one));
		left = str_trim(strbuf_str(&ours));
		right = str_trim(one);
		while (str_word(&left, &a))
			if (!str_word(&right, &b) || !str_eq(a, b))
				fail_msg("%s: %s", message.p, ours.p);
		if (str_word(&right, &b))
			fail_msg("%s: %s", message.p, ours.p);
	}
	strbuf_release(&message);
	strbuf_release(&ours);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_values_are_as_written),
		cmocka_unit_test(test_large_messages),
		cmocka_unit_test_setup_teardown(test_random_messages_like_git,
						repo_setup, repo_teardown),
	};

	return cmocka_run_group_tests_name("trailers", tests, NULL, NULL);
}
