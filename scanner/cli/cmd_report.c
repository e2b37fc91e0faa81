/*
 * `ranwhence report`: every format of `scan`, later, from its JSON alone.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/outputs.h"
#include "cli/setup.h"
#include "store/report_in.h"

static int run_report(const struct opts *o)
{
	struct report_in r;
	struct diags ds = {0};
	int code = EXIT_USAGE;

	if (o->targets.list.n != 1) {
		fputs("ranwhence: report takes one JSON report\n", stderr);
		return EXIT_USAGE;
	}
	if (outputs_check(o))
		return EXIT_USAGE;
	if (!report_in_load(o->targets.list.v[0], &ds, &r)) {
		const struct report_input in = outputs_input(&r);

		code = outputs_write(o, &in, &ds) ? EXIT_INCOMPLETE : EXIT_MET;
	}
	setup_complain(&ds, DIAG_WARNING);
	report_in_release(&r);
	diag_release(&ds);
	return code;
}

const struct command command_report = {
	.name = "report", .arguments = "REPORT",
	.summary = "write a JSON report again in other formats",
	.bit = OPT_REPORT, .min_targets = 1, .is_confined = true,
	.run = run_report,
};
