/* Plans of shards: noted, packed, written and read. */
#include "cli/shard.h"

#include <stdio.h>

#include "base/fs.h"
#include "base/json_in.h"
#include "base/json_out.h"
#include "base/limits.h"
#include "model/digest_asked.h"

#define SCHEMA "ranwhence.shards/1"
#define PLAN_BYTES (1024 * LIMIT_MB)
#define COUNTED 100000 /* files that a cost is the sum of */

/* --- making --------------------------------------------------------------- */

static uint64_t bytes_below(const char *folder)
{
	struct fs_root root;
	struct fs_entries all = {0};
	struct diags unsaid = {0};
	struct arena a = {0};
	uint64_t sum = 0;

	if (fs_root_open(&root, folder))
		return 0;
	root.max_entries = COUNTED;
	(void)!fs_root_list(&root, &a, &unsaid, &all);
	for (size_t i = 0; i < all.list.n; i++)
		sum += all.list.v[i].size;
	fs_root_close(&root);
	vec_release(&all.list);
	diag_release(&unsaid);
	arena_release(&a);
	return sum;
}

static uint64_t cost_of(const char *path)
{
	struct arena a = {0};
	uint64_t sum = 1 + bytes_below(arena_fmt(&a, "%s/objects", path).p) +
		       bytes_below(arena_fmt(&a, "%s/.git/objects", path).p);

	arena_release(&a);
	return sum;
}

void shard_note(struct shard_plan *p, const char *path,
		const struct history_options *o, struct str key)
{
	struct diags unsaid = {0};
	struct shard_unit *u;

	if (!key.n) {
		vec_push(&p->unkeyed, arena_dup(&p->arena, str_c(path)));
		return;
	}
	u = vec_add(&p->units);
	*u = (struct shard_unit){.key = arena_dup(&p->arena, key),
				 .path = arena_dup(&p->arena, str_c(path)),
				 .axes = o->axes, .cost = cost_of(path)};
	u->commit = history_head(path, &p->arena, &unsaid);
	for (size_t i = 0; i < o->n_paths; i++)
		vec_push(&u->paths, arena_dup(&p->arena, o->paths[i]));
	for (size_t i = 0; o->classes && i < o->classes->list.n; i++) {
		struct line_class_choice c = o->classes->list.v[i];

		c.paths = arena_dup(&p->arena, c.paths);
		vec_push(&u->classes.list, c);
	}
	diag_release(&unsaid);
}

static void release_unit(struct shard_unit *u)
{
	vec_release(&u->paths);
	vec_release(&u->classes.list);
}

static int by_key(const void *va, const void *vb)
{
	const struct shard_unit *a = va, *b = vb;
	int c = str_cmp(a->key, b->key);

	return c ? c : str_cmp(a->path, b->path);
}

static int by_cost(const void *va, const void *vb)
{
	const struct shard_unit *a = va, *b = vb;

	if (a->cost != b->cost)
		return a->cost < b->cost ? 1 : -1;
	return str_cmp(a->key, b->key);
}

static int by_text(const void *va, const void *vb)
{
	const struct str *a = va, *b = vb;

	return str_cmp(*a, *b);
}

static void fold(struct shard_plan *p)
{
	size_t n = 0;

	vec_sort(&p->units, by_key);
	for (size_t i = 0; i < p->units.n; i++)
		if (n && str_eq(p->units.v[n - 1].key, p->units.v[i].key))
			release_unit(&p->units.v[i]);
		else
			p->units.v[n++] = p->units.v[i];
	p->units.n = n;
}

void shard_pack(struct shard_plan *p, uint64_t n)
{
	uint64_t load[SHARD_MOST] = {0};

	p->shards = n;
	fold(p);
	vec_sort(&p->unkeyed, by_text);
	vec_sort(&p->units, by_cost);
	for (size_t i = 0; i < p->units.n; i++) {
		uint64_t least = 0;

		for (uint64_t k = 1; k < n; k++)
			if (load[k] < load[least])
				least = k;
		p->units.v[i].shard = least;
		load[least] += p->units.v[i].cost;
	}
	vec_sort(&p->units, by_key);
}

/* --- JSON ----------------------------------------------------------------- */

static const char *const axes[] = {
	"commits", "churn", "surviving", "review", "stewardship"};
#define AXES (sizeof axes / sizeof *axes)

static void write_unit(const struct shard_unit *u, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "key", u->key);
	json_out_kstr(j, "path", u->path);
	json_out_kstr(j, "commit", u->commit);
	json_out_ki64(j, "cost", (int64_t)u->cost);
	json_out_ki64(j, "shard", (int64_t)u->shard);
	json_out_key(j, "axes");
	json_out_array(j);
	for (size_t i = 0; i < AXES; i++)
		if (u->axes & digest_asked_axis(str_c(axes[i])))
			json_out_str(j, str_c(axes[i]));
	json_out_array_end(j);
	json_out_key(j, "paths");
	json_out_array(j);
	for (size_t i = 0; i < u->paths.n; i++)
		json_out_str(j, u->paths.v[i]);
	json_out_array_end(j);
	json_out_key(j, "classes");
	json_out_array(j);
	for (size_t i = 0; i < u->classes.list.n; i++) {
		const struct line_class_choice *c = &u->classes.list.v[i];

		json_out_object(j);
		json_out_kstr(j, "class", str_c(line_class_name(c->class)));
		json_out_kstr(j, "paths", c->paths);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	json_out_object_end(j);
}

