import { expect, test } from 'vitest';
import { steps, wordAt } from '../../src/editor/complete';
import { objectWords, publishersWords, quantityWords, relationWords, sentence, source } from '../../src/lib/claims';
import { parser } from '../../src/lib/events';
import { claims, csv, dated, entities, objects, remember } from '../../src/lib/query';
import type { Cell, Claim, QueryResult } from '../../src/lib/types';

const cell = (kind: Cell['kind'], text: string, more: Partial<Cell> = {}): Cell => ({ kind, text, ...more });
const result: QueryResult = {
  columns: ['id', 'when', 'note'],
  rows: [
    [cell('entity', 'ent:Belarus', { id: 'Belarus', label: 'Belarus' }), cell('literal', '2020-09-14'), cell('literal', 'a "b", c\nd')],
    [cell('entity', 'ent:Minsk', { id: 'Minsk', label: 'Minsk' }), cell('none', ''), cell('literal', '=HYPERLINK("http://x")')],
    [cell('entity', 'ent:Belarus', { id: 'Belarus', label: 'Belarus' }), cell('literal', '2019'), cell('json', '{"n":1}')],
    [cell('claim', 'id:12', { id: '12' }), cell('literal', '-5'), cell('literal', '2020100')],
  ],
  elapsed_ms: 1,
  truncated: false,
  limit: 100,
};

test('csv quotes, and disarms formulas', () => {
  expect(csv(result)).toBe(
    'id,when,note\r\nent:Belarus,2020-09-14,"a ""b"", c\nd"\r\nent:Minsk,,"\'=HYPERLINK(""http://x"")"\r\nent:Belarus,2019,"{""n"":1}"\r\nid:12,-5,2020100\r\n',
  );
});

test('objects are rows as the command line prints them', () => {
  expect(objects(result).slice(1, 3)).toEqual([
    { id: 'ent:Minsk', id_label: 'Minsk', note: '=HYPERLINK("http://x")' },
    { id: 'ent:Belarus', id_label: 'Belarus', when: '2019', note: { n: 1 } },
  ]);
});

test('entities, claims and dates of rows', () => {
  expect(entities(result)).toEqual(['Belarus', 'Minsk']);
  expect(claims(result)).toEqual(['12']);
  expect(dated(result).map((d) => d.date)).toEqual(['2019', '2020-09-14']);
});

test('history has each query once, the newest first', () => {
  let history = remember([], { lang: 'gizmo', text: 'a', rows: 1 });
  history = remember(history, { lang: 'gizmo', text: 'b', rows: 2 });
  history = remember(history, { lang: 'gizmo', text: 'a', rows: 3 });
  expect(history.map((h) => [h.text, h.rows])).toEqual([['a', 3], ['b', 2]]);
  for (let i = 0; i < 99; i++) history = remember(history, { lang: 'gizmo', text: String(i), rows: 0 });
  expect(history.length).toBe(30);
});

test('events come whole, however the stream is cut', () => {
  const stream = 'event: progress\ndata: {"done":1}\n\n: still here\n\nevent: end\r\ndata: {\r\ndata: }\r\n\r\n';
  for (const size of [1, 3, 7, 100]) {
    const feed = parser();
    const got = [];
    for (let at = 0; at < stream.length; at += size) got.push(...feed(stream.slice(at, at + size)));
    expect(got).toEqual([{ event: 'progress', data: '{"done":1}' }, { event: 'end', data: '{\n}' }]);
  }
});

test.each([
  ['g.V("Tikh', 'gizmo', { word: 'Tikh', kind: 'entity' }],
  ['g.V("Russia").Out("lo', 'gizmo', { word: 'lo', kind: 'predicate' }],
  ['g.V("Russia").Out(["loans", "ai', 'gizmo', { word: 'ai', kind: 'predicate' }],
  ['g.V().Has("type", "Per', 'gizmo', { word: 'Per', kind: 'entity' }],
  ['g.V("Russia").Ou', 'gizmo', { word: 'Ou', kind: 'step' }],
  ['g.V("a \\" b', 'gizmo', { word: 'a \\" b', kind: 'entity' }],
  ['g.V("Russia")', 'gizmo', undefined],
  ['{ nodes(id: "Rus', 'graphql', { word: 'Rus', kind: 'entity' }],
  ['  loa', 'graphql', { word: 'loa', kind: 'predicate' }],
  ['?x claim:lo', 'sparql', { word: 'lo', kind: 'any' }],
])('wordAt %s', (before, lang, want) => expect(wordAt(before, lang)).toEqual(want));

test('steps are named once', () => expect(new Set(steps.map((s) => s.label)).size).toBe(steps.length));

test('a claim in words', () => {
  const claim = { subject: { id: 'a', label: 'A' }, predicate: 'loans', relation: 'would lend', object: { entity: { id: 'b', label: 'B' } }, factuality: 'planned', publishers: 1, documents: 3 } as Claim;
  expect(sentence(claim)).toBe('A would lend B');
  expect(sentence({ ...claim, factuality: 'negated', relation: 'does not lend' })).toBe('not: A loans B');
  expect(relationWords({ ...claim, relation: undefined })).toBe('loans');
  expect(objectWords({ value: '5' })).toBe('5');
  expect(publishersWords(claim)).toBe('1 publisher, 3 articles');
  expect(quantityWords({ value: 1500, unit: 'USD', bound: 'about' })).toBe('about 1,500 USD');
  expect(source({ document: 'd', start: 0, end: 1, quote: 'q', publisher: 'P', published: '2020-09-01' })).toBe('P, 1 Sep 2020');
});

test('entities inside of objects', () => {
  const text = JSON.stringify({ id: 'ent:A', leads: [{ id: 'ent:B%2Fc', label: 'entry' }, 'ent:A'], n: 1, none: null });
  expect(entities({ columns: ['id', 'x'], rows: [[{ kind: 'entity', text: 'ent:Z', id: 'Z' }, { kind: 'json', text }]], elapsed_ms: 1, truncated: false, limit: 1 })).toEqual(['Z', 'A', 'B/c']);
});
