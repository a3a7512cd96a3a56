// What all pages share: the emulator's state, the newest requests, and whether it can be reached.
import { get, send } from './api.js';

const MostRequests = 500;
const listeners = new Set();
let cursor = null;
let drawing = false;

export const store = { state: null, requests: [], connection: 'connecting', clockRead: 0 };

/** Has a function called after changes, at most once a frame. Returns what ends that. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    for (const listener of [...listeners]) listener();
  }, 16);
}

/** What time it is for the emulator, by what it said last. */
export function now() {
  const clock = store.state?.clock;
  if (!clock) return Date.now();
  const passed = clock.frozen ? 0 : (performance.now() - store.clockRead) * clock.speed;
  return new Date(clock.now).getTime() + passed;
}

export async function readState() {
  const state = await get('/');
  store.clockRead = performance.now();
  if (store.state && store.state.startedOn !== state.startedOn) {
    cursor = null;
    forgetRequests();
  }
  store.state = state;
  changed();
}

export function forgetRequests() {
  store.requests = [];
  changed();
}

function add(request) {
  store.requests.unshift(request);
  store.requests.length = Math.min(store.requests.length, MostRequests);
  changed();
}

function connection(what) {
  if (store.connection === what) return;
  store.connection = what;
  changed();
}

/** Follows the journal for as long as the page is open, through restarts of the emulator. */
export async function follow() {
  let pause = 250;
  while (true) {
    try {
      await readState();
      const headers = cursor === null ? {} : { 'Last-Event-ID': String(cursor) };
      const answer = await send('GET', `/journal/stream?limit=${MostRequests}`, undefined, { headers: { ...headers, Accept: 'text/event-stream' } });
      pause = 250;
      connection('live');
      for await (const event of events(answer.body)) {
        if (event.id !== undefined) cursor = Math.max(cursor ?? 0, Number(event.id));
        if (event.event === 'request') add(JSON.parse(event.data));
      }
    } catch {
      // Told by the connection's state; what matters is to try again.
    }
    connection('lost');
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 3000);
  }
}

// Events as they come; EventSource cannot send a key.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = {};
      for (const line of text.slice(0, end).split('\n')) {
        const colon = line.indexOf(': ');
        if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 2);
      }
      text = text.slice(end + 2);
      yield event;
    }
  }
}
