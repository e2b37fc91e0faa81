/* `ranwhence policy`: checking, showing and listing policies. */
#include <stdio.h>

#include "assess/rules.h"
#include "assess/share.h"
#include "base/date.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/policies.h"
#include "cli/setup.h"
#include "report/paint.h"

/* Text in lines of 80 columns, the first from column `at` on; ends the line. */
static void wrap(struct strbuf *b, struct str s, size_t at, size_t indent)
{
	static const struct report_style style = {.columns = 80};
	struct paint p = {&style, b};

	paint_wrap(&p, s, at, indent);
}

static int say_sound(const struct policy *p, const char *name)
{
	printf("%s: sound, %zu rule%s\n", name, p->rules.n,
	       p->rules.n == 1 ? "" : "s");
	return 0;
}

static void write_list(struct strbuf *b, const char *label,
		       const struct str *v, size_t n)
{
	struct strbuf line;

	strbuf_init(&line, 0);
	strbuf_fmt(&line, "%s:", label);
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&line, "%s %.*s", i ? "," : "", STR_ARG(v[i]));
	strbuf_cstr(&line, n ? "" : " none");
	strbuf_cstr(b, "  ");
	wrap(b, strbuf_str(&line), 2, 4);
	strbuf_release(&line);
}

static void write_days(struct strbuf *b, const struct policy_rule *r)
{
	if (r->from != DATE_MIN) {
		strbuf_cstr(b, ", from ");
		date_write(b, r->from);
	}
	if (r->to != DATE_MAX) {
		strbuf_cstr(b, ", until ");
		date_write(b, r->to);
	}
}

static void write_rule(struct strbuf *b, const struct policy_rule *r)
{
	static const char *const unproven[] = {
		[UNPROVEN_WARN] = "", [UNPROVEN_FAIL] = ", unproven fails",
		[UNPROVEN_PASS] = ", unproven passes"};
	struct strbuf clause;

	strbuf_cstr(b, "  ");
	utf8_show(b, r->id);
	strbuf_cstr(b, ": ");
	wrap(b, r->title, 4 + utf8_width(r->id), 4);
	strbuf_fmt(b, "    %s", r->kind->name);
	if (r->has_axis)
		strbuf_fmt(b, " of %s", verdict_axis_name(r->axis));
	if (r->kind->takes & RULE_LIMIT) {
		strbuf_cstr(b, ", limit ");
		share_write(b, r->limit_bp);
	}
	strbuf_fmt(b, ", %s%s", policy_severity_name(r->severity),
		   unproven[r->unproven]);
	write_days(b, r);
	strbuf_cstr(b, "\n    ");
	strbuf_init(&clause, 0);
	strbuf_add(&clause, r->clause);
	strbuf_cstr(&clause, r->is_confirmed ? "" : " (to be confirmed)");
	wrap(b, strbuf_str(&clause), 4, 4);
	strbuf_release(&clause);
}

/* The policy as it is judged by, whatever it extends. */
static int show(const struct policy *p, const char *name)
{
	struct arena a = {0};
	struct strbuf b;

	(void)name;
	strbuf_init(&b, 0);
	utf8_show(&b, p->name);
	strbuf_cstr(&b, ": ");
	wrap(&b, p->title, 2 + utf8_width(p->name), 2);
	strbuf_cstr(&b, "  ");
	wrap(&b, arena_fmt(&a, "text: %.*s, %.*s (%.*s), %.*s",
			   STR_ARG(p->text_title), STR_ARG(p->text_date),
			   STR_ARG(p->text_status),
			   STR_ARG(p->text_source)), 2, 4);
	strbuf_fmt(&b, "  sha256: %.*s\n", STR_ARG(p->sha256));
	write_list(&b, "jurisdictions", p->concern.jurisdictions,
		   p->concern.jurisdictions_n);
	write_list(&b, "lists", p->concern.lists, p->concern.lists_n);
	strbuf_cstr(&b, "  rungs:");
	for (size_t i = 0; i < p->rungs_n; i++)
		strbuf_fmt(&b, " %s", ladder_rung_name(p->rungs[i]));
	strbuf_cstr(&b, "\n  axes:");
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (p->axis_weights[i])
			strbuf_fmt(&b, " %s %d",
				   verdict_axis_name((enum axis)i),
				   p->axis_weights[i]);
	strbuf_ch(&b, '\n');
	for (size_t i = 0; i < p->rules.n; i++)
		write_rule(&b, &p->rules.v[i]);
	fwrite(b.p, 1, b.n, stdout);
	strbuf_release(&b);
	arena_release(&a);
	return 0;
}

static int each(const struct opts *o,
		int (*with)(const struct policy *p, const char *name))
{
	struct diags ds = {0};
	struct arena a = {0};
	int code = 0;

	for (size_t i = 1; i < o->targets.list.n; i++) {
		const char *name = o->targets.list.v[i];
		struct policy p;

		if (setup_policy(name, &a, &ds, &p)) {
			code = EXIT_USAGE;
			continue;
		}
		with(&p, name);
		policy_release(&p);
	}
	setup_complain(&ds, DIAG_WARNING);
	diag_release(&ds);
	arena_release(&a);
	return code;
}

static int run_policy(const struct opts *o)
{
	struct str what = str_c(o->targets.list.v[0]);

	if (str_is(what, "list") && o->targets.list.n == 1)
		return policies_list();
	if (str_is(what, "check") && o->targets.list.n > 1)
		return each(o, say_sound);
	if (str_is(what, "show") && o->targets.list.n > 1)
		return each(o, show);
	fputs("usage: ranwhence policy list\n"
	      "       ranwhence policy check|show NAME|FILE...\n", stderr);
	return EXIT_USAGE;
}

const struct command command_policy = {
	.name = "policy", .arguments = "list | check|show NAME|FILE...",
	.summary = "check, show or list policies",
	.bit = OPT_POLICY, .min_targets = 1, .run = run_policy,
};
