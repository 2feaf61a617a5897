import type { FacetName } from './types';

/** A facet, and the parameter that filters by it. */
export interface Facet {
  name: FacetName;
  label: string;
  param: string;
}

export const facetFilters: Facet[] = [
  { name: 'factuality', label: 'Factuality', param: 'factuality' },
  { name: 'corroboration', label: 'Corroboration', param: 'min_publishers' },
  { name: 'predicate', label: 'Predicate', param: 'predicate' },
  { name: 'source', label: 'According to', param: 'source' },
  { name: 'publisher', label: 'Publisher', param: 'publisher' },
  { name: 'type', label: 'About a', param: 'type' },
  { name: 'event', label: 'Event', param: 'event' },
];

/** The parameters of /api/claims that choose claims. */
export const filterNames = ['q', 'entity', 'subject', 'object', 'source', 'document', 'type', 'predicate', 'factuality', 'event', 'publisher', 'since', 'until',
  'published_since', 'published_until', 'min_publishers', 'max_publishers', 'min_confidence', 'attributed', 'disputed'];

/** filtersOf keeps those parameters of an address that the API knows. */
export function filtersOf(params: URLSearchParams): URLSearchParams {
  const names = new Set([...filterNames, 'sort']);
  return new URLSearchParams([...params].filter(([name]) => names.has(name)));
}
