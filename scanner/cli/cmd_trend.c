/* `ranwhence trend`: reports over time. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/periods.h"
#include "cli/setup.h"
#include "report/trend.h"

static enum err follow(const struct opts *o,
		       const struct report_file *reports, struct diags *ds,
		       struct strbuf *out)
{
	struct report_style style;
	struct trend t = {0};
	enum err e = setup_style(o, true, &style);

	if (!e)
		e = trend_make(reports, o->targets.list.n, ds, &t);
	if (!e && opt_given(o, OPT_ID_json))
		trend_json(&t, PACKAGE_VERSION, out);
	else if (!e && opt_given(o, OPT_ID_html))
		trend_html(&t, PACKAGE_VERSION, out);
	else if (!e)
		trend_text(&t, PACKAGE_VERSION, &style, out);
	trend_release(&t);
	return e;
}

static int run_trend(const struct opts *o)
{
	size_t n = o->targets.list.n;
	struct report_file *reports;
	struct diags ds = {0};
	struct strbuf out;
	int code = EXIT_USAGE;
	enum err e = OK;

	if (opt_given(o, OPT_ID_html) && opt_given(o, OPT_ID_json)) {
		fputs("ranwhence: --html and --json: choose one\n", stderr);
		return EXIT_USAGE;
	}
	if (opt_given(o, OPT_ID_by))
		return periods_run(o);
	reports = mem_new(n, sizeof *reports);
	strbuf_init(&out, 0);
	for (size_t i = 0; i < n; i++)
		if (report_file_load(o->targets.list.v[i], &ds, &reports[i]))
			e = ERR_CONFIG;
	if (!e && !follow(o, reports, &ds, &out))
		code = setup_print(&out, 0);
	setup_complain(&ds, DIAG_WARNING);
	for (size_t i = 0; i < n; i++)
		report_file_release(&reports[i]);
	free(reports);
	strbuf_release(&out);
	diag_release(&ds);
	return code;
}

const struct command command_trend = {
	.name = "trend", .arguments = "REPORT...|TARGET...",
	.summary = "show reports, or with --by a history, over time",
	.bit = OPT_TREND, .min_targets = 1, .is_confined = true,
	.run = run_trend,
};
