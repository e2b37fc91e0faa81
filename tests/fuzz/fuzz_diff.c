/* Any two byte strings as blobs: the hunks turn one into the other, and no
 * comparison finds more in common than there is. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/diff.h"

#define FEW 40  /* lines that a table of all pairs is made for */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct str line_of(const struct diff_text *t, uint32_t i)
{
	return str_sub(t->bytes, i ? t->end[i - 1] : 0, t->end[i]);
}

static void check_same(const struct diff_text *a, uint32_t i,
		       const struct diff_text *b, uint32_t j, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++)
		assert(str_eq(line_of(a, i + k), line_of(b, j + k)));
}

static void check_hunks(struct diff_work *w, const struct diff_text *a,
			const struct diff_text *b)
{
	struct diff_hunks h;
	uint32_t i = 0, j = 0;

	diff_hunks(w, a, b, &h);
	for (size_t k = 0; k < h.n; k++) {
		const struct diff_hunk *x = &h.v[k];

		assert(x->old_at >= i && x->new_at >= j);
		assert(x->old_at - i == x->new_at - j);
		assert(!k || x->old_at > i);
		assert(x->old_n || x->new_n);
		check_same(a, i, b, j, x->old_at - i);
		i = x->old_at + x->old_n;
		j = x->new_at + x->new_n;
	}
	assert(a->n >= i && a->n - i == b->n - j);
	check_same(a, i, b, j, a->n - i);
}

/* The longest common subsequence of lines, by the textbook. */
static uint32_t common_lines(const struct diff_text *a,
			     const struct diff_text *b)
{
	uint32_t best[FEW + 1][FEW + 1] = {{0}};

	for (uint32_t i = 1; i <= a->n; i++)
		for (uint32_t j = 1; j <= b->n; j++) {
			uint32_t up = best[i - 1][j], left = best[i][j - 1];

			best[i][j] = up > left ? up : left;
			if (str_eq(line_of(a, i - 1), line_of(b, j - 1)))
				best[i][j] = best[i - 1][j - 1] + 1;
		}
	return best[a->n][b->n];
}

static void check_counts(struct diff_work *w, const struct diff_text *a,
			 const struct diff_text *b)
{
	struct diff_counts c;

	assert(diff_count(w, a->bytes, b->bytes, &c) == OK);
	assert(c.is_binary == (diff_is_binary(a->bytes) ||
			       diff_is_binary(b->bytes)));
	if (c.is_binary)
		return;
	assert(c.deleted <= a->n && c.added <= b->n);
	assert(a->n - c.deleted == b->n - c.added);
	if (a->n <= FEW && b->n <= FEW) {
		uint32_t most = common_lines(a, b), n = a->n - c.deleted;

		/* few lines are never dropped as frequent */
		assert(n == most || (n < most && a->n + b->n > 8));
	}
}

/* Made from another text or by itself, it is the same. */
static void check_like(struct diff_work *w, const struct diff_text *a,
		       const struct diff_text *b)
{
	struct diff_text t;

	assert(diff_text_init_like(&t, w, b->bytes, a) == OK);
	assert(t.n == b->n);
	for (uint32_t i = 0; i < t.n; i++)
		assert(t.end[i] == b->end[i] && t.hash[i] == b->hash[i]);
	diff_text_release(&t);
}

/* A copy that ends where it ends, each byte a line if asked for. */
static struct str blob(struct str s, bool is_spread)
{
	char *p = mem_new(2 * s.n, 1);

	if (!is_spread) {
		if (s.n)
			memcpy(p, s.p, s.n);
		return str_n(mem_resize(p, s.n, 1), s.n);
	}
	for (size_t i = 0; i < s.n; i++) {
		p[2 * i] = s.p[i];
		p[2 * i + 1] = '\n';
	}
	return str_n(p, 2 * s.n);
}

/* The first byte says how; the two blobs are parted by a byte 0xff. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest = str_n((const char *)bytes, n), part[2];
	struct diff_work *w = diff_work_new();
	bool is_spread = n && bytes[0] == '|';
	struct diff_text text[2];

	str_cut(str_from(rest, is_spread), '\xff', &part[0], &part[1]);
	for (size_t s = 0; s < 2; s++) {
		part[s] = blob(part[s], is_spread);
		assert(diff_text_init(&text[s], w, part[s]) == OK);
	}
	check_hunks(w, &text[0], &text[1]);
	check_hunks(w, &text[1], &text[0]);
	check_counts(w, &text[0], &text[1]);
	check_counts(w, &text[1], &text[0]);
	check_like(w, &text[0], &text[1]);
	check_like(w, &text[1], &text[0]);
	for (size_t s = 0; s < 2; s++) {
		diff_text_release(&text[s]);
		free((void *)(uintptr_t)part[s].p);
	}
	diff_work_free(w);
	return 0;
}
