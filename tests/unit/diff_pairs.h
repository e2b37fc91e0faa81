/*
 * For tests/cli/diff_oracle.py: answers for pairs of blobs, one line each,
 * "added deleted" or "- -", then the hunks as old_at,old_n,new_at,new_n.
 */
#ifndef TESTS_DIFF_PAIRS_H
#define TESTS_DIFF_PAIRS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/diff.h"
#include "history/gitdir.h"

static inline void diff_pairs_hunks(struct diff_work *w, struct str a,
				    struct str b)
{
	struct diff_text old, new;
	struct diff_hunks h;

	if (diff_text_init(&old, w, a) ||
	    diff_text_init_like(&new, w, b, &old))
		abort();
	diff_hunks(w, &old, &new, &h);
	for (size_t i = 0; i < h.n; i++)
		printf(" %u,%u,%u,%u", h.v[i].old_at, h.v[i].old_n,
		       h.v[i].new_at, h.v[i].new_n);
	diff_text_release(&old);
	diff_text_release(&new);
}

static inline void diff_pairs_answer(struct diff_work *w, struct str a,
				     struct str b, bool is_quiet)
{
	struct diff_counts c;

	if (diff_count(w, a, b, &c))
		abort();
	if (is_quiet)
		return;
	if (c.is_binary) {
		puts("- -");
		return;
	}
	printf("%u %u", c.added, c.deleted);
	diff_pairs_hunks(w, a, b);
	putchar('\n');
}

static inline char *diff_pairs_read(size_t n)
{
	/* exactly as long as it is, so that a sanitizer sees the end */
	char *p = mem_new(n, 1);

	if (fread(p, 1, n, stdin) != n)
		abort();
	return p;
}

/* From standard input: "bytes bytes\n", then the two blobs, and so on. */
static inline int diff_pairs_from_input(void)
{
	struct diff_work *w = diff_work_new();
	size_t n[2];

	while (scanf("%zu %zu", &n[0], &n[1]) == 2 && getchar() == '\n') {
		char *a = diff_pairs_read(n[0]), *b = diff_pairs_read(n[1]);

		diff_pairs_answer(w, str_n(a, n[0]), str_n(b, n[1]), false);
		free(a);
		free(b);
	}
	diff_work_free(w);
	return 0;
}

/* From standard input: names of two objects of a repository a line. */
static inline int diff_pairs_of_repository(const char *path, bool is_quiet)
{
	struct diff_work *w = diff_work_new();
	struct diags ds = {0};
	struct gitdir g;
	struct odb_reader *r;
	char hex[2][65];

	if (gitdir_open(&g, path, &ds))
		abort();
	r = odb_reader_new(&g.odb, 64 * LIMIT_MB);
	while (scanf("%64s %64s", hex[0], hex[1]) == 2) {
		struct object *o[2] = {0};
		bool is_there = true;

		for (size_t i = 0; i < 2; i++) {
			struct oid id;

			is_there &= oid_parse(str_c(hex[i]), g.oid_bytes,
					      &id) &&
				    !odb_read(r, &id, LIMIT_BLOB_BYTES, &o[i]);
		}
		if (is_there)
			diff_pairs_answer(w, str_n(o[0]->p, o[0]->n),
					  str_n(o[1]->p, o[1]->n), is_quiet);
		else
			puts("missing");
		odb_drop(r, o[0]);
		odb_drop(r, o[1]);
	}
	odb_reader_free(r);
	gitdir_close(&g);
	diag_release(&ds);
	diff_work_free(w);
	return 0;
}

#endif
