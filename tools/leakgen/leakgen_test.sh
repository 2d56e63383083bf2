#!/bin/sh
# Goal: a leak is right, the same for one seed, and its people do not depend
# on how it is written.
# usage: leakgen_test.sh LEAKGEN LEAKGEN_CHECK
set -eu
gen=$1
check=$2
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

ok() { # ok SENTENCE COMMAND...
	sentence=$1
	shift
	if "$@" >"$dir/out" 2>&1; then
		echo "ok: $sentence"
	else
		echo "not ok: $sentence"
		sed 's/^/  /' "$dir/out"
		failed=1
	fi
}

same_people() { # same_people NAME OPTION...
	name=$1
	shift
	rm -rf "${dir:?}/$name"
	"$gen" --people 3000 --truth "$dir/$name" -o "$dir/$name.csv" "$@"
	cmp "$dir/base/rows.tsv" "$dir/$name/rows.tsv" &&
		cmp "$dir/base/people.tsv" "$dir/$name/people.tsv" &&
		cmp "$dir/base/laboratories.tsv" "$dir/$name/laboratories.tsv"
}

reads_like_base() { # reads_like_base DELIMITER OPTION...
	delimiter=$1
	shift
	rm -rf "$dir/d"
	"$gen" --people 3000 --charset utf8 --style snake \
		--truth "$dir/d" "$@" >"$dir/d.csv"
	[ "$("$check" "$delimiter" "$dir/d" <"$dir/d.csv")" = "$base" ]
}

# The columns that messages are held to. Line ends in comments are blanks; both
# lines of the address stand in one cell, and so do all phones.
message_rows() {
	columns=finess_labo,nom_usuel,nom_naissance,prenom,date_naissance,sexe
	columns=$columns,num_secu,adresse,complement_adresse,ville,tel_domicile
	columns=$columns,tel_portable,tel_autre,email,rpps_medecin,analyses
	columns=$columns,commentaire_patient,renseignements_cliniques
	columns=$columns,commentaire_dossier
	"$gen" --people 1000 --charset utf8 --delimiter tab --quote none \
		--header no --columns $columns "$@" |
		awk -F '\t' -v OFS='\t' '{
			for (i = 11; i <= 13; i++)
				if ($i != "") phones = phones " " $i
			$8 = $8 ($8 != "" && $9 != "" ? " " : "") $9
			$9 = $10; $10 = phones; phones = ""
			for (i = 11; i <= 16; i++) $i = $(i + 3)
			NF = 16; print }'
}

from_hl7() {
	tr '\r' '\n' | awk -v format=hl7 -f "$here/segments_test.awk"
}

from_hprim() {
	tr -d '\r' | awk -v format=hprim -f "$here/segments_test.awk"
}

from_fhir() {
	jq -r --slurp -f "$here/fhir_test.jq"
}

reads_like_csv() { # reads_like_csv FORMAT OPTION...
	format=$1
	shift
	rm -rf "$dir/m" "$dir/c"
	"$gen" --people 1000 --charset utf8 --format "$format" \
		--truth "$dir/m" "$@" >"$dir/messages"
	"from_$format" <"$dir/messages" >"$dir/rows"
	message_rows --truth "$dir/c" "$@" >"$dir/want"
	[ -s "$dir/rows" ] && cmp "$dir/rows" "$dir/want" || return 1
	for f in rows people laboratories topics; do
		cmp "$dir/m/$f.tsv" "$dir/c/$f.tsv" || return 1
	done
}

# mysqldump begins a new INSERT after about a megabyte.
inserts_are_long() {
	"$gen" --people 3000 --format mysql | awk '/^INSERT/ {
			# All but the last are full.
			if (length > 1100000 || (n++ && last < 1000000)) bad = 1
			last = length }
		END { exit !(n > 2 && !bad) }'
}

# What a format has no place for is no column of the truth either.
truth_has_places_only() {
	"$gen" --people 300 --format fhir --truth "$dir/f" >"$dir/f.ndjson"
	grep -q 'fr.nir' "$dir/f/columns.tsv" &&
		! grep -q 'iban\|montant' "$dir/f/columns.tsv"
}

converts() { # converts OUR-NAME ICONV-NAME
	"$gen" --people 500 --charset "$1" | iconv -f "$2" -t UTF-8 >"$dir/a"
	"$gen" --people 500 --charset utf8 >"$dir/b"
	cmp "$dir/a" "$dir/b"
}

