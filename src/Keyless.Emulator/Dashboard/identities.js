// The managed identities: who has them, what they may do.
import { part, post, remove } from './api.js';
import { button, card, code, empty, field, fill, form, h, muted, select, submit, table, tag, tags } from './dom.js';
import { Page } from './page.js';
import { store } from './store.js';

export function identities(page) {
  const name = h('input', { required: true, autocomplete: 'off', pattern: '[A-Za-z0-9._\\-]+', placeholder: 'shipping' });
  const host = select([['', 'No host yet']]);
  const add = form('card-body bar', () => page.act(() => post('/identities', { name: name.value, ...(host.value && { host: host.value }) }),
    `${name.value} is there.`).then(made => made && add.reset()), field('Name', name, 'grow'), field('Assign to', host), submit('Make it'));
  page.show('Identities & roles', 'A program gets tokens for an identity that its host has. Roles are what an API finds in them.',
    page.live('/identities', answer => [card('Managed identities', identityTable(page, answer.identities))]),
    card('New user-assigned identity', add),
    Page.same('keyless identity list', 'keyless identity add shipping --host vm', 'keyless identity unassign orders --host vm', 'keyless identity disable orders'));
  page.follow(() => fill(host, [['', 'No host yet'], ...(store.state?.hosts ?? []).map(each => each.name)]));
}

function identityTable(page, list) {
  if (list.length === 0) return empty('No identities', 'Make one below.');
  return table('Managed identities', [
    ['Name', identity => [h('b', {}, identity.name), ' ', !identity.enabled && tag('disabled', 'warn')]],
    ['Kind', identity => identity.systemAssigned ? "a host's own" : 'user-assigned', 'nowrap'],
    ['Ids', identity => h('span', {}, h('span', { class: 'muted small' }, 'client '), code(identity.clientId), h('br'),
      h('span', { class: 'muted small' }, 'object '), code(identity.objectId)), 'wrap ids'],
    ['Hosts', identity => hostsOf(page, identity)],
    ['Roles', identity => rolesOf(identity.roles), 'wrap'],
    ['', identity => actionsOf(page, identity), 'act'],
  ], list);
}

function rolesOf(roles) {
  const entries = Object.entries(roles);
  return entries.length === 0 ? muted('none') : h('span', {}, entries.map(([resource, names]) => [code(resource), ' ', tags(names, 'accent'), ' ']));
}

function hostsOf(page, identity) {
  if (identity.systemAssigned) return tags(identity.hosts);
  const key = `${identity.tenantId}-${identity.name}`;
  const missing = (store.state?.hosts ?? []).map(host => host.name).filter(name => !identity.hosts.includes(name));
  const host = select(missing, { 'aria-label': `Host for ${identity.name}`, 'data-key': `host-${key}` });
  const give = [host, button('Assign', () => page.act(() => post(`/identities/${part(identity.name)}/assign`, { host: host.value }), `${host.value} has ${identity.name} now.`),
    `assign-${key}`, { 'aria-label': `Assign ${identity.name} to the host` })];
  return h('span', { class: 'tags' }, identity.hosts.map(host => button(`${host} ×`,
    () => page.act(() => post(`/identities/${part(identity.name)}/unassign`, { host }), `${host} has ${identity.name} no more.`),
    `${key}-${host}`, { title: `Take ${identity.name} from ${host}`, 'aria-label': `Take ${identity.name} from ${host}` })), missing.length > 0 && give);
}

function actionsOf(page, identity) {
  const path = `/identities/${part(identity.name)}`;
  const toggle = identity.enabled ? 'disable' : 'enable';
  return [
    button(identity.enabled ? 'Disable' : 'Enable', () => page.act(() => post(`${path}/${toggle}`), `${identity.name}: ${toggle}d.`), `toggle-${identity.objectId}`),
    !identity.systemAssigned && button('Delete', () => page.act(() => remove(path), `${identity.name} is deleted.`), `delete-${identity.objectId}`, { class: 'danger' }),
  ];
}
