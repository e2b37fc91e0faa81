/* `ranwhence list`: the tables of the program. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/setup.h"
#include "extract/extract.h"
#include "store/bundle.h"

static int list_extractors(void)
{
	for (size_t i = 0; i < extract_count; i++)
		printf("%-22s %s\n", extract_table[i]->name,
		       extract_table[i]->summary);
	return 0;
}

static int list_reporters(void)
{
	for (size_t i = 0; i < report_count; i++)
		printf("%-22s %s\n", report_table[i]->name,
		       report_table[i]->summary);
	return 0;
}

static int list_policies(void)
{
	const struct bundle_file *f;
	size_t n = bundle_list("policies/", &f);
	struct diags ds = {0};

	for (size_t i = 0; i < n; i++) {
		struct str name = str_from(str_c(f[i].path), 9);
		struct policy p;

		name = str_head(name, str_find(name, STR(".yaml")));
		if (!policy_parse(str_n((const char *)f[i].data, f[i].size),
				  str_c(f[i].path), &ds, &p)) {
			printf("%-22.*s %.*s\n", STR_ARG(name),
			       STR_ARG(p.title));
			policy_release(&p);
		}
	}
	setup_complain(&ds, DIAG_ERROR);
	diag_release(&ds);
	return setup_exit(&ds);
}

static int run_list(const struct opts *o)
{
	struct str what = str_c(o->targets.list.v[0]);

	if (o->targets.list.n == 1 && str_is(what, "extractors"))
		return list_extractors();
	if (o->targets.list.n == 1 && str_is(what, "policies"))
		return list_policies();
	if (o->targets.list.n == 1 && str_is(what, "reporters"))
		return list_reporters();
	fputs("usage: ranwhence list extractors|policies|reporters\n",
	      stderr);
	return EXIT_USAGE;
}

const struct command command_list = {
	.name = "list", .arguments = "extractors|policies|reporters",
	.summary = "list what the program has of a kind",
	.bit = OPT_LIST, .min_targets = 1, .run = run_list,
};
