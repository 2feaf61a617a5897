// The drawing of a graph: sigma on a canvas, with its layout in a worker. It knows nothing of the screen around it.
import Graph from 'graphology';
import Sigma from 'sigma';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';
import type { GraphEdge, GraphNode } from '../lib/types';
import { family, shape, type Factuality } from '../lib/vocabulary';
import { predicate } from '../lib/words';
import LayoutWorker from './layout.worker?worker';
import { beside, effort, forces, legible, spiral, type Label } from './place';
import { ArrowProgram, ShapeProgram, shapeNumber } from './programs';

/** What the reader does on the canvas. */
export interface Listener {
  select(id: string | undefined): void;
  expand(id: string): void;
  edge(from: string, to: string): void;
  moved(id: string): void;
  settled(done: boolean): void;
}

/** Pixels between the drawing and the edge of the canvas, for names that stand beyond the last node. */
const padding = 40;

const dashes: Record<Factuality, number> = { asserted: 0, reported: 0, planned: 1, possible: 2, alleged: 1, attempted: 3, negated: 2 };
const colourNames = ['ink', 'soft', 'line', 'line-strong', 'panel', 'bg', 'accent', 'person', 'group', 'place', 'body', 'event', 'other',
  'asserted', 'reported', 'planned', 'possible', 'alleged', 'attempted', 'negated'] as const;
type Colours = Record<(typeof colourNames)[number], string>;

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(colourNames.map((name) => [name, sixDigits(style.getPropertyValue(`--${name}`).trim())])) as Colours;
}

/** sixDigits writes "#abc", which the build makes of "#aabbcc", out again. */
function sixDigits(colour: string): string {
  return colour.length === 4 ? `#${[...colour.slice(1)].map((c) => c + c).join('')}` : colour;
}

