/* libpq, with texts as values; what is not its own is left to the server. */
#include "feeds/pq.h"

#ifndef HAVE_LIBPQ

bool pq_is_built_in(void)
{
	return false;
}

int pq_library_version(void)
{
	return 0;
}

enum err pq_new(const char *conninfo, struct pq **ret)
{
	(void)conninfo;
	*ret = NULL;
	return ERR_UNSUPPORTED;
}

void pq_free(struct pq *p)
{
	(void)p;
}

enum err pq_run(struct pq *p, const char *sql, const struct str *values,
		size_t n)
{
	(void)p;
	(void)sql;
	(void)values;
	(void)n;
	return ERR_UNSUPPORTED;
}

enum err pq_script(struct pq *p, const char *sql)
{
	return pq_run(p, sql, NULL, 0);
}

size_t pq_rows(const struct pq *p)
{
	(void)p;
	return 0;
}

struct str pq_text(const struct pq *p, size_t row, unsigned column)
{
	(void)p;
	(void)row;
	(void)column;
	return STR("");
}

struct str pq_message(const struct pq *p)
{
	(void)p;
	return STR("");
}

#else

#include <libpq-fe.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"

#define MOST_VALUES 8
#define TRIES 5  /* of a statement that others stood in the way of */

struct pq {
	const char *conninfo;
	PGconn *conn;
	PGresult *result;
	struct arena why;    /* of message */
	struct str message;
};

bool pq_is_built_in(void)
{
	return true;
}

int pq_library_version(void)
{
	return PQlibVersion();
}

enum err pq_new(const char *conninfo, struct pq **ret)
{
	PQconninfoOption *parsed = conninfo
		? PQconninfoParse(conninfo, NULL) : PQconndefaults();

	*ret = NULL;
	if (!parsed)
		return ERR_CONFIG;
	PQconninfoFree(parsed);
	*ret = mem_new(1, sizeof **ret);
	**ret = (struct pq){.conninfo = conninfo};
	return OK;
}

static void disconnect(struct pq *p)
{
	PQclear(p->result);
	PQfinish(p->conn);
	p->result = NULL;
	p->conn = NULL;
}

void pq_free(struct pq *p)
{
	if (!p)
		return;
	disconnect(p);
	arena_release(&p->why);
	free(p);
}

/* The first line of what libpq says. */
static void note(struct pq *p, const char *message)
{
	struct str rest = str_c(message), line = STR("");

	arena_release(&p->why);
	(void)!str_line(&rest, &line);
	p->message = arena_dup(&p->why, str_trim(str_head(line, 400)));
}

static void ignore(void *with, const PGresult *notice)
{
	(void)with;
	(void)notice;
}

/* Nothing of the session depends on who runs the server. */
static bool set_up(struct pq *p)
{
	static const char sql[] =
		"SET search_path = pg_catalog; SET statement_timeout = '60s'; "
		"SET idle_in_transaction_session_timeout = '60s'";
	PGresult *r;
	bool is_fine;

	PQsetNoticeReceiver(p->conn, ignore, NULL);
	r = PQexec(p->conn, sql);
	is_fine = PQresultStatus(r) == PGRES_COMMAND_OK;
	PQclear(r);
	return is_fine;
}

static enum err connect_to(struct pq *p)
{
	/* what the connection string says stands after them: it wins */
	static const char *const names[] = {
		"connect_timeout", "keepalives_idle", "tcp_user_timeout",
		"fallback_application_name", "dbname", "client_encoding", NULL};
	const char *values[] = {"10", "30", "60000", "ranwhence", p->conninfo,
				"UTF8", NULL};

	if (p->conn && PQstatus(p->conn) == CONNECTION_OK)
		return OK;
	disconnect(p);
	p->conn = PQconnectdbParams(names, values, 1);
	if (PQstatus(p->conn) == CONNECTION_OK && set_up(p))
		return OK;
	note(p, PQerrorMessage(p->conn));
	disconnect(p);
	return ERR_IO;
}

/* The code of an error, "" where it is libpq's own: no server said it. */
static struct str state_of(const PGresult *r)
{
	return str_c(PQresultErrorField(r, PG_DIAG_SQLSTATE));
}

/* Undone because of what others do at the same time. */
static bool is_in_the_way(const PGresult *r)
{
	return str_has_prefix(state_of(r), STR("40"));
}

/* Nothing that is wrong with the statement: connection, resources, a server
 * that ends, begins, is too slow, or is a copy that only reads. */
static bool may_pass(struct str state)
{
	static const char *const classes[] = {"08", "53", "57", "25006"};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (str_has_prefix(state, str_c(classes[i])))
			return true;
	return !state.n;
}

static enum err take(struct pq *p, PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	PQclear(p->result);
	p->result = r;
	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
		return OK;
	note(p, PQerrorMessage(p->conn));
	if (PQstatus(p->conn) == CONNECTION_OK && !may_pass(state_of(r)))
		return ERR_FORMAT;
	disconnect(p);
	return ERR_IO;
}

enum err pq_run(struct pq *p, const char *sql, const struct str *values,
		size_t n)
{
	const char *texts[MOST_VALUES];
	struct arena a = {0};
	enum err e = connect_to(p);

	for (size_t i = 0; i < n && i < MOST_VALUES; i++)
		texts[i] = arena_cstr(&a, values[i]);
	for (int i = 0; !e && i < TRIES; i++) {
		e = take(p, PQexecParams(p->conn, sql, (int)n, NULL, texts,
					 NULL, NULL, 0));
		if (e != ERR_FORMAT || !is_in_the_way(p->result))
			break;
		e = i + 1 < TRIES ? OK : e;
	}
	arena_release(&a);
	return e;
}

/* One message of the simple protocol is one transaction. */
enum err pq_script(struct pq *p, const char *sql)
{
	enum err e = connect_to(p);

	return e ? e : take(p, PQexec(p->conn, sql));
}

size_t pq_rows(const struct pq *p)
{
	return p->result ? (size_t)PQntuples(p->result) : 0;
}

struct str pq_text(const struct pq *p, size_t row, unsigned column)
{
	int r = (int)row, c = (int)column;

	if (row >= pq_rows(p) || c >= PQnfields(p->result))
		return STR("");
	return str_n(PQgetvalue(p->result, r, c),
		     (size_t)PQgetlength(p->result, r, c));
}

struct str pq_message(const struct pq *p)
{
	return p->message;
}

#endif
