// The newcomer's way, from a search to an article of one's own in the graph.
import type { Browser } from 'playwright-core';
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

const pasted = `Svetlana Tikhanovskaya met Vladimir Putin in Geneva on Thursday. Zofia Brzozowska accused Alexander Lukashenko of treason.

Poland gave Svetlana Tikhanovskaya a medal, Zofia Brzozowska said.`;

test('a newcomer finds her, a path, a quote, a query and adds an article', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/');

  // Search.
  const box = page.getByRole('combobox');
  await box.fill('Tikh');
  const option = page.getByRole('option', { name: /Svetlana Tikhanovskaya/ }).first();
  await option.waitFor();
  expect(await text(option)).toMatch(/person.*\d+ claims/);
  await option.click();
  await page.getByRole('heading', { level: 1, name: 'Svetlana Tikhanovskaya' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/e/Svetlana_Tikhanovskaya');

  // A path to Putin.
  await page.getByRole('link', { name: 'Find a path from here' }).click();
  await expect.poll(() => page.getByRole('combobox', { name: 'From' }).inputValue()).toBe('Svetlana Tikhanovskaya');
  await page.getByRole('combobox', { name: 'To' }).fill('Putin');
  await page.getByRole('option', { name: /Vladimir Putin/ }).first().click();
  const lane = page.getByRole('article', { name: /^Path 1/ });
  await lane.waitFor();
  expect(await text(lane)).toContain('Vladimir Putin');

  // A quote in its article.
  await lane.locator('.hop button').first().click();
  const quote = lane.locator('.quotes a.quote').first();
  const words = (await text(quote.locator('.quoted'))).replace(/^“|”$/g, '');
  await quote.click();
  const drawer = page.getByRole('dialog', { name: 'Evidence' });
  const mark = drawer.locator('mark');
  await mark.waitFor();
  await expect.poll(async () => (await drawer.locator('mark').allTextContents()).join('')).toBe(words);
  expect(await text(drawer.locator('.byline'))).toMatch(/Sample \w+ \d+ \w+ 2020/);
  await drawer.getByText(/verified; digest checked here/).waitFor();
  expect(await mark.first().isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });

  // A query in Gizmo, and its rows as a graph.
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Query' }).click();
  const editor = page.getByRole('textbox', { name: 'Query' });
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('g.V("Svetlana Tikhanovskaya").Tag("who").Both(["told", "rival_of"]).Unique().All()');
  await page.keyboard.press('Escape'); // the list of names
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Rows' }).getByRole('link', { name: 'Vladimir Putin' }).first().waitFor();
  await page.getByRole('navigation', { name: 'Show as' }).getByRole('link', { name: 'Graph' }).click();
  await settled(page);
  expect(await page.locator('.canvas').getAttribute('aria-label')).toMatch(/Graph of [2-9]\d* entities and [1-9]\d* edge/);

  // An article of one's own.
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Add' }).click();
  await page.getByLabel(/Article: plain text/).fill(pasted);
  await page.getByLabel('Title').fill('A meeting in Geneva');
  await page.getByLabel('Publisher').fill('The Daily Test');
  await page.getByLabel('Published').fill('2020-10-02');
  await page.getByRole('button', { name: 'Preview the claims' }).click();
  await page.getByRole('heading', { name: 'As it would enter' }).waitFor();
  expect(await page.locator('.panel .claim').count()).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Add to the graph' }).click();
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  expect(await text(page.locator('.changes'))).toMatch(/[1-9]\d* claims? added/);

  // Its claims have joined those of the samples.
  await page.getByRole('combobox', { name: 'Search' }).fill('Brzozow');
  await page.getByRole('option', { name: /Zofia Brzozowska/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Zofia Brzozowska' }).waitFor();
  await page.locator('main a.entity', { hasText: 'Alexander Lukashenko' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Alexander Lukashenko' }).waitFor();
  await page.locator('main a.quote', { hasText: 'Zofia Brzozowska accused Alexander Lukashenko of treason.' }).first().click();
  await page.getByRole('dialog', { name: 'Evidence' }).getByRole('heading', { name: 'A meeting in Geneva' }).waitFor();
  await check();
});

test('an empty graph offers the samples', async () => {
  const own = await serve();
  try {
    const { page, check } = await open(browser, own);
    await page.goto('/');
    await page.getByRole('heading', { name: 'The graph is empty' }).waitFor();
    expect(await page.getByRole('link', { name: 'Paste an article' }).getAttribute('href')).toBe('/ingest');
    await page.getByRole('button', { name: 'Load the samples' }).click();
    await page.getByRole('heading', { name: 'Most spoken of' }).waitFor();
    await page.getByRole('link', { name: 'Svetlana Tikhanovskaya' }).first().waitFor();
    await page.getByText('12 articles').first().waitFor();
    await check();
  } finally {
    await own.stop();
  }
});

test('with the keyboard alone', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/');
  await page.getByText('Most spoken of').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the content');
  await page.keyboard.press('/');
  await page.keyboard.type('Tikh');
  await page.getByRole('option', { name: /Svetlana Tikhanovskaya/ }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('combobox').getAttribute('aria-activedescendant')).toBeTruthy();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Svetlana Tikhanovskaya' }).waitFor();
  await page.locator('main a.quote').first().waitFor();

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await page.evaluate(() => document.querySelector('main a.quote') === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Evidence' }).locator('mark').first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Evidence' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('quote');

  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Keyboard' }).waitFor({ state: 'detached' });

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL('**/claims');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await page.waitForURL('**/graph');
  await settled(page);
  const first = page.locator('.nodes button').first();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight'); // marks it, and goes to its edges
  await page.waitForFunction(() => document.activeElement?.closest('.links') !== null);
  const marked = new URL(page.url()).searchParams.get('sel');
  expect(marked).toBeTruthy();
  await page.keyboard.press('ArrowRight'); // along the edge
  await page.waitForFunction((was) => new URL(location.href).searchParams.get('sel') !== was, marked);
  await page.keyboard.press('ArrowLeft'); // and back
  await page.waitForFunction((was) => new URL(location.href).searchParams.get('sel') === was, marked);
  await check();
});
