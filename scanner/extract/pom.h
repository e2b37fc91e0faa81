/* One pom.xml of Maven, as it is written. */
#ifndef EXTRACT_POM_H
#define EXTRACT_POM_H

#include "base/map.h"
#include "extract/extract.h"

enum pom_kind {
	POM_DEPENDENCY, POM_MANAGED, POM_PLUGIN, POM_MANAGED_PLUGIN,
	POM_PLUGIN_DEPENDENCY
};

/* What an element names; texts may hold ${properties}. */
struct pom_item {
	enum pom_kind kind;
	struct str group, artifact, version, scope, type, classifier;
	struct str optional;
	unsigned line;
};

struct pom_property { struct str name, value; };

struct pom {
	struct str path;
	struct pom_item self, parent; /* parent.line 0: it has none */
	struct str relative;          /* path of the parent, as written */
	bool has_relative;
	VEC(struct pom_item) items;
	VEC(struct pom_property) properties;
	struct map property_names;    /* -> properties */
	/* filled by poms.c */
	struct map managed;           /* "group:artifact" -> items */
	VEC(size_t) imports;          /* lists that it takes in: items */
};

/* Reads a text; errors of xml_parse.  What stood before the error is kept.
 * Texts go to `a`. */
enum err pom_read(struct pom *p, struct str text, struct str path,
		  struct arena *a, struct diags *ds);
void pom_release(struct pom *p);

#endif
