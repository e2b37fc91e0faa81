/*
 * `ranwhence shards`: the histories of a scan counted elsewhere.  `plan` says
 * which there are, `run` counts some of them into parts, `merge` brings parts
 * together; `scan --parts` takes them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/limits.h"
#include "cli/command.h"
#include "cli/part.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/shard_run.h"
#include "cli/worker.h"

static int complain(const char *what, const char *value, const char *why)
{
	say("%s%s%s: %s", what, value ? "=" : "", value ? value : "", why);
	return EXIT_USAGE;
}

/* A number of an option, `usual` where it is not given. */
static bool number(const struct opts *o, enum opt_id id, uint64_t usual,
		   uint64_t most, uint64_t *ret)
{
	const char *value = opt_value(o, id);
	struct opt_row row = opt_row(id);

	*ret = usual;
	if (!value || (str_to_u64(str_c(value), ret) && *ret && *ret <= most))
		return true;
	say("--%s=%s: not a number 1 to %llu", row.name, value,
	    (unsigned long long)most);
	return false;
}

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	say("%s: %s", path, strerror(errno));
	return false;
}

/* --- plan ----------------------------------------------------------------- */

static int make_plan(const struct opts *o)
{
	struct run r = {.o = o};
	struct shard_plan p = {0};
	struct strbuf out;
	uint64_t n, most;
	int code = EXIT_USAGE;

	strbuf_init(&out, 0);
	if (number(o, OPT_ID_shards, 1, SHARD_MOST, &n) &&
	    number(o, OPT_ID_split, 0, UINT64_MAX, &most) &&
	    !run_prepare(&r) && !run_list(&r, &p)) {
		shard_pack(&p, n, most);
		shard_write(&p, &out);
		/* what cannot be read is the report's to tell */
		code = setup_print(&out, p.units.n ? EXIT_MET : EXIT_NOTHING);
	}
	setup_complain(&r.scan.diags, DIAG_WARNING);
	strbuf_release(&out);
	shard_release(&p);
	run_release(&r);
	return code;
}

static const struct command planner = {
	.name = "shards", .arguments = "", .summary = "", .bit = OPT_SHARDS,
	.run = make_plan,
};

static int plan_shards(const struct opts *o)
{
	struct opts inner = *o;

	inner.targets.list.v++;
	inner.targets.list.n--;
	return opt_given(o, OPT_ID_no_sandbox) ? make_plan(&inner)
					       : worker_run(&planner, &inner);
}

/* --- run ------------------------------------------------------------------ */

/* Where an engine says which task of an array this is, and the number of the
 * first one. */
static const char *index_of_engine(const char **ret_name, uint64_t *ret_first)
{
	static const struct { const char *name; uint64_t first; } engines[] = {
		{"SLURM_ARRAY_TASK_ID", 0},
		{"JOB_COMPLETION_INDEX", 0}, /* Kubernetes, Indexed Jobs */
		{"AWS_BATCH_JOB_ARRAY_INDEX", 0},
		{"PBS_ARRAY_INDEX", 0},
		{"CI_NODE_INDEX", 1},        /* GitLab, parallel */
	};
	const char *value = NULL;

	for (size_t i = 0; !value && i < sizeof engines / sizeof *engines;
	     i++) {
		*ret_name = engines[i].name;
		*ret_first = engines[i].first;
		value = getenv(engines[i].name);
	}
	return value;
}

/* The shards that are asked for; all of them may be. */
static bool find_index(const struct opts *o, struct shard_run *r)
{
	const char *value = opt_value(o, OPT_ID_index), *name = "--index";
	uint64_t first = 0, n;

	if (!value)
		value = index_of_engine(&name, &first);
	r->end = r->plan->shards;
	if (!value) {
		complain("--index", NULL, "neither it nor an engine says which "
			 "shard to run");
		return false;
	}
	if (opt_given(o, OPT_ID_index) && !strcmp(value, "all"))
		return true;
	if (!str_to_u64(str_c(value), &n) || n < first ||
	    n - first >= r->plan->shards) {
		complain(name, value, "the plan has no such shard");
		return false;
	}
	r->first = n - first;
	r->end = r->first + 1;
	return true;
}

static int run_shard(const struct opts *o)
{
	struct shard_plan p = {0};
	struct shard_run r = {.o = o, .plan = &p,
			      .folder = opt_value(o, OPT_ID_out)};
	uint64_t jobs;
	int code = EXIT_USAGE;

	if (!number(o, OPT_ID_jobs, 1, 256, &jobs) ||
	    shard_read(o->targets.list.v[1], &p) || !find_index(o, &r))
		goto out;
	r.jobs = (unsigned)jobs;
	if (!shard_run_begin(&r))
		code = make_folder(r.folder) ? shard_run_units(&r)
					     : EXIT_AGAIN;
out:
	shard_run_end(&r);
	shard_release(&p);
	return code;
}

