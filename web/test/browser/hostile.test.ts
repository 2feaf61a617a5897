// An article full of markup and script: nothing of it runs, on any screen.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serve, settled, text, type Server } from './harness';

let browser: Browser;
let server: Server;
beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serve({ samples: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const payloads = ['<img src=x onerror=window.pwned=1>', '<script>window.pwned=2</script>', '"><svg onload=window.pwned=3>', "javascript:window.pwned=4//", '{{constructor.constructor("window.pwned=5")()}}', '${window.pwned=6}', '<iframe srcdoc="<script>parent.pwned=7</script>">', '<a href="javascript:window.pwned=8">click</a>'];
const article = `Ivan <img src=x onerror=window.pwned=9> Petrov met Maria "><script>window.pwned=10</script> Ivanova in Minsk on Monday.

The Ministry of <svg/onload=window.pwned=11> Truth accused Alexander Lukashenko of ${payloads[2]}. Boris ${payloads[0]} Johnson praised Vladimir Putin.

Olga Kovalkova said that "${payloads.join(' ')}" was false. Minsk sent \u202Egnihton\u202C to Moscow.`;

async function harmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as any).pwned)).toBeUndefined();
  const parts = await page.evaluate(() => ({
    scripts: [...document.querySelectorAll('script')].filter((s) => !s.src.startsWith(location.origin)).length,
    handlers: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length,
    links: [...document.querySelectorAll('a[href]')].filter((a) => !/^(https?|blob):$/.test(new URL(a.getAttribute('href')!, location.href).protocol)).length,
    frames: document.querySelectorAll('iframe, object, embed, base, img').length,
  }));
  expect(parts).toEqual({ scripts: 0, handlers: 0, links: 0, frames: 0 });
}

test('nothing of a hostile article runs', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/ingest');
  await page.getByLabel(/Article: plain text/).fill(article);
  await page.getByLabel('Title').fill(payloads.join(' '));
  await page.getByLabel('Publisher').fill(`Wire ${payloads[0]}${payloads[2]}`);
  await page.getByLabel('Published').fill('2020-10-02');
  await page.getByRole('button', { name: 'Preview the claims' }).click();
  await page.getByRole('heading', { name: 'As it would enter' }).waitFor();
  await harmless(page);
  await page.getByRole('button', { name: 'Add to the graph' }).click();
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  await harmless(page);

  await page.locator('.outcomes a').first().click();
  await page.locator('.article .text').waitFor();
  expect(await text(page.locator('h1'))).toContain('<img src=x onerror=window.pwned=1>');
  expect(await page.locator('.article .text').innerText()).toContain('Ivan <img src=x onerror=window.pwned=9> Petrov');
  await harmless(page);

  const names: string[] = await page.evaluate(async () => (await (await fetch('/api/entities?limit=500')).json()).items.filter((e: any) => /[<>"]|pwned/.test(e.id + e.label)).map((e: any) => e.id));
  const screens = ['/', '/claims?q=pwned', '/a', '/graph?limit=300', `/claims?publisher=${encodeURIComponent(`Wire ${payloads[0]}${payloads[2]}`)}`, '/e/Vladimir_Putin', '/e/Alexander_Lukashenko?view=timeline', `/q?lang=gizmo&q=${encodeURIComponent(`g.V("Vladimir Putin").Both().Limit(50).All()`)}`, '/export', ...names.slice(0, 6).map((id) => `/e/${encodeURIComponent(id)}`), ...names.slice(0, 2).map((id) => `/path?from=${encodeURIComponent(id)}&to=Vladimir_Putin`)];
  for (const screen of screens) {
    await page.goto(screen);
    await page.waitForLoadState('networkidle');
    if (screen.startsWith('/graph')) await settled(page);
    await harmless(page);
  }
  await check(/status of 40[04]/);
});

test('nothing of a hostile address runs', async () => {
  const { page, check } = await open(browser, server);
  for (const payload of [payloads[0]!, payloads[3]!, payloads.join('')]) {
    const p = encodeURIComponent(payload);
    for (const address of [`/e/${p}`, `/a/${p}`, `/c/${p}`, `/path?from=${p}&to=${p}`, `/q?lang=${p}&q=${p}`, `/claims?q=${p}&predicate=${p}&sort=${p}`, `/?doc=${p}&at=${p}&claim=${p}`, `/export?format=${p}&entity=${p}`]) {
      await page.goto(address);
      await page.locator('main').waitFor();
      await page.waitForLoadState('networkidle');
      await harmless(page);
    }
  }
  await check(/status of 4\d\d/);
}, 120_000);

test('the policy refuses what would be injected', async () => {
  const { page } = await open(browser, server);
  const response = await page.goto('/');
  const policy = response!.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src 'none'|default-src 'self'/);
  expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.pwned = 12';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="/favicon.svg" onload="window.pwned = 13">');
  });
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (window as any).pwned)).toBeUndefined();
  await page.context().close();
});
