# Breaks every call of a run, or a few of each, and judges how the run ends.
# Sourced after fault.sh. FAULT_EACH: how many of the calls of one name in one
# process are broken, spread over the run; 0: each of them.
each=${FAULT_EACH:-3}
runs=0
stdin=/dev/null

# A run may lose something, but says so, and what it does not call lost is what
# the undisturbed run found. The output of that one is ${want}.
cat >"$work/judge.jq" <<'JQ'
def plain: del(.elapsed_s, .peak_bytes);
def part: .status != "read" or .sha256 == null;
($want[0] | plain) as $w | ($got[0] | plain) as $g |
($w.documents | map({key: .path, value: .}) | from_entries) as $of |
if $status == 0 then
	if $g == $w then empty else "another result, and called clean" end
elif ($g.documents | map(select(part)) | length) == 0 and
	$g.people.reason == null then
	"something is missing, but what is not said"
elif ($w.documents | any(.path as $p | $g.documents | all(.path as $q |
	$q != $p and (($p | startswith($q + "/") or startswith($q + "!/")) |
		not)))) then
	"a document is gone, and so is what it lies in"
elif $g.documents | any(.sha256 != null and .sha256 != $of[.path].sha256) then
	"a SHA-256 of other bytes"
elif $g.documents | any(.status == "read" and
	del(.sha256) != ($of[.path] // {} | del(.sha256))) then
	"a document that is called read is another"
elif $g.documents | any(.bytes_read > ($of[.path].bytes_read // 0)) then
	"more bytes read than there are"
elif ($g.documents | all(.status == "read")) and $g.people.count != null and
	$g.people.count != $w.people.count then
	"all is read, but other people are counted"
else empty end
JQ

# judge WHAT STATUS: of the last run; its output is ${work}/out and err.
judge() {
	case $2 in
	0 | 3)
		verdict=$(jq -nr --argjson status "$2" \
			--slurpfile want "$work/want" \
			--slurpfile got "$work/out" -f "$work/judge.jq" 2>&1) ||
			verdict="no JSON: $verdict"
		[ -z "$verdict" ] || fail "$1: status $2: $verdict"
		[ "$2" = 3 ] || cmp -s "$work/found" "$work/found.want" ||
			fail "$1: clean, but other findings are listed"
		;;
	70)
		grep -q '^error: ' "$work/err" || fail "$1: status 70, no error"
		;;
	137)
		fail "$1: hung, or the parent was killed"
		;;
	*)
		fail "$1: status $2"
		;;
	esac
}

# attempt RULE COMMAND...: one run under one rule, with ${stdin} in a pipe.
attempt() {
	rule=$1
	shift
	status=0
	: >"$work/found"
	cat "$stdin" 2>/dev/null |
		faulty "$rule" "$@" >"$work/out" 2>"$work/err" || status=$?
	runs=$((runs + 1))
	judge "$rule ($input)" $status
}

# numbers COUNT: which calls of so many are broken.
numbers() {
	awk -v n="$1" -v k="$each" 'BEGIN {
		if (k == 0 || k > n)
			k = n
		for (i = 0; i < k; i++)
			print k == 1 ? 1 : 1 + int(i * (n - 1) / (k - 1))
	}'
}

# sweep INPUT PROCESSES COMMAND...: break the calls of the processes of that
# command, which lists its findings in ${work}/found.
sweep() {
	input=$1
	processes=$2
	shift 2
	cat "$stdin" | faulty "" "$@" >"$work/want" 2>"$work/err" ||
		fail "$input: the undisturbed run: $(head -n 1 "$work/err")"
	cp "$work/found" "$work/found.want"
	cp "$work/fault.log" "$work/plan"
	while read -r _ process call count <&3; do
		case " $processes " in
		*" $process "*) ;;
		*) continue ;;
		esac
		for n in $(numbers "$count"); do
			for action in $(actions "$process" "$call"); do
				attempt "$process.$call#$n:$action" "$@"
			done
		done
	done 3<"$work/plan"
}

# actions PROCESS CALL: what is done to it. A parent that is killed has nothing
# to say; what it left running is for the kernel, which kills workers with it.
actions() {
	echo fail
	[ "$1" = parent ] || echo die
	case $2 in
	pread | read | pwrite | write | sendfile) echo short ;;
	esac
}
