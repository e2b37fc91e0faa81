/* What `scan` and `plan` do alike; see run.h. */
#include "cli/run.h"

#include <stdio.h>

#include "assess/assess.h"
#include "assess/waive.h"
#include "attribute/attribute.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/doubts.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/shard.h"
#include "cli/target.h"
#include "extract/extract.h"
#include "history/history.h"
#include "model/prune.h"
#include "resolve/resolve.h"
#include "store/digest_store.h"
#include "store/facts_store.h"
#include "store/inquiry_store.h"

/* Reports tell policies apart by their names. */
static enum err check_name(struct run *r, size_t i)
{
	const struct policy *p = &r->judgements.v[i].policy;

	for (size_t k = 0; k < i; k++) {
		const struct policy *q = &r->judgements.v[k].policy;

		if (!str_eq(p->name, q->name))
			continue;
		if (str_eq(p->path, q->path))
			diag_add(&r->scan.diags, RW1601, diag_at(p->path),
				 "the policy was given twice");
		else
			diag_add(&r->scan.diags, RW1601, diag_at(p->path),
				 "it has the name '%.*s', as has %.*s: names "
				 "tell policies apart", STR_ARG(p->name),
				 STR_ARG(q->path));
		return ERR_CONFIG;
	}
	return OK;
}

static enum err load_policies(struct run *r)
{
	static const char *const usual[] = {"default"};
	const struct opt_values *given = &r->o->given[OPT_ID_policy];
	size_t n = given->list.n ? given->list.n : 1;
	enum err e = OK;

	for (size_t i = 0; i < n; i++) {
		struct judgement *j = vec_add(&r->judgements);

		*j = (struct judgement){0};
		if (setup_policy(given->list.n ? given->list.v[i] : usual[i],
				 &r->scan.arena, &r->scan.diags, &j->policy) ||
		    check_name(r, i))
			e = ERR_CONFIG;
	}
	return e;
}

/* A history is counted once for all policies, and the store read once. */
static enum err check_same(struct run *r)
{
	for (size_t i = 1; i < r->judgements.n; i++) {
		const struct policy *a = &r->judgements.v[0].policy;
		const struct policy *b = &r->judgements.v[i].policy;
		const char *what =
			a->history_scope != b->history_scope
			? "history-scope" :
			a->max_age != b->max_age ? "max-age" : NULL;

		if (!what)
			continue;
		diag_add(&r->scan.diags, RW1601, diag_at(b->path),
			 "its %s is not that of '%.*s': judge by them in "
			 "runs of their own", what, STR_ARG(a->name));
		return ERR_CONFIG;
	}
	return OK;
}

/* What is older than the policy bears is not there: unknown, and told. */
static void leave_out_older(struct run *r)
{
	int32_t days = r->judgements.v[0].policy.max_age;

	if (r->store && days && store_leave_out_older(r->store, r->scan.as_of,
						      days)) {
		store_close(r->store);
		r->store = NULL;
	}
}

static enum err load_waivers(struct run *r)
{
	const struct opt_values *files = &r->o->given[OPT_ID_waivers];
	struct scan *s = &r->scan;
	struct str bytes;
	enum err e = OK;

	for (size_t i = 0; i < files->list.n; i++) {
		const char *path = files->list.v[i];

		if (fs_read(path, LIMIT_CONFIG_BYTES, &r->waivers.arena,
			    &s->diags, &bytes) ||
		    waivers_parse(bytes, str_c(path), s->as_of, &s->diags,
				  &r->waivers))
			e = ERR_CONFIG;
	}
	return e;
}

/* What the exit code is to depend on; policies must be loaded. */
static enum err load_gate(struct run *r)
{
	const char *baseline = opt_value(r->o, OPT_ID_baseline);
	const char *fail_on = opt_value(r->o, OPT_ID_fail_on);
	enum err e = OK;

	r->gate = gate_usual();
	if (fail_on && gate_parse(str_c(fail_on), &r->gate)) {
		say("--fail-on=%s: not a severity (low, medium, high or "
		    "critical), unproven, not-met or never", fail_on);
		return ERR_CONFIG;
	}
	if (!baseline)
		return OK;
	if (report_file_load(baseline, &r->scan.diags, &r->baseline))
		return ERR_CONFIG;
	r->gate.baseline = &r->baseline;
	for (size_t i = 0; i < r->judgements.n; i++)
		if (gate_check(&r->gate, &r->judgements.v[i].policy,
			       &r->scan.diags))
			e = ERR_CONFIG;
	return e;
}

