// The requests as they are answered, and all about one of them.
import { remove, send } from './api.js';
import { button, card, empty, field, fill, h, replace, select } from './dom.js';
import { statusText, tone } from './format.js';
import { Page } from './page.js';
import { detailOf } from './request.js';
import { requestTable } from './requests.js';
import { forgetRequests, store } from './store.js';

const MostRows = 200;

export function journal(page, [number]) {
  const filter = {
    text: h('input', { type: 'search', placeholder: 'Path, resource, identity, fault…', oninput: () => draw(true) }),
    host: select([['', 'Any']], { onchange: () => draw(true) }),
    leg: select([['', 'Any']], { onchange: () => draw(true) }),
    status: select([['', 'Any'], ['good', 'Succeeded'], ['failed', 'Failed'], ['fault', 'By a fault']], { onchange: () => draw(true) }),
  };
  let chosen = number ? Number(number) : null;
  let held = null;
  const pause = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    held = held ? null : [...store.requests];
    pause.setAttribute('aria-pressed', String(held !== null));
    pause.textContent = held ? 'Go on' : 'Pause';
    draw(true);
  } }, 'Pause');
  const list = h('div', { 'aria-live': 'off' });
  const count = h('span', { class: 'muted small' });
  const detail = h('div', { class: 'card detail', hidden: true });
  const frame = h('div', { class: 'journal' }, card('Requests', list, count, pause,
    button('Save HAR', () => page.act(() => download('har'))),
    button('Clear', () => page.act(async () => { await remove('/journal'); forgetRequests(); held = null; }, 'Forgotten.'))), detail);
  page.show('Live journal', 'Every request to a host or to the authority, as it is answered. Tokens and secrets are hashes here.',
    h('div', { class: 'bar' }, field('Find', filter.text, 'grow'), field('Host', filter.host), field('Leg', filter.leg), field('Outcome', filter.status)),
    frame,
    Page.same('keyless journal tail --leg token', chosen ? `keyless journal show ${chosen}` : 'keyless journal show 1', 'keyless journal export --format har'));

  let drawn;
  function draw(always) {
    const requests = held ?? store.requests;
    const mark = `${requests.length} ${requests[0]?.number} ${requests[0]?.realTime} ${chosen}`;
    if (!always && mark === drawn) return;
    drawn = mark;
    fill(filter.host, [['', 'Any'], ...new Set([...(store.state?.hosts ?? []).map(host => host.name), 'authority', ...requests.map(request => request.host)])]);
    fill(filter.leg, [['', 'Any'], ...[...new Set(requests.map(request => request.leg))].sort()]);
    const found = requests.filter(wanted);
    count.textContent = requests.length === 0 ? '' : found.length === requests.length ? `${found.length}` : `${found.length} of ${requests.length}`;
    const scrolled = list.firstElementChild?.scrollLeft;
    replace(list, found.length > 0 ? requestTable(found.slice(0, MostRows), chosen)
      : requests.length > 0 ? [empty('No request fits', 'Take something out of the filter.')]
        : [empty('No requests yet', ['They appear here as they are answered. ', h('a', { href: '#/connect' }, 'Connect'), ' a program.'])]);
    if (scrolled) list.firstElementChild.scrollLeft = scrolled;
  }

  function wanted(request) {
    const { text, host, leg, status } = filter;
    if (host.value && request.host !== host.value || leg.value && request.leg !== leg.value) return false;
    if (status.value === 'fault' ? !request.fault : status.value && (tone(request) === 'good') !== (status.value === 'good')) return false;
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = [request.number, request.method, request.path, request.host, request.identity, request.resource, request.fault, request.sdk, request.tokenId, statusText(request)].join(' ').toLowerCase();
    return words.every(word => all.includes(word));
  }

  async function show() {
    frame.classList.toggle('open', chosen !== null);
    detail.hidden = chosen === null;
    draw(true);
    if (chosen === null) return replace(detail);
    const before = chosen;
    const content = await detailOf(chosen, () => { location.hash = '#/journal'; });
    if (before !== chosen) return;
    replace(detail, content);
    detail.scrollTop = 0;
    if (matchMedia('(max-width: 1180px)').matches) detail.scrollIntoView({ block: 'start' });
  }

  page.move = ([next]) => {
    chosen = next ? Number(next) : null;
    show();
  };
  page.follow(() => draw(false));
  show();
}

async function download(format) {
  const answer = await send('GET', `/journal/export?format=${format}`);
  const address = URL.createObjectURL(await answer.blob());
  h('a', { href: address, download: `keyless.${format}` }).click();
  URL.revokeObjectURL(address);
}
