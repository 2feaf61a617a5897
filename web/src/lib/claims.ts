import { date, number, predicate } from './words';
import type { Claim, ClaimObject, Quantity, Quote } from './types';

/** objectWords says the object of a claim: an entity's name, or the literal. */
export function objectWords(object: ClaimObject): string {
  return object.entity?.label ?? object.value ?? '';
}

/**
 * relationWords says what joins the two sides: the words of the article. Of a negated claim it is the predicate, which the screen
 * strikes through: words such as "does not recognise" would be denied twice.
 */
export function relationWords(claim: Claim): string {
  const words = claim.relation ?? '';
  return claim.factuality === 'negated' || words === '' || words.length > 60 ? predicate(claim.predicate) : words;
}

/** sentence says a claim in one line. */
export function sentence(claim: Claim): string {
  const not = claim.factuality === 'negated' ? 'not: ' : '';
  return `${not}${claim.subject.label} ${relationWords(claim)} ${objectWords(claim.object)}`;
}

const bounds = { min: 'at least ', max: 'up to ', about: 'about ' };

/** quantityWords says an amount: the words of the article, or else number and unit. */
export function quantityWords(q: Quantity): string {
  return q.text || `${q.bound ? bounds[q.bound] : ''}${number(q.value)}${q.unit ? ` ${q.unit}` : ''}`;
}

/** when says when a claim holds: the date, or the article's words where they resolve to nothing. */
export function when(claim: Claim): string {
  return date(claim.time?.value) || claim.time?.text || '';
}

/** place of publication of a quote: "Sample Wire, 18 Sep 2020". */
export function source(quote: Quote): string {
  return [quote.publisher || quote.title || quote.document, date(quote.published)].filter(Boolean).join(', ');
}

/** publishersWords says on how many independent publishers a claim rests. */
export function publishersWords(claim: Claim): string {
  if (claim.publishers > 1) return `${claim.publishers} publishers`;
  return claim.documents > 1 ? `1 publisher, ${claim.documents} articles` : '1 publisher';
}
