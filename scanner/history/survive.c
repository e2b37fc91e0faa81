/*
 * The files of the head are cut into groups in the order of the tree; a
 * thread takes one group after the other and goes back through the whole
 * history with it.  What a group finds does not depend on the others.
 */
#include "history/survive.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "history/blame.h"
#include "history/lines_memo.h"
#include "history/threads.h"

#define GROUPS 48        /* however many threads: each has a budget */
#define HEAD_CACHE (16 * LIMIT_MB)

/* A file of the head. */
struct file {
	uint32_t path;
	struct oid blob;
	uint32_t lines;
	uint8_t class;       /* enum line_class */
	bool is_read;
};

struct losses { VEC(struct blame_loss) list; };

/* What one thread found out. */
struct harvest {
	uint64_t *lines;     /* of each commit and class */
	struct losses losses;
	uint64_t n_skipped;  /* files of the head that cannot be read */
	uint64_t n_failed;   /* of them, neither absent nor too large */
	struct job *job;
	unsigned number;
	size_t group;        /* that it is at */
	struct owners_rename last; /* that was told */
	struct lines_memo_finds finds; /* for the next scan */
};

struct job {
	struct walk *walk;
	const struct survive_watch *watch;
	const struct select_what *what;
	struct owners *owners; /* or NULL */
	struct memo *memo;     /* the same */
	struct lines_memo known;
	struct firstdiff diffs;
	struct blame_input input;
	VEC(struct file) files;
	struct classify classes;
	size_t n_groups;
	atomic_size_t next;
	struct harvest *harvests;
	struct slice slice;  /* of the groups; of 1: all of them */
	size_t n_mine;       /* groups in it */
	bool is_cut[GROUPS]; /* a limit was met: what it may cost is for one
				pass, so nothing of it is left to a next one */
};

/* ---- order ------------------------------------------------------------- */

/* Leaves out what is before the head: other tips of the walk. */
static bool begin_at(struct job *j, const uint32_t *order, size_t n,
		     const struct oid *head)
{
	for (size_t i = 0; i < n; i++)
		if (oid_eq(&j->walk->commits.v[order[i]].id, head)) {
			j->input.order = order + i;
			j->input.n_order = n - i;
			return true;
		}
	return false;
}

/* ---- losses ------------------------------------------------------------ */

static void note_loss(struct losses *l, uint32_t commit, enum err e,
		      uint64_t lines)
{
	vec_push(&l->list, ((struct blame_loss){commit, e, lines}));
}

static int compare_losses(const void *va, const void *vb, void *with)
{
	const struct blame_loss *a = va, *b = vb;
	const struct walk *w = with;

	if (a->e != b->e)
		return a->e < b->e ? -1 : 1;
	if (!a->lines != !b->lines)
		return a->lines ? 1 : -1;
	return memcmp(&w->commits.v[a->commit].id,
		      &w->commits.v[b->commit].id, sizeof(struct oid));
}

/* Did the walk end before it came there? */
static bool is_beyond(const struct walk *w, const struct blame_loss *l)
{
	return w->is_cut && (l->e == ERR_LIMIT ||
			     w->commits.v[l->commit].state == WALK_KNOWN);
}

static void tell_loss(struct walk *w, const struct blame_loss *l,
		      struct diags *ds)
{
	struct arena scratch = {0};
	const char *id = oid_hex(&w->commits.v[l->commit].id,
				 w->git->oid_bytes, &scratch).p;
	unsigned long long lines = l->lines;
	enum diag_code code = RW1412;

	if (l->e == ERR_NOTFOUND)
		code = w->git->odb.has_promised ? RW1405 : RW1403;
	if (is_beyond(w, l))
		code = RW1413;
	if (!l->e)
		diag_add(ds, RW1404, gitdir_place(w->git, ""),
			 "%llu lines are of commit %s or from before it",
			 lines, id);
	else if (l->lines)
		diag_add(ds, code == RW1413 || odb_is_damage(l->e) ? code
								   : RW1414,
			 gitdir_place(w->git, ""),
			 "at commit %s, the origin of %llu lines is lost: %s",
			 id, lines, err_name(l->e));
	else
		diag_add(ds, code, gitdir_place(w->git, ""),
			 "at commit %s, not all files can be read: %s", id,
			 err_name(l->e));
	arena_release(&scratch);
}

