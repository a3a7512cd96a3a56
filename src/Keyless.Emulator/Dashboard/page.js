// A page that is open: parts of it that show the emulator's data, and are drawn anew when that has changed.
import { get } from './api.js';
import { code, h, replace, toast } from './dom.js';
import { listen, readState } from './store.js';

export class Page {
  #parts = [];
  #ends = [];
  #closed = false;

  constructor(root) {
    this.root = root;
  }

  /** Title, purpose and content. */
  show(title, lead, ...content) {
    this.root.replaceChildren(
      h('div', { class: 'page-head' }, h('h1', {}, title), h('p', { class: 'lead' }, lead)), ...content.filter(Boolean));
  }

  /** The commands that do the same. */
  static same(...commands) {
    return h('p', { class: 'same' }, h('span', {}, 'The same from a shell:'), commands.map(code));
  }

  /** A box that shows what the API says at paths. */
  live(paths, draw, box = h('div', { class: 'stack' })) {
    const part = { paths: [paths].flat(), draw, box, drawn: '' };
    this.#parts.push(part);
    this.#read(part);
    return box;
  }

  /** Has a function called now and after every change of the store. */
  follow(draw) {
    this.#ends.push(listen(draw));
    draw();
  }

  /** Reads everything again. */
  async refresh() {
    await Promise.all(this.#parts.map(part => this.#read(part)));
  }

  /** Does something, tells what came of it, and reads everything again. */
  async act(action, done) {
    try {
      const result = await action();
      if (done) toast(done);
      await Promise.all([this.refresh(), readState()]);
      return result;
    } catch (error) {
      toast(error.message, 'bad');
      return undefined;
    }
  }

  close() {
    this.#closed = true;
    this.#ends.forEach(end => end());
  }

  async #read(part) {
    try {
      const answers = await Promise.all(part.paths.map(path => get(path)));
      const text = JSON.stringify(answers);
      if (this.#closed || text === part.drawn) return;
      part.drawn = text;
      replace(part.box, part.draw(...answers));
    } catch (error) {
      // Without a connection, the page's head says so; what is shown stays.
      if (error.status && !this.#closed) replace(part.box, h('p', { class: 'note bad' }, error.message));
    }
  }
}
