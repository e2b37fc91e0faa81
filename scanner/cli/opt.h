/*
 * The command line: one table of options (OPTIONS) that the parser, --help and
 * the tests of the manual read, and one struct that holds what was given.
 */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* Which commands take an option. */
enum opt_command {
	OPT_SCAN = 1 << 0,
	OPT_HISTORY = 1 << 1,
	OPT_COMPONENTS = 1 << 2,
	OPT_ENTITY = 1 << 3,
	OPT_LIST = 1 << 4,
	OPT_EXPLAIN = 1 << 5,
	OPT_PURL = 1 << 6,
	OPT_COMPARE = 1 << 7,
	OPT_POLICY = 1 << 8,
	OPT_CHECK = 1 << 9,
	OPT_TREND = 1 << 10,
	OPT_QUEUE = 1 << 11,
	OPT_PLAN = 1 << 14,
	OPT_FEEDS = 1 << 15,
	OPT_STORE = 1 << 16,
	OPT_UPDATE = 1 << 17,
	OPT_DOCTOR = 1 << 18,
	OPT_COMPLETION = 1 << 19,
	OPT_REPORT = 1 << 20,
	OPT_WHY = 1 << 21,
	OPT_SHARDS = 1 << 22,
	OPT_CONFINED = OPT_SCAN | OPT_HISTORY | OPT_COMPONENTS | OPT_ENTITY |
		       OPT_COMPARE | OPT_CHECK | OPT_TREND | OPT_PLAN |
		       OPT_REPORT | OPT_WHY | OPT_SHARDS | OPT_QUEUE,
	OPT_ALL = ~0
};

/*
 * X(id, letter, commands, argument, help): the long name is the id with '-'
 * for '_'; letter 0 = none; argument "" = a flag.
 */
