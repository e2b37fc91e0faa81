/* Names and the owner of a verdict's data. */
#include "model/verdict.h"

#define NAME(id, name) name,
static const char *const axis_names[] = {AXES(NAME)};
static const char *const question_names[] = {QUESTION_KINDS(NAME)};
#undef NAME

void verdict_release(struct verdict *v)
{
	for (size_t i = 0; i < v->scores.n; i++)
		vec_release(&v->scores.v[i].by);
	for (size_t i = 0; i < v->joints.n; i++) {
		vec_release(&v->joints.v[i].score.by);
		vec_release(&v->joints.v[i].components);
	}
	for (size_t i = 0; i < v->findings.n; i++) {
		vec_release(&v->findings.v[i].components);
		vec_release(&v->findings.v[i].organisations);
		vec_release(&v->findings.v[i].waivers);
	}
	vec_release(&v->held);
	vec_release(&v->standings);
	vec_release(&v->missing_lists);
	vec_release(&v->scores);
	vec_release(&v->joints);
	vec_release(&v->findings);
	vec_release(&v->functions);
	vec_release(&v->years);
	vec_release(&v->questions);
	arena_release(&v->arena);
}

const struct joint_score *verdict_joint(const struct verdict *v,
					size_t component)
{
	size_t at = v->scores.v[component].joint;

	return at ? &v->joints.v[at - 1] : NULL;
}

const struct component_score *verdict_counted(const struct verdict *v,
					      size_t component)
{
	const struct joint_score *j = verdict_joint(v, component);

	return j && j->score.component == component ? &j->score
						    : &v->scores.v[component];
}

const struct component_score *verdict_once(const struct verdict *v,
					   size_t component)
{
	const struct joint_score *j = verdict_joint(v, component);

	return j && j->score.component != component
	       ? NULL : verdict_counted(v, component);
}

const char *verdict_axis_name(enum axis a)
{
	return axis_names[a];
}

bool verdict_find_axis(struct str name, enum axis *ret)
{
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (str_is(name, axis_names[i])) {
			*ret = (enum axis)i;
			return true;
		}
	return false;
}

uint64_t verdict_shown(enum axis a, uint64_t units)
{
	uint64_t whole = units / DIGEST_CREDITS;

	if (a != AXIS_COMMITS)
		return units;
	whole += units % DIGEST_CREDITS >= DIGEST_CREDITS / 2;
	return whole || !units ? whole : 1;
}

const char *verdict_state_name(enum rule_state s)
{
	static const char *const names[] = {"met", "not met", "unproven",
					    "not applicable"};

	return names[s];
}

bool verdict_is_worse(enum rule_state a, enum rule_state b)
{
	static const int rank[] = {
		[RULE_MET] = 0, [RULE_NOT_APPLICABLE] = 0,
		[RULE_UNPROVEN] = 1, [RULE_NOT_MET] = 2};

	return rank[a] > rank[b];
}

const char *verdict_aside_name(enum set_aside a)
{
	static const char *const names[] = {"", "waived", "known", "minor"};

	return names[a];
}

const char *verdict_question_name(enum question_kind k)
{
	return question_names[k];
}

const char *verdict_standing_name(enum standing s)
{
	static const char *const names[] = {"other", "unknown", "concern"};

	return names[s];
}
