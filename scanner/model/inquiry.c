/* Answers that settle nothing, in order and in words. */
#include "model/inquiry.h"

#include "base/date.h"

static int compare(const void *va, const void *vb)
{
	const struct inquiry *a = va, *b = vb;
	int c = (a->kind > b->kind) - (a->kind < b->kind);

	c = c ? c : str_cmp(a->of, b->of);
	return c ? c : str_cmp(a->feed, b->feed);
}

void inquiry_sort(struct inquiries *all)
{
	size_t n = 0;

	vec_sort(&all->list, compare);
	for (size_t i = 0; i < all->list.n; i++)
		if (!n || compare(&all->list.v[n - 1], &all->list.v[i]))
			all->list.v[n++] = all->list.v[i];
	all->list.n = n;
}

bool inquiry_is_sorted(const struct inquiries *all)
{
	for (size_t i = 1; i < all->list.n; i++)
		if (compare(&all->list.v[i - 1], &all->list.v[i]) >= 0)
			return false;
	return true;
}

const char *inquiry_kind_name(enum inquiry_kind kind)
{
	return kind == INQUIRY_HOST ? "host" : "name";
}

/* The first that is not before one of this kind about this. */
static size_t first_of(const struct inquiries *all, enum inquiry_kind kind,
		       struct str of)
{
	const struct inquiry key = {.kind = kind, .of = of};
	size_t low = 0, high = all->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&all->list.v[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void select_of(const struct inquiries *all, enum inquiry_kind kind,
		      struct str of, struct inquiries *ret)
{
	for (size_t i = first_of(all, kind, of);
	     i < all->list.n && all->list.v[i].kind == kind &&
	     str_eq(all->list.v[i].of, of); i++)
		vec_push(&ret->list, all->list.v[i]);
}

void inquiry_select(const struct inquiries *all, struct str host,
		    struct str name, struct inquiries *ret)
{
	*ret = (struct inquiries){0};
	while (all->list.n && host.n) {
		size_t dot = str_find_ch(host, '.');

		select_of(all, INQUIRY_HOST, host, ret);
		host = str_from(host, dot == SIZE_MAX ? dot : dot + 1);
	}
	select_of(all, INQUIRY_NAME, name, ret);
}

void inquiry_words(const struct inquiries *all, struct str host,
		   struct str name, struct strbuf *to)
{
	struct inquiries of;

	inquiry_select(all, host, name, &of);
	for (size_t i = 0; i < of.list.n; i++) {
		strbuf_fmt(to, "%s%.*s was asked (", i ? "; " : "",
			   STR_ARG(of.list.v[i].feed));
		date_write(to, of.list.v[i].day);
		strbuf_cstr(to, of.list.v[i].is_known
			    ? ") and does not settle it"
			    : ") and does not know it");
	}
	vec_release(&of.list);
}
