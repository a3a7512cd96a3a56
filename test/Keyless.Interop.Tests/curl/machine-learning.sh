#!/bin/sh
# RESOURCE [SELECTOR=ID]: a token of a compute of Azure Machine Learning.
exec curl -sS --get -H "secret: $MSI_SECRET" \
  --data-urlencode 'api-version=2017-09-01' --data-urlencode "resource=$1" ${2:+--data-urlencode "$2"} \
  "$MSI_ENDPOINT"
