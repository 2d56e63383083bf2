# Goal: the examples that the manual shows first can be copied and run.
. "$(dirname "$0")/lib.sh"
cd "$work"

# Whatever the examples name is there.
"$LEAKGEN" --people 300 --seed 6 -o leak.csv
cp leak.csv part1.csv
"$LEAKGEN" --people 300 --seed 8 -o part2.csv
gzip -k leak.csv
mkdir trove bin
cp part1.csv part2.csv trove
ln -s "$TOCSIN" bin/tocsin
PATH="$work/bin:$PATH"
TOCSIN_KEYS=$work/keys
export PATH TOCSIN_KEYS

protected=0
"$TOCSIN" doctor >/dev/null || protected=$?
ran=0
for page in "$ROOT"/man/tocsin*.1; do
	name=$(basename "$page" .1)
	# Completions are written into the shell's own places.
	[ "$name" != tocsin-completion ] || continue
	sed -n '/^\.Sh QUICK START/,/^\.Sh DESCRIPTION/p' "$page" |
		sed -n '/^\.Bd/,/^\.Ed/p' | grep -v '^\.' |
		sed "s/\\\\-/-/g; s/\\\\(aq/'/g; s/\\\\e/\\\\/g" >examples
	is "examples of $name" "$([ "$(wc -l <examples)" -ge 3 ] && echo three)" three
	while IFS= read -r line; do
		got=0
		sh -c "$line" >out 2>err </dev/null || got=$?
		case $line in
		*--fail-on*) want=1 ;;
		'tocsin doctor') want=$protected ;;
		*) want=0 ;;
		esac
		is "$line" $got $want
		# A summary is quiet only where another command reads it.
		[ -s out ] || fail "$line: prints nothing"
		ran=$((ran + 1))
	done <examples
done
[ $ran -ge 20 ] || fail "only $ran examples were found"
jq -es 'length > 0' found.ndjson >/dev/null || fail "found.ndjson"
head -n 1 clusters.tsv | grep -q 'document.record.person' || fail clusters.tsv
done_testing
