/* `ranwhence why`: the whole way of one claim of a report. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/outputs.h"
#include "cli/setup.h"
#include "report/why.h"
#include "store/report_in.h"

#define CANDIDATES 40

/* Says on standard error what else may be meant. */
static void complain(const struct report_input *in, const char *query,
		     struct why_subjects *s)
{
	size_t more = s->list.n > CANDIDATES ? s->list.n - CANDIDATES : 0;
	struct strbuf b;

	strbuf_init(&b, 0);
	if (!s->list.n)
		strbuf_fmt(&b, "ranwhence: the report knows no component, "
			       "organisation or rule like this\n");
	else
		strbuf_fmt(&b, "ranwhence: '%s' %s:\n", query,
			   s->is_exact ? "means more than one"
				       : "is not one by itself; alike are");
	s->list.n -= more;
	why_candidates(in, s, &b);
	if (more)
		strbuf_fmt(&b, "  and %zu more\n", more);
	fwrite(b.p, 1, b.n, stderr);
	strbuf_release(&b);
}

static int answer(const struct opts *o, const struct report_in *r)
{
	const struct report_input in = outputs_input(r);
	const char *query = o->targets.list.v[0];
	struct report_style style;
	struct why_subjects s;
	struct strbuf out;
	int code = EXIT_USAGE;

	if (setup_style(o, true, &style))
		return EXIT_USAGE;
	why_find(&in, str_c(query), &s);
	strbuf_init(&out, 0);
	if (s.list.n == 1 && in.verdicts_n) {
		why_write(&in, &s.list.v[0],
			  opt_given(o, OPT_ID_json) ? NULL : &style, &out);
		code = setup_print(&out, EXIT_MET);
	} else {
		complain(&in, query, &s);
	}
	strbuf_release(&out);
	vec_release(&s.list);
	return code;
}

static int run_why(const struct opts *o)
{
	struct diags ds = {0};
	struct report_in r;
	int code = EXIT_USAGE;

	if (o->targets.list.n != 2) {
		fputs("ranwhence: why takes a name and a JSON report\n",
		      stderr);
		return EXIT_USAGE;
	}
	if (!report_in_load(o->targets.list.v[1], &ds, &r))
		code = answer(o, &r);
	setup_complain(&ds, DIAG_WARNING);
	report_in_release(&r);
	diag_release(&ds);
	return code;
}

const struct command command_why = {
	.name = "why", .arguments = "COMPONENT|ORGANISATION|RULE REPORT",
	.summary = "show the whole way of one claim of a JSON report",
	.bit = OPT_WHY, .min_targets = 2, .is_confined = true,
	.run = run_why,
};
