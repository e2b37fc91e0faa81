/* `ranwhence list`: the tables of the program. */
#include <stdio.h>

#include "base/utf8.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "extract/extract.h"
#include "model/code_scope.h"
#include "model/line_class.h"
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

/* One line, as wide as a terminal is; `policy show` tells all. */
static void write_policy(struct str name, struct str title)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	utf8_show_cut(&b, name, 30);
	strbuf_pad(&b, ' ', name.n < 17 ? 18 - name.n : 1);
	utf8_show_cut(&b, title, 80 - b.n);
	strbuf_ch(&b, '\n');
	fwrite(b.p, 1, b.n, stdout);
	strbuf_release(&b);
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
			write_policy(name, p.title);
			policy_release(&p);
		}
	}
	setup_complain(&ds, DIAG_ERROR);
	diag_release(&ds);
	return setup_exit(&ds);
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
		{"policies", list_policies}, {"reporters", list_reporters},
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
