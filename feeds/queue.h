/*
 * The list of work in a PostgreSQL database that several workers share: which
 * repositories are to be fetched, which packages to be asked for, which
 * histories to be counted, who is at it and until when, and what services may
 * be asked by all of them together.  Results are files, never rows.
 *
 * What comes from the database is checked as any input is.
 */
#ifndef FEEDS_QUEUE_H
#define FEEDS_QUEUE_H

#include "base/diag.h"
#include "feeds/fetch.h"

#define QUEUE_TRIES 5            /* of an item */
#define QUEUE_BODY_BYTES 262144

#define QUEUE_KINDS(X) \
	X(QUEUE_FETCH, "fetch")     /* body: the address of a repository */ \
	X(QUEUE_PACKAGE, "package") /* "PURL\tVERSION" */ \
	X(QUEUE_COUNT, "count")     /* a plan of one unit; key: the unit's */
#define QUEUE_ENUM(id, name) id,
enum queue_kind { QUEUE_KINDS(QUEUE_ENUM) QUEUE_KIND_COUNT };
#undef QUEUE_ENUM

struct queue_item {
	enum queue_kind kind;
	struct str key;          /* 64 hex digits */
	struct str body;
	uint64_t depth;          /* steps from what the user added */
	uint64_t cost;           /* the costliest are claimed first */
	uint64_t attempts;       /* with the one for which it was claimed */
};
struct queue_items { VEC(struct queue_item) list; };

/* What came of adding. */
struct queue_added { uint64_t n, left_out; };

/* How many items of a kind there are. */
struct queue_count { uint64_t ready, leased, done, dead; };

struct queue;

/* The name of a kind; the kind of a name, or false. */
const char *queue_item_kind_name(enum queue_kind kind);
bool queue_item_kind_of(struct str name, enum queue_kind *ret);
/* The item of a repository or package; false where its body is not sound, as
 * nothing of ours writes it.  Texts go to `a`. */
bool queue_item_of(enum queue_kind kind, struct str body, struct arena *a,
		   struct queue_item *ret);
/* As JSON, for the database. */
void queue_item_write(const struct queue_items *items, struct strbuf *to);

/*
 * A queue by this connection string (pq_new).  ERR_CONFIG or ERR_UNSUPPORTED
 * after a diagnostic.  All but queue_init want queue_check first.
 */
NODISCARD enum err queue_new(const char *db, struct diags *ds,
			     struct queue **ret);
void queue_free(struct queue *q);
/* From then on a server that is away is waited for so long (seconds). */
void queue_be_patient(struct queue *q, uint64_t seconds);
/*
 * Makes the tables, or brings them up to date, and says how far dependencies
 * are followed (UINT64_MAX: as before).
 *
 * These and all below: ERR_IO after RW2010 where the server is not there,
 * ERR_FORMAT after RW2010 where it refuses, or answers nonsense.
 */
NODISCARD enum err queue_init(struct queue *q, uint64_t depth, uint64_t most);
/* Are the tables there, and of this version?  ERR_CONFIG after RW2011. */
NODISCARD enum err queue_check(struct queue *q);
/* Adds what is not there; of what was given up tries anew. */
NODISCARD enum err queue_add(struct queue *q, const struct queue_items *items,
			     struct queue_added *ret);
/* Claims up to n items that are due, for `lease` seconds; texts go to `a`.
 * One that is not sound is given up (RW2013). */
NODISCARD enum err queue_claim(struct queue *q, enum queue_kind kind,
			       struct str owner, uint64_t lease, unsigned n,
			       struct arena *a, struct queue_items *ret);
/* An item is done, and this was found; nothing happens where the lease is
 * another's (*ret_ours: it was not). */
NODISCARD enum err queue_finish(struct queue *q,
				const struct queue_item *item,
				struct str owner,
				const struct queue_items *found,
				bool *ret_ours, struct queue_added *ret);
/* An item failed: it is tried again after a wait (microseconds), unless that
 * `counts` and was the last time (*ret_dead). */
struct queue_failure { struct str why; int64_t wait; bool counts; };
NODISCARD enum err queue_fail(struct queue *q, const struct queue_item *item,
			      struct str owner,
			      const struct queue_failure *f, bool *ret_dead);
/* All leases of an owner end so many seconds from now.  No diagnostic. */
NODISCARD enum err queue_beat(struct queue *q, struct str owner,
			      uint64_t lease);
/* What there is, by kind; and when the next item is due, in microseconds. */
NODISCARD enum err queue_counts(struct queue *q,
				struct queue_count ret[QUEUE_KIND_COUNT],
				int64_t *ret_due);
/* Lines for people: what was given up, budgets, what was left out. */
NODISCARD enum err queue_tell(struct queue *q, struct strbuf *to,
			      bool *ret_left_out);

/*
 * The budget of a service: one for each name, address and token, of which only
 * a digest is kept.  As fetch_budget has it; `with` is the queue.  Where the
 * server is away nothing is asked.
 */
int64_t queue_draw(void *with, const struct fetch_service *s);
void queue_hold(void *with, const struct fetch_service *s, int64_t wait);
/* The longest waits since this was last asked: those before which nothing was
 * asked, and those that a service asked for.  Microseconds. */
struct queue_waits { int64_t drawn, held; };
struct queue_waits queue_take_waits(struct queue *q);
/* Adds "NAME ORIGIN", and a digest of the token, or nothing. */
void queue_item_service(const struct fetch_service *s, struct strbuf *name,
		   struct strbuf *token);

#endif
