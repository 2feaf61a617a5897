// Every screen in both themes, wide and narrow: nothing runs over the edge, axe finds nothing serious (light and wide, dark and
// narrow), and there is a screenshot of each in web/shots to look at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, open, serve, settled, shots, violations, type Server } from './harness';

let browser: Browser;
let server: Server;
let evidence: string;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  [browser, server] = await Promise.all([launch(), serve({ samples: true })]);
  const { items } = await (await fetch(`${server.url}/api/claims?subject=Svetlana_Tikhanovskaya&predicate=accuses`)).json();
  const quote = items[0].evidence[0];
  evidence = `doc=${encodeURIComponent(quote.document)}&at=${quote.start}-${quote.end}&claim=${items[0].id}`;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const gizmo = encodeURIComponent('g.V().Tag("who").Out(["told", "accuses", "thanks", "meets"]).Unique().All()');
const screens: [string, () => string][] = [
  ['home', () => '/'],
  ['entity', () => '/e/Svetlana_Tikhanovskaya'],
  ['entity-timeline', () => '/e/Alexander_Lukashenko?view=timeline'],
  ['evidence', () => `/e/Svetlana_Tikhanovskaya?${evidence}`],
  ['paths', () => '/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin'],
  ['no-path', () => '/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&factuality=attempted'],
  ['query', () => `/q?lang=gizmo&q=${gizmo}`],
  ['query-graph', () => `/q?lang=gizmo&view=graph&q=${gizmo}`],
  ['graph', () => '/graph?e=Svetlana_Tikhanovskaya&sel=Vladimir_Putin'],
  ['graph-many', () => '/graph?limit=80'],
  ['path-filters', () => '/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&since=2020-08&via=Alexander_Lukashenko'],
  ['query-tree', () => `/q?lang=graphql&q=${encodeURIComponent('{ nodes(factuality: "alleged") { subject relation object } }')}`],
  ['entity-contradictions', () => '/e/Alexander_Lukashenko?view=contradictions'],
  ['claims', () => '/claims?factuality=alleged&factuality=negated'],
  ['contradictions', () => '/claims?view=contradictions'],
  ['articles', () => '/a'],
  ['article', () => `/a/${new URLSearchParams(evidence).get('doc')}`],
  ['ingest', () => '/ingest'],
  ['export', () => '/export?format=jsonl'],
  ['missing', () => '/e/Nobody_at_all'],
];

describe.each([
  ['light', 1440, 900],
  ['dark', 1440, 900],
  ['light', 390, 844],
  ['dark', 390, 844],
] as const)('%s, %i wide', (colorScheme, width, height) => {
  test('every screen', async () => {
    const { page, check } = await open(browser, server, { colorScheme, viewport: { width, height } });
    const found: string[] = [];
    for (const [name, address] of screens) {
      await page.goto(address());
      await page.waitForLoadState('networkidle');
      if (name.includes('graph')) await settled(page);
      await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`) });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${name}: ${over} pixels too wide`);
      if ((colorScheme === 'light') === (width > 1000)) found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
    }
    expect(found).toEqual([]);
    await check(/status of 404/);
  }, 240_000);
});

test('the theme can be chosen, and stays', async () => {
  const { page, check } = await open(browser, server, { colorScheme: 'light' });
  const shown = () => page.evaluate(() => getComputedStyle(document.body.parentElement!).backgroundColor);
  await page.goto('/');
  const light = await shown();
  await page.getByRole('button', { name: /Colours: as the system/ }).click();
  expect(await shown()).toBe(light);
  await page.getByRole('button', { name: /Colours: light/ }).click();
  expect(await shown()).not.toBe(light);
  await page.reload();
  await page.getByRole('button', { name: /Colours: dark/ }).waitFor();
  expect(await shown()).not.toBe(light);
  await check();
});

test('allegations differ from facts without colour', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/claims?factuality=alleged&factuality=asserted&sort=fact');
  await page.goto('/claims?factuality=alleged');
  const look = (selector: string) =>
    page.locator(selector).first().evaluate((e) => {
      const [row, chip] = [getComputedStyle(e), getComputedStyle(e.querySelector('.chip')!)];
      return { line: row.borderInlineStartStyle, chip: chip.borderTopStyle, slant: chip.fontStyle, word: e.querySelector('.chip')!.textContent!.trim(), icon: e.querySelector('.chip path')!.getAttribute('d') };
    });
  await page.locator('.claim.alleged').first().waitFor();
  const alleged = await look('.claim.alleged');
  await page.goto('/claims?factuality=asserted');
  await page.locator('.claim.asserted').first().waitFor();
  const asserted = await look('.claim.asserted');
  for (const key of ['line', 'chip', 'slant', 'word', 'icon'] as const) expect(alleged[key], key).not.toBe(asserted[key]);
  await check();
});

// docs/screenshot.png of the README is a copy of this one.
test('the picture of the README', async () => {
  const { page, check } = await open(browser, server, { viewport: { width: 1440, height: 720 } });
  await page.goto('/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&k=3');
  await page.locator('.lane').nth(1).locator('a.quote').first().click();
  await page.locator('.drawer mark').first().waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(shots, 'readme.png') });
  await check();
});
