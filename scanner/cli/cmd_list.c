/* `ranwhence list`: the tables of the program. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/policies.h"
#include "extract/extract.h"
#include "model/code_scope.h"
#include "model/line_class.h"
#include "report/report.h"

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

/* The table in its order, and the numbers that go with it. */
static int list_classes(void)
{
	static const char *const where[] = {
		[LINE_IN_FOLDER] = "a folder is called",
		[LINE_IN_NAME] = "the file is called",
		[LINE_IN_TEXT] = "its first 1,024 bytes hold"};

	printf("# table %d; of a commit at most %d lines of class source "
	       "weigh; an import\n# adds more than %d lines in new files\n",
	       LINE_CLASS_VERSION, LINE_CLASS_CAP, LINE_CLASS_IMPORT);
	for (size_t i = 0; i < line_class_rules_n; i++)
		printf("%-22s %s %s\n",
		       line_class_name(line_class_rules[i].class),
		       where[line_class_rules[i].where],
		       line_class_rules[i].pattern);
	printf("%-22s it is a table of numbers\n%-22s anything else\n",
	       line_class_name(LINE_DATA), line_class_name(LINE_SOURCE));
	return 0;
}

static int list_scopes(void)
{
	printf("# table %d; anything else is runtime\n", CODE_SCOPE_VERSION);
	for (size_t i = 0; i < code_scope_rules_n; i++) {
		const struct code_scope_rule *r = &code_scope_rules[i];

		printf("%-22s %s is called %s\n",
		       component_scope_name(r->scope),
		       r->is_folder ? "a folder" : "the file", r->pattern);
	}
	return 0;
}

static int run_list(const struct opts *o)
{
	static const struct {
		const char *what;
		int (*list)(void);
	} tables[] = {
		{"classes", list_classes}, {"extractors", list_extractors},
		{"policies", policies_list}, {"reporters", list_reporters},
		{"scopes", list_scopes}};
	struct str what = str_c(o->targets.list.v[0]);

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (o->targets.list.n == 1 && str_is(what, tables[i].what))
			return tables[i].list();
	fputs("usage: ranwhence list classes|extractors|policies|reporters|"
	      "scopes\n", stderr);
	return EXIT_USAGE;
}

const struct command command_list = {
	.name = "list",
	.arguments = "classes|extractors|policies|reporters|scopes",
	.summary = "list what the program has of a kind",
	.bit = OPT_LIST, .min_targets = 1, .run = run_list,
};
