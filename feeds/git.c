/*
 * git itself: the repositories that targets name, as bare clones beside the
 * store, and of each a digest in the store.  The references that a server
 * announces are the answer that is kept; a pack follows where they name what
 * the clone has not.  Nothing is checked out, no hook runs, no submodule is
 * followed.  This process hands packs on as files; a worker without network
 * reads them and counts (feed_cloner).
 */
#include "feeds/feed.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/limits.h"
#include "feeds/config.h"
#include "feeds/git_clones.h"
#include "feeds/git_wire.h"
#include "model/component.h"
#include "store/account_store.h"
#include "store/digest_cache.h"

#define MOST_REPOSITORIES 200
#define MOST_MB 2000
#define NO_ROOM "the clones beside the store have no room for it: 'ranwhence " \
		"store gc' removes the oldest"

/* A clone and what becomes of it. */
struct job {
	struct git_clone clone;
	struct git_refs refs;    /* that it is to have */
	struct str pack;         /* key of the file with the rest, or "" */
	struct account_commits accounts; /* of its commits, once all is asked */
	struct str note;         /* what is to be noted of them, or "" */
	bool is_anew;
	bool is_counted;         /* as it stands, but maybe without them */
};

struct feed_own {
	const char *folder;
	uint64_t most_bytes;     /* of one pack */
	uint64_t bytes;          /* of all clones */
	VEC(struct job *) jobs;
	VEC(struct fetch_service *) services;
};

/* A setting that is a number from 1 on. */
static uint64_t number(const struct feed_run *r, const char *key,
		       uint64_t usual)
{
	uint64_t n;

	return str_to_u64(feed_setting(r, key, ""), &n) && n &&
	       n <= UINT32_MAX ? n : usual;
}

/* --- where to ask --------------------------------------------------------- */

static bool has_mirror(const struct feed_run *r)
{
	return r->config->url.n != 0;
}

/* Nothing that a target names leads to a port or a machine of our own. */
static bool is_public_name(const struct origin *o)
{
	bool is_numeric = str_find_ch(o->host, ':') != SIZE_MAX;

	if (o->host.n)
		is_numeric = is_numeric ||
			     ascii_is_digit(o->host.p[o->host.n - 1]);
	return str_is(o->scheme, "https") && o->port == 443 && !is_numeric &&
	       str_find_ch(o->host, '.') != SIZE_MAX &&
	       !origin_is_loopback(o);
}

/* Each host is asked at its own pace. */
static struct fetch_service *service_of(struct feed_run *r, struct str url)
{
	struct feed_own *own = r->own;
	struct fetch_service *s;
	struct origin o;

	if (has_mirror(r))
		return &r->service;
	if (origin_parse(url, &r->arena, &o) || !is_public_name(&o))
		return NULL;
	for (size_t i = 0; i < own->services.n; i++)
		if (origin_eq(&own->services.v[i]->origin, &o))
			return own->services.v[i];
	s = arena_alloc(&r->arena, sizeof *s);
	*s = (struct fetch_service){
		.name = r->service.name, .origin = o, .hosts = r->service.hosts,
		.may_private = r->service.may_private,
		.parallel = r->service.parallel};
	pace_init(&s->pace, r->service.pace.rate, r->service.pace.backoff,
		  r->service.pace.random + own->services.n);
	vec_push(&own->services, s);
	return s;
}

/* The address itself, or what a mirror has below host and path. */
static struct str url_of(struct feed_run *r, struct str address)
{
	return has_mirror(r) && str_has_prefix(address, STR("https://"))
		? feed_url(r, arena_fmt(&r->arena, "/%.*s",
					STR_ARG(str_from(address, 8))))
		: address;
}

/* --- what is there -------------------------------------------------------- */

static bool is_same(const struct git_refs *a, const struct git_refs *b)
{
	bool is = a->list.n == b->list.n;

	for (size_t i = 0; is && i < a->list.n; i++)
		is = str_eq(a->list.v[i].id, b->list.v[i].id) &&
		     str_eq(a->list.v[i].name, b->list.v[i].name);
	return is;
}

/* The commit of HEAD. */
static struct str head_of(const struct git_refs *refs)
{
	for (size_t i = 0; i < refs->list.n; i++)
		if (str_eq(refs->list.v[i].name, refs->head))
			return refs->list.v[i].id;
	return STR("");
}

/* Is counting somebody else's? */
static bool is_for_later(const struct feed_run *r)
{
	return r->cloner && r->cloner->is_for_later;
}

/* Is there a digest of the repository with this head, as it is counted now? */
static bool is_counted(struct feed_run *r, struct str address,
		       struct str head)
{
	struct arena scratch = {0};
	struct digest d;
	bool is = false;

	if (digest_cache_find_clone(r->store, address, &scratch, &d)) {
		is = str_eq(d.head, head) && d.engine == DIGEST_ENGINE;
		digest_release(&d);
	}
	arena_release(&scratch);
	return is;
}

/* --- asking --------------------------------------------------------------- */

