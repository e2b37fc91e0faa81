/* The words for error codes. */
#include "base/err.h"

const char *err_name(enum err e)
{
	switch (e) {
	case OK: return "ok";
	case ERR_IO: return "input/output error";
	case ERR_FORMAT: return "malformed";
	case ERR_LIMIT: return "limit met";
	case ERR_UNSUPPORTED: return "unsupported";
	case ERR_NOTFOUND: return "not found";
	case ERR_CONFIG: return "configuration error";
	case ERR_FEED: return "feed error";
	}
	return "unknown error";
}
