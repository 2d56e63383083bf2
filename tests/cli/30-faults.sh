# Goal: whatever call fails, is cut short or kills its worker, a run ends by
# itself, says what is missing, and calls nothing clean that is not.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../fault/fault.sh"
FAULT_SECONDS=90 # more than a worker may take to be ready
. "$(dirname "$0")/../fault/sweep.sh"

mkdir "$work/in"
"$LEAKGEN" --people 60 --seed 5 -o "$work/in/a.csv"
{
	echo 'Bonjour, votre dossier est pret. Contact : marie@exemple.fr.'
	echo
	echo 'Telephone 06 12 34 56 78, le lundi.'
} >"$work/in/b.txt"
scan="$TOCSIN scan --json --jobs 1 --findings $work/found"

sweep folder "parent read digest" $scan --no-people "$work/in"
sweep people people $scan "$work/in/a.csv"
stdin=$work/in/a.csv
sweep stream parent $scan --no-people -
if command -v bsdtar >/dev/null; then
	stdin=/dev/null
	(cd "$work/in" && bsdtar -c --format zip -f ../x.zip a.csv b.txt)
	sweep archive "parent unpack" $scan --no-people "$work/x.zip"
fi
"$LEAKGEN" --people 60 --seed 5 --format ndjson -o "$work/x.ndjson"
sweep tables unpack $scan --no-people "$work/x.ndjson"
# In the long run also over ranges of one file, read by two workers.
if [ "$each" = 0 ]; then
	each=20
	"$LEAKGEN" --people 14000 --seed 5 -o "$work/ranges.csv"
	sweep ranges "parent read digest" $scan --no-people --jobs 2 \
		"$work/ranges.csv"
fi
[ "$runs" -ge 100 ] || fail "only $runs runs"
echo "$runs runs"
done_testing
