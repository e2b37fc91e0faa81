/* Pieces of JSON that several outputs share: components, edges, facts and
 * ladders.  The key names are part of the documented schemas. */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/json_out.h"
#include "model/ladder.h"
#include "model/scan.h"

/* "components": [...] and "edges": [...] as the next two members. */
void json_parts_inventory(const struct scan *s, struct json_out *j);
/* The array of rungs of a ladder with their chains, as the next value. */
void json_parts_rungs(const struct facts *f, const struct ladder *l,
		      struct json_out *j);
/* One fact as an object: the next value. */
void json_parts_fact(const struct facts *f, size_t fact, struct json_out *j);
/* The id and name of an organisation, or null: the next value. */
void json_parts_organisation(const struct facts *f, size_t organisation,
			     struct json_out *j);
/* A date as YYYY-MM-DD, null for an open end: key and value. */
void json_parts_kdate(struct json_out *j, const char *key, int32_t day);

#endif
