/*
 * Single values of a report that is read back (ranwhence.report/1).  What is
 * not as the schema says is RW1606 with its line; reading goes on with a
 * harmless value, and the caller refuses the report in the end.
 */
#ifndef STORE_REREAD_H
#define STORE_REREAD_H

#include "base/diag.h"
#include "base/json_in.h"

struct reread {
	struct arena *arena; /* for texts */
	struct str path;
	struct diags *diags;
	bool is_bad;
};

struct report_interval { int32_t low_bp, high_bp; };

/* Declares m, the members of an object with these keys, in their order. */
#define REREAD_KEYS(r, v, ...) \
	static const struct str keys[] = {__VA_ARGS__}; \
	struct json_raw m[sizeof keys / sizeof *keys]; \
\
	json_raw_members(v, keys, sizeof keys / sizeof *keys, m, \
			 (r)->path, (r)->diags)
#define REREAD_KEY(text) {"" text, sizeof(text) - 1}

/*
 * Reads a file and parses its bytes into `to`: ERR_CONFIG after RW1606, also
 * where it cannot be read; then nothing was parsed.
 */
NODISCARD enum err reread_file(const char *path, struct diags *ds,
			       enum err (*parse)(struct str bytes,
						 struct str path,
						 struct diags *ds, void *to),
			       void *to);
/* Says what is wrong. */
void reread_bad(struct reread *r, unsigned line, const char *what);
/* A text; "" for null. */
struct str reread_text(struct reread *r, struct json_raw v);
/* A whole number that is not negative; -1 for null. */
int64_t reread_number(struct reread *r, struct json_raw v);
/* One that must be there. */
uint64_t reread_count(struct reread *r, struct json_raw v);
/* Basis points up to 10000; -1 for null. */
int32_t reread_share(struct reread *r, struct json_raw v);
bool reread_bool(struct reread *r, struct json_raw v);
/* {low_bp, high_bp}. */
struct report_interval reread_interval(struct reread *r,
					    struct json_raw v);
/* An index below n; SIZE_MAX for null. */
size_t reread_index(struct reread *r, struct json_raw v, size_t n);
/* A day; `none` for null. */
int32_t reread_date(struct reread *r, struct json_raw v,
			 int32_t none);
/* The number of a word among n, as `name` calls them; 0 and bad where it is
 * none of them. */
size_t reread_word(struct reread *r, struct json_raw v, size_t n,
			const char *(*name)(size_t i));
/* Calls `each` for the elements of a list. */
void reread_list(struct reread *r, struct json_raw v,
		      void (*each)(struct reread *r, struct json_raw v,
				   void *to), void *to);

#endif
