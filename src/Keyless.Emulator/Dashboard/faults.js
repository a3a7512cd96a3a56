// What goes wrong: presets, rules, faults for the next requests, and scenarios.
import { choicesIn, get, hostQuery, part, post, remove } from './api.js';
import { body, button, card, code, empty, field, fill, form, h, muted, replace, select, submit, table, tag } from './dom.js';
import { members } from './format.js';
import { Page } from './page.js';
import { scenario } from './scenario.js';
import { store } from './store.js';

const Everything = [['', 'All hosts and the authority']];
const sample = { name: 'first-fails', match: { leg: 'token' }, when: { state: 'cold' }, fault: { kind: 'status', status: 503 }, nextState: 'warm' };

export function faults(page) {
  const target = select(Everything, { 'data-key': 'target', onchange: () => drawPresets() });
  const presetBox = h('div', { class: 'presets' });
  let presets = [];
  let plans = [];

  function drawPresets() {
    const rules = plans.find(plan => (plan.host ?? '') === target.value)?.rules ?? [];
    replace(presetBox, presets.map(preset => {
      const active = rules.some(rule => rule.name === preset.name || rule.name.startsWith(`${preset.name}/`));
      const where = target.value ? `at ${target.value}` : 'everywhere';
      return h('button', {
        type: 'button', class: 'preset', 'aria-pressed': String(active), 'data-key': preset.name,
        onclick: () => page.act(() => active ? remove(`/faults/rules/${part(preset.name)}${hostQuery(target.value)}`)
          : post(`/faults/presets/${part(preset.name)}`, at(target.value)), `${preset.name}: ${active ? 'over' : 'on'} ${where}.`),
      }, h('b', {}, preset.name, active && tag('on', 'warn')), h('span', { class: 'about' }, preset.summary.replaceAll('`', '')),
      h('span', { class: 'about' }, `Lasts: ${preset.duration}`));
    }));
  }

  page.show('Faults & scenarios', 'What goes wrong on real machines, on demand. A queued fault meets the next request, a rule holds until it is removed.',
    page.live('/faults', answer => {
      plans = answer.plans;
      drawPresets();
      const drawings = plans.map(scenario).filter(Boolean);
      return [ruleCard(page, plans), ...drawings.map(({ host, state, drawing }) => card(`Scenario ${host ? `of ${host}` : 'of all hosts'}`,
        body(drawing), stateForm(page, host, state)))];
    }),
    card('Presets', body(h('p', { class: 'muted' }, 'Mishaps of real platforms. Press one to let it happen, again to end it.'), presetBox), target),
    h('div', { class: 'columns' }, oneShot(page), ruleForm(page)),
    Page.same('keyless fault preset throttled --host vm', 'keyless fault enqueue status status=429 --times 2', 'keyless fault list', 'keyless fault clear'));
  target.setAttribute('aria-label', 'Presets apply to');
  get('/faults/presets').then(answer => { presets = answer.presets; drawPresets(); }, () => {});
  page.follow(() => fill(target, hostChoices()));
}

const hostChoices = () => [...Everything, ...(store.state?.hosts ?? []).map(host => host.name)];
const at = host => host ? { host } : {};

function ruleCard(page, plans) {
  const rows = plans.flatMap(plan => [
    ...plan.queue.map(fault => ({ host: plan.host, queued: true, fault })),
    ...plan.rules.map(rule => ({ host: plan.host, ...rule })),
  ]);
  if (rows.length === 0) return card('Rules and queue', empty('Nothing goes wrong', 'Press a preset, queue a fault, or add a rule.'));
  return card('Rules and queue', table('Rules and queue', [
    ['Host', row => row.host ?? tag('all')],
    ['Rule', row => row.queued ? muted('next request') : h('b', {}, row.name)],
    ['Fault', row => code(members(row.fault)), 'wrap'],
    ['Match', row => row.match ? code(members(row.match)) : muted('any')],
    ['When', row => [row.when ? code(members(row.when)) : muted('always'), row.nextState && [' then ', tag(row.nextState, 'accent')]]],
    ['', row => row.queued ? null : button('Remove', () => page.act(() => remove(`/faults/rules/${part(row.name)}${hostQuery(row.host)}`), `${row.name} is removed.`),
      `remove-${row.host}-${row.name}`, { 'aria-label': `Remove ${row.name}` }), 'act'],
  ], rows), button('Clear all', () => page.act(() => remove('/faults'), 'All is well again.')));
}

// A fault for the next requests: the parameters follow from its kind.
function oneShot(page) {
  const kind = select([], { onchange: () => ask() });
  const about = h('p', { class: 'muted wide' });
  const parameters = h('div', { class: 'fields wide' });
  const host = select(Everything);
  const leg = select([['', 'Any']]);
  const times = h('input', { type: 'number', min: 1, max: 10000, value: 1 });
  let kinds = [];

  function ask() {
    const chosen = kinds.find(each => each.name === kind.value);
    if (!chosen) return;
    about.textContent = chosen.summary.replaceAll('`', '');
    parameters.replaceChildren(...[...chosen.parameters, 'delay'].filter((name, at, all) => all.indexOf(name) === at)
      .map(name => field(name, h('input', { name, autocomplete: 'off', placeholder: name === 'status' ? '503' : '' }))));
  }

  get('/faults/kinds').then(answer => {
    kinds = answer.kinds;
    fill(kind, kinds.map(each => each.name));
    ask();
  }, () => {});
  get('/openapi.json').then(document => fill(leg, [['', 'Any'], ...choicesIn(document.paths['/journal'].get.parameters.find(each => each.name === 'leg'))]), () => {});
  page.follow(() => fill(host, hostChoices()));
  return card('Next requests', form('card-body', () => {
    const fault = { kind: kind.value };
    for (const input of parameters.querySelectorAll('input')) if (input.value !== '') fault[input.name] = valueOf(input.value);
    page.act(() => post('/faults/queue', {
      ...at(host.value), fault, times: Number(times.value) || 1, ...(leg.value && { match: { leg: leg.value } }),
    }), 'Queued.');
  }, h('div', { class: 'fields' }, field('Fault', kind), field('Host', host), field('Leg', leg), field('Times', times), about, parameters),
  h('div', { class: 'actions' }, submit('Queue it'))));
}

// A value is read as JSON where it is some, else as text, as the command line does.
function valueOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function ruleForm(page) {
  const text = h('textarea', { rows: 9, spellcheck: 'false', value: JSON.stringify(sample, null, 2) });
  const host = select(Everything);
  page.follow(() => fill(host, hostChoices()));
  return card('New rule', form('card-body',
    () => page.act(() => post('/faults/rules', { ...at(host.value), rule: JSON.parse(text.value) }), 'The rule holds.'),
    field('Rule as JSON: name, fault; match, when, nextState', text),
    h('div', { class: 'bar' }, field('Host', host, 'grow'), submit('Add it'))));
}

function stateForm(page, host, state) {
  const input = h('input', { value: state ?? '', placeholder: 'no state', 'aria-label': 'State', 'data-key': `state-${host}` });
  return form('actions', () => page.act(() => post('/faults/state', { ...at(host), ...(input.value && { state: input.value }) }), 'It goes on from there.'),
    h('div', { class: 'field' }, input), h('button', { 'data-key': `set-${host}` }, 'Set state'));
}