/* --- merge ---------------------------------------------------------------- */

struct merge {
	const char *to;
	int code;   /* the worst so far */
};

static void worse(struct merge *m, const char *file, const char *what,
		  int code)
{
	say("%s: %s", file, what);
	/* a conflict first, then what may pass, then what is damaged */
	if (m->code != EXIT_INTERNAL &&
	    (code == EXIT_INTERNAL || m->code != EXIT_AGAIN))
		m->code = code;
}

/* The key in a name such as KEY.part; "" for any other. */
static struct str key_of(struct str name)
{
	struct str suffix = STR(PART_SUFFIX);

	if (name.n != 2 * SHA256_BYTES + suffix.n ||
	    !str_has_suffix(name, suffix))
		return STR("");
	return str_head(name, name.n - suffix.n);
}

static void take(struct merge *m, const char *from, struct str key)
{
	struct arena a = {0};
	struct diags ds = {0};
	const char *file = arena_fmt(&a, "%s/%.*s" PART_SUFFIX, from,
				     STR_ARG(key)).p;
	const char *to = arena_fmt(&a, "%s/%.*s" PART_SUFFIX, m->to,
				   STR_ARG(key)).p;
	struct str bytes, other;

	if (fs_read(file, PART_BYTES, &a, &ds, &bytes))
		worse(m, file, "cannot be read", EXIT_AGAIN);
	else if (!part_is_sound(bytes, key))
		worse(m, file, "not a whole part (RW1831)", EXIT_INCOMPLETE);
	else if (!part_is_there(m->to, key)) {
		if (fs_write(to, bytes, &ds))
			worse(m, to, "cannot be written", EXIT_AGAIN);
	} else if (fs_read(to, PART_BYTES, &a, &ds, &other))
		worse(m, to, "cannot be read", EXIT_AGAIN);
	else if (!str_eq(bytes, other))
		worse(m, file, "another part of this key is there already, "
		      "with other contents", EXIT_INTERNAL);
	diag_release(&ds);
	arena_release(&a);
}

static void take_folder(struct merge *m, const char *from)
{
	struct fs_root root;
	struct fs_entries all = {0};
	struct diags ds = {0};
	struct arena a = {0};

	if (fs_root_open(&root, from)) {
		worse(m, from, "cannot be read", EXIT_AGAIN);
		return;
	}
	if (fs_root_list(&root, &a, &ds, &all) || ds.kept.n)
		worse(m, from, "cannot be read whole", EXIT_AGAIN);
	for (size_t i = 0; i < all.list.n; i++)
		if (key_of(all.list.v[i].path).n)
			take(m, from, key_of(all.list.v[i].path));
	fs_root_close(&root);
	vec_release(&all.list);
	diag_release(&ds);
	arena_release(&a);
}

static int merge_parts(const struct opts *o)
{
	struct merge m = {.to = opt_value(o, OPT_ID_out)};

	if (!make_folder(m.to))
		return EXIT_AGAIN;
	for (size_t i = 1; i < o->targets.list.n; i++)
		take_folder(&m, o->targets.list.v[i]);
	return m.code;
}

/* --- the command ---------------------------------------------------------- */

/* Options that one of the actions alone has. */
static bool has_its_own(const struct opts *o, const char *action)
{
	static const struct { enum opt_id id; const char *of; } all[] = {
		{OPT_ID_shards, "plan"}, {OPT_ID_split, "plan"},
		{OPT_ID_as_of, "plan"}, {OPT_ID_index, "run"},
		{OPT_ID_jobs, "run"}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (opt_given(o, all[i].id) && strcmp(action, all[i].of)) {
			say("--%s: it is for 'shards %s'",
			    opt_row(all[i].id).name, all[i].of);
			return false;
		}
	return true;
}

static int run_shards(const struct opts *o)
{
	const char *action = o->targets.list.v[0];
	size_t n = o->targets.list.n - 1;
	bool has_out = opt_given(o, OPT_ID_out);

	if (!has_its_own(o, action))
		return EXIT_USAGE;

	if (!strcmp(action, "plan") && n >= 1 && !has_out)
		return plan_shards(o);
	if (!strcmp(action, "run") && n == 1 && has_out)
		return run_shard(o);
	if (!strcmp(action, "merge") && n >= 1 && has_out)
		return merge_parts(o);
	fputs("usage: ranwhence shards plan [--shards=N] TARGET..."
	      " | run --out=DIR [--index=N] PLAN\n"
	      "       | merge --out=DIR DIR...\n", stderr);
	return EXIT_USAGE;
}

const struct command command_shards = {
	.name = "shards", .arguments = "plan|run|merge [ARGUMENT...]",
	.summary = "count histories on several machines",
	.bit = OPT_SHARDS, .min_targets = 1, .run = run_shards,
};
