/*
 * Where the source of each component lives, by the first of these that says
 * so: what was declared, the purl, the address of a download, a fact about
 * the package.  Nothing is guessed from names.
 */
#include "resolve/resolve.h"

#include "base/limits.h"
#include "model/address.h"
#include "model/forge.h"
#include "model/purl.h"
#include "resolve/merge.h"
#include "resolve/package.h"
#include "store/account_store.h"
#include "store/claim_store.h"
#include "store/digest_store.h"
#include "store/review_store.h"

#define SCRATCH_BYTES LIMIT_MB /* then it is emptied */

struct resolver {
	struct scan *scan;
	struct arena scratch; /* of one component or a few */
	struct arena keys;
};

/* What one kind of evidence says of a component. */
struct lead {
	struct forge_place place;
	struct str how;
	struct str contradiction; /* of two facts about it, or "" */
	bool is_claimed;          /* as a row of confidence B says */
};

static bool is_commit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40 || s.n == 64;
}

/* --- what the purl says --------------------------------------------------- */

/* The host that a purl of a forge's type lives on. */
static struct str forge_host(const struct purl *p, const char *usual)
{
	struct str url = purl_qualifier(p, "repository_url");
	size_t scheme = str_find(url, STR("://"));

	if (scheme != SIZE_MAX)
		url = str_from(url, scheme + 3);
	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	return url.n ? url : str_c(usual);
}

/* Types whose namespace and name are an address. */
static struct str address_of_type(const struct purl *p, struct arena *a)
{
	static const struct { const char *type, *host; } forges[] = {
		{"bitbucket", "bitbucket.org"}, {"github", "github.com"},
		{"gitlab", "gitlab.com"}, {"huggingface", "huggingface.co"}};

	for (size_t i = 0; i < sizeof forges / sizeof *forges; i++)
		if (str_is(p->type, forges[i].type))
			return arena_fmt(a, "https://%.*s/%.*s/%.*s",
				STR_ARG(forge_host(p, forges[i].host)),
				STR_ARG(p->namespace), STR_ARG(p->name));
	if (str_is(p->type, "git") || str_is(p->type, "swift"))
		return arena_fmt(a, "https://%.*s/%.*s",
				 STR_ARG(p->namespace), STR_ARG(p->name));
	return STR("");
}

static bool from_type(const struct purl *p, struct arena *a,
		      struct lead *ret)
{
	struct str url = component_repository_url(address_of_type(p, a), a);

	if (str_is(p->type, "golang"))
		url = forge_go_module(
			arena_fmt(a, "%.*s/%.*s", STR_ARG(p->namespace),
				  STR_ARG(p->name)), a);
	ret->place = (struct forge_place){url, p->version};
	ret->how = STR("purl");
	return url.n != 0;
}

/* A revision tied to the address of a version control system: url@rev. */
static struct str tied_rev(struct str url)
{
	size_t at, slash;

	url = str_head(url, str_find_ch(url, '#'));
	at = str_rfind_ch(url, '@');
	slash = str_rfind_ch(url, '/');
	return at != SIZE_MAX && slash != SIZE_MAX && at > slash
		? str_from(url, at + 1) : STR("");
}

static bool from_vcs_url(const struct purl *p, struct arena *a,
			 struct lead *ret)
{
	struct str url = purl_qualifier(p, "vcs_url");
	struct str repository = component_repository_url(url, a);

	/* That of a vcpkg port is where the recipe lives. */
	if (str_is(p->type, "vcpkg") || !repository.n)
		return false;
	ret->place = (struct forge_place){repository, tied_rev(url)};
	ret->how = STR("purl qualifier vcs_url");
	return true;
}

static bool from_download_url(const struct purl *p, struct arena *a,
			      struct lead *ret)
{
	ret->how = STR("purl qualifier download_url");
	return forge_find(purl_qualifier(p, "download_url"), a, &ret->place);
}

/* For most types it names a register of packages, not a source. */
static bool from_repository_url(const struct purl *p, struct arena *a,
				struct lead *ret)
{
	ret->how = STR("purl qualifier repository_url");
	return (str_is(p->type, "generic") || str_is(p->type, "otp")) &&
	       forge_find(purl_qualifier(p, "repository_url"), a,
			  &ret->place);
}

