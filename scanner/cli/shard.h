/*
 * A plan of shards: the histories that a scan needs, and what it reads in
 * trees and documents, as units under the keys of their outcomes, packed into
 * shards by estimated cost; and what its targets are, so that a report needs
 * none of them.  As JSON it is ranwhence.shards/2 (docs/shards.schema.json).
 */
#ifndef CLI_SHARD_H
#define CLI_SHARD_H

#include "base/map.h"
#include "cli/reading.h"
#include "history/history.h"
#include "model/account_commits.h"
#include "model/line_class.h"

#define SHARD_MOST 4096 /* shards of a plan */

enum shard_kind { SHARD_HISTORY, SHARD_COMPONENTS, SHARD_KIND_COUNT };

/* One history to count, or one slice of it; or one item to read. */
struct shard_unit {
	enum shard_kind kind;
	struct str key, path;
	struct str commit;            /* "" where there is none */
	struct str history;           /* the key of all of it */
	unsigned slice, slices;       /* this one of so many; slice ==
					 slices: join them */
	bool is_divisible;            /* known where a plan is made */
	unsigned axes;                /* none of an item */
	enum digest_scope scope;
	VEC(struct str) paths;        /* patterns of files that count */
	struct line_class_choices classes;
	const struct account_commits *accounts; /* in the plan's arena */
	VEC(struct str) beyond;       /* history_options.beyond */
	uint64_t cost;                /* milliseconds, by an estimate */
	uint64_t shard;
};

/* What stands at a path that a target names or a stack file has. */
enum shard_form { SHARD_FOLDER, SHARD_REPOSITORY, SHARD_DOCUMENT, SHARD_STACK,
		  SHARD_FORM_COUNT };
struct shard_place {
	struct str path;
	enum shard_form form;
	struct str text;  /* of a stack file */
};

/* What joint_relate found of a repository, and what it told. */
struct shard_joint {
	struct str path, role;
	struct joint joint;
	VEC(struct str) last;
};
struct shard_apart { struct str path, why; };

/* Zeroed before use. */
struct shard_plan {
	struct arena arena;
	struct str basis;              /* reading_basis */
	int32_t as_of;                 /* the day for which it was made */
	VEC(struct str) targets;       /* as named, in their order */
	VEC(struct shard_place) places; /* by path, once packed */
	VEC(struct shard_unit) units;  /* by history and slice, once packed */
	VEC(struct shard_joint) joints; /* where the stack counts once */
	VEC(struct shard_apart) apart;
	uint64_t shards;
	bool has_no_items;             /* histories alone are noted */
	struct map asked;              /* of a plan that was read: units by
					  what they are asked by */
};

/* Notes a history that a scan would count; `key` in hex. */
void shard_note(struct shard_plan *p, const char *path,
		const struct history_options *o, struct str key);
/* Has the history that was noted last any commits? */
bool shard_has_commits(const struct shard_plan *p);
/* Notes what stands at a path, which is noted once; `text` of a stack file. */
void shard_note_place(struct shard_plan *p, const char *path,
		      enum shard_form form, struct str text);
/* Notes an item that a scan would read. */
void shard_note_item(struct shard_plan *p, const struct reading_item *of);
/*
 * Sorts, leaves one of equal units, cuts into slices what costs more than
 * `most` (0: than one of the n shards should have to do), and packs into n
 * shards: the costliest first, each into the shard that has the least.
 */
void shard_pack(struct shard_plan *p, uint64_t n, uint64_t most);
/* Adds the JSON. */
void shard_write(const struct shard_plan *p, struct strbuf *to);
/* Is a text a plan, by its beginning? */
bool shard_sniffs(struct str text);
/* Reads a plan that this version of the program made.  ERR_CONFIG after
 * saying on standard error what is wrong. */
NODISCARD enum err shard_read(const char *file, struct shard_plan *ret);
/* Frees everything. */
void shard_release(struct shard_plan *p);

#endif
