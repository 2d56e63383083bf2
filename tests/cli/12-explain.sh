# Goal: explain says what is accepted, what checks it, and what counts as said.
. "$(dirname "$0")/lib.sh"
cd "$work"

# beyond_80 FILE: lines of more than 80 characters, which may be of two bytes.
beyond_80() {
	tr -d '\200-\277' <"$1" | awk 'length > 80' | wc -l
}

run 0 "$TOCSIN" explain fr.nir
holds title '^fr\.nir: social-security number$' out
holds accepted '^accepted +15 characters' out
holds check '^check +97 - ' out
holds chance '^by chance +1 in [0-9,]+ random' out
holds column '^in a column +of [0-9,]+ values, [0-9,]+ would pass' out
holds prose '^in prose ' out
holds header '^headers! +NIR,' out
holds source '^source +INSEE' out
is "long lines" "$(beyond_80 out)" 0

# The chance is that of the registry.
one_in=$("$TOCSIN" kinds --json | jq '.kinds[] | select(.kind == "fr.nir").one_in')
holds "one in" "1 in $one_in random" out

run 0 "$TOCSIN" explain --lang fr fr.nir
holds "French" '^accepté +15 caractères' out
run 0 "$TOCSIN" explain sex
holds "no check" 'any text of this shape passes' out

run 0 "$TOCSIN" explain --json fr.nir
is schema "$(jq -r .schema out)" tocsin.explain/1
is kind "$(jq -r .kind out)" fr.nir
is one_in "$(jq .one_in out)" "$one_in"
jq -e '.headers[] | select(.words == "NIR").strength == 3' out >/dev/null ||
	fail "the header NIR"
jq -e '.near | length > 0' out >/dev/null || fail "no words near"

# Every kind and every topic that a scan can name is explained.
"$TOCSIN" kinds --json | jq -r '.kinds[].kind' >names
printf '%s\n' hiv pregnancy abortion hepatitis sti addiction psychiatry \
	oncology diabetes thyroid fertility genetics disability violence >>names
while IFS= read -r name; do
	for lang in en fr; do
		run 0 "$TOCSIN" explain "$name" --lang $lang
		[ ! -s err ] || fail "$name: $(cat err)"
		is "long lines of $name" \
			"$(beyond_80 out)" 0
	done
	run 0 "$TOCSIN" explain "$name" --json
	jq -e '.kind // .topic' out >/dev/null || fail "$name: no JSON"
done <names

run 0 "$TOCSIN" explain hiv
holds topic '^hiv: HIV$' out
holds "an example" '^tested +HIV negative$' out
run 0 "$TOCSIN" explain hiv --json
is "senses" "$(jq -r '[.examples[].sense] | unique | join(" ")' out)" \
	"other said tested"

run 2 "$TOCSIN" explain
run 2 "$TOCSIN" explain fr.nir phone
run 2 "$TOCSIN" explain nonsense
holds nonsense '^hint: tocsin kinds lists' err
run 2 "$TOCSIN" explain person 12
holds person '^error: a person cannot be explained yet' err
run 2 "$TOCSIN" explain 3
holds "which file" '^error: a column of which file' err
run 2 "$TOCSIN" explain fr.nir --in names
holds "a kind in a file" '^error: --in needs the number' err
done_testing
