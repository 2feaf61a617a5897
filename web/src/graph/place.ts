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
    scalingRatio: few ? 4 : 10,
    strongGravityMode: false,
    gravity: few ? 0.6 : 1,
    slowDown: few ? 6 : 2,
    barnesHutOptimize: n > 600,
    barnesHutTheta: 0.8,
  };
}
