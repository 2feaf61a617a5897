// The keys that work everywhere. Letters do nothing while somebody types.
import { app } from './app.svelte';
import { route } from './router.svelte';

/** What the help shows. */
export const keyHelp: [string[], string][] = [
  [['/'], 'to the search box'],
  [['?'], 'this help'],
  [['j', 'k'], 'next and last row of a list'],
  [['Enter'], 'open what is marked'],
  [['Esc'], 'close the drawer, the list or the dialog; cancel a query'],
  [['g', 's'], 'search'],
  [['g', 'p'], 'paths'],
  [['g', 'q'], 'query'],
  [['g', 'g'], 'graph'],
  [['g', 'c'], 'claims'],
  [['g', 'a'], 'articles'],
  [['g', 'i'], 'add articles'],
  [['g', 'x'], 'export'],
  [['Ctrl', 'Enter'], 'run the query'],
  [['←', '↑', '↓', '→'], 'along the edges in the list beside a graph'],
];

const goTo: Record<string, string> = { s: '/', p: '/path', q: '/q', g: '/graph', c: '/claims', a: '/a', i: '/ingest', x: '/export' };
let going = 0;

/** typing says whether keys belong to what has the focus. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const inner = target.shadowRoot?.activeElement;
  if (inner instanceof HTMLElement && inner !== target) return typing(inner);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName) || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type));
}

/** shortcut handles a key press anywhere on the page. */
export function shortcut(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || app.help || app.locked) return;
  if (Date.now() - going < 1200 && goTo[event.key]) {
    going = 0;
    event.preventDefault();
    return route.go(goTo[event.key]!);
  }
  const actions: Record<string, () => void> = {
    '/': () => document.querySelector<HTMLElement>('[data-shortcut=search]')?.focus(),
    '?': () => (app.help = true),
    g: () => (going = Date.now()),
    j: () => step(1),
    k: () => step(-1),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** step moves the focus along the rows of the screen: what has data-row, and the quotes of claims. */
function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row], main a.quote')].filter((row) => row.offsetParent !== null);
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]!;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
