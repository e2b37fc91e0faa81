/* pthread_create and pthread_join in a loop. */
#include "history/threads.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define MOST 64

struct thread {
	pthread_t thread;
	void (*run)(void *arg, unsigned i);
	void *arg;
	unsigned i;
	bool is_started;
};

unsigned threads_available(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > MOST ? MOST : (unsigned)n;
}

static void *begin(void *arg)
{
	struct thread *t = arg;

	t->run(t->arg, t->i);
	return NULL;
}

void threads_run(unsigned n, void (*run)(void *arg, unsigned i), void *arg)
{
	struct thread *all = mem_new(n, sizeof *all);

	for (unsigned i = 1; i < n; i++) {
		all[i] = (struct thread){.run = run, .arg = arg, .i = i};
		all[i].is_started = !pthread_create(&all[i].thread, NULL,
						    begin, &all[i]);
	}
	if (n)
		run(arg, 0);
	for (unsigned i = 1; i < n; i++) {
		if (all[i].is_started)
			pthread_join(all[i].thread, NULL);
		else
			run(arg, i);
	}
	free(all);
}
