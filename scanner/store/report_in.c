/* Reading a report whole: its head, and the order of its parts. */
#include "base/date.h"
#include "store/facts_store.h"
#include "store/report_in_parts.h"

#define KEY REREAD_KEY
#define SCHEMA "ranwhence.report/1"

struct report_in_parts *report_in_parts_of(struct reread *r)
{
	return (struct report_in_parts *)r;
}

static const char *target_name(size_t i)
{
	static const char *const names[] = {
		[TARGET_REPOSITORY] = "repository", [TARGET_FOLDER] = "folder",
		[TARGET_SBOM] = "sbom", [TARGET_STACK] = "stack",
		[TARGET_PURL] = "purl"};

	return names[i];
}

static const char *waiver_name(size_t i)
{
	static const char *const names[] = {
		[WAIVER_HOLDS] = "holds", [WAIVER_EXPIRED] = "expired",
		[WAIVER_AHEAD] = "ahead"};

	return names[i];
}

/* --- head ----------------------------------------------------------------- */

static void read_target(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;
	REREAD_KEYS(r, v, KEY("kind"), KEY("name"), KEY("format"),
			 KEY("component"), KEY("files_seen"),
			 KEY("files_read"), KEY("files_failed"));

	vec_push(&s->targets, ((struct target){
		.kind = (enum target_kind)reread_word(r, m[0], 5,
							   target_name),
		.name = reread_text(r, m[1]),
		.format = reread_text(r, m[2]),
		.root = reread_index(r, m[3], s->parts.components.n),
		.files_seen = reread_count(r, m[4]),
		.files_read = reread_count(r, m[5]),
		.files_failed = reread_count(r, m[6])}));
}

static void read_left_out(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;

	vec_push(&s->left_out, reread_text(r, v));
}

static void read_stack(struct reread *r, struct json_raw v,
		       struct stack_info *to)
{
	REREAD_KEYS(r, v, KEY("name"), KEY("supplier"), KEY("date"),
			 KEY("perimeter"), KEY("user_class"), KEY("file"));

	*to = (struct stack_info){
		.name = reread_text(r, m[0]),
		.supplier = reread_text(r, m[1]),
		.date = reread_text(r, m[2]),
		.perimeter = reread_text(r, m[3]),
		.user_class = reread_text(r, m[4]),
		.file = reread_text(r, m[5])};
	if (!to->file.n)
		reread_bad(r, v.line, "a stack without its file");
}

static void read_tool(struct reread *r, struct json_raw v,
		      struct report_in *to)
{
	REREAD_KEYS(r, v, KEY("version"), KEY("sandbox"));

	to->tool_version = arena_cstr(&to->arena, reread_text(r, m[0]));
	to->sandbox = arena_cstr(&to->arena, reread_text(r, m[1]));
}

/* --- gate ----------------------------------------------------------------- */

static void read_waiver(struct reread *r, struct json_raw v, void *to)
{
	struct waivers *list = to;
	REREAD_KEYS(r, v, KEY("rule"), KEY("purl"), KEY("repository"),
			 KEY("path"), KEY("organisation"), KEY("reason"),
			 KEY("owner"), KEY("since"), KEY("expires"),
			 KEY("state"), KEY("used"), KEY("file"), KEY("line"));

	vec_push(&list->list, ((struct waiver){
		.rule = reread_text(r, m[0]),
		.component = {reread_text(r, m[1]),
			      reread_text(r, m[2]),
			      reread_text(r, m[3])},
		.organisation = reread_text(r, m[4]),
		.reason = reread_text(r, m[5]),
		.owner = reread_text(r, m[6]),
		.since = reread_date(r, m[7], DATE_MIN),
		.expires = reread_date(r, m[8], DATE_MAX),
		.state = (enum waiver_state)reread_word(r, m[9], 3,
							     waiver_name),
		.is_used = reread_bool(r, m[10]),
		.file = reread_text(r, m[11]),
		.line = (unsigned)(reread_count(r, m[12]) &
				   INT32_MAX)}));
}

static void read_gate(struct reread *r, struct json_raw v,
		      struct report_in *to)
{
	REREAD_KEYS(r, v, KEY("fail_on"), KEY("baseline"),
			 KEY("baseline_as_of"), KEY("waivers"));

	to->fail_on = reread_text(r, m[0]);
	to->baseline = reread_text(r, m[1]);
	to->baseline_as_of = reread_text(r, m[2]);
	reread_list(r, m[3], read_waiver, &to->waivers);
}

/* --- diagnostics ---------------------------------------------------------- */

