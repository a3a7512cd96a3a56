// How things stand: hosts and their health, faults, clock, the latest requests.
import { post, remove } from './api.js';
import { body, button, card, code, copyable, empty, facts, field, h, muted, replace, table, tag } from './dom.js';
import { dateTime, members, span, tone } from './format.js';
import { Page } from './page.js';
import { requestTable } from './requests.js';
import { store } from './store.js';

export function overview(page) {
  const tiles = h('div', { class: 'tiles' });
  const latest = h('div');
  page.show('Overview', 'Virtual machines and apps with managed identities, on this machine alone.',
    tiles,
    h('div', { class: 'columns' },
      h('div', { class: 'stack' },
        page.live('/hosts', ({ hosts }) => [card('Hosts', hostTable(hosts), link('#/hosts', 'All about them'))]),
        page.live('/clock', clock => [clockCard(page, clock)])),
      page.live('/faults', ({ plans }) => [faultCard(page, plans)])),
    card('Latest requests', latest, link('#/journal', 'Live journal')),
    page.live('/', state => [authorityCard(state)]),
    Page.same('keyless journal tail', 'keyless fault list', 'keyless clock show', 'keyless identity list'));
  let drawn;
  page.follow(() => {
    replace(tiles, tilesOf());
    const requests = store.requests;
    const mark = `${requests.length} ${requests[0]?.number} ${requests[0]?.realTime}`;
    if (mark === drawn) return;
    drawn = mark;
    replace(latest, requests.length > 0 ? requestTable(requests.slice(0, 8), false) : [empty('No requests yet', ['Lead a program here: ', link('#/connect', 'Connect'), ' has the variables.'])]);
  });
}

const link = (href, text) => h('a', { href }, text);

function tilesOf() {
  const { state, requests } = store;
  if (!state) return [];
  const problems = state.hosts.filter(host => host.problem).length;
  const failed = requests.filter(request => tone(request) !== 'good').length;
  const tile = (href, number, text, kind = '') => h('a', { class: `tile ${kind}`, href, 'data-key': href }, h('b', {}, String(number)), muted(text));
  return [
    tile('#/hosts', state.hosts.length, problems > 0 ? `hosts, ${problems} not usable` : 'hosts, all usable', problems > 0 ? 'alert' : ''),
    tile('#/identities', state.identities.length, 'identities'),
    tile('#/journal', state.requests, 'requests in the journal'),
    tile('#/journal', failed, requests.length < 500 ? 'requests failed' : 'of the last 500 failed', failed > 0 ? 'alert' : ''),
    tile('#/faults', state.faultRules + state.queuedFaults, 'active faults', state.faultRules + state.queuedFaults > 0 ? 'alert' : ''),
  ];
}

function hostTable(hosts) {
  return table('Hosts', [
    ['Host', host => h('b', {}, host.name)],
    ['Kind', host => host.kind],
    ['Health', host => host.problem ? h('span', { class: 'dot bad', title: host.problem }, 'not usable') : h('span', { class: 'dot good' }, 'usable')],
    ['Requests', host => String(host.requests), 'number'],
  ], hosts);
}

function faultCard(page, plans) {
  const rows = plans.flatMap(plan => [
    ...plan.queue.map(fault => ({ host: plan.host, name: 'next request', fault })),
    ...plan.rules.map(rule => ({ host: plan.host, name: rule.name, fault: rule.fault })),
  ]);
  if (rows.length === 0) return card('Active faults', empty('Nothing goes wrong', 'Presets do what real platforms do on bad days.'), link('#/faults', 'Make it fail'));
  return card('Active faults', table('Active faults', [
    ['Host', row => row.host ?? tag('all')],
    ['Rule', row => row.name],
    ['Fault', row => code(members(row.fault)), 'wrap'],
  ], rows), button('Clear all', () => page.act(() => remove('/faults'), 'All is well again.')));
}

function clockCard(page, clock) {
  const by = h('input', { value: '1h', size: 8, 'data-key': 'by' });
  const change = (what, body) => () => page.act(() => post(`/clock/${what}`, body));
  const pace = clock.frozen ? 'stands still' : clock.speed === 1 ? 'runs as usual' : `runs ${clock.speed} times as fast`;
  return card('Clock', body(
    facts(
      ['Pace', pace],
      ['Shift', shift(clock)],
      ['Skew', clock.skew === '0s' ? 'none: others are told its time' : `others are told times that differ by ${clock.skew}`],
      ['Tokens', clock.tokenTimes === 'real' ? 'tell the real time' : 'tell its time']),
    h('div', { class: 'bar' },
      field('Advance by', by),
      button('Advance', () => page.act(() => post('/clock/advance', { by: by.value }), 'The clock has moved.')),
      clock.frozen ? button('Resume', change('resume'), 'freeze') : button('Freeze', change('freeze'), 'freeze'),
      clock.skew !== '0s' && button('End the skew', change('skew', { by: '0s' })))));
}

// Between two looks at clocks a moment passes; one that stands still or hurries is apart by more each time.
function shift({ now, realNow, frozen, speed }) {
  const seconds = Math.round((Date.parse(now) - Date.parse(realNow)) / 1000);
  if (frozen || speed !== 1) return `it is at ${dateTime(now)} UTC`;
  return seconds === 0 ? 'none: it is at the real time' : `${span(seconds * 1000)} ${seconds > 0 ? 'ahead of' : 'behind'} the real time`;
}

function authorityCard(state) {
  return card('Authority', body(
    facts(
      ['Authority', code(state.authority)],
      ['Tenant', code(state.tenantId)],
      ['Admin API', [code(state.admin), ', described at ', code('/openapi.json')]],
      ['Running since', `${dateTime(state.startedOn)} UTC`]),
    h('p', { class: 'muted' }, 'A validator that trusts this discovery document takes the tokens; Azure never does.'),
    copyable(`${state.authority}.well-known/openid-configuration`)));
}