static void say_policies(const struct run *r)
{
	for (size_t i = 0; opt_verbose(r->o) && i < r->judgements.n; i++) {
		const struct policy *p = &r->judgements.v[i].policy;

		progress_say(p->path, "judges as policy ", p->name);
	}
}

enum err run_prepare(struct run *r)
{
	const struct opt_values *digests = &r->o->given[OPT_ID_digests];
	const char *parts = opt_value(r->o, OPT_ID_parts);
	enum err e = setup_as_of(r->o, &r->scan.as_of);

	if (parts && fs_kind(parts) != FS_DIR) {
		say("--parts=%s: no such folder", parts);
		return ERR_CONFIG;
	}
	r->store = setup_store(r->o, &r->scan.diags);
	if (e || load_policies(r) || check_same(r))
		return ERR_CONFIG;
	leave_out_older(r);
	if (setup_facts(r->o, r->store, NULL, &r->facts, &r->scan.diags) ||
	    load_gate(r) || load_waivers(r))
		return ERR_CONFIG;
	say_policies(r);
	r->scan.facts = &r->facts;
	r->scan.store = r->store;
	for (size_t i = 0; i < digests->list.n; i++)
		if (digest_store_add(&r->scan, digests->list.v[i]))
			e = ERR_CONFIG;
	return e;
}

enum digest_scope run_scope(const struct run *r)
{
	return r->judgements.v[0].policy.history_scope;
}

/* A history costs more for each axis: only what some policy looks at. */
static unsigned wanted_axes(const struct run *r)
{
	static const unsigned of[AXIS_COUNT] = {
		[AXIS_COMMITS] = DIGEST_COMMITS, [AXIS_CHURN] = DIGEST_CHURN,
		[AXIS_SURVIVING] = DIGEST_SURVIVING,
		[AXIS_REVIEW] = DIGEST_REVIEW};
	unsigned wanted = 0, axes = 0;

	for (size_t i = 0; i < r->judgements.n; i++)
		wanted |= policy_axes(&r->judgements.v[i].policy);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (wanted & 1u << a)
			axes |= of[a];
	return axes;
}

/* What all units of a plan depend on. */
static void begin_plan(const struct run *r, const struct author_keys *keys,
		       struct shard_plan *p)
{
	struct strbuf basis;

	strbuf_init(&basis, 0);
	reading_basis(&r->facts, r->scan.as_of, keys, &basis);
	p->basis = arena_dup(&p->arena, strbuf_str(&basis));
	p->as_of = r->scan.as_of;
	strbuf_release(&basis);
}

static enum err read_targets(struct run *r, const struct cached *cache)
{
	const struct opt_values *targets = &r->o->targets;
	struct target_options t = {.facts = &r->facts, .with_history = true,
				   .axes = wanted_axes(r), .cache = cache,
				   .scope = run_scope(r),
				   .store = r->store,
				   .quiet = opt_given(r->o, OPT_ID_quiet),
				   .verbose = opt_verbose(r->o)};
	struct author_keys keys = {0};
	enum err e = setup_threads(r->o, &t.threads);

	e = e ? e : setup_author_keys(r->o, &keys, &t.keys, &r->scan.diags);
	if (!e && cache->plan)
		begin_plan(r, t.keys, cache->plan);
	for (size_t i = 0; !e && i < targets->list.n; i++)
		e = target_add(&r->scan, targets->list.v[i], &t);
	author_keys_release(&keys);
	return e;
}

/*
 * Of what is not a target, histories are there of all paths only: where a
 * policy counts others, they say nothing.
 */
static void keep_scope(struct run *r)
{
	struct scan *s = &r->scan;
	size_t n = 0;

	if (run_scope(r) == DIGEST_ALL)
		return;
	for (size_t i = 0; i < s->parts.components.n; i++) {
		struct component *c = &s->parts.components.v[i];

		if (c->digest >= s->digests.n ||
		    s->digests.v[c->digest].asked.scope == run_scope(r))
			continue;
		c->digest = SIZE_MAX;
		c->has_claimed_digest = false;
		n++;
	}
	diag_add(&s->diags, RW1809, diag_at(STR("")),
		 "only runtime paths of histories count; of %zu components "
		 "there is one of all paths only, which is left out", n);
}

/* Takes out what --without names; must be there. */
static enum err leave_out(struct run *r)
{
	const struct opt_values *purls = &r->o->given[OPT_ID_without];
	struct scan *s = &r->scan;
	enum err e = OK;
	size_t all;

