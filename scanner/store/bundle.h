/*
 * The files that travel inside the program: the bundled facts
 * (feeds/seed/...), the policies (policies/...yaml), and style and script of
 * the HTML report (scanner/report), so that one executable works without an
 * installation and without a network.
 *
 * The build embeds them (bundle-gen.sh); a file that is added or changed is
 * embedded by the next make. Names are relative: "seed/hosts.csv",
 * "policies/default.yaml", "report/style.css". Nothing here allocates or
 * fails half-way, and all that is returned lives as long as the program.
 */
#ifndef STORE_BUNDLE_H
#define STORE_BUNDLE_H

#include <stddef.h>

struct bundle_file {
	const char *path;
	/* size bytes, then one NUL that size does not count */
	const unsigned char *data;
	size_t size;
};

/* The bundled file of exactly this name, or NULL. */
const struct bundle_file *bundle_find(const char *path);

/*
 * All bundled files whose name begins with prefix ("" for every file,
 * "policies/" for a folder): their number; *ret_first points to the first,
 * the others follow it, sorted by the bytes of their names. If there is
 * none, *ret_first is NULL.
 */
size_t bundle_list(const char *prefix, const struct bundle_file **ret_first);

#endif
