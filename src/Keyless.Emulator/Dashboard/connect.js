// How a program gets to a host: the variables, and code that then gets a token.
import { body, button, card, copyable, field, fill, h, replace, select } from './dom.js';
import { Page } from './page.js';
import { forms, languages } from './shells.js';
import { store } from './store.js';

export function connect(page, [wanted]) {
  let form = forms[0];
  let language = languages[0];
  let list = [];
  const host = select([], { onchange: () => draw(), 'data-key': 'host' });
  const identity = select([], { onchange: () => drawCode() });
  const resource = h('input', { value: 'https://vault.azure.net', oninput: () => drawCode() });
  const variables = h('div', { class: 'stack' });
  const program = h('div', { class: 'stack' });
  const validator = h('div', { class: 'stack' });

  const choose = (label, choices, current, set) => h('div', { class: 'segments', role: 'group', 'aria-label': label }, choices.map(choice =>
    button(choice.name, event => {
      set(choice);
      for (const each of event.currentTarget.parentElement.children) each.setAttribute('aria-pressed', String(each === event.currentTarget));
    }, choice.name, { 'aria-pressed': String(choice === current()) })));

  page.show('Connect', 'Any program in any language finds a host by its environment variables. Nothing in the program changes.',
    card('1. The variables', body(
      h('div', { class: 'bar' }, field('Host', host, 'grow')),
      choose('Form', forms, () => form, choice => { form = choice; draw(); }), variables)),
    card('2. The program', body(
      h('div', { class: 'bar' }, field('Identity', identity, 'grow'), field('Resource', resource, 'grow')),
      choose('Language', languages, () => language, choice => { language = choice; drawCode(); }), program)),
    card('3. The API that takes the token', body( validator)),
    page.live('/hosts', answer => {
      list = answer.hosts;
      fill(host, list.map(each => [each.name, `${each.name} (${each.kind})`]));
      if (wanted && list.some(each => each.name === decodeURIComponent(wanted))) host.value = decodeURIComponent(wanted);
      wanted = undefined;
      draw();
      return [];
    }, h('div', { hidden: true })),
    Page.same('keyless env --host vm --shell bash', 'keyless exec --as app-service -- program', 'keyless token https://vault.azure.net'));
  page.move = ([next]) => {
    if (next) host.value = decodeURIComponent(next);
    draw();
  };

  function draw() {
    const chosen = list.find(each => each.name === host.value);
    if (!chosen) return;
    const command = form.command ? `keyless env --host ${chosen.name} --shell ${form.command}` : null;
    replace(variables,
      chosen.problem && h('p', { class: 'note warn' }, chosen.problem),
      form.about && h('p', { class: 'muted' }, form.about),
      copyable(form.text(chosen)),
      command && h('p', { class: 'muted small' }, 'By command: ', h('code', {}, form.command === 'bash' ? `eval "$(${command})"` : command)));
    fill(identity, chosen.identities.map(name => [name, name === chosen.name ? `${name}, the host's own` : name]));
    drawCode();
  }

  function drawCode() {
    const entry = store.state?.identities.find(each => each.name === identity.value);
    replace(program, copyable(language.text(resource.value || 'https://vault.azure.net', entry)));
    const authority = store.state?.authority ?? '';
    replace(validator, copyable(`builder.Services.AddAuthentication().AddJwtBearer(options =>
{
    options.Authority = "${authority}";
    options.Audience = "${resource.value || 'api://orders'}";
    options.RequireHttpsMetadata = false;    // the authority is on loopback
});`), h('p', { class: 'muted small' }, 'Other validators take the discovery document: ', h('code', {}, `${authority}.well-known/openid-configuration`)));
  }
}
