/*
 * What a function hands back when it can fail: what the caller should do
 * next.  What happened, and where, goes into diagnostics (diag.h).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum err {
	OK = 0,
	ERR_IO,          /* reading or writing failed */
	ERR_FORMAT,      /* the bytes are not what they claim to be */
	ERR_LIMIT,       /* a limit of limits.h was met */
	ERR_UNSUPPORTED, /* sound, but not something we read */
	ERR_NOTFOUND,    /* what was asked for is not there */
	ERR_CONFIG,      /* the user's options, policy or stack are wrong */
	ERR_FEED         /* a feed gave nothing usable */
};

/* A short lower-case word for an error, for messages; static storage. */
const char *err_name(enum err e);

#endif
