/*
 * Texts of facts while they are loaded: each is kept once, so that a file of
 * millions of rows need not stay in memory, and has a number, so that rows
 * can be sorted and joined without comparing texts.
 */
#ifndef STORE_FACTS_POOL_H
#define STORE_FACTS_POOL_H

#include "base/map.h"
#include "model/facts.h"

struct facts_pool {
	VEC(struct str) texts;  /* of subjects, objects, values; by number */
	struct map numbers;     /* text -> number */
	VEC(const struct fact_evidence *) evidence;
	struct map evidences;   /* all texts of one -> its index */
	struct strbuf key;      /* scratch */
	char *room;             /* texts are cut from here */
	size_t room_n;
};

/*
 * Makes copies of the texts and the evidence of a row, in the arena of the
 * facts; subject_org and object_org become the numbers of subject and object.
 */
void facts_pool_keep(struct facts *f, struct fact *r);
/* Frees the numbers; the texts of the rows stay. */
void facts_pool_release(struct facts *f);

#endif
