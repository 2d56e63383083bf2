# Goal: a case with a changed, cut or missing file is refused, says which, and
# is not touched.
. "$(dirname "$0")/lib.sh"
cd "$work"
export TOCSIN_KEYS="$work/keys"
"$LEAKGEN" --people 200 --seed 1 -o a.csv
run 0 "$TOCSIN" scan --case case a.csv
sums() {
	find case -type f ! -name lock -exec sha256sum {} + | sort
}
sums >good

# refused FILE: it is, by name, and stays as it is.
refused() {
	sums >damaged
	run 4 "$TOCSIN" scan --case case a.csv
	holds "$1" "^error: $1: damaged" err
	is "lines" "$(wc -l <err)" 2
	holds "$1" '^hint: ' err
	is "nothing on standard output" "$(wc -c <out)" 0
	sums >after
	cmp damaged after || fail "$1: the case was changed"
}

# flip FILE AT: another byte there.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf "\\$(printf %o $(((byte + 77) % 256)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2>dd
}

for file in $(find case -type f ! -name lock | sort); do
	cp "$file" saved
	size=$(wc -c <"$file")
	for at in 0 9 $((size / 3)) $((size / 2)) $((size - 1)); do
		flip "$file" $at
		refused "$file"
		cp saved "$file"
	done
	head -c $((size - 1)) saved >"$file"
	refused "$file"
	: >"$file"
	refused "$file"
	rm "$file"
	refused "$file"
	cp saved "$file"
done
sums >after
cmp good after || fail "the case is not as it was"
run 0 "$TOCSIN" scan --case case a.csv
done_testing
