# Goal: a scan that its user interrupts keeps what was done, and goes on; one
# whose disk is full says so.
. "$(dirname "$0")/lib.sh"
cd "$work"
export TOCSIN_KEYS="$work/keys"
"$LEAKGEN" --people 1000 --seed 1 -o a.csv
"$LEAKGEN" --people 100 --seed 2 -o b.csv
plain='del(.elapsed_s, .peak_bytes)'

run 0 "$TOCSIN" scan --json --case ref a.csv b.csv
jq "$plain | del(.documents[].path)" out >want

# Interrupted while it waits for the second file, which comes through a pipe.
mkfifo pipe
"$TOCSIN" scan --json --case case a.csv pipe >out 2>err &
pid=$!
exec 9>pipe
await 600 -s case/journal
kill -INT $pid
got=0
wait $pid || got=$?
exec 9>&-
is "exit status" $got 130
is "it says so" "$(jq .interrupted out)" true
[ -s case/journal ] || fail "there is no journal"
is "no scan is in the case" "$(jq .case out)" null
cat b.csv >pipe &
run 0 "$TOCSIN" scan --json --case case a.csv pipe
holds "going on" 'going on with a scan that was interrupted' err
jq "$plain | del(.documents[].path)" out >is
cmp is want || fail "another result"
[ ! -e case/journal ] || fail "a journal is left"

# Another scan in between gives up what was done, and says so.
"$TOCSIN" scan --json --case case b.csv pipe >out 2>err &
pid=$!
exec 9>pipe
await 600 -s case/journal
kill -INT $pid
wait $pid || true
exec 9>&-
"$LEAKGEN" --people 100 --seed 3 -o c.csv
run 0 "$TOCSIN" scan --json --case case c.csv
holds "given up" 'its work is given up' err
is "scan" "$(jq .case.scan out)" 2

# A disk that is full.
if [ "$(id -u)" = 0 ] && mkdir disk &&
	mount -t tmpfs -o size=250k tmpfs disk 2>mount.err; then
	run 4 "$TOCSIN" scan --case disk/case a.csv
	holds "full disk" '^error: disk/case/.*: No space left' err
	mount -o remount,size=64m disk
	run 0 "$TOCSIN" scan --json --case disk/case a.csv b.csv
	jq "$plain | del(.documents[].path)" out >is
	cmp is want || fail "another result once there is room"
	umount disk
else
	echo "not tried: a full disk needs root and a mount"
fi
done_testing
