/*
 * What kind of lines a file holds: written by hand, or generated, vendored or
 * data, which whoever committed them did not write.  One table of names and
 * marks; a stack file may overrule it.  Which of the lines weigh how much is
 * said here too.
 */
#ifndef MODEL_LINE_CLASS_H
#define MODEL_LINE_CLASS_H

#include "base/str.h"
#include "base/vec.h"

enum line_class { LINE_SOURCE, LINE_GENERATED, LINE_VENDORED, LINE_DATA,
		  LINE_CLASS_COUNT };

/* Changes with the table and with the numbers below. */
#define LINE_CLASS_VERSION 1

/* The most lines of one commit that weigh: see docs/digest.md. */
#define LINE_CLASS_CAP 5000
/* A commit that adds more lines than these in files that were not there
 * before is an import. */
#define LINE_CLASS_IMPORT 10000

/* Where a rule of the table looks. */
enum line_class_where {
	LINE_IN_FOLDER, /* the name of any folder of the path */
	LINE_IN_NAME,   /* the name of the file */
	LINE_IN_TEXT    /* the first 1,024 bytes */
};

struct line_class_rule {
	enum line_class class;
	enum line_class_where where;
	const char *pattern; /* `*`, `?`; in either case */
};

/* The table, in order of weight: folders, names, text. */
extern const struct line_class_rule line_class_rules[];
extern const size_t line_class_rules_n;

/* What the user lays down for the paths that a pattern matches. */
struct line_class_choice {
	enum line_class class;
	struct str paths; /* `*` for any run of bytes, `?` for one */
};

/* The first that matches decides, before the table. */
struct line_class_choices {
	VEC(struct line_class_choice) list;
};

/* "source", "generated", "vendored", "data". */
const char *line_class_name(enum line_class c);
bool line_class_find(struct str name, enum line_class *ret);
/* What the user chose for a path; false when nothing. */
bool line_class_chosen(const struct line_class_choices *choices,
		       struct str path, enum line_class *ret);
/* By the name of one folder, or of a file; LINE_SOURCE: says nothing. */
enum line_class line_class_of_folder(struct str name);
enum line_class line_class_of_name(struct str name);
/* By marks in the text, and whether it is a table of numbers. */
enum line_class line_class_of_text(struct str text);

#endif
