/*
 * What is said between us and a server of git repositories over http: the
 * references that it has, what is wanted of them, and where the pack begins
 * in its answer.  Only the oldest and simplest of git's ways (gitprotocol-http
 * and gitprotocol-pack of git's documentation): one request for references,
 * one for a whole pack, no side band, no thin packs, SHA-1.  Packs themselves
 * are read by a confined worker, not here.
 */
#ifndef FEEDS_GIT_WIRE_H
#define FEEDS_GIT_WIRE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct git_ref { struct str id, name; }; /* 40 hex digits, "refs/..." */
struct git_refs {
	VEC(struct git_ref) list; /* sorted by name */
	struct str head;          /* the branch of HEAD */
};

#define GIT_WIRE_REFS "/info/refs?service=git-upload-pack"
#define GIT_WIRE_PACK "/git-upload-pack"
#define GIT_WIRE_HEAD_BYTES 1024 /* enough to find where a pack begins */

/*
 * Reads what a server says it has: branches, tags and refs/notes/review;
 * others and those with odd names are left out.  ERR_FORMAT with the end of a
 * sentence in *ret_why; release ret->list in any case.  Texts go to `a`.
 */
NODISCARD enum err git_wire_refs(struct str answer, struct arena *a,
				 struct git_refs *ret, struct str *ret_why);
/* As a file packed-refs has them, and back (what is no such line is left
 * out); HEAD is not in it. */
void git_wire_write(const struct git_refs *refs, struct strbuf *to);
void git_wire_read(struct str text, struct arena *a, struct git_refs *ret);
/* Adds the request for what is wanted and not at hand; their number. */
size_t git_wire_ask(const struct git_refs *wanted, const struct git_refs *have,
		    struct strbuf *to);
/*
 * Where the pack begins in an answer with these first bytes; ERR_FORMAT with
 * what the server says instead (as the end of a sentence).
 */
NODISCARD enum err git_wire_pack(struct str begin, size_t *ret_offset,
				 struct str *ret_why);

#endif
