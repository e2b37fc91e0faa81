/*
 * How fast a service may be asked: an even distance between requests, at most
 * so many in an hour, and waiting longer and longer after it refused.  Times
 * are microseconds of any clock that does not run backwards, given by the
 * caller; the jitter comes from a seed: the same seed, the same waits.
 */
#ifndef FEEDS_PACE_H
#define FEEDS_PACE_H

#include "base/str.h"

#define PACE_SECOND ((int64_t)1000000)
#define PACE_RETRY_AFTER_MAX (900 * PACE_SECOND)

/* What a service allows; 0 = no such limit. */
struct pace_rate {
	int64_t spacing;  /* from one start to the next */
	unsigned n;       /* at most so many starts ... */
	int64_t window;   /* ... in any time of this length */
};

struct pace {
	struct pace_rate rate;
	int64_t backoff;   /* the first wait after a failure */
	uint64_t random;
	int64_t next;      /* nothing starts before */
	int64_t *starts;   /* the last rate.n of them, a ring */
	unsigned at, count;
	unsigned failures; /* in a row */
};

/* Reads "5/s", "30/m", "5000/h", "1000/d" or several of them with blanks in
 * between: /s is a distance, the others (one of them) a window. */
bool pace_parse(struct str text, struct pace_rate *ret);
/* Reads a time such as "20ms", "5s", "10m", "7h", "30d" (blanks: none). */
bool pace_parse_time(struct str text, int64_t *ret);
/* Begins; release with pace_release. */
void pace_init(struct pace *p, struct pace_rate rate, int64_t backoff,
	       uint64_t seed);
void pace_release(struct pace *p);
/* The earliest moment, `now` or later, of the next start. */
int64_t pace_when(const struct pace *p, int64_t now);
/* A request starts now. */
void pace_start(struct pace *p, int64_t now);
/* One was answered. */
void pace_succeed(struct pace *p);
/* One was refused or lost: nothing starts before what the service says
 * (`retry_after`, -1: nothing) or else a wait that doubles each time, with
 * jitter.  The wait that was chosen. */
int64_t pace_fail(struct pace *p, int64_t now, int64_t retry_after);
/*
 * The wait that a Retry-After header asks for, seconds or an HTTP date
 * against `now` in seconds since 1970, at most PACE_RETRY_AFTER_MAX; -1 when
 * it says nothing.
 */
int64_t pace_retry_after(struct str header, int64_t now);
/* Microseconds of a clock that only goes on. */
int64_t pace_clock(void);

#endif
