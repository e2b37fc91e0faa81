/*
 * What a file of a repository is for, by its path: what runs, or tests,
 * documentation, CI, what builds it, and examples around it.  One table.
 * (What a declaration is for is extract/'s business.)
 */
#ifndef MODEL_CODE_SCOPE_H
#define MODEL_CODE_SCOPE_H

#include "model/component.h"

/* Changes with the table. */
#define CODE_SCOPE_VERSION 1

struct code_scope_rule {
	enum scope scope;
	bool is_folder;      /* of any folder of the path, else of the file */
	const char *pattern; /* `*`, `?`; in either case */
};

/* The table, in order of weight: folders before names. */
extern const struct code_scope_rule code_scope_rules[];
extern const size_t code_scope_rules_n;

/* By the name of one folder, or of a file; SCOPE_RUNTIME: by no rule. */
enum scope code_scope_of_folder(struct str name);
enum scope code_scope_of_name(struct str name);

#endif
