/*
 * Legal entities and who consolidates whom, as the store has them from a
 * register: millions, of which a scan needs those that it names and their
 * holders.
 */
#ifndef STORE_LEGAL_H
#define STORE_LEGAL_H

#include "store/edition.h"

/*
 * The number under which a name is found: the same for names that are equal
 * by facts_name_short.  False for a name without letters.
 */
bool legal_form(struct str name, struct arena *scratch, int64_t *ret_form);

/* The editions that readers see. */
struct legal {
	struct store *store;
	int64_t entities, relations, exceptions; /* 0 for none */
};

struct legal_entity {
	struct str lei, name, country, seat, category, updated, confidence;
};
struct legal_relation {
	struct str holder, kind, from, to, updated, confidence;
};
struct legal_exception { struct str level, reason; };
struct legal_exceptions { VEC(struct legal_exception) list; };
struct legal_texts { VEC(struct str) list; };
struct legal_relations { VEC(struct legal_relation) list; };

/* Finds the editions; false when the store has no legal entity. */
bool legal_open(struct store *s, struct legal *ret);
/* The record of an LEI; false when there is none.  Texts go to `a`. */
bool legal_find(const struct legal *l, struct str lei, struct arena *a,
		struct legal_entity *ret);
/* Adds its other names. */
void legal_aliases(const struct legal *l, struct str lei, struct arena *a,
		   struct legal_texts *ret);
/* Adds the LEIs of up to LIMIT_NAMESAKES entities with this name, but for
 * legal forms, by LEI. */
void legal_named(const struct legal *l, struct str name, struct arena *a,
		 struct legal_texts *ret);
/* Adds who holds it, by LEI of the holder. */
void legal_holders(const struct legal *l, struct str lei, struct arena *a,
		   struct legal_relations *ret);

/* Adds why it names no parent, by level. */
void legal_exceptions(const struct legal *l, struct str lei, struct arena *a,
		      struct legal_exceptions *ret);

#endif