/** mix blends a colour into another, both as #rrggbb. */
function mix(colour: string, into: string, share: number): string {
  const part = (hex: string, at: number) => parseInt(hex.slice(at, at + 2), 16);
  const channel = (at: number) => Math.round(part(colour, at) * share + part(into, at) * (1 - share)).toString(16).padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** edgeKey names the edge from one entity to another. */
export function edgeKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

export class Canvas {
  private graph = new Graph({ type: 'directed', multi: false });
  private sigma: Sigma;
  private worker: Worker | undefined;
  private colours = readColours();
  private selected: string | undefined;
  private hovered: string | undefined;
  private near = new Set<string>();
  private dragged: string | undefined;
  private pins = new Set<string>();
  private names: (Label & { text: string; context: CanvasRenderingContext2D; size: number })[] = [];

  constructor(
    container: HTMLElement,
    private listener: Listener,
  ) {
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true,
      nodeProgramClasses: { shape: ShapeProgram as any },
      edgeProgramClasses: { claims: ArrowProgram },
      defaultNodeType: 'shape',
      defaultEdgeType: 'claims',
      labelFont: 'system-ui, sans-serif',
      labelSize: 13,
      labelWeight: '500',
      labelDensity: 1,
      labelGridCellSize: 70,
      labelRenderedSizeThreshold: 3.5,
      edgeLabelSize: 11,
      renderEdgeLabels: true,
      enableEdgeEvents: true,
      hideLabelsOnMove: false,
      zIndex: true,
      stagePadding: padding,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultDrawEdgeLabel: (context, edge, from, to, settings) => this.drawEdgeLabel(context, edge, from, to, settings.edgeLabelSize),
      defaultDrawNodeLabel: (context, data, settings) => this.drawLabel(context, data, settings.labelSize),
      defaultDrawNodeHover: (context, data, settings) => this.drawHover(context, data, settings.labelSize),
      nodeReducer: (id, data) => this.reduceNode(id, data),
      edgeReducer: (key, data) => this.reduceEdge(key, data),
    });
    this.repaint();
    this.listen();
  }

  /** set shows these nodes and edges; those that were there stay where they stand. */
  set(nodes: GraphNode[], edges: GraphEdge[]): void {
    const wanted = new Map(nodes.map((n) => [n.id, n]));
    for (const id of this.graph.nodes()) if (!wanted.has(id)) this.graph.dropNode(id);
    const fresh = nodes.filter((n) => !this.graph.hasNode(n.id));
    const places = this.places(fresh, edges);
    for (const n of nodes) this.graph.mergeNode(n.id, { ...this.nodeLook(n, nodes.length), ...places.get(n.id) });
    const keys = new Set(edges.map((e) => edgeKey(e.from, e.to)));
    for (const key of this.graph.edges()) if (!keys.has(key)) this.graph.dropEdge(key);
    for (const e of edges) {
      if (wanted.has(e.from) && wanted.has(e.to) && e.from !== e.to) this.graph.mergeEdgeWithKey(edgeKey(e.from, e.to), e.from, e.to, this.edgeLook(e));
    }
    this.sigma.setSetting('renderEdgeLabels', nodes.length <= 300);
    this.sigma.setSetting('enableEdgeEvents', nodes.length <= 2000);
    this.sigma.setSetting('hideEdgesOnMove', nodes.length > 3000);
    if (fresh.length > 0) this.layout();
    else this.listener.settled(true);
  }

  /** New nodes stand beside a neighbour that is there, or else on a spiral. */
  private places(fresh: GraphNode[], edges: GraphEdge[]): Map<string, { x: number; y: number }> {
    const places = new Map<string, { x: number; y: number }>();
    const anchors = new Map<string, string>();
    for (const e of edges) {
      if (this.graph.hasNode(e.from)) anchors.set(e.to, e.from);
      if (this.graph.hasNode(e.to)) anchors.set(e.from, e.to);
    }
    fresh.forEach((n, i) => {
      const anchor = anchors.get(n.id);
      const at = anchor === undefined ? undefined : this.graph.getNodeAttributes(anchor);
      places.set(n.id, at ? beside(at as { x: number; y: number }, n.id) : spiral(i));
    });
    return places;
  }

  private nodeLook(n: GraphNode, of: number) {
    const most = of > 1000 ? 10 : 16;
    // On a small canvas a crowd would cover itself.
    const { width, height } = this.sigma.getDimensions();
    const share = Math.min(1, Math.max(0.5, Math.sqrt((width * height) / of) / 75));
    return { label: n.label, size: share * Math.min(most, (of > 1000 ? 2 : 5) + Math.sqrt(n.claims)), family: family(n.type), shape: shapeNumber[shape(n.type)] };
  }

  private edgeLook(e: GraphEdge) {
    const first = e.predicates[0]?.value ?? '';
    const label = predicate(first) + (e.claims > 1 ? ` (${e.claims})` : '');
    return { label, size: Math.min(5, 1 + Math.log2(e.claims)), factuality: e.factuality, dash: dashes[e.factuality] ?? 0, weight: e.claims };
  }

  /** layout moves all nodes but the pinned ones until they rest. */
  layout(): void {
    this.worker?.terminate();
    const order = this.graph.nodes();
    if (order.length === 0) return this.listener.settled(true);
    const { steps, every } = effort(order.length);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const worker = new LayoutWorker();
    this.worker = worker;
    this.listener.settled(false);
    worker.onmessage = ({ data }: MessageEvent<{ nodes: Float32Array; done: boolean }>) => {
      if (worker !== this.worker) return;
      this.take(order, data.nodes);
      if (!data.done) return;
      worker.terminate();
      this.worker = undefined;
      this.listener.settled(true);
    };
    const { nodes, edges } = this.matrices(order);
    const { width, height } = this.sigma.getDimensions();
    const [w, h] = [Math.max(200, width - 2 * padding), Math.max(200, height - 2 * padding)];
    worker.postMessage({ nodes, edges, steps, every: still ? steps : every, settings: forces(order.length), width: w, height: h }, [nodes.buffer, edges.buffer]);
  }

  // The layout's own form: ten numbers for a node, three for an edge.
  private matrices(order: string[]): { nodes: Float32Array<ArrayBuffer>; edges: Float32Array<ArrayBuffer> } {
    const nodes = new Float32Array(order.length * 10);
    const rows = new Map<string, number>();
    order.forEach((id, i) => {
      const row = i * 10;
      rows.set(id, row);
      const a = this.graph.getNodeAttributes(id);
      nodes[row] = a.x;
      nodes[row + 1] = a.y;
      nodes[row + 6] = 1 + this.graph.degree(id);
      nodes[row + 7] = 1;
      nodes[row + 8] = a.size;
      nodes[row + 9] = this.pins.has(id) ? 1 : 0;
    });
    const edges = new Float32Array(this.graph.size * 3);
    let at = 0;
    this.graph.forEachEdge((_, a, from, to) => {
      edges[at++] = rows.get(from)!;
      edges[at++] = rows.get(to)!;
      edges[at++] = a.weight;
    });
    return { nodes, edges };
  }

  private take(order: string[], nodes: Float32Array): void {
    const rows = new Map(order.map((id, i) => [id, i * 10]));
    this.graph.updateEachNodeAttributes(
      (id, a) => {
        const row = rows.get(id);
        if (row === undefined || id === this.dragged) return a;
        a.x = nodes[row];
        a.y = nodes[row + 1];
        return a;
      },
      { attributes: ['x', 'y'] },
    );
  }

  /** select marks a node and its neighbours, or nothing. */
  select(id: string | undefined): void {
    this.selected = id !== undefined && this.graph.hasNode(id) ? id : undefined;
    this.near = new Set(this.selected === undefined ? [] : this.graph.neighbors(this.selected));
    this.sigma.refresh({ skipIndexation: true });
  }

  pin(ids: Iterable<string>): void {
    this.pins = new Set(ids);
    this.sigma.refresh({ skipIndexation: true });
  }

  /** look moves the camera to a node. */
  look(id: string): void {
    const at = this.sigma.getNodeDisplayData(id);
    if (!at) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const camera = this.sigma.getCamera();
    void camera.animate({ x: at.x, y: at.y, ratio: Math.min(camera.ratio, 0.6) }, { duration: still ? 0 : 300 });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.ratio * factor }, { duration: 150 });
  }

  fit(): void {
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: 150 });
  }

  /** repaint takes the colours of the theme that is on now. */
  repaint(): void {
    this.colours = readColours();
    this.sigma.setSetting('labelColor', { color: this.colours.ink });
    this.sigma.setSetting('edgeLabelColor', { color: this.colours.soft });
    this.sigma.refresh();
  }

  /** picture is what is seen now, as a PNG. */
  picture(): Promise<Blob | null> {
    this.sigma.refresh();
    const layers = this.sigma.getCanvases();
    const first = Object.values(layers)[0]!;
    const sheet = document.createElement('canvas');
    sheet.width = first.width;
    sheet.height = first.height;
    const context = sheet.getContext('2d')!;
    context.fillStyle = this.colours.panel;
    context.fillRect(0, 0, sheet.width, sheet.height);
    for (const name of ['edges', 'edgeLabels', 'nodes', 'labels']) if (layers[name]) context.drawImage(layers[name], 0, 0);
    return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
  }

  /** place is where a node stands within the container, in CSS pixels; undefined when there is no such node. */
  place(id: string): { x: number; y: number } | undefined {
    return this.graph.hasNode(id) ? this.sigma.graphToViewport(this.graph.getNodeAttributes(id) as { x: number; y: number }) : undefined;
  }

  resize(): void {
    this.sigma.resize();
    this.sigma.refresh();
  }

  destroy(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.sigma.kill();
  }

  private reduceNode(id: string, data: any): Partial<NodeDisplayData> {
    const focus = this.selected ?? this.hovered;
    const away = focus !== undefined && focus !== id && !(this.selected ? this.near : this.hoverNear()).has(id);
    return {
      ...data,
      color: away ? this.colours.line : this.colours[data.family as keyof Colours],
      label: away ? '' : (this.pins.has(id) ? '⚲ ' : '') + data.label,
      highlighted: id === this.selected,
      forceLabel: id === this.selected,
      zIndex: away ? 0 : 1,
    };
  }

  private hoverNear(): Set<string> {
    return new Set(this.hovered !== undefined && this.graph.hasNode(this.hovered) ? this.graph.neighbors(this.hovered) : []);
  }

  private reduceEdge(key: string, data: any): Partial<EdgeDisplayData> {
    const focus = this.selected ?? this.hovered;
    const away = focus !== undefined && !this.graph.hasExtremity(key, focus);
    const colour = this.colours[data.factuality as keyof Colours];
    return { ...data, color: away ? this.colours.line : focus !== undefined ? colour : mix(colour, this.colours.panel, 0.55), label: away || (focus === undefined && this.graph.size > 40) ? '' : data.label, zIndex: away ? 0 : 1 };
  }

  // A name stands beside its edge, on the left as one goes along it: the edge the other way has its own on the other side.
  private drawEdgeLabel(context: CanvasRenderingContext2D, edge: any, from: any, to: any, size: number): void {
    if (!edge.label) return;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy) - from.size - to.size;
    context.font = `${size}px system-ui, sans-serif`;
    if (context.measureText(edge.label).width > length) return;
    const upright = dx >= 0 ? 1 : -1;
    context.save();
    context.translate((from.x + to.x) / 2, (from.y + to.y) / 2);
    context.rotate(Math.atan2(dy * upright, dx * upright));
    context.textAlign = 'center';
    context.fillStyle = this.colours.soft;
    context.strokeStyle = this.colours.panel;
    context.lineWidth = 3;
    const y = upright > 0 ? -4 : size + 2;
    context.strokeText(edge.label, 0, y);
    context.fillText(edge.label, 0, y);
    context.restore();
  }

  // Names are drawn when all are known, so that none covers another: see drawNames.
  private drawLabel(context: CanvasRenderingContext2D, data: any, size: number): void {
    if (!data.label) return;
    context.font = `500 ${size}px system-ui, sans-serif`;
    const wide = context.measureText(data.label).width;
    const right = data.x + data.size + 4;
    // At the edge of the canvas a name stands before its node.
    const left = right + wide > this.sigma.getDimensions().width ? data.x - data.size - 4 - wide : right;
    const worth = data.highlighted ? Infinity : data.size;
    this.names.push({ text: data.label, left: left - 2, top: data.y - size / 2, width: wide + 6, height: size + 3, worth, context, size });
  }

  private drawNames(): void {
    for (const n of legible(this.names)) this.drawName(n.context, n.text, n.left + 2, n.top + n.size / 2 + n.size / 3, n.size);
    this.names = [];
  }

  private drawName(context: CanvasRenderingContext2D, text: string, x: number, y: number, size: number): void {
    context.font = `500 ${size}px system-ui, sans-serif`;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = this.colours.panel;
    context.strokeText(text, x, y);
    context.fillStyle = this.colours.ink;
    context.fillText(text, x, y);
  }

  private drawHover(context: CanvasRenderingContext2D, data: any, size: number): void {
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 4, 0, 2 * Math.PI);
    context.stroke();
    if (data.label) this.drawName(context, data.label, data.x + data.size + 4, data.y + size / 3, size);
  }

  private listen(): void {
    const { sigma, listener } = this;
    sigma.on('afterRender', () => this.drawNames());
    sigma.on('clickNode', ({ node }) => listener.select(node));
    sigma.on('clickStage', () => listener.select(undefined));
    sigma.on('clickEdge', ({ edge }) => listener.edge(this.graph.source(edge), this.graph.target(edge)));
    sigma.on('doubleClickNode', (event) => {
      event.preventSigmaDefault();
      listener.expand(event.node);
    });
    sigma.on('enterNode', ({ node }) => this.hover(node));
    sigma.on('leaveNode', () => this.hover(undefined));
    this.listenToDrags();
  }

  private hover(id: string | undefined): void {
    this.hovered = this.graph.order > 3000 ? undefined : id;
    this.sigma.getContainer().classList.toggle('over', id !== undefined);
    if (this.graph.order <= 3000) this.sigma.refresh({ skipIndexation: true });
  }

  private listenToDrags(): void {
    const { sigma, graph, listener } = this;
    let moved = false;
    sigma.on('downNode', ({ node }) => {
      this.dragged = node;
      moved = false;
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on('moveBody', ({ event }) => {
      if (this.dragged === undefined) return;
      moved = true;
      graph.mergeNodeAttributes(this.dragged, sigma.viewportToGraph(event));
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (this.dragged !== undefined && moved) listener.moved(this.dragged);
      this.dragged = undefined;
      sigma.setCustomBBox(null);
    };
    sigma.on('upNode', drop);
    sigma.on('upStage', drop);
  }
}
