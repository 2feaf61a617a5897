import { expect, test } from 'vitest';
import { apart, beside, effort, hash, legible, spiral } from '../../src/graph/place';
import { bow, fan, row } from '../../src/lib/fan';
import { bars } from '../../src/lib/months';
import { apply, degrees, find, merge } from '../../src/lib/subgraph';
import type { GraphEdge, GraphNode } from '../../src/lib/types';
import { dash, distance, factualities, family, known, meaning, shape, typeWords } from '../../src/lib/vocabulary';

const node = (id: string, type = 'Person'): GraphNode => ({ id, label: id, type, claims: 1, degree: 1 });
const edge = (from: string, to: string, factuality: GraphEdge['factuality'] = 'asserted'): GraphEdge => ({ from, to, claims: 1, predicates: [], factuality });
const all = { nodes: [node('a'), node('b'), node('c', 'Country'), node('d')], edges: [edge('a', 'b'), edge('b', 'a', 'alleged'), edge('a', 'c'), edge('c', 'd', 'alleged')] };
const none = { hidden: new Set<string>(), types: new Set<string>(), factuality: new Set<string>(), minDegree: 0 };

test('apply filters nodes and the edges that go with them', () => {
  expect(apply(all, none, new Set())).toEqual({ ...all, left: 0 });
  const hidden = apply(all, { ...none, hidden: new Set(['a']) }, new Set());
  expect([hidden.nodes.map((n) => n.id), hidden.edges.length, hidden.left]).toEqual([['b', 'c', 'd'], 1, 1]);
  const alleged = apply(all, { ...none, factuality: new Set(['alleged']), minDegree: 1 }, new Set());
  expect(alleged.edges.map((e) => e.from + e.to)).toEqual(['ba', 'cd']);
  const people = apply(all, { ...none, types: new Set(['Person']) }, new Set(['c']));
  expect(people.nodes.map((n) => n.id)).toEqual(['a', 'b', 'c', 'd']); // c is kept though it is none
  expect(apply(all, { ...none, minDegree: 2 }, new Set()).nodes.map((n) => n.id)).toEqual(['a', 'c']);
});

test('degrees count neighbours, not edges', () => {
  expect(Object.fromEntries(degrees(all.edges, new Set(['a', 'b', 'c'])))).toEqual({ a: 2, b: 1, c: 1 });
});

test('merge has everything once', () => {
  const part = { ...all, total_nodes: 4, truncated: false };
  expect(merge([part, part])).toEqual(all);
});

test('find ignores case and accents, and puts beginnings first', () => {
  const nodes = [node('Miss Łukaszenka'), node('Çelik'), node('elik')];
  expect(find(nodes, 'CELIK').map((n) => n.id)).toEqual(['Çelik']);
  expect(find(nodes, 'el').map((n) => n.id)).toEqual(['elik', 'Çelik']);
  expect(find(nodes, ' ')).toBe(nodes);
});

test('no two nodes begin at one place, and each begins where it did', () => {
  const places = Array.from({ length: 2000 }, (_, i) => spiral(i));
  expect(new Set(places.map((p) => `${p.x.toFixed(3)} ${p.y.toFixed(3)}`)).size).toBe(2000);
  expect(beside({ x: 1, y: 2 }, 'Putin')).toEqual(beside({ x: 1, y: 2 }, 'Putin'));
  expect(hash('a')).not.toBe(hash('b'));
  expect(effort(10_000).steps).toBeLessThan(effort(100).steps);
});

test('a fan gives each name a line of its own', () => {
  for (const n of [1, 2, 7, 16]) {
    const { rows, center, height } = fan(n);
    for (let i = 1; i < n; i++) expect(rows[i]! - rows[i - 1]!).toBe(row);
    expect((rows[0]! + rows.at(-1)!) / 2).toBe(center);
    expect(rows.every((y) => y > 0 && y < height)).toBe(true);
  }
  expect(bow(0, 5, 10, 20)).toBe('M0 5C5 5 5 20 10 20');
});

test('bars fill gaps, and turn to years where there are too many', () => {
  expect(bars([{ value: '2020-11', count: 2 }, { value: '2021-02', count: 1 }, { value: 'soon', count: 9 }])).toEqual([
    { month: '2020-11', count: 2 },
    { month: '2020-12', count: 0 },
    { month: '2021-01', count: 0 },
    { month: '2021-02', count: 1 },
  ]);
  expect(bars([{ value: '1990-01', count: 2 }, { value: '2020-02', count: 1 }]).length).toBe(31);
  expect(bars([])).toEqual([]);
});

test('what is no fact never looks like one, also without colour', () => {
  const look = (f: (typeof factualities)[number]) => dash[f].join(' ');
  for (const f of ['planned', 'possible', 'alleged', 'attempted', 'negated'] as const) expect(look(f)).not.toBe(look('asserted'));
  expect(factualities.map(distance)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(distance('rumoured')).toBe(7);
  expect(known('alleged') && !known('rumoured')).toBe(true);
  expect(Object.keys(meaning)).toEqual([...factualities]);
});

test('types have shapes', () => {
  expect([shape('Person'), shape('Country'), shape('SecurityForce'), shape('Event'), shape(undefined)]).toEqual(['circle', 'diamond', 'square', 'triangle', 'ring']);
  expect([family('Group'), family('Media'), typeWords('SecurityForce'), typeWords('')]).toEqual(['group', 'body', 'security force', 'entity']);
});

test('nodes that lie on each other are moved apart, pinned ones stay', () => {
  const nodes = new Float32Array(40 * 10);
  for (let i = 0; i < 40; i++) nodes.set([i % 3, Math.floor(i / 20), 0, 0, 0, 0, 1, 1, 9, i === 7 ? 1 : 0], i * 10);
  nodes.set([500, 400], 390); // one far away, so that the others are a crowd
  const pinned = [...nodes.slice(70, 72)];
  apart(nodes, 800, 600);
  expect([...nodes.slice(70, 72)]).toEqual(pinned);
  const at = (i: number) => [nodes[i * 10]!, nodes[i * 10 + 1]!] as const;
  const xs = [...Array(40).keys()].map((i) => at(i)[0]);
  const ys = [...Array(40).keys()].map((i) => at(i)[1]);
  const pixels = Math.min(800 / (Math.max(...xs) - Math.min(...xs)), 600 / (Math.max(...ys) - Math.min(...ys)));
  let closest = Infinity;
  for (let i = 0; i < 40; i++) for (let j = 0; j < i; j++) closest = Math.min(closest, Math.hypot(at(i)[0] - at(j)[0], at(i)[1] - at(j)[1]) * pixels);
  expect(closest).toBeGreaterThan(16);
});

test('names do not cover each other, the most important are kept', () => {
  const label = (left: number, top: number, worth: number) => ({ left, top, width: 50, height: 14, worth });
  const kept = legible([label(0, 0, 1), label(10, 5, 3), label(200, 0, 2), label(40, 30, 1)]);
  expect(kept.map((l) => l.left).sort((a, b) => a - b)).toEqual([10, 40, 200]);
});
