#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of the user who is signed in to Cloud Shell.
exec curl -sS -H 'Metadata: true' --data-urlencode "resource=$1" ${2:+--data-urlencode "$2"} "$MSI_ENDPOINT"
