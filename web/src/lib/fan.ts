// A small graph of one entity and its neighbours: a fan of lines, so that every name has a line of its own.

/** Room for a row, in the units of the drawing. */
export const row = 26;

export interface Fan {
  /** The y of each neighbour. */
  rows: number[];
  /** The y of the entity, and the height of it all. */
  center: number;
  height: number;
}

/** fan places n neighbours one below the other. */
export function fan(n: number): Fan {
  const height = Math.max(n, 2) * row;
  const top = (height - n * row) / 2;
  return { rows: Array.from({ length: n }, (_, i) => top + row * (i + 0.5)), center: height / 2, height };
}

/** bow is the path of a line from the entity to a neighbour: it leaves and arrives level. */
export function bow(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
