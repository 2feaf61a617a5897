// The main path of each screen, and that its state is in its address.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newsgraph, open, serve, settled, text, type Server } from './harness';

let browser: Browser;
let server: Server;
beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serve({ samples: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** same opens an address in a new page and expects the words there that it had before. */
async function same(page: Page, selector: string): Promise<void> {
  const words = await text(page.locator(selector));
  const { page: other, check } = await open(browser, server);
  await other.goto(page.url());
  await other.locator(selector).first().waitFor();
  await expect.poll(() => text(other.locator(selector))).toBe(words);
  await check();
}

test('entity: groups, factuality, timeline, one publisher only, names', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/e/Svetlana_Tikhanovskaya');
  await page.getByRole('heading', { name: 'Neighbours' }).waitFor();
  expect(await page.locator('.group').count()).toBeGreaterThan(5);
  expect(await page.locator('svg[aria-label^="Neighbours"] a').count()).toBeGreaterThan(5);
  await page.locator('.filters').getByRole('link', { name: /negated/ }).click();
  await expect.poll(() => page.locator('.claims .claim:not(.negated)').count()).toBe(0);
  expect(await page.locator('.claims .claim.negated').count()).toBeGreaterThan(0);
  await same(page, '.claims .claim');
  await page.getByRole('link', { name: 'show all' }).click();
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.locator('ol time').first().waitFor();
  const dates = await page.locator('ol time').evaluateAll((all) => all.map((t) => t.getAttribute('datetime')!));
  expect(dates).toEqual([...dates].sort());
  await page.getByRole('link', { name: /One publisher only/ }).click();
  await page.locator('.plain .claim').first().waitFor();
  expect(await page.locator('.plain .several').count()).toBe(0);
  await page.locator('.names summary').first().click();
  await page.locator('.names details a').first().click();
  await page.getByRole('dialog', { name: 'Evidence' }).locator('mark').first().waitFor();
  await check();
});

test('merge and take back: both shown before they are done', async () => {
  const own = await serve({ samples: true });
  const { page, check } = await open(browser, own);
  try {
    await page.goto('/e/Government_of_Russia');
    await page.getByRole('heading', { level: 1, name: 'Government of Russia' }).waitFor();
    await page.getByRole('button', { name: 'Merge…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge with another' });
    await dialog.getByRole('combobox').fill('Putin');
    await dialog.getByRole('option', { name: /^Vladimir Putin/ }).click();
    await dialog.getByText(/No longer an entry of its own: Vladimir Putin/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.goto('/e/Vladimir_Putin');
    const claims = await text(page.locator('.head .soft'));
    await page.getByRole('button', { name: 'Merge…' }).click();
    await dialog.getByRole('combobox').fill('Government of Ru');
    await dialog.getByRole('option', { name: /^Government of Russia/ }).click();
    await dialog.getByText(/can be taken back/).waitFor();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect.poll(() => text(page.locator('.head .soft'))).not.toBe(claims);
    await page.getByRole('button', { name: 'Decisions' }).click();
    const history = page.getByRole('dialog', { name: 'Decisions' });
    await history.getByText('Government of Russia is Vladimir Putin').waitFor();
    await history.getByRole('button', { name: 'Take back…' }).click();
    await history.getByText(/A new entry: Government of Russia/).waitFor();
    await history.getByRole('button', { name: 'Take back', exact: true }).click();
    await expect.poll(() => text(page.locator('.head .soft'))).toBe(claims);
    await page.getByRole('button', { name: 'Split…' }).click();
    const split = page.getByRole('dialog', { name: 'Split articles off' });
    await split.getByRole('checkbox').first().check();
    await split.getByLabel(/What that one is called/).fill('Another Putin');
    await split.getByText(/A new entry: Another Putin/).waitFor();
    await check();
  } finally {
    await own.stop();
  }
});

test('an entity that is not there', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/e/Nobody_at_all');
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: 'Search for another name' }).click();
  await page.getByRole('combobox').waitFor();
  await check(/status of 404/);
});

