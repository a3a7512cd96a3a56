#!/usr/bin/env bash
# The link-local path for real: what `keyless token` does at 169.254.169.254, the one address that no test may reach.
# Each check has a network namespace of its own, from which nothing gets out:
#   answers   the emulator stands at the address: no variable set, a token comes from IMDS
#   absent    no route to the address, as on a laptop: says so at once, and how to emulate one
#   silent    the address swallows packets, as behind a firewall: says so within its time
#
# usage: eng/netns-imds.sh [the tool's assembly]
#        default: artifacts/bin/Keyless.Cli/debug/Keyless.Cli.dll, built before
# exit:  0 all held, 1 one did not, 2 the tool is not built, 77 this system lets nobody make a network namespace
set -euo pipefail

readonly address=169.254.169.254
readonly no_source=3         # the tool's exit code for "this machine has no managed identity" (docs/cli.md)
readonly absent_limit_ms=1000
readonly silent_limit_ms=3000

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

now_ms() { echo $(("${EPOCHREALTIME/[.,]/}" / 1000)); }

# Runs the tool; leaves what it wrote in $output, its exit code in $code and the milliseconds of the whole process in $took.
run_tool() {
  local started
  started=$(now_ms)
  code=0
  output=$(timeout 30 dotnet "$tool" "$@" 2>&1) || code=$?
  took=$(($(now_ms) - started))
}

report() { # name, verdict, details
  printf '%-4s  %-8s %s\n' "$2" "$1" "$3"
  if [ "$2" = FAIL ]; then
    printf '%s\n' "$output" | sed 's/^/        | /'
    return 1
  fi
}

# A token cannot be held wrongly by accident: it stays out of this script's output.
redacted() { sed -E 's/eyJ[A-Za-z0-9_.-]+/[token]/g' <<<"$1"; }

check_answers() {
  ip addr add "$address/32" dev lo
  dotnet "$tool" emulate --source imds --address "$address" --port 80 >"$scratch/emulator" 2>&1 &
  emulator=$!
  trap 'kill "$emulator" 2>/dev/null || true' EXIT

  local tries=0
  until (exec 3<>"/dev/tcp/$address/80") 2>/dev/null; do
    if ! kill -0 "$emulator" 2>/dev/null || [ $((++tries)) -gt 150 ]; then
      output=$(cat "$scratch/emulator")
      report answers FAIL "the emulator does not listen at $address:80"
    fi
    sleep 0.1
  done

  run_tool token https://management.azure.com/ --output json
  local token=0
  if grep -Eq '"[A-Za-z_]*[Tt]oken" *: *"eyJ' <<<"$output"; then token=1; fi
  output=$(redacted "$output")
  if [ "$code" = 0 ] && [ "$token" = 1 ] && grep -Eiq '"source" *: *"imds"' <<<"$output"; then
    report answers ok "a token from IMDS, no variable set ($took ms)"
  else
    report answers FAIL "exit code $code, expected 0 and a token whose source is IMDS ($took ms)"
  fi
}

check_absent() { expect_no_source absent "$absent_limit_ms"; }

check_silent() {
  # The neighbour is known and does not exist: its frames arrive at the other end of the pair, addressed to nobody there.
  ip link add out type veth peer name nowhere
  ip link set out up
  ip link set nowhere up
  ip addr add 169.254.0.1/16 dev out
  ip neigh add "$address" lladdr 02:00:00:00:00:01 dev out nud permanent

  local rc=0
  output=$(timeout 1 bash -c "exec 3<>/dev/tcp/$address/80" 2>&1) || rc=$?
  [ "$rc" = 124 ] || report silent FAIL "the namespace does not swallow packets: connecting ended with $rc"

  expect_no_source silent "$silent_limit_ms"
}

expect_no_source() { # name, limit in ms
  run_tool token https://management.azure.com/
  local problem=
  [ "$code" = "$no_source" ] || problem+="exit code $code instead of $no_source; "
  grep -iq 'managed identity' <<<"$output" || problem+='no word of a managed identity; '
  grep -q 'keyless emulate' <<<"$output" || problem+='no word of how to emulate one; '
  [ "$took" -le "$2" ] || problem+='too slow; '
  if [ -z "$problem" ]; then
    report "$1" ok "exit code $code and what to do ($took ms, at most $2)"
  else
    report "$1" FAIL "$problem$took ms, at most $2"
  fi
}

# Inside a namespace: one check.
if [ "${1:-}" = --inside ]; then
  tool=$2 scratch=$3
  ip link set lo up
  # What the very first start on a machine costs (the runtime's files from the disk) is not what is measured.
  dotnet "$tool" --help >/dev/null 2>&1 || true
  "check_$4"
  exit
fi

tool=${1:-$root/artifacts/bin/Keyless.Cli/debug/Keyless.Cli.dll}
if [ ! -f "$tool" ]; then
  echo "netns-imds: $tool is not there; build it first: dotnet build src/Keyless.Cli" >&2
  exit 2
fi

for needed in ip unshare timeout; do
  if ! command -v "$needed" >/dev/null; then
    echo "netns-imds: skipped: '$needed' is missing (Debian packages iproute2, util-linux, coreutils)" >&2
    exit 77
  fi
done

namespace=()
for flags in -n -rn; do
  if unshare "$flags" ip link set lo up 2>/dev/null; then
    namespace=(unshare "$flags")
    break
  fi
done
if [ ${#namespace[@]} = 0 ]; then
  echo "netns-imds: skipped: this system lets neither root nor a user namespace make a network namespace" >&2
  exit 77
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
clean=(env -i "PATH=$PATH" "HOME=$scratch" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1)
[ -z "${DOTNET_ROOT:-}" ] || clean+=("DOTNET_ROOT=$DOTNET_ROOT")

failed=0
for check in answers absent silent; do
  "${namespace[@]}" "${clean[@]}" "${BASH:-bash}" "${BASH_SOURCE[0]}" --inside "$tool" "$scratch" "$check" || failed=1
done
exit "$failed"
