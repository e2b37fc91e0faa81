/* The table of reporters. */
#include "report/report.h"

#define ENTRY(id) &report_##id,
const struct reporter *const report_table[] = {REPORTERS(ENTRY)};
#undef ENTRY
const size_t report_count = sizeof report_table / sizeof *report_table;

const struct reporter *report_find(struct str name)
{
	for (size_t i = 0; i < report_count; i++)
		if (str_is(name, report_table[i]->name))
			return report_table[i];
	return NULL;
}