test('paths: lanes, the weakest hop, quotes, what was filtered out', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&k=3');
  await page.getByRole('article', { name: /^Path 3/ }).waitFor();
  const long = page.locator('.lane', { hasText: '2 hops' }).first();
  expect(await long.getByText('weakest hop').count()).toBe(1);
  await long.locator('.hop button').nth(1).click();
  await long.locator('.quotes a.quote').first().click();
  const drawer = page.getByRole('dialog', { name: 'Evidence' });
  await drawer.locator('mark').first().waitFor();
  await same(page, '.drawer mark');
  await page.keyboard.press('Escape');

  await page.goto('/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&factuality=attempted');
  await page.getByText(/No path within/).waitFor();
  await page.getByText(/left out/).first().waitFor();
  await page.getByRole('link', { name: 'Search without the filters' }).click();
  await page.getByRole('article', { name: /^Path 1/ }).waitFor();
  expect(new URL(page.url()).searchParams.has('factuality')).toBe(false);

  // Every filter works in an address; one by one they can be taken away; what the API does not know does no harm.
  await page.goto('/path?from=Svetlana_Tikhanovskaya&to=Vladimir_Putin&without=x&publisher=Nobody&since=1990&min_confidence=0.01&avoid=says&own_voice=true&published_until=2030&type=Person&order=best');
  await page.getByText(/The filter by publishers left out/).waitFor();
  await page.getByRole('link', { name: 'Search without the filters' }).click();
  await page.getByRole('article', { name: /^Path 1/ }).waitFor();
  await page.getByText('Filters', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Through' }).fill('Belarus');
  await page.getByRole('option', { name: /^Belarus / }).first().click();
  await expect.poll(async () => text(page.getByRole('article', { name: /^Path 1/ }))).toContain('Belarus');
  expect(new URL(page.url()).searchParams.get('via')).toBe('Belarus');
  await page.getByRole('link', { name: /^Next/ }).click();
  await page.getByRole('article', { name: /^Path 4/ }).waitFor();
  await page.getByRole('link', { name: 'Take all filters away' }).click();
  await page.getByRole('article', { name: /^Path 1/ }).waitFor();
  await page.getByRole('button', { name: 'Swap the two' }).click();
  await expect.poll(() => page.getByRole('combobox', { name: 'From' }).inputValue()).toBe('Vladimir Putin');
  await check();
});

test('query: examples, completion, truncation, cancel, views, downloads, history', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/q');
  const example = page.locator('.pick').first();
  await example.click();
  await page.getByRole('region', { name: 'Rows' }).waitFor();
  await page.getByRole('heading', { name: 'History' }).waitFor();

  await page.goto(`/q?lang=gizmo&limit=20&q=${encodeURIComponent('g.V().All()')}`);
  await page.getByText(/Cut off: only the first 20 rows are here/).waitFor();
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  expect(readFileSync(await csv.path(), 'utf8').trim().split('\n').length).toBeGreaterThanOrEqual(21);

  await page.getByRole('navigation', { name: 'Show as' }).getByRole('link', { name: 'JSON' }).click();
  expect(JSON.parse(await page.locator('pre.json').innerText()).length).toBe(20);
  await same(page, 'pre.json');

  const editor = page.getByRole('textbox', { name: 'Query' });
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('g.V("Tikh');
  const offered = page.getByRole('option', { name: /Tikhanovskaya/ }).first();
  await offered.waitFor();
  await offered.click();
  expect(await editor.innerText()).toContain('Tikhanovskaya');

  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('while (true) {}');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /Cancel/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Run/ }).waitFor();

  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('g.V(');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').first().waitFor();
  // Chromium itself tries to keep the style of coloured words that are typed over; the policy refuses that.
  await check(/status of 4\d\d|Applying inline style/);
});

test('query: a timeline of rows with dates', async () => {
  const { page, check } = await open(browser, server);
  const query = 'g.V().Has("factuality", "asserted").Save("time", "when").Save("relation", "words").GetLimit(40)';
  await page.goto(`/q?lang=gizmo&view=timeline&q=${encodeURIComponent(query)}`);
  await page.locator('.timeline time').first().waitFor();
  expect(await page.locator('.timeline li').count()).toBeGreaterThan(5);
  await check();
});

test('graph: expand, hide, pin, filter, find, click', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/graph');
  await settled(page);
  await page.getByLabel('Find in the graph').fill('putin');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Vladimir Putin' }).waitFor();

  // What the canvas shows where it says so: a click on the node marks it.
  await page.getByRole('button', { name: 'Mark nothing' }).click();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.waitForTimeout(400);
  const at = await page.evaluate(() => (document.querySelector('.canvas') as any).canvas.place('Vladimir_Putin'));
  const canvas = (await page.locator('.canvas').boundingBox())!;
  await page.mouse.click(canvas.x + at.x, canvas.y + at.y);
  await page.getByRole('heading', { name: 'Vladimir Putin' }).waitFor();

  await page.goto('/graph?e=Svetlana_Tikhanovskaya&sel=Svetlana_Tikhanovskaya&cap=10');
  await settled(page);
  const before = await text(page.locator('.bar > [role=status]'));
  expect(before).toMatch(/^11 entities/);
  expect(before).toContain('not all');
  await page.locator('.chosen').getByRole('button', { name: /Expand \(25 of \d+\)|Expand \(10 of \d+\)/ }).click();
  await expect.poll(() => text(page.locator('.bar > [role=status]'))).not.toBe(before);
  await settled(page);
  await page.locator('.nodes button', { hasText: 'Vladimir Putin' }).click();
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Pinned' }).waitFor();
  await page.getByRole('button', { name: 'Hide' }).click();
  await page.getByText(/1 hidden/).first().waitFor();
  expect(await page.locator('.nodes button', { hasText: 'Vladimir Putin' }).count()).toBe(0);
  const address = new URL(page.url()).searchParams;
  expect([address.get('h'), address.get('p')]).toEqual(['Vladimir_Putin', 'Vladimir_Putin']);
  await same(page, '.bar > [role=status]');
  await page.getByRole('link', { name: 'show 1 hidden' }).click();
  await page.locator('.filters summary').click();
  await page.locator('.filters').getByLabel('alleged').check();
  await expect.poll(() => text(page.locator('.bar > [role=status]'))).toMatch(/, \d edges?/);
  await check();
});

