#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of an App Service application.
exec curl -sS --get -H "X-IDENTITY-HEADER: $IDENTITY_HEADER" \
  --data-urlencode 'api-version=2019-08-01' --data-urlencode "resource=$1" ${2:+--data-urlencode "$2"} \
  "$IDENTITY_ENDPOINT"
