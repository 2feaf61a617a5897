// Ten thousand nodes: the drawing stays quick, and the page answers while the layout works.
import type { Browser } from 'playwright-core';
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

/** worst moves the view about and gives the longest time in milliseconds that the page's own thread was busy. */
async function busiest(page: import('playwright-core').Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    (window as any).longest = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach((e) => ((window as any).longest = Math.max((window as any).longest, e.duration))));
    watch.observe({ type: 'longtask' });
    (window as any).watch = watch;
  });
  await act();
  return page.evaluate(() => {
    (window as any).watch.disconnect();
    return (window as any).longest as number;
  });
}

test('10,000 nodes', async () => {
  const { page, check } = await open(browser, server, { reducedMotion: 'no-preference' });
  const body = JSON.stringify(generated(10_000));
  await page.route('**/api/graph?*', (route) => route.fulfill({ contentType: 'application/json', body }));
  await page.goto('/graph?limit=10000');
  await page.locator('.canvas[aria-label^="Graph of 10,000 entities"]').waitFor();

  // While the layout is at work the page still answers: typing finds a node.
  const started = Date.now();
  await page.getByLabel('Find in the graph').fill('Node number 4321');
  await page.locator('.nodes button', { hasText: 'Node number 4321' }).first().waitFor();
  expect(Date.now() - started).toBeLessThan(5000);
  await settled(page, 120_000);

  const box = (await page.locator('.canvas').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const panning = await busiest(page, async () => {
    await page.mouse.move(x, y + 300);
    await page.mouse.down();
    for (let i = 0; i < 30; i++) await page.mouse.move(x + i * 4, y + 300 - i * 3);
    await page.mouse.up();
    for (let i = 0; i < 8; i++) await page.mouse.wheel(0, i < 4 ? -240 : 240);
    await page.waitForTimeout(600);
  });
  console.log(`10,000 nodes: the page's thread was busy for at most ${Math.round(panning)} ms while panning and zooming`);
  expect(panning).toBeLessThan(500);

  await page.locator('.nodes button', { hasText: 'Node number 4321' }).first().click();
  await page.getByRole('heading', { name: 'Node number 4321' }).waitFor();
  await page.getByText('200 of').first().waitFor({ state: 'detached' });
  await check();
}, 180_000);
