/* The list of diagnostics and the table of their codes. */
#include "base/diag.h"

#include <stdarg.h>

#include "base/limits.h"

struct row {
	const char *name;
	enum diag_severity severity;
	enum diag_effect effect;
	const char *title, *text;
};

#define ROW(code, severity, effect, title, text) \
	{#code, severity, effect, title, text},
static const struct row table[] = {DIAG_CODES(ROW)};
#undef ROW

void diag_release(struct diags *ds)
{
	arena_release(&ds->arena);
	vec_release(&ds->kept);
	*ds = (struct diags){0};
}

/* Counts one more; is it to be kept? */
static bool count(struct diags *ds, enum diag_code code)
{
	return ds->counts[code]++ < LIMIT_DIAGS_PER_CODE &&
	       ds->kept.n < LIMIT_DIAGS;
}

static void keep(struct diags *ds, enum diag_code code, struct place place,
		 struct str message)
{
	place.path = arena_dup(&ds->arena, place.path);
	vec_push(&ds->kept, ((struct diag){
		.code = code, .place = place,
		.message = arena_dup(&ds->arena, message)}));
}

void diag_add(struct diags *ds, enum diag_code code, struct place place,
	      const char *fmt, ...)
{
	struct arena scratch = {0};
	va_list args;

	if (!count(ds, code))
		return;
	va_start(args, fmt);
	keep(ds, code, place,
	     str_head(arena_vfmt(&scratch, fmt, args), LIMIT_DIAG_BYTES));
	va_end(args);
	arena_release(&scratch);
}

void diag_merge(struct diags *ds, const struct diags *from)
{
	unsigned long kept[DIAG_CODE_COUNT] = {0};

	for (size_t i = 0; i < from->kept.n; i++) {
		const struct diag *d = &from->kept.v[i];

		kept[d->code]++;
		if (count(ds, d->code))
			keep(ds, d->code, d->place, d->message);
	}
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++)
		ds->counts[c] += from->counts[c] - kept[c];
}

static int compare(const void *va, const void *vb)
{
	const struct diag *a = va, *b = vb;
	int c = str_cmp(a->place.path, b->place.path);

	if (!c)
		c = (a->place.line > b->place.line) -
		    (a->place.line < b->place.line);
	if (!c)
		c = (a->place.column > b->place.column) -
		    (a->place.column < b->place.column);
	if (!c)
		c = (a->code > b->code) - (a->code < b->code);
	return c ? c : str_cmp(a->message, b->message);
}

void diag_sort(struct diags *ds)
{
	size_t n = 0;

	vec_sort(&ds->kept, compare);
	for (size_t i = 0; i < ds->kept.n; i++) {
		if (n && !compare(&ds->kept.v[n - 1], &ds->kept.v[i]))
			ds->counts[ds->kept.v[i].code]--;
		else
			ds->kept.v[n++] = ds->kept.v[i];
	}
	ds->kept.n = n;
}

bool diag_has_effect(const struct diags *ds, enum diag_effect effect)
{
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++)
		if (ds->counts[c] && table[c].effect >= effect)
			return true;
	return false;
}

unsigned long diag_dropped(const struct diags *ds)
{
	unsigned long all = 0;

	for (size_t c = 0; c < DIAG_CODE_COUNT; c++)
		all += ds->counts[c];
	return all - ds->kept.n;
}

unsigned long diag_warnings(const struct diags *ds)
{
	unsigned long n = 0;

	for (size_t c = 0; c < DIAG_CODE_COUNT; c++)
		if (table[c].severity != DIAG_NOTE)
			n += ds->counts[c];
	return n;
}

const char *diag_name(enum diag_code code)
{
	return table[code].name;
}

enum diag_severity diag_severity(enum diag_code code)
{
	return table[code].severity;
}

enum diag_effect diag_effect(enum diag_code code)
{
	return table[code].effect;
}

const char *diag_title(enum diag_code code)
{
	return table[code].title;
}

const char *diag_text(enum diag_code code)
{
	return table[code].text;
}

const char *diag_severity_name(enum diag_severity severity)
{
	static const char *const names[] = {"note", "warning", "error"};

	return names[severity];
}

bool diag_find(struct str name, enum diag_code *ret_code)
{
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++)
		if (str_eq_nocase(name, str_c(table[c].name))) {
			*ret_code = (enum diag_code)c;
			return true;
		}
	return false;
}

struct place diag_at(struct str path)
{
	return (struct place){path, 0, 0};
}

struct place diag_at_line(struct str path, unsigned line)
{
	return (struct place){path, line, 0};
}

struct place diag_at_column(struct str path, unsigned line, unsigned column)
{
	return (struct place){path, line, column};
}
