# Goal: the help is there for every command, in both languages, on stdout.
. "$(dirname "$0")/lib.sh"
cd "$work"

run 0 "$TOCSIN" help
[ ! -s err ] || fail "help says something on stderr"
sed -n 's/^  \([a-z]*\) .*/\1/p' out >commands
for command in scan inspect people kinds explain doctor help; do
	grep -qx $command commands || fail "no command $command"
done
run 0 "$TOCSIN" --help
run 0 "$TOCSIN" -h
run 0 "$TOCSIN" --version
is version "$(grep -cE '^tocsin [0-9]+\.[0-9]+\.[0-9]+$' out)" 1
cp out version
run 0 "$TOCSIN" -V
cmp -s out version || fail "-V differs from --version"

while IFS= read -r command; do
	run 0 "$TOCSIN" help "$command"
	cp out asked
	holds usage "^usage: tocsin $command " out
	run 0 "$TOCSIN" "$command" --help
	cmp -s out asked || fail "help $command differs from $command --help"
	run 0 "$TOCSIN" "$command" -h
	cmp -s out asked || fail "help $command differs from $command -h"
	run 0 "$TOCSIN" help "$command" --lang fr
	holds "French usage" "^usage : tocsin $command " out
	cmp -s out asked && fail "no French help of $command"
done <commands

# A wrong command line: two lines, and nothing on stdout.
while IFS= read -r line; do
	# shellcheck disable=SC2086
	run 2 "$TOCSIN" $line
	[ ! -s out ] || fail "tocsin $line prints: $(head -n 1 out)"
	is "lines of tocsin $line" "$(wc -l <err)" 2
	holds "tocsin $line" '^error: ' err
	holds "tocsin $line" '^hint: ' err
done <<'END'
nonsense
help nonsense
kinds --nonsense
kinds --test
kinds --lang de
kinds --json=yes
doctor --jobs 2
explain --in
scan --jobs -1 x
scan --memory 4X x
scan --memory 99999999999999999999 x
scan --fail-on anything x
scan
inspect
people
END

# The language: the option, else the environment.
run 0 env LC_ALL=fr_FR.UTF-8 "$TOCSIN" kinds
holds "LC_ALL" '^genre ' out
run 0 env LC_ALL= LC_MESSAGES=fr_FR "$TOCSIN" kinds
holds "LC_MESSAGES" '^genre ' out
run 0 env LC_ALL= LC_MESSAGES= LANG=fr "$TOCSIN" kinds
holds "LANG" '^genre ' out
run 0 env LC_ALL=C LANG=fr_FR "$TOCSIN" kinds
holds "LC_ALL before LANG" '^kind ' out
run 0 env LC_ALL=fr_FR "$TOCSIN" kinds --lang en
holds "the option first" '^kind ' out
run 2 env LC_ALL=fr_FR "$TOCSIN" nonsense
holds "a French error" '^erreur : ' err
holds "a French hint" '^conseil : ' err
done_testing
