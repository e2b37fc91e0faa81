/*
 * What published rulebooks want an SBOM to carry, and which of it a document
 * of a run has.  Only presence is looked at, never whether a value is true.
 */
#ifndef MODEL_RULEBOOK_H
#define MODEL_RULEBOOK_H

#include "model/document.h"

struct rulebook_element {
	const char *name;
	bool is_of_document;  /* else of each component */
	bool is_must;         /* else recommended */
	uint32_t any;         /* one of these is enough; 0 = the format */
};

struct rulebook {
	const char *id, *title;
	const char *formats;  /* beginnings, joined by '|'; NULL = any */
	const char *format_note; /* what the formats are, in words */
	const struct rulebook_element *elements;
	size_t n;
};

/* All rulebooks, in the order of their ids. */
extern const struct rulebook rulebook_table[];
extern const size_t rulebook_count;
/* By id; NULL when there is none. */
const struct rulebook *rulebook_find(struct str id);

/* Does the document carry an element of a document? */
bool rulebook_document_has(const struct rulebook *r,
			   const struct rulebook_element *e,
			   const struct document *d);
/* The number of components that carry an element. */
size_t rulebook_count_parts(const struct rulebook_element *e,
			    const struct document *d);
/* Are all elements that must be there, everywhere? */
bool rulebook_is_met(const struct rulebook *r, const struct document *d);
/* Can whoever wrote the component, by its document, be reached?  A supplier
 * that stands on nearly everything is not who wrote it. */
bool rulebook_is_attributable(const struct document *d, size_t part,
			      const struct parts *p);

#endif
