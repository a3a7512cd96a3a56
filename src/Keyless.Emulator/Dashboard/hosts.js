// The virtual hosts.
import { body, card, code, empty, facts, h, tag, tags } from './dom.js';
import { Page } from './page.js';

export function hosts(page) {
  page.show('Hosts', 'Each is a machine or an app of one platform, with an endpoint of its own.',
    page.live('/hosts', answer => answer.hosts.length > 0 ? answer.hosts.map(hostCard) : [empty('No hosts', 'The configuration describes none.')],
      h('div', { class: 'columns' })),
    Page.same('keyless env --host vm', 'keyless config show', 'keyless exec --as imds -- program'));
}

function hostCard(host) {
  return card([host.name, ' ', tag(host.kind)], body(
    host.problem && h('p', { class: 'note warn' }, host.problem),
    facts(
      ['Endpoint', code(host.endpoint)],
      ['Source', host.source],
      ['Tenant', host.tenant],
      ['Identities', tags(host.identities)],
      ['Variables', h('span', { class: 'tags' }, Object.keys(host.variables).map(name => code(name)))],
      ['Requests', String(host.requests)]),
    h('a', { href: `#/connect/${encodeURIComponent(host.name)}` }, 'Connect a program to it')),
  h('span', { class: `dot ${host.problem ? 'bad' : 'good'}` }, host.problem ? 'not usable' : 'usable'));
}
