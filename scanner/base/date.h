/*
 * Days, months and windows, in UTC, proleptic Gregorian.  The only clock of
 * the program is read here, once, and can be set from outside.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/err.h"
#include "base/strbuf.h"

/* Days since 1970-01-01. */
#define DATE_MIN INT32_MIN /* before all time */
#define DATE_MAX INT32_MAX /* after all time */

/* A date as a fact gives it: YYYY, YYYY-MM or YYYY-MM-DD.  The change it
 * dates fell on some day in [first, last]. */
struct date_span {
	int32_t first, last;
};

/* The day of a civil date (clamped between DATE_MIN and DATE_MAX, both
 * exclusive); the civil date of a day. */
int32_t date_of(int year, int month, int day);
void date_civil(int32_t days, int *year, int *month, int *day);
/* Parses YYYY-MM-DD exactly (real months and days). */
NODISCARD enum err date_parse(struct str s, int32_t *ret_days);
/* Parses YYYY, YYYY-MM or YYYY-MM-DD. */
NODISCARD enum err date_parse_span(struct str s, struct date_span *ret_span);
/* Adds what date_parse_span made the span from; nothing for an open end. */
void date_write_span(struct strbuf *b, struct date_span span);
/* The day of a number of seconds since 1970 (clamped to years 1..9999). */
int32_t date_of_seconds(int64_t seconds);
/* Months since 1970-01 of a day; the first day of such a month. */
int32_t date_month(int32_t days);
int32_t date_month_first(int32_t month);
/* Adds "YYYY-MM-DD"; "YYYY-MM" for a month number.  Clamped to years
 * 1..9999: DATE_MIN and DATE_MAX are for the caller to print. */
void date_write(struct strbuf *b, int32_t days);
void date_write_month(struct strbuf *b, int32_t month);
/* Today, in this order: set by date_set_now, SOURCE_DATE_EPOCH (when it is a
 * number), the clock. */
int32_t date_now(void);
void date_set_now(int32_t days);

#endif
