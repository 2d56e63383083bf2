# Goal: what comes through a pipe is read to its end, wherever that lies in the
# ranges of 8 MiB that are read with what follows them.
. "$(dirname "$0")/lib.sh"
cd "$work"

"$LEAKGEN" --people 14000 --seed 3 -o a.csv
yes 'ligne de texte' | head -c 9000000 >b.txt
printf '\nfin : marie@exemple.fr\n' >>b.txt

# what FILE: was found, from a file or from standard input.
what() {
	jq -c '[.documents[] | [.records, .malformed, .bytes, .bytes_read,
		.status, .sha256]], [.kinds[] | [.kind, .findings]]' "$1"
}

for bytes in 0 1 100000 8388607 8388608 8388609 8500000 10000000; do
	head -c $bytes a.csv >cut.csv
	"$TOCSIN" scan --json --no-people cut.csv >file ||
		fail "exit status $? of $bytes bytes"
	cat cut.csv | "$TOCSIN" scan --json --no-people --jobs 1 - >pipe ||
		fail "exit status $? of $bytes bytes through a pipe"
	is "$bytes bytes through a pipe" "$(what pipe)" "$(what file)"
done
cat b.txt | "$TOCSIN" scan --json --no-people - >pipe ||
	fail "exit status $? of text through a pipe"
is "the last line" "$(jq '.kinds[] | select(.kind == "email").findings' pipe)" 1
done_testing
