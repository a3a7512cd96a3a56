// What the emulator is configured to be, and where each value comes from.
import { forgetKey, hasKey } from './api.js';
import { body, button, card, code, empty, facts, h, muted, table, tag } from './dom.js';
import { Page } from './page.js';

const tones = { file: 'accent', environment: 'good', flag: 'warn', default: '' };

export function settings(page) {
  let all = false;
  let redraw = () => {};
  const toggle = h('input', { type: 'checkbox', id: 'all-values', onchange: () => { all = toggle.checked; redraw(); } });
  const values = h('div');
  page.show('Settings', 'What the emulator was told: a flag wins over a variable, that over the file, and that over the default.',
    page.live('/config', answer => {
      redraw = () => values.replaceChildren(valueTable(answer, all));
      redraw();
      return [card('Access', body(facts(
        ['Listens on', code(answer.access.address)],
        ['Reached by', answer.access.remote ? tag('other machines, too', 'warn') : 'this machine alone'],
        ['Admin key', answer.access.adminKey ? 'asked for' : 'none is asked for'],
        ['Allowed hosts', answer.access.allowedHosts.join(', ')],
        ['File', answer.file ? code(answer.file) : 'none was read'],
        ['Seed', code(String(answer.seed))])))];
    }),
    card('Effective configuration', values, h('label', { class: 'check', for: 'all-values' }, toggle, 'Show defaults')),
    hasKey() && card('This tab', body(h('div', { class: 'actions' }, button('Forget the admin key', forgetKey)))),
    Page.same('keyless config show --running', 'keyless config show --effective --origin', 'keyless config validate', 'keyless config init'));
}

function valueTable(answer, all) {
  const rows = answer.values.filter(value => all || value.layer !== 'default');
  if (answer.values.length === 0) return empty('A program has started this emulator', 'Its options are in that program, not in a file.');
  if (rows.length === 0) return empty('Nothing is configured', 'The defaults hold. keyless config init writes a file to begin with.');
  return table('Effective configuration', [
    ['Name', value => code(value.path), 'wrap'],
    ['Value', value => value.layer === 'default' ? muted(value.value) : code(value.value), 'wrap'],
    ['From', value => tag(value.layer, tones[value.layer])],
    ['Place', value => value.origin ? muted(`${value.origin}${value.line === null ? '' : `:${value.line}`}`) : null, 'wrap'],
  ], rows);
}
