/*
 * SARIF 2.1.0 (OASIS, 27 March 2020) with the limits of GitHub's code
 * scanning: at most 5,000 results, fingerprints that survive a change of
 * line.  What is waived carries a suppression, and what the baseline had is
 * "unchanged".
 */
#include "base/json_out.h"
#include "report/escape.h"
#include "report/issues.h"

static const char *const levels[] = {
	[ISSUE_NOTE] = "note", [ISSUE_WARNING] = "warning",
	[ISSUE_ERROR] = "error"};

static void ktext(struct json_out *j, const char *key, struct str text)
{
	json_out_key(j, key);
	json_out_object(j);
	json_out_kstr(j, "text", text);
	json_out_object_end(j);
}

static struct str rule_id(const struct verdict *v, const struct finding *f,
			  struct arena *a)
{
	return arena_fmt(a, "%.*s/%.*s", STR_ARG(v->policy),
			 STR_ARG(f->rule));
}

static void write_rule(const struct verdict *v, const struct finding *f,
		       struct arena *a, struct json_out *j)
{
	bool is_grave = str_is(f->severity, "high") ||
			str_is(f->severity, "critical");

	json_out_object(j);
	json_out_kstr(j, "id", rule_id(v, f, a));
	json_out_kstr(j, "name", f->rule);
	ktext(j, "shortDescription", f->title);
	ktext(j, "fullDescription",
	      arena_fmt(a, "%.*s; %.*s", STR_ARG(v->text_version),
			STR_ARG(f->clause)));
	json_out_key(j, "defaultConfiguration");
	json_out_object(j);
	json_out_kstr(j, "level", str_c(is_grave ? "error" : "warning"));
	json_out_object_end(j);
	json_out_key(j, "properties");
	json_out_object(j);
	json_out_kstr(j, "policy", v->policy);
	json_out_kstr(j, "kind", f->kind);
	json_out_kstr(j, "severity", f->severity);
	json_out_key(j, "tags");
	json_out_array(j);
	json_out_str(j, STR("supply-chain"));
	json_out_str(j, v->policy);
	json_out_array_end(j);
	json_out_object_end(j);
	json_out_object_end(j);
}

static void write_driver(const struct report_input *in, struct arena *a,
			 struct json_out *j)
{
	json_out_key(j, "tool");
	json_out_object(j);
	json_out_key(j, "driver");
	json_out_object(j);
	json_out_kstr(j, "name", STR("ranwhence"));
	json_out_kstr(j, "version", str_c(in->tool_version));
	json_out_key(j, "rules");
	json_out_array(j);
	for (size_t i = 0; i < in->verdicts_n; i++)
		for (size_t k = 0; k < in->verdicts[i].findings.n; k++)
			write_rule(&in->verdicts[i],
				   &in->verdicts[i].findings.v[k], a, j);
	json_out_array_end(j);
	json_out_object_end(j);
	json_out_object_end(j);
}

/* Paths relative to the root of the repository; absolute ones and addresses of
 * repositories as they are. */
static void write_location(struct evidence at, struct arena *a,
			   struct json_out *j)
{
	const struct str https = STR("https://");
	bool is_url = str_has_prefix(at.path, https);
	bool is_absolute = is_url || str_has_prefix(at.path, STR("/"));
	struct strbuf uri;

	strbuf_init(&uri, 0);
	strbuf_cstr(&uri, is_url ? "https://" : is_absolute ? "file://" : "");
	escape_uri(&uri, str_from(at.path, is_url ? https.n : 0));
	json_out_object(j);
	json_out_key(j, "physicalLocation");
	json_out_object(j);
	json_out_key(j, "artifactLocation");
	json_out_object(j);
	json_out_kstr(j, "uri", arena_dup(a, strbuf_str(&uri)));
	if (!is_absolute)
		json_out_kstr(j, "uriBaseId", STR("%SRCROOT%"));
	json_out_object_end(j);
	if (at.line) {
		json_out_key(j, "region");
		json_out_object(j);
		json_out_ki64(j, "startLine", at.line);
		json_out_object_end(j);
	}
	json_out_object_end(j);
	json_out_object_end(j);
	strbuf_release(&uri);
}

/* The components by which it comes into the product. */
static void write_related(const struct report_input *in,
			  const struct issue *x, struct arena *a,
			  struct json_out *j)
{
	size_t at = x->component == SIZE_MAX ? SIZE_MAX
		    : x->verdict->scores.v[x->component].parent;

