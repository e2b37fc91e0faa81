/*
 * The file format of parts (cli/part.h): a head with the key, records, an end
 * with a checksum; and the diagnostics that stand in it, of which what lies in
 * the repository or folder is named without the way there.
 */
#ifndef CLI_PART_RECORD_H
#define CLI_PART_RECORD_H

#include "base/diag.h"
#include "base/strbuf.h"

#define PART_FIELDS 6

struct part_record {
	struct str name, fields[PART_FIELDS];
	size_t n;
};

/* Adds the head of a part. */
void part_record_begin(struct str key, struct strbuf *to);
/* Adds a record. */
void part_record_put(struct strbuf *to, const char *name,
		     const struct str *fields, size_t n);
/* Adds what was told about what is at `path`. */
void part_record_put_told(const struct diags *told, struct str path,
			  struct strbuf *to);
/* Adds the end of the part that begins at `from`. */
void part_record_put_end(struct strbuf *to, size_t from);
/* What stands between head and end; false when those are not sound. */
NODISCARD bool part_record_body(struct str bytes, struct str key,
				struct str *ret);
/* Takes the next record off; false at the end or where it is not one. */
NODISCARD bool part_record_next(struct str *rest, struct part_record *r);
/* Takes off the records that part_record_put_told adds, up to one of another
 * name or to the end; false when one is not sound. */
NODISCARD bool part_record_get_told(struct str *rest, struct str path,
				    struct diags *told);

#endif