# Latin-1 and cp850 have no oe ligature: two letters stand for it.
converts_but_ligatures() {
	"$gen" --people 500 --charset "$1" | iconv -f "$2" -t UTF-8 >"$dir/a"
	"$gen" --people 500 --charset utf8 | sed 's/œ/oe/g; s/Œ/OE/g' >"$dir/b"
	cmp "$dir/a" "$dir/b"
}

refused() { # refused OPTION...: exit 2, one error: line, one hint: line
	status=0
	"$gen" "$@" >"$dir/o" 2>"$dir/e" || status=$?
	[ "$status" = 2 ] && [ ! -s "$dir/o" ] &&
		[ "$(grep -c '^error: ' "$dir/e")" = 1 ] &&
		[ "$(grep -c '^hint: ' "$dir/e")" = 1 ] &&
		[ "$(wc -l <"$dir/e")" = 2 ]
}

same_bytes() {
	"$gen" --people 3000 --seed 7 >"$dir/a"
	"$gen" --people 3000 --seed 7 >"$dir/b"
	cmp "$dir/a" "$dir/b"
}

other_seed() {
	"$gen" --people 3000 --seed 8 >"$dir/b"
	! cmp -s "$dir/a" "$dir/b"
}

# Nothing of a row changes when they are shuffled, and its person goes along.
shuffled() {
	"$gen" --people 3000 --quote none --header no --truth "$dir/s0" \
		-o "$dir/s0.csv"
	"$gen" --people 3000 --quote none --header no --truth "$dir/s1" \
		--shuffle 5 -o "$dir/s1.csv"
	! cmp -s "$dir/s0.csv" "$dir/s1.csv" || return 1
	for i in s0 s1; do
		cut -f2 "$dir/$i/rows.tsv" | paste -d '\t' - "$dir/$i.csv" |
			LC_ALL=C sort >"$dir/$i.sorted"
		LC_ALL=C sort "$dir/$i/people.tsv" >"$dir/$i.people"
		cut -f2- "$dir/$i/notes.tsv" | LC_ALL=C sort >"$dir/$i.notes"
	done
	cmp "$dir/s0.sorted" "$dir/s1.sorted" &&
		cmp "$dir/s0.people" "$dir/s1.people" &&
		cmp "$dir/s0.notes" "$dir/s1.notes"
}

# A topic that a note asserts stands where notes.tsv says.
notes_are_where_they_say() {
	"$gen" --people 3000 --quote none --style snake --charset utf8 \
		--header no --delimiter tab --truth "$dir/n" -o "$dir/n.csv"
	awk -F '\t' 'NR == FNR { if ($3 == "diabetes" && $4 == "asserted")
			want[$1] = $2 + 1; next }
		(FNR - 1) in want { n++
			if (tolower($want[FNR - 1]) ~ \
			    /diab|dnid|did |insulin|ald 8|dt1|dt2/) hit++ }
		END { exit !(n > 10 && hit == n) }' "$dir/n/notes.tsv" "$dir/n.csv"
}

rows_exactly() {
	"$gen" --rows "$1" --quote none --header no --truth "$dir/r" \
		-o "$dir/r.csv"
	[ "$(wc -l <"$dir/r.csv")" = "$1" ] &&
		[ "$(wc -l <"$dir/r/rows.tsv")" = "$1" ]
}

without_nir() {
	"$gen" --people 2000 --style snake --without fr.nir --truth "$dir/w" \
		-o "$dir/w.csv"
	! head -n 1 "$dir/w.csv" | grep -q num_secu &&
		! grep -q fr.nir "$dir/w/columns.tsv"
}

preset_nonir() {
	"$gen" --people 2000 --preset nonir --style snake --header no \
		--columns num_secu | grep -q '[0-9]' && return 1
	return 0
}

# In the preset without contact points no phone and no e-mail has two people.
preset_none() {
	"$gen" --people 20000 --preset none --header no --truth "$dir/p" \
		--columns tel_domicile,email --quote none -o "$dir/p.csv"
	for column in 1 2; do
		cut -d ';' -f $column "$dir/p.csv" | tr 'A-Z' 'a-z' |
			sed 's/[ .-]//g; s/^+33//; s/^0033//; s/^0//' |
			paste -d ' ' - "$dir/p/rows.tsv" |
			awk -F '[ \t]' '$1 != "" {
				n++
				if ($1 in of && of[$1] != $3) bad++
				of[$1] = $3 }
			END { exit !(n > 5000 && bad <= n / 1000) }' || return 1
	done
}

