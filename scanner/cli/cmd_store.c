/* `ranwhence store`: exchange, check and clean the store. */
#include <stdio.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "feeds/update.h"
#include "store/exchange.h"
#include "store/verify.h"

struct run {
	const struct opts *o;
	struct arena arena;
	struct diags diags;
	struct store *store;
	const char *file;   /* of export and import */
};

/* Opens it; for everything but import it must be there. */
static enum err open_store(struct run *r, enum db_mode mode)
{
	const char *path = setup_store_path(r->o, &r->arena);
	enum err e = ERR_NOTFOUND;

	if (path)
		e = store_open(path, mode, &r->diags, &r->store);
	if (e == ERR_NOTFOUND)
		diag_add(&r->diags, RW1827,
			 diag_at(str_c(path ? path : "--store")),
			 path ? "there is no store here"
			      : "no place for a store is known");
	return e;
}

/* Does the key that was given vouch for the bytes? */
static enum err check_signature(struct run *r, struct str bytes)
{
	const char *key = opt_value(r->o, OPT_ID_key);

	return key ? setup_signature(key, r->file, bytes, RW1825, &r->diags)
		   : OK;
}

static enum err import_file(struct run *r)
{
	const struct opt_values *asked = &r->o->given[OPT_ID_accept];
	const struct exchange_accepted accepted = {asked->list.v,
						   asked->list.n};
	struct exchange_counts n;
	struct str bytes;
	enum err e;

	if (fs_read(r->file, LIMIT_EXCHANGE_BYTES, &r->arena, &r->diags,
		    &bytes))
		return ERR_IO;
	e = check_signature(r, bytes);
	if (!e)
		e = open_store(r, DB_WRITE);
	if (!e)
		e = store_import(r->store, bytes, str_c(r->file), &accepted,
				 &n);
	if (!e && !opt_given(r->o, OPT_ID_quiet))
		printf("%llu feeds, %llu answers, %llu digests\n",
		       (unsigned long long)n.feeds,
		       (unsigned long long)n.answers,
		       (unsigned long long)n.digests);
	return e;
}

/* What is in the file and what is not. */
static void show_manifest(const struct exchange_manifest *m, FILE *to)
{
	for (size_t i = 0; i < m->list.n; i++) {
		const struct exchange_part *p = &m->list.v[i];

		if (p->leaves)
			fprintf(to, "%-12.*s %-16.*s %llu rows\n",
				STR_ARG(p->feed), STR_ARG(p->licence),
				(unsigned long long)p->rows);
		else
			fprintf(to, "%-12.*s %-16.*s left out: not to be "
				"passed on unless --licence names it\n",
				STR_ARG(p->feed), STR_ARG(p->licence));
	}
}

static enum err export_file(struct run *r)
{
	const struct opt_values *asked = &r->o->given[OPT_ID_licence];
	struct exchange_licences licences = {asked->list.v, asked->list.n};
	struct exchange_manifest manifest = {0};
	enum err e = open_store(r, DB_READ);

	if (!e)
		e = store_export(r->store, r->file, &licences, &r->arena,
				 &manifest);
	if (!e && !opt_given(r->o, OPT_ID_quiet))
		show_manifest(&manifest, str_is(str_c(r->file), "-") ? stderr
								: stdout);
	vec_release(&manifest.list);
	return e;
}

static enum err verify(struct run *r)
{
	struct verify_counts n;
	enum err e = open_store(r, DB_READ);

	if (!e)
		e = verify_store(r->store, &n);
	if (!e && !opt_given(r->o, OPT_ID_quiet))
		printf("sound: %llu editions with %llu rows, %llu answers, "
		       "%llu digests\n",
		       (unsigned long long)n.editions,
		       (unsigned long long)n.rows,
		       (unsigned long long)n.answers,
		       (unsigned long long)n.digests);
	return e;
}

static enum err clean(struct run *r)
{
	struct verify_freed n;
	uint64_t clones = 0;
	enum err e = open_store(r, DB_READ);

	/* nothing is made where nothing is */
	if (!e) {
		store_close(r->store);
		r->store = NULL;
		e = open_store(r, DB_WRITE);
	}
	if (!e)
		e = verify_gc(r->store, &n);
	if (!e)
		clones = update_clean(r->store->path, LIMIT_CLONES_KEPT);
	if (clones && !opt_given(r->o, OPT_ID_quiet))
		printf("removed clones of %llu bytes\n",
		       (unsigned long long)clones);
	if (!e && !opt_given(r->o, OPT_ID_quiet))
		printf("removed %llu editions with %llu rows, %llu digests; "
		       "%lld bytes less\n", (unsigned long long)n.editions,
		       (unsigned long long)n.rows,
		       (unsigned long long)n.digests, (long long)n.bytes);
	return e;
}

static int run_store(const struct opts *o)
{
	static const struct {
		const char *name;
		size_t arguments;
		enum err (*run)(struct run *r);
	} actions[] = {
		{"export", 1, export_file}, {"gc", 0, clean},
		{"import", 1, import_file}, {"verify", 0, verify}};
	struct str action = str_c(o->targets.list.v[0]);
	struct run r = {.o = o};
	int code = -1;

	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		if (!str_is(action, actions[i].name) ||
		    o->targets.list.n != 1 + actions[i].arguments ||
		    ((opt_given(o, OPT_ID_key) ||
		      opt_given(o, OPT_ID_accept)) &&
		     actions[i].run != import_file) ||
		    (opt_given(o, OPT_ID_licence) &&
		     actions[i].run != export_file))
			continue;
		r.file = actions[i].arguments ? o->targets.list.v[1] : NULL;
		code = actions[i].run(&r) ||
		       diag_has_effect(&r.diags, DIAG_INCOMPLETE)
			? EXIT_INCOMPLETE : EXIT_MET;
	}
	if (code < 0)
		fputs("usage: ranwhence store export [--licence=NAME]... FILE"
		      " | import [--key=FILE] [--accept=FEED]... FILE"
		      " | verify | gc\n", stderr);
	if (code < 0 || diag_has_effect(&r.diags, DIAG_FATAL))
		code = EXIT_USAGE;
	setup_complain(&r.diags, DIAG_WARNING);
	store_close(r.store);
	diag_release(&r.diags);
	arena_release(&r.arena);
	return code;
}

const struct command command_store = {
	.name = "store", .arguments = "export|import|verify|gc [FILE]",
	.summary = "exchange, check or clean the store",
	.bit = OPT_STORE, .min_targets = 1, .run = run_store,
};
