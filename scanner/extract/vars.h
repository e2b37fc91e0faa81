/*
 * Variables of Dockerfiles, shell scripts and what resembles them, and the
 * substitution of their values.  A value that the file does not give stays
 * in the text as an expression: ${NAME}, $(...).
 */
#ifndef EXTRACT_VARS_H
#define EXTRACT_VARS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct vars_value {
	struct str text;  /* may hold expressions */
	bool is_set;
	bool is_known;    /* without any */
	bool is_list;     /* one of several words at a time */
	bool is_mixed;    /* something else in another arm */
	unsigned arm;     /* where it was assigned; 0 outside of all */
};

struct vars {
	char escape;      /* backslash; in Dockerfiles what they say */
	struct arena *arena;    /* names and values */
	struct map index;       /* name -> values */
	VEC(struct vars_value) values;
	VEC(unsigned) arms;     /* of conditions, that are open */
	unsigned last_arm;
	VEC(struct vars_change) changes; /* since vars_mark */
	bool keeps_changes;
	size_t bytes, made;     /* of values; of all expansions */
	bool is_full;           /* over a limit: less is known */
	struct strbuf text;     /* of the last expansion */
	bool has_blanks;        /* it fell into words */
};

struct vars_change {
	size_t index;
	struct vars_value before;
};

/* What stands for a value that is not known. */
enum vars_unknown { VARS_STAR, /* * */ VARS_KEEP /* its expression */ };

/* No variable is known yet. */
void vars_init(struct vars *v, char escape, struct arena *arena);
/* Frees all but what is in the arena. */
void vars_release(struct vars *v);
/* Forgets all variables. */
void vars_clear(struct vars *v);

/*
 * The text of a word, quotes off and values in, into v->text.  False when a
 * value is not known or a limit was met.
 */
bool vars_expand(struct vars *v, struct str word, enum vars_unknown as);
/* A text without expressions that vars_expand left. */
bool vars_is_known(struct str text);

/* Sets a variable to the value of a word as it stands there; NAME=(...) to
 * the list. */
void vars_assign(struct vars *v, struct str name, struct str word);
/* Adds to a variable what a word stands for. */
void vars_append(struct vars *v, struct str name, struct str word);
/* Sets it to a text. */
void vars_set(struct vars *v, struct str name, struct str text);
/* Sets it to a text that whoever asks for it expands. */
void vars_set_raw(struct vars *v, struct str name, struct str text);
/* Sets it to each of the words of a text in turn. */
void vars_set_list(struct vars *v, struct str name, struct str words);
/* It has no value, or none that the file says. */
void vars_unset(struct vars *v, struct str name);
/* Its value, not set when there is none that holds here. */
struct vars_value vars_get(const struct vars *v, struct str name);

/*
 * Begins and ends an arm of a condition.  What two arms assign differently
 * has no known value behind them.
 */
void vars_open_arm(struct vars *v);
void vars_close_arm(struct vars *v);
/* The arm at hand, 0 outside of all. */
unsigned vars_arm(const struct vars *v);
/* Whether an arm is one of those that are open (0 always is). */
bool vars_is_open(const struct vars *v, unsigned arm);

/* From mark to rewind, assignments are kept apart and then undone. */
void vars_mark(struct vars *v);
void vars_rewind(struct vars *v);

/* NAME of a word NAME=value or NAME+=value; "" when it is none.  *ret_value
 * is what follows the sign. */
struct str vars_assigned(struct str word, struct str *ret_value,
			 bool *ret_adds);

#endif
