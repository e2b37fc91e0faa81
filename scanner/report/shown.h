/* How far it is shown who wrote commits: how many stand on each rung of
 * model/authorship.h, as a sentence and as JSON. */
#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include "base/json_out.h"
#include "base/strbuf.h"
#include "model/used.h"
#include "model/verdict.h"

/* "1 proven by key, 2 signed off, 3 consistent, 4 only claimed", ASCII. */
void shown_sentence(const uint64_t n[AUTHORSHIP_COUNT], struct strbuf *b);
/* The same of the history of a component, with how many there are; false
 * where none is known. */
bool shown_component(const struct used *u, size_t digest, struct strbuf *b);
/* The same of the commits that bear addresses of organisations of concern;
 * false where there are none, or no history tells. */
bool shown_concern(const struct used *u, const struct verdict *v,
		   struct strbuf *b);
/* The member "authorship" of a history. */
void shown_json(const struct used_digest *d, struct json_out *j);
/* That of one host of it. */
void shown_json_host(const struct used_digest *d, const struct used_host *h,
		     struct json_out *j);

#endif
