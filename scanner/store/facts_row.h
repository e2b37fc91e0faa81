/*
 * One row of a facts file: from fields to a fact, checked.  What a row says
 * of other rows (ids that must exist) is checked when all are in.
 */
#ifndef STORE_FACTS_ROW_H
#define STORE_FACTS_ROW_H

#include "model/facts.h"

/* The columns, in their order. */
#define FACTS_COLUMNS(X) \
	X(COLUMN_KIND, "kind") X(COLUMN_SUBJECT, "subject") \
	X(COLUMN_OBJECT, "object") X(COLUMN_VALUE, "value") \
	X(COLUMN_FROM, "from") X(COLUMN_TO, "to") \
	X(COLUMN_SOURCE, "source") X(COLUMN_SPEAKS_FOR, "speaks_for") \
	X(COLUMN_READ, "read") X(COLUMN_CONFIDENCE, "confidence") \
	X(COLUMN_STATE, "state") X(COLUMN_NOTE, "note")
#define COLUMN_ENUM(id, name) id,
enum facts_column { FACTS_COLUMNS(COLUMN_ENUM) COLUMN_COUNT };
#undef COLUMN_ENUM

/* Are these the names of the columns? */
bool facts_row_is_header(const struct str *fields, size_t n);
/*
 * Fills *ret and *ret_evidence from COLUMN_COUNT fields (file, line,
 * is_assumed and the organisations are left).  NULL, or what is wrong as the
 * end of a sentence, with the column in *ret_column.
 */
const char *facts_row_parse(const struct str *fields, struct fact *ret,
			    struct fact_evidence *ret_evidence,
			    enum facts_column *ret_column);
/* Is it an LEI, check digits and all (ISO 17442)? */
bool facts_row_is_lei(struct str s);
/* Is it a text as a column may hold it: UTF-8 without control characters, at
 * most LIMIT_NAME_BYTES?  NULL, or what is wrong. */
const char *facts_row_check_text(struct str s);
/* Takes the next id off a list joined by ';'; false at the end. */
bool facts_row_next_source(struct str *rest, struct str *ret_id);

#endif
