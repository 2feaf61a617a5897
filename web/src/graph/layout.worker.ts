// Lays a graph out by forces, away from the thread that draws. It sends positions after every few steps, and steps on until
// it has made as many as it was asked for.
import iterate from 'graphology-layout-forceatlas2/iterate.js';

interface Task {
  nodes: Float32Array;
  edges: Float32Array;
  steps: number;
  /** Steps between two messages. */
  every: number;
  settings: object;
}

self.onmessage = (event: MessageEvent<Task>) => {
  const { nodes, edges, steps, every, settings } = event.data;
  for (let step = 1; step <= steps; step++) {
    iterate(settings, nodes, edges);
    if (step % every === 0 && step < steps) self.postMessage({ nodes: nodes.slice(), done: false });
  }
  self.postMessage({ nodes, done: true });
};
