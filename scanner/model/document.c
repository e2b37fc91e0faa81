/* The owner of what is known of documents. */
#include "model/document.h"

void document_release(struct document *d)
{
	vec_release(&d->parts_have);
	vec_release(&d->refs);
}

void document_release_all(struct documents *d)
{
	for (size_t i = 0; i < d->list.n; i++)
		document_release(&d->list.v[i]);
	vec_release(&d->list);
	vec_release(&d->links);
}
