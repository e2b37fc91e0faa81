/*
 * Days and months.  The calendar is counted in years that begin in March, so
 * that the leap day is the last of its year.
 */
#include "base/date.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define YEAR_MIN 1
#define YEAR_MAX 9999
#define DAYS_400_YEARS 146097
#define DAY_SECONDS 86400
/* From 0000-03-01 to 1970-01-01. */
#define DAYS_TO_EPOCH 719468

/* DATE_MIN until it is known. */
static _Atomic int32_t today = DATE_MIN;

static int64_t div_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int32_t clamp_days(int64_t days)
{
	int64_t min = date_of(YEAR_MIN, 1, 1), max = date_of(YEAR_MAX, 12, 31);

	return (int32_t)(days < min ? min : days > max ? max : days);
}

/* Days before the month, counted from March = 0. */
static int days_before(int month)
{
	return (153 * month + 2) / 5;
}

int32_t date_of(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month < 3), era = div_floor(y, 400);
	int64_t in_era = y - era * 400;
	int64_t days = era * DAYS_400_YEARS + in_era * 365 + in_era / 4 -
		       in_era / 100 + days_before((month + 9) % 12) + day - 1 -
		       DAYS_TO_EPOCH;

	if (days <= DATE_MIN)
		return DATE_MIN + 1;
	return (int32_t)(days >= DATE_MAX ? DATE_MAX - 1 : days);
}

void date_civil(int32_t days, int *year, int *month, int *day)
{
	int64_t d = (int64_t)days + DAYS_TO_EPOCH;
	int64_t era = div_floor(d, DAYS_400_YEARS);
	int n = (int)(d - era * DAYS_400_YEARS);
	/* leap days taken out, every year has 365 */
	int y = (n - n / 1460 + n / 36524 - n / 146096) / 365;
	int rest = n - (365 * y + y / 4 - y / 100);
	int m = (5 * rest + 2) / 153;

	*day = rest - days_before(m) + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = (int)(y + era * 400 + (*month < 3));
}

/* Takes n digits, after a '-' unless they come first. */
static bool take_number(struct str *s, size_t n, bool is_first, int *ret)
{
	uint64_t v;

	if (!is_first && (!s->n || s->p[0] != '-'))
		return false;
	*s = str_from(*s, !is_first);
	if (s->n < n || !str_to_u64(str_head(*s, n), &v))
		return false;
	*s = str_from(*s, n);
	*ret = (int)v;
	return true;
}

static int32_t month_last(int year, int month)
{
	return month == 12 ? date_of(year, 12, 31)
			   : date_of(year, month + 1, 1) - 1;
}

enum err date_parse_span(struct str s, struct date_span *ret_span)
{
	int y, m = 0, d = 0;

	if (!take_number(&s, 4, true, &y) || y < YEAR_MIN ||
	    (s.n && (!take_number(&s, 2, false, &m) || m < 1 || m > 12)) ||
	    (s.n && (!take_number(&s, 2, false, &d) || d < 1)) || s.n)
		return ERR_FORMAT;
	ret_span->first = date_of(y, m ? m : 1, d ? d : 1);
	ret_span->last = d ? ret_span->first : month_last(y, m ? m : 12);
	if (d > 28 && ret_span->first > month_last(y, m))
		return ERR_FORMAT;
	return OK;
}

enum err date_parse(struct str s, int32_t *ret_days)
{
	struct date_span span;

	if (s.n != 10 || date_parse_span(s, &span))
		return ERR_FORMAT;
	*ret_days = span.first;
	return OK;
}

int32_t date_of_seconds(int64_t seconds)
{
	return clamp_days(div_floor(seconds, DAY_SECONDS));
}

int32_t date_month(int32_t days)
{
	int y, m, d;

	date_civil(days, &y, &m, &d);
	return (y - 1970) * 12 + m - 1;
}

int32_t date_month_first(int32_t month)
{
	int32_t year = (int32_t)div_floor(month, 12);

	return date_of(1970 + year, (int)(month - (int64_t)year * 12) + 1, 1);
}

void date_write(struct strbuf *b, int32_t days)
{
	int y, m, d;

	date_civil(clamp_days(days), &y, &m, &d);
	strbuf_fmt(b, "%04d-%02d-%02d", y, m, d);
}

void date_write_month(struct strbuf *b, int32_t month)
{
	int y, m, d;

	date_civil(clamp_days(date_month_first(month)), &y, &m, &d);
	strbuf_fmt(b, "%04d-%02d", y, m);
}

void date_write_span(struct strbuf *b, struct date_span span)
{
	int y, m, d;

	if (span.first == DATE_MIN || span.last == DATE_MAX)
		return;
	date_civil(span.first, &y, &m, &d);
	strbuf_fmt(b, "%04d", y);
	if (span.last - span.first < 360)
		strbuf_fmt(b, "-%02d", m);
	if (span.last == span.first)
		strbuf_fmt(b, "-%02d", d);
}

static int32_t read_clock(void)
{
	struct str epoch = str_c(getenv("SOURCE_DATE_EPOCH"));
	int64_t seconds;

	if (!str_to_i64(epoch, &seconds))
		seconds = (int64_t)time(NULL);
	return date_of_seconds(seconds);
}

int32_t date_now(void)
{
	int32_t unknown = DATE_MIN;

	/* whoever comes first decides, so that all threads see one day */
	if (atomic_load(&today) == DATE_MIN)
		atomic_compare_exchange_strong(&today, &unknown,
					       read_clock());
	return atomic_load(&today);
}

void date_set_now(int32_t days)
{
	atomic_store(&today, days);
}
