/*
 * Allocation that does not fail: out of memory ends the program once, with a
 * message and exit code 4.  Input never decides a size here before it has met
 * a limit (limits.h).
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Ends the program for want of memory: for what a library did not get. */
_Noreturn void mem_fail(void);
/* n objects of `size` bytes, zeroed; the caller frees with free(). */
void *mem_new(size_t n, size_t size);
/* Resizes to n objects of `size` bytes; the contents up to the lesser size
 * stay, the rest is not set. */
void *mem_resize(void *p, size_t n, size_t size);
/* n objects of `size` bytes, not set, that will all be used: a large table
 * gets large pages, where the system has them; the caller frees with free(). */
void *mem_large(size_t n, size_t size);
/* The bytes are not needed any more: the whole pages of them are given back
 * to the system at once, where it can.  What they hold is undefined then. */
void mem_forget(const void *p, size_t n);

#endif
