/*
 * GitHub's GraphQL API, which wants a token: for the history of a default
 * branch, how many commits of each host and month are by accounts whose
 * profile names which organisation (`company`), and which commits are signed
 * by their author's account.  A profile is what a person says of himself, and
 * today: a claim.  Of persons nothing is kept, and of claims only those that
 * mean exactly one organisation at hand.
 */
#include "feeds/feed.h"

#include "base/date.h"
#include "model/address.h"
#include "model/component.h"
#include "model/digest_part.h"
#include "model/facts_index.h"
#include "store/claim_store.h"

#define SITE "github.com/"
#define MOST_REPOSITORIES 50
#define MOST_COMMITS 100000 /* of one repository */
#define LEFT 20             /* points of the budget that stay */

#define QUERY \
	"query($o:String!,$n:String!,$after:String){" \
	"rateLimit{cost remaining resetAt}" \
	"repository(owner:$o,name:$n){defaultBranchRef{target{" \
	"... on Commit{oid history(first:100,after:$after){" \
	"pageInfo{hasNextPage endCursor}" \
	"nodes{oid authoredDate parents(first:2){totalCount}" \
	"author{email user{databaseId company}}" \
	"signature{isValid signer{databaseId}}}}}}}}}"

/* --- what is kept --------------------------------------------------------- */

/* Commits of one host, month and organisation. */
struct row {
	struct str host, month, organisation;
	uint64_t n;
};

/* A page while it is read. */
struct reading {
	struct feed_run *run;
	struct arena a;
	VEC(struct row) rows;
	VEC(struct str) accounts; /* commits that their author's signed */
};

static struct str text(struct reading *p, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &p->a);
}

static bool is_true(struct json_raw of, const char *key)
{
	return str_is(json_raw_get(of, key).text, "true");
}

/* The organisation that publishes at github.com/LOGIN. */
static struct str by_login(struct reading *p, struct str login)
{
	const struct facts *f = p->run->facts;
	struct facts_run run = facts_index_subject(
		f, FACT_PUBLISHES, arena_fmt(&p->a, SITE "%.*s",
					     STR_ARG(login)));
	struct str found = STR("");

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->state != FACT_ACCEPTED || r->confidence < FACT_B ||
		    !facts_holds(r, date_of_seconds(p->run->now)))
			continue;
		if (found.n && !str_eq(found, r->object))
			return STR("");
		found = r->object;
	}
	return found;
}

/* The one organisation that a profile names; "" for none, or several. */
static struct str organisation_of(struct reading *p, struct json_raw user)
{
	struct str company = str_trim(text(p, user, "company"));

	if (str_has_prefix(company, STR("@")))
		return by_login(p, arena_lower(&p->a, str_from(company, 1)));
	return feed_known_name(p->run, company);
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40;
}

/* Who signed is whose address the author has: the account of both. */
static bool is_by_account(struct json_raw node, struct json_raw user)
{
	struct json_raw signature = json_raw_get(node, "signature");
	struct json_raw signer = json_raw_get(
		json_raw_get(signature, "signer"), "databaseId");
	struct json_raw author = json_raw_get(user, "databaseId");

	return is_true(signature, "isValid") && signer.type == JSON_NUMBER &&
	       author.type == JSON_NUMBER && str_eq(signer.text, author.text);
}

/* Reads a commit; false where it is none. */
static bool read_commit(struct reading *p, struct json_raw node)
{
	struct json_raw author = json_raw_get(node, "author");
	struct json_raw user = json_raw_get(author, "user");
	struct str when = text(p, node, "authoredDate"), id, address;
	uint64_t parents;
	int32_t day;

	id = arena_lower(&p->a, text(p, node, "oid"));
	address = arena_lower(&p->a, text(p, author, "email"));
	if (!is_id(id) || author.type != JSON_OBJECT ||
	    date_parse(str_head(when, 10), &day) ||
	    !str_has_suffix(when, STR("Z")) ||
	    !str_to_u64(json_raw_get(json_raw_get(node, "parents"),
				     "totalCount").text, &parents))
		return false;
	if (parents > 1 || feed_is_bot(p->run, address))
		return true;
	if (is_by_account(node, user))
		vec_push(&p->accounts, id);
	vec_push(&p->rows, ((struct row){
		feed_mail_host(address), str_head(when, 7),
		organisation_of(p, user), 1}));
	return true;
}

