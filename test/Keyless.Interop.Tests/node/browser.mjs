// `node browser.mjs CHROMIUM`: a browser that does what the lines of standard input say, one JSON object each, and answers each with
// one. It ends with its input. Nothing in it leaves this machine: no name resolves but that of loopback.
import { createInterface } from 'node:readline';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'keyless-browser-'));
const browser = await puppeteer.launch({
  executablePath: process.argv[2],
  headless: true,
  pipe: true,
  timeout: 120_000,
  protocolTimeout: 240_000,
  userDataDir: directory,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
let page;
let seen;

const commands = {
  /** A new page, in a session of its own. */
  async open({ address, scheme, width }) {
    await page?.browserContext().close();
    page = await (await browser.createBrowserContext()).newPage();
    seen = { requests: [], messages: [] };
    page.on('request', request => seen.requests.push(`${request.method()} ${request.url()}`));
    page.on('console', message => seen.messages.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => seen.messages.push(`exception: ${error.message}`));
    await page.evaluateOnNewDocument(() => {
      window.violations = [];
      addEventListener('securitypolicyviolation', event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(address);
  },
  evaluate: ({ expression }) => page.evaluate(expression),
  /** Waits until an expression holds. */
  async until({ expression, patience }) {
    const end = Date.now() + patience;
    while (!await page.evaluate(expression)) {
      if (Date.now() > end) {
        throw new Error(`This did not come true: ${expression}. The page: ${await page.evaluate('document.body.innerText')}. It said: ${seen.messages.join('; ')}`);
      }
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  },
  click: ({ selector }) => page.locator(selector).click(),
  async type({ selector, text }) {
    await page.locator(selector).fill(text);
  },
  press: ({ key }) => page.keyboard.press(key),
  reload: () => page.reload(),
  seen: async () => ({ ...seen, violations: await page.evaluate('window.violations') }),
  /** What hinders people who use a page otherwise than by looking and pointing. */
  async hindrances() {
    await page.evaluate(axe);
    const { violations } = await page.evaluate('axe.run(document, { resultTypes: ["violations"], preload: false })');
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target} ${node.failureSummary}`).join(' | ')}`);
  },
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...parameters } = JSON.parse(line);
    let answer;
    try {
      answer = { value: await commands[command](parameters) ?? null };
    } catch (error) {
      answer = { error: error.message };
    }
    console.log(JSON.stringify(answer));
  }
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}
