// A real newsgraph and a real Chromium for the browser tests. Nothing but loopback may be asked for anything.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
export const root = resolve(web, '..');
export const shots = join(web, 'shots');
const binary = process.env.NEWSGRAPH_BIN ?? join(root, 'bin/newsgraph');
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A running server over a store of its own. */
export interface Server {
  url: string;
  store: string;
  /** end ends the process and leaves the store. */
  end(): Promise<void>;
  /** stop ends the process and removes the store. */
  stop(): Promise<void>;
}

/** newsgraph runs a command of the binary and gives back its standard output. */
export function newsgraph(...args: string[]): string {
  return execFileSync(binary, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 27 });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** serve starts a server: with the samples as `make demo` leaves them, or empty. */
export async function serve(options: { samples?: boolean; args?: string[] } = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-web-'));
  const store = join(folder, 'demo.db');
  if (options.samples) newsgraph('ingest', 'data/samples', '--store', store, '--quiet');
  const port = await freePort();
  const child = spawn(binary, ['serve', '--store', store, '--bind', `127.0.0.1:${port}`, ...(options.args ?? [])], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (bytes) => (said += bytes));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child, () => said);
  return { url, store, end: () => end(child), stop: () => end(child).finally(() => rmSync(folder, { recursive: true, force: true })) };
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`newsgraph serve ended with ${child.exitCode}: ${said()}`);
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      // not yet
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill();
  throw new Error(`newsgraph serve is not ready: ${said()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** launch starts Chromium; names resolve to nothing but loopback. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** A page, and what happened on it that should not. */
export interface Watched {
  page: Page;
  /** check fails where something left the machine, was refused by the policy, or went wrong in a script; it closes the page. */
  check(allowed?: RegExp): Promise<void>;
}

/** open gives a page of a browser context of its own, with the server as its base. */
export async function open(browser: Browser, server: Server, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true, ...options });
  const page = await context.newPage();
  const bad: string[] = [];
  await context.route('**/*', (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    if (hostname === '127.0.0.1' || protocol === 'blob:' || protocol === 'data:') return route.continue();
    bad.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  page.on('pageerror', (error) => bad.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') bad.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    bad.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const check = async (allowed?: RegExp) => {
    await context.close();
    expect(bad.filter((line) => !allowed?.test(line))).toEqual([]);
  };
  return { page, check };
}

/** settled waits until a graph rests. */
export async function settled(page: Page, timeout = 30_000): Promise<void> {
  await page.locator('.view[data-settled=true]').waitFor({ timeout });
}

/** text gives the words of an element, with single blanks. */
export async function text(locator: Locator): Promise<string> {
  return ((await locator.first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** violations runs axe on a page and lists what is serious or worse. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await source(axeSource));
  const found = await page.evaluate(async () => {
    const { violations } = await (window as any).axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations
      .filter((v: any) => v.impact === 'serious' || v.impact === 'critical')
      .map((v: any) => `${v.id}: ${v.nodes.slice(0, 3).map((n: any) => `${n.target.join(' ')} (${n.failureSummary.split('\n')[1]?.trim()})`).join('; ')}`);
  });
  return found;
}

async function source(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}
