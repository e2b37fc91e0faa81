/* One atomic counter; the clock is read once for each call of meter_step. */
#include "history/meter.h"

#include <time.h>

#include "history/history.h"

#define SHOW_EVERY 100 /* milliseconds */

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void meter_init(struct meter *p, const struct history_watch *watch,
	       uint64_t seconds)
{
	*p = (struct meter){.watch = watch, .what = "",
			   .is_showing = ATOMIC_FLAG_INIT};
	if (seconds)
		p->end = now() + seconds * 1000;
}

void meter_begin(struct meter *p, const char *what, uint64_t all)
{
	p->what = what;
	p->all = all;
	p->start = now();
	atomic_store(&p->done, 0);
	atomic_store(&p->next, p->start + SHOW_EVERY);
}

static void show(struct meter *p, uint64_t done, uint64_t at)
{
	if (at < atomic_load(&p->next) ||
	    atomic_flag_test_and_set(&p->is_showing))
		return;
	atomic_store(&p->next, at + SHOW_EVERY);
	p->watch->show(p->watch->with, p->what, done, p->all, at - p->start);
	atomic_flag_clear(&p->is_showing);
}

bool meter_step(struct meter *p, uint64_t n)
{
	uint64_t done = atomic_fetch_add(&p->done, n) + n, at;

	if (!p->watch && !p->end)
		return true;
	at = now();
	if (p->watch)
		show(p, done, at);
	if (p->end && at >= p->end)
		atomic_store(&p->is_over, true);
	return !atomic_load(&p->is_over);
}
