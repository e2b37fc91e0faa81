/*
 * Look-ups in facts.  Rows are sorted, so that rows of one kind, and of one
 * kind and subject, stand together: a run.
 */
#ifndef MODEL_FACTS_INDEX_H
#define MODEL_FACTS_INDEX_H

#include "model/facts_names.h"

/* Rows first ... first + n - 1. */
struct facts_run {
	size_t first, n;
};

/* Builds the look-ups: rows sorted by facts_compare, organisations known. */
void facts_index_build(struct facts *f);
/* The same where the names are known; they become those of the index. */
void facts_index_take(struct facts *f, struct facts_names *names);
void facts_index_release(struct facts *f);
/* The rows of a kind; of a kind and with exactly this subject. */
struct facts_run facts_index_kind(const struct facts *f, enum fact_kind k);
struct facts_run facts_index_subject(const struct facts *f, enum fact_kind k,
				     struct str subject);
/* The rows that name an organisation as subject or object, ascending. */
const size_t *facts_index_about(const struct facts *f, size_t organisation,
				size_t *ret_n);
/* The accepted row of at least this confidence that says that the facts hold
 * a list whole on a day, SIZE_MAX if none does. */
size_t facts_index_whole(const struct facts *f, struct str list, int32_t day,
			 enum fact_confidence least);
/*
 * The organisation that a name means: one whose printed name or alias has the
 * same form (facts_name_form), or else the same without legal forms.
 * SIZE_MAX when no accepted row of confidence A or B says so, or rows of
 * several organisations do.  *ret_fact (may be NULL) is the row that says it.
 */
size_t facts_index_name(const struct facts *f, struct str name,
			size_t *ret_fact);
/* Which organisation a name means, as it stands. */
const struct facts_names *facts_index_names(const struct facts *f);
/* The rows of names that mean nobody, ascending: several organisations have
 * the name, or it has no letters. */
const size_t *facts_index_unclear(const struct facts *f, size_t *ret_n);

#endif
