// The variables of a host, in the language of whoever is to have them. What `keyless env` prints, and more.

const bash = text => `'${text.replaceAll("'", "'\\''")}'`;
const plain = text => /^[A-Za-z0-9_\-.,:/@%+=]*$/.test(text);
const dotenv = text => !/[\\"$`]/.test(text) ? `"${text}"` : text.includes("'") ? `"${text.replace(/[\\"$`]/g, '\\$&')}"` : `'${text}'`;
const yaml = text => JSON.stringify(text);
const lines = (host, set) => Object.entries(host.variables).map(([name, value]) => set(name, value));

export const forms = [
  { name: 'bash', command: 'bash', text: host => [`unset ${host.unset.join(' ')}`, ...lines(host, (name, value) => `export ${name}=${bash(value)}`)].join('\n') },
  { name: 'PowerShell', command: 'pwsh', text: host => [`Remove-Item -ErrorAction SilentlyContinue ${host.unset.map(name => `env:${name}`).join(', ')}`,
    ...lines(host, (name, value) => `$env:${name} = '${value.replace(/['‘’‚‛]/g, '$&$&')}'`)].join('\n') },
  { name: 'cmd', command: 'cmd', text: host => [host.unset.map(name => `set "${name}="`).join(' & '), ...lines(host, (name, value) => `set "${name}=${value.replaceAll('%', '%%')}"`)].join('\n') },
  { name: 'Docker', command: 'docker', about: "The endpoints are on this machine's loopback, which the container must share.", text: host =>
    ['docker run --network host', ...lines(host, (name, value) => `--env ${plain(value) ? `${name}=${value}` : bash(`${name}=${value}`)}`), 'my-app'].join(' \\\n  ') },
  { name: 'Compose', about: 'Below a service that shares the loopback of this machine.', text: host =>
    ['network_mode: host', 'environment:', ...lines(host, (name, value) => `  ${name}: ${yaml(value)}`)].join('\n') },
  { name: 'Kubernetes', about: 'Below a container whose pod has the emulator beside it.', text: host =>
    ['env:', ...lines(host, (name, value) => `  - name: ${name}\n    value: ${yaml(value)}`)].join('\n') },
  { name: '.env', command: 'dotenv', text: host => lines(host, (name, value) => `${name}=${dotenv(value)}`).join('\n') },
  { name: 'launchSettings', command: 'launchsettings', text: host => JSON.stringify({ profiles: { [host.name]: { commandName: 'Project',
    environmentVariables: { ...host.variables, ...Object.fromEntries(host.unset.map(name => [name, ''])) } } } }, null, 2) },
];

const clientIdOf = identity => identity && !identity.systemAssigned ? identity.clientId : null;

/** Programs that get a token once they have the variables. */
export const languages = [
  { name: 'C#', text: (resource, identity) => `var credential = new ManagedIdentityCredential(${clientIdOf(identity) ? `ManagedIdentityId.FromUserAssignedClientId("${identity.clientId}")` : 'ManagedIdentityId.SystemAssigned'});
var token = await credential.GetTokenAsync(new TokenRequestContext(["${resource}/.default"]));` },
  { name: 'Python', text: (resource, identity) => `from azure.identity import ManagedIdentityCredential
credential = ManagedIdentityCredential(${clientIdOf(identity) ? `client_id="${identity.clientId}"` : ''})
token = credential.get_token("${resource}/.default")` },
  { name: 'JavaScript', text: (resource, identity) => `import { ManagedIdentityCredential } from "@azure/identity";
const credential = new ManagedIdentityCredential(${clientIdOf(identity) ? `{ clientId: "${identity.clientId}" }` : ''});
const token = await credential.getToken("${resource}/.default");` },
  { name: 'Go', text: (resource, identity) => `cred, err := azidentity.NewManagedIdentityCredential(${clientIdOf(identity) ? `&azidentity.ManagedIdentityCredentialOptions{
	ID: azidentity.ClientID("${identity.clientId}"),
}` : 'nil'})
token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${resource}/.default"}})` },
  { name: 'keyless', text: (resource, identity) => `keyless token ${resource}${clientIdOf(identity) ? ` --client-id ${identity.clientId}` : ''}` },
];
