#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of a server that Azure Arc has connected.
# The first answer names a file; the second request holds the file's text.
ask() {
  curl -sS --get -H 'Metadata: true' "$@" "$IDENTITY_ENDPOINT"
}

resource=$1
selector=$2
set -- --data-urlencode 'api-version=2020-06-01' --data-urlencode "resource=$resource" ${selector:+--data-urlencode "$selector"}
file=$(ask -D - -o /dev/null "$@" | grep -i '^Www-Authenticate:' | cut -d '=' -f 2 | tr -d '[:cntrl:]')
ask -H "Authorization: Basic $(cat "$file")" "$@"
