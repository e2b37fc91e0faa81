/*
 * go.work, a companion of each go.mod that it uses.  Modules that a workspace
 * uses are taken from their folders whatever version is required.
 */
#include "extract/gomod_work.h"

#include "base/path.h"
#include "extract/companion.h"
#include "extract/declare.h"

#define USES_MAX 256

/* A workspace at hand. */
struct workspace {
	struct extraction x;  /* of go.work itself */
	struct diags unheard;
	struct str up;        /* from the go.mod's folder to that of go.work */
	VEC(struct str) uses; /* folders of the tree */
};

/* Folder `dir` of the workspace, seen from the go.mod. */
static struct str seen_from_module(struct workspace *ws, struct str dir)
{
	if (str_has_prefix(dir, STR("/")))
		return dir;
	return arena_fmt(ws->x.scratch, "%.*s%.*s",
			 STR_ARG(ws->up.n ? ws->up : STR("./")),
			 STR_ARG(dir));
}

static void put(struct gomod_work *w, struct gomod_replace r)
{
	*map_put(&w->by_old, r.key, 0, NULL) = w->replaces.n;
	vec_push(&w->replaces, r);
}

static void read_statements(struct gomod_work *w, struct workspace *ws)
{
	struct gomod_lines l = gomod_lines_of(&ws->x);
	struct gomod_statement s;
	struct gomod_replace r;

	while (gomod_lines_next(&l, &s)) {
		if (str_is(s.verb, "use") && s.n == 1 &&
		    ws->uses.n < USES_MAX) {
			vec_push(&ws->uses, declare_path(
				&ws->x, path_join(ws->x.scratch, s.words[0],
						  STR("go.mod"))));
		} else if (str_is(s.verb, "replace") &&
			   gomod_lines_replace(&s, ws->x.scratch, &r)) {
			if (!r.version.n)
				r.path = seen_from_module(ws, r.path);
			put(w, r);
		}
	}
}

/* The module whose go.mod this is, "" when it does not say. */
static struct str module_name(struct workspace *ws, struct str path)
{
	struct extraction x = ws->x;
	struct gomod_lines l;
	struct gomod_statement s;

	x.text = companion_text(&ws->x, path);
	l = gomod_lines_of(&x);
	while (gomod_lines_next(&l, &s))
		if (str_is(s.verb, "module") && s.n == 1)
			return s.words[0];
	return STR("");
}

static void put_modules(struct gomod_work *w, struct workspace *ws)
{
	struct str top = path_dir(ws->x.path);

	for (size_t i = 0; i < ws->uses.n; i++) {
		struct str dir = path_dir(ws->uses.v[i]);
		struct str name = module_name(ws, ws->uses.v[i]);

		if (top.n && dir.n) /* paths of the tree begin with it */
			dir = str_from(dir, top.n + 1);
		if (name.n)
			put(w, (struct gomod_replace){
				.key = name,
				.path = seen_from_module(ws, dir)});
	}
}

static bool uses(const struct workspace *ws, struct str path)
{
	for (size_t i = 0; i < ws->uses.n; i++)
		if (str_eq(ws->uses.v[i], path))
			return true;
	return false;
}

/* The nearest go.work; false when there is none. */
static bool find(struct workspace *ws, struct extraction *x)
{
	struct str dir = x->path;

	while (dir.n) {
		dir = path_dir(dir);
		ws->x.path = path_join(x->scratch, dir, STR("go.work"));
		if (declare_find(x->tree, ws->x.path))
			return true;
		ws->up = arena_fmt(x->scratch, "../%.*s", STR_ARG(ws->up));
	}
	return false;
}

void gomod_work_read(struct gomod_work *w, struct extraction *x)
{
	struct workspace ws = {.x = *x};

	if (!find(&ws, x))
		return;
	ws.x.diags = &ws.unheard;
	ws.x.text = companion_text(x, ws.x.path);
	read_statements(w, &ws);
	if (uses(&ws, x->path))
		put_modules(w, &ws);
	else
		gomod_work_release(w);
	vec_release(&ws.uses);
	diag_release(&ws.unheard);
}

void gomod_work_release(struct gomod_work *w)
{
	map_release(&w->by_old);
	vec_release(&w->replaces);
}

bool gomod_work_replace(const struct gomod_work *w, struct str path,
			struct str version, struct gomod_replace *ret)
{
	struct arena temp = {0};
	const size_t *i = map_get(&w->by_old, arena_fmt(
		&temp, "%.*s %.*s", STR_ARG(path), STR_ARG(version)));

	if (!i)
		i = map_get(&w->by_old, path);
	if (i)
		*ret = w->replaces.v[*i];
	arena_release(&temp);
	return i != NULL;
}