	json_out_key(j, "relatedLocations");
	json_out_array(j);
	for (unsigned n = 0; at != SIZE_MAX && n < 100; n++) {
		const struct component *c =
			&in->scan->parts.components.v[at];

		write_location(c->evidence.v[0], a, j);
		at = x->verdict->scores.v[at].parent;
	}
	json_out_array_end(j);
}

static void write_suppressions(const struct report_input *in,
			       const struct finding *f, struct json_out *j)
{
	json_out_key(j, "suppressions");
	json_out_array(j);
	for (size_t i = 0; f->aside == ASIDE_WAIVED && i < f->waivers.n;
	     i++) {
		json_out_object(j);
		json_out_kstr(j, "kind", STR("external"));
		json_out_kstr(j, "status", STR("accepted"));
		json_out_kstr(j, "justification",
			      in->waivers->list.v[f->waivers.v[i]].reason);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void write_result(const struct report_input *in,
			 const struct issue *x, struct arena *a,
			 struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "ruleId", rule_id(x->verdict, x->finding, a));
	json_out_kstr(j, "level", str_c(levels[x->level]));
	ktext(j, "message", x->message);
	json_out_key(j, "locations");
	json_out_array(j);
	write_location(x->at, a, j);
	json_out_array_end(j);
	write_related(in, x, a, j);
	json_out_key(j, "partialFingerprints");
	json_out_object(j);
	json_out_kstr(j, "ranwhence/v1", x->fingerprint);
	json_out_object_end(j);
	if (in->baseline.n)
		json_out_kstr(j, "baselineState",
			      x->finding->aside == ASIDE_KNOWN
			      ? STR("unchanged") : STR("new"));
	write_suppressions(in, x->finding, j);
	json_out_key(j, "properties");
	json_out_object(j);
	json_out_kstr(j, "state",
		      str_c(verdict_state_name(x->finding->state)));
	json_out_kstr(j, "gate", str_c(verdict_state_name(x->finding->gate)));
	json_out_object_end(j);
	json_out_object_end(j);
}

static void write_notification(const struct diag *d, struct arena *a,
			       struct json_out *j)
{
	json_out_object(j);
	json_out_key(j, "descriptor");
	json_out_object(j);
	json_out_kstr(j, "id", str_c(diag_name(d->code)));
	json_out_object_end(j);
	json_out_kstr(j, "level",
		      str_c(diag_severity_name(diag_severity(d->code))));
	ktext(j, "message", d->message);
	json_out_key(j, "locations");
	json_out_array(j);
	if (d->place.path.n)
		write_location((struct evidence){d->place.path,
						 d->place.line}, a, j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write_invocation(const struct report_input *in,
			     const struct issues *l, struct arena *a,
			     struct json_out *j)
{
	const struct diags *ds = &in->scan->diags;

	json_out_key(j, "invocations");
	json_out_array(j);
	json_out_object(j);
	json_out_kbool(j, "executionSuccessful",
		       !diag_has_effect(ds, DIAG_INCOMPLETE));
	json_out_key(j, "toolExecutionNotifications");
	json_out_array(j);
	for (size_t i = 0; i < ds->kept.n; i++)
		write_notification(&ds->kept.v[i], a, j);
	json_out_array_end(j);
	json_out_object_end(j);
	json_out_array_end(j);
	json_out_key(j, "properties");
	json_out_object(j);
	json_out_ki64(j, "resultsNotShown", (int64_t)l->dropped);
	json_out_object_end(j);
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct issues l;
	struct json_out j;

	(void)style;
	issues_make(in, &l);
	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "$schema",
		      STR("https://json.schemastore.org/sarif-2.1.0.json"));
	json_out_kstr(&j, "version", STR("2.1.0"));
	json_out_key(&j, "runs");
	json_out_array(&j);
	json_out_object(&j);
	write_driver(in, &l.arena, &j);
	json_out_kstr(&j, "columnKind", STR("unicodeCodePoints"));
	write_invocation(in, &l, &l.arena, &j);
	json_out_key(&j, "results");
	json_out_array(&j);
	for (size_t i = 0; i < l.list.n; i++)
		write_result(in, &l.list.v[i], &l.arena, &j);
	json_out_array_end(&j);
	json_out_object_end(&j);
	json_out_array_end(&j);
	json_out_object_end(&j);
	json_out_end(&j);
	issues_release(&l);
}

const struct reporter report_sarif = {
	.name = "sarif", .summary = "SARIF 2.1.0, for code scanning",
	.write = write,
};
