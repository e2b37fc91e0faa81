/* The stages meet here: the files of the head go to the extractors, and what
 * they find into the digest. */
#include "cli/stewards.h"

#include "cli/terms.h"
#include "extract/extract.h"
#include "model/digest_seats.h"

static void read_seats(const char *path, struct digest *d, struct scan *s,
		       struct history_reads *reads)
{
	size_t root = component_add(&s->parts, STR(""), STR(""),
				    (struct evidence){str_c(path), 0});
	struct target target = {0};
	struct tree tree;
	bool is_whole;

	if (history_tree_at(path, d->head, &s->arena, &s->diags, &tree)) {
		if (reads)
			reads->has_lacked = true;
		return;
	}
	is_whole = !diag_has_effect(&s->diags, DIAG_INCOMPLETE);
	extract_seats(s, &tree, root, &target);
	if (reads)
		history_tree_reads(&tree, reads);
	tree.close(&tree);
	if (is_whole && !target.files_failed)
		digest_seats_count(d, &s->parts, root);
}

void stewards_read(const char *path, struct digest *d, struct scan *tree,
		   struct diags *ds, struct history_reads *reads)
{
	read_seats(path, d, tree, reads);
	terms_read(path, d, &tree->arena, ds, reads);
}
