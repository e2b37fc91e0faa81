/* `ranwhence compare`: reports of bids or releases side by side. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/setup.h"
#include "report/compare.h"

#define MOST 26 /* a letter each */

static enum err load(const struct opts *o, struct report_file *reports,
		     struct diags *ds)
{
	enum err e = OK;

	for (size_t i = 0; i < o->targets.list.n; i++)
		if (report_file_load(o->targets.list.v[i], ds, &reports[i]))
			e = ERR_CONFIG;
	return e;
}

static enum err compare(const struct opts *o,
			const struct report_file *reports, struct diags *ds,
			struct strbuf *out)
{
	struct report_style style;
	struct compare c = {0};
	enum err e = setup_style(o, true, &style);

	if (!e)
		e = compare_make(reports, o->targets.list.n, ds, &c);
	if (!e && opt_given(o, OPT_ID_json))
		compare_json(&c, PACKAGE_VERSION, out);
	else if (!e && opt_given(o, OPT_ID_html))
		compare_html(&c, PACKAGE_VERSION, out);
	else if (!e)
		compare_text(&c, PACKAGE_VERSION, &style, out);
	compare_release(&c);
	return e;
}

static int run_compare(const struct opts *o)
{
	struct report_file reports[MOST] = {0};
	struct diags ds = {0};
	struct strbuf out;
	int code = EXIT_USAGE;

	if (o->targets.list.n > MOST) {
		fprintf(stderr, "ranwhence: compare takes at most %d "
				"reports\n", MOST);
		return EXIT_USAGE;
	}
	if (opt_given(o, OPT_ID_html) && opt_given(o, OPT_ID_json)) {
		fputs("ranwhence: --html and --json: choose one\n", stderr);
		return EXIT_USAGE;
	}
	strbuf_init(&out, 0);
	if (!load(o, reports, &ds) && !compare(o, reports, &ds, &out))
		code = setup_print(&out, 0);
	setup_complain(&ds, DIAG_WARNING);
	for (size_t i = 0; i < o->targets.list.n; i++)
		report_file_release(&reports[i]);
	strbuf_release(&out);
	diag_release(&ds);
	return code;
}

const struct command command_compare = {
	.name = "compare", .arguments = "REPORT REPORT...",
	.summary = "show JSON reports of bids or releases side by side",
	.bit = OPT_COMPARE, .min_targets = 2, .is_confined = true,
	.run = run_compare,
};
