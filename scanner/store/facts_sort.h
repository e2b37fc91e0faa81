/* The order of rows: facts_compare, for millions of them. */
#ifndef STORE_FACTS_SORT_H
#define STORE_FACTS_SORT_H

#include "store/facts_pool.h"

/* Sorts the rows by facts_compare; they hold numbers of the pool. */
void facts_sort(struct facts *f);

#endif
