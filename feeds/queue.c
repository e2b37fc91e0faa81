/*
 * One statement for each thing that happens.  A server that went away is
 * waited for; a statement of which nobody knows whether it took effect is run
 * again, which does no harm: what is added twice is one row, and what was
 * finished is nobody's lease any more.
 */
#include "feeds/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "feeds/pq.h"
#include "feeds/queue_schema.h"

#define FIRST_WAIT (PACE_SECOND / 4)
#define LAST_WAIT (10 * PACE_SECOND)

struct queue {
	struct pq *pq;
	struct diags *diags;
	int64_t patience;     /* microseconds */
	struct queue_waits waits;
};

/* --- statements ----------------------------------------------------------- */

static void wait_for(int64_t us)
{
	struct timespec t = {us / PACE_SECOND, us % PACE_SECOND * 1000};

	while (nanosleep(&t, &t))
		;
}

static enum err told(struct queue *q, enum err e)
{
	if (e)
		diag_add(q->diags, RW2010, diag_at(STR("queue")), "%.*s",
			 STR_ARG(pq_message(q->pq)));
	return e;
}

/* Waits for a server that is away, longer each time. */
static enum err run(struct queue *q, const char *sql,
		    const struct str *values, size_t n)
{
	int64_t wait = FIRST_WAIT, waited = 0;
	enum err e = pq_run(q->pq, sql, values, n);

	while (e == ERR_IO && waited < q->patience) {
		if (!waited)
			fprintf(stderr, "ranwhence: the queue's server is "
				"away: waiting\n");
		wait_for(wait);
		waited += wait;
		wait = wait < LAST_WAIT / 2 ? 2 * wait : LAST_WAIT;
		e = pq_run(q->pq, sql, values, n);
	}
	if (waited && e != ERR_IO)
		fprintf(stderr, "ranwhence: the queue's server is back\n");
	return told(q, e);
}

static enum err nonsense(struct queue *q)
{
	diag_add(q->diags, RW2010, diag_at(STR("queue")),
		 "it answers something else than it was asked");
	return ERR_FORMAT;
}

/* A number of the last answer. */
static bool number(const struct queue *q, size_t row, unsigned column,
		   uint64_t *ret)
{
	*ret = 0;
	return str_to_u64(pq_text(q->pq, row, column), ret);
}

/* --- opening -------------------------------------------------------------- */

enum err queue_new(const char *db, struct diags *ds, struct queue **ret)
{
	struct pq *pq;
	enum err e = pq_new(db, &pq);

	*ret = NULL;
	if (e) {
		diag_add(ds, RW2011, diag_at(STR("queue")), "%s",
			 e == ERR_UNSUPPORTED
			 ? "PostgreSQL is not built in: configure "
			   "--with-postgresql"
			 : "--db: not a connection string");
		return e;
	}
	*ret = mem_new(1, sizeof **ret);
	**ret = (struct queue){.pq = pq, .diags = ds};
	return OK;
}

void queue_free(struct queue *q)
{
	if (!q)
		return;
	pq_free(q->pq);
	free(q);
}

void queue_be_patient(struct queue *q, uint64_t seconds)
{
	q->patience = (int64_t)seconds * PACE_SECOND;
}

/* 0 where there are no tables yet. */
static enum err version_of(struct queue *q, uint64_t *ret)
{
	enum err e = run(q, "SELECT to_regclass('ranwhence.setting') "
			    "IS NOT NULL", NULL, 0);

	*ret = 0;
	if (e || !str_is(pq_text(q->pq, 0, 0), "t"))
		return e;
	e = run(q, "SELECT version FROM ranwhence.setting", NULL, 0);
	return e || number(q, 0, 0, ret) ? e : nonsense(q);
}

/* UINT64_MAX: as it is. */
static enum err bound(struct queue *q, uint64_t depth, uint64_t most)
{
	struct arena a = {0};
	const struct str values[] = {
		depth == UINT64_MAX ? STR("")
		: arena_fmt(&a, "%llu", (unsigned long long)depth),
		most == UINT64_MAX ? STR("")
		: arena_fmt(&a, "%llu", (unsigned long long)most)};
	enum err e = run(q, "SELECT ranwhence.bound(coalesce(nullif($1, "
			    "'')::int, depth), coalesce(nullif($2, "
			    "'')::int, most)) FROM ranwhence.setting",
			 values, 2);

	arena_release(&a);
	return e;
}

