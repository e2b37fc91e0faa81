# docs: copied into the distribution by Makefile.am; what is run as it is gets
# installed
exampledir = $(docdir)/examples
dist_example_DATA = \
	docs/scale/kubernetes.yaml \
	docs/scale/ranwhence.sbatch
