# Goal: the same leak gives the same people, laboratories and topics whatever
# format it is in, and in an archive or not; what is cut or flipped is said.
. "$(dirname "$0")/lib.sh"
cd "$work"
"$LEAKGEN" --people 800 --seed 3 -o leak.csv
"$TOCSIN" scan --json leak.csv >plain
people=$(jq .people.count plain)
rows=$(jq '.documents[0].records' plain)
holders='[.organisations[] | [.id, .people]]'

# tells NAME FILE STATUS
tells() {
	run "$3" "$TOCSIN" scan --json "$2"
	near "$1: people" "$(jq .people.count out)" "$people" 3
	is "$1: laboratories" "$(jq -c '[.organisations[].id]' out)" \
		"$(jq -c '[.organisations[].id]' plain)"
}

for f in mysql postgres mssql json ndjson hl7 fhir hprim; do
	"$LEAKGEN" --people 800 --seed 3 --format $f -o leak.$f
	tells $f leak.$f 0
	[ $f = fhir ] || is "$f: records" \
		"$(jq '[.documents[].records] | add' out)" "$rows"
	is "$f: the table lies in it" "$(jq -r '.documents[1].container' out)" \
		"leak.$f"
	gzip -c leak.$f >packed
	tells "$f, packed" packed 0
	is "$f, packed: how deep" "$(jq -r '.documents[2].container' out)" \
		'packed!/data'
done
is "names of formats" "$(for f in mysql postgres mssql json ndjson hl7 fhir hprim; do
	"$TOCSIN" inspect --json leak.$f | jq -r '.documents[0].format.name'
done | tr '\n' ' ')" \
	'mysql-dump pg-dump sql json ndjson hl7v2 fhir-ndjson hprim '

# A name of a table may be somebody's address.
printf '{"marie@exemple.fr":[{"nom":"DURAND"},{"nom":"PETIT"},{"nom":"ROUX"}]}\n' \
	>named.json
run 0 "$TOCSIN" scan --json named.json
grep -q 'marie@' out && fail "the name of a table is printed"
is "a table without a name" "$(jq -r '.documents[1].path' out)" \
	'named.json!/table 1'

# A part of the file: what stands before the cut is read. The status is that
# of what can be known: a line that ends is no cut.
for f in mysql json ndjson hl7; do
	head -c $(($(wc -c <leak.$f) * 2 / 3)) leak.$f >cut
	got=0
	"$TOCSIN" scan --json cut >out 2>err || got=$?
	case $got in
	0 | 3) ;;
	*) fail "cut $f: status $got" ;;
	esac
	[ "$(jq '[.documents[].records] | add' out)" -gt $((rows / 2)) ] ||
		fail "cut $f: $(jq '[.documents[].records] | add' out) records"
done

# What only looks like one is read as text.
printf 'MSH is how a message begins.\nEcrire a marie@exemple.fr.\n' >note.txt
run 0 "$TOCSIN" scan --json note.txt
is "no message" "$(jq -c '[(.documents | length), (.kinds | length)]' out)" '[1,1]'
printf '{ "a": \n "write to marie@exemple.fr"\n' >half.json
run 0 "$TOCSIN" scan --json half.json
is "half a record" "$(jq '[.kinds[] | select(.kind == "email")] | length' out)" 1
done_testing
