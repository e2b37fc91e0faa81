/* Shell text in YAML files of CI systems. */
#ifndef EXTRACT_CI_STEPS_H
#define EXTRACT_CI_STEPS_H

#include "base/yaml_in.h"
#include "extract/shell.h"

/* A CI file that is being read. */
struct ci_steps {
	struct extraction *x;
	const struct extractor *extractor;
	struct shell shell;
	VEC(size_t) lines;   /* offsets of the lines of the file */
};

/* Begins; everything found has the scope of CI unless the path says more. */
void ci_steps_init(struct ci_steps *s, struct extraction *x,
		   const struct extractor *e);
void ci_steps_release(struct ci_steps *s);
/* Reads a scalar as commands; ${{ env.X }} of GitHub are variables.  What it
 * assigns holds for it alone. */
void ci_steps_read(struct ci_steps *s, const struct yaml *node);
/* Sets the variables of a mapping NAME: value. */
void ci_steps_set(struct ci_steps *s, const struct yaml *mapping);
/* Adds the image that a scalar names. */
void ci_steps_image(struct ci_steps *s, const struct yaml *node);
/* The scope of what the file declares. */
enum scope ci_steps_scope(const struct ci_steps *s);

#endif
