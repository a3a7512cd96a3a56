#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of a virtual machine, by its Instance Metadata Service.
exec curl -sS --get -H 'Metadata: true' \
  --data-urlencode 'api-version=2018-02-01' --data-urlencode "resource=$1" ${2:+--data-urlencode "$2"} \
  "$AZURE_POD_IDENTITY_AUTHORITY_HOST/metadata/identity/oauth2/token"
