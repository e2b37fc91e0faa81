/* Ids of commits in the answers of feeds. */
#include "store/account_store.h"

#include <stdlib.h>

#include "base/json_in.h"
#include "base/map.h"
#include "base/mem.h"
#include "model/address.h"
#include "model/digest_authorship.h"
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
	struct str last = STR(""); /* keys of one place follow each other */
	bool is_it = false;

	if (wanted.n && answer_list(s, feed, &a, &keys))
		keys.list.n = 0;
	for (size_t i = 0; i < keys.list.n; i++) {
		struct str place = claim_store_place(keys.list.v[i]);

		if (!str_eq(place, last))
			is_it = str_eq(wanted, address_key(of->facts, of->day,
							   place, &a));
		last = place;
		if (is_it)
			take_answer(s, feed, keys.list.v[i], take, ret);
	}
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

/* --- what was counted without them ---------------------------------------- */

/* Is a digest of elsewhere, and without them? */
static bool has_none(const struct digest *d)
{
	uint64_t n[AUTHORSHIP_COUNT];

	digest_authorship_sum(d, n);
	return (d->is_bundled || d->is_clone) && !n[AUTHORSHIP_ACCOUNT];
}

struct without { VEC(size_t) list; }; /* digests */

/* Those of components. */
static void find_without(const struct scan *s, struct without *ret)
{
	bool *is_used = mem_new(s->digests.n + 1, sizeof *is_used);

	*ret = (struct without){0};
	for (size_t i = 0; i < s->parts.components.n; i++)
		if (s->parts.components.v[i].digest < s->digests.n)
			is_used[s->parts.components.v[i].digest] = true;
	for (size_t i = 0; i < s->digests.n; i++)
		if (is_used[i] && has_none(&s->digests.v[i]))
			vec_push(&ret->list, i);
	free(is_used);
}

/* Takes those away from `open` of which a feed has an answer. */
static void find_answered(const struct scan *s, struct str feed,
			  struct map *open, struct arena *a)
{
	struct answer_keys keys = {0};
	struct str last = STR("");

	if (answer_list(s->store, feed, a, &keys))
		keys.list.n = 0;
	for (size_t i = 0; i < keys.list.n; i++) {
		struct str place = claim_store_place(keys.list.v[i]);
		size_t *is_answered;

		if (str_eq(place, last))
			continue;
		last = place;
		is_answered = map_get(open, address_key(s->facts, s->as_of,
							place, a));
		if (is_answered)
			*is_answered = 1;
	}
	vec_release(&keys.list);
}

static void tell(struct scan *s, const struct digest *d)
{
	struct account_commits c;

	account_store_find(s->store, &(struct account_store_of){
		.repository = d->repository, .facts = s->facts,
		.day = s->as_of}, &c);
	if (c.list.n)
		diag_add(&s->diags, RW1810, diag_at(d->repository),
			 "accounts are known of %zu commits, and its digest, "
			 "%s, counts none of them", c.list.n, d->is_bundled
			 ? "which came with the program"
			 : "which is of a clone");
	account_commits_release(&c);
}

void account_store_tell(struct scan *s)
{
	struct map open = {0}; /* is it answered, by address_key */
	struct arena a = {0};
	struct without none;

	if (!s->store)
		return;
	find_without(s, &none);
	for (size_t i = 0; i < none.list.n; i++)
		map_put(&open, address_key(
			s->facts, s->as_of,
			s->digests.v[none.list.v[i]].repository, &a), 0, NULL);
	if (none.list.n) {
		find_answered(s, STR("gerrit"), &open, &a);
		find_answered(s, STR(CLAIM_STORE_FEED), &open, &a);
	}
	for (size_t i = 0; i < none.list.n; i++) {
		const struct digest *d = &s->digests.v[none.list.v[i]];

		if (*map_get(&open, address_key(s->facts, s->as_of,
						d->repository, &a)))
			tell(s, d);
	}
	vec_release(&none.list);
	map_release(&open);
	arena_release(&a);
}
