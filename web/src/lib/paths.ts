// What a search for paths may be asked for: the parameters of the address, of the API and of the command line.
import { command } from './shell';

/** Parameters that say how many paths, how long and in which order. */
export const pathOptions = ['k', 'max_hops', 'order', 'offset'];

/** Parameters that narrow a search, each with its flag on the command line. */
export const pathFilters: Record<string, string> = {
  via: '--via',
  predicate: '--predicate',
  avoid: '--avoid',
  factuality: '--factuality',
  source: '--source',
  own_voice: '--own-voice',
  type: '--type',
  min_confidence: '--min-confidence',
  min_publishers: '--min-sources',
  since: '--since',
  until: '--until',
  publisher: '--publisher',
  published_since: '--published-since',
  published_until: '--published-until',
  document: '--document',
  directed: '--directed',
};

const yesOrNo = new Set(['own_voice', 'directed']);

/** narrows says whether a parameter of an address narrows the search. */
export const narrows = (params: URLSearchParams, name: string): boolean => (yesOrNo.has(name) ? params.get(name) === 'true' : params.getAll(name).some(Boolean));

/** pathQuestion keeps what the API is asked: not the drawer's parameters, nor any that it does not know. */
export function pathQuestion(params: URLSearchParams): string {
  const known = new Set(['from', 'to', ...pathOptions, ...Object.keys(pathFilters)]);
  return new URLSearchParams([...params].filter(([name, value]) => known.has(name) && value !== '')).toString();
}

/** pathCommand is the same search on the command line. */
export function pathCommand(params: URLSearchParams): string {
  const flags: (string | number)[] = ['-k', params.get('k') ?? 3, '--max-hops', params.get('max_hops') ?? 4];
  if (params.get('order') === 'best') flags.push('--best');
  if (Number(params.get('offset')) > 0) flags.push('--offset', params.get('offset')!);
  for (const [name, flag] of Object.entries(pathFilters)) {
    if (!narrows(params, name)) continue;
    if (yesOrNo.has(name)) flags.push(flag);
    else for (const value of params.getAll(name)) flags.push(flag, name === 'via' || name === 'source' ? entity(value) : value);
  }
  return command('newsgraph', 'path', entity(params.get('from') ?? ''), entity(params.get('to') ?? ''), ...flags);
}

// An ID is exact with its prefix; words with spaces are a name.
const entity = (id: string): string => (id && !/[\s:]/.test(id) ? `ent:${id}` : id);
