/*
 * The commits of a range: all that are reachable from one commit and not from
 * another, each read once.
 */
#ifndef HISTORY_WALK_H
#define HISTORY_WALK_H

#include "history/address.h"
#include "history/author_keys.h"
#include "history/gitdir.h"
#include "history/meter.h"
#include "model/digest.h"

enum walk_state {
	WALK_KNOWN,    /* its name is known, its bytes are not */
	WALK_ASKED,    /* it is about to be read */
	WALK_READ,
	WALK_FAILED    /* missing, corrupt, not a commit */
};

struct walk_commit {
	struct oid id, tree;
	uint64_t address;   /* hash of the author's raw address */
	uint64_t name;      /* and of the name before it */
	size_t parents;     /* the first of them in walk.parents */
	size_t coauthors;   /* the same */
	uint32_t n_parents, n_coauthors;
	int32_t day;        /* of the author date, UTC */
	uint8_t state;      /* enum walk_state */
	uint8_t flaws;      /* mask of enum commit_flaw */
	bool has_tree;
	bool is_hidden;     /* outside the range */
	bool is_elsewhere;  /* changes none of the files asked for */
	bool is_squashed;   /* says so itself */
	bool is_automatic;  /* made by nobody (bumps.h) */
	bool is_signed_off; /* by the author's own address */
	uint8_t signature;  /* enum signature */
};

/* Lines of a commit, when they are counted. */
struct walk_lines {
	struct digest_lines of[LINE_CLASS_COUNT];
	uint64_t created; /* of `added`, in files that were not there */
	uint64_t lost;    /* that survive, and came from here or before */
	bool is_lost;     /* some of its source could not be read */
};

/* The author of a commit signed it with another address. */
struct walk_signer {
	uint32_t commit;
	uint64_t address;
};

struct walk_failure {
	uint32_t commit;
	enum err e;         /* ERR_UNSUPPORTED: not a commit */
};

struct walk {
	struct gitdir *git;
	const struct facts *facts;
	const struct author_keys *keys;     /* may be NULL */
	const struct account_commits *accounts; /* may be NULL */
	unsigned threads;
	uint64_t max_commits, n_read;
	bool is_nearest_first; /* read in the order of the distance from the
				  tip, not in that of the packs */
	struct meter *meter;                /* may be NULL */
	bool shows_hidden;     /* what is hidden still shows who acted for
				  whom */
	VEC(struct walk_commit) commits;  /* in no order */
	VEC(uint32_t) parents;            /* indices into commits */
	VEC(uint64_t) coauthors;          /* hashes of addresses */
	VEC(struct walk_signer) signers;  /* those of a commit together */
	struct walk_lines *lines;         /* of each commit, or NULL */
	VEC(struct walk_failure) failures;
	uint32_t *table;                  /* place in commits + 1 */
	size_t cap;
	struct addresses addresses;
	bool is_cut;          /* max_commits was met, or the time was up */
};

/* An empty walk through an opened repository. */
void walk_init(struct walk *w, struct gitdir *g, const struct facts *facts);
void walk_release(struct walk *w);
/* Reads every commit reachable from a tip that is not read yet. */
void walk_load(struct walk *w, struct odb_reader *r, const struct oid *tip);
/* Makes room for the lines of all commits that were loaded. */
void walk_count_lines(struct walk *w);
/* n steps more of a piece of work; false when the time is up. */
bool walk_step(struct walk *w, uint64_t n);
bool walk_is_late(const struct walk *w);
/* Marks what was written before a day as outside the range. */
void walk_hide_before(struct walk *w, int32_t day);
/* Marks everything reachable from a tip as outside the range. */
void walk_hide(struct walk *w, const struct oid *tip);
/* The index of a commit that the walk has met; false if it has not. */
bool walk_find(const struct walk *w, const struct oid *id, uint32_t *ret);
/*
 * All commits, children before parents; the caller frees it.  Of those that
 * are ready the one that became so last is next, so that a branch is followed
 * to its root.
 */
uint32_t *walk_order(const struct walk *w, size_t *ret_n);
/* Tells what could not be read or parsed, in the order of names. */
void walk_report(struct walk *w, struct diags *ds);

#endif
