/*
 * Reading ranwhence.report/1 by its raw members, one pass over each object:
 * of a large report only what is kept is ever built.
 */
#include "store/report_file.h"

#include "base/json_in.h"

#define SCHEMA "ranwhence.report/1"

#define KEY REREAD_KEY

/* --- components ----------------------------------------------------------- */

static void read_component(struct reread *r, struct json_raw v, void *to)
{
	struct report_file *file = to;
	struct report_component c;
	REREAD_KEYS(r, v, KEY("name"), KEY("version"), KEY("purl"),
		    KEY("repository"), KEY("root"));

	c = (struct report_component){
		.name = reread_text(r, m[0]), .version = reread_text(r, m[1]),
		.purl = reread_text(r, m[2]),
		.repository = reread_text(r, m[3]),
		.is_root = reread_bool(r, m[4])};
	c.identity = selector_identity(c.purl, c.repository, c.name);
	vec_push(&file->components, c);
}

/* --- verdicts ------------------------------------------------------------- */

/* The state of a rule or a verdict; may be "" in a `gate`, which reports
 * did not always have. */
static struct str read_state(struct reread *r, struct json_raw v, bool is_gate)
{
	struct str state = reread_text(r, v);

	for (int i = 0; i <= RULE_NOT_APPLICABLE; i++)
		if (str_is(state, verdict_state_name((enum rule_state)i)))
			return state;
	if (state.n || !is_gate)
		reread_bad(r, v.line, "a state that is none");
	return state;
}

static void read_index(struct reread *r, struct json_raw v, void *to)
{
	struct report_finding *f = to;

	vec_push(&f->components, (size_t)reread_number(r, v));
}

static void read_id(struct reread *r, struct json_raw v, void *to)
{
	struct report_finding *f = to;

	vec_push(&f->organisations, reread_text(r, v));
}

static void read_finding(struct reread *r, struct json_raw v, void *to)
{
	struct report_verdict *verdict = to;
	struct report_finding f = {0};
	REREAD_KEYS(r, v, KEY("rule"), KEY("title"), KEY("severity"),
		    KEY("state"), KEY("gate"), KEY("limit_bp"),
		    KEY("measured"), KEY("components"), KEY("organisations"));

	f.rule = reread_text(r, m[0]);
	f.title = reread_text(r, m[1]);
	f.severity = reread_text(r, m[2]);
	f.state = read_state(r, m[3], false);
	f.gate = read_state(r, m[4], true);
	f.limit_bp = reread_share(r, m[5]);
	f.measured = reread_interval(r, m[6]);
	reread_list(r, m[7], read_index, &f);
	reread_list(r, m[8], read_id, &f);
	vec_push(&verdict->findings, f);
}

