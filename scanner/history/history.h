/*
 * Git repositories: opening them safely, listing a commit's tree, and turning
 * history into a digest.  The only folder that knows libgit2.  Nothing of the
 * repository is executed or obeyed: settings, attributes, mailmap and ignore
 * files are data.  References that lead outside are refused (RW1408).
 */
#ifndef HISTORY_HISTORY_H
#define HISTORY_HISTORY_H

#include "base/strbuf.h"
#include "model/digest.h"
#include "model/facts.h"
#include "model/file.h"

enum history_form {
	HISTORY_NONE, HISTORY_WORKTREE, HISTORY_BARE,
	HISTORY_UNREAD /* it could not be looked at: any of them */
};

/* What a folder is, without opening anything outside it.  Nothing is told. */
enum history_form history_form(const char *path);

/* Who wants to know how far it is; at most ten times a second.  `all` is 0
 * while it is not known. */
struct history_watch {
	void *with;
	void (*show)(void *with, const char *what, uint64_t done,
		     uint64_t all, uint64_t milliseconds);
};

/* The part of a history that came with one release. */
struct history_release {
	struct str name;       /* of its tag; "" = after the last one */
	struct digest digest;  /* hosts and totals only */
};
struct history_releases {
	VEC(struct history_release) list; /* ancestors before descendants */
};

/* What one scan of a repository leaves to the next: see history_memo_key. */
struct history_memo {
	struct str before;     /* "" = nothing */
	struct strbuf after;   /* stays empty where nothing is new */
	bool is_last;          /* nothing is to be left */
};

/* What reading objects has met.  What came of it depends on which objects are
 * at hand where some were lacking, and on luck where the system failed. */
struct history_reads { bool has_lacked, has_failed; };

struct history_options {
	const char *range;     /* "A..B", "B" or NULL for HEAD */
	unsigned axes;         /* mask of enum digest_axes */
	const struct facts *facts; /* its bots and tools; may be NULL */
	unsigned threads;      /* 0 = as many as there are processors */
	const struct author_keys *keys; /* of authors; may be NULL */
	const struct account_commits *accounts; /* may be NULL */
	const struct line_class_choices *classes; /* may be NULL */
	int32_t since;         /* author dates from this day on, when */
	bool has_since;
	enum digest_scope scope;
	const struct str *paths; /* patterns of files that count */
	size_t n_paths;        /* 0: all files do */
	const struct str *beyond; /* ascending ids: neither they count nor
				     what is before them */
	size_t n_beyond;
	uint64_t max_commits;  /* the nearest to the tip; 0 = no limit */
	uint64_t max_seconds;  /* 0 = no limit */
	const struct history_watch *watch; /* may be NULL */
	struct history_releases *releases; /* to be filled, or NULL */
	struct history_memo *memo;         /* may be NULL */
	struct history_reads *reads;       /* to be added to, or NULL */
};

#define HISTORY_SLICES 48 /* into which one can be cut, at most */

/*
 * Walks the history and counts.  Texts go to `a`.  Missing objects, shallow
 * boundaries, malformed commits and limits are diagnostics, set
 * digest.incomplete, and keep what was sound.  ERR_NOTFOUND: no commits
 * (RW1402) or no such revision (RW1409).  ERR_IO: cannot be opened (RW1401).
 */
NODISCARD enum err history_digest(const char *path,
				  const struct history_options *o,
				  struct arena *a, struct diags *ds,
				  struct digest *ret);
/*
 * For whoever keeps digests: adds all that the digest depends on but the
 * program's version, and is as quick as opening the repository.  False when
 * something about the repository would be told, or the outcome depends on the
 * clock: such a digest is not to be kept.
 */
bool history_key(const char *path, const struct history_options *o,
		 struct strbuf *to);
/* The same for whoever keeps what was told with it: a history that is shallow,
 * partial, replaced or has odd settings has one here. */
bool history_key_told(const char *path, const struct history_options *o,
		      struct strbuf *to);
/* Adds what of the facts (NULL: none) digests depend on: bots and tools. */
void history_facts(const struct facts *facts, struct strbuf *to);
/* Adds which objects the repository has at hand: a digest for which some were
 * lacking depends on that, too.  False when it cannot be said. */
bool history_objects(const char *path, struct strbuf *to);
/*
 * Adds what the memo of a repository depends on: neither its head nor what
 * axes are counted, so that a scan may go on from one before it.  The outcome
 * is the same with and without; what is left is a few bytes for each change.
 * False when there is none: only a part of the history is asked for, or it is
 * a shallow one.
 */
