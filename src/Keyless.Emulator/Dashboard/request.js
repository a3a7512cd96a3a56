// One request and its answer, and why it was answered so.
import { get } from './api.js';
import { body, button, code, copyable, facts, h, muted, table, tag } from './dom.js';
import { claim, dateTime, members, milliseconds, statusText, tone } from './format.js';
import { now } from './store.js';

const selectors = ['client_id', 'clientid', 'object_id', 'principal_id', 'principalId', 'msi_res_id', 'mi_res_id', 'resource_id'];

export async function detailOf(number, close) {
  const head = (...children) => h('div', { class: 'card-head' }, children, button('Close', close, 'close', { class: 'quiet' }));
  let request;
  let plans;
  try {
    [{ request }, { plans }] = await Promise.all([get(`/journal/${number}`), get('/faults')]);
  } catch (error) {
    return [head(h('h2', {}, `Request ${number}`)), h('p', { class: 'card-body muted' }, error.message)];
  }
  return [
    head(h('h2', {}, `Request ${request.number} `, tag(statusText(request), tone(request)))),
    body(
      h('p', { class: 'mono' }, `${request.method} ${request.path}`),
      h('h3', {}, 'Why'), h('ul', { class: 'why' }, why(request, plans).map(([kind, ...text]) => h('li', { class: kind }, text))),
      h('h3', {}, 'Facts'), facts(
        ['Host', `${request.host}${request.source ? `, ${request.source}` : ''}`],
        ['Leg', request.leg],
        ['Arrived', `${dateTime(request.time)} UTC`],
        ['Took', `${milliseconds(request.durationMs)} by the emulator's clock`],
        ['Really took', request.realDurationMs !== undefined && milliseconds(request.realDurationMs)],
        ['Client', request.sdk],
        ['Identity', request.identity],
        ['Resource', request.resource],
        ['Token id', request.tokenId && code(request.tokenId)],
        ['Token SHA-256', request.tokenSha256 && code(request.tokenSha256)]),
      request.tokens.map(token => [
        h('h3', {}, `Token in ${token.place}`),
        token.claims ? claimTable(token.claims) : muted('It is no JSON Web Token.'),
      ]),
      pairs('Query', request.query), pairs('Form', request.form), pairs('Headers', request.headers),
      pairs('Answer headers', request.answerHeaders),
      request.answerBody ? [h('h3', {}, 'Answer body'), h('pre', { class: 'fold', tabindex: 0 }, pretty(request.answerBody))] : null,
      h('h3', {}, 'The same from a shell'), copyable(`keyless journal show ${request.number}`)),
  ];
}

/** What a token says, one claim a row. */
export function claimTable(claims, meanings = new Map()) {
  return table('Claims', [
    ['Claim', ([name]) => code(name), 'name'],
    ['Value', ([name, value]) => [code(claim(name, value, now())), meanings.has(name) && [h('br'), h('span', { class: 'muted small' }, meanings.get(name))]], 'wrap'],
  ], Object.entries(claims));
}

const pairs = (title, list) => list.length === 0 ? null : [h('h3', {}, title), facts(...list.map(({ name, value }) => [code(name), code(value)]))];

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function why(request, plans) {
  const reasons = [];
  if (request.fault) {
    const rule = plans.flatMap(plan => plan.rules.map(each => ({ ...each, host: plan.host }))).find(each => each.name === request.fault);
    reasons.push(['warn', 'The fault ', h('b', {}, request.fault), ' fired', rule
      ? [`, a rule for ${rule.host ?? 'all hosts'}: `, code(members(rule.fault)), '. ']
      : ': one that was queued for this request, or a rule that is gone. ', h('a', { href: '#/faults' }, 'Faults')]);
  }
  if (request.aborted) reasons.push(['bad', 'The client went away before there was an answer.']);
  if (request.hint) reasons.push(['warn', `It ${request.hint}. The client has found the variables of another platform.`]);
  const choice = choiceOf(request);
  if (choice) reasons.push(choice);
  const said = errorOf(request);
  if (said) reasons.push([tone(request), 'The host said: ', said]);
  if (request.tokenId || request.tokenSha256) reasons.push(['good', `A token was handed out${request.resource ? ` for ${request.resource}` : ''}.`]);
  if (reasons.length === 0) reasons.push(['', 'Nothing special: it was answered as asked.']);
  return reasons;
}

function choiceOf(request) {
  if (request.leg !== 'token' || !request.source) return null;
  const named = [...request.query, ...request.form].filter(({ name }) => selectors.includes(name)).map(({ name, value }) => `${name}=${value}`).join(' and ');
  const asked = request.selector ?? named;
  if (asked) return request.identity
    ? ['good', 'It named ', code(asked), ', which is ', h('b', {}, request.identity), '.']
    : ['bad', 'It named ', code(asked), ', which is no identity that this host has. ', h('a', { href: '#/identities' }, 'Identities')];
  return request.identity
    ? ['good', 'It named no identity: the host answers with ', h('b', {}, request.identity), request.identity === request.host ? ', its own.' : ', the only one it has.']
    : ['', 'It named no identity, and none was chosen for it.'];
}

function errorOf(request) {
  if (request.status === null || request.status < 400 || !request.answerBody) return null;
  try {
    const body = JSON.parse(request.answerBody);
    return body.error_description ?? body.message ?? body.error?.message ?? null;
  } catch {
    return null;
  }
}
