/* SBOMs among the answers of a feed. */
#include "store/sbom_store.h"

#include "model/component.h"
#include "store/answer.h"

struct str sbom_store_key(struct str repository, struct arena *a)
{
	struct str url = component_repository_url(repository, a);

	return str_has_prefix(url, STR("https://"))
		? arena_lower(a, str_from(url, 8)) : STR("");
}

struct str sbom_store_find(struct store *s, struct str repository,
			   struct arena *a)
{
	struct str key = sbom_store_key(repository, a);
	struct answer answer;

	if (!s || !key.n ||
	    answer_get(s, STR(SBOM_STORE_FEED), key, a, &answer) ||
	    answer.status != 200)
		return STR("");
	return answer.body;
}
