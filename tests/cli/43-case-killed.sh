# Goal: a scan that is killed at any moment goes on, and gives what it would
# have given. tests/fault/kill N tries more moments.
. "$(dirname "$0")/lib.sh"
cd "$work"
"$ROOT/tests/fault/kill" "${KILLS:-25}" 7 >kills || fail "$(cat kills)"
cat kills
holds "kills" ' ([2-9]|[1-9][0-9]+) resumed, 0 problems' kills
done_testing
