// `node program.mjs RESOURCE CODE`: an ordinary program with msal-node. Gets a token, prints its claims, and ends with the exit code.
import { ManagedIdentityApplication } from '@azure/msal-node';

const [resource, code] = process.argv.slice(2);
const { accessToken } = await new ManagedIdentityApplication().acquireToken({ resource });
console.log(Buffer.from(accessToken.split('.')[1], 'base64url').toString());
process.exitCode = Number(code);
