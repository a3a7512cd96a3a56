// Rules that change a plan's state make a scenario: its states, and the rules that lead from one to the next.
import { h, s } from './dom.js';

const Width = 120;
const Height = 34;
const Gap = 110;
const Any = 'any state';
const None = 'no state';

/** A drawing of a plan's scenario. Null: it has none. */
export function scenario(plan) {
  const rules = plan.rules.filter(rule => rule.when?.state || rule.nextState);
  if (rules.length === 0) return null;
  const current = plan.state ?? None;
  const edges = rules.map(rule => ({ from: rule.when?.state ?? Any, to: rule.nextState ?? rule.when?.state, text: rule.name }));
  const names = [...new Set([...(plan.state === null ? [None] : []), ...edges.flatMap(edge => [edge.from, edge.to]), current])];
  const lines = edges.map(edge => edge.from === edge.to ? `${edge.text} stays in ${edge.from}` : `${edge.text} leads from ${edge.from} to ${edge.to}`);
  const text = `It is in ${current}. ${lines.join('; ')}.`;
  return { host: plan.host, state: plan.state, drawing: h('div', { class: 'stack' }, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Drawing of the scenario' }, draw(names, edges, current, text)), h('p', { class: 'muted small' }, text)) };
}

function draw(names, edges, current, text) {
  const far = direction => Math.max(0, ...edges.map(edge => direction * (names.indexOf(edge.to) - names.indexOf(edge.from))));
  const above = Math.max(edges.some(edge => edge.from === edge.to) ? 44 : 24, far(1) > 1 ? far(1) * 26 : 0);
  const back = far(-1) > 0;
  const width = names.length * (Width + Gap) - Gap + 4;
  const height = above + Height + (back ? far(-1) * 30 + 12 : 10);
  const x = name => 2 + names.indexOf(name) * (Width + Gap);
  const svg = s('svg', { class: 'drawing', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': text },
    s('defs', {}, s('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }, s('path', { class: 'head', d: 'M0 0 8 4 0 8z' }))));
  svg.style.maxWidth = `${width}px`;
  svg.style.minWidth = `${Math.min(width, 460)}px`;
  const used = new Map();
  for (const edge of edges) svg.append(...arrow(edge));
  for (const name of names) {
    svg.append(
      s('rect', { class: name === current ? 'node now' : 'node', x: x(name), y: above, width: Width, height: Height, rx: 8 }),
      s('text', { x: x(name) + Width / 2, y: above + 21.5, 'text-anchor': 'middle' }, short(name, 16)));
  }
  return svg;

  function arrow({ from, to, text: label }) {
    const [start, end] = [names.indexOf(from), names.indexOf(to)];
    const same = used.get(`${from} ${to}`) ?? 0;
    used.set(`${from} ${to}`, same + 1);
    if (start === end) {
      const middle = x(from) + Width / 2;
      return [
        s('path', { class: 'edge', d: `M${middle - 22} ${above} C${middle - 30} ${above - 30} ${middle + 30} ${above - 30} ${middle + 22} ${above}`, 'marker-end': 'url(#arrow)' }),
        s('text', { class: 'faint', x: middle, y: above - 27 - same * 14, 'text-anchor': 'middle' }, short(label, 20)),
      ];
    }
    const forward = end > start;
    const bend = 22 * Math.abs(end - start);
    const [y, peak] = forward ? [above + 10, above - bend] : [above + Height - 10, above + Height + bend];
    const [x1, x2] = forward ? [x(from) + Width, x(to)] : [x(from), x(to) + Width];
    const near = Math.abs(end - start) === 1;
    const d = near ? `M${x1} ${y} L${x2} ${y}` : `M${(x1 + x(from) + Width / 2) / 2} ${forward ? above : above + Height} Q${(x1 + x2) / 2} ${forward ? peak - bend / 2 : peak + bend / 2} ${(x2 + x(to) + Width / 2) / 2} ${forward ? above : above + Height}`;
    const labelY = near ? (forward ? y - 6 - same * 14 : y + 15 + same * 14) : forward ? peak + bend / 4 - 4 - same * 14 : peak + 12 + same * 14;
    return [
      s('path', { class: 'edge', d, 'marker-end': 'url(#arrow)' }),
      s('text', { class: 'faint', x: (x1 + x2) / 2, y: labelY, 'text-anchor': 'middle' }, short(label, 18)),
    ];
  }
}

const short = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;
