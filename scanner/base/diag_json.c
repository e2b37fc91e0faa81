/* Diagnostics as JSON. */
#include "base/diag_json.h"

static void write_number(struct json_out *j, const char *key, unsigned n)
{
	json_out_ki64_or_null(j, key, n ? (int64_t)n : -1);
}

void diag_json_write(const struct diags *ds, struct json_out *j)
{
	json_out_array(j);
	for (size_t i = 0; i < ds->kept.n; i++) {
		const struct diag *d = &ds->kept.v[i];

		json_out_object(j);
		json_out_kstr(j, "code", str_c(diag_name(d->code)));
		json_out_kstr(j, "severity", str_c(diag_severity_name(
						diag_severity(d->code))));
		json_out_kstr_or_null(j, "path", d->place.path);
		write_number(j, "line", d->place.line);
		write_number(j, "column", d->place.column);
		json_out_kstr(j, "message", d->message);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}
