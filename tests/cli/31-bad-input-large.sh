# Goal: input that is bad in a large way, that changes while it is read, or that
# may not be read, and output that has no room: a clear line, the right exit
# status, and nothing lost or falsely clean.
. "$(dirname "$0")/lib.sh"
cd "$work"
emails='[.kinds[] | select(.kind == "email").findings] | add'

# cells N: so many of them, each an x and a semicolon.
cells() {
	yes x | head -n "$1" | tr '\n' ';'
}

# Ten million columns, with and without a header of as many.
{
	cells 10000000
	echo 'jean@exemple.fr'
} >columns.csv
run 3 "$TOCSIN" scan --json --no-people columns.csv
is "e-mail in column ten million" "$(jq "$emails" out)" 1
run 3 "$TOCSIN" scan --no-people columns.csv
holds "ten million columns" \
	'columns.csv: partly read, malformed records were skipped' out
rm columns.csv

# One field of 100 MB, of 1 GB in the long run: what stands before and after it
# is found. From a pipe, for it need not lie on a disk.
field_mb=100
[ "${FAULT_EACH:-1}" != 0 ] || field_mb=1024
rows() { # NAME
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		echo "DURAND;$1$i@exemple.fr;rien"
	done
}
{
	echo 'nom;email;note'
	rows before
	printf 'DUPONT;x@exemple.fr;"'
	yes 'lorem ipsum dolor' | head -c ${field_mb}000000 | tr '\n' ' '
	echo '"'
	rows after
} >long.csv
run 3 "$TOCSIN" scan --json --no-people long.csv
is "e-mails around a long field" "$(jq "$emails" out)" 41
is "all bytes of it" "$(jq '.coverage.bytes_read' out)" "$(wc -c <long.csv)"
run 3 "$TOCSIN" scan --no-people long.csv
holds "a long field" 'long.csv: partly read, malformed records' out
got=0
cat long.csv | "$TOCSIN" scan --json --no-people - >out || got=$?
is "exit status of a long field, from a pipe" $got 3
is "e-mails around it, from a pipe" "$(jq "$emails" out)" 41
rm long.csv

# The same, of a hole in a file: bytes that are no text are not called read.
{
	echo 'nom;email;note'
	rows before
} >hole.csv
truncate -s ${field_mb}000000 hole.csv
rows after >>hole.csv
run 3 "$TOCSIN" scan --no-people hole.csv
holds "a hole" 'hole.csv: (not|partly) read' out
rm hole.csv

# A quote that is never closed, three ranges before the end of the file.
{
	echo 'nom;email;note'
	echo '"DUPONT;x@exemple.fr;never closed'
	awk 'BEGIN {
		for (i = 0; i < 500000; i++)
			printf "\"MARTIN\";m%d@exemple.fr;\"rien; ni %d\"\n", i, i
	}'
} >quote.csv
for jobs in 1 2; do
	run 3 "$TOCSIN" scan --json --no-people --jobs $jobs quote.csv
	is "e-mails after an open quote, $jobs" "$(jq "$emails" out)" 500001
	is "malformed, $jobs" "$(jq '.documents[0].malformed' out)" 1
done
rm quote.csv

# What may not be read. Root may read all, hence as nobody.
mkdir shut shut/inner
echo 'a@exemple.fr' >shut/inner/a.txt
echo 'b@exemple.fr' >shut/b.txt
echo 'c@exemple.fr' >shut/c.txt
chmod 0 shut/inner shut/b.txt
as_nobody=
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
if $as_nobody "$TOCSIN" --version >/dev/null 2>&1; then
	run 3 $as_nobody "$TOCSIN" scan shut
	holds "a folder" 'shut/inner: not read, no permission' out
	holds "a file" 'shut/b.txt: not read, no permission' out
	holds "the others" 'NOT READ: 2' out
else
	echo "not tested: nobody may run $TOCSIN"
fi

# A full disk under what is written.
"$LEAKGEN" --people 300 --seed 4 -o a.csv
if [ -e /dev/full ]; then
	for option in --findings --clusters; do
		run 70 "$TOCSIN" scan $option /dev/full a.csv
		holds "$option on a full disk" '^error: .*not complete' err
	done
	for option in --json --no-progress; do
		got=0
		"$TOCSIN" scan $option a.csv >/dev/full 2>err || got=$?
		is "scan $option on a full disk" $got 70
		holds "scan $option on a full disk" '^error: ' err
	done
fi
done_testing
