/* The address of a repository, and what is kept under it. */
#include "cli/accounts.h"

#include "history/history.h"

void accounts_find(const char *path, struct store *s,
		   struct account_store_of of, struct account_commits *ret)
{
	struct diags unsaid = {0}; /* it is told where it is counted */
	struct arena a = {0};

	of.repository = s ? history_origin(path, &a, &unsaid) : STR("");
	account_store_find(s, &of, ret);
	diag_release(&unsaid);
	arena_release(&a);
}
