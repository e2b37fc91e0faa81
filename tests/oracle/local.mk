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

# The same of HISTORIES random histories, and of a hundred times as many pairs
# of texts.
HISTORIES = 2000
oracle-random: tests/unit/test_survive$(EXEEXT) tests/unit/test_diff$(EXEEXT) \
		ranwhence$(EXEEXT)
	BUILDDIR=. $(PYTHON3) $(srcdir)/tests/cli/blame_oracle.py \
		--histories $(HISTORIES)
	BUILDDIR=. $(PYTHON3) $(srcdir)/tests/cli/diff_oracle.py \
		--pairs $(HISTORIES)00
	SRCDIR=$(srcdir) BUILDDIR=. RANWHENCE=./ranwhence \
		PYTHONPATH=$(srcdir)/tests ORACLE_RUNS=$(HISTORIES) \
		$(PYTHON3) $(srcdir)/tests/cli/history_oracle.py

.PHONY: oracle oracle-random