/* Tells the losses of all threads, one for a commit and an error. */
static void tell_losses(struct job *j, struct diags *ds)
{
	struct losses *all = &j->harvests[0].losses;

	for (unsigned t = 1; t < j->walk->threads; t++) {
		struct losses *from = &j->harvests[t].losses;

		for (size_t i = 0; i < from->list.n; i++)
			vec_push(&all->list, from->list.v[i]);
		vec_release(&from->list);
	}
	if (all->list.n > 1)
		qsort_r(all->list.v, all->list.n, sizeof *all->list.v,
			compare_losses, j->walk);
	for (size_t i = 0; i < all->list.n; i++) {
		struct blame_loss l = all->list.v[i];

		while (i + 1 < all->list.n &&
		       all->list.v[i + 1].commit == l.commit &&
		       all->list.v[i + 1].e == l.e &&
		       !all->list.v[i + 1].lines == !l.lines)
			l.lines += all->list.v[++i].lines;
		if (l.e && !is_beyond(j->walk, &l))
			j->walk->lines[l.commit].lost += l.lines;
		tell_loss(j->walk, &l, ds);
	}
	vec_release(&all->list);
}

/* Files that are no source by their names are missed by nobody. */
static void tell_skipped(const struct job *j, struct diags *ds)
{
	unsigned long long n = 0, failed = 0;

	for (unsigned t = 0; t < j->walk->threads; t++) {
		n += j->harvests[t].n_skipped;
		failed += j->harvests[t].n_failed;
	}
	if (n)
		diag_add(ds, failed ? RW1412 : RW1414,
			 gitdir_place(j->walk->git, ""),
			 "%llu files of the head cannot be read", n);
}

/* ---- passes ------------------------------------------------------------ */

static struct str path_of(const struct job *j, uint32_t path,
			  struct strbuf *buffer)
{
	strbuf_clear(buffer);
	paths_write(&j->diffs.paths, path, buffer);
	return strbuf_str(buffer);
}

static void found(void *with, uint32_t commit, const struct live_lines *l)
{
	struct harvest *h = with;
	const struct job *j = h->job;
	uint8_t class = j->files.v[l->file].class;
	struct strbuf buffer;

	h->lines[(size_t)commit * LINE_CLASS_COUNT + class] += l->n;
	if (j->owners && class == LINE_SOURCE)
		owners_lines(j->owners, h->number, l->file, commit, l->n);
	if (j->memo)
		vec_push(&h->finds.found, ((struct lines_memo_found){
			l->file, l->final, l->n, commit}));
	if (!j->watch)
		return;
	strbuf_init(&buffer, 0);
	j->watch->lines(j->watch->with,
			path_of(j, j->files.v[l->file].path, &buffer),
			l->final, l->n, &j->walk->commits.v[commit].id);
	strbuf_release(&buffer);
}

static void lost(void *with, const struct blame_loss *loss)
{
	struct harvest *h = with;

	if (loss->e == ERR_LIMIT)
		h->job->is_cut[h->group] = true;
	note_loss(&h->losses, loss->commit, loss->e, loss->lines);
}

static void renamed(void *with, uint32_t commit,
		    const struct live_lines *l, uint32_t path)
{
	struct harvest *h = with;
	const struct job *j = h->job;

	if (j->memo)
		vec_push(&h->finds.moved, ((struct lines_memo_moved){
			l->file, l->final, l->n, path, commit}));
	if (j->owners && (h->last.file != l->file || h->last.path != path ||
			  h->last.commit != commit)) {
		h->last = (struct owners_rename){commit, l->file, path};
		owners_renamed(j->owners, h->number, h->last);
	}
}

/* How many lines a file of the head has, and which class. */
static enum err look_at(struct job *j, struct odb_reader *r, struct file *f)
{
	const struct lines_memo_file *known =
		lines_memo_find(&j->known, f->path, &f->blob);
	struct object *o;
	struct str bytes;
	enum err e;

