/*
 * Landlock and seccomp by their system calls: the C library has no wrappers
 * for them, and the kernel's headers of Debian 12 know only the first
 * versions of Landlock.  Source: Documentation/userspace-api of the kernel.
 */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

const char *sandbox_level_name(enum sandbox_level l)
{
	static const char *const names[] = {"none", "partial", "full"};

	return names[l];
}

static void limit(int what, rlim_t n)
{
	struct rlimit l;

	if (getrlimit(what, &l))
		return;
	if (l.rlim_cur == RLIM_INFINITY || l.rlim_cur > n)
		l.rlim_cur = n;
	l.rlim_max = l.rlim_cur;
	(void)setrlimit(what, &l);
}

void sandbox_limit(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, LIMIT_WORKER_SECONDS);
	limit(RLIMIT_NOFILE, LIMIT_WORKER_FILES);
	limit(RLIMIT_FSIZE, LIMIT_OUTPUT_BYTES);
	if (!IS_SANITIZED) /* shadow memory is written, too */
		limit(RLIMIT_DATA, LIMIT_WORKER_MEMORY);
}

#if defined(__linux__) && \
	(defined(__x86_64__) || defined(__aarch64__) || defined(__riscv))

/* --- files ---------------------------------------------------------------- */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#define LANDLOCK_VERSION 1u
#define LANDLOCK_BENEATH 1

enum landlock_access {
	MAY_EXECUTE = 1 << 0, MAY_WRITE = 1 << 1, MAY_READ = 1 << 2,
	MAY_LIST = 1 << 3, MAY_REMOVE_DIR = 1 << 4, MAY_REMOVE = 1 << 5,
	MAY_MAKE = 1 << 8,
	MAY_TRUNCATE = 1 << 14
};

struct landlock_ruleset {
	uint64_t files, network, scope;
};

struct landlock_beneath {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

/* What each version of Landlock can handle, and how large its struct is. */
static struct landlock_ruleset handled(long version, size_t *ret_size)
{
	struct landlock_ruleset r = {.files = (1 << 13) - 1};

	*ret_size = 8;
	if (version >= 2)
		r.files |= 1 << 13; /* to move between folders */
	if (version >= 3)
		r.files |= MAY_TRUNCATE;
	if (version >= 4) {
		r.network = 3; /* to bind and to connect TCP */
		*ret_size = 16;
	}
	if (version >= 6) {
		r.scope = 3; /* abstract sockets, and signals */
		*ret_size = 24;
	}
	return r;
}

static void allow(int ruleset, const struct landlock_ruleset *r,
		  const struct sandbox_root *root)
{
	struct landlock_beneath b = {.allowed = MAY_READ | MAY_LIST};
	struct stat st;

	b.fd = open(root->path, O_PATH | O_CLOEXEC);
	if (b.fd < 0)
		return;
	if (root->is_writable)
		b.allowed |= MAY_WRITE | MAY_REMOVE | MAY_MAKE | MAY_TRUNCATE;
	if (fstat(b.fd, &st) == 0 && !S_ISDIR(st.st_mode))
		b.allowed &= MAY_READ | MAY_WRITE | MAY_TRUNCATE;
	b.allowed &= r->files;
	(void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_BENEATH, &b,
		      0);
	close(b.fd);
}

static bool confine_files(const struct sandbox_root *roots, size_t n)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
			       LANDLOCK_VERSION);
	struct landlock_ruleset r;
	size_t size;
	bool done;
	int fd;

	if (version < 1)
		return false;
	r = handled(version, &size);
	fd = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
	if (fd < 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (roots[i].path)
			allow(fd, &r, &roots[i]);
	if (IS_SANITIZED) /* it reads its own maps */
		allow(fd, &r, &(struct sandbox_root){"/proc", false});
	done = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return done;
}

/* --- the rest ------------------------------------------------------------- */

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#define THIS_ARCH AUDIT_ARCH_RISCV64
#endif

/* What a program that only reads and counts never asks for.  A leak check
 * of the sanitizers stops its own threads from another process. */
static const unsigned denied[] = {
	SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen,
	SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
	SYS_execve, SYS_execveat, SYS_process_vm_readv,
	SYS_process_vm_writev, SYS_mount, SYS_umount2, SYS_pivot_root,
	SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open,
	SYS_keyctl, SYS_add_key, SYS_request_key, SYS_userfaultfd,
	SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_init_module,
	SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot,
	SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl, SYS_personality,
	SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#if !IS_SANITIZED
	SYS_ptrace, SYS_kcmp, SYS_tkill,
#endif
#ifdef SYS_fork
	SYS_fork, SYS_vfork,
#endif
};
#define DENIED (sizeof denied / sizeof *denied)

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define FILTER_MAX (DENIED * 2 + 16)

static size_t put(struct sock_filter *to, size_t n, struct sock_filter f)
{
	to[n] = f;
	return n + 1;
}

/* A new process is refused, a new thread is not: clone tells by its flags;
 * clone3, whose flags a filter cannot see, is said not to exist, so that the C
 * library falls back to clone. */
