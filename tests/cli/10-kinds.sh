# Goal: kinds lists every kind once, for people, terminals and programs.
. "$(dirname "$0")/lib.sh"
cd "$work"

# beyond_80 FILE: lines of more than 80 characters, which may be of two bytes.
beyond_80() {
	tr -d '\200-\277' <"$1" | awk 'length > 80' | wc -l
}

run 0 "$TOCSIN" kinds --json
is schema "$(jq -r .schema out)" tocsin.kinds/1
is "each once" "$(jq -r '.kinds[].kind' out | sort | uniq -d)" ""
jq -r '.kinds[].kind' out >names
for kind in fr.nir fr.rpps fr.finess fr.siret iban phone email birth-date \
	name.family name.given address.postcode health.note credential.hash; do
	grep -qxF "$kind" names || fail "no kind $kind"
done
is "a French kind" "$(jq -r '.kinds[] | select(.kind == "fr.nir").country' out)" FR
is "a kind of everywhere" \
	"$(jq -c '.kinds[] | select(.kind == "email").country' out)" null
jq -e 'all(.kinds[]; .title.en and .title.fr and .accepts and .check and
	.source and .one_in >= 1 and (.identifies | type == "boolean"))' out \
	>/dev/null || fail "a kind is not whole"

# The table has a head and one line a kind, in the same order.
run 0 "$TOCSIN" kinds
holds head '^kind +country +what +check +1 in  source$' out
tail -n +2 out | cut -d' ' -f1 | cmp -s - names || fail "names of the table"
is "what checks a NIR" "$(awk '$1 == "fr.nir" { print $5, $6 }' out)" "modulo 97"

run 0 "$TOCSIN" kinds --lang fr
holds "French head" '^genre +pays +quoi' out
holds "French title" '^fr.nir +FR +numéro de sécurité sociale' out

# JSON is the same in both languages.
"$TOCSIN" kinds --json --lang en >en
"$TOCSIN" kinds --json --lang fr >fr
cmp -s en fr || fail "JSON depends on the language"

# On a narrow terminal no line is longer than it.
if command -v script >/dev/null; then
	script -qec "stty cols 80; '$TOCSIN' kinds" /dev/null </dev/null |
		tr -d '\r' >narrow
	is "lines beyond 80 columns" \
		"$(beyond_80 narrow)" 0
	is "lines of a narrow terminal" "$(wc -l <narrow)" \
		"$((2 * $(wc -l <names) + 2))"
else
	echo "skipped: a narrow terminal (no script)"
fi

run 2 "$TOCSIN" kinds fr.nir
holds argument '^error: kinds takes no argument' err
run 2 "$TOCSIN" kinds --test nir
holds "a near name" '^hint: is it one of these\? fr\.nir$' err
run 2 "$TOCSIN" kinds --test emial
holds "a misspelt name" '^hint: .*email' err
run 2 "$TOCSIN" kinds --test qqqqqqqqqqqq
holds "no near name" '^hint: tocsin kinds lists' err
run 2 "$TOCSIN" kinds --test ''
run 2 "$TOCSIN" kinds --test phone --json
done_testing
