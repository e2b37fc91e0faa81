/*
 * The worker and its parent.  The parent says when it begins.  What goes from
 * the worker is one thing at a time, a head, the path or key, and the bytes:
 * an output, answered by a head and what went wrong, or an entry of a cache,
 * which is not answered.
 */
#include "cli/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/fs.h"
#include "base/limits.h"
#include "base/path.h"
#include "cli/cached.h"
#include "cli/clone.h"
#include "cli/ending.h"
#include "cli/peer.h"
#include "cli/setup.h"
#include "discover/stack.h"
#include "feeds/config.h"
#include "history/pgpsig.h"

#define MAGIC 0x52574f31u /* "RWO1" */
#define PATH_MAX_BYTES 65536

struct worker {
	struct peer parent;
	enum sandbox_level level;
};

enum message { BEGIN, OUTPUT, ENTRY };
struct head {
	uint32_t magic;
	uint32_t what;   /* of enum message */
	uint32_t kind;   /* of an entry: enum kept_kind */
	uint32_t path_n; /* or of the key */
	uint64_t n;
};

static bool get_bytes(struct peer *from, uint64_t n, struct strbuf *to)
{
	char part[65536];

	while (n) {
		size_t k = n < sizeof part ? (size_t)n : sizeof part;

		if (!peer_get(from, part, k))
			return false;
		strbuf_add(to, str_n(part, k));
		n -= k;
	}
	return true;
}

/* --- what the worker may see ---------------------------------------------- */

struct roots {
	struct arena arena;
	VEC(struct sandbox_root) list;
};

static void add_root(struct roots *r, const char *path)
{
	vec_push(&r->list, ((struct sandbox_root){.path = path}));
}

static void add_folder_of(struct roots *r, const char *path)
{
	struct str folder = path_dir(str_c(path));

	add_root(r, folder.n ? arena_fmt(&r->arena, "%.*s",
					 STR_ARG(folder)).p
		 : str_c(path).p[0] == '/' ? "/" : ".");
}

/* A stack file names what lies beside it. */
static bool is_stack(const char *path)
{
	struct arena a = {0};
	struct diags ds = {0};
	struct str text;
	bool is = !fs_read(path, LIMIT_CONFIG_BYTES, &a, &ds, &text) &&
		  stack_sniffs(text);

	diag_release(&ds);
	arena_release(&a);
	return is;
}

/* The target itself always: it may be a link to elsewhere. */
static void add_target(struct roots *r, const char *path)
{
	struct stat st;

	add_root(r, path);
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && is_stack(path))
		add_folder_of(r, path);
}

static void add_policy(struct roots *r, const char *name)
{
	struct setup_paths paths = {0};

	setup_policy_paths(name, &r->arena, &paths);
	for (size_t i = 0; i < paths.list.n; i++)
		add_root(r, arena_cstr(&r->arena, paths.list.v[i]));
	vec_release(&paths.list);
}

/* A file, and the signature that may lie beside it. */
static void add_signed(struct roots *r, const char *path)
{
	add_root(r, path);
	add_root(r, arena_fmt(&r->arena, "%s.sig", path).p);
}

static void add_values(struct roots *r, const struct opts *o, enum opt_id id,
		       void (*add)(struct roots *, const char *))
{
	for (size_t i = 0; i < o->given[id].list.n; i++)
		if (o->given[id].list.v[i])
			add(r, o->given[id].list.v[i]);
}

/* To be read only.  SQLite keeps two files beside its own, also for a reader;
 * they are there as long as the parent has the store open. */
static void add_store(struct roots *r, const struct opts *o)
{
	const char *path = setup_store_path(o, &r->arena);
	const char *config = config_path(opt_value(o, OPT_ID_config),
					 &r->arena);
	char *real = path ? realpath(path, NULL) : NULL;

	if (config && fs_kind(config) == FS_FILE)
		add_root(r, config);
	if (!real)
		return;
	add_root(r, arena_fmt(&r->arena, "%s", real).p);
	add_root(r, arena_fmt(&r->arena, "%s-wal", real).p);
	add_root(r, arena_fmt(&r->arena, "%s-shm", real).p);
	free(real);
}

/* A clone that was begun: its new pack is to be put into it. */
static void add_clone(struct roots *r, const struct clone_task *t)
{
	add_root(r, t->clone.folder);
	add_root(r, t->clone.pack);
	add_root(r, t->packs);
	r->list.v[r->list.n - 1].is_writable = true;
}

/* The library of OpenPGP does not begin without random numbers. */
static void add_keys(struct roots *r, const struct opts *o)
{
	add_values(r, o, OPT_ID_author_keys, add_root);
	if (opt_given(o, OPT_ID_author_keys))
		add_root(r, "/dev/urandom");
}

