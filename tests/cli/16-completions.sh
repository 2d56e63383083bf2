# Goal: each shell takes its completions, and they offer what the help does.
. "$(dirname "$0")/lib.sh"
cd "$work"

for shell in bash zsh fish; do
	run 0 "$TOCSIN" completion $shell
	cp out "completions.$shell"
	if command -v $shell >/dev/null; then
		$shell -n "completions.$shell" || fail "$shell does not take its completions"
	else
		echo "skipped: $shell is not here"
	fi
	run 0 "$TOCSIN" completion $shell --lang fr
	if command -v $shell >/dev/null; then
		$shell -n out || fail "$shell does not take the French ones"
	fi
done
run 2 "$TOCSIN" completion
run 2 "$TOCSIN" completion ksh
run 2 "$TOCSIN" completion bash zsh

# What bash offers at the end of a line.
command -v bash >/dev/null || {
	echo "skipped: what bash offers"
	done_testing
}
cat >offer <<'END'
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMPREPLY=()
_tocsin
printf '%s\n' "${COMPREPLY[@]}"
END
offer() {
	bash --norc offer ./completions.bash "$@" | sort
}
"$TOCSIN" help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort >commands
offer tocsin '' | cmp -s - commands || fail "commands that bash offers"
is "a begun command" "$(offer tocsin sc)" scan
while IFS= read -r command; do
	"$TOCSIN" help "$command" | grep -oE '^ +(-[a-z], )?--[a-z-]+' |
		grep -oE -e '--[a-z-]+' | sort >want
	offer tocsin "$command" -- | cmp -s - want ||
		fail "options of $command that bash offers"
done <commands
is "a begun option" "$(offer tocsin scan --thr)" --threshold
: >leak.csv
is "a file" "$(offer tocsin scan lea)" leak.csv
done_testing
