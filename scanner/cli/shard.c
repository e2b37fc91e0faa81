/* Plans of shards: noted, packed, written and read. */
#include "cli/shard.h"

#include <stdio.h>

#include "base/fs.h"
#include "base/json_in.h"
#include "base/json_out.h"
#include "base/limits.h"
#include "base/date.h"
#include "base/path.h"
#include "cli/part.h"
#include "cli/say.h"
#include "cli/shard_joint.h"
#include "model/digest_asked.h"

#define SCHEMA "ranwhence.shards/2"
#define PLAN_BYTES (1024 * LIMIT_MB)
#define COUNTED 100000 /* files that a cost is the sum of */
#define INDEX_ROW 28   /* bytes that the index of a pack has for an object */

/* Milliseconds: to begin at all, and how much is done in one. */
#define COST_BEGIN 30
#define COST_OBJECTS_WALKED 1500
#define COST_OBJECTS 77
#define COST_BYTES 100000
#define COST_FILES_READ 200
#define COST_BYTES_READ 2000000
#define SPLIT_LEAST 10000 /* what is shorter is not worth a slice */

/* --- making --------------------------------------------------------------- */

/* What is stored below a folder of objects. */
struct stored { uint64_t bytes, objects; };

static void add_stored(const char *folder, struct stored *to)
{
	struct fs_root root;
	struct fs_entries all = {0};
	struct diags unsaid = {0};
	struct arena a = {0};

	if (fs_root_open(&root, folder))
		return;
	root.max_entries = COUNTED;
	(void)!fs_root_list(&root, &a, &unsaid, &all);
	for (size_t i = 0; i < all.list.n; i++) {
		const struct fs_entry *e = &all.list.v[i];

		if (str_has_suffix(e->path, STR(".idx")))
			to->objects += e->size / INDEX_ROW;
		else if (str_find(path_base(e->path), STR(".")) == SIZE_MAX)
			to->objects++; /* a loose one */
		to->bytes += e->size;
	}
	fs_root_close(&root);
	vec_release(&all.list);
	diag_release(&unsaid);
	arena_release(&a);
}

/* In milliseconds of a processor, by what was measured (docs/scale). */
static uint64_t cost_of(const char *path, unsigned axes)
{
	struct stored s = {0};
	struct arena a = {0};
	uint64_t cost;

	add_stored(arena_fmt(&a, "%s/objects", path).p, &s);
	add_stored(arena_fmt(&a, "%s/.git/objects", path).p, &s);
	arena_release(&a);
	cost = COST_BEGIN + s.objects / COST_OBJECTS_WALKED;
	if (axes & (DIGEST_CHURN | DIGEST_SURVIVING))
		cost += s.objects / COST_OBJECTS + s.bytes / COST_BYTES;
	return cost;
}

/* What is not read line by line is not worth it. */
static bool is_divisible(const char *path, const struct history_options *o)
{
	struct strbuf unused;
	bool is;

	strbuf_init(&unused, 0);
	is = o->axes & (DIGEST_CHURN | DIGEST_SURVIVING) &&
	     history_memo_key(path, o, &unused);
	strbuf_release(&unused);
	return is;
}

/* Whoever counts need not have the store that knows them. */
static const struct account_commits *
copy_accounts(const struct account_commits *from, struct arena *a)
{
	struct account_commits *to = arena_alloc(a, sizeof *to);

	*to = (struct account_commits){0};
	if (from && from->list.n) {
		to->list.n = from->list.n;
		to->list.v = arena_alloc(a, from->list.n *
					    sizeof *from->list.v);
		memcpy(to->list.v, from->list.v,
		       from->list.n * sizeof *from->list.v);
	}
	return to;
}