/* What facts say of the package; where they contradict each other, that is
 * kept to be told. */
static bool from_facts(const struct resolver *r, const struct purl *p,
		       struct arena *a, struct lead *ret)
{
	struct address_package of;
	bool found = package_source(r->scan, p, a, &of, &ret->how);

	if (of.other != SIZE_MAX)
		ret->contradiction = package_contradiction(r->scan->facts,
							   &of, a);
	ret->place = (struct forge_place){of.repository, STR("")};
	ret->is_claimed = found && of.is_claimed;
	return found;
}

static bool from_purl(const struct resolver *r, const struct purl *p,
		      struct arena *a, struct lead *ret)
{
	return from_type(p, a, ret) || from_vcs_url(p, a, ret) ||
	       from_download_url(p, a, ret) ||
	       from_repository_url(p, a, ret) || from_facts(r, p, a, ret);
}

/* --- one component -------------------------------------------------------- */

/* What was declared, whatever form it has.  Without the claim to be that of a
 * repository, an address is one of a download. */
static bool from_declared(const struct component *c, struct arena *a,
			  struct lead *ret)
{
	struct str url = c->provenance.repository;
	bool is_download = c->provenance.kind != PROVENANCE_REPOSITORY ||
			   forge_is_archive(url);

	ret->how = is_download ? STR("download address") : STR("declared");
	if (!url.n)
		return false;
	if (forge_find(url, a, &ret->place)) {
		if (!ret->place.rev.n)
			ret->place.rev = tied_rev(url);
		return true;
	}
	if (is_download)
		return false;
	ret->place = (struct forge_place){component_repository_url(url, a),
					  tied_rev(url)};
	return ret->place.repository.n != 0;
}

/* Fills what is still open; texts are copied. */
static void follow(struct provenance *p, const struct lead *l,
		   struct arena *a)
{
	struct str rev = l->place.rev;

	p->kind = PROVENANCE_REPOSITORY;
	p->is_claimed = l->is_claimed;
	p->repository = arena_dup(a, l->place.repository);
	if (!p->how.n || l->is_claimed)
		p->how = arena_dup(a, l->how);
	if (!p->commit.n && is_commit(rev))
		p->commit = arena_lower(a, rev);
	else if (!p->commit.n && !p->ref.n)
		p->ref = arena_dup(a, rev);
}

/* Why no repository is known; what feeds answered comes behind it. */
static struct str why_not(const struct component *c, const struct purl *p,
			  bool has_purl, struct arena *a)
{
	if (c->provenance.repository.n)
		return arena_fmt(a, "the address declared is not one of a "
				    "repository: %.*s",
				 STR_ARG(c->provenance.repository));
	if (has_purl)
		return arena_fmt(a, "a purl of type %.*s names no repository, "
				    "and no fact does",
				 STR_ARG(p->type));
	return STR("neither a repository nor a purl is declared");
}

static void give_up(struct component *c, struct str why)
{
	struct provenance *p = &c->provenance;

	p->repository = STR("");
	if (c->digest == SIZE_MAX || !p->how.n)
		p->how = why;
	/* A scanned repository has a commit, if no address. */
	if (c->digest != SIZE_MAX || (c->is_root && p->commit.n))
		return;
	p->commit = p->ref = STR("");
	p->kind = p->hash.n ? PROVENANCE_ARTIFACT : PROVENANCE_UNKNOWN;
}

/* A commit that is not in full is a ref like any other. */
static void check_commit(struct provenance *p, struct arena *a)
{
	if (is_commit(p->commit)) {
		p->commit = arena_lower(a, p->commit);
		return;
	}
	if (!p->ref.n)
		p->ref = p->commit;
	p->commit = STR("");
}

static bool read_purl(struct resolver *r, struct component *c,
		      struct purl *ret)
{
	struct scan *s = r->scan;
	struct str canonical;
	const char *why;

	*ret = (struct purl){0};
	if (!c->purl.n)
		return false;
	if (purl_parse(c->purl, &r->scratch, ret, &why)) {
		diag_add(&s->diags, RW1206,
			 diag_at_line(c->evidence.v[0].path,
				      c->evidence.v[0].line),
			 "%.*s: %s", STR_ARG(c->purl), why);
		c->purl = STR("");
		return false;
	}
	canonical = purl_write(ret, &r->scratch);
	if (!str_eq(c->purl, canonical))
		c->purl = arena_dup(&s->arena, canonical);
	return true;
}

