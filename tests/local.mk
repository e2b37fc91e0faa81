# tests: everything `make check` runs goes through tests/run.py, which counts
# single test points and closes with "N passed, N failed".
#   make check                 all tests
#   make check-quick           without the slow ones; so does QUICK=1, also
#                              for make distcheck
#   make check ONLY=cases      the programs whose name contains "cases"
#   make kills N=1000          an update that is killed N times (100)
#   make bench                 measurements, never part of a check
#   make screenshots           pictures of the HTML report, never part of one
#   make package               the Debian package and its own tests
#   make faults N=20000        tests/faults at length: a sample is in a check
#   make fuzz TIME=60          tests/fuzz with libFuzzer
#   make reproducible          two builds in different places, compared
#   make scale ONLY=slurm      tests/scale: engines, their nodes killed, and
#                              what a second worker brings (docs/scale)
#   make scale-queue           the queue on a PostgreSQL server that is killed
#   make coverage              lines of the parsers that tests reach

run_tests = $(PYTHON3) $(srcdir)/tests/run.py \
	--srcdir $(srcdir) --builddir . --only "$(ONLY)" \
	$(if $(QUICK),--quick)

test_programs = ranwhence$(EXEEXT) $(check_PROGRAMS) man/commands \
	tests/faults/inject.so

check-local: $(test_programs)
	@$(run_tests) $(check_PROGRAMS)

check-quick: $(test_programs)
	@$(run_tests) --quick $(check_PROGRAMS)

bench: ranwhence$(EXEEXT)
	@for s in $(srcdir)/tests/bench/*.sh; do \
		test -f "$$s" || continue; \
		echo "== $${s##*/}"; \
		RANWHENCE=`pwd`/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
			$(SHELL) "$$s" || exit 1; \
	done

# Pictures of the HTML report in screenshots/, for somebody to look at
screenshots: ranwhence$(EXEEXT)
	@RANWHENCE=`pwd`/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
		PYTHONDONTWRITEBYTECODE=1 \
		$(PYTHON3) $(srcdir)/tests/screenshots.py screenshots

package:
	@SRCDIR=$(srcdir) $(SHELL) $(srcdir)/tests/package.sh package

reproducible:
	@SRCDIR=$(srcdir) MAKE="$(MAKE)" $(SHELL) \
		$(srcdir)/tests/reproducible.sh reproducible CC="$(CC)"

COVERAGE_CC = gcc
coverage:
	@SRCDIR=$(srcdir) MAKE="$(MAKE)" $(SHELL) $(srcdir)/tests/variant.sh \
		coverage CC="$(COVERAGE_CC)" \
		CFLAGS="-O1 -g --coverage -fprofile-update=atomic"
	@find coverage -name '*.gcda' -delete
	@cd coverage && $(MAKE) -s check ONLY=tests/unit
	@cd coverage && $(MAKE) -s check ONLY=tests/fuzz
	@# workers say that they may not write counts, which some tests mind
	@cd coverage && $(MAKE) -s check ONLY=cli/feeds >feeds.log 2>&1 || :
	@cd coverage && $(PYTHON3) $(abs_srcdir)/tests/coverage.py

kills: ranwhence$(EXEEXT)
	@KILLS=$(or $(N),100) RANWHENCE=`pwd`/ranwhence$(EXEEXT) \
		SRCDIR=$(srcdir) PYTHONDONTWRITEBYTECODE=1 \
		$(PYTHON3) $(srcdir)/tests/cli/feeds_kill.py

# One after the other, with what they print: figures are among it
scale: ranwhence$(EXEEXT)
	@(cd $(srcdir) && ./autogen.sh --install-scale)
	@rc=0; for s in $(srcdir)/tests/scale/*$(ONLY)*_test.py; do \
		echo "== $${s##*/}"; \
		RANWHENCE=`pwd`/ranwhence$(EXEEXT) \
			SRCDIR=$(abs_srcdir) BUILDDIR=`pwd` \
			PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) "$$s" || rc=1; \
	done; exit $$rc

# Builds with libpq, in with-postgresql/; installs the server where it is
# missing
scale-queue:
	@SRCDIR=$(srcdir) MAKE="$(MAKE)" $(SHELL) $(srcdir)/tests/variant.sh \
		with-postgresql --with-postgresql CC="$(CC)"
	@cd with-postgresql && $(MAKE) -s ranwhence$(EXEEXT)
	@RANWHENCE=`pwd`/with-postgresql/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
		PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) \
		$(srcdir)/tests/scale/queue_kills.py

.PHONY: check-quick bench scale scale-queue kills screenshots package reproducible \
	coverage
