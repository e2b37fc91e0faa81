/*
 * The tables of the queue and the functions that change them, as migrations:
 * each brings a database from one version to the next.  One that was handed
 * out is never changed, only followed.  What must happen together is one
 * function and so one statement: a client that dies, or a server, leaves
 * nothing half done.
 */
#ifndef FEEDS_QUEUE_SCHEMA_H
#define FEEDS_QUEUE_SCHEMA_H

#define QUEUE_SCHEMA_VERSION 2

/* The SQL that leads to this version from the one before. */
const char *queue_schema_step(unsigned version);

#endif
