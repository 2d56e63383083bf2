# Goal: exit statuses are what the manual says.
. "$(dirname "$0")/lib.sh"
cd "$work"

"$LEAKGEN" --people 400 --seed 4 -o a.csv
echo 'nothing to see here' >plain.txt
run 1 "$TOCSIN" scan --fail-on people a.csv
run 1 "$TOCSIN" scan --fail-on special a.csv
run 0 "$TOCSIN" scan --fail-on people plain.txt
run 0 "$TOCSIN" scan --fail-on special plain.txt
run 2 "$TOCSIN" scan --fail-on nonsense plain.txt
run 2 "$TOCSIN" scan --jobs many plain.txt

# French when asked, whatever the environment.
run 0 "$TOCSIN" scan --lang fr a.csv
holds french 'personnes' out
run 0 env LANG=fr_FR.UTF-8 LC_ALL= "$TOCSIN" scan a.csv
holds "french by LANG" 'personnes' out
run 0 env LC_ALL=fr_FR.UTF-8 "$TOCSIN" scan --lang en a.csv
holds english ' people ' out

# An interrupt keeps what was done, and says so.
"$LEAKGEN" --people 200000 --seed 4 -o big.csv
"$TOCSIN" scan --json big.csv >out 2>err &
pid=$!
sleep 1
kill -INT $pid
status=0
wait $pid || status=$?
is "exit status after an interrupt" $status 130
is interrupted "$(jq .interrupted out)" true

# A full disk under the output is no success.
if [ -e /dev/full ]; then
	got=0
	"$TOCSIN" kinds >/dev/full 2>err || got=$?
	is "writing to a full device" $got 70
fi
done_testing
