/*
 * `ranwhence plan`: what the rules of a policy want out of service by when,
 * and what is left of the exposure until then.
 */
#include <stdio.h>

#include "assess/assess.h"
#include "assess/plan.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/setup.h"
#include "report/plan.h"

/* The exit status: `code`, or that it could not be written. */
static int write_plans(struct run *r, struct plan *plans, int code)
{
	struct report_plans in = {.scan = &r->scan, .plans = plans,
				  .n = r->verdicts.n,
				  .tool_version = PACKAGE_VERSION};
	bool is_json = opt_given(r->o, OPT_ID_json);
	struct report_style style;
	struct strbuf out;

	if (setup_style(r->o, true, &style))
		return EXIT_USAGE;
	strbuf_init(&out, 0);
	if (opt_given(r->o, OPT_ID_html))
		plan_html(&in, &out);
	else
		report_plans(&in, is_json ? NULL : &style, &out);
	code = setup_print(&out, code);
	strbuf_release(&out);
	return code;
}

/* 1 where a rule wants a product out before its end of life, 3 where that is
 * not known or something was not read. */
static int exit_code(const struct run *r, const struct plan *plans)
{
	bool is_incomplete = setup_exit(&r->scan.diags) == EXIT_INCOMPLETE;
	bool has_out = false, has_open = false, has_assets = false;

	for (size_t i = 0; i < r->verdicts.n; i++) {
		is_incomplete = is_incomplete ||
				plans[i].verdict->is_incomplete;
		for (size_t k = 0; k < plans[i].assets.n; k++) {
			has_assets = true;
			has_out = has_out ||
				  plans[i].assets.v[k].out.rule.n;
			has_open = has_open ||
				   plans[i].assets.v[k].open.rule.n;
		}
	}
	if (is_incomplete)
		return EXIT_INCOMPLETE;
	if (has_out)
		return EXIT_NOT_MET;
	if (!has_assets)
		return EXIT_NOTHING;
	return has_open ? EXIT_INCOMPLETE : EXIT_MET;
}

static int make_plans(struct run *r)
{
	struct plan *plans = mem_new(r->verdicts.n, sizeof *plans);
	int code;

	for (size_t i = 0; i < r->verdicts.n; i++)
		plan_make(&r->scan, &r->judgements.v[i].policy,
			  &r->verdicts.v[i], &plans[i]);
	code = exit_code(r, plans);
	code = write_plans(r, plans, code);
	for (size_t i = 0; i < r->verdicts.n; i++)
		plan_release(&plans[i]);
	free(plans);
	return code;
}

static int run_plan(const struct opts *o)
{
	struct run r = {.o = o};
	int code = EXIT_USAGE;

	if (opt_given(o, OPT_ID_html) && opt_given(o, OPT_ID_json)) {
		fputs("ranwhence: --html and --json: choose one\n", stderr);
		return EXIT_USAGE;
	}
	if (run_prepare(&r) || run_read(&r)) {
		setup_complain(&r.scan.diags, DIAG_WARNING);
	} else {
		progress_show(opt_given(o, OPT_ID_quiet), "judging", STR(""));
		run_judge(&r);
		progress_end(opt_given(o, OPT_ID_quiet));
		code = make_plans(&r);
	}
	run_release(&r);
	return code;
}

const struct command command_plan = {
	.name = "plan", .arguments = "TARGET...",
	.summary = "show what the rules want replaced by when",
	.bit = OPT_PLAN, .min_targets = 1, .is_confined = true,
	.run = run_plan,
};
