# Goal: a command that reads no leak ends with a word, too, when there is no
# memory: status 70 and an error line, or what it gives on any day.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../fault/fault.sh"

# Sanitizers have an allocator of their own, which is not to be broken.
! ldd "$TOCSIN" | grep -q libasan || {
	echo "skipped: the sanitizers' own allocator"
	exit 77
}

lean() {
	name=$1
	shift
	printf '06 12 34 56 78\n' | faulty "" "$@" >"$work/want" 2>"$work/err" ||
		fail "$name: the undisturbed run: $(head -n 1 "$work/err")"
	for call in malloc calloc; do
		n=$(calls parent $call)
		while [ "$n" -gt 0 ]; do
			status=0
			printf '06 12 34 56 78\n' |
				faulty "parent.$call#$n:fail" "$@" \
					>"$work/out" 2>"$work/err" || status=$?
			case $status in
			0 | 3) [ -s "$work/out" ] || fail "$name: $call $n: nothing said" ;;
			70) grep -q '^error: ' "$work/err" ||
				fail "$name: $call $n: status 70, no error" ;;
			*) fail "$name: $call $n: status $status" ;;
			esac
			n=$((n > 40 ? n - 37 : n - 1))
			runs=$((runs + 1))
		done
	done
}

runs=0
lean doctor "$TOCSIN" doctor
lean "doctor --json" "$TOCSIN" doctor --json
lean kinds "$TOCSIN" kinds --json
lean test "$TOCSIN" kinds --test phone
[ "$runs" -ge 10 ] || fail "only $runs runs"
done_testing
