# Goal: the same records give the same result: with one worker or two, with
# and without vector instructions, from a file or from standard input, and in another order but for what the manual
# lists as depending on it.
. "$(dirname "$0")/lib.sh"

"$LEAKGEN" --people 30000 --seed 3 --truth "$work/t1" -o "$work/a.csv"
"$LEAKGEN" --people 30000 --seed 3 --shuffle 5 --truth "$work/t2" -o "$work/b.csv"
cmp -s "$work/a.csv" "$work/b.csv" && fail "the rows were not shuffled"

any='del(.elapsed_s, .peak_bytes, .documents[].path)'
sample='del(.documents[].charset_evidence, .documents[].format.confidence,
	.documents[].format.evidence, .documents[].columns[].why,
	.documents[].columns[].confidence)'

"$TOCSIN" scan --json --jobs 1 "$work/a.csv" | jq "$any" >"$work/one"
"$TOCSIN" scan --json --jobs 2 "$work/a.csv" | jq "$any" >"$work/two"
"$TOCSIN" scan --json --jobs 3 - <"$work/a.csv" | jq "$any" >"$work/stdin"
cmp "$work/one" "$work/two" || fail "one worker and two differ"
for simd in none avx2 avx512; do
	"$TOCSIN" scan --json --simd $simd --findings "$work/found.$simd" "$work/a.csv" |
		jq "$any" >"$work/simd"
	cmp "$work/one" "$work/simd" || fail "$simd differs"
	cmp "$work/found.none" "$work/found.$simd" || fail "findings of $simd differ"
done
"$TOCSIN" scan --simd wide "$work/a.csv" 2>/dev/null && fail "a width that is none"
jq "$sample" "$work/one" >"$work/one.x"
jq "$sample" "$work/stdin" >"$work/stdin.x"
cmp "$work/one.x" "$work/stdin.x" || fail "file and standard input differ"

"$TOCSIN" scan --json "$work/a.csv" | jq "$any | $sample | del(.documents[].sha256)" \
	>"$work/a.json"
"$TOCSIN" scan --json "$work/b.csv" | jq "$any | $sample | del(.documents[].sha256)" \
	>"$work/b.json"
cmp "$work/a.json" "$work/b.json" || {
	fail "shuffled rows differ"
	diff "$work/a.json" "$work/b.json" | head -n 20
}
done_testing