	f->is_read = true;
	if (known) {
		f->lines = known->lines;
		f->class = known->class;
		return OK;
	}
	e = odb_read(r, &f->blob, LIMIT_BLOB_BYTES, &o);
	f->is_read = !e;
	if (e)
		return e;
	bytes = str_n(o->p, o->n);
	f->lines = diff_is_binary(bytes) ? 0 : diff_lines(bytes);
	f->class = (uint8_t)classify_file(&j->classes, f->path, bytes);
	odb_drop(r, o);
	return OK;
}

/* The files [first, end) as the lines that the head has to answer for. */
static struct live *open_group(struct job *j, struct harvest *h,
			       struct odb_reader *r, size_t first, size_t end)
{
	struct live *l = live_new();

	for (size_t i = first; i < end; i++) {
		struct file *f = &j->files.v[i]; /* of this group only */
		enum err e = look_at(j, r, f);

		if (e && classify_may_be_source(&j->classes, f->path))
			note_loss(&h->losses, j->input.order[0], e, 0);
		h->n_skipped += e != OK;
		h->n_failed += odb_is_damage(e);
		if (!e && f->lines)
			live_add(live_put(l, f->path, &f->blob),
				 (struct live_lines){(uint32_t)i, 0, 0,
						     f->lines});
	}
	return l;
}

/* The first file of a group. */
static size_t begin_of(const struct job *j, size_t group)
{
	return j->files.n * group / j->n_groups;
}

static void run(void *arg, unsigned number)
{
	struct job *j = arg;
	struct harvest *h = &j->harvests[number];
	struct blame_sink sink = {h, found, lost, renamed};
	struct odb_reader *r = odb_reader_new(&j->walk->git->odb, HEAD_CACHE);
	struct blame *b = blame_new(&j->input);
	size_t at, group;

	h->job = j;
	h->number = number;
	h->last.file = UINT32_MAX;
	h->lines = mem_new(j->walk->commits.n * LINE_CLASS_COUNT,
			   sizeof *h->lines);
	while (walk_step(j->walk, 1) &&
	       (at = atomic_fetch_add(&j->next, 1)) < j->n_mine) {
		group = j->slice.number + at * j->slice.of;
		h->group = group;
		blame_run(b, open_group(j, h, r, begin_of(j, group),
					begin_of(j, group + 1)), &sink);
		if (j->owners)
			owners_rest(j->owners, number);
	}
	blame_free(b);
	odb_reader_free(r);
}

/* ---- everything together ----------------------------------------------- */

static void list_files(struct job *j)
{
	struct walk *w = j->walk;
	uint32_t head = j->input.order[0];
	struct odb_reader *r = odb_reader_new(&w->git->odb, HEAD_CACHE);
	struct select wanted;
	struct treediff d;
	enum err e = ERR_FORMAT;

	treediff_init(&d, r, w->git->oid_bytes, &j->diffs.paths);
	d.steps = LIMIT_TREE_FILES;
	if (w->commits.v[head].has_tree)
		e = treediff_run(&d, NULL, &w->commits.v[head].tree);
	if (e)
		note_loss(&j->harvests[0].losses, head, e, 0);
	select_init(&wanted, &j->diffs.paths, j->what);
	for (size_t i = 0; i < d.changes.n; i++) {
		const struct treediff_side *s = &d.changes.v[i].new;

		if (entry_kind(s->mode) == ENTRY_FILE &&
		    select_has(&wanted, d.changes.v[i].path))
			vec_push(&j->files, ((struct file){
				d.changes.v[i].path, s->id, 0, 0, false}));
	}
	select_release(&wanted);
	treediff_release(&d);
	odb_reader_free(r);
}

static void add_lines(struct walk *w, const uint64_t *lines)
{
	for (size_t i = 0; i < w->commits.n; i++)
		for (size_t c = 0; c < LINE_CLASS_COUNT; c++)
			w->lines[i].of[c].surviving += *lines++;
}

static void choose_groups(struct job *j, const struct slice *s)
{
	size_t most = j->files.n;

	j->n_groups = GROUPS < most ? GROUPS : most;
	j->slice = s ? *s : (struct slice){0, 1};
	j->n_mine = slice_count(&j->slice, j->n_groups);
}

