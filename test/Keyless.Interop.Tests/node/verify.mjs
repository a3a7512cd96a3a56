// `node verify.mjs AUTHORITY AUDIENCE`: verifies the token on standard input by what the authority publishes, and prints its claims.
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [authority, audience] = process.argv.slice(2);
const token = (await text(process.stdin)).trim();
const discovery = await (await fetch(`${authority}.well-known/openid-configuration`)).json();
try {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(discovery.jwks_uri)), { issuer: discovery.issuer, audience });
  console.log(JSON.stringify({ claims: payload }));
} catch (error) {
  console.log(JSON.stringify({ errorCode: error.code, errorMessage: error.message }));
}
