/* What the JSON report rests on: histories, and the records of facts. */
#ifndef REPORT_JSON_RECORDS_H
#define REPORT_JSON_RECORDS_H

#include "base/json_out.h"
#include "report/cited.h"

/* "digests": [...] as the next member. */
void json_records_digests(const struct scan *s, const struct cited *c,
			  struct json_out *j);
/* "supply": [...] of all components: who supplies them, by which record. */
void json_records_supply(const struct scan *s, const struct cited *c,
			 struct json_out *j);
/* "asked": [...]: which feeds were asked about what is not known. */
void json_records_inquiries(const struct scan *s, struct json_out *j);
/* "assertions_key", "assertions" and "facts" as the next members. */
void json_records_facts(const struct facts *f, const struct cited *c,
			struct str key, struct json_out *j);
/* "diagnostics", "diagnostics_dropped" and "dropped" as the next members. */
void json_records_diagnostics(const struct diags *ds, struct json_out *j);

#endif
