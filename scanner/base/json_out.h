/*
 * Writing JSON: two-space indent, keys in the order of the calls (each writer
 * sorts what needs sorting), UTF-8 with bad bytes repaired; C0, C1, DEL, line
 * separators, bidi controls and U+FEFF escaped; and one newline at the very
 * end.  Misuse is an assert.
 */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include "base/strbuf.h"

struct json_out {
	struct strbuf *to;
	unsigned depth;
	bool compact;     /* all on one line, for JSON lines */
	bool has_items[64];
	bool is_array[64];
	bool after_key;
};

/* Begins a document that is added to `to`. */
void json_out_init(struct json_out *j, struct strbuf *to, bool compact);
/* Ends the document: the final newline. */
void json_out_end(struct json_out *j);

/* Opens and closes containers, names the next member, adds a value. */
void json_out_object(struct json_out *j);
void json_out_object_end(struct json_out *j);
void json_out_array(struct json_out *j);
void json_out_array_end(struct json_out *j);
void json_out_key(struct json_out *j, const char *key);
void json_out_str(struct json_out *j, struct str s);
void json_out_i64(struct json_out *j, int64_t v);
void json_out_bool(struct json_out *j, bool v);
void json_out_null(struct json_out *j);

/* key + value in one call; *_or_null writes null for the empty string. */
void json_out_kstr(struct json_out *j, const char *key, struct str s);
void json_out_kstr_or_null(struct json_out *j, const char *key,
			   struct str s);
void json_out_kstrs(struct json_out *j, const char *key, const struct str *v,
		    size_t n);
void json_out_ki64(struct json_out *j, const char *key, int64_t v);
void json_out_kbool(struct json_out *j, const char *key, bool v);
/* Share in basis points -> null when negative (not computed). */
void json_out_ki64_or_null(struct json_out *j, const char *key, int64_t v);

#endif