static void release_job(struct job *j)
{
	vec_release(&j->refs.list);
	account_commits_release(&j->accounts);
}

static void release(struct feed_run *r)
{
	struct feed_own *own = r->own;

	for (size_t i = 0; i < own->jobs.n; i++)
		release_job(own->jobs.v[i]);
	for (size_t i = 0; i < own->services.n; i++)
		pace_release(&own->services.v[i]->pace);
	vec_release(&own->jobs);
	vec_release(&own->services);
}

/* Asks for what the clone has not; the address is that which answered. */
static void ask_pack(struct feed_run *r, struct job *j, struct str base,
		     const struct git_refs *have)
{
	static const struct git_refs nothing;
	struct feed_own *own = r->own;
	struct strbuf body;

	strbuf_init(&body, 0);
	if (git_wire_ask(&j->refs, j->is_anew ? &nothing : have, &body)) {
		struct feed_request q = {
			.key = arena_fmt(&r->arena, "pack %.*s",
					 STR_ARG(j->clone.name)),
			.url = arena_fmt(&r->arena, "%.*s" GIT_WIRE_PACK,
					 STR_ARG(base)),
			.accept = STR("application/x-git-upload-pack-result"),
			.post = strbuf_str(&body),
			.post_type = STR("application/"
					 "x-git-upload-pack-request"),
			.max_bytes = own->most_bytes, .is_always = true,
			.service = service_of(r, j->clone.address)};

		j->pack = q.key;
		feed_ask_file(r, &q, 0);
	}
	strbuf_release(&body);
}

static void plan(struct feed_run *r, struct str base, struct git_refs *refs,
		 const struct git_clone *c)
{
	struct feed_own *own = r->own;
	struct arena scratch = {0};
	struct git_refs have;
	struct job *j;

	if (own->bytes >= LIMIT_CLONES_BYTES) {
		(void)feed_fail(r, c->address, NO_ROOM);
		vec_release(&refs->list);
		return;
	}
	git_clones_refs(c, &scratch, &have);
	j = arena_alloc(&r->arena, sizeof *j);
	*j = (struct job){.clone = *c, .refs = *refs};
	vec_push(&own->jobs, j);
	j->is_counted = is_same(&have, refs) &&
			(is_for_later(r) ||
			 is_counted(r, c->address, head_of(refs)));
	if (!j->is_counted) {
		j->is_anew = !have.list.n || git_clones_is_scattered(c);
		ask_pack(r, j, base, &have);
		r->fresh += !j->pack.n; /* its digest is new */
	}
	vec_release(&have.list);
	arena_release(&scratch);
}

static void take_refs(struct feed_run *r, struct str key,
		      const struct answer *a)
{
	struct feed_own *own = r->own;
	struct str url = arena_dup(&r->arena, a->url), why = STR("");
	struct git_refs refs = {0};
	struct git_clone c;

	if (!str_has_suffix(url, STR(GIT_WIRE_REFS)))
		(void)feed_fail(r, key, "is led to another address: %.*s",
				STR_ARG(str_head(url, 200)));
	else if (git_wire_refs(a->body, &r->arena, &refs, &why))
		(void)feed_fail(r, key, "%.*s", STR_ARG(why));
	else {
		url.n -= sizeof GIT_WIRE_REFS - 1;
		git_clones_find(own->folder, key, &r->arena, &c);
		plan(r, url, &refs, &c);
		return;
	}
	vec_release(&refs.list);
}

static void ask_refs(struct feed_run *r, struct str address)
{
	struct feed_request q = {
		.key = address, .then = take_refs,
		.accept = STR("application/x-git-upload-pack-advertisement"),
		.service = service_of(r, address)};

	if (!q.service) {
		(void)feed_fail(r, address, "is no public https address");
		return;
	}
	q.url = arena_fmt(&r->arena, "%.*s" GIT_WIRE_REFS,
			  STR_ARG(url_of(r, address)));
	feed_ask(r, &q);
}

/* Letters that need no quoting, neither in a request nor in a file. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    str_find_ch(STR("/._-~+:"), s.p[i]) == SIZE_MAX)
			return false;
	return s.n < 500;
}

static void ask(struct feed_run *r)
{
	struct feed_own *own = arena_alloc(&r->arena, sizeof *own);
	size_t most = number(r, "most", MOST_REPOSITORIES), n = 0;

	*own = (struct feed_own){
		.folder = git_clones_folder(r->store->path, &r->arena),
		.most_bytes = number(r, "size", MOST_MB) * LIMIT_MB};
	r->own = own;
	mkdir(own->folder, 0700); /* what is amiss shows when it is used */
	fs_drop_temporaries(own->folder, false);
	own->bytes = git_clones_bytes(own->folder);
	for (size_t i = 0; i < r->wants->repositories.n; i++) {
		struct str address = component_repository_url(
			r->wants->repositories.v[i], &r->arena);

		if (!str_has_prefix(address, STR("https://")) ||
		    !is_plain(address))
			(void)feed_fail(r, r->wants->repositories.v[i],
					"is no public https address");
		else if (n++ < most)
			ask_refs(r, address);
		else
			(void)feed_fail(r, address, "is one of more than %zu "
					"repositories (setting: most)", most);
	}
}

