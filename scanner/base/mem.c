/* Checked allocation: the one place that ends the program for memory. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void die(void)
{
	fputs("ranwhence: out of memory\n", stderr);
	exit(4);
}

void *mem_new(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		die();
	return p;
}

void *mem_resize(void *p, size_t n, size_t size)
{
	void *q = reallocarray(p, n ? n : 1, size ? size : 1);

	if (!q)
		die();
	return q;
}
