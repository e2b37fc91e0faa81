/*
 * The stack file: what a bid or a product consists of, by network function
 * (man page ranwhence-stack(5)).  Parsing only; whoever runs the targets
 * opens them.  The file may come from a bidder: it is strict, bounded, and
 * its paths may not leave its folder.
 */
#ifndef DISCOVER_STACK_H
#define DISCOVER_STACK_H

#include "model/line_class.h"
#include "model/scan.h"

enum stack_form {
	STACK_PATH,       /* a repository or folder below the stack file */
	STACK_REPOSITORY, /* a repository address, judged by its digest */
	STACK_SBOM,       /* a document below the stack file */
	STACK_PURL
};

struct stack_component {
	enum stack_form form;
	enum function function;
	struct str what;     /* path relative to the stack file, address or
				canonical purl */
	struct str name, version, commit, supplier; /* as declared, or "" */
	int32_t in_service, end_of_life; /* days; 0 where not declared */
	VEC(struct str) built; /* globs of paths that the product builds */
	struct line_class_choices classes; /* what its lines are */
	unsigned line;
};

struct stack {
	struct stack_info info;
	bool count_once; /* commits that repositories share count once */
	VEC(struct stack_component) components; /* in the file's order */
};

/* Frees the vectors; texts belong to the arena. */
void stack_release(struct stack *st);
/* True when a text looks like a stack file (a top-level `stack:` key). */
bool stack_sniffs(struct str text);
/*
 * Reads a stack file.  ERR_CONFIG after RW1501 (unknown key, wrong type,
 * missing or unknown value) or RW1502 (a path leaves the folder), each with
 * line and column; every fault is reported, not only the first.
 */
NODISCARD enum err stack_parse(struct str text, struct str path,
			       struct arena *a, struct diags *ds,
			       struct stack *ret);

#endif