void shard_note(struct shard_plan *p, const char *path,
		const struct history_options *o, struct str key)
{
	struct diags unsaid = {0};
	struct shard_unit *u = vec_add(&p->units);

	*u = (struct shard_unit){.key = arena_dup(&p->arena, key),
				 .path = arena_dup(&p->arena, str_c(path)),
				 .axes = o->axes, .scope = o->scope,
				 .cost = cost_of(path, o->axes),
				 .slices = 1};
	u->history = u->key;
	u->accounts = copy_accounts(o->accounts, &p->arena);
	u->commit = history_head(path, &p->arena, &unsaid);
	u->is_divisible = u->commit.n && is_divisible(path, o);
	for (size_t i = 0; i < o->n_paths; i++)
		vec_push(&u->paths, arena_dup(&p->arena, o->paths[i]));
	for (size_t i = 0; o->classes && i < o->classes->list.n; i++) {
		struct line_class_choice c = o->classes->list.v[i];

		c.paths = arena_dup(&p->arena, c.paths);
		vec_push(&u->classes.list, c);
	}
	for (size_t i = 0; i < o->n_beyond; i++)
		vec_push(&u->beyond, arena_dup(&p->arena, o->beyond[i]));
	diag_release(&unsaid);
}

bool shard_has_commits(const struct shard_plan *p)
{
	return p->units.n && p->units.v[p->units.n - 1].commit.n;
}

void shard_note_place(struct shard_plan *p, const char *path,
		      enum shard_form form, struct str text)
{
	vec_push(&p->places, ((struct shard_place){
		arena_dup(&p->arena, str_c(path)), form,
		arena_dup(&p->arena, text)}));
}

void shard_note_item(struct shard_plan *p, const struct reading_item *of)
{
	struct shard_unit *u;
	struct reading_size size;
	struct strbuf key;

	if (p->has_no_items)
		return;
	u = vec_add(&p->units);
	strbuf_init(&key, 0);
	reading_key(p->basis, of, &key, &p->arena, &size);
	*u = (struct shard_unit){.kind = SHARD_COMPONENTS, .slices = 1,
				 .key = arena_dup(&p->arena, strbuf_str(&key)),
				 .path = arena_dup(&p->arena, str_c(of->path)),
				 .commit = size.commit,
				 .cost = COST_BEGIN +
					 size.files / COST_FILES_READ +
					 size.bytes / COST_BYTES_READ};
	u->history = u->key;
	for (size_t i = 0; i < of->n_built; i++)
		vec_push(&u->paths, arena_dup(&p->arena, of->built[i]));
	strbuf_release(&key);
}

static void release_unit(struct shard_unit *u)
{
	vec_release(&u->paths);
	vec_release(&u->classes.list);
	vec_release(&u->beyond);
}

static int by_history(const void *va, const void *vb)
{
	const struct shard_unit *a = va, *b = vb;
	int c = str_cmp(a->history, b->history);

	if (!c)
		c = (a->slice > b->slice) - (a->slice < b->slice);
	return c ? c : str_cmp(a->path, b->path);
}

static int by_cost(const void *va, const void *vb)
{
	const struct shard_unit *a = va, *b = vb;

	if (a->cost != b->cost)
		return a->cost < b->cost ? 1 : -1;
	return str_cmp(a->key, b->key);
}

