// Ranges of an article's text. The server counts Unicode code points; JavaScript counts UTF-16 units.

/** A range of code points that some claim rests on. */
export interface Mark {
  start: number;
  end: number;
  id: string;
}

/** A run of text under the same marks. */
export interface Piece {
  text: string;
  start: number;
  strong: boolean;
  ids: string[];
}

/** points splits a text into code points. */
export function points(text: string): string[] {
  return Array.from(text);
}

/**
 * pieces cuts text[from, to) at every boundary of a mark. The range strong is the one that the reader came for.
 * Marks that do not fit the text are cut to it.
 */
export function pieces(text: string[], from: number, to: number, marks: Mark[], strong?: { start: number; end: number }): Piece[] {
  const inside = marks.filter((m) => m.start < to && m.end > from && m.start < m.end);
  const cuts = new Set([from, to]);
  for (const m of [...inside, ...(strong ? [strong] : [])]) {
    for (const at of [m.start, m.end]) if (at > from && at < to) cuts.add(at);
  }
  const order = [...cuts].sort((a, b) => a - b);
  const list: Piece[] = [];
  for (let i = 0; i + 1 < order.length; i++) {
    const [start, end] = [order[i]!, order[i + 1]!];
    list.push({
      text: text.slice(start, end).join(''),
      start,
      strong: strong !== undefined && strong.start <= start && end <= strong.end,
      ids: inside.filter((m) => m.start <= start && end <= m.end).map((m) => m.id),
    });
  }
  return list.filter((p) => p.text !== '');
}

/** sha256 is the lower-case hex digest of a text as UTF-8; undefined where the browser has no such function (plain HTTP). */
export async function sha256(text: string): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(sum), (b) => b.toString(16).padStart(2, '0')).join('');
}