void shard_write(const struct shard_plan *p, struct strbuf *to)
{
	struct json_out j;

	json_out_init(&j, to, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR(SCHEMA));
	json_out_kstr(&j, "tool_version", STR(PACKAGE_VERSION));
	json_out_ki64(&j, "shards", (int64_t)p->shards);
	json_out_key(&j, "units");
	json_out_array(&j);
	for (size_t i = 0; i < p->units.n; i++)
		write_unit(&p->units.v[i], &j);
	json_out_array_end(&j);
	json_out_key(&j, "unkeyed");
	json_out_array(&j);
	for (size_t i = 0; i < p->unkeyed.n; i++)
		json_out_str(&j, p->unkeyed.v[i]);
	json_out_array_end(&j);
	json_out_object_end(&j);
	json_out_end(&j);
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]) &&
		    !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == 64;
}

/* The lists of a unit; texts go to `a`. */
static bool read_lists(const struct json *j, struct arena *a,
		       struct shard_unit *u)
{
	const struct json *k;

	for (k = json_first(json_get(j, "axes")); k; k = json_next(k)) {
		unsigned axis = digest_asked_axis(json_str(k));

		if (!axis)
			return false;
		u->axes |= axis;
	}
	for (k = json_first(json_get(j, "paths")); k; k = json_next(k))
		vec_push(&u->paths, arena_dup(a, json_str(k)));
	for (k = json_first(json_get(j, "classes")); k; k = json_next(k)) {
		struct line_class_choice c = {
			.paths = arena_dup(a, json_get_str(k, "paths"))};

		if (!line_class_find(json_get_str(k, "class"), &c.class))
			return false;
		vec_push(&u->classes.list, c);
	}
	return u->axes != 0;
}

static bool read_unit(struct json_raw raw, struct shard_plan *p)
{
	struct diags unsaid = {0};
	struct shard_unit *u = vec_add(&p->units);
	struct json *j = NULL;
	int64_t shard = -1;
	bool is_sound = !json_parse(raw.text, diag_at(STR("")), &unsaid, &j) &&
			json_get_i64(j, "shard", &shard) && shard >= 0 &&
			(uint64_t)shard < p->shards;

	*u = (struct shard_unit){
		.key = arena_dup(&p->arena, json_get_str(j, "key")),
		.path = arena_dup(&p->arena, json_get_str(j, "path")),
		.shard = (uint64_t)shard};
	is_sound = is_sound && is_hex(u->key) && u->path.n &&
		   read_lists(j, &p->arena, u);
	json_free(j);
	diag_release(&unsaid);
	return is_sound;
}

static const char *read_plan(struct str bytes, struct shard_plan *p)
{
	struct json_raw raw, unit;
	struct str text, version;
	struct json_walk w;
	uint64_t n;

	if (json_scan(bytes, &raw, NULL) || raw.cut)
		return "not JSON, or cut";
	text = json_raw_str(json_raw_get(raw, "schema"), &p->arena);
	version = json_raw_str(json_raw_get(raw, "tool_version"), &p->arena);
	if (!str_is(text, SCHEMA))
		return "not a plan (" SCHEMA ")";
	if (!str_is(version, PACKAGE_VERSION))
		return "made by another version of ranwhence";
	if (!str_to_u64(json_raw_get(raw, "shards").text, &n) || !n ||
	    n > SHARD_MOST)
		return "its number of shards is not sound";
	p->shards = n;
	json_walk_begin(&w, json_raw_get(raw, "units"));
	while (json_walk_next(&w, NULL, &unit))
		if (!read_unit(unit, p))
			return "a unit is not sound";
	return NULL;
}

enum err shard_read(const char *file, struct shard_plan *ret)
{
	struct diags unsaid = {0};
	struct str bytes;
	const char *why = "it cannot be read";

	if (!fs_read(file, PLAN_BYTES, &ret->arena, &unsaid, &bytes))
		why = read_plan(bytes, ret);
	diag_release(&unsaid);
	if (why)
		fprintf(stderr, "ranwhence: %s: %s\n", file, why);
	return why ? ERR_CONFIG : OK;
}

void shard_release(struct shard_plan *p)
{
	for (size_t i = 0; i < p->units.n; i++)
		release_unit(&p->units.v[i]);
	vec_release(&p->units);
	vec_release(&p->unkeyed);
	arena_release(&p->arena);
}
