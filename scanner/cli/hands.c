/* The process answers one request after the other; files in a folder of its
 * own carry what a worker hands over. */
#include "cli/hands.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/limits.h"
#include "cli/command.h"
#include "cli/peer.h"
#include "cli/run.h"
#include "cli/setup.h"
#include "cli/shard_run.h"
#include "cli/target.h"
#include "cli/wants.h"
#include "cli/worker.h"
#include "extract/extract.h"
#include "resolve/resolve.h"

#define TEXT_BYTES LIMIT_ANSWER_BYTES
#define MOST_MS 600000 /* as the manual says */

/* --- units ---------------------------------------------------------------- */

void hands_write_units(struct shard_plan *p, uint64_t most,
		       struct strbuf *to)
{
	shard_pack(p, 1, most);
	for (size_t i = 0; i < p->units.n; i++) {
		struct shard_plan one = {.shards = 1, .basis = p->basis,
					 .as_of = p->as_of};
		struct strbuf text;

		one.units.v = &p->units.v[i];
		one.units.n = 1;
		strbuf_init(&text, 0);
		shard_write(&one, &text);
		strbuf_fmt(to, "%.*s %llu %zu\n",
			   STR_ARG(p->units.v[i].key),
			   (unsigned long long)p->units.v[i].cost, text.n);
		strbuf_add(to, strbuf_str(&text));
		strbuf_release(&text);
	}
}

bool hands_next_unit(struct str *rest, struct hands_unit *ret)
{
	struct str line, word;
	uint64_t n;

	if (!str_line(rest, &line) || !str_word(&line, &ret->key) ||
	    !str_word(&line, &word) || !str_to_u64(word, &ret->cost) ||
	    ret->cost > INT64_MAX || !str_word(&line, &word) ||
	    !str_to_u64(word, &n) || n > rest->n)
		return false;
	ret->plan = str_head(*rest, (size_t)n);
	*rest = str_from(*rest, (size_t)n);
	return true;
}

/* --- in a worker ---------------------------------------------------------- */

/* What feeds may be asked about: nothing of the history is. */
static enum err read_wants(const struct run *r, struct strbuf *to)
{
	const struct target_options t = {.facts = &r->facts, .quiet = true};
	struct scan s = {.facts = &r->facts, .as_of = r->scan.as_of};
	struct feed_wants wants = {0};
	enum err e = target_add(&s, r->o->targets.list.v[0], &t);

	if (!e) {
		extract_link(&s);
		resolve_scan(&s);
		wants_collect(&s, &wants);
		wants_write(&wants, to);
	}
	/* all else is told by the scan that reports */
	setup_complain(&s.diags, DIAG_ERROR);
	wants_release(&wants);
	scan_release(&s);
	return e;
}

/* The file of the i-th output. */
static enum err hand_over(const struct opts *o, size_t i,
			  const struct strbuf *b, struct diags *ds)
{
	struct str format, file;

	(void)!str_cut(str_c(o->given[OPT_ID_output].list.v[i]), '=', &format,
		       &file);
	return worker_write(o, file.p, b, ds);
}

/* What one worker should have to do at a time; checked before. */
static uint64_t most_of(const struct opts *o)
{
	uint64_t n;

	return str_to_u64(str_c(opt_value(o, OPT_ID_split)), &n) ? n
								 : MOST_MS;
}

static int run_read_target(const struct opts *o)
{
	struct run r = {.o = o};
	struct shard_plan plan = {.has_no_items = true}; /* read here */
	struct strbuf wants, units;
	int code = EXIT_USAGE;

	strbuf_init(&wants, TEXT_BYTES);
	strbuf_init(&units, TEXT_BYTES);
	if (!run_prepare(&r) && !read_wants(&r, &wants) &&
	    !run_list(&r, &plan)) {
		hands_write_units(&plan, most_of(o), &units);
		code = wants.full || units.full ||
		       hand_over(o, 0, &wants, &r.scan.diags) ||
		       hand_over(o, 1, &units, &r.scan.diags)
		       ? EXIT_INCOMPLETE : EXIT_MET;
	}
	setup_complain(&r.scan.diags, DIAG_ERROR);
	strbuf_release(&wants);
	strbuf_release(&units);
	shard_release(&plan);
	run_release(&r);
	return code;
}

static const struct command reader = {
	.name = "queue", .arguments = "", .summary = "", .bit = OPT_QUEUE,
	.run = run_read_target,
};

/* --- the process ---------------------------------------------------------- */

enum what { READ, COUNT };
struct request { uint32_t what; uint64_t a_n, b_n; };
struct reply { int32_t code; uint64_t a_n, b_n; };

struct hands {
	struct peer peer;
};