	for (size_t i = 0; i < purls->list.n; i++) {
		struct str text = str_c(purls->list.v[i]);
		struct selector by = {selector_purl(text, &s->arena),
				      STR(""), STR("")};

		if (by.purl.n && prune_scan(s, &by, 1, &all)) {
			vec_push(&s->left_out, by.purl);
			continue;
		}
		diag_add(&s->diags, RW1607, diag_at(text),
			 by.purl.n ? "no component has this package URL"
				   : "not a package URL");
		e = ERR_CONFIG;
	}
	return e;
}

static void judge_by(struct run *r, struct judgement *j, struct verdict *v)
{
	struct scan *s = &r->scan;
	struct concern c = j->policy.concern;

	c.as_of = s->as_of;
	attribute_ladders(s->facts, &c, attribute_asked(s, &s->arena),
			  &s->arena, &j->ladders);
	assess_scan(s, &j->policy, &j->ladders, v);
	waive_findings(s, &j->policy, &r->waivers, v);
	gate_close(s, &r->gate, v);
}

/* --- what targets name ---------------------------------------------------- */

struct naming {
	const struct facts *facts;
	struct facts_feed_names names;
	struct map seen;
};

/* A name that no fact at hand knows. */
static void take_name(struct naming *n, struct str name)
{
	bool is_new;

	name = str_trim(name);
	if (!name.n || attribute_name(n->facts, name, NULL) != SIZE_MAX)
		return;
	map_put(&n->seen, name, 1, &is_new);
	if (is_new)
		vec_push(&n->names.list, name);
}

static void take_names(struct naming *n, const struct scan *s)
{
	take_name(n, s->stack.supplier);
	for (size_t i = 0; i < s->parts.components.n; i++) {
		take_name(n, s->parts.components.v[i].supplier);
		take_name(n, s->parts.components.v[i].producer);
	}
	for (size_t i = 0; i < s->parts.seats.n; i++)
		take_name(n, s->parts.seats.v[i].company);
	for (size_t i = 0; i < s->digests.n; i++)
		for (size_t k = 0; k < s->digests.v[i].seats.n; k++)
			take_name(n, s->digests.v[i].seats.v[k].company);
}

/*
 * The store may hold millions of legal entities: those that targets name are
 * taken in now that the names are known, into facts of their own.
 */
static enum err look_up_names(struct run *r)
{
	struct naming n = {.facts = &r->facts};
	enum err e = OK;

	if (!r->store || !facts_feed_has_entities(r->store))
		return OK;
	take_names(&n, &r->scan);
	if (n.names.list.n) {
		e = setup_facts(r->o, r->store, &n.names, &r->named,
				&r->scan.diags);
		r->scan.facts = &r->named;
	}
	vec_release(&n.names.list);
	map_release(&n.seen);
	return e;
}

/* Components are one where they mean one; then some may be left out. */
enum err run_read(struct run *r)
{
	struct cached cache = cached_by(r->o, r->store, &r->scan.arena);
	enum err e = read_targets(r, &cache);

	if (e)
		return e;
	extract_link(&r->scan);
	resolve_scan(&r->scan);
	keep_scope(r);
	e = leave_out(r);
	return e ? e : look_up_names(r);
}

enum err run_list(struct run *r, struct shard_plan *to)
{
	const struct cached noted = {.o = r->o, .plan = to};

	return read_targets(r, &noted);
}

void run_judge(struct run *r)
{
	struct scan *s = &r->scan;

	for (size_t i = 0; i < s->digests.n; i++)
		attribute_digest(s->facts, &s->digests.v[i]);
	for (size_t i = 0; i < s->beyond.n; i++)
		attribute_digest(s->facts, &s->beyond.v[i]);
	for (size_t i = 0; i < s->digests.n; i++)
		used_add(&s->used, &s->digests.v[i]);
	attribute_seats(s->facts, s);
	attribute_supply(s->facts, s);
	inquiry_store_scan(s);
	doubts_tell(s);
	for (size_t i = 0; i < r->judgements.n; i++)
		judge_by(r, &r->judgements.v[i], vec_add(&r->verdicts));
	waive_report_unused(&r->waivers, &s->diags);
	diag_sort(&s->diags);
}

void run_release(struct run *r)
{
	for (size_t i = 0; i < r->verdicts.n; i++)
		verdict_release(&r->verdicts.v[i]);
	for (size_t i = 0; i < r->judgements.n; i++)
		policy_release(&r->judgements.v[i].policy);
	vec_release(&r->verdicts);
	vec_release(&r->judgements);
	waivers_release(&r->waivers);
	report_file_release(&r->baseline);
	scan_release(&r->scan);
	facts_store_release(&r->facts);
	facts_store_release(&r->named);
	store_close(r->store);
}
