# Goal: no value of the input is written anywhere: every field carries a unique
# marker, and none is found in any byte that any command writes, plain or in
# base64, hexadecimal or UTF-16.
. "$(dirname "$0")/lib.sh"

mark() { # N: a marker that looks like nothing else
	printf 'ZQX%05dJKV' "$1"
}

# A table with headers, one without, and prose; cells that look like the kinds
# and cells that do not.
table() { # FIRST HEADER
	n=$1
	if [ "$2" = yes ]; then
		echo "nom;prenom;email;telephone;$(mark $((n + 1)));commentaire"
	fi
	i=0
	while [ $i -lt 60 ]; do
		b=$((n + 10 + i * 6))
		printf '%s;%s;%s@%s.fr;0612%06d;%s;"note %s ""%s"" VIH"\n' \
			"$(mark $b)" "$(mark $((b + 1)))" "$(mark $((b + 2)))" \
			"$(mark $((b + 3)))" $b "$(mark $((b + 4)))" \
			"$(mark $((b + 5)))" "$(mark $((b + 5)))"
		i=$((i + 1))
	done
}
table 1000 yes >"$work/with.csv"
table 2000 no >"$work/without.csv"
{
	i=0
	while [ $i -lt 40 ]; do
		echo "Patient : $(mark $((3000 + i))) $(mark $((3100 + i))), joint au"
		echo "courriel $(mark $((3200 + i)))@exemple.fr"
		echo "$(mark $((3300 + i)))@exemple.fr:$(mark $((3400 + i)))"
		echo
		i=$((i + 1))
	done
} >"$work/prose.txt"
printf '"%s;never closed\n%s;b\n' "$(mark 4000)" "$(mark 4001)" >"$work/bad.csv"

mkdir "$work/written"
w=$work/written
inputs="$work/with.csv $work/without.csv $work/prose.txt $work/bad.csv"
for lang in en fr; do
	for cmd in "scan" "scan --json" "scan --no-people" "people" \
		"people --json" "inspect" "inspect --json"; do
		name=$(echo "$cmd-$lang" | tr ' ' _)
		"$TOCSIN" $cmd --lang $lang $inputs >"$w/$name.out" \
			2>"$w/$name.err" || true
	done
done
"$TOCSIN" scan --findings "$w/findings" --clusters "$w/clusters" \
	--threshold 1 $inputs >"$w/all.out" 2>"$w/all.err" || true
"$TOCSIN" explain 3 --in "$work/with.csv" >"$w/explain.out" 2>&1 || true
cat "$work/with.csv" | "$TOCSIN" scan - >"$w/stdin.out" 2>&1 || true
[ -s "$w/findings" ] || fail "no findings: the test tests nothing"

# The stem of all markers, in every coding; base64 has three phases.
patterns=$work/patterns
{
	echo ZQX
	echo zqx
	echo 5a5158
	echo 5A5158
	printf 'Z\000Q\000X' | od -An -tx1 | tr -d ' \n'
	echo
	printf 'ZQX0' | base64 | cut -c1-5
	printf 'aZQX0' | base64 | cut -c3-6
	printf 'aaZQX0' | base64 | cut -c4-7
} >"$patterns"
for f in $(find "$w" "$work/home" "$work/tmp" -type f); do
	# UTF-16: without its zero bytes the text is plain.
	for view in "cat" "tr -d \\000"; do
		$view <"$f" >"$work/view" 2>/dev/null || $view "$f" >"$work/view"
		while read -r p; do
			if grep -aqF "$p" "$work/view"; then
				fail "$(basename "$f") holds a marker ($p)"
			fi
		done <"$patterns"
	done
done
done_testing
