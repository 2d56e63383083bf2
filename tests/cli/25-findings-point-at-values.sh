# Goal: --findings gives places and kinds, no values, and the places are right:
# cut from the file, the values pass the test of their kind.
. "$(dirname "$0")/lib.sh"
cd "$work"

"$LEAKGEN" --people 300 --seed 4 -o a.csv
run 0 "$TOCSIN" scan --findings found --no-people a.csv
jq -e . found >/dev/null || fail "findings are no JSON"
for kind in email fr.nir fr.rpps iban fr.finess; do
	jq -r "select(.kind == \"$kind\" and .score > 0.9) |
		\"\(.offset) \(.length)\"" found | head -n 40 >places
	n=$(wc -l <places)
	[ "$n" -gt 0 ] || fail "no $kind"
	while read -r at len; do
		tail -c +$((at + 1)) a.csv | head -c "$len"
		echo
	done <places >values
	is "$kind at its places" \
		"$("$TOCSIN" kinds --test "$kind" <values | grep -c valid)" "$n"
done
done_testing