"$gen" --people 3000 --charset utf8 --style snake --truth "$dir/base" \
	-o "$dir/base.csv"
base=$("$check" ';' "$dir/base" <"$dir/base.csv") || failed=1
echo "base: $base"

ok "the base leak agrees with its truth" [ -n "$base" ]
# Changes whenever the made-up people do; compilers and machines must agree.
ok "every compiler makes the same people" \
	[ "${base%% *}" = e4d947f1d43206fd ]
ok "one seed makes the same bytes" same_bytes
ok "another seed makes others" other_seed
for style in verbose accents cryptic short english english_snake snake camel \
	upper prefixed meaningless none; do
	ok "the style $style changes no people" same_people t --style $style
done
for charset in latin1 utf8-bom utf16le utf16le-bom utf16be utf32le cp1252 \
	cp850 macroman latin9; do
	ok "the charset $charset changes no people" \
		same_people t --charset $charset
done
ok "the order of columns changes no people" same_people t --order 3
ok "fewer columns change no people" same_people t --columns prenom,ville
ok "quotes everywhere read like quotes where needed" \
	reads_like_base ';' --quote all
ok "commas read like semicolons" reads_like_base , --delimiter ,
ok "bars read like semicolons" reads_like_base '|' --delimiter '|'
ok "tabs read like semicolons" reads_like_base "$(printf '\t')" --delimiter tab
ok "CRLF reads like LF" reads_like_base ';' --newline crlf
for format in mysql postgres mssql json ndjson; do
	ok "the format $format reads like CSV" \
		reads_like_base $format --format $format
	ok "the format $format changes no people" \
		same_people t --charset utf8 --format $format
done
ok "INSERTs have about a megabyte" inserts_are_long
ok "a column without a place is not in the truth" truth_has_places_only
for format in hl7 hprim fhir; do
	ok "the format $format reads like CSV" reads_like_csv $format
	ok "the format $format reads like CSV when shuffled" \
		reads_like_csv $format --shuffle 3
done
ok "UTF-16LE converts" converts utf16le UTF-16LE
ok "UTF-16BE converts" converts utf16be UTF-16BE
ok "UTF-32LE converts" converts utf32le UTF-32LE
ok "UTF-16LE with its mark converts" converts utf16le-bom UTF-16
ok "windows-1252 converts" converts cp1252 CP1252
ok "Latin-9 converts" converts latin9 ISO-8859-15
ok "MacRoman converts" converts macroman MACINTOSH
ok "Latin-1 converts" converts_but_ligatures latin1 ISO-8859-1
ok "cp850 converts" converts_but_ligatures cp850 CP850
ok "rows are shuffled with their people" shuffled
ok "notes are where the truth says" notes_are_where_they_say
ok "200 rows are 200 rows" rows_exactly 200
ok "1 row is 1 row" rows_exactly 1
ok "30000 rows are 30000 rows" rows_exactly 30000
ok "a kind can be left out" without_nir
ok "the preset nonir has no NIR" preset_nonir
ok "the preset none shares no contact point" preset_none
for preset in default none insured hard twins carehomes movers nonir; do
	"$gen" --people 2000 --preset $preset --charset utf8 --style snake \
		--truth "$dir/q" -o "$dir/q.csv"
	ok "the preset $preset agrees with its truth" \
		sh -c '"$1" ";" "$2/q" <"$2/q.csv"' - "$check" "$dir"
done
ok "an unknown option is refused" refused --frobnicate
ok "an unknown preset is refused" refused --preset nobody
ok "an unknown format is refused" refused --format dbase
ok "an option of CSV is refused elsewhere" refused --format json --quote all
ok "columns without names are refused in SQL" refused --format mysql --style none
ok "a charset that a format lacks is refused" \
	refused --format postgres --charset cp850
ok "a format with a place for no column is refused" \
	refused --format hl7 --columns iban,montant
ok "an unknown charset is refused" refused --charset ebcdic
ok "an unknown column is refused" refused --columns nom_usuel,nothing
ok "an unknown kind is refused" refused --without us.ssn
ok "a missing value is refused" refused --seed
ok "a bad number is refused" refused --people 12x
ok "zero rows are refused" refused --rows 0
ok "people and rows together are refused" refused --rows 10 --people 10
ok "too many rows to shuffle are refused" refused --rows 6000000 --shuffle 1
ok "--help prints the options" "$gen" --help
exit $failed
