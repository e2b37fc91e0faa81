/*
 * Policies from YAML (ranwhence-policy(5)).  Strict: what is not understood
 * is an error, because a rule that is skipped reads as a rule that is met.
 */
#include "assess/policy.h"

#include "assess/extend.h"
#include "assess/rules.h"
#include "base/map.h"
#include "base/sha256.h"

#define NAMES(names) names, sizeof(names) / sizeof *(names)
#define TABLE(table) table, sizeof(table) / sizeof *(table)
#define NAME(id, name) name,
static const char *const authorship_names[] = {AUTHORSHIPS(NAME)};
static const char *const axis_names[] = {AXES(NAME)};
static const char *const function_names[] = {FUNCTIONS(NAME)};
static const char *const rung_names[] = {RUNGS(NAME)};
static const char *const scope_names[] = {SCOPES(NAME)};
static const char *const severity_names[] = {SEVERITIES(NAME)};
#undef NAME
static const char *const perimeters[] = {"ran", "core", "transport", "cloud"};
static const char *const user_classes[] = {"government", "critical",
					   "general"};

#define DEFAULT_WEIGHT 50
#define DEFAULT_DEPENDENCY_PERCENT 50
#define DEFAULT_COMPONENT_LIMIT_BP 2500

/* A list of names as a mask. */
static void read_mask(struct fields *f, const struct yaml *node,
		      const char *const *names, size_t n, unsigned *ret)
{
	if (!fields_is_list(f, node))
		return;
	for (const struct yaml *m = node->first; m; m = m->next) {
		size_t i = fields_choice(f, m, names, n, "known here");

		if (i != SIZE_MAX)
			*ret |= 1u << i;
	}
}

static void read_functions(struct fields *f, const struct yaml *node,
			   void *to)
{
	read_mask(f, node, NAMES(function_names), to);
}

static void read_perimeters(struct fields *f, const struct yaml *node,
			    void *to)
{
	read_mask(f, node, NAMES(perimeters), to);
}

static void read_user_classes(struct fields *f, const struct yaml *node,
			      void *to)
{
	read_mask(f, node, NAMES(user_classes), to);
}

static void read_scopes(struct fields *f, const struct yaml *node, void *to)
{
	*(unsigned *)to = 0;
	read_mask(f, node, NAMES(scope_names), to);
}

static void read_history_scope(struct fields *f, const struct yaml *node,
			       void *to)
{
	static const char *const names[] = {[DIGEST_ALL] = "all",
					    [DIGEST_RUNTIME] = "runtime"};
	size_t i = fields_choice(f, node, NAMES(names), "all or runtime");

	if (i != SIZE_MAX)
		*(enum digest_scope *)to = (enum digest_scope)i;
}

static void read_axis(struct fields *f, const struct yaml *node, void *to)
{
	struct policy_rule *r = to;
	size_t i = fields_choice(f, node, NAMES(axis_names), "an axis");

	r->has_axis = true;
	if (i != SIZE_MAX)
		r->axis = (enum axis)i;
}

static void read_window(struct fields *f, const struct yaml *node, void *to)
{
	static const char *const names[WINDOW_COUNT] = {
		[WINDOW_ALL] = "all", [WINDOW_24] = "24", [WINDOW_12] = "12"};
	size_t i = fields_choice(f, node, NAMES(names), "a window");

	if (i != SIZE_MAX)
		*(enum window *)to = (enum window)i;
}

static void read_severity(struct fields *f, const struct yaml *node,
			  void *to)
{
	size_t i = fields_choice(f, node, NAMES(severity_names),
				 "a severity");

	if (i != SIZE_MAX)
		*(enum severity *)to = (enum severity)i;
}

static void read_unproven(struct fields *f, const struct yaml *node,
			  void *to)
{
	static const char *const names[] = {
		[UNPROVEN_WARN] = "warn", [UNPROVEN_FAIL] = "fail",
		[UNPROVEN_PASS] = "pass"};
	size_t i = fields_choice(f, node, NAMES(names),
				 "what an unproven rule does");

	if (i != SIZE_MAX)
		*(enum unproven *)to = (enum unproven)i;
}