static int by_key(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;
	int c = str_cmp(a->host, b->host);

	c = c ? c : str_cmp(a->month, b->month);
	return c ? c : str_cmp(a->organisation, b->organisation);
}

static void keep_rows(struct reading *p, struct json_out *j)
{
	json_out_key(j, "rows");
	json_out_array(j);
	vec_sort(&p->rows, by_key);
	for (size_t i = 0, n = 1; i < p->rows.n; i++, n++) {
		const struct row *r = &p->rows.v[i];

		if (i + 1 < p->rows.n && !by_key(r, r + 1))
			continue;
		json_out_array(j);
		json_out_str(j, r->host);
		json_out_str(j, r->month);
		json_out_str(j, r->organisation);
		json_out_i64(j, (int64_t)n);
		json_out_array_end(j);
		n = 0;
	}
	json_out_array_end(j);
	json_out_key(j, "accounts");
	json_out_array(j);
	for (size_t i = 0; i < p->accounts.n; i++)
		json_out_str(j, p->accounts.v[i]);
	json_out_array_end(j);
}

/* A page of a history; false for another shape. */
static bool keep_history(struct reading *p, struct json_raw target,
			 struct json_out *j)
{
	struct json_raw history = json_raw_get(target, "history"), one;
	struct json_raw info = json_raw_get(history, "pageInfo");
	struct json_raw nodes = json_raw_get(history, "nodes");
	struct json_walk w;
	bool is = nodes.type == JSON_ARRAY && is_id(text(p, target, "oid")) &&
		  json_raw_get(info, "hasNextPage").type == JSON_BOOL;

	json_walk_begin(&w, nodes);
	while (is && json_walk_next(&w, NULL, &one))
		is = read_commit(p, one);
	json_out_kstr(j, "head", text(p, target, "oid"));
	json_out_kstr_or_null(j, "next", is_true(info, "hasNextPage")
			      ? text(p, info, "endCursor") : STR(""));
	keep_rows(p, j);
	return is;
}

/* Nothing is there under this name, or it has no commit. */
static bool is_none(struct reading *p, struct json_raw root)
{
	struct json_raw data = json_raw_get(root, "data"), one;
	struct json_raw repository = json_raw_get(data, "repository");
	struct json_raw branch = json_raw_get(repository, "defaultBranchRef");
	struct json_walk w;

	if (repository.type == JSON_OBJECT)
		return branch.type == JSON_NULL;
	json_walk_begin(&w, json_raw_get(root, "errors"));
	return repository.type == JSON_NULL &&
	       json_walk_next(&w, NULL, &one) &&
	       str_is(text(p, one, "type"), "NOT_FOUND");
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct reading p = {.run = r};
	struct json_raw root, data;
	struct json_out j;
	struct strbuf b;
	struct str kept;
	bool is, has_nothing;

	(void)key;
	if (json_scan(body, &root, NULL) || root.cut)
		return STR("");
	data = json_raw_get(root, "data");
	has_nothing = is_none(&p, root);
	feed_keep_begin(&j, &b, body);
	json_out_kstr(&j, "left", json_raw_get(json_raw_get(
		data, "rateLimit"), "remaining").text);
	/* a part beside errors is no page */
	is = has_nothing ||
	     (json_raw_get(root, "errors").type == JSON_ABSENT &&
	      keep_history(&p, json_raw_get(json_raw_get(json_raw_get(
			data, "repository"), "defaultBranchRef"), "target"),
			   &j));
	kept = feed_keep_end(r, &j, &b);
	vec_release(&p.rows);
	vec_release(&p.accounts);
	arena_release(&p.a);
	return is ? kept : STR("");
}

/* --- asking --------------------------------------------------------------- */

static void take_page(struct feed_run *r, struct str key,
		      const struct answer *a);

static struct str body_of(struct feed_run *r, struct str owner,
			  struct str name, struct str after)
{
	struct strbuf b = {0};
	struct json_out j;
	struct str body;

