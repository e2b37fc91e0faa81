/* Once for each slice: the head, a list of commits, then file by file: path,
 * blob, class, number of lines, runs of lines by their commit, and what was
 * renamed. */
#include "history/lines_memo.h"

#include <stdlib.h>

#include "base/limits.h"
#include "model/line_class.h"

/* ---- reading ----------------------------------------------------------- */

struct reading {
	struct memo_in in;
	struct lines_memo *to;
	const struct walk *walk;
	const struct paths *paths;
	VEC(uint32_t) commits;   /* UINT32_MAX: not in the walk any more */
};

/* The number of a path that was written in full; PATHS_ROOT when nobody has
 * met it. */
static uint32_t read_path(struct reading *r)
{
	struct str rest = memo_get_bytes(&r->in, memo_get(&r->in,
							  r->in.rest.n));
	struct str name;
	uint32_t at = PATHS_ROOT;

	while (str_split(&rest, '/', &name)) {
		at = paths_find(r->paths, at, name);
		if (at == PATHS_ROOT)
			break;
	}
	return at;
}

static void read_commits(struct reading *r)
{
	uint64_t n = memo_get(&r->in, r->in.rest.n);

	vec_clear(&r->commits);
	for (uint64_t i = 0; i < n && !r->in.is_bad; i++) {
		struct oid id = memo_get_oid(&r->in);
		uint32_t at;

		if (!walk_find(r->walk, &id, &at))
			at = UINT32_MAX;
		vec_push(&r->commits, at);
	}
}

/* The commit of a number in the list. */
static uint32_t read_commit(struct reading *r)
{
	size_t at = memo_get(&r->in, r->commits.n ? r->commits.n - 1 : 0);

	if (at < r->commits.n)
		return r->commits.v[at];
	r->in.is_bad = true;
	return UINT32_MAX;
}

/* Runs of a file; false when one is of a commit that is gone. */
static bool read_runs(struct reading *r, struct lines_memo_file *f)
{
	bool is_whole = true;
	uint32_t from = 0;

	f->run = r->to->runs.n;
	while (from < f->lines && !r->in.is_bad) {
		struct lines_memo_run run = {.from = from};

		run.n = (uint32_t)memo_get(&r->in, f->lines - from);
		run.commit = read_commit(r);
		if (!run.n)
			r->in.is_bad = true;
		is_whole &= run.commit != UINT32_MAX;
		vec_push(&r->to->runs, run);
		from += run.n;
		f->n_runs++;
	}
	return is_whole;
}

static bool read_moves(struct reading *r, struct lines_memo_file *f)
{
	uint64_t n = memo_get(&r->in, r->in.rest.n);
	bool is_whole = true;

	f->move = r->to->moves.n;
	for (; f->n_moves < n && !r->in.is_bad; f->n_moves++) {
		struct lines_memo_move move = {.path = read_path(r)};

		move.from = (uint32_t)memo_get(&r->in, f->lines);
		move.n = (uint32_t)memo_get(&r->in, f->lines - move.from);
		move.commit = read_commit(r);
		is_whole &= move.path != PATHS_ROOT &&
			    move.commit != UINT32_MAX;
		vec_push(&r->to->moves, move);
	}
	return is_whole;
}

static void read_file(struct reading *r)
{
	struct lines_memo *l = r->to;
	uint32_t path = read_path(r);
	struct lines_memo_file f = {.blob = memo_get_oid(&r->in)};
	bool is_whole;

	f.class = (uint8_t)memo_get(&r->in, LINE_CLASS_COUNT - 1);
	f.lines = (uint32_t)memo_get(&r->in, LIMIT_DIFF_LINES);
	is_whole = read_runs(r, &f);
	is_whole &= read_moves(r, &f);
	if (r->in.is_bad || !is_whole || path == PATHS_ROOT)
		return;
	if (l->of[path])
		r->in.is_bad = true;
	vec_push(&l->files, f);
	l->of[path] = (uint32_t)l->files.n;
}

/* What stands behind the head. */
static void read_slice(struct reading *r)
{
	uint64_t n;

	read_commits(r);
	n = memo_get(&r->in, r->in.rest.n);
	for (uint64_t i = 0; i < n && !r->in.is_bad; i++)
		read_file(r);
}