static void read_kind(struct fields *f, const struct yaml *node, void *to)
{
	const char *names[32];

	for (size_t i = 0; i < rules_count; i++)
		names[i] = rules_table[i]->name;
	if (fields_choice(f, node, names, rules_count, "a kind of rule") !=
	    SIZE_MAX)
		*(const struct rule_kind **)to = rules_find(yaml_str(node));
}

static void read_pattern(struct fields *f, const struct yaml *node, void *to)
{
	struct regex **regex = to;
	struct str why;

	if (!yaml_str(node).n)
		fields_bad(f, node, "must be a pattern");
	else if (regex_new(yaml_str(node), f->arena, regex, &why))
		fields_bad(f, node, "'%.*s': %.*s", STR_ARG(yaml_str(node)),
			   STR_ARG(why));
}

static const struct field match_fields[] = {
	{"purl", false, offsetof(struct policy_rule, patterns[MATCH_PURL]),
	 read_pattern},
	{"path", false, offsetof(struct policy_rule, patterns[MATCH_PATH]),
	 read_pattern},
	{"host", false, offsetof(struct policy_rule, patterns[MATCH_HOST]),
	 read_pattern},
	{"organisation", false,
	 offsetof(struct policy_rule, patterns[MATCH_ORGANISATION]),
	 read_pattern},
};

static void read_match(struct fields *f, const struct yaml *node, void *to)
{
	if (node->type == YAML_MAPPING && !node->first)
		fields_bad(f, node, "there is nothing to match");
	fields_mapping(f, node, "match", TABLE(match_fields), to);
}

static void read_assets(struct fields *f, const struct yaml *node, void *to)
{
	static const char *const names[] = {"all", "new"};
	size_t i = fields_choice(f, node, NAMES(names), "a set of assets");

	*(bool *)to = i == 1;
}

static const struct field rule_fields[] = {
	{"id", true, offsetof(struct policy_rule, id), fields_word},
	{"title", true, offsetof(struct policy_rule, title), fields_text},
	{"clause", true, offsetof(struct policy_rule, clause), fields_text},
	{"confirmed", true, offsetof(struct policy_rule, is_confirmed),
	 fields_bool},
	{"note", false, offsetof(struct policy_rule, note), fields_text},
	{"kind", true, offsetof(struct policy_rule, kind), read_kind},
	{"axis", false, 0, read_axis},
	{"window", false, offsetof(struct policy_rule, window), read_window},
	{"functions", false, offsetof(struct policy_rule, functions),
	 read_functions},
	{"perimeters", false, offsetof(struct policy_rule, perimeters),
	 read_perimeters},
	{"user-classes", false, offsetof(struct policy_rule, user_classes),
	 read_user_classes},
	{"limit", false, offsetof(struct policy_rule, limit_bp),
	 fields_percent},
	{"match", false, 0, read_match},
	{"months", false, offsetof(struct policy_rule, months),
	 fields_weight},
	{"severity", true, offsetof(struct policy_rule, severity),
	 read_severity},
	{"unproven", false, offsetof(struct policy_rule, unproven),
	 read_unproven},
	{"assets", false, offsetof(struct policy_rule, is_about_new),
	 read_assets},
	{"from", false, offsetof(struct policy_rule, from), fields_day},
	{"to", false, offsetof(struct policy_rule, to), fields_day},
};

/* Which kinds may have a key, and which must. */
struct key_rule {
	const char *key;
	unsigned may, must; /* masks of enum rule_takes */
};

static void check_key(struct fields *f, const struct yaml *node,
		      const struct rule_kind *kind, const struct key_rule *k)
{
	const struct yaml *value = yaml_get(node, k->key);
	bool is_there = value->type != YAML_ABSENT;

	if (is_there && !(kind->takes & k->may))
		fields_bad(f, value->key, "a rule of kind %s takes no '%s'",
			   kind->name, k->key);
	else if (!is_there && kind->takes & k->must)
		fields_bad(f, node, "a rule of kind %s needs '%s'",
			   kind->name, k->key);
}

static bool is_dated(enum axis a)
{
	return a == AXIS_COMMITS || a == AXIS_CHURN || a == AXIS_REVIEW;
}

