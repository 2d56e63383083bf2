# Two commands do all the set-up on a fresh Debian 12: make demo, make check.
.PHONY: help demo check build bench fuzz install clean

RELEASE = build/release
LEAK = build/demo/leak.csv

help:
	@echo "make demo     build, make a synthetic leak, scan it"
	@echo "make check    build in every way and run all tests"
	@echo "make bench    measure against what Debian packages"
	@echo "make fuzz     run each fuzz target for a minute"
	@echo "make install  install the release build (PREFIX, DESTDIR)"

build:
	@tools/install-packages build
	@cmake --preset release $(CMAKE_FLAGS) >build-release.log || \
		{ cat build-release.log; exit 1; }
	@rm -f build-release.log
	@cmake --build --preset release --target tocsin leakgen completions

demo: build
	@tools/demo $(RELEASE) build/demo

check:
	@tools/install-packages check
	@tools/check

bench: build
	@tools/install-packages bench
	@bench/run $(RELEASE)

fuzz:
	@tools/install-packages check
	@tools/fuzz

install: build
	@cmake --install $(RELEASE) $(if $(PREFIX),--prefix $(PREFIX))

clean:
	rm -rf build
