/* `ranwhence history`: the digest of one repository. */
#include <stdio.h>

#include "attribute/attribute.h"
#include "cli/accounts.h"
#include "cli/ask.h"
#include "cli/cached.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "history/history.h"
#include "model/digest_authorship.h"
#include "model/digest_links.h"
#include "model/digest_seats.h"
#include "model/digest_terms.h"
#include "store/facts_store.h"

struct run {
	const struct opts *o;
	struct store *store;
	struct facts facts;
	struct author_keys keys;
	struct arena arena;
	struct diags diags;
	struct digest digest;
	struct scan tree; /* what the tree at the head declares of seats */
	enum parts_by by;
	struct history_releases releases;
};

/* A host is published under its own name when, at some time, a fact speaks
 * of it. */
static bool is_listed(const struct digest_host *h, void *with)
{
	(void)with;
	for (size_t i = 0; i < h->months.n; i++)
		if (h->months.v[i].by.class != HOST_UNKNOWN ||
		    h->months.v[i].by.is_ambiguous)
			return true;
	return str_is_empty(h->host);
}

static bool is_listed_host(struct str host, void *with)
{
	const struct date_span always = {DATE_MIN, DATE_MAX};
	struct attribution by;

	attribute_host(with, host, always, &by);
	return by.class != HOST_UNKNOWN || by.is_ambiguous;
}

static bool is_listed_company(struct str company, void *with)
{
	return attribute_name(with, company, NULL) != SIZE_MAX;
}

/* What is told of a .mailmap names hosts that are not published. */
static void leave_out(struct diags *ds, enum diag_code code)
{
	size_t n = 0;

	for (size_t i = 0; i < ds->kept.n; i++)
		if (ds->kept.v[i].code != code)
			ds->kept.v[n++] = ds->kept.v[i];
	ds->kept.n = n;
	ds->counts[code] = 0;
}

/* Where a clone lay on this machine is nobody's business. */
static void place_in_repository(struct run *r, struct str local)
{
	for (size_t i = 0; i < r->diags.kept.n; i++) {
		struct str *path = &r->diags.kept.v[i].place.path;

		if (str_has_prefix(*path, local))
			*path = arena_fmt(&r->arena, "%.*s%.*s",
					  STR_ARG(r->digest.repository),
					  STR_ARG(str_from(*path, local.n)));
	}
}

static void publish(struct run *r)
{
	const struct digest_listed listed = {
		is_listed_host, is_listed_company, &r->facts};

	digest_fold(&r->digest, is_listed, NULL);
	digest_seats_fold(&r->digest, &listed);
	digest_terms_fold(&r->digest, &listed);
	digest_links_fold(&r->digest, &listed, &r->arena);
	digest_authorship_fold(&r->digest);
	leave_out(&r->diags, RW1415);
	place_in_repository(r, str_c(r->o->targets.list.v[0]));
}

static enum err ask_by(struct run *r)
{
	const char *value = opt_value(r->o, OPT_ID_by);

	if (!value || parts_find_by(str_c(value), &r->by)) {
		if (r->by == PARTS_BY_HOST ||
		    !opt_given(r->o, OPT_ID_publish))
			return OK;
		fputs("ranwhence: --by: only digests by host are "
		      "published\n", stderr);
		return ERR_CONFIG;
	}
	say("--by=%s: not host, organisation, quarter or release", value);
	return ERR_CONFIG;
}

static void attribute(struct run *r)
{
	attribute_digest(&r->facts, &r->digest);
	for (size_t i = 0; i < r->releases.list.n; i++)
		attribute_digest(&r->facts, &r->releases.list.v[i].digest);
}

/* What is printed when it is not a digest. */
static void report_by(const struct run *r, const struct report_style *style,
		      struct strbuf *out)
{
	const struct report_parts parts = {&r->digest, &r->facts, r->by};
	struct parts_table t = {0};

	for (size_t i = 0; i < r->releases.list.n; i++)
		parts_add(&t, &r->releases.list.v[i].digest,
			  r->releases.list.v[i].name, true);
	if (r->by != PARTS_BY_RELEASE)
		parts_add(&t, &r->digest, STR("all"),
			  r->by == PARTS_BY_ORGANISATION);
	report_history_parts(&t, &parts, &r->diags, style, out);
	parts_table_release(&t);
}