static void check_rule(struct fields *f, const struct yaml *node,
		       const struct policy_rule *r)
{
	static const struct key_rule takes[] = {
		{"axis", RULE_AXIS, RULE_NEEDS_AXIS},
		{"limit", RULE_LIMIT, RULE_LIMIT},
		{"window", RULE_WINDOW, 0},
		{"functions", RULE_FUNCTIONS, 0},
		{"match", RULE_MATCH, RULE_MATCH},
		{"months", RULE_MONTHS, RULE_MONTHS},
	};

	if (r->is_about_new && r->from == DATE_MIN)
		fields_bad(f, node, "new since when? 'assets: new' needs "
			   "'from'");
	if (r->from >= r->to)
		fields_bad(f, node, "'from' is not before 'to'");
	for (size_t i = 0; r->kind && i < sizeof takes / sizeof *takes; i++)
		check_key(f, node, r->kind, &takes[i]);
	if (r->window != WINDOW_ALL && !(r->has_axis && is_dated(r->axis)))
		fields_bad(f, yaml_get(node, "window"),
			   "only the axes commits, churn and review are "
			   "dated");
}

static void read_rules(struct fields *f, const struct yaml *node, void *to)
{
	struct policy *p = to;
	struct map ids = {0};

	if (!fields_is_list(f, node))
		return;
	for (const struct yaml *m = node->first; m; m = m->next) {
		struct policy_rule r = {.from = DATE_MIN, .to = DATE_MAX};
		bool is_new = true;

		fields_mapping(f, m, "the rule", TABLE(rule_fields), &r);
		check_rule(f, m, &r);
		if (r.id.n)
			map_put(&ids, r.id, 0, &is_new);
		if (!is_new)
			fields_bad(f, yaml_get(m, "id"),
				   "the id '%.*s' stands there twice",
				   STR_ARG(r.id));
		vec_push(&p->rules, r);
	}
	map_release(&ids);
}

static void read_version(struct fields *f, const struct yaml *node, void *to)
{
	(void)to;
	if (!str_is(yaml_str(node), "1"))
		fields_bad(f, node, "policy must be 1, the version of this "
			   "form");
}

static void read_status(struct fields *f, const struct yaml *node, void *to)
{
	static const char *const names[] = {"binding", "guidance", "proposal",
					    "own"};

	fields_choice(f, node, NAMES(names), "a status");
	*(struct str *)to = yaml_str(node);
}

static const struct field text_fields[] = {
	{"title", true, offsetof(struct policy, text_title), fields_text},
	{"date", true, offsetof(struct policy, text_date), fields_date},
	{"source", true, offsetof(struct policy, text_source), fields_text},
	{"status", true, offsetof(struct policy, text_status), read_status},
};

static void read_text(struct fields *f, const struct yaml *node, void *to)
{
	fields_mapping(f, node, "text", TABLE(text_fields), to);
}

static void read_jurisdictions(struct fields *f, const struct yaml *node,
			       void *to)
{
	struct policy *p = to;
	struct fields_words words = {0};

	fields_words(f, node, &words);
	for (size_t i = 0; i < words.n; i++) {
		struct str s = words.v[i];

		if (s.n != 2 || s.p[0] < 'A' || s.p[0] > 'Z' ||
		    s.p[1] < 'A' || s.p[1] > 'Z')
			fields_bad(f, node, "'%.*s' is not an ISO 3166-1 "
				   "code of two capital letters",
				   STR_ARG(s));
	}
	p->concern.jurisdictions = words.v;
	p->concern.jurisdictions_n = words.n;
}

static void read_lists(struct fields *f, const struct yaml *node, void *to)
{
	struct policy *p = to;
	struct fields_words words = {0};

	fields_words(f, node, &words);
	p->concern.lists = words.v;
	p->concern.lists_n = words.n;
}

