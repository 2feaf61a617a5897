// What is being typed in a query, so that the right names are offered.

/** The steps of Gizmo, Cayley's query language in JavaScript. */
export const steps = [
  ['All', 'every result'], ['GetLimit', 'at most so many results'], ['ToArray', 'results as an array'], ['Count', 'how many'], ['ForEach', 'a function for each result'],
  ['Out', 'along predicates, to objects'], ['In', 'against predicates, to subjects'], ['Both', 'either way'], ['Is', 'only these'], ['Has', 'only those with a predicate and a value'],
  ['HasR', 'the same, against the predicate'], ['Tag', 'keep this place under a name'], ['As', 'keep this place under a name'], ['Save', 'keep a value under a name'], ['SaveR', 'the same, against the predicate'],
  ['SaveOpt', 'keep a value where there is one'], ['Back', 'back to a tag'], ['And', 'only what both have'], ['Or', 'what either has'], ['Except', 'but not these'],
  ['Intersect', 'only what both have'], ['Union', 'what either has'], ['Difference', 'but not these'], ['Unique', 'each once'], ['Skip', 'leave out the first'], ['Limit', 'at most so many'],
  ['Follow', 'along a path of its own'], ['FollowR', 'against it'], ['FollowRecursive', 'as long as it goes'], ['InPredicates', 'predicates that come in'], ['OutPredicates', 'predicates that go out'],
  ['Labels', 'graphs'], ['LabelContext', 'only within graphs'], ['Filter', 'by a comparison'], ['Order', 'sorted'],
].map(([label, detail]) => ({ label: label!, detail: detail!, type: 'method' }));

export interface Word {
  word: string;
  kind: 'entity' | 'predicate' | 'any' | 'step';
}

const takesPredicates = /\.(Out|In|Both|Has|HasR|Save|SaveR|SaveOpt|SaveOptR)\(\s*(\[?\s*("[^"]*"\s*,\s*)*)$/;

/** wordAt reads the text of a line up to the cursor; undefined where nothing can be completed. */
export function wordAt(before: string, lang: string): Word | undefined {
  const quoted = openQuote(before);
  if (quoted !== undefined) return { word: quoted.word, kind: kindOf(quoted.before, lang) };
  if (lang === 'gizmo') {
    const step = /[)\w]\.(\w*)$/.exec(before);
    return step ? { word: step[1]!, kind: 'step' } : undefined;
  }
  const name = /[\w:]+$/.exec(before);
  return name ? { word: name[0].replace(/^(claim|fact):/, ''), kind: lang === 'graphql' ? 'predicate' : 'any' } : undefined;
}

/** openQuote finds a quotation mark that nothing closes, and what follows it. */
function openQuote(before: string): { before: string; word: string } | undefined {
  let at = -1;
  let mark = '';
  for (let i = 0; i < before.length; i++) {
    const c = before[i]!;
    if (mark && c === '\\') i++;
    else if (mark) mark = c === mark ? '' : mark;
    else if (c === '"' || c === "'") [mark, at] = [c, i];
  }
  return mark ? { before: before.slice(0, at), word: before.slice(at + 1) } : undefined;
}

function kindOf(before: string, lang: string): Word['kind'] {
  if (lang === 'gizmo') return takesPredicates.test(before) && !/Has[R]?\(\s*"[^"]*"\s*,\s*$/.test(before) ? 'predicate' : 'entity';
  if (lang === 'mql') return /[:[]\s*$/.test(before) ? 'entity' : 'predicate';
  return 'entity';
}
