/*
 * Memory that lives and dies together: one arena for a scan, one scratch
 * arena for a file.  Nothing in an arena is freed by itself.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>

#include "base/err.h"
#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block *last;
	size_t total; /* bytes handed out */
};

/* An empty arena is all zero; init is for one on the stack. */
void arena_init(struct arena *a);
/* Frees all that was handed out; the arena is empty and usable again. */
void arena_release(struct arena *a);
/* n zeroed bytes, aligned for any object; never NULL. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy of s, followed by a NUL that is not counted. */
struct str arena_dup(struct arena *a, struct str s);
/* The same, as a C string (cut at the first NUL by its readers). */
char *arena_cstr(struct arena *a, struct str s);
/* A copy with ASCII letters in lower case. */
struct str arena_lower(struct arena *a, struct str s);
/* Formatted text, followed by a NUL that is not counted. */
struct str arena_fmt(struct arena *a, const char *fmt, ...)
	PRINTF_LIKE(2, 3);
/* The same from a va_list. */
struct str arena_vfmt(struct arena *a, const char *fmt, va_list args)
	PRINTF_LIKE(2, 0);

#endif
