import { describe, expect, test } from 'vitest';
import { pieces, points, sha256 } from '../../src/lib/spans';
import { count, date, duration, list, predicate, safeLink, shorten, year } from '../../src/lib/words';

describe('pieces', () => {
  const text = points('Ünal 🙂 met Ana. She left.');
  const said = (from: number, to: number, marks: { start: number; end: number; id: string }[], strong?: { start: number; end: number }) =>
    pieces(text, from, to, marks, strong).map((p) => [p.text, p.strong, p.ids.join('+')]);

  test('counts code points, not UTF-16 units', () => {
    expect(said(0, text.length, [{ start: 5, end: 6, id: 'a' }])).toEqual([
      ['Ünal ', false, ''],
      ['🙂', false, 'a'],
      [' met Ana. She left.', false, ''],
    ]);
  });

  test('cuts where marks overlap', () => {
    expect(said(0, 15, [{ start: 0, end: 10, id: 'a' }, { start: 5, end: 15, id: 'b' }])).toEqual([
      ['Ünal ', false, 'a'],
      ['🙂 met', false, 'a+b'],
      [' Ana.', false, 'b'],
    ]);
  });

  test('keeps marks within the block', () => {
    expect(said(16, 25, [{ start: 0, end: 99, id: 'a' }], { start: 16, end: 19 })).toEqual([
      ['She', true, 'a'],
      [' left.', false, 'a'],
    ]);
  });

  test('loses nothing and adds nothing', () => {
    const all = pieces(text, 0, text.length, [{ start: 3, end: 3, id: 'empty' }, { start: -5, end: 400, id: 'wide' }], { start: 2, end: 90 });
    expect(all.map((p) => p.text).join('')).toBe(text.join(''));
    expect(all.every((p) => !p.ids.includes('empty'))).toBe(true);
  });
});

test('sha256 is the digest of UTF-8', async () => {
  expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(await sha256('🙂')).toBe('d06f1525f791397809f9bc98682b5c13318eca4c3123433467fd4dffda44fd14');
});

test.each([
  ['2020-09-14', '14 Sep 2020'],
  ['2020-09', 'Sep 2020'],
  ['2020', '2020'],
  ['2020-09-14T12:00:00Z', '14 Sep 2020'],
  ['2020-08/2020-09', 'Aug 2020 – Sep 2020'],
  ['2020/', 'since 2020'],
  ['/2020-01', 'until Jan 2020'],
  ['on Monday', 'on Monday'],
  ['2020-13', '2020-13'],
  [undefined, ''],
])('date %s is %s', (value, want) => expect(date(value)).toBe(want));

test('year orders dates of any precision', () => {
  expect(year('2020-07')).toBe(2020.5);
  expect(year('/2019')).toBe(2019);
  expect(year('Monday')).toBeUndefined();
  expect(year('2020-09-15')!).toBeGreaterThan(year('2020-09-14')!);
});

test('words', () => {
  expect(predicate('restructures_debt_of')).toBe('restructures debt of');
  expect(count(1, 'claim')).toBe('1 claim');
  expect(count(2104, 'entity', 'entities')).toBe('2,104 entities');
  expect(duration(1400)).toBe('1.4 s');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(shorten('Organization for Security', 14)).toBe('Organization…');
  expect(shorten('🙂🙂🙂🙂', 2)).toBe('🙂🙂…');
});

test.each([
  ['javascript:alert(1)', undefined],
  [' JaVaScRiPt:alert(1)', undefined],
  ['data:text/html,<script>1</script>', undefined],
  ['file:///etc/passwd', undefined],
  ['no address', undefined],
  ['https://example.org/a', 'https://example.org/a'],
])('safeLink %s', (address, want) => expect(safeLink(address)).toBe(want));
