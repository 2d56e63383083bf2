# Goal: kinds --test answers one word a line, and never with the value.
. "$(dirname "$0")/lib.sh"
cd "$work"

# ask KIND: the values on standard input, the answers in one line.
ask() {
	"$TOCSIN" kinds --test "$1" 2>err | tr '\n' ' '
}

is phone "$(printf '01 99 00 12 34\n+33199001234\n199001234\n12\n\n' | ask phone)" \
	"valid valid weak no no "
is email "$(printf 'a@exemple.fr\nA@EXEMPLE.FR\na@\n' | ask email)" \
	"valid valid no "
# A made-up number of a commune that does not exist; key 97 - n mod 97.
body=2550199990999
key=$(awk -v n=$body 'BEGIN { printf "%02d", 97 - n % 97 }')
is nir "$(printf '%s%s\n%s%02d\n%s\n' $body "$key" $body $((key % 97 + 1)) \
	$body | ask fr.nir)" "valid weak weak "
is iban "$(printf 'FR7630006000011234567890189\nFR7630006000011234567890188\n' |
	ask iban)" "valid no "

# Line ends: LF, CR LF, none at the end, CR alone inside.
is crlf "$(printf 'a@exemple.fr\r\nb@exemple.fr\r\n' | ask email)" "valid valid "
is "no line end" "$(printf 'a@exemple.fr\nb@exemple.fr' | ask email)" \
	"valid valid "
is "CR LF at the end" "$(printf 'a@exemple.fr\r' | ask email)" "valid "
is "no input" "$(ask email </dev/null)" ""
is "empty lines" "$(printf '\n\n\r\n' | ask email)" "no no no "

# Any bytes are a value like another: one answer a line, whatever the kind.
head -c 200000 /dev/urandom >bytes
printf '\000\n\377\376\n\303\n\033[31m\n' >>bytes
lines=$(tr -cd '\n' <bytes | wc -c)
"$TOCSIN" kinds --json | jq -r '.kinds[].kind' >names
while IFS= read -r kind; do
	run 0 "$TOCSIN" kinds --test "$kind" <bytes
	is "answers of $kind" "$(wc -l <out)" "$lines"
	is "other words of $kind" "$(grep -cvE '^(valid|weak|no)$' out)" 0
	[ ! -s err ] || fail "$kind says something"
done <names

# The longest line is tested; one byte more is not, and is told.
{
	head -c 65500 /dev/zero | tr '\0' ' '
	echo ' a@exemple.fr'
} >long
run 0 "$TOCSIN" kinds --test email <long
{
	head -c 65536 /dev/zero | tr '\0' 'x'
	printf '\r\n'
} >longest
run 0 "$TOCSIN" kinds --test email <longest
is "longest line" "$(cat out)" no
for n in 65537 65538 65539 131072 1000000; do
	{
		head -c $n /dev/zero | tr '\0' 'x'
		printf '\na@exemple.fr\n'
	} >longer
	run 3 "$TOCSIN" kinds --test email <longer
	is "a line of $n bytes" "$(tr '\n' ' ' <out)" "no valid "
	holds "a line of $n bytes" '^error: a line was too long' err
done
head -c 70000 /dev/zero | tr '\0' 'x' >unended
run 3 "$TOCSIN" kinds --test email <unended
is "a long line without end" "$(cat out)" no

# Pieces of a line that come one by one are one line.
{
	printf 'a@exem'
	sleep 0.2
	printf 'ple.fr\nb@'
	sleep 0.2
	printf 'exemple.fr\n'
} | "$TOCSIN" kinds --test email >out
is "a line in pieces" "$(tr '\n' ' ' <out)" "valid valid "

# Another program can ask, wait for the answer, and ask again.
mkfifo asked answered
"$TOCSIN" kinds --test email <asked >answered &
exec 3>asked 4<answered
echo a@exemple.fr >&3
read -r first <&4
echo nothing >&3
read -r second <&4
exec 3>&- 4<&-
wait
is "answers while asking" "$first $second" "valid no"

# What cannot be read or written is told.
run 3 "$TOCSIN" kinds --test email <"$work"
holds "a folder as input" '^error: standard input could not be read' err
if [ -e /dev/full ]; then
	got=0
	echo x | "$TOCSIN" kinds --test email >/dev/full 2>err || got=$?
	is "a full device" $got 70
fi
yes a@exemple.fr | "$TOCSIN" kinds --test email 2>err | head -n 2 >out
is "a reader that leaves" "$(tr '\n' ' ' <out)" "valid valid "

# Values that look like words of ours, or of a terminal, are not echoed.
marker=TOCSINMARKER73
printf '%s\n%s@exemple.fr\n0199 %s\n' $marker $marker $marker >marked
while IFS= read -r kind; do
	"$TOCSIN" kinds --test "$kind" <marked >>seen 2>&1
done <names
is "markers seen" "$(grep -c $marker seen)" 0
done_testing
