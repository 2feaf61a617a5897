import { expect, test } from 'vitest';
import { address } from '../../src/lib/api';
import { closed, range } from '../../src/lib/evidence';
import { filtersOf } from '../../src/lib/facets';
import { entityHref, href, isScreen, withParams } from '../../src/lib/router.svelte';
import { command, quote } from '../../src/lib/shell';

test('withParams sets, repeats and takes away', () => {
  const before = new URLSearchParams('a=1&b=2&b=3&doc=x&at=1-2&claim=y');
  expect(withParams(before, { b: ['4', '5'], c: 0, a: '' }).toString()).toBe('doc=x&at=1-2&claim=y&b=4&b=5&c=0');
  expect(withParams(before, closed).toString()).toBe('a=1&b=2&b=3');
  expect(before.toString()).toBe('a=1&b=2&b=3&doc=x&at=1-2&claim=y');
});

test('addresses survive any name', () => {
  expect(entityHref('AC/DC_100%')).toBe('/e/AC%2FDC_100%25');
  expect(href('/q', { q: 'g.V("a&b")', directed: false })).toBe('/q?q=g.V%28%22a%26b%22%29');
  expect(address('/api/claims', { factuality: ['alleged', 'negated'], q: undefined, limit: 5 })).toBe('/api/claims?factuality=alleged&factuality=negated&limit=5');
});

test('screens are ours, the API is not', () => {
  expect(['/', '/e/X', '/q', '/graph'].every(isScreen)).toBe(true);
  expect(['/api/export', '/licences.txt', '/entity/X', '/metrics'].some(isScreen)).toBe(false);
});

test('range reads what an address says, and nothing else', () => {
  expect(range('120-180')).toEqual({ start: 120, end: 180 });
  for (const bad of [null, '', '1', '5-2', '3-3', 'a-b', '1-2-3', '-1-4']) expect(range(bad)).toBeUndefined();
});

test('filtersOf keeps the filters of the API only', () => {
  expect(filtersOf(new URLSearchParams('q=x&doc=1&view=y&factuality=alleged&factuality=negated&sort=fact')).toString()).toBe('q=x&factuality=alleged&factuality=negated&sort=fact');
});

test('command lines are safe to paste', () => {
  expect(quote(`it's; rm -rf $HOME`)).toBe(`'it'\\''s; rm -rf $HOME'`);
  expect(command('newsgraph', 'query', '--limit', 5, undefined, 'g.V("x").All()')).toBe(`newsgraph query --limit 5 'g.V("x").All()'`);
});
