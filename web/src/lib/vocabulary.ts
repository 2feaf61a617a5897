// How factuality and entity types look: every value has a word, an icon, a line and a colour, so that no difference rests on
// colour alone.

export const factualities = ['asserted', 'reported', 'planned', 'possible', 'alleged', 'attempted', 'negated'] as const;
export type Factuality = (typeof factualities)[number];

/** What each value means, for people. */
export const meaning: Record<Factuality, string> = {
  asserted: 'The article itself says so',
  reported: 'A named source says so',
  planned: 'Announced, promised or intended',
  possible: 'May or could be, or only under a condition',
  alleged: 'Claimed or accused, not established',
  attempted: 'Tried; not said to have come about',
  negated: 'Said not to be so',
};

/** The line that stands for the value in graphs and on cards: lengths of dash and gap; empty is a full line. */
export const dash: Record<Factuality, number[]> = {
  asserted: [],
  reported: [],
  planned: [9, 4],
  possible: [2, 4],
  alleged: [6, 4],
  attempted: [9, 3, 2, 3],
  negated: [2, 3],
};

/** known says whether a word is one of the values. */
export function known(word: string): word is Factuality {
  return (factualities as readonly string[]).includes(word);
}

/** distance says how far a value is from fact: 0 for asserted. Words that are no value are the furthest. */
export function distance(word: string): number {
  const at = (factualities as readonly string[]).indexOf(word);
  return at < 0 ? factualities.length : at;
}

/** The families of entity types; each has a shape. */
export type Shape = 'circle' | 'square' | 'diamond' | 'triangle' | 'ring';

const shapes: Record<string, Shape> = {
  Person: 'circle',
  Group: 'circle',
  Country: 'diamond',
  City: 'diamond',
  Region: 'diamond',
  Place: 'diamond',
  Government: 'square',
  Organization: 'square',
  Company: 'square',
  SecurityForce: 'square',
  Media: 'square',
  Party: 'square',
  Event: 'triangle',
};

/** shape is what an entity's type looks like in a graph. */
export function shape(type: string | undefined): Shape {
  return shapes[type ?? ''] ?? 'ring';
}

/** The colour family of a type, which goes with its shape. */
export function family(type: string | undefined): 'person' | 'group' | 'place' | 'body' | 'event' | 'other' {
  if (type === 'Group') return 'group';
  return ({ circle: 'person', diamond: 'place', square: 'body', triangle: 'event', ring: 'other' } as const)[shape(type)];
}

/** typeWords says a type in words: "SecurityForce" is "security force". */
export function typeWords(type: string | undefined): string {
  if (!type || type === 'unknown') return 'entity';
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
