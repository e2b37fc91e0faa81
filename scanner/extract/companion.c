/* Companions: read in silence, as often as they are asked for. */
#include "extract/companion.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/extract_run.h"

struct str companion_text(struct extraction *x, struct str path)
{
	const struct file *f = path.n ? declare_find(x->tree, path) : NULL;
	struct diags unheard = {0};
	struct str bytes, text = STR("");
	bool is_repaired;

	if (f && !f->is_link && !f->is_gitlink &&
	    !x->tree->read(x->tree, f, LIMIT_SOURCE_BYTES, x->scratch,
			   &unheard, &bytes))
		text = extract_text(x->scratch, bytes, &is_repaired);
	diag_release(&unheard);
	return text;
}

struct str companion_beside(struct extraction *x, const char *name)
{
	return companion_text(x, path_join(x->scratch, path_dir(x->path),
					   str_c(name)));
}
