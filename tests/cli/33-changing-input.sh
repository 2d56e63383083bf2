# Goal: a file that shrinks, grows or cannot be read on while it is read is not
# called read, nor is a digest of other bytes than were read given.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../fault/fault.sh"
cd "$work"

"$LEAKGEN" --people 3000 --seed 4 -o a.csv
bytes=$(wc -c <a.csv)
digest=$(sha256sum a.csv | cut -d' ' -f1)
echo 'marie@exemple.fr' >b.txt

# document FIELD: of the first one of the last scan.
document() {
	jq -r ".documents[0].$1" out
}

# Shorter than it was when it was opened; @X+ is where it ends now.
for at in 70000 $((bytes / 2)) $((bytes - 1)); do
	run 3 faulty "pread@$at+:end" "$TOCSIN" scan --json a.csv
	is "status, cut at $at" "$(document status)" partly
	is "reason, cut at $at" "$(document reason)" \
		"file became shorter while it was read"
	[ "$(document bytes_read)" -le $at ] ||
		fail "more read than there was: $(document bytes_read)"
	is "sha256, cut at $at" "$(document sha256)" null
done

# Emptied before a byte of it was read: not "empty".
run 3 faulty "read.pread#1+:end" "$TOCSIN" scan --json a.csv
is "status, emptied" "$(document status)" unread
is "reason, emptied" "$(document reason)" \
	"file became shorter while it was read"

# Only the worker that hashes came too late.
run 3 faulty "digest.pread@70000+:end" "$TOCSIN" scan --json a.csv
is "sha256, too late" "$(document sha256)" null
is "status, too late" "$(document status)" read

# A disk that cannot be read, for one worker and for both.
run 3 faulty "read.pread@$((bytes / 2))+:fail" "$TOCSIN" scan --json a.csv
is "reason of a bad disk" "$(document reason)" "reading failed"
is "sha256 beside a bad disk" "$(document sha256)" $digest
run 3 faulty "pread@70000+:fail" "$TOCSIN" scan --no-people a.csv b.txt
holds "bad disk" 'a.csv: (not|partly) read, reading failed' out

# A digest that failed leaves nothing behind for the next one.
run 3 faulty "digest.pread#2:fail" "$TOCSIN" scan --json a.csv b.txt
is "sha256 after a bad one" "$(jq -r '.documents[1].sha256' out)" \
	"$(sha256sum b.txt | cut -d' ' -f1)"

# One that grows is read as far as it went when it was opened.
cp a.csv grows.csv
"$TOCSIN" scan --json --no-people grows.csv >want
"$TOCSIN" scan --json --no-people grows.csv >out 2>err &
pid=$!
while kill -0 $pid 2>/dev/null; do
	echo 'DURAND;Anne;late@exemple.fr' >>grows.csv
done
wait $pid || fail "exit status of a file that grows"
size=$(document bytes)
is "bytes read of a file that grows" "$(document bytes_read)" "$size"
is "sha256 of a file that grows" "$(document sha256)" \
	"$(head -c "$size" grows.csv | sha256sum | cut -d' ' -f1)"
done_testing
