# Goal: whoever steals a case, finished or under way, finds no value of the leak
# in it, in no form that needs no key; and once the key is destroyed the case
# opens for nobody. STOLEN_PEOPLE=491840 is the long mode.
. "$(dirname "$0")/lib.sh"
cd "$work"
export TOCSIN_KEYS="$work/keys"
people=${STOLEN_PEOPLE:-1500}
"$LEAKGEN" --people "$people" --seed 1 -o leak.csv

# clean FOLDER FORMS: none of at least so many forms is in it.
clean() {
	run 0 "$STOLEN" leak.csv "$1"
	[ "$(cut -d' ' -f1 out)" -gt "$2" ] || fail "$1: few forms: $(cat out)"
	holds "$1" ' 0 hits' out
}

# The search finds what is there.
mkdir control
sed -n 7p leak.csv | tail -c +3 >control/a
run 1 "$STOLEN" leak.csv control
sed -n 7p leak.csv | cut -d';' -f2 | tr -d '\n' | md5sum >control/a
run 1 "$STOLEN" leak.csv control
sed -n 7p leak.csv | cut -d';' -f2 | tr -d '\n' | sha256sum | xxd -r -p |
	base64 >control/a
run 1 "$STOLEN" leak.csv control

run 0 "$TOCSIN" scan --case case leak.csv
clean case $((people * 50))

# One that was killed when all was read and nothing finished: its journal
# holds the most.
if [ -n "${FAULT:-}" ]; then
	. "$(dirname "$0")/../fault/fault.sh"
	"$TOCSIN" key new -q other >out
	run 137 faulty "parent.fsync#1:die" "$TOCSIN" scan --case other leak.csv
	[ -s other/journal ] || fail "there is no journal"
	[ -s other/vault/mentions ] || fail "there are no mentions"
	clean other $((people * 50))
	run 0 "$TOCSIN" key destroy --yes other
	run 5 "$TOCSIN" scan --case other leak.csv
fi

run 0 "$TOCSIN" key destroy --yes case
run 5 "$TOCSIN" scan --case case leak.csv
clean case $((people * 50))
done_testing
