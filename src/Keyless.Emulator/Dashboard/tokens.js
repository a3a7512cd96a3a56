// Tokens made to order, and what is to be said of one.
import { choicesIn, get, post } from './api.js';
import { body, button, card, copyable, empty, field, fill, form, h, replace, select, submit, table, tag } from './dom.js';
import { Page } from './page.js';
import { claimTable } from './request.js';
import { store } from './store.js';

export function tokens(page) {
  const missing = h('div');
  const made = h('div', { class: 'stack' });
  const verdict = h('div', { class: 'stack' });
  const flaw = select([['', 'None, a sound one']]);
  const token = h('textarea', { rows: 6, required: true, spellcheck: 'false', autocomplete: 'off', placeholder: 'eyJ…' });
  const inspect = inspectForm(token, verdict);
  page.show('Tokens', 'Make a token of any identity, sound or flawed, and look at what a validator would find in one.',
    missing,
    h('div', { class: 'columns' }, card('Make one', body(mintForm(page, made, flaw, text => {
      token.value = text;
      inspect.requestSubmit();
    }), made)), card('Look at one', body(inspect, verdict))),
    Page.same('keyless token mint --identity orders --resource api://orders --flaw expired', 'keyless token verify', 'keyless decode'));
  get('/openapi.json').then(document => {
    const lacking = ['/tokens', '/tokens/inspect'].filter(path => !document.paths[path]);
    if (lacking.length > 0) replace(missing, lack());
    else fill(flaw, [['', 'None, a sound one'], ...choicesIn(document.paths['/tokens'].post.requestBody.content['application/json'].schema.properties.flaw)]);
  }, () => {});
}

const lack = () => h('p', { class: 'note warn' }, 'This emulator does not make or inspect tokens by its admin API. The commands below do both.');

function mintForm(page, made, flaw, look) {
  const identity = select([]);
  const resource = h('input', { required: true, value: 'https://vault.azure.net' });
  const lifetime = h('input', { placeholder: 'as configured', pattern: '[0-9.]+(ms|s|m|h|d)' });
  const claims = h('textarea', { rows: 3, spellcheck: 'false', placeholder: '{"roles": ["Orders.Read"]}' });
  page.follow(() => fill(identity, [...new Set((store.state?.identities ?? []).map(each => each.name))]));
  return form('stack', async () => {
    const answer = await attempt(made, () => post('/tokens', {
      identity: identity.value, resource: resource.value, ...(flaw.value && { flaw: flaw.value }), ...(lifetime.value && { lifetime: lifetime.value }),
      ...(claims.value.trim() && { claims: JSON.parse(claims.value) }),
    }));
    if (!answer) return;
    replace(made, copyable(answer.token, 'Copy'), h('div', { class: 'actions' }, button('Look at it', () => look(answer.token))),
      answer.claims && claimTable(answer.claims));
    made.querySelector('pre').classList.add('fold', 'low');
  }, h('div', { class: 'fields' }, field('Identity', identity), field('Resource', resource), field('Flaw', flaw), field('Lifetime', lifetime),
    field('Claims as JSON, beside or in place of the usual ones', claims, 'wide')),
  h('div', { class: 'actions' }, submit('Make it')));
}

function inspectForm(token, verdict) {
  const audience = h('input', { placeholder: 'any' });
  return form('stack', async () => {
    const answer = await attempt(verdict, () => post('/tokens/inspect', {
      token: token.value.trim().replace(/^(authorization:\s*)?bearer\s+/i, ''), ...(audience.value && { audience: audience.value }),
    }));
    if (answer) replace(verdict, findings(answer));
  }, h('div', { class: 'fields' }, field('Token', token, 'wide'), field('Audience that it must be for', audience, 'wide')),
  h('div', { class: 'actions' }, submit('Inspect')));
}

async function attempt(box, action) {
  try {
    return await action();
  } catch (error) {
    replace(box, error.status === 404 ? lack() : h('p', { class: 'note bad', role: 'alert' }, error.message));
    return null;
  }
}

function findings(answer) {
  const meanings = new Map((answer.explanations ?? []).map(each => [each.claim, each.meaning]));
  const verdicts = answer.verdicts ?? [];
  return [
    h('p', { class: `note ${answer.accepted ? 'good' : 'bad'}`, role: 'status' }, answer.accepted ? 'A validator takes it.' : `A validator refuses it. ${answer.reason ?? ''}`),
    verdicts.length > 0 && table('Checks', [
      ['Check', each => each.check],
      ['Verdict', each => tag(each.ok ? 'good' : 'bad', each.ok ? 'good' : 'bad')],
      ['Finding', each => each.text, 'wrap'],
    ], verdicts),
    answer.header && h('h3', {}, 'Header'),
    answer.header && h('pre', { class: 'fold', tabindex: 0 }, JSON.stringify(answer.header, null, 2)),
    h('h3', {}, 'Claims'),
    answer.claims ? claimTable(answer.claims, meanings) : empty('None', 'It cannot be read.'),
  ].filter(Boolean);
}
