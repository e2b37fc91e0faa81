/*
 * `ranwhence scan`: the main job.  Targets are read, resolved and attributed
 * once; then each policy judges, and the reports are written.
 */
#include "assess/assess.h"
#include "cli/command.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/setup.h"
#include "cli/worker.h"

static enum err write_reports(struct run *r)
{
	const struct report_input in = {
		.scan = &r->scan, .verdicts = r->verdicts.v,
		.verdicts_n = r->verdicts.n, .waivers = &r->waivers,
		.baseline = str_c(opt_value(r->o, OPT_ID_baseline)),
		.baseline_as_of = r->baseline.as_of,
		.fail_on = str_c(opt_value(r->o, OPT_ID_fail_on)),
		.facts_key = setup_facts_key(r->o, &r->scan.arena),
		.sandbox = sandbox_level_name(worker_level(r->o)),
		.tool_version = PACKAGE_VERSION};

	return outputs_write(r->o, &in, &r->scan.diags);
}

static int run_scan(const struct opts *o)
{
	struct run r = {.o = o};
	int code = EXIT_USAGE;

	if (outputs_check(o) || run_prepare(&r) || run_read(&r)) {
		setup_complain(&r.scan.diags, DIAG_WARNING);
		goto out;
	}
	progress_show(opt_given(o, OPT_ID_quiet), "judging", STR(""));
	run_judge(&r);
	progress_end(opt_given(o, OPT_ID_quiet));
	code = assess_exit_code(&r.scan, r.verdicts.v, r.verdicts.n);
	if (write_reports(&r)) {
		setup_complain(&r.scan.diags, DIAG_ERROR);
		code = EXIT_INCOMPLETE;
	}
out:
	run_release(&r);
	return code;
}

const struct command command_scan = {
	.name = "scan", .arguments = "TARGET...",
	.summary = "scan repositories, folders, SBOMs or a stack and judge",
	.bit = OPT_SCAN, .min_targets = 1, .is_confined = true,
	.run = run_scan,
};
