# scanner/store: the SQLite store, digests, and the bundled facts
libranwhence_a_SOURCES += \
	scanner/store/account_store.c \
	scanner/store/account_store.h \
	scanner/store/age.c \
	scanner/store/answer.c \
	scanner/store/answer.h \
	scanner/store/bundle.c \
	scanner/store/bundle.h \
	scanner/store/claim_store.c \
	scanner/store/claim_store.h \
	scanner/store/db.c \
	scanner/store/db.h \
	scanner/store/digest_cache.c \
	scanner/store/digest_cache.h \
	scanner/store/digest_store.c \
	scanner/store/digest_store.h \
	scanner/store/edition.c \
	scanner/store/edition.h \
	scanner/store/exchange.h \
	scanner/store/exchange_in.c \
	scanner/store/exchange_out.c \
	scanner/store/facts_check.c \
	scanner/store/facts_check.h \
	scanner/store/facts_feed.c \
	scanner/store/facts_feed.h \
	scanner/store/facts_image.c \
	scanner/store/facts_image.h \
	scanner/store/facts_legal.c \
	scanner/store/facts_legal.h \
	scanner/store/facts_pool.c \
	scanner/store/facts_pool.h \
	scanner/store/facts_row.c \
	scanner/store/facts_row.h \
	scanner/store/facts_sort.c \
	scanner/store/facts_sort.h \
	scanner/store/facts_store.c \
	scanner/store/facts_store.h \
	scanner/store/inquiry_store.c \
	scanner/store/inquiry_store.h \
	scanner/store/kept.c \
	scanner/store/kept.h \
	scanner/store/known.c \
	scanner/store/known.h \
	scanner/store/legal.c \
	scanner/store/legal.h \
	scanner/store/report_file.c \
	scanner/store/report_file.h \
	scanner/store/report_in.c \
	scanner/store/report_in.h \
	scanner/store/report_in_check.c \
	scanner/store/report_in_facts.c \
	scanner/store/report_in_parts.h \
	scanner/store/report_in_scan.c \
	scanner/store/report_in_score.c \
	scanner/store/report_in_verdict.c \
	scanner/store/reread.c \
	scanner/store/reread.h \
	scanner/store/review_store.c \
	scanner/store/review_store.h \
	scanner/store/sbom_store.c \
	scanner/store/sbom_store.h \
	scanner/store/schema.c \
	scanner/store/schema.h \
	scanner/store/store.c \
	scanner/store/store.h \
	scanner/store/suffix.c \
	scanner/store/suffix.h \
	scanner/store/verify.c \
	scanner/store/verify.h \
	scanner/store/withdrawn.c \
	scanner/store/withdrawn.h
nodist_libranwhence_a_SOURCES += \
	scanner/store/bundle_data.S
CLEANFILES += scanner/store/bundle_data.S

# Run by every make: the generator writes the file only when the bundled
# files differ in name or content from what it holds, and make goes by that.
scanner/store/bundle_data.S: bundle-force
	@$(MKDIR_P) scanner/store
	@$(SHELL) $(srcdir)/scanner/store/bundle-gen.sh $@ $(srcdir)
bundle-force:
.PHONY: bundle-force

# The bundled facts as they are after loading, made by a program of the same
# library. A program for another machine goes without and reads the files.
EXTRA_PROGRAMS += scanner/store/facts_image_tool
scanner_store_facts_image_tool_SOURCES = scanner/store/facts_image_tool.c
scanner_store_facts_image_tool_LDADD = libranwhence.a $(RW_LIBS)
facts_image = scanner/store/facts_image_data.S
if NATIVE
ranwhence_SOURCES += $(facts_image)
endif
EXTRA_DIST += $(facts_image)
CLEANFILES += scanner/store/facts_image.bin \
	scanner/store/facts_image_tool$(EXEEXT)
scanner/store/facts_image.bin: scanner/store/facts_image_tool$(EXEEXT)
	@./scanner/store/facts_image_tool$(EXEEXT) >$@.tmp && mv -f $@.tmp $@
scanner/store/facts_image_data.$(OBJEXT): scanner/store/facts_image.bin

# The same files for people to read
install-data-local:
	@$(SHELL) $(srcdir)/scanner/store/bundle-gen.sh --list $(srcdir) | \
	while read -r name file; do \
		to="$(DESTDIR)$(pkgdatadir)/$$name"; \
		$(MKDIR_P) "$${to%/*}" && \
		$(INSTALL_DATA) "$$file" "$$to" || exit 1; \
	done
uninstall-local:
	rm -rf "$(DESTDIR)$(pkgdatadir)"
