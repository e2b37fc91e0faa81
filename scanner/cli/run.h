/*
 * A run of the pipeline: what `scan` and `plan` do alike.  Everything that
 * the user gave is checked first, then targets are read once, and each policy
 * judges.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "assess/gate.h"
#include "assess/policy.h"
#include "assess/waivers.h"
#include "cli/opt.h"
#include "cli/shard.h"
#include "model/facts.h"
#include "model/scan.h"
#include "model/verdict.h"
#include "store/facts_feed.h"
#include "store/report_file.h"

/* One policy and what it says. */
struct judgement {
	struct policy policy;
	struct ladders ladders;
};

/* Zeroed but for `o` before it is prepared; release in any case. */
struct run {
	const struct opts *o;
	struct store *store;   /* NULL: none */
	struct facts facts;    /* before a target was read */
	struct facts named;    /* and with the entities that targets name */
	struct scan scan;      /* has the facts that are in force */
	struct waivers waivers;
	struct report_file baseline;
	struct gate_options gate;
	VEC(struct judgement) judgements;
	VEC(struct verdict) verdicts; /* same order */
};

/* Loads facts, policies, waivers and digests.  ERR_CONFIG after messages or
 * diagnostics: no target was touched then. */
NODISCARD enum err run_prepare(struct run *r);
/* Reads the targets, joins components that are one, and leaves out what
 * --without names.  ERR_CONFIG as above. */
NODISCARD enum err run_read(struct run *r);
/* Instead: only notes the histories that run_read would count.  ERR_CONFIG
 * as above. */
NODISCARD enum err run_list(struct run *r, struct shard_plan *to);
/* Attributes, and judges by each policy: fills verdicts, sorts the
 * diagnostics. */
void run_judge(struct run *r);
/* The paths of histories that count, for all policies alike. */
enum digest_scope run_scope(const struct run *r);
/* Frees everything. */
void run_release(struct run *r);

#endif
