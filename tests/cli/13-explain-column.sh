# Goal: explain says why a column of a file is held to be what it is.
. "$(dirname "$0")/lib.sh"
cd "$work"

marker=TOCSINMARKER41
"$LEAKGEN" --people 800 --seed 5 -o leak.csv
run 0 "$TOCSIN" inspect --json leak.csv
cp out inspected
n=$(jq '.documents[0].columns | length' inspected)

# What inspect has of a column is what explain has.
for i in 1 2 3 $((n / 2)) "$n"; do
	run 0 "$TOCSIN" explain "$i" --in leak.csv --json
	is "number" "$(jq .number out)" "$i"
	is "path" "$(jq -r .path out)" leak.csv
	is "column $i" "$(jq -c .column out)" \
		"$(jq -c ".documents[0].columns[$i - 1]" inspected)"
done

nir=$(jq '[.documents[0].columns[].kind] | index("fr.nir") + 1' inspected)
run 0 "$TOCSIN" explain "$nir" --in leak.csv
holds heading "^leak\.csv, column $nir: .* \(patient, [0-9]+ %\)$" out
holds kind '^fr\.nir: social-security number$' out
holds why '^why +the header says so; check digits right in' out
holds sample '^sample +[0-9,]+ rows, of these [0-9,]+ filled$' out
run 0 "$TOCSIN" explain "$nir" --in leak.csv --lang fr
holds "French" "^pourquoi +l'en-tête le dit" out
run 0 "$TOCSIN" explain "$nir" --in - <leak.csv
holds "standard input" "^-, column $nir: " out

# Nothing of the file is shown: neither cells nor headers that we do not know.
{
	echo "${marker}A;${marker}B"
	i=0
	while [ $i -lt 40 ]; do
		echo "${marker}C$i;$marker$i@exemple.fr"
		i=$((i + 1))
	done
} >marked.csv
for i in 1 2; do
	run 0 "$TOCSIN" explain $i --in marked.csv
	cat out err >>seen
	run 0 "$TOCSIN" explain $i --in marked.csv --json
	cat out err >>seen
done
holds "an unknown header" 'column 2: column 2 ' seen
is "markers seen" "$(grep -c $marker seen)" 0

# Numbers that are none of its columns.
for i in 0 "$((n + 1))" 999999999; do
	run 2 "$TOCSIN" explain "$i" --in leak.csv
	holds "column $i" "^hint: this document has $n columns$" err
done
run 2 "$TOCSIN" explain 99999999999999999999 --in leak.csv
echo 'nothing but a sentence.' >plain.txt
run 2 "$TOCSIN" explain 1 --in plain.txt
: >empty
run 2 "$TOCSIN" explain 1 --in empty

# What cannot be read is told.
run 3 "$TOCSIN" explain 1 --in missing.csv
holds missing '^error: no such file$' err
printf 'PK\003\004\024\000\000\000\000\000aaaaaaaaaaaaaaaaaaaaa' >a.zip
run 3 "$TOCSIN" explain 1 --in a.zip
holds zip '^error: damaged' err
mkdir many
cp leak.csv many/a
cp marked.csv many/b
run 2 "$TOCSIN" explain 1 --in many
holds "a folder" '^error: --in takes one file$' err

# A name that is hostile to terminals and to JSON.
bad=$(printf 'a\033[31m\377.csv')
cp leak.csv "$bad"
run 0 "$TOCSIN" explain 1 --in "$bad"
is "escapes shown" "$(tr -cd '\033' <out | wc -c)" 0
run 0 "$TOCSIN" explain 1 --in "$bad" --json
jq -e .path out >/dev/null || fail "JSON of a hostile name"
done_testing
