/*
 * How far a long piece of work has come, and whether its time is up.  All
 * threads of it report here.  The clock never decides what is counted but
 * where the user set a limit of time.
 */
#ifndef HISTORY_METER_H
#define HISTORY_METER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct history_watch;

struct meter {
	/* Told at most ten times a second, from any thread, but never from
	 * two at once; may be NULL. */
	const struct history_watch *watch;
	uint64_t end;         /* in ms of a clock of its own; 0: no limit */
	const char *what;
	uint64_t start, all;  /* of the piece of work */
	atomic_uint_fast64_t done, next; /* next: when to show again */
	atomic_flag is_showing;
	atomic_bool is_over;  /* the time was up */
};

/* Starts the clock; `seconds` 0: no limit. */
void meter_init(struct meter *p, const struct history_watch *watch,
	       uint64_t seconds);
/* A piece of work of `all` steps begins. */
void meter_begin(struct meter *p, const char *what, uint64_t all);
/* n steps more are done; false when the time is up: leave off. */
bool meter_step(struct meter *p, uint64_t n);

#endif
