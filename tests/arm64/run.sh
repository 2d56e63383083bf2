#!/bin/sh
# Builds the tests of vector code for 64-bit ARM and runs them under emulation:
# what NEON says must be what plain C says. usage: run.sh SOURCE BUILD
set -eu
cc=aarch64-linux-gnu-gcc
for tool in $cc qemu-aarch64; do
	command -v $tool >/dev/null || {
		echo "$tool is not installed"
		exit 77
	}
done
root=$1
build=$2
mkdir -p "$build"

# run TEST FILES: build a test with what it needs, and run it
run() {
	test=$1
	shift
	files=
	for file in "$test" "$@"; do
		files="$files $root/src/$file"
	done
	program=$build/$(basename "$test" .c)
	# shellcheck disable=SC2086
	$cc -std=gnu2x -O2 -Wall -Wextra -Werror -static -D_GNU_SOURCE \
		-I"$root/tests/arm64" -I"$root/src" -o "$program" $files
	qemu-aarch64 "$program"
}

run format/csv/csv_index_test.c format/csv/csv_index.c \
	format/csv/csv_index_neon.c base/cpu.c
run detect/words/words_test.c detect/words/words.c detect/words/words_neon.c \
	base/cpu.c base/span.c base/fold.c
