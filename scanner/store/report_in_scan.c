/* What was found, of a report that is read back. */
#include "store/report_in_parts.h"

#include "base/count.h"
#include "model/digest_authorship.h"
#include "model/digest_terms.h"

#define KEY REREAD_KEY

static const char *scope_name(size_t i)
{
	return component_scope_name((enum scope)i);
}

static const char *function_name(size_t i)
{
	return component_function_name((enum function)i);
}

static const char *provenance_name(size_t i)
{
	static const char *const names[] = {
		[PROVENANCE_UNKNOWN] = "unknown",
		[PROVENANCE_ARTIFACT] = "artifact",
		[PROVENANCE_REPOSITORY] = "repository"};

	return names[i];
}

static const char *completeness_name(size_t i)
{
	static const char *const names[] = {
		[COMPLETENESS_UNKNOWN] = "",
		[COMPLETENESS_COMPLETE] = "complete",
		[COMPLETENESS_INCOMPLETE] = "incomplete"};

	return names[i];
}

static const char *role_name(size_t i)
{
	static const char *const names[] = {
		[SUPPLY_SUPPLIER] = "supplier", [SUPPLY_PRODUCER] = "producer",
		[SUPPLY_PUBLISHER] = "publisher"};

	return names[i];
}

static const char *edge_name(size_t i)
{
	return i == EDGE_CONTAINS ? "contains" : "depends-on";
}

/* --- components ----------------------------------------------------------- */

static void read_evidence(struct reread *r, struct json_raw v, void *to)
{
	struct component *c = to;
	int64_t line;
	REREAD_KEYS(r, v, KEY("path"), KEY("line"));

	line = reread_number(r, m[1]);
	vec_push(&c->evidence, ((struct evidence){
		reread_text(r, m[0]),
		line > 0 ? (unsigned)(line & INT32_MAX) : 0}));
}

static void read_purl(struct reread *r, struct json_raw v, void *to)
{
	struct component *c = to;

	vec_push(&c->more_purls, reread_text(r, v));
}

static void read_ref(struct reread *r, struct json_raw v, void *to)
{
	struct component *c = to;

	vec_push(&c->refs, reread_text(r, v));
}

/* What few components have. */
static void read_rare(struct reread *r, struct json_raw v,
		      struct component *c)
{
	REREAD_KEYS(r, v, KEY("completeness"), KEY("optional"),
			 KEY("more_purls"), KEY("claimed"), KEY("group"),
			 KEY("refs"));

	if (m[0].type != JSON_ABSENT)
		c->completeness = (enum completeness)reread_word(
			r, m[0], 3, completeness_name);
	if (m[1].type != JSON_ABSENT)
		c->is_optional = reread_bool(r, m[1]);
	if (m[2].type != JSON_ABSENT)
		reread_list(r, m[2], read_purl, c);
	if (m[3].type != JSON_ABSENT)
		c->provenance.is_claimed = reread_bool(r, m[3]);
	if (m[4].type != JSON_ABSENT)
		c->group = reread_text(r, m[4]);
	if (m[5].type != JSON_ABSENT)
		reread_list(r, m[5], read_ref, c);
}

static void read_provenance(struct reread *r, struct json_raw v,
			    struct provenance *p)
{
	REREAD_KEYS(r, v, KEY("provenance"), KEY("repository"),
			 KEY("commit"), KEY("ref"), KEY("hash"),
			 KEY("resolved_by"));

	p->kind = (enum provenance_kind)reread_word(r, m[0], 3,
							 provenance_name);
	p->repository = reread_text(r, m[1]);
	p->commit = reread_text(r, m[2]);
	p->ref = reread_text(r, m[3]);
	p->hash = reread_text(r, m[4]);
	p->how = reread_text(r, m[5]);
}

static void read_flags(struct reread *r, struct json_raw v,
		       struct component *c)
{
	REREAD_KEYS(r, v, KEY("root"), KEY("unpinned"), KEY("indirect"),
			 KEY("stamped"));

	c->is_root = reread_bool(r, m[0]);
	c->is_unpinned = reread_bool(r, m[1]);
	c->is_indirect = reread_bool(r, m[2]);
	c->is_stamped = reread_bool(r, m[3]);
}

