# What the command tests share. Each starts with: . "$(dirname "$0")/lib.sh"
# and gets an empty folder $work, which is also HOME and TMPDIR.
set -eu
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/home" "$work/tmp"
export HOME="$work/home" TMPDIR="$work/tmp"
failed=0

fail() {
	echo "not ok: $*"
	failed=1
}

# is WHAT GOT WANT
is() {
	[ "$2" = "$3" ] || fail "$1: got '$2', want '$3'"
}

# holds WHAT PATTERN FILE
holds() {
	grep -qE "$2" "$3" || {
		fail "$1: no '$2' in:"
		sed 's/^/    /' "$3" | head -n 20
	}
}

# near WHAT GOT WANT PER_MILLE
near() {
	awk -v a="$2" -v b="$3" -v m="$4" 'BEGIN {
		d = a - b; if (d < 0) d = -d
		exit !(d * 1000 <= b * m)
	}' || fail "$1: got $2, want $3 within $4 per mille"
}

# run STATUS COMMAND...: stdout and stderr go to $work/out and $work/err.
run() {
	want=$1
	shift
	got=0
	"$@" >"$work/out" 2>"$work/err" || got=$?
	[ "$got" = "$want" ] || {
		fail "exit status of $*: got $got, want $want"
		sed 's/^/    /' "$work/err" | head -n 5
	}
}

# await TRIES TEST...: until the test holds, 50 ms a try at least.
await() {
	tries=$1
	shift
	while ! [ "$@" ] && [ "$tries" -gt 0 ]; do
		sleep 0.05
		tries=$((tries - 1))
	done
}

done_testing() {
	[ "$failed" = 0 ] && echo "ok"
	exit "$failed"
}
