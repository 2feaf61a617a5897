// A small graph of one entity and its neighbours: the places in two columns, so that every name has a line of its own.

export interface Spot {
  x: number;
  y: number;
  /** The side on which the name stands. */
  side: 'left' | 'right';
}

/** Room for a row, in the units of the drawing. */
export const row = 30;

/** columns gives the places of n neighbours on both sides of the middle, in reading order, and the height that they need. */
export function columns(n: number, width: number): { spots: Spot[]; height: number } {
  const left = Math.ceil(n / 2);
  const height = Math.max(left, 2) * row;
  const spots = Array.from({ length: n }, (_, i): Spot => {
    const side = i % 2 === 0 ? 'left' : 'right';
    const of = side === 'left' ? left : n - left;
    const y = (height * (Math.floor(i / 2) + 0.5)) / of;
    // The columns bend around the middle, so that edges to the same side part.
    const bend = 18 * Math.sin((Math.PI * y) / height);
    return { x: width / 2 + (side === 'left' ? -1 : 1) * (12 + bend), y, side };
  });
  return { spots, height };
}