static size_t find_organisation(const struct report_verdict *v, struct str id)
{
	size_t low = 0, high = v->organisations.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int d = str_cmp(v->organisations.v[middle].id, id);

		if (d == 0)
			return middle;
		if (d < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return SIZE_MAX;
}

static void add(uint64_t *to, int64_t n)
{
	if (n > 0 && __builtin_add_overflow(*to, (uint64_t)n, to))
		*to = UINT64_MAX;
}

static void read_contribution(struct reread *r, struct json_raw v, void *to)
{
	struct report_verdict *verdict = to;
	struct json_walk w;
	size_t o;
	struct json_raw n;
	struct str key;
	REREAD_KEYS(r, v, KEY("organisation"), KEY("units"));

	o = find_organisation(verdict, reread_text(r, m[0]));
	json_walk_begin(&w, m[1]);
	while (json_walk_next(&w, &key, &n)) {
		enum axis a;

		if (!verdict_find_axis(key, &a)) {
			reread_bad(r, n.line, "an axis that is not known");
			continue;
		}
		add(&verdict->units[a], reread_number(r, n));
		if (o != SIZE_MAX)
			add(&verdict->organisations.v[o].units[a],
			    reread_number(r, n));
	}
}

/* What an axis that was not observed is: anything. */
static struct report_interval commits_of(struct reread *r, struct json_raw v)
{
	struct json_raw all = json_raw_get(json_raw_get(v, "commits"), "all");

	if (all.type != JSON_OBJECT)
		return (struct report_interval){0, 10000};
	return reread_interval(r, all);
}

static void read_score(struct reread *r, struct json_raw v, void *to)
{
	struct report_verdict *verdict = to;
	struct report_score s;
	REREAD_KEYS(r, v, KEY("component"), KEY("function"), KEY("weight"),
	     KEY("has_data"), KEY("influence"), KEY("axes"),
	     KEY("contributions"));

	s = (struct report_score){
		.component = (size_t)reread_number(r, m[0]),
		.function = reread_text(r, m[1]),
		.weight = (int32_t)(reread_number(r, m[2]) & INT32_MAX),
		.has_data = reread_bool(r, m[3]),
		.influence = reread_interval(r, m[4]),
		.commits = commits_of(r, m[5])};
	reread_list(r, m[6], read_contribution, verdict);
	vec_push(&verdict->scores, s);
}

static void read_organisation(struct reread *r, struct json_raw v, void *to)
{
	struct report_verdict *verdict = to;
	struct report_organisation o = {0};
	size_t n = verdict->organisations.n;
	REREAD_KEYS(r, v, KEY("id"), KEY("name"), KEY("standing"), KEY("rung"));

	o.id = reread_text(r, m[0]);
	o.name = reread_text(r, m[1]);
	o.standing = reread_text(r, m[2]);
	o.rung = reread_text(r, m[3]);
	if (n && str_cmp(verdict->organisations.v[n - 1].id, o.id) >= 0)
		reread_bad(r, v.line, "the organisations are not in order");
	vec_push(&verdict->organisations, o);
}

static void read_function(struct reread *r, struct json_raw v, void *to)
{
	struct report_verdict *verdict = to;
	struct report_function f;
	enum function known;
	REREAD_KEYS(r, v, KEY("function"), KEY("components"), KEY("all"));

	f.function = reread_text(r, m[0]);
	if (f.function.n && !component_find_function(f.function, &known))
		reread_bad(r, v.line, "a network function that is not known");
	f.components = reread_number(r, m[1]);
	f.exposure = reread_interval(r, json_raw_get(m[2], "exposure"));
	vec_push(&verdict->functions, f);
}

static void read_axes(struct reread *r, struct json_raw v,
		      struct report_verdict *to)
{
	for (size_t i = 0; i <= AXIS_COUNT; i++) {
		const char *name = i == AXIS_COUNT ? "all"
				 : verdict_axis_name((enum axis)i);
		struct json_raw axis = json_raw_get(v, name);

		to->axes[i] = reread_interval(
			r, json_raw_get(axis, "exposure"));
		to->peaks[i] = reread_interval(r, json_raw_get(axis, "peak"));
		if (i == AXIS_COUNT)
			to->headline_on_b = reread_interval(
				r, json_raw_get(axis, "exposure_on_b"));
	}
}

static void read_verdict(struct reread *r, struct json_raw v, void *to)
{
	struct report_file *file = to;
	struct report_verdict verdict = {0};
	REREAD_KEYS(r, v, KEY("policy"), KEY("title"), KEY("policy_sha256"),
		    KEY("state"), KEY("gate"), KEY("headline"), KEY("range"),
		    KEY("coverage_bp"), KEY("incomplete"), KEY("axes"),
		    KEY("rules"), KEY("organisations"), KEY("scores"),
		    KEY("decided_by"), KEY("functions"));

	verdict.policy = reread_text(r, m[0]);
	verdict.title = reread_text(r, m[1]);
	verdict.sha256 = reread_text(r, m[2]);
	verdict.state = read_state(r, m[3], false);
	verdict.gate = read_state(r, m[4], true);
	verdict.headline = reread_interval(r, m[5]);
	verdict.range = reread_interval(r, m[6]);
	verdict.coverage_bp = reread_share(r, m[7]);
	verdict.is_incomplete = reread_bool(r, m[8]);
	read_axes(r, m[9], &verdict);
	reread_list(r, m[10], read_finding, &verdict);
	reread_list(r, m[11], read_organisation, &verdict);
	reread_list(r, m[12], read_score, &verdict);
	verdict.decided_by = reread_text(r, m[13]);
	reread_list(r, m[14], read_function, &verdict);
	vec_push(&file->verdicts, verdict);
}

/* --- the whole ------------------------------------------------------------ */

static void check_indices(struct reread *r, const struct report_file *f)
{
	size_t n = f->components.n;
	bool is_sound = true;

	for (size_t i = 0; i < f->verdicts.n; i++) {
		const struct report_verdict *v = &f->verdicts.v[i];

		for (size_t k = 0; k < v->scores.n; k++)
			is_sound = is_sound && v->scores.v[k].component < n;
		for (size_t k = 0; k < v->findings.n; k++)
			for (size_t c = 0;
			     c < v->findings.v[k].components.n; c++)
				is_sound = is_sound &&
					v->findings.v[k].components.v[c] < n;
	}
	if (!is_sound)
		reread_bad(r, 0, "an index leads past the components");
}

static void read_head(struct reread *r, const struct json_raw *m,
		      struct report_file *to)
{
	to->as_of = reread_text(r, m[1]);
	to->version = reread_text(r, json_raw_get(m[2], "version"));
	if (m[3].type != JSON_OBJECT)
		return;
	to->stack = reread_text(r, json_raw_get(m[3], "name"));
	to->supplier = reread_text(r, json_raw_get(m[3], "supplier"));
}

static void read_report(struct reread *r, struct json_raw v,
			struct report_file *to)
{
	REREAD_KEYS(r, v, KEY("schema"), KEY("as_of"), KEY("tool"),
		    KEY("stack"), KEY("components"), KEY("verdicts"));

	if (!str_is(json_raw_str(m[0], r->arena), SCHEMA)) {
		reread_bad(r, v.line, "not a report as 'ranwhence scan "
			   "-o json' writes it (schema ranwhence.report/1)");
		return;
	}
	read_head(r, m, to);
	reread_list(r, m[4], read_component, to);
	reread_list(r, m[5], read_verdict, to);
	check_indices(r, to);
}

enum err report_file_parse(struct str bytes, struct str path,
			   struct diags *ds, struct report_file *ret)
{
	struct reread r = {.arena = &ret->arena, .diags = ds};
	struct json_raw v;

	*ret = (struct report_file){0};
	r.path = ret->path = arena_dup(&ret->arena, path);
	if (json_open(bytes, diag_at(path), ds, &v) || v.cut)
		reread_bad(&r, 0, "the report is not whole");
	else
		read_report(&r, v, ret);
	return r.is_bad ? ERR_CONFIG : OK;
}

static enum err parse(struct str bytes, struct str path, struct diags *ds,
		      void *to)
{
	return report_file_parse(bytes, path, ds, to);
}

enum err report_file_load(const char *path, struct diags *ds,
			  struct report_file *ret)
{
	*ret = (struct report_file){0};
	return reread_file(path, ds, parse, ret);
}

static void release_verdict(struct report_verdict *v)
{
	for (size_t i = 0; i < v->findings.n; i++) {
		vec_release(&v->findings.v[i].components);
		vec_release(&v->findings.v[i].organisations);
	}
	vec_release(&v->findings);
	vec_release(&v->scores);
	vec_release(&v->organisations);
	vec_release(&v->functions);
}

void report_file_release(struct report_file *r)
{
	for (size_t i = 0; i < r->verdicts.n; i++)
		release_verdict(&r->verdicts.v[i]);
	vec_release(&r->verdicts);
	vec_release(&r->components);
	arena_release(&r->arena);
	*r = (struct report_file){0};
}

const struct report_verdict *report_file_verdict(const struct report_file *r,
						 struct str policy)
{
	for (size_t i = 0; i < r->verdicts.n; i++)
		if (str_eq(r->verdicts.v[i].policy, policy))
			return &r->verdicts.v[i];
	return NULL;
}

const struct report_finding *report_file_finding(
	const struct report_verdict *v, struct str rule)
{
	for (size_t i = 0; i < v->findings.n; i++)
		if (str_eq(v->findings.v[i].rule, rule))
			return &v->findings.v[i];
	return NULL;
}

const struct report_function *report_file_function(
	const struct report_verdict *v, struct str function)
{
	for (size_t i = 0; i < v->functions.n; i++)
		if (str_eq(v->functions.v[i].function, function))
			return &v->functions.v[i];
	return NULL;
}

const struct report_organisation *report_file_organisation(
	const struct report_verdict *v, struct str id)
{
	size_t i = find_organisation(v, id);

	return i == SIZE_MAX ? NULL : &v->organisations.v[i];
}
