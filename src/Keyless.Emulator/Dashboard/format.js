// How times, lengths and claims are written.

const two = number => String(number).padStart(2, '0');

/** 2026-03-15 09:25:53 */
export function dateTime(text) {
  if (!text) return '';
  const date = new Date(text);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${timeOfDay(date)}`;
}

/** 09:25:53 */
export function timeOfDay(value) {
  const date = new Date(value);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** 3 min, 2 h, 5 d */
export function span(milliseconds) {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

export const milliseconds = number => number >= 1000 ? `${(number / 1000).toFixed(2)} s` : `${number.toFixed(number < 10 ? 1 : 0)} ms`;

/** The members of an object on one line, as the command line takes them. */
export function members(object) {
  return Object.entries(object ?? {}).map(([name, value]) => name === 'kind' ? value
    : `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' ');
}

const times = new Set(['iat', 'nbf', 'exp', 'auth_time']);

/** A claim's value, times in words. */
export function claim(name, value, now) {
  if (times.has(name) && typeof value === 'number') {
    const distance = value * 1000 - now;
    return `${value}  (${dateTime(value * 1000)} UTC, ${distance >= 0 ? `in ${span(distance)}` : `${span(distance)} ago`})`;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The tone of a status: good, warn or bad. */
export const tone = request => request.status === null || request.status >= 500 ? 'bad' : request.status >= 400 ? 'warn' : 'good';
export const statusText = request => request.status === null ? (request.aborted ? 'gone' : '–') : String(request.status);
