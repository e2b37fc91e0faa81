/* Diagnostics as every JSON output of the program shows them. */
#ifndef BASE_DIAG_JSON_H
#define BASE_DIAG_JSON_H

#include "base/diag.h"
#include "base/json_out.h"

/*
 * Adds the array [{code, severity, path, line, column, message}] as the next
 * value, in the order of ds (diag_sort it first).  path, line and column are
 * null where they are not known.
 */
void diag_json_write(const struct diags *ds, struct json_out *j);

#endif
