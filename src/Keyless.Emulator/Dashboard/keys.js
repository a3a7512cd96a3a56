// The signing keys, and their turns.
import { part, post, remove } from './api.js';
import { body, button, card, code, field, form, h, muted, s, submit, table, tag } from './dom.js';
import { dateTime, span } from './format.js';
import { Page } from './page.js';
import { now } from './store.js';

const tones = { active: 'good', next: 'accent', retiring: 'warn', gone: '' };

export function keys(page) {
  const overlap = h('input', { value: '24h', size: 8, pattern: '[0-9.]+(ms|s|m|h|d)' });
  page.show('Keys', 'Tokens are signed with the active key; the authority publishes it, the next one, and old ones for as long as they overlap.',
    card('Rotate', body(form('bar', () => page.act(() => post('/keys/rotate', { overlap: overlap.value }), 'Tokens are signed with another key now.'),
      field('Keep the old key for', overlap), submit('Rotate'),
      button('Publish the next key', () => page.act(() => post('/keys/next'), 'The next key is published.'))),
    h('p', { class: 'muted' }, 'A validator that caches keys should see the next one before it signs, and forgive the old one while it overlaps. 0s takes it out at once.'))),
    page.live('/keys', ({ keys: list }) => [card('Keys', keyTable(page, list)), card('Timeline', body(timeline(list)))]),
    Page.same('keyless key list', 'keyless key next', 'keyless key rotate --overlap 10m', 'keyless key revoke ID'));
}

function keyTable(page, list) {
  return table('Keys', [
    ['State', key => tag(key.state, tones[key.state])],
    ['Id', key => code(key.id), 'wrap'],
    ['Made', key => dateTime(key.createdOn), 'nowrap'],
    ['Active since', key => dateTime(key.activeSince) || muted('not yet'), 'nowrap'],
    ['Gone on', key => dateTime(key.goneOn) || muted('open'), 'nowrap'],
    ['', key => isGone(key) ? null : button('Revoke', () => page.act(() => remove(`/keys/${part(key.id)}`), 'Its tokens are refused from now on.'),
      `revoke-${key.id}`, { class: 'danger', 'aria-label': `Revoke ${key.id}` }), 'act'],
  ], list);
}

const isGone = key => key.goneOn !== null && new Date(key.goneOn).getTime() <= now();

// From when each key was published to when it is gone; the part in which it signed stands out.
function timeline(list) {
  const [left, right, row] = [4, 1196, 30];
  const time = text => new Date(text).getTime();
  const present = now();
  const shown = [...list].reverse();
  const from = Math.min(present, ...shown.map(key => time(key.createdOn)));
  const ends = shown.map(key => key.goneOn ? time(key.goneOn) : present);
  const known = Math.max(present, ...ends);
  const to = known + Math.max(60_000, (known - from) * 0.06);
  const x = at => left + (right - left) * (at - from) / (to - from);
  const height = shown.length * row + 24;
  const text = shown.map(key => `${key.id}: ${key.state}`).join('; ');
  const svg = s('svg', { class: 'drawing', viewBox: `0 0 1200 ${height}`, role: 'img', 'aria-label': `Timeline of the keys. ${text}` });
  shown.forEach((key, at) => {
    const y = at * row;
    const end = key.goneOn ? time(key.goneOn) : to;
    const after = shown.find((other, place) => place > at && other.activeSince && time(other.activeSince) >= time(key.activeSince ?? other.activeSince));
    const stop = Math.min(end, after && key.activeSince ? time(after.activeSince) : end, Math.max(present, from));
    svg.append(s('rect', { class: isGone(key) ? 'gone' : 'published', x: x(time(key.createdOn)), y: y + 16, width: Math.max(3, x(end) - x(time(key.createdOn))), height: 9, rx: 2 }));
    if (key.activeSince) svg.append(s('rect', { class: isGone(key) ? 'gone' : 'signing', x: x(time(key.activeSince)), y: y + 16, width: Math.max(3, x(stop) - x(time(key.activeSince))), height: 9, rx: 2 }));
    const late = x(time(key.createdOn)) > 800;
    svg.append(s('text', { x: late ? x(end) - 2 : x(time(key.createdOn)), y: y + 11, 'text-anchor': late ? 'end' : 'start' }, `${key.id.replace(/^keyless-emulator-/, '…')}  ${key.state}`));
  });
  svg.append(s('line', { class: 'now-line', x1: x(present), x2: x(present), y1: 0, y2: height - 18 }),
    s('text', { class: 'faint', x: Math.min(x(present), 1176), y: height - 4, 'text-anchor': x(present) > 1160 ? 'end' : 'middle' }, 'now'),
    s('text', { class: 'faint', x: left, y: height - 4 }, x(present) > 120 ? `${span(present - from)} ago` : ''),
    s('text', { class: 'faint', x: right, y: height - 4, 'text-anchor': 'end' }, x(present) < 1000 ? `in ${span(to - present)}` : ''));
  svg.style.minWidth = '820px';
  return h('div', { class: 'stack' }, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Timeline of the keys' }, svg),
    h('p', { class: 'muted small' }, 'Strong: signs. Light: published, so that validators find it. Grey: gone.'));
}
