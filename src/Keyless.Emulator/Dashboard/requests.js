// Requests as rows.
import { code, h, muted, table, tag } from './dom.js';
import { milliseconds, statusText, timeOfDay, tone } from './format.js';

/** A table of requests; each leads to its details. */
export function requestTable(requests, chosen) {
  return [table('Requests', [
    ['No.', request => h('a', { href: `#/journal/${request.number}`, 'data-key': `request-${request.number}`, 'aria-current': request.number === chosen }, String(request.number)), 'nowrap'],
    ['Time', request => timeOfDay(request.time), 'nowrap tiny'],
    ['Host', request => request.host, 'nowrap'],
    ['Leg', request => muted(request.leg), 'spare'],
    ['Status', request => tag(statusText(request), tone(request))],
    ['Took', request => milliseconds(request.durationMs), 'number spare nowrap'],
    ['Identity', request => request.identity ?? muted('–'), 'spare'],
    ['Asked for', request => [request.resource ?? code(`${request.method} ${request.path}`), ' ',
      request.fault ? tag(request.fault, 'warn') : request.hint && tag('hint', 'accent')], 'wrap'],
  ], requests, request => ({
    class: request.number === chosen ? 'link chosen' : 'link',
    onclick: event => { if (!event.target.closest('a') && !getSelection().toString()) location.hash = `#/journal/${request.number}`; },
  }), false)];
}
