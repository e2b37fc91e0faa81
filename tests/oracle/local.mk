# tests/oracle: comparisons with git on real clones, by hand: every (commit,
# path) and every line at the head, or those of FILES files.
EXTRA_PROGRAMS += tests/oracle/numstat
CLEANFILES += tests/oracle/numstat$(EXEEXT)

oracle: tests/oracle/numstat$(EXEEXT) tests/unit/test_survive$(EXEEXT)
	$(PYTHON3) $(srcdir)/tests/oracle/numstat.py \
		tests/oracle/numstat$(EXEEXT) $(REPO)
	for r in $(REPO); do \
		BUILDDIR=. $(PYTHON3) $(srcdir)/tests/cli/blame_oracle.py \
			--repo "$$r" $(if $(FILES),--files $(FILES)) || \
			failed=1; \
	done; test -z "$$failed"

.PHONY: oracle
