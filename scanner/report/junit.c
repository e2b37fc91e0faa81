/*
 * JUnit XML as Jenkins and GitLab read it: a suite for each policy, a case
 * for each rule.  A rule that fails the run is a failure, one that is
 * unproven an error, one that does not apply or is set aside is skipped.
 */
#include "report/escape.h"
#include "report/report.h"

static void attribute(struct strbuf *out, const char *name, struct str value)
{
	strbuf_fmt(out, " %s=\"", name);
	escape_xml(out, value);
	strbuf_ch(out, '"');
}

/* The element in a case, or NULL where the rule is met. */
static const char *element_of(const struct finding *f)
{
	if (f->gate == RULE_NOT_MET)
		return "failure";
	if (f->gate == RULE_UNPROVEN)
		return "error";
	return f->aside != ASIDE_NONE || f->state == RULE_NOT_APPLICABLE
	       ? "skipped" : NULL;
}

static size_t count(const struct verdict *v, const char *element)
{
	size_t n = 0;

	for (size_t i = 0; i < v->findings.n; i++) {
		const char *has = element_of(&v->findings.v[i]);

		n += has && str_is(str_c(has), element);
	}
	return n;
}

static void write_case(const struct verdict *v, const struct finding *f,
		       struct strbuf *out)
{
	const char *element = element_of(f);

	strbuf_cstr(out, "    <testcase");
	attribute(out, "classname", v->policy);
	attribute(out, "name", f->rule);
	if (!element) {
		strbuf_cstr(out, " time=\"0\"/>\n");
		return;
	}
	strbuf_fmt(out, " time=\"0\">\n      <%s", element);
	attribute(out, "message", f->title);
	if (!str_is(str_c(element), "skipped"))
		attribute(out, "type", f->severity);
	strbuf_ch(out, '>');
	escape_xml(out, str_c(verdict_state_name(f->state)));
	if (f->aside != ASIDE_NONE)
		strbuf_fmt(out, ", %s", verdict_aside_name(f->aside));
	strbuf_cstr(out, ": ");
	escape_xml(out, f->reason);
	strbuf_cstr(out, " (");
	escape_xml(out, f->clause);
	strbuf_fmt(out, ")</%s>\n    </testcase>\n", element);
}

static void write_counts(const struct verdict *v, struct strbuf *out)
{
	strbuf_fmt(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
			"skipped=\"%zu\" time=\"0\">\n", v->findings.n,
		   count(v, "failure"), count(v, "error"),
		   count(v, "skipped"));
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	(void)style;
	strbuf_cstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<testsuites name=\"ranwhence\">\n");
	for (size_t i = 0; i < in->verdicts_n; i++) {
		const struct verdict *v = &in->verdicts[i];

		strbuf_cstr(out, "  <testsuite");
		attribute(out, "name", v->policy);
		write_counts(v, out);
		for (size_t k = 0; k < v->findings.n; k++)
			write_case(v, &v->findings.v[k], out);
		strbuf_cstr(out, "  </testsuite>\n");
	}
	strbuf_cstr(out, "</testsuites>\n");
}

const struct reporter report_junit = {
	.name = "junit", .summary = "JUnit XML: a case for each rule",
	.write = write,
};
