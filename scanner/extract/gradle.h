/* Coordinates and versions as Gradle writes them. */
#ifndef EXTRACT_GRADLE_H
#define EXTRACT_GRADLE_H

#include "extract/package.h"

/*
 * Fills a package from "group:name[:version[:classifier]][@type]"; false when
 * the text is not that.  A version that moves (1.+, [1,2), latest...) is none.
 */
bool gradle_coordinates(struct package *p, struct str text);
/* A version that does not move; "" for others. */
struct str gradle_version(struct str version);
/* The artefact that a plugin's id stands for: id:id.gradle.plugin. */
void gradle_plugin(struct package *p, struct str id, struct arena *a);

#endif
