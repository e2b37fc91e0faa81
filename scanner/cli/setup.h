/*
 * What several commands do with their options before they run: facts, date,
 * style, policies, and how they end.
 */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include "assess/policy.h"
#include "cli/opt.h"
#include "history/author_keys.h"
#include "model/scan.h"
#include "report/report.h"
#include "store/facts_feed.h"

/* Where the store is: --store, RANWHENCE_STORE, what the configuration says,
 * the usual place; NULL when none of them is known. */
const char *setup_store_path(const struct opts *o, struct arena *a);
/*
 * Opens the store to be read: --store, or the usual one; NULL where there is
 * none, or it cannot be used (a diagnostic says so: nothing is quietly left
 * out).  Close it with store_close.
 */
struct store *setup_store(const struct opts *o, struct diags *ds);
/*
 * The bundled facts, those of the store (NULL: none) and those of --facts,
 * indexed.  Legal entities are taken in as far as the organisations at hand
 * and `names` (NULL: none) ask for them.  ERR_CONFIG after a diagnostic;
 * release with facts_store_release.
 */
NODISCARD enum err setup_facts(const struct opts *o, struct store *store,
			       const struct facts_feed_names *names,
			       struct facts *f, struct diags *ds);
/* Is there, in FILE.sig, a signature of the bytes by the owner of this key (a
 * PEM file)?  ERR_CONFIG, or ERR_FORMAT if it is none, after `code`. */
NODISCARD enum err setup_signature(const char *key, const char *file,
				   struct str bytes, enum diag_code code,
				   struct diags *ds);
/* The hash of the key that facts files must be signed by, in hex; "" where
 * none was asked for. */
struct str setup_facts_key(const struct opts *o, struct arena *a);
/* The keys of --author-keys; without it *ret_given is NULL.  ERR_CONFIG after
 * a diagnostic.  Release them with author_keys_release. */
NODISCARD enum err setup_author_keys(const struct opts *o,
				     struct author_keys *ret,
				     const struct author_keys **ret_given,
				     struct diags *ds);
/* The day of judgement: --as-of or today.  ERR_CONFIG after a message. */
NODISCARD enum err setup_as_of(const struct opts *o, int32_t *ret_day);
/* --axis as a mask of enum digest_axes, commits always.  ERR_CONFIG after a
 * message. */
NODISCARD enum err setup_axes(const struct opts *o, unsigned *ret_axes);
/* --threads, 0 when not given.  ERR_CONFIG after a message. */
NODISCARD enum err setup_threads(const struct opts *o, unsigned *ret_n);
/* How text is written to a file (false) or to standard output (true). */
NODISCARD enum err setup_style(const struct opts *o, bool is_stdout,
			       struct report_style *ret);
/*
 * Loads one policy: a name without a dot or slash is a bundled one first,
 * everything else a file.  ERR_CONFIG (RW1601, RW1602); its bytes go to `a`.
 */
NODISCARD enum err setup_policy(const char *name, struct arena *a,
				struct diags *ds, struct policy *ret);
struct setup_paths { VEC(struct str) list; };
/* The files that this policy is read from, with those that it extends as far
 * as they are there; they go to `a`, the caller releases ret->list. */
void setup_policy_paths(const char *name, struct arena *a,
			struct setup_paths *ret);
/* Prints diagnostics of at least this severity to standard error. */
void setup_complain(struct diags *ds, enum diag_severity least);
/* Prints what a command has to say; the exit status: `code`, or that it could
 * not be written (RW1008), which is said on standard error. */
int setup_print(const struct strbuf *b, int code);
/* The exit code that diagnostics alone ask for: 2, 3 or 0. */
int setup_exit(const struct diags *ds);

#endif
