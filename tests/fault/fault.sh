# What the tests that break calls share, after cli/lib.sh. rules.h says what a
# rule is. Where nothing can be preloaded, the test is skipped, and says so.
[ -n "${FAULT:-}" ] || {
	echo "skipped: nothing can be preloaded in this build"
	exit 77
}
asan="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0"

# faulty RULES COMMAND...: run it with calls that break. A run that hangs is
# ended with status 124.
faulty() {
	rules=$1
	shift
	rm -f "$work/fault.log"
	timeout -s KILL "${FAULT_SECONDS:-120}" env "LD_PRELOAD=$FAULT" \
		"ASAN_OPTIONS=$asan" "TOCSIN_FAULT=$rules" \
		"TOCSIN_FAULT_LOG=$work/fault.log" "$@"
}

# fired N: was the rule N met in the last run?
fired() {
	grep -q "^fired $1 " "$work/fault.log" 2>/dev/null
}

# calls PROCESS CALL: how many there were in the last run.
calls() {
	awk -v p="$1" -v c="$2" '$1 == "call" && $2 == p && $3 == c { n = $4 }
		END { print n + 0 }' "$work/fault.log"
}
