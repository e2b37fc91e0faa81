/*
 * Faults for the tests, preloaded into the program: counts the calls of each
 * class and lets one of them fail, or one and all that follow.  Parent and
 * worker count together, in a file of counters that the test hands over open,
 * because a confined worker can open none.
 *
 *   FAULT_FD     the file: CLASSES + 1 numbers of 64 bits, zero at first; the
 *                last one says how many calls were made to fail
 *   FAULT_CLASS  alloc, open, read, write, sync, rename or map
 *   FAULT_NTH    which call of the class fails, from 1; 0 counts only
 *   FAULT_ERRNO  the number it fails with; 0 in read and write: half is done
 *   FAULT_ON     1: all later calls of the class fail, too
 *   FAULT_CLOCK  seconds to add to the clock
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum class { ALLOC, OPEN, READ, WRITE, SYNC, RENAME, MAP, CLASSES };
static const char *const NAMES[CLASSES] = {
	"alloc", "open", "read", "write", "sync", "rename", "map" };

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

static _Atomic uint64_t *counts;
static enum class wanted = CLASSES;
static uint64_t nth;
static int number;
static bool goes_on;
static time_t clock_shift;

static uint64_t from_environment(const char *name)
{
	const char *value = getenv(name);

	return value ? strtoull(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *class = getenv("FAULT_CLASS");
	void *page;

	clock_shift = (time_t)strtoll(getenv("FAULT_CLOCK") ?
				      getenv("FAULT_CLOCK") : "0", NULL, 10);
	if (!getenv("FAULT_FD"))
		return;
	nth = from_environment("FAULT_NTH");
	number = (int)from_environment("FAULT_ERRNO");
	goes_on = from_environment("FAULT_ON") != 0;
	for (int i = 0; class && i < CLASSES; i++)
		if (!strcmp(NAMES[i], class))
			wanted = (enum class)i;
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
		    (int)from_environment("FAULT_FD"), 0);
	if (page != MAP_FAILED)
		counts = page;
}

/* Whether this call of the class is to fail */
static bool fails(enum class class)
{
	uint64_t k;

	if (!counts)
		return false;
	k = atomic_fetch_add(&counts[class], 1) + 1;
	if (class != wanted || !nth || (goes_on ? k < nth : k != nth))
		return false;
	atomic_fetch_add(&counts[CLASSES], 1);
	if (number)
		errno = number;
	return true;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* --- memory --------------------------------------------------------------- */

static void *none(void)
{
	errno = ENOMEM;
	return NULL;
}

void *malloc(size_t n)
{
	return fails(ALLOC) ? none() : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails(ALLOC) ? none() : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return fails(ALLOC) ? none() : __libc_realloc(p, n);
}

void *reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return none();
	return fails(ALLOC) ? none() : __libc_realloc(p, bytes);
}

void *aligned_alloc(size_t align, size_t n)
{
	return fails(ALLOC) ? none() : __libc_memalign(align, n);
}

int posix_memalign(void **p, size_t align, size_t n)
{
	void *got = fails(ALLOC) ? NULL : __libc_memalign(align, n);

	if (!got)
		return ENOMEM;
	*p = got;
	return 0;
}

/* --- files ---------------------------------------------------------------- */

#define OPENS(name) \
int name(const char *path, int flags, ...) \
{ \
	va_list list; \
	mode_t mode; \
	va_start(list, flags); \
	mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0; \
	va_end(list); \
	return fails(OPEN) ? -1 : NEXT(name)(path, flags, mode); \
}
OPENS(open)
OPENS(open64)

#define OPENS_AT(name) \
int name(int at, const char *path, int flags, ...) \
{ \
	va_list list; \
	mode_t mode; \
	va_start(list, flags); \
	mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0; \
	va_end(list); \
	return fails(OPEN) ? -1 : NEXT(name)(at, path, flags, mode); \
}
OPENS_AT(openat)
OPENS_AT(openat64)

/* What is left to do of n bytes: all, half, or -1 */
static ssize_t share(enum class class, size_t n)
{
	if (!fails(class))
		return (ssize_t)n;
	return number ? -1 : (ssize_t)(n > 1 ? n / 2 : n);
}

ssize_t read(int fd, void *to, size_t n)
{
	ssize_t k = share(READ, n);

	return k < 0 ? k : NEXT(read)(fd, to, (size_t)k);
}

ssize_t pread(int fd, void *to, size_t n, off_t at)
{
	ssize_t k = share(READ, n);

	return k < 0 ? k : NEXT(pread)(fd, to, (size_t)k, at);
}

ssize_t pread64(int fd, void *to, size_t n, off64_t at)
{
	ssize_t k = share(READ, n);

	return k < 0 ? k : NEXT(pread64)(fd, to, (size_t)k, at);
}

ssize_t write(int fd, const void *from, size_t n)
{
	ssize_t k = share(WRITE, n);

	return k < 0 ? k : NEXT(write)(fd, from, (size_t)k);
}

ssize_t pwrite(int fd, const void *from, size_t n, off_t at)
{
	ssize_t k = share(WRITE, n);

	return k < 0 ? k : NEXT(pwrite)(fd, from, (size_t)k, at);
}

ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at)
{
	ssize_t k = share(WRITE, n);

	return k < 0 ? k : NEXT(pwrite64)(fd, from, (size_t)k, at);
}

int fsync(int fd)
{
	return fails(SYNC) ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
	return fails(SYNC) ? -1 : NEXT(fdatasync)(fd);
}

int ftruncate(int fd, off_t n)
{
	return fails(SYNC) ? -1 : NEXT(ftruncate)(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
	return fails(SYNC) ? -1 : NEXT(ftruncate64)(fd, n);
}

int rename(const char *from, const char *to)
{
	return fails(RENAME) ? -1 : NEXT(rename)(from, to);
}

void *mmap(void *at, size_t n, int how, int flags, int fd, off_t from)
{
	return fails(MAP) ? MAP_FAILED :
	       NEXT(mmap)(at, n, how, flags, fd, from);
}

void *mmap64(void *at, size_t n, int how, int flags, int fd, off64_t from)
{
	return fails(MAP) ? MAP_FAILED :
	       NEXT(mmap64)(at, n, how, flags, fd, from);
}

/* --- clock ---------------------------------------------------------------- */

int clock_gettime(clockid_t id, struct timespec *t)
{
	int rc = NEXT(clock_gettime)(id, t);

	if (!rc && id == CLOCK_REALTIME)
		t->tv_sec += clock_shift;
	return rc;
}

time_t time(time_t *t)
{
	time_t now = NEXT(time)(NULL) + clock_shift;

	if (t)
		*t = now;
	return now;
}