static void read_component(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;
	struct component *c = vec_add(&s->parts.components);
	REREAD_KEYS(r, v, KEY("purl"), KEY("name"), KEY("version"),
			 KEY("type"), KEY("scope"), KEY("supplier"),
			 KEY("producer"), KEY("packager"), KEY("function"),
			 KEY("extractor"), KEY("evidence"));

	*c = (struct component){
		.purl = reread_text(r, m[0]),
		.name = reread_text(r, m[1]),
		.version = reread_text(r, m[2]),
		.type = reread_text(r, m[3]),
		.scope = (enum scope)reread_word(r, m[4], SCOPE_COUNT,
						      scope_name),
		.supplier = reread_text(r, m[5]),
		.producer = reread_text(r, m[6]),
		.packager = reread_text(r, m[7]),
		.function = (enum function)reread_word(
			r, m[8], FUNCTION_COUNT, function_name),
		.extractor = reread_text(r, m[9]),
		.digest = SIZE_MAX};
	read_provenance(r, v, &c->provenance);
	read_flags(r, v, c);
	read_rare(r, v, c);
	reread_list(r, m[10], read_evidence, c);
	if (!c->evidence.n)
		reread_bad(r, v.line, "a component without a place");
}

static void read_edge(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;
	size_t n = s->parts.components.n;
	struct edge e;
	REREAD_KEYS(r, v, KEY("from"), KEY("to"), KEY("kind"));

	e.from = reread_index(r, m[0], n);
	e.to = reread_index(r, m[1], n);
	e.kind = (enum edge_kind)reread_word(r, m[2], 2, edge_name);
	if (e.from != SIZE_MAX && e.to != SIZE_MAX)
		vec_push(&s->parts.edges, e);
	else
		reread_bad(r, v.line, "an edge without an end");
}

static void read_supply(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_parts *p = report_in_parts_of(r);
	struct scan *s = to;
	size_t i, role;
	REREAD_KEYS(r, v, KEY("component"), KEY("role"),
			 KEY("organisation"), KEY("fact"));

	i = reread_index(r, m[0], s->parts.components.n);
	role = reread_word(r, m[1], SUPPLY_COUNT, role_name);
	if (i != SIZE_MAX)
		s->parts.components.v[i].supply[role] = (struct supply){
			true, report_in_facts_organisation(p, m[2]),
			reread_index(r, m[3], p->to->facts.rows.n)};
}

/* --- histories ------------------------------------------------------------ */

static bool is_given(struct json_raw v)
{
	return v.type != JSON_ABSENT && v.type != JSON_NULL;
}

/* How many of these commits stand on each rung of authorship. */
static void read_rungs(struct reread *r, struct json_raw v, uint64_t commits,
		       uint64_t ret[AUTHORSHIP_COUNT])
{
	struct str keys[AUTHORSHIP_COUNT];
	struct json_raw m[AUTHORSHIP_COUNT];
	uint64_t sum = 0;

	for (size_t i = 0; i < AUTHORSHIP_COUNT; i++)
		keys[i] = str_c(digest_authorship_name((enum authorship)i));
	json_raw_members(v, keys, AUTHORSHIP_COUNT, m, r->path, r->diags);
	for (size_t i = 0; i < AUTHORSHIP_COUNT; i++) {
		if (i != AUTHORSHIP_ACCOUNT || m[i].type != JSON_ABSENT)
			ret[i] = reread_count(r, m[i]);
		count_add(&sum, ret[i]);
	}
	if (sum != commits)
		reread_bad(r, v.line, "authorship that is not of all commits");
}

static void read_authorship(struct reread *r, struct json_raw v,
			    struct used_digest *d)
{
	REREAD_KEYS(r, v, KEY("keys"), KEY("commits"));

	d->has_authorship = true;
	d->keys = reread_text(r, m[0]);
	read_rungs(r, m[1], d->commits, d->shown);
}

/* A part of its history's. */
static void read_shown(struct reread *r, struct json_raw v,
		       const struct used_digest *d, struct used_host *h)
{
	bool is_part = is_given(v) == d->has_authorship;

	if (is_given(v))
		read_rungs(r, v, h->commits, h->shown);
	for (size_t i = 0; i < AUTHORSHIP_COUNT; i++)
		is_part = is_part && h->shown[i] <= d->shown[i];
	if (!is_part)
		reread_bad(r, v.line, "authorship of a host that its history "
				      "has not");
}

static void read_host(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_parts *p = report_in_parts_of(r);
	struct used *u = to;
	struct used_host h;
	REREAD_KEYS(r, v, KEY("host"), KEY("organisation"), KEY("fact"),
			 KEY("commits"), KEY("churn"), KEY("reviews"),
			 KEY("authorship"));

	h = (struct used_host){
		.host = reread_text(r, m[0]),
		.organisation = report_in_facts_organisation(p, m[1]),
		.fact = reread_index(r, m[2], p->to->facts.rows.n),
		.commits = reread_count(r, m[3]),
		.churn = reread_count(r, m[4]),
		.reviews = reread_count(r, m[5])};
	read_shown(r, m[6], &u->digests.v[u->digests.n - 1], &h);
	if (h.organisation == SIZE_MAX)
		reread_bad(r, v.line, "a host without an organisation");
	else
		vec_push(&u->hosts, h);
}

