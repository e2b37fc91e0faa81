/*
 * A growing array.  `VEC(struct x) xs = {0};` then vec_push(&xs, value);
 * xs.v[i], xs.n.  Elements move when it grows: keep indices, not pointers.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdlib.h>

#include "base/mem.h"

#define VEC(type) struct { type *v; size_t n, cap; }

/* Makes room for one more and gives a pointer to it (not cleared). */
#define vec_add(vec) \
	((vec)->n == (vec)->cap \
		? ((vec)->cap = (vec)->cap ? (vec)->cap * 2 : 8, \
		   (vec)->v = mem_resize((vec)->v, (vec)->cap, \
					 sizeof *(vec)->v), \
		   &(vec)->v[(vec)->n++]) \
		: &(vec)->v[(vec)->n++])
#define vec_push(vec, value) ((void)(*vec_add(vec) = (value)))
#define vec_clear(vec) ((void)((vec)->n = 0))
#define vec_release(vec) \
	(free((vec)->v), (void)((vec)->v = NULL, (vec)->n = (vec)->cap = 0))
/* Sorts with a comparison of two element pointers. */
#define vec_sort(vec, cmp) \
	((vec)->n > 1 ? qsort((vec)->v, (vec)->n, sizeof *(vec)->v, cmp) \
		      : (void)0)

#endif
