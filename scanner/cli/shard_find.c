/* Units by what they are asked by: the path, and how it is looked at. */
#include "cli/shard_find.h"

static void add_texts(struct strbuf *to, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(to, "%zu:%.*s\n", v[i].n, STR_ARG(v[i]));
}

static void ask_item(struct strbuf *to, const struct reading_item *of)
{
	strbuf_fmt(to, "components\n%s\n", of->path);
	add_texts(to, of->built, of->n_built);
}

static void ask_history(struct strbuf *to, const char *path,
			const struct history_options *o)
{
	strbuf_fmt(to, "history\n%s\n%u %d\n", path, o->axes,
		   (int)o->scope);
	add_texts(to, o->paths, o->n_paths);
	strbuf_cstr(to, "beyond\n");
	add_texts(to, o->beyond, o->n_beyond);
	for (size_t i = 0; o->classes && i < o->classes->list.n; i++)
		strbuf_fmt(to, "%d %.*s\n", (int)o->classes->list.v[i].class,
			   STR_ARG(o->classes->list.v[i].paths));
}

static void ask_unit(struct strbuf *to, const struct shard_unit *u,
		     struct arena *a)
{
	const char *path = arena_cstr(a, u->path);

	if (u->kind == SHARD_COMPONENTS)
		ask_item(to, &(struct reading_item){path, u->paths.v,
						    u->paths.n, true});
	else
		ask_history(to, path, &(struct history_options){
				.axes = u->axes, .scope = u->scope,
				.classes = &u->classes, .paths = u->paths.v,
				.n_paths = u->paths.n,
				.beyond = u->beyond.v,
				.n_beyond = u->beyond.n});
}

void shard_find_begin(struct shard_plan *p)
{
	struct arena a = {0};
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < p->units.n; i++) {
		strbuf_clear(&b);
		ask_unit(&b, &p->units.v[i], &a);
		map_put(&p->asked, arena_dup(&p->arena, strbuf_str(&b)), i,
			NULL);
		arena_release(&a);
	}
	strbuf_release(&b);
}

static int by_path(const void *key, const void *place)
{
	return str_cmp(*(const struct str *)key,
		       ((const struct shard_place *)place)->path);
}

bool shard_find_place(const struct shard_plan *p, const char *path,
		      struct shard_place *ret)
{
	struct str key = str_c(path);
	const struct shard_place *found = p->places.n
		? bsearch(&key, p->places.v, p->places.n, sizeof *found,
			  by_path) : NULL;

	if (found)
		*ret = *found;
	return found != NULL;
}

static struct str find(const struct shard_plan *p, struct strbuf *asked)
{
	const size_t *i = map_get(&p->asked, strbuf_str(asked));

	strbuf_release(asked);
	return i ? p->units.v[*i].history : STR("");
}

struct str shard_find_item(const struct shard_plan *p,
			   const struct reading_item *of)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	ask_item(&b, of);
	return find(p, &b);
}

struct str shard_find_history(const struct shard_plan *p, const char *path,
			      const struct history_options *o)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	ask_history(&b, path, o);
	return find(p, &b);
}
