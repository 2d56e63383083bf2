# Goal: a case keeps scans, knows what it has seen, and changes no result.
. "$(dirname "$0")/lib.sh"
cd "$work"
export TOCSIN_KEYS="$work/keys"
"$LEAKGEN" --people 3000 --seed 1 -o a.csv
"$LEAKGEN" --people 500 --seed 2 -o b.csv
plain='del(.elapsed_s, .peak_bytes, .case)'

run 0 "$TOCSIN" scan --json a.csv
jq "$plain" out >without
run 0 "$TOCSIN" scan --json --case case a.csv
cp out first
jq "$plain" out >with
cmp without with || fail "a case changes the result"
is "scan of the case" "$(jq -c '[.case.scan, .case.scans]' out)" "[1,1]"
is "rows" "$(jq .case.rows out)" "$(jq .fingerprint.rows out)"
is "people" "$(jq .case.people out)" "$(jq .people.count out)"
is "nothing is left of the scan" "$(ls case | tr '\n' ' ')" \
	"case.db envelope lock runs vault "
is "what is in it is for its owner" \
	"$(find case -type f ! -perm 600 -o -type d ! -perm 700)" ""

# The same file, and the same bytes in another file.
sums() {
	sha256sum case/case.db case/runs/* case/vault/*
}
sums >before
run 0 "$TOCSIN" scan --json --case case a.csv
holds known '^note: a.csv: known already: it came with scan 1' err
is "known" "$(jq .documents[0].known.scan out)" 1
is "no scan is added" "$(jq -c '[.case.scan, .case.scans]' out)" "[null,1]"
jq "$plain | del(.documents[].known)" out >again
cmp without again || fail "known input gives another result"
cp a.csv copy.csv
run 0 "$TOCSIN" scan --json --case case copy.csv
is "known by its bytes" "$(jq .documents[0].known.scan out)" 1
sums >after
cmp before after || fail "known input changes the case"

# Another file adds.
run 0 "$TOCSIN" scan --json --case case b.csv
is "second scan" "$(jq -c '[.case.scan, .case.scans]' out)" "[2,2]"
rows=$(jq -s '.[0].fingerprint.rows + .[1].fingerprint.rows' first out)
is "rows of both" "$(jq .case.rows out)" "$rows"
people=$(jq -s '.[0].people.count + .[1].people.count' first out)
near "people of both" "$(jq .case.people out)" "$people" 100
run 0 "$TOCSIN" scan --json a.csv b.csv
both=$(jq -c '[.people.count, .fingerprint.rows]' out)
run 0 "$TOCSIN" scan --json --case case a.csv b.csv
is "one case and one scan count the same" \
	"$(jq -c '[.case.people, .case.rows]' out)" "$both"

# One that is new beside one that is known.
"$LEAKGEN" --people 200 --seed 3 -o c.csv
run 0 "$TOCSIN" scan --json --case case a.csv c.csv
is "what is known of two" "$(jq -c '[.documents[].known.scan]' out)" "[1,null]"
run 0 "$TOCSIN" scan --json a.csv b.csv c.csv
all=$(jq -c '[.people.count, .fingerprint.rows]' out)
run 0 "$TOCSIN" scan --json --case case c.csv
is "three files" "$(jq -c '[.case.people, .case.rows]' out)" "$all"

# Standard input, and nothing to read.
run 0 sh -c 'cat a.csv | "$0" scan --json --case case -' "$TOCSIN"
is "known stream" "$(jq .documents[0].known.scan out)" 1
holds "a stream" 'can be read only once' err
run 3 "$TOCSIN" scan --json --case case not-there.csv
is "nothing new" "$(jq -c .case.scan out)" null

# Only one at a time.
mkfifo pipe
"$TOCSIN" scan --case case pipe >one 2>one.err &
pid=$!
exec 9>pipe
await 200 -e case/journal
run 4 "$TOCSIN" scan --case case a.csv
holds locked "^error: case/lock: locked by process $pid" err
exec 9>&-
wait $pid || fail "the first one failed"

# Something else is not a case.
mkdir other
echo text >other/letter.txt
run 4 "$TOCSIN" scan --case other a.csv
holds foreign '^error: other: a folder of something else' err
is "it is left alone" "$(ls other)" letter.txt
run 4 "$TOCSIN" scan --case a.csv b.csv
done_testing