static void read_rungs(struct fields *f, const struct yaml *node, void *to)
{
	struct policy *p = to;
	unsigned seen = 0;

	if (!fields_is_list(f, node))
		return;
	for (const struct yaml *m = node->first; m; m = m->next) {
		size_t i = fields_choice(f, m, NAMES(rung_names), "a rung");

		if (i == SIZE_MAX)
			continue;
		if (i == RUNG_LOCATED || i == RUNG_UNKNOWN)
			fields_bad(f, m, "the rung '%s' is information only "
				   "and never counts", rung_names[i]);
		else if (seen & 1u << i)
			fields_bad(f, m, "the rung '%s' stands there twice",
				   rung_names[i]);
		else
			p->rungs[p->rungs_n++] = (enum rung)i;
		seen |= 1u << i;
	}
}

static const struct field concern_fields[] = {
	{"jurisdictions", false, 0, read_jurisdictions},
	{"lists", false, 0, read_lists},
	{"rungs", true, 0, read_rungs},
};

/* What a rung is reached by: who is listed is of concern by itself, and so is
 * what it owns or controls. */
static bool is_reachable(const struct policy *p, enum rung rung)
{
	if (rung == RUNG_LISTED || rung == RUNG_AFFILIATE)
		return p->concern.lists_n;
	if (rung == RUNG_ESTABLISHED || rung == RUNG_STATE)
		return p->concern.jurisdictions_n;
	return p->concern.lists_n || p->concern.jurisdictions_n;
}

/* A rung that nothing could ever reach would make everybody `other`. */
static void check_rungs(struct fields *f, const struct yaml *node,
			const struct policy *p)
{
	for (size_t i = 0; i < p->rungs_n; i++)
		if (!is_reachable(p, p->rungs[i]))
			fields_bad(f, node, "nobody can reach the rung '%s': "
				   "it needs lists or jurisdictions",
				   ladder_rung_name(p->rungs[i]));
}

static void read_concern(struct fields *f, const struct yaml *node, void *to)
{
	fields_mapping(f, node, "concern", TABLE(concern_fields), to);
	check_rungs(f, node, to);
}

static void read_evidence_concern(struct fields *f, const struct yaml *node,
				  void *to)
{
	(void)to;
	if (!str_is(yaml_str(node), "A"))
		fields_bad(f, node, "must be A: nobody is of concern on rows "
			   "that are not cited");
}

static void read_evidence_other(struct fields *f, const struct yaml *node,
				void *to)
{
	static const char *const names[] = {"A", "B"};
	size_t i = fields_choice(f, node, NAMES(names), "a confidence");

	if (i != SIZE_MAX)
		*(enum fact_confidence *)to = i ? FACT_B : FACT_A;
}

static void read_authorship(struct fields *f, const struct yaml *node,
			    void *to)
{
	size_t i = fields_choice(f, node, NAMES(authorship_names),
				 "a rung of authorship");

	if (i != SIZE_MAX)
		*(enum authorship *)to = (enum authorship)i;
}

static const struct field evidence_fields[] = {
	{"authorship", false, offsetof(struct policy, authorship),
	 read_authorship},
	{"concern", false, 0, read_evidence_concern},
	{"concern-authorship", false,
	 offsetof(struct policy, concern_authorship), read_authorship},
	{"max-age", false, offsetof(struct policy, max_age), fields_weight},
	{"other", false, offsetof(struct policy, evidence_other),
	 read_evidence_other},
};

static void read_evidence(struct fields *f, const struct yaml *node,
			  void *to)
{
	fields_mapping(f, node, "evidence", TABLE(evidence_fields), to);
}

/* A mapping from names to weights. */
static void read_weights_of(struct fields *f, const struct yaml *node,
			    const char *const *names, size_t n,
			    int32_t *weights)
{
	if (node->type != YAML_MAPPING)
		fields_bad(f, node, "must be a mapping of weights");
	for (const struct yaml *m = node->first; m; m = m->next) {
		size_t i = fields_choice(f, m->key ? m->key : m, names, n,
					 "something to weigh");

		if (i != SIZE_MAX)
			fields_weight(f, m, &weights[i]);
	}
}

static void read_axis_weights(struct fields *f, const struct yaml *node,
			      void *to)
{
	struct policy *p = to;
	int32_t sum = 0;

	read_weights_of(f, node, NAMES(axis_names), p->axis_weights);
	for (size_t i = 0; i < AXIS_COUNT; i++)
		sum += p->axis_weights[i];
	if (sum == 0)
		fields_bad(f, node, "no axis has a weight");
}

