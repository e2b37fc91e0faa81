/* What the instructions of a Dockerfile fetch: RUN and ADD, with the ARGs
 * and ENVs of each stage. */
#ifndef EXTRACT_DOCKERFILE_RUN_H
#define EXTRACT_DOCKERFILE_RUN_H

#include "extract/dockerfile_lines.h"
#include "extract/shell.h"

/* A variable that a stage hands to those that continue it. */
struct dockerfile_env {
	struct str name, text;
};

struct dockerfile_run {
	struct shell shell;      /* group i + 1 is stage i */
	struct shell_dir dir;    /* of WORKDIR */
	char escape;
	VEC(struct dockerfile_env) envs; /* of all stages, in their order */
	VEC(size_t) first_env;   /* of each stage */
};

/* Begins with no stage. */
void dockerfile_run_init(struct dockerfile_run *d, struct extraction *x,
			 char escape);
void dockerfile_run_release(struct dockerfile_run *d);
/* A new stage; it continues `parent` unless that is SIZE_MAX. */
void dockerfile_run_begin(struct dockerfile_run *d, size_t parent);
/* ARG name=text in a stage; without a text (p is NULL) the value is that of
 * `global`, if it has one. */
void dockerfile_run_arg(struct dockerfile_run *d, const struct vars *global,
			struct str name, struct str text);
/* ENV, WORKDIR, ADD. */
void dockerfile_run_env(struct dockerfile_run *d,
			const struct dockerfile_lines *lines, struct str rest);
void dockerfile_run_workdir(struct dockerfile_run *d, struct str path);
void dockerfile_run_add(struct dockerfile_run *d,
			const struct dockerfile_lines *lines, struct str rest);
/* The commands of RUN; then its here-documents, where they are its script. */
void dockerfile_run_commands(struct dockerfile_run *d,
			     const struct dockerfile_lines *lines,
			     struct str rest);
void dockerfile_run_heredocs(struct dockerfile_run *d, struct str rest,
			     const struct dockerfile_heredoc *docs, size_t n);

#endif