static int by_place(const void *va, const void *vb)
{
	const struct shard_place *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

static void fold_places(struct shard_plan *p)
{
	size_t n = 0;

	vec_sort(&p->places, by_place);
	for (size_t i = 0; i < p->places.n; i++)
		if (!n || by_place(&p->places.v[n - 1], &p->places.v[i]))
			p->places.v[n++] = p->places.v[i];
	p->places.n = n;
}

static void fold(struct shard_plan *p)
{
	size_t n = 0;

	fold_places(p);

	vec_sort(&p->units, by_history);
	for (size_t i = 0; i < p->units.n; i++)
		if (n && str_eq(p->units.v[n - 1].key, p->units.v[i].key))
			release_unit(&p->units.v[i]);
		else
			p->units.v[n++] = p->units.v[i];
	p->units.n = n;
}

/* What one shard should have to do, and no less than is worth a slice. */
static uint64_t usual_most(const struct shard_plan *p, uint64_t n)
{
	uint64_t all = 0;

	for (size_t i = 0; i < p->units.n; i++)
		all += p->units.v[i].cost;
	return all / n > SPLIT_LEAST ? all / n : SPLIT_LEAST;
}

/* Slices of a unit, which becomes the first of them. */
static void cut(struct shard_plan *p, size_t at, unsigned of)
{
	struct shard_unit all = p->units.v[at];
	struct strbuf key;

	strbuf_init(&key, 0);
	for (unsigned i = 0; i < of; i++) {
		struct shard_unit *u = i ? vec_add(&p->units)
					 : &p->units.v[at];

		*u = all;
		u->paths.v = NULL;
		u->paths.n = u->paths.cap = 0;
		u->classes = (struct line_class_choices){0};
		for (size_t k = 0; k < all.paths.n; k++)
			vec_push(&u->paths, all.paths.v[k]);
		for (size_t k = 0; k < all.classes.list.n; k++)
			vec_push(&u->classes.list, all.classes.list.v[k]);
		strbuf_clear(&key);
		part_slice_key(all.history, i, of, &key);
		u->key = arena_dup(&p->arena, strbuf_str(&key));
		u->slice = i;
		u->slices = of;
		u->cost = all.cost / of + 1;
	}
	strbuf_release(&key);
	release_unit(&all);
}

static void cut_large(struct shard_plan *p, uint64_t most)
{
	size_t n = p->units.n;

	for (size_t i = 0; i < n; i++) {
		const struct shard_unit *u = &p->units.v[i];
		uint64_t of = u->cost / most + (u->cost % most != 0);

		if (of > 1 && u->is_divisible)
			cut(p, i, of < HISTORY_SLICES ? (unsigned)of
						      : HISTORY_SLICES);
	}
}

void shard_pack(struct shard_plan *p, uint64_t n, uint64_t most)
{
	uint64_t load[SHARD_MOST] = {0};

	p->shards = n;
	fold(p);
	cut_large(p, most ? most : usual_most(p, n));
	vec_sort(&p->units, by_cost);
	for (size_t i = 0; i < p->units.n; i++) {
		uint64_t least = 0;

		for (uint64_t k = 1; k < n; k++)
			if (load[k] < load[least])
				least = k;
		p->units.v[i].shard = least;
		load[least] += p->units.v[i].cost;
	}
	vec_sort(&p->units, by_history);
}

/* --- JSON ----------------------------------------------------------------- */

static const char *const kinds[SHARD_KIND_COUNT] = {"history", "components"};
static const char *const forms[SHARD_FORM_COUNT] = {
	"folder", "repository", "document", "stack"};
static const char *const axes[] = {
	"commits", "churn", "surviving", "review", "stewardship"};
#define AXES (sizeof axes / sizeof *axes)

static void write_accounts(const struct account_commits *c,
			   struct json_out *j)
{
	struct strbuf hex;

	strbuf_init(&hex, 0);
	json_out_key(j, "accounts");
	json_out_array(j);
	for (size_t i = 0; c && i < c->list.n; i++) {
		strbuf_clear(&hex);
		sha256_hex(&hex, c->list.v[i].id, ACCOUNT_COMMITS_ID);
		json_out_str(j, strbuf_str(&hex));
	}
	json_out_array_end(j);
	strbuf_release(&hex);
}

/* null where there is none. */
static void write_text(struct json_out *j, const char *key, struct str text)
{
	json_out_key(j, key);
	if (text.n)
		json_out_str(j, text);
	else
		json_out_null(j);
}

static void write_place(const struct shard_place *p, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "path", p->path);
	json_out_kstr(j, "form", str_c(forms[p->form]));
	write_text(j, "text", p->text);
	json_out_object_end(j);
}

