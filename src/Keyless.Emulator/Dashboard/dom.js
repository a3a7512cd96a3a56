// Elements. Values reach the page as text only: much of what it shows was sent by strangers.

/** Makes an element: h('a', { href }, 'text', child). A member that begins with `on` is a listener; null children are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes an element of a drawing. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const muted = text => h('span', { class: 'muted' }, text);
export const code = text => h('code', {}, text);
export const tag = (text, kind = '') => h('span', { class: `tag ${kind}` }, text);
export const tags = (texts, kind) => texts.length === 0 ? muted('none') : h('span', { class: 'tags' }, texts.map(text => tag(text, kind)));
export const empty = (title, text) => h('div', { class: 'empty' }, h('b', {}, title), text);

export const body = (...children) => h('div', { class: 'card-body' }, children);

/** A button; its key lets it keep the focus when it is drawn anew. */
export const button = (text, onclick, key = text, more = {}) => h('button', { type: 'button', 'data-key': key, onclick, ...more }, text);

/** A form that sends nothing by itself. */
export const form = (kind, submit, ...children) => h('form', { class: kind, onsubmit: event => { event.preventDefault(); submit(event); } }, children);

export const submit = text => h('button', { class: 'primary' }, text);

export function card(title, body, ...headers) {
  return h('section', { class: 'card' },
    h('div', { class: 'card-head' }, h('h2', {}, title), headers.length > 0 && h('div', { class: 'actions' }, headers)), body);
}

/** A table; a wide one becomes a list of cards on a phone. A column is [title, cell of row, class]. */
export function table(label, columns, rows, rowProperties = () => ({}), folds = columns.length > 4) {
  const head = columns.map(([title, , kind]) => h('th', { scope: 'col', role: 'columnheader', class: kind },
    title === '' ? h('span', { class: 'visually-hidden' }, 'Actions') : title));
  const body = rows.map(row => h('tr', { role: 'row', ...rowProperties(row) }, columns.map(([title, cell, kind]) =>
    h('td', { role: 'cell', class: kind, 'data-label': title }, single(cell(row))))));
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    h('table', { class: folds && 'fold', role: 'table', 'aria-label': label },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, head)), h('tbody', { role: 'rowgroup' }, body)));
}

const single = value => Array.isArray(value) ? h('span', {}, value) : value;

/** Facts with their names; those without a value are left out. */
export function facts(...pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
    .map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

let fields = 0;

/** A labelled field. */
export function field(label, input, kind = '') {
  input.id ||= `field-${++fields}`;
  return h('div', { class: `field ${kind}` }, h('label', { for: input.id }, label), input);
}

/** A list to choose from; a choice is a text, or [value, text]. */
export function select(choices, properties = {}) {
  const element = h('select', properties);
  fill(element, choices);
  return element;
}

/** Exchanges the choices, and keeps what was chosen. */
export function fill(element, choices) {
  const chosen = element.value;
  const pairs = choices.map(choice => Array.isArray(choice) ? choice : [choice, choice]);
  if (JSON.stringify(pairs) === element.dataset.choices) return;
  element.dataset.choices = JSON.stringify(pairs);
  element.replaceChildren(...pairs.map(([value, text]) => h('option', { value }, text)));
  if (pairs.some(([value]) => value === chosen)) element.value = chosen;
}

/** Exchanges what is in a box; what had the focus keeps it, if it bears the same data-key afterwards. */
export function replace(box, ...children) {
  const key = box.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  box.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (key) [...box.querySelectorAll('[data-key]')].find(element => element.dataset.key === key)?.focus();
}

let hiding;

/** Tells what has come of an action. */
export function toast(text, kind = '') {
  const element = document.getElementById('toast');
  element.textContent = text;
  element.className = `toast shown ${kind}`;
  clearTimeout(hiding);
  hiding = setTimeout(() => { element.className = `toast ${kind}`; }, kind === 'bad' ? 7000 : 2500);
}

/** A text with a button that copies it. */
export function copyable(text, label = 'Copy') {
  const pre = h('pre', { tabindex: 0 }, text);
  return h('div', { class: 'code' }, pre, button(label, () => copy(text, pre), label, { class: 'small' }));
}

async function copy(text, pre) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied.');
  } catch {
    // Pages of other machines may not write to it.
    getSelection().selectAllChildren(pre);
    toast('Selected: copy it by the keyboard.');
  }
}
