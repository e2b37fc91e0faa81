/*
 * What one repository's history says, reduced to counts per host and month:
 * no name, no address.  Adds up exactly; can be published and imported
 * (ranwhence.digest/3, docs/digest.md).
 */
#ifndef MODEL_DIGEST_H
#define MODEL_DIGEST_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "model/authorship.h"
#include "model/component.h"
#include "model/line_class.h"
#include "model/ownership.h"

/*
 * Credits of one commit: a multiple of every number up to 16, so that so many
 * persons share it in equal whole parts.
 */
#define DIGEST_CREDITS 720720

/*
 * Changes whenever the engine would count anything of the same history in
 * another way; what was counted by another engine is counted again.
 */
#define DIGEST_ENGINE 8

/* What is counted. */
struct digest_counts {
	uint64_t commits;   /* non-merge commits, by author */
	uint64_t credits;   /* of them, by author and co-authors */
	uint64_t excluded;  /* automatic commits, not in `commits` */
	uint64_t added, deleted; /* lines, by those commits */
	uint64_t weighed;   /* those of class source, capped for each commit
			       and shared among its authors */
	uint64_t surviving; /* lines of the tree at the head */
	uint64_t surviving_source; /* those of them of class source */
	uint64_t reviews, submits;
};

/* Lines of one class. */
struct digest_lines {
	uint64_t added, deleted, surviving;
};

/* Commits, of those by author, that a reader should know of. */
struct digest_flags {
	uint64_t co_authored; /* by more than one person */
	uint64_t squashed;    /* several commits made into one */
	uint64_t imports;     /* of very many lines that were not there */
};

/* Counts that have no month. */
struct digest_rest {
	struct digest_flags flags;
	struct digest_lines lines[LINE_CLASS_COUNT];
	uint64_t contributors; /* distinct raw addresses of authors */
};

/* Which of the counts were computed. */
enum digest_axes {
	DIGEST_COMMITS = 1, DIGEST_CHURN = 2, DIGEST_SURVIVING = 4,
	DIGEST_REVIEW = 8, DIGEST_STEWARDSHIP = 16
};

enum host_class {
	HOST_UNKNOWN,       /* no fact speaks of it */
	HOST_ORGANISATION,
	HOST_NEUTRAL        /* mail provider, forge, personal, placeholder */
};

/* Whose contribution it is; filled by the attribute stage. */
struct attribution {
	enum host_class class;
	size_t organisation; /* index into facts, SIZE_MAX when unknown */
	size_t fact;         /* the row that decided, SIZE_MAX when none */
	bool is_ambiguous;   /* the owner changed within the span */
};

struct digest_month {
	int32_t month;      /* since 1970-01, of the author date, UTC */
	struct digest_counts counts;
	struct attribution by;
};

struct digest_host {
	struct str host;    /* lower-case; "" = no '@' in the address */
	struct digest_counts counts; /* sum over the months */
	struct digest_rest rest;
	VEC(struct digest_month) months; /* ascending */
};

/* Seats at the head: all of one role, host and company. */
struct digest_seat {
	enum seat_role role;
	struct str host;    /* lower-case; "" = no address is declared */
	struct str company; /* as declared; "" = none is */
	uint64_t seats;
	uint64_t holders;   /* distinct persons */
	uint64_t lines;     /* that they govern, each seat its own */
	/* Filled by attribution. */
	size_t organisation;
	int confidence;
};

/* Seats of one role, host and company, held on end. */
struct digest_term {
	enum seat_role role;
	struct str host;    /* as of a seat */
	struct str company;
	int32_t from;       /* months since 1970-01: the first, */
	int32_t to;         /* and that in which it ended, unless it is */
	bool is_open;       /* held at the head */
	uint64_t seats;     /* the most at a time */
	/* Filled by attribution. */
	size_t organisation;
	int confidence;
};

/* How a link settles whose contributions are. */
enum digest_tier {
	DIGEST_OPEN,     /* it does not, or nothing is left to settle */
	DIGEST_TRAILER,  /* the author signed off for it, in those commits */
	DIGEST_IDENTITY, /* it is a person's who acted for it then */
	DIGEST_CONFLICT, /* for several, or possibly */
	DIGEST_CLAIM,    /* a profile says so (claim_store.h) */
	DIGEST_TIERS
};

/*
 * A part of what a host has in a month: whoever wrote, shared or reviewed it
 * is known by addresses at other hosts too (docs/digest.md).
 */
