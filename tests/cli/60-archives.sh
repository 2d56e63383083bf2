# Goal: what lies in archives is read as if it lay in a folder, whatever they
# are and however deep; what cannot be unpacked is said.
. "$(dirname "$0")/lib.sh"
cd "$work"
command -v bsdtar >/dev/null || {
	echo "skipped: no bsdtar"
	exit 77
}
mkdir in
"$LEAKGEN" --people 400 --seed 3 -o in/a.csv
"$LEAKGEN" --people 300 --seed 4 -o in/b.csv
"$TOCSIN" scan --json in >plain
people=$(jq .people.count plain)

# same NAME FILE MEMBERS...: the same people, the same bytes
same() {
	name=$1
	run 0 "$TOCSIN" scan --json "$2"
	is "$name: people" "$(jq .people.count out)" "$people"
	is "$name: digests" "$(jq -c '[.documents[] | select(.records > 0).sha256]' out)" \
		"$(jq -c '[.documents[].sha256]' plain)"
	is "$name: severity" "$(jq -c .severity out)" "$(jq -c .severity plain)"
	is "$name: bytes" "$(jq .coverage.bytes out)" "$(wc -c <"$2")"
}

for f in zip 7zip pax cpio newc iso9660 ar; do
	(cd in && bsdtar -c --format $f -f "../x.$f" a.csv b.csv)
	same $f x.$f
done
for f in gzip bzip2 xz zstd lz4 lzma; do
	(cd in && bsdtar -c --$f -f "../x.tar.$f" a.csv b.csv)
	same tar.$f x.tar.$f
done
mv x.zip a-name-that-says-nothing
same "without a name" a-name-that-says-nothing
bsdtar -c --format zip -f nested.zip x.7zip
same nested nested.zip
is "the path of a member" "$(jq -r '.documents[2].path' out)" \
	'nested.zip!/x.7zip!/a.csv'
is "what it lies in" "$(jq -r '.documents[2].container' out)" \
	'nested.zip!/x.7zip'
is "what that is" "$(jq -c '[.documents[:2][].format.name]' out)" '["zip","7z"]'

# One worker and three, and a pipe, give the same in the same order.
order='[.documents[] | [.path, .sha256, .records]]'
for jobs in 1 3; do
	"$TOCSIN" scan --json --jobs $jobs nested.zip | jq -c "$order" >order.$jobs
done
cmp order.1 order.3 || fail "the order depends on the number of workers"
"$TOCSIN" scan --json - <nested.zip | jq -c '[.documents[].sha256]' >piped
is "through a pipe" "$(cat piped)" "$(jq -c '[.[][1]]' order.1)"
run 0 "$TOCSIN" scan --findings found nested.zip
run 0 "$TOCSIN" scan --findings found.in in
is "findings" "$(wc -l <found)" "$(wc -l <found.in)"

# A compressed file, and one in another, which is taken off at once.
gzip -c in/a.csv >a.csv.gz
gzip -c a.csv.gz >twice.gz
run 0 "$TOCSIN" scan --json twice.gz
is "twice" "$(jq -r '.documents[-1].path' out)" 'twice.gz!/twice'
is "its rows" "$(jq '.documents[-1].records' out)" \
	"$(jq '.documents[0].records' plain)"

# Cut in the middle, flipped, empty, of nothing but folders and links.
for f in x.7zip x.tar.gzip x.tar.xz nested.zip; do
	head -c $(($(wc -c <$f) / 2)) $f >cut
	run 3 "$TOCSIN" scan --json cut
	is "cut $f" "$(jq -c '[.documents[] | select(.status != "read")] | length > 0' out)" true
done
awk 'BEGIN { for (i = 0; i < 300000; i++) print "une ligne" i % 7 }' >many
bsdtar -c --format zip -f flip.zip many
printf 'XXXXXXXX' | dd of=flip.zip bs=1 seek=200 conv=notrunc 2>/dev/null
run 3 "$TOCSIN" scan --json flip.zip
is "flipped" "$(jq -r '.documents[0].reason' out)" "null"
mkdir -p only/folders
ln -s nowhere only/link
bsdtar -c -f only.tar only
run 0 "$TOCSIN" scan --json only.tar
is "no file in it" "$(jq '.documents | length' out)" 1

# Encrypted members are said to be, and what lies beside them is read.
if bsdtar -c --format zip --options zip:encryption=aes256 --passphrase x \
	-f locked.zip in/a.csv 2>/dev/null; then
	run 3 "$TOCSIN" scan --json locked.zip
	is "locked" "$(jq -r '.documents[-1].reason' out)" encrypted
fi

# Deeper than we look.
cp in/b.csv deep
for i in 1 2 3 4 5 6 7 8 9; do
	bsdtar -c --format zip -f deep.zip deep
	mv deep.zip deep
done
run 3 "$TOCSIN" scan --json deep
is "deep" "$(jq -r '.documents[-1].reason' out)" "a ceiling was met"

# Of more than can be: it ends, and says so. Takes a while: only if asked for.
if [ -n "${LONG:-}" ]; then
	awk 'BEGIN { for (i = 0; i < 40000000; i++) print "une ligne de texte" }' |
		gzip -9 >text.gz
	cat text.gz text.gz text.gz text.gz >bomb.gz
	run 3 "$TOCSIN" scan --no-people --json bomb.gz
	is "bomb" "$(jq -r '.documents[-1].reason' out)" "a ceiling was met"
fi

run 0 "$TOCSIN" inspect nested.zip
holds "a tree" '^    > a.csv' out
run 0 "$TOCSIN" scan --case case nested.zip
run 0 "$TOCSIN" scan --json --case case nested.zip
is "known" "$(jq -c '[.documents[].known.scan]' out)" '[1,1,1,1]'
done_testing
