# Goal: doctor says what protects this machine, and exits with what it found.
. "$(dirname "$0")/lib.sh"
cd "$work"

# state ID: of the last report.
state() {
	jq -r --arg id "$1" '.checks[] | select(.id == $id).state' out
}

got=0
"$TOCSIN" doctor --json >out 2>err || got=$?
is schema "$(jq -r .schema out)" tocsin.doctor/1
is "exit status" "$got" "$(jq 'if .protected then 0 else 3 end' out)"
is "layers of the sandbox" \
	"$(jq '[.checks[] | select(.id | startswith("sandbox."))] | length' out)" 7
is "states" "$(jq -r '[.checks[].state] | unique - ["ok", "info", "warning",
	"unknown", "absent", "missing"] | length' out)" 0
for id in kernel swap core-dumps ptrace output processors instructions memory \
	clock; do
	[ -n "$(state $id)" ] || fail "no check $id"
done
jq -r '.checks[] | select(.id == "kernel").value' out >kernel
holds kernel "$(uname -r)" kernel
jq -e '[.checks[] | select(.id | startswith("library"))] | length > 0' out \
	>/dev/null || fail "no library"

# It says the truth about scans: protected or refused.
printf 'nom;email\nA;a@exemple.fr\n' >a.csv
if [ "$got" = 0 ]; then
	run 0 "$TOCSIN" scan --quiet a.csv
else
	run 70 "$TOCSIN" scan --quiet a.csv
fi
run "$got" "$TOCSIN" doctor
holds "the last line" '^Scans are (protected|NOT protected)' out
run "$got" "$TOCSIN" doctor --lang fr
holds "the last line" '^Les analyses (sont protégées|NE SONT PAS)' out

# JSON is the same in both languages, but for what changes by itself.
steady() {
	jq 'del(.checks[] | select(.id == "clock" or .id == "memory").value)' "$1"
}
"$TOCSIN" doctor --json --lang en >en || true
"$TOCSIN" doctor --json --lang fr >fr || true
is "JSON in French" "$(steady fr)" "$(steady en)"

# Where standard output goes.
umask 077
: >closed
: >open
chmod 644 open
"$TOCSIN" doctor --json >closed || true
"$TOCSIN" doctor --json >open || true
cp closed out
is "a file of one's own" "$(state output)" ok
cp open out
is "a file that others read" "$(state output)" warning
"$TOCSIN" doctor --json | cat >out
is "a pipe" "$(jq -r '.checks[] | select(.id == "output").value' out)" pipe

# Core dumps that would be written are a warning; none are not.
if (ulimit -S -c 1000) 2>/dev/null; then
	# Sanitizers forbid themselves a core dump, unless told.
	(ulimit -S -c 1000 && ASAN_OPTIONS=disable_coredump=0 \
		"$TOCSIN" doctor --json >out) || true
	is "core dumps on" "$(state core-dumps)" warning
fi
case $(cat /proc/sys/kernel/core_pattern) in
'|'*) want=warning ;;
*) want=ok ;;
esac
(ulimit -S -c 0 && "$TOCSIN" doctor --json >out) || true
is "core dumps off" "$(state core-dumps)" $want

# One processor of several.
if command -v taskset >/dev/null; then
	taskset -c "$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')" \
		"$TOCSIN" doctor --json >out || true
	holds "one processor" '"value": "1 / ' out
fi

run 2 "$TOCSIN" doctor something
if [ -e /dev/full ]; then
	for option in --json --quiet; do
		got=0
		"$TOCSIN" doctor $option >/dev/full 2>err || got=$?
		[ $got = 70 ] || [ $got = 3 ] || fail "a full device: $got"
	done
fi
done_testing
