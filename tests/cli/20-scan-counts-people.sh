# Goal: a scan of a made-up leak finds its people, laboratories and topics.
. "$(dirname "$0")/lib.sh"

"$LEAKGEN" --people 6000 --seed 7 --truth "$work/truth" -o "$work/leak.csv"
run 0 "$TOCSIN" scan --json --clusters "$work/clusters" "$work/leak.csv"
json=$work/out

is schema "$(jq -r .schema "$json")" tocsin.scan/1
is records "$(jq '.documents[0].records' "$json")" \
	"$(wc -l <"$work/truth/rows.tsv")"
near people "$(jq .people.count "$json")" 6000 10
jq -e '.people.low <= 6000 and .people.high >= 6000' "$json" >/dev/null ||
	fail "the interval does not hold the truth: $(jq -c .people "$json")"
is sha256 "$(jq -r '.documents[0].sha256' "$json")" \
	"$(sha256sum "$work/leak.csv" | cut -d' ' -f1)"
is charset "$(jq -r '.documents[0].charset' "$json")" ISO-8859-1
is delimiter "$(jq -r '.documents[0].format.delimiter' "$json")" ';'

# Exactly the laboratories that are in it, none else.
jq -r '.organisations[].id' "$json" | sort >"$work/got"
awk -F'\t' '$4 > 0 { print $1 }' "$work/truth/laboratories.tsv" |
	sort >"$work/want"
cmp -s "$work/got" "$work/want" || fail "laboratories differ"

# Every record that is about somebody has a person, and a number each.
is "lines of clusters" "$(wc -l <"$work/clusters")" \
	"$(($(wc -l <"$work/truth/rows.tsv") + 1))"

# Severity of the model case.
is band "$(jq -r .severity.band "$json")" "very high"
is score "$(jq ".severity.score == 5" "$json")" true
is unread "$(jq .coverage.unread "$json")" 0
is read "$(jq .coverage.bytes_read "$json")" "$(wc -c <"$work/leak.csv")"
done_testing
