// What the query screen does with results, apart from showing them.
import type { Cell, QueryResult } from './types';

/** value is a cell for tables of other programs: an entity by its ID, all else by its text. */
export function value(cell: Cell): string {
  return cell.kind === 'none' ? '' : cell.text;
}

/** csv writes a result as RFC 4180 wants it; a cell that a spreadsheet would run as a formula gets a quote in front. */
export function csv(result: QueryResult): string {
  const field = (text: string) => {
    const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [result.columns, ...result.rows.map((row) => row.map(value))].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** objects gives the rows as objects, as the command line prints them. */
export function objects(result: QueryResult): Record<string, unknown>[] {
  return result.rows.map((row) =>
    Object.fromEntries(
      row.flatMap((cell, i): [string, unknown][] => {
        const name = result.columns[i]!;
        if (cell.kind === 'none') return [];
        if (cell.kind === 'json') return [[name, parsed(cell.text)]];
        return cell.label && cell.kind === 'entity' ? [[name, cell.text], [`${name}_label`, cell.label]] : [[name, cell.text]];
      }),
    ),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** entities lists the IDs of the entities in a result, those inside of objects too, each once, in their order. */
export function entities(result: QueryResult): string[] {
  const ids = result.rows.flat().flatMap((c) => (c.kind === 'entity' && c.id ? [c.id] : c.kind === 'json' ? inside(parsed(c.text)) : []));
  return [...new Set(ids)];
}

function inside(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('ent:') ? [unescaped(value.slice(4))] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(inside) : [];
}

function unescaped(local: string): string {
  try {
    return decodeURIComponent(local);
  } catch {
    return local;
  }
}

/** claims lists the IDs of the claims in a result, each once. */
export function claims(result: QueryResult): string[] {
  return [...new Set(result.rows.flat().filter((c) => c.kind === 'claim' && c.id).map((c) => c.id!))];
}

/** dated gives the rows that hold a date, in its order, each with the date. */
export function dated(result: QueryResult): { date: string; row: Cell[] }[] {
  return result.rows
    .flatMap((row) => {
      const cell = row.find((c) => c.kind === 'literal' && /^\d{4}(-\d\d(-\d\d)?)?($|[T/])/.test(c.text) && !/^\d{5,}$/.test(c.text));
      return cell ? [{ date: cell.text, row }] : [];
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** A query that was run. */
export interface Run {
  lang: string;
  text: string;
  rows: number;
}

/** remember puts a run in front of a history, without the same query further down, and drops the oldest. */
export function remember(history: Run[], run: Run, most = 30): Run[] {
  return [run, ...history.filter((h) => h.lang !== run.lang || h.text !== run.text)].slice(0, most);
}

const key = 'newsgraph.history';

export function readHistory(): Run[] {
  try {
    const list = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter((r) => typeof r?.text === 'string' && typeof r?.lang === 'string') : [];
  } catch {
    return [];
  }
}

export function writeHistory(history: Run[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(history));
  } catch {
    // The history then lasts as long as the page.
  }
}
