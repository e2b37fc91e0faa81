/* Memory that one comparison after the other uses: it grows, never shrinks
 * and is not set. */
#ifndef HISTORY_DIFF_ARRAY_H
#define HISTORY_DIFF_ARRAY_H

#include <stdlib.h>

#include "base/mem.h"

struct diff_array {
	void *p;
	size_t bytes;
};

/* Room for n objects of `size` bytes, never NULL; what was in it may be
 * gone. */
static inline void *diff_array_room(struct diff_array *a, size_t n,
				    size_t size)
{
	size_t bytes = n * size;

	if (a->p && bytes <= a->bytes)
		return a->p;
	free(a->p);
	a->bytes = bytes + bytes / 2 + 64;
	a->p = mem_new(a->bytes, 1);
	return a->p;
}

/* Gives the memory back; empty and usable again. */
static inline void diff_array_release(struct diff_array *a)
{
	free(a->p);
	*a = (struct diff_array){0};
}

#endif