test('claims: facets narrow, sort, page; contradictions have sides', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/claims');
  await page.locator('.total', { hasText: /claims/ }).waitFor();
  const all = Number((await text(page.locator('.total'))).replace(/\D/g, ''));
  expect(all).toBeGreaterThan(300);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByText(/100 of \d+ shown/).waitFor();
  await page.locator('aside').getByRole('link', { name: /2 publishers/ }).click();
  await expect.poll(() => page.locator('.claims .publishers:not(.several)').count()).toBe(0);
  const corroborated = Number((await text(page.locator('.total'))).replace(/\D/g, ''));
  expect(corroborated).toBeLessThan(all);
  await page.locator('aside').getByRole('link', { name: /asserted/ }).click();
  await expect.poll(async () => Number((await text(page.locator('.total'))).replace(/\D/g, ''))).toBeLessThan(corroborated);
  expect(await page.locator('.claims .claim:not(.asserted)').count()).toBe(0);
  await page.getByRole('link', { name: /Take away the filter factuality/ }).click();
  await expect.poll(async () => Number((await text(page.locator('.total'))).replace(/\D/g, ''))).toBe(corroborated);
  await same(page, '.total');
  await page.goto('/claims?view=contradictions');
  const won = page.locator('.panel', { hasText: 'a contest has one winner' });
  for (const name of ['Alexander Lukashenko', 'Svetlana Tikhanovskaya']) {
    const side = won.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name} 1 independent source`) }) });
    await side.locator('.claim .quoted').first().waitFor();
  }
  await page.goto('/claims?view=contradictions&kind=numbers');
  await page.getByRole('link', { name: 'Show all', exact: true }).click();
  await won.waitFor();
  await page.goto('/e/Svetlana_Tikhanovskaya?view=contradictions');
  await won.waitFor();
  await check();
});

test('articles: the list, the text, the check', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/a');
  await expect.poll(() => page.locator('.list [data-row]').count()).toBe(12);
  await page.getByLabel('Words of the title or the publisher').fill('loan');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.list [data-row]').count()).toBeLessThan(12);
  await page.locator('.list [data-row]').first().click();
  await page.getByText(/verified/).waitFor();
  const words = await page.locator('.article .text').innerText();
  expect(words).toContain('Putin promised Lukashenko a loan of $1.5 billion.');
  await check();
});

test('ingest: files, their failures, and what changed', async () => {
  const { page, check } = await open(browser, server);
  await page.goto('/ingest?by=files');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('Anna Testova met Boris Probov in Minsk.') },
    { name: 'two.html', mimeType: 'text/html', buffer: Buffer.from('<html><head><title>Two</title></head><body><p>Boris Probov thanked Anna Testova. Anna Testova criticised Boris Probov.</p></body></html>') },
    { name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await page.getByLabel('Publisher').fill('Files Daily');
  await page.getByRole('button', { name: 'Add without a preview' }).click();
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  const done = await text(page.locator('.job'));
  expect(done).toMatch(/2 new/);
  expect(done).toMatch(/1 failed/);
  expect(done).toContain('bad.txt');
  await page.locator('.changes').getByRole('link', { name: 'Anna Testova' }).click();
  await page.getByRole('heading', { level: 1, name: 'Anna Testova' }).waitFor();
  await check();
});

test('export: the file is what the command line writes', async () => {
  const own = await serve({ samples: true });
  const { page, check } = await open(browser, own);
  await page.goto('/export?format=nq');
  await page.getByRole('radio', { name: /N-Quads/ }).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Download/ }).click()]);
  const got = readFileSync(await file.path(), 'utf8');
  await check();
  await own.end(); // the store has one process
  expect(got).toBe(newsgraph('export', '--format', 'nq', '--store', own.store));
  await own.stop();
});

test('a server with a token asks for it once', async () => {
  const own = await serve({ samples: true, args: ['--token', 'correct horse battery staple'] });
  const { page, check } = await open(browser, own);
  await page.goto('/e/Svetlana_Tikhanovskaya');
  const token = page.getByLabel('Token', { exact: true });
  await token.fill('wrong');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await token.fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Svetlana Tikhanovskaya' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Svetlana Tikhanovskaya' }).waitFor();
  await check(/status of 40[13]/);
  await own.stop();
});
