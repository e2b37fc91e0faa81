/*
 * Patterns without wildcards are looked up by each folder of a path, those
 * with wildcards by the folders in front of the first one: what a file costs
 * does not grow with the number of patterns elsewhere.
 */
#include "extract/weigh.h"

#include "base/limits.h"
#include "base/map.h"

#define BINARY_BYTES 8000 /* git looks as far for a NUL */

struct weigher {
	struct parts *parts;
	struct map literal, wild; /* to the first path, by glob and folder */
	size_t *next;             /* of each path: the next of its key */
	size_t *area_of;          /* of each path */
	uint64_t *lines;          /* of each area */
	size_t *hit, *cut;        /* of each area: the file that matched + 1 */
	VEC(size_t) areas;        /* that match the file at hand */
	uint64_t all, steps;
};

/* ---- matching ---------------------------------------------------------- */

static void take_segment(struct str *rest, struct str *ret)
{
	struct str after;

	if (!str_cut(*rest, '/', ret, &after))
		after = STR("");
	*rest = after;
}

/* One segment against another; what that costs is noted. */
static bool is_like(struct weigher *w, struct str name, struct str glob)
{
	w->steps += 1 + name.n * glob.n / 16;
	return str_glob(name, glob, false);
}

/* `**` gives way one segment at a time. */
static bool matches(struct weigher *w, const struct area_path *p,
		    struct str path)
{
	struct str glob = p->glob, again_glob = {0}, again = {0}, g, s;

	for (;;) {
		w->steps++;
		if (!glob.n && (path.n ? p->is_folder : p->is_file))
			return true;
		if (glob.n && (path.n || str_is(glob, "**"))) {
			take_segment(&glob, &g);
			if (str_is(g, "**")) {
				again_glob = glob;
				again = path;
				continue;
			}
			take_segment(&path, &s);
			if (is_like(w, s, g))
				continue;
		}
		if (!again.n)
			return false;
		take_segment(&again, &s);
		glob = again_glob;
		path = again;
	}
}

/* ---- patterns ---------------------------------------------------------- */

static bool is_wild(struct str s)
{
	return str_find_ch(s, '*') != SIZE_MAX ||
	       str_find_ch(s, '?') != SIZE_MAX;
}

/* The folders of a glob before the first wildcard. */
static struct str plain_part(struct str glob)
{
	struct str rest = glob, segment;
	size_t n = 0;

	while (rest.n) {
		take_segment(&rest, &segment);
		if (is_wild(segment))
			break;
		n = (size_t)(segment.p + segment.n - glob.p);
	}
	return str_head(glob, n);
}

static void add_path(struct weigher *w, size_t i, size_t area)
{
	struct str glob = w->parts->area_paths.v[i].glob;
	bool wild = is_wild(glob);
	size_t *first = map_put(wild ? &w->wild : &w->literal,
				wild ? plain_part(glob) : glob, SIZE_MAX,
				NULL);

	w->next[i] = *first;
	*first = i;
	w->area_of[i] = area;
}

static void prepare(struct weigher *w, struct parts *p)
{
	*w = (struct weigher){.parts = p};
	w->next = mem_new(p->area_paths.n, sizeof *w->next);
	w->area_of = mem_new(p->area_paths.n, sizeof *w->area_of);
	w->lines = mem_new(p->areas.n, sizeof *w->lines);
	w->hit = mem_new(p->areas.n, sizeof *w->hit);
	w->cut = mem_new(p->areas.n, sizeof *w->cut);
}

static void release(struct weigher *w)
{
	map_release(&w->literal);
	map_release(&w->wild);
	vec_release(&w->areas);
	free(w->next);
	free(w->area_of);
	free(w->lines);
	free(w->hit);
	free(w->cut);
}

/* ---- files ------------------------------------------------------------- */

static void note(struct weigher *w, size_t path, size_t file)
{
	size_t area = w->area_of[path];

	if (w->parts->area_paths.v[path].is_excluded) {
		w->cut[area] = file + 1;
	} else if (w->hit[area] != file + 1) {
		w->hit[area] = file + 1;
		vec_push(&w->areas, area);
	}
}