static void write_unit(const struct shard_unit *u, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "kind", str_c(kinds[u->kind]));
	json_out_kstr(j, "key", u->key);
	json_out_kstr(j, "history", u->history);
	json_out_ki64(j, "slice", u->slice);
	json_out_ki64(j, "slices", u->slices);
	json_out_kstr(j, "path", u->path);
	write_text(j, "commit", u->commit);
	json_out_ki64(j, "cost", (int64_t)u->cost);
	json_out_ki64(j, "shard", (int64_t)u->shard);
	json_out_key(j, "axes");
	json_out_array(j);
	for (size_t i = 0; i < AXES; i++)
		if (u->axes & digest_asked_axis(str_c(axes[i])))
			json_out_str(j, str_c(axes[i]));
	json_out_array_end(j);
	json_out_kstr(j, "scope", u->scope == DIGEST_RUNTIME ? STR("runtime")
							     : STR("all"));
	json_out_kstrs(j, "paths", u->paths.v, u->paths.n);
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
	write_accounts(u->accounts, j);
	json_out_key(j, "beyond");
	json_out_array(j);
	for (size_t i = 0; i < u->beyond.n; i++)
		json_out_str(j, u->beyond.v[i]);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write_day(struct json_out *j, int32_t day)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	date_write(&b, day);
	json_out_kstr(j, "as_of", strbuf_str(&b));
	strbuf_release(&b);
}

void shard_write(const struct shard_plan *p, struct strbuf *to)
{
	struct json_out j;

	json_out_init(&j, to, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR(SCHEMA));
	json_out_kstr(&j, "tool_version", STR(PACKAGE_VERSION));
	json_out_kstr(&j, "basis", p->basis);
	write_day(&j, p->as_of);
	json_out_kstrs(&j, "targets", p->targets.v, p->targets.n);
	json_out_key(&j, "places");
	json_out_array(&j);
	for (size_t i = 0; i < p->places.n; i++)
		write_place(&p->places.v[i], &j);
	json_out_array_end(&j);
	shard_joint_write(p, &j);
	json_out_ki64(&j, "shards", (int64_t)p->shards);
	json_out_key(&j, "units");
	json_out_array(&j);
	for (size_t i = 0; i < p->units.n; i++)
		write_unit(&p->units.v[i], &j);
	json_out_array_end(&j);
	json_out_object_end(&j);
	json_out_end(&j);
}

static bool has_own_key(const struct shard_unit *u)
{
	struct strbuf key;
	bool is;

	strbuf_init(&key, 0);
	if (u->slices > 1)
		part_slice_key(u->history, u->slice, u->slices, &key);
	else
		strbuf_add(&key, u->history);
	is = str_eq(strbuf_str(&key), u->key);
	strbuf_release(&key);
	return is;
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
	if (str_is(json_get_str(j, "scope"), "runtime"))
		u->scope = DIGEST_RUNTIME;
	for (k = json_first(json_get(j, "paths")); k; k = json_next(k))
		vec_push(&u->paths, arena_dup(a, json_str(k)));
	for (k = json_first(json_get(j, "classes")); k; k = json_next(k)) {
		struct line_class_choice c = {
			.paths = arena_dup(a, json_get_str(k, "paths"))};

		if (!line_class_find(json_get_str(k, "class"), &c.class))
			return false;
		vec_push(&u->classes.list, c);
	}
	for (k = json_first(json_get(j, "beyond")); k; k = json_next(k))
		vec_push(&u->beyond, arena_dup(a, json_str(k)));
	return (u->kind == SHARD_COMPONENTS) == !u->axes;
}

/* The place of a name in a table; n where it has none. */
static unsigned find_name(const char *const *names, unsigned n,
			  struct str name)
{
	unsigned i = 0;

	while (i < n && !str_is(name, names[i]))
		i++;
	return i;
}

static const struct account_commits *read_accounts(const struct json *j,
						   struct arena *a)
{
	struct account_commits all = {0};
	const struct account_commits *made;
	const struct json *k;

	for (k = json_first(json_get(j, "accounts")); k; k = json_next(k))
		account_commits_add(&all, json_str(k));
	account_commits_sort(&all);
	made = copy_accounts(&all, a);
	account_commits_release(&all);
	return made;
}

