/*
 * Reading XML by events, through expat; its only door.  A DOCTYPE is refused
 * (RW1110) before anything in it is looked at, so there are no entities but
 * the five of XML itself and no other file is ever opened.  Depth, attributes
 * and the bytes of one token are bounded.  The text is UTF-8 (utf8_decode it
 * first), whatever its declaration says.
 */
#ifndef BASE_XML_IN_H
#define BASE_XML_IN_H

#include "base/diag.h"

struct xml_element {
	struct str space; /* namespace; "" when in none */
	struct str name;  /* local name */
	const char *const *attributes; /* name, value, ..., NULL; names in a
					  namespace are "space local" */
	unsigned line;
};

/* What to do at the start of an element, at a piece of text, at the end. */
struct xml_events {
	void (*open)(void *with, const struct xml_element *e);
	void (*text)(void *with, struct str text);
	void (*close)(void *with);
};

/* Parses a text.  ERR_FORMAT (RW1109, RW1110) or ERR_LIMIT (RW1104, RW1901)
 * at `path`; the events up to there have been handed over. */
NODISCARD enum err xml_parse(struct str text, struct str path,
			     struct diags *ds, const struct xml_events *on,
			     void *with);
/* The value of an attribute without a namespace; NULL when it is not there. */
const char *xml_attribute(const struct xml_element *e, const char *name);
/* The version of expat, in static storage. */
const char *xml_library_version(void);

#endif
