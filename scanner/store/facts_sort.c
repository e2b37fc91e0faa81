/*
 * Texts are sorted once, so that rows are by their rank: they are counted by
 * subject and by kind, put in place, and only what is about one subject is
 * compared.
 */
#include "store/facts_sort.h"

#include <string.h>

#define PREFIX 16

/* A text; nearly all comparisons end within the prefix. */
struct key {
	uint64_t prefix[PREFIX / 8];
	const struct str *text;
};

static struct key key_of(const struct str *text)
{
	struct key k = {.text = text};

	for (size_t i = 0; i < PREFIX; i++)
		k.prefix[i / 8] = k.prefix[i / 8] << 8 |
			(i < text->n ? (unsigned char)text->p[i] : 0);
	return k;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	for (size_t i = 0; i < PREFIX / 8; i++)
		if (x->prefix[i] != y->prefix[i])
			return x->prefix[i] < y->prefix[i] ? -1 : 1;
	return str_cmp(*x->text, *y->text);
}

/* Per number of a text, how many texts come before it. */
static uint32_t *rank_texts(const struct facts_pool *pool)
{
	size_t n = pool->texts.n;
	struct key *keys = mem_new(n, sizeof *keys);
	uint32_t *ranks = mem_new(n, sizeof *ranks);

	for (size_t i = 0; i < n; i++)
		keys[i] = key_of(&pool->texts.v[i]);
	qsort(keys, n, sizeof *keys, compare_keys);
	for (size_t i = 0; i < n; i++)
		ranks[keys[i].text - pool->texts.v] = (uint32_t)i;
	free(keys);
	return ranks;
}

/* Sorts `order` by what `group_of` says of the rows, equals left in order. */
static void count_sort(const uint32_t *group_of, size_t groups,
		       uint32_t *order, size_t n)
{
	uint32_t *next = mem_new(groups + 1, sizeof *next);
	uint32_t *sorted = mem_new(n, sizeof *sorted);

	for (size_t i = 0; i < n; i++)
		next[group_of[i] + 1]++;
	for (size_t i = 1; i < groups; i++)
		next[i] += next[i - 1];
	for (size_t i = 0; i < n; i++)
		sorted[next[group_of[order[i]]]++] = order[i];
	memcpy(order, sorted, n * sizeof *order);
	free(sorted);
	free(next);
}

/* Row order[i] moves to i; `order` is used up. */
static void permute(struct fact *rows, uint32_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct fact first = rows[i];
		size_t at = i;

		while (order[at] != i) {
			size_t from = order[at];

			rows[at] = rows[from];
			order[at] = (uint32_t)at;
			at = from;
		}
		rows[at] = first;
		order[at] = (uint32_t)at;
	}
}

static int compare_rows(const void *a, const void *b)
{
	return facts_compare(a, b);
}

/* Rows of one kind and subject stand together: sorts them. */
static void sort_runs(struct fact *rows, size_t n)
{
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && rows[end].kind == rows[i].kind &&
		     rows[end].subject_org == rows[i].subject_org; end++)
			;
		if (end - i > 1)
			qsort(rows + i, end - i, sizeof *rows, compare_rows);
	}
}

void facts_sort(struct facts *f)
{
	struct fact *rows = f->rows.v;
	size_t n = f->rows.n;
	uint32_t *ranks, *group_of, *order;

	if (n < 2)
		return;
	ranks = rank_texts(f->pool);
	group_of = mem_new(n, sizeof *group_of);
	order = mem_new(n, sizeof *order);
	for (size_t i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		group_of[i] = ranks[rows[i].subject_org];
	}
	count_sort(group_of, f->pool->texts.n, order, n);
	for (size_t i = 0; i < n; i++)
		group_of[i] = rows[i].kind;
	count_sort(group_of, FACT_KIND_COUNT, order, n);
	free(group_of);
	free(ranks);
	permute(rows, order, n);
	free(order);
	sort_runs(rows, n);
}
