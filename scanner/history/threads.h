/* Running one function on several threads at once. */
#ifndef HISTORY_THREADS_H
#define HISTORY_THREADS_H

/* As many as there are processors, at most 64. */
unsigned threads_available(void);
/*
 * Calls run(arg, i) for every i < n, each on a thread of its own as far as
 * there are any, and waits.  What they share is the caller's business.
 */
void threads_run(unsigned n, void (*run)(void *arg, unsigned i), void *arg);

#endif