void lines_memo_read(struct lines_memo *l, const struct memo *m,
		     const struct walk *w, const struct paths *paths)
{
	struct reading r = {.to = l, .walk = w, .paths = paths,
			    .in = {.rest = m->before[MEMO_LINES],
				   .oid_bytes = m->oid_bytes}};
	struct oid head = memo_get_oid(&r.in), next;

	*l = (struct lines_memo){.n_paths = paths->nodes.n};
	if (r.in.is_bad || !walk_find(w, &head, &l->head))
		return;
	l->of = mem_new(l->n_paths, sizeof *l->of);
	read_slice(&r);
	while (r.in.rest.n) {
		next = memo_get_oid(&r.in);
		if (!oid_eq(&head, &next))
			r.in.is_bad = true;
		read_slice(&r);
	}
	l->is_known = !r.in.is_bad;
	vec_release(&r.commits);
	if (!l->is_known)
		lines_memo_release(l);
}

void lines_memo_release(struct lines_memo *l)
{
	free(l->of);
	vec_release(&l->files);
	vec_release(&l->runs);
	vec_release(&l->moves);
	*l = (struct lines_memo){0};
}

const struct lines_memo_file *lines_memo_find(const struct lines_memo *l,
					      uint32_t path,
					      const struct oid *blob)
{
	const struct lines_memo_file *f;

	if (path >= l->n_paths || !l->of || !l->of[path])
		return NULL;
	f = &l->files.v[l->of[path] - 1];
	return oid_eq(&f->blob, blob) ? f : NULL;
}

const struct lines_memo_run *lines_memo_run_at(
	const struct lines_memo *l, const struct lines_memo_file *f,
	uint32_t line)
{
	size_t low = f->run, high = f->run + f->n_runs;

	while (low + 1 < high) {
		size_t mid = low + (high - low) / 2;

		if (l->runs.v[mid].from <= line)
			low = mid;
		else
			high = mid;
	}
	return &l->runs.v[low];
}

/* ---- writing ----------------------------------------------------------- */

static int compare_found(const void *va, const void *vb)
{
	const struct lines_memo_found *a = va, *b = vb;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

/* What moves are sorted by: numbers may be others in another run. */
struct order {
	const struct walk *walk;
	uint32_t *paths;
};

static int compare_moved(const void *va, const void *vb, void *with)
{
	const struct lines_memo_moved *a = va, *b = vb;
	const struct order *o = with;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->path != b->path)
		return o->paths[a->path] < o->paths[b->path] ? -1 : 1;
	if (a->commit != b->commit)
		return memcmp(&o->walk->commits.v[a->commit].id,
			      &o->walk->commits.v[b->commit].id,
			      sizeof(struct oid));
	return (a->from > b->from) - (a->from < b->from);
}

static void sort_moved(const struct lines_memo_head *h,
		       struct lines_memo_finds *all)
{
	bool *used = mem_new(h->paths->nodes.n, sizeof *used);
	struct paths sorted;
	struct order o = {.walk = h->walk};

	for (size_t i = 0; i < all->moved.n; i++)
		used[all->moved.v[i].path] = true;
	paths_init(&sorted);
	o.paths = paths_sort(&sorted, h->paths, used);
	if (all->moved.n > 1)
		qsort_r(all->moved.v, all->moved.n, sizeof *all->moved.v,
			compare_moved, &o);
	paths_release(&sorted);
	free(o.paths);
	free(used);
}

/* Puts what continues together; the rest stays sorted. */
static void join(struct lines_memo_finds *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->found.n; i++) {
		struct lines_memo_found x = all->found.v[i];
		struct lines_memo_found *to = &all->found.v[n - (n != 0)];

		if (n && to->file == x.file && to->commit == x.commit &&
		    to->from + to->n == x.from)
			to->n += x.n;
		else
			all->found.v[n++] = x;
	}
	all->found.n = n;
	n = 0;
	for (size_t i = 0; i < all->moved.n; i++) {
		struct lines_memo_moved x = all->moved.v[i];
		struct lines_memo_moved *to = &all->moved.v[n - (n != 0)];
		uint32_t end = x.from + x.n;

		if (n && to->file == x.file && to->path == x.path &&
		    to->commit == x.commit && to->from + to->n >= x.from)
			to->n = end > to->from + to->n ? end - to->from
						       : to->n;
		else
			all->moved.v[n++] = x;
	}
	all->moved.n = n;
}

