# docs: copied into the distribution by Makefile.am