#define OPTIONS(X) \
	X(as_of, 0, OPT_SCAN | OPT_ENTITY | OPT_PLAN | OPT_TREND | \
	  OPT_SHARDS, "DATE", \
	  "judge as on this day (YYYY-MM-DD), not today") \
	X(author_keys, 0, OPT_SCAN | OPT_HISTORY | OPT_PLAN | OPT_TREND | \
	  OPT_SHARDS | OPT_QUEUE, "FILE", \
	  "verify commits by SSH or OpenPGP keys; repeatable") \
	X(accept, 0, OPT_UPDATE | OPT_STORE, "FEED", \
	  "take its edition, however old or short; repeatable") \
	X(axis, 0, OPT_HISTORY, "LIST", \
	  "of commits, churn, surviving, review, stewardship") \
	X(baseline, 0, OPT_SCAN, "REPORT", \
	  "fail only on what this JSON report does not have") \
	X(build, 0, OPT_PURL, "", \
	  "build purls from lines of JSON with their parts") \
	X(by, 0, OPT_HISTORY | OPT_TREND, "WHAT", \
	  "by quarter, release (history: host, organisation)") \
	X(color, 0, OPT_SCAN | OPT_HISTORY | OPT_COMPONENTS | OPT_ENTITY | \
	  OPT_COMPARE | OPT_CHECK | OPT_TREND | OPT_PLAN | \
	  OPT_FEEDS | OPT_REPORT | OPT_WHY, "WHEN", \
	  "colours in text: auto, always or never") \
	X(config, 0, OPT_SCAN | OPT_HISTORY | OPT_COMPONENTS | OPT_ENTITY | \
	  OPT_PLAN | OPT_TREND | OPT_FEEDS | OPT_STORE | OPT_UPDATE | \
	  OPT_SHARDS | OPT_QUEUE, "FILE", \
	  "the configuration of feeds and of the store's place") \
	X(db, 0, OPT_QUEUE, "STRING", \
	  "the database, as libpq names it (PGHOST and so on)") \
	X(depth, 0, OPT_QUEUE, "N", \
	  "init: follow dependencies N steps (3)") \
	X(digests, 0, OPT_SCAN | OPT_PLAN | OPT_TREND, "PATH", \
	  "use digests of this file or folder; repeatable") \
	X(facts, 0, OPT_SCAN | OPT_HISTORY | OPT_ENTITY | OPT_PLAN | \
	  OPT_TREND | OPT_SHARDS | OPT_QUEUE, "FILE", \
	  "add facts that you sign for; repeatable") \
	X(facts_key, 0, OPT_SCAN | OPT_HISTORY | OPT_ENTITY | OPT_PLAN | \
	  OPT_TREND | OPT_SHARDS | OPT_QUEUE, "FILE", \
	  "take only facts files that this key signed (PEM)") \
	X(fail_on, 0, OPT_SCAN, "WHAT", \
	  "least severity, unproven, not-met or never") \
	X(feed, 0, OPT_UPDATE, "NAME", \
	  "update this one only; repeatable") \
	X(for, 0, OPT_UPDATE, "TARGET", \
	  "ask for what this target leaves open; repeatable") \
	X(help, 'h', OPT_ALL, "", "print this help") \
	X(html, 0, OPT_COMPARE | OPT_PLAN | OPT_TREND, "", \
	  "print one self-contained HTML page") \
	X(index, 0, OPT_SHARDS, "N", \
	  "run: count this shard, from 0, or all") \
	X(jobs, 'j', OPT_SHARDS, "N", \
	  "run: count N histories at a time (1)") \
	X(json, 0, OPT_HISTORY | OPT_COMPONENTS | OPT_ENTITY | OPT_PURL | \
	  OPT_COMPARE | OPT_CHECK | OPT_TREND | OPT_PLAN | \
	  OPT_FEEDS | OPT_WHY, "", \
	  "print JSON") \
	X(jurisdiction, 0, OPT_ENTITY, "CODE,...", \
	  "these are of concern, not the policy's") \
	X(key, 0, OPT_STORE, "FILE", \
	  "take only what this public key signed (PEM)") \
	X(lease, 0, OPT_QUEUE, "TIME", \
	  "work: others may take over after this silence (60s)") \
	X(licence, 0, OPT_STORE, "NAME", \
	  "export what has this one (open); repeatable") \
	X(max_age, 0, OPT_UPDATE, "TIME", \
	  "do not ask for what is younger, as 12h or 7d (1d)") \
	X(max_commits, 0, OPT_HISTORY, "N", \
	  "read only the N commits nearest to the head") \
	X(max_seconds, 0, OPT_HISTORY, "N", \
	  "stop counting after N seconds") \
	X(most, 0, OPT_QUEUE, "N", \
	  "init: take at most N of them (10000)") \
	X(no_sandbox, 0, OPT_CONFINED, "", \
	  "read in this very process, not in a confined one") \
	X(offline, 0, OPT_UPDATE, "", \
	  "only publish what was answered before") \
	X(no_cache, 0, OPT_SCAN | OPT_HISTORY | OPT_PLAN, "", \
	  "do not take or keep digests in the store") \
	X(output, 'o', OPT_SCAN | OPT_REPORT, "FORMAT[=FILE]", \
	  "write a report in this format; repeatable") \
	X(out, 0, OPT_SHARDS | OPT_QUEUE, "DIR", \
	  "run, merge, work: the folder to write") \
	X(parts, 0, OPT_SCAN | OPT_PLAN | OPT_TREND, "DIR", \
	  "count no history, take those of `shards`") \
	X(paths, 0, OPT_HISTORY, "GLOB", \
	  "count only what concerns these files; repeatable") \
	X(policy, 'p', OPT_SCAN | OPT_ENTITY | OPT_PLAN | \
	  OPT_TREND | OPT_SHARDS | OPT_QUEUE, "NAME|FILE", \
	  "judge by this policy; repeatable") \
	X(publish, 0, OPT_HISTORY, "", \
	  "print JSON in which small unknown hosts are one row") \
	X(quiet, 'q', OPT_ALL, "", "no progress and no notes") \
	X(range, 0, OPT_HISTORY, "A..B", \
	  "commits reachable from B (HEAD), not from A") \
	X(require_sandbox, 0, OPT_CONFINED | OPT_DOCTOR, "", \
	  "refuse to run where isolation is not full") \
	X(rulebook, 0, OPT_CHECK, "ID", \
	  "check by this one only and fail by it; repeatable") \
	X(scope, 0, OPT_HISTORY, "WHAT", \
	  "files that count: all, or runtime") \
	X(shards, 0, OPT_SHARDS, "N", \
	  "plan: pack the histories into N shards (1)") \
	X(since, 0, OPT_HISTORY, "DATE", \
	  "count only commits written on this day or later") \
	X(split, 0, OPT_SHARDS | OPT_QUEUE, "N", \
	  "plan, add, work: cut what costs more than N ms") \
	X(stage, 0, OPT_QUEUE, "WHAT", \
	  "work: fetch or count only") \
	X(store, 0, OPT_SCAN | OPT_HISTORY | OPT_COMPONENTS | OPT_ENTITY | \
	  OPT_PLAN | OPT_FEEDS | OPT_STORE | OPT_UPDATE | OPT_TREND | \
	  OPT_SHARDS | OPT_QUEUE, "FILE", \
	  "the store of what feeds brought") \
	X(threads, 0, OPT_SCAN | OPT_HISTORY | OPT_PLAN | OPT_TREND | \
	  OPT_SHARDS | OPT_QUEUE, "N", \
	  "use N threads (default: one per processor)") \
	X(tree, 0, OPT_ENTITY, "", \
	  "draw who holds it and what it holds") \
	X(verbose, 'v', OPT_SCAN | OPT_HISTORY | OPT_COMPONENTS | OPT_PLAN | \
	  OPT_TREND | OPT_UPDATE, "", \
	  "tell which files, policies and caches are used") \
	X(waivers, 0, OPT_SCAN, "FILE", \
	  "let pass what this file answers for; repeatable") \
	X(without, 0, OPT_SCAN | OPT_PLAN | OPT_TREND, "PURL", \
	  "judge as if this were not there; repeatable")

