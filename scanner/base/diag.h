/*
 * Diagnostics: what happened, where, under a stable code.  They are part of
 * every report.  Bounded: past LIMIT_DIAGS_PER_CODE of one code (and
 * LIMIT_DIAGS in all) they are counted, not kept; the report says how many.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag_codes.h"
#include "base/vec.h"

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* What a diagnostic does to the outcome. */
enum diag_effect {
	DIAG_HARMLESS,   /* nothing is missing */
	DIAG_INCOMPLETE, /* something was not read: coverage falls, exit 3 */
	DIAG_FATAL       /* the run stops, exit 2 */
};

#define DIAG_ENUM(code, severity, effect, title, text) code,
enum diag_code { DIAG_CODES(DIAG_ENUM) DIAG_CODE_COUNT };
#undef DIAG_ENUM

/* Where it happened; line and column count from 1, 0 = not known. */
struct place {
	struct str path; /* file, repository or commit; may be empty */
	unsigned line, column;
};

struct diag {
	enum diag_code code;
	struct place place;  /* copied */
	struct str message;  /* one sentence, without the place */
};

struct diags {
	struct arena arena;
	VEC(struct diag) kept;
	unsigned long counts[DIAG_CODE_COUNT]; /* all, kept or not */
};

/* Frees everything; empty and usable again. */
void diag_release(struct diags *ds);
/* Adds one; `place` and the message are copied (cut at LIMIT_DIAG_BYTES). */
void diag_add(struct diags *ds, enum diag_code code, struct place place,
	      const char *fmt, ...) PRINTF_LIKE(4, 5);
/* Adds all of `from` (counts too), for what a thread collected. */
void diag_merge(struct diags *ds, const struct diags *from);
/* Sorts by path, line, column, code, message; equal ones fold into one. */
void diag_sort(struct diags *ds);
/* True when any diagnostic so far has at least this effect. */
bool diag_has_effect(const struct diags *ds, enum diag_effect effect);
/* How many were counted but not kept. */
unsigned long diag_dropped(const struct diags *ds);
/* How many are more than notes, kept or not. */
unsigned long diag_warnings(const struct diags *ds);

/* The parts of the code table; `name` is the text "RW1001". */
const char *diag_name(enum diag_code code);
enum diag_severity diag_severity(enum diag_code code);
enum diag_effect diag_effect(enum diag_code code);
const char *diag_title(enum diag_code code);
const char *diag_text(enum diag_code code);
/* "note", "warning", "error". */
const char *diag_severity_name(enum diag_severity severity);
/* The code of a name such as "RW1001", or false. */
bool diag_find(struct str name, enum diag_code *ret_code);

/* A place with just a path; with a line; with line and column. */
struct place diag_at(struct str path);
struct place diag_at_line(struct str path, unsigned line);
struct place diag_at_column(struct str path, unsigned line, unsigned column);

#endif