static void read_function_weights(struct fields *f, const struct yaml *node,
				  void *to)
{
	struct policy *p = to;

	read_weights_of(f, node, NAMES(function_names), p->function_weights);
}

static const struct field weight_fields[] = {
	{"axes", true, 0, read_axis_weights},
	{"functions", false, 0, read_function_weights},
	{"default", false,
	 offsetof(struct policy, function_weights[FUNCTION_NONE]),
	 fields_weight},
	{"dependencies", false, offsetof(struct policy, dependency_percent),
	 fields_weight},
};

static void read_weights(struct fields *f, const struct yaml *node, void *to)
{
	struct policy *p = to;

	fields_mapping(f, node, "weights", TABLE(weight_fields), to);
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		if (p->function_weights[i] < 0)
			p->function_weights[i] =
				p->function_weights[FUNCTION_NONE];
}

/* What extend.c has done already. */
static void read_nothing(struct fields *f, const struct yaml *node, void *to)
{
	(void)f;
	(void)node;
	(void)to;
}

static void read_parameters(struct fields *f, const struct yaml *node,
			    void *to)
{
	(void)to;
	if (node->type != YAML_MAPPING)
		fields_bad(f, node, "must be a mapping of names to values");
	for (const struct yaml *m = node->first; m; m = m->next)
		if (m->type != YAML_SCALAR)
			fields_bad(f, m, "a parameter is one value");
}

static const struct field policy_fields[] = {
	{"policy", true, 0, read_version},
	{"extends", false, 0, read_nothing},
	{"parameters", false, 0, read_parameters},
	{"name", true, offsetof(struct policy, name), fields_word},
	{"title", true, offsetof(struct policy, title), fields_text},
	{"text", true, 0, read_text},
	{"concern", true, 0, read_concern},
	{"evidence", false, 0, read_evidence},
	{"scopes", false, offsetof(struct policy, scopes), read_scopes},
	{"history-scope", false, offsetof(struct policy, history_scope),
	 read_history_scope},
	{"weights", true, 0, read_weights},
	{"component-limit", false,
	 offsetof(struct policy, component_limit_bp), fields_percent},
	{"rules", true, 0, read_rules},
};

/* What holds where the file does not say. */
static void set_defaults(struct policy *p)
{
	p->evidence_other = FACT_A;
	p->dependency_percent = DEFAULT_DEPENDENCY_PERCENT;
	p->component_limit_bp = DEFAULT_COMPONENT_LIMIT_BP;
	p->scopes = ((1u << SCOPE_COUNT) - 1) & ~(1u << SCOPE_RELEASE);
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		p->function_weights[i] = -1;
	p->function_weights[FUNCTION_NONE] = DEFAULT_WEIGHT;
}

static struct str hex_of(struct str bytes, struct arena *a)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf b;
	struct str hex;

	sha256_of(bytes, digest);
	strbuf_init(&b, 0);
	sha256_hex(&b, digest, sizeof digest);
	hex = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return hex;
}

/* The texts of a policy and of those that it extends, the last first. */
struct layers {
	struct fields *f;
	const struct policy_source *source;
	struct strbuf bytes; /* of all, for the hash */
	const struct yaml *roots[POLICY_LAYERS];
	struct str paths[POLICY_LAYERS];
	size_t n;
};

static bool is_known(const struct layers *l, struct str path)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->paths[i], path))
			return true;
	return false;
}

/* Finds what a policy extends; false when there is nothing to read. */
static bool find_base(struct layers *l, const struct yaml *root,
		      struct str *bytes, struct str *path)
{
	const struct yaml *node = yaml_get(root, "extends");
	struct str from = *path;

	if (node->type == YAML_ABSENT)
		return false;
	if (!yaml_str(node).n || !l->source)
		fields_bad(l->f, node, "'%.*s' is not a policy to extend",
			   STR_ARG(yaml_str(node)));
	else if (l->source->load(l->source->with, yaml_str(node), from,
				 bytes, path))
		fields_bad(l->f, node, "the policy '%.*s' cannot be read",
			   STR_ARG(yaml_str(node)));
	else if (is_known(l, *path))
		fields_bad(l->f, node, "'%.*s' extends itself in a circle",
			   STR_ARG(yaml_str(node)));
	else if (l->n == POLICY_LAYERS)
		fields_bad(l->f, node, "more than %d policies extend each "
			   "other", POLICY_LAYERS);
	else
		return true;
	return false;
}

