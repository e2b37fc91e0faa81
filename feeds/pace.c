/* Distances, windows and waits; Retry-After is RFC 9110, section 10.2.3. */
#include "feeds/pace.h"

#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"

#define BACKOFF_MAX (300 * PACE_SECOND)
#define RATE_MAX 1000000

static bool unit_of(struct str s, int64_t *ret)
{
	static const struct { const char *name; int64_t time; } units[] = {
		{"ms", PACE_SECOND / 1000}, {"s", PACE_SECOND},
		{"m", 60 * PACE_SECOND}, {"h", 3600 * PACE_SECOND},
		{"d", 86400 * PACE_SECOND}};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_is(s, units[i].name)) {
			*ret = units[i].time;
			return true;
		}
	return false;
}

bool pace_parse_time(struct str text, int64_t *ret)
{
	size_t n = 0;
	uint64_t value;
	int64_t unit;

	while (n < text.n && ascii_is_digit(text.p[n]))
		n++;
	if (!str_to_u64(str_head(text, n), &value) || value > RATE_MAX ||
	    !unit_of(str_from(text, n), &unit))
		return false;
	*ret = (int64_t)value * unit;
	return true;
}

bool pace_parse(struct str text, struct pace_rate *ret)
{
	struct str word, count, per;
	uint64_t n;
	int64_t unit;

	*ret = (struct pace_rate){0};
	while (str_word(&text, &word)) {
		if (!str_cut(word, '/', &count, &per) ||
		    !str_to_u64(count, &n) || !n || n > RATE_MAX ||
		    !unit_of(per, &unit) || unit < PACE_SECOND)
			return false;
		if (unit == PACE_SECOND ? ret->spacing != 0 : ret->n != 0)
			return false;
		if (unit == PACE_SECOND) {
			ret->spacing = unit / (int64_t)n;
		} else {
			ret->n = (unsigned)n;
			ret->window = unit;
		}
	}
	return ret->spacing || ret->n;
}

void pace_init(struct pace *p, struct pace_rate rate, int64_t backoff,
	       uint64_t seed)
{
	*p = (struct pace){.rate = rate, .backoff = backoff, .random = seed,
			   .next = INT64_MIN};
	if (rate.n)
		p->starts = mem_new(rate.n, sizeof *p->starts);
}

void pace_release(struct pace *p)
{
	free(p->starts);
	*p = (struct pace){0};
}

int64_t pace_when(const struct pace *p, int64_t now)
{
	int64_t when = p->next > now ? p->next : now;

	if (p->rate.n && p->count == p->rate.n &&
	    p->starts[p->at] + p->rate.window > when)
		when = p->starts[p->at] + p->rate.window;
	return when;
}

void pace_start(struct pace *p, int64_t now)
{
	int64_t step = p->rate.spacing;

	/* a start that was a little late does not delay those after it */
	p->next = p->next > now - step ? p->next + step : now + step;
	if (!p->rate.n)
		return;
	p->starts[p->at] = now;
	p->at = (p->at + 1) % p->rate.n;
	p->count += p->count < p->rate.n;
}

void pace_succeed(struct pace *p)
{
	p->failures = 0;
}

/* SplitMix64. */
static uint64_t draw(struct pace *p)
{
	uint64_t x = p->random += 0x9e3779b97f4a7c15;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

int64_t pace_fail(struct pace *p, int64_t now, int64_t retry_after)
{
	int64_t wait = p->backoff;

	for (unsigned i = 0; i < p->failures && wait < BACKOFF_MAX; i++)
		wait *= 2;
	if (wait > BACKOFF_MAX)
		wait = BACKOFF_MAX;
	wait = wait / 2 + (int64_t)(draw(p) % (uint64_t)(wait / 2 + 1));
	if (retry_after >= 0)
		wait = retry_after;
	p->failures++;
	if (p->next < now + wait)
		p->next = now + wait;
	return wait;
}

/* --- HTTP dates ----------------------------------------------------------- */

static int month_of(struct str s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; i < 12; i++)
		if (str_eq(s, str_n(names + 3 * i, 3)))
			return i + 1;
	return 0;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", seconds since 1970. */
static bool parse_date(struct str s, int64_t *ret)
{
	struct str word[6], clock[3], rest;
	uint64_t day, year, part[3];
	size_t n = 0;
	int month;

	while (n < 6 && str_word(&s, &word[n]))
		n++;
	if (n != 6 || !str_is(word[5], "GMT"))
		return false;
	month = month_of(word[2]);
	if (!str_to_u64(word[1], &day) || day < 1 || day > 31 || !month ||
	    !str_to_u64(word[3], &year) || year < 1970 || year > 9999)
		return false;
	rest = word[4];
	for (n = 0; n < 3; n++)
		if (!str_split(&rest, ':', &clock[n]) ||
		    !str_to_u64(clock[n], &part[n]) || part[n] > 60)
			return false;
	*ret = date_of((int)year, month, (int)day) * (int64_t)86400 +
	       (int64_t)(part[0] * 3600 + part[1] * 60 + part[2]);
	return true;
}

int64_t pace_retry_after(struct str header, int64_t now)
{
	int64_t at, limit = PACE_RETRY_AFTER_MAX / PACE_SECOND, wait;
	bool is_number = header.n > 0;
	uint64_t seconds;

	header = str_trim(header);
	for (size_t i = 0; i < header.n; i++)
		is_number = is_number && ascii_is_digit(header.p[i]);
	if (is_number) /* too large for a number is larger than the limit */
		wait = str_to_u64(header, &seconds) &&
		       seconds < (uint64_t)limit ? (int64_t)seconds : limit;
	else if (parse_date(header, &at))
		wait = at < now ? 0 : at - now < limit ? at - now : limit;
	else
		return -1;
	return wait * PACE_SECOND;
}

int64_t pace_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * PACE_SECOND + t.tv_nsec / 1000;
}
