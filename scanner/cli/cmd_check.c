/* `ranwhence check`: what an SBOM lacks, by rulebook. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/target.h"
#include "extract/extract.h"

#define RULEBOOKS_MAX 16

struct run {
	struct scan scan;
	const struct rulebook *rulebooks[RULEBOOKS_MAX];
	size_t rulebooks_n;
};

/* Those asked for, or all. */
static enum err pick_rulebooks(struct run *r, const struct opts *o)
{
	const struct opt_values *asked = &o->given[OPT_ID_rulebook];

	for (size_t i = 0; i < asked->list.n && i < RULEBOOKS_MAX; i++) {
		const char *id = asked->list.v[i];

		r->rulebooks[i] = rulebook_find(str_c(id));
		if (r->rulebooks[i]) {
			r->rulebooks_n++;
			continue;
		}
		say("--rulebook=%s: not one of these:", id);
		for (size_t k = 0; k < rulebook_count; k++)
			say("  %s", rulebook_table[k].id);
		return ERR_CONFIG;
	}
	for (size_t i = 0; !asked->list.n && i < rulebook_count; i++)
		r->rulebooks[r->rulebooks_n++] = &rulebook_table[i];
	return OK;
}

/* Only rulebooks that were asked for can fail. */
static int outcome(const struct run *r, const struct opts *o)
{
	const struct documents *d = &r->scan.documents;
	int code = setup_exit(&r->scan.diags);

	if (!d->list.n)
		return code == EXIT_USAGE ? code : EXIT_NOTHING;
	if (code || !opt_given(o, OPT_ID_rulebook))
		return code;
	for (size_t i = 0; i < d->list.n; i++)
		for (size_t k = 0; k < r->rulebooks_n; k++)
			if (!rulebook_is_met(r->rulebooks[k], &d->list.v[i]))
				code = EXIT_NOT_MET;
	return code;
}

static int check(struct run *r, const struct opts *o,
		 const struct report_style *style)
{
	struct scan *s = &r->scan;
	struct report_checked c = {s, r->rulebooks, r->rulebooks_n};
	bool json = opt_given(o, OPT_ID_json);
	struct strbuf out;
	int code;

	strbuf_init(&out, 0);
	extract_link(s);
	if (!s->documents.list.n)
		diag_add(&s->diags, RW1007, diag_at(STR("")),
			 "no SBOM is among the targets");
	diag_sort(&s->diags);
	report_check(&c, json ? NULL : style, &out);
	if (!json && !opt_given(o, OPT_ID_quiet))
		setup_complain(&s->diags, DIAG_WARNING);
	code = outcome(r, o);
	code = setup_print(&out, code);
	strbuf_release(&out);
	return code;
}

static int run_check(const struct opts *o)
{
	struct target_options t = {.quiet = opt_given(o, OPT_ID_quiet)};
	struct run r = {.scan.documents.wants_elements = true};
	struct report_style style;
	int code = EXIT_USAGE;
	enum err e = setup_style(o, true, &style);

	if (!e)
		e = pick_rulebooks(&r, o);
	for (size_t i = 0; !e && i < o->targets.list.n; i++)
		e = target_add(&r.scan, o->targets.list.v[i], &t);
	if (e)
		setup_complain(&r.scan.diags, DIAG_WARNING);
	else
		code = check(&r, o, &style);
	scan_release(&r.scan);
	return code;
}

const struct command command_check = {
	.name = "check", .arguments = "SBOM...",
	.summary = "say which elements an SBOM lacks, by rulebook",
	.bit = OPT_CHECK, .min_targets = 1, .is_confined = true,
	.run = run_check,
};