enum err queue_init(struct queue *q, uint64_t depth, uint64_t most)
{
	uint64_t version;
	enum err e = version_of(q, &version);

	while (!e && version < QUEUE_SCHEMA_VERSION) {
		uint64_t before = version;
		const char *sql = queue_schema_step((unsigned)version + 1);
		enum err failed = pq_script(q->pq, sql);

		if (failed == ERR_IO)
			return told(q, failed);
		/* another one may have done it at the same time */
		e = version_of(q, &version);
		if (!e && version == before)
			return failed ? told(q, failed) : nonsense(q);
	}
	if (!e)
		e = queue_check(q);
	return e ? e : bound(q, depth, most);
}

enum err queue_check(struct queue *q)
{
	uint64_t version;
	enum err e = version_of(q, &version);

	if (e || version == QUEUE_SCHEMA_VERSION)
		return e;
	diag_add(q->diags, RW2011, diag_at(STR("queue")), "%s", !version
		 ? "there is none in this database: 'ranwhence queue init' "
		   "makes it"
		 : version < QUEUE_SCHEMA_VERSION
		 ? "it is of an older version: 'ranwhence queue init' brings "
		   "it up to date"
		 : "it is of a newer version of ranwhence");
	return ERR_CONFIG;
}

/* --- items ---------------------------------------------------------------- */

/* How many were added, in these columns of the answer. */
static enum err take_added(struct queue *q, unsigned column,
			   struct queue_added *ret)
{
	return number(q, 0, column, &ret->n) &&
	       number(q, 0, column + 1, &ret->left_out) ? OK : nonsense(q);
}

enum err queue_add(struct queue *q, const struct queue_items *items,
		   struct queue_added *ret)
{
	struct strbuf json;
	struct str value;
	enum err e;

	strbuf_init(&json, 0);
	queue_item_write(items, &json);
	value = strbuf_str(&json);
	e = run(q, "SELECT added, left_out FROM ranwhence.put($1::json, true)",
		&value, 1);
	strbuf_release(&json);
	return e ? e : take_added(q, 0, ret);
}

/* What a row says, as far as it can be. */
static bool read_item(const struct queue *q, size_t row, enum queue_kind kind,
		      struct arena *a, struct queue_item *ret)
{
	struct str key = pq_text(q->pq, row, 0), body = pq_text(q->pq, row, 1);
	uint64_t depth, attempts = 0;
	bool is_sound = number(q, row, 2, &depth) && depth <= UINT32_MAX &&
			number(q, row, 3, &attempts) && attempts;

	*ret = (struct queue_item){.kind = kind, .key = arena_dup(a, key)};
	if (kind == QUEUE_COUNT) {
		is_sound = is_sound && sha256_is_hex(key) &&
			   body.n <= QUEUE_BODY_BYTES;
		ret->body = arena_dup(a, body);
	} else {
		is_sound = is_sound && queue_item_of(kind, body, a, ret) &&
			   str_eq(key, ret->key);
		ret->key = arena_dup(a, key);
	}
	ret->depth = depth;
	ret->attempts = attempts;
	return is_sound;
}

enum err queue_claim(struct queue *q, enum queue_kind kind, struct str owner,
		     uint64_t lease, unsigned n, struct arena *a,
		     struct queue_items *ret)
{
	const struct str values[] = {
		str_c(queue_item_kind_name(kind)), owner,
		arena_fmt(a, "%llu", (unsigned long long)lease),
		arena_fmt(a, "%u", n), arena_fmt(a, "%d", QUEUE_TRIES)};
	struct queue_items bad = {0};
	enum err e = run(q, "SELECT key, body, depth, attempts FROM "
			    "ranwhence.claim($1, $2, $3::float, $4::int, "
			    "$5::int)", values, 5);
	size_t rows = e ? 0 : pq_rows(q->pq);
	bool is_dead;

	for (size_t i = 0; i < rows && i < n; i++) {
		struct queue_item item;
		bool is_sound = read_item(q, i, kind, a, &item);

		if (is_sound)
			vec_push(&ret->list, item);
		else
			vec_push(&bad.list, item);
	}
	for (size_t i = 0; !e && i < bad.list.n; i++) {
		struct queue_failure f = {STR("RW2013: not sound"), 0, true};

		diag_add(q->diags, RW2013, diag_at(STR("queue")),
			 "%.*s", STR_ARG(str_head(bad.list.v[i].key, 64)));
		e = queue_fail(q, &bad.list.v[i], owner, &f, &is_dead);
	}
	vec_release(&bad.list);
	return e;
}

