// The bars of a timeline: one for every month from the first to the last, also those with nothing in them.
import type { FacetValue } from './types';

export interface Bar {
  month: string;
  count: number;
}

/** bars fills the gaps between months; where the span is too long for months, it counts years. */
export function bars(histogram: FacetValue[], most = 120): Bar[] {
  const known = histogram.filter((h) => /^\d{4}(-\d\d)?/.test(h.value));
  if (known.length === 0) return [];
  const months = new Map<string, number>();
  for (const h of known) {
    const month = h.value.length >= 7 ? h.value.slice(0, 7) : `${h.value}-01`;
    months.set(month, (months.get(month) ?? 0) + h.count);
  }
  const order = [...months.keys()].sort();
  const span = index(order.at(-1)!) - index(order[0]!) + 1;
  if (span > most) return years(months);
  return Array.from({ length: span }, (_, i) => {
    const month = name(index(order[0]!) + i);
    return { month, count: months.get(month) ?? 0 };
  });
}

function years(months: Map<string, number>): Bar[] {
  const sums = new Map<number, number>();
  for (const [month, n] of months) sums.set(Number(month.slice(0, 4)), (sums.get(Number(month.slice(0, 4))) ?? 0) + n);
  const [first, last] = [Math.min(...sums.keys()), Math.max(...sums.keys())];
  return Array.from({ length: last - first + 1 }, (_, i) => ({ month: String(first + i).padStart(4, '0'), count: sums.get(first + i) ?? 0 }));
}

function index(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function name(at: number): string {
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}
