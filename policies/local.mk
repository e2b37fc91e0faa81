# policies: embedded and installed by scanner/store/local.mk