/* Reads all layers; what is wrong is reported where it stands. */
static void read_layers(struct layers *l, struct str bytes, struct str path)
{
	struct fields *f = l->f;

	do {
		const struct yaml *root;

		f->path = path;
		strbuf_add(&l->bytes, bytes);
		if (yaml_parse(bytes, 0, path, f->arena, f->diags, &root))
			fields_bad(f, root, "the file is not YAML");
		l->roots[l->n] = root;
		l->paths[l->n++] = path;
	} while (!f->is_bad && find_base(l, l->roots[l->n - 1], &bytes,
					 &path));
}

static void release_rules(struct policy *p)
{
	for (size_t i = 0; i < p->rules.n; i++)
		for (size_t k = 0; k < MATCH_COUNT; k++)
			regex_free(p->rules.v[i].patterns[k]);
	vec_release(&p->rules);
}

/* Each layer must be sound on what it extends, so that a fault is reported
 * in the file where it stands; the first of them is the policy. */
static void judge_layers(struct layers *l, struct policy *ret)
{
	const struct yaml *root = NULL;

	for (size_t i = l->n; i-- > 0 && !l->f->is_bad;) {
		struct policy base = {0};
		struct policy *to = i ? &base : ret;

		set_defaults(&base);
		l->f->path = l->paths[i];
		root = root ? extend_merge(l->f->arena, root, l->roots[i])
			    : l->roots[i];
		fields_mapping(l->f, extend_substitute(l->f, root),
			       "the policy", TABLE(policy_fields), to);
		release_rules(&base);
	}
}

enum err policy_parse_with(struct str bytes, struct str path,
			   const struct policy_source *source,
			   struct diags *ds, struct policy *ret)
{
	struct fields f = {.path = path, .diags = ds, .code = RW1601,
			   .arena = &ret->arena};
	struct layers l = {.f = &f, .source = source};

	*ret = (struct policy){0};
	set_defaults(ret);
	ret->path = arena_dup(&ret->arena, path);
	strbuf_init(&l.bytes, 0);
	read_layers(&l, bytes, ret->path);
	ret->sha256 = hex_of(strbuf_str(&l.bytes), &ret->arena);
	strbuf_release(&l.bytes);
	judge_layers(&l, ret);
	if (!f.is_bad)
		return OK;
	policy_release(ret);
	return ERR_CONFIG;
}

enum err policy_parse(struct str bytes, struct str path, struct diags *ds,
		      struct policy *ret)
{
	return policy_parse_with(bytes, path, NULL, ds, ret);
}

void policy_release(struct policy *p)
{
	release_rules(p);
	arena_release(&p->arena);
}

/* Is a name in a mask over names?  An empty mask or name is. */
static bool is_in_mask(struct str name, unsigned mask,
		       const char *const *names, size_t n)
{
	if (mask == 0 || str_is_empty(name))
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_is(name, names[i]))
			return mask & 1u << i;
	return true;
}

bool policy_rule_covers(const struct policy_rule *r,
			const struct stack_info *stack)
{
	return is_in_mask(stack->perimeter, r->perimeters,
			  NAMES(perimeters)) &&
	       is_in_mask(stack->user_class, r->user_classes,
			  NAMES(user_classes));
}

const char *policy_severity_name(enum severity s)
{
	return severity_names[s];
}

bool policy_find_severity(struct str name, enum severity *ret)
{
	for (size_t i = 0; i < SEVERITY_COUNT; i++)
		if (str_is(name, severity_names[i])) {
			*ret = (enum severity)i;
			return true;
		}
	return false;
}

unsigned policy_axes(const struct policy *p)
{
	unsigned mask = 0;

	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (p->axis_weights[a] > 0)
			mask |= 1u << a;
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].has_axis)
			mask |= 1u << p->rules.v[i].axis;
	return mask;
}