static void serve_read(const struct opts *o, const char *folder,
		       struct str target, struct arena *a,
		       struct peer *to)
{
	const char *wants = arena_fmt(a, "%s/wants", folder).p;
	const char *units = arena_fmt(a, "%s/units", folder).p;
	struct opts inner = *o;
	struct opt_values *outputs = &inner.given[OPT_ID_output];
	struct reply r;
	struct str texts[2];
	bool are_read;

	inner.targets = (struct opt_values){0};
	*outputs = (struct opt_values){0};
	vec_push(&inner.targets.list, target.p);
	vec_push(&outputs->list, arena_fmt(a, "wants=%s", wants).p);
	vec_push(&outputs->list, arena_fmt(a, "units=%s", units).p);
	r.code = opt_given(o, OPT_ID_no_sandbox)
		 ? run_read_target(&inner) : worker_run(&reader, &inner);
	are_read = !worker_take(wants, TEXT_BYTES, a, &texts[0]);
	are_read &= !worker_take(units, TEXT_BYTES, a, &texts[1]);
	if (r.code == EXIT_MET && !are_read)
		r.code = EXIT_INCOMPLETE;
	r.a_n = texts[0].n;
	r.b_n = texts[1].n;
	vec_release(&inner.targets.list);
	vec_release(&outputs->list);
	if (peer_put(to, &r, sizeof r) &&
	    peer_put(to, texts[0].p, texts[0].n))
		(void)peer_put(to, texts[1].p, texts[1].n);
}

static void serve_count(const struct opts *o, const char *folder,
			struct str plan, struct str out, struct arena *a,
			struct peer *to)
{
	const char *file = arena_fmt(a, "%s/plan", folder).p;
	struct shard_plan p = {0};
	struct shard_run run = {.o = o, .plan = &p, .folder = out.p,
				.end = SHARD_MOST, .jobs = 1};
	struct diags ds = {0};
	struct reply r = {.code = EXIT_AGAIN};

	if (!fs_write(file, plan, &ds))
		r.code = shard_read(file, &p) || shard_run_begin(&run)
			 ? EXIT_USAGE : shard_run_units(&run);
	shard_run_end(&run);
	setup_complain(&ds, DIAG_WARNING);
	unlink(file);
	shard_release(&p);
	diag_release(&ds);
	(void)peer_put(to, &r, sizeof r);
}

static void serve(const struct opts *o, struct peer *p)
{
	char folder[] = "/tmp/ranwhence-XXXXXX";
	struct arena a = {0};
	struct request q;
	struct str one, two;

	if (!mkdtemp(folder)) {
		fputs("ranwhence: queue: /tmp cannot be written\n", stderr);
		return;
	}
	while (peer_get(p, &q, sizeof q) &&
	       peer_get_text(p, q.a_n, TEXT_BYTES, &a, &one) &&
	       peer_get_text(p, q.b_n, TEXT_BYTES, &a, &two)) {
		if (q.what == READ)
			serve_read(o, folder, one, &a, p);
		else
			serve_count(o, folder, one, two, &a, p);
		arena_release(&a);
	}
	rmdir(folder);
	arena_release(&a);
}

/* --- its other side ------------------------------------------------------- */

struct hands *hands_new(const struct opts *o)
{
	struct hands *h;
	struct peer p;

	if (!peer_fork(&p))
		return NULL;
	if (p.pid == 0) {
		worker_die_with_parent();
		serve(o, &p);
		_exit(0);
	}
	h = mem_new(1, sizeof *h);
	h->peer = p;
	return h;
}

void hands_free(struct hands *h)
{
	if (h)
		(void)peer_end(&h->peer);
	free(h);
}

static bool ask(struct hands *h, enum what what, struct str a, struct str b,
		struct reply *ret)
{
	const struct request q = {.what = what, .a_n = a.n, .b_n = b.n};

	return peer_put(&h->peer, &q, sizeof q) &&
	       peer_put(&h->peer, a.p, a.n) && peer_put(&h->peer, b.p, b.n) &&
	       peer_get(&h->peer, ret, sizeof *ret);
}

int hands_read(struct hands *h, struct str target, struct arena *a,
	       struct str *ret_wants, struct str *ret_units)
{
	struct reply r;

	*ret_wants = *ret_units = STR("");
	if (!ask(h, READ, target, STR(""), &r) ||
	    !peer_get_text(&h->peer, r.a_n, TEXT_BYTES, a, ret_wants) ||
	    !peer_get_text(&h->peer, r.b_n, TEXT_BYTES, a, ret_units))
		return EXIT_INTERNAL;
	return r.code;
}

int hands_count(struct hands *h, struct str plan, struct str folder)
{
	struct reply r;

	return ask(h, COUNT, plan, folder, &r) ? r.code : EXIT_INTERNAL;
}