static void read_having(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;
	size_t i = reread_index(r, v, s->parts.components.n);

	if (i != SIZE_MAX)
		s->parts.components.v[i].digest = s->used.digests.n - 1;
}

static struct used_linked read_linked(struct reread *r, struct json_raw v)
{
	REREAD_KEYS(r, v, KEY("commits"), KEY("weighed"), KEY("surviving"));

	return (struct used_linked){reread_count(r, m[0]),
				    reread_count(r, m[1]),
				    reread_count(r, m[2])};
}

static void read_links(struct reread *r, struct json_raw v,
		       struct used_digest *d)
{
	REREAD_KEYS(r, v, KEY("trailer"), KEY("identity"), KEY("conflict"),
		    KEY("claim"));

	d->has_links = true;
	d->linked[DIGEST_TRAILER] = read_linked(r, m[0]);
	d->linked[DIGEST_IDENTITY] = read_linked(r, m[1]);
	d->linked[DIGEST_CONFLICT] = read_linked(r, m[2]);
	if (m[3].type != JSON_ABSENT)
		d->linked[DIGEST_CLAIM] = read_linked(r, m[3]);
}

static void read_term(struct reread *r, struct json_raw v, void *to)
{
	struct used *u = to;
	struct digest_term t;
	const char *why = digest_terms_read_one(v, r->arena, &t);

	if (why)
		reread_bad(r, v.line, why);
	else
		vec_push(&u->terms, t);
}

static void read_digest(struct reread *r, struct json_raw v, void *to)
{
	struct scan *s = to;
	struct used_digest *d = vec_add(&s->used.digests);
	REREAD_KEYS(r, v, KEY("repository"), KEY("head"), KEY("bundled"),
			 KEY("incomplete"), KEY("commits"), KEY("merges"),
			 KEY("excluded"), KEY("hosts"), KEY("attributed"),
			 KEY("components"), KEY("links"), KEY("terms"),
			 KEY("clone"), KEY("fetched"), KEY("authorship"));

	*d = (struct used_digest){
		.repository = reread_text(r, m[0]),
		.head = reread_text(r, m[1]),
		.is_bundled = reread_bool(r, m[2]),
		.is_clone = is_given(m[12]) && reread_bool(r, m[12]),
		.fetched = is_given(m[13])
			   ? reread_date(r, m[13], DATE_MIN) : DATE_MIN,
		.is_incomplete = reread_bool(r, m[3]),
		.commits = reread_count(r, m[4]),
		.merges = reread_count(r, m[5]),
		.excluded = reread_count(r, m[6]),
		.hosts = reread_count(r, m[7]),
		.first = s->used.hosts.n, .first_term = s->used.terms.n,
		.has_terms = is_given(m[11])};
	if (is_given(m[10]))
		read_links(r, m[10], d);
	if (is_given(m[14]))
		read_authorship(r, m[14], d);
	if (d->has_terms)
		reread_list(r, m[11], read_term, &s->used);
	d->n_terms = s->used.terms.n - d->first_term;
	reread_list(r, m[8], read_host, &s->used);
	d->n = s->used.hosts.n - d->first;
	reread_list(r, m[9], read_having, s);
}

/* --- who was asked in vain ------------------------------------------------ */

static const char *inquiry_name(size_t i)
{
	return inquiry_kind_name((enum inquiry_kind)i);
}

static void read_inquiry(struct reread *r, struct json_raw v, void *to)
{
	struct inquiries *all = to;
	REREAD_KEYS(r, v, KEY("kind"), KEY("of"), KEY("feed"), KEY("on"),
			 KEY("known"));

	vec_push(&all->list, ((struct inquiry){
		.kind = (enum inquiry_kind)reread_word(r, m[0], 2,
						       inquiry_name),
		.of = reread_text(r, m[1]),
		.feed = reread_text(r, m[2]),
		.day = reread_date(r, m[3], DATE_MIN),
		.is_known = reread_bool(r, m[4])}));
}

void report_in_scan_read(struct report_in_parts *p, const struct json_raw *v)
{
	struct scan *s = &p->to->scan;

	reread_list(&p->read, v[0], read_component, s);
	reread_list(&p->read, v[1], read_edge, s);
	reread_list(&p->read, v[2], read_supply, s);
	reread_list(&p->read, v[3], read_digest, s);
	if (v[4].type != JSON_ABSENT) /* earlier versions did not say */
		reread_list(&p->read, v[4], read_inquiry, &s->inquiries);
	if (!inquiry_is_sorted(&s->inquiries))
		reread_bad(&p->read, v[4].line, "feeds that were asked are "
						"not in order");
}