	json_out_init(&j, &b, true);
	json_out_object(&j);
	json_out_kstr(&j, "query", STR(QUERY));
	json_out_key(&j, "variables");
	json_out_object(&j);
	json_out_kstr(&j, "o", owner);
	json_out_kstr(&j, "n", name);
	json_out_kstr_or_null(&j, "after", after);
	json_out_object_end(&j);
	json_out_object_end(&j);
	json_out_end(&j);
	body = arena_dup(&r->arena, strbuf_str(&b));
	strbuf_release(&b);
	return body;
}

/* Is a page at hand that goes on from this head? */
static bool is_of(struct feed_run *r, struct str key, struct str head)
{
	struct json_raw root;
	struct answer a;

	return !feed_answer(r, key, &r->arena, &a) &&
	       !json_scan(a.body, &root, NULL) &&
	       str_eq(json_raw_str(json_raw_get(root, "head"), &r->arena),
		      head);
}

/* A page of a repository ("github.com/owner/name"); behind the first it must
 * be one of the same head. */
static void ask_page(struct feed_run *r, struct str place, uint64_t first,
		     struct str head, struct str after)
{
	struct feed_request q = {.accept = STR("application/json"),
				 .post_type = STR("application/json"),
				 .url = STR("/graphql"), .then = take_page};
	struct str owner, name;

	if (!str_cut(str_from(place, sizeof SITE - 1), '/', &owner, &name))
		return;
	q.key = claim_store_key(place, first, &r->arena);
	q.post = body_of(r, owner, name, after);
	q.is_always = r->fetch && first && !is_of(r, q.key, head);
	feed_ask(r, &q);
}

static void take_page(struct feed_run *r, struct str key,
		      const struct answer *a)
{
	uint64_t first = claim_store_first(key), left = UINT64_MAX;
	struct str place = arena_dup(&r->arena, claim_store_place(key));
	struct json_raw root;
	struct str next;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	next = json_raw_str(json_raw_get(root, "next"), &r->arena);
	str_to_u64(json_raw_str(json_raw_get(root, "left"), &r->arena),
		   &left);
	if (!next.n)
		return;
	if (first + CLAIM_STORE_PAGE >= MOST_COMMITS)
		(void)feed_fail(r, place, "has more than %d commits",
				MOST_COMMITS);
	else if (left < LEFT && a->time >= r->now)
		(void)feed_fail(r, place, "the budget of the token is spent: "
				"the next update goes on");
	else
		ask_page(r, place, first + CLAIM_STORE_PAGE,
			 json_raw_str(json_raw_get(root, "head"), &r->arena),
			 next);
}

static void ask_repository(struct feed_run *r, struct str url)
{
	struct str place = address_key(
		r->facts, date_of_seconds(r->now),
		component_repository_url(url, &r->arena), &r->arena);

	if (!str_has_prefix(place, STR(SITE)) || !feed_once(r, place))
		return;
	if (r->once.n > MOST_REPOSITORIES)
		(void)feed_fail(r, place, "is one of more than %d "
				"repositories", MOST_REPOSITORIES);
	else
		ask_page(r, place, 0, STR(""), STR(""));
}

/* What the target itself brings first.  Without a token there is nothing to
 * be had. */
static void ask(struct feed_run *r)
{
	if (r->fetch && !r->service.token_header.n) {
		(void)feed_fail(r, STR("token"), "it wants one: token-env or "
				"token-file");
		return;
	}
	for (size_t i = 0; i < r->wants->histories.n; i++)
		ask_repository(r, r->wants->histories.v[i]);
	for (size_t i = 0; i < r->wants->repositories.n; i++)
		ask_repository(r, r->wants->repositories.v[i]);
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	if (a->status == 200 && !claim_store_first(key))
		(void)feed_source(r, key, a, "GitHub, what profiles of those "
				  "who committed claim, counted");
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_github_graphql = {
	.name = CLAIM_STORE_FEED,
	.summary = "organisations that profiles of GitHub claim, counted",
	.licence = "service-terms", .url = "https://api.github.com",
	.hosts = "", .rate = "2/s 5000/h", .token = "", .settings = "",
	.flags = FEED_PER_TARGET | FEED_AFTER | FEED_OFF, .parallel = 1,
	.ask = ask, .publish = publish, .keep = keep,
};