#define OPT_ID(id, letter, commands, argument, help) OPT_ID_##id,
enum opt_id { OPTIONS(OPT_ID) OPT_ID_COUNT };
#undef OPT_ID

/* A row of OPTIONS; `name` as it is written, with '-'. */
struct opt_row {
	char name[24], letter;
	unsigned commands;
	const char *argument, *help;
};

/* The values given for one option, in order. */
struct opt_values { VEC(const char *) list; };

struct worker; /* cli/worker.h */
struct clone_task; /* cli/clone.h */
struct shard_unit; /* cli/shard.h */
struct shard_plan;
struct facts;      /* model/facts.h */

struct opts {
	struct opt_values given[OPT_ID_COUNT]; /* a flag holds NULLs */
	struct opt_values targets;             /* what is not an option */
	struct worker *worker; /* NULL where there is none */
	const struct clone_task *clone; /* what a worker is for, or NULL */
	const struct shard_unit *unit;  /* the same, of a plan of shards */
	const struct shard_plan *plan;  /* that it is of */
	const struct facts *facts; /* that are loaded already, or NULL */
};

/*
 * Reads the arguments after the command's name.  `command` is one bit of
 * enum opt_command.  ERR_CONFIG after a message on standard error.  Options
 * and targets may mix; "--" ends the options.  Texts belong to argv.
 */
NODISCARD enum err opt_parse(int argc, char **argv, unsigned command,
			     struct opts *ret);
void opt_release(struct opts *o);
/* Was it given?  Its last value, or NULL. */
bool opt_given(const struct opts *o, enum opt_id id);
const char *opt_value(const struct opts *o, enum opt_id id);
/* Is more to be told on standard error?  --quiet goes before --verbose. */
bool opt_verbose(const struct opts *o);
/* What the table says of an option. */
struct opt_row opt_row(enum opt_id id);
/* Prints the options of a command to standard output. */
void opt_help(unsigned command);

#endif
