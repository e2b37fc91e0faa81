/* The owner of a run's data. */
#include "model/scan.h"

bool scan_is_cyclonedx(const struct scan *s)
{
	return s->targets.n == 1 && s->targets.v[0].kind == TARGET_SBOM &&
	       str_has_prefix(s->targets.v[0].format, STR("CycloneDX "));
}

void scan_release(struct scan *s)
{
	component_parts_release(&s->parts);
	document_release_all(&s->documents);
	for (size_t i = 0; i < s->digests.n; i++)
		digest_release(&s->digests.v[i]);
	for (size_t i = 0; i < s->beyond.n; i++)
		digest_release(&s->beyond.v[i]);
	vec_release(&s->digests);
	vec_release(&s->beyond);
	used_release(&s->used);
	vec_release(&s->inquiries.list);
	vec_release(&s->targets);
	vec_release(&s->left_out);
	diag_release(&s->diags);
	arena_release(&s->arena);
}
