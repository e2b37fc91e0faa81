/*
 * All pom.xml of a tree, read once: modules of the project, parents, and what
 * these say of properties and versions.
 */
#ifndef EXTRACT_POMS_H
#define EXTRACT_POMS_H

#include "extract/pom.h"

#define POMS_CHAIN_MAX 16 /* parents above each other */
#define POMS_PLUGINS "org.apache.maven.plugins" /* plugins without group */

struct poms {
	bool is_built;
	struct arena arena;
	VEC(struct pom) v;
	struct map paths;  /* -> v */
	struct map names;  /* "group:artifact" -> v */
};

/* A pom and its parents in the tree, the nearest first. */
struct poms_chain {
	const struct pom *v[POMS_CHAIN_MAX];
	size_t n;
};

/* Reads all of a tree, when it is first asked. */
void poms_build(struct poms *p, struct tree *t);
void poms_release(struct poms *p);
/* The chain of the pom at a path; empty when there is none. */
void poms_chain(const struct poms *p, struct str path,
		struct poms_chain *ret);
/* A text with its properties filled in; false, and as much as is known, when
 * one has no value. */
bool poms_expand(const struct poms_chain *c, struct str text,
		 struct arena *a, struct str *ret);
/* The module of the tree with this name; NULL when it has none. */
const struct pom *poms_find(const struct poms *p, struct str group,
			    struct str artifact);
/*
 * What the chain manages for a dependency or plugin: in itself, its parents,
 * or in lists of the tree that they import.  *ret_in is the pom where it
 * stands.  NULL when nothing does.
 */
const struct pom_item *poms_managed(const struct poms *p,
				    const struct poms_chain *c,
				    enum pom_kind kind, struct str name,
				    const struct pom **ret_in);

#endif
