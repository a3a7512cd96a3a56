#!/usr/bin/env bash
# Publishes a program as native code: one file, in artifacts/native/publish. Further arguments go to `dotnet publish`.
#
#   eng/publish-native.sh src/Keyless.Cli
#
# Needs a C compiler and the headers of zlib (Debian: clang or gcc, zlib1g-dev). The framework is in eng/Native.props.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet publish "$1" -c Release -r "${KEYLESS_RID:-linux-x64}" -p:Native=true -nologo -v quiet "${@:2}"