static enum err read_digest(struct run *r)
{
	const char *path = r->o->targets.list.v[0];
	bool quiet = opt_given(r->o, OPT_ID_quiet);
	struct history_options h = {.facts = &r->facts,
				    .watch = progress_watch(quiet)};
	struct account_commits accounts;
	struct account_store_of of = {.facts = &r->facts};
	struct cached cache;
	enum err e;

	r->store = setup_store(r->o, &r->diags);
	if (setup_as_of(r->o, &of.day) || ask_by(r) ||
	    ask_history(r->o, &r->arena, &h) ||
	    setup_author_keys(r->o, &r->keys, &h.keys, &r->diags) ||
	    setup_facts(r->o, r->store, NULL, &r->facts, &r->diags))
		return ERR_CONFIG;
	if (history_form(path) == HISTORY_NONE) {
		diag_add(&r->diags, RW1001, diag_at(str_c(path)),
			 "there is no git repository here");
		return ERR_CONFIG;
	}
	if (r->by == PARTS_BY_RELEASE)
		h.releases = &r->releases;
	progress_show(quiet, "reading the history of", str_c(path));
	cache = cached_by(r->o, r->store, &r->arena);
	accounts_find(path, r->store, of, &accounts);
	h.accounts = &accounts;
	e = cached_read(&cache, path, &h, &(struct cached_outcome){
			&r->arena, &r->diags, &r->digest,
			h.axes & DIGEST_STEWARDSHIP ? CACHED_SEATS
						    : CACHED_NOTHING,
			&r->tree});
	account_commits_release(&accounts);
	if (!e) {
		history_programs(path, &r->diags);
		history_attributes_at(path, r->digest.head, &r->diags);
		attribute(r);
		if (opt_given(r->o, OPT_ID_publish))
			publish(r);
	}
	progress_end(quiet);
	return e;
}

static bool is_empty(const struct digest *d)
{
	return d->totals.commits == 0 && d->totals.excluded == 0 &&
	       d->merges == 0;
}

static int exit_code(const struct run *r, enum err e)
{
	if (e == ERR_CONFIG || diag_has_effect(&r->diags, DIAG_FATAL))
		return EXIT_USAGE;
	if (r->diags.counts[RW1402])
		return EXIT_NOTHING;
	if (e || diag_has_effect(&r->tree.diags, DIAG_INCOMPLETE))
		return EXIT_INCOMPLETE;
	/* a pattern that nothing matches must not look like nobody */
	if (setup_exit(&r->diags) == 0 && is_empty(&r->digest))
		return EXIT_NOTHING;
	return setup_exit(&r->diags);
}

static int run_history(const struct opts *o)
{
	bool json = opt_given(o, OPT_ID_json) || opt_given(o, OPT_ID_publish);
	struct run r = {.o = o};
	struct report_style style;
	struct strbuf out;
	int code = EXIT_USAGE;
	enum err e;

	strbuf_init(&out, 0);
	if (o->targets.list.n != 1) {
		fputs("ranwhence: history takes one repository\n", stderr);
		goto done;
	}
	if (setup_style(o, true, &style))
		goto done;
	e = read_digest(&r);
	code = exit_code(&r, e);
	if (e || !json)
		setup_complain(&r.diags, e ? DIAG_NOTE : DIAG_WARNING);
	setup_complain(&r.tree.diags, DIAG_WARNING);
	if (e)
		goto done;
	if (r.by == PARTS_BY_HOST)
		report_history(&r.digest, &r.facts, &r.diags,
			       json ? NULL : &style, &out);
	else
		report_by(&r, json ? NULL : &style, &out);
	code = setup_print(&out, code);
done:
	strbuf_release(&out);
	digest_release(&r.digest);
	history_releases_free(&r.releases);
	scan_release(&r.tree);
	author_keys_release(&r.keys);
	diag_release(&r.diags);
	arena_release(&r.arena);
	facts_store_release(&r.facts);
	store_close(r.store);
	return code;
}

const struct command command_history = {
	.name = "history", .arguments = "REPOSITORY",
	.summary = "count a repository's history per host (a digest)",
	.bit = OPT_HISTORY, .min_targets = 1, .is_confined = true,
	.run = run_history,
};
