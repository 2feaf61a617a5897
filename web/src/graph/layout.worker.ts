// Lays a graph out by forces, away from the thread that draws. It sends positions after every few steps, and steps on until
// it has made as many as it was asked for.
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import { apart } from './place';

interface Task {
  nodes: Float32Array;
  edges: Float32Array;
  steps: number;
  /** Steps between two messages. */
  every: number;
  settings: object;
  /** Pixels that the drawing fills. */
  width: number;
  height: number;
}

self.onmessage = (event: MessageEvent<Task>) => {
  const { nodes, edges, steps, every, settings, width, height } = event.data;
  for (let step = 1; step <= steps; step++) {
    iterate(settings, nodes, edges);
    if (step % every === 0 && step < steps) self.postMessage({ nodes: nodes.slice(), done: false });
  }
  apart(nodes, width, height);
  self.postMessage({ nodes, done: true });
};
