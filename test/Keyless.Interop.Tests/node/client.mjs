// `node client.mjs CLIENT CALL…`: makes the calls, given as JSON, one after the other, and prints a line of JSON for each.
// It is what Clients/DotNet is for the clients of .NET.
const clients = {
  async 'msal-node'() {
    const { ManagedIdentityApplication } = await import('@azure/msal-node');
    return async ({ resource, by, id }) => {
      const managedIdentityIdParams = by === 'system' ? undefined : { [`userAssigned${nameOf(by)}`]: id };
      const application = new ManagedIdentityApplication({ managedIdentityIdParams });
      const { accessToken, expiresOn } = await application.acquireToken({ resource });
      return { token: accessToken, expiresOn: Math.floor(expiresOn.getTime() / 1000) };
    };
  },

  async 'azure-identity-js'() {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return async ({ resource, by, id, retries }) => {
      const identity = by === 'system' ? {} : { [camelCase(nameOf(by))]: id };
      const credential = new ManagedIdentityCredential({ ...identity, retryOptions: { maxRetries: retries } });
      const { token, expiresOnTimestamp } = await credential.getToken(`${resource}/.default`);
      return { token, expiresOn: Math.floor(expiresOnTimestamp / 1000) };
    };
  },
};

function nameOf(by) {
  return { client: 'ClientId', object: 'ObjectId', resource: 'ResourceId' }[by];
}

function camelCase(name) {
  return name[0].toLowerCase() + name.slice(1);
}

function outcomeOf(error) {
  const messages = [];
  for (let inner = error; inner; inner = inner.cause) {
    messages.push(inner.message);
  }

  return { errorType: error.name, errorCode: error.errorCode, errorMessage: messages.join(' ← ') };
}

const [client, ...calls] = process.argv.slice(2);
const ask = await clients[client]();
for (const call of calls) {
  let outcome;
  try {
    outcome = await ask(JSON.parse(call));
  } catch (error) {
    outcome = outcomeOf(error);
  }

  console.log(JSON.stringify(outcome));
}
