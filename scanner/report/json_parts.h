/* Pieces of JSON that several outputs share: components, edges, facts and
 * ladders.  The key names are part of the documented schemas. */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/json_out.h"
#include "model/ladder.h"
#include "model/scan.h"

/* "components": [...] and "edges": [...] as the next two members. */
void json_parts_inventory(const struct scan *s, struct json_out *j);
/* A ladder as the next members: "economic", "economic_on_b", and "ladder", its
 * rungs with their chains. */
void json_parts_ladder(const struct facts *f, const struct ladder *l,
		       struct json_out *j);
/* key: {low_bp, high_bp}, null where negative. */
void json_parts_kinterval(struct json_out *j, const char *key,
			  int32_t low_bp, int32_t high_bp);
/* One fact as an object: the next value. */
void json_parts_fact(const struct facts *f, size_t fact, struct json_out *j);
/* A feed that was asked in vain: the next value. */
void json_parts_inquiry(const struct inquiry *q, struct json_out *j);
/* A date as YYYY-MM-DD, null for an open end: key and value. */
void json_parts_kdate(struct json_out *j, const char *key, int32_t day);

#endif
