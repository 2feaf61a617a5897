import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathCommand, pathFilters, pathOptions, pathQuestion } from '../../src/lib/paths';

/** parameters reads which parameters the description gives /api/paths. */
function parameters(): string[] {
  const text = readFileSync(new URL('../../../server/openapi.yaml', import.meta.url), 'utf8');
  const call = text.slice(text.indexOf('\n  /api/paths:'), text.indexOf('\n  /api/graph:'));
  const named = [...call.matchAll(/\{name: (\w+), in: query/g)].map((m) => m[1]!);
  const referred = [...call.matchAll(/components\/parameters\/(\w+)"/g)].map((m) => m[1]!.toLowerCase());
  return [...named, ...referred].sort();
}

test('an address takes what the API takes, and nothing else', () => {
  expect(['from', 'to', ...pathOptions, ...Object.keys(pathFilters)].sort()).toEqual(parameters());
});

test('the API is not asked for what it does not know', () => {
  expect(pathQuestion(new URLSearchParams('from=a&to=b&without=c&doc=d&via=&avoid=says&avoid=meets'))).toBe('from=a&to=b&avoid=says&avoid=meets');
});

test('the same search on the command line', () => {
  const p = new URLSearchParams('from=Russia&to=Vladimir Putin&k=5&order=best&offset=5&via=Belarus&avoid=says&min_publishers=2&directed=true&own_voice=false&publisher=The Wire');
  expect(pathCommand(p)).toBe("newsgraph path ent:Russia 'Vladimir Putin' -k 5 --max-hops 4 --best --offset 5 --via ent:Belarus --avoid says --min-sources 2 --publisher 'The Wire' --directed");
});