struct digest_link {
	struct str from;
	int32_t month;
	/* Hosts, ascending: first those of trailers, then of identities. */
	const struct str *to;
	uint8_t n_trailer, n_identity;
	struct str claim; /* id of an organisation; "" but of claims */
	struct digest_counts counts;
	/* Filled by attribution. */
	enum digest_tier tier;
	size_t organisation; /* SIZE_MAX unless by trailer or identity */
};

/*
 * A part of what a host has in a month: how far it is shown that its authors
 * are who they say.  Of what no row tells they are only claimed.  Counts of
 * reviews are 0.
 */
struct digest_authorship {
	struct str host;
	int32_t month;
	enum authorship rung; /* not AUTHORSHIP_CLAIMED */
	struct digest_counts counts;
};

enum digest_scope { DIGEST_ALL, DIGEST_RUNTIME };

/* What was asked for: another question has another answer. */
struct digest_asked {
	bool has_since;       /* else of all days */
	int32_t since;        /* author dates from this day */
	enum digest_scope scope;
	VEC(struct str) paths; /* patterns; none: all files */
	VEC(struct str) beyond; /* ascending ids: what they and commits
				   before them did does not count */
	struct line_class_choices classes;
	uint64_t max_commits, max_seconds; /* 0: no limit */
};

/* What was told when it was made, and left nothing out. */
struct digest_told {
	enum diag_code code;
	struct str message;
};

struct digest {
	struct str repository; /* canonical address, or as given */
	struct str head;       /* full hex id */
	struct str range_from, range_to; /* full hex ids; "" = none */
	uint64_t engine;       /* DIGEST_ENGINE of whoever counted, */
	uint64_t class_table;  /* and its LINE_CLASS_VERSION */
	struct digest_asked asked;
	unsigned axes;         /* mask of enum digest_axes */
	unsigned incomplete;   /* the axes of which something was not read:
				  shallow, missing objects, a limit met */
	uint64_t merges;
	struct digest_counts totals;
	struct digest_rest rest; /* sums over the hosts */
	VEC(struct digest_host) hosts; /* ascending by host */
	VEC(struct digest_seat) seats; /* by role, host, company */
	struct ownership ownership; /* of files at the head */
	VEC(struct digest_term) terms; /* by role, host, company, month */
	VEC(size_t) open_terms; /* while they are added */
	bool has_terms;        /* they were looked for, and seats found */
	VEC(struct digest_link) links; /* by digest_links_compare */
	bool has_links;        /* they were looked for */
	VEC(struct digest_authorship) authorship; /* by host, month, rung */
	struct str authorship_keys; /* SHA-256 of the file of keys, or "" */
	bool has_authorship;   /* it was looked for */
	VEC(struct digest_told) told; /* of one that was read from its text */
	bool has_lines;        /* lines governed were counted */
	bool has_told_reviews; /* by a server of reviews (review_store.h) */
	bool is_bundled;       /* came with the program */
	bool is_clone;         /* of a clone that `update` made */
	int32_t fetched;       /* of a clone: the day; DATE_MIN: not known */
};

/* Was only a part of the history asked for? */
bool digest_is_part(const struct digest *d);
/* Frees the vectors; texts belong to their arena. */
void digest_release(struct digest *d);
/*
 * Reads ranwhence.digest/3; texts go to `a`.  A digest is sound or it is
 * refused: one RW1803 says what is wrong and in which line, ERR_FORMAT or
 * ERR_LIMIT is returned, and *ret needs no release.
 */
NODISCARD enum err digest_parse(struct str json, struct str path,
				struct arena *a, struct diags *ds,
				struct digest *ret);

/* Whose a host is, for a reader of the digest: the printed name of the
 * organisation, or "". */
struct digest_name {
	enum host_class class;
	struct str organisation;
};
/* One for each host of a digest, in its order. */
struct digest_names {
	VEC(struct digest_name) hosts;
};

/* The digest as ranwhence.digest/3, with the diagnostics of its making. */
void digest_write(const struct digest *d, const struct digest_names *names,
		  const struct diags *ds, struct strbuf *out);
/*
 * For publishing: folds the hosts for which `is_listed` is false and that
 * have fewer than three contributors into one row "(unlisted)", months too.
 * The totals stay.
 */
void digest_fold(struct digest *d,
		 bool (*is_listed)(const struct digest_host *h, void *with),
		 void *with);
/* Adds b's counts to a's; a sum that does not fit stays at UINT64_MAX. */
void digest_counts_add(struct digest_counts *a,
		       const struct digest_counts *b);
void digest_rest_add(struct digest_rest *a, const struct digest_rest *b);

#endif