static void read_diagnostic(struct reread *r, struct json_raw v, void *to)
{
	struct diags *ds = to;
	enum diag_code code;
	struct place at;
	struct str message;
	REREAD_KEYS(r, v, KEY("code"), KEY("path"), KEY("line"),
			 KEY("column"), KEY("message"));
	int64_t line = reread_number(r, m[2]);
	int64_t column = reread_number(r, m[3]);

	at = (struct place){reread_text(r, m[1]),
			    line > 0 ? (unsigned)(line & INT32_MAX) : 0,
			    column > 0 ? (unsigned)(column & INT32_MAX) : 0};
	message = reread_text(r, m[4]);
	if (diag_find(reread_text(r, m[0]), &code))
		diag_add(ds, code, at, "%.*s", STR_ARG(message));
	else
		reread_bad(r, v.line, "a diagnostic that is not known");
}

static void read_dropped(struct reread *r, struct json_raw v, void *to)
{
	struct diags *ds = to;
	enum diag_code code;
	REREAD_KEYS(r, v, KEY("code"), KEY("count"));

	if (diag_find(reread_text(r, m[0]), &code))
		ds->counts[code] += reread_count(r, m[1]) & INT32_MAX;
	else
		reread_bad(r, v.line, "a diagnostic that is not known");
}

static void read_diagnostics(struct reread *r, const struct json_raw *m,
			     struct diags *ds)
{
	reread_list(r, m[0], read_diagnostic, ds);
	reread_list(r, m[2], read_dropped, ds);
	if (reread_count(r, m[1]) != diag_dropped(ds))
		reread_bad(r, m[1].line, "the diagnostics are not as "
					      "many as is said");
}

/* --- the whole ------------------------------------------------------------ */

static void read_rest(struct report_in_parts *p, struct json_raw v)
{
	struct reread *r = &p->read;
	struct scan *s = &p->to->scan;
	REREAD_KEYS(r, v, KEY("tool"), KEY("as_of"), KEY("stack"),
			 KEY("targets"), KEY("left_out"), KEY("gate"),
			 KEY("assertions_key"), KEY("diagnostics"),
			 KEY("diagnostics_dropped"), KEY("dropped"));

	read_tool(r, m[0], p->to);
	s->as_of = reread_date(r, m[1], DATE_MIN);
	if (m[2].type != JSON_NULL)
		read_stack(r, m[2], &s->stack);
	reread_list(r, m[3], read_target, s);
	reread_list(r, m[4], read_left_out, s);
	read_gate(r, m[5], p->to);
	p->to->facts_key = reread_text(r, m[6]);
	read_diagnostics(r, &m[7], &s->diags);
}

static void read_report(struct report_in_parts *p, struct json_raw v)
{
	struct reread *r = &p->read;
	REREAD_KEYS(r, v, KEY("schema"), KEY("facts"), KEY("components"),
			 KEY("edges"), KEY("supply"), KEY("digests"),
			 KEY("asked"), KEY("verdicts"));

	if (!str_is(json_raw_str(m[0], r->arena), SCHEMA)) {
		reread_bad(r, v.line, "not a report as 'ranwhence scan "
				"-o json' writes it (schema " SCHEMA ")");
		return;
	}
	if (m[1].type == JSON_ABSENT) {
		reread_bad(r, v.line, "a report without the records that "
				"it rests on, by an earlier version");
		return;
	}
	report_in_facts_read(p, m[1]);
	report_in_scan_read(p, &m[2]);
	read_rest(p, v);
	report_in_verdict_read(p, m[7]);
	if (!r->is_bad)
		report_in_check(p);
}

enum err report_in_parse(struct str bytes, struct str path, struct diags *ds,
			 struct report_in *ret)
{
	struct report_in_parts p = {.to = ret};
	struct json_raw v;

	*ret = (struct report_in){.sandbox = "", .tool_version = ""};
	ret->scan.facts = &ret->facts;
	p.read = (struct reread){
		.arena = &ret->arena, .diags = ds,
		.path = arena_dup(&ret->arena, path)};
	if (json_open(bytes, diag_at(path), ds, &v) || v.cut)
		reread_bad(&p.read, 0, "the report is not whole");
	else
		read_report(&p, v);
	map_release(&p.facts);
	return p.read.is_bad ? ERR_CONFIG : OK;
}

static enum err parse(struct str bytes, struct str path, struct diags *ds,
		      void *to)
{
	return report_in_parse(bytes, path, ds, to);
}

enum err report_in_load(const char *path, struct diags *ds,
			struct report_in *ret)
{
	*ret = (struct report_in){.sandbox = "", .tool_version = ""};
	return reread_file(path, ds, parse, ret);
}

void report_in_release(struct report_in *r)
{
	for (size_t i = 0; i < r->verdicts.n; i++)
		verdict_release(&r->verdicts.v[i]);
	vec_release(&r->verdicts);
	vec_release(&r->waivers.list);
	arena_release(&r->waivers.arena);
	scan_release(&r->scan);
	facts_store_release(&r->facts);
	arena_release(&r->arena);
}