/* Types that name a repository: such a component is its repository. */
static bool is_repository_type(struct str type)
{
	return str_is(type, "git") || str_is(type, "github") ||
	       str_is(type, "gitlab") || str_is(type, "bitbucket");
}

/*
 * What components must share to be the same thing: the purl of a package, or
 * repository and revision; of a scanned repository without an address the
 * commit, which names all of its history; of a package of an unknown
 * distribution name and version.  Packages of one repository stay apart, and
 * so do the functions of a stack: each is judged by itself.
 */
static struct str key_of(struct resolver *r, const struct component *c,
			 const struct purl *p)
{
	const struct provenance *from = &c->provenance;
	const char *function = component_function_name(c->function);
	struct arena *a = &r->keys;
	struct str rev;

	if (c->purl.n && !(from->repository.n && is_repository_type(p->type)))
		return arena_fmt(a, "%s\n%.*s", function, STR_ARG(c->purl));
	if (!from->repository.n && str_is(c->type, "os-package"))
		return arena_fmt(a, "%s\nos-package %.*s\n%.*s", function,
				 STR_ARG(c->name), STR_ARG(c->version));
	if (!from->repository.n && !from->commit.n)
		return STR("");
	rev = from->commit.n ? from->commit
			     : c->version.n ? c->version : from->ref;
	return arena_fmt(a, "%s\n%.*s\n%.*s", function,
			 STR_ARG(address_key(r->scan->facts, r->scan->as_of,
					     from->repository, &r->scratch)),
			 STR_ARG(rev));
}

/* The hash of the bytes that a purl pins. */
static void fill_hash(struct provenance *p, const struct purl *purl,
		      struct arena *a)
{
	struct str hash = purl_qualifier(purl, "checksum");

	hash = str_head(hash, str_find_ch(hash, ','));
	if ((str_is(purl->type, "oci") || str_is(purl->type, "docker")) &&
	    str_has_prefix(purl->version, STR("sha256:")))
		hash = purl->version;
	if (!p->hash.n && hash.n)
		p->hash = arena_dup(a, hash);
}

/* What the further purls say, in their order. */
static bool from_more_purls(struct resolver *r, const struct component *c,
			    struct lead *ret)
{
	bool found = false;

	for (size_t i = 0; i < c->more_purls.n && !found; i++) {
		struct purl p;
		const char *why;

		if (purl_parse(c->more_purls.v[i], &r->scratch, &p, &why))
			continue;
		found = from_purl(r, &p, &r->scratch, ret);
		purl_release(&p);
	}
	return found;
}

static bool find_lead(struct resolver *r, const struct component *c,
		      const struct purl *p, bool has_purl, struct lead *ret)
{
	struct arena *a = &r->scratch;

	if (!from_declared(c, a, ret))
		return (has_purl && from_purl(r, p, a, ret)) ||
		       from_more_purls(r, c, ret);
	if (!ret->place.rev.n && has_purl && is_repository_type(p->type))
		ret->place.rev = p->version;
	return true;
}

static struct place place_of(const struct component *c)
{
	return diag_at_line(c->evidence.v[0].path, c->evidence.v[0].line);
}

/* Nothing leads to a repository. */
static void end_open(struct resolver *r, struct component *c,
		     const struct purl *p, bool has_purl,
		     const struct lead *l)
{
	struct str why = why_not(c, p, has_purl, &r->scratch), told;

	if (l->contradiction.n)
		why = arena_fmt(&r->scratch, "facts about the package "
				"contradict each other: %.*s",
				STR_ARG(l->contradiction));
	told = has_purl ? package_answers(r->scan, p, &r->scratch) : STR("");
	give_up(c, arena_fmt(&r->scan->arena, "%.*s%.*s", STR_ARG(why),
			     STR_ARG(told)));
}

/* Fills the provenance of a component; its key. */
static struct str resolve(struct resolver *r, struct component *c)
{
	struct arena *stay = &r->scan->arena;
	struct lead lead = {0};
	struct purl p;
	bool has_purl = read_purl(r, c, &p);
	struct str key;