static bool read_unit(struct json_raw raw, struct shard_plan *p)
{
	struct diags unsaid = {0};
	struct shard_unit *u = vec_add(&p->units);
	struct json *j = NULL;
	int64_t shard = -1, slice = -1, slices = 0;
	unsigned kind;
	bool is_sound = !json_parse(raw.text, diag_at(STR("")), &unsaid, &j) &&
			json_get_i64(j, "shard", &shard) && shard >= 0 &&
			(uint64_t)shard < p->shards &&
			json_get_i64(j, "slice", &slice) && slice >= 0 &&
			json_get_i64(j, "slices", &slices) &&
			slices <= HISTORY_SLICES && slice < slices;

	kind = find_name(kinds, SHARD_KIND_COUNT, json_get_str(j, "kind"));
	is_sound = is_sound && (kind == SHARD_HISTORY ||
				(kind == SHARD_COMPONENTS && slices == 1));
	*u = (struct shard_unit){
		.kind = (enum shard_kind)kind,
		.key = arena_dup(&p->arena, json_get_str(j, "key")),
		.history = arena_dup(&p->arena, json_get_str(j, "history")),
		.path = arena_dup(&p->arena, json_get_str(j, "path")),
		.slice = (unsigned)slice, .slices = (unsigned)slices,
		.shard = (uint64_t)shard};
	is_sound = is_sound && sha256_is_hex(u->history) && has_own_key(u) &&
		   u->path.n && read_lists(j, &p->arena, u);
	u->accounts = read_accounts(j, &p->arena);
	json_free(j);
	diag_release(&unsaid);
	return is_sound;
}

static bool read_place(struct json_raw raw, struct shard_plan *p)
{
	struct shard_place *place = vec_add(&p->places);
	struct str form = json_raw_str(json_raw_get(raw, "form"), &p->arena);
	unsigned n = find_name(forms, SHARD_FORM_COUNT, form);

	*place = (struct shard_place){
		arena_dup(&p->arena, json_raw_str(json_raw_get(raw, "path"),
						  &p->arena)),
		(enum shard_form)n,
		arena_dup(&p->arena, json_raw_str(json_raw_get(raw, "text"),
						  &p->arena))};
	return place->path.n && n < SHARD_FORM_COUNT &&
	       (p->places.n < 2 || by_place(place - 1, place) < 0);
}

/* What targets are, and what all units depend on. */
static const char *read_targets(struct json_raw raw, struct shard_plan *p)
{
	struct json_raw one;
	struct json_walk w;

	p->basis = arena_dup(&p->arena, json_raw_str(
				json_raw_get(raw, "basis"), &p->arena));
	if (!sha256_is_hex(p->basis) ||
	    date_parse(json_raw_str(json_raw_get(raw, "as_of"), &p->arena),
		       &p->as_of))
		return "its basis or day is not sound";
	json_walk_begin(&w, json_raw_get(raw, "targets"));
	while (json_walk_next(&w, NULL, &one))
		vec_push(&p->targets, arena_dup(&p->arena, json_raw_str(
						one, &p->arena)));
	json_walk_begin(&w, json_raw_get(raw, "places"));
	while (json_walk_next(&w, NULL, &one))
		if (!read_place(one, p))
			return "a place is not sound";
	return shard_joint_read(raw, p) ? NULL
		: "what repositories share is not sound";
}

static const char *read_plan(struct str bytes, struct shard_plan *p)
{
	struct json_raw raw, unit;
	const char *why;
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
	why = read_targets(raw, p);
	if (why)
		return why;
	json_walk_begin(&w, json_raw_get(raw, "units"));
	while (json_walk_next(&w, NULL, &unit))
		if (!read_unit(unit, p))
			return "a unit is not sound";
	return NULL;
}

bool shard_sniffs(struct str text)
{
	return str_find(str_head(text, 256), STR("\"ranwhence.shards/")) !=
	       SIZE_MAX;
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
		say("%s: %s", file, why);
	return why ? ERR_CONFIG : OK;
}

void shard_release(struct shard_plan *p)
{
	for (size_t i = 0; i < p->units.n; i++)
		release_unit(&p->units.v[i]);
	vec_release(&p->units);
	vec_release(&p->targets);
	vec_release(&p->places);
	for (size_t i = 0; i < p->joints.n; i++)
		vec_release(&p->joints.v[i].last);
	vec_release(&p->joints);
	vec_release(&p->apart);
	map_release(&p->asked);
	arena_release(&p->arena);
}
