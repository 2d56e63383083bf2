# Goal: people whose addresses differ by a number are as many people, and little memory changes no count.
. "$(dirname "$0")/lib.sh"
cd "$work"

{
	echo 'nom;email;note'
	i=0
	while [ $i -lt 60 ]; do
		echo "DURAND;d$i@exemple.fr;rien $i"
		echo "MARTIN;jean.martin$i@exemple.fr;rien $i"
		i=$((i + 1))
	done
} >numbered.csv
run 0 "$TOCSIN" people --json numbered.csv
is "as many as addresses" "$(jq .people.count out)" 120
is "no more than that" "$(jq .people.high out)" 120

"$LEAKGEN" --people 3000 --seed 7 --truth "$work/truth" -o leak.csv
run 0 "$TOCSIN" people --json leak.csv
cp out much
run 0 "$TOCSIN" people --json --memory 512M leak.csv
is "with less memory" "$(jq -c '.people | [.count, .low, .high]' out)" \
	"$(jq -c '.people | [.count, .low, .high]' much)"
done_testing