static void run_passes(struct job *j, const struct slice *s, struct diags *ds)
{
	struct walk *w = j->walk;

	choose_groups(j, s);
	if (w->meter)
		meter_begin(w->meter, "tracing lines", j->n_mine);
	threads_run(w->threads, run, j);
	if (atomic_load(&j->next) < j->n_mine)
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "the time was up: lines are traced in %zu of %zu "
			 "parts of the files", atomic_load(&j->next),
			 j->n_groups);
	for (unsigned t = 0; t < w->threads; t++) {
		add_lines(w, j->harvests[t].lines);
		free(j->harvests[t].lines);
	}
	tell_losses(j, ds);
	tell_skipped(j, ds);
}

static void add_rows(const struct job *j, struct lines_memo_head *h)
{
	size_t group = 0;

	for (size_t i = 0; i < j->files.n; i++) {
		const struct file *f = &j->files.v[i];

		while (i >= begin_of(j, group + 1))
			group++;
		vec_push(&h->rows, ((struct lines_memo_row){
			f->path, f->blob, f->lines, f->class,
			f->is_read && !j->is_cut[group]}));
	}
}

/* Leaves whose the lines are for the next time, unless that is known. */
static void remember(struct job *j)
{
	struct lines_memo_head h = {
		.walk = j->walk, .paths = &j->diffs.paths,
		.id = j->walk->commits.v[j->input.order[0]].id};
	struct lines_memo_finds *all = &j->harvests[0].finds;

	add_rows(j, &h);
	for (unsigned t = 1; t < j->walk->threads; t++) {
		struct lines_memo_finds *from = &j->harvests[t].finds;

		for (size_t i = 0; i < from->found.n; i++)
			vec_push(&all->found, from->found.v[i]);
		for (size_t i = 0; i < from->moved.n; i++)
			vec_push(&all->moved, from->moved.v[i]);
		vec_release(&from->found);
		vec_release(&from->moved);
	}
	if (!j->memo->is_last &&
	    (!j->known.is_known || j->known.head != j->input.order[0]))
		lines_memo_write(&h, all, &j->memo->after[MEMO_LINES]);
	vec_release(&all->found);
	vec_release(&all->moved);
	vec_release(&h.rows);
}

static void find_owners(struct job *j, struct diags *ds)
{
	for (size_t i = 0; i < j->files.n; i++) {
		const struct file *f = &j->files.v[i];

		vec_push(&j->owners->files, ((struct owners_file){
			f->path, f->class == LINE_SOURCE ? f->lines : 0}));
	}
	if (!owners_follow(j->owners, &j->diffs, j->input.order,
			   j->input.n_order))
		diag_add(ds, RW1413, gitdir_place(j->walk->git, ""),
			 "so much was moved that it is not told who holds "
			 "which files");
}

bool survive_run(struct walk *w, const struct survive_options *o,
		 struct diags *ds)
{
	struct job j = {.walk = w, .watch = o->watch,
			.what = o->what, .owners = o->owners,
			.memo = o->memo};
	uint32_t *order;
	size_t n;

	odb_prepare(&w->git->odb);
	if (firstdiff_run(&j.diffs, w, w->threads, o->slice ? NULL : o->memo)) {
		diag_add(ds, RW1413, gitdir_place(w->git, ""),
			 "%s surviving lines are not counted",
			 walk_is_late(w) ? "the time was up:"
					 : "so much was changed that");
		return false;
	}
	order = walk_order(w, &n);
	j.input = (struct blame_input){.walk = w, .diffs = &j.diffs,
				       .known = &j.known};
	j.harvests = mem_new(w->threads, sizeof *j.harvests);
	walk_count_lines(w);
	if (begin_at(&j, order, n, &o->head)) {
		list_files(&j);
		if (j.memo)
			lines_memo_read(&j.known, j.memo, w, &j.diffs.paths);
		classify_init(&j.classes, &j.diffs.paths, o->choices);
		run_passes(&j, o->slice, ds);
		if (j.owners)
			find_owners(&j, ds);
		if (j.memo)
			remember(&j);
		classify_release(&j.classes);
	}
	free(j.harvests);
	free(order);
	vec_release(&j.files);
	lines_memo_release(&j.known);
	firstdiff_release(&j.diffs);
	return true;
}
