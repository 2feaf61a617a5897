import { route } from './router.svelte';
import type { Claim, Quote } from './types';

/** The parameters of the evidence drawer: a document, a range of its text, and the claim that rests on it. */
export const parameters = ['doc', 'at', 'claim'] as const;

/** evidenceChanges are the changes of the address that open the drawer at a quote. */
export function evidenceChanges(claim: Claim | undefined, quote: Quote): Record<string, string | null> {
  return { doc: quote.document, at: `${quote.start}-${quote.end}`, claim: claim?.id ?? null };
}

/** evidenceHref is the present address with the drawer open at a quote. */
export function evidenceHref(claim: Claim | undefined, quote: Quote): string {
  return route.here(evidenceChanges(claim, quote));
}

/** closed takes the drawer's parameters away. */
export const closed = { doc: null, at: null, claim: null };

/** range reads "120-180"; undefined for anything else. */
export function range(text: string | null): { start: number; end: number } | undefined {
  const found = /^(\d+)-(\d+)$/.exec(text ?? '');
  if (!found) return undefined;
  const [start, end] = [Number(found[1]), Number(found[2])];
  return start < end ? { start, end } : undefined;
}
