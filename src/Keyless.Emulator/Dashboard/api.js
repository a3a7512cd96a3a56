// The admin API, as /openapi.json describes it, and the key that it may ask for. The key stays in this tab.

const KeyName = 'keyless-admin-key';
let asking;

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const hasKey = () => sessionStorage.getItem(KeyName) !== null;

export function forgetKey() {
  sessionStorage.removeItem(KeyName);
  location.reload();
}

/** Sends a request, asking for the key where one is needed; the answer may be a stream. */
export async function send(method, path, body, more = {}) {
  while (true) {
    const key = sessionStorage.getItem(KeyName);
    const headers = { Accept: 'application/json', ...more.headers };
    if (key) headers.Authorization = `Bearer ${key}`;
    if (method !== 'GET') headers['Content-Type'] = 'application/json';
    const answer = await fetch(path, {
      method, headers, body: method === 'GET' ? undefined : JSON.stringify(body ?? {}), signal: more.signal, cache: 'no-store', credentials: 'omit',
    });
    if (answer.status === 401) await askForKey(key);
    else if (answer.ok) return answer;
    else throw new ApiError(answer.status, await messageOf(answer));
  }
}

export const get = async path => (await send('GET', path)).json();
export const post = async (path, body) => (await send('POST', path, body)).json();
export const remove = async path => (await send('DELETE', path)).json();

/** A segment of a path, or a value of a query. */
export const part = encodeURIComponent;
export const hostQuery = host => host ? `?host=${part(host)}` : '';

/** The choices that the API's description lists at the end of a field's. */
export const choicesIn = field => field.description.split(':').at(-1).replace(/\.$/, '').split(', ').map(text => text.trim());

async function messageOf(answer) {
  try {
    const json = await answer.json();
    return json.message ?? json.error_description ?? `The emulator answered ${answer.status}.`;
  } catch {
    return `The emulator answered ${answer.status}.`;
  }
}

// Several requests find out at once that a key is needed; one of them asks.
function askForKey(refused) {
  if (sessionStorage.getItem(KeyName) !== refused) return Promise.resolve();
  asking ??= new Promise(resolve => {
    const dialog = document.getElementById('key-dialog');
    const input = document.getElementById('key');
    document.getElementById('key-error').textContent = refused ? 'That is not its key.' : '';
    input.value = '';
    dialog.oncancel = event => event.preventDefault();
    document.getElementById('key-form').onsubmit = event => {
      event.preventDefault();
      sessionStorage.setItem(KeyName, input.value.trim());
      dialog.close();
      asking = undefined;
      resolve();
    };
    dialog.showModal();
    input.focus();
  });
  return asking;
}
