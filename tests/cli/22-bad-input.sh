# Goal: bad input gives a clear line and the right exit status, and nothing is
# falsely clean.
. "$(dirname "$0")/lib.sh"
cd "$work"

: >empty
run 0 "$TOCSIN" scan empty
holds empty 'empty: empty' out

printf 'only one line, no newline' >line
run 0 "$TOCSIN" scan line
holds "one line" 'Nothing was left unread' out

printf 'nom;prenom;email\n' >header.csv
run 0 "$TOCSIN" scan --json header.csv
is "people of a header" "$(jq .people.count out)" 0

head -c 100000 /dev/urandom >binary
run 3 "$TOCSIN" scan binary
holds binary 'binary: not read, bytes of no known format' out

printf 'PK\003\004\024\000\000\000\000\000aaaaaaaaaaaaaaaaaaaaa' >a.zip
run 3 "$TOCSIN" scan a.zip
holds zip 'a.zip: not read, damaged' out

printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\000' >p.png
run 3 "$TOCSIN" scan p.png
holds picture 'p.png: not read, picture' out

i=0
while [ $i -lt 50 ]; do
	printf 'a%d\000;b@exemple.fr;%d\n' $i $i
	i=$((i + 1))
done >nul.csv
run 0 "$TOCSIN" scan --json nul.csv
is "e-mails beside NULs" \
	"$(jq '[.kinds[] | select(.kind == "email").findings] | add' out)" 50

{
	echo 'nom;email;note'
	i=0
	while [ $i -lt 60 ]; do
		echo "\"DURAND\";d$i@exemple.fr;\"rien; ni $i\""
		i=$((i + 1))
	done
	echo '"DUPONT;x@exemple.fr;never closed'
	i=0
	while [ $i -lt 60 ]; do
		echo "\"MARTIN\";m$i@exemple.fr;\"rien; ni $i\""
		i=$((i + 1))
	done
} >quote.csv
run 3 "$TOCSIN" scan quote.csv
holds "unterminated quote" 'quote.csv: partly read, malformed records' out
run 3 "$TOCSIN" scan --json quote.csv
is "records around the quote" "$(jq '.documents[0].records' out)" 121
is "malformed" "$(jq '.documents[0].malformed' out)" 1

{
	echo 'nom;prenom;email'
	i=0
	while [ $i -lt 60 ]; do
		echo "DURAND;Anne;d$i@exemple.fr"
		echo "PETIT;Eve;p$i@exemple.fr"
		case $i in
		*0) echo "MARTIN;Luc" ;;
		*5) echo "ROUX;Zoe;z$i@exemple.fr;extra$i@exemple.fr;more" ;;
		esac
		i=$((i + 1))
	done
} >ragged.csv
run 0 "$TOCSIN" scan --json ragged.csv
is ragged "$(jq '.documents[0].ragged' out)" 12
is "e-mails, also beyond the last column" \
	"$(jq '[.kinds[] | select(.kind == "email").findings] | add' out)" 132

# Lines above the table are no records, but nothing in them is lost.
{
	echo '# extraction pour jean.exemple@exemple.fr'
	echo 'Laboratoire; edition du 12/03/2020'
	echo 'nom;prenom;email;ville'
	i=0
	while [ $i -lt 40 ]; do
		echo "DURAND;Anne;d$i@exemple.fr;VANNES"
		i=$((i + 1))
	done
} >title.csv
run 0 "$TOCSIN" scan --json title.csv
is "records under a title" "$(jq '.documents[0].records' out)" 40
is "e-mails, also above the table" \
	"$(jq '[.kinds[] | select(.kind == "email").findings] | add' out)" 41

mkdir tree
mkfifo tree/fifo
ln -s . tree/loop
ln -s nowhere tree/dangling
echo 'a@exemple.fr' >tree/ok.txt
run 3 timeout 60 "$TOCSIN" scan tree
holds fifo 'tree/fifo: not read, FIFO' out
holds loop 'tree/loop: not read, symbolic link' out
holds dangling 'tree/dangling: not read' out
holds total 'NOT READ: 3' out

if [ "$(id -u)" -ne 0 ]; then
	echo secret >closed && chmod 0 closed
	run 3 "$TOCSIN" scan closed
	holds closed 'closed: not read, no permission' out
fi

run 3 "$TOCSIN" scan not-there
holds missing 'not-there: not read, no such file' out

run 2 "$TOCSIN" scan
holds "no path" '^error: ' err
holds "no path" '^hint: ' err
run 2 "$TOCSIN" scan --no-such-option x
holds option '^error: --no-such-option: unknown option' err
run 2 "$TOCSIN" no-such-command
run 2 "$TOCSIN" scan --memory lots x
is "nothing on standard output" "$(wc -c <out)" 0
done_testing