/* One file: what was found of it begins at *found and *moved. */
struct writing {
	const struct lines_memo_head *head;
	const struct lines_memo_finds *all;
	uint32_t *number;   /* of each commit of the walk, + 1 */
	size_t found, moved;
	struct strbuf path;
};

static void put_path(struct writing *w, uint32_t path, struct strbuf *to)
{
	strbuf_clear(&w->path);
	paths_write(w->head->paths, path, &w->path);
	memo_put(to, w->path.n);
	strbuf_add(to, strbuf_str(&w->path));
}

static void write_file(struct writing *w, const struct lines_memo_row *f,
		       size_t end, size_t end_moved, struct strbuf *to)
{
	put_path(w, f->path, to);
	memo_put_oid(to, &f->blob, w->head->walk->git->oid_bytes);
	memo_put(to, f->class);
	memo_put(to, f->lines);
	for (size_t i = w->found; i < end; i++) {
		memo_put(to, w->all->found.v[i].n);
		memo_put(to, w->number[w->all->found.v[i].commit] - 1);
	}
	memo_put(to, end_moved - w->moved);
	for (size_t i = w->moved; i < end_moved; i++) {
		put_path(w, w->all->moved.v[i].path, to);
		memo_put(to, w->all->moved.v[i].from);
		memo_put(to, w->all->moved.v[i].n);
		memo_put(to, w->number[w->all->moved.v[i].commit] - 1);
	}
}

/* Writes the files of which all lines were found; how many. */
static uint64_t write_files(struct writing *w, struct strbuf *to)
{
	const struct lines_memo_finds *all = w->all;
	uint64_t n = 0;

	w->found = w->moved = 0;
	for (uint32_t i = 0; i < w->head->rows.n; i++) {
		const struct lines_memo_row *f = &w->head->rows.v[i];
		size_t end = w->found, end_moved = w->moved;
		uint32_t lines = 0;

		for (; end < all->found.n && all->found.v[end].file == i;
		     end++)
			if (all->found.v[end].from == lines)
				lines += all->found.v[end].n;
		while (end_moved < all->moved.n &&
		       all->moved.v[end_moved].file == i)
			end_moved++;
		if (f->is_read && lines == f->lines) {
			write_file(w, f, end, end_moved, to);
			n++;
		}
		w->found = end;
		w->moved = end_moved;
	}
	return n;
}

struct used { VEC(uint32_t) list; };

static void use_commit(struct writing *w, struct used *used, uint32_t commit)
{
	if (w->number[commit])
		return;
	vec_push(&used->list, commit);
	w->number[commit] = (uint32_t)used->list.n;
}

static void write_commits(struct writing *w, struct strbuf *to)
{
	const struct walk *walk = w->head->walk;
	struct used used = {0};

	for (size_t i = 0; i < w->all->found.n; i++)
		use_commit(w, &used, w->all->found.v[i].commit);
	for (size_t i = 0; i < w->all->moved.n; i++)
		use_commit(w, &used, w->all->moved.v[i].commit);
	memo_put(to, used.list.n);
	for (size_t i = 0; i < used.list.n; i++)
		memo_put_oid(to, &walk->commits.v[used.list.v[i]].id,
			     walk->git->oid_bytes);
	vec_release(&used.list);
}

void lines_memo_write(const struct lines_memo_head *h,
		      struct lines_memo_finds *all, struct strbuf *to)
{
	struct writing w = {.head = h, .all = all};
	struct strbuf files;
	uint64_t n;

	vec_sort(&all->found, compare_found);
	sort_moved(h, all);
	join(all);
	w.number = mem_new(h->walk->commits.n, sizeof *w.number);
	strbuf_init(&w.path, 0);
	strbuf_init(&files, 0);
	memo_put_oid(to, &h->id, h->walk->git->oid_bytes);
	write_commits(&w, to);
	n = write_files(&w, &files);
	memo_put(to, n);
	strbuf_add(to, strbuf_str(&files));
	strbuf_release(&files);
	strbuf_release(&w.path);
	free(w.number);
}
