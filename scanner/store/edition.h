/*
 * Editions of feeds.  An edition is filled beside the store, where no reader
 * sees it and no lock is held, and published whole in one transaction; the
 * one before stays in the file until gc.  A program that ends in between
 * leaves nothing behind.  One edition at a time per struct store.
 */
#ifndef STORE_EDITION_H
#define STORE_EDITION_H

#include "store/facts_row.h"
#include "store/store.h"

#define EDITION_HOLD 10 /* percent: what it may usually take back */

struct edition {
	struct str feed, name;     /* "gleif", "2026-11-24T16:00" */
	struct str speaks_for;     /* a date as in facts, or "" */
	struct str licence, url;
	int64_t fetched;           /* seconds since 1970 */
	/* Publish even with less than half the rows of the one before. */
	bool may_shrink;
	/* Percent of the rows of a list, or of what else is said of who is of
	 * concern, that it may take back at most; 0: any. */
	unsigned hold;
	bool holds_lists_only;
	bool may_be_older;         /* than what the one before speaks for */
};

/* A legal entity as a register has it (GLEIF level 1). */
struct edition_entity {
	struct str lei, name;
	struct str country;        /* of its jurisdiction: ISO 3166-1 or "" */
	struct str seat;           /* country of the headquarters, or "" */
	struct str category;       /* as printed, or "" */
	struct str updated;        /* the date the record speaks for, or "" */
	const struct str *aliases; /* other names, transliterations */
	size_t aliases_n;
	enum fact_confidence confidence;
};

/* Who consolidates whom (GLEIF level 2). */
enum edition_relation_kind { RELATION_DIRECT, RELATION_ULTIMATE,
			     RELATION_BRANCH };
struct edition_relation {
	struct str held, holder;   /* LEIs: start node, end node */
	struct str from, to;       /* of the relationship period; dates or "" */
	struct str updated;
	enum edition_relation_kind kind;
	enum fact_confidence confidence;
};

/* Why an entity names no parent of a level (GLEIF reporting exceptions). */
struct edition_exception {
	struct str lei, reason;    /* the reason in the register's word */
	enum edition_relation_kind level; /* direct or ultimate */
};

/* Of "direct", "ultimate", "branch". */
bool edition_find_relation(struct str name, enum edition_relation_kind *ret);
/* ERR_LIMIT after RW1826: the edition that readers see speaks for a later
 * day, and e->may_be_older is not said. */
NODISCARD enum err edition_check_age(struct store *s,
				     const struct edition *e);
/* Begins an edition that has the right age; texts are copied. */
NODISCARD enum err edition_begin(struct store *s, const struct edition *e);
/*
 * Begins it with the rows of the edition that readers see now, for feeds that
 * only bring changes; rows added later replace those of the same key (LEI;
 * held, holder and kind; all columns of a fact).
 */
NODISCARD enum err edition_begin_from_current(struct store *s,
					      const struct edition *e);
/*
 * Adds a row.  NULL, or what is wrong with it as the end of a sentence (with
 * the column in *ret_column for a fact): it is not added, the edition can go
 * on.  What the disk refuses is told by edition_publish.  `fields` are
 * COLUMN_COUNT texts as in a facts file.
 */
const char *edition_add_fact(struct store *s, const struct str *fields,
			     enum facts_column *ret_column);
const char *edition_add_entity(struct store *s,
			       const struct edition_entity *e);
const char *edition_add_relation(struct store *s,
				 const struct edition_relation *r);
const char *edition_add_exception(struct store *s,
				  const struct edition_exception *x);
/* A further name of an entity. */
const char *edition_add_alias(struct store *s, struct str lei,
			      struct str name);
/* Takes over no relations, or no exceptions, of the edition it began with:
 * all that hold now are added. */
void edition_renew_relations(struct store *s);
void edition_renew_exceptions(struct store *s);
/* The LEIs of its entities so far, in no order. */
void edition_each_entity(struct store *s,
			 void (*take)(void *context, struct str lei),
			 void *context);
/*
 * Publishes: readers see all rows from now on, or after an error (RW1820,
 * RW1822, RW1832) the edition before.  ERR_LIMIT: it has suspiciously few
 * rows, or takes back too much.
 * The feed's last error is cleared.  The edition is closed in any case.
 */
NODISCARD enum err edition_publish(struct store *s);
/*
 * The same within a transaction of the caller's: readers see it when that is
 * committed.  After an error it must be rolled back.
 */
NODISCARD enum err edition_settle(struct store *s);
/* Tells (RW1826) that an edition is older than the one readers see. */
void edition_tell_older(struct store *s, const struct edition *e,
			struct place place);
/* Gives it up; nothing happens when none is open. */
void edition_drop(struct store *s);
/*
 * The digest of an edition as `feeds` shows it: SHA-256 of its rows in
 * canonical order, one line each, fields joined by tabs; *ret_rows is their
 * number.
 */
NODISCARD enum err edition_digest(struct store *s, int64_t edition,
				  unsigned char ret_digest[32],
				  uint64_t *ret_rows);

#endif
