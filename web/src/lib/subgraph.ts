// What of a graph is shown: filters, and the list beside the canvas.
import type { GraphEdge, GraphNode, GraphResult } from './types';

export interface Shown {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** merge joins parts of a graph; what is there twice is there once. */
export function merge(parts: GraphResult[]): Shown {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  for (const part of parts) {
    for (const n of part.nodes) nodes.set(n.id, n);
    for (const e of part.edges) edges.set(`${e.from}\n${e.to}`, e);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

export interface Filters {
  hidden: Set<string>;
  types: Set<string>;
  factuality: Set<string>;
  minDegree: number;
}

/** apply leaves out what the filters do, and says how many nodes that is. The degree counted is that within what is shown. */
export function apply(all: Shown, f: Filters, keep: Set<string>): Shown & { left: number } {
  const edges = all.edges.filter((e) => f.factuality.size === 0 || f.factuality.has(e.factuality));
  let nodes = all.nodes.filter((n) => !f.hidden.has(n.id) && (keep.has(n.id) || f.types.size === 0 || f.types.has(n.type ?? 'unknown')));
  let ids = new Set(nodes.map((n) => n.id));
  const degree = degrees(edges, ids);
  nodes = nodes.filter((n) => keep.has(n.id) || (degree.get(n.id) ?? 0) >= f.minDegree);
  ids = new Set(nodes.map((n) => n.id));
  return { nodes, edges: edges.filter((e) => ids.has(e.from) && ids.has(e.to)), left: all.nodes.length - nodes.length };
}

/** degrees counts the neighbours of each node among those in ids. */
export function degrees(edges: GraphEdge[], ids: Set<string>): Map<string, number> {
  const neighbours = new Map<string, Set<string>>();
  const add = (a: string, b: string) => {
    if (!neighbours.has(a)) neighbours.set(a, new Set());
    neighbours.get(a)!.add(b);
  };
  for (const e of edges) {
    if (!ids.has(e.from) || !ids.has(e.to) || e.from === e.to) continue;
    add(e.from, e.to);
    add(e.to, e.from);
  }
  return new Map([...neighbours].map(([id, set]) => [id, set.size]));
}

/** find gives the nodes whose name holds the words, those that begin with them first. */
export function find(nodes: GraphNode[], words: string): GraphNode[] {
  const fold = (s: string) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = fold(words.trim());
  if (!wanted) return nodes;
  return nodes
    .filter((n) => fold(n.label).includes(wanted))
    .sort((a, b) => Number(fold(b.label).startsWith(wanted)) - Number(fold(a.label).startsWith(wanted)));
}
