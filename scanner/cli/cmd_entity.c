/* `ranwhence entity`: what the facts say of a host or an organisation. */
#include <stdio.h>

#include "attribute/attribute.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "model/facts_index.h"
#include "model/facts_similar.h"
#include "store/facts_store.h"
#include "store/inquiry_store.h"

struct run {
	struct store *store;
	struct facts facts;
	struct arena arena;
	struct diags diags;
	struct policy policy;
	struct concern concern;
	VEC(struct str) jurisdictions;
	struct ladder ladder;
	size_t similar[SIMILAR_MAX];
	struct report_entity entity;
};

static int compare_codes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* --jurisdiction in the place of what the policy says. */
static enum err read_jurisdictions(struct run *r, const struct opts *o)
{
	const char *value = opt_value(o, OPT_ID_jurisdiction);
	struct str rest = str_c(value), code;

	if (!value)
		return OK;
	while (rest.n && str_split(&rest, ',', &code)) {
		if (!facts_is_country(code)) {
			say("--jurisdiction=%s: not codes of ISO "
			    "3166-1 joined by ','", value);
			return ERR_CONFIG;
		}
		vec_push(&r->jurisdictions, code);
	}
	vec_sort(&r->jurisdictions, compare_codes);
	r->concern.jurisdictions = r->jurisdictions.v;
	r->concern.jurisdictions_n = r->jurisdictions.n;
	return OK;
}

static size_t with_lei(const struct facts *f, struct str lei)
{
	for (size_t i = 0; lei.n && i < f->organisations.n; i++)
		if (str_eq_nocase(f->organisations.v[i].lei, lei))
			return i;
	return SIZE_MAX;
}

/* A host when a host fact speaks of it, else an organisation's id or name. */
static bool find(struct run *r, struct str query)
{
	struct report_entity *e = &r->entity;
	struct date_span day = {e->as_of, e->as_of};

	e->host_text = arena_lower(&r->arena, query);
	attribute_host(&r->facts, e->host_text, day, &e->host);
	e->organisation = e->host.organisation;
	e->is_host = e->host.class != HOST_UNKNOWN ||
		     e->host.fact != SIZE_MAX || e->host.is_ambiguous;
	/* What an inferred row says is shown, under its own letter. */
	if (e->organisation == SIZE_MAX && e->host.fact != SIZE_MAX)
		e->organisation = r->facts.rows.v[e->host.fact].object_org;
	if (!e->is_host)
		e->organisation = facts_organisation(&r->facts, query);
	if (!e->is_host && e->organisation == SIZE_MAX)
		e->organisation = attribute_name(&r->facts, query,
						 NULL);
	if (!e->is_host && e->organisation == SIZE_MAX)
		e->organisation = with_lei(&r->facts, query);
	return e->is_host || e->organisation != SIZE_MAX;
}

/* What of a host is on record besides whose it is. */
static void add_registrant(struct run *r, struct str host, struct strbuf *to)
{
	struct facts_run run = facts_index_subject(&r->facts, FACT_REGISTRANT,
						   host);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *row = &r->facts.rows.v[i];

		strbuf_fmt(to, "; %.*s is registered by somebody in %.*s",
			   STR_ARG(row->subject), STR_ARG(row->value));
	}
}

/* Which feeds were asked about it, in vain. */
static void add_inquiries(struct run *r, struct strbuf *to)
{
	struct inquiry_store q = {.arena = &r->arena};
	struct inquiries all = {0};
	struct str host = r->entity.host_text, name = r->entity.query;

	if (!r->store)
		return;
	inquiry_store_want(&q, INQUIRY_HOST, host);
	inquiry_store_want(&q, INQUIRY_NAME, name);
	inquiry_store_find(&q, r->store, &all);
	if (all.list.n)
		strbuf_cstr(to, "; ");
	inquiry_words(&all, host, name, to);
	vec_release(&all.list);
}

static void say_unknown(struct run *r)
{
	struct str host = r->entity.host_text;
	struct strbuf b = {0};
	size_t dot;

	while (host.n) {
		add_registrant(r, host, &b);
		dot = str_find_ch(host, '.');
		host = str_from(host, dot == SIZE_MAX ? dot : dot + 1);
	}
	add_inquiries(r, &b);
	diag_add(&r->diags, RW1705, diag_at(r->entity.query),
		 "no fact speaks of this host or name%.*s",
		 STR_ARG(strbuf_str(&b)));
	strbuf_release(&b);
}

/* The same among the legal entities of the store. */
static bool find_legal(struct run *r, const struct opts *o)
{
	struct facts_feed_names names = {0};
	struct diags again = {0};
	enum err e;

	if (!r->store || !facts_feed_has_entities(r->store))
		return false;
	vec_push(&names.list, r->entity.query);
	facts_store_release(&r->facts);
	e = setup_facts(o, r->store, &names, &r->facts, &again);
	diag_merge(&r->diags, &again);
	diag_sort(&r->diags); /* the same was told before */
	diag_release(&again);
	vec_release(&names.list);
	return !e && find(r, r->entity.query);
}

static enum err look_up(struct run *r, const struct opts *o)
{
	const char *policy = opt_value(o, OPT_ID_policy);
	struct report_entity *e = &r->entity;

	e->tree = opt_given(o, OPT_ID_tree);
	e->concern = &r->concern;
	e->query = str_c(o->targets.list.v[0]);
	e->facts = &r->facts;
	e->diags = &r->diags;
	r->store = setup_store(o, &r->diags);
	if (setup_as_of(o, &e->as_of) ||
	    setup_facts(o, r->store, NULL, &r->facts, &r->diags) ||
	    setup_policy(policy ? policy : "default", &r->arena, &r->diags,
			 &r->policy))
		return ERR_CONFIG;
	r->concern = r->policy.concern;
	r->concern.as_of = e->as_of;
	if (read_jurisdictions(r, o))
		return ERR_CONFIG;
	if (!find(r, e->query) && !find_legal(r, o)) {
		say_unknown(r);
		e->similar = r->similar;
		e->similar_n = facts_similar(&r->facts, e->query, r->similar,
					     SIMILAR_MAX);
	}
	if (e->organisation != SIZE_MAX) {
		attribute_ladder(&r->facts, e->organisation, &r->concern,
				 &r->arena, &r->ladder);
		e->ladder = &r->ladder;
	}
	return OK;
}

static int run_entity(const struct opts *o)
{
	struct run r = {.entity.organisation = SIZE_MAX};
	bool json = opt_given(o, OPT_ID_json);
	struct report_style style;
	struct strbuf out;
	int code = EXIT_USAGE;

	strbuf_init(&out, 0);
	if (o->targets.list.n != 1) {
		fputs("ranwhence: entity takes one host or name\n", stderr);
	} else if (json && opt_given(o, OPT_ID_tree)) {
		fputs("ranwhence: --tree is text: not with --json\n", stderr);
	} else if (!setup_style(o, true, &style) && !look_up(&r, o)) {
		report_entity(&r.entity, json ? NULL : &style, &out);
		code = setup_print(&out, setup_exit(&r.diags));
	}
	setup_complain(&r.diags, DIAG_WARNING);
	strbuf_release(&out);
	policy_release(&r.policy);
	vec_release(&r.jurisdictions);
	diag_release(&r.diags);
	arena_release(&r.arena);
	facts_store_release(&r.facts);
	store_close(r.store);
	return code;
}

const struct command command_entity = {
	.name = "entity", .arguments = "HOST|NAME",
	.summary = "show who controls an organisation, rung by rung",
	.bit = OPT_ENTITY, .min_targets = 1, .is_confined = true,
	.run = run_entity,
};
