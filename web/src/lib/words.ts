// How things are said to people: predicates, dates, numbers, sources.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** predicate says a predicate's name in words: "restructures_debt_of" is "restructures debt of". */
export function predicate(name: string): string {
  return name.replaceAll('_', ' ');
}

/** date says an ISO 8601 date, month, year, date-time or interval in words; anything else stays as it is. */
export function date(value: string | undefined): string {
  if (!value) return '';
  if (value.includes('/')) return interval(value);
  const found = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(T.*)?$/.exec(value);
  if (!found) return value;
  const [, year, month, day] = found;
  const name = month ? months[Number(month) - 1] : undefined;
  if (month && !name) return value;
  return [day ? String(Number(day)) : '', name ?? '', year].filter(Boolean).join(' ');
}

function interval(value: string): string {
  const [from, to] = value.split('/', 2);
  if (from && to) return `${date(from)} – ${date(to)}`;
  return from ? `since ${date(from)}` : `until ${date(to)}`;
}

/** year gives a decimal year for the scale of a timeline ("2020-07" is 2020.5); undefined when there is none. */
export function year(value: string | undefined): number | undefined {
  const first = value?.split('/').find((part) => /^\d{4}/.test(part));
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(first ?? '');
  if (!found) return undefined;
  const [, y, m, d] = found;
  return Number(y) + (m ? (Number(m) - 1) / 12 : 0) + (d ? (Number(d) - 1) / 366 : 0);
}

/** count says a number with its noun: "1 claim", "2,104 claims". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** number groups the digits of a number. */
export function number(n: number): string {
  return new Intl.NumberFormat('en').format(n);
}

/** duration says milliseconds: "12 ms", "1.4 s". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** list joins words: "A", "A and B", "A, B and C". */
export function list(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** shorten cuts a text at a word's end, with an ellipsis. */
export function shorten(text: string, most: number): string {
  const all = Array.from(text);
  if (all.length <= most) return text;
  const cut = all.slice(0, most).join('');
  const blank = cut.lastIndexOf(' ');
  return `${blank > most / 2 ? cut.slice(0, blank) : cut}…`;
}

/** safeLink gives back http and https addresses, and nothing for any other: an article may name "javascript:". */
export function safeLink(address: string | undefined): string | undefined {
  if (!address) return undefined;
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