	check_commit(&c->provenance, stay);
	if (has_purl)
		fill_hash(&c->provenance, &p, stay);
	if (find_lead(r, c, &p, has_purl, &lead))
		follow(&c->provenance, &lead, stay);
	else
		end_open(r, c, &p, has_purl, &lead);
	if (lead.contradiction.n)
		diag_add(&r->scan->diags, RW1805, place_of(c), "%.*s: %.*s",
			 STR_ARG(c->name), STR_ARG(lead.contradiction));
	key = key_of(r, c, &p);
	purl_release(&p);
	if (r->scratch.total > SCRATCH_BYTES)
		arena_release(&r->scratch);
	return key;
}

/* --- all of them ---------------------------------------------------------- */

/* Whoever writes a tree writes what it says of where it comes from: that
 * names it, and lends it no history. */
static void leave_alone(struct scan *s, const struct component *c)
{
	const struct provenance *p = &c->provenance;

	if (!str_is(p->how, "scanned"))
		diag_add(&s->diags, RW1801, place_of(c), "%.*s: says to be "
			 "%.*s (%.*s), but has no history that shows it",
			 STR_ARG(c->name), STR_ARG(p->repository),
			 STR_ARG(p->how));
}

/* The history of what a repository is a fork of.  What the fork added is not
 * in it, so it counts only as far as records without citation do. */
static void attach_origin(struct digest_store *store, struct component *c,
			  struct arena *scratch)
{
	struct provenance *p = &c->provenance;
	struct scan *s = store->scan;
	size_t row = address_fork(s->facts, s->as_of, p->repository, scratch);
	const struct fact *r;

	if (row == SIZE_MAX)
		return;
	r = &s->facts->rows.v[row];
	c->digest = digest_store_find(store, arena_fmt(
		scratch, "https://%.*s", STR_ARG(r->object)), STR(""));
	if (c->digest == SIZE_MAX)
		return;
	c->has_claimed_digest = true;
	diag_add(&s->diags, RW1806, place_of(c), "%.*s: %.*s is a fork of "
		 "%.*s (%.*s); what it added is not known",
		 STR_ARG(c->name), STR_ARG(p->repository), STR_ARG(r->object),
		 STR_ARG(r->evidence->source));
}

static void attach(struct digest_store *store, struct component *c,
		   struct arena *scratch)
{
	const struct provenance *p = &c->provenance;
	struct scan *s = store->scan;

	if (c->digest != SIZE_MAX)
		return;
	if (c->is_scanned && p->repository.n) {
		leave_alone(s, c);
		return;
	}
	if (!p->repository.n) {
		diag_add(&s->diags, RW1801, place_of(c), "%.*s: %.*s",
			 STR_ARG(c->name), STR_ARG(p->how));
		return;
	}
	c->digest = digest_store_find(store, p->repository, p->commit);
	c->has_claimed_digest = c->digest != SIZE_MAX && p->is_claimed;
	if (c->digest == SIZE_MAX)
		attach_origin(store, c, scratch);
	else if (p->commit.n &&
		 !str_eq(s->digests.v[c->digest].head, p->commit))
		diag_add(&s->diags, RW1802, place_of(c),
			 "%.*s: commit %.12s is used, the digest is of %.12s",
			 STR_ARG(c->name), p->commit.p,
			 s->digests.v[c->digest].head.p);
}

void resolve_scan(struct scan *s)
{
	struct resolver r = {.scan = s};
	struct parts *p = &s->parts;
	struct digest_store store;
	struct str *keys;

	if (!p->components.n)
		return;
	keys = mem_new(p->components.n, sizeof *keys);
	for (size_t i = 0; i < p->components.n; i++)
		keys[i] = resolve(&r, &p->components.v[i]);
	merge_components(s, keys);
	free(keys);
	arena_release(&r.keys);
	digest_store_open(&store, s);
	for (size_t i = 0; i < p->components.n; i++) {
		attach(&store, &p->components.v[i], &r.scratch);
		if (r.scratch.total > SCRATCH_BYTES)
			arena_release(&r.scratch);
	}
	digest_store_close(&store);
	review_store_join(s);
	claim_store_join(s);
	account_store_tell(s);
	arena_release(&r.scratch);
}
