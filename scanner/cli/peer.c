/* What goes through the pipes is the callers' matter. */
#include "cli/peer.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

bool peer_fork(struct peer *ret)
{
	int up[2], down[2];
	pid_t pid;

	if (pipe(up) || pipe(down)) {
		perror("ranwhence: pipe");
		return false;
	}
	fflush(NULL); /* or the child says it again */
	pid = fork();
	if (pid < 0) {
		perror("ranwhence: fork");
		return false;
	}
	*ret = pid ? (struct peer){pid, down[1], up[0]}
		   : (struct peer){0, up[1], down[0]};
	close(pid ? down[0] : down[1]);
	close(pid ? up[1] : up[0]);
	return true;
}

static void hang_up(struct peer *p)
{
	if (p->to >= 0)
		close(p->to);
	if (p->from >= 0)
		close(p->from);
	p->to = p->from = -1;
}

int peer_end(struct peer *p)
{
	int status;

	hang_up(p);
	while (waitpid(p->pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

bool peer_put(struct peer *p, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n) {
		ssize_t k = write(p->to, at, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			hang_up(p);
			return false;
		}
		at += k;
		n -= (size_t)k;
	}
	return true;
}

bool peer_get(struct peer *p, void *bytes, size_t n)
{
	char *at = bytes;

	while (n) {
		ssize_t k = read(p->from, at, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			hang_up(p);
			return false;
		}
		at += k;
		n -= (size_t)k;
	}
	return true;
}

bool peer_get_text(struct peer *p, uint64_t n, size_t most,
		   struct arena *a, struct str *ret)
{
	char *text;

	if (n > most) {
		hang_up(p);
		return false;
	}
	text = arena_alloc(a, (size_t)n + 1);
	text[n] = '\0';
	*ret = str_n(text, (size_t)n);
	return peer_get(p, text, (size_t)n);
}
