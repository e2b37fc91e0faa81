/*
 * Strict reading of YAML mappings by a table of fields: an unknown key, a
 * missing one or a wrong value is a diagnostic with line and column, and
 * reading goes on, so that one run names everything that is wrong.
 */
#ifndef ASSESS_FIELDS_H
#define ASSESS_FIELDS_H

#include "base/yaml_in.h"

struct fields {
	struct str path;
	struct arena *arena; /* of the texts */
	struct diags *diags;
	enum diag_code code; /* of what is reported */
	bool is_bad;         /* something was reported */
};

/* Reads the value of a key into `to`: the struct being filled plus the
 * field's offset. */
typedef void field_read(struct fields *f, const struct yaml *node, void *to);

struct field {
	const char *key;
	bool is_required;
	size_t offset;
	field_read *read;
};

/* Reads all members of a mapping into *to; `what` names it in messages. */
void fields_mapping(struct fields *f, const struct yaml *node,
		    const char *what, const struct field *table, size_t n,
		    void *to);
/* Reports a node. */
void fields_bad(struct fields *f, const struct yaml *node, const char *fmt,
		...) PRINTF_LIKE(3, 4);
/* True for a sequence with a member; reported otherwise. */
bool fields_is_list(struct fields *f, const struct yaml *node);
/* The index of a scalar in a list of names; SIZE_MAX, reported, when it is
 * not there. */
size_t fields_choice(struct fields *f, const struct yaml *node,
		     const char *const *names, size_t n, const char *what);

/* Readers for tables: a text that is not empty (struct str); a word of
 * letters, digits and '-' (struct str); a percentage in basis points, at
 * most 100 % (int32_t); a whole number from 0 to 1000 (int32_t); a day
 * (int32_t); a day, month or year, checked (struct str); a truth (bool). */
void fields_text(struct fields *f, const struct yaml *node, void *to);
void fields_word(struct fields *f, const struct yaml *node, void *to);
void fields_percent(struct fields *f, const struct yaml *node, void *to);
void fields_weight(struct fields *f, const struct yaml *node, void *to);
void fields_day(struct fields *f, const struct yaml *node, void *to);
void fields_date(struct fields *f, const struct yaml *node, void *to);
void fields_bool(struct fields *f, const struct yaml *node, void *to);
/* A sequence of distinct words, sorted (struct fields_words). */
void fields_words(struct fields *f, const struct yaml *node, void *to);

struct fields_words {
	struct str *v;
	size_t n;
};

#endif
