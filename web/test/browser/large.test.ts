// Ten thousand nodes: panning and zooming cost the page little, and it answers while the layout works.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open, serve, settled, type Server } from './harness';

let browser: Browser;
let server: Server;
beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serve({ samples: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const types = ['Person', 'Country', 'Organization', 'Event', 'Group', 'Law'];
const factualities = ['asserted', 'reported', 'planned', 'possible', 'alleged', 'attempted', 'negated'];

/** generated is a graph in which a few nodes have many neighbours, and most have few. */
function generated(n: number) {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const nodes = Array.from({ length: n }, (_, i) => ({ id: `N${i}`, label: `Node number ${i}`, type: types[i % types.length], claims: 1 + Math.floor(200 / (i + 1)), degree: 3 }));
  const edges = [];
  const seen = new Set<string>();
  for (let i = 1; i < n; i++) {
    for (const to of [Math.floor(i * random() ** 2), Math.floor(i * random())]) {
      const key = `${i} ${to}`;
      if (to === i || seen.has(key)) continue;
      seen.add(key);
      edges.push({ from: `N${i}`, to: `N${to}`, claims: 1 + (i % 3), predicates: [{ value: 'meets', count: 1 }], factuality: factualities[i % 7] });
    }
  }
  return { nodes, edges, total_nodes: n, truncated: false };
}

/**
 * work gives the milliseconds that the page's own thread computes during an act, apart from waiting: for the processor that other
 * programs have, and for graphics that are drawn without a graphics card here.
 */
async function work(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => (await session.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration')!.value * 1000;
  const before = await spent();
  await act();
  const after = await spent();
  await session.detach();
  return after - before;
}

/** roam pans and zooms, and says how many steps that is. */
async function roam(page: Page): Promise<number> {
  const box = (await page.locator('.canvas').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height - 60];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 20; i++) await page.mouse.move(x + i * 4, y - i * 3);
  await page.mouse.up();
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, i < 3 ? -240 : 240);
  await page.waitForTimeout(500);
  return 26;
}

test('10,000 nodes', async () => {
  const { page, check } = await open(browser, server, { reducedMotion: 'no-preference' });
  const body = JSON.stringify(generated(10_000));
  await page.route('**/api/graph?*', (route) => route.fulfill({ contentType: 'application/json', body }));
  await page.goto('/graph?limit=10000');
  await page.locator('.canvas[aria-label^="Graph of 10,000 entities"]').waitFor();

  // While the layout is at work the page still answers: typing finds a node.
  await page.getByLabel('Find in the graph').fill('Node number 4321');
  await page.locator('.nodes button', { hasText: 'Node number 4321' }).first().waitFor();
  expect(await page.locator('.view').getAttribute('data-settled')).toBe('false');
  await settled(page, 120_000);

  let steps = 1;
  const spent = await work(page, async () => void (steps = await roam(page)));
  console.log(`10,000 nodes: ${Math.round(spent / steps)} ms of the page's own thread for each step of panning and zooming`);
  expect(spent / steps).toBeLessThan(50);

  await page.locator('.nodes button', { hasText: 'Node number 4321' }).first().click();
  await page.getByRole('heading', { name: 'Node number 4321' }).waitFor();
  await page.getByText('200 of').first().waitFor({ state: 'detached' });
  await check();
}, 180_000);
