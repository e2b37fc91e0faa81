/* `ranwhence components`: what a target declares, without a judgement. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/setup.h"
#include "cli/target.h"
#include "extract/extract.h"
#include "history/history.h"
#include "resolve/resolve.h"
#include "store/facts_store.h"

/* That there is nothing is another thing than that it was not read. */
static int exit_code(const struct scan *s)
{
	const struct diags *ds = &s->diags;
	int code = setup_exit(ds);
	bool is_lost = false;

	for (size_t i = 0; i < ds->kept.n; i++) {
		enum diag_code c = ds->kept.v[i].code;

		is_lost |= diag_effect(c) == DIAG_INCOMPLETE && c != RW1007 &&
			   c != RW1209;
	}
	if (code == EXIT_INCOMPLETE && !is_lost &&
	    (!s->parts.components.n || ds->counts[RW1007]))
		return EXIT_NOTHING;
	return code;
}

static int run_components(const struct opts *o)
{
	struct target_options t = {.quiet = opt_given(o, OPT_ID_quiet),
				   .verbose = opt_verbose(o)};
	bool json = opt_given(o, OPT_ID_json);
	struct report_style style;
	struct store *store = NULL;
	struct facts facts = {0};
	struct scan s = {.facts = &facts};
	struct strbuf out;
	int code = EXIT_USAGE;
	enum err e = setup_style(o, true, &style);

	strbuf_init(&out, 0);
	/* where packages come from, and which addresses are mirrors */
	if (!e) {
		store = setup_store(o, &s.diags);
		e = setup_facts(o, store, NULL, &facts, &s.diags);
	}
	t.store = store;
	for (size_t i = 0; !e && i < o->targets.list.n; i++)
		e = target_add(&s, o->targets.list.v[i], &t);
	if (e) {
		setup_complain(&s.diags, DIAG_WARNING);
		goto done;
	}
	extract_link(&s);
	resolve_scan(&s);
	diag_sort(&s.diags);
	report_components(&s, json, &style, &out);
	if (!json && !t.quiet)
		setup_complain(&s.diags, DIAG_WARNING);
	code = setup_print(&out, exit_code(&s));
done:
	strbuf_release(&out);
	scan_release(&s);
	facts_store_release(&facts);
	store_close(store);
	return code;
}

const struct command command_components = {
	.name = "components", .arguments = "TARGET...",
	.summary = "list the components that a target declares",
	.bit = OPT_COMPONENTS, .min_targets = 1, .is_confined = true,
	.run = run_components,
};