bool history_memo_key(const char *path, const struct history_options *o,
		      struct strbuf *to);
/*
 * Does slice `number` of `of` of the lines of a history that has a memo, 1 to
 * HISTORY_SLICES of them, and adds what it found: the same bytes whoever does
 * it.  Nothing is told: whatever cannot be read is missing in it, and
 * history_digest will meet it again.  An error: there is nothing.
 */
NODISCARD enum err history_slice(const char *path,
				 const struct history_options *o,
				 unsigned number, unsigned of,
				 struct strbuf *to);
/*
 * Adds a memo of all slices of a history: what history_digest makes of it (as
 * memo->before) is what it makes without, in less time.  False when one is
 * not sound.
 */
NODISCARD bool history_join(const struct str *slices, size_t n,
			    struct strbuf *to);
/* Frees the digests of releases. */
void history_releases_free(struct history_releases *r);
/*
 * By what histories that share commits are found: as all that is before a
 * commit is shared with it, they share a first one.  One without any file is
 * none: servers make such commits, the same in repositories that have nothing
 * to do with each other.
 */
struct history_roots {
	struct str head;       /* full hex ids */
	VEC(struct str) ids;   /* with a file, and no parent that has any;
				  ascending */
	uint64_t commits;
};
/* The names of the commits of HEAD's history. */
struct history_names;
/* NULL for a history that is not whole, or cannot be read: what else it has
 * nobody knows.  The caller frees it. */
struct history_names *history_names_read(const char *path, unsigned threads);
void history_names_free(struct history_names *n);
/* Texts go to `a`; the caller releases `ids`. */
void history_roots(const struct history_names *n, struct arena *a,
		   struct history_roots *ret);
/* The commits that histories have had so far. */
struct history_seen;
struct history_met {
	uint64_t commits, shared;
	VEC(struct str) last;  /* the shared ones that no shared one comes
				  after, ascending: all others are before */
};
struct history_seen *history_seen_new(void);
void history_seen_free(struct history_seen *s);
/*
 * How many commits a history has, and how many of them histories before it
 * had, too; then they are seen.  Texts go to `a`; the caller releases `last`.
 */
void history_meet(struct history_seen *s, const struct history_names *n,
		  struct arena *a, struct history_met *ret);
/*
 * Opens the tree of HEAD's commit.  With `only_git` just what git reads itself
 * is listed: the submodule commits and .gitattributes (for a work tree, whose
 * files are read from disk).
 */
NODISCARD enum err history_tree(const char *path, bool only_git,
				struct arena *a, struct diags *ds,
				struct tree *ret);
/* The same of the commit with this full hex id, all of it. */
NODISCARD enum err history_tree_at(const char *path, struct str commit,
				   struct arena *a, struct diags *ds,
				   struct tree *ret);
/* Adds what opening and reading such a tree has met so far. */
void history_tree_reads(const struct tree *t, struct history_reads *to);
/* A file at the top of the tree as it was from a day on. */
struct history_edition {
	int32_t day;        /* of the author date of the commit, UTC */
	struct str commit;  /* full hex id */
	struct str text;    /* "" where it is gone */
	bool is_there;
};
typedef void history_edition_fn(const struct history_edition *e, void *with);
/* Who takes them, one after another; texts end with the call. */
struct history_editions_to {
	history_edition_fn *take;
	void *with;
	struct history_reads *reads; /* to be added to, or NULL */
};
/*
 * Gives the editions of a file along the first parents of the commit with this
 * full hex id, oldest first.  What cannot be read or is over a limit is told
 * (RW1416).
 */
void history_editions(const char *path, struct str head, const char *name,
		      struct history_editions_to to, struct diags *ds);
/* The canonical address of remote.origin.url, or "" (the value is data; it
 * is read without obeying includes). */
struct str history_origin(const char *path, struct arena *a,
			  struct diags *ds);
/*
 * Tells what in a repository's folder would make git run a program: settings
 * (RW1419), hooks and attributes (RW1420) of its git folder and those of its
 * submodules in it, and attributes at the top of a work tree.  What cannot be
 * looked at is told, too.
 */
void history_programs(const char *path, struct diags *ds);
/* The same of the files .gitattributes in all folders of a tree; and of the
 * tree of the commit with this full hex id. */
void history_attributes(struct tree *t, struct diags *ds);
void history_attributes_at(const char *path, struct str commit,
			   struct diags *ds);
/* HEAD's commit as full hex, "" when there is none or it cannot be read,
 * which is told as a walk of the history would tell it. */
struct str history_head(const char *path, struct arena *a, struct diags *ds);

#endif
