/* Ids of commits in the answers of feeds. */
#include "store/account_store.h"

#include "base/json_in.h"
#include "model/address.h"
#include "store/answer.h"
#include "store/claim_store.h"

/* Where ids are taken from in an answer. */
typedef void take_fn(struct json_raw root, struct arena *a,
		     struct account_commits *ret);

/* Gerrit: [number, updated, month, commit, is account, ...]. */
static void take_change(struct json_raw change, struct arena *a,
			struct account_commits *ret)
{
	struct json_raw v[5] = {{.type = JSON_ABSENT}};
	struct json_walk w;
	size_t n = 0;

	json_walk_begin(&w, change);
	while (n < 5 && json_walk_next(&w, NULL, &v[n]))
		n++;
	if (n == 5 && str_is(v[4].text, "true"))
		account_commits_add(ret, json_raw_str(v[3], a));
}

static void take_changes(struct json_raw root, struct arena *a,
			 struct account_commits *ret)
{
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(root, "changes"));
	while (json_walk_next(&w, NULL, &one))
		take_change(one, a, ret);
}

static void take_accounts(struct json_raw root, struct arena *a,
			  struct account_commits *ret)
{
	struct json_raw one;
	struct json_walk w;

	json_walk_begin(&w, json_raw_get(root, "accounts"));
	while (json_walk_next(&w, NULL, &one))
		account_commits_add(ret, json_raw_str(one, a));
}

static void take_answer(struct store *s, struct str feed, struct str key,
			take_fn *take, struct account_commits *ret)
{
	struct arena a = {0};
	struct json_raw root;
	struct answer answer;

	if (!answer_get(s, feed, key, &a, &answer) && answer.status == 200 &&
	    !json_scan(answer.body, &root, NULL) && !root.cut)
		take(root, &a, ret);
	arena_release(&a);
}

/* Keys begin with the place that an answer is about, and a blank. */
static void take_feed(struct store *s, struct str feed,
		      const struct account_store_of *of, take_fn *take,
		      struct account_commits *ret)
{
	struct answer_keys keys = {0};
	struct arena a = {0};
	struct str wanted = address_key(of->facts, of->day, of->repository,
					&a);

	if (!answer_list(s, feed, &a, &keys))
		for (size_t i = 0; wanted.n && i < keys.list.n; i++)
			if (str_eq(wanted, address_key(
				of->facts, of->day,
				claim_store_place(keys.list.v[i]), &a)))
				take_answer(s, feed, keys.list.v[i], take,
					    ret);
	vec_release(&keys.list);
	arena_release(&a);
}

void account_store_find(struct store *s, const struct account_store_of *of,
			struct account_commits *ret)
{
	*ret = (struct account_commits){0};
	if (!s || !of->repository.n)
		return;
	take_feed(s, STR("gerrit"), of, take_changes, ret);
	take_feed(s, STR(CLAIM_STORE_FEED), of, take_accounts, ret);
	account_commits_sort(ret);
}
