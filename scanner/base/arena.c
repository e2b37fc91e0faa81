/* A chain of blocks, handed out from the front. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
/* A gap after each piece, poisoned, so that an overrun is seen. */
#define GAP 16
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define GAP 0
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#endif

#define BLOCK 65536
#define ALIGN 16

struct arena_block {
	struct arena_block *before;
	size_t used, size;
	_Alignas(ALIGN) char bytes[];
};

void arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

void arena_release(struct arena *a)
{
	struct arena_block *b = a->last;

	while (b) {
		struct arena_block *before = b->before;

		UNPOISON(b->bytes, b->size);
		free(b);
		b = before;
	}
	*a = (struct arena){0};
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t need = ((n ? n : 1) + ALIGN - 1) / ALIGN * ALIGN + GAP;
	struct arena_block *b = a->last;
	char *p;

	if (n > PTRDIFF_MAX - BLOCK) /* more than there can be, so it ends */
		return mem_new(n, 2);
	if (!b || b->size - b->used < need) {
		size_t size = need > BLOCK ? need : BLOCK;

		b = mem_new(1, sizeof *b + size);
		b->size = size;
		POISON(b->bytes, size);
		/* A large piece goes behind the block in use, so that
		 * what is left of that one is not wasted. */
		if (need > BLOCK && a->last) {
			b->before = a->last->before;
			a->last->before = b;
		} else {
			b->before = a->last;
			a->last = b;
		}
	}
	p = b->bytes + b->used;
	UNPOISON(p, n ? n : 1);
	b->used += need;
	a->total += n;
	return p;
}

char *arena_cstr(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str arena_dup(struct arena *a, struct str s)
{
	return (struct str){arena_cstr(a, s), s.n};
}

struct str arena_lower(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		p[i] = ascii_lower(p[i]);
	return (struct str){p, s.n};
}

struct str arena_vfmt(struct arena *a, const char *fmt, va_list args)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	if (n < 0)
		n = 0;
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){p, (size_t)n};
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list args;
	struct str s;

	va_start(args, fmt);
	s = arena_vfmt(a, fmt, args);
	va_end(args);
	return s;
}
