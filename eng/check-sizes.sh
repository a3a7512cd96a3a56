#!/usr/bin/env bash
# Compares the sizes of files with eng/size-budget.json: bytes, by the path under artifacts. Which of them: those whose path
# begins like the argument, which whoever calls this has built.
#
# exit: 0 within bounds, 1 not, or there is none
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=0 checked=0
while read -r file budget; do
  [[ $file == "$1"* ]] || continue
  checked=$((checked + 1))
  size=$(stat -c %s "artifacts/$file")
  verdict=ok
  [ "$size" -le "$budget" ] || verdict=FAIL failed=1
  printf '%-4s  %s: %d bytes of %d\n' "$verdict" "$file" "$size" "$budget"
done < <(sed -nE 's/^ *"([^"]+)": *([0-9]+),? *$/\1 \2/p' eng/size-budget.json)

[ "$checked" -gt 0 ] || { echo "FAIL  eng/size-budget.json has nothing that begins with $1"; failed=1; }
exit "$failed"
