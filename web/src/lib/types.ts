// What the API answers; server/openapi.yaml is where each field is described.
import type { Factuality } from './vocabulary';

export interface Ref {
  id: string;
  label: string;
  type?: string;
}

export interface Entity extends Ref {
  iri: string;
  aliases: string[];
  claims: number;
  documents?: number;
  last_seen?: string;
}

export interface EntityHit extends Ref {
  aliases: string[];
  claims: number;
  last_seen?: string;
  matched: { name: string; kind: 'id' | 'label' | 'alias' | 'word' | 'near' };
}

export interface SearchResult {
  items: EntityHit[];
  more?: boolean;
}

export interface Quote {
  document: string;
  start: number;
  end: number;
  quote: string;
  title?: string;
  publisher?: string;
  published?: string;
}

export interface Time {
  value?: string;
  precision?: string;
  text?: string;
}

export interface Quantity {
  value: number;
  unit?: string;
  bound?: 'min' | 'max' | 'about';
  text?: string;
}

export interface ClaimObject {
  entity?: Ref;
  value?: string;
  datatype?: string;
}

export interface Claim {
  id: string;
  iri?: string;
  subject: Ref;
  predicate: string;
  relation?: string;
  object: ClaimObject;
  factuality: Factuality;
  flags?: Factuality[];
  attribution?: Ref[];
  event?: string;
  time?: Time;
  place?: Ref;
  quantities?: Quantity[];
  confidence: number;
  rule?: string;
  publishers: number;
  documents: number;
  published?: string;
  disputed?: boolean;
  evidence: Quote[];
  evidence_total?: number;
  known?: boolean;
}

export interface Page<T> {
  items: T[];
  total: number;
  next?: string;
}

export interface FacetValue {
  value: string;
  label?: string;
  count: number;
}

export type FacetName = 'predicate' | 'factuality' | 'source' | 'publisher' | 'event' | 'type' | 'time' | 'published' | 'corroboration';

export interface Facets {
  total: number;
  facets: Record<FacetName, FacetValue[]>;
}

export interface Group {
  predicate: string;
  incoming: boolean;
  total: number;
  claims: Claim[];
}

/** Name is a name of an entity, and where it was seen. */
export interface Name {
  name: string;
  seen: number;
  documents?: Quote[];
}

export interface Profile {
  entity: Entity;
  counts: {
    subject: number;
    object: number;
    source: number;
    single_source: number;
    disputed: number;
    neighbours: number;
    factuality?: Record<string, number>;
  };
  groups: Group[];
}

export interface Neighbour {
  entity: Ref;
  claims: number;
  outgoing?: number;
  last_seen?: string;
  factuality?: Factuality;
  predicates: FacetValue[];
}

export interface Timeline extends Page<{ date: string; dated: 'time' | 'published'; claim: Claim }> {
  histogram: FacetValue[];
}

export interface Contradiction {
  kind: string;
  denial?: boolean;
  why?: string;
  sides: { says: string; documents: number; publishers: number; independent: number; claims: Claim[]; claims_total: number }[];
}

export interface Contradictions extends Page<Contradiction> {
  kinds: FacetValue[];
}

export interface Hop {
  from: Ref;
  to: Ref;
  predicate: string;
  direction: 'forward' | 'backward';
  claims: Claim[];
  claims_total?: number;
  others: number;
}

export interface Path {
  length: number;
  weakest: number;
  hops: Hop[];
}

export interface PathResult {
  from: Entity;
  to: Entity;
  paths: Path[];
  none?: {
    message: string;
    max_hops: number;
    excluded: number;
    longer?: number;
    undirected?: number;
    unfiltered?: number;
    left?: { by: string; parameters: string[]; claims: number; hops?: number }[];
  };
  truncated?: boolean;
  elapsed_ms: number;
}

export interface GraphNode extends Ref {
  claims: number;
  degree: number;
  last_seen?: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  claims: number;
  predicates: FacetValue[];
  factuality: Factuality;
  disputed?: boolean;
  first?: string;
  last?: string;
}

export interface GraphResult {
  nodes: GraphNode[];
  edges: GraphEdge[];
  total_nodes: number;
  truncated: boolean;
}

export interface Cell {
  kind: 'entity' | 'claim' | 'document' | 'predicate' | 'iri' | 'blank' | 'literal' | 'json' | 'none';
  text: string;
  id?: string;
  label?: string;
  type?: string;
  datatype?: string;
  lang?: string;
}

export interface QueryResult {
  columns: string[];
  rows: Cell[][];
  elapsed_ms: number;
  truncated: boolean;
  limit: number;
  data?: unknown;
}

export interface Example {
  lang: string;
  title: string;
  description: string;
  text: string;
}

export interface Completion {
  kind: 'entity' | 'predicate';
  text: string;
  id?: string;
  label?: string;
  type?: string;
  claims?: number;
}

export interface DocumentRef {
  id: string;
  iri?: string;
  title?: string;
  publisher?: string;
  author?: string;
  url?: string;
  published?: string;
  language?: string;
  sha256?: string;
  characters?: number;
  claims?: number;
}

export interface Evidence {
  document: DocumentRef;
  text: string;
  blocks: { start: number; end: number; kind?: 'headline' | 'caption' }[];
  claims: Claim[];
  claims_total?: number;
  spans: { start: number; end: number; claim: string }[];
  check: { ok: boolean; sha256_ok: boolean; quotes: number; quotes_bad: number };
  citation?: string;
  status?: 'new' | 'replaced' | 'unchanged' | 'failed';
  error?: string;
  name?: string;
}

export interface Outcome {
  name: string;
  document?: string;
  title?: string;
  status: 'new' | 'unchanged' | 'replaced' | 'failed';
  claims?: number;
  error?: string;
}

export interface Job {
  id: string;
  kind: 'ingest' | 'samples';
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  dry_run: boolean;
  done: number;
  total: number;
  summary: { new: number; unchanged: number; replaced: number; failed: number; claims: number };
  outcomes: Outcome[];
  error?: string;
  changes?: { claims_added: number; claims_removed: number; entities_added: Ref[]; entities_added_total?: number };
}

export interface Count {
  name: string;
  number: number;
}

export interface Stats {
  documents: number;
  entities: number;
  claims: number;
  evidence: number;
  predicates: number;
  quads: number;
  base_iri: string;
  factuality: Count[];
  types: Count[];
  publishers: Count[];
  predicates_top?: Count[];
  first_published?: string;
  last_published?: string;
  disputed?: number;
  corroborated?: number;
}

export interface Format {
  id: string;
  label: string;
  extension: string;
  media_type: string;
  filters?: boolean;
}

export interface Settings {
  version: string;
  read_only: boolean;
  empty: boolean;
  auth: { token: boolean; authorised: boolean };
  base_iri: string;
  store?: string;
  limits: { body_bytes: number; query_bytes: number; query_rows: number; query_timeout_ms: number };
  languages: { id: string; label: string }[];
  formats: Format[];
  factuality: Factuality[];
  types: { id: string; parent?: string }[];
  events: string[];
  prefixes: Record<string, string>;
}

/** Decision says which entities are one. */
export interface Decision {
  line: number;
  action: 'merge' | 'split';
  entity: Ref;
  other?: Ref;
  document?: string;
  title?: string;
  name?: string;
  idle?: string;
}

export interface Decisions {
  items: Decision[];
  applied: boolean;
}

/** Decided is what a decision changes, or would. */
export interface Decided {
  dry_run: boolean;
  documents: number;
  claims: number;
  entities: Ref[];
  gone: Ref[];
  new: Ref[];
}
