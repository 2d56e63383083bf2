# Goal: the key of a case is made, shown, changed and destroyed; without it the
# case stays shut.
. "$(dirname "$0")/lib.sh"
cd "$work"
export TOCSIN_KEYS="$work/keys"
"$LEAKGEN" --people 300 --seed 1 -o leak.csv

run 2 "$TOCSIN" key
holds "no action" '^error: ' err
holds "no action" '^hint: ' err
run 2 "$TOCSIN" key make case
run 4 "$TOCSIN" key show case
holds "no case" '^error: case: no case there' err

run 0 "$TOCSIN" key new case
key=$(awk '$1 == "file" { print $2 }' out)
[ -f "$key" ] || fail "no key file"
is "mode of the key" "$(stat -c %a "$key")" 600
is "mode of the folder of keys" "$(stat -c %a keys)" 700
is "mode of the case" "$(stat -c %a case)" 700
is "the key is not in the case" \
	"$(find case -type f -size +0 | sed 's,case/,,' | sort | tr '\n' ' ')" \
	"case.db envelope lock "
run 2 "$TOCSIN" key new case
run 0 "$TOCSIN" scan --case case leak.csv

# Changed: the old key does not open it, the new one does.
cp "$key" old
run 0 "$TOCSIN" key show case
mv out before
run 0 "$TOCSIN" key rotate case
! cmp -s before out || fail "the key is the same"
run 0 "$TOCSIN" scan --case case leak.csv
mv "$key" new && cp old "$key"
run 5 "$TOCSIN" scan --case case leak.csv
holds "old key" 'not the key of this case' err
mv new "$key"

# What others may read is refused.
chmod 640 "$key"
run 5 "$TOCSIN" scan --case case leak.csv
holds "mode of the key" 'others may read it' err
chmod 600 "$key"
chmod 711 keys
run 5 "$TOCSIN" scan --case case leak.csv
chmod 700 keys
printf x | dd of="$key" bs=1 seek=100 conv=notrunc 2>dd
run 5 "$TOCSIN" scan --case case leak.csv
holds "damaged key" 'damaged key file' err
cp old "$key"
run 5 "$TOCSIN" key rotate case

# A passphrase.
echo right >right
echo wrong >wrong
run 0 "$TOCSIN" key new --passphrase-file right locked
holds wrapped 'Argon2id' out
run 0 "$TOCSIN" scan --case locked --passphrase-file right leak.csv
run 5 "$TOCSIN" scan --case locked --passphrase-file wrong leak.csv
holds "wrong passphrase" 'wrong or missing passphrase' err
run 5 setsid "$TOCSIN" scan --case locked leak.csv
echo other >other
run 0 "$TOCSIN" key rotate --passphrase-file right \
	--new-passphrase-file other locked
run 5 "$TOCSIN" scan --case locked --passphrase-file right leak.csv
run 0 "$TOCSIN" scan --case locked --passphrase-file other leak.csv
run 0 "$TOCSIN" key rotate --passphrase-file other --no-passphrase locked
run 0 "$TOCSIN" scan --case locked leak.csv

# Destroyed.
run 2 "$TOCSIN" key destroy locked
run 0 "$TOCSIN" key show locked
run 0 "$TOCSIN" key destroy --yes locked
run 5 "$TOCSIN" key show locked
run 5 "$TOCSIN" scan --case locked leak.csv
run 5 "$TOCSIN" key rotate locked
is "nothing on standard output" "$(wc -c <out)" 0

# Where keys are.
unset TOCSIN_KEYS
run 0 env XDG_DATA_HOME="$work/data" "$TOCSIN" key new a
[ -d "$work/data/tocsin/keys" ] || fail "XDG_DATA_HOME is not used"
run 0 "$TOCSIN" key new b
[ -d "$HOME/.local/share/tocsin/keys" ] || fail "HOME is not used"
done_testing
