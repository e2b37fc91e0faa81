/* What CMake fetches, and what sbom_add says of it. */
#ifndef EXTRACT_CMAKE_FETCH_H
#define EXTRACT_CMAKE_FETCH_H

#include "extract/cmake_lex.h"
#include "extract/native.h"

/*
 * Adds what the command at hand fetches or declares: FetchContent_Declare,
 * FetchContent_Populate, ExternalProject_Add, CPMAddPackage, CPMFindPackage,
 * file(DOWNLOAD) and sbom_add.  False when it is another command.
 */
bool cmake_fetch_read(struct cmake *c, struct native *n);

#endif
