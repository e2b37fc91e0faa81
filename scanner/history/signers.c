/* Values as "Jane Doe <jane@host>": the name first, as git writes it. */
#include "history/signers.h"

#include "base/limits.h"
#include "history/trailers.h"

static struct str host_of(struct str address)
{
	size_t at = str_rfind_ch(address, '@');

	return at == SIZE_MAX ? STR("") : str_from(address, at + 1);
}

bool signers_is_own(struct str value, const struct commit_text *text)
{
	struct str name = str_trim(text->name);
	struct str host, own;

	value = str_trim(value);
	if (!name.n || !str_has_prefix(value, name) ||
	    !str_eq(str_trim(str_head(value, str_rfind_ch(value, '<'))),
		    name))
		return false;
	host = host_of(trailers_address(value));
	own = address_host(text->address);
	return host.n && host.n <= LIMIT_HOST_BYTES &&
	       !str_eq_nocase(host, own);
}

void signers_add(struct str value, struct addresses *addresses,
		 struct record_lists *lists)
{
	struct arena scratch = {0};
	uint64_t hash = address_note(
		addresses, arena_lower(&scratch, trailers_address(value)));
	const struct address *known =
		&addresses->list.v[address_find(addresses, hash)];

	if (!known->is_bot && !known->is_tool)
		vec_push(&lists->signers, hash);
	arena_release(&scratch);
}
