/* Tree entries, checked before they are believed. */
#include "history/entry.h"

enum err entry_next(struct str *rest, size_t oid_bytes, struct entry *ret)
{
	size_t i = 0, nul;

	if (!rest->n)
		return ERR_NOTFOUND;
	ret->mode = 0;
	for (; i < rest->n && i < 7 && rest->p[i] != ' '; i++) {
		unsigned digit = (unsigned)(unsigned char)rest->p[i] - '0';

		if (digit > 7)
			return ERR_FORMAT;
		ret->mode = ret->mode << 3 | digit;
	}
	if (!i || i >= rest->n || rest->p[i] != ' ')
		return ERR_FORMAT;
	*rest = str_from(*rest, i + 1);
	nul = str_find_ch(*rest, '\0');
	if (!nul || nul == SIZE_MAX || rest->n - nul - 1 < oid_bytes)
		return ERR_FORMAT;
	ret->name = str_head(*rest, nul);
	ret->id = (const unsigned char *)rest->p + nul + 1;
	*rest = str_from(*rest, nul + 1 + oid_bytes);
	return OK;
}

enum entry_kind entry_kind(unsigned mode)
{
	switch (mode & 0170000) {
	case 0040000:
		return ENTRY_FOLDER;
	case 0120000:
		return ENTRY_LINK;
	case 0160000:
		return ENTRY_GITLINK;
	default:
		return ENTRY_FILE;
	}
}
