/* Any bytes as a package URL and as an address: what is taken is canonical,
 * and stays the same when it is read again. */
#include <assert.h>
#include <stdint.h>

#include "base/utf8.h"
#include "model/component.h"
#include "model/purl.h"
#include "model/forge.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_purl(struct str text, struct arena *a)
{
	struct purl p, again;
	const char *why = NULL;
	struct str written;

	if (purl_parse(text, a, &p, &why)) {
		assert(why);
		return;
	}
	written = purl_write(&p, a);
	assert(str_has_prefix(written, purl_package(&p, a)));
	assert(utf8_is_valid(p.namespace) && utf8_is_valid(p.name));
	/* Escaped, a short text may grow past the limit. */
	if (purl_parse(written, a, &again, &why)) {
		assert(written.n > text.n);
	} else {
		assert(str_eq(purl_write(&again, a), written));
		assert(str_eq(again.name, p.name));
		assert(str_eq(again.version, p.version));
		assert(again.qualifiers.n == p.qualifiers.n);
		purl_release(&again);
	}
	purl_release(&p);
}

static void check_address(struct str text, struct arena *a)
{
	struct str address = component_repository_url(text, a);
	struct forge_place place;

	assert(str_eq(component_repository_url(address, a), address));
	if (forge_find(text, a, &place))
		assert(str_eq(component_repository_url(place.repository, a),
			      place.repository));
	address = forge_go_module(text, a);
	assert(str_eq(component_repository_url(address, a), address));
	forge_is_archive(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n}, line;
	struct arena a = {0};

	while (str_line(&text, &line)) {
		check_purl(line, &a);
		check_address(line, &a);
	}
	arena_release(&a);
	return 0;
}
