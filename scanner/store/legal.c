/* Names of legal entities as numbers. */
#include "store/legal.h"

#include <string.h>

#include "base/sha256.h"
#include "model/facts_name.h"

const char *legal_relation_name(enum edition_relation_kind k)
{
	static const char *const names[] = {"direct", "ultimate", "branch"};

	return names[k];
}

bool legal_form(struct str name, struct arena *scratch, int64_t *ret_form)
{
	unsigned char digest[SHA256_BYTES];
	struct str form = facts_name_short(facts_name_form(scratch, name));

	sha256_of(form, digest);
	memcpy(ret_form, digest, sizeof *ret_form);
	return form.n != 0;
}
