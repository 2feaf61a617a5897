// Contradictions in words.
import type { Contradiction, Ref } from './types';
import { predicate } from './words';

/** The kinds of contradictions, each with its name and what it means. */
export const conflictKinds: Record<string, [label: string, meaning: string]> = {
  denied: ['Said and denied', 'What one side says, the other denies.'],
  opposed: ['Opposed', 'Two relations that exclude each other.'],
  rivals: ['Rivals', 'Two have what only one can have.'],
  values: ['Values', 'Two values of what has only one.'],
  numbers: ['Numbers', 'Two numbers of those to whom one thing happened.'],
};

/** A piece of a headline: an entity, or words. */
export type Piece = Ref | string;

/** headline says what a contradiction is about. */
export function headline(c: Contradiction): Piece[] {
  const claim = c.sides[0]!.claims[0]!;
  const object: Piece = claim.object.entity ?? claim.object.value ?? '';
  const sides = c.sides.length;
  switch (c.kind) {
    case 'opposed':
      return [claim.subject, c.sides.map((s) => predicate(s.says)).join(' and '), object];
    case 'rivals':
      return [`${sides} rivals:`, predicate(claim.predicate), object];
    case 'values':
      return [claim.subject, `${predicate(claim.predicate)}: ${sides} values`];
    case 'numbers':
      return [predicate(claim.predicate), ...(claim.place ? ['in', claim.place] : []), ...(claim.time?.value ? [`on ${claim.time.value}`] : []), `: ${sides} numbers`];
  }
  return [claim.subject, predicate(claim.predicate), object];
}

/** sideName names a side: what it says, or whether it says so. */
export function sideName(c: Contradiction, says: string): string {
  if (c.kind === 'denied') return says === 'yes' ? 'Claimed' : 'Denied';
  return c.kind === 'opposed' ? predicate(says) : says;
}
