# tests/oracle: comparisons with git on real clones, by hand
EXTRA_PROGRAMS += tests/oracle/numstat
CLEANFILES += tests/oracle/numstat$(EXEEXT)

oracle: tests/oracle/numstat$(EXEEXT)
	$(PYTHON3) $(srcdir)/tests/oracle/numstat.py \
		tests/oracle/numstat$(EXEEXT) $(REPO)

.PHONY: oracle
