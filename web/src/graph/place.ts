// Where nodes stand before forces move them, and how hard the forces work. The same graph is laid out the same way.

/** hash gives a number in [0, 1) for a word. */
export function hash(word: string): number {
  let h = 2166136261;
  for (let i = 0; i < word.length; i++) {
    h ^= word.charCodeAt(i);
    h = Math.imul(h, 16777619);
  }
  return (h >>> 0) / 2 ** 32;
}

/** spiral is the place of the i-th node of a graph that is new: sunflower seeds, so that no two are at one place. */
export function spiral(i: number): { x: number; y: number } {
  const radius = 10 * Math.sqrt(i + 0.5);
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

/** beside is a place near another, by the word of the node. */
export function beside(at: { x: number; y: number }, word: string): { x: number; y: number } {
  const angle = hash(word) * 2 * Math.PI;
  const radius = 15 + 10 * hash(`${word} `);
  return { x: at.x + radius * Math.cos(angle), y: at.y + radius * Math.sin(angle) };
}

/** effort says how many steps a layout of n nodes takes, and how often it shows where it is. */
export function effort(n: number): { steps: number; every: number } {
  if (n <= 300) return { steps: 400, every: 10 };
  if (n <= 2000) return { steps: 250, every: 10 };
  return { steps: 100, every: 4 };
}

/** forces are the settings of the layout for n nodes. */
export function forces(n: number): object {
  const few = n <= 300;
  return {
    linLogMode: few,
    outboundAttractionDistribution: !few,
    adjustSizes: few,
    edgeWeightInfluence: 0.5,
    scalingRatio: few ? 12 : 10,
    strongGravityMode: false,
    gravity: few ? 0.35 : 1,
    slowDown: few ? 6 : 2,
    barnesHutOptimize: n > 600,
    barnesHutTheta: 0.8,
  };
}

/** Numbers of a node in the form of the layout: where it stands, how large it is, and whether it must stay. */
const [X, Y, SIZE, FIXED, STRIDE] = [0, 1, 8, 9, 10];

/**
 * apart moves nodes until none touches another when the drawing fills width by height pixels: forces alone leave those in a
 * crowd one on top of the other. Sizes are in pixels.
 */
export function apart(nodes: Float32Array, width: number, height: number, gap = 6, rounds = 60): void {
  const count = nodes.length / STRIDE;
  if (count < 2 || count > 2000) return;
  for (let round = 0, moved = true; moved && round < rounds; round++) {
    moved = false;
    const pixel = 1 / scale(nodes, width, height);
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) moved = push(nodes, i * STRIDE, j * STRIDE, pixel, gap) || moved;
    }
  }
}

/** scale is how many pixels a unit of the layout takes when the drawing fills the box. */
function scale(nodes: Float32Array, width: number, height: number): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < nodes.length; row += STRIDE) {
    left = Math.min(left, nodes[row + X]!);
    right = Math.max(right, nodes[row + X]!);
    top = Math.min(top, nodes[row + Y]!);
    bottom = Math.max(bottom, nodes[row + Y]!);
  }
  return Math.min(width / Math.max(right - left, 1e-6), height / Math.max(bottom - top, 1e-6));
}

/** push moves two nodes from each other if they touch. */
function push(nodes: Float32Array, a: number, b: number, pixel: number, gap: number): boolean {
  const least = (nodes[a + SIZE]! + nodes[b + SIZE]! + gap) * pixel;
  let [dx, dy] = [nodes[b + X]! - nodes[a + X]!, nodes[b + Y]! - nodes[a + Y]!];
  const far = Math.hypot(dx, dy);
  if (far >= least * 0.999 || (nodes[a + FIXED] && nodes[b + FIXED])) return false;
  if (far === 0) [dx, dy] = [Math.cos(a + b), Math.sin(a + b)];
  const step = (least - far) / (far || 1) / (nodes[a + FIXED] || nodes[b + FIXED] ? 1 : 2);
  for (const [at, way] of [[a, -1], [b, 1]] as const) {
    if (nodes[at + FIXED]) continue;
    nodes[at + X] = nodes[at + X]! + way * step * dx;
    nodes[at + Y] = nodes[at + Y]! + way * step * dy;
  }
  return true;
}

/** A label on the drawing, and how much it is worth. */
export interface Label {
  left: number;
  top: number;
  width: number;
  height: number;
  worth: number;
}

/** legible chooses labels that do not cover each other, those of most worth first; of equal worth the first one. */
export function legible<T extends Label>(labels: T[]): T[] {
  const kept: T[] = [];
  for (const l of [...labels].sort((a, b) => b.worth - a.worth)) {
    if (kept.every((k) => k.left > l.left + l.width || l.left > k.left + k.width || k.top > l.top + l.height || l.top > k.top + k.height)) kept.push(l);
  }
  return kept;
}
