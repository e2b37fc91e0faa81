/*
 * The entry of the program. Everything it does is in the library, so that
 * tests can call it.
 */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--version")) {
		printf("%s\n", PACKAGE_STRING);
		return 0;
	}
	fprintf(stderr, "usage: ranwhence --version\n");
	return 2;
}