enum err queue_finish(struct queue *q, const struct queue_item *item,
		      struct str owner, const struct queue_items *found,
		      bool *ret_ours, struct queue_added *ret)
{
	struct arena a = {0};
	struct strbuf json;
	struct str values[4] = {
		item->key, owner,
		arena_fmt(&a, "%llu", (unsigned long long)item->depth)};
	enum err e;

	strbuf_init(&json, 0);
	queue_item_write(found, &json);
	values[3] = strbuf_str(&json);
	e = run(q, "SELECT end_state, added, left_out FROM ranwhence.finish("
		   "$1, $2, $3::int, $4::json)", values, 4);
	strbuf_release(&json);
	arena_release(&a);
	if (e)
		return e;
	*ret_ours = !str_is(pq_text(q->pq, 0, 0), "lost");
	return take_added(q, 1, ret);
}

enum err queue_fail(struct queue *q, const struct queue_item *item,
		    struct str owner, const struct queue_failure *f,
		    bool *ret_dead)
{
	struct arena a = {0};
	const struct str values[] = {
		item->key, owner, f->why,
		arena_fmt(&a, "%lld.%06lld",
			  (long long)(f->wait / PACE_SECOND),
			  (long long)(f->wait % PACE_SECOND)),
		arena_fmt(&a, "%d", QUEUE_TRIES),
		f->counts ? STR("t") : STR("f")};
	enum err e = run(q, "SELECT ranwhence.fail($1, $2, $3, $4::float, "
			    "$5::int, $6::boolean)", values, 6);

	*ret_dead = !e && str_is(pq_text(q->pq, 0, 0), "dead");
	arena_release(&a);
	return e;
}

enum err queue_beat(struct queue *q, struct str owner, uint64_t lease)
{
	struct arena a = {0};
	const struct str values[] = {
		owner, arena_fmt(&a, "%llu", (unsigned long long)lease)};
	enum err e = pq_run(q->pq, "SELECT ranwhence.beat($1, $2::float)",
			    values, 2);

	arena_release(&a);
	return e;
}

/* --- looking -------------------------------------------------------------- */

/* The number of a kind in a state. */
static uint64_t *find(struct queue_count *of, struct str kind,
		      struct str state)
{
	enum queue_kind k;

	if (!queue_item_kind_of(kind, &k))
		return NULL;
	return str_is(state, "ready") ? &of[k].ready :
	       str_is(state, "leased") ? &of[k].leased :
	       str_is(state, "done") ? &of[k].done :
	       str_is(state, "dead") ? &of[k].dead : NULL;
}

enum err queue_counts(struct queue *q,
		      struct queue_count ret[QUEUE_KIND_COUNT],
		      int64_t *ret_due)
{
	enum err e = run(q,
		"SELECT kind, state, count(*), CASE WHEN state IN ('ready', "
		"'leased') THEN greatest(0, ceil(extract(epoch FROM min(due) "
		"- now()) * 1000000))::bigint ELSE -1 END FROM ranwhence.item "
		"GROUP BY kind, state", NULL, 0);

	*ret_due = INT64_MAX;
	for (size_t i = 0; i < QUEUE_KIND_COUNT; i++)
		ret[i] = (struct queue_count){0};
	for (size_t i = 0; !e && i < pq_rows(q->pq); i++) {
		uint64_t *n = find(ret, pq_text(q->pq, i, 0),
				   pq_text(q->pq, i, 1));
		int64_t due;

		if (!n || !number(q, i, 2, n) ||
		    !str_to_i64(pq_text(q->pq, i, 3), &due))
			return nonsense(q);
		if (due >= 0 && due < *ret_due)
			*ret_due = due;
	}
	return e;
}

static enum err tell_dead(struct queue *q, struct strbuf *to)
{
	enum err e = run(q, "SELECT kind, CASE WHEN kind = 'count' THEN key "
			    "ELSE split_part(body, E'\\t', 1) END, error "
			    "FROM ranwhence.item WHERE state = 'dead' "
			    "ORDER BY 1, 2 LIMIT 50", NULL, 0);

	for (size_t i = 0; !e && i < pq_rows(q->pq); i++)
		strbuf_fmt(to, "given up: %.*s %.*s: %.*s\n",
			   STR_ARG(pq_text(q->pq, i, 0)),
			   STR_ARG(pq_text(q->pq, i, 1)),
			   STR_ARG(pq_text(q->pq, i, 2)));
	return e;
}

