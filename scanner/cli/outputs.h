/* The reports that --output asks for: `scan` and `report` write them. */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include "cli/opt.h"
#include "report/report.h"
#include "store/report_in.h"

/* Are they formats that exist, each to a file of its own?  ERR_CONFIG after
 * messages. */
NODISCARD enum err outputs_check(const struct opts *o);
/* Writes them; text to standard output where none is asked for. */
NODISCARD enum err outputs_write(const struct opts *o,
				 const struct report_input *in,
				 struct diags *ds);
/* What was read back, as what reporters write from. */
struct report_input outputs_input(const struct report_in *r);

#endif