/* --- counting ------------------------------------------------------------- */

/* Where the pack begins in a file that came. */
static enum err find_pack(const char *file, struct arena *a,
			  uint64_t *ret_offset, struct str *ret_why)
{
	char *begin = arena_alloc(a, GIT_WIRE_HEAD_BYTES);
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, begin, GIT_WIRE_HEAD_BYTES);
	size_t offset = 0;
	enum err e = ERR_IO;

	*ret_why = STR("cannot be read again");
	if (n >= 0)
		e = git_wire_pack(str_n(begin, (size_t)n), &offset, ret_why);
	if (fd >= 0)
		close(fd);
	*ret_offset = offset;
	return e;
}

/* Takes the room that a pack needs. */
static bool has_room(struct feed_own *own, const char *pack)
{
	struct stat st;

	if (stat(pack, &st))
		return true; /* what is amiss shows when it is read */
	own->bytes += (uint64_t)st.st_size;
	return own->bytes <= LIMIT_CLONES_BYTES;
}

/* What review servers and forges have said meanwhile of its commits. */
static void find_accounts(struct feed_run *r, struct job *j)
{
	struct strbuf hex;

	account_store_find(r->store, &(struct account_store_of){
		.repository = j->clone.address, .facts = r->facts,
		.day = date_of_seconds(r->now)}, &j->accounts);
	strbuf_init(&hex, 0);
	if (j->accounts.list.n)
		account_commits_digest(&j->accounts, &hex);
	j->note = arena_dup(&r->arena, strbuf_str(&hex));
	strbuf_release(&hex);
}

/* Was a clone that stands counted without what is known now? */
static bool lacks_accounts(const struct job *j)
{
	struct arena scratch = {0};
	bool lacks = !str_eq(git_clones_note(&j->clone, &scratch), j->note);

	arena_release(&scratch);
	return lacks;
}

static bool is_behind(struct feed_run *r)
{
	bool is = false;

	for (size_t i = 0; r->own && r->cloner && !is_for_later(r) &&
			   i < r->own->jobs.n; i++) {
		struct job *j = r->own->jobs.v[i];

		find_accounts(r, j);
		j->is_counted = j->is_counted && !lacks_accounts(j);
		is = is || !j->is_counted;
	}
	return is;
}

/* What is wrong with the clone that a job would make; "" when it stands. */
static struct str work(struct feed_run *r, struct job *j)
{
	struct feed_clone c = {.address = j->clone.address,
			       .folder = j->clone.next,
			       .accounts = &j->accounts};
	struct str why = STR("");

	digest_cache_clone_key(c.address, c.key);
	if (j->pack.n) {
		c.pack = feed_file(r, j->pack);
		if (!has_room(r->own, c.pack))
			return STR(NO_ROOM);
		if (find_pack(c.pack, &r->arena, &c.pack_offset, &why))
			return why;
	}
	if (git_clones_begin(&j->clone, &(struct git_clones_next){
		.refs = &j->refs, .note = j->note, .is_anew = j->is_anew}))
		return STR("the folder of clones cannot be written");
	if (r->cloner->count(r->cloner->with, &c, &r->arena, &why))
		return why.n ? why : STR("the worker that counts it died");
	if (!is_for_later(r) &&
	    !is_counted(r, c.address, head_of(&j->refs)))
		return STR("its digest is not sound");
	if (git_clones_settle(&j->clone))
		return STR("the folder of clones cannot be written");
	return STR("");
}

static void run_job(struct feed_run *r, struct job *j)
{
	struct str why;

	if (j->is_counted || (j->pack.n && !feed_has_file(r, j->pack)))
		return; /* why it did not come was told */
	why = work(r, j);
	git_clones_drop(&j->clone);
	if (why.n)
		(void)feed_fail(r, j->clone.address, "%.*s", STR_ARG(why));
}

/* The evidence: who said when that these are the tips. */
static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	if (a->status == 200 && str_has_prefix(key, STR("https://")))
		(void)feed_source(r, key, a, "references that the repository "
				  "announced, the answer of this digest");
}

static enum err publish(struct feed_run *r)
{
	struct feed_own *own = r->own;

	for (size_t i = 0; r->cloner && i < own->jobs.n; i++)
		run_job(r, own->jobs.v[i]);
	for (size_t i = 0; i < own->services.n; i++)
		r->service.bytes += own->services.v[i]->bytes;
	return feed_publish_each(r, take_answer);
}

const struct feed feed_git = {
	.name = "git",
	.summary = "histories of the repositories that targets name",
	.licence = "facts about public histories",
	/* each repository is asked at its own address; one that is configured
	 * is a mirror of all */
	.url = "https://git-scm.com/docs/gitprotocol-http", .hosts = "",
	.rate = "1/s", .token = "", .settings = "most size",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 2,
	.ask = ask, .publish = publish, .is_behind = is_behind,
	.release = release,
};
