# Goal: a worker that is killed costs what it was doing, is reported, and the
# scan goes on.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../fault/fault.sh"

"$LEAKGEN" --people 40000 --seed 2 -o "$work/a.csv"
bytes=$(wc -c <"$work/a.csv")

# document FIELD: of the only one of the last scan.
document() {
	jq -r ".documents[0].$1" "$work/out"
}

# The worker that reads: at a byte of the third of four ranges, which none of the
# samples is near that say how the file is to be read.
for jobs in 1 2; do
	run 3 faulty "read.pread@20000000:die" \
		"$TOCSIN" scan --json --jobs $jobs "$work/a.csv"
	fired 0 || fail "no worker was killed"
	is status "$(document status)" partly
	is reason "$(document reason)" "parser stopped"
	lost=$((bytes - $(document bytes_read)))
	[ $lost -gt 8000000 ] && [ $lost -lt 10000000 ] ||
		fail "$lost bytes lost, not one range"
	jq -e '.documents[0].records > 40000 and .people.count > 25000' \
		"$work/out" >/dev/null || fail "the scan did not go on"
	is sha256 "$(document sha256)" \
		"$(sha256sum "$work/a.csv" | cut -d' ' -f1)"
done

# The same one while it finds out what the file is: nothing of it can be read.
run 3 faulty "read.pread#1:die" "$TOCSIN" scan --json "$work/a.csv"
is "status without a plan" "$(document status)" unread
is "bytes without a plan" "$(document bytes_read)" 0

# The worker that hashes.
run 3 faulty "digest.pread#3:die" "$TOCSIN" scan --json "$work/a.csv"
fired 0 || fail "the worker that hashes was not killed"
is "sha256 of a dead worker" "$(document sha256)" null
is "status without a digest" "$(document status)" read
run 3 faulty "digest.pread#3:die" "$TOCSIN" scan --no-people "$work/a.csv"
holds "no digest" 'a.csv: SHA-256 not known' "$work/out"

# The worker that counts people: all else is said.
run 3 faulty "people.pwrite#1:die" "$TOCSIN" scan --json "$work/a.csv"
fired 0 || fail "the worker that counts people was not killed"
is people "$(jq -c .people.count "$work/out")" null
is "reason for no people" "$(jq -r .people.reason "$work/out")" "parser stopped"
is "status without people" "$(document status)" read
run 3 faulty "people.pwrite#1:die" "$TOCSIN" people "$work/a.csv"
holds "no people" 'not counted' "$work/out"
done_testing
