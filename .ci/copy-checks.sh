# Sourced by scripts that check a copy of the project: makes the copy, changes into it, and counts checks.
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=.ci/temporary-folder.sh
. "$project/.ci/temporary-folder.sh"
git -C "$project" ls-files -z --cached --others --exclude-standard |
  (cd "$project" && xargs -0 cp --parents -t "$place")
cd "$place"
passed=0 failed=0

# check <what> <expected exit code> <expected parts of the output, one a line> <command…>
check() {
  local what=$1 code=$2 parts=$3 output actual=0 part missing= begin=$SECONDS
  shift 3
  output=$("$@" 2>&1) || actual=$?
  while IFS= read -r part; do
    [[ $output == *"$part"* ]] || missing+=" \"$part\""
  done <<< "$parts"
  if [[ $actual == "$code" && -z $missing ]]; then
    passed=$((passed + 1))
    echo "ok      $what ($((SECONDS - begin)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED  $what: expected exit code $code, got $actual; missing:$missing; output:"
    printf '%s\n' "$output" | tail -n 40 | sed 's/^/          /'
  fi
}

# finish: prints the counts, and fails if a check has failed.
finish() {
  echo "$passed passed, $failed failed"
  (( failed == 0 ))
}
