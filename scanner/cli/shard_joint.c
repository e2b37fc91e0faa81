/* An item is known by its path and its role; of two that have the same ones
 * the first is the first. */
#include "cli/shard_joint.h"

static struct str copy(struct shard_plan *p, struct str s)
{
	return arena_dup(&p->arena, s);
}

void shard_joint_note(struct shard_plan *p, const struct joint_items *all,
		      const struct diags *told)
{
	for (size_t i = 0; i < all->list.n; i++) {
		const struct joint_item *from = &all->list.v[i];
		struct shard_joint *to = vec_add(&p->joints);

		*to = (struct shard_joint){.path = copy(p, str_c(from->path)),
					   .role = copy(p, from->role),
					   .joint = from->joint};
		for (size_t k = 0; k < from->last.n; k++)
			vec_push(&to->last, copy(p, from->last.v[k]));
	}
	for (size_t i = 0; i < told->kept.n; i++)
		vec_push(&p->apart, ((struct shard_apart){
			copy(p, told->kept.v[i].place.path),
			copy(p, told->kept.v[i].message)}));
}

/* --- in a report ---------------------------------------------------------- */

/* The key of the next item of this path and role. */
static struct str name_item(struct map *seen, struct str path,
			    struct str role, struct arena *a)
{
	struct str key = arena_fmt(a, "%.*s\n%.*s", STR_ARG(path),
				   STR_ARG(role));
	size_t n = ++*map_put(seen, key, 0, NULL);

	return arena_fmt(a, "%zu\n%.*s", n, STR_ARG(key));
}

static void fill(struct joint_item *to, const struct shard_joint *from)
{
	to->joint = from->joint;
	for (size_t k = 0; k < from->last.n; k++)
		vec_push(&to->last, from->last.v[k]);
}

void shard_joint_find(const struct shard_plan *p, struct joint_items *all,
		      struct scan *s)
{
	struct map planned = {0}, seen = {0}, again = {0};
	struct arena a = {0};

	for (size_t i = 0; i < p->joints.n; i++)
		map_put(&planned, name_item(&seen, p->joints.v[i].path,
					    p->joints.v[i].role, &a), i,
			NULL);
	for (size_t i = 0; i < all->list.n; i++) {
		struct joint_item *item = &all->list.v[i];
		const size_t *at = map_get(&planned, name_item(
				&again, str_c(item->path), item->role, &a));

		if (at)
			fill(item, &p->joints.v[*at]);
		else
			diag_add(&s->diags, RW1422, diag_at(str_c(item->path)),
				 "it counts by itself: the plan does not say "
				 "whose commits it has");
	}
	for (size_t i = 0; i < p->apart.n; i++)
		diag_add(&s->diags, RW1422, diag_at(p->apart.v[i].path),
			 "%.*s", STR_ARG(p->apart.v[i].why));
	map_release(&planned);
	map_release(&seen);
	map_release(&again);
	arena_release(&a);
}

/* --- JSON ----------------------------------------------------------------- */

static void write_one(const struct shard_joint *o, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "path", o->path);
	json_out_kstr(j, "role", o->role);
	json_out_ki64(j, "group", (int64_t)o->joint.group);
	json_out_ki64(j, "rank", (int64_t)o->joint.rank);
	json_out_kbool(j, "is_contained", o->joint.is_contained);
	json_out_kbool(j, "is_mirror", o->joint.is_mirror);
	json_out_ki64(j, "commits", (int64_t)o->joint.commits);
	json_out_ki64(j, "shared", (int64_t)o->joint.shared);
	json_out_key(j, "last");
	json_out_array(j);
	for (size_t i = 0; i < o->last.n; i++)
		json_out_str(j, o->last.v[i]);
	json_out_array_end(j);
	json_out_object_end(j);
}

void shard_joint_write(const struct shard_plan *p, struct json_out *j)
{
	json_out_key(j, "joints");
	json_out_array(j);
	for (size_t i = 0; i < p->joints.n; i++)
		write_one(&p->joints.v[i], j);
	json_out_array_end(j);
	json_out_key(j, "apart");
	json_out_array(j);
	for (size_t i = 0; i < p->apart.n; i++) {
		json_out_object(j);
		json_out_kstr(j, "path", p->apart.v[i].path);
		json_out_kstr(j, "why", p->apart.v[i].why);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static struct str text(struct json_raw of, const char *key,
		       struct shard_plan *p)
{
	return copy(p, json_raw_str(json_raw_get(of, key), &p->arena));
}

static bool number(struct json_raw of, const char *key, uint64_t *ret)
{
	return str_to_u64(json_raw_get(of, key).text, ret) &&
	       *ret <= INT64_MAX;
}

static bool read_one(struct json_raw raw, struct shard_plan *p)
{
	struct shard_joint *o = vec_add(&p->joints);
	struct json_raw id;
	struct json_walk w;
	uint64_t group, rank, commits, shared;

	*o = (struct shard_joint){.path = text(raw, "path", p),
				  .role = text(raw, "role", p)};
	if (!number(raw, "group", &group) || !number(raw, "rank", &rank) ||
	    !number(raw, "commits", &commits) ||
	    !number(raw, "shared", &shared) || shared > commits)
		return false;
	o->joint = (struct joint){
		.group = (size_t)group, .rank = (size_t)rank,
		.commits = commits, .shared = shared,
		.digest = SIZE_MAX, .beyond = SIZE_MAX,
		.is_contained = str_is(json_raw_get(raw, "is_contained").text,
				       "true"),
		.is_mirror = str_is(json_raw_get(raw, "is_mirror").text,
				    "true")};
	json_walk_begin(&w, json_raw_get(raw, "last"));
	while (json_walk_next(&w, NULL, &id))
		vec_push(&o->last, copy(p, json_raw_str(id, &p->arena)));
	return o->last.n <= JOINT_MOST;
}

bool shard_joint_read(struct json_raw of, struct shard_plan *p)
{
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(of, "joints"));
	while (json_walk_next(&w, NULL, &one))
		if (!read_one(one, p))
			return false;
	for (size_t i = 0; i < p->joints.n; i++)
		if (p->joints.v[i].joint.group > p->joints.n)
			return false;
	json_walk_begin(&w, json_raw_get(of, "apart"));
	while (json_walk_next(&w, NULL, &one))
		vec_push(&p->apart, ((struct shard_apart){
			text(one, "path", p), text(one, "why", p)}));
	return true;
}
