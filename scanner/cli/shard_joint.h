/*
 * Which repositories of a stack have commits of each other (cli/joint.h), as a
 * plan of shards keeps it for a report that has none of them.
 */
#ifndef CLI_SHARD_JOINT_H
#define CLI_SHARD_JOINT_H

#include "base/json_in.h"
#include "base/json_out.h"
#include "cli/joint.h"
#include "cli/shard.h"

/* Notes what joint_relate filled, and told. */
void shard_joint_note(struct shard_plan *p, const struct joint_items *all,
		      const struct diags *told);
/* Fills and tells the same for the items of a report. */
void shard_joint_find(const struct shard_plan *p, struct joint_items *all,
		      struct scan *s);
/* The members "joints" and "apart". */
void shard_joint_write(const struct shard_plan *p, struct json_out *j);
NODISCARD bool shard_joint_read(struct json_raw of, struct shard_plan *p);

#endif
