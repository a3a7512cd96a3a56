// The APIs that tokens are asked for.
import { card, code, empty, h, muted, table, tags } from './dom.js';
import { Page } from './page.js';

export function resources(page) {
  page.show('Resources', 'APIs as their owners have registered them in Entra: the form of their tokens, and the roles that they know.',
    page.live(['/resources', '/identities'], ({ strict, resources: list }, { identities }) => [
      h('p', { class: 'note' }, strict ? 'Only registered APIs get tokens; for others Entra says AADSTS500011, and so does the emulator.'
        : 'Tokens are issued for any absolute URI or GUID; what is registered here has its own form. strictResources changes that.'),
      card('Registered APIs', list.length > 0 ? resourceTable(list) : empty('No API is registered', ['Describe them under ', code('resources'), ' in keyless.json. Until then all tokens are of version 1.'])),
      card('Roles by identity', roleTable(identities)),
    ]),
    Page.same('keyless resource list', 'keyless config show --running', 'keyless identity list'));
}

function resourceTable(list) {
  return table('Registered APIs', [
    ['Identifiers', resource => h('span', { class: 'tags' }, resource.identifiers.map(code)), 'wrap'],
    ['Application id', resource => code(resource.appId)],
    ['Tokens', resource => `v${resource.tokenVersion}`],
    ['Roles', resource => resource.roles ? tags(resource.roles, 'accent') : muted('any')],
    ['Without a role', resource => resource.assignmentRequired ? 'refused (AADSTS501051)' : 'gets a token'],
  ], list);
}

function roleTable(identities) {
  const rows = identities.flatMap(identity => Object.entries(identity.roles).map(([resource, roles]) => ({ identity, resource, roles })));
  if (rows.length === 0) return empty('No identity has a role', ['Give some under ', code('roles'), ' of an identity in keyless.json.']);
  return table('Roles by identity', [
    ['Identity', row => h('b', {}, row.identity.name)],
    ['API', row => code(row.resource), 'wrap'],
    ['Roles', row => tags(row.roles, 'accent')],
  ], rows);
}
