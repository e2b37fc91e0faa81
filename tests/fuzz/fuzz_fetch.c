/*
 * Any bytes as what a web server sends: status line, headers, body, over a
 * connection to this machine.  Behind a NUL comes the answer to the next
 * request.  Whatever they are, the request ends once, within its limits, and
 * nothing else than this machine was asked.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "feeds/fetch.h"

#define MOST 4096  /* bytes of a body */
#define ANSWERS 5  /* one, and four redirects */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static int listener = -1;
static unsigned port;
static struct str answers[ANSWERS];
static size_t answers_n;

static void begin(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t n = sizeof a;

	if (listener >= 0)
		return;
	signal(SIGPIPE, SIG_IGN);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&a, n) ||
	    listen(listener, 16) ||
	    getsockname(listener, (struct sockaddr *)&a, &n))
		abort();
	port = ntohs(a.sin_port);
}

/* Reads a request, sends one answer, waits until the other side is done. */
static void serve_one(int fd, struct str answer)
{
	char request[4096];
	size_t got = 0;
	ssize_t k;

	while (got < sizeof request - 1 &&
	       (k = read(fd, request + got, sizeof request - 1 - got)) > 0) {
		got += (size_t)k;
		request[got] = 0;
		if (strstr(request, "\r\n\r\n"))
			break;
	}
	while (answer.n && (k = write(fd, answer.p, answer.n)) > 0)
		answer = str_from(answer, (size_t)k);
	shutdown(fd, SHUT_WR);
	while (read(fd, request, sizeof request) > 0)
		;
	close(fd);
}

/* Until a byte comes through the pipe. */
static void *serve(void *stop)
{
	struct pollfd p[2] = {{listener, POLLIN, 0},
			      {*(int *)stop, POLLIN, 0}};

	for (size_t i = 0;;) {
		if (poll(p, 2, -1) < 0 || p[1].revents)
			return NULL;
		int fd = accept(listener, NULL, NULL);

		if (fd >= 0)
			serve_one(fd, i < answers_n ? answers[i++] : STR(""));
	}
}

static void done(void *context, const struct fetch_answer *a)
{
	unsigned *ended = context;

	++*ended;
	assert(a->end < FETCH_END_COUNT && fetch_end_words(a->end));
	assert(a->body.n <= MOST);
	if (a->end == FETCH_OK)
		assert(a->status == 200 && a->sha256.n == 64 &&
		       a->size == a->body.n);
	if (a->end == FETCH_SAME)
		assert(a->status == 304);
}

static void ask(void)
{
	struct fetch_options o = fetch_options_default();
	struct arena a = {0};
	struct fetch_service s = {.name = STR("s"), .parallel = 1};
	unsigned ended = 0;
	struct fetch_request r = {.service = &s, .max_bytes = MOST,
				  .etag = STR("\"x\""), .done = done,
				  .context = &ended};
	struct fetch *f;

	o.tries = 1;
	o.stall_time = o.time = o.connect_time = 2 * PACE_SECOND;
	r.url = arena_fmt(&a, "http://127.0.0.1:%u/", port);
	if (origin_parse(r.url, &a, &s.origin))
		abort();
	pace_init(&s.pace, (struct pace_rate){0}, 1, 1);
	f = fetch_new(&o);
	assert(f);
	fetch_add(f, &r);
	fetch_run(f);
	assert(ended == 1);
	fetch_free(f);
	pace_release(&s.pace);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest = {(const char *)bytes, n};
	pthread_t server;
	int stop[2];

	if (!fetch_is_built_in())
		return 0;
	begin();
	answers_n = 0;
	while (answers_n < ANSWERS &&
	       str_split(&rest, '\0', &answers[answers_n]))
		answers_n++;
	if (pipe(stop) || pthread_create(&server, NULL, serve, &stop[0]))
		abort();
	ask();
	close(stop[1]);
	pthread_join(server, NULL);
	close(stop[0]);
	return 0;
}
