# Sourced by scripts that need a temporary folder: makes it, $place, and deletes it at the end.
place=$(mktemp -d)
# A class archive may still be written in the background.
trap 'rm -rf "$place" 2> /dev/null || { sleep 5; rm -rf "$place" || true; }' EXIT
