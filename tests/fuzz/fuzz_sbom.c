/* Any bytes as an SBOM: what comes out is whole, whatever went in. */
#include <assert.h>
#include <stdint.h>

#include "base/archive_in.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_text(struct str s)
{
	assert(s.n <= 3 * LIMIT_NAME_BYTES);
	assert(utf8_is_valid(s));
}

static void check(const struct scan *s, const struct target *t)
{
	size_t n = s->parts.components.n;

	for (size_t i = 0; i < n; i++) {
		const struct component *c = &s->parts.components.v[i];

		assert(c->name.n && c->evidence.n == 1);
		assert(c->evidence.v[0].line);
		check_text(c->name);
		check_text(c->version);
		check_text(c->purl);
		check_text(c->type);
		check_text(c->supplier);
		check_text(c->producer);
		check_text(c->packager);
		check_text(c->provenance.repository);
		check_text(c->provenance.ref);
		for (size_t k = 0; k < c->more_purls.n; k++)
			check_text(c->more_purls.v[k]);
	}
	for (size_t i = 0; i < s->parts.edges.n; i++)
		assert(s->parts.edges.v[i].from < n &&
		       s->parts.edges.v[i].to < n);
	assert(t->root == SIZE_MAX || t->root < n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct scan s = {0};
	struct target t = {0};
	enum err err = extract_sbom(&s, STR("f"), text, &t);

	assert(extract_is_sbom(text) || err == ERR_UNSUPPORTED ||
	       archive_sniffs(text) || n > 64 * LIMIT_KB);
	if (err != OK && err != ERR_UNSUPPORTED)
		assert(diag_has_effect(&s.diags, DIAG_INCOMPLETE));
	check(&s, &t);
	extract_link(&s);
	check(&s, &t);
	scan_release(&s);
	return 0;
}
