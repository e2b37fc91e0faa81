/* Groups of components, as they were found where the stack was opened. */
#include "assess/joint.h"

bool joint_histories(const struct scan *s, size_t component,
		     struct joint_histories *ret)
{
	const struct joint *j = &s->parts.components.v[component].joint;

	if (j->is_contained || j->digest >= s->digests.n)
		return false;
	ret->tree = &s->digests.v[j->digest];
	ret->commits = j->beyond < s->beyond.n ? &s->beyond.v[j->beyond]
					       : ret->tree;
	ret->review = ret->tree->has_told_reviews ? ret->tree : ret->commits;
	return true;
}

struct member {
	size_t component;
	const struct joint *joint;
	bool is_counted;
};

static int by_group(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;

	if (a->joint->group != b->joint->group)
		return a->joint->group < b->joint->group ? -1 : 1;
	return (a->joint->rank > b->joint->rank) -
	       (a->joint->rank < b->joint->rank);
}

/* Is all of a group there, with what it is to count by? */
static bool is_whole(const struct scan *s, const struct member *m, size_t n)
{
	struct joint_histories h;
	size_t counted = 0;

	for (size_t i = 0; i < n; i++) {
		if (!m[i].is_counted)
			return false;
		counted += joint_histories(s, m[i].component, &h);
	}
	return n > 1 && !m[0].joint->is_contained &&
	       counted == m[0].joint->counted;
}

static int by_first(const void *va, const void *vb)
{
	const struct joint_score *a = va, *b = vb;

	return (a->components.v[0] > b->components.v[0]) -
	       (a->components.v[0] < b->components.v[0]);
}

void joint_find(const struct scan *s, struct verdict *v)
{
	struct { VEC(struct member) list; } all = {0};
	size_t end;

	for (size_t i = 0; i < s->parts.components.n; i++) {
		const struct joint *j = &s->parts.components.v[i].joint;

		if (j->group)
			vec_push(&all.list, ((struct member){
				i, j, v->scores.v[i].weight > 0}));
	}
	vec_sort(&all.list, by_group);
	for (size_t i = 0; i < all.list.n; i = end) {
		struct member *m = &all.list.v[i];
		struct joint_score *to;

		for (end = i + 1; end < all.list.n &&
		     all.list.v[end].joint->group == m->joint->group; end++)
			;
		if (!is_whole(s, m, end - i))
			continue;
		to = vec_add(&v->joints);
		*to = (struct joint_score){.score.component = m->component};
		for (size_t k = i; k < end; k++)
			vec_push(&to->components, all.list.v[k].component);
	}
	vec_sort(&v->joints, by_first);
	vec_release(&all.list);
}