static enum err tell_budgets(struct queue *q, struct strbuf *to)
{
	enum err e = run(q, "SELECT service, token <> '', calls, ceil(extract("
			    "epoch FROM held - now())) FROM ranwhence.budget "
			    "ORDER BY service, token LIMIT 50", NULL, 0);

	for (size_t i = 0; !e && i < pq_rows(q->pq); i++) {
		struct str wait = pq_text(q->pq, i, 3);

		strbuf_fmt(to, "asked: %.*s%s: %.*s times",
			   STR_ARG(pq_text(q->pq, i, 0)),
			   str_is(pq_text(q->pq, i, 1), "t")
			   ? " with a token" : "",
			   STR_ARG(pq_text(q->pq, i, 2)));
		if (wait.n && wait.p[0] != '-' && !str_is(wait, "0"))
			strbuf_fmt(to, ", not again for %.*s s",
				   STR_ARG(wait));
		strbuf_ch(to, '\n');
	}
	return e;
}

enum err queue_tell(struct queue *q, struct strbuf *to, bool *ret_left_out)
{
	uint64_t depth, most, frontier, deep, many;
	enum err e = run(q, "SELECT depth, most, frontier, too_deep, too_many "
			    "FROM ranwhence.setting", NULL, 0);

	*ret_left_out = false;
	if (e)
		return e;
	if (!number(q, 0, 0, &depth) || !number(q, 0, 1, &most) ||
	    !number(q, 0, 2, &frontier) || !number(q, 0, 3, &deep) ||
	    !number(q, 0, 4, &many))
		return nonsense(q);
	*ret_left_out = many > 0;
	strbuf_fmt(to, "found: %llu repositories and packages of at most "
		   "%llu, to depth %llu\n", (unsigned long long)frontier,
		   (unsigned long long)most, (unsigned long long)depth);
	if (deep)
		strbuf_fmt(to, "not followed: deeper than that, %llu "
			   "mentions\n", (unsigned long long)deep);
	if (many)
		strbuf_fmt(to, "left out: more than that, %llu mentions "
			   "(RW1901)\n", (unsigned long long)many);
	e = tell_budgets(q, to);
	return e ? e : tell_dead(q, to);
}

/* --- budgets -------------------------------------------------------------- */

int64_t queue_draw(void *with, const struct fetch_service *s)
{
	struct queue *q = with;
	const struct pace_rate *r = &s->pace.rate;
	struct arena a = {0};
	struct strbuf name, token;
	struct str values[5];
	int64_t wait = PACE_SECOND;

	strbuf_init(&name, 0);
	strbuf_init(&token, 0);
	queue_item_service(s, &name, &token);
	values[0] = strbuf_str(&name);
	values[1] = strbuf_str(&token);
	values[2] = arena_fmt(&a, "%lld", (long long)r->spacing);
	values[3] = arena_fmt(&a, "%u", r->n);
	values[4] = arena_fmt(&a, "%lld", (long long)r->window);
	if (pq_run(q->pq, "SELECT ranwhence.draw($1, $2, $3::bigint, "
			  "$4::bigint, $5::bigint)", values, 5) ||
	    !str_to_i64(pq_text(q->pq, 0, 0), &wait) || wait < 0)
		wait = PACE_SECOND;
	if (wait > q->waits.drawn)
		q->waits.drawn = wait;
	strbuf_release(&name);
	strbuf_release(&token);
	arena_release(&a);
	return wait;
}

void queue_hold(void *with, const struct fetch_service *s, int64_t wait)
{
	struct queue *q = with;
	struct arena a = {0};
	struct strbuf name, token;
	struct str values[3];

	strbuf_init(&name, 0);
	strbuf_init(&token, 0);
	queue_item_service(s, &name, &token);
	values[0] = strbuf_str(&name);
	values[1] = strbuf_str(&token);
	values[2] = arena_fmt(&a, "%lld", (long long)wait);
	if (wait > q->waits.held)
		q->waits.held = wait;
	/* lost with the server, it still holds for this process (pace) */
	(void)!pq_run(q->pq, "SELECT ranwhence.hold($1, $2, $3::bigint)",
		      values, 3);
	strbuf_release(&name);
	strbuf_release(&token);
	arena_release(&a);
}

struct queue_waits queue_take_waits(struct queue *q)
{
	struct queue_waits waits = q->waits;

	q->waits = (struct queue_waits){0};
	return waits;
}
