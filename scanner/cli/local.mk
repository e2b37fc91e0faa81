# scanner/cli: options and commands; main.c is listed in Makefile.am
libranwhence_a_SOURCES +=