static void find_roots(struct roots *r, const struct opts *o)
{
	if (o->clone)
		add_clone(r, o->clone);
	for (size_t i = 0; i < o->targets.list.n; i++)
		add_target(r, o->targets.list.v[i]);
	add_keys(r, o);
	add_values(r, o, OPT_ID_baseline, add_root);
	add_values(r, o, OPT_ID_digests, add_root);
	add_values(r, o, OPT_ID_facts, add_signed);
	add_values(r, o, OPT_ID_facts_key, add_root);
	add_values(r, o, OPT_ID_parts, add_root);
	add_values(r, o, OPT_ID_policy, add_policy);
	add_values(r, o, OPT_ID_waivers, add_root);
	add_store(r, o);
}

/* --- the worker ----------------------------------------------------------- */

/* Of the environment stays what the program reads. Secrets of a pipeline do
 * not, also not where the kernel put them: this is a copy of the parent. */
static void clear_environment(void)
{
	extern char **environ;
	static const char *const kept[] = {
		"SOURCE_DATE_EPOCH", "TERM", "NO_COLOR", "COLUMNS", "LANG",
		"LC_ALL", "LC_CTYPE",
		"RANWHENCE_STORE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME",
		"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
	char *values[sizeof kept / sizeof *kept];
	size_t n = sizeof kept / sizeof *kept;

	for (size_t i = 0; i < n; i++) {
		const char *value = getenv(kept[i]);

		values[i] = value ? strdup(value) : NULL;
	}
	for (char **e = environ; e && *e; e++)
		explicit_bzero(*e, strlen(*e));
	clearenv();
	for (size_t i = 0; i < n; i++) {
		if (values[i])
			setenv(kept[i], values[i], 1);
		free(values[i]);
	}
}

void worker_die_with_parent(void)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static int work(const struct command *c, const struct opts *o,
		struct worker *w)
{
	struct opts mine = *o;
	struct roots r = {0};
	struct head h;

	worker_die_with_parent();
	if (!peer_get(&w->parent, &h, sizeof h)) {
		fputs("ranwhence: the worker was not told to begin\n",
		      stderr);
		return EXIT_INTERNAL;
	}
	find_roots(&r, o);
	clear_environment();
	sandbox_limit();
	if (opt_given(o, OPT_ID_author_keys))
		(void)pgpsig_library(); /* no file of it can be read then */
	w->level = sandbox_enter(r.list.v, r.list.n);
	vec_release(&r.list);
	arena_release(&r.arena);
	mine.worker = w;
	if (w->level != SANDBOX_FULL && opt_given(o, OPT_ID_require_sandbox)) {
		fprintf(stderr, "ranwhence: --require-sandbox: this system "
				"isolates only as far as: %s\n",
			sandbox_level_name(w->level));
		return EXIT_USAGE;
	}
	return c->run(&mine);
}

enum sandbox_level worker_level(const struct opts *o)
{
	return o->worker ? o->worker->level : SANDBOX_NONE;
}

static enum err failed(struct diags *ds, const char *path, struct str why)
{
	diag_add(ds, RW1008, diag_at(str_c(path)), "%.*s", STR_ARG(why));
	return ERR_IO;
}

enum err worker_write(const struct opts *o, const char *path,
		      const struct strbuf *b, struct diags *ds)
{
	struct worker *w = o->worker;
	struct head h = {.magic = MAGIC, .what = OUTPUT,
			 .path_n = (uint32_t)str_c(path).n, .n = b->n};
	struct strbuf why;
	enum err e = OK;

	if (!w || !strcmp(path, "-"))
		return fs_write(path, strbuf_str(b), ds);
	if (!peer_put(&w->parent, &h, sizeof h) ||
	    !peer_put(&w->parent, path, h.path_n) ||
	    !peer_put(&w->parent, b->p, b->n) ||
	    !peer_get(&w->parent, &h, sizeof h))
		return failed(ds, path, STR("the parent is gone"));
	strbuf_init(&why, 0);
	if (h.n && !get_bytes(&w->parent, h.n, &why))
		strbuf_cstr(&why, "the parent is gone");
	if (h.n)
		e = failed(ds, path, strbuf_str(&why));
	strbuf_release(&why);
	return e;
}

void worker_keep(const struct opts *o, const char *store,
		 enum kept_kind kind, const unsigned char key[SHA256_BYTES],
		 struct str bytes)
{
	struct worker *w = o->worker;
	struct head h = {.magic = MAGIC, .what = ENTRY, .kind = kind,
			 .path_n = SHA256_BYTES, .n = bytes.n};

	if (!w)
		kept_put(store, kind, key, bytes);
	else if (bytes.n <= LIMIT_KEPT_BYTES &&
		 peer_put(&w->parent, &h, sizeof h) &&
		 peer_put(&w->parent, key, SHA256_BYTES))
		(void)peer_put(&w->parent, bytes.p, bytes.n);
}

/* --- the parent ----------------------------------------------------------- */

struct parent {
	const struct opts *o;
	struct peer worker;
	struct arena arena;
	struct store *store;   /* open, so that its files stay; or NULL */
	const char *kept;      /* where entries are kept, or NULL */
	uint64_t entries, entry_bytes;
	bool is_sane;          /* what the worker sends */
};

/* Did the user ask for this file? */
static bool is_output(const struct opts *o, struct str path)
{
	const struct opt_values *outputs = &o->given[OPT_ID_output];
	struct str format, file;

	for (size_t i = 0; i < outputs->list.n; i++)
		if (str_cut(str_c(outputs->list.v[i]), '=', &format, &file) &&
		    str_eq(file, path))
			return true;
	return false;
}

/* Writes one output; what went wrong goes back to the worker. */
static bool write_output(const struct opts *o, const struct strbuf *path,
			 const struct strbuf *bytes,
			 struct peer *worker)
{
	struct head h = {.magic = MAGIC};
	struct diags ds = {0};
	struct str why = STR("");
	bool sent;

	if (!is_output(o, strbuf_str(path)))
		why = STR("not an output that was asked for");
	else if (fs_write(path->p, strbuf_str(bytes), &ds))
		why = ds.kept.v[0].message;
	h.n = why.n;
	sent = peer_put(worker, &h, sizeof h) &&
	       peer_put(worker, why.p, why.n);
	diag_release(&ds);
	return sent;
}

/* The worker's word for all that the digest reader does not check. */
static void keep_entry(struct parent *p, const struct head *h,
		       const struct strbuf *key, const struct strbuf *bytes)
{
	const struct clone_task *t = p->o->clone;

	if (h->kind == KEPT_CLONE &&
	    (!t || memcmp(t->clone.key, key->p, SHA256_BYTES) != 0))
		return; /* not what this worker is for */
	p->entries++;
	p->entry_bytes += bytes->n;
	if (p->kept && p->entries <= LIMIT_KEPT_ENTRIES &&
	    p->entry_bytes <= LIMIT_KEPT_RUN_BYTES)
		kept_put(p->kept, (enum kept_kind)h->kind,
			 (const unsigned char *)key->p, strbuf_str(bytes));
}

static bool is_sound(const struct head *h)
{
	if (h->magic != MAGIC)
		return false;
	if (h->what == OUTPUT)
		return h->path_n && h->path_n < PATH_MAX_BYTES &&
		       h->n <= LIMIT_OUTPUT_BYTES;
	return h->what == ENTRY && h->kind < KEPT_KIND_COUNT &&
	       h->path_n == SHA256_BYTES && h->n <= LIMIT_KEPT_BYTES;
}

/* One thing of the worker's; false at the end, or where it is nonsense. */
static bool serve_one(struct parent *p)
{
	struct strbuf path, bytes;
	struct head h;
	bool more;

	if (!peer_get(&p->worker, &h, sizeof h))
		return false;
	p->is_sane = is_sound(&h);
	if (!p->is_sane)
		return false;
	strbuf_init(&path, 0);
	strbuf_init(&bytes, 0);
	more = get_bytes(&p->worker, h.path_n, &path) &&
	       get_bytes(&p->worker, h.n, &bytes);
	if (more && h.what == ENTRY)
		keep_entry(p, &h, &path, &bytes);
	else if (more)
		more = write_output(p->o, &path, &bytes, &p->worker);
	strbuf_release(&path);
	strbuf_release(&bytes);
	return more;
}

/* The code of a worker that ended: one of ours, or it died. */
static int code_of(int status, bool is_sane)
{
	if (is_sane && WIFEXITED(status) && WEXITSTATUS(status) <= 5)
		return WEXITSTATUS(status);
	if (WIFSIGNALED(status))
		fprintf(stderr, "ranwhence: the worker died of signal %d "
				"(%s): nothing is known\n", WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	else
		fprintf(stderr, "ranwhence: the worker answered nonsense "
				"(status %d): nothing is known\n", status);
	return EXIT_INTERNAL;
}

/* Opened after the fork: the worker must not have it. */
static bool begin(struct parent *p)
{
	const struct head h = {.magic = MAGIC, .what = BEGIN};
	struct diags unsaid = {0}; /* the worker will say it */

	p->store = setup_store(p->o, &unsaid);
	p->kept = cached_by(p->o, p->store, &p->arena).path;
	diag_release(&unsaid);
	return peer_put(&p->worker, &h, sizeof h);
}

static int serve(const struct opts *o, const struct peer *worker)
{
	struct parent p = {.o = o, .worker = *worker, .is_sane = true};
	bool has_begun = begin(&p);
	int status;

	/* one that was not told ends when the pipe is closed */
	while (has_begun && serve_one(&p))
		;
	if (!p.is_sane)
		kill(p.worker.pid, SIGKILL);
	status = peer_end(&p.worker);
	store_close(p.store);
	arena_release(&p.arena);
	return code_of(status, p.is_sane);
}

int worker_run(const struct command *c, const struct opts *o)
{
	struct worker w = {0};

	if (!peer_fork(&w.parent))
		return EXIT_INTERNAL;
	if (w.parent.pid == 0)
		/* never back to a caller: the parent alone goes on there */
		exit(ending_with(work(c, o, &w)));
	return serve(o, &w.parent);
}

enum err worker_take(const char *path, size_t most, struct arena *a,
		     struct str *ret)
{
	struct diags unsaid = {0};
	enum err e = fs_read(path, most, a, &unsaid, ret);

	unlink(path);
	diag_release(&unsaid);
	return e;
}