static size_t put_clone(struct sock_filter *to, size_t n)
{
	const unsigned is_thread = 0x10000; /* CLONE_THREAD */

	n = put(to, n, (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1));
	n = put(to, n, (struct sock_filter)RETURN(SECCOMP_RET_ERRNO |
						  ENOSYS));
	n = put(to, n, (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3));
	n = put(to, n, (struct sock_filter)LOAD(
			offsetof(struct seccomp_data, args)));
	n = put(to, n, (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JSET | BPF_K, is_thread, 1, 0));
	return put(to, n, (struct sock_filter)RETURN(SECCOMP_RET_ERRNO |
						     EPERM));
}

static size_t make_filter(struct sock_filter *to)
{
	size_t n = 0;

	n = put(to, n, (struct sock_filter)LOAD(
			offsetof(struct seccomp_data, arch)));
	n = put(to, n, (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0));
	n = put(to, n, (struct sock_filter)RETURN(SECCOMP_RET_KILL_PROCESS));
	n = put(to, n, (struct sock_filter)LOAD(
			offsetof(struct seccomp_data, nr)));
#ifdef __x86_64__
	/* the other numbers of the same calls (x32) */
	n = put(to, n, (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
	n = put(to, n, (struct sock_filter)RETURN(SECCOMP_RET_ERRNO |
						  EPERM));
#endif
	for (size_t i = 0; i < DENIED; i++) {
		n = put(to, n, (struct sock_filter)BPF_JUMP(
				BPF_JMP | BPF_JEQ | BPF_K, denied[i], 0, 1));
		n = put(to, n, (struct sock_filter)RETURN(
				SECCOMP_RET_ERRNO | EPERM));
	}
	if (!IS_SANITIZED)
		n = put_clone(to, n);
	return put(to, n, (struct sock_filter)RETURN(SECCOMP_RET_ALLOW));
}

static bool confine_calls(void)
{
	struct sock_filter filter[FILTER_MAX];
	const struct sock_fprog program = {
		.len = (unsigned short)make_filter(filter), .filter = filter};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

enum sandbox_level sandbox_enter(const struct sandbox_root *roots, size_t n)
{
	bool has_files, has_calls;

	if (!IS_SANITIZED)
		(void)prctl(PR_SET_DUMPABLE, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return SANDBOX_NONE;
	has_files = confine_files(roots, n);
	has_calls = confine_calls();
	if (has_files && has_calls)
		return SANDBOX_FULL;
	return has_files || has_calls ? SANDBOX_PARTIAL : SANDBOX_NONE;
}

#else

enum sandbox_level sandbox_enter(const struct sandbox_root *roots, size_t n)
{
	(void)roots;
	(void)n;
	return SANDBOX_NONE;
}

#endif

/* --- proof ---------------------------------------------------------------- */

static bool can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool can_make_file(void)
{
	static const char path[] = "/tmp/ranwhence-sandbox-trial";
	bool can = can_open(path, O_WRONLY | O_CREAT | O_EXCL);

	if (can)
		unlink(path);
	return can;
}

static bool can_open_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Nobody listens at the discard port: "refused by the other side" means that
 * the way there was open. */
static bool can_connect(int fd)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9),
				 .sin_addr = {htonl(INADDR_LOOPBACK)}};

	return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ||
	       errno == ECONNREFUSED;
}

/* No file has this name on any machine: "no such file" means that the way
 * there was open. */
static bool can_run(void)
{
	static char path[] = "";
	char *const arguments[] = {path, NULL};

	execve(path, arguments, NULL);
	return errno == ENOENT;
}

static bool can_start_process(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
	return child > 0;
}

/* In the child: one bit a trial that was let pass, the level above them. */
static unsigned try_all(int socket_of_before)
{
	enum sandbox_level level = sandbox_enter(NULL, 0);
	unsigned passed = (unsigned)level << SANDBOX_TRIALS;

	passed |= can_open("/etc/passwd", O_RDONLY) ? 1u : 0;
	passed |= can_make_file() ? 2u : 0;
	passed |= can_open_socket() ? 4u : 0;
	passed |= can_connect(socket_of_before) ? 8u : 0;
	passed |= can_run() ? 16u : 0;
	passed |= can_start_process() ? 32u : 0;
	return passed;
}

enum sandbox_level sandbox_try(struct sandbox_trial ret[SANDBOX_TRIALS])
{
	static const char *const what[SANDBOX_TRIALS] = {
		"read a file", "make a file", "open a socket",
		"connect", "run a program", "start a process"};
	int before = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unsigned passed = (1u << SANDBOX_TRIALS) - 1;
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit((int)try_all(before));
	if (child > 0 && waitpid(child, &status, 0) == child &&
	    WIFEXITED(status))
		passed = (unsigned)WEXITSTATUS(status);
	if (before >= 0)
		close(before);
	for (size_t i = 0; i < SANDBOX_TRIALS; i++)
		ret[i] = (struct sandbox_trial){what[i],
						!(passed & 1u << i)};
	return (enum sandbox_level)(passed >> SANDBOX_TRIALS);
}
