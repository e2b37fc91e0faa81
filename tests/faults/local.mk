# tests/faults: one call at a time fails, or the program is killed
#   make faults N=20000        as many faults, spread over all scenarios
#   make faults-kills N=1000   as many kills
#   make faults-kept N=1000    faults that must leave nothing in a store

# preloaded, so it is built without the flags of the program
tests/faults/inject.so: tests/faults/inject.c
	@$(MKDIR_P) tests/faults
	$(AM_V_CC)$(CC) -O2 -fPIC -shared -o $@ $(srcdir)/tests/faults/inject.c -ldl
CLEANFILES += tests/faults/inject.so

N = 20000
faults: ranwhence$(EXEEXT) tests/faults/inject.so
	@RANWHENCE=`pwd`/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
		PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) \
		$(srcdir)/tests/faults/sweep.py --n $(N) --show

faults-kills: ranwhence$(EXEEXT) tests/faults/inject.so
	@RANWHENCE=`pwd`/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
		PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) \
		$(srcdir)/tests/faults/kills.py --n $(N)

faults-kept: ranwhence$(EXEEXT) tests/faults/inject.so
	@RANWHENCE=`pwd`/ranwhence$(EXEEXT) SRCDIR=$(srcdir) \
		PYTHONDONTWRITEBYTECODE=1 $(PYTHON3) \
		$(srcdir)/tests/faults/kept.py --n $(N)

.PHONY: faults faults-kept faults-kills
