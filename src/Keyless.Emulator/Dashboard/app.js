// The frame around the pages: menu, banner, connection, clock, and which page is open.
import { h, replace } from './dom.js';
import { dateTime } from './format.js';
import { Page } from './page.js';
import { changed, follow, listen, now, readState, store } from './store.js';
import { overview } from './overview.js';
import { hosts } from './hosts.js';
import { identities } from './identities.js';
import { resources } from './resources.js';
import { journal } from './journal.js';
import { faults } from './faults.js';
import { keys } from './keys.js';
import { tokens } from './tokens.js';
import { connect } from './connect.js';
import { settings } from './settings.js';
import { docs } from './docs.js';

const menu = [
  ['Watch', [['overview', 'Overview', overview], ['journal', 'Live journal', journal, () => store.state?.requests]]],
  ['Fleet', [
    ['hosts', 'Hosts', hosts, () => store.state?.hosts.length],
    ['identities', 'Identities & roles', identities, () => store.state?.identities.length],
    ['resources', 'Resources', resources],
  ]],
  ['Change', [
    ['faults', 'Faults & scenarios', faults, () => store.state && store.state.faultRules + store.state.queuedFaults, true],
    ['keys', 'Keys', keys],
    ['tokens', 'Tokens', tokens],
  ]],
  ['Use', [['connect', 'Connect', connect], ['settings', 'Settings', settings], ['docs', 'Docs', docs]]],
];
const pages = new Map(menu.flatMap(([, items]) => items).map(([name, title, open]) => [name, { title, open }]));

const main = document.getElementById('main');
const links = new Map();
let page;
let shown;

document.getElementById('menu').append(...menu.flatMap(([title, items]) => [
  h('h2', { id: `menu-${title}` }, title),
  h('ul', { 'aria-labelledby': `menu-${title}` }, items.map(([name, text, , count, alarming]) => {
    const number = h('span', { class: 'count' });
    const link = h('a', { href: `#/${name}` }, text, number);
    links.set(name, { link, number, count, alarming });
    return h('li', {}, link);
  })),
]));

function open() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const found = pages.has(name) ? name : 'overview';
  const first = shown === undefined;
  if (shown === found && page.move) return page.move(rest);
  page?.close();
  page = new Page(main);
  shown = found;
  for (const [each, { link }] of links) {
    if (each === found) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  links.get(found).link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  document.title = `${pages.get(found).title} – Keyless emulator`;
  pages.get(found).open(page, rest);
  if (!first) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function drawFrame() {
  const state = store.state;
  const banner = document.getElementById('banner');
  const real = Boolean(state?.passthrough);
  banner.className = real ? 'banner real' : 'banner';
  document.getElementById('banner-text').textContent = real
    ? `Pass-through is on: some of these tokens are real. ${state.passthrough}` : 'Emulator. Tokens are worthless in Azure.';
  const connection = document.getElementById('connection');
  connection.className = `connection ${store.connection}`;
  const text = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' }[store.connection];
  if (connection.textContent !== text) connection.textContent = text;
  for (const { number, count, alarming } of links.values()) {
    const value = count?.();
    number.textContent = value ? String(value) : '';
    number.className = alarming ? 'count alert' : 'count';
  }
}

function drawClock() {
  const clock = document.getElementById('clock');
  if (!store.state) return;
  const text = `${dateTime(now())} UTC`;
  const state = store.state.clock;
  const pace = state.frozen ? ', frozen' : state.speed !== 1 ? `, ${state.speed}×` : '';
  if (clock.textContent !== text + pace) clock.textContent = text + pace;
}

const schemes = ['light dark', 'light', 'dark'];
const names = { 'light dark': 'system', light: 'light', dark: 'dark' };

function setTheme(scheme) {
  document.documentElement.style.colorScheme = scheme;
  document.getElementById('theme').textContent = `Theme: ${names[scheme]}`;
  localStorage.setItem('keyless-theme', scheme);
}

const kept = localStorage.getItem('keyless-theme');
setTheme(schemes.includes(kept) ? kept : schemes[0]);
document.getElementById('theme').addEventListener('click', () =>
  setTheme(schemes[(schemes.indexOf(localStorage.getItem('keyless-theme')) + 1) % schemes.length]));

// What others change, by a command or a program, shows soon; what comes of a request, at once.
async function refresh() {
  if (document.hidden || store.connection !== 'live') return;
  try {
    await Promise.all([readState(), page?.refresh()]);
  } catch {
    changed();
  }
}

let last = 0;
let soon;
listen(() => {
  drawFrame();
  const newest = store.requests[0]?.number ?? 0;
  if (newest === last || soon) return;
  last = newest;
  soon = setTimeout(() => { soon = undefined; refresh(); }, 250);
});
let was = store.connection;
listen(() => {
  if (was !== 'live' && store.connection === 'live') refresh();
  was = store.connection;
});

setInterval(drawClock, 250);
setInterval(refresh, 3000);
addEventListener('hashchange', open);
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
replace(main, h('p', { class: 'muted' }, 'Loading…'));
drawFrame();
follow();
open();
