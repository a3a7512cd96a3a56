// A short help: what there is to do, here and by command.
import { body, card, code, h, table } from './dom.js';
import { Page } from './page.js';

const tasks = [
  ['Give a program an identity', 'connect', 'keyless exec --as app-service -- node server.js'],
  ['Set the variables of a shell', 'connect', 'eval "$(keyless env --host vm)"'],
  ['See what was asked', 'journal', 'keyless journal tail'],
  ['Hand a trace to somebody', 'journal', 'keyless journal export --format har'],
  ['Test retries', 'faults', 'keyless fault preset throttled --host vm'],
  ['Break just the next request', 'faults', 'keyless fault enqueue status status=503'],
  ['Let all be well again', 'faults', 'keyless fault clear'],
  ['Take an identity away', 'identities', 'keyless identity unassign orders --host vm'],
  ['Drill a key rollover', 'keys', 'keyless key rotate --overlap 10m'],
  ['Let a day pass for the platform', 'overview', 'keyless clock advance 25h'],
  ['Read a token', 'tokens', 'keyless decode'],
  ['Find where a setting comes from', 'settings', 'keyless config show --running'],
];

const words = [
  ['Host', 'a virtual machine or app with a token endpoint of its own, such as a VM with IMDS or a web app.'],
  ['Identity', "whom a token is about: a host's own one, or a user-assigned one that several hosts share."],
  ['Resource', 'the API that a token is for; its identifier is the audience.'],
  ['Authority', 'the issuer of the tokens: it publishes the keys that validators need.'],
  ['Leg', "one step of a client's work: token, challenge, probe, discovery, keys."],
  ['Fault', 'something that goes wrong: queued for the next requests, or as a rule until it is removed.'],
  ['Clock', 'what time it is for the emulator. Limits, overlaps and the tokens that hosts keep go by it; the times in tokens do, too, or tell the real time. The overview says which.'],
];

export function docs(page) {
  page.show('Docs', 'All that this page does, the commands and the admin API do, too. It needs no network and loads nothing from elsewhere.',
    card('What to do', table('What to do', [
      ['To', ([text]) => text, 'wrap'],
      ['Here', ([, place]) => h('a', { href: `#/${place}` }, place)],
      ['By command', ([, , command]) => code(command), 'wrap'],
    ], tasks)),
    card('Words', body(h('dl', { class: 'facts' }, words.map(([word, text]) => [h('dt', {}, word), h('dd', {}, text)])))),
    card('By program', body(
      h('p', {}, 'The admin API is JSON over HTTP on the port of this page, described by ', code('GET /openapi.json'), '. Changes need the header ',
        code('Content-Type: application/json'), '; where there is an admin key, requests need ', code('Authorization: Bearer'), ' and the key. ',
        code('GET /journal/stream'), ' sends each request as a server-sent event.'),
      h('p', {}, 'docs/emulator.md, docs/faults.md and docs/cli.md of the source tell the rest.'))),
    Page.same('keyless --help', 'keyless emulate --help', 'keyless explain'));
}