/* The patterns that are kept under a path or one of its folders. */
static void look_up(struct weigher *w, struct str key, struct str path,
		    size_t file)
{
	const struct area_path *paths = w->parts->area_paths.v;
	const size_t *plain = map_get(&w->literal, key);
	const size_t *wild = map_get(&w->wild, key);
	bool is_whole = key.n == path.n;

	for (size_t i = plain ? *plain : SIZE_MAX; i != SIZE_MAX;
	     i = w->next[i]) {
		w->steps++;
		if (is_whole ? paths[i].is_file : paths[i].is_folder)
			note(w, i, file);
	}
	for (size_t i = wild && !is_whole ? *wild : SIZE_MAX; i != SIZE_MAX;
	     i = w->next[i])
		if (matches(w, &paths[i], path))
			note(w, i, file);
}

static void give(struct weigher *w, struct str path, size_t file,
		 uint64_t lines)
{
	size_t last = SIZE_MAX;

	vec_clear(&w->areas);
	look_up(w, STR(""), path, file);
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			look_up(w, str_head(path, i), path, file);
	look_up(w, path, path, file);
	for (size_t i = 0; i < w->areas.n; i++) {
		size_t area = w->areas.v[i];

		if (w->cut[area] == file + 1)
			continue;
		if (!w->parts->areas.v[area].is_overridden)
			w->lines[area] += lines;
		else if (last == SIZE_MAX || area > last)
			last = area;
	}
	if (last != SIZE_MAX)
		w->lines[last] += lines;
	w->all += lines;
}

static uint64_t count_lines(struct str bytes)
{
	uint64_t n = bytes.n && bytes.p[bytes.n - 1] != '\n';
	size_t at;

	if (str_find_ch(str_head(bytes, BINARY_BYTES), '\0') != SIZE_MAX)
		return 0;
	while ((at = str_find_ch(bytes, '\n')) != SIZE_MAX) {
		bytes = str_from(bytes, at + 1);
		n++;
	}
	return n;
}

static bool weigh_file(struct weigher *w, struct scan *s, struct tree *t,
		       size_t i)
{
	const struct file *f = &t->files.v[i];
	struct arena scratch = {0};
	struct str bytes = STR("");
	bool is_text = !f->is_link && !f->is_gitlink &&
		       f->size <= LIMIT_BLOB_BYTES;
	enum err e = OK;

	if (is_text)
		e = t->read(t, f, LIMIT_BLOB_BYTES, &scratch, &s->diags,
			    &bytes);
	if (!e && bytes.n)
		give(w, f->path, i, count_lines(bytes));
	arena_release(&scratch);
	if (w->steps > LIMIT_AREA_STEPS) {
		diag_add(&s->diags, RW1901, diag_at(t->name),
			 "too many patterns to say which lines who governs");
		return false;
	}
	return !e;
}

void weigh_seats(struct scan *s, struct tree *t, size_t seat, size_t area)
{
	struct parts *p = &s->parts;
	struct weigher w;
	bool has_area = false, is_sound = true;

	for (size_t i = seat; i < p->seats.n; i++)
		has_area |= p->seats.v[i].area != SIZE_MAX;
	if (!has_area)
		return;
	prepare(&w, p);
	for (size_t a = area; a < p->areas.n; a++)
		for (size_t i = 0; i < p->areas.v[a].n; i++)
			add_path(&w, p->areas.v[a].first + i, a);
	for (size_t i = 0; i < t->files.n && is_sound; i++)
		is_sound = weigh_file(&w, s, t, i);
	for (size_t i = seat; i < p->seats.n && is_sound; i++) {
		struct seat *at = &p->seats.v[i];

		at->has_lines = true;
		at->lines = at->area == SIZE_MAX ? w.all : w.lines[at->area];
	}
	release(&w);
}
