#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of a Service Fabric application. CURL_CA_BUNDLE names the certificate that the cluster presents.
exec curl -sS --get -H "secret: $IDENTITY_HEADER" \
  --data-urlencode "api-version=$IDENTITY_API_VERSION" --data-urlencode "resource=$1" ${2:+--data-urlencode "$2"} \
  "$IDENTITY_ENDPOINT"
